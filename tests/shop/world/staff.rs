//! Staff who are already signed in.

use barrow::platform::base::{Moment, Token};

use super::{TestShop, Visitor};

/// The code that an app with this secret shows at this moment; the secret as the page shows it.
#[allow(dead_code)]
pub fn totp_code(secret: &str, now: Moment) -> String {
    let secret = totp_rs::Secret::try_from_base32(secret.replace(' ', "")).expect("base 32");
    let app = totp_rs::Builder::new().with_secret(secret).build().expect("an app");
    app.generate(now.timestamp().unsigned_abs()).to_string()
}

impl TestShop {
    /// A moment that does not depend on when the test runs.
    #[allow(dead_code)]
    pub fn new_year() -> Moment {
        chrono::DateTime::from_timestamp(1_798_761_600, 0).expect("a moment")
    }

    /// Somebody of the staff with this role, signed in.
    #[allow(dead_code)]
    pub async fn staff(&self, role: &str) -> Visitor {
        self.staff_named(&format!("{role}@example.org"), role).await
    }

    #[allow(dead_code)]
    pub async fn staff_named(&self, email: &str, role: &str) -> Visitor {
        let token = Token::random();
        self.sql(&format!(
            "insert into staff (email, name, password_hash, role) values ('{email}', 'Sam {role}', '!', '{role}') on conflict do nothing;
             insert into staff_sessions (token_hash, staff_id, expires_at)
             select decode('{}', 'hex'), id, now() + interval '14 days' from staff where email = '{email}'",
            hex::encode(token.hash().as_bytes())
        ))
        .await;
        self.visitor().with_cookie("staff", &token.to_string())
    }
}
