error-required = This is needed
error-too-long = This is too long
error-characters = This has characters that we cannot read
error-email = Enter an e-mail address with an @, like name@example.com
error-handle = Use small letters, digits and hyphens only
error-choice = Choose one of those offered
error-duplicate = This was sent twice
error-path = Enter a path like /pages/about
error-link = Enter a path like /sale or a full address like https://example.org
error-hour = Enter a date and an hour like 2026-11-30T18:00
error-number = Enter a whole number
error-field = We cannot read this

shell-skip = Skip to content
shell-announcement = Announcement
shell-menu = Menu
shell-main-menu = Main menu
shell-close-menu = Close menu
shell-back-to-menu = {": back to menu"}
shell-home-of = { $name }, home
shell-all-of = All { $name }
shell-search = Search
shell-search-label = Search the shop
shell-search-here = Search from this page
shell-cart = Cart
shell-your-cart = Your cart
shell-cart-link = { $count ->
    [0] Cart, empty
    [one] Cart, 1 item
   *[other] Cart, { $count } items
}
shell-close = Close
shell-dismiss = Dismiss
shell-trouble = That did not work just now. Nothing was changed; try again in a moment.
shell-ask = Ask us
shell-help-at = Help: { $name }
shell-shop = Shop
shell-good-to-know = Good to know
shell-prices-with-tax = Prices include tax.
shell-prices-without-tax = Prices without tax.
shell-legal-terms = Terms
shell-legal-privacy = Privacy
shell-legal-imprint = Imprint
shell-legal-returns = Returns
shell-theme = Colour theme
shell-theme-auto = Auto
shell-theme-light = Light
shell-theme-dark = Dark
shell-language = Language
shell-crumbs = You are here
shell-home = Home
shell-pages = Pages
shell-page-before = Back
shell-page-after = Next
shell-optional = (optional)
shell-error-before = Error:
shell-errors = { $count ->
    [one] There is a problem
   *[other] There are { $count } problems
}

shell-view-shop = View shop
shell-settings = Settings
shell-sign-out = Sign out
shell-desk-home = Home
shell-desk-orders = Orders
shell-desk-products = Products
shell-desk-categories = Categories
shell-desk-inventory = Inventory
shell-desk-content = Content
shell-desk-drafts = Drafts
shell-desk-pictures = Pictures
shell-desk-menus = Menus
shell-desk-announcement = Announcement
shell-desk-redirects = Redirects
shell-place-products = All products
shell-place-sale = On sale
shell-desk-mail = Sent mail

shell-looking-for = What were you looking for?
shell-try-again = Try again
shell-start-page = Start page
shell-404-title = This page is not here
shell-404-lede = It has moved or was never here. Perhaps you find the thing itself:
shell-410-title = This is no longer for sale
shell-410-lede = We have taken it out of the shop. Perhaps something like it is here:
shell-403-title = This page is not open to you
shell-403-lede = You need to sign in, or ask the owner of the shop for the right to see it.
shell-413-title = That was too large
shell-413-lede = What you sent is larger than we take. Go back and send less.
shell-422-title = We could not read that
shell-422-lede = The form or link was incomplete. Go back and try once more, or look for what you need here:
shell-429-title = One moment
shell-429-lede = That was a lot in a short time. Wait a minute, then try again.
shell-500-title = Something broke on our side
shell-500-lede = It is not your doing and we have noted it. Your cart is safe.
shell-503-title = We are back in a moment
shell-503-lede = The shop is out of breath. Your cart is safe; try again in a few seconds.
error-quantity = Enter a whole number from 1 to 9999.
error-amount = Enter an amount like 42.90.
shell-desk-payments = Payments
error-date = Write the day as year, month and day: 2026-11-23.
shell-desk-404-lede = It was deleted, has moved, or the address has a slip in it. Search for the thing itself:
shell-desk-410-lede = It was taken out. Search for something like it:
shell-desk-422-lede = The form or link was incomplete. Go back and try once more, or search for what you need:
shell-jump = Search or jump to
shell-your-preferences = Your preferences
shell-palette = Search and commands
shell-palette-field = Search orders, products, customers, pages and commands
shell-palette-move = move
shell-palette-open = open
shell-palette-close = Close
shell-account = Your account
shell-sign-in = Sign in
shell-account-menu = Account
shell-account-overview = Overview
shell-account-orders = Orders
shell-account-addresses = Addresses
shell-account-security = Sign-in and security
shell-account-details = Name and language
shell-desk-customers = Customers
shell-desk-customer-groups = Groups
shell-in-en = In English
shell-in-de = In German
shell-beside-why = What is left empty appears in the shop’s main language ({ $name }).
shell-beside-whole = Complete
shell-beside-missing = Missing
shell-beside-missing-count = { $count } missing
shell-account-messages = Messages
shell-account-unread = unread
shell-desk-inbox = Inbox
shell-desk-saved-replies = Saved replies
shell-desk-inbox-waiting = { $count ->
    [one] waits for an answer
   *[other] wait for an answer
}
