price-lists-new = Neue Preisliste
price-lists-none = Noch keine Preislisten
price-lists-none-text = Eine Preisliste gibt Kundengruppen, größeren Mengen oder einer Zeit eigene Preise.
price-lists-order = Die erste, die gilt, entscheidet
price-lists-order-hint = Für jede Zeile eines Warenkorbs werden die Listen von oben nach unten gefragt; die erste, die für den Kunden bestimmt ist und einen Preis nennt, entscheidet. Nennt keine einen, gilt der übliche Preis.
price-lists-up = { $name } nach oben
price-lists-down = { $name } nach unten
price-lists-off = Prozent Nachlass
price-lists-coming = Geplant
price-lists-running = Läuft
price-lists-over = Vorbei
price-lists-state-off = Aus
price-lists-everybody = Alle
price-lists-nobody = Niemand: ihre Gruppen gibt es nicht mehr
price-lists-off-said = { $name } % Nachlass
price-lists-off-from = { $name } % Nachlass ab { $count } Stück
price-lists-goods = { $count ->
    [one] eigene Preise von 1 Variante
   *[other] eigene Preise von { $count } Varianten
}
price-lists-foreign = in { $name }, was nicht die Währung des Shops ist: sie wird nicht gefragt
price-lists-nothing-yet = noch keine Preise
price-lists-since = ab { $name }
price-lists-till = bis { $name }
price-lists-lowest = Niedrigster Preis der letzten 30 Tage
price-lists-lowest-told = Neben einem früheren Preis den niedrigsten der letzten 30 Tage zeigen
price-lists-lowest-hint = In der Europäischen Union verlangt es das Gesetz, wo immer ein Preis als gesenkt bezeichnet wird. Er kommt aus dem Preisverlauf jeder Variante.
price-lists-lowest-saved = Gespeichert
price-lists-save = Speichern
price-lists-saved = Preisliste gespeichert
price-lists-added = Preisliste angelegt. Geben Sie ihr nun Preise.
price-lists-removed = Preisliste entfernt
price-lists-details = Was sie ist
price-lists-name = Name
price-lists-name-hint = Für das Team; Kunden sehen ihn nicht
price-lists-active = Aktiv
price-lists-active-hint = Solange sie aus ist, bekommt niemand ihre Preise
price-lists-whom = Für wen
price-lists-whom-all = Alle, auch Gäste
price-lists-whom-groups = Angemeldete Kunden dieser Gruppen
price-lists-groups = Kundengruppen
price-lists-no-groups = Noch gibt es keine Kundengruppen. Legen Sie welche unter Kunden an.
price-lists-off-hint = Vom üblichen Preis aller Artikel außer Gutscheinkarten; leer lassen, um nur eigene Preise zu geben
price-lists-from-quantity = Ab wie vielen Stück
price-lists-from-quantity-hint = Einer Zeile; ab dieser Zahl gilt der Nachlass
price-lists-rounding = Wie der Preis endet
price-lists-rounding-hint = Für Preise, die der Nachlass ergibt; nie wird einer höher als der übliche
price-lists-begins = Beginnt
price-lists-ends = Endet
price-lists-ends-hint = Von diesem Moment an gelten ihre Preise nicht mehr
price-lists-zone = Zeit von { $name }; leer: sofort
price-lists-own = Eigene Preise
price-lists-own-none = Keine eigenen Preise. Suchen Sie unten, oder fügen Sie einen über die Artikelnummer hinzu.
price-lists-own-hint = Leeren Sie ein Feld, um den Preis von der Liste zu nehmen
price-lists-product = Produkt
price-lists-usual = Üblicher Preis
price-lists-pieces = Ab wie vielen Stück
price-lists-price = Preis eines Stücks
price-lists-price-in = Preis in { $name }
price-lists-price-of = Preis von { $name } ab { $count } Stück
price-lists-save-prices = Preise speichern
price-lists-prices = { $count ->
    [one] 1 Preis
   *[other] { $count } Preise
}
price-lists-prices-saved = Preise gespeichert
price-lists-price-added = Preis hinzugefügt
price-lists-search = Produkte nach Name oder Artikelnummer suchen
price-lists-search-none = Nichts heißt „{ $name }“.
price-lists-choose = Wählen
price-lists-add = Einen Preis hinzufügen
price-lists-add-do = Preis hinzufügen
price-lists-sku = Artikelnummer
price-lists-sku-hint = Oder oben suchen und wählen
price-lists-no-price = Das ist kein Preis in der Währung der Liste
price-lists-no-pieces = Die Stückzahl muss von 1 bis 9999 sein
price-lists-no-row = Eine Zeile ist Artikelnummer; Stück; Preis
price-lists-line = Zeile { $line }: { $reason }
price-lists-file = Preise als CSV
price-lists-import = Preise aus einer Tabelle
price-lists-rows = Zeilen
price-lists-rows-hint = Artikelnummer; ab wie vielen Stück; Preis. Je Zeile einer, mit Semikolon, Tabulator oder Komma dazwischen. Ohne Preis nimmt die Zeile einen von der Liste.
price-lists-look = Nur ansehen
price-lists-take = Diese Preise setzen
price-lists-looked-title = Nichts wurde geändert
price-lists-looked = { $count ->
    [one] 1 Preis würde gesetzt.
   *[other] { $count } Preise würden gesetzt.
}
price-lists-taken = Preise gesetzt
price-lists-removal = Diese Liste entfernen
price-lists-removal-text = Ihre Preise sind dann fort; Bestellungen behalten, was sie gekostet haben.
price-lists-remove = Preisliste entfernen
error-percent = Schreiben Sie eine Prozentzahl von 0 bis 100 mit höchstens vier Stellen hinter dem Komma
