//! The mail with the way to a gift card: a link that shows the code once. The code itself stands in no mail.

use super::views::good_until;
use crate::engines::credit::{self, queries::Card, queries::Stands};
use crate::platform::base::{Broke, CreditAccountId, Failed, Moment, Never, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// Writes the mail of a card. Running it twice writes one; where another was asked for since, that one is written.
pub async fn write(conn: &mut Conn, id: CreditAccountId, sending: i32, config: &Config, now: Moment) -> Result<(), Broke> {
    let shop = settings::queries::facts(conn).await?;
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(card) = credit::queries::card(tx, id, now).await? else { return Ok(()) };
        if card.sendings != sending || card.email.is_empty() || card.stands(now) != Stands::Good {
            return Ok(());
        }
        let token = Token::random();
        let draft = letter(&card, &token, &shop, config)?;
        if mail::commands::queue(tx, &draft.once(format!("gift_card:{id}:{sending}"))).await?.is_some() {
            credit::link(tx, id, &token.hash(), now).await?;
        }
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The letter: the words of whoever gives the card, and the link. The code itself stands in no letter.
fn letter(card: &Card, link: &Token, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(card.locale);
    let values = [("amount", words.money(card.money(card.balance)).into()), ("shop", shop.name.as_str().into())];
    let say = |part: &str| words.with(&format!("gift-cards-mail-{part}"), &values);
    Letter::new(words, say("heading"))
        .say(card.words.clone())
        .say(say("text"))
        .button(say("open"), config.absolute(&paths::gift_card_sheet(link)))
        .say(good_until(&words, card.expires_at, shop.zone))
        .say(say("once"))
        .draft("gift_card", &card.email, say("subject"), shop, config)
}
