//! What every page needs and rarely changes, read once and dropped by the change feed.

use std::sync::{Arc, RwLock};

use diesel::prelude::*;
use diesel_async::RunQueryDsl;

use crate::platform::base::{Broke, CategoryId, Currency};
use crate::platform::db::Db;
use crate::platform::feed::{Change, Listener, Subject};
use crate::platform::i18n::Locale;
use crate::platform::media::{self, Picture, PictureState};
use crate::platform::schema::categories;
use crate::platform::settings::{self, ShopFacts};

/// A category in the menu, with those below it.
#[derive(Clone, Debug)]
pub struct MenuEntry {
    pub title: String,
    pub handle: String,
    pub children: Vec<MenuEntry>,
}

/// The shop's facts and its menu.
#[derive(Clone, Debug)]
pub struct Frame {
    pub shop: ShopFacts,
    pub menu: Vec<MenuEntry>,
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
            unpaid_days: 0,
            reservation_minutes: 0,
            bank_details: String::new(),
            announcement: String::new(),
            logo: None,
            demo: false,
            opened_at: None,
            version: 0,
            legal: Vec::new(),
        };
        Frame { shop, menu: Vec::new(), logo: None }
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
        if matches!(
            change.subject,
            Subject::Settings | Subject::Category | Subject::Content | Subject::Media | Subject::Everything
        ) {
            let mut kept = self.0.write().expect("no panic while held");
            kept.frame = None;
            kept.drops += 1;
        }
    }
}

async fn read(db: &Db) -> Result<Frame, Broke> {
    let mut conn = db.get().await?;
    let shop = settings::queries::facts(&mut conn).await?;
    let rows: Vec<(CategoryId, Option<CategoryId>, String, String)> = categories::table
        .select((categories::id, categories::parent_id, categories::title, categories::handle))
        .order((categories::position, categories::title))
        .load(&mut conn)
        .await?;
    let logo = match shop.logo {
        Some(id) => media::queries::pictures_by_ids(&mut conn, &[id]).await?.remove(&id),
        None => None,
    };
    let logo = logo.filter(|logo| logo.state == PictureState::Ready);
    Ok(Frame { shop, menu: below(&rows, None, 2), logo })
}

/// The entries below a category, `levels` deep.
fn below(rows: &[(CategoryId, Option<CategoryId>, String, String)], parent: Option<CategoryId>, levels: u8) -> Vec<MenuEntry> {
    if levels == 0 {
        return Vec::new();
    }
    let children = rows.iter().filter(|row| row.1 == parent);
    children
        .map(|(id, _, title, handle)| MenuEntry {
            title: title.clone(),
            handle: handle.clone(),
            children: below(rows, Some(*id), levels - 1),
        })
        .collect()
}
