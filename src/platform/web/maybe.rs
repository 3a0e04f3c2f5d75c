//! A field that may be left empty: empty is nothing, anything else must be right. (Rocket's `Option` takes what is wrong for nothing.)

use rocket::form::{self, FromFormField, ValueField};

/// What stands in a field, or nothing where it is empty.
#[derive(Clone, Copy, Debug)]
pub struct Maybe<T>(pub Option<T>);

#[rocket::async_trait]
impl<'r, T: FromFormField<'r> + Send> FromFormField<'r> for Maybe<T> {
    fn from_value(field: ValueField<'r>) -> form::Result<'r, Self> {
        if field.value.trim().is_empty() { Ok(Maybe(None)) } else { T::from_value(field).map(|value| Maybe(Some(value))) }
    }

    fn default() -> Option<Self> {
        Some(Maybe(None))
    }
}
