//! What of the project is exported, and how.

use std::collections::BTreeSet;

use egui::{Ui, vec2};

use crate::corpus::{Annotator, Status};
use crate::exchange::{Format, Scheme};
use crate::session::{ExportChoice, Exporting, Message, Session, Transfer};
use crate::ui::parts::{choices, text_line, toggles};
use crate::ui::theme::palette;

/// The width of the names before the choices, in points.
const NAMES: f32 = 92.0;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    exporting: &Exporting,
    messages: &mut Vec<Message>,
) {
    let mut choice = exporting.choice.clone();
    if exporting.annotators.len() > 1 {
        line(ui, "Annotators", |ui| annotators_ui(ui, &exporting.annotators, &mut choice));
    }
    line(ui, "Sets that are", |ui| {
        let is_chosen =
            |status| choice.statuses.as_ref().is_none_or(|statuses| statuses.contains(&status));
        let shown = Status::ALL.map(|status| (status.title(), is_chosen(status)));
        if let Some(status) = toggles(ui, "Sets that are", shown.into_iter())
            .and_then(|at| Status::ALL.get(at).copied())
        {
            choice.statuses = toggled(choice.statuses.as_ref(), &status, &Status::ALL);
        }
    });
    line(ui, "Labels", |ui| labels_ui(ui, session, &mut choice));
    line(ui, "Parts", |ui| {
        text_ui(ui, "Parts", "train=80,dev=10,test=10", &mut choice.parts, 220.0);
        ui.label("seed");
        text_ui(ui, "Seed", "0", &mut choice.seed, 60.0);
    });
    own_options_ui(ui, &mut choice);
    if choice != exporting.choice {
        messages.push(Transfer::SetExport(Box::new(choice)).into());
    }
}

/// A name and what it is the name of, on one line or below it where there is no room.
fn line(ui: &mut Ui, name: &str, content: impl FnOnce(&mut Ui)) {
    ui.horizontal_wrapped(|ui| {
        let soft = palette(ui.ctx()).soft;
        let (rect, _) = ui.allocate_exact_size(vec2(NAMES, 22.0), egui::Sense::hover());
        let align = egui::Align2::LEFT_CENTER;
        ui.painter().text(rect.left_center(), align, name, crate::ui::fonts::sans(13.0), soft);
        content(ui);
    });
}

fn annotators_ui(ui: &mut Ui, all: &[Annotator], choice: &mut ExportChoice) {
    let is_chosen = |annotator| {
        choice.annotators.as_ref().is_none_or(|chosen: &Vec<Annotator>| chosen.contains(annotator))
    };
    let shown: Vec<(&str, bool)> =
        all.iter().map(|annotator| (annotator.as_str(), is_chosen(annotator))).collect();
    if let Some(annotator) = toggles(ui, "Annotators", shown.into_iter()).and_then(|at| all.get(at))
    {
        choice.annotators = toggled(choice.annotators.as_ref(), annotator, all);
    }
}

fn labels_ui(ui: &mut Ui, session: &Session, choice: &mut ExportChoice) {
    let all: Vec<String> =
        session.schema().labels().iter().map(|label| label.name.to_string()).collect();
    let chosen = choice.labels.clone();
    let is_chosen = |label: &String| chosen.as_ref().is_none_or(|labels| labels.contains(label));
    let shown: Vec<(&str, bool)> =
        all.iter().map(|label| (label.as_str(), is_chosen(label))).collect();
    if let Some(label) = toggles(ui, "Labels", shown.into_iter()).and_then(|at| all.get(at)) {
        let before: Option<Vec<String>> = chosen.map(|labels| labels.into_iter().collect());
        let after = toggled(before.as_ref(), label, &all);
        choice.labels = after.map(|labels| labels.into_iter().collect::<BTreeSet<_>>());
    }
}

/// Those chosen with one more or one less; `None` for all of them. The last stays.
fn toggled<T: Clone + PartialEq>(chosen: Option<&Vec<T>>, one: &T, all: &[T]) -> Option<Vec<T>> {
    let before = chosen.cloned().unwrap_or_else(|| all.to_vec());
    let has = before.contains(one);
    let is_in = |item: &&T| if *item == one { !has } else { before.contains(item) };
    let after: Vec<T> = all.iter().filter(is_in).cloned().collect();
    if after.is_empty() {
        return chosen.cloned();
    }
    (after.len() < all.len()).then_some(after)
}

/// What some formats alone have.
fn own_options_ui(ui: &mut Ui, choice: &mut ExportChoice) {
    match choice.format {
        Format::Conll => line(ui, "Tags", |ui| {
            let names = Scheme::ALL.map(|(_, name)| name);
            let current = Scheme::ALL.iter().find(|(scheme, _)| *scheme == choice.scheme);
            let current = current.map_or("", |(_, name)| name);
            let picked = choices(ui, "Tags", &names, current, true);
            let scheme = Scheme::ALL.iter().find(|(_, name)| Some(*name) == picked);
            choice.scheme = scheme.map_or(choice.scheme, |(scheme, _)| *scheme);
        }),
        Format::Csv => line(ui, "Tables", |ui| {
            ui.checkbox(&mut choice.excel, "for Excel: no cell that it takes for a formula");
        }),
        Format::Brat => line(ui, "Texts", |ui| {
            ui.checkbox(&mut choice.keep_line_ends, "keep line ends of two characters (CR LF)");
        }),
        _ => {}
    }
}

fn text_ui(ui: &mut Ui, name: &str, hint: &str, typed: &mut String, width: f32) {
    ui.add(text_line(name, typed, |edit| edit.hint_text(hint).desired_width(width)));
}
