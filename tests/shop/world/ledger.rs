//! Orders for tests, placed as the checkout places them, and the rules that hold after everything.

use barrow::engines::payments::BankTransfer;
use barrow::engines::pricing::{LineInput, QuoteInput, ShippingInput, TaxInput, quote};
use barrow::engines::{credit, inventory};
use barrow::features::orders::commands::Pays;
use barrow::features::orders::{self, Address, CreateRefused, NewLine, NewOrder, Placed};
use barrow::platform::access::{Person, Role};
use barrow::platform::base::{CartId, Currency, Failed, Quantity, Rate, StaffId};
use barrow::platform::db;
use barrow::platform::i18n::Locale;

use super::{Shelf, TestShop};

#[allow(dead_code)]
pub fn address() -> Address {
    Address {
        name: "Marta Wolf".into(),
        company: String::new(),
        street: "Karl-Heine-Straße 48".into(),
        extra: String::new(),
        postal_code: "04229".into(),
        city: "Leipzig".into(),
        region: String::new(),
        country: "DE".parse().expect("a country"),
        phone: String::new(),
    }
}

#[allow(dead_code)]
impl TestShop {
    /// What the checkout hands over for these goods; due in seven days.
    pub fn basket(&self, cart: i64, goods: &[(&Shelf, i64, i32)]) -> NewOrder {
        let country = "DE".parse().expect("a country");
        let (region, class) = (String::new(), "Standard".to_owned());
        let vat = TaxInput { name: "VAT".into(), country, region, class, rate: Rate(190_000) };
        let input = |(_, unit_price, quantity): &(&Shelf, i64, i32)| LineInput {
            unit_price: *unit_price,
            quantity: Quantity::new(*quantity).expect("a quantity"),
            discount: 0,
            taxes: vec![vat.clone()],
        };
        let line = |(shelf, _, _): &(&Shelf, i64, i32)| NewLine {
            product: shelf.product,
            variant: shelf.variant,
            title: shelf.handle.replace('-', " "),
            variant_title: String::new(),
            translations: Default::default(),
            sku: shelf.sku.clone(),
            handle: shelf.handle.clone(),
            media: None,
            weight_grams: 100,
            requires_shipping: true,
            gift_card: false,
            parts: Vec::new(),
        };
        let quote = quote(&QuoteInput {
            currency: Currency::USD,
            tax_included: true,
            lines: goods.iter().map(input).collect(),
            discounts: Vec::new(),
            shipping: Some(ShippingInput { name: "Standard".into(), price: 500, taxes: vec![vat.clone()] }),
        });
        NewOrder {
            delivery: None,
            cart: CartId(cart),
            customer: None,
            email: "marta.wolf@example.com".parse().expect("an address"),
            locale: Locale::En,
            lines: goods.iter().map(line).collect(),
            quote: quote.expect("a quote"),
            shipping_address: address(),
            billing_address: address(),
            shipping_method: "Standard".into(),
            translations: Default::default(),
            note: String::new(),
            standing: Default::default(),
            vat_id: String::new(),
            due_at: Some(self.now() + chrono::Duration::days(7)),
            credits: Vec::new(),
        }
    }

    /// Places an order for a cart of this number.
    pub async fn place(&self, cart: i64, goods: &[(&Shelf, i64, i32)]) -> Result<Placed, Failed<CreateRefused>> {
        let (new, now) = (self.basket(cart, goods), self.now());
        let mut conn = self.conn().await;
        let pays = Pays::Later(&BankTransfer);
        db::transaction(&mut conn, async |tx| orders::commands::create(tx, &new, pays, now).await).await
    }

    /// Somebody of the staff, as commands know them.
    pub async fn person(&self, email: &str) -> Person {
        self.staff_named(email, "manager").await;
        let id = self.number(&format!("select id from staff where email = '{email}'")).await;
        Person::unseated(StaffId(id), email, "Sam", Role::Manager)
    }

    /// Every balance is the sum of its ledger, every order agrees with its records.
    pub async fn is_sound(&self) {
        let mut conn = self.conn().await;
        let drift = inventory::queries::drift(&mut conn).await.expect("a query");
        assert!(drift.is_empty(), "{drift:?}");
        assert_eq!(credit::queries::drift(&mut conn).await.expect("a query"), 0, "credit is not the sum of its movements");
        let drift = orders::queries::drift(&mut conn).await.expect("a query");
        assert!(drift.is_empty(), "{drift:?}");
    }

    /// What of this thing is on hand, promised, and can be sold.
    pub async fn stands(&self, shelf: &Shelf) -> (i64, i64, i64) {
        let shelf =
            inventory::queries::shelf_by_variant(&mut *self.conn().await, shelf.variant, self.now()).await.expect("a shelf");
        let on_hand = shelf.balances.iter().map(|balance| i64::from(balance.on_hand)).sum();
        (on_hand, shelf.balances.iter().map(|balance| i64::from(balance.allocated)).sum(), shelf.saleable())
    }
}
