shipping-name-taken = Another zone has this name
shipping-country-taken = { $country } belongs to the zone “{ $zone }” already
shipping-amount = Write an amount of 0 or more
shipping-days = The longest delivery cannot be shorter than the shortest
shipping-gone = This was removed meanwhile
