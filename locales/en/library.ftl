library-views = Views
library-all = All
library-missing = Without a text
library-unused = Used nowhere
library-upload = Add pictures
library-files = Files
library-files-hint = JPEG, PNG or WebP; several at once
library-upload-do = Upload
library-taken-in = Pictures taken in
library-no-file = Choose a file first
library-search = Search the pictures
library-search-hint = File, text or product
library-none-found = No picture fits
library-none-found-text = Try a shorter word, or look at all of them.
library-empty = No pictures yet
library-empty-text = Pictures of products and categories stand here, and those you take in above.
library-shown = { $count ->
    [one] 1 picture shown
   *[other] { $count } pictures shown
}
library-uses = { $count ->
    [0] Used nowhere
    [one] Used once
   *[other] Used { $count } times
}
library-unnamed = Picture { $name }
library-no-text = No text
library-broken = Cannot be shown
library-this = This picture
library-texts = What it shows
library-texts-hint = For those who cannot see it, and for search engines. The same picture may need other words in another product.
library-text-in = In { $name }
library-save = Save
library-described = Texts saved
library-where = Where it is used
library-nowhere = Nowhere. It can be removed, or chosen for a product.
library-in-product = Picture of the product
library-on-variant = On the variant { $name }
library-on-category = Category { $name }
library-as-logo = The shop’s logo
library-in-orders = { $count ->
    [one] In 1 line of an order
   *[other] In { $count } lines of orders
}
library-used-stays = A picture that is used somewhere cannot be removed.
library-remove = Remove
library-removed = Picture removed
library-facts = File
library-size = Pixels
library-file = Kind
library-added = Added
library-state = State
