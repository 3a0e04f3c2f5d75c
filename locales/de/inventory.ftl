inventory-only-left = { $count ->
    [one] Nur noch 1 Stück da
   *[other] Nur noch { $count } Stück da
}
inventory-sold-out = Ausverkauft
inventory-several-short = { $count ->
    [one] Ein Artikel ist in dieser Menge nicht mehr da
   *[other] { $count } Artikel sind in dieser Menge nicht mehr da
}
inventory-below-zero = { $count ->
    [0] Es ist nichts am Lager, also kann auch nichts entnommen werden
    [one] Es ist nur 1 Stück am Lager
   *[other] Es sind nur { $count } Stück am Lager
}
inventory-too-many = Ein Lagerplatz fasst höchstens eine Milliarde Stück
inventory-unknown = Diesen Lagerplatz gibt es nicht mehr
inventory-not-there = { $count ->
    [0] Von den { $wanted } Stück ist keines am Lager. Berichtigen Sie zuerst den Bestand.
   *[other] Von den { $wanted } Stück sind nur { $count } am Lager. Versenden Sie weniger oder berichtigen Sie zuerst den Bestand.
}
inventory-not-promised = So viele sind nicht mehr zu versenden
inventory-count-changed = Jetzt liegen { $count } da: Inzwischen wurde verkauft oder korrigiert. Bitte zählen Sie noch einmal.
inventory-not-counted = Die Stücke dieser Variante werden nicht gezählt
inventory-location-taken = Ein anderer Lagerort heißt schon so
inventory-location-gone = Diesen Lagerort gibt es nicht mehr
inventory-ships-on = Versand ab { $day }
inventory-some-ship-on = { $count ->
    [one] Eines davon wird ab { $day } verschickt
   *[other] { $count } davon werden ab { $day } verschickt
}
inventory-ships-later = Nachbestellt: Versand, sobald es da ist
inventory-some-ship-later = { $count ->
    [one] Eines davon ist nachbestellt
   *[other] { $count } davon sind nachbestellt
}
inventory-pre-order-on = Vorbestellung: Versand ab { $day }
inventory-pre-order = Vorbestellung
inventory-unknown-variant = Diese Variante gibt es nicht mehr
inventory-bundle-itself = Ein Set kann sich nicht selbst enthalten
inventory-bundle-part-has-parts = Das ist ein Set: Sets enthalten keine Sets
inventory-bundle-is-part = Diese Variante ist Teil eines Sets: Sets enthalten keine Sets
inventory-bundle-has-stock = Sie hat noch eigenen Bestand: { $count } vorhanden, { $promised } zugesagt. Setzen Sie ihren Bestand zuerst auf 0
inventory-bundle-too-many = Ein Set hat höchstens { $count } Teile
inventory-ahead-no-limit = Geben Sie an, wie viele vorbestellt werden dürfen
inventory-ahead-no-release = Geben Sie an, wann es erscheint
inventory-ahead-release-over = Der Tag des Erscheinens muss in der Zukunft liegen
inventory-ahead-day-over = Dieser Tag ist vorbei
inventory-transfer-same-place = Sie muss an einen anderen Standort gehen
inventory-transfer-changed = Jemand hat diese Umlagerung inzwischen geändert; sehen Sie, wie sie jetzt steht
inventory-transfer-empty = Noch ist nichts darin
inventory-transfer-too-many = Eine Umlagerung hat höchstens { $count } Zeilen
inventory-transfer-not-there = { $count ->
    [0] Keines der { $wanted } Stück ist dort frei: Was dort liegt, ist zugesagt oder zurückgelegt
   *[other] Nur { $count } der { $wanted } Stück sind dort frei
}
inventory-transfer-bundle = Ein Set liegt nirgends: Schicken Sie seine Teile
inventory-transfer-more = { $count ->
    [0] Davon ist nichts mehr unterwegs
    [one] Nur eines ist unterwegs. Ist mehr hier? Berichtigen Sie den Bestand
   *[other] Nur { $count } sind unterwegs. Ist mehr hier? Berichtigen Sie den Bestand
}
inventory-transfer-nothing = Geben Sie an, was angekommen ist
inventory-transfer-no-reason = Geben Sie an, warum Stücke fehlen
inventory-count-nothing = Dort liegt nichts, was sich zählen ließe
inventory-count-closed = Diese Inventur wurde inzwischen beendet
inventory-count-no-columns = Die Datei braucht die Spalten „sku“ oder „barcode“ und „counted“
inventory-count-bad-row = Zeile { $count } enthält keine ganze Zahl ab 0
inventory-count-unknown-row = Zeile { $count } nennt nichts auf dieser Liste
inventory-count-empty = Die Datei enthält keine Zählungen
