//! The demo's customer: one of the people of its past, with an account to look into.

use super::past::patron;
use crate::features::customers::commands::{NewCustomer, open_account, save_address};
use crate::features::{customers, messages, orders};
use crate::platform::access::Password;
use crate::platform::access::passwords;
use crate::platform::base::{Address, Broke, Failed, Moment, Never, OrBreak};
use crate::platform::db::{self, Conn, Db};
use crate::platform::i18n::Locale;

/// Opens the account where there is none of anybody yet; their orders of the past are in it. The address and the password, to be shown once.
pub async fn enrol(db: &Db, now: Moment) -> Result<Option<(String, Password)>, Broke> {
    let mut conn = db.get().await?;
    if customers::queries::anybody(&mut conn).await? {
        return Ok(None);
    }
    let (who, password) = (patron(), passwords::generated());
    let kept = passwords::chosen(&password, &who.email()).await.or_break()?;
    let kept = kept.map_err(|why| anyhow::anyhow!("a generated password is not taken: {why:?}"))?;
    let new = NewCustomer {
        email: who.email(),
        verified: true,
        name: who.name.to_owned(),
        password_hash: Some(kept.as_str().to_owned()),
        locale: if who.speaks_german() { Locale::De } else { Locale::En },
    };
    let address = Address {
        name: who.name.to_owned(),
        company: String::new(),
        street: who.street.to_owned(),
        extra: String::new(),
        postal_code: who.postal_code.to_owned(),
        city: who.city.to_owned(),
        region: who.region.to_owned(),
        country: who.country.parse().map_err(|_| anyhow::anyhow!("the demo knows no country {}", who.country))?,
        phone: String::new(),
    };
    let opened = db::transaction(&mut conn, async |tx: &mut Conn| -> Result<_, Failed<Never>> {
        let id =
            open_account(tx, &new, now).await.or_break()?.map_err(|_| anyhow::anyhow!("the demo's customer has an account"))?;
        orders::commands::adopt(tx, id).await?;
        messages::commands::adopt(tx, id).await?;
        Ok(id)
    });
    let id = opened.await.or_break()?.unwrap_or_else(|never| match never {});
    save_address(&mut conn, id, None, &address, true, now).await.or_break()?.map_err(|why| anyhow::anyhow!("{why:?}"))?;
    Ok(Some((who.email(), password)))
}
