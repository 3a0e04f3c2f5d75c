//! The own prices of a list: searched, added, changed, taken in and out as rows of text.

use rocket::form::{Contextual, Form, FromForm};
use rocket::{Responder, Route, get, post, routes};

use super::forms::{Act, AdditionForm, ImportForm, PricesForm, Step};
use super::model::{Kept, PriceRow, amount_of, rows_of};
use super::views::{ListPage, OwnView, called, field_of, filled, hit_rows, own_rows};
use super::{commands, queries};
use crate::platform::access::{ManageProducts, Staff, ViewProducts};
use crate::platform::base::{Broke, Currency, Line, OrBreak, PriceListId, VariantId};
use crate::platform::db::{Conn, Db};
use crate::platform::paths;
use crate::platform::shell::Page;
use crate::platform::web::{self, Between, CsvFile, FormView, Posted};

/// Own prices on a page.
const ROWS: i64 = 100;
/// Rows of a file at most.
const FILE_ROWS: i64 = 100_000;
/// Lines that cannot be read and are named.
const NAMED: usize = 20;

pub(super) fn routes() -> Vec<Route> {
    routes![change, add, file, import]
}

/// What of the own prices is wished for; what cannot be read is as if it were not said.
#[derive(Default, FromForm)]
pub struct Wish {
    q: Option<Line<100>>,
    at: Option<Between<1, 10_000>>,
    variant: Option<VariantId>,
}

/// The own prices of a list with all their forms.
pub(super) async fn own_view(conn: &mut Conn, page: &Page, kept: &Kept, wish: &Wish) -> Result<OwnView, Broke> {
    let at = wish.at.map_or(1, |at| i64::from(at.0));
    let (prices, total) = queries::own_prices(conn, kept.id, (at - 1) * ROWS, ROWS).await?;
    let words = wish.q.as_deref().unwrap_or_default();
    let hits = if words.is_empty() { Vec::new() } else { queries::hits(conn, words).await? };
    let chosen = match wish.variant {
        Some(variant) => queries::variant(conn, variant).await?,
        None => None,
    };
    let path = |at: i64| format!("{}?at={at}#own", paths::admin_price_list(kept.id));
    let (rows, form) = own_rows(page, kept, &prices);
    let variant = chosen.as_ref().map(|hit| hit.variant.to_string()).unwrap_or_default();
    Ok(OwnView {
        rows,
        total,
        at,
        before: (at > 1).then(|| path(at - 1)),
        after: (at * ROWS < total).then(|| path(at + 1)),
        form,
        addition: FormView::filled([("variant", variant), ("pieces", "1".to_owned())]),
        chosen: chosen.as_ref().map(called),
        words: words.to_owned(),
        hits: hit_rows(page, kept.id, &hits),
        import: FormView::empty(),
        looked: None,
    })
}

type Answer = web::Result<Option<Posted<ListPage>>>;

/// The page of a list after one of these forms was refused, or only looked at.
async fn again(conn: &mut Conn, page: Page, kept: &Kept, wish: &Wish, put: impl FnOnce(OwnView) -> OwnView) -> Answer {
    let own = put(own_view(conn, &page, kept, wish).await?);
    let (form, reach) = (filled(&page, kept), queries::reach(conn).await?);
    Ok(Some(Posted::again(ListPage::new(page, Some(kept), reach, form, own))))
}

/// Changes the prices of a page of them; what is emptied goes off the list.
#[post("/admin/price-lists/<id>/prices", data = "<form>")]
async fn change(
    staff: Staff<ManageProducts>,
    page: Page,
    id: PriceListId,
    db: Db,
    form: Form<Contextual<'_, PricesForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    if let Some(typed) = &form.value {
        let read = |(step, typed): (&Step, &Line<20>)| match typed.is_empty() {
            true => Ok((step.0, step.1, None)),
            false => amount_of(typed, kept.currency).map(|amount| (step.0, step.1, Some(amount))).ok_or_else(|| field_of(step)),
        };
        let (prices, wrong): (Vec<_>, Vec<_>) = typed.prices.iter().map(read).partition(Result::is_ok);
        let prices: Vec<_> = prices.into_iter().filter_map(Result::ok).collect();
        if wrong.is_empty() {
            let set = commands::set_prices(&mut conn, &staff, id, &prices, page.now).await.or_break()?;
            return Ok(set
                .ok()
                .map(|()| Posted::done(format!("{}#own", paths::admin_price_list(id)), "price-lists-prices-saved")));
        }
        for field in wrong.into_iter().filter_map(Result::err) {
            refill = refill.with_error(&field, page.t("price-lists-no-price"));
        }
    }
    let at = form.value.as_ref().map(|typed| typed.at);
    again(&mut conn, page, &kept, &Wish { at, ..Default::default() }, |own| OwnView { form: refill, ..own }).await
}

/// Gives one more thing a price.
#[post("/admin/price-lists/<id>/additions", data = "<form>")]
async fn add(
    staff: Staff<ManageProducts>,
    page: Page,
    id: PriceListId,
    db: Db,
    form: Form<Contextual<'_, AdditionForm>>,
) -> Answer {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    let mut wish: Wish = Default::default();
    if let Some(typed) = &form.value {
        wish.variant = typed.variant;
        match (wanted(&mut conn, typed).await?, amount_of(&typed.amount, kept.currency)) {
            (Some(variant), Some(amount)) => {
                let price = [(variant, typed.pieces.0, Some(amount))];
                let set = commands::set_prices(&mut conn, &staff, id, &price, page.now).await.or_break()?;
                return Ok(set
                    .ok()
                    .map(|()| Posted::done(format!("{}#own", paths::admin_price_list(id)), "price-lists-price-added")));
            }
            (None, _) => refill = refill.with_error("sku", page.t("pricing-unknown-sku")),
            (_, None) => refill = refill.with_error("amount", page.t("price-lists-no-price")),
        }
    }
    again(&mut conn, page, &kept, &wish, |own| OwnView { addition: refill, ..own }).await
}

/// The variant that was chosen, else that of the SKU.
async fn wanted(conn: &mut Conn, typed: &AdditionForm) -> Result<Option<VariantId>, Broke> {
    if let Some(variant) = typed.variant {
        return Ok(queries::variant(conn, variant).await?.map(|hit| hit.variant));
    }
    Ok(queries::by_skus(conn, &[typed.sku.to_string()]).await?.into_values().next())
}

/// All own prices as a file.
#[get("/admin/price-lists/<id>/prices.csv")]
async fn file(_staff: Staff<ViewProducts>, id: PriceListId, db: Db) -> web::Result<Option<CsvFile>> {
    let mut conn = db.get().await?;
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    let (prices, _) = queries::own_prices(&mut conn, id, 0, FILE_ROWS).await?;
    let row = |price: super::model::OwnPrice| {
        let plain = kept.currency.plain(price.amount);
        [price.sku, price.from_quantity.to_string(), plain, price.product, price.title]
    };
    let rows: Vec<[String; 5]> = prices.into_iter().map(row).collect();
    let titles = ["SKU", "Pieces", "Price", "Product", "Variant"];
    Ok(Some(CsvFile::new(&format!("price-list-{id}"), &titles, rows.iter().map(|row| row.iter().map(String::as_str)))?))
}

/// What taking rows of text answers: the way on or what is wrong, or what a look at them found.
#[derive(Responder)]
enum Imported {
    Posted(Posted<ListPage>),
    Looked(ListPage),
}

/// Takes own prices of rows of text, or only looks at them.
#[post("/admin/price-lists/<id>/import", data = "<form>")]
async fn import(
    staff: Staff<ManageProducts>,
    page: Page,
    id: PriceListId,
    db: Db,
    form: Form<Contextual<'_, ImportForm>>,
) -> web::Result<Option<Imported>> {
    let mut refill = FormView::of(page.words, &form.context);
    let mut conn = db.get().await?;
    let Some(kept) = queries::list(&mut conn, id).await? else { return Ok(None) };
    let mut looked = None;
    if let Some(typed) = &form.value {
        let (prices, wrong) = resolved(&mut conn, &page, &typed.rows, kept.currency).await?;
        match (wrong.is_empty(), prices.is_empty(), typed.act) {
            (false, ..) => refill = refill.with_error("rows", wrong.join(" · ")),
            (_, true, _) => refill = refill.with_error("rows", page.t("error-required")),
            (_, _, Act::Look) => looked = Some(page.count("price-lists-looked", prices.len())),
            (_, _, Act::Take) => {
                let set = commands::set_prices(&mut conn, &staff, id, &prices, page.now).await.or_break()?;
                let done = || Posted::done(format!("{}#own", paths::admin_price_list(id)), "price-lists-taken");
                return Ok(set.ok().map(|()| Imported::Posted(done())));
            }
        }
    }
    let found = looked.is_some();
    let own = own_view(&mut conn, &page, &kept, &Default::default()).await?;
    let own = OwnView { import: refill, looked, ..own };
    let (form, reach) = (filled(&page, &kept), queries::reach(&mut conn).await?);
    let shown = ListPage::new(page, Some(&kept), reach, form, own);
    Ok(Some(if found { Imported::Looked(shown) } else { Imported::Posted(Posted::again(shown)) }))
}

/// The rows with their variants; and what is wrong with the others, line by line.
async fn resolved(
    conn: &mut Conn,
    page: &Page,
    text: &str,
    currency: Currency,
) -> Result<(Vec<(VariantId, i32, Option<i64>)>, Vec<String>), Broke> {
    let (rows, unreadable) = rows_of(text, currency);
    let skus: Vec<String> = rows.iter().map(|row| row.sku.clone()).collect();
    let known = queries::by_skus(conn, &skus).await?;
    let unknown = rows.iter().filter(|row| !known.contains_key(&row.sku)).map(|row| (row.line, "pricing-unknown-sku"));
    let mut wrong: Vec<(usize, &str)> = unreadable.into_iter().chain(unknown).collect();
    wrong.sort_unstable();
    let said =
        |(line, key): &(usize, &str)| page.with("price-lists-line", &[("line", (*line).into()), ("reason", page.t(key).into())]);
    let said = wrong.iter().take(NAMED).map(said).collect();
    let price = |row: &PriceRow| Some((*known.get(&row.sku)?, row.from_quantity, row.amount));
    Ok((rows.iter().filter_map(price).collect(), said))
}
