//! What of another program's record is taken over beside what is marked, so that none of its
//! fields goes without a word.

use std::collections::btree_map::Entry;

use serde_json::Value;

use super::incoming::{Place, Refusal};
use super::json::{field, text};
use crate::corpus::Metadata;

/// What a record says besides the fields that are `known`, each as a text: lists and objects as
/// JSON. What is empty says nothing.
pub(super) fn other_fields<'a>(
    record: &'a Value,
    known: &[&str],
) -> impl Iterator<Item = (String, String)> + use<'a> {
    let fields = record.as_object().into_iter().flatten();
    let others: Vec<_> = fields.filter(|(name, _)| !known.contains(&name.as_str())).collect();
    others.into_iter().filter_map(|(name, value)| {
        let says_something = match value {
            Value::Null => false,
            Value::Array(list) => !list.is_empty(),
            Value::Object(object) => !object.is_empty(),
            Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
        };
        says_something.then(|| (name.clone(), text(value).unwrap_or_else(|| value.to_string())))
    })
}

/// The first of these lists that has something in it. That there are others, or that one of them
/// is no list, is said.
pub(super) fn first_list<'a>(
    record: &'a Value,
    names: &[&'static str],
    place: &Place,
    refusals: &mut Vec<Refusal>,
) -> &'a [Value] {
    let mut taken: Option<(&str, &[Value])> = None;
    for name in names {
        let Some(value) = field(record, &[name]) else { continue };
        let words = match (value.as_array(), taken) {
            (None, _) => format!("\"{name}\" is {value}, which is no list"),
            (Some(list), _) if list.is_empty() => continue,
            (Some(list), None) => {
                taken = Some((name, list));
                continue;
            }
            (Some(_), Some((before, _))) => {
                format!("\"{name}\" stands beside \"{before}\" and is not taken over")
            }
        };
        refusals.push(Refusal::new(place, words));
    }
    taken.map_or(&[], |(_, list)| list)
}

/// Adds what is known of a document. What is said otherwise a second time is left out, and said.
pub(super) fn add_metadata(
    metadata: &mut Metadata,
    fields: impl Iterator<Item = (String, String)>,
    place: &Place,
    refusals: &mut Vec<Refusal>,
) {
    for (name, value) in fields {
        match metadata.entry(name) {
            Entry::Vacant(entry) => drop(entry.insert(value)),
            Entry::Occupied(entry) if *entry.get() == value => {}
            Entry::Occupied(entry) => {
                let words = format!("{} is said twice: \"{value}\" is left out", entry.key());
                refusals.push(Refusal::new(place, words));
            }
        }
    }
}

/// Adds the fields of an object that stands in a field of a record, such as `meta`. That it is
/// something else is said.
pub(super) fn add_metadata_in(
    metadata: &mut Metadata,
    (record, name): (&Value, &str),
    place: &Place,
    refusals: &mut Vec<Refusal>,
) {
    match field(record, &[name]) {
        None => {}
        Some(object @ Value::Object(_)) => {
            add_metadata(metadata, other_fields(object, &[]), place, refusals);
        }
        Some(other) => {
            let words = format!("\"{name}\" is {other}, which names nothing");
            refusals.push(Refusal::new(place, words));
        }
    }
}
