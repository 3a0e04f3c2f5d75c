price-lists-new = New price list
price-lists-none = No price lists yet
price-lists-none-text = A price list gives groups of customers, larger numbers of pieces or a time their own prices.
price-lists-order = The first that holds decides
price-lists-order-hint = For each line of a cart the lists are asked from top to bottom; the first that is meant for the customer and says a price decides. Where none does, the usual price holds.
price-lists-up = Move { $name } up
price-lists-down = Move { $name } down
price-lists-off = Percent off
price-lists-coming = Planned
price-lists-running = Running
price-lists-over = Over
price-lists-state-off = Off
price-lists-everybody = Everybody
price-lists-nobody = Nobody: its groups are gone
price-lists-off-said = { $name } % off
price-lists-off-from = { $name } % off from { $count } pieces
price-lists-goods = { $count ->
    [one] own prices of 1 variant
   *[other] own prices of { $count } variants
}
price-lists-foreign = in { $name }, which is not the shop’s currency: it is not asked
price-lists-nothing-yet = no prices yet
price-lists-since = from { $name }
price-lists-till = until { $name }
price-lists-lowest = Lowest price of thirty days
price-lists-lowest-told = Show the lowest price of the last 30 days beside a price before
price-lists-lowest-hint = In the European Union the law asks for it wherever a price is said to be reduced. It is taken from the price history of each variant.
price-lists-lowest-saved = Saved
price-lists-save = Save
price-lists-saved = Price list saved
price-lists-added = Price list added. Now give it prices.
price-lists-removed = Price list removed
price-lists-details = What it is
price-lists-name = Name
price-lists-name-hint = For staff; shoppers do not see it
price-lists-active = Active
price-lists-active-hint = While it is off, nobody gets its prices
price-lists-whom = For whom
price-lists-whom-all = Everybody, guests too
price-lists-whom-groups = Customers of these groups who are signed in
price-lists-groups = Customer groups
price-lists-no-groups = There are no customer groups yet. Add some under Customers.
price-lists-off-hint = Off the usual price of everything but gift cards; leave it empty to give own prices alone
price-lists-from-quantity = From how many pieces
price-lists-from-quantity-hint = Of one line; the percentage holds from this number on
price-lists-rounding = How the price ends
price-lists-rounding-hint = For prices that the percentage makes; it never makes a price higher than the usual one
price-lists-begins = Begins
price-lists-ends = Ends
price-lists-ends-hint = From this moment on its prices no longer hold
price-lists-zone = Time of { $name }; empty: at once
price-lists-own = Own prices
price-lists-own-none = No own prices. Search below, or add one by its SKU.
price-lists-own-hint = Empty a field to take its price off the list
price-lists-product = Product
price-lists-usual = Usual price
price-lists-pieces = From how many pieces
price-lists-price = Price of a piece
price-lists-price-in = Price in { $name }
price-lists-price-of = Price of { $name } from { $count } pieces
price-lists-save-prices = Save prices
price-lists-prices = { $count ->
    [one] 1 price
   *[other] { $count } prices
}
price-lists-prices-saved = Prices saved
price-lists-price-added = Price added
price-lists-search = Search products by name or SKU
price-lists-search-none = Nothing is called “{ $name }”.
price-lists-choose = Choose
price-lists-add = Add a price
price-lists-add-do = Add price
price-lists-sku = SKU
price-lists-sku-hint = Or search above and choose
price-lists-no-price = This is no price in the currency of the list
price-lists-no-pieces = The number of pieces must be from 1 to 9999
price-lists-no-row = A row is SKU; pieces; price
price-lists-line = Line { $line }: { $reason }
price-lists-file = Prices as CSV
price-lists-import = Prices from a table
price-lists-rows = Rows
price-lists-rows-hint = SKU; from how many pieces; price. One a line, with semicolons, tabs or commas between. Without a price the row takes one off the list.
price-lists-look = Look only
price-lists-take = Set these prices
price-lists-looked-title = Nothing was changed
price-lists-looked = { $count ->
    [one] 1 price would be set.
   *[other] { $count } prices would be set.
}
price-lists-taken = Prices set
price-lists-removal = Remove this list
price-lists-removal-text = Its prices are gone then; orders keep what they cost.
price-lists-remove = Remove price list
error-percent = Write a percentage from 0 to 100, with at most four digits behind the point
