//! Acts on roles: the shop's own ones, and which roles demand a second factor.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use serde_json::{Value, json};

use crate::platform::access::audit::audit;
use crate::platform::access::model::Person;
use crate::platform::access::queries;
use crate::platform::access::rights::Right;
use crate::platform::access::roles::{HeldRole, RoleKey, RoleRefused};
use crate::platform::base::Failed;
use crate::platform::db::Conn;
use crate::platform::schema::{roles, staff, staff_invitations};

/// A role as staff write it.
#[derive(Clone, Debug)]
pub struct NewRole {
    pub name: String,
    pub rights: Vec<Right>,
    pub demands_factor: bool,
}

impl NewRole {
    /// Each right once, in the order of the program.
    fn words(&self) -> Vec<String> {
        Right::given().filter(|right| self.rights.contains(right)).map(Right::word).collect()
    }
}

/// A name of one of the six in any language is taken too, but that is for the page to see; here only other own roles are.
async fn name_is_free(tx: &mut Conn, name: &str, but: &str) -> Result<(), Failed<RoleRefused>> {
    let names: Vec<String> = roles::table.filter(roles::key.ne(but)).select(roles::name).load(tx).await?;
    match names.iter().any(|other| other.to_lowercase() == name.to_lowercase()) {
        true => Err(RoleRefused::NameTaken.into()),
        false => Ok(()),
    }
}

/// One change of roles at a time, and none while somebody is given one.
async fn hold(tx: &mut Conn) -> QueryResult<()> {
    let all = roles::table.select(roles::key).order(roles::key).for_update();
    all.load::<String>(tx).await.map(drop)
}

fn told(role: &HeldRole) -> Value {
    let words: Vec<String> = role.rights.iter().copied().map(Right::word).collect();
    match role.is_own() {
        true => json!({ "role": role.key, "name": role.name, "rights": words, "demands_factor": role.demands_factor }),
        false => json!({ "role": role.key, "demands_factor": role.demands_factor }),
    }
}

async fn known(tx: &mut Conn, key: &RoleKey) -> Result<HeldRole, Failed<RoleRefused>> {
    queries::role_by_key(tx, key).await?.ok_or_else(|| RoleRefused::Gone.into())
}

/// Makes a role of the shop's own.
pub async fn add_role(tx: &mut Conn, by: &Person, new: &NewRole) -> Result<RoleKey, Failed<RoleRefused>> {
    if !new.rights.iter().all(|right| by.may(*right)) {
        return Err(RoleRefused::Beyond.into());
    }
    hold(tx).await?;
    name_is_free(tx, &new.name, "").await?;
    let row = (roles::name.eq(&new.name), roles::rights.eq(new.words()), roles::demands_factor.eq(new.demands_factor));
    let key: String = diesel::insert_into(roles::table).values(row).returning(roles::key).get_result(tx).await?;
    let key: RoleKey = key.parse().map_err(anyhow::Error::from)?;
    let after = told(&known(tx, &key).await?);
    audit(tx, by, "role.added", "role", None, None, Some(after)).await?;
    Ok(key)
}

/// Changes a role; of one of the six only whether it demands a second factor.
pub async fn change_role(tx: &mut Conn, by: &Person, key: &RoleKey, new: &NewRole) -> Result<(), Failed<RoleRefused>> {
    hold(tx).await?;
    let old = known(tx, key).await?;
    if !by.role.may_give(&old) || (old.is_own() && !new.rights.iter().all(|right| by.may(*right))) {
        return Err(RoleRefused::Beyond.into());
    }
    let this = roles::table.find(key.as_str());
    if old.is_own() {
        name_is_free(tx, &new.name, key.as_str()).await?;
        let row = (roles::name.eq(&new.name), roles::rights.eq(new.words()));
        diesel::update(this).set(row).execute(tx).await?;
    }
    diesel::update(this).set(roles::demands_factor.eq(new.demands_factor)).execute(tx).await?;
    let (before, after) = (told(&old), told(&known(tx, key).await?));
    Ok(audit(tx, by, "role.changed", "role", None, Some(before), Some(after)).await?)
}

/// Removes a role of the shop's own that nobody has.
pub async fn remove_role(tx: &mut Conn, by: &Person, key: &RoleKey) -> Result<(), Failed<RoleRefused>> {
    use diesel::dsl::{exists, select};
    hold(tx).await?;
    let old = known(tx, key).await?;
    if !old.is_own() {
        return Err(RoleRefused::Gone.into());
    }
    let has = exists(staff::table.filter(staff::role.eq(key.as_str())));
    let invited = exists(staff_invitations::table.filter(staff_invitations::role.eq(key.as_str())));
    if select(has.or(invited)).get_result(tx).await? {
        return Err(RoleRefused::InUse.into());
    }
    diesel::delete(roles::table.find(key.as_str())).execute(tx).await?;
    Ok(audit(tx, by, "role.removed", "role", None, Some(told(&old)), None).await?)
}
