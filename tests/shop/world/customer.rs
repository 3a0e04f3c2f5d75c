//! Customers who are already signed in.

use barrow::platform::base::Token;

use super::{TestShop, Visitor};

/// What a guest in Berlin types at a checkout where nothing is sent, to pay with the test card.
#[allow(dead_code)]
pub const BERLIN: [(&str, &str); 7] = [
    ("email", "anna@example.org"),
    ("country", "DE"),
    ("name", "Anna Berg"),
    ("street", "Lindenweg 3"),
    ("city", "Berlin"),
    ("postal_code", "10115"),
    ("payment", "test_card"),
];

impl TestShop {
    /// A customer with this verified address, signed in.
    #[allow(dead_code)]
    pub async fn customer(&self, email: &str) -> Visitor {
        self.customer_id(email).await;
        self.signed_in(email).await
    }

    /// The customer of this verified address, made where there is none.
    #[allow(dead_code)]
    pub async fn customer_id(&self, email: &str) -> i64 {
        self.sql(&format!(
            "insert into customers (email, email_verified_at, name) values ('{email}', now(), 'Marta Wolf') on conflict do nothing"
        ))
        .await;
        self.number(&format!("select id from customers where email = '{email}' and email_verified_at is not null")).await
    }

    /// A browser in which whoever has this address is signed in.
    #[allow(dead_code)]
    pub async fn signed_in(&self, email: &str) -> Visitor {
        let token = Token::random();
        self.sql(&format!(
            "insert into customer_sessions (token_hash, customer_id, expires_at, ends_at)
             select decode('{}', 'hex'), id, now() + interval '12 hours', now() + interval '7 days'
               from customers where email = '{email}' and closed_at is null",
            hex::encode(token.hash().as_bytes())
        ))
        .await;
        self.visitor().with_cookie("customer", &token.to_string())
    }
}
