//! Two people filled in the same form: field by field, who changed what since it was filled.

use std::collections::{BTreeMap, HashMap};

use sha2::{Digest, Sha256};

/// Names and values of a form, in order; a name may stand several times.
pub type Fields = Vec<(String, String)>;

/// A field that both changed.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    pub field: String,
    pub yours: String,
    pub theirs: String,
}

/// What became of a form that was filled before somebody else saved.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merged {
    /// What was typed, and theirs wherever only they changed something.
    pub fields: Fields,
    /// Changed by both: the person chooses.
    pub both: Vec<Difference>,
    /// Changed by them alone.
    pub taken: Vec<Difference>,
}

/// A mark of every field as the form was filled, to be sent along: "title=1f0a… price=…".
pub fn marks(filled: &Fields) -> String {
    let marks = grouped(filled).into_iter().map(|(name, value)| format!("{name}={}", mark(&value)));
    marks.collect::<Vec<_>>().join(" ")
}

/// Compares what was typed with what is so now; `marks` are those of the form as it was filled.
pub fn merged(typed: &Fields, theirs: &Fields, marks: &str) -> Merged {
    let before: HashMap<&str, &str> = marks.split(' ').filter_map(|one| one.split_once('=')).collect();
    let (mine, now) = (grouped(typed), grouped(theirs));
    let (mut both, mut taken) = (Vec::new(), Vec::new());
    for (field, theirs) in &now {
        let Some(was) = before.get(field.as_str()) else { continue };
        let yours = mine.get(field).cloned().unwrap_or_default();
        let difference = || Difference { field: field.clone(), yours: yours.clone(), theirs: theirs.clone() };
        match (yours == *theirs, mark(&yours) == *was, mark(theirs) == *was) {
            (true, ..) | (_, false, true) => {}
            (_, true, _) => taken.push(difference()),
            (_, false, false) => both.push(difference()),
        }
    }
    let fields = taken.iter().fold(typed.clone(), |fields, one| with_theirs(fields, &one.field, theirs));
    Merged { fields, both, taken }
}

/// The fields with theirs in place of what was typed in one of them.
pub fn with_theirs(fields: Fields, field: &str, theirs: &Fields) -> Fields {
    let others = fields.into_iter().filter(|(name, _)| name != field);
    others.chain(theirs.iter().filter(|(name, _)| name == field).cloned()).collect()
}

/// Values of several fields of one name are one value, in any order.
fn grouped(fields: &Fields) -> BTreeMap<String, String> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, value) in fields {
        let value = value.replace("\r\n", "\n").trim().to_owned();
        groups.entry(name.clone()).or_default().push(value);
    }
    groups
        .into_iter()
        .map(|(name, mut values)| {
            values.retain(|value| !value.is_empty());
            values.sort();
            (name, values.join(", "))
        })
        .collect()
}

fn mark(value: &str) -> String {
    hex::encode(&Sha256::digest(value.as_bytes())[..4])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(fields: &[(&str, &str)]) -> Fields {
        fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn only_what_both_changed_is_asked() {
        let filled = form(&[("title", "Tea"), ("price", "4.50"), ("vendor", "Mill"), ("tag", "b"), ("tag", "a")]);
        let mine = form(&[("title", "My tea"), ("price", "4.50"), ("vendor", "Mine"), ("tag", "a"), ("tag", "b")]);
        let theirs =
            form(&[("title", "Their tea"), ("price", "5.00"), ("vendor", "Mill"), ("tag", "a"), ("tag", "b"), ("new", "x")]);
        let merged = merged(&mine, &theirs, &marks(&filled));
        assert_eq!(merged.both.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["title"]);
        assert_eq!(merged.taken.iter().map(|one| one.field.as_str()).collect::<Vec<_>>(), ["price"]);
        let value = |name: &str| merged.fields.iter().find(|field| field.0 == name).map(|field| field.1.as_str());
        assert_eq!((value("title"), value("price"), value("vendor")), (Some("My tea"), Some("5.00"), Some("Mine")));
    }

    #[test]
    fn a_list_that_was_emptied_is_a_change() {
        let filled = form(&[("tag", "a")]);
        let merged = merged(&form(&[]), &form(&[("tag", "a"), ("tag", "b")]), &marks(&filled));
        assert_eq!(merged.both, [Difference { field: "tag".into(), yours: String::new(), theirs: "a, b".into() }]);
    }
}
