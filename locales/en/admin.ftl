admin-sign-in = Sign in
admin-sign-in-lede = For the people who run this shop.
admin-email = E-mail
admin-password = Password
admin-unopened = This shop is not open yet
admin-unopened-how = Look at the terminal where it was started: a link there opens it. Starting the shop again prints a new one.
admin-signed-out = You are signed out
admin-signed-out-everywhere = You are signed out on all devices
admin-forbidden = Not among your tasks
admin-forbidden-why = Your role is { $name }, which does not include this page. An owner can change that.
admin-to-home = Go to your home page

admin-your-account = Your account
admin-sessions = Signed in on
admin-device-unknown = Unknown device
admin-this-device = This device
admin-last-seen = last used { $name }
admin-since = since { $name }
admin-end-session = Sign out there
admin-end-others = Sign out all other devices
admin-end-all = Sign out here and everywhere
admin-session-ended = That device is signed out
admin-sessions-ended = All other devices are signed out
admin-change-password = Change your password
admin-current-password = Current password
admin-new-password = New password
admin-password-hint = At least 10 characters; your other devices will be signed out
admin-save-password = Change password
admin-password-changed = Your password is changed; other devices are signed out

admin-home = Home
admin-waiting = Waiting for you
admin-calm = Nothing waits for you.
admin-done = done
admin-todo-ship = { $count ->
    [one] order to ship
   *[other] orders to ship
}
admin-todo-unpaid = { $count ->
    [one] order not paid yet
   *[other] orders not paid yet
}
admin-todo-low = { $count ->
    [one] item running low
   *[other] items running low
}
admin-todo-mails = { $count ->
    [one] e-mail not delivered
   *[other] e-mails not delivered
}
admin-recent = Latest orders
admin-all-orders = All orders
admin-no-orders = No order yet. The first one will stand here.
admin-low = Running low
admin-all-products = All products
admin-nothing-low = There is enough of everything.
admin-left = { $count ->
    [0] Sold out
   *[other] { $count } left
}
admin-order-cancelled = Cancelled
admin-order-expired = Expired
admin-order-unpaid = Not paid
admin-order-to-ship = To ship
admin-order-partly-shipped = Partly shipped
admin-order-done = Done

admin-guide = Get ready to sell
admin-guide-done = { $done } of { $all } done
admin-guide-details = Shop details
admin-guide-details-why = Your address and the sender of your e-mails. Shoppers see both.
admin-guide-details-do = Fill in the details
admin-guide-product = First product
admin-guide-product-why = Something with a picture, a price and a count.
admin-guide-product-do = Add a product
admin-guide-delivery = Delivery
admin-guide-delivery-why = Where you send to and what it costs. Without it nobody can check out.
admin-guide-delivery-do = Set up delivery
admin-guide-payment = Payment
admin-guide-payment-why = The account that shoppers transfer money to.
admin-guide-payment-do = Enter bank details
admin-guide-tax = Tax
admin-guide-tax-why = The rates of the countries you sell to.
admin-guide-tax-do = Enter tax rates
admin-guide-legal = Legal texts
admin-guide-legal-why = Terms, privacy, imprint and returns. Shoppers in the EU must see them before they pay.
admin-guide-legal-do = Write the texts
admin-guide-order = Test order
admin-guide-order-why = Buy something from yourself: you will see the order and its e-mails.
admin-guide-order-do = Go to the shop
