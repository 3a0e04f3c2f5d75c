error-required = Bitte ausfüllen
error-too-long = Das ist zu lang
error-characters = Das enthält Zeichen, die wir nicht lesen können
error-email = Geben Sie eine E-Mail-Adresse mit @ ein, zum Beispiel name@example.com
error-handle = Nur Kleinbuchstaben, Ziffern und Bindestriche
error-choice = Wählen Sie eine der Möglichkeiten
error-duplicate = Das wurde doppelt gesendet
error-path = Geben Sie einen Pfad wie /pages/about ein
error-link = Geben Sie einen Pfad wie /sale oder eine vollständige Adresse wie https://example.org ein
error-hour = Geben Sie Datum und Uhrzeit ein, etwa 2026-11-30T18:00
error-number = Geben Sie eine ganze Zahl ein
error-field = Das können wir nicht lesen

shell-skip = Zum Inhalt springen
shell-announcement = Hinweis
shell-menu = Menü
shell-main-menu = Hauptmenü
shell-close-menu = Menü schließen
shell-back-to-menu = {": zurück zum Menü"}
shell-home-of = { $name }, Startseite
shell-all-of = Alles aus { $name }
shell-search = Suchen
shell-search-label = Im Shop suchen
shell-search-here = Hier suchen
shell-cart = Warenkorb
shell-your-cart = Ihr Warenkorb
shell-cart-link = { $count ->
    [0] Warenkorb, leer
    [one] Warenkorb, 1 Artikel
   *[other] Warenkorb, { $count } Artikel
}
shell-close = Schließen
shell-dismiss = Ausblenden
shell-trouble = Das hat gerade nicht geklappt. Es wurde nichts geändert; versuchen Sie es gleich noch einmal.
shell-ask = Fragen Sie uns
shell-help-at = Hilfe: { $name }
shell-shop = Sortiment
shell-good-to-know = Gut zu wissen
shell-market = Land und Währung
shell-market-go = Wählen
shell-price-without-tax = zzgl. MwSt.
shell-price-with-tax = inkl. MwSt.
shell-prices-with-tax = Preise inklusive Steuern.
shell-prices-without-tax = Preise ohne Steuern.
shell-legal-terms = AGB
shell-legal-privacy = Datenschutz
shell-legal-imprint = Impressum
shell-legal-returns = Rückgabe
shell-theme = Farbschema
shell-theme-auto = Auto
shell-theme-light = Hell
shell-theme-dark = Dunkel
shell-language = Sprache
shell-crumbs = Sie sind hier
shell-home = Startseite
shell-pages = Seiten
shell-page-before = Zurück
shell-page-after = Weiter
shell-optional = (freiwillig)
shell-error-before = Fehler:
shell-errors = { $count ->
    [one] Da stimmt etwas noch nicht
   *[other] { $count } Angaben stimmen noch nicht
}

shell-view-shop = Zum Shop
shell-settings = Einstellungen
shell-sign-out = Abmelden
shell-desk-home = Start
shell-desk-orders = Bestellungen
shell-desk-products = Produkte
shell-desk-categories = Kategorien
shell-desk-inventory = Bestand
shell-desk-discounts = Rabatte
shell-desk-discount-lanes = Spuren
shell-desk-price-lists = Preislisten
shell-desk-content = Inhalte
shell-desk-drafts = Entwürfe
shell-desk-pictures = Bilder
shell-desk-menus = Menüs
shell-desk-announcement = Ankündigung
shell-desk-redirects = Weiterleitungen
shell-place-products = Alle Produkte
shell-place-sale = Angebote
shell-desk-mail = Gesendete Mails

shell-looking-for = Wonach haben Sie gesucht?
shell-try-again = Noch einmal versuchen
shell-start-page = Startseite
shell-404-title = Diese Seite gibt es hier nicht
shell-404-lede = Sie ist umgezogen, oder es gab sie nie. Vielleicht hilft die Suche:
shell-410-title = Das verkaufen wir nicht mehr
shell-410-lede = Wir haben es aus dem Shop genommen. Vielleicht ist etwas Ähnliches da:
shell-403-title = Diese Seite steht Ihnen nicht offen
shell-403-lede = Melden Sie sich an oder bitten Sie den Inhaber des Shops um das Recht, sie zu sehen.
shell-413-title = Das war zu groß
shell-413-lede = Was Sie gesendet haben, ist größer, als wir annehmen. Gehen Sie zurück und senden Sie weniger.
shell-422-title = Das konnten wir nicht lesen
shell-422-lede = Das Formular oder der Link war unvollständig. Gehen Sie zurück und versuchen Sie es noch einmal, oder suchen Sie hier:
shell-429-title = Einen Moment
shell-429-lede = Das war viel in kurzer Zeit. Warten Sie eine Minute und versuchen Sie es dann noch einmal.
shell-500-title = Bei uns ist etwas kaputtgegangen
shell-500-lede = Es liegt nicht an Ihnen, und wir haben es notiert. Ihr Warenkorb ist sicher.
shell-503-title = Wir sind gleich wieder da
shell-503-lede = Gerade ist sehr viel los. Ihr Warenkorb ist sicher; versuchen Sie es in ein paar Sekunden noch einmal.
error-quantity = Geben Sie eine ganze Zahl von 1 bis 9999 ein.
error-amount = Geben Sie einen Betrag ein, etwa 42,90.
shell-desk-payments = Zahlungen
error-date = Schreiben Sie den Tag als Jahr, Monat und Tag: 2026-11-23.
shell-desk-404-lede = Sie wurde gelöscht, ist umgezogen, oder in der Adresse steckt ein Fehler. Suchen Sie das Gesuchte selbst:
shell-desk-410-lede = Das wurde herausgenommen. Suchen Sie etwas Ähnliches:
shell-desk-422-lede = Das Formular oder der Link war unvollständig. Gehen Sie zurück und versuchen Sie es noch einmal, oder suchen Sie hier:
shell-jump = Suchen und öffnen
shell-your-preferences = Ihre Einstellungen
shell-palette = Suche und Befehle
shell-palette-field = Bestellungen, Produkte, Kunden, Seiten und Befehle suchen
shell-palette-move = bewegen
shell-palette-open = öffnen
shell-palette-close = Schließen
shell-account = Ihr Konto
shell-sign-in = Anmelden
shell-account-menu = Konto
shell-account-overview = Übersicht
shell-account-orders = Bestellungen
shell-account-addresses = Adressen
shell-account-security = Anmeldung und Sicherheit
shell-account-details = Name und Sprache
shell-desk-customers = Kunden
shell-desk-customer-groups = Gruppen
shell-in-en = Auf Englisch
shell-in-de = Auf Deutsch
shell-beside-why = Was leer bleibt, erscheint in der Hauptsprache des Shops ({ $name }).
shell-beside-whole = Vollständig
shell-beside-missing = Fehlt
shell-beside-missing-count = { $count ->
    [one] { $count } fehlt
   *[other] { $count } fehlen
}
shell-account-messages = Nachrichten
shell-account-unread = ungelesen
shell-desk-inbox = Posteingang
shell-desk-saved-replies = Textbausteine
shell-desk-inbox-waiting = { $count ->
    [one] wartet auf Antwort
   *[other] warten auf Antwort
}
shell-viewing = Ansicht als Kunde
shell-viewing-as = Sie sehen den Shop wie { $name }. Sie können schauen, sonst nichts.
shell-viewing-end = Ansicht beenden
shell-viewing-title = Hier können Sie nur schauen
shell-viewing-lede = Sie sehen den Shop wie ein Kunde. In seinem Namen wird nichts gekauft, bezahlt oder geändert; beenden Sie erst die Ansicht.
