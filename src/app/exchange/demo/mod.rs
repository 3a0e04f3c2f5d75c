//! The demo shop that the binary carries: its goods with photographs and words, and everything a shop needs to be open.

mod abroad;
mod german;
mod house;
mod past;
pub mod patron;
mod prices;
mod shelf;
mod talks;

use std::collections::HashMap;

use chrono::Duration;
use rust_embed::RustEmbed;

use super::Bench;
use crate::engines::inventory::{self, Opening};
use crate::features::catalog;
use crate::features::catalog::model::{
    CategoryDraft, ImageDraft, Outcome, ProductDraft, ProductStatus, SaveRefused, VariantDraft,
};
use crate::platform::base::{CategoryId, Failed, MediaId, Message, Moment, OrBreak, Refusal};
use crate::platform::db::{self, Conn};
use crate::platform::media;
use crate::platform::media::commands::Kept;
use crate::platform::settings;
use crate::platform::web::Markup;

use house::HouseRefused;
use shelf::{Good, ROOMS, Room};

/// Photographs, cut and treated by `assets/demo/photos.py`.
#[derive(RustEmbed)]
#[folder = "assets/demo/photos"]
struct Photos;

/// One file of Markdown for each product: a sentence that says it, then the text.
#[derive(RustEmbed)]
#[folder = "assets/demo/words"]
struct Texts;

/// The shop opened so long ago.
const OPENED: Duration = Duration::days(200);
/// The youngest product came so long ago, before all orders; each older one two days earlier.
const NEWEST: Duration = Duration::days(92);
/// What is reduced was reduced so long ago.
const REDUCED: Duration = Duration::days(12);

/// What loading the demo did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    pub products: usize,
    /// Products that were not there or not so.
    pub changed: usize,
    pub pictures: usize,
    /// Orders of the past; none in a demo shop that is open already.
    pub orders: usize,
}

/// Why the demo is not loaded.
#[derive(Debug)]
pub enum DemoRefused {
    /// A shop that sells real things stays as it is.
    ShopIsOpen,
    House(HouseRefused),
    Goods(SaveRefused),
}

impl Refusal for DemoRefused {
    fn message(&self) -> Message {
        match self {
            DemoRefused::ShopIsOpen => Message::new("exchange-demo-open"),
            DemoRefused::House(HouseRefused::Rates(why)) => why.message(),
            DemoRefused::House(HouseRefused::Shipping(why)) => why.message(),
            DemoRefused::Goods(why) => why.message(),
        }
    }
}

/// Fills an empty shop with the demo and opens it. In a demo shop it puts the demo's products back as they were;
/// its settings stay as staff made them.
pub async fn load(bench: &Bench, now: Moment) -> Result<Loaded, Failed<DemoRefused>> {
    let mut conn = bench.db.get().await?;
    let facts = settings::queries::facts(&mut conn).await?;
    if facts.opened_at.is_some() && !facts.demo {
        return Err(DemoRefused::ShopIsOpen.into());
    }
    let kept = keep_pictures(bench).await?;
    let past = if facts.opened_at.is_none() { past::purchases(now) } else { Vec::new() };
    db::transaction(&mut conn, async |tx: &mut Conn| {
        let pictures = record_pictures(tx, &kept).await?;
        let opened = now - OPENED;
        if facts.opened_at.is_none() {
            db::dated(tx, opened).await?;
            house::furnish(tx, opened).await.map_err(|failed| failed.map(DemoRefused::House))?;
        }
        let mut loaded = stock_up(tx, &pictures, &past, now).await.map_err(|failed| failed.map(DemoRefused::Goods))?;
        if !past.is_empty() {
            prices::step_down(tx, now).await?;
            loaded.orders = past::relive(tx, bench, &past, now).await?;
            talks::talk(tx, bench, now).await?;
            abroad::open(tx, now).await?;
        }
        Ok(loaded)
    })
    .await
}

/// Looks at the pictures in the binary and stores them.
async fn keep_pictures(bench: &Bench) -> Result<Vec<(String, Kept)>, Failed<DemoRefused>> {
    let mut kept = Vec::new();
    for file in Photos::iter() {
        let bytes = Photos::get(&file).map(|file| file.data.into_owned()).unwrap_or_default();
        let picture = media::commands::keep(&bench.store, bytes.into(), &file).await.or_break()?;
        let picture = picture.map_err(|why| anyhow::anyhow!("the demo's picture {file} is not accepted: {why:?}"))?;
        kept.push((file.trim_end_matches(".webp").to_owned(), picture));
    }
    Ok(kept)
}

type PictureIds = HashMap<String, MediaId>;

async fn record_pictures(tx: &mut Conn, kept: &[(String, Kept)]) -> Result<PictureIds, Failed<DemoRefused>> {
    let mut ids = PictureIds::new();
    for (name, picture) in kept {
        ids.insert(name.clone(), media::commands::record(tx, picture).await?);
    }
    Ok(ids)
}

/// Saves categories, products and their first stock: what is left today and what the past sold.
async fn stock_up(
    tx: &mut Conn,
    pictures: &PictureIds,
    past: &[past::Purchase],
    now: Moment,
) -> Result<Loaded, Failed<SaveRefused>> {
    let mut rooms: HashMap<&str, CategoryId> = HashMap::new();
    for (position, room) in ROOMS.iter().enumerate() {
        let draft = category(room, position, &rooms, pictures)?;
        let id = catalog::commands::save_category(tx, &draft).await?.0;
        german::translate_room(tx, id, room).await?;
        rooms.insert(room.handle, id);
    }
    let mut loaded = Loaded { pictures: pictures.len(), ..Loaded::default() };
    for (age, good) in shelf::goods().into_iter().enumerate().rev() {
        let came = now - NEWEST - Duration::days(2 * age as i64);
        let draft = product(good, &rooms, pictures)?;
        let before = if past.is_empty() { None } else { prices::unreduced(&draft) };
        if let Some(before) = &before {
            catalog::commands::save(tx, before, came).await?;
        }
        let saved = catalog::commands::save(tx, &draft, if before.is_some() { now - REDUCED } else { came }).await?;
        for (id, piece) in saved.variants.iter().zip(good.pieces) {
            let pieces = Opening::with(piece.stock + past::sold(past, piece.sku));
            let opening = if good.is_gift_card() { Opening { tracked: false, count: 0, back_order_limit: 0 } } else { pieces };
            inventory::commands::open(tx, *id, opening).await?;
        }
        let said = german::translate(tx, saved.product, good, pictures, came).await?;
        loaded.products += 1;
        loaded.changed += usize::from(said || saved.outcome != Outcome::Unchanged);
    }
    Ok(loaded)
}

fn category(
    room: &Room,
    position: usize,
    rooms: &HashMap<&str, CategoryId>,
    pictures: &PictureIds,
) -> anyhow::Result<CategoryDraft> {
    Ok(CategoryDraft {
        handle: room.handle.parse()?,
        title: room.title.parse()?,
        parent: room.above.and_then(|above| rooms.get(above).copied()),
        description: room.text.parse()?,
        image: pictures.get(room.picture).copied(),
        position: position as i32,
    })
}

fn product(good: &Good, rooms: &HashMap<&str, CategoryId>, pictures: &PictureIds) -> anyhow::Result<ProductDraft> {
    let mut images = Vec::new();
    for (name, alt) in good.pictures {
        let media = pictures.get(*name).copied();
        images.extend(media.map(|media| anyhow::Ok(ImageDraft { media, alt: alt.parse()? })).transpose()?);
    }
    let mut variants = Vec::new();
    for piece in good.pieces {
        variants.push(VariantDraft {
            values: piece.values.iter().map(|value| value.parse()).collect::<Result<_, _>>()?,
            sku: Some(piece.sku.parse()?),
            barcode: Default::default(),
            price: piece.price,
            compare_at: piece.was,
            weight_grams: piece.grams,
            content: Some(prices::content(piece.sku)),
            requires_shipping: true,
            taxable: true,
            tax_class: None,
            image: piece.picture.and_then(|name| pictures.get(name).copied()),
        });
    }
    let (says, text) = words(good)?;
    Ok(ProductDraft {
        handle: good.handle.parse()?,
        title: good.title.parse()?,
        description: text.parse()?,
        markup: Markup::Markdown,
        status: ProductStatus::Active,
        gift_card: Some(good.is_gift_card()),
        vendor: good.vendor.parse()?,
        product_type: good.kind.parse()?,
        tags: good.tags.iter().map(|tag| tag.parse()).collect::<Result<_, _>>()?,
        seo_title: Default::default(),
        seo_description: says.parse()?,
        categories: rooms.get(good.room).copied().into_iter().collect(),
        options: good.options.iter().map(|name| name.parse()).collect::<Result<_, _>>()?,
        variants,
        images: Some(images),
    })
}

/// The sentence that says a product, and its text in Markdown.
fn words(good: &Good) -> anyhow::Result<(String, String)> {
    let file = Texts::get(&format!("{}.md", good.handle));
    let file = file.ok_or_else(|| anyhow::anyhow!("the demo has no words for {}", good.handle))?;
    let (says, text) = std::str::from_utf8(&file.data)?.split_once("\n\n").unwrap_or_default();
    Ok((says.trim().to_owned(), text.trim().to_owned()))
}
