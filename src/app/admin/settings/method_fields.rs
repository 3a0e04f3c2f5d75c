//! A delivery method as the fields of its form: amounts in the shop's currency, weights in kilograms, a table row by row.

use rocket::FromForm;

use crate::engines::shipping::{Kind, MethodDraft, Step};
use crate::platform::base::{Currency, Day, Line, LocationId, Name, Prose, ShippingProfileId};
use crate::platform::i18n::{Locale, Said, Translations, Wording};
use crate::platform::settings::{self, Fields};
use crate::platform::web::{Between, FormView};

/// Rows of a table that the form reads.
pub const MOST_ROWS: usize = 40;

/// The fields of a method.
#[derive(FromForm)]
pub struct MethodForm {
    pub seen: Option<Line<64>>,
    name: Name<80>,
    #[field(default = <Line<80> as Default>::default())]
    name_en: Line<80>,
    #[field(default = <Line<80> as Default>::default())]
    name_de: Line<80>,
    #[field(default = Kind::Flat)]
    kind: Kind,
    #[field(default = <Line<20> as Default>::default())]
    price: Line<20>,
    #[field(default = Vec::new())]
    steps: Vec<StepForm>,
    #[field(default = <Line<20> as Default>::default())]
    up_to: Line<20>,
    free_from: Line<20>,
    days_min: Between<0, 365>,
    days_max: Between<0, 365>,
    active: bool,
    #[field(default = <Line<20> as Default>::default())]
    profile: Line<20>,
    #[field(default = <Line<10> as Default>::default())]
    starts_on: Line<10>,
    #[field(default = <Line<10> as Default>::default())]
    ends_on: Line<10>,
    #[field(default = <Line<20> as Default>::default())]
    location: Line<20>,
    #[field(default = <Prose<500> as Default>::default())]
    note: Prose<500>,
    #[field(default = <Prose<500> as Default>::default())]
    note_en: Prose<500>,
    #[field(default = <Prose<500> as Default>::default())]
    note_de: Prose<500>,
}

/// A row of the table; empty rows count for nothing.
#[derive(FromForm)]
struct StepForm {
    #[field(default = <Line<20> as Default>::default())]
    from: Line<20>,
    #[field(default = <Line<20> as Default>::default())]
    price: Line<20>,
    #[field(default = <Line<20> as Default>::default())]
    extra: Line<20>,
    #[field(default = <Line<20> as Default>::default())]
    every: Line<20>,
}

/// A field and the key of the sentence that says what is wrong in it.
pub type Wrong = (String, &'static str);

impl MethodForm {
    /// The method as typed, else the first field that cannot be read.
    pub fn draft(&self, currency: Currency) -> Result<MethodDraft, Wrong> {
        let kind = self.kind;
        let wrong = |field: &str, key| (field.to_owned(), key);
        let amount = |field: &str, text: &str| money(text, currency).ok_or_else(|| wrong(field, "admin-amount-unreadable"));
        let maybe = |text: &Line<20>| Some(text.to_string()).filter(|text| !text.is_empty());
        let day = |field: &str, text: &str| match text.is_empty() {
            true => Ok(None),
            false => text.parse::<Day>().map(Some).map_err(|_| wrong(field, "error-date")),
        };
        let said = |en: &str, de: &str| Said::of([(Locale::En, en.to_owned()), (Locale::De, de.to_owned())]);
        let up_to = maybe(&self.up_to).filter(|_| kind.has_steps());
        let up_to = up_to.map(|text| measure(kind, &text, currency).ok_or_else(|| wrong("up_to", "admin-amount-unreadable")));
        Ok(MethodDraft {
            name: Wording::new(self.name.to_string(), said(&self.name_en, &self.name_de)),
            kind,
            price: if kind.has_steps() { 0 } else { amount("price", &self.price)? },
            steps: if kind.has_steps() { self.steps(kind, currency)? } else { Vec::new() },
            up_to: up_to.transpose()?,
            free_from: maybe(&self.free_from).map(|text| amount("free_from", &text)).transpose()?,
            days: (self.days_min.0, self.days_max.0),
            active: self.active,
            profile: self.profile.parse().ok().map(ShippingProfileId),
            season: (day("starts_on", &self.starts_on)?, day("ends_on", &self.ends_on)?),
            location: self.location.parse().ok().map(LocationId).filter(|_| kind == Kind::Pickup),
            note: Wording::new(self.note.to_string(), said(&self.note_en, &self.note_de)),
        })
    }

    fn steps(&self, kind: Kind, currency: Currency) -> Result<Vec<Step>, Wrong> {
        let mut steps = Vec::new();
        for (at, row) in self.steps.iter().enumerate().take(MOST_ROWS) {
            if [&row.from, &row.price, &row.extra, &row.every].iter().all(|text| text.is_empty()) {
                continue;
            }
            let wrong = |name: &str| (format!("steps[{at}].{name}"), "admin-amount-unreadable");
            let amount = |name: &str, text: &str| money(text, currency).ok_or_else(|| wrong(name));
            let count = |name: &str, text: &str| measure(kind, text, currency).ok_or_else(|| wrong(name));
            steps.push(Step {
                from: count("from", &row.from)?,
                price: amount("price", &row.price)?,
                extra: if row.extra.is_empty() { 0 } else { amount("extra", &row.extra)? },
                every: if row.every.is_empty() { 0 } else { count("every", &row.every)? },
            });
        }
        Ok(steps)
    }
}

fn money(text: &str, currency: Currency) -> Option<i64> {
    currency.parse_minor(text)
}

/// What a table measures: kilograms, money or pieces.
fn measure(kind: Kind, text: &str, currency: Currency) -> Option<i64> {
    match kind {
        Kind::Weight => grams(text),
        Kind::Quantity => text.trim().parse::<i64>().ok().filter(|count| *count >= 0),
        _ => money(text, currency),
    }
}

/// "2", "0.5" or "0,125" kilograms in grams.
fn grams(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".");
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str, most: usize| text.len() <= most && text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || !digits(whole, 8) || !digits(part, 3) {
        return None;
    }
    let part: i64 = format!("{part:0<3}").parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 1000 + part)
}

/// The same as a field has it.
pub fn plain(kind: Kind, count: i64, currency: Currency) -> String {
    match kind {
        Kind::Weight => {
            let text = format!("{}.{:03}", count / 1000, count % 1000);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        }
        Kind::Quantity => count.to_string(),
        _ => currency.plain(count),
    }
}

/// A method as fields, to be compared with what another editor saved; the table as one of them.
pub fn fields_of(draft: &MethodDraft, currency: Currency) -> Fields {
    let amount = |amount: i64| currency.plain(amount);
    let id = |id: Option<i64>| id.map(|id| id.to_string()).unwrap_or_default();
    let day = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows: Vec<String> = draft.steps.iter().map(|step| row(draft.kind, step, currency).join(" ")).collect();
    let fields = vec![
        ("name", draft.name.main().to_owned()),
        ("kind", draft.kind.to_string()),
        ("price", if draft.kind.has_steps() { String::new() } else { amount(draft.price) }),
        ("steps", rows.join("; ")),
        ("up_to", draft.up_to.map(|most| plain(draft.kind, most, currency)).unwrap_or_default()),
        ("free_from", draft.free_from.map(amount).unwrap_or_default()),
        ("days_min", draft.days.0.to_string()),
        ("days_max", draft.days.1.to_string()),
        ("active", if draft.active { "yes" } else { "" }.to_owned()),
        ("profile", id(draft.profile.map(|profile| profile.0))),
        ("starts_on", day(draft.season.0)),
        ("ends_on", day(draft.season.1)),
        ("location", id(draft.location.map(|location| location.0))),
        ("note", draft.note.main().to_owned()),
    ];
    let words = [("name", draft.name.others().clone()), ("note", draft.note.others().clone())];
    [fields, settings::translated(&Translations::of(words), &["name", "note"])].concat()
}

fn row(kind: Kind, step: &Step, currency: Currency) -> [String; 4] {
    let some = |text: String| if step.every > 0 { text } else { String::new() };
    let every = some(plain(kind, step.every, currency));
    [plain(kind, step.from, currency), currency.plain(step.price), some(currency.plain(step.extra)), every]
}

/// A form with the rows of a table in it.
pub fn with_rows(form: FormView, draft: &MethodDraft, currency: Currency) -> FormView {
    draft.steps.iter().enumerate().fold(form, |form, (at, step)| {
        let names = ["from", "price", "extra", "every"].into_iter().zip(row(draft.kind, step, currency));
        names.fold(form, |form, (name, value)| form.with_value(&format!("steps[{at}].{name}"), &value))
    })
}

/// The numbers of the rows that a form shows: those with something in them and three more.
pub fn rows(form: &FormView) -> std::ops::Range<usize> {
    let filled = |at: &usize| {
        ["from", "price", "extra", "every"].iter().any(|name| !form.value(&format!("steps[{at}].{name}")).is_empty())
    };
    let last = (0..MOST_ROWS).filter(filled).max().map_or(0, |last| last + 1);
    0..(last + 3).min(MOST_ROWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_in_kilograms() {
        for (typed, grams_of) in [("2", 2000), ("0.5", 500), ("0,125", 125), ("31.5", 31_500), ("0", 0)] {
            assert_eq!(grams(typed), Some(grams_of), "{typed}");
            assert_eq!(plain(Kind::Weight, grams_of, Currency::EUR), typed.replace(',', "."));
        }
        for bad in ["", ".", ".5", "1.2345", "-1", "a", "1.2.3", "123456789"] {
            assert_eq!(grams(bad), None, "{bad}");
        }
    }
}
