//! Lists of products as cards.

use std::collections::HashMap;

use diesel::dsl::{count_star, exists, max, min};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use super::views::{product_cards, product_prices};
use crate::engines::pricing::Content;
use crate::features::catalog::model::{Card, Filter, Found, InList, Listing, PAGE_SIZE, Price, Sort, Span, Tree, Usual};
use crate::platform::base::{Broke, MediaId, Moment, ProductId, TaxClassId, VariantId};
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Said, Wording};
use crate::platform::media::{self, Picture};
use crate::platform::schema::{product_categories, products, variants};

#[derive(Queryable, Selectable)]
#[diesel(table_name = product_cards)]
pub(super) struct CardRow {
    pub(super) id: ProductId,
    handle: String,
    title: String,
    price_from: i64,
    price_to: i64,
    compare_at: Option<i64>,
    buyable: bool,
    only_variant: Option<VariantId>,
    pub(super) media: Vec<MediaId>,
    colours: Vec<String>,
    titles: Said,
    colour_names: Vec<Said>,
    content: Option<Content>,
    lowest_before: Option<i64>,
}

impl CardRow {
    pub(super) fn card(self, pictures: &HashMap<MediaId, Picture>) -> Card {
        Card {
            id: self.id,
            handle: self.handle,
            title: Wording::new(self.title, self.titles),
            price: Price::span(self.price_from, self.price_to, self.compare_at).after(self.lowest_before),
            content: self.content,
            buyable: self.buyable,
            only_variant: self.only_variant,
            photos: self.media.iter().filter_map(|id| pictures.get(id).cloned()).collect(),
            colours: self.colours.into_iter().zip(self.colour_names).map(|(main, others)| Wording::new(main, others)).collect(),
        }
    }
}

async fn with_pictures(conn: &mut Conn, rows: Vec<CardRow>) -> Result<Vec<Card>, Broke> {
    let ids: Vec<MediaId> = rows.iter().flat_map(|row| row.media.iter().copied()).collect();
    let pictures = media::queries::pictures_by_ids(conn, &ids).await?;
    Ok(rows.into_iter().map(|row| row.card(&pictures)).collect())
}

/// The newest products.
pub async fn newest(conn: &mut Conn, limit: i64) -> Result<Vec<Card>, Broke> {
    let ids: Vec<ProductId> = product_prices::table
        .order((product_prices::published_at.desc(), product_prices::id.desc()))
        .select(product_prices::id)
        .limit(limit)
        .load(conn)
        .await?;
    cards_by_ids(conn, &ids).await
}

/// The newest products that cost less than before and can be bought.
pub async fn on_sale(conn: &mut Conn, limit: i64) -> Result<Vec<Card>, Broke> {
    let ids: Vec<ProductId> = product_prices::table
        .filter(product_prices::on_sale.and(product_prices::buyable))
        .order((product_prices::published_at.desc(), product_prices::id.desc()))
        .select(product_prices::id)
        .limit(limit)
        .load(conn)
        .await?;
    cards_by_ids(conn, &ids).await
}

/// These products, in this order; those that shoppers may not see are missing.
pub async fn cards_by_ids(conn: &mut Conn, ids: &[ProductId]) -> Result<Vec<Card>, Broke> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<CardRow> =
        product_cards::table.filter(product_cards::id.eq_any(ids)).select(CardRow::as_select()).load(conn).await?;
    let mut cards = with_pictures(conn, rows).await?;
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(cards)
}

type VariantRow = (VariantId, ProductId, i64, Option<i64>, bool, Option<TaxClassId>, bool, Option<Content>);

/// What the variants of these products cost before anything is told of it, each product's together and in their order.
pub async fn usual_prices(conn: &mut Conn, ids: &[ProductId]) -> QueryResult<Vec<InList>> {
    let rows: Vec<VariantRow> = variants::table
        .inner_join(products::table.on(products::id.eq(variants::product_id)))
        .filter(products::id.eq_any(ids).and(variants::archived_at.is_null()))
        .order((variants::product_id, variants::position, variants::id))
        .select((
            variants::id,
            variants::product_id,
            variants::price,
            variants::compare_at,
            variants::taxable,
            variants::tax_class_id,
            products::gift_card,
            variants::content,
        ))
        .load(conn)
        .await?;
    let read = |(variant, product, price, compare_at, taxable, class, gift_card, content): VariantRow| {
        let taxed = (taxable && !gift_card).then_some(class);
        InList { product, usual: Usual { variant, price, compare_at, taxed }, content }
    };
    Ok(rows.into_iter().map(read).collect())
}

type Listed<'a> = product_prices::BoxedQuery<'a, Pg>;

/// The products of a category (and below it) or of the whole shop.
fn listed<'a>(listing: &Listing, tree: &Tree, filter: &Filter) -> Listed<'a> {
    let mut query = product_prices::table.into_boxed();
    if let Some(category) = listing.category {
        let mine = product_categories::table
            .filter(product_categories::product_id.eq(product_prices::id))
            .filter(product_categories::category_id.eq_any(tree.with_all_below(category)));
        query = query.filter(exists(mine));
    }
    if listing.on_sale {
        query = query.filter(product_prices::on_sale);
    }
    if let Some(min) = filter.min {
        query = query.filter(product_prices::price_to.ge(min));
    }
    if let Some(max) = filter.max {
        query = query.filter(product_prices::price_from.le(max));
    }
    if filter.in_stock {
        query = query.filter(product_prices::buyable);
    }
    query
}

/// A page of a list, and what the list spans.
pub async fn found(conn: &mut Conn, listing: &Listing, tree: &Tree) -> Result<Found, Broke> {
    let span = span(conn, listing, tree).await?;
    let total = match listing.filter.is_empty() {
        true => span.total,
        false => listed(listing, tree, &listing.filter).select(count_star()).get_result(conn).await?,
    };
    let query = listed(listing, tree, &listing.filter).select(product_prices::id);
    let query = match listing.sort {
        Sort::Shop => query.order((place(listing), product_prices::published_at.desc(), product_prices::id.desc())),
        Sort::Newest => query.order((product_prices::published_at.desc(), product_prices::id.desc())),
        Sort::Price => query.order((product_prices::price_from.asc(), product_prices::id.asc())),
        Sort::PriceDown => query.order((product_prices::price_from.desc(), product_prices::id.desc())),
        Sort::Title => query.order((title(listing), product_prices::id.asc())),
    };
    let ids: Vec<ProductId> = query.limit(PAGE_SIZE).offset((listing.page - 1) * PAGE_SIZE).load(conn).await?;
    Ok(Found { cards: cards_by_ids(conn, &ids).await?, total, span })
}

/// The title in the language that the list is sorted in.
fn title(listing: &Listing) -> diesel::expression::SqlLiteral<diesel::sql_types::Text> {
    match listing.titles_in {
        None => diesel::dsl::sql("product_prices.title"),
        Some(locale) => diesel::dsl::sql(&format!("coalesce(product_prices.titles->>'{locale}', product_prices.title)")),
    }
}

/// The place that staff gave a product in the category; those of the categories below come after its own.
fn place(listing: &Listing) -> diesel::expression::SqlLiteral<diesel::sql_types::Integer> {
    let category = listing.category.map_or(0, |id| id.0);
    diesel::dsl::sql(&format!(
        "coalesce((select pc.position from product_categories pc where pc.product_id = product_prices.id and pc.category_id = {category}), 2147483647)"
    ))
}

async fn span(conn: &mut Conn, listing: &Listing, tree: &Tree) -> Result<Span, Broke> {
    let all = listed(listing, tree, &Filter::default());
    let (total, from, to): (i64, Option<i64>, Option<i64>) =
        all.select((count_star(), min(product_prices::price_from), max(product_prices::price_to))).get_result(conn).await?;
    let in_stock = Filter { in_stock: true, ..Filter::default() };
    let in_stock: i64 = listed(listing, tree, &in_stock).select(count_star()).get_result(conn).await?;
    Ok(Span { total, in_stock, price_from: from.unwrap_or(0), price_to: to.unwrap_or(0) })
}

/// The ids after which the parts of the site map begin: every `part` products; 0 first.
pub async fn site_map_parts(conn: &mut Conn, part: i64) -> QueryResult<Vec<ProductId>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        id: ProductId,
    }
    let last_of_each = "select id from (select id, row_number() over (order by id) as place from products where status = 'active') p
                         where place % $1 = 0 and exists (select 1 from products n where n.status = 'active' and n.id > p.id) order by id";
    let rows: Vec<Row> = db::sql(last_of_each).bind::<diesel::sql_types::BigInt, _>(part).load(conn).await?;
    Ok([ProductId(0)].into_iter().chain(rows.into_iter().map(|row| row.id)).collect())
}

/// Handles of products shoppers may see with their last change, in the order of their ids, after one of them.
pub async fn site_map(conn: &mut Conn, after: ProductId, limit: i64) -> QueryResult<Vec<(ProductId, String, Moment)>> {
    products::table
        .filter(products::status.eq("active").and(products::id.gt(after)))
        .order(products::id)
        .select((products::id, products::handle, products::updated_at))
        .limit(limit)
        .load(conn)
        .await
}
