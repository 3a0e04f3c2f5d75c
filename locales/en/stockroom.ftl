stockroom-views = Views
stockroom-all = All
stockroom-running-low = Running low
stockroom-sold-out = Sold out
stockroom-too-few = Too few for orders
stockroom-short = { $count } too few
stockroom-search = Search the inventory
stockroom-search-hint = Title, SKU or barcode
stockroom-location = Location
stockroom-everywhere = All locations
stockroom-none-found = Nothing fits
stockroom-none-found-text = Try a shorter word, or look at everything.
stockroom-nothing = Nothing to count yet
stockroom-nothing-text = As soon as there are products, their pieces are counted here.
stockroom-table = Variants, A to Z
stockroom-picture = Picture
stockroom-product = Product
stockroom-sku = SKU
stockroom-state = State
stockroom-on-hand = On hand
stockroom-promised = Promised
stockroom-held = In carts
stockroom-left = Can be sold
stockroom-uncounted = Not counted
stockroom-uncounted-why = The pieces of this variant are not counted: it can always be sold.
stockroom-shown = { $count ->
    [one] 1 variant shown
   *[other] { $count } variants shown
}
stockroom-open-product = Product
stockroom-what-lies = What lies where
stockroom-what-lies-hint = Promised pieces belong to orders that are not shipped yet. Pieces in carts are held for shoppers at the checkout for a short while.
stockroom-ledger = Movements
stockroom-ledger-empty = Nothing has moved yet.
stockroom-when = When
stockroom-what = What
stockroom-who = Who
stockroom-then = Then on hand
stockroom-older = Older movements
stockroom-order = order { $name }
stockroom-the-shop = The shop
stockroom-movement-opening = First count
stockroom-movement-adjustment = Correction
stockroom-movement-allocation = Promised
stockroom-movement-release = Released
stockroom-movement-shipment = Shipped
stockroom-movement-return = Returned
stockroom-correct = Correct the stock
stockroom-correct-at = Correct the stock: { $name }
stockroom-correct-do = Correct
stockroom-how = What do you know?
stockroom-how-by = So many came or went
stockroom-how-to = So many are there now
stockroom-amount = Pieces
stockroom-amount-hint = What came as 5, what went as −2
stockroom-reason = Reason
stockroom-reason-counted = Counted
stockroom-reason-received = Received
stockroom-reason-returned = Came back
stockroom-reason-damaged = Damaged
stockroom-reason-lost = Lost
stockroom-reason-used = Used ourselves
stockroom-reason-other = Something else
stockroom-why-cancelled = Order cancelled
stockroom-why-expired = Not paid in time
stockroom-note = Note
stockroom-corrected = Stock corrected
stockroom-locations = Locations
stockroom-locations-order = Goods are taken from the first location first
stockroom-locations-hint = What the first one lacks comes from the next. To put a variant at another location, open it in the inventory and correct its stock there.
stockroom-location-name = Name
stockroom-name-of = Name of { $name }
stockroom-rename = Rename
stockroom-up = Move { $name } up
stockroom-down = Move { $name } down
stockroom-new-location = Another location
stockroom-add-location = Add location
stockroom-location-added = Location added
stockroom-location-renamed = Location renamed
stockroom-bundle = Bundle
stockroom-is-bundle = This is a bundle
stockroom-is-bundle-text = Its stock is that of its parts.
stockroom-parts = Parts of a bundle
stockroom-parts-of = Parts of { $name }
stockroom-no-parts = It has no parts: its own pieces are sold.
stockroom-parts-hint = A variant with parts is a bundle: it has its own price, and its stock is that of its parts. Orders take the parts.
stockroom-in-a-bundle = In one bundle
stockroom-pieces-of = Pieces of { $name } in one bundle
stockroom-bundles-whole = { $count ->
    [0] No whole bundle can be sold now.
    [one] 1 whole bundle can be sold now.
   *[other] { $count } whole bundles can be sold now.
}
stockroom-add-part = Add a part
stockroom-add = Add
stockroom-save = Save
stockroom-remove = Remove
stockroom-part-saved = Bundle saved
stockroom-part-removed = Part removed
stockroom-ahead = Sell what is not there
stockroom-back-orders = Back-orders
stockroom-back-orders-hint = So many may be sold beyond what lies here; 0: none
stockroom-ships-on = Back-orders ship from
stockroom-ships-on-hint = Shoppers read this day before they buy, and their order keeps it
stockroom-pre-orders = Pre-orders
stockroom-pre-orders-hint = So many may be sold until the release; then back-orders count again
stockroom-release-on = Release
stockroom-low-at = Runs low at
stockroom-low-at-hint = Empty: as set for the shop
stockroom-ahead-saved = Saved
stockroom-said-back-orders = Back-orders: up to { $count }
stockroom-said-back-orders-on = Back-orders: up to { $count }, shipped from { $day }
stockroom-said-pre-orders = Pre-orders: up to { $count }, released on { $day }
stockroom-waiting = Who waits for what
stockroom-nobody-waits = No order waits for goods
stockroom-nobody-waits-text = Everything that was ordered lies on its shelf.
stockroom-missing = { $count ->
    [one] 1 piece is missing
   *[other] { $count } pieces are missing
}
stockroom-order-number = Order
stockroom-customer = Customer
stockroom-pieces = Pieces
stockroom-told = Told to ship from
stockroom-movement-transfer-out = Sent to another location
stockroom-movement-transfer-in = Arrived
stockroom-transfers = Transfers
stockroom-transfers-open = Open
stockroom-transfers-none = No transfers
stockroom-transfers-none-text = Goods that go from one location to another, or come from a supplier, are on their way here.
stockroom-transfer = Transfer { $name }
stockroom-transfer-new = New transfer
stockroom-transfer-from = From
stockroom-transfer-to = To
stockroom-transfer-supplier = A supplier
stockroom-transfer-supplier-name = Name of the supplier
stockroom-expected = Expected
stockroom-expected-on = Expected on { $name }
stockroom-on-its-way = On its way
stockroom-transfer-begin = Begin
stockroom-transfer-begun = Transfer begun; say what is in it
stockroom-transfer-goods = What is in it
stockroom-transfer-nothing = There is nothing in it yet.
stockroom-transfer-hint = 0 takes a line out. When it is sent, the pieces leave their location and are on their way until somebody books them in.
stockroom-transfer-add = Add goods
stockroom-pieces-to-send = Pieces of { $name }
stockroom-transfer-send = Send
stockroom-transfer-discard = Discard
stockroom-transfer-saved = Saved
stockroom-transfer-sent = Transfer sent
stockroom-transfer-booked = Booked in
stockroom-transfer-recalled = Transfer recalled
stockroom-transfer-discarded = Transfer discarded
stockroom-transfer-draft = Draft
stockroom-transfer-on-its-way = On its way
stockroom-transfer-partly = Partly received
stockroom-transfer-received = Received
stockroom-transfer-cancelled = Recalled
stockroom-transfer-lost = Will not come
stockroom-transfer-returned = Went back
stockroom-transfer-here-now = Here now
stockroom-transfer-here-of = Pieces of { $name } that are here now
stockroom-transfer-lost-of = Pieces of { $name } that will not come
stockroom-transfer-receive-hint = What is neither here nor given up stays on its way, for another receipt.
stockroom-transfer-book = Book in
stockroom-transfer-recall = Recall the rest
stockroom-transfer-receipts = Receipts
stockroom-transfer-arrived = { $count ->
    [one] 1 piece arrived
   *[other] { $count } pieces arrived
}
stockroom-transfer-missing = { $count ->
    [one] 1 is missing ({ $reason })
   *[other] { $count } are missing ({ $reason })
}
stockroom-missing-why = Why are pieces missing?
stockroom-missing-none = Nothing is missing
stockroom-missing-lost = Lost on the way
stockroom-missing-damaged = Damaged
stockroom-missing-never_sent = Never sent
stockroom-missing-other = Something else
stockroom-demand = Wanted back
stockroom-demand-none = Nobody waits for anything
stockroom-demand-none-text = Where something is sold out, shoppers can ask for a mail; how many do stands here.
stockroom-demand-hint = For each piece that comes back two shoppers get a mail, the longest waiting first; the others a day later, if some are left.
stockroom-shoppers = Shoppers
stockroom-since = Since
stockroom-shoppers-wait = { $count ->
    [one] 1 shopper wants a mail when it is back
   *[other] { $count } shoppers want a mail when it is back
}
stockroom-rules = Rules
stockroom-rules-heading = Watching and sending
stockroom-low-stock = A shelf runs low at
stockroom-low-stock-hint = So many pieces left to sell; a shelf may have a number of its own
stockroom-routing = Orders are sent
stockroom-routing-hint = The first rule decides, the second where it leaves a choice, then the order of the locations. Nearness is told by country, region and the beginning of the postal code.
stockroom-routing-order = From the first location that has it
stockroom-routing-nearest = From the nearest location
stockroom-routing-fewest = In as few parcels as can be
stockroom-routing-nearest-fewest = From the nearest, then in as few parcels as can be
stockroom-routing-fewest-nearest = In as few parcels as can be, then from the nearest
stockroom-rules-saved = Rules saved
stockroom-where-is = Where { $name } is
stockroom-place-unknown = Not said
stockroom-place-country = Country
stockroom-place-region = Region
stockroom-place-postal-code = Postal code
stockroom-mails = Mails to you
stockroom-mail-low-wish = A mail of what runs low
stockroom-mail-low-wish-hint = Once a day, if anything does; a shelf is named again only after it was above
stockroom-mail-low-heading = { $count ->
    [one] 1 shelf runs low
   *[other] { $count } shelves run low
}
stockroom-mail-low-line = { $name }, { $place }: { $count } left to sell
stockroom-mail-low-button = Open the inventory
stockroom-mail-low-why = You get this mail since you wished it in your preferences.
stockroom-barcode = Barcode
stockroom-counts = Counts
stockroom-counts-none = Nothing was counted yet
stockroom-counts-none-text = Count what lies at a location while the shop goes on selling; what differs is booked at the end.
stockroom-count = Count { $name }
stockroom-count-new = New count
stockroom-count-what = What is counted
stockroom-count-everything = Everything
stockroom-count-begin = Begin
stockroom-count-begun = Count begun
stockroom-count-open = Counting
stockroom-count-booked = Booked
stockroom-count-not-booked = Dropped
stockroom-count-progress = Progress
stockroom-count-differ = Differ
stockroom-count-of = { $count } of { $all } counted
stockroom-count-differing = { $count } differ: { $missing } missing, { $more } too many
stockroom-count-sheet = Sheet
stockroom-count-print = Print
stockroom-count-by-hand = Print with Ctrl+P or the menu of your browser.
stockroom-count-csv = CSV
stockroom-count-counted = Counted
stockroom-count-then = On hand then
stockroom-count-difference = Difference
stockroom-count-pieces-of = Counted pieces of { $name }
stockroom-count-reason-of = Why { $name } differs
stockroom-count-save = Save this page
stockroom-count-saved = Saved
stockroom-count-hint = Each number is compared with what was on hand at the moment it was saved, so you can sell on while you count. An emptied field was not counted.
stockroom-count-page = Page { $count } of { $all }
stockroom-count-from-file = From a file
stockroom-count-file = File with counts
stockroom-count-file-hint = CSV with the columns “sku” or “barcode” and “counted”; fetch the sheet as CSV to begin
stockroom-count-upload = Take in
stockroom-count-end = End the count
stockroom-count-end-text = What differs is booked with its reason; what was not counted stays as it is.
stockroom-count-close = Book the differences
stockroom-count-drop = Drop the count
stockroom-count-closed = Differences booked
stockroom-count-dropped = Count dropped; nothing was booked
stockroom-coming = { $count ->
    [one] 1 is on its way
   *[other] { $count } are on their way
}
stockroom-coming-on = { $count ->
    [one] 1 is on its way, expected on { $day }
   *[other] { $count } are on their way, expected on { $day }
}
