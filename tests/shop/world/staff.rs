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

/// Everything between these two, each time.
fn between(text: &str, before: &str, after: &str) -> Vec<String> {
    text.split(before).skip(1).filter_map(|rest| rest.split(after).next().map(str::to_owned)).collect()
}

impl TestShop {
    /// Somebody of the staff sets an app up on their own pages; its secret, and the recovery codes that were shown.
    #[allow(dead_code)]
    pub async fn with_app(&self, staff: &Visitor) -> (String, Vec<String>) {
        staff.post("/admin/security/app", &[]).await.goes_to("/admin/security/app");
        let page = staff.get("/admin/security/app").await;
        page.is_ok().has("src=\"data:image/svg+xml;base64,");
        let secret = between(&page.body(), "<code class=\"secret\">", "<").remove(0);
        let code = totp_code(&secret, self.now());
        let shown = staff.post("/admin/security/app/confirmation", &[("code", &code)]).await;
        shown.is_ok().shows("shown this once");
        (secret, between(&shown.body(), "<code class=\"secret\">", "<"))
    }

    /// The code that the app shows a minute from now, when none of the earlier ones counts; the clock goes on.
    #[allow(dead_code)]
    pub fn next_code(&self, secret: &str) -> String {
        self.shop.clock.advance(chrono::Duration::seconds(60));
        totp_code(secret, self.now())
    }

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
        let (token, now) = (Token::random(), self.now().to_rfc3339());
        self.sql(&format!(
            "insert into staff (email, name, password_hash, role) values ('{email}', 'Sam {role}', '!', '{role}') on conflict do nothing;
             insert into staff_sessions (token_hash, staff_id, created_at, seen_at, proven_at, expires_at)
             select decode('{}', 'hex'), id, '{now}', '{now}', '{now}', timestamptz '{now}' + interval '14 days' from staff where email = '{email}'",
            hex::encode(token.hash().as_bytes())
        ))
        .await;
        self.visitor().with_cookie("staff", &token.to_string())
    }
}
