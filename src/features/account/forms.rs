//! What a browser may send to the door of the accounts.

use rocket::form::FromForm;

use crate::platform::access::Password;
use crate::platform::base::{Email, Line, Name, text_enum};
use crate::platform::web::SitePath;

text_enum! {
    /// A box that is ticked.
    Ticked { Yes = "yes" }
}

#[derive(FromForm)]
pub struct SignIn {
    pub email: Email,
    pub password: Password,
    pub stay: Option<Ticked>,
}

#[derive(FromForm)]
pub struct Register {
    #[field(default_with = Some(Default::default()))]
    pub name: Line<120>,
    pub email: Email,
    pub password: Password,
}

/// The password that was chosen, typed again in the mail's link.
#[derive(FromForm)]
pub struct Confirm {
    pub password: Password,
    pub stay: Option<Ticked>,
}

#[derive(FromForm)]
pub struct AskReset {
    pub email: Email,
}

#[derive(FromForm)]
pub struct NewPassword {
    pub new: Password,
    pub stay: Option<Ticked>,
}

/// Somebody who wants an account and chooses later how they sign in.
#[derive(FromForm)]
pub struct RegisterPlainly {
    #[field(default_with = Some(Default::default()))]
    pub name: Line<120>,
    pub email: Email,
}

/// A code of an app, or a recovery code.
#[derive(FromForm)]
pub struct Code {
    pub code: Name<60>,
}

/// Off to another site.
#[derive(FromForm)]
pub struct Depart {
    pub stay: Option<Ticked>,
    pub next: Option<SitePath>,
}

/// Shows once more who one is.
#[derive(FromForm)]
pub struct Proof {
    pub password: Password,
    #[field(default_with = Some(Default::default()))]
    pub code: Line<60>,
}
