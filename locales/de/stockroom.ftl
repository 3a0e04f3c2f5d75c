stockroom-views = Ansichten
stockroom-all = Alle
stockroom-running-low = Wird knapp
stockroom-sold-out = Ausverkauft
stockroom-too-few = Zu wenig für Bestellungen
stockroom-short = { $count } zu wenig
stockroom-search = Bestand durchsuchen
stockroom-search-hint = Titel, Artikelnummer oder Barcode
stockroom-location = Lagerort
stockroom-everywhere = Alle Lagerorte
stockroom-none-found = Nichts passt
stockroom-none-found-text = Versuchen Sie ein kürzeres Wort, oder sehen Sie sich alles an.
stockroom-nothing = Noch nichts zu zählen
stockroom-nothing-text = Sobald es Produkte gibt, werden ihre Stücke hier gezählt.
stockroom-table = Varianten, A bis Z
stockroom-picture = Bild
stockroom-product = Produkt
stockroom-sku = Artikelnummer
stockroom-state = Zustand
stockroom-on-hand = Vorhanden
stockroom-promised = Zugesagt
stockroom-held = In Warenkörben
stockroom-left = Verkäuflich
stockroom-uncounted = Nicht gezählt
stockroom-uncounted-why = Die Stücke dieser Variante werden nicht gezählt: Sie ist immer lieferbar.
stockroom-shown = { $count ->
    [one] 1 Variante
   *[other] { $count } Varianten
}
stockroom-open-product = Produkt
stockroom-what-lies = Was wo liegt
stockroom-what-lies-hint = Zugesagte Stücke gehören zu Bestellungen, die noch nicht versandt sind. Stücke in Warenkörben sind für kurze Zeit für Kunden an der Kasse zurückgelegt.
stockroom-ledger = Bewegungen
stockroom-ledger-empty = Noch hat sich nichts bewegt.
stockroom-when = Wann
stockroom-what = Was
stockroom-who = Wer
stockroom-then = Danach vorhanden
stockroom-older = Ältere Bewegungen
stockroom-order = Bestellung { $name }
stockroom-the-shop = Der Shop
stockroom-movement-opening = Erste Zählung
stockroom-movement-adjustment = Korrektur
stockroom-movement-allocation = Zugesagt
stockroom-movement-release = Freigegeben
stockroom-movement-shipment = Versandt
stockroom-movement-return = Zurückgekommen
stockroom-correct = Bestand korrigieren
stockroom-correct-at = Bestand korrigieren: { $name }
stockroom-correct-do = Korrigieren
stockroom-how = Was wissen Sie?
stockroom-how-by = So viele kamen oder gingen
stockroom-how-to = So viele liegen jetzt da
stockroom-amount = Stücke
stockroom-amount-hint = Was kam, als 5; was ging, als −2
stockroom-reason = Grund
stockroom-reason-counted = Gezählt
stockroom-reason-received = Eingetroffen
stockroom-reason-returned = Zurückgekommen
stockroom-reason-damaged = Beschädigt
stockroom-reason-lost = Verloren
stockroom-reason-used = Selbst verbraucht
stockroom-reason-other = Etwas anderes
stockroom-why-cancelled = Bestellung storniert
stockroom-why-expired = Nicht rechtzeitig bezahlt
stockroom-note = Notiz
stockroom-corrected = Bestand korrigiert
stockroom-locations = Lagerorte
stockroom-locations-order = Ware wird zuerst vom ersten Lagerort genommen
stockroom-locations-hint = Was dem ersten fehlt, kommt vom nächsten. Um eine Variante an einen anderen Lagerort zu legen, öffnen Sie sie im Bestand und korrigieren dort.
stockroom-location-name = Name
stockroom-name-of = Name von { $name }
stockroom-rename = Umbenennen
stockroom-up = { $name } nach oben
stockroom-down = { $name } nach unten
stockroom-new-location = Weiterer Lagerort
stockroom-add-location = Lagerort hinzufügen
stockroom-location-added = Lagerort hinzugefügt
stockroom-location-renamed = Lagerort umbenannt
stockroom-bundle = Set
stockroom-is-bundle = Das ist ein Set
stockroom-is-bundle-text = Sein Bestand ist der seiner Teile.
stockroom-parts = Teile eines Sets
stockroom-parts-of = Teile von { $name }
stockroom-no-parts = Es hat keine Teile: Verkauft werden eigene Stücke.
stockroom-parts-hint = Eine Variante mit Teilen ist ein Set: Sie hat ihren eigenen Preis, und ihr Bestand ist der ihrer Teile. Bestellungen nehmen die Teile.
stockroom-in-a-bundle = In einem Set
stockroom-pieces-of = Stück von { $name } in einem Set
stockroom-bundles-whole = { $count ->
    [0] Jetzt lässt sich kein ganzes Set verkaufen.
    [one] Jetzt lässt sich 1 ganzes Set verkaufen.
   *[other] Jetzt lassen sich { $count } ganze Sets verkaufen.
}
stockroom-add-part = Teil hinzufügen
stockroom-add = Hinzufügen
stockroom-save = Speichern
stockroom-remove = Entfernen
stockroom-part-saved = Set gespeichert
stockroom-part-removed = Teil entfernt
stockroom-ahead = Verkaufen, was nicht da ist
stockroom-back-orders = Nachbestellungen
stockroom-back-orders-hint = So viele dürfen über das hinaus verkauft werden, was hier liegt; 0: keine
stockroom-ships-on = Nachbestelltes wird verschickt ab
stockroom-ships-on-hint = Kunden lesen diesen Tag vor dem Kauf, und ihre Bestellung behält ihn
stockroom-pre-orders = Vorbestellungen
stockroom-pre-orders-hint = So viele dürfen bis zum Erscheinen verkauft werden; danach gelten wieder die Nachbestellungen
stockroom-release-on = Erscheint am
stockroom-low-at = Wird knapp bei
stockroom-low-at-hint = Leer: wie für den Laden eingestellt
stockroom-ahead-saved = Gespeichert
stockroom-said-back-orders = Nachbestellungen: bis zu { $count }
stockroom-said-back-orders-on = Nachbestellungen: bis zu { $count }, Versand ab { $day }
stockroom-said-pre-orders = Vorbestellungen: bis zu { $count }, erscheint am { $day }
stockroom-waiting = Wer worauf wartet
stockroom-nobody-waits = Keine Bestellung wartet auf Ware
stockroom-nobody-waits-text = Alles Bestellte liegt im Regal.
stockroom-missing = { $count ->
    [one] 1 Stück fehlt
   *[other] { $count } Stück fehlen
}
stockroom-order-number = Bestellung
stockroom-customer = Kunde
stockroom-pieces = Stück
stockroom-told = Versand zugesagt ab
stockroom-movement-transfer-out = An anderen Standort geschickt
stockroom-movement-transfer-in = Angekommen
stockroom-transfers = Umlagerungen
stockroom-transfers-open = Offen
stockroom-transfers-none = Keine Umlagerungen
stockroom-transfers-none-text = Was von einem Standort zum anderen geht oder vom Lieferanten kommt, ist hier unterwegs.
stockroom-transfer = Umlagerung { $name }
stockroom-transfer-new = Neue Umlagerung
stockroom-transfer-from = Von
stockroom-transfer-to = Nach
stockroom-transfer-supplier = Ein Lieferant
stockroom-transfer-supplier-name = Name des Lieferanten
stockroom-expected = Erwartet
stockroom-expected-on = Erwartet am { $name }
stockroom-on-its-way = Unterwegs
stockroom-transfer-begin = Beginnen
stockroom-transfer-begun = Umlagerung begonnen; geben Sie an, was darin ist
stockroom-transfer-goods = Was darin ist
stockroom-transfer-nothing = Noch ist nichts darin.
stockroom-transfer-hint = 0 nimmt eine Zeile heraus. Beim Absenden verlassen die Stücke ihren Standort und sind unterwegs, bis sie jemand einbucht.
stockroom-transfer-add = Ware hinzufügen
stockroom-pieces-to-send = Stück von { $name }
stockroom-transfer-send = Absenden
stockroom-transfer-discard = Verwerfen
stockroom-transfer-saved = Gespeichert
stockroom-transfer-sent = Umlagerung abgesendet
stockroom-transfer-booked = Eingebucht
stockroom-transfer-recalled = Umlagerung zurückgeholt
stockroom-transfer-discarded = Umlagerung verworfen
stockroom-transfer-draft = Entwurf
stockroom-transfer-on-its-way = Unterwegs
stockroom-transfer-partly = Teilweise angekommen
stockroom-transfer-received = Angekommen
stockroom-transfer-cancelled = Zurückgeholt
stockroom-transfer-lost = Kommt nicht mehr
stockroom-transfer-returned = Ging zurück
stockroom-transfer-here-now = Jetzt hier
stockroom-transfer-here-of = Stück von { $name }, die jetzt hier sind
stockroom-transfer-lost-of = Stück von { $name }, die nicht mehr kommen
stockroom-transfer-receive-hint = Was weder hier noch aufgegeben ist, bleibt unterwegs, für einen weiteren Eingang.
stockroom-transfer-book = Einbuchen
stockroom-transfer-recall = Rest zurückholen
stockroom-transfer-receipts = Eingänge
stockroom-transfer-arrived = { $count ->
    [one] 1 Stück angekommen
   *[other] { $count } Stück angekommen
}
stockroom-transfer-missing = { $count ->
    [one] 1 fehlt ({ $reason })
   *[other] { $count } fehlen ({ $reason })
}
stockroom-missing-why = Warum fehlen Stücke?
stockroom-missing-none = Nichts fehlt
stockroom-missing-lost = Unterwegs verloren
stockroom-missing-damaged = Beschädigt
stockroom-missing-never_sent = Nie abgeschickt
stockroom-missing-other = Etwas anderes
stockroom-demand = Vermisst
stockroom-demand-none = Niemand wartet auf etwas
stockroom-demand-none-text = Ist etwas ausverkauft, können Kunden um eine Mail bitten; wie viele das tun, steht hier.
stockroom-demand-hint = Für jedes Stück, das wiederkommt, erhalten zwei Kunden eine Mail, die am längsten Wartenden zuerst; die anderen einen Tag später, wenn noch etwas da ist.
stockroom-shoppers = Kunden
stockroom-since = Seit
stockroom-shoppers-wait = { $count ->
    [one] 1 Kunde möchte eine Mail, wenn es wieder da ist
   *[other] { $count } Kunden möchten eine Mail, wenn es wieder da ist
}
stockroom-rules = Regeln
stockroom-rules-heading = Beobachten und Senden
stockroom-low-stock = Ein Regal wird knapp bei
stockroom-low-stock-hint = So viele verkäufliche Stück; ein Regal kann eine eigene Zahl haben
stockroom-routing = Bestellungen werden verschickt
stockroom-routing-hint = Die erste Regel entscheidet, die zweite, wo sie eine Wahl lässt, dann die Reihenfolge der Standorte. Die Nähe ergibt sich aus Land, Region und dem Anfang der Postleitzahl.
stockroom-routing-order = Vom ersten Standort, der es hat
stockroom-routing-nearest = Vom nächsten Standort
stockroom-routing-fewest = In möglichst wenigen Paketen
stockroom-routing-nearest-fewest = Vom nächsten, dann in möglichst wenigen Paketen
stockroom-routing-fewest-nearest = In möglichst wenigen Paketen, dann vom nächsten
stockroom-rules-saved = Regeln gespeichert
stockroom-where-is = Wo { $name } ist
stockroom-place-unknown = Nicht angegeben
stockroom-place-country = Land
stockroom-place-region = Region
stockroom-place-postal-code = Postleitzahl
stockroom-mails = Mails an Sie
stockroom-mail-low-wish = Eine Mail, was knapp wird
stockroom-mail-low-wish-hint = Einmal am Tag, wenn etwas knapp wird; ein Regal wird erst wieder genannt, wenn es darüber war
stockroom-mail-low-heading = { $count ->
    [one] 1 Regal wird knapp
   *[other] { $count } Regale werden knapp
}
stockroom-mail-low-line = { $name }, { $place }: noch { $count } zu verkaufen
stockroom-mail-low-button = Bestand öffnen
stockroom-mail-low-why = Sie erhalten diese Mail, weil Sie sie in Ihren Einstellungen gewünscht haben.
stockroom-barcode = Strichcode
stockroom-counts = Inventuren
stockroom-counts-none = Noch wurde nichts gezählt
stockroom-counts-none-text = Zählen Sie, was an einem Standort liegt, während weiter verkauft wird; Unterschiede werden am Ende gebucht.
stockroom-count = Inventur { $name }
stockroom-count-new = Neue Inventur
stockroom-count-what = Was gezählt wird
stockroom-count-everything = Alles
stockroom-count-begin = Beginnen
stockroom-count-begun = Inventur begonnen
stockroom-count-open = Wird gezählt
stockroom-count-booked = Gebucht
stockroom-count-not-booked = Verworfen
stockroom-count-progress = Fortschritt
stockroom-count-differ = Abweichend
stockroom-count-of = { $count } von { $all } gezählt
stockroom-count-differing = { $count } weichen ab: { $missing } fehlen, { $more } zu viel
stockroom-count-sheet = Zählliste
stockroom-count-print = Drucken
stockroom-count-by-hand = Drucken Sie mit Strg+P oder dem Menü Ihres Browsers.
stockroom-count-csv = CSV
stockroom-count-counted = Gezählt
stockroom-count-then = Damals vorhanden
stockroom-count-difference = Unterschied
stockroom-count-pieces-of = Gezählte Stücke von { $name }
stockroom-count-reason-of = Warum { $name } abweicht
stockroom-count-save = Diese Seite speichern
stockroom-count-saved = Gespeichert
stockroom-count-hint = Jede Zahl wird mit dem verglichen, was beim Speichern vorhanden war; Sie können also beim Zählen weiter verkaufen. Ein geleertes Feld gilt als nicht gezählt.
stockroom-count-page = Seite { $count } von { $all }
stockroom-count-from-file = Aus einer Datei
stockroom-count-file = Datei mit Zählungen
stockroom-count-file-hint = CSV mit den Spalten „sku“ oder „barcode“ und „counted“; holen Sie die Zählliste als CSV, um anzufangen
stockroom-count-upload = Übernehmen
stockroom-count-end = Inventur beenden
stockroom-count-end-text = Unterschiede werden mit ihrem Grund gebucht; was nicht gezählt wurde, bleibt, wie es ist.
stockroom-count-close = Unterschiede buchen
stockroom-count-drop = Inventur verwerfen
stockroom-count-closed = Unterschiede gebucht
stockroom-count-dropped = Inventur verworfen; nichts wurde gebucht
stockroom-coming = { $count ->
    [one] 1 ist unterwegs
   *[other] { $count } sind unterwegs
}
stockroom-coming-on = { $count ->
    [one] 1 ist unterwegs, erwartet am { $day }
   *[other] { $count } sind unterwegs, erwartet am { $day }
}
