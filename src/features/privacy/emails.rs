//! The mails of this room: the link that proves a guest's address, and the last letter to somebody who is forgotten.

use super::commands;
use super::model::Asks;
use super::queries::request_by_id;
use crate::platform::base::{Broke, Failed, Moment, Never, OrBreak, PrivacyRequestId, Token};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::{Locale, Words};
use crate::platform::mail::{self, Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// Writes the mail of a request. Running it twice writes one mail.
pub async fn write(conn: &mut Conn, id: PrivacyRequestId, config: &Config, now: Moment) -> Result<(), Broke> {
    let shop = settings::queries::facts(conn).await?;
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(request) = request_by_id(tx, id).await? else { return Ok(()) };
        let token = Token::random();
        let words = Words::new(request.locale);
        let name = match request.asks {
            Asks::Copy => "copy",
            Asks::Erasure => "erasure",
        };
        let say = |part: &str| words.named(&format!("privacy-mail-{name}-{part}"), &shop.name);
        let letter = Letter::new(words, say("heading"))
            .say(say("text"))
            .button(say("button"), config.absolute(&paths::privacy_request(&token)))
            .say(words.t("privacy-mail-else"));
        let draft = letter.draft("privacy_request", &request.email, say("subject"), &shop, config)?;
        if mail::commands::queue(tx, &draft.once(format!("privacy_request:{id}"))).await?.is_some() {
            commands::make_good(tx, id, &token).await?;
        } else {
            tracing::debug!(request = id.0, now = %now, "the mail of this request was written before");
        }
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The last letter: everything was forgotten but what the law keeps.
///
/// # Errors
/// A letter that cannot be printed: a mistake in the program.
pub fn erased(email: &str, locale: Locale, shop: &ShopFacts, config: &Config) -> anyhow::Result<Draft> {
    let words = Words::new(locale);
    let say = |part: &str| words.named(&format!("privacy-mail-erased-{part}"), &shop.name);
    Letter::new(words, say("heading")).say(say("text")).draft("privacy_erased", email, say("subject"), shop, config)
}
