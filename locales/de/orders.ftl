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
