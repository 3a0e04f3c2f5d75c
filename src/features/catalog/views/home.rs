//! The start page.

use askama::Template;
use serde_json::json;

use super::card::{CardView, PriceView};
use super::promise::Promise;
use crate::features::catalog::model::{Delivery, Prices, Room, Story};
use crate::features::catalog::window::Front;
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{Page, Told};
use crate::platform::web::LinkedData;

/// The start page of the shop.
#[derive(Template)]
#[template(path = "catalog/home_page.html")]
pub struct HomePage {
    page: Page,
    linked: LinkedData,
    canonical: String,
    hero: Option<PictureView>,
    rooms: Vec<RoomView>,
    newest: Vec<CardView>,
    on_sale: Vec<CardView>,
    story: Option<StoryView>,
    promises: Vec<Promise>,
}

/// A category of the highest level.
struct RoomView {
    path: String,
    title: Told,
    count: i64,
    picture: Option<PictureView>,
}

/// One product told at length.
struct StoryView {
    path: String,
    title: Told,
    text: Told,
    price: PriceView,
    picture: PictureView,
}

impl HomePage {
    pub fn new(page: Page, front: &Front, prices: &Prices, delivery: Option<Delivery>) -> HomePage {
        let hero = front.hero.as_ref().and_then(|photo| photo.picture.view(page.plain(&photo.alt), sizes::WIDE, Loading::First));
        let first_row = if hero.is_some() { 0 } else { 4 };
        let shop = json!({
            "@context": "https://schema.org", "@type": "OnlineStore", "name": page.shop().name, "url": page.origin,
        });
        HomePage {
            linked: LinkedData::new(&shop),
            canonical: format!("{}{}", page.origin, paths::home()),
            rooms: front.rooms.iter().take(4).map(|room| RoomView::new(&page, room)).collect(),
            newest: CardView::list(&page, &prices.on(&front.newest[..front.newest.len().min(4)]), first_row),
            on_sale: CardView::list(&page, &prices.on(&front.on_sale), 0),
            story: front.story.as_ref().and_then(|story| StoryView::new(&page, story, prices)),
            promises: Promise::all(&page, delivery),
            hero,
            page,
        }
    }
}

impl RoomView {
    fn new(page: &Page, room: &Room) -> RoomView {
        RoomView {
            path: paths::category(&room.handle),
            title: page.told(&room.title),
            count: room.count,
            picture: room.photo.as_ref().and_then(|photo| photo.view("", sizes::CARD, Loading::Lazy)),
        }
    }
}

impl StoryView {
    fn new(page: &Page, story: &Story, prices: &Prices) -> Option<StoryView> {
        Some(StoryView {
            path: paths::product(&story.card.handle),
            title: page.told(&story.card.title),
            text: page.told(&story.text),
            price: PriceView::new(page, prices.on_one(&story.card).price),
            picture: story.photo.picture.view(page.plain(&story.photo.alt), sizes::HALF, Loading::Lazy)?,
        })
    }
}
