use std::collections::BTreeSet;

use super::names::{is_changed, type_of};
use super::write::on_one_line;
use crate::corpus::{Schema, TO_DISCUSS};
use crate::exchange::attributes::{MergedAttribute, attributes};

/// What brat has to know of the types: all that the schema has.
pub(in crate::exchange) fn annotation_conf(schema: &Schema) -> String {
    let mut out = String::from("[entities]\n");
    let types = |names: &[std::sync::Arc<str>]| {
        let types: Vec<String> = names.iter().map(|name| type_of(name)).collect();
        if types.is_empty() { "<ENTITY>".to_owned() } else { types.join("|") }
    };
    for label in schema.labels() {
        out.push_str(&format!("{}\n", type_of(&label.name)));
    }
    out.push_str("\n[relations]\n");
    // Without this, brat calls every overlap a fault.
    out.push_str("<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>\n");
    for relation in schema.relations() {
        let (from, to) = (types(&relation.from), types(&relation.to));
        out.push_str(&format!("{}\tArg1:{from}, Arg2:{to}\n", type_of(&relation.name)));
    }
    out.push_str("\n[events]\n\n[attributes]\n");
    for MergedAttribute { name, labels, values } in attributes(schema) {
        let labels = if name == TO_DISCUSS {
            "<ENTITY>".to_owned()
        } else {
            labels.iter().map(|label| type_of(label)).collect::<Vec<_>>().join("|")
        };
        // brat gives the whole file up where it finds anything else in a value.
        let plain = |value: &&String| {
            let fit = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            !value.is_empty() && value.chars().all(fit)
        };
        let values: Vec<&str> = values.iter().filter(plain).map(String::as_str).collect();
        out.push_str(&format!("{}\tArg:{labels}, Value:{}\n", type_of(&name), values.join("|")));
    }
    out
}

/// The names of types that are written otherwise; `None` where there are none.
pub(in crate::exchange) fn visual_conf(schema: &Schema) -> Option<String> {
    let labels = schema.labels().iter().map(|label| &*label.name);
    let relations = schema.relations().iter().map(|relation| &*relation.name);
    let attributes = schema.attributes().iter().map(|attribute| &*attribute.name);
    // A label and an attribute may have one name.
    let changed: BTreeSet<String> = labels
        .chain(relations)
        .chain(attributes)
        .filter(|name| is_changed(name))
        // What is between angle brackets is a macro there.
        .map(|name| (type_of(name), on_one_line(name).replace('<', "‹").replace('>', "›")))
        .map(|(kind, shown)| format!("{kind} | {shown}\n"))
        .collect();
    let lines: String = changed.into_iter().collect();
    (!lines.is_empty()).then(|| format!("[labels]\n{lines}\n[drawing]\n"))
}
