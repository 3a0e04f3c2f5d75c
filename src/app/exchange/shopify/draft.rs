//! The rows of a product as a draft: pure, so that a dry run and a real one cannot differ.

use super::cells::{Cells, in_one_line};
use super::columns::{Column, OPTIONS};
use super::groups::Group;
use super::rows::Row;
use crate::engines::inventory::model::Opening;
use crate::engines::pricing::Content;
use crate::features::catalog::model::ProductStatus;
use crate::platform::base::{BadText, Handle, Line, Message, Name, Prose};

/// A product as the file says, before its categories and pictures have ids.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The line of its first row.
    pub line: u64,
    pub handle: Handle,
    pub title: Name<255>,
    pub body: Prose<200_000>,
    pub status: ProductStatus,
    pub vendor: Line<255>,
    pub kind: Line<255>,
    pub tags: Vec<Name<255>>,
    /// The titles from the top of the tree down; empty for none.
    pub category: Vec<Name<255>>,
    /// Whether it is sold as a gift card; `None`: the file says nothing of gift cards.
    pub gift_card: Option<bool>,
    pub seo_title: Line<255>,
    pub seo_description: Line<1000>,
    pub options: Vec<Name<255>>,
    pub variants: Vec<DraftVariant>,
    pub images: Vec<DraftImage>,
}

#[derive(Clone, Debug)]
pub struct DraftVariant {
    pub line: u64,
    pub values: Vec<Name<255>>,
    pub sku: Option<Name<255>>,
    pub barcode: Line<255>,
    pub price: i64,
    pub compare_at: Option<i64>,
    pub grams: i32,
    pub requires_shipping: bool,
    pub taxable: bool,
    /// `None`: the file says nothing of contents.
    pub content: Option<Option<Content>>,
    pub opening: Opening,
    /// Empty for none.
    pub image: String,
}

#[derive(Clone, Debug)]
pub struct DraftImage {
    pub line: u64,
    /// A path or an address, as written.
    pub src: String,
    pub alt: Line<1000>,
    pub column: Column,
}

/// Reads the rows of a product; `None` when there is no product in them, which is reported.
pub fn read(cells: &mut Cells<'_>, group: &Group) -> Option<Draft> {
    let rows = &group.rows;
    let first = rows.first()?;
    let Some((titled, title)) = cells.first(rows, Column::Title) else {
        cells.problem(first, Column::Title, Message::new("exchange-title-missing"));
        return None;
    };
    let title: Name<255> = match in_one_line(title).parse() {
        Ok(title) => title,
        Err(why) => {
            cells.problem(titled, Column::Title, Message::new(why.0));
            return None;
        }
    };
    let options = options(cells, rows);
    let gift_card = gift_card(cells, rows);
    let mut variants = variants(cells, rows, &options);
    if gift_card == Some(true) {
        // A gift card never runs out.
        variants.iter_mut().for_each(|variant| variant.opening = Opening { tracked: false, count: 0, back_order_limit: 0 });
    }
    if variants.is_empty() {
        cells.problem(first, Column::Price, Message::new("exchange-no-variant"));
        return None;
    }
    let images = images(cells, rows);
    Some(Draft {
        line: first.line,
        handle: group.handle.clone(),
        title,
        body: body(cells, rows),
        status: status(cells, rows),
        vendor: cells.first_line(rows, Column::Vendor),
        kind: cells.first_line(rows, Column::Kind),
        tags: tags(cells, rows),
        category: category(cells, rows),
        gift_card,
        seo_title: cells.first_line(rows, Column::SeoTitle),
        seo_description: cells.first_line(rows, Column::SeoDescription),
        options: options.into_iter().map(|option| option.name).collect(),
        variants,
        images,
    })
}

fn body(cells: &mut Cells<'_>, rows: &[Row]) -> Prose<200_000> {
    match cells.first(rows, Column::Body) {
        Some((row, text)) => cells.parsed(row, Column::Body, text),
        None => Prose::default(),
    }
}

/// What `Status` says, else whether it was published.
fn status(cells: &mut Cells<'_>, rows: &[Row]) -> ProductStatus {
    if let Some((row, word)) = cells.first(rows, Column::Status) {
        return word.to_ascii_lowercase().parse().unwrap_or_else(|_| {
            cells.problem(row, Column::Status, Message::new("exchange-status").text("value", word));
            ProductStatus::Draft
        });
    }
    let published = cells.first(rows, Column::Published).is_none_or(|(row, _)| cells.truth(row, Column::Published, true));
    if published { ProductStatus::Active } else { ProductStatus::Draft }
}

/// What `Gift Card` says in the first row that says anything.
fn gift_card(cells: &mut Cells<'_>, rows: &[Row]) -> Option<bool> {
    let row = cells.first(rows, Column::GiftCard).map(|(row, _)| row);
    cells.header.has(Column::GiftCard).then(|| row.is_some_and(|row| cells.truth(row, Column::GiftCard, false)))
}

fn tags(cells: &mut Cells<'_>, rows: &[Row]) -> Vec<Name<255>> {
    let Some((row, text)) = cells.first(rows, Column::Tags) else { return Vec::new() };
    let mut tags = Vec::new();
    for tag in in_one_line(text).split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
        match tag.parse::<Name<255>>() {
            Ok(tag) => tags.push(tag),
            Err(why) => cells.problem(row, Column::Tags, Message::new(why.0)),
        }
    }
    tags
}

/// "Kitchen > Kettles"; a file without categories is sorted by its types instead.
fn category(cells: &mut Cells<'_>, rows: &[Row]) -> Vec<Name<255>> {
    let column = if cells.header.has(Column::Category) { Column::Category } else { Column::Kind };
    let Some((row, text)) = cells.first(rows, column) else { return Vec::new() };
    let text = in_one_line(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let parts = text.split('>').map(str::trim).filter(|part| !part.is_empty());
    let path: Result<Vec<Name<255>>, _> = parts.map(str::parse).collect();
    path.unwrap_or_else(|why| {
        cells.problem(row, column, Message::new(why.0));
        Vec::new()
    })
}

/// An option of the product and where its values stand.
struct OptionColumns {
    name: Name<255>,
    value: Column,
}

/// The options that the rows name. Shopify gives a product without any one called "Title" with the value "Default Title".
fn options(cells: &mut Cells<'_>, rows: &[Row]) -> Vec<OptionColumns> {
    let mut options: Vec<OptionColumns> = Vec::new();
    for (place, (name_column, value)) in OPTIONS.into_iter().enumerate() {
        let Some((valued, one)) = cells.first(rows, value) else { continue };
        let default = rows.iter().map(|row| cells.text(row, value)).all(|cell| matches!(cell, "" | "Default Title"));
        if default && one == "Default Title" {
            continue;
        }
        let name = match cells.first(rows, name_column) {
            Some((row, name)) => in_one_line(name).parse().map_err(|why: BadText| (row, Message::new(why.0))),
            None => Err((valued, Message::new("exchange-option-unnamed"))),
        };
        let name = name.unwrap_or_else(|(row, why)| {
            cells.problem(row, name_column, why);
            numbered(place + 1)
        });
        let name = if options.iter().any(|known| known.name == name) { numbered(place + 1) } else { name };
        options.push(OptionColumns { name, value });
    }
    options
}

fn numbered(place: usize) -> Name<255> {
    format!("Option {place}").parse().expect("a short line of letters")
}

fn variants(cells: &mut Cells<'_>, rows: &[Row], options: &[OptionColumns]) -> Vec<DraftVariant> {
    let mut variants: Vec<DraftVariant> = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let says = |column| !cells.text(row, column).is_empty();
        let is_variant = place == 0 || says(Column::Price) || says(Column::Sku) || OPTIONS.iter().any(|(_, value)| says(*value));
        if !is_variant {
            continue;
        }
        let Some(values) = values(cells, row, options) else { continue };
        if let Some(known) = variants.iter().find(|known| known.values == values) {
            let named = values.iter().map(|value| value.as_ref()).collect::<Vec<&str>>().join(" / ");
            let why = Message::new("exchange-variant-twice").text("name", named).count("line", known.line as i64);
            cells.lost(row, options.first().map_or(Column::Option1Value, |option| option.value), why);
            continue;
        }
        variants.extend(variant(cells, row, values));
    }
    variants
}

fn values(cells: &mut Cells<'_>, row: &Row, options: &[OptionColumns]) -> Option<Vec<Name<255>>> {
    let mut values = Vec::with_capacity(options.len());
    for option in options {
        match in_one_line(cells.text(row, option.value)).parse::<Name<255>>() {
            Ok(value) => values.push(value),
            Err(why) => {
                let missing = cells.text(row, option.value).is_empty();
                let said = Message::new("exchange-value-missing").text("name", &*option.name);
                cells.lost(row, option.value, if missing { said } else { Message::new(why.0) });
                return None;
            }
        }
    }
    Some(values)
}

fn variant(cells: &mut Cells<'_>, row: &Row, values: Vec<Name<255>>) -> Option<DraftVariant> {
    let price = cells.price(row)?;
    let sku: Line<255> = cells.line(row, Column::Sku);
    let sells_on = cells.truth(row, Column::Policy, false);
    let tracked = match cells.header.has(Column::Tracker) {
        true => !cells.text(row, Column::Tracker).is_empty(),
        false => cells.header.has(Column::Quantity),
    };
    let opening =
        Opening { tracked, count: cells.number(row, Column::Quantity), back_order_limit: if sells_on { 1_000_000 } else { 0 } };
    Some(DraftVariant {
        line: row.line,
        values,
        sku: sku.parse().ok(),
        barcode: cells.line(row, Column::Barcode),
        price,
        compare_at: cells.compare_at(row),
        grams: cells.number(row, Column::Grams),
        requires_shipping: cells.truth(row, Column::RequiresShipping, true),
        taxable: cells.truth(row, Column::Taxable, true),
        content: cells.header.has(Column::Holds).then(|| cells.content(row)),
        opening,
        image: cells.text(row, Column::VariantImage).to_owned(),
    })
}

/// The pictures in the order of their positions, each once; those that only a variant names come last.
fn images(cells: &mut Cells<'_>, rows: &[Row]) -> Vec<DraftImage> {
    let mut images: Vec<(i32, DraftImage)> = Vec::new();
    for (image_column, positioned) in [(Column::Image, true), (Column::VariantImage, false)] {
        for row in rows {
            let src = cells.text(row, image_column);
            if src.is_empty() || images.iter().any(|(_, known)| known.src == src) {
                continue;
            }
            let given = positioned && !cells.text(row, Column::ImagePosition).is_empty();
            let position = if given { cells.number(row, Column::ImagePosition) } else { i32::MAX };
            let alt = if positioned { cells.line(row, Column::ImageAlt) } else { Line::default() };
            images.push((position, DraftImage { line: row.line, src: src.to_owned(), alt, column: image_column }));
        }
    }
    images.sort_by_key(|(position, _)| *position);
    images.into_iter().map(|(_, image)| image).collect()
}
