//! Goods for tests, written straight into the tables.

use barrow::platform::base::{ProductId, VariantId};

use super::TestShop;

/// A product with one variant, as put on the shelf.
#[derive(Clone, Debug)]
#[allow(dead_code)]
pub struct Shelf {
    pub product: ProductId,
    pub variant: VariantId,
    pub handle: String,
    pub sku: String,
}

impl TestShop {
    /// Puts an active product with one variant on the shelf; price in cents.
    #[allow(dead_code)]
    pub async fn put(&self, title: &str, price: i64, stock: i32) -> Shelf {
        let handle = title.to_lowercase().replace(' ', "-");
        let sku = handle.to_uppercase();
        let product = self
            .returned(&format!(
                "insert into products (handle, title, status, published_at) values ('{handle}', '{title}', 'active', now()) returning id as number"
            ))
            .await;
        let variant = self
            .returned(&format!(
                "insert into variants (product_id, sku, price, position) values ({product}, '{sku}', {price}, 0) returning id as number"
            ))
            .await;
        self.sql(&format!(
            "insert into stock (variant_id, location_id) select {variant}, id from locations order by id limit 1;
             insert into stock_movements (stock_id, kind, on_hand) select id, 'opening', {stock} from stock where variant_id = {variant} and {stock} > 0;"
        ))
        .await;
        Shelf { product: ProductId(product), variant: VariantId(variant), handle, sku }
    }
}
