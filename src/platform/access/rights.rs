//! Roles and rights: the one table of who may do what.

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
        right == SignedIn
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

    #[test]
    fn every_right_has_somebody_below_the_owner_or_is_the_owners_alone() {
        for right in Right::ALL {
            assert!(Role::Owner.may(*right), "{right:?}");
            let others = Role::ALL.iter().filter(|role| **role != Role::Owner && role.may(*right)).count();
            assert_eq!(others == 0, *right == Right::ManageStaff, "{right:?}");
        }
    }
}
