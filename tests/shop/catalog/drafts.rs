//! Goods for these tests, saved through the room's own command.

use barrow::engines::inventory::commands as shelves;
use barrow::engines::inventory::model::Opening;
use barrow::features::catalog::commands;
use barrow::features::catalog::model::{CategoryDraft, ProductDraft, ProductStatus, SaveRefused, Saved, VariantDraft};
use barrow::platform::base::{CategoryId, Failed, Handle, OrBreak};
use barrow::platform::db;
use barrow::platform::db::Conn;
use barrow::platform::feed::{Change, Subject};
use barrow::platform::web::Markup;
use diesel_async::RunQueryDsl;

use crate::world::TestShop;

pub fn variant(values: &[&str], sku: &str, price: i64) -> VariantDraft {
    VariantDraft {
        values: values.iter().map(|value| value.parse().expect("a value")).collect(),
        sku: (!sku.is_empty()).then(|| sku.parse().expect("a SKU")),
        barcode: Default::default(),
        price,
        compare_at: None,
        weight_grams: 1250,
        content: None,
        requires_shipping: true,
        taxable: true,
        tax_class: None,
        image: None,
    }
}

/// A product on offer; its handle is made of the title.
pub fn product(title: &str, options: &[&str], variants: Vec<VariantDraft>) -> ProductDraft {
    ProductDraft {
        handle: Handle::of_title(title),
        title: title.parse().expect("a title"),
        description: "A **good** thing.".parse().expect("a text"),
        markup: Markup::Markdown,
        gift_card: None,
        status: ProductStatus::Active,
        vendor: "Mill & Sons".parse().expect("a name"),
        product_type: Default::default(),
        tags: vec!["kitchen".parse().expect("a tag")],
        seo_title: Default::default(),
        seo_description: Default::default(),
        categories: Vec::new(),
        options: options.iter().map(|name| name.parse().expect("a name")).collect(),
        variants,
        images: None,
    }
}

/// Mint and grey in 400 and 600 ml; grey is not made in 600.
pub fn blender() -> ProductDraft {
    let variants = vec![
        variant(&["Mint", "400 ml"], "B-M4", 4999),
        variant(&["Mint", "600 ml"], "B-M6", 5999),
        variant(&["Grey", "400 ml"], "B-G4", 4999),
    ];
    product("Personal Blender", &["Colour", "Size"], variants)
}

impl TestShop {
    pub async fn try_save(&self, draft: &ProductDraft) -> Result<Saved, SaveRefused> {
        let (mut conn, draft, now) = (self.conn().await, draft.clone(), self.now());
        let saved = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<Saved, Failed<SaveRefused>> {
            commands::save(tx, &draft, now).await
        });
        saved.await.or_break().expect("nothing breaks")
    }

    pub async fn save(&self, draft: &ProductDraft) -> Saved {
        self.try_save(draft).await.expect("the draft is good")
    }

    /// Saves a product and puts so many of each variant on the shelf.
    pub async fn stock_up(&self, draft: &ProductDraft, counts: &[i32]) -> Saved {
        let saved = self.save(draft).await;
        let mut conn = self.conn().await;
        for (variant, count) in saved.variants.iter().zip(counts) {
            shelves::open(&mut conn, *variant, Opening::with(*count)).await.expect("a shelf");
        }
        saved
    }

    pub async fn category(&self, title: &str, parent: Option<CategoryId>) -> CategoryId {
        let draft = CategoryDraft {
            handle: Handle::of_title(title),
            title: title.parse().expect("a title"),
            parent,
            description: Default::default(),
            image: None,
            position: 0,
        };
        let mut conn = self.conn().await;
        commands::save_category(&mut conn, &draft).await.or_break().expect("nothing breaks").expect("a good draft").0
    }

    /// Tells everything kept in memory what the feed says; in the running shop a task of its own does.
    pub async fn hear_the_feed(&self) -> usize {
        #[derive(diesel::QueryableByName)]
        struct Row {
            #[diesel(sql_type = diesel::sql_types::Text)]
            subject: String,
            #[diesel(sql_type = diesel::sql_types::Nullable<diesel::sql_types::BigInt>)]
            subject_id: Option<i64>,
        }
        let rows: Vec<Row> = diesel::sql_query("with told as (delete from change_feed returning id, subject, subject_id) select subject, subject_id from told order by id")
            .load(&mut self.conn().await)
            .await
            .expect("the feed");
        for row in &rows {
            let subject: Subject = row.subject.parse().expect("a subject");
            self.shop.listeners().iter().for_each(|listener| listener.hear(&Change { subject, id: row.subject_id }));
        }
        rows.len()
    }
}
