mail-why = Sie erhalten diese E-Mail wegen einer Bestellung bei { $name }.
