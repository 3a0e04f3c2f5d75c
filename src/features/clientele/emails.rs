//! What a customer is told when staff helped them with signing in.

use crate::features::customers::queries::Account;
use crate::platform::config::Config;
use crate::platform::i18n::Words;
use crate::platform::mail::{Draft, Letter};
use crate::platform::paths;
use crate::platform::settings::ShopFacts;

/// What a letter is written with.
#[derive(Clone, Copy)]
pub struct Desk<'a> {
    pub shop: &'a ShopFacts,
    pub config: &'a Config,
}

impl Desk<'_> {
    /// Staff took app, recovery codes and passkeys away.
    pub fn factors_removed(&self, to: &Account) -> anyhow::Result<Draft> {
        let words = Words::new(to.locale);
        let values = [("shop", self.shop.name.as_str().into()), ("email", to.email.as_str().into())];
        let say = |part: &str| words.with(&format!("clientele-mail-factors-{part}"), &values);
        let letter = Letter::new(words, say("heading"))
            .say(say("text"))
            .button(say("button"), self.config.absolute(&paths::password_reset()));
        letter.draft("customer_factors", &to.email, say("subject"), self.shop, self.config)
    }
}
