//! What is expected of sets.

use egui::{CollapsingHeader, Role, Ui, WidgetInfo};

use super::Parts;
use crate::corpus::{Check, Schema};
use crate::session::{Message, Session};

/// The checks that there are, and those that the schema's names could have, in an
/// order that stays when one is ticked.
pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let schema = session.schema();
    let held = schema.checks();
    let (plain, with_value) = (possible(schema), possible_with_value(schema));
    let is_other = |check: &&Check| !plain.contains(check) && !with_value.contains(check);
    for check in held.iter().filter(is_other).chain(&plain) {
        check_ui(ui, schema, check, messages);
    }
    if with_value.is_empty() {
        return;
    }
    ui.add_space(6.0);
    let header = CollapsingHeader::new("A link, or else a value");
    header.default_open(with_value.iter().any(|check| held.contains(check))).show(ui, |ui| {
        for check in &with_value {
            check_ui(ui, schema, check, messages);
        }
    });
}

fn check_ui(ui: &mut Ui, schema: &Schema, check: &Check, messages: &mut Vec<Message>) {
    let mut on = schema.checks().contains(check);
    let title = check.title();
    let response = ui.checkbox(&mut on, &title);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, title.clone()));
    if response.changed() {
        let others = schema.checks().iter().filter(|other| *other != check).cloned();
        let checks = others.chain(on.then(|| check.clone())).collect();
        let word = if on { "add" } else { "remove" };
        let parts = Parts { checks: Some(checks), ..Parts::default() };
        messages.push(parts.message(format!("{word} check: {title}"), schema));
    }
}

/// Every check that can be made with the names of a schema, but those that need
/// a value.
fn possible(schema: &Schema) -> Vec<Check> {
    let mut checks = vec![Check::RelationEnds, Check::CleanEdges, Check::SameLabel];
    for label in schema.labels() {
        let label = label.name.clone();
        checks.push(Check::Linked { label: label.clone() });
        checks.push(Check::EveryOccurrence { label: label.clone() });
        let starting = schema.relations().iter().filter(|r| r.from.contains(&label));
        checks.extend(starting.map(|relation| Check::Relation {
            label: label.clone(),
            relation: relation.name.clone(),
        }));
    }
    let round = schema.relations().iter().filter(|r| r.from.iter().any(|l| r.to.contains(l)));
    checks.extend(round.map(|relation| Check::NoCycle { relation: relation.name.clone() }));
    checks
}

/// Every check that expects a link or else a value, other than the default, which
/// all have that have no other.
fn possible_with_value(schema: &Schema) -> Vec<Check> {
    let mut checks = Vec::new();
    for relation in schema.relations() {
        for label in &relation.from {
            for attribute in schema.attributes().iter().filter(|a| a.on.contains(label)) {
                let values = attribute.values.iter().skip(1);
                checks.extend(values.map(|value| Check::RelationOrValue {
                    label: label.clone(),
                    relation: relation.name.clone(),
                    attribute: attribute.name.clone(),
                    value: value.clone(),
                }));
            }
        }
    }
    checks
}
