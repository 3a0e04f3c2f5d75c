orders-unknown = Diese Bestellung gibt es nicht
orders-changed = Diese Bestellung hat sich inzwischen geändert. So sieht sie jetzt aus; prüfen Sie sie und entscheiden Sie neu.
orders-is-cancelled = Diese Bestellung ist storniert
orders-is-expired = Diese Bestellung ist verfallen, ihre Ware ist wieder im Verkauf
orders-is-settled = Es ist nichts mehr zu zahlen
orders-ship-nothing = Wählen Sie mindestens ein Stück zum Versenden
orders-ship-too-many = { $count ->
    [0] „{ $title }“ ist schon versandt
    [one] Von „{ $title }“ ist nur noch 1 Stück zu versenden
   *[other] Von „{ $title }“ sind nur noch { $count } Stück zu versenden
}
orders-ship-foreign = Eine Zeile des Pakets gehört zu einer anderen Bestellung
orders-all-shipped = Alles aus dieser Bestellung ist versandt; es gibt nichts mehr zu stornieren

orders-title = Bestellung { $name }
orders-placed-on = Bestellung { $number } · vom { $day }
orders-pieces = { $count ->
    [one] { $count } Stück
   *[other] { $count } Stück
}
orders-where = Wo sie ist
orders-heading-unpaid = Danke, { $name }. Ein Schritt fehlt noch.
orders-lede-unpaid = Überweisen Sie { $amount } bis zum { $day }, dann packen wir sofort. Wir haben an { $email } geschrieben.
orders-heading-unpaid-any-time = Danke, { $name }. Ein Schritt fehlt noch.
orders-lede-unpaid-any-time = Überweisen Sie { $amount }, dann packen wir sofort. Wir haben an { $email } geschrieben.
orders-heading-paid = Danke, { $name }. Wir packen schon.
orders-lede-paid = Ihre Zahlung ist da. Sobald das Paket das Haus verlässt, schreiben wir an { $email }.
orders-heading-partly = Danke, { $name }. Ein Teil ist unterwegs.
orders-lede-partly = Der Rest folgt. Sobald er das Haus verlässt, schreiben wir an { $email }.
orders-heading-shipped = Danke, { $name }. Alles ist unterwegs.
orders-lede-shipped = Alles hat das Haus verlassen. Wir haben an { $email } geschrieben.
orders-heading-cancelled = Diese Bestellung wurde storniert
orders-lede-cancelled = Was noch nicht versandt war, kommt nicht mehr. Haben Sie schon bezahlt, überweisen wir das Geld zurück.
orders-heading-expired = Diese Bestellung ist verfallen
orders-lede-expired = Das Geld kam nicht rechtzeitig an, daher ist die Ware wieder im Verkauf. Bestellen Sie gern noch einmal.
orders-stop-placed = Bestellt
orders-stop-payment = Zahlung
orders-stop-payment-waits = Wir warten auf Ihre Überweisung
orders-stop-paid = Bezahlt
orders-stop-packing = Wird gepackt
orders-stop-partly = Teils unterwegs
orders-stop-shipped = Unterwegs
orders-stop-cancelled = Storniert
orders-stop-expired = Verfallen
orders-pay-heading = Bitte überweisen Sie { $name }
orders-pay-amount = Betrag
orders-pay-reference = Verwendungszweck
orders-pay-to = An
orders-pay-by = Bis
orders-pay-hint = Schreiben Sie den Verwendungszweck genau so, wie er hier steht, damit wir Ihre Bestellung finden. Eine Überweisung dauert ein bis zwei Werktage.
orders-parcel = Paket { $count }
orders-tracking = Sendungsnummer
orders-track = Paket verfolgen
orders-ships-to = Geht an
orders-bill-to = Rechnung an
orders-same-address = Dieselbe Adresse
orders-your-note = Ihre Nachricht
orders-ask = Frage zu dieser Bestellung
orders-goods = Zwischensumme
orders-discount = Rabatt
orders-delivery = Versand
orders-free = Kostenlos
orders-total = Gesamt
orders-with-tax = darin { $name }

orders-status-open = Offen
orders-status-completed = Abgeschlossen
orders-status-cancelled = Storniert
orders-status-expired = Verfallen
orders-payment-unpaid = Wartet auf Überweisung
orders-payment-authorised = Autorisiert
orders-payment-partly_paid = Teils bezahlt
orders-payment-paid = Bezahlt
orders-payment-partly_refunded = Teils erstattet
orders-payment-refunded = Erstattet
orders-payment-voided = Nicht nötig
orders-fulfilment-unfulfilled = Zu versenden
orders-fulfilment-partly_fulfilled = Teils versandt
orders-fulfilment-fulfilled = Versandt
orders-fulfilment-cancelled = Nicht nötig
orders-payment-state-pending = wartet
orders-payment-state-authorised = autorisiert
orders-payment-state-captured = eingegangen
orders-payment-state-voided = aufgegeben
orders-payment-state-failed = fehlgeschlagen
orders-view-all = Alle
orders-view-to-ship = Zu versenden
orders-view-unpaid = Unbezahlt

orders-amount-unreadable = Geben Sie einen Betrag über 0 ein, etwa 42,90
orders-link-unreadable = Der Link muss mit https:// oder http:// beginnen
orders-done-paid = Zahlung gebucht
orders-done-shipped = Paket gebucht; der Kunde bekommt eine Mail
orders-done-cancelled = Bestellung storniert; der Kunde bekommt eine Mail
orders-done-noted = Notiz hinzugefügt

orders-desk-title = Bestellungen
orders-desk-views = Ansichten
orders-desk-search = Bestellungen suchen
orders-desk-search-hint = Nummer, Name oder E-Mail
orders-desk-words = Suche
orders-desk-filter = Filtern
orders-desk-apply = Bestellungen zeigen
orders-desk-clear = Zurücksetzen
orders-desk-clear-all = Alle entfernen
orders-desk-remove-filter = , Filter entfernen
orders-desk-found = { $count ->
    [one] { $count } Bestellung, { $worth }
   *[other] { $count } Bestellungen, { $worth }
}
orders-desk-caption = Bestellungen, neueste zuerst
orders-desk-order = Bestellung
orders-desk-placed = Bestellt am
orders-desk-customer = Kunde
orders-desk-items = Artikel
orders-desk-item = Artikel
orders-desk-status = Stand
orders-desk-payment = Zahlung
orders-desk-fulfilment = Versand
orders-desk-none = Noch keine Bestellungen
orders-desk-none-text = Sie erscheinen hier, sobald jemand etwas kauft. Sehen Sie sich den Laden an, wie ihn Ihre Kunden sehen.
orders-desk-none-go = Zum Laden
orders-desk-nothing = Keine Bestellung passt
orders-desk-nothing-text = Versuchen Sie es mit weniger Filtern oder anderen Wörtern.
orders-desk-show-all = Alle Bestellungen zeigen
orders-desk-shopper-page = Was der Kunde sieht
orders-desk-newer = Neuere Bestellung
orders-desk-older = Ältere Bestellung
orders-desk-to-ship = Zu versenden
orders-desk-left-of = { $left } von { $count }
orders-desk-pieces-of = Stück von { $name } in diesem Paket
orders-desk-carrier = Versanddienst
orders-desk-tracking-number = Sendungsnummer
orders-desk-tracking-link = Link zur Sendung
orders-desk-ship = Diese Stücke versenden
orders-desk-ship-hint = Der Kunde bekommt eine Mail mit der Sendungsnummer.
orders-desk-not-paid-yet = Noch nicht bezahlt. Sie können trotzdem versenden.
orders-desk-short = { $count ->
    [0] Nichts am Lager
   *[other] Nur { $count } am Lager
}
orders-desk-paid-by = Vom Kunden bezahlt
orders-desk-balance = Offen
orders-desk-how = Wie wurde das berechnet?
orders-desk-each-times = Preis × Stück
orders-desk-after = Danach
orders-desk-tax = Steuer, je Zeile einmal gerundet
orders-desk-tax-within = { $name } { $rate } % im Preis enthalten: Betrag × { $rate } ÷ { $whole } = { $amount }
orders-desk-tax-on-top = { $name } { $rate } % zusätzlich: Betrag × { $rate } ÷ 100 = { $amount }
orders-desk-no-tax = Es wurde keine Steuer berechnet.
orders-desk-reference = Verwendungszweck { $name }
orders-desk-amount = Eingegangener Betrag
orders-desk-amount-hint = Ändern Sie ihn, wenn nur ein Teil gekommen ist.
orders-desk-mark-paid = Als bezahlt buchen
orders-desk-owed = { $name } zurückzuzahlen
orders-desk-owed-text = Diese Bestellung endete, nachdem Geld eingegangen war. Überweisen Sie es dem Kunden zurück.
orders-desk-cancelled-on = Storniert am { $name }
orders-desk-cancelled-text = Was noch nicht versandt war, wurde nicht verschickt.
orders-desk-expired-on = Verfallen am { $name }
orders-desk-expired-text = Es kam kein Geld; die Ware ist wieder im Verkauf.
orders-desk-timeline = Verlauf
orders-desk-note = Notiz für das Team
orders-desk-note-hint = Nur Mitarbeiter sehen Notizen
orders-desk-add-note = Notiz hinzufügen
orders-desk-mail = E-Mail „{ $subject }“ an { $to }
orders-desk-read = Lesen
orders-desk-restocked = { $count ->
    [one] 1 Stück zurück ins Lager
   *[other] { $count } Stück zurück ins Lager
}
orders-desk-written-off = { $count ->
    [one] 1 Stück abgeschrieben
   *[other] { $count } Stück abgeschrieben
}
orders-desk-customer-and-more = Kunde und mehr
orders-desk-contact = Kontakt
orders-desk-delivery-address = Lieferadresse
orders-desk-billing-address = Rechnungsadresse
orders-desk-same = Wie die Lieferadresse
orders-desk-from-customer = Vom Kunden
orders-desk-cancel = Stornieren
orders-desk-pieces = Nicht versandte Stücke
orders-desk-restock-yes = Zurück ins Lager legen
orders-desk-restock-no = Abschreiben
orders-desk-reason = Grund
orders-desk-reason-hint = Nur Mitarbeiter sehen ihn.
orders-desk-cancel-order = Diese Bestellung stornieren
orders-desk-cancel-rest = Unversandten Rest stornieren
orders-happened-placed = { $customer } hat diese Bestellung aufgegeben
orders-happened-paid = { $who } hat eine Zahlung von { $amount } gebucht
orders-happened-fulfilled = { $who } hat ein Paket versandt
orders-happened-cancelled = { $who } hat diese Bestellung storniert
orders-happened-reminded = An die Zahlung erinnert
orders-happened-expired = Verfallen, weil kein Geld kam
orders-happened-note = { $who }

orders-mail-open = Bestellung ansehen
orders-mail-open-desk = Bestellung öffnen
orders-mail-pay-heading = So bezahlen Sie
orders-mail-pay-amount = Betrag: { $amount }
orders-mail-pay-reference = Verwendungszweck: { $reference }
orders-mail-in-parcel = In diesem Paket
orders-mail-placed-subject = Ihre Bestellung { $number } bei { $shop }
orders-mail-placed-heading = Danke, { $name }
orders-mail-placed-text = Ihre Bestellung { $number } ist da, und wir halten die Ware für Sie zurück. Bitte überweisen Sie { $amount } bis zum { $day }; wir packen, sobald das Geld eingegangen ist.
orders-mail-placed-paid-subject = Ihre Bestellung { $number } bei { $shop }
orders-mail-placed-paid-heading = Danke, { $name }
orders-mail-placed-paid-text = Ihre Bestellung { $number } ist da, und wir packen schon.
orders-mail-paid-subject = Ihre Zahlung für Bestellung { $number } ist da
orders-mail-paid-heading = Ihre Zahlung ist da
orders-mail-paid-text = Danke, { $name }. Wir packen Bestellung { $number } und schreiben wieder, wenn sie das Haus verlässt.
orders-mail-shipped-subject = Bestellung { $number } ist unterwegs
orders-mail-shipped-heading = Es ist unterwegs, { $name }
orders-mail-shipped-text = Ein Paket mit Ware aus Ihrer Bestellung { $number } hat gerade das Haus verlassen.
orders-mail-cancelled-subject = Bestellung { $number } wurde storniert
orders-mail-cancelled-heading = Ihre Bestellung wurde storniert
orders-mail-cancelled-text = Wir haben Bestellung { $number } storniert. Was noch nicht versandt war, kommt nicht mehr. Haben Sie schon bezahlt, überweisen wir das Geld zurück.
orders-mail-due-subject = Bestellung { $number } halten wir bis zum { $day }
orders-mail-due-heading = Wir halten Ihre Ware bis zum { $day }
orders-mail-due-text = Ihre Überweisung von { $amount } für Bestellung { $number } ist noch nicht da. Ist sie unterwegs, müssen Sie nichts tun. Sonst überweisen Sie bitte bald: Am { $day } verfällt die Bestellung.
orders-mail-expired-subject = Bestellung { $number } ist verfallen
orders-mail-expired-heading = Ihre Bestellung ist verfallen
orders-mail-expired-text = Für Bestellung { $number } kam das Geld nicht rechtzeitig an, daher ist die Ware wieder im Verkauf. Bestellen Sie gern noch einmal. Haben Sie das Geld inzwischen überwiesen, antworten Sie bitte auf diese Mail.
orders-mail-notice-subject = Neue Bestellung { $number }: { $total }
orders-mail-notice-heading = Neue Bestellung { $number }
orders-mail-notice-text = { $customer } hat für { $total } bestellt.
orders-payment-unknown = Diese Zahlung gehört nicht zu dieser Bestellung
orders-payment-state-flagged = zum Nachsehen
orders-payment-state-voiding = geht zurück
orders-happened-paid-by-gateway = { $amount } gezahlt
orders-happened-authorised = { $amount } sind für diese Bestellung vorgemerkt
orders-happened-refunded = { $amount } wurden erstattet
orders-happened-voided = { $amount } wurden freigegeben
orders-happened-paid_in_vain = { $amount } wurden gezahlt, obwohl nichts offen war; sie gehen zurück
orders-happened-capture_asked = { $who } zieht { $amount } ein
orders-happened-refund_asked = { $who } erstattet { $amount }
orders-happened-void_asked = { $who } gibt { $amount } frei
orders-happened-gateway_refused = Der Anbieter hat { $amount } abgelehnt
orders-mail-refunded-subject = Wir haben { $amount } für Bestellung { $number } erstattet
orders-mail-refunded-heading = Ihre Erstattung ist unterwegs
orders-mail-refunded-text = Wir haben { $amount } für Bestellung { $number } erstattet. Je nach Bank dauert es einige Tage, bis Sie das Geld sehen.
orders-desk-take = Geld einziehen
orders-desk-refund = Erstatten
orders-desk-let-go = Freigeben
orders-desk-refund-amount = Zu erstattender Betrag
orders-desk-refund-reason = Grund (sieht die Kundschaft nicht)
orders-desk-refund-left = Bis zu { $name } können erstattet werden
orders-desk-capture-left = Bis zu { $name } können eingezogen werden
orders-desk-captured = { $name } eingegangen
orders-desk-refunded = { $name } erstattet
orders-desk-on-its-way = { $name } unterwegs
orders-done-capturing = Das Geld wird eingezogen
orders-done-refunding = Die Erstattung ist unterwegs
orders-done-voiding = Das Geld wird freigegeben
orders-pay-now = { $name } jetzt mit Karte zahlen
orders-heading-cod = Vielen Dank, { $name }
orders-lede-cod = Wir packen Ihre Bestellung. Halten Sie { $amount } für die Zustellung bereit.
orders-heading-authorised = Vielen Dank, { $name }
orders-lede-authorised = Ihre Zahlung über { $amount } ist genehmigt; wir packen Ihre Bestellung.
orders-stop-payment-held = genehmigt
orders-stop-payment-cod = bei der Zustellung
