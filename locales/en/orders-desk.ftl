orders-pick-all = Select all on this page
orders-pick-one = Select order { $name }
orders-pick-group = Selected orders
orders-pick-none = Clear selection
orders-pick-some = Choose between 1 and { $count } orders
orders-picked = selected
orders-ship-not-paid = Not paid yet. You can ship it from its own page all the same.
orders-ship-all-gone = Everything in it has been shipped already
orders-ship-many = Ship
orders-ship-many-title = { $count ->
    [0] No order to ship
    [one] Ship { $count } order
   *[other] Ship { $count } orders
}
orders-ship-many-none = No order is selected
orders-ship-many-none-text = Tick orders in the list, then choose “Ship”.
orders-ship-many-choose = Orders to ship
orders-ship-many-going = These go, each whole in one parcel
orders-ship-many-carrier = Carrier of all parcels
orders-ship-many-short = Not all of it is on hand
orders-ship-many-hint = { $count ->
    [one] The customer gets a mail.
   *[other] All { $count } customers get a mail.
}
orders-ship-many-go = { $count ->
    [one] Ship { $count } order
   *[other] Ship { $count } orders
}
orders-batch-shipped = { $count ->
    [0] No order was shipped
    [one] { $count } order shipped
   *[other] { $count } orders shipped
}
orders-batch-gone = These are on their way; the customers get a mail
orders-batch-staying = { $count ->
    [one] { $count } order stays here
   *[other] { $count } orders stay here
}
orders-print = Print
orders-print-slips = Packing slips
orders-print-slip = Packing slip
orders-print-receipts = Receipts
orders-print-receipt = Receipt
orders-sheets-slips = { $count ->
    [one] { $count } packing slip
   *[other] { $count } packing slips
}
orders-sheets-receipts = { $count ->
    [one] { $count } receipt
   *[other] { $count } receipts
}
orders-sheets-back = Back
orders-sheets-print = Print
orders-sheets-by-hand = Print this page with your browser: one sheet for each order.
orders-sheets-none = There is nothing to print. Tick orders in the list first.
orders-slip = Packing slip
orders-slip-partly = the rest was sent before
orders-receipt = Receipt
orders-receipt-paid = paid, thank you
orders-receipt-unpaid = not paid yet
orders-sheet-goods = Goods
orders-sheet-packed = Packed
orders-sheet-item = Item
orders-sheet-sku = SKU
orders-sheet-pieces = Pieces
orders-sheet-each = Each
orders-sheet-sum = Total
orders-sheet-thanks = Thank you for your order.
orders-sheet-questions = Questions? Write to { $name }.
orders-views-title = Views
orders-views-edit = Edit views
orders-views-keep = Keep as a view
orders-views-new = Keep these filters as a view
orders-views-name = Name
orders-views-share = Everybody sees it
orders-views-share-hint = Only you can rename or remove it.
orders-views-save = Keep view
orders-views-own = Your views
orders-views-none = Filter or search the orders, then choose “Keep as a view”.
orders-views-none-title = You keep no views yet
orders-views-to-orders = Go to the orders
orders-views-others = Shared by others
orders-views-by = by { $name }
orders-views-open = Open
orders-views-rename = Save
orders-views-remove = Remove
orders-views-kept = View kept
orders-views-renamed = View saved
orders-views-removed = View removed; no order was changed
orders-views-unknown = There is no such view
orders-views-foreign = Somebody else made this view; only they can change it
orders-views-taken = You have a view of this name already
orders-views-many = You keep { $count } views already; remove one first
orders-views-everything = Filter or search the orders first
orders-desk-edit = Edit
orders-edited = Saved; the timeline keeps what was there before
orders-happened-edited = { $who } changed whom this order is for
orders-other-country = A placed order keeps its tax, so its goods stay in { $country }
orders-part-changed = { $what }: { $before } → { $after }
orders-part-email = E-mail
orders-part-shipping_address = Delivery address
orders-part-billing_address = Billing address
orders-part-note = Note
orders-letter-again = Send again
orders-letter-sent = Sent again to the customer’s present address
orders-letter-unknown = That mail could not be sent again
orders-drafts = Drafts
orders-new = New order
orders-desk-write = Write a message
orders-desk-kg = { $name } kg
orders-desk-several-places = Several places
orders-desk-origins = Leaves from
orders-desk-leaves-from = Leaves from { $name }
orders-label-title = Buy a label
orders-label-rates = What carriers ask
orders-label-buy = Buy
orders-label-parcel = The parcel
orders-label-weight = Weight
orders-label-length = Length
orders-label-width = Width
orders-label-height = Height
orders-label-hint = Nothing is bought yet: you see the prices first.
orders-label-ask = Ask for prices
orders-label-refused = No label: { $name }
orders-label-no-answer = The house that sells labels did not answer ({ $name }). Look into your account there before you try again.
orders-label-unheard = A label was asked for, and nothing was heard: look into your account there.
orders-label-print = Print label
orders-done-label = The label is bought
admin-act-order-label = Label bought
error-weight = Write a weight in kilograms, like 1.5
orders-label-days = { $count ->
    [one] 1 day on the way
   *[other] { $count } days on the way
}
