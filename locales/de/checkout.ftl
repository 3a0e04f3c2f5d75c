checkout-title = Kasse
checkout-title-error = Fehler: Kasse
checkout-secure = Sichere Kasse
checkout-back-to-cart = Zurück zum Warenkorb
checkout-steps = Schritte
checkout-step-cart = Warenkorb
checkout-step-details = Lieferung und Zahlung
checkout-step-review = Prüfen
checkout-contact = Kontakt
checkout-email = E-Mail
checkout-email-hint = Für die Bestätigung und den Link zur Sendung, sonst nichts.
checkout-delivery-address = Lieferadresse
checkout-your-address = Ihre Adresse
checkout-country = Land
checkout-update = Aktualisieren
checkout-choose = Bitte wählen
checkout-name = Vor- und Nachname
checkout-street = Straße und Hausnummer
checkout-city = Ort
checkout-postal-code = Postleitzahl
checkout-postcode = Postleitzahl
checkout-zip = ZIP-Code
checkout-eircode = Eircode
checkout-state = Bundesstaat
checkout-province = Provinz
checkout-prefecture = Präfektur
checkout-add-line = Zweite Adresszeile hinzufügen
checkout-line2 = Wohnung, Etage oder Firma
checkout-add-phone = Telefonnummer hinzufügen
checkout-phone = Telefon
checkout-phone-hint = Nur für Fragen zu dieser Lieferung.
checkout-add-note = Nachricht an uns hinzufügen
checkout-note = Was sollten wir wissen?
checkout-billing-other = Rechnung an eine andere Adresse senden
checkout-billing-address = Rechnungsadresse
checkout-billing-country = Land der Rechnung
checkout-delivery = Versand
checkout-free = Kostenlos
checkout-arrives = Bei Ihnen am { $name }
checkout-arrives-between = Bei Ihnen zwischen { $first } und { $last }
checkout-payment = Zahlung
checkout-bank-transfer = Überweisung
checkout-bank-transfer-hint = { $count ->
    [one] Unsere Bankverbindung erhalten Sie mit der Bestellung. Bitte zahlen Sie innerhalb eines Tages.
   *[other] Unsere Bankverbindung erhalten Sie mit der Bestellung. Bitte zahlen Sie innerhalb von { $count } Tagen.
}
checkout-to-review = Bestellung prüfen
checkout-to-review-hint = Noch ist nichts bestellt: Sie sehen vorher alles noch einmal.
checkout-your-order = Ihre Bestellung
checkout-pieces = { $count ->
    [one] 1 Stück
   *[other] { $count } Stück
}
checkout-times = Stück
checkout-subtotal = Zwischensumme
checkout-total = Gesamt
checkout-with-tax = inkl. { $amount } { $name }
checkout-change-cart = Warenkorb ändern
checkout-price-changed = jetzt { $now }, vorher { $was }
checkout-review-title = Bestellung prüfen
checkout-held-until = Wir halten alles für Sie zurück bis { $name }.
checkout-change = Ändern
checkout-place-order = Zahlungspflichtig bestellen, { $name }
checkout-terms = Damit bestellen Sie verbindlich und akzeptieren unsere Geschäftsbedingungen.
checkout-terms-read = Bitte lesen Sie:
checkout-changed = Etwas hat sich geändert. Es wurde nichts bestellt oder berechnet.
checkout-changed-total = Der Gesamtbetrag war { $showed }, jetzt ist er { $total }.
checkout-changed-goods = Der Warenkorb hat sich geändert, seit die Seite gezeigt wurde. Bitte sehen Sie noch einmal nach.
checkout-changed-price = { $name } kostet jetzt { $now } statt { $was }.
checkout-nothing-charged = Es wurde nichts bestellt oder berechnet.
checkout-try-again = Noch einmal versuchen
checkout-short = Von etwas in Ihrem Warenkorb ist zu wenig da.
checkout-withdrawn = Etwas in Ihrem Warenkorb ist nicht mehr im Angebot.
checkout-withdrawn-name = { $name } ist nicht mehr im Angebot. Bitte nehmen Sie es aus dem Warenkorb.
checkout-short-name = { $count ->
    [0] { $name } ist gerade ausverkauft. Bitte nehmen Sie es aus dem Warenkorb.
    [one] Von { $name } ist nur noch 1 Stück da. Bitte wählen Sie eine kleinere Menge.
   *[other] Von { $name } sind nur noch { $count } Stück da. Bitte wählen Sie eine kleinere Menge.
}
checkout-held-by-others = { $count ->
    [0] { $name }: Jemand anderes steht gerade mit dem letzten Stück an der Kasse. Wird es nicht gekauft, ist es um { $until } wieder frei.
   *[other] { $name }: Nur { $count } Stück sind frei, mit den übrigen stehen andere an der Kasse. Was sie nicht kaufen, ist um { $until } wieder frei.
}
checkout-too-much = Das ist mehr, als eine Bestellung fassen kann. Bitte teilen Sie sie auf oder schreiben Sie uns.
checkout-error-incomplete = Etwas fehlt noch.
checkout-error-email-missing = Geben Sie Ihre E-Mail-Adresse ein
checkout-error-email = Geben Sie eine E-Mail-Adresse mit @ ein, wie name@example.com
checkout-error-country = Wählen Sie ein Land, in das wir liefern
checkout-error-name = Geben Sie Vor- und Nachnamen ein
checkout-error-street = Geben Sie Straße und Hausnummer ein
checkout-error-city = Geben Sie den Ort ein
checkout-error-region = Wählen Sie Bundesstaat, Provinz oder Präfektur
checkout-error-postal-missing = Geben Sie die Postleitzahl ein, wie { $example }
checkout-error-postal = Das ist keine Postleitzahl dieses Landes: Dort sehen sie aus wie { $example }
checkout-error-shipping = Wählen Sie, wie wir versenden sollen
checkout-error-no-shipping = In dieses Land liefern wir noch nicht. Bitte wählen Sie ein anderes oder schreiben Sie uns.
checkout-error-payment = Wählen Sie, wie Sie zahlen möchten
