//! What is decided: how long things are kept and which other houses may run scripts (by staff), and what a visitor agrees to.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Map, Value, json};

use crate::features::privacy::model::{NewParty, PartyRefused};
use crate::features::privacy::queries;
use crate::features::privacy::retention::{Kind, Times};
use crate::platform::access::{Person, audit};
use crate::platform::base::{CustomerId, Failed, Moment, ThirdPartyId};
use crate::platform::db::{self, Conn};
use crate::platform::feed::{self, Subject};
use crate::platform::i18n::Locale;
use crate::platform::schema::{consents, retention_times, third_parties};
use crate::platform::settings::commands::{hold, unchanged};
use crate::platform::settings::{Fields, SaveRefused, Saved};
use crate::platform::shell::Consent;

/// Keeps how long things are kept from now on; refused when somebody else saved meanwhile.
pub async fn save_times(conn: &mut Conn, by: &Person, mark: &str, new: &Times) -> Result<(), Failed<SaveRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx).await?;
        let old = queries::times(tx).await?;
        unchanged(tx, mark, old.fields(), "settings.privacy").await?;
        for kind in Kind::chosen() {
            let row = (retention_times::kind.eq(kind.as_str()), retention_times::time.eq(new.of_kind(kind)));
            let kept = diesel::insert_into(retention_times::table).values(row).on_conflict(retention_times::kind).do_update();
            kept.set(retention_times::time.eq(new.of_kind(kind))).execute(tx).await?;
        }
        let (before, after) = (differing(&old.fields(), &new.fields()), differing(&new.fields(), &old.fields()));
        audit(tx, by, "settings.privacy", "settings", None, Some(before), Some(after)).await?;
        Ok(feed::tell(tx, Subject::Settings, None).await?)
    })
    .await
}

/// The fields that are other than those.
fn differing(fields: &Fields, others: &Fields) -> Value {
    let differ = fields.iter().filter(|field| !others.contains(field));
    Value::Object(differ.map(|(name, value)| ((*name).to_owned(), json!(value))).collect::<Map<_, _>>())
}

/// Scripts of other houses that a shop may have.
const MOST_PARTIES: i64 = 20;

/// Adds a script of another house; nobody runs it before they agreed.
pub async fn add_party(conn: &mut Conn, by: &Person, new: &NewParty, now: Moment) -> Result<(), Failed<PartyRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx).await?;
        if third_parties::table.count().get_result::<i64>(tx).await? >= MOST_PARTIES {
            return Err(PartyRefused::TooMany.into());
        }
        let origins: Vec<String> = new.origins.iter().map(ToString::to_string).collect();
        let row = (
            third_parties::name.eq(&new.name),
            third_parties::purpose.eq(new.purpose),
            third_parties::script.eq(&new.script),
            third_parties::origins.eq(&origins),
            third_parties::created_at.eq(now),
        );
        let added = diesel::insert_into(third_parties::table).values(row).on_conflict_do_nothing().returning(third_parties::id);
        let id: Option<ThirdPartyId> = added.get_result(tx).await.optional()?;
        let id = id.ok_or(PartyRefused::Known)?;
        let after = json!({ "name": new.name, "purpose": new.purpose, "script": new.script, "origins": origins });
        audit(tx, by, "settings.third_party_added", "third_party", Some(id.0), None, Some(after)).await?;
        Ok(feed::tell(tx, Subject::Settings, None).await?)
    })
    .await
}

/// Removes one; that it is gone already is fine.
pub async fn remove_party(conn: &mut Conn, by: &Person, id: ThirdPartyId) -> Result<(), Failed<PartyRefused>> {
    db::transaction(conn, async |tx: &mut Conn| {
        hold(tx).await?;
        let gone = diesel::delete(third_parties::table.find(id)).returning((third_parties::name, third_parties::script));
        let gone: Option<(String, String)> = gone.get_result(tx).await.optional()?;
        let Some((name, script)) = gone else { return Ok(()) };
        let before = json!({ "name": name, "script": script });
        audit(tx, by, "settings.third_party_removed", "third_party", Some(id.0), Some(before), None).await?;
        Ok(feed::tell(tx, Subject::Settings, None).await?)
    })
    .await
}

/// Records what a visitor agreed to, or did not.
pub async fn record(
    conn: &mut Conn,
    choice: &Consent,
    customer: Option<CustomerId>,
    locale: Locale,
    now: Moment,
) -> QueryResult<()> {
    let row = (
        consents::visitor.eq(&choice.visitor),
        consents::customer_id.eq(customer),
        (consents::statistics.eq(choice.statistics), consents::marketing.eq(choice.marketing)),
        (consents::version.eq(&choice.version), consents::locale.eq(locale), consents::at.eq(now)),
    );
    diesel::insert_into(consents::table).values(row).execute(conn).await?;
    Ok(())
}
