promotions-unknown = Diesen Code kennen wir nicht. Bitte prüfen Sie die Schreibweise.
promotions-not-yet = Dieser Code gilt ab { $day }.
promotions-over = Dieser Code ist abgelaufen.
promotions-used-up = Dieser Code ist aufgebraucht.
promotions-used-by-you = Sie haben diesen Code so oft verwendet, wie es möglich ist.
promotions-subtotal = Noch { $amount } im Warenkorb, dann gilt dieser Code.
promotions-subtotal-of-some = Noch { $amount } von den Waren, für die dieser Code ist, dann gilt er.
promotions-quantity = { $count ->
    [one] Noch ein Stück im Warenkorb, dann gilt dieser Code.
   *[other] Noch { $count } Stück im Warenkorb, dann gilt dieser Code.
}
promotions-quantity-of-some = { $count ->
    [one] Noch ein Stück von den Waren, für die dieser Code ist, dann gilt er.
   *[other] Noch { $count } Stück von den Waren, für die dieser Code ist, dann gilt er.
}
promotions-group = Dieser Code ist für bestimmte Kundinnen und Kunden. Melden Sie sich an, wenn Sie dazugehören.
promotions-not-first = Dieser Code ist für die erste Bestellung.
promotions-country = Dieser Code gilt nicht für Bestellungen in Ihr Land.
promotions-nothing = Im Warenkorb ist nichts, wofür dieser Code ist.
promotions-beaten = „{ $name }“ bringt mehr. Beides zusammen geht nicht.
promotions-same = Ein anderer Code desselben Rabatts gilt schon.
promotions-gone = „{ $name }“ wurde eben aufgebraucht. Dies ist die Summe ohne ihn; es wurde nichts berechnet.
promotions-dates = Das Ende kann nicht vor dem Beginn liegen
promotions-no-benefit = Sagen Sie, was der Rabatt bringt
promotions-condition-odd = Bedingung { $count } ist nicht vollständig
promotions-benefit-odd = Zeile { $count } der Vorteile ist nicht vollständig
promotions-changed = Jemand anderes hat diesen Rabatt inzwischen gespeichert. Hier steht, was Sie eingegeben haben; sehen Sie nach, bevor Sie noch einmal speichern.
promotions-missing = Das gibt es nicht mehr
promotions-lane-in-use = In dieser Spur stehen Rabatte, oder sie ist die einzige
promotions-no-code = Codes bestehen aus Buchstaben, Ziffern und Bindestrichen, höchstens 40
promotions-busy = Codes dieses Rabatts werden gerade erzeugt. Warten Sie, bis sie da sind
promotions-code-taken = „{ $name }“ ist schon ein Code
