//! What every page needs and rarely changes, read once and dropped by the change feed.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use super::menus::{self, MenuRows, Menus};
use crate::platform::base::{Broke, Currency, MarketId};
use crate::platform::db::Db;
use crate::platform::feed::{Change, Listener, Subject};
use crate::platform::i18n::{Locale, Wording};
use crate::platform::media::{self, Picture, PictureState};
use crate::platform::settings::{self, Announcement, Market, ShopFacts, TaxRules};

/// The shop's facts and its menus.
#[derive(Clone, Debug)]
pub struct Frame {
    pub shop: ShopFacts,
    /// The same as visitors of the other markets see it.
    abroad: Vec<ShopFacts>,
    menus: HashMap<Locale, Menus>,
    /// What the menus are made of.
    rows: MenuRows,
    /// What stands in place of the shop's name; `None` until its widths are made.
    pub logo: Option<Picture>,
}

/// The frame of this process, kept until the feed says it changed.
#[derive(Clone, Default)]
pub struct Facts(Arc<RwLock<Kept>>);

#[derive(Default)]
struct Kept {
    frame: Option<Arc<Frame>>,
    /// Counts drops, so that a frame read before a drop is not kept after it.
    drops: u64,
}

impl Frame {
    /// The frame of a shop that nothing is known of: for error pages while the database is away.
    pub fn bare() -> Frame {
        let shop = ShopFacts {
            name: "Barrow".to_owned(),
            legal_name: String::new(),
            street: String::new(),
            postal_code: String::new(),
            city: String::new(),
            country: "US".parse().expect("a country of ISO 3166"),
            phone: String::new(),
            currency: Currency::USD,
            zone: chrono_tz::Tz::UTC,
            locale: Locale::En,
            countries: Vec::new(),
            sender_email: String::new(),
            notice_email: String::new(),
            prices_include_tax: true,
            entered_with_tax: true,
            market: Market::only(Currency::USD),
            markets: Vec::new(),
            tax: TaxRules::default(),
            lowest_price: false,
            unpaid_days: 0,
            reservation_minutes: 0,
            bank_details: Wording::default(),
            announcement: Announcement::default(),
            logo: None,
            demo: false,
            opened_at: None,
            version: 0,
            legal: Vec::new(),
            third_parties: Vec::new(),
        };
        Frame { shop, abroad: Vec::new(), menus: HashMap::new(), rows: MenuRows::default(), logo: None }
    }
}

impl Frame {
    /// The shop as visitors of a market see it: the primary one where there is no such market.
    pub fn shop_in(&self, market: Option<MarketId>) -> &ShopFacts {
        market.and_then(|id| self.abroad.iter().find(|shop| shop.market.id == id)).unwrap_or(&self.shop)
    }

    /// The menus for readers of a language.
    pub fn menus(&self, locale: Locale) -> Option<&Menus> {
        self.menus.get(&locale)
    }
}

impl Facts {
    /// The frame as last read, without asking the database.
    pub fn kept(&self) -> Option<Arc<Frame>> {
        self.0.read().expect("no panic while held").frame.clone()
    }

    pub async fn get(&self, db: &Db) -> Result<Arc<Frame>, Broke> {
        let seen = {
            let kept = self.0.read().expect("no panic while held");
            if let Some(frame) = &kept.frame {
                return Ok(frame.clone());
            }
            kept.drops
        };
        let frame = Arc::new(read(db).await?);
        let mut kept = self.0.write().expect("no panic while held");
        if kept.drops == seen {
            kept.frame = Some(frame.clone());
        }
        Ok(frame)
    }
}

impl Listener for Facts {
    fn hear(&self, change: &Change) {
        let mut kept = self.0.write().expect("no panic while held");
        let drops = match change.subject {
            Subject::Settings | Subject::Category | Subject::Content | Subject::Media | Subject::Everything => true,
            // A menu may lead to it; while the frame is being read, nobody knows.
            Subject::Product => kept.frame.as_ref().is_none_or(|frame| frame.rows.lead_to_product(change.id)),
            _ => false,
        };
        if drops {
            kept.frame = None;
            kept.drops += 1;
        }
    }
}

async fn read(db: &Db) -> Result<Frame, Broke> {
    let mut conn = db.get().await?;
    let shop = settings::queries::facts(&mut conn).await?;
    let rows = menus::read(&mut conn).await?;
    let menus = Locale::ALL.iter().map(|locale| (*locale, rows.in_language(*locale, &shop))).collect();
    let logo = match shop.logo {
        Some(id) => media::queries::pictures_by_ids(&mut conn, &[id]).await?.remove(&id),
        None => None,
    };
    let logo = logo.filter(|logo| logo.state == PictureState::Ready);
    let abroad = shop.markets.iter().filter(|market| !market.primary).map(|market| shop.in_market(market)).collect();
    Ok(Frame { shop, abroad, menus, rows, logo })
}
