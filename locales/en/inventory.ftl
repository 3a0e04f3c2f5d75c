inventory-only-left = { $count ->
    [one] Only one left
   *[other] Only { $count } left
}
inventory-sold-out = Sold out
inventory-several-short = { $count ->
    [one] One of the items is no longer there in this quantity
   *[other] { $count } of the items are no longer there in this quantity
}
inventory-below-zero = { $count ->
    [0] There are none on hand, so none can be taken away
    [one] There is only one on hand
   *[other] There are only { $count } on hand
}
inventory-too-many = A shelf holds at most one billion pieces
inventory-unknown = This shelf no longer exists
inventory-not-there = { $count ->
    [0] None of the { $wanted } pieces are on hand; correct the stock first
   *[other] Only { $count } of the { $wanted } pieces are on hand; ship fewer or correct the stock first
}
inventory-not-promised = So many are not left to ship
inventory-count-changed = There are { $count } now, somebody sold or corrected meanwhile; count again
inventory-not-counted = The pieces of this variant are not counted
inventory-location-taken = Another location has this name
inventory-location-gone = This location no longer exists
inventory-ships-on = Ships from { $day }
inventory-some-ship-on = { $count ->
    [one] One of them ships from { $day }
   *[other] { $count } of them ship from { $day }
}
inventory-ships-later = On back-order: ships as soon as it is there
inventory-some-ship-later = { $count ->
    [one] One of them is on back-order
   *[other] { $count } of them are on back-order
}
inventory-pre-order-on = Pre-order: ships from { $day }
inventory-pre-order = Pre-order
inventory-unknown-variant = This variant no longer exists
inventory-bundle-itself = A bundle cannot hold itself
inventory-bundle-part-has-parts = This is a bundle: bundles do not hold bundles
inventory-bundle-is-part = This variant is a part of a bundle: bundles do not hold bundles
inventory-bundle-has-stock = It still has stock of its own: { $count } on hand, { $promised } promised to orders. Correct its stock to 0 first
inventory-bundle-too-many = A bundle has at most { $count } parts
inventory-ahead-no-limit = Say how many may be pre-ordered
inventory-ahead-no-release = Say when it is released
inventory-ahead-release-over = The release must be a day to come
inventory-ahead-day-over = This day is over
inventory-transfer-same-place = It must go to another location
inventory-transfer-changed = Somebody changed this transfer meanwhile; look at how it stands now
inventory-transfer-empty = There is nothing in it yet
inventory-transfer-too-many = A transfer holds at most { $count } lines
inventory-transfer-not-there = { $count ->
    [0] None of the { $wanted } pieces are free there: what lies there is promised or held
   *[other] Only { $count } of the { $wanted } pieces are free there
}
inventory-transfer-bundle = A bundle lies nowhere: send its parts
inventory-transfer-more = { $count ->
    [0] None of it is on its way any more
    [one] Only one is on its way. Is more here? Correct the stock
   *[other] Only { $count } are on their way. Is more here? Correct the stock
}
inventory-transfer-nothing = Say what arrived
inventory-transfer-no-reason = Say why pieces are missing
inventory-count-nothing = Nothing lies there that could be counted
inventory-count-closed = This count was ended meanwhile
inventory-count-no-columns = The file needs the columns “sku” or “barcode” and “counted”
inventory-count-bad-row = Row { $count } holds no whole number from 0
inventory-count-unknown-row = Row { $count } names nothing on this sheet
inventory-count-empty = The file holds no counts
