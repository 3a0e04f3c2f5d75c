admin-sign-in = Anmelden
admin-sign-in-lede = Für alle, die diesen Shop führen.
admin-email = E-Mail
admin-password = Passwort
admin-unopened = Dieser Shop ist noch nicht eröffnet
admin-unopened-how = Sehen Sie im Terminal nach, in dem er gestartet wurde: Ein Link dort eröffnet ihn. Jeder Neustart zeigt einen neuen Link.
admin-signed-out = Sie sind abgemeldet
admin-signed-out-everywhere = Sie sind auf allen Geräten abgemeldet
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
