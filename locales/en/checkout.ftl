checkout-title = Checkout
checkout-title-error = Error: Checkout
checkout-secure = Secure checkout
checkout-back-to-cart = Back to cart
checkout-steps = Steps
checkout-step-cart = Cart
checkout-step-details = Delivery and payment
checkout-step-review = Review
checkout-contact = Contact
checkout-email = E-mail
checkout-email-hint = For the confirmation and the tracking link, nothing else.
checkout-delivery-address = Delivery address
checkout-your-address = Your address
checkout-country = Country
checkout-update = Update
checkout-choose = Please choose
checkout-name = Full name
checkout-street = Street and number
checkout-city = Town or city
checkout-postal-code = Postal code
checkout-postcode = Postcode
checkout-zip = ZIP code
checkout-eircode = Eircode
checkout-state = State
checkout-province = Province
checkout-prefecture = Prefecture
checkout-add-line = Add a second address line
checkout-line2 = Flat, floor or company
checkout-add-phone = Add a phone number
checkout-phone = Phone
checkout-phone-hint = Only for questions about this delivery.
checkout-add-note = Add a note for us
checkout-note = What should we know?
checkout-billing-other = Send the invoice to another address
checkout-billing-address = Invoice address
checkout-billing-country = Country of the invoice
checkout-delivery = Delivery
checkout-free = Free
checkout-arrives = With you { $name }
checkout-arrives-between = With you between { $first } and { $last }
checkout-payment = Payment
checkout-bank-transfer = Bank transfer
checkout-bank-transfer-hint = { $count ->
    [one] You get our bank details with the order. Please pay within 1 day.
   *[other] You get our bank details with the order. Please pay within { $count } days.
}
checkout-to-review = Review the order
checkout-to-review-hint = Nothing is ordered yet: you see everything once more first.
checkout-your-order = Your order
checkout-pieces = { $count ->
    [one] 1 piece
   *[other] { $count } pieces
}
checkout-times = pieces
checkout-subtotal = Subtotal
checkout-total = Total
checkout-with-tax = with { $amount } { $name }
checkout-change-cart = Change the cart
checkout-price-changed = { $now } now, was { $was }
checkout-review-title = Review your order
checkout-held-until = We hold these for you until { $name }.
checkout-change = Change
checkout-place-order = Place order, pay { $name }
checkout-terms = With this you place a binding order and accept our terms.
checkout-terms-read = Please read:
checkout-changed = Something changed. Nothing was ordered or charged.
checkout-changed-total = The total was { $showed }, now it is { $total }.
checkout-changed-goods = What is in the cart changed since the page was shown. Please look once more.
checkout-changed-price = { $name } now costs { $now } instead of { $was }.
checkout-nothing-charged = Nothing was ordered or charged.
checkout-try-again = Try again
checkout-short = Too few are left of something in your cart.
checkout-withdrawn = Something in your cart is no longer for sale.
checkout-withdrawn-name = { $name } is no longer for sale. Please take it out of the cart.
checkout-short-name = { $count ->
    [0] { $name } has just sold out. Please take it out of the cart.
    [one] Only 1 { $name } is left. Please choose a smaller number.
   *[other] Only { $count } of { $name } are left. Please choose a smaller number.
}
checkout-held-by-others = { $count ->
    [0] { $name }: another shopper is at the checkout with the last ones. If they do not buy, it is free again at { $until }.
   *[other] { $name }: only { $count } free, others are at the checkout with the rest. What they do not buy is free again at { $until }.
}
checkout-too-much = This is more than one order can hold. Please split it, or write to us.
checkout-error-incomplete = Something is missing.
checkout-error-email-missing = Enter your e-mail address
checkout-error-email = Enter an e-mail address with an @, like name@example.com
checkout-error-country = Choose a country that we deliver to
checkout-error-name = Enter your full name
checkout-error-street = Enter the street and number
checkout-error-city = Enter the town or city
checkout-error-region = Choose the state, province or prefecture
checkout-error-postal-missing = Enter the postal code, like { $example }
checkout-error-postal = This is no postal code of that country: there they look like { $example }
checkout-error-shipping = Choose how we should send it
checkout-error-no-shipping = We have no delivery to this country yet. Please choose another one, or write to us.
checkout-error-payment = Choose how you want to pay
