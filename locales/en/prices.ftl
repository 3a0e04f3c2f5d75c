prices-lowest = Lowest price in the last 30 days: { $name }
prices-yours = Your price
prices-steps = Buy more, pay less
prices-step-from = { $count ->
    [one] From 1 piece
   *[other] From { $count } pieces
}
prices-step-each = { $name } each
prices-content = Content
prices-content-of = Content, { $name }
prices-content-hint = With a content such as “750 ml” the shop tells the price of a litre, kilogram, metre or piece; “250 g / 100 g” tells that of 100 g.
prices-history = Price history
prices-history-text = What one piece cost everybody, and the price before that stood beside it. Prices for groups and for more pieces are not in it.
prices-history-none = No price was kept yet.
prices-price = Price
prices-before = Before
prices-from = From
prices-until = Until
prices-now = Now
