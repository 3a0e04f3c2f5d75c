books-title = Die Bücher
books-lede = Jede Nacht rechnet der Laden aus seinen Aufzeichnungen nach, was bei Bestand und Geld übereinstimmen muss. Das hat er gefunden.
books-none = Noch nicht nachgerechnet
books-none-text = Zum ersten Mal wird heute Nacht nachgerechnet, oder jetzt, wenn Sie möchten.
books-all-well = Alles stimmt
books-all-well-text = { $count ->
    [one] Eine Sache wurde nachgerechnet, { $when }, in { $took } ms.
   *[other] { $count } Dinge wurden nachgerechnet, { $when }, in { $took } ms.
}
books-drift = { $count ->
    [one] Eine Sache stimmt nicht überein
   *[other] { $count } Dinge stimmen nicht überein
}
books-looked = Nachgerechnet { $when }, in { $took } ms.
books-now = Jetzt nachrechnen
books-looking = Die Bücher werden nachgerechnet; gleich zeigt die Seite, was gefunden wurde.
books-of = { $count ->
    [one] eine Stelle: { $names }
   *[other] { $count } Stellen: { $names }
}
books-earlier = Frühere Male
books-found-none = nichts
books-found = Gefunden
books-what = Nachgerechnet
books-notes = Gut zu wissen

books-balances-well = Bestand: jeder Bestand ist die Summe seiner Bewegungen
books-balances-broken = Bestände, die nicht die Summe ihrer Bewegungen sind
books-balances-do = zählen Sie diese Varianten und berichtigen Sie sie auf ihrer Produktseite; sagen Sie uns Bescheid, denn nur das Journal darf einen Bestand ändern
books-promised-well = Bestand: was zugesagt ist, ist Bestellzeilen zugesagt
books-promised-broken = Bestände, deren zugesagte Stücke nicht die der Bestellzeilen sind
books-promised-do = sehen Sie sich die offenen Bestellungen dieser Varianten an; Stornieren und neu Anlegen berichtigt es; sagen Sie uns, wie es dazu kam
books-closed-well = Bestand: keine abgeschlossene Bestellung hält Bestand
books-closed-broken = abgeschlossene Bestellungen, die noch Bestand halten
books-closed-do = diese Stücke können verkauft werden: berichtigen Sie den Bestand der Varianten, und sagen Sie uns Bescheid
books-short-well = Bestand: nichts ist zugesagt, was nicht da ist
books-short-broken = Varianten, von denen mehr zugesagt ist, als da ist
books-totals-well = Bestellungen: Summen sind die Summen ihrer Teile
books-totals-broken = Bestellungen, deren Summen nicht die Summen ihrer Teile sind
books-totals-do = versenden Sie diese erst, wenn Sie sie angesehen haben; sagen Sie uns Bescheid, denn die Datenbank hätte sie ablehnen müssen
books-refunds-well = Zahlungen: Erstattungen ≤ Einzüge ≤ Zusagen
books-refunds-broken = Zahlungen, von denen mehr erstattet als eingezogen oder mehr eingezogen als zugesagt ist
books-refunds-do = vergleichen Sie sie mit Ihrer Bank oder dem Zahlungsanbieter; sagen Sie uns Bescheid, denn die Datenbank hätte sie ablehnen müssen
books-currency-well = Zahlungen: in der Währung ihrer Bestellung
books-currency-broken = Zahlungen in einer anderen Währung als ihre Bestellung
books-currency-do = erstatten Sie sie und bitten Sie um den richtigen Betrag
books-shipped-well = Bestellungen: nichts wird zweimal versandt
books-shipped-broken = Bestellzeilen, von denen mehr versandt als bestellt ist
books-shipped-do = fragen Sie, was angekommen ist; sagen Sie uns Bescheid, denn die Datenbank hätte es ablehnen müssen
books-page-late-well = Zahlungsseiten: keine ist nach ihrer Zeit offen
books-page-late-broken = Zahlungsseiten, die nach ihrer Zeit noch offen sind
books-page-late-do = starten Sie `barrow serve` oder `barrow work`, die sie jede Minute schließen; läuft eines davon, antwortet der Zahlungsanbieter nicht: siehe Protokoll
books-page-held-well = Zahlungsseiten: was dort bezahlt werden kann, ist reserviert
books-page-held-broken = offene Zahlungsseiten, deren Waren nicht so lange reserviert sind, wie sie offen sind
books-page-held-do = nichts sofort: Geld für inzwischen Verkauftes geht von selbst zurück; sagen Sie uns, wie es dazu kam
books-page-after-well = Zahlungsseiten: danach ist nichts mehr reserviert
books-page-after-broken = Warenkörbe, die Waren halten, obwohl sie Bestellungen wurden, oder länger als jede Kasse
books-page-after-do = diese Stücke werden nach ihrer Zeit frei; sagen Sie uns Bescheid, denn bis dahin kann sie niemand kaufen
books-as-shown-well = Zahlungen: jede für das, was gezeigt wurde
books-as-shown-broken = Zahlungen über einen anderen Betrag als gezeigt, oder bei einer Bestellung, für die sie nicht waren
books-as-shown-do = versenden Sie diese Bestellungen erst, wenn Sie sie angesehen haben; vergleichen Sie mit dem Zahlungsanbieter und sagen Sie uns Bescheid
books-paid-well = Zahlungen: was hier bezahlt ist, hat jemand bezahlt
books-paid-broken = Zahlungen, die als eingezogen gelten, obwohl weniger eingegangen ist als verlangt
books-paid-do = drücken Sie „Bücher jetzt vergleichen“ auf der Seite Zahlungen und beheben Sie, was abweicht
books-went-back-well = Zahlungen: was zurückgehen soll, ging zurück
books-went-back-broken = Zahlungen, deren Geld zurückgehen soll und seit einer Stunde nicht ist
books-went-back-do = öffnen Sie Zahlungen und fragen Sie den Anbieter noch einmal; lehnt er ab, erstatten Sie beim Anbieter selbst
books-answered-well = Zahlungen: der Anbieter hat alles beantwortet
books-answered-broken = Einzüge und Erstattungen, die der Anbieter seit einer Stunde nicht beantwortet hat
books-answered-do = sehen Sie nach, ob `barrow serve` oder `barrow work` läuft und der Anbieter erreichbar ist; sie werden mit demselben Schlüssel noch einmal gesendet
books-agree-well = Zahlungen: die Bücher der Anbieter stimmen mit unseren überein
books-agree-broken = offene Abweichungen zwischen den Büchern eines Anbieters und unseren
books-agree-do = öffnen Sie Zahlungen; jede hat einen Knopf, der sie behebt
books-no-money-well = Zahlungen: niemand kann bestellen, ohne zu zahlen
books-no-money-broken = Zahlungsarten, bei denen kein Geld fließt, werden angeboten, obwohl dies kein Vorführladen ist
books-no-money-do = schalten Sie die Testkarte unter Einstellungen, Zahlung aus, bevor jemand anderes den Laden sieht
books-jobs-failed-well = Aufgaben: keine wurde aufgegeben
books-jobs-failed-broken = Aufgaben, die zu oft scheiterten und aufgegeben wurden
books-jobs-failed-do = das Protokoll sagt, warum; ist das behoben, starten Sie `barrow work` und sehen Sie, ob neue gelingen
books-jobs-late-well = Aufgaben: keine wartet lange
books-jobs-late-broken = Aufgaben, die länger als zehn Minuten warten
books-jobs-late-do = starten Sie `barrow serve` oder `barrow work`, die sie erledigen
books-mail-well = Mail: keine wurde abgelehnt
books-mail-broken = Mails des letzten Monats, die nicht gesendet werden konnten
books-mail-do = sehen Sie sie unter „Gesendete Mails“ an, und SMTP_URL
books-statuses-well = Bestellungen: Stände folgen aus dem, was bezahlt und versandt ist
books-statuses-broken = Bestellungen, deren Stände nicht aus dem folgen, was bezahlt und versandt ist
books-statuses-do = öffnen Sie diese Bestellungen: was dort als Nächstes festgehalten wird, stellt sie richtig; sagen Sie uns, wie es dazu kam
books-taxes-well = Bestellungen: jede Steuer ist ihr Satz auf ihren Betrag, einmal gerundet
books-taxes-broken = Bestellungen mit einer Steuer, die nicht ihr Satz auf ihren Betrag ist
books-taxes-do = vergleichen Sie mit „Wie wurde das berechnet?“ dieser Bestellungen; sagen Sie uns, wie es dazu kam
books-replayed-well = Bestand: das Journal, von der ersten Zeile an nachgespielt, sagt kein Stück doppelt zu
books-replayed-broken = Bestände, deren Journal zu einem Zeitpunkt weniger als nichts zugesagt hatte
books-replayed-do = sehen Sie die Bewegungen dieser Varianten auf ihrer Bestandsseite an; sagen Sie uns, wie es dazu kam
books-transfers-well = Bestand: Was zu einem anderen Standort ging, kam an, ist verloren oder unterwegs
books-transfers-broken = Umlagerungen, deren Stücke weder hier noch dort sind
books-transfers-do = zählen Sie die Ware dieser Umlagerungen an beiden Standorten und berichtigen Sie den Bestand; sagen Sie es uns, denn zwischen zwei Standorten darf nichts verloren gehen
