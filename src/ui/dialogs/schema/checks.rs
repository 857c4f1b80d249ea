//! What is expected of sets.

use egui::{Role, Ui, WidgetInfo};

use super::Parts;
use crate::corpus::{Check, Schema};
use crate::session::{Message, Session};

/// The checks that there are, and those that the schema's names could have.
pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let schema = session.schema();
    let held = schema.checks();
    let others = possible(schema).into_iter().filter(|check| !held.contains(check));
    let all: Vec<Check> = held.iter().cloned().chain(others).collect();
    for check in &all {
        let mut on = held.contains(check);
        let title = check.title();
        let response = ui.checkbox(&mut on, &title);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, title.clone()));
        if response.changed() {
            let kept = |other: &&Check| if *other == check { on } else { held.contains(other) };
            let checks = all.iter().filter(kept).cloned().collect();
            let word = if on { "add" } else { "remove" };
            let parts = Parts { checks: Some(checks), ..Parts::default() };
            messages.push(parts.message(format!("{word} check: {title}"), schema));
        }
    }
}

/// Every check that can be made with the names of a schema, but those that need
/// a value: these are written in the file.
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
