prices-lowest = Niedrigster Preis der letzten 30 Tage: { $name }
prices-yours = Ihr Preis
prices-steps = Staffelpreise
prices-step-from = { $count ->
    [one] Ab 1 Stück
   *[other] Ab { $count } Stück
}
prices-step-each = je { $name }
prices-content = Inhalt
prices-content-of = Inhalt, { $name }
prices-content-hint = Mit einem Inhalt wie „750 ml“ nennt der Shop den Grundpreis je Liter, Kilogramm, Meter oder Stück; „250 g / 100 g“ nennt den je 100 g.
prices-history = Preisverlauf
prices-history-text = Was ein Stück alle gekostet hat, und der frühere Preis, der dabei stand. Preise für Gruppen und für mehrere Stück stehen nicht darin.
prices-history-none = Noch wurde kein Preis festgehalten.
prices-price = Preis
prices-before = Vorher
prices-from = Von
prices-until = Bis
prices-now = Jetzt
