shell-guide = Gestaltung
shell-guide-lede = Jedes Teil einmal. Übernehmen Sie die Auszeichnung von hier.
shell-guide-desk = Teile der Verwaltung
shell-guide-shop = Teile des Shops
shell-guide-body = Fließtext ist kurz, freundlich und genau, höchstens 62 Zeichen breit.
shell-guide-type = Schrift
shell-guide-colours = Farben
shell-guide-buttons = Schaltflächen
shell-guide-badges = Status
shell-guide-form = Felder
shell-guide-feedback = Rückmeldung
shell-guide-cards = Karten
shell-guide-icons = Symbole
shell-guide-menus = Menüs
shell-guide-tables = Tabellen
shell-guide-timeline = Verlauf
shell-guide-add = In den Warenkorb
shell-guide-save = Speichern
shell-guide-archive = Archivieren
shell-guide-unsaved = Nicht gespeicherte Änderungen
shell-guide-sold-out = Ausverkauft
shell-guide-sample = Unterwegs
shell-guide-now = Jetzt
shell-guide-before = Vorher
shell-guide-email = E-Mail
shell-guide-title = Titel
shell-guide-price = Preis
shell-guide-note = Notiz
shell-guide-pieces = Stück
shell-guide-hint = Nur für Fragen zu dieser Lieferung.
shell-guide-box = Die Rechnung hat dieselbe Adresse
shell-guide-choice = Lieferung
shell-guide-empty = Noch nichts da
shell-guide-empty-lede = Was Sie hineinlegen, bleibt 30 Tage.
shell-guide-rows = { $count ->
    [one] 1 Zeile
   *[other] { $count } Zeilen
}
