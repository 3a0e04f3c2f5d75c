//! Whole pages of visitors who carry nothing of their own, kept until something they show changes.

use std::future::Future;
use std::sync::Arc;

use askama::Template;

use super::consent::Strangers;
use super::facts::Frame;
use super::page::{Page, Theme};
use crate::platform::base::MarketId;
use crate::platform::feed::{Kept, MadeOf, News};
use crate::platform::i18n::Locale;
use crate::platform::web::{self, Whole};

/// Bytes of pages kept in memory.
const MOST: u64 = 32 * 1024 * 1024;

/// The kept pages of this process.
#[derive(Clone)]
pub struct Pages(Kept<Key, (Arc<Frame>, Whole)>);

/// What a page of one address differs by.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    address: String,
    locale: Locale,
    theme: Option<Theme>,
    /// Where the visitor buys.
    market: Option<MarketId>,
    /// Announcements come and go by the clock.
    announced: bool,
    strangers: Strangers,
}

impl Pages {
    pub fn new(news: News) -> Pages {
        Pages(Kept::new(news, MOST, |key: &Key, (_, page): &(Arc<Frame>, Whole)| key.address.len() + page.weight()))
    }

    /// The page at its normalised address (`page.url`): the kept one, else the one that `make` makes. `None` is not kept.
    pub async fn show<T: Template>(
        &self,
        page: &Page,
        make: impl Future<Output = web::Result<Option<(T, MadeOf)>>> + Send,
    ) -> web::Result<Option<Whole>> {
        let (address, strangers, announced) = (page.url.clone(), page.strangers.clone(), page.announcement().is_some());
        let key = Key { address, locale: page.locale, theme: page.theme, market: page.market(), announced, strangers };
        if page.anonymous
            && let Some((frame, whole)) = self.0.get(&key)
            && Arc::ptr_eq(&frame, page.frame())
        {
            return Ok(Some(whole));
        }
        let seen = self.0.begin();
        let Some((template, of)) = make.await? else { return Ok(None) };
        let whole = Whole::new(template.render()?);
        if page.anonymous {
            self.0.put(key, (page.frame().clone(), whole.clone()), seen, of);
        }
        Ok(Some(whole))
    }
}
