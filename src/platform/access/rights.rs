//! Rights, and what each of the six roles may do: the one table of who may do what. A shop's own roles: `roles.rs`.

use rocket::form::{self, FromFormField, ValueField};

use crate::platform::base::text_enum;

text_enum! {
    /// What a member of staff is here for.
    Role {
        Owner = "owner", Manager = "manager", Fulfilment = "fulfilment",
        Support = "support", Content = "content", Analyst = "analyst",
    }
}

/// A right as a type, so that a guard can ask for it.
pub trait RightType: Send + Sync + 'static {
    const RIGHT: Right;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// Something that a page or an act may ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Right { $($(#[$doc])* $name),+ }

        impl Right {
            pub const ALL: &'static [Right] = &[$(Right::$name),+];

            fn name(self) -> &'static str {
                match self { $(Right::$name => stringify!($name)),+ }
            }
        }

        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug)]
            pub struct $name;

            impl RightType for $name {
                const RIGHT: Right = Right::$name;
            }
        )+
    };
}

rights! {
    /// Everybody who is signed in: the home page, own sessions, own password.
    SignedIn,
    /// Everybody who is signed in, also while a second factor must be set up first: own factors, proving who one is.
    OwnFactors,
    ViewOrders,
    /// Ship items, with tracking.
    FulfilOrders,
    /// Mark paid, take and let go authorised money, cancel, write notes.
    ManageOrders,
    /// Pay money back, settle payments that no order came of.
    RefundOrders,
    /// Who has an account, what they bought, what staff know of them.
    ViewCustomers,
    /// Tags, groups, notes, help with signing in, merging two accounts.
    ManageCustomers,
    ViewProducts,
    /// Edit products and categories, count stock.
    ManageProducts,
    ViewMail,
    /// Legal pages and other texts.
    ManageContent,
    /// Shop details, payment, delivery, tax.
    ManageSettings,
    /// Add people, change what they may do, read the audit trail.
    ManageStaff,
    ViewReports,
    /// Read the inbox.
    ViewMessages,
    /// Answer in it, note, assign, snooze, close, keep saved replies.
    AnswerMessages,
}

impl Right {
    /// "manage-orders": how it is kept, and the end of the key of its words.
    pub fn word(self) -> String {
        let mut word = String::new();
        for letter in self.name().chars() {
            if letter.is_uppercase() && !word.is_empty() {
                word.push('-');
            }
            word.push(letter.to_ascii_lowercase());
        }
        word
    }

    pub fn of_word(word: &str) -> Option<Right> {
        Right::ALL.iter().copied().find(|right| right.word() == word)
    }

    /// The key of its words.
    pub fn key(self) -> String {
        format!("access-right-{}", self.word())
    }

    /// Whether whoever is signed in has it.
    pub fn is_everybodys(self) -> bool {
        matches!(self, Right::SignedIn | Right::OwnFactors)
    }

    /// The rights that roles differ by.
    pub fn given() -> impl Iterator<Item = Right> {
        Right::ALL.iter().copied().filter(|right| !right.is_everybodys())
    }
}

#[rocket::async_trait]
impl<'r> FromFormField<'r> for Right {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let given = Right::of_word(field.value).filter(|right| !right.is_everybodys());
        given.ok_or_else(|| form::Error::validation("error-choice").into())
    }
}

impl Role {
    /// The key of its name.
    pub fn key(self) -> &'static str {
        match self {
            Role::Owner => "access-role-owner",
            Role::Manager => "access-role-manager",
            Role::Fulfilment => "access-role-fulfilment",
            Role::Support => "access-role-support",
            Role::Content => "access-role-content",
            Role::Analyst => "access-role-analyst",
        }
    }

    /// Whether this role has this right; owners have all.
    pub fn may(self, right: Right) -> bool {
        use Right::*;
        right.is_everybodys()
            || match self {
                Role::Owner => true,
                Role::Manager => right != ManageStaff,
                Role::Fulfilment => matches!(right, ViewOrders | FulfilOrders | ViewProducts),
                Role::Support => matches!(
                    right,
                    ViewOrders
                        | FulfilOrders
                        | ManageOrders
                        | ViewCustomers
                        | ManageCustomers
                        | ViewProducts
                        | ViewMail
                        | ViewMessages
                        | AnswerMessages
                ),
                Role::Content => matches!(right, ViewProducts | ManageProducts | ManageContent),
                Role::Analyst => matches!(right, ViewOrders | ViewProducts | ViewReports),
            }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::i18n::{Locale, Words};

    #[test]
    fn every_right_has_somebody_below_the_owner_or_is_the_owners_alone() {
        for right in Right::ALL {
            assert!(Role::Owner.may(*right), "{right:?}");
            assert!(Words::new(Locale::En).knows(&right.key()), "{right:?} has no words: {}", right.key());
            assert_eq!(Right::of_word(&right.word()), Some(*right));
            let others = Role::ALL.iter().filter(|role| **role != Role::Owner && role.may(*right)).count();
            assert_eq!(others == 0, *right == Right::ManageStaff, "{right:?}");
        }
    }
}
