//! What proving who one is takes: the database, the vault with the seeds, the shop as passkeys know it.

use rocket::http::Status;
use rocket::request::{FromRequest, Outcome, Request};

use crate::platform::config::Config;
use crate::platform::db::Db;
use crate::platform::factors::{NoPasskeys, Relying};
use crate::platform::shell::Page;
use crate::platform::vault::Vault;

/// The handles that sign-in and security pages need.
pub struct Keyring<'r> {
    pub db: Db,
    pub vault: &'r Vault,
    config: &'r Config,
}

impl Keyring<'_> {
    /// The side that asks passkeys, where the shop's address allows them.
    pub fn relying(&self, page: &Page) -> Result<Relying, NoPasskeys> {
        Relying::of(self.config, &page.shop().name)
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Keyring<'r> {
    type Error = ();

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, ()> {
        let rocket = request.rocket();
        match (rocket.state::<Db>(), rocket.state::<Vault>(), rocket.state::<Config>()) {
            (Some(db), Some(vault), Some(config)) => Outcome::Success(Keyring { db: db.clone(), vault, config }),
            _ => Outcome::Error((Status::InternalServerError, ())),
        }
    }
}
