exchange-dry-run = Probelauf: So würde es ausgehen; geschrieben wurde nichts.
exchange-products = { $total ->
    [one] 1 Produkt
   *[other] { $total } Produkte
  }: { $created } neu, { $updated } geändert, { $unchanged } unverändert.
exchange-variants = { $count ->
    [one] 1 Variante.
   *[other] { $count } Varianten.
  }
exchange-images = { $count ->
    [one] 1 Bild
   *[other] { $count } Bilder
  }, davon { $fetch } noch abzuholen.
exchange-categories = { $count ->
    [one] 1 Kategorie
   *[other] { $count } Kategorien
  }; { $made } neu angelegt, mit denen darüber.
exchange-refused = { $count ->
    [one] 1 Produkt konnte nicht gespeichert werden.
   *[other] { $count } Produkte konnten nicht gespeichert werden.
  }
exchange-rows-lost = { $count ->
    [one] 1 Zeile wurde ausgelassen.
   *[other] { $count } Zeilen wurden ausgelassen.
  }
exchange-demo-open = Dieser Shop ist geöffnet und verkauft echte Ware. Der Demo-Shop wird nicht hineingeladen.
exchange-more-problems = … und { $count } weitere.
exchange-problem = Zeile { $line }, { $column }: { $reason }
exchange-problem-row = Zeile { $line }: { $reason }

exchange-unreadable = Die Datei lässt sich nicht lesen: { $reason }
exchange-column-missing = Die Datei hat keine Spalte „{ $name }“. In der ersten Zeile müssen die Namen der Spalten stehen.
exchange-row-width = Diese Zeile hat { $found } Felder, die erste Zeile hat { $expected }. Sie wurde ausgelassen.
exchange-handle-missing = Eine Zeile ohne Handle gehört zu keinem Produkt. Sie wurde ausgelassen.
exchange-title-missing = Das Produkt hat keinen Titel. Es wurde ausgelassen.
exchange-no-variant = Das Produkt hat keine Variante mit einem Preis. Es wurde ausgelassen.
exchange-price-missing = Die Variante hat keinen Preis. Sie wurde ausgelassen.
exchange-no-price = „{ $value }“ ist kein Preis in { $currency }.
exchange-no-number = „{ $value }“ ist keine Zahl ab 0. Es gilt 0.
exchange-no-truth = „{ $value }“ ist weder wahr noch falsch. Es gilt das Übliche.
exchange-status = „{ $value }“ ist kein Status. Das Produkt ist jetzt ein Entwurf.
exchange-option-unnamed = Die Option hat Werte, aber keinen Namen. Sie bekam eine Nummer.
exchange-value-missing = Der Variante fehlt ein Wert für „{ $name }“. Sie wurde ausgelassen.
exchange-variant-twice = Die Variante „{ $name }“ steht schon in Zeile { $line }. Diese wurde ausgelassen.
exchange-sku-twice = Die SKU { $sku } gehört schon zu einer anderen Variante. Diese heißt jetzt { $given }.
exchange-picture-missing = Das Bild { $name } ist nicht da.
exchange-picture-address = { $name } ist keine Adresse, von der Bilder abgeholt werden.

exchange-lost-pictures = Fehlende Bilder
exchange-lost-list = Nicht abgerufen
exchange-lost-banner = { $count ->
    [one] 1 Bild ließ sich nicht abrufen
   *[other] { $count } Bilder ließen sich nicht abrufen
  }
exchange-lost-banner-text = Ein Import hat ihre Adressen genannt, aber sie sind nicht angekommen.
exchange-lost-see = Welche das sind
exchange-none-lost = Alle Bilder sind da
exchange-none-lost-text = Nennt ein Import ein Bild, das sich nicht abrufen lässt, steht es hier mit dem Grund.
exchange-fetch-all = Alle noch einmal abrufen
exchange-fetch-again = Noch einmal abrufen
exchange-give-up = Verzichten
exchange-waits = Wird von selbst wiederholt
exchange-fetching = Wird noch einmal abgerufen
exchange-given-up = Darauf wird verzichtet
exchange-no-content = „{ $value }“ ist kein Inhalt, auf den sich ein Preis beziehen kann. Er wurde weggelassen.
