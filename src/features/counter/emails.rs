//! The letter with the payment link, in the customer's language.

use super::model::DraftOrder;
use crate::features::checkout::queries::Basket;
use crate::platform::base::Money;
use crate::platform::config::Config;
use crate::platform::i18n::Words;
use crate::platform::mail::{Draft, Goods, Letter, Total};
use crate::platform::paths;
use crate::platform::settings::ShopFacts;

/// The letter for a draft as it stands now.
pub fn link(
    draft: &DraftOrder,
    name: &str,
    email: &str,
    basket: &Basket,
    shop: &ShopFacts,
    config: &Config,
) -> anyhow::Result<Draft> {
    let words = Words::new(draft.locale);
    let currency = basket.quote.as_ref().map_or(shop.currency, |quote| quote.currency);
    let money = |amount| words.money(Money::new(amount, currency));
    let first = name.split_whitespace().next().unwrap_or_default();
    let say = |key: &str| {
        let total = money(basket.total());
        words.with(key, &[("shop", shop.name.as_str().into()), ("name", first.into()), ("total", total.into())])
    };
    let goods = basket.lines.iter().map(|line| Goods {
        title: line.title.read(draft.locale, shop.locale).to_owned(),
        detail: line.variant_title.read(draft.locale, shop.locale).to_owned(),
        quantity: line.quantity,
        price: money(line.total_after()),
    });
    let total = Total { label: words.t("checkout-total"), amount: money(basket.total()), strong: true };
    let heading = if first.is_empty() { say("counter-mail-heading-plain") } else { say("counter-mail-heading") };
    let letter = Letter::new(words, heading)
        .say(say("counter-mail-text"))
        .button(words.t("counter-mail-button"), config.absolute(&paths::payment_link(&draft.token)))
        .goods(goods.collect())
        .totals(vec![total])
        .say(words.named("counter-mail-until", &words.day(draft.expires_at, shop.zone)));
    letter.draft("payment_link", email, say("counter-mail-subject"), shop, config)
}
