//! Definitions that come with nothing but a name.

use std::sync::Arc;

use super::{
    AttributeDefinition, LabelDefinition, LinePattern, RelationDefinition, Rgb, Schema,
    capitalised, spaced,
};

/// Colours for labels that come without: on a light page, on a dark one. None is
/// one of the built-in labels' own.
const COLOURS: [(Rgb, Rgb); 6] = [
    (Rgb(0x8a, 0x3f, 0x9e), Rgb(0xd3, 0x9a, 0xe4)),
    (Rgb(0x4c, 0x6b, 0x1f), Rgb(0xa9, 0xc9, 0x6e)),
    (Rgb(0xa8, 0x2f, 0x62), Rgb(0xf0, 0x8f, 0xb8)),
    (Rgb(0x3f, 0x56, 0x8f), Rgb(0x9d, 0xb3, 0xea)),
    (Rgb(0x7a, 0x55, 0x2f), Rgb(0xd0, 0xab, 0x84)),
    (Rgb(0x2c, 0x6e, 0x80), Rgb(0x7f, 0xc4, 0xd6)),
];

/// A label that comes with nothing but a name: with a free key, and colours and a
/// line that others have least.
pub fn fresh_label(schema: &Schema, name: &str) -> LabelDefinition {
    let taken = |key: char| {
        let labels = schema.labels().iter().filter_map(|label| label.key);
        labels.chain(schema.attributes().iter().filter_map(|a| a.key)).any(|other| other == key)
    };
    let (light, dark) = colours(schema.labels().iter().map(|label| label.light));
    let count = |line: LinePattern| schema.labels().iter().filter(|l| l.line == line).count();
    let line = LinePattern::ALL.into_iter().map(|(line, _)| line).min_by_key(|line| count(*line));
    LabelDefinition {
        name: name.into(),
        title: capitalised(name),
        key: ('1'..='9').find(|key| !taken(*key)),
        help: String::new(),
        light,
        dark,
        line: line.unwrap_or(LinePattern::Solid),
    }
}

/// A relation that comes with nothing but a name and its ends.
pub fn fresh_relation(
    schema: &Schema,
    name: &str,
    from: Vec<Arc<str>>,
    to: Vec<Arc<str>>,
) -> RelationDefinition {
    let (light, dark) = colours(schema.relations().iter().map(|r| r.light));
    RelationDefinition {
        name: name.into(),
        title: spaced(name),
        help: String::new(),
        from,
        to,
        light,
        dark,
    }
}

/// An attribute that comes with nothing but a name, on all labels that have none of that name,
/// so that it can be used at once, and be narrowed down: no or yes.
pub fn fresh_attribute(schema: &Schema, name: &str) -> AttributeDefinition {
    let has = |label: &Arc<str>| {
        schema.attributes().iter().any(|known| *known.name == *name && known.on.contains(label))
    };
    let labels = schema.labels().iter().map(|label| label.name.clone());
    AttributeDefinition {
        name: name.into(),
        title: capitalised(name),
        key: None,
        on: labels.filter(|label| !has(label)).collect(),
        values: vec!["no".into(), "yes".into()],
    }
}

/// The colours that are used least.
fn colours(used: impl Iterator<Item = Rgb>) -> (Rgb, Rgb) {
    let used: Vec<Rgb> = used.collect();
    let count = |light: Rgb| used.iter().filter(|other| **other == light).count();
    let least = COLOURS.into_iter().min_by_key(|(light, _)| count(*light));
    least.unwrap_or((Rgb(0x63, 0x5e, 0x54), Rgb(0xa3, 0x9c, 0x8f)))
}
