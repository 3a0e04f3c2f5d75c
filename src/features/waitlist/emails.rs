//! The mails of this room: the link by which an address says yes, and the news that something is back.

use super::queries::{self, Goods, Wish};
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, StockWishId};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Words};
use crate::platform::mail::{self, Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// "Kettle, Mint" in this language.
fn called(goods: &Goods, locale: Locale) -> String {
    match goods.variant_title.kept_in(locale) {
        "" => goods.title.kept_in(locale).to_owned(),
        variant => format!("{}, {variant}", goods.title.kept_in(locale)),
    }
}

/// Writes the mail that asks an address whether it wants to be told. Asked twice on a day, it is one mail.
pub async fn write_question(conn: &mut Conn, id: StockWishId, config: &Config, now: Moment) -> Result<(), Broke> {
    let shop = settings::queries::facts(conn).await?;
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(wish) = queries::wish_by_id(tx, id).await?.filter(|wish| wish.confirmed_at.is_none()) else { return Ok(()) };
        let Some(goods) = queries::goods(tx, wish.variant).await? else { return Ok(()) };
        let draft = question(&wish, &goods, &shop, config)?;
        let day = now.format("%Y-%m-%d").to_string();
        mail::commands::queue(tx, &draft.once(format!("stock_wish:{id}:{day}"))).await?;
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The letter that asks an address whether it wants to be told.
fn question(wish: &Wish, goods: &Goods, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(wish.locale);
    let values = [("name", called(goods, wish.locale).into()), ("shop", shop.name.as_str().into())];
    let say = |part: &str| words.with(&format!("waitlist-mail-ask-{part}"), &values);
    let letter = Letter::new(words, say("heading"))
        .say(say("text"))
        .button(say("button"), config.absolute(&paths::stock_wish(&wish.token)))
        .say(say("else"));
    letter.draft("stock_wish", &wish.email, say("subject"), shop, config)
}

/// The letter that says that something is back.
///
/// # Errors
/// A letter that cannot be printed: a mistake in the program.
pub fn back(wish: &Wish, goods: &Goods, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(wish.locale);
    let end = config.absolute(&paths::stock_wish(&wish.token));
    let values =
        [("name", called(goods, wish.locale).into()), ("shop", shop.name.as_str().into()), ("link", end.as_str().into())];
    let say = |part: &str| words.with(&format!("waitlist-mail-back-{part}"), &values);
    let letter = Letter::new(words, say("heading"))
        .say(say("text"))
        .button(say("button"), config.absolute(&paths::product_variant(&goods.handle, goods.variant)))
        .say(say("end"));
    let draft = letter.draft("back_in_stock", &wish.email, say("subject"), shop, config)?;
    Ok(draft.once(format!("back_in_stock:{}", wish.id)))
}
