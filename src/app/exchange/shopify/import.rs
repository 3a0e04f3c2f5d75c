//! The import itself: product by product, each in a transaction of its own; a dry run does the same and takes it all back.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::super::Bench;
use super::cells::Cells;
use super::columns::Column;
use super::draft::{self, Draft};
use super::groups::Groups;
use super::jobs::FetchPicture;
use super::pictures::{self, Found, Pictures};
use super::report::Report;
use super::rows::Source;
use super::skus::{self, Numbered};
use crate::engines::inventory;
use crate::features::catalog;
use crate::features::catalog::model::{ImageDraft, Outcome, ProductDraft, SaveRefused, VariantDraft};
use crate::platform::base::{
    Broke, CategoryId, Currency, Failed, MediaId, Message, Moment, OrBreak, ProductId, Refusal, VariantId,
};
use crate::platform::db::{self, Conn};
use crate::platform::settings;
use crate::platform::web::Markup;
use crate::platform::{jobs, media};

/// How a file is imported.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where to look for pictures before the file's own folder.
    pub images: Option<PathBuf>,
    /// Report the same, write nothing.
    pub dry_run: bool,
}

/// Why a file is not read at all.
#[derive(Clone, Debug, PartialEq)]
pub enum ImportRefused {
    Unreadable(String),
    ColumnMissing(&'static str),
}

impl Refusal for ImportRefused {
    fn message(&self) -> Message {
        match self {
            ImportRefused::Unreadable(why) => Message::new("exchange-unreadable").text("reason", why),
            ImportRefused::ColumnMissing(name) => Message::new("exchange-column-missing").text("name", *name),
        }
    }
}

/// Imports a file; `progress` hears how many bytes of how many are read.
pub async fn import(
    bench: &Bench,
    file: &Path,
    options: &Options,
    now: Moment,
    progress: &(dyn Fn(u64, u64) + Send + Sync),
) -> Result<Report, Failed<ImportRefused>> {
    let source = Source::open(file).map_err(|error| ImportRefused::Unreadable(format!("{}: {error}", file.display())))?;
    let mut conn = bench.db.get().await?;
    let currency = settings::queries::facts(&mut conn).await?.currency;
    let pictures = Pictures {
        folder: source.folder(),
        named: options.images.as_deref(),
        store: (!options.dry_run).then_some(&bench.store),
        known: pictures::fetched_before(&mut conn).await?,
    };
    let run = Run { source: &source, pictures, currency, dry_run: options.dry_run, now, progress };
    if !options.dry_run {
        return run.all(&mut conn).await;
    }
    let rehearsed: Result<(), Failed<Rehearsed>> =
        db::transaction(&mut conn, async |tx| Err(Rehearsed(run.all(tx).await.or_break()?).into())).await;
    match rehearsed.or_break()? {
        Err(Rehearsed(result)) => Ok(result?),
        Ok(()) => Err(anyhow::anyhow!("a dry run was kept").into()),
    }
}

/// The end of a dry run: a refusal, so that everything is taken back.
#[derive(Debug)]
struct Rehearsed(Result<Report, ImportRefused>);

impl Refusal for Rehearsed {
    fn message(&self) -> Message {
        Message::new("exchange-dry-run")
    }
}

/// One import under way.
struct Run<'a> {
    source: &'a Source,
    pictures: Pictures<'a>,
    currency: Currency,
    dry_run: bool,
    now: Moment,
    progress: &'a (dyn Fn(u64, u64) + Send + Sync),
}

/// What saving one product did.
struct Done {
    product: ProductId,
    outcome: Outcome,
    variants: Vec<VariantId>,
    category: Option<CategoryId>,
    categories_made: usize,
    numbered: Vec<Numbered>,
}

impl Run<'_> {
    async fn all(&self, conn: &mut Conn) -> Result<Report, Failed<ImportRefused>> {
        let unreadable = |error: csv::Error| ImportRefused::Unreadable(error.to_string());
        let mut groups = Groups::open(self.source).map_err(unreadable)?;
        for (column, name) in [(Column::Handle, "Handle"), (Column::Title, "Title"), (Column::Price, "Variant Price")] {
            if !groups.rows.header.has(column) {
                return Err(ImportRefused::ColumnMissing(name).into());
            }
        }
        let header = groups.rows.header.clone();
        let mut report = Report { dry_run: self.dry_run, ..Report::default() };
        let mut categories = HashSet::new();
        while let Some(group) = groups.next(&mut report).map_err(unreadable)? {
            (self.progress)(groups.rows.read.load(Ordering::Relaxed), self.source.size);
            let mut cells = Cells { header: &header, currency: self.currency, report: &mut report };
            match draft::read(&mut cells, &group) {
                Some(draft) => categories.extend(self.product(conn, &mut cells, &draft).await?),
                None => report.refused += 1,
            }
        }
        report.categories = categories.len();
        report.problems.sort_by(|a, b| (a.line, &a.column).cmp(&(b.line, &b.column)));
        Ok(report)
    }

    /// Saves one product with its pictures and counts what that did.
    async fn product(&self, conn: &mut Conn, cells: &mut Cells<'_>, draft: &Draft) -> Result<Option<CategoryId>, Broke> {
        let found = self.find_pictures(cells, draft).await?;
        let saved = db::transaction(conn, async |tx| self.save(tx, draft, &found).await).await;
        let done = match saved.or_break()? {
            Ok(done) => done,
            Err(why) => {
                let column = cells.header.name(Column::Handle);
                cells.report.problem(draft.line, column, why.message());
                cells.report.refused += 1;
                return Ok(None);
            }
        };
        let report = &mut *cells.report;
        report.count(done.outcome);
        report.variants += draft.variants.len();
        report.images += found.iter().flatten().count();
        report.images_to_fetch += found.iter().flatten().filter(|one| matches!(one, Found::Address(_))).count();
        report.categories_created += done.categories_made;
        for one in done.numbered {
            let why = Message::new("exchange-sku-twice").text("sku", one.wanted).text("given", one.given);
            report.problem(one.line, cells.header.name(Column::Sku), why);
        }
        Ok(done.category)
    }

    /// The pictures of a draft; those that cannot be taken are reported and `None`.
    async fn find_pictures(&self, cells: &mut Cells<'_>, draft: &Draft) -> Result<Vec<Option<Found>>, Broke> {
        let mut found = Vec::with_capacity(draft.images.len());
        for image in &draft.images {
            found.push(match self.pictures.find(&image.src).await.or_break()? {
                Ok(one) => Some(one),
                Err(why) => {
                    let column = cells.header.name(image.column);
                    cells.report.problem(image.line, column, why.message());
                    None
                }
            });
        }
        Ok(found)
    }

    async fn save(&self, tx: &mut Conn, draft: &Draft, found: &[Option<Found>]) -> Result<Done, Failed<SaveRefused>> {
        let (category, categories_made) = catalog::commands::category_at(tx, &draft.category).await?;
        let (skus, numbered) = skus::settle(tx, draft).await?;
        let mut pictures = Vec::with_capacity(found.len());
        for one in found {
            pictures.push(match one {
                Some(Found::Kept(kept)) => Some(media::commands::record(tx, kept).await?),
                Some(Found::Known(id)) => Some(*id),
                Some(Found::Address(_)) | None => None,
            });
        }
        let product = product_draft(draft, category, skus, &pictures);
        let saved = catalog::commands::save(tx, &product, self.now).await?;
        for (variant, id) in draft.variants.iter().zip(&saved.variants) {
            inventory::commands::open(tx, *id, variant.opening).await?;
        }
        let done = Done {
            product: saved.product,
            outcome: saved.outcome,
            variants: saved.variants,
            category,
            categories_made,
            numbered,
        };
        self.queue_fetches(tx, draft, found, &done).await?;
        Ok(done)
    }

    /// Queues the pictures behind addresses.
    async fn queue_fetches(&self, tx: &mut Conn, draft: &Draft, found: &[Option<Found>], done: &Done) -> Result<(), Broke> {
        if self.dry_run {
            return Ok(());
        }
        let mut wanted = Vec::new();
        for (position, (image, one)) in draft.images.iter().zip(found).enumerate() {
            let Some(Found::Address(url)) = one else { continue };
            let shown = draft.variants.iter().zip(&done.variants).filter(|(variant, _)| variant.image == image.src);
            let fetch = FetchPicture {
                product: done.product,
                variants: shown.map(|(_, id)| *id).collect(),
                url: url.to_string(),
                alt: image.alt.to_string(),
                position: position as i32,
            };
            wanted.push(fetch.job());
        }
        Ok(jobs::add_all(tx, wanted).await?)
    }
}

/// The draft as the catalogue wants it. A product without a picture in the file keeps those it has.
fn product_draft(
    draft: &Draft,
    category: Option<CategoryId>,
    skus: Vec<Option<crate::platform::base::Name<255>>>,
    pictures: &[Option<MediaId>],
) -> ProductDraft {
    let of = |src: &str| draft.images.iter().zip(pictures).find(|(image, _)| image.src == src).and_then(|(_, id)| *id);
    let variants = draft.variants.iter().zip(skus).map(|(variant, sku)| VariantDraft {
        values: variant.values.clone(),
        sku,
        barcode: variant.barcode.clone(),
        price: variant.price,
        compare_at: variant.compare_at,
        weight_grams: variant.grams,
        content: variant.content,
        requires_shipping: variant.requires_shipping,
        taxable: variant.taxable,
        tax_class: None,
        image: of(&variant.image),
    });
    let images =
        draft.images.iter().zip(pictures).filter_map(|(image, id)| Some(ImageDraft { media: (*id)?, alt: image.alt.clone() }));
    let images: Vec<ImageDraft> = images.collect();
    ProductDraft {
        handle: draft.handle.clone(),
        title: draft.title.clone(),
        description: draft.body.clone(),
        markup: Markup::Html,
        status: draft.status,
        gift_card: draft.gift_card,
        vendor: draft.vendor.clone(),
        product_type: draft.kind.clone(),
        tags: draft.tags.clone(),
        seo_title: draft.seo_title.clone(),
        seo_description: draft.seo_description.clone(),
        categories: category.into_iter().collect(),
        options: draft.options.clone(),
        variants: variants.collect(),
        images: (!images.is_empty()).then_some(images),
    }
}
