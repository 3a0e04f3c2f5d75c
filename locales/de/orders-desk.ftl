orders-pick-all = Alle auf dieser Seite auswählen
orders-pick-one = Bestellung { $name } auswählen
orders-pick-group = Ausgewählte Bestellungen
orders-pick-none = Auswahl aufheben
orders-pick-some = Wählen Sie zwischen 1 und { $count } Bestellungen
orders-picked = ausgewählt
orders-ship-not-paid = Noch nicht bezahlt. Auf ihrer eigenen Seite können Sie sie trotzdem versenden.
orders-ship-all-gone = Alles daraus ist schon versandt
orders-ship-many = Versenden
orders-ship-many-title = { $count ->
    [0] Keine Bestellung zu versenden
    [one] { $count } Bestellung versenden
   *[other] { $count } Bestellungen versenden
}
orders-ship-many-none = Keine Bestellung ist ausgewählt
orders-ship-many-none-text = Haken Sie in der Liste Bestellungen an und wählen Sie dann „Versenden“.
orders-ship-many-choose = Zu versendende Bestellungen
orders-ship-many-going = Diese gehen, jede ganz in einem Paket
orders-ship-many-carrier = Versanddienst aller Pakete
orders-ship-many-short = Nicht alles davon ist vorrätig
orders-ship-many-hint = { $count ->
    [one] Der Kunde bekommt eine Mail.
   *[other] Alle { $count } Kunden bekommen eine Mail.
}
orders-ship-many-go = { $count ->
    [one] { $count } Bestellung versenden
   *[other] { $count } Bestellungen versenden
}
orders-batch-shipped = { $count ->
    [0] Keine Bestellung wurde versandt
    [one] { $count } Bestellung versandt
   *[other] { $count } Bestellungen versandt
}
orders-batch-gone = Diese sind unterwegs; die Kunden bekommen eine Mail
orders-batch-staying = { $count ->
    [one] { $count } Bestellung bleibt hier
   *[other] { $count } Bestellungen bleiben hier
}
orders-print = Drucken
orders-print-slips = Packzettel
orders-print-slip = Packzettel
orders-print-receipts = Belege
orders-print-receipt = Beleg
orders-sheets-slips = { $count ->
    [one] { $count } Packzettel
   *[other] { $count } Packzettel
}
orders-sheets-receipts = { $count ->
    [one] { $count } Beleg
   *[other] { $count } Belege
}
orders-sheets-back = Zurück
orders-sheets-print = Drucken
orders-sheets-by-hand = Drucken Sie diese Seite mit Ihrem Browser: je Bestellung ein Blatt.
orders-sheets-none = Es gibt nichts zu drucken. Haken Sie zuerst in der Liste Bestellungen an.
orders-slip = Packzettel
orders-slip-partly = den Rest haben wir schon geschickt
orders-receipt = Beleg
orders-receipt-paid = bezahlt, vielen Dank
orders-receipt-unpaid = noch nicht bezahlt
orders-sheet-goods = Ware
orders-sheet-packed = Gepackt
orders-sheet-item = Artikel
orders-sheet-sku = Artikelnummer
orders-sheet-pieces = Stück
orders-sheet-each = Einzelpreis
orders-sheet-sum = Summe
orders-sheet-thanks = Vielen Dank für Ihre Bestellung.
orders-sheet-questions = Fragen? Schreiben Sie an { $name }.
orders-views-title = Ansichten
orders-views-edit = Ansichten bearbeiten
orders-views-keep = Als Ansicht behalten
orders-views-new = Diese Filter als Ansicht behalten
orders-views-name = Name
orders-views-share = Alle sehen sie
orders-views-share-hint = Nur Sie können sie umbenennen oder entfernen.
orders-views-save = Ansicht behalten
orders-views-own = Ihre Ansichten
orders-views-none = Filtern oder durchsuchen Sie die Bestellungen und wählen Sie dann „Als Ansicht behalten“.
orders-views-none-title = Sie haben noch keine Ansichten
orders-views-to-orders = Zu den Bestellungen
orders-views-others = Von anderen geteilt
orders-views-by = von { $name }
orders-views-open = Öffnen
orders-views-rename = Speichern
orders-views-remove = Entfernen
orders-views-kept = Ansicht behalten
orders-views-renamed = Ansicht gespeichert
orders-views-removed = Ansicht entfernt; keine Bestellung wurde geändert
orders-views-unknown = Diese Ansicht gibt es nicht
orders-views-foreign = Jemand anderes hat diese Ansicht angelegt; nur diese Person kann sie ändern
orders-views-taken = Sie haben schon eine Ansicht dieses Namens
orders-views-many = Sie haben schon { $count } Ansichten; entfernen Sie zuerst eine
orders-views-everything = Filtern oder durchsuchen Sie zuerst die Bestellungen
orders-desk-edit = Bearbeiten
orders-edited = Gespeichert; der Verlauf behält, was vorher dort stand
orders-happened-edited = { $who } hat geändert, für wen diese Bestellung ist
orders-other-country = Eine aufgegebene Bestellung behält ihre Steuer, daher bleibt ihre Ware in { $country }
orders-part-changed = { $what }: { $before } → { $after }
orders-part-email = E-Mail
orders-part-shipping_address = Lieferadresse
orders-part-billing_address = Rechnungsadresse
orders-part-note = Nachricht
orders-letter-again = Erneut senden
orders-letter-sent = Erneut an die heutige Adresse des Kunden gesendet
orders-letter-unknown = Diese Mail konnte nicht erneut gesendet werden
orders-drafts = Entwürfe
orders-new = Neue Bestellung
orders-desk-write = Nachricht schreiben
orders-desk-kg = { $name } kg
orders-desk-several-places = Mehrere Lager
orders-desk-origins = Geht ab
orders-desk-leaves-from = Geht ab: { $name }
orders-label-title = Paketschein kaufen
orders-label-rates = Was es kostet
orders-label-buy = Kaufen
orders-label-parcel = Das Paket
orders-label-weight = Gewicht
orders-label-length = Länge
orders-label-width = Breite
orders-label-height = Höhe
orders-label-hint = Noch wird nichts gekauft: Sie sehen erst die Preise.
orders-label-ask = Preise erfragen
orders-label-refused = Kein Paketschein: { $name }
orders-label-no-answer = Der Anbieter der Paketscheine antwortet nicht ({ $name }). Bitte erst in Ihr Konto dort sehen, bevor Sie es noch einmal versuchen.
orders-label-unheard = Ein Paketschein wurde bestellt, aber es kam keine Antwort: Bitte in Ihr Konto dort sehen.
orders-label-print = Paketschein drucken
orders-done-label = Der Paketschein ist gekauft
admin-act-order-label = Paketschein gekauft
error-weight = Schreiben Sie ein Gewicht in Kilogramm, wie 1,5
orders-label-days = { $count ->
    [one] 1 Tag unterwegs
   *[other] { $count } Tage unterwegs
}
