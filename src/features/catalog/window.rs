//! The shop window: what pages show, read once and kept until it changes, for every visitor and language.

use std::sync::Arc;

use super::model::{Card, Delivery, Found, Goods, Listing, Photo, Prices, Reader, Room, Story, Tree, Turn, lightness};
use super::queries;
use crate::engines::pricing::{self, Sale};
use crate::engines::tax::queries::Buyer;
use crate::engines::tax::{self, Destination, Rates};
use crate::platform::base::{Broke, CategoryId, Country, Day, Handle, MarketId, Moment, ProductId, ShippingProfileId, VariantId};
use crate::platform::db::Db;
use crate::platform::feed::{Kept, MadeOf, News};
use crate::platform::settings::ShopFacts;
use crate::platform::shell::Page;

/// What the start page shows.
#[derive(Debug)]
pub struct Front {
    pub rooms: Vec<Room>,
    pub newest: Vec<Card>,
    pub on_sale: Vec<Card>,
    /// A wide, light photo that dark text can stand on.
    pub hero: Option<Photo>,
    pub story: Option<Story>,
}

/// A category with a page of its products.
#[derive(Debug)]
pub struct Aisle {
    pub found: Found,
    pub text: queries::CategoryText,
    /// How many products each category directly below holds.
    pub below: Vec<(CategoryId, i64)>,
}

/// Everything kept; bounded by rough weights.
#[derive(Clone)]
pub struct Window {
    tree: Kept<(), Arc<Tree>>,
    delivery: Kept<(Country, Option<ShippingProfileId>), Option<Delivery>>,
    front: Kept<(), Arc<Front>>,
    goods: Kept<String, Arc<Goods>>,
    aisles: Kept<Listing, Arc<Aisle>>,
    rates: Kept<(MarketId, Day), Arc<Rates>>,
}

/// How light a photo must be for dark text, from 0 to 255.
const LIGHT: u32 = 165;
/// A card with its two pictures, in bytes.
const CARD: usize = 1000;

impl Window {
    pub fn new(news: News) -> Window {
        Window {
            tree: Kept::new(news.clone(), 1 << 20, |(), _| 1),
            rates: Kept::new(news.clone(), 1 << 20, |_, _| 4000),
            delivery: Kept::new(news.clone(), 1 << 20, |_, _| 1),
            front: Kept::new(news.clone(), 1 << 20, |(), _| 1),
            goods: Kept::new(news.clone(), 8 << 20, |_, goods: &Arc<Goods>| {
                goods.weight()
                    + (goods.offers.len() + goods.lists.len()) * 300
                    + (goods.photos.len() + goods.related.len() * 2) * 450
                    + 600
            }),
            aisles: Kept::new(news, 8 << 20, |_, aisle: &Arc<Aisle>| {
                aisle.found.cards.len() * CARD + aisle.text.description().size() + 400
            }),
        }
    }

    /// All categories.
    pub async fn tree(&self, db: &Db) -> Result<Arc<Tree>, Broke> {
        if let Some(tree) = self.tree.get(&()) {
            return Ok(tree);
        }
        let seen = self.tree.begin();
        let tree = Arc::new(queries::tree(&mut *db.get().await?).await?);
        self.tree.put((), tree.clone(), seen, MadeOf::default());
        Ok(tree)
    }

    /// What the delivery methods of a country offer at best, to goods of a profile or to most; in the shop's currency.
    pub async fn delivery(&self, db: &Db, to: Country, profile: Option<ShippingProfileId>) -> Result<Option<Delivery>, Broke> {
        if let Some(delivery) = self.delivery.get(&(to, profile)) {
            return Ok(delivery);
        }
        let seen = self.delivery.begin();
        let delivery = queries::delivery(&mut *db.get().await?, to, profile).await?;
        self.delivery.put((to, profile), delivery, seen, MadeOf::default());
        Ok(delivery)
    }

    pub async fn front(&self, db: &Db) -> Result<Arc<Front>, Broke> {
        if let Some(front) = self.front.get(&()) {
            return Ok(front);
        }
        let seen = self.front.begin();
        let tree = self.tree(db).await?;
        let mut conn = db.get().await?;
        let mut stories = queries::stories(&mut conn).await?;
        let light = stories.iter().position(|story| lightness(&story.photo.picture.colour) >= LIGHT);
        let hero = light.map(|at| stories.remove(at).photo);
        let front = Arc::new(Front {
            rooms: queries::rooms(&mut conn, &tree).await?,
            newest: queries::newest(&mut conn, 8).await?,
            on_sale: queries::on_sale(&mut conn, 4).await?,
            hero,
            story: stories.into_iter().next(),
        });
        self.front.put((), front.clone(), seen, front.made_of());
        Ok(front)
    }

    /// The product of a handle; `None` for one that shoppers may not see.
    pub async fn goods(&self, db: &Db, handle: &Handle, now: Moment) -> Result<Option<Arc<Goods>>, Broke> {
        if let Some(goods) = self.goods.get(&handle.to_string()) {
            return Ok(Some(goods));
        }
        let seen = self.goods.begin();
        let Some(goods) = queries::goods_by_handle(&mut *db.get().await?, handle, now).await? else { return Ok(None) };
        let goods = Arc::new(goods);
        self.goods.put(handle.to_string(), goods.clone(), seen, goods.made_of());
        Ok(Some(goods))
    }

    /// How tax is shown in this reader's market, where that is otherwise than prices are typed.
    async fn turn(&self, db: &Db, shop: &ShopFacts, now: Moment) -> Result<Option<Turn>, Broke> {
        if !shop.turns_tax() {
            return Ok(None);
        }
        let key = (shop.market.id, Day::of(now, shop.zone));
        let rates = match self.rates.get(&key) {
            Some(rates) => rates,
            None => {
                let seen = self.rates.begin();
                let to = Destination::country(shop.usual_country());
                let (mut conn, buyer) = (db.get().await?, Buyer { cart: None, vat_id: None });
                let rates = Arc::new(tax::queries::rates_for(&mut conn, shop, &to, buyer, key.1.date()).await?.0);
                self.rates.put(key, rates.clone(), seen, MadeOf::default());
                rates
            }
        };
        Ok(Some(if shop.prices_include_tax { Turn::With(rates) } else { Turn::Without(rates) }))
    }

    /// Who reads this page, as far as prices go.
    pub async fn reader<'a>(&self, db: &Db, page: &'a Page) -> Result<Reader<'a>, Broke> {
        let turn = self.turn(db, page.shop(), page.now).await?;
        Ok(Reader { sale: Sale::from(&page.shop().market), groups: &page.groups, turn, now: page.now })
    }

    /// What this reader is told of products in lists; nothing is asked for those who are told what everybody is.
    pub async fn prices(&self, db: &Db, page: &Page, ids: impl IntoIterator<Item = ProductId>) -> Result<Prices, Broke> {
        let plain = page.shop().is_plain();
        if plain && page.groups.is_empty() {
            return Ok(Prices::default());
        }
        let (reader, ids) = (self.reader(db, page).await?, ids.into_iter().collect::<Vec<_>>());
        let mut conn = db.get().await?;
        let listed = queries::usual_prices(&mut conn, &ids).await?;
        let variants: Vec<VariantId> = listed.iter().map(|one| one.usual.variant).collect();
        let lists = pricing::queries::tariff(&mut conn, &variants, None, page.now).await?.lists;
        Ok(Prices::of(&reader, &lists, &listed, plain))
    }

    /// A page of a category, or of the whole shop.
    pub async fn aisle(&self, db: &Db, listing: &Listing) -> Result<Arc<Aisle>, Broke> {
        if let Some(aisle) = self.aisles.get(listing) {
            return Ok(aisle);
        }
        let seen = self.aisles.begin();
        let tree = self.tree(db).await?;
        let mut conn = db.get().await?;
        let below: Vec<CategoryId> = match listing.category {
            Some(category) => tree.children(Some(category)).map(|branch| branch.id).collect(),
            None => Vec::new(),
        };
        let counts = if below.is_empty() { Default::default() } else { queries::counts_below(&mut conn, &below).await? };
        let text = match listing.category {
            Some(category) => queries::category_text(&mut conn, category).await?,
            None => Default::default(),
        };
        let aisle = Arc::new(Aisle {
            found: queries::found(&mut conn, listing, &tree).await?,
            text,
            below: below.into_iter().filter_map(|id| Some((id, *counts.get(&id)?))).collect(),
        });
        self.aisles.put(listing.clone(), aisle.clone(), seen, aisle.made_of(listing));
        Ok(aisle)
    }
}

impl Front {
    pub fn cards(&self) -> impl Iterator<Item = ProductId> {
        self.newest.iter().chain(&self.on_sale).chain(self.story.as_ref().map(|story| &story.card)).map(|card| card.id)
    }

    pub fn made_of(&self) -> MadeOf {
        MadeOf::list(self.cards())
    }
}

impl Goods {
    pub fn made_of(&self) -> MadeOf {
        let parts = self.offers.iter().flat_map(|offer| &offer.parts).map(|part| part.product);
        MadeOf::products(self.related.iter().map(|card| card.id).chain(parts).chain([self.id]))
    }
}

impl Aisle {
    /// Its filter shows how many are in stock, so any stock counts.
    pub fn made_of(&self, listing: &Listing) -> MadeOf {
        MadeOf::list(self.found.cards.iter().map(|card| card.id)).with_any_stock(listing.filter.in_stock)
    }
}
