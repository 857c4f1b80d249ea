//! Looking into JSON that other programs wrote.

use serde_json::Value;

/// The first of these fields that is there and not null.
pub(super) fn field<'a>(record: &'a Value, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| record.get(name).filter(|value| !value.is_null()))
}

/// A text, or a number or a truth value as a text.
pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// The first of these fields that is a text, and its name.
pub(super) fn named_text<'n>(record: &Value, names: &[&'n str]) -> Option<(&'n str, String)> {
    names.iter().find_map(|name| Some((*name, text(record.get(name)?)?)))
}

/// A field as a text.
pub(super) fn text_at(record: &Value, names: &[&str]) -> Option<String> {
    text(field(record, names)?)
}

/// A field as a number that is no less than 0.
pub(super) fn number_at(record: &Value, names: &[&str]) -> Option<usize> {
    let value = field(record, names)?;
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    usize::try_from(number).ok()
}

/// A field as a list; empty where it is not one.
pub(super) fn list_at<'a>(record: &'a Value, names: &[&str]) -> &'a [Value] {
    field(record, names).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
