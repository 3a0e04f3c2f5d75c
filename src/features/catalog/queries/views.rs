//! The views of the database that this room reads (see the migrations `create_catalog_views` and `create_price_history`).

diesel::table! {
    variant_shelf (variant_id) {
        variant_id -> BigInt,
        product_id -> BigInt,
        unlimited -> Bool,
        saleable -> BigInt,
        present -> BigInt,
        pre_order -> Bool,
        ships_on -> Nullable<Date>,
        bundle -> Bool,
        weight_grams -> Integer,
    }
}

diesel::table! {
    product_prices (id) {
        id -> BigInt,
        title -> Text,
        published_at -> Nullable<Timestamptz>,
        price_from -> BigInt,
        price_to -> BigInt,
        buyable -> Bool,
        on_sale -> Bool,
        titles -> Jsonb,
    }
}

diesel::table! {
    product_cards (id) {
        id -> BigInt,
        handle -> Text,
        title -> Text,
        price_from -> BigInt,
        price_to -> BigInt,
        compare_at -> Nullable<BigInt>,
        buyable -> Bool,
        on_sale -> Bool,
        only_variant -> Nullable<BigInt>,
        media -> Array<BigInt>,
        colours -> Array<Text>,
        titles -> Jsonb,
        colour_names -> Array<Jsonb>,
        content -> Nullable<Text>,
        lowest_before -> Nullable<BigInt>,
    }
}

diesel::table! {
    current_prices (variant_id) {
        variant_id -> BigInt,
        price -> BigInt,
        compare_at -> Nullable<BigInt>,
    }
}

diesel::define_sql_function! {
    /// The lowest price of the thirty days before the price that a variant has now.
    fn lowest_price_before(variant: BigInt) -> Nullable<BigInt>;
}

use diesel::sql_types::BigInt;

use crate::platform::schema::{product_categories, variants};

diesel::allow_tables_to_appear_in_same_query!(variant_shelf, variants, current_prices);
diesel::allow_tables_to_appear_in_same_query!(product_prices, product_categories);
diesel::allow_tables_to_appear_in_same_query!(product_cards, product_categories);
