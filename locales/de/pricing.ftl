pricing-too-much = So viel kann eine einzelne Bestellung nicht kosten. Teilen Sie sie auf mehrere auf.
pricing-nonsense = Die Preise dieser Bestellung gehen nicht auf; es wurde nichts berechnet

error-content = Schreiben Sie den Inhalt als „750 ml“ oder „250 g / 100 g“, mit einer Einheit wie g, kg, ml, l, m, m2 oder item
error-content-kinds = Inhalt und Bezug müssen zueinander passen: Gramm zu Kilogramm, Milliliter zu Liter
pricing-per = { $amount } / { $per }
pricing-holds-per = { $holds } · { $price }
pricing-unit-item = Stück
pricing-rounding-none = Wie er sich ergibt
pricing-rounding-99 = Auf ,99
pricing-rounding-95 = Auf ,95
pricing-rounding-5 = Auf fünf Cent
pricing-name-taken = Es gibt schon eine Preisliste dieses Namens
pricing-no-group = Wählen Sie mindestens eine Gruppe, oder machen Sie die Liste für alle
pricing-dates = Das Ende muss nach dem Anfang liegen
pricing-changed = Inzwischen hat jemand diese Liste gespeichert. Was Sie geschrieben haben, steht noch hier: sehen Sie nach, was sich geändert hat, und speichern Sie noch einmal
pricing-gone = Diese Preisliste gibt es nicht mehr
pricing-unknown-sku = Nichts hat diese Artikelnummer
