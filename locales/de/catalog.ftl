catalog-no-variant = Ein Produkt braucht mindestens eine Variante
catalog-too-many-variants = Ein Produkt kann höchstens { $count } Varianten haben
catalog-option-twice = Zwei Optionen heißen „{ $name }“
catalog-values-missing = „{ $name }“ braucht für jede Option einen Wert
catalog-variant-twice = Die Variante „{ $name }“ gibt es zweimal
catalog-sku-twice = Die Artikelnummer { $sku } steht an zwei Varianten
catalog-sku-taken = Die Artikelnummer { $sku } gehört schon zu „{ $by }“
catalog-price = Ein Preis muss zwischen 0 und 1.000.000.000 liegen
catalog-handle-taken = Ein anderes Produkt hat schon die Adresse „{ $handle }“
catalog-category-title-taken = Hier gibt es schon eine Kategorie „{ $title }“
catalog-category-circle = Eine Kategorie kann nicht unter sich selbst stehen
catalog-changed-meanwhile = Jemand hat dieses Produkt gespeichert, während Sie es bearbeitet haben

catalog-now = Jetzt
catalog-before = Vorher
catalog-from-price = Ab { $name }
catalog-off = { $name } gespart
catalog-sale = Reduziert
catalog-sold-out = Ausverkauft
catalog-sold-out-inline = ausverkauft
catalog-value-out = { $name }, ausverkauft
catalog-in-stock = Vorrätig
catalog-left = { $count ->
    [one] Nur noch 1 Stück
   *[other] Noch { $count } Stück
}
catalog-back-order = Gerade nicht im Regal. Bestellen Sie es, und wir senden es, sobald es wieder da ist.
catalog-add = In den Warenkorb
catalog-add-named = { $name } in den Warenkorb legen
catalog-colours = Farben:
catalog-quantity = Menge
catalog-one-less = Eins weniger
catalog-one-more = Eins mehr
catalog-show-choice = Diese Ausführung zeigen
catalog-tax-included = Inkl. MwSt., zuzüglich Versand
catalog-tax-extra = Zuzüglich Steuern und Versand
catalog-photos = Fotos
catalog-photos-scroll = Fotos, seitwärts blättern
catalog-photo-of = Foto { $number } von { $count }
catalog-zoom = Vergrößern
catalog-about = Über { $name }
catalog-description = Beschreibung
catalog-specs = Eigenschaften
catalog-vendor = Hersteller
catalog-type = Art
catalog-weight = Gewicht
catalog-sku = Artikelnummer
catalog-barcode = Strichcode
catalog-related = Passt gut dazu

catalog-products = Produkte
catalog-all-products = Alle Produkte
catalog-on-sale = Reduziert
catalog-all-on-sale = Alles Reduzierte
catalog-kinds = Arten: { $name }
catalog-list-description = { $title }: { $count ->
    [one] 1 Produkt
   *[other] { $count } Produkte
} zur Auswahl.
catalog-filters = Filter
catalog-close-filters = Filter schließen
catalog-filters-used = Gewählte Filter
catalog-remove-filter = Filter entfernen:
catalog-clear-filters = Alle entfernen
catalog-availability = Verfügbarkeit
catalog-price-range = Preis
catalog-price-in = Preis in { $name }
catalog-price-from = Von
catalog-price-to = Bis
catalog-price-hint = Niedrigster { $from }, höchster { $to }
catalog-chip-min = Ab { $name }
catalog-chip-max = Bis { $name }
catalog-show = Produkte zeigen
catalog-count = { $count ->
    [one] 1 Produkt
   *[other] { $count } Produkte
}
catalog-count-of = { $count } von { $all } Produkten
catalog-sort = Sortieren nach
catalog-sort-shop = Unsere Reihenfolge
catalog-sort-newest = Neueste
catalog-sort-price = Preis aufsteigend
catalog-sort-price-down = Preis absteigend
catalog-sort-title = Name, A bis Z
catalog-seen = Sie haben { $seen } von { $count } gesehen
catalog-next-page = Mehr zeigen
catalog-page-number = Seite { $count }
catalog-empty-list = Hier ist noch nichts
catalog-empty-list-text = Dieses Regal räumen wir noch ein. In den anderen gibt es schon viel zu sehen.
catalog-nothing-left = Kein Produkt passt zu allen Filtern
catalog-nothing-left-text = Entfernen Sie einen Filter oder alle.

catalog-search = Suche
catalog-search-found = { $count ->
    [one] 1 Treffer
   *[other] { $count } Treffer
} für „{ $words }“
catalog-search-nothing = Nichts gefunden für „{ $name }“
catalog-search-alike = Aber diese Namen klingen ähnlich.
catalog-search-not-meant = Etwas anderes gemeint?
catalog-search-browse = Sehen Sie sich um
catalog-search-hint = Versuchen Sie es mit einem kürzeren Wort, oder stöbern Sie nach Abteilung.

catalog-home-title = Startseite
catalog-home-description = { $name }: Neues, Beliebtes und was gerade weniger kostet.
catalog-hero-title = Schauen Sie sich um
catalog-hero-text = Sehen Sie, was neu ist, oder stöbern Sie nach Abteilung.
catalog-hero-button = Alles ansehen
catalog-rooms = Unsere Abteilungen
catalog-new = Neu eingetroffen
catalog-story-more = Ansehen,
catalog-promises = So arbeiten wir
catalog-promise-free = Kostenloser Versand
catalog-promise-free-from = Kostenloser Versand ab { $name }
catalog-promise-delivery = Lieferung bis an Ihre Tür
catalog-promise-days = { $to ->
    [0] Noch am selben Werktag bei Ihnen.
    [1] Innerhalb eines Werktags bei Ihnen.
   *[other] { $from ->
        [0] Innerhalb von { $to } Werktagen bei Ihnen.
       *[other] In { $from } bis { $to } Werktagen bei Ihnen.
    }
}
catalog-promise-returns = Doch nicht das Richtige?
catalog-promise-returns-text = Schicken Sie es einfach zurück.
catalog-promise-returns-more = So geht die Rückgabe
catalog-promise-guest = Ohne Konto
catalog-promise-guest-text = Bestellen Sie als Gast. Wir fragen nur nach dem, was wir für die Lieferung brauchen.
catalog-promise-person = Ein Mensch antwortet
catalog-promise-person-text = Schreiben Sie uns:
catalog-empty-shop = Die Regale sind noch leer
catalog-empty-shop-text = Wir richten gerade ein. Schauen Sie bald wieder vorbei.

catalog-count-changed = Der Bestand ist inzwischen { $count }; zählen Sie noch einmal
catalog-error-price = Geben Sie einen Betrag ein, zum Beispiel 42,90
catalog-error-count = Geben Sie eine ganze Zahl ab 0 ein
catalog-status = Status
catalog-status-draft = Entwurf
catalog-status-active = Aktiv
catalog-status-archived = Archiviert
catalog-view-all = Alle
catalog-views = Ansichten
catalog-new-product = Produkt anlegen
catalog-add-product = Dieses Produkt anlegen
catalog-search-products = Produkte suchen
catalog-search-products-hint = Titel, Artikelnummer, Strichcode oder Hersteller
catalog-no-products = Noch keine Produkte
catalog-no-products-text = Legen Sie das erste von Hand an, oder führen Sie eine Datei mit barrow import shopify ein.
catalog-none-found = Kein Produkt passt
catalog-none-found-text = Versuchen Sie ein kürzeres Wort, oder sehen Sie alle Produkte an.
catalog-table = Produkte, neueste zuerst
catalog-picture = Bild
catalog-product = Produkt
catalog-stock = Bestand
catalog-category = Kategorie
catalog-categories = Kategorien
catalog-changed = Geändert
catalog-variants = { $count ->
    [one] 1 Variante
   *[other] { $count } Varianten
}
catalog-uncounted = Ungezählt
catalog-sold-out-count = { $count } ausverkauft
catalog-shown = { $count ->
    [one] 1 Produkt gezeigt
   *[other] { $count } Produkte gezeigt
}
catalog-view-in-shop = Im Shop ansehen
catalog-text = Text
catalog-title = Titel
catalog-handle = Adresse
catalog-handle-hint = Die alte Adresse führt weiter hierher
catalog-markdown-hint = Markdown: **fett**, _kursiv_, - Liste
catalog-html-hint = HTML; es wird gesäubert, bevor es gezeigt wird
catalog-visibility = Sichtbarkeit
catalog-about-it = Einordnung
catalog-tags = Schlagwörter
catalog-price-and-stock = Preis und Bestand
catalog-variants-scroll = Varianten, seitwärts blättern
catalog-variant = Variante
catalog-before-column = Vorher
catalog-on-hand = Im Regal
catalog-promised = Zugesagt
catalog-price-of = Preis, { $name }
catalog-before-of = Preis vorher, { $name }
catalog-count-of-variant = Im Regal, { $name }
catalog-variants-hint = „Vorher“ steht durchgestrichen da, wo es höher ist als der Preis. Zugesagte Stücke gehören zu Bestellungen, die noch nicht versandt sind.
catalog-save = Speichern
catalog-save-mine = Meines speichern
catalog-take-theirs = Das andere übernehmen
catalog-save-bar = Kunden sehen es, sobald es gespeichert ist
catalog-save-bar-new = Kunden sehen es, sobald es aktiv ist
catalog-discard = Verwerfen
catalog-saved = Produkt gespeichert
catalog-added = Produkt angelegt
catalog-clash = { $name } hat dieses Produkt am { $at } gespeichert
catalog-clash-nobody = Dieses Produkt wurde von anderer Hand gespeichert
catalog-clash-text = Von Ihnen ist nichts verloren. Das unterscheidet sich; speichern Sie Ihres, oder übernehmen Sie, was da ist.
catalog-field = Feld
catalog-yours = Ihres
catalog-theirs = Das andere
catalog-running-low = Wird knapp
catalog-ask = Frage zum Artikel
catalog-ask-email = Ihre E-Mail-Adresse
catalog-ask-body = Ihre Frage
catalog-ask-send = Frage senden
catalog-promise-days-exact = In { $count } Werktagen bei Ihnen.
catalog-pre-order = Vorbestellbar: erscheint am { $day } und wird ab dann verschickt.
catalog-back-order-on = Gerade nicht im Regal. Versand ab { $day }.
catalog-in-set = In diesem Set
