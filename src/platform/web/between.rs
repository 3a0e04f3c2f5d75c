//! Whole numbers of forms, within limits.

use rocket::form::{self, FromFormField, ValueField};

/// A whole number from `MIN` to `MAX`; a plus and the typographer's minus are read, too.
#[derive(Clone, Copy, Debug)]
pub struct Between<const MIN: i32, const MAX: i32>(pub i32);

#[rocket::async_trait]
impl<'r, const MIN: i32, const MAX: i32> FromFormField<'r> for Between<MIN, MAX> {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        let typed = field.value.trim();
        if typed.is_empty() {
            return Err(form::Error::validation("error-required").into());
        }
        let number = typed.replace('\u{2212}', "-").parse::<i32>().ok().filter(|number| (MIN..=MAX).contains(number));
        number.map(Between).ok_or_else(|| form::Error::validation("error-number").into())
    }
}
