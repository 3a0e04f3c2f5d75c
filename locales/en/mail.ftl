mail-why = You get this mail because of an order at { $name }.
