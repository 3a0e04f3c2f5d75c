shelving-products = { $count ->
    [0] No products
    [one] 1 product
   *[other] { $count } products
}
shelving-count = { $count ->
    [one] 1 category
   *[other] { $count } categories
}
shelving-new = Add category
shelving-new-below = Add a category below { $name }
shelving-add = Add
shelving-what = The new category
shelving-then-more = Picture and text come next
shelving-none = No categories yet
shelving-none-text = Categories are the rooms of your shop: they make its menu and help shoppers find their way.
shelving-up = Move { $name } up
shelving-down = Move { $name } down
shelving-first = Move { $name } to the top
shelving-parent = Stands below
shelving-parent-hint = Categories on the top level make the menu of the shop
shelving-top = Nothing: top level
shelving-place = Place and address
shelving-last-changed = Last changed { $name }
shelving-preview = Preview
shelving-preview-empty = There is no text yet.
shelving-seo = In search engines
shelving-seo-title = Title for search engines
shelving-seo-title-hint = Without one, the category’s title stands there
shelving-seo-description = Description for search engines
shelving-seo-description-hint = Up to about 160 characters are shown; without one, the text begins there
shelving-image-file = Choose a picture
shelving-image-hint = JPEG, PNG or WebP
shelving-image-none = None: the shop shows the newest product’s picture instead.
shelving-no-image = Remove this picture
shelving-added = Category added
shelving-saved = Category saved
shelving-removed = Category removed
shelving-remove = Remove
shelving-removal = Remove { $name }?
shelving-removal-what = This will happen
shelving-removal-children = { $count ->
    [one] The category { $names } moves up and stands below { $parent }.
   *[other] The categories { $names } move up and stand below { $parent }.
}
shelving-removal-children-top = { $count ->
    [one] The category { $names } moves up to the top level.
   *[other] The categories { $names } move up to the top level.
}
shelving-removal-no-products = There are no products in it.
shelving-removal-products = { $count ->
    [one] Its one product stays in the shop, and in its other categories.
   *[other] Its { $count } products stay in the shop, and in their other categories.
}
shelving-removal-products-homeless = { $count ->
    [one] Its one product stays in the shop, but in no category.
   *[other] Its { $count } products stay in the shop; { $homeless } of them will be in no category.
}
shelving-removal-links = { $count ->
    [one] One link to it vanishes from the menus, with those below it.
   *[other] { $count } links to it vanish from the menus, with those below them.
}
shelving-removal-address = Its address leads to { $name } from then on.
shelving-removal-address-none = Its address leads nowhere from then on.
shelving-remove-do = Remove { $name }
shelving-keep = Keep it
shelving-gone = This category no longer exists
shelving-changed = Somebody saved this category meanwhile
shelving-too-deep = A tree of more than { $count } levels is hard to find one’s way in; choose a higher place
shelving-clash = { $name } saved this category meanwhile ({ $at })
shelving-arrange = Show and arrange
shelving-arrange-title = Products in { $name }
shelving-order = Order in the shop
shelving-order-own = Your own order. A product that is new here stands first until you move it.
shelving-order-newest = The newest stands first. Move a product, and the order is yours from then on.
shelving-forget = Newest first again
shelving-order-forgotten = The newest stands first again
shelving-empty = There is nothing in this category yet.
shelving-more = These are the first { $count }; move products to the top to bring others here.
shelving-add-product = Add a product
shelving-find-product = Title of a product
shelving-none-offered = No other product has such a title.
shelving-put-in = Add
shelving-take-out = Take { $name } out of this category
shelving-product-added = Product added
shelving-product-removed = Product taken out; it stays in the shop
