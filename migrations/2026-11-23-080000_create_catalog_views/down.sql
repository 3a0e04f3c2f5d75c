drop view category_paths, product_cards, product_prices, variant_shelf;
drop index products_newest, product_media_product, variant_options_value, products_title;
