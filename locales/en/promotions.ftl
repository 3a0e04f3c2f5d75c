promotions-unknown = We do not know this code. Look at how it is spelled.
promotions-not-yet = This code counts from { $day } on.
promotions-over = This code is over.
promotions-used-up = This code has been used up.
promotions-used-by-you = You have used this code as often as it may be.
promotions-subtotal = { $amount } more in the cart and this code counts.
promotions-subtotal-of-some = { $amount } more of the goods that this code is for, and it counts.
promotions-quantity = { $count ->
    [one] One more piece in the cart and this code counts.
   *[other] { $count } more pieces in the cart and this code counts.
}
promotions-quantity-of-some = { $count ->
    [one] One more piece of the goods that this code is for, and it counts.
   *[other] { $count } more pieces of the goods that this code is for, and it counts.
}
promotions-group = This code is for certain customers. Sign in if you are one of them.
promotions-not-first = This code is for a first order.
promotions-country = This code is not for orders to your country.
promotions-nothing = Nothing in the cart is what this code is for.
promotions-beaten = “{ $name }” takes more off. The two do not go together.
promotions-same = Another code of the same discount counts already.
promotions-gone = “{ $name }” was used up a moment ago. This is the total without it; nothing was charged.
promotions-dates = It cannot end before it begins
promotions-no-benefit = Say what the discount gives
promotions-condition-odd = Condition { $count } is not complete
promotions-benefit-odd = Row { $count } of what it gives is not complete
promotions-changed = Somebody else saved this discount meanwhile. This is how you left it; look at theirs before you save again.
promotions-missing = This is not there any more
promotions-lane-in-use = Discounts stand in this lane, or it is the only one
promotions-no-code = Codes are letters, digits and hyphens, 40 at most
promotions-busy = Codes of this discount are being made. Wait until they are there
promotions-code-taken = “{ $name }” is a code already
