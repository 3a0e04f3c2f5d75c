//! The mails of accounts: links to prove a mailbox, and what was changed. Each in the language of its reader.

use crate::features::customers;
use crate::features::customers::model::{Link, LinkKind};
use crate::features::customers::queries::{Account, account_by_email, link_by_id};
use crate::platform::base::{Broke, CustomerLinkId, Failed, Moment, Never, OrBreak, Token};
use crate::platform::config::Config;
use crate::platform::db::{self, Conn};
use crate::platform::i18n::Words;
use crate::platform::mail::{self, Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::{self, ShopFacts};

/// What a letter is written with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub words: Words,
    pub shop: &'a ShopFacts,
    pub config: &'a Config,
}

/// Writes the mail of a link that was asked for: what it says depends on whether there is an account of this address.
/// Running it twice writes one mail.
pub async fn write_link(conn: &mut Conn, id: CustomerLinkId, config: &Config, now: Moment) -> Result<(), Broke> {
    let shop = settings::queries::facts(conn).await?;
    let written = db::transaction(conn, async |tx: &mut Conn| -> Result<(), Failed<Never>> {
        let Some(link) = link_by_id(tx, id).await? else { return Ok(()) };
        let account = account_by_email(tx, &link.email).await?;
        let desk = Desk { words: Words::new(link.locale), shop: &shop, config };
        let token = Token::random();
        let letter = match (link.kind, &account) {
            (LinkKind::Reset, None) => None,
            (LinkKind::Register | LinkKind::Verify | LinkKind::Change, Some(account)) if Some(account.id) != link.customer => {
                Some(desk.known(account)?)
            }
            _ => Some(desk.link(&link, &token)?),
        };
        let good = matches!(&letter, Some(draft) if draft.kind != KNOWN);
        let queued = match letter {
            Some(draft) => mail::commands::queue(tx, &draft.once(format!("customer_link:{id}"))).await?.is_some(),
            None => false,
        };
        match good {
            true if queued => {
                let customer = link.customer.or_else(|| account.as_ref().map(|account| account.id));
                customers::commands::make_good(tx, id, customer, &token).await?;
            }
            true => tracing::debug!(link = id.0, now = %now, "the mail of this link was written before"),
            false => {
                customers::commands::spend_link(tx, id).await?;
            }
        }
        Ok(())
    });
    written.await.or_break().map(|done| done.unwrap_or_else(|never| match never {}))
}

/// The kind of the mail that says there is an account already.
const KNOWN: &str = "customer_known";

impl Desk<'_> {
    fn say(&self, key: &str, email: &str) -> String {
        let values = [("shop", self.shop.name.as_str().into()), ("email", email.into())];
        self.words.with(&format!("account-mail-{key}"), &values)
    }

    fn letter(&self, name: &str, email: &str) -> Letter {
        Letter::new(self.words, self.say(&format!("{name}-heading"), email)).say(self.say(&format!("{name}-text"), email))
    }

    fn draft(&self, letter: Letter, name: &str, kind: &'static str, to: &str) -> anyhow::Result<Draft> {
        letter.draft(kind, to, self.say(&format!("{name}-subject"), to), self.shop, self.config)
    }

    /// The way to do what was asked for.
    fn link(&self, link: &Link, token: &Token) -> anyhow::Result<Draft> {
        let (name, kind, path) = match link.kind {
            LinkKind::Register if link.password_hash.is_none() => {
                ("open", "customer_register", paths::account_confirmation(token))
            }
            LinkKind::Register => ("register", "customer_register", paths::account_confirmation(token)),
            LinkKind::Verify => ("verify", "customer_verify", paths::account_verification_link(token)),
            LinkKind::Reset => ("reset", "customer_reset", paths::password_reset_link(token)),
            LinkKind::Change => ("change", "customer_change", paths::account_email_link(token)),
        };
        let button = (self.say(&format!("{name}-button"), &link.email), self.config.absolute(&path));
        let letter =
            self.letter(name, &link.email).button(button.0, button.1).say(self.say(&format!("{name}-else"), &link.email));
        self.draft(letter, name, kind, &link.email)
    }

    /// Somebody wanted an account of this address, and there is one.
    fn known(&self, account: &Account) -> anyhow::Result<Draft> {
        let desk = Desk { words: Words::new(account.locale), ..*self };
        let letter = desk
            .letter("known", &account.email)
            .button(desk.say("known-button", &account.email), desk.config.absolute(&paths::sign_in()))
            .button(desk.say("known-reset", &account.email), desk.config.absolute(&paths::password_reset()));
        desk.draft(letter, "known", KNOWN, &account.email)
    }

    fn notice(&self, name: &str, kind: &'static str, to: &str, about: &str) -> anyhow::Result<Draft> {
        self.draft(self.letter(name, about), name, kind, to)
    }

    pub fn password_changed(&self, email: &str) -> anyhow::Result<Draft> {
        let letter = self.letter("password", email);
        let letter = letter.button(self.say("known-reset", email), self.config.absolute(&paths::password_reset()));
        self.draft(letter, "password", "customer_password", email)
    }

    /// To the old address: the account has another one now.
    pub fn email_changed(&self, account: &Account, email: &str) -> anyhow::Result<Draft> {
        let desk = Desk { words: Words::new(account.locale), ..*self };
        desk.notice("moved", "customer_moved", &account.email, email)
    }

    /// What opens the account was changed; `what` names the sentence.
    pub fn secured(&self, email: &str, what: &str) -> anyhow::Result<Draft> {
        let letter = Letter::new(self.words, self.say("secured-heading", email))
            .say(self.say(&format!("secured-{what}"), email))
            .say(self.say("secured-else", email))
            .button(self.say("secured-button", email), self.config.absolute(&paths::account_security()));
        self.draft(letter, "secured", "customer_secured", email)
    }

    pub fn closed(&self, email: &str) -> anyhow::Result<Draft> {
        self.notice("closed", "customer_closed", email, email)
    }
}
