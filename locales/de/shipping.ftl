shipping-name-taken = Eine andere Zone heißt schon so
shipping-country-taken = { $country } gehört schon zur Zone „{ $zone }“
shipping-amount = Geben Sie einen Betrag von 0 oder mehr ein
shipping-days = Die längste Lieferzeit kann nicht kürzer sein als die kürzeste
shipping-gone = Das wurde inzwischen entfernt
