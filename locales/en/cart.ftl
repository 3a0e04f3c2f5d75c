cart-title = { $count ->
    [0] Cart
   *[other] Cart ({ $count })
}
cart-heading = Your cart
cart-close = Close cart
cart-see = See the cart
cart-summary = Summary
cart-subtotal = Subtotal
cart-before-shipping = before shipping
cart-delivery-to = Delivery ({ $name })
cart-delivery-free = Free
cart-delivery-from = from { $name }
cart-estimated-total = Estimated total
cart-estimate-hint = Shipping and tax are worked out at checkout, for your address.
cart-with-tax = with { $amount } { $name }
cart-including-tax = including { $amount } { $name }
cart-free-gap = { $name } more and delivery is free.
cart-free-reached = Delivery is free for this order.
cart-check-out = Check out
cart-not-ready = Some things are no longer to be had as they stand here. Change or remove them to go on.
cart-assure-guest = No account needed
cart-assure-costs = All costs shown before you pay
cart-keep-looking = Keep looking
cart-each = { $name } each
cart-quantity = Quantity
cart-quantity-of = Quantity of { $name }
cart-one-less = One less
cart-one-more = One more
cart-update = Update
cart-remove = Remove
cart-add = Add to cart
cart-added = It is in your cart.
cart-taken-out = { $name } was taken out.
cart-put-back = Put it back
cart-empty = Nothing in here yet
cart-empty-hint = What you add stays for 30 days, on this device.
cart-look-around = Look around
cart-search = Search
cart-back-to-product = Back to the product
cart-not-added = This was not added
cart-not-added-name = { $name } was not added
cart-few-left = { $count ->
    [one] The last one
   *[other] { $count } left
}
cart-only-left = { $count ->
    [one] Sorry, only 1 left. Please choose a smaller number.
   *[other] Sorry, only { $count } left. Please choose a smaller number.
}
cart-only-left-held = { $count ->
    [one] Sorry, only 1 left, and you have it in your cart.
   *[other] Sorry, only { $count } left, and you have { $held } of them in your cart.
}
cart-sold-out = Sold out. Remove it to go on.
cart-withdrawn = No longer for sale.
cart-too-many = At most { $count } of one thing fit in a cart. Write to us for more.
cart-full = A cart holds at most { $count } different things.
cart-price-currency = It cost { $was } when you added it and costs { $now } now.
cart-price-fell = The price fell from { $was } to { $now } since you added it.
cart-price-rose = The price rose from { $was } to { $now } since you added it.
cart-fewer = Of “{ $title }” fewer are left than you had: { $count } { $count ->
    [one] is
   *[other] are
} in your cart
cart-none-left = “{ $title }” cannot be bought now
cart-unknown = { $count ->
    [one] One thing is no longer sold
   *[other] { $count } things are no longer sold
}

cart-computed = How was this computed?
cart-computed-what = Step
cart-computed-amount = Amount
cart-computed-by-hand = Taken off by us
cart-computed-delivery = Delivery
cart-computed-off-delivery = off the delivery
cart-computed-tax-within = of it { $name } { $rate } % on { $on }
cart-computed-tax-on-top = { $name } { $rate } % on { $on }
cart-computed-total = Total
cart-arrives = Arrives { $name }
cart-ready = Ready { $name }
cart-code = Discount code
cart-codes = Codes in your cart
cart-code-apply = Apply
cart-code-remove = take out
cart-code-empty = Type the code first.
cart-code-kept = Your code is with your cart.
cart-codes-full = A cart holds at most 10 codes. Take one out first.
cart-discount = Discount
cart-off = { $name } { $amount }
cart-gift = “{ $name }” is yours for nothing with this order.
cart-gift-declined = You left out “{ $name }”. It is still yours for nothing.
cart-gift-add = Put it in
cart-gift-decline = No, thank you
cart-gift-gone = The gift is not there any more.
cart-gift-choose = Choose it
