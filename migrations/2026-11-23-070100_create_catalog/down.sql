drop table handle_redirects, product_categories, variant_options, variants, product_media, option_values, product_options, products, categories;
