catalog-value-twice = Der Wert „{ $name }“ steht zweimal da
catalog-must-stay = Dieses Produkt wurde verkauft oder ist im Angebot. Es lässt sich archivieren, aber nicht löschen.
catalog-error-values = Nennen Sie mindestens einen Wert, einen je Zeile
catalog-error-moment = Geben Sie Tag und Uhrzeit an
catalog-error-past = Dieser Zeitpunkt ist vorbei; wählen Sie „Aktiv“, um jetzt zu veröffentlichen
catalog-status-scheduled = Geplant
catalog-scheduled-for = Geplant für { $name }
catalog-publish-at = Veröffentlichen am
catalog-publish-hint = Für „Geplant“; Uhrzeit von { $name }
catalog-more = Mehr
catalog-copy = Duplizieren
catalog-copy-title = { $name } (Kopie)
catalog-copied = Produkt dupliziert; die Kopie ist ein Entwurf
catalog-archive = Archivieren
catalog-delete = Entwurf löschen
catalog-deleted = Entwurf gelöscht
catalog-archived-title = Archiviert
catalog-archived-text = Im Shop ist dieses Produkt nicht mehr zu sehen; frühere Bestellungen behalten es.
catalog-brought-back = Produkt zurückgeholt
catalog-undo = Rückgängig
catalog-unsaved = Nicht gespeicherte Änderungen
catalog-md-heading = Überschrift
catalog-md-bold = Fett
catalog-md-italic = Kursiv
catalog-md-link = Link
catalog-md-list = Liste
catalog-md-numbers = Nummerierte Liste
catalog-md-quote = Zitat
catalog-show-as = Anzeigen
catalog-write = Schreiben
catalog-preview = Vorschau
catalog-preview-refresh = Vorschau auffrischen
catalog-pictures = Bilder
catalog-pictures-kept = { $count ->
    [one] 1 Bild ist schon hochgeladen
   *[other] { $count } Bilder sind schon hochgeladen
}
catalog-first-is-cover = Das erste ist das Titelbild
catalog-cover = Titelbild
catalog-no-alt = Keine Beschreibung
catalog-alt-hint = Bild beschreiben
catalog-alt-of = Beschreibung, Bild { $count }
catalog-picture-number = Bild { $count }
catalog-picture-earlier = Bild { $count } nach vorn
catalog-picture-later = Bild { $count } nach hinten
catalog-picture-remove = Bild { $count } entfernen
catalog-picture-removed = Bild entfernt
catalog-picture-broken = Diese Datei lässt sich nicht zeigen
catalog-picture-of = Bild, { $name }
catalog-drop = Bilder ablegen, einfügen oder auswählen
catalog-picture-kinds = JPEG, PNG oder WebP, je bis 25 MB
catalog-upload = Hochladen
catalog-no-file = Wählen Sie zuerst eine Datei aus
catalog-upload-failed = nicht hochgeladen
catalog-upload-waiting = wartet
catalog-retry = Noch einmal
catalog-options = Optionen
catalog-option-name = Option
catalog-option-of = Option { $name }
catalog-option-example = Farbe
catalog-option-colour = Farbe
catalog-option-size = Größe
catalog-option-material = Material
catalog-options-hint = Ein geleertes Feld wird entfernt, samt den Varianten, die es haben. Neue Werte werden mit allen anderen kombiniert.
catalog-options-new-hint = Jede Kombination wird eine Variante mit Preis und Bestand von unten; danach können Sie jede einzeln ändern.
catalog-new-option = Neue Option { $count }
catalog-add-option = Option hinzufügen
catalog-values = Werte
catalog-values-of = Werte von { $name }
catalog-value-of = Wert { $name }
catalog-more-values = Weitere Werte
catalog-one-a-line = Einer je Zeile
catalog-place = Platz
catalog-place-of = Platz von { $name }
catalog-move-up = { $name } nach oben
catalog-move-down = { $name } nach unten
catalog-make = Kombinationen, die entstehen sollen
catalog-not-made = { $count ->
    [one] 1 Kombination gibt es nicht
   *[other] { $count } Kombinationen gibt es nicht
}
catalog-sku-of = Artikelnummer, { $name }
catalog-barcode-of = Strichcode, { $name }
catalog-weight-of = Gewicht in Gramm, { $name }
catalog-grams = Gramm
catalog-grams-long = Gewicht in Gramm
catalog-sku-new-hint = Bei Optionen steht sie vor den Werten
catalog-count-new-hint = Von jeder Variante
catalog-remove = Entfernen
catalog-remove-variant = { $name } entfernen
catalog-search-engines = Suchmaschinen
catalog-serp = So zeigt es eine Suchmaschine
catalog-seo-title = Seitentitel
catalog-seo-title-hint = Etwa 60 Zeichen; sonst der Titel
catalog-seo-description = Beschreibung in Treffern
catalog-seo-description-hint = Etwa 155 Zeichen; sonst der Anfang der Beschreibung
catalog-tags-hint = Mit Kommas dazwischen
catalog-changed-at = Zuletzt geändert am { $name }
catalog-clash-merged = Von Ihnen ist nichts verloren: Sie haben verschiedene Felder geändert. Sehen Sie es durch und speichern Sie.
catalog-clash-choose = { $count ->
    [one] Von Ihnen ist nichts verloren. Ein Feld unterscheidet sich; wählen Sie, was bleibt, dann speichern Sie.
   *[other] Von Ihnen ist nichts verloren. { $count } Felder unterscheiden sich; wählen Sie, was bleibt, dann speichern Sie.
}
catalog-clash-taken = Von { $name } geändert und übernommen
catalog-was = Vorher
catalog-is = Jetzt
catalog-save-choice = Meine Auswahl speichern
catalog-take-all = Alles von { $name } übernehmen
catalog-in-en = { $name } (Englisch)
catalog-in-de = { $name } (Deutsch)
<<<<<<< HEAD
catalog-bundle = Set
catalog-stock-and-parts = Bestand und Teile
||||||| 0c1c399
=======
catalog-delivery-profile = Versandprofil
catalog-delivery-usual = Wie die meisten Waren
>>>>>>> trunk
