shelving-products = { $count ->
    [0] Keine Produkte
    [one] 1 Produkt
   *[other] { $count } Produkte
}
shelving-count = { $count ->
    [one] 1 Kategorie
   *[other] { $count } Kategorien
}
shelving-new = Kategorie hinzufügen
shelving-new-below = Kategorie unter { $name } hinzufügen
shelving-add = Hinzufügen
shelving-what = Die neue Kategorie
shelving-then-more = Bild und Text kommen danach
shelving-none = Noch keine Kategorien
shelving-none-text = Kategorien sind die Räume Ihres Shops: Aus ihnen wird das Menü, und mit ihnen finden sich Kunden zurecht.
shelving-up = { $name } nach oben
shelving-down = { $name } nach unten
shelving-first = { $name } ganz nach oben
shelving-parent = Steht unter
shelving-parent-hint = Aus den Kategorien der obersten Ebene wird das Menü des Shops
shelving-top = Nichts: oberste Ebene
shelving-place = Ort und Adresse
shelving-last-changed = Zuletzt geändert { $name }
shelving-preview = Vorschau
shelving-preview-empty = Noch gibt es keinen Text.
shelving-seo = In Suchmaschinen
shelving-seo-title = Titel für Suchmaschinen
shelving-seo-title-hint = Ohne ihn steht dort der Titel der Kategorie
shelving-seo-description = Beschreibung für Suchmaschinen
shelving-seo-description-hint = Gezeigt werden etwa 160 Zeichen; ohne sie steht dort der Anfang des Textes
shelving-image-file = Bild auswählen
shelving-image-hint = JPEG, PNG oder WebP
shelving-image-none = Keines: Der Shop zeigt stattdessen das Bild des neuesten Produkts.
shelving-no-image = Dieses Bild entfernen
shelving-added = Kategorie hinzugefügt
shelving-saved = Kategorie gespeichert
shelving-removed = Kategorie entfernt
shelving-remove = Entfernen
shelving-removal = { $name } entfernen?
shelving-removal-what = Das wird geschehen
shelving-removal-children = { $count ->
    [one] Die Kategorie { $names } rückt auf und steht dann unter { $parent }.
   *[other] Die Kategorien { $names } rücken auf und stehen dann unter { $parent }.
}
shelving-removal-children-top = { $count ->
    [one] Die Kategorie { $names } rückt auf die oberste Ebene.
   *[other] Die Kategorien { $names } rücken auf die oberste Ebene.
}
shelving-removal-no-products = Es sind keine Produkte darin.
shelving-removal-products = { $count ->
    [one] Ihr einziges Produkt bleibt im Shop und in seinen anderen Kategorien.
   *[other] Ihre { $count } Produkte bleiben im Shop und in ihren anderen Kategorien.
}
shelving-removal-products-homeless = { $count ->
    [one] Ihr einziges Produkt bleibt im Shop, steht dann aber in keiner Kategorie.
   *[other] Ihre { $count } Produkte bleiben im Shop; { $homeless } davon stehen dann in keiner Kategorie.
}
shelving-removal-links = { $count ->
    [one] Ein Link dorthin verschwindet aus den Menüs, mit denen darunter.
   *[other] { $count } Links dorthin verschwinden aus den Menüs, mit denen darunter.
}
shelving-removal-address = Ihre Adresse führt von da an zu { $name }.
shelving-removal-address-none = Ihre Adresse führt von da an nirgendwohin.
shelving-remove-do = { $name } entfernen
shelving-keep = Behalten
shelving-gone = Diese Kategorie gibt es nicht mehr
shelving-changed = Jemand hat diese Kategorie inzwischen gespeichert
shelving-too-deep = In einem Baum von mehr als { $count } Ebenen findet sich niemand zurecht; wählen Sie einen höheren Ort
shelving-clash = { $name } hat diese Kategorie inzwischen gespeichert ({ $at })
shelving-arrange = Ansehen und ordnen
shelving-arrange-title = Produkte in { $name }
shelving-order = Reihenfolge im Shop
shelving-order-own = Ihre eigene Reihenfolge. Ein Produkt, das hier neu ist, steht vorn, bis Sie es verschieben.
shelving-order-newest = Das neueste steht vorn. Verschieben Sie ein Produkt, und die Reihenfolge ist von da an Ihre.
shelving-forget = Wieder Neuestes zuerst
shelving-order-forgotten = Das Neueste steht wieder vorn
shelving-empty = In dieser Kategorie ist noch nichts.
shelving-more = Das sind die ersten { $count }; rücken Sie Produkte nach oben, um andere hierher zu holen.
shelving-add-product = Produkt hinzufügen
shelving-find-product = Titel eines Produkts
shelving-none-offered = Kein anderes Produkt hat einen solchen Titel.
shelving-put-in = Hinzufügen
shelving-take-out = { $name } aus dieser Kategorie nehmen
shelving-product-added = Produkt hinzugefügt
shelving-product-removed = Produkt herausgenommen; es bleibt im Shop
