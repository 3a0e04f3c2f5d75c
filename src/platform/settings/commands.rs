//! Acts on the settings: each is refused when somebody else saved the same page meanwhile, written to the audit trail, told in the feed.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};

use super::announcement::{self, Announcement};
use super::market_commands;
use super::model::{LegalKind, StockRules};
use super::queries;
use super::sections::{Fields, General, LegalText, Payment, SaveRefused, Saved, seen};
use crate::platform::access::{self, Person};
use crate::platform::base::{Failed, MediaId, Moment, Never};
use crate::platform::db::Conn;
use crate::platform::feed::{self, Subject};
use crate::platform::schema::{audit, legal_pages, orders, products, settings, shipping_methods, staff};

/// Saves who the shop is. The currency can change only while nothing has a price.
pub async fn save_general(tx: &mut Conn, by: &Person, mark: &str, new: &General, now: Moment) -> Result<(), Failed<SaveRefused>> {
    hold(tx).await?;
    let old = General::of(&queries::facts(tx).await?);
    unchanged(tx, mark, old.fields(), "settings.general").await?;
    if new.currency != old.currency && has_prices(tx).await? {
        return Err(SaveRefused::CurrencyFixed.into());
    }
    if new.currency != old.currency {
        // Rates say what the currency of before was worth.
        market_commands::forget_rates(tx).await?;
    }
    write_general(tx, new, now).await?;
    told(tx, by, "settings.general", &old.fields(), &new.fields()).await
}

async fn write_general(tx: &mut Conn, new: &General, now: Moment) -> QueryResult<()> {
    let codes: Vec<&str> = new.countries.iter().map(|country| country.code()).collect();
    diesel::update(settings::table)
        .set((
            (settings::shop_name.eq(&new.name), settings::legal_name.eq(&new.legal_name), settings::street.eq(&new.street)),
            (settings::postal_code.eq(&new.postal_code), settings::city.eq(&new.city), settings::country.eq(new.country.code())),
            (settings::phone.eq(&new.phone), settings::currency.eq(new.currency.code()), settings::time_zone.eq(new.zone.name())),
            (settings::locale.eq(new.locale), settings::countries.eq(codes)),
            (settings::sender_email.eq(&new.sender_email), settings::notice_email.eq(&new.notice_email)),
            settings::prices_include_tax.eq(new.prices_include_tax),
            (settings::version.eq(settings::version + 1), settings::updated_at.eq(now)),
        ))
        .execute(tx)
        .await?;
    Ok(())
}

/// Whether anything has a price in the shop's currency.
pub async fn has_prices(conn: &mut Conn) -> QueryResult<bool> {
    use diesel::dsl::exists;
    let goods = exists(products::table.select(products::id));
    let sold = exists(orders::table.select(orders::id));
    let sent = exists(shipping_methods::table.select(shipping_methods::id));
    diesel::select(goods.or(sold).or(sent)).get_result(conn).await
}

/// Saves how shoppers pay.
pub async fn save_payment(tx: &mut Conn, by: &Person, mark: &str, new: &Payment, now: Moment) -> Result<(), Failed<SaveRefused>> {
    hold(tx).await?;
    let old = Payment::of(&queries::facts(tx).await?);
    unchanged(tx, mark, old.fields(), "settings.payment").await?;
    write_payment(tx, new, now).await?;
    told(tx, by, "settings.payment", &old.fields(), &new.fields()).await
}

async fn write_payment(tx: &mut Conn, new: &Payment, now: Moment) -> QueryResult<()> {
    diesel::update(settings::table)
        .set((
            settings::bank_details.eq(new.bank_details.main()),
            settings::translations.eq(new.translations()),
            settings::unpaid_days.eq(new.unpaid_days),
            settings::reservation_minutes.eq(new.reservation_minutes),
            (settings::version.eq(settings::version + 1), settings::updated_at.eq(now)),
        ))
        .execute(tx)
        .await?;
    Ok(())
}

/// Saves a legal page; without text it vanishes from the shop.
pub async fn save_legal(
    tx: &mut Conn,
    by: &Person,
    kind: LegalKind,
    mark: &str,
    new: &LegalText,
    now: Moment,
) -> Result<(), Failed<SaveRefused>> {
    hold(tx).await?;
    let old = queries::legal_text(tx, kind).await?;
    let action = format!("settings.legal.{kind}");
    unchanged(tx, mark, old.fields(), &action).await?;
    write_legal(tx, kind, new, now).await?;
    feed::tell(tx, Subject::Content, None).await?;
    told(tx, by, &action, &old.fields(), &new.fields()).await
}

async fn write_legal(tx: &mut Conn, kind: LegalKind, new: &LegalText, now: Moment) -> QueryResult<()> {
    let row = (
        legal_pages::title.eq(&new.title),
        legal_pages::body.eq(&new.body),
        legal_pages::translations.eq(&new.translations),
        legal_pages::updated_at.eq(now),
    );
    diesel::update(legal_pages::table.find(kind)).set(row).execute(tx).await.map(drop)
}

/// Says above which amount a refund asks for a fresh proof; `None`: none does.
pub async fn set_refund_proof(tx: &mut Conn, by: &Person, above: Option<i64>, now: Moment) -> Result<(), Failed<Never>> {
    hold(tx).await?;
    let old: Option<i64> = queries::refund_proof_above(tx).await?;
    diesel::update(settings::table)
        .set((settings::refund_proof_above.eq(above), settings::updated_at.eq(now)))
        .execute(tx)
        .await?;
    let (before, after) = (json!({ "refund_proof_above": old }), json!({ "refund_proof_above": above }));
    access::audit(tx, by, "settings.refund_proof", "settings", None, Some(before), Some(after)).await?;
    Ok(())
}

/// Says whether the lowest price of thirty days stands beside a price before.
pub async fn set_lowest_price(tx: &mut Conn, by: &Person, told: bool, now: Moment) -> Result<(), Failed<Never>> {
    hold(tx).await?;
    let old = queries::facts(tx).await?.lowest_price;
    diesel::update(settings::table)
        .set((settings::lowest_price.eq(told), settings::version.eq(settings::version + 1), settings::updated_at.eq(now)))
        .execute(tx)
        .await?;
    let (before, after) = (json!({ "lowest_price": old }), json!({ "lowest_price": told }));
    access::audit(tx, by, "settings.lowest_price", "settings", None, Some(before), Some(after)).await?;
    Ok(feed::tell(tx, Subject::Settings, None).await?)
}

/// Says when something runs low, and by which rules orders are sent from the places where goods lie.
pub async fn set_stock_rules(tx: &mut Conn, by: &Person, rules: &StockRules, now: Moment) -> Result<(), Failed<Never>> {
    hold(tx).await?;
    let old = queries::stock_rules(tx).await?;
    diesel::update(settings::table)
        .set((
            (settings::low_stock.eq(rules.low_stock), settings::stock_routing.eq(&rules.routing)),
            (settings::version.eq(settings::version + 1), settings::updated_at.eq(now)),
        ))
        .execute(tx)
        .await?;
    let said = |rules: &StockRules| json!({ "low_stock": rules.low_stock, "routing": rules.routing });
    access::audit(tx, by, "settings.stock", "settings", None, Some(said(&old)), Some(said(rules))).await?;
    Ok(())
}

/// Shows another logo, or none.
pub async fn set_logo(tx: &mut Conn, by: &Person, logo: Option<MediaId>, now: Moment) -> QueryResult<()> {
    diesel::update(settings::table)
        .set((settings::logo_media_id.eq(logo), settings::version.eq(settings::version + 1), settings::updated_at.eq(now)))
        .execute(tx)
        .await?;
    access::audit(tx, by, "settings.logo", "settings", None, None, Some(json!({ "media": logo }))).await?;
    feed::tell(tx, Subject::Settings, None).await
}

/// Opens a new shop: what the first-run page was filled in with. `false`: it is open already.
pub async fn open_new_shop(tx: &mut Conn, who: &str, new: &General, now: Moment) -> QueryResult<bool> {
    hold(tx).await?;
    let opened: Option<Moment> = settings::table.select(settings::opened_at).first(tx).await?;
    if opened.is_some() {
        return Ok(false);
    }
    write_general(tx, new, now).await?;
    diesel::update(settings::table).set(settings::opened_at.eq(now)).execute(tx).await?;
    access::audit_without_staff(tx, who, "settings.opened", "settings", None, Some(changed(&Vec::new(), &new.fields()).1))
        .await?;
    feed::tell(tx, Subject::Settings, None).await?;
    Ok(true)
}

/// Opens a new shop that is only shown, with everything its settings pages ask for. `false`: it is open already.
pub async fn open_demo(
    tx: &mut Conn,
    who: &str,
    general: &General,
    payment: &Payment,
    announcement: &Announcement,
    legal: &[(LegalKind, LegalText)],
    now: Moment,
) -> QueryResult<bool> {
    if !open_new_shop(tx, who, general, now).await? {
        return Ok(false);
    }
    write_payment(tx, payment, now).await?;
    announcement::write(tx, announcement, now).await?;
    for (kind, text) in legal {
        write_legal(tx, *kind, text, now).await?;
    }
    diesel::update(settings::table).set(settings::demo.eq(true)).execute(tx).await?;
    feed::tell(tx, Subject::Content, None).await?;
    Ok(true)
}

/// One editor of settings at a time; also for the pages whose rows lie elsewhere (delivery, tax).
pub async fn hold(tx: &mut Conn) -> QueryResult<()> {
    settings::table.select(settings::version).for_update().first::<i32>(tx).await.map(drop)
}

/// Refuses when what is kept now is not what the editor saw.
pub async fn unchanged(tx: &mut Conn, mark: &str, theirs: Fields, action: &str) -> Result<(), Failed<SaveRefused>> {
    if seen(&theirs) == mark {
        return Ok(());
    }
    let last: Option<(String, Moment, Option<String>)> = audit::table
        .left_join(staff::table.on(audit::staff_id.eq(staff::id.nullable())))
        .filter(audit::action.eq(action))
        .order(audit::id.desc())
        .select((audit::staff_email, audit::at, staff::name.nullable()))
        .first(tx)
        .await
        .optional()?;
    let (by, at) = match last {
        Some((email, at, name)) => (name.filter(|name| !name.is_empty()).unwrap_or(email), Some(at)),
        None => (String::new(), None),
    };
    Err(SaveRefused::Changed { theirs, by, at }.into())
}

/// Writes the change down and tells the shop.
pub(super) async fn told(
    tx: &mut Conn,
    by: &Person,
    action: &str,
    old: &Fields,
    new: &Fields,
) -> Result<(), Failed<SaveRefused>> {
    let (before, after) = changed(old, new);
    access::audit(tx, by, action, "settings", None, Some(before), Some(after)).await?;
    feed::tell(tx, Subject::Settings, None).await?;
    Ok(())
}

/// Only the fields that differ, before and after.
fn changed(old: &Fields, new: &Fields) -> (Value, Value) {
    let of = |fields: &Fields, others: &Fields| {
        let mut kept = Map::new();
        for (name, _) in fields {
            let values = |fields: &Fields| -> Vec<String> {
                fields.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
            };
            if values(fields) != values(others) {
                kept.insert((*name).to_owned(), json!(values(fields).join(", ")));
            }
        }
        Value::Object(kept)
    };
    (of(old, new), of(new, old))
}
