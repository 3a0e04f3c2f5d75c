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
