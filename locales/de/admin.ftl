admin-sign-in = Anmelden
admin-sign-in-lede = Für alle, die diesen Shop führen.
admin-email = E-Mail
admin-password = Passwort
admin-unopened = Dieser Shop ist noch nicht eröffnet
admin-unopened-how = Sehen Sie im Terminal nach, in dem er gestartet wurde: Ein Link dort eröffnet ihn. Jeder Neustart zeigt einen neuen Link.
admin-signed-out = Sie sind abgemeldet
admin-signed-out-everywhere = Sie sind auf allen Geräten abgemeldet
admin-lost = Diese Seite gibt es nicht
admin-lost-why = Sie wurde entfernt, oder die Adresse stimmt nicht ganz.
admin-forbidden = Nicht Ihre Aufgabe
admin-forbidden-why = Ihre Rolle ist { $name }; diese Seite gehört nicht dazu. Das kann eine Inhaberin oder ein Inhaber ändern.
admin-to-home = Zu Ihrer Startseite

admin-your-account = Ihr Konto
admin-sessions = Angemeldet auf
admin-device-unknown = Unbekanntes Gerät
admin-this-device = Dieses Gerät
admin-last-seen = zuletzt benutzt { $name }
admin-since = seit { $name }
admin-end-session = Dort abmelden
admin-end-others = Alle anderen Geräte abmelden
admin-end-all = Hier und überall abmelden
admin-session-ended = Das Gerät ist abgemeldet
admin-sessions-ended = Alle anderen Geräte sind abgemeldet
admin-change-password = Passwort ändern
admin-current-password = Jetziges Passwort
admin-new-password = Neues Passwort
admin-password-hint = Mindestens 10 Zeichen; Ihre anderen Geräte werden abgemeldet
admin-save-password = Passwort ändern
admin-password-changed = Ihr Passwort ist geändert; andere Geräte sind abgemeldet

admin-home = Start
admin-waiting = Das wartet auf Sie
admin-calm = Es wartet nichts auf Sie.
admin-done = erledigt
admin-todo-ship = { $count ->
    [one] Bestellung zu versenden
   *[other] Bestellungen zu versenden
}
admin-todo-unpaid = { $count ->
    [one] Bestellung noch nicht bezahlt
   *[other] Bestellungen noch nicht bezahlt
}
admin-todo-low = { $count ->
    [one] Artikel wird knapp
   *[other] Artikel werden knapp
}
admin-todo-mails = { $count ->
    [one] E-Mail nicht zugestellt
   *[other] E-Mails nicht zugestellt
}
admin-recent = Neueste Bestellungen
admin-all-orders = Alle Bestellungen
admin-no-orders = Noch keine Bestellung. Die erste wird hier stehen.
admin-low = Wird knapp
admin-all-products = Alle Produkte
admin-nothing-low = Es ist von allem genug da.
admin-left = { $count ->
    [0] Ausverkauft
   *[other] noch { $count }
}
admin-order-cancelled = Storniert
admin-order-expired = Verfallen
admin-order-unpaid = Nicht bezahlt
admin-order-to-ship = Zu versenden
admin-order-partly-shipped = Teils versandt
admin-order-done = Erledigt

admin-guide = Bereit zum Verkaufen
admin-guide-done = { $done } von { $all } erledigt
admin-guide-details = Angaben zum Shop
admin-guide-details-why = Ihre Anschrift und der Absender Ihrer E-Mails. Beides sehen Ihre Kunden.
admin-guide-details-do = Angaben eintragen
admin-guide-product = Erstes Produkt
admin-guide-product-why = Etwas mit Bild, Preis und Bestand.
admin-guide-product-do = Produkt anlegen
admin-guide-delivery = Versand
admin-guide-delivery-why = Wohin Sie liefern und was es kostet. Ohne Versandart kann niemand bestellen.
admin-guide-delivery-do = Versand einrichten
admin-guide-payment = Zahlung
admin-guide-payment-why = Das Konto, auf das Ihre Kunden überweisen.
admin-guide-payment-do = Bankverbindung eintragen
admin-guide-tax = Steuern
admin-guide-tax-why = Die Sätze der Länder, in die Sie verkaufen.
admin-guide-tax-do = Steuersätze eintragen
admin-guide-legal = Rechtstexte
admin-guide-legal-why = AGB, Datenschutz, Impressum und Widerruf. Kunden in der EU müssen sie vor dem Bezahlen sehen können.
admin-guide-legal-do = Texte schreiben
admin-guide-order = Probebestellung
admin-guide-order-why = Kaufen Sie selbst etwas: Sie sehen die Bestellung und ihre E-Mails.
admin-guide-order-do = Zum Shop

admin-settings-general = Angaben zum Shop
admin-settings-payment = Zahlung
admin-settings-delivery = Versand
admin-settings-tax = Steuern
admin-settings-legal = Rechtstexte
admin-settings-staff = Team und Rechte
admin-settings-audit = Protokoll
admin-saved = Gespeichert
admin-removed = Entfernt
admin-save = Speichern
admin-edit = Bearbeiten
admin-discard = Verwerfen
admin-unsaved = Ungespeicherte Änderungen
admin-somebody = Jemand
admin-clash = { $name } hat diese Seite inzwischen gespeichert ({ $at })
admin-changed-meanwhile = { $name } hat diese Seite inzwischen gespeichert
admin-clash-how = Von Ihnen geht nichts verloren: Ihre Eingaben stehen unten im Formular. Speichern Sie noch einmal, um sie zu behalten, oder nehmen Sie, was jetzt gespeichert ist.
admin-clash-field = Feld
admin-clash-yours = Ihres
admin-clash-theirs = Meines verwerfen, Gespeichertes zeigen

admin-row-name = Name
admin-row-name-why = Steht im Shop und in E-Mails.
admin-row-mail = E-Mail
admin-row-mail-why = Von wem Ihre E-Mails kommen und wer von neuen Bestellungen erfährt.
admin-row-company = Unternehmen
admin-row-company-why = In der Fußzeile und in E-Mails. Bestehende Bestellungen behalten die alten Angaben.
admin-row-region = Region
admin-row-region-why = Geld, Zeit und Sprache des Shops.
admin-row-transfer = Überweisung
admin-row-transfer-why = Das sehen Kunden nach dem Bestellen.
admin-row-checkout = Kasse
admin-row-checkout-why = Artikel werden zurückgelegt, während jemand bezahlt.

admin-field-name = Name des Shops
admin-field-legal-name = Firma
admin-field-street = Straße und Hausnummer
admin-field-postal-code = Postleitzahl
admin-field-city = Ort
admin-field-country = Land
admin-field-phone = Telefon
admin-field-currency = Währung
admin-field-zone = Zeitzone
admin-field-locale = Sprache
admin-field-countries = Länder, in die verkauft wird
admin-field-sender-email = Absenderadresse
admin-field-notice-email = Adresse für Hinweise
admin-field-prices-include-tax = Preise enthalten Steuer
admin-field-bank-details = Konto für Überweisungen
admin-field-unpaid-days = Tage, bis eine unbezahlte Bestellung verfällt
admin-field-reservation-minutes = Minuten, die Artikel zurückgelegt bleiben
admin-field-title = Titel
admin-field-body = Text
admin-announcement-text = Was dort steht
admin-announcement-text-why = Eine Zeile über dem Kopf jeder Seite. Eine Sprache ohne Text zeigt den der Sprache des Shops.
admin-announcement-link-hint = Ein Ort dieses Shops wie /sale oder eine vollständige Adresse
admin-announcement-when = Wann sie da ist
admin-announcement-when-why = Daten gelten in der Zeitzone des Shops, { $name }. Ohne Daten bleibt sie, bis Sie sie abschalten.
admin-announcement-shown-hint = Abschalten, ohne den Text zu verlieren
admin-announcement-backwards = Das Ende muss nach dem Anfang liegen
admin-announcement-up = Kunden sehen sie jetzt
admin-announcement-soon = Beginnt später
admin-announcement-over = Ist vorbei
admin-announcement-off = Kunden sehen sie nicht
admin-field-text-en = Text auf Englisch
admin-field-text-de = Text auf Deutsch
admin-field-link = Führt zu
admin-field-from = Von
admin-field-until = Bis
admin-field-shown = Ankündigung zeigen
admin-field-rates = Satz
admin-sender-hint = Muss zu Ihrer eigenen Domain gehören, sonst landet es im Spam
admin-notice-hint = Hierhin gehen Hinweise auf neue und unbezahlte Bestellungen
admin-include-tax-hint = Wie in Europa; sonst kommt die Steuer an der Kasse dazu
admin-currency-open = Die Währung lässt sich ändern, bis das erste Produkt, die erste Versandart oder Bestellung einen Preis hat.
admin-currency-fixed = Die Währung steht fest: Produkte, Versandarten oder Bestellungen haben Preise darin.
admin-countries-why = Nur diese stehen an der Kasse zur Wahl.
admin-choose-countries = Länder wählen
admin-no-country = Wählen Sie mindestens ein Land
admin-bank-hint = Name, IBAN und BIC, wie Kunden sie sehen sollen; untereinander
admin-unpaid-hint = Von 1 bis 90; vorher geht eine Erinnerung hinaus
admin-reservation-hint = Von 5 bis 240

admin-legal-texts = Texte
admin-legal-written = Geschrieben
admin-legal-missing = Fehlt
admin-legal-why = Jeder geschriebene Text steht in der Fußzeile jeder Seite des Shops.
admin-legal-title-hint = Leer: { $name }
admin-markdown-hint = Markdown: # Überschrift, **fett**, - Liste, [Link](https://…). Ohne Text gibt es die Seite nicht.
admin-preview = Vorschau

admin-add-zone = Zone anlegen
admin-zone = Versandzone
admin-zone-name = Name der Zone
admin-zone-name-hint = Den sehen nur Sie
admin-zone-empty = Noch kein Land: Diese Versandarten kann niemand wählen.
admin-remove-zone = Zone samt Versandarten entfernen
admin-no-zones = Noch wird nichts versandt
admin-no-zones-why = Eine Zone fasst Länder zusammen, in die der Versand gleich viel kostet. Legen Sie eine an, dann ihre Versandarten.
admin-unreached = In diese Länder verkaufen Sie, aber es wird nicht dorthin versandt
admin-add-method = Versandart anlegen
admin-method = Versandart
admin-remove-method = Versandart entfernen
admin-method-name = Name
admin-method-name-hint = Den sehen Kunden: Standard, Express, Abholung
admin-method-price = Preis
admin-method-free-from = Kostenlos ab
admin-method-days-min = Tage, frühestens
admin-method-days-max = Tage, spätestens
admin-method-active = An der Kasse angeboten
admin-method-active-hint = Sonst ruht die Versandart
admin-method-off = Ruht
admin-free = Kostenlos
admin-free-from = kostenlos ab { $name }
admin-days = { $min } bis { $max } Tage
admin-amount-unreadable = Schreiben Sie einen Betrag wie 4,90

admin-rates = Sätze nach Ländern
admin-rates-included = Ihre Preise enthalten Steuer: Der Satz sagt, wie viel davon Steuer ist.
admin-rates-added = Ihre Preise sind ohne Steuer: Sie kommt an der Kasse dazu.
admin-rate-name = Name auf der Rechnung
admin-rate = Satz
admin-rates-hint = Kein Satz: Dort fällt keine Steuer an. Bestehende Bestellungen behalten ihren Satz.
admin-rates-none = Wählen Sie zuerst die Länder, in die Sie verkaufen.
admin-rate-unreadable = Schreiben Sie einen Prozentsatz von 0 bis 100 wie 19 oder 8,1

admin-staff-list = Wer dabei ist
admin-you = Sie
admin-disabled = Ausgeschlossen
admin-add-staff = Jemanden hinzufügen
admin-staff-added = Die Anmeldung ist jetzt möglich
admin-staff-name = Name
admin-role = Rolle
admin-first-password = Erstes Passwort
admin-first-password-hint = Mindestens 10 Zeichen; sagen Sie es persönlich, ändern lässt es sich später
admin-first-password-rule = Mindestens 10 Zeichen; ein paar Wörter hintereinander merken sich leicht
admin-role-help = Was jede Rolle darf
admin-role-owner-may = Alles
admin-role-manager-may = Alles außer Team und Protokoll
admin-role-fulfilment-may = Bestellungen und Produkte sehen, versenden
admin-role-support-may = Bestellungen sehen, versenden und ändern, gesendete E-Mails lesen
admin-role-content-may = Produkte, Kategorien und Texte
admin-role-analyst-may = Bestellungen, Produkte und Auswertungen ansehen
admin-disable = Ausschließen
admin-disable-hint = Sofort überall abgemeldet, keine Anmeldung mehr
admin-acts = Neueste Vorgänge
admin-no-acts = Noch wurde nichts geändert.
admin-older = Ältere

admin-first-run = Eröffnen Sie Ihren Shop
admin-first-run-lede = Alles lässt sich später in den Einstellungen ändern.
admin-first-owner = Ihr eigenes Konto
admin-sells-to = Sie verkaufen
admin-sells-to-home = Ins eigene Land
admin-sells-to-europe = Ins eigene Land und in die Europäische Union
admin-sells-to-world = In die ganze Welt
admin-sells-to-hint = Land für Land in den Einstellungen
admin-open-shop = Shop eröffnen
admin-opened = Ihr Shop ist eröffnet
admin-link-used = Dieser Link wurde schon benutzt
admin-opens-soon = Wir öffnen bald
admin-opens-soon-lede = Wir räumen noch die Regale ein. Schauen Sie in Kürze wieder vorbei.

admin-logo = Logo
admin-logo-removal = Entfernen
admin-logo-file = Bild
admin-logo-hint = JPEG, PNG oder WebP bis 5 MB; es steht anstelle des Namens
admin-logo-upload = Dieses Logo zeigen
admin-row-methods = Zahlungsarten
admin-row-methods-why = Was die Kundschaft an der Kasse wählen kann.
admin-field-offer-bank_transfer = Überweisung
admin-field-offer-cash_on_delivery = Nachnahme
admin-field-offer-test_card = Testkarte
admin-offer-test-hint = Testbetrieb: Man kann ohne Geld „zahlen“. Schalten Sie ihn vor der Eröffnung aus.
admin-field-capture = Wann Kartenzahlungen eingezogen werden
admin-capture-automatic = Sofort
admin-capture-manual = Wenn das Team es sagt, etwa wenn das Paket das Haus verlässt
admin-methods-changed = Jemand anderes hat die Zahlungsarten inzwischen geändert; so sind sie jetzt. Sehen Sie nach und speichern Sie noch einmal.
admin-methods-none = Wählen Sie mindestens eine Zahlungsart
