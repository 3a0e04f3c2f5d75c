catalog-no-variant = A product needs at least one variant
catalog-too-many-variants = A product can have at most { $count } variants
catalog-option-twice = There are two options named “{ $name }”
catalog-values-missing = “{ $name }” needs one value for each option
catalog-variant-twice = There are two variants “{ $name }”
catalog-sku-twice = The SKU { $sku } stands on two variants
catalog-sku-taken = The SKU { $sku } belongs to “{ $by }” already
catalog-price = A price must be between 0 and 1,000,000,000
catalog-handle-taken = Another product has the address “{ $handle }” already
catalog-category-title-taken = There is a category “{ $title }” here already
catalog-category-circle = A category cannot stand below itself
catalog-changed-meanwhile = Somebody saved this product while you were editing

catalog-now = Now
catalog-before = Before
catalog-from-price = From { $name }
catalog-off = { $name } off
catalog-sale = Sale
catalog-sold-out = Sold out
catalog-sold-out-inline = sold out
catalog-value-out = { $name }, sold out
catalog-in-stock = In stock
catalog-left = { $count ->
    [one] Only 1 left
   *[other] { $count } left
}
catalog-back-order = Not on the shelf just now. Order it and we send it as soon as it is back.
catalog-add = Add to cart
catalog-add-named = Add { $name } to cart
catalog-colours = Colours:
catalog-quantity = Quantity
catalog-one-less = One less
catalog-one-more = One more
catalog-show-choice = Show this one
catalog-tax-included = Tax included, delivery is added at checkout
catalog-tax-extra = Tax and delivery are added at checkout
catalog-photos = Photos
catalog-photos-scroll = Photos, scroll sideways
catalog-photo-of = Photo { $number } of { $count }
catalog-zoom = Zoom
catalog-about = About { $name }
catalog-description = Description
catalog-specs = Specifications
catalog-vendor = Made by
catalog-type = Kind
catalog-weight = Weight
catalog-sku = SKU
catalog-barcode = Barcode
catalog-related = Sits well beside it

catalog-products = products
catalog-all-products = All products
catalog-on-sale = On sale
catalog-all-on-sale = All on sale
catalog-kinds = Kinds of { $name }
catalog-list-description = { $title }: { $count ->
    [one] 1 product
   *[other] { $count } products
} to choose from.
catalog-filters = Filters
catalog-close-filters = Close filters
catalog-filters-used = Filters in use
catalog-remove-filter = Remove filter:
catalog-clear-filters = Clear all
catalog-availability = Availability
catalog-price-range = Price
catalog-price-in = Price in { $name }
catalog-price-from = From
catalog-price-to = To
catalog-price-hint = Lowest { $from }, highest { $to }
catalog-chip-min = From { $name }
catalog-chip-max = Up to { $name }
catalog-show = Show products
catalog-count = { $count ->
    [one] 1 product
   *[other] { $count } products
}
catalog-count-of = { $count } of { $all } products
catalog-sort = Sort by
catalog-sort-shop = Our order
catalog-sort-newest = Newest
catalog-sort-price = Price, low to high
catalog-sort-price-down = Price, high to low
catalog-sort-title = Name, A to Z
catalog-seen = You have seen { $seen } of { $count }
catalog-next-page = Show more
catalog-page-number = Page { $count }
catalog-empty-list = Nothing here yet
catalog-empty-list-text = This shelf is still being filled. There is more to see elsewhere.
catalog-nothing-left = No product fits all of this
catalog-nothing-left-text = Take one of the filters away, or all of them.

catalog-search = Search
catalog-search-found = { $count ->
    [one] 1 result
   *[other] { $count } results
} for “{ $words }”
catalog-search-nothing = Nothing found for “{ $name }”
catalog-search-alike = But these names come close.
catalog-search-not-meant = Not what you meant?
catalog-search-browse = Have a look around
catalog-search-hint = Try a shorter or a simpler word, or go by department.

catalog-home-title = Start page
catalog-home-description = { $name }: new things, favourites and what costs less just now.
catalog-hero-title = Come in and look around
catalog-hero-text = See what is new, or start with a department. Everything is one click from your cart.
catalog-hero-button = See everything
catalog-rooms = Start with a department
catalog-new = New on the counter
catalog-story-more = See it,
catalog-promises = How we work
catalog-promise-free = Free delivery
catalog-promise-free-from = Free delivery from { $name }
catalog-promise-delivery = Delivery to your door
catalog-promise-days = { $to ->
    [0] With you on the same working day.
    [1] With you within 1 working day.
   *[other] { $from ->
        [0] With you within { $to } working days.
       *[other] With you in { $from } to { $to } working days.
    }
}
catalog-promise-returns = You may change your mind
catalog-promise-returns-text = Send it back if it is not right.
catalog-promise-returns-more = How returns work
catalog-promise-guest = No account needed
catalog-promise-guest-text = Buy as a guest; we ask only for what the delivery needs.
catalog-promise-person = A person answers
catalog-promise-person-text = Write to us:
catalog-empty-shop = The shelves are still empty
catalog-empty-shop-text = We are setting up. Come back soon.

catalog-count-changed = The count changed to { $count } while you were editing; count again
catalog-error-price = Enter an amount like 42.90
catalog-error-count = Enter a whole number from 0
catalog-status = Status
catalog-status-draft = Draft
catalog-status-active = Active
catalog-status-archived = Archived
catalog-view-all = All
catalog-views = Views
catalog-new-product = Add product
catalog-add-product = Add this product
catalog-search-products = Search products
catalog-search-products-hint = Title, SKU, barcode or vendor
catalog-no-products = No products yet
catalog-no-products-text = Add the first one by hand, or import a file with barrow import shopify.
catalog-none-found = No product fits
catalog-none-found-text = Try a shorter word, or look at all products.
catalog-table = Products, newest first
catalog-picture = Picture
catalog-product = Product
catalog-stock = In stock
catalog-category = Category
catalog-categories = Categories
catalog-changed = Changed
catalog-variants = { $count ->
    [one] 1 variant
   *[other] { $count } variants
}
catalog-uncounted = Not counted
catalog-sold-out-count = { $count } sold out
catalog-shown = { $count ->
    [one] 1 product shown
   *[other] { $count } products shown
}
catalog-view-in-shop = View in shop
catalog-text = Text
catalog-title = Title
catalog-handle = Address
catalog-handle-hint = The old address keeps leading here
catalog-markdown-hint = Markdown: **bold**, _italic_, - list
catalog-html-hint = HTML; it is cleaned before it is shown
catalog-visibility = Visibility
catalog-about-it = Organisation
catalog-tags = Tags
catalog-price-and-stock = Price and stock
catalog-variants-scroll = Variants, scrolls sideways
catalog-variant = Variant
catalog-before-column = Before
catalog-on-hand = On hand
catalog-promised = Promised
catalog-price-of = Price, { $name }
catalog-before-of = Price before, { $name }
catalog-count-of-variant = On hand, { $name }
catalog-variants-hint = “Before” is shown struck through where it is higher than the price. Promised pieces belong to orders that are not shipped yet.
catalog-save = Save
catalog-save-mine = Save mine
catalog-take-theirs = Take theirs
catalog-save-bar = Shoppers see it as soon as it is saved
catalog-save-bar-new = Shoppers see it once it is active
catalog-discard = Discard
catalog-saved = Product saved
catalog-added = Product added
catalog-clash = { $name } saved this product on { $at }
catalog-clash-nobody = This product was saved by another hand
catalog-clash-text = Nothing of yours is lost. This is what differs; save yours or take what is there.
catalog-field = Field
catalog-yours = Yours
catalog-theirs = Theirs
catalog-running-low = Running low
catalog-ask = Ask about this
catalog-ask-email = Your e-mail address
catalog-ask-body = Your question
catalog-ask-send = Send question
catalog-promise-days-exact = With you in { $count } working days.
catalog-pre-order = Pre-order: released and shipped from { $day }.
catalog-back-order-on = Not on the shelf just now. Ships from { $day }.
catalog-in-set = In this set
