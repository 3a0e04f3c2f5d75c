mail-why = Sie erhalten diese E-Mail wegen einer Bestellung bei { $name }.

mail-title = Gesendete E-Mails
mail-caption = E-Mails, neueste zuerst
mail-search = Nach Empfänger oder Betreff suchen
mail-search-hint = Empfänger oder Betreff
mail-search-do = Suchen
mail-show-all = Alle E-Mails zeigen
mail-none = Noch keine E-Mails
mail-none-lede = Was der Shop an Kundschaft und an Sie schreibt, steht später hier.
mail-not-found = Keine passende E-Mail
mail-not-found-lede = Versuchen Sie es mit einem Teil der Adresse oder des Betreffs.
mail-subject = Betreff
mail-recipient = An
mail-sender = Von
mail-written = Geschrieben
mail-sent = Gesendet
mail-state = Stand
mail-state-sent = Gesendet
mail-state-kept = Aufbewahrt
mail-state-waiting = Wartet
mail-state-failed = Nicht gesendet
mail-count = { $count ->
    [one] 1 E-Mail
   *[other] { $count } E-Mails
}
mail-kept-title = E-Mails werden hier aufbewahrt, nicht gesendet
mail-kept-lede = Es ist kein Mailserver eingerichtet (SMTP_URL). Bis dahin erhält niemand E-Mails.
mail-failed-title = Der Mailserver hat sie nicht angenommen
mail-sealed = Dieser Brief enthält einen Link, der ein Konto öffnet. Nur der Empfänger liest ihn.
mail-letter = Brief
mail-open-letter = Brief in neuem Tab öffnen
mail-text = Als reiner Text
mail-send-again = Erneut senden
mail-sent-again = Die E-Mail ist erneut unterwegs
