catalog-value-twice = The value “{ $name }” stands there twice
catalog-must-stay = This product was sold or is on offer. It can be archived, not deleted.
catalog-error-values = Name at least one value, one a line
catalog-error-moment = Enter day and time
catalog-error-past = This moment has passed; choose “Active” to publish now
catalog-status-scheduled = Scheduled
catalog-scheduled-for = Scheduled for { $name }
catalog-publish-at = Publish at
catalog-publish-hint = For “Scheduled”; clock of { $name }
catalog-more = More
catalog-copy = Duplicate
catalog-copy-title = { $name } (copy)
catalog-copied = Product duplicated; the copy is a draft
catalog-archive = Archive
catalog-delete = Delete draft
catalog-deleted = Draft deleted
catalog-archived-title = Archived
catalog-archived-text = Shoppers no longer see this product; past orders keep it.
catalog-brought-back = Product brought back
catalog-undo = Undo
catalog-unsaved = Unsaved changes
catalog-md-heading = Heading
catalog-md-bold = Bold
catalog-md-italic = Italic
catalog-md-link = Link
catalog-md-list = List
catalog-md-numbers = Numbered list
catalog-md-quote = Quote
catalog-show-as = Show
catalog-write = Write
catalog-preview = Preview
catalog-preview-refresh = Refresh preview
catalog-pictures = Pictures
catalog-pictures-kept = { $count ->
    [one] 1 picture is uploaded already
   *[other] { $count } pictures are uploaded already
}
catalog-first-is-cover = The first is the cover
catalog-cover = Cover
catalog-no-alt = No description
catalog-alt-hint = Describe the picture
catalog-alt-of = Description, picture { $count }
catalog-picture-number = Picture { $count }
catalog-picture-earlier = Move picture { $count } earlier
catalog-picture-later = Move picture { $count } later
catalog-picture-remove = Remove picture { $count }
catalog-picture-removed = Picture removed
catalog-picture-broken = This file cannot be shown
catalog-picture-of = Picture, { $name }
catalog-drop = Drop, paste or choose pictures
catalog-picture-kinds = JPEG, PNG or WebP, up to 25 MB each
catalog-upload = Upload
catalog-no-file = Choose a file first
catalog-upload-failed = not uploaded
catalog-upload-waiting = waiting
catalog-retry = Try again
catalog-options = Options
catalog-option-name = Option
catalog-option-of = Option { $name }
catalog-option-example = Colour
catalog-option-colour = Colour
catalog-option-size = Size
catalog-option-material = Material
catalog-options-hint = An emptied field is removed, with the variants that have it. New values are combined with all others.
catalog-options-new-hint = Each combination becomes a variant with the price and stock below; you can change each of them afterwards.
catalog-new-option = New option { $count }
catalog-add-option = Add an option
catalog-values = Values
catalog-values-of = Values of { $name }
catalog-value-of = Value { $name }
catalog-more-values = More values
catalog-one-a-line = One a line
catalog-place = Place
catalog-place-of = Place of { $name }
catalog-move-up = Move { $name } up
catalog-move-down = Move { $name } down
catalog-make = Combinations to make
catalog-not-made = { $count ->
    [one] 1 combination is not made
   *[other] { $count } combinations are not made
}
catalog-sku-of = SKU, { $name }
catalog-barcode-of = Barcode, { $name }
catalog-weight-of = Weight in grams, { $name }
catalog-grams = Grams
catalog-grams-long = Weight in grams
catalog-sku-new-hint = With options it stands before the values
catalog-count-new-hint = Of each variant
catalog-remove = Remove
catalog-remove-variant = Remove { $name }
catalog-search-engines = Search engines
catalog-serp = How a search engine shows it
catalog-seo-title = Page title
catalog-seo-title-hint = About 60 characters; else the title
catalog-seo-description = Description in results
catalog-seo-description-hint = About 155 characters; else the first words of the description
catalog-tags-hint = With commas between
catalog-changed-at = Last changed { $name }
catalog-clash-merged = Nothing of yours is lost: you changed different fields. Look it over and save.
catalog-clash-choose = { $count ->
    [one] Nothing of yours is lost. One field differs; choose what stays, then save.
   *[other] Nothing of yours is lost. { $count } fields differ; choose what stays, then save.
}
catalog-clash-taken = Changed by { $name } and taken over
catalog-was = Before
catalog-is = Now
catalog-save-choice = Save my choice
catalog-take-all = Take all of { $name }’s
catalog-in-en = { $name } (English)
catalog-in-de = { $name } (German)
<<<<<<< HEAD
catalog-bundle = Bundle
catalog-stock-and-parts = Stock and parts
||||||| 0c1c399
=======
catalog-delivery-profile = Delivery profile
catalog-delivery-usual = Sent as most goods are
>>>>>>> trunk
