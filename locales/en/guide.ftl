shell-guide = Style guide
shell-guide-lede = Every part once. Copy the markup from here.
shell-guide-desk = Parts of the management pages
shell-guide-shop = Parts of the shop
shell-guide-body = Body text is short, kind and exact, at most 62 characters wide.
shell-guide-type = Type
shell-guide-colours = Colours
shell-guide-buttons = Buttons
shell-guide-badges = Status
shell-guide-form = Fields
shell-guide-feedback = Feedback
shell-guide-cards = Cards
shell-guide-icons = Icons
shell-guide-menus = Menus
shell-guide-tables = Tables
shell-guide-timeline = Timeline
shell-guide-add = Add to cart
shell-guide-save = Save
shell-guide-archive = Archive
shell-guide-unsaved = Unsaved changes
shell-guide-sold-out = Sold out
shell-guide-sample = On its way
shell-guide-now = Now
shell-guide-before = Before
shell-guide-email = E-mail
shell-guide-title = Title
shell-guide-price = Price
shell-guide-note = Note
shell-guide-pieces = Pieces
shell-guide-hint = Only for questions about this delivery.
shell-guide-box = The invoice has the same address
shell-guide-choice = Delivery
shell-guide-empty = Nothing in here yet
shell-guide-empty-lede = What you add stays for 30 days.
shell-guide-rows = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
