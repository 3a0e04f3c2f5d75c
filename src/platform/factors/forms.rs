//! What a page sends after a passkey answered.

use rocket::FromForm;
use rocket::form::{self, FromFormField, ValueField};

use crate::platform::base::Token;

/// The question's token and the device's answer, as `static/js/passkeys.js` fills them in.
#[derive(Debug, FromForm)]
pub struct PasskeyForm {
    pub(super) ceremony: CeremonyToken,
    pub(super) credential: CredentialJson,
}

/// The token of a question.
#[derive(Debug)]
pub(super) struct CeremonyToken(pub Token);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for CeremonyToken {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        field.value.parse().map(CeremonyToken).map_err(|()| form::Error::validation("error-passkey").into())
    }
}

/// Characters of an answer at most; those of real devices have a few thousand.
const LONGEST: usize = 32_000;

/// What the device answered, as JSON; what is in it is looked at by webauthn.
#[derive(Debug)]
pub(super) struct CredentialJson(pub serde_json::Value);

#[rocket::async_trait]
impl<'r> FromFormField<'r> for CredentialJson {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let read = Some(field.value).filter(|text| text.len() <= LONGEST).and_then(|text| serde_json::from_str(text).ok());
        read.map(CredentialJson).ok_or_else(|| form::Error::validation("error-passkey").into())
    }
}
