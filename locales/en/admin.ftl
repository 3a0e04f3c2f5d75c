admin-sign-in = Sign in
admin-sign-in-lede = For the people who run this shop.
admin-email = E-mail
admin-password = Password
admin-unopened = This shop is not open yet
admin-unopened-how = Look at the terminal where it was started: a link there opens it. Starting the shop again prints a new one.
admin-signed-out = You are signed out
admin-signed-out-everywhere = You are signed out on all devices
admin-lost = This page is not here
admin-lost-why = It was removed, or the address is not quite right.
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

admin-settings-general = Shop details
admin-settings-payment = Payment
admin-settings-delivery = Delivery
admin-settings-tax = Tax
admin-settings-legal = Legal texts
admin-settings-staff = Staff and rights
admin-settings-audit = Audit trail
admin-saved = Saved
admin-removed = Removed
admin-save = Save
admin-edit = Edit
admin-discard = Discard
admin-unsaved = Unsaved changes
admin-somebody = Somebody
admin-clash = { $name } saved this page meanwhile ({ $at })
admin-changed-meanwhile = { $name } saved this page meanwhile
admin-clash-how = Nothing of yours is lost: your entries stand in the form below. Save again to keep yours, or take what is saved now.
admin-clash-field = Field
admin-clash-yours = Yours
admin-clash-theirs = Drop mine, show what is saved

admin-row-name = Name
admin-row-name-why = Shown in the shop and in e-mails.
admin-row-mail = E-mail
admin-row-mail-why = Who your e-mails come from, and who hears of new orders.
admin-row-company = Company
admin-row-company-why = In the footer and in e-mails. Orders already placed keep the old data.
admin-row-region = Region
admin-row-region-why = Money, time and language of the shop.
admin-row-transfer = Bank transfer
admin-row-transfer-why = Shoppers see this after they ordered.
admin-row-checkout = Checkout
admin-row-checkout-why = Items are kept aside while somebody pays.

admin-field-name = Shop name
admin-field-legal-name = Legal name
admin-field-street = Street and number
admin-field-postal-code = Postal code
admin-field-city = Town
admin-field-country = Country
admin-field-phone = Phone
admin-field-currency = Currency
admin-field-zone = Time zone
admin-field-locale = Language
admin-field-countries = Countries sold to
admin-field-sender-email = Sender address
admin-field-notice-email = Address for notices
admin-field-prices-include-tax = Prices include tax
admin-field-bank-details = Account to transfer to
admin-field-unpaid-days = Days until an unpaid order expires
admin-field-reservation-minutes = Minutes that items are kept aside
admin-field-title = Title
admin-field-body = Text
admin-announcement-text = What it says
admin-announcement-text-why = One line, above the header of every page. A language without a text shows that of the shop’s own language.
admin-announcement-link-hint = A place of this shop like /sale, or a full address
admin-announcement-when = When it is there
admin-announcement-when-why = Dates are those of the shop’s time zone, { $name }. Without dates it stays until you turn it off.
admin-announcement-shown-hint = Turn it off without losing the text
admin-announcement-backwards = The end must come after the beginning
admin-announcement-up = Shoppers see it now
admin-announcement-soon = Begins later
admin-announcement-over = Is over
admin-announcement-off = Shoppers do not see it
admin-field-text-en = Text in English
admin-field-text-de = Text in German
admin-field-link = Leads to
admin-field-from = From
admin-field-until = Until
admin-field-shown = Show the announcement
admin-field-rates = Rate
admin-sender-hint = Must belong to your own domain, or it will land in spam
admin-notice-hint = New orders and unpaid ones are told here
admin-include-tax-hint = As in Europe; without it tax is added at checkout
admin-currency-open = The currency can be changed until the first product, delivery method or order has a price.
admin-currency-fixed = The currency is fixed: products, delivery methods or orders have prices in it.
admin-countries-why = Only these can be chosen at checkout.
admin-choose-countries = Choose countries
admin-no-country = Choose at least one country
admin-bank-hint = Name, IBAN and BIC, as shoppers should see them; one below the other
admin-unpaid-hint = From 1 to 90; a reminder goes out before
admin-reservation-hint = From 5 to 240

admin-legal-texts = Texts
admin-legal-written = Written
admin-legal-missing = Missing
admin-legal-why = Each text that is written stands in the footer of every shop page.
admin-legal-title-hint = Empty: { $name }
admin-markdown-hint = Markdown: # heading, **bold**, - list, [link](https://…). Without a text there is no page.
admin-preview = Preview

admin-add-zone = Add a zone
admin-zone = Delivery zone
admin-zone-name = Name of the zone
admin-zone-name-hint = Only you see it
admin-zone-empty = No country yet: nobody can choose these methods.
admin-remove-zone = Remove zone and methods
admin-no-zones = Nothing is delivered yet
admin-no-zones-why = A zone is a group of countries that cost the same to send to. Add one, then its methods.
admin-unreached = You sell to these countries, but nothing is delivered there
admin-add-method = Add a method
admin-method = Delivery method
admin-remove-method = Remove method
admin-method-name = Name
admin-method-name-hint = Shoppers see it: Standard, Express, Pick-up
admin-method-price = Price
admin-method-free-from = Free from a total of
admin-method-days-min = Days, at best
admin-method-days-max = Days, at most
admin-method-active = Offered at checkout
admin-method-active-hint = Without it the method rests
admin-method-off = Resting
admin-free = Free
admin-free-from = free from { $name }
admin-days = { $min } to { $max } days
admin-amount-unreadable = Write an amount, like 4.90

admin-rates = Rates by country
admin-rates-included = Your prices include tax: the rate says how much of them is tax.
admin-rates-added = Your prices are without tax: it is added at checkout.
admin-rate-name = Name on the bill
admin-rate = Rate
admin-rates-hint = No rate: no tax is taken there. Orders that are placed keep the rate they were placed with.
admin-rates-none = Choose the countries you sell to first.
admin-rate-unreadable = Write a percentage from 0 to 100, like 19 or 8.1

admin-staff-list = Who is here
admin-you = you
admin-disabled = Shut out
admin-add-staff = Add somebody
admin-staff-added = They can sign in now
admin-staff-name = Name
admin-role = Role
admin-first-password = First password
admin-first-password-hint = At least 10 characters; tell it to them in person, they can change it
admin-first-password-rule = At least 10 characters; a few words in a row are easy to keep in mind
admin-role-help = What each role may do
admin-role-owner-may = Everything
admin-role-manager-may = Everything but staff and the audit trail
admin-role-fulfilment-may = See orders and products, ship
admin-role-support-may = See, ship and change orders, read sent mail
admin-role-content-may = Products, categories and texts
admin-role-analyst-may = Look at orders, products and reports
admin-disable = Shut out
admin-disable-hint = They are signed out everywhere at once and cannot sign in
admin-acts = Latest acts
admin-no-acts = Nothing was changed yet.
admin-older = Older

admin-first-run = Open your shop
admin-first-run-lede = All of this can be changed later in the settings.
admin-first-owner = Your own account
admin-sells-to = You sell to
admin-sells-to-home = Your own country
admin-sells-to-europe = Your country and the European Union
admin-sells-to-world = The whole world
admin-sells-to-hint = Country by country in the settings
admin-open-shop = Open the shop
admin-opened = Your shop is open
admin-link-used = This link was used already
admin-opens-soon = Opening soon
admin-opens-soon-lede = We are still arranging the shelves. Come back in a little while.

admin-logo = Logo
admin-logo-removal = Remove
admin-logo-file = Picture
admin-logo-hint = JPEG, PNG or WebP up to 5 MB; it stands in place of the shop's name
admin-logo-upload = Show this logo
admin-row-methods = Ways to pay
admin-row-methods-why = What shoppers can choose at the checkout.
admin-field-offer-bank_transfer = Bank transfer
admin-field-offer-cash_on_delivery = Cash on delivery
admin-field-offer-test_card = Test card
admin-offer-test-hint = Test mode: shoppers can “pay” without money. Take it off before you open.
admin-field-capture = When card payments are taken
admin-capture-automatic = At once
admin-capture-manual = When staff say so, for example when the parcel leaves
admin-methods-changed = Somebody else changed the ways to pay meanwhile; this is how they are now. Look at them and save again.
admin-methods-none = Choose at least one way to pay
