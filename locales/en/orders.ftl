orders-unknown = There is no such order
orders-changed = This order has changed meanwhile. This is how it stands now; look at it and decide again.
orders-is-cancelled = This order has been cancelled
orders-is-expired = This order has expired and its goods are on sale again
orders-is-settled = Nothing is left to pay
orders-ship-nothing = Choose at least one piece to ship
orders-ship-too-many = { $count ->
    [0] “{ $title }” has been shipped already
    [one] Only one piece of “{ $title }” is left to ship
   *[other] Only { $count } pieces of “{ $title }” are left to ship
}
orders-ship-foreign = A line in the parcel belongs to another order
orders-all-shipped = Everything in this order has been shipped; there is nothing left to cancel

orders-title = Order { $name }
orders-placed-on = Order { $number } · placed { $day }
orders-pieces = { $count ->
    [one] { $count } piece
   *[other] { $count } pieces
}
orders-where = Where it is
orders-heading-unpaid = Thank you, { $name }. One step is left.
orders-lede-unpaid = Transfer { $amount } by { $day } and we pack at once. We wrote to { $email }.
orders-heading-unpaid-any-time = Thank you, { $name }. One step is left.
orders-lede-unpaid-any-time = Transfer { $amount } and we pack at once. We wrote to { $email }.
orders-heading-paid = Thank you, { $name }. We are packing it.
orders-lede-paid = Your payment is here. We write to { $email } as soon as it leaves.
orders-heading-partly = Thank you, { $name }. A part is on its way.
orders-lede-partly = The rest follows. We write to { $email } as soon as it leaves.
orders-heading-shipped = Thank you, { $name }. It is on its way.
orders-lede-shipped = Everything has left the house. We wrote to { $email }.
orders-heading-cancelled = This order was cancelled
orders-lede-cancelled = What had not been sent will not come. If you have paid already, we send the money back.
orders-heading-expired = This order has expired
orders-lede-expired = The money did not come in time, so the goods are on sale again. You are welcome to order once more.
orders-stop-placed = Placed
orders-stop-payment = Payment
orders-stop-payment-waits = We wait for your transfer
orders-stop-paid = Paid
orders-stop-packing = Being packed
orders-stop-partly = Partly on its way
orders-stop-shipped = On its way
orders-stop-cancelled = Cancelled
orders-stop-expired = Expired
orders-pay-heading = Please transfer { $name }
orders-pay-amount = Amount
orders-pay-reference = Reference
orders-pay-to = To
orders-pay-by = By
orders-pay-hint = Write the reference exactly as it stands here, so that we find your order. A transfer takes one or two working days.
orders-parcel = Parcel { $count }
orders-tracking = Tracking
orders-track = Track the parcel
orders-ships-to = Goes to
orders-bill-to = Bill to
orders-same-address = The same address
orders-your-note = Your note
orders-ask = Ask about this order
orders-goods = Subtotal
orders-discount = Discount
orders-delivery = Delivery
orders-free = Free
orders-total = Total
orders-with-tax = with { $name }

orders-status-open = Open
orders-status-completed = Completed
orders-status-cancelled = Cancelled
orders-status-expired = Expired
orders-payment-unpaid = Awaiting transfer
orders-payment-authorised = Authorised
orders-payment-partly_paid = Part paid
orders-payment-paid = Paid
orders-payment-partly_refunded = Part refunded
orders-payment-refunded = Refunded
orders-payment-voided = Not needed
orders-fulfilment-unfulfilled = To ship
orders-fulfilment-partly_fulfilled = Part shipped
orders-fulfilment-fulfilled = Shipped
orders-fulfilment-cancelled = Not needed
orders-payment-state-pending = waiting
orders-payment-state-authorised = authorised
orders-payment-state-captured = received
orders-payment-state-voided = given up
orders-payment-state-failed = failed
orders-view-all = All
orders-view-to-ship = To ship
orders-view-unpaid = Unpaid

orders-amount-unreadable = Write an amount above 0, like 42.90
orders-link-unreadable = The link must begin with https:// or http://
orders-done-paid = Payment recorded
orders-done-shipped = Parcel recorded; the customer gets a mail
orders-done-cancelled = Order cancelled; the customer gets a mail
orders-done-noted = Note added

orders-desk-title = Orders
orders-desk-views = Views
orders-desk-search = Search orders
orders-desk-search-hint = Number, name or e-mail
orders-desk-words = Search
orders-desk-filter = Filter
orders-desk-apply = Show orders
orders-desk-clear = Clear
orders-desk-clear-all = Clear all
orders-desk-remove-filter = , remove filter
orders-desk-found = { $count ->
    [one] { $count } order, { $worth }
   *[other] { $count } orders, { $worth }
}
orders-desk-caption = Orders, newest first
orders-desk-order = Order
orders-desk-placed = Placed
orders-desk-customer = Customer
orders-desk-items = Items
orders-desk-item = Item
orders-desk-status = Order status
orders-desk-payment = Payment
orders-desk-fulfilment = Fulfilment
orders-desk-none = No orders yet
orders-desk-none-text = They appear here as soon as somebody buys something. Look at the shop as a shopper does.
orders-desk-none-go = Open the shop
orders-desk-nothing = No order fits
orders-desk-nothing-text = Try fewer filters or other words.
orders-desk-show-all = Show all orders
orders-desk-shopper-page = What the customer sees
orders-desk-newer = Newer order
orders-desk-older = Older order
orders-desk-to-ship = To ship
orders-desk-left-of = { $left } of { $count }
orders-desk-pieces-of = Pieces of { $name } in this parcel
orders-desk-carrier = Carrier
orders-desk-tracking-number = Tracking number
orders-desk-tracking-link = Tracking link
orders-desk-ship = Ship these pieces
orders-desk-ship-hint = The customer gets a mail with the tracking.
orders-desk-not-paid-yet = Not paid yet. You can ship all the same.
orders-desk-short = { $count ->
    [0] None on hand
   *[other] Only { $count } on hand
}
orders-desk-paid-by = Paid by customer
orders-desk-balance = Balance
orders-desk-how = How was this computed?
orders-desk-each-times = Price × pieces
orders-desk-after = After
orders-desk-tax = Tax, rounded once for each line
orders-desk-tax-within = { $name } { $rate } % inside the price: amount × { $rate } ÷ { $whole } = { $amount }
orders-desk-tax-on-top = { $name } { $rate } % on top: amount × { $rate } ÷ 100 = { $amount }
orders-desk-no-tax = No tax was taken.
orders-desk-reference = Reference { $name }
orders-desk-amount = Amount that came in
orders-desk-amount-hint = Change it when only a part has come.
orders-desk-mark-paid = Mark as paid
orders-desk-owed = { $name } to pay back
orders-desk-owed-text = This order ended after money had come in. Transfer it back to the customer.
orders-desk-cancelled-on = Cancelled on { $name }
orders-desk-cancelled-text = What had not been shipped was not sent.
orders-desk-expired-on = Expired on { $name }
orders-desk-expired-text = No money came in time; the goods are on sale again.
orders-desk-timeline = Timeline
orders-desk-note = Note for the team
orders-desk-note-hint = Only staff can read notes
orders-desk-add-note = Add note
orders-desk-mail = E-mail “{ $subject }” to { $to }
orders-desk-read = Read
orders-desk-restocked = { $count ->
    [one] 1 piece put back on the shelf
   *[other] { $count } pieces put back on the shelf
}
orders-desk-written-off = { $count ->
    [one] 1 piece written off
   *[other] { $count } pieces written off
}
orders-desk-customer-and-more = Customer and more
orders-desk-contact = Contact
orders-desk-delivery-address = Delivery address
orders-desk-billing-address = Billing address
orders-desk-same = Same as delivery
orders-desk-from-customer = From the customer
orders-desk-cancel = Cancel
orders-desk-pieces = Pieces that were not shipped
orders-desk-restock-yes = Put them back on the shelf
orders-desk-restock-no = Write them off
orders-desk-reason = Reason
orders-desk-reason-hint = Only staff see it.
orders-desk-cancel-order = Cancel this order
orders-desk-cancel-rest = Cancel the unshipped rest
orders-happened-placed = { $customer } placed this order
orders-happened-paid = { $who } recorded a payment of { $amount }
orders-happened-fulfilled = { $who } shipped a parcel
orders-happened-cancelled = { $who } cancelled this order
orders-happened-reminded = Reminded of the payment
orders-happened-expired = Expired, because no money came in time
orders-happened-note = { $who }

orders-mail-open = Look at your order
orders-mail-open-desk = Open the order
orders-mail-pay-heading = How to pay
orders-mail-pay-amount = Amount: { $amount }
orders-mail-pay-reference = Reference: { $reference }
orders-mail-in-parcel = In this parcel
orders-mail-placed-subject = Your order { $number } at { $shop }
orders-mail-placed-heading = Thank you, { $name }
orders-mail-placed-text = We have your order { $number } and keep the goods for you. Please transfer { $amount } by { $day }; we pack as soon as it is here.
orders-mail-placed-paid-subject = Your order { $number } at { $shop }
orders-mail-placed-paid-heading = Thank you, { $name }
orders-mail-placed-paid-text = We have your order { $number } and are packing it.
orders-mail-paid-subject = Your payment for order { $number } is here
orders-mail-paid-heading = Your payment is here
orders-mail-paid-text = Thank you, { $name }. We are packing order { $number } and write again when it leaves.
orders-mail-shipped-subject = Order { $number } is on its way
orders-mail-shipped-heading = It is on its way, { $name }
orders-mail-shipped-text = A parcel with goods of your order { $number } has just left.
orders-mail-cancelled-subject = Order { $number } was cancelled
orders-mail-cancelled-heading = Your order was cancelled
orders-mail-cancelled-text = We have cancelled order { $number }. What had not been sent will not come. If you have paid already, we send the money back.
orders-mail-due-subject = Order { $number } is kept until { $day }
orders-mail-due-heading = We keep your goods until { $day }
orders-mail-due-text = Your transfer of { $amount } for order { $number } has not arrived yet. If it is on its way, there is nothing to do. Otherwise please send it soon: on { $day } the order expires.
orders-mail-expired-subject = Order { $number } has expired
orders-mail-expired-heading = Your order has expired
orders-mail-expired-text = No payment for order { $number } came in time, so its goods are on sale again. You are welcome to order once more. If you have sent the money meanwhile, please answer this mail.
orders-mail-notice-subject = New order { $number }: { $total }
orders-mail-notice-heading = New order { $number }
orders-mail-notice-text = { $customer } ordered for { $total }.
orders-payment-unknown = This payment is not on this order
orders-payment-state-flagged = to be looked at
orders-payment-state-voiding = going back
orders-happened-paid-by-gateway = Paid { $amount }
orders-happened-authorised = { $amount } is held for this order
orders-happened-refunded = { $amount } was paid back
orders-happened-voided = { $amount } was let go
orders-happened-paid_in_vain = { $amount } was paid although nothing was due; it goes back
orders-happened-capture_asked = { $who } takes { $amount }
orders-happened-refund_asked = { $who } pays { $amount } back
orders-happened-void_asked = { $who } lets { $amount } go
orders-happened-gateway_refused = The gateway refused { $amount }
orders-mail-refunded-subject = We have paid { $amount } back for order { $number }
orders-mail-refunded-heading = Your refund is on its way
orders-mail-refunded-text = We have paid { $amount } back for order { $number }. Depending on your bank it takes a few days until you see it.
orders-desk-take = Take the money
orders-desk-refund = Pay back
orders-desk-let-go = Let it go
orders-desk-refund-amount = Amount to pay back
orders-desk-refund-reason = Reason (the shopper does not see it)
orders-desk-refund-left = Up to { $name } can be paid back
orders-desk-capture-left = Up to { $name } can be taken
orders-desk-captured = { $name } received
orders-desk-refunded = { $name } paid back
orders-desk-on-its-way = { $name } on its way
orders-done-capturing = The money is being taken
orders-done-refunding = The refund is on its way
orders-done-voiding = The money is being let go
orders-pay-now = Pay { $name } by card now
orders-heading-cod = Thank you, { $name }
orders-lede-cod = We are packing your order. Have { $amount } ready for whoever brings the parcel.
orders-heading-authorised = Thank you, { $name }
orders-lede-authorised = Your payment of { $amount } is approved; we are packing your order.
orders-stop-payment-held = approved
orders-stop-payment-cod = at the door
