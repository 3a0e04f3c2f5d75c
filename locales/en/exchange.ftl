exchange-dry-run = Dry run: this is what would happen; nothing was written.
exchange-products = { $total ->
    [one] 1 product
   *[other] { $total } products
  }: { $created } created, { $updated } updated, { $unchanged } unchanged.
exchange-variants = { $count ->
    [one] 1 variant.
   *[other] { $count } variants.
  }
exchange-images = { $count ->
    [one] 1 picture
   *[other] { $count } pictures
  }, { $fetch } of them still to be fetched.
exchange-categories = { $count ->
    [one] 1 category
   *[other] { $count } categories
  }; { $made } made, with those above them.
exchange-refused = { $count ->
    [one] 1 product could not be saved.
   *[other] { $count } products could not be saved.
  }
exchange-rows-lost = { $count ->
    [one] 1 row was left out.
   *[other] { $count } rows were left out.
  }
exchange-demo-open = This shop is open and sells real things. The demo is not loaded into it.
exchange-more-problems = … and { $count } more.
exchange-problem = Line { $line }, { $column }: { $reason }
exchange-problem-row = Line { $line }: { $reason }

exchange-unreadable = The file cannot be read: { $reason }
exchange-column-missing = The file has no column “{ $name }”. The first line must hold the names of the columns.
exchange-row-width = This row has { $found } fields where the first line has { $expected }. It was left out.
exchange-handle-missing = A row without a handle belongs to no product. It was left out.
exchange-title-missing = The product has no title. It was left out.
exchange-no-variant = The product has no variant with a price. It was left out.
exchange-price-missing = The variant has no price. It was left out.
exchange-no-price = “{ $value }” is no price in { $currency }.
exchange-no-number = “{ $value }” is no number from 0 up. 0 was taken.
exchange-no-truth = “{ $value }” is neither true nor false. The usual was taken.
exchange-status = “{ $value }” is no status. The product is a draft now.
exchange-option-unnamed = The option has values and no name. It was given a number.
exchange-value-missing = The variant has no value for “{ $name }”. It was left out.
exchange-variant-twice = The variant “{ $name }” stands in line { $line } already. This one was left out.
exchange-sku-twice = The SKU { $sku } is on another variant already. This one is { $given } now.
exchange-picture-missing = The picture { $name } is not there.
exchange-picture-address = { $name } is no address that pictures are fetched from.

exchange-lost-pictures = Missing pictures
exchange-lost-list = Not fetched
exchange-lost-banner = { $count ->
    [one] 1 picture could not be fetched
   *[other] { $count } pictures could not be fetched
  }
exchange-lost-banner-text = An import named them by address, and they did not come.
exchange-lost-see = See which
exchange-none-lost = All pictures are here
exchange-none-lost-text = When an import names a picture that cannot be fetched, it stands here with the reason.
exchange-fetch-all = Fetch all again
exchange-fetch-again = Fetch again
exchange-give-up = Give up
exchange-waits = Tried again by itself
exchange-fetching = Being fetched again
exchange-given-up = Given up
exchange-no-content = “{ $value }” is no content of a piece that a price can be told by. It was left out.
