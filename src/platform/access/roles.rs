//! A role as somebody has it: one of the six, or one of the shop's own.

use std::fmt;
use std::str::FromStr;

use rocket::form::{self, FromFormField, ValueField};
use rocket::request::FromParam;
use serde::Serialize;

use super::rights::{Right, Role};
use crate::platform::base::{BadText, Message, Refusal};
use crate::platform::i18n::Words;

/// What a role is called by in the database and in addresses: "manager", "own-3".
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct RoleKey(String);

impl RoleKey {
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Which of the six it is, if it is one of them.
    pub fn built_in(&self) -> Option<Role> {
        self.0.parse().ok()
    }
}

impl From<Role> for RoleKey {
    fn from(role: Role) -> RoleKey {
        RoleKey(role.as_str().to_owned())
    }
}

impl FromStr for RoleKey {
    type Err = BadText;
    fn from_str(text: &str) -> Result<Self, BadText> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let good = (1..=40).contains(&text.len()) && text.chars().all(fits);
        if good { Ok(RoleKey(text.to_owned())) } else { Err(BadText("error-choice")) }
    }
}

impl fmt::Display for RoleKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> FromParam<'a> for RoleKey {
    type Error = BadText;
    fn from_param(param: &'a str) -> Result<Self, BadText> {
        param.parse()
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for RoleKey {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map_err(|why: BadText| form::Error::validation(why.0).into())
    }
}

/// A role with what it may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    pub key: RoleKey,
    /// As staff called it; empty for the six.
    pub name: String,
    /// The rights that it gives, beside those of everybody.
    pub rights: Vec<Right>,
    /// Whoever has it must have a second factor.
    pub demands_factor: bool,
}

impl HeldRole {
    /// As the database has it; a right that the program no longer knows gives nothing.
    pub(super) fn kept(key: &str, name: String, words: &[String], demands_factor: bool) -> Result<HeldRole, BadText> {
        let key: RoleKey = key.parse()?;
        let rights = match key.built_in() {
            Some(role) => Right::given().filter(|right| role.may(*right)).collect(),
            None => Right::given().filter(|right| words.contains(&right.word())).collect(),
        };
        Ok(HeldRole { key, name, rights, demands_factor })
    }

    pub fn may(&self, right: Right) -> bool {
        right.is_everybodys() || self.rights.contains(&right)
    }

    pub fn is_own(&self) -> bool {
        self.key.built_in().is_none()
    }

    /// Whether whoever has this role may give the other one: nobody gives what they do not have, and only owners make owners.
    pub fn may_give(&self, other: &HeldRole) -> bool {
        let owner = Some(Role::Owner);
        (other.key.built_in() != owner || self.key.built_in() == owner) && other.rights.iter().all(|right| self.may(*right))
    }

    /// What it is called in the reader's language.
    pub fn called(&self, words: &Words) -> String {
        self.key.built_in().map_or_else(|| self.name.clone(), |role| words.t(role.key()))
    }
}

impl From<Role> for HeldRole {
    fn from(role: Role) -> HeldRole {
        let rights = Right::given().filter(|right| role.may(*right)).collect();
        HeldRole { key: role.into(), name: String::new(), rights, demands_factor: false }
    }
}

/// Why a role stays as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoleRefused {
    /// Another role has this name.
    NameTaken,
    /// A right that whoever asks does not have.
    Beyond,
    /// Somebody has it, or is invited to it.
    InUse,
    Gone,
}

impl Refusal for RoleRefused {
    fn message(&self) -> Message {
        match self {
            RoleRefused::NameTaken => Message::new("access-role-name-taken"),
            RoleRefused::Beyond => Message::new("access-beyond"),
            RoleRefused::InUse => Message::new("access-role-in-use"),
            RoleRefused::Gone => Message::new("access-role-gone"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_gives_more_than_they_have() {
        let own = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(ToString::to_string).collect();
            HeldRole::kept("own-1", "Own".into(), &words, false).expect("a role")
        };
        let (owner, manager, support) = (HeldRole::from(Role::Owner), Role::Manager.into(), Role::Support.into());
        assert!(owner.may_give(&owner) && owner.may_give(&manager));
        assert!(!HeldRole::may_give(&manager, &owner) && HeldRole::may_give(&manager, &support));
        let staff = own(&["manage-staff", "view-orders", "fly"]);
        assert_eq!(staff.rights, [Right::ViewOrders, Right::ManageStaff]);
        assert!(staff.may_give(&own(&["view-orders"])) && !staff.may_give(&own(&["view-orders", "view-mail"])));
        let everything: Vec<String> = Right::given().map(Right::word).collect();
        let like_an_owner = HeldRole::kept("own-2", "All".into(), &everything, false).expect("a role");
        assert!(!like_an_owner.may_give(&owner), "only owners make owners");
    }
}
