access-wrong = E-Mail-Adresse oder Passwort stimmt nicht
access-throttled = Zu viele Versuche. Versuchen Sie es in { $count ->
    [one] einer Minute
   *[other] { $count } Minuten
} noch einmal
access-password-short = Nehmen Sie mindestens { $count } Zeichen; ein paar Wörter hintereinander merken sich leicht
access-password-address = Das Passwort darf nicht Ihre E-Mail-Adresse sein
access-password-common = Dieses Passwort würden andere mit als erstes erraten
access-password-wrong = Das ist nicht Ihr jetziges Passwort
access-staff-known = Jemand mit dieser E-Mail-Adresse steht schon auf der Liste
access-staff-gone = Diese Person steht nicht mehr auf der Liste
access-last-owner = Der Shop braucht eine Inhaberin oder einen Inhaber: Geben Sie die Rolle zuerst jemand anderem
access-role-owner = Inhaber
access-role-manager = Leitung
access-role-fulfilment = Versand
access-role-support = Kundendienst
access-role-content = Inhalte
access-role-analyst = Auswertung
