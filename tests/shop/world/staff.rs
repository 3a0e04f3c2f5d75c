//! Staff who are already signed in.

use barrow::platform::base::Token;

use super::{TestShop, Visitor};

impl TestShop {
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
