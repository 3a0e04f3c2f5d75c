payments-too-much = Das ist mehr, als noch zu zahlen ist
payments-too-little = Geben Sie einen Betrag über 0 ein
payments-closed = Diese Zahlung ist abgeschlossen; es kann nichts mehr darauf gebucht werden
payments-bank_transfer = Überweisung
