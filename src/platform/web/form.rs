//! A form as a page shows it: what was typed and what is wrong with it.

use std::collections::HashMap;

use rocket::form::Context;
use rocket::form::error::{Error, ErrorKind};

use crate::platform::base::Refusal;
use crate::platform::i18n::Words;

/// A field and the sentence that says what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    pub field: String,
    pub text: String,
}

/// The values of a form and its errors; templates ask it by field name.
#[derive(Clone, Debug, Default)]
pub struct FormView {
    values: HashMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl FormView {
    /// A form nobody has filled in.
    pub fn empty() -> FormView {
        FormView::default()
    }

    /// A form filled in with what is known.
    pub fn filled<'a>(values: impl IntoIterator<Item = (&'a str, String)>) -> FormView {
        let mut form = FormView::default();
        for (name, value) in values {
            form.values.entry(name.to_owned()).or_default().push(value);
        }
        form
    }

    /// A form as it was sent, with the errors found while reading it.
    pub fn of(words: Words, context: &Context<'_>) -> FormView {
        let mut form = FormView::default();
        for (name, value) in context.fields().map(|name| (name.to_string(), context.field_values(name))) {
            form.values.insert(name, value.map(str::to_owned).collect());
        }
        for error in context.errors() {
            let field = error.name.as_ref().map(ToString::to_string).unwrap_or_default();
            form.add(field, words.t(key_of(error)));
        }
        form
    }

    /// The form with another value in a field.
    pub fn with_value(mut self, field: &str, value: &str) -> FormView {
        self.values.insert(field.to_owned(), vec![value.to_owned()]);
        self
    }

    /// The form with one more error at a field.
    pub fn with_error(mut self, field: &str, text: String) -> FormView {
        self.add(field.to_owned(), text);
        self
    }

    /// The form with a refusal shown at a field.
    pub fn refused(self, words: Words, field: &str, why: &impl Refusal) -> FormView {
        self.with_error(field, words.refusal(why))
    }

    /// The same form with nothing wrong in it.
    pub fn without_errors(self) -> FormView {
        FormView { errors: Vec::new(), ..self }
    }

    fn add(&mut self, field: String, text: String) {
        if !self.errors.iter().any(|error| error.field == field) {
            self.errors.push(FieldError { field, text });
        }
    }

    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// Whether a field (a box, a radio, a select) has this value among its own.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.get(field).is_some_and(|values| values.iter().any(|one| one == value))
    }

    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.text.as_str())
    }

    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }
}

fn key_of<'a>(error: &'a Error<'_>) -> &'a str {
    match &error.kind {
        ErrorKind::Missing => "error-required",
        ErrorKind::Validation(key) if key.starts_with("error-") => key,
        ErrorKind::InvalidLength { .. } => "error-too-long",
        ErrorKind::Duplicate => "error-duplicate",
        ErrorKind::Int(_) | ErrorKind::Float(_) | ErrorKind::OutOfRange { .. } => "error-number",
        _ => "error-field",
    }
}
