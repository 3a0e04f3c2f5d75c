//! Things kept in memory that were made of rows: each knows when it was made and of what, and is old once the feed has told of a change in that.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
use std::time::Duration;

use moka::sync::Cache;

use super::{Change, Listener, Subject};
use crate::platform::base::ProductId;

/// So many products may change one by one before everything counts as changed.
const MOST_PRODUCTS: usize = 20_000;
/// Nothing is kept for longer, whatever the feed says.
const LONGEST: Duration = Duration::from_secs(10 * 60);

/// What has been heard; counts, so that whatever was begun before a change is known to be old.
#[derive(Clone, Default)]
pub struct News(Arc<Inner>);

#[derive(Default)]
struct Inner {
    count: AtomicU64,
    heard: RwLock<Heard>,
}

#[derive(Default)]
struct Heard {
    everything: u64,
    products: u64,
    stock: u64,
    product: HashMap<i64, u64>,
}

/// A moment in the order of the news; take it before reading the first row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seen(u64);

/// What a thing was made of. Settings, categories, texts and pictures count for all of them.
#[derive(Clone, Debug, Default)]
pub struct MadeOf {
    /// These products, with their stock.
    pub products: Vec<ProductId>,
    /// Which products there are: any product's change counts.
    pub any_product: bool,
    /// Which of them can be bought: any change of stock counts.
    pub any_stock: bool,
}

impl MadeOf {
    pub fn products(products: impl IntoIterator<Item = ProductId>) -> MadeOf {
        MadeOf { products: products.into_iter().collect(), ..MadeOf::default() }
    }

    /// A list of products: a new one may enter it.
    pub fn list(products: impl IntoIterator<Item = ProductId>) -> MadeOf {
        MadeOf { any_product: true, ..MadeOf::products(products) }
    }

    /// A list that depends on what can be bought.
    pub fn with_any_stock(self, any_stock: bool) -> MadeOf {
        MadeOf { any_stock: self.any_stock || any_stock, ..self }
    }
}

impl News {
    pub fn now(&self) -> Seen {
        Seen(self.0.count.load(Ordering::Acquire))
    }

    /// Whether nothing it was made of has changed since.
    fn is_fresh(&self, seen: Seen, of: &MadeOf) -> bool {
        let heard = self.0.heard.read().expect("no panic while held");
        let changed = |at: u64| at > seen.0;
        !(changed(heard.everything)
            || of.any_product && changed(heard.products)
            || of.any_stock && changed(heard.stock)
            || of.products.iter().any(|id| heard.product.get(&id.0).is_some_and(|at| changed(*at))))
    }
}

impl Listener for News {
    fn hear(&self, change: &Change) {
        let mut heard = self.0.heard.write().expect("no panic while held");
        let at = self.0.count.load(Ordering::Relaxed) + 1;
        match (change.subject, change.id) {
            (Subject::Product, Some(id)) => {
                heard.products = at;
                heard.product.insert(id, at);
            }
            (Subject::Stock, Some(id)) => {
                heard.stock = at;
                heard.product.insert(id, at);
            }
            _ => heard.everything = at,
        }
        if heard.everything == at || heard.product.len() > MOST_PRODUCTS {
            heard.everything = at;
            heard.product.clear();
        }
        self.0.count.store(at, Ordering::Release);
    }
}

struct Entry<V> {
    value: V,
    seen: Seen,
    of: MadeOf,
    /// The count at which it was last found fresh.
    checked: AtomicU64,
}

/// Values in bounded memory, each given out only as long as it is fresh.
#[derive(Clone)]
pub struct Kept<K, V> {
    cache: Cache<K, Arc<Entry<V>>>,
    news: News,
}

impl<K, V> Kept<K, V>
where
    K: Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    /// Keeps values up to `most` in all, as `weigh` weighs them.
    pub fn new(news: News, most: u64, weigh: impl Fn(&K, &V) -> usize + Send + Sync + 'static) -> Kept<K, V> {
        let weigher = move |key: &K, entry: &Arc<Entry<V>>| {
            u32::try_from(weigh(key, &entry.value) + entry.of.products.len() * 8 + 200).unwrap_or(u32::MAX)
        };
        Kept { cache: Cache::builder().max_capacity(most).weigher(weigher).time_to_live(LONGEST).build(), news }
    }

    pub fn get(&self, key: &K) -> Option<V> {
        let entry = self.cache.get(key)?;
        let now = self.news.now();
        if entry.checked.load(Ordering::Relaxed) != now.0 {
            if !self.news.is_fresh(entry.seen, &entry.of) {
                self.cache.invalidate(key);
                return None;
            }
            entry.checked.store(now.0, Ordering::Relaxed);
        }
        Some(entry.value.clone())
    }

    /// The moment to take before making a value.
    pub fn begin(&self) -> Seen {
        self.news.now()
    }

    /// Keeps a value whose making began at `seen`; what changed meanwhile makes it old at once.
    pub fn put(&self, key: K, value: V, seen: Seen, of: MadeOf) {
        let entry = Entry { value, seen, of, checked: AtomicU64::new(seen.0) };
        self.cache.insert(key, Arc::new(entry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept() -> (News, Kept<&'static str, u32>) {
        let news = News::default();
        (news.clone(), Kept::new(news, 1 << 20, |_, _| 8))
    }

    fn change(subject: Subject, id: impl Into<Option<i64>>) -> Change {
        Change { subject, id: id.into() }
    }

    #[test]
    fn a_change_while_it_was_made_makes_a_value_old() {
        let (news, kept) = kept();
        let seen = kept.begin();
        news.hear(&change(Subject::Product, 7));
        kept.put("page", 1, seen, MadeOf::products([ProductId(7)]));
        assert_eq!(kept.get(&"page"), None);
        kept.put("page", 2, kept.begin(), MadeOf::products([ProductId(7)]));
        assert_eq!(kept.get(&"page"), Some(2));
    }

    #[test]
    fn only_what_was_made_of_it_is_dropped() {
        let (news, kept) = kept();
        kept.put("seven", 1, kept.begin(), MadeOf::products([ProductId(7)]));
        kept.put("list", 2, kept.begin(), MadeOf::list([ProductId(8)]));
        kept.put("shelf", 3, kept.begin(), MadeOf::list([]).with_any_stock(true));
        news.hear(&change(Subject::Stock, 9));
        assert_eq!((kept.get(&"seven"), kept.get(&"list"), kept.get(&"shelf")), (Some(1), Some(2), None));
        news.hear(&change(Subject::Product, 9));
        assert_eq!((kept.get(&"seven"), kept.get(&"list")), (Some(1), None));
        news.hear(&change(Subject::Stock, 7));
        assert_eq!(kept.get(&"seven"), None);
    }

    #[test]
    fn settings_and_floods_drop_everything() {
        let (news, kept) = kept();
        for subject in [Subject::Settings, Subject::Category, Subject::Media, Subject::Everything] {
            kept.put("page", 1, kept.begin(), MadeOf::default());
            assert_eq!(kept.get(&"page"), Some(1));
            news.hear(&change(subject, 1));
            assert_eq!(kept.get(&"page"), None, "{subject}");
        }
        kept.put("page", 1, kept.begin(), MadeOf::default());
        for id in 0..=MOST_PRODUCTS as i64 {
            news.hear(&change(Subject::Product, id));
        }
        assert_eq!(kept.get(&"page"), None);
    }
}
