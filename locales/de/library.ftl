library-views = Ansichten
library-all = Alle
library-missing = Ohne Text
library-unused = Nirgends benutzt
library-upload = Bilder hinzufügen
library-files = Dateien
library-files-hint = JPEG, PNG oder WebP; auch mehrere auf einmal
library-upload-do = Hochladen
library-taken-in = Bilder aufgenommen
library-no-file = Wählen Sie zuerst eine Datei aus
library-search = Bilder durchsuchen
library-search-hint = Datei, Text oder Produkt
library-none-found = Kein Bild passt
library-none-found-text = Versuchen Sie ein kürzeres Wort, oder sehen Sie sich alle an.
library-empty = Noch keine Bilder
library-empty-text = Hier stehen die Bilder von Produkten und Kategorien und alle, die Sie oben aufnehmen.
library-shown = { $count ->
    [one] 1 Bild
   *[other] { $count } Bilder
}
library-uses = { $count ->
    [0] Nirgends benutzt
    [one] Einmal benutzt
   *[other] { $count }-mal benutzt
}
library-unnamed = Bild { $name }
library-no-text = Kein Text
library-broken = Nicht darstellbar
library-this = Dieses Bild
library-texts = Was es zeigt
library-texts-hint = Für alle, die es nicht sehen können, und für Suchmaschinen. Dasselbe Bild braucht bei einem anderen Produkt vielleicht andere Worte.
library-text-in = Bei { $name }
library-save = Speichern
library-described = Texte gespeichert
library-where = Wo es benutzt wird
library-nowhere = Nirgends. Es kann entfernt oder für ein Produkt ausgewählt werden.
library-in-product = Bild des Produkts
library-on-variant = An der Variante { $name }
library-on-category = Kategorie { $name }
library-as-logo = Das Logo des Shops
library-in-orders = { $count ->
    [one] In 1 Zeile einer Bestellung
   *[other] In { $count } Zeilen von Bestellungen
}
library-used-stays = Ein Bild, das irgendwo benutzt wird, kann nicht entfernt werden.
library-remove = Entfernen
library-removed = Bild entfernt
library-facts = Datei
library-size = Pixel
library-file = Art
library-added = Aufgenommen
library-state = Zustand
