//! The page of a product.

use std::sync::Arc;

use askama::Template;
use serde_json::{Value, json};

use super::card::{CardView, PriceView};
use super::promise::Promise;
use crate::features::catalog::model::{self, Delivery, Goods, Offer, Pill, Price, Prices, Reader, Tree, fill_of};
use crate::platform::base::{OptionValueId, Quantity, VariantId};
use crate::platform::media::{Loading, PictureView, sizes};
use crate::platform::paths;
use crate::platform::shell::{Lang, Page, Told};
use crate::platform::web::{CleanHtml, LinkedData, shortened};

/// What is shown beside a product, and for whom.
pub struct Beside<'a> {
    pub tree: &'a Tree,
    pub delivery: Option<Delivery>,
    /// Of the products below it.
    pub prices: Prices,
    pub reader: Reader<'a>,
}

/// The page of a product with one of its variants shown.
#[derive(Template)]
#[template(path = "catalog/product_page.html")]
pub struct ProductPage {
    page: Page,
    goods: Arc<Goods>,
    told: Text,
    trail: Vec<(String, String)>,
    title: String,
    description: String,
    canonical: String,
    linked: Vec<LinkedData>,
    photos: Vec<PhotoView>,
    largest: Option<String>,
    variant: VariantId,
    price: PriceView,
    /// What one costs everybody, in minor units.
    everybody: i64,
    off: Option<String>,
    /// Whether it is a price of groups that the reader is in.
    yours: bool,
    /// "750 ml · €16.00 / l".
    unit: Option<String>,
    /// From how many pieces on a piece costs how much; one row where it is all the same.
    steps: Vec<(String, String)>,
    options: Vec<OptionView>,
    stock: String,
    /// Of a bundle, with where they are sold by themselves.
    parts: Vec<(String, Option<String>)>,
    stock_class: &'static str,
    /// The most pieces that can be put into the cart; 0: sold out.
    most: i64,
    promises: Vec<Promise>,
    specs: Vec<(String, String)>,
    related: Vec<CardView>,
}

/// What the product says of itself to this reader.
struct Text {
    name: Told,
    /// The sentence that says it, where there is one in the reader's language or none of the rest is either.
    says: Option<Told>,
    about: CleanHtml,
    about_lang: Lang,
}

impl Text {
    fn new(page: &Page, goods: &Goods) -> Text {
        let (says, about) = (page.told(&goods.seo_description), page.told(&goods.description));
        let worse = !says.is_own() && about.is_own() && !about.is_empty();
        Text {
            name: page.told(&goods.title),
            says: Some(says).filter(|says| !says.is_empty() && !worse),
            about_lang: about.lang,
            about: CleanHtml::cleaned_before(about.text),
        }
    }
}

/// A photo of the gallery.
struct PhotoView {
    number: usize,
    picture: PictureView,
    thumb: PictureView,
    /// The largest file.
    zoom: String,
    label: String,
}

/// An option with its values as pills or swatches.
struct OptionView {
    place: usize,
    name: Told,
    chosen: String,
    swatches: bool,
    pills: Vec<PillView>,
}

struct PillView {
    value: OptionValueId,
    text: Told,
    chosen: bool,
    out: bool,
    fill: &'static str,
}

impl ProductPage {
    pub fn new(page: Page, goods: Arc<Goods>, beside: &Beside<'_>, asked: Option<VariantId>) -> ProductPage {
        let Beside { tree, delivery, prices, reader } = beside;
        let shown = model::shown(&goods.offers, asked);
        let offer = &goods.offers[shown];
        let title = page.told_first(&[&goods.seo_title, &goods.title]).text;
        let told = Text::new(&page, &goods);
        let description = match &told.says {
            Some(says) => shortened(&says.text, 300),
            None => told.about.words(160),
        };
        let place = tree.deepest(&goods.categories);
        let trail: Vec<(String, String)> = place
            .map_or_else(Vec::new, |id| tree.trail(id))
            .into_iter()
            .map(|branch| (paths::category(&branch.handle), page.plain(&branch.wording())))
            .collect();
        let canonical = format!("{}{}", page.origin, paths::product(&goods.handle));
        let photos = photos(&page, &goods, offer);
        let largest = goods.photos.first().map(|photo| format!("{}{}", page.origin, photo.picture.largest()));
        let linked = vec![
            linked_product(&page, &goods, reader, told.name.as_str(), &canonical, &description, largest.as_deref()),
            linked_trail(&page, &trail, told.name.as_str(), &canonical),
        ];
        let options = options(&page, &goods, shown);
        let own = reader.own_price(&offer.before_telling(), &goods.lists);
        let price = own.unwrap_or_else(|| price_of_all(&page, reader, &goods, offer));
        let count = offer.shelf.saleable.min(offer.shelf.present.max(0));
        let day = offer.shelf.ships_on.map(|day| page.words.date(day)).unwrap_or_default();
        ProductPage {
            variant: offer.variant,
            price: PriceView::new(&page, price),
            yours: own.is_some(),
            unit: offer.content.map(|content| content.said_whole(page.words, price.from, page.shop().currency)),
            steps: steps_of(&page, reader, &goods, offer),
            off: price.off().map(|off| page.named("catalog-off", &page.price(off))),
            stock: page.with(offer.shelf.key(), &[("count", count.into()), ("day", day.into())]),
            parts: parts(&page, offer),
            stock_class: stock_class(offer),
            most: offer.shelf.saleable.min(i64::from(Quantity::MAX)),
            promises: Promise::beside_goods(&page, *delivery),
            specs: specs(&page, &goods, offer),
            related: CardView::list(&page, &prices.on(&goods.related), 0),
            everybody: price_of_all(&page, reader, &goods, offer).from,
            options,
            told,
            photos,
            largest,
            linked,
            trail,
            title,
            description,
            canonical,
            goods,
            page,
        }
    }

    fn offer_price(&self) -> (String, &'static str) {
        let currency = self.page.shop().currency;
        (currency.plain(self.everybody), currency.code())
    }
}

/// What everybody in the reader's market pays for one.
fn price_of_all(page: &Page, reader: &Reader<'_>, goods: &Goods, offer: &Offer) -> Price {
    match page.shop().is_plain() {
        true => offer.price,
        false => reader.price_of_all(&offer.before_telling(), &goods.lists),
    }
}

/// What a piece costs this reader from how many pieces on: "From 5 pieces", "€8.00 each".
fn steps_of(page: &Page, reader: &Reader<'_>, goods: &Goods, offer: &Offer) -> Vec<(String, String)> {
    let steps = reader.steps(&offer.before_telling(), &goods.lists);
    let row =
        |(from, price): (i32, i64)| (page.count("prices-step-from", from), page.named("prices-step-each", &page.price(price)));
    steps.into_iter().map(row).collect()
}

/// Parts of a bundle in words, with where they are sold by themselves.
fn parts(page: &Page, offer: &Offer) -> Vec<(String, Option<String>)> {
    let path = |part: &model::BundlePart| part.handle.as_deref().map(|handle| paths::product_variant(handle, part.variant));
    offer.parts.iter().map(|part| (part.told(|words| page.plain(words)), path(part))).collect()
}

fn stock_class(offer: &Offer) -> &'static str {
    match () {
        () if !offer.shelf.buyable() => " stock--none",
        () if offer.shelf.is_low() => " stock--low",
        () => "",
    }
}

/// The photos, that of the variant shown first.
fn photos(page: &Page, goods: &Goods, offer: &Offer) -> Vec<PhotoView> {
    let mut sorted: Vec<_> = goods.photos.iter().collect();
    sorted.sort_by_key(|photo| Some(photo.picture.id) != offer.photo);
    let total = sorted.len();
    let view = |(at, photo): (usize, &&model::Photo)| {
        let loading = if at == 0 { Loading::First } else { Loading::Lazy };
        let alt = page.told_first(&[&photo.alt, &goods.title]);
        Some(PhotoView {
            number: at + 1,
            picture: photo.picture.view(alt.as_str(), sizes::GALLERY, loading)?,
            thumb: photo.picture.view("", sizes::THUMB, Loading::Lazy)?,
            zoom: photo.picture.largest(),
            label: page.with("catalog-photo-of", &[("number", (at + 1).into()), ("count", total.into())]),
        })
    };
    sorted.iter().enumerate().filter_map(view).collect()
}

fn options(page: &Page, goods: &Goods, shown: usize) -> Vec<OptionView> {
    let rows = model::pills(&goods.options, &goods.offers, shown);
    let view = |(place, (choices, pills)): (usize, (&model::Choices, Vec<Pill>))| {
        let swatches = pills.iter().all(|pill| fill_of(pill.text.main()).is_some());
        let chosen = pills.iter().find(|pill| pill.chosen);
        let said = |pill: &Pill| match pill.out {
            true => page.named("catalog-value-out", &page.plain(&pill.text)),
            false => page.plain(&pill.text),
        };
        OptionView {
            place,
            name: page.told(&choices.name),
            chosen: chosen.map(said).unwrap_or_default(),
            swatches,
            pills: pills
                .into_iter()
                .map(|pill| PillView {
                    value: pill.value,
                    fill: fill_of(pill.text.main()).unwrap_or_default(),
                    chosen: pill.chosen,
                    out: pill.out,
                    text: page.told(&pill.text),
                })
                .collect(),
        }
    };
    goods.options.iter().zip(rows).enumerate().map(view).collect()
}

/// What is known beyond the description.
fn specs(page: &Page, goods: &Goods, offer: &Offer) -> Vec<(String, String)> {
    let weight = match offer.weight_grams {
        0 => String::new(),
        grams if grams < 1000 => format!("{} g", page.number(grams)),
        grams => format!("{}\u{a0}kg", page.decimal(i64::from(grams) / 10, 2)),
    };
    let rows = [
        ("catalog-vendor", goods.vendor.clone()),
        ("catalog-type", page.plain(&goods.product_type)),
        ("catalog-weight", weight),
        ("catalog-sku", offer.sku.clone()),
        ("catalog-barcode", offer.barcode.clone()),
    ];
    rows.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (page.t(key), value)).collect()
}

fn linked_product(
    page: &Page,
    goods: &Goods,
    reader: &Reader<'_>,
    name: &str,
    canonical: &str,
    description: &str,
    image: Option<&str>,
) -> LinkedData {
    let currency = page.shop().currency;
    let offer = |offer: &Offer| {
        let mut said = json!({
            "@type": "Offer", "price": currency.plain(price_of_all(page, reader, goods, offer).from), "priceCurrency": currency.code(),
            "availability": format!("https://schema.org/{}", offer.shelf.availability()),
            "url": format!("{}{}", page.origin, paths::product_variant(&goods.handle, offer.variant)),
        });
        if !offer.sku.is_empty() {
            said["sku"] = offer.sku.clone().into();
        }
        said
    };
    let offers: Vec<Value> = goods.offers.iter().take(100).map(offer).collect();
    let mut product = json!({
        "@context": "https://schema.org", "@type": "Product", "name": name, "description": description,
        "url": canonical, "offers": offers,
    });
    if let Some(image) = image {
        product["image"] = json!([image]);
    }
    if !goods.vendor.is_empty() {
        product["brand"] = json!({ "@type": "Brand", "name": goods.vendor });
    }
    if let Some(first) = goods.offers.first().filter(|first| !first.sku.is_empty()) {
        product["sku"] = first.sku.clone().into();
    }
    LinkedData::new(&product)
}

fn linked_trail(page: &Page, trail: &[(String, String)], title: &str, canonical: &str) -> LinkedData {
    let home = (page.t("shell-home"), format!("{}{}", page.origin, paths::home()));
    let steps = trail.iter().map(|(path, title)| (title.clone(), format!("{}{path}", page.origin)));
    LinkedData::trail(&[home].into_iter().chain(steps).chain([(title.to_owned(), canonical.to_owned())]).collect::<Vec<_>>())
}
