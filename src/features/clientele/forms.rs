//! What staff may send about a customer.

use rocket::form::FromForm;

use crate::platform::base::{CustomerGroupId, CustomerId, Email, Name, Prose};

#[derive(FromForm)]
pub struct NoteForm {
    pub note: Prose<2000>,
}

#[derive(FromForm)]
pub struct TagForm {
    pub tag: Name<40>,
}

/// The groups that a customer is in from now on.
#[derive(FromForm)]
pub struct MembershipForm {
    pub group: Vec<CustomerGroupId>,
}

#[derive(FromForm)]
pub struct GroupForm {
    pub name: Name<60>,
}

/// Why a customer pays no tax.
#[derive(FromForm)]
pub struct ExemptForm {
    pub why: Name<200>,
}

/// Why the customers of a group pay no tax.
#[derive(FromForm)]
pub struct ExemptGroupForm {
    pub group: CustomerGroupId,
    pub why: Name<200>,
}

/// Whom to look at for a merge.
#[derive(FromForm)]
pub struct OtherForm {
    pub email: Email,
}

/// Merges for good.
#[derive(FromForm)]
pub struct MergeForm {
    pub other: CustomerId,
}
