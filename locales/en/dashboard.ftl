dash-as-the-shop = As the shop: { $name }
dash-language-and-time = Language and time
dash-your-language = Language
dash-your-language-hint = Of the management pages, for you alone. What shoppers read does not change.
dash-your-zone = Time zone
dash-your-zone-hint = Where your days begin and end, in lists and figures. It is { $name } for you now.
dash-home = Home
dash-show-guide = Show the setup guide
dash-show-guide-hint = It says what the shop still needs before it sells.
dash-save-preferences = Save preferences
dash-preferences-saved = Your preferences are saved

dash-search-for = Search: { $name }
dash-found-nothing = Nothing fits “{ $name }”.
dash-found-none = Nothing fits “{ $name }”
dash-found-nothing-text = Numbers, names, e-mail addresses, SKUs and titles are searched.
dash-found-all = Show all pages
dash-found-orders = Orders
dash-found-customers = Customers
dash-found-products = Products
dash-found-commands = Do
dash-found-pages = Pages
dash-orders-of-customer = { $count ->
    [one] 1 order
   *[other] { $count } orders
}
dash-do-add-product = Add a product
dash-do-ship = See what is to be shipped
dash-do-unpaid = See who has not paid yet
dash-do-logo = Change the logo
dash-do-add-person = Add somebody to the staff
dash-do-language = Change your language or time zone
dash-do-password = Change your password

dash-hide-guide = Hide
dash-guide-hidden = The guide is put away; Your preferences bring it back
admin-guide-logo = Logo
admin-guide-logo-why = It stands at the head of every page. Without one there is the name of the shop.
admin-guide-logo-do = Choose a logo
admin-guide-mail = Test mail
admin-guide-mail-why = A mail that arrives at yours shows that orders will be confirmed. It needs a mail server (SMTP_URL).
admin-guide-mail-do = Write to yourself
dash-mail-test-do = Write me a test mail
dash-mail-test-sent = A mail to you is written; see below what becomes of it
dash-mail-test-subject = A test mail of { $name }
dash-mail-test-heading = Mail works
dash-mail-test-text = Somebody of the staff of { $name } asked for this mail to see whether it arrives. It has.
dash-mails-all = All
dash-views = Views

dash-todo-jobs = { $count ->
    [one] background job failed
   *[other] background jobs failed
}
dash-todo-money = { $count ->
    [one] payment to look at
   *[other] payments to look at
}
dash-todo-capture = { $count ->
    [one] payment to capture
   *[other] payments to capture
}
dash-todo-expiring = { $count ->
    [one] unpaid order expires within 48 hours
   *[other] unpaid orders expire within 48 hours
}
dash-todo-low = { $count ->
    [one] product running low
   *[other] products running low
}

dash-range = Days
dash-range-today = Today
dash-range-7 = 7 days
dash-range-30 = 30 days
dash-range-90 = 90 days
dash-range-month = This month
dash-from = From
dash-to = Until
dash-show-range = Show these days
dash-range-backwards = The last day lies before the first: choose a later one
dash-range-future = Days still to come have no figures: choose { $name } or earlier
dash-range-too-long = At most { $count } days are shown at once: choose a later first day
dash-compared-with = compared with
dash-versus = vs
dash-compare-before = The days before
dash-compare-year = The same days a year ago
dash-compare-nothing = No comparison

dash-kpis = Key figures, { $name }
dash-kpi-revenue = Revenue
dash-kpi-revenue-what = Money captured in these days less money refunded in them, whenever the order was placed; tax and delivery are in it. A refund counts from when it is granted, one that failed does not.
dash-kpi-orders = Orders
dash-kpi-orders-what = Orders placed in these days that stand: paid or not, but neither cancelled nor expired.
dash-kpi-average = Average order
dash-kpi-average-what = What those orders cost, with tax and delivery, divided by how many they are.
dash-kpi-conversion = Conversion of checkouts
dash-kpi-conversion-what = Of the checkouts into which somebody first typed something in these days, how many have become orders since. Nothing is kept of who it was.
dash-days = Days
dash-days-what = They begin and end at midnight in { $name }. Your preferences can change that.
dash-what-counts = What these figures count
dash-up = up
dash-down = down
dash-was = was { $name }
dash-was-nothing = nothing before
dash-no-checkouts = no checkout begun
dash-of-checkouts = { $placed } of { $count ->
    [one] 1 checkout
   *[other] { $all } checkouts
}

dash-by-day = Revenue by day
dash-by-day-table = Revenue by day, table
dash-this-period = These days
dash-today-so-far = Today so far
dash-period-before = Before
dash-as-table = Show as table
dash-day = Day
dash-before = Before
dash-change = Change
dash-day-said = { $day }: { $amount }, { $count ->
    [one] 1 order.
   *[other] { $count } orders.
}
dash-day-before = { $day }: { $amount }.
dash-chart-total = { $amount } in { $count ->
    [one] one day.
   *[other] { $count } days.
}
dash-chart-more = That is { $name } more than before.
dash-chart-less = That is { $name } less than before.
dash-chart-same = That is as much as before.
dash-chart-best = Best day: { $day }, { $amount }.

dash-top = Top products
dash-top-none = Nothing was sold in these days.
dash-top-sold = { $pieces } sold in { $count ->
    [one] 1 order
   *[other] { $all } orders
}
dash-low-all = { $count ->
    [one] The product
   *[other] All { $count }
}

dash-takings = Money in and out
dash-takings-sum = { $count ->
    [one] 1 movement
   *[other] { $all } movements
}: { $captured } in, { $refunded } back, { $revenue } in all
dash-takings-what = Captured payments and granted refunds, by the day they happened. Refunds that failed are left out.
dash-takings-none = No money moved in these days
dash-takings-none-text = Choose other days, or wait for the next payment.
dash-takings-shown = { $count ->
    [one] 1 movement shown
   *[other] { $count } movements shown
}
dash-order = Order
dash-when = When
dash-customer = Customer
dash-kind = What
dash-kind-capture = Captured
dash-kind-refund = Refunded
dash-amount = Amount

dash-jobs = Failed background jobs
dash-jobs-lede = These were tried again and again for about three days and are not tried any more. Mend the cause, then try them again.
dash-jobs-none = No job has failed
dash-jobs-none-text = Mails, pictures and indexes are up to date.
dash-job-retried = The job is tried again
