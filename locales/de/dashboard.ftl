dash-as-the-shop = Wie der Shop: { $name }
dash-language-and-time = Sprache und Zeit
dash-your-language = Sprache
dash-your-language-hint = Die der Verwaltungsseiten, nur für Sie. Was Kunden lesen, ändert sich nicht.
dash-your-zone = Zeitzone
dash-your-zone-hint = Danach beginnen und enden Ihre Tage, in Listen und Zahlen. Bei Ihnen ist es jetzt { $name }.
dash-home = Startseite
dash-show-guide = Einrichtungshilfe zeigen
dash-show-guide-hint = Sie sagt, was dem Shop zum Verkaufen noch fehlt.
dash-save-preferences = Einstellungen speichern
dash-preferences-saved = Ihre Einstellungen sind gespeichert

dash-search-for = Suche: { $name }
dash-found-nothing = Zu „{ $name }“ passt nichts.
dash-found-none = Zu „{ $name }“ passt nichts
dash-found-nothing-text = Gesucht wird in Nummern, Namen, E-Mail-Adressen, Artikelnummern und Titeln.
dash-found-all = Alle Seiten zeigen
dash-found-orders = Bestellungen
dash-found-customers = Kunden
dash-found-products = Produkte
dash-found-commands = Tun
dash-found-pages = Seiten
dash-orders-of-customer = { $count ->
    [one] 1 Bestellung
   *[other] { $count } Bestellungen
}
dash-do-add-product = Produkt anlegen
dash-do-ship = Zeigen, was zu versenden ist
dash-do-unpaid = Zeigen, wer noch nicht bezahlt hat
dash-do-logo = Logo ändern
dash-do-add-person = Jemanden zum Team hinzufügen
dash-do-language = Sprache oder Zeitzone ändern
dash-do-password = Passwort ändern

dash-hide-guide = Ausblenden
dash-guide-hidden = Die Einrichtungshilfe ist ausgeblendet; „Ihre Einstellungen“ holt sie zurück
admin-guide-logo = Logo
admin-guide-logo-why = Es steht über jeder Seite. Ohne Logo steht dort der Name des Shops.
admin-guide-logo-do = Logo auswählen
admin-guide-mail = Test-E-Mail
admin-guide-mail-why = Kommt eine E-Mail bei Ihnen an, werden auch Bestellungen bestätigt. Dazu braucht es einen Mailserver (SMTP_URL).
admin-guide-mail-do = Sich selbst schreiben
dash-mail-test-do = Test-E-Mail an mich
dash-mail-test-sent = Eine E-Mail an Sie ist geschrieben; unten sehen Sie, was aus ihr wird
dash-mail-test-subject = Eine Test-E-Mail von { $name }
dash-mail-test-heading = E-Mails funktionieren
dash-mail-test-text = Jemand aus dem Team von { $name } wollte mit dieser E-Mail sehen, ob sie ankommt. Das ist sie.
dash-mails-all = Alle
dash-views = Ansichten

dash-todo-jobs = { $count ->
    [one] Hintergrundaufgabe gescheitert
   *[other] Hintergrundaufgaben gescheitert
}
dash-todo-money = { $count ->
    [one] Zahlung anzusehen
   *[other] Zahlungen anzusehen
}
dash-todo-capture = { $count ->
    [one] Zahlung einzuziehen
   *[other] Zahlungen einzuziehen
}
dash-todo-expiring = { $count ->
    [one] unbezahlte Bestellung verfällt in 48 Stunden
   *[other] unbezahlte Bestellungen verfallen in 48 Stunden
}
dash-todo-low = { $count ->
    [one] Produkt wird knapp
   *[other] Produkte werden knapp
}

dash-range = Tage
dash-range-today = Heute
dash-range-7 = 7 Tage
dash-range-30 = 30 Tage
dash-range-90 = 90 Tage
dash-range-month = Dieser Monat
dash-from = Von
dash-to = Bis
dash-show-range = Diese Tage zeigen
dash-range-backwards = Der letzte Tag liegt vor dem ersten: Wählen Sie einen späteren
dash-range-future = Künftige Tage haben noch keine Zahlen: Wählen Sie { $name } oder früher
dash-range-too-long = Höchstens { $count } Tage lassen sich auf einmal zeigen: Wählen Sie einen späteren ersten Tag
dash-compared-with = verglichen mit
dash-versus = gegen
dash-compare-before = Die Tage davor
dash-compare-year = Dieselben Tage vor einem Jahr
dash-compare-nothing = Kein Vergleich

dash-kpis = Kennzahlen, { $name }
dash-kpi-revenue = Einnahmen
dash-kpi-revenue-what = Geld, das in diesen Tagen eingezogen wurde, abzüglich des in ihnen erstatteten, gleich wann bestellt wurde; Steuer und Versand sind darin. Eine Erstattung zählt, sobald sie gewährt ist, eine gescheiterte nicht.
dash-kpi-orders = Bestellungen
dash-kpi-orders-what = In diesen Tagen aufgegebene Bestellungen, die bestehen: bezahlt oder nicht, aber weder storniert noch verfallen.
dash-kpi-average = Durchschnittliche Bestellung
dash-kpi-average-what = Was diese Bestellungen mit Steuer und Versand kosten, geteilt durch ihre Zahl.
dash-kpi-conversion = Abgeschlossene Kassengänge
dash-kpi-conversion-what = Von den Kassengängen, in die in diesen Tagen zum ersten Mal etwas eingetragen wurde: wie viele seither Bestellungen geworden sind. Wer es war, wird dafür nicht aufbewahrt.
dash-days = Tage
dash-days-what = Sie beginnen und enden um Mitternacht in { $name }. In „Ihre Einstellungen“ lässt sich das ändern.
dash-what-counts = Was diese Zahlen zählen
dash-up = gestiegen um
dash-down = gesunken um
dash-was = vorher { $name }
dash-was-nothing = vorher nichts
dash-no-checkouts = keine Kasse begonnen
dash-of-checkouts = { $placed } von { $count ->
    [one] 1 Kassengang
   *[other] { $all } Kassengängen
}

dash-by-day = Einnahmen nach Tagen
dash-by-day-table = Einnahmen nach Tagen, Tabelle
dash-this-period = Diese Tage
dash-today-so-far = Heute bis jetzt
dash-period-before = Davor
dash-as-table = Als Tabelle zeigen
dash-day = Tag
dash-before = Davor
dash-change = Änderung
dash-day-said = { $day }: { $amount }, { $count ->
    [one] 1 Bestellung.
   *[other] { $count } Bestellungen.
}
dash-day-before = { $day }: { $amount }.
dash-chart-total = { $amount } an { $count ->
    [one] einem Tag.
   *[other] { $count } Tagen.
}
dash-chart-more = Das sind { $name } mehr als davor.
dash-chart-less = Das sind { $name } weniger als davor.
dash-chart-same = Das ist so viel wie davor.
dash-chart-best = Bester Tag: { $day }, { $amount }.

dash-top = Meistverkaufte Produkte
dash-top-none = In diesen Tagen wurde nichts verkauft.
dash-top-sold = { $pieces } verkauft in { $count ->
    [one] 1 Bestellung
   *[other] { $all } Bestellungen
}
dash-low-all = { $count ->
    [one] Das Produkt
   *[other] Alle { $count }
}

dash-takings = Geld ein und aus
dash-takings-sum = { $count ->
    [one] 1 Bewegung
   *[other] { $all } Bewegungen
}: { $captured } ein, { $refunded } zurück, { $revenue } insgesamt
dash-takings-what = Eingezogene Zahlungen und gewährte Erstattungen nach dem Tag, an dem sie geschahen. Gescheiterte Erstattungen fehlen.
dash-takings-none = In diesen Tagen hat sich kein Geld bewegt
dash-takings-none-text = Wählen Sie andere Tage, oder warten Sie auf die nächste Zahlung.
dash-takings-shown = { $count ->
    [one] 1 Bewegung gezeigt
   *[other] { $count } Bewegungen gezeigt
}
dash-order = Bestellung
dash-when = Wann
dash-customer = Kunde
dash-kind = Was
dash-kind-capture = Eingezogen
dash-kind-refund = Erstattet
dash-amount = Betrag

dash-jobs = Gescheiterte Hintergrundaufgaben
dash-jobs-lede = Sie wurden etwa drei Tage lang immer wieder versucht und werden es nicht mehr. Beheben Sie die Ursache, dann versuchen Sie sie noch einmal.
dash-jobs-none = Keine Aufgabe ist gescheitert
dash-jobs-none-text = E-Mails, Bilder und Verzeichnisse sind auf dem neuesten Stand.
dash-job-retried = Die Aufgabe wird noch einmal versucht
