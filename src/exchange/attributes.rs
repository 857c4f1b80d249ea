use crate::corpus::{Schema, TO_DISCUSS};

/// All that the definitions of one name say together: what other programs configure by
/// name is one thing there.
pub(super) struct MergedAttribute {
    pub(super) name: String,
    /// The labels that have it.
    pub(super) labels: Vec<String>,
    /// The values, those of the first definition first.
    pub(super) values: Vec<String>,
}

/// The attributes of a schema by name, and the mark for what is to be discussed.
pub(super) fn attributes(schema: &Schema) -> Vec<MergedAttribute> {
    let mut merged: Vec<MergedAttribute> = Vec::new();
    for attribute in schema.attributes() {
        let labels = attribute.on.iter().map(ToString::to_string);
        let values = attribute.values.iter().map(ToString::to_string);
        if let Some(known) = merged.iter_mut().find(|known| *known.name == *attribute.name) {
            known.labels.extend(labels);
            for value in values {
                if !known.values.contains(&value) {
                    known.values.push(value);
                }
            }
        } else {
            let name = attribute.name.to_string();
            merged.push(MergedAttribute {
                name,
                labels: labels.collect(),
                values: values.collect(),
            });
        }
    }
    merged.push(MergedAttribute {
        name: TO_DISCUSS.to_owned(),
        labels: schema.labels().iter().map(|label| label.name.to_string()).collect(),
        values: vec!["yes".to_owned()],
    });
    merged
}
