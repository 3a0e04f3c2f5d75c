//! What the shop stands by, as the start page and every product say it.

use crate::features::catalog::model::Delivery;
use crate::platform::paths;
use crate::platform::settings::LegalKind;
use crate::platform::shell::Page;

/// A promise; each is true of the settings.
pub struct Promise {
    pub icon: &'static str,
    pub title: String,
    pub text: String,
    /// Where more is said: path and words.
    pub more: Option<(String, String)>,
}

impl Promise {
    /// For the start page.
    pub fn all(page: &Page, delivery: Option<Delivery>) -> Vec<Promise> {
        let text = page.t("catalog-promise-guest-text");
        let guest = Promise { icon: "lock", title: page.t("catalog-promise-guest"), text, more: None };
        [delivered(page, delivery), returned(page), Some(guest), answered(page)].into_iter().flatten().collect()
    }

    /// Beside a product: what one asks oneself before buying.
    pub fn beside_goods(page: &Page, delivery: Option<Delivery>) -> Vec<Promise> {
        [delivered(page, delivery), returned(page), answered(page)].into_iter().flatten().collect()
    }
}

fn delivered(page: &Page, delivery: Option<Delivery>) -> Option<Promise> {
    let delivery = delivery?;
    let title = match delivery.free_from {
        Some(0) => page.t("catalog-promise-free"),
        Some(amount) => {
            let there = page.shop().market.exchange.amount(amount);
            page.named("catalog-promise-free-from", &page.price(there))
        }
        None => page.t("catalog-promise-delivery"),
    };
    let days = [("from", delivery.days_min.into()), ("to", delivery.days_max.into())];
    let exact = delivery.days_min == delivery.days_max && delivery.days_max > 1;
    let text = if exact {
        page.count("catalog-promise-days-exact", delivery.days_max)
    } else {
        page.with("catalog-promise-days", &days)
    };
    Some(Promise { icon: "truck", title, text, more: None })
}

fn returned(page: &Page) -> Option<Promise> {
    page.shop().legal.iter().any(|(kind, _)| *kind == LegalKind::Returns).then(|| Promise {
        icon: "return",
        title: page.t("catalog-promise-returns"),
        text: page.t("catalog-promise-returns-text"),
        more: Some((paths::legal(LegalKind::Returns), page.t("catalog-promise-returns-more"))),
    })
}

fn answered(page: &Page) -> Option<Promise> {
    let address = &page.shop().sender_email;
    (!address.ends_with("@localhost")).then(|| Promise {
        icon: "mail",
        title: page.t("catalog-promise-person"),
        text: page.t("catalog-promise-person-text"),
        more: Some((format!("mailto:{address}"), address.clone())),
    })
}
