//! Scripts of other houses that staff have added (`features/privacy` keeps them): which there are, for what, and from where.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use sha2::{Digest, Sha256};

use crate::platform::base::{Origin, ThirdPartyId, text_enum};
use crate::platform::db::Conn;
use crate::platform::schema::third_parties;

text_enum! {
    /// What a script is for; visitors agree to each by itself.
    Purpose { Statistics = "statistics", Marketing = "marketing" }
}

/// A script of another house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThirdParty {
    pub id: ThirdPartyId,
    pub name: String,
    pub purpose: Purpose,
    /// Where it lies; https.
    pub script: String,
    /// Where it lies and with whom it talks.
    pub origins: Vec<Origin>,
}

/// All of them, by name.
pub async fn third_parties(conn: &mut Conn) -> QueryResult<Vec<ThirdParty>> {
    let columns = (third_parties::id, third_parties::name, third_parties::purpose, third_parties::script, third_parties::origins);
    let rows: Vec<(ThirdPartyId, String, Purpose, String, Vec<String>)> =
        third_parties::table.order((third_parties::name, third_parties::id)).select(columns).load(conn).await?;
    let party = |(id, name, purpose, script, others): (ThirdPartyId, String, Purpose, String, Vec<String>)| {
        let own = url::Url::parse(&script).ok().and_then(|url| Origin::of(&url).ok());
        let mut origins: Vec<Origin> = own.into_iter().chain(others.iter().filter_map(|other| other.parse().ok())).collect();
        origins.dedup();
        ThirdParty { id, name, purpose, script, origins }
    };
    Ok(rows.into_iter().map(party).collect())
}

/// A mark of what visitors are asked; when it changes they are asked again.
pub fn version_of(parties: &[ThirdParty]) -> String {
    let mut hash = Sha256::new();
    for party in parties {
        for part in [party.name.as_str(), party.purpose.as_str(), party.script.as_str()] {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
    }
    hex::encode(&hash.finalize()[..6])
}
