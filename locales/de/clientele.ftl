clientele-title = Kunden
clientele-all = Alle
clientele-groups = Gruppen
clientele-search = Nach Name, E-Mail oder Bestellnummer suchen
clientele-search-do = Suchen
clientele-none = Noch keine Kunden
clientele-none-text = Wer im Laden ein Konto anlegt, steht hier.
clientele-not-found = Niemanden gefunden
clientele-not-found-text = Niemand mit einem Konto passt. Gäste finden Sie bei den Bestellungen.
clientele-name = Name
clientele-email = E-Mail
clientele-orders = Bestellungen
clientele-spent = Umsatz
clientele-since = Seit
clientele-since-day = seit { $name }
clientele-count = { $count ->
    [one] Ein Kunde
   *[other] { $count } Kunden
}
clientele-not-proved = Adresse nicht bestätigt
clientele-no-orders = Noch nichts gekauft.
clientele-all-orders = Alle Bestellungen dieser Adresse
clientele-timeline = Verlauf
clientele-note = Notiz
clientele-note-hint = Notizen sehen nur Mitarbeiter.
clientele-note-add = Notiz hinzufügen
clientele-noted = Die Notiz ist gespeichert
clientele-aside = Schlagworte, Gruppen, Adressen und Anmeldung
clientele-tags = Schlagworte
clientele-no-tags = Keine Schlagworte
clientele-tag-new = Neues Schlagwort
clientele-tag-add = Schlagwort hinzufügen
clientele-tag-remove = Entfernen
clientele-tagged = Das Schlagwort ist dran
clientele-untagged = Das Schlagwort ist ab
clientele-many-tags = Ein Kunde hat höchstens { $count } Schlagworte
clientele-no-groups = Noch keine Gruppen
clientele-groups-edit = Gruppen bearbeiten
clientele-groups-save = Gruppen speichern
clientele-grouped = Die Gruppen sind gespeichert
clientele-group-new = Neue Gruppe
clientele-group-name = Name
clientele-group-add = Gruppe anlegen
clientele-group-added = Die Gruppe ist angelegt
clientele-group-remove = Entfernen
clientele-group-removed = Die Gruppe ist entfernt; ihre Kunden bleiben
clientele-members = { $count ->
    [one] ein Kunde
   *[other] { $count } Kunden
}
clientele-name-taken = Eine Gruppe mit diesem Namen gibt es schon
clientele-addresses = Adressen
clientele-no-addresses = Keine Adressen gespeichert
clientele-sessions = Angemeldet
clientele-no-sessions = Nirgends angemeldet
clientele-sessions-end = Überall abmelden
clientele-signed-out = Überall abgemeldet
clientele-device-unknown = Unbekanntes Gerät
clientele-send-reset = Link zu neuem Passwort schicken
clientele-reset-sent = Der Link ist unterwegs
clientele-unverified = Die Adresse ist nicht bestätigt: Es kann kein Link geschickt werden
clientele-gone = Dieses Konto ist geschlossen
clientele-merge = Mit anderem Konto zusammenführen
clientele-merge-email = E-Mail des anderen Kontos
clientele-merge-hint = Das andere Konto geht in diesem auf und wird geschlossen. Sie sehen vorher alles.
clientele-merge-look = Zuerst ansehen
clientele-merge-stays = Bleibt
clientele-merge-goes = Geht darin auf und wird geschlossen
clientele-merge-what = Bestellungen, { $count ->
    [0] keine Adressen
    [one] eine Adresse
   *[other] { $count } Adressen
}, Notizen, Schlagworte, Gruppen und der Warenkorb ziehen um.
clientele-merge-warning = Das geschlossene Konto wird abgemeldet, niemand meldet sich mehr damit an; was wem gehörte, bleibt im Protokoll. Einen Knopf zum Rückgängigmachen gibt es nicht.
clientele-merge-do = Endgültig zusammenführen
clientele-merge-not = Beide lassen, wie sie sind
clientele-merged = Die Konten sind jetzt eins
clientele-same = Das ist dasselbe Konto
clientele-nobody = Kein Konto hat diese Adresse
clientele-opened = Konto eröffnet
clientele-did-note = Notiz
clientele-did-customer-tagged = Schlagwort hinzugefügt
clientele-did-customer-untagged = Schlagwort entfernt
clientele-did-customer-grouped = Gruppen geändert
clientele-did-customer-reset-sent = Link zu neuem Passwort geschickt
clientele-did-customer-signed-out = Überall abgemeldet
clientele-did-customer-merged = Ein anderes Konto ging in diesem auf
clientele-ways = Meldet sich an mit
clientele-way-app = App für Codes
clientele-way-passkeys = { $count ->
    [one] Ein Passkey
   *[other] { $count } Passkeys
}
clientele-factors-remove = Verloren: App und Passkeys entfernen
clientele-factors-removed = App und Passkeys sind entfernt, alles ist abgemeldet; der Kunde bekam eine Mail
clientele-did-customer-factors-removed = App und Passkeys entfernt
clientele-mail-factors-subject = Ihr zweiter Schritt bei { $shop } wurde entfernt
clientele-mail-factors-heading = Ihr zweiter Schritt wurde entfernt
clientele-mail-factors-text = Wir haben App, Notfallcodes und Passkeys des Kontos { $email } entfernt und alle Geräte abgemeldet. Wenn Sie nicht darum gebeten haben, wählen Sie sofort ein neues Passwort und antworten Sie auf diese Mail.
clientele-mail-factors-button = Passwort wählen
clientele-write = Schreiben
clientele-view-as = Shop wie dieser Kunde sehen
clientele-did-customer-viewed = Shop wie dieser Kunde angesehen
