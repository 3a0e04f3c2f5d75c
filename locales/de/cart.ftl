cart-title = { $count ->
    [0] Warenkorb
   *[other] Warenkorb ({ $count })
}
cart-heading = Ihr Warenkorb
cart-close = Warenkorb schließen
cart-see = Warenkorb ansehen
cart-summary = Übersicht
cart-subtotal = Zwischensumme
cart-before-shipping = ohne Versand
cart-delivery-to = Lieferung ({ $name })
cart-delivery-free = Kostenlos
cart-delivery-from = ab { $name }
cart-estimated-total = Voraussichtlich gesamt
cart-estimate-hint = Versand und Steuer berechnen wir an der Kasse für Ihre Adresse.
cart-with-tax = inkl. { $amount } { $name }
cart-including-tax = einschließlich { $amount } { $name }
cart-free-gap = Noch { $name }, dann ist die Lieferung kostenlos.
cart-free-reached = Die Lieferung ist bei dieser Bestellung kostenlos.
cart-check-out = Zur Kasse
cart-not-ready = Einige Artikel sind so nicht mehr zu haben. Ändern oder entfernen Sie sie, um fortzufahren.
cart-assure-guest = Kein Konto nötig
cart-assure-costs = Alle Kosten vor dem Bezahlen sichtbar
cart-keep-looking = Weiter stöbern
cart-each = je { $name }
cart-quantity = Menge
cart-quantity-of = Menge von { $name }
cart-one-less = Eins weniger
cart-one-more = Eins mehr
cart-update = Aktualisieren
cart-remove = Entfernen
cart-add = In den Warenkorb
cart-added = Liegt im Warenkorb.
cart-taken-out = { $name } ist nicht mehr im Warenkorb.
cart-put-back = Zurücklegen
cart-empty = Ihr Warenkorb ist noch leer
cart-empty-hint = Was Sie hineinlegen, bleibt 30 Tage auf diesem Gerät.
cart-look-around = Umsehen
cart-search = Suchen
cart-back-to-product = Zurück zum Produkt
cart-not-added = Das wurde nicht hinzugefügt
cart-not-added-name = { $name } wurde nicht hinzugefügt
cart-few-left = { $count ->
    [one] Das letzte Stück
   *[other] Noch { $count } Stück
}
cart-only-left = { $count ->
    [one] Leider nur noch 1 Stück. Bitte wählen Sie eine kleinere Menge.
   *[other] Leider nur noch { $count } Stück. Bitte wählen Sie eine kleinere Menge.
}
cart-only-left-held = { $count ->
    [one] Leider nur noch 1 Stück, und das liegt schon in Ihrem Warenkorb.
   *[other] Leider nur noch { $count } Stück, davon liegen { $held } schon in Ihrem Warenkorb.
}
cart-sold-out = Ausverkauft. Bitte entfernen, um fortzufahren.
cart-withdrawn = Nicht mehr im Angebot.
cart-too-many = Von einem Artikel passen höchstens { $count } in den Warenkorb. Für mehr schreiben Sie uns bitte.
cart-full = In den Warenkorb passen höchstens { $count } verschiedene Artikel.
cart-price-currency = Beim Hinzufügen kostete es { $was }, jetzt kostet es { $now }.
cart-price-fell = Der Preis ist seit dem Hineinlegen von { $was } auf { $now } gefallen.
cart-price-rose = Der Preis ist seit dem Hineinlegen von { $was } auf { $now } gestiegen.
cart-fewer = Von „{ $title }“ ist weniger da, als Sie hatten: { $count } { $count ->
    [one] liegt
   *[other] liegen
} in Ihrem Warenkorb
cart-none-left = „{ $title }“ ist gerade nicht zu haben
cart-unknown = { $count ->
    [one] Ein Artikel wird nicht mehr verkauft
   *[other] { $count } Artikel werden nicht mehr verkauft
}

cart-computed = Wie wurde das berechnet?
cart-computed-what = Schritt
cart-computed-amount = Betrag
cart-computed-by-hand = Von uns abgezogen
cart-computed-delivery = Versand
cart-computed-off-delivery = vom Versand
cart-computed-tax-within = darin { $name } { $rate } % auf { $on }
cart-computed-tax-on-top = { $name } { $rate } % auf { $on }
cart-computed-total = Summe
cart-arrives = Kommt an: { $name }
cart-ready = Bereit: { $name }
cart-code = Rabattcode
cart-codes = Codes in Ihrem Warenkorb
cart-code-apply = Einlösen
cart-code-remove = entfernen
cart-code-empty = Bitte zuerst den Code eingeben.
cart-code-kept = Ihr Code liegt beim Warenkorb.
cart-codes-full = Ein Warenkorb fasst höchstens 10 Codes. Bitte zuerst einen entfernen.
cart-discount = Rabatt
cart-off = { $name } { $amount }
cart-gift = „{ $name }“ gibt es zu dieser Bestellung geschenkt.
cart-gift-declined = Sie haben „{ $name }“ weggelassen. Es gibt es weiterhin geschenkt.
cart-gift-add = Dazulegen
cart-gift-decline = Nein, danke
cart-gift-gone = Das Geschenk ist nicht mehr da.
cart-gift-choose = Auswählen
