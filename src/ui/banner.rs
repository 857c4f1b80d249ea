//! What is odd about the open article, above it.

use egui::{Frame, Margin, RichText, Ui};

use super::parts::command_button;
use super::theme::palette;
use crate::session::{Command, Message, Session};

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    report_ui(ui, session, messages);
    elsewhere_ui(ui, session, messages);
    working_as_ui(ui, session, messages);
    unknown_ui(ui, session, messages);
    for (words, warning) in lines(session) {
        let colours = palette(ui.ctx());
        let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let colour = if warning { colours.warning } else { colours.ink };
            ui.label(RichText::new(words).size(12.5).color(colour));
        });
    }
}

/// Whose sets are worked on, where it is not the person's own, and the way back.
fn working_as_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let annotator = session.annotator();
    if annotator == session.person() {
        return;
    }
    let colours = palette(ui.ctx());
    let words = if annotator.is_gold() {
        "You work on gold's sets: what is settled".to_owned()
    } else {
        format!("You mark up a second time, blind, as {annotator}")
    };
    let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).size(12.5).strong().color(colours.ink));
            command_button(ui, session, Command::WorkAsOneself, "Back to your own", messages);
        });
    });
}

/// Tandai failed last time, and what can be done about it.
fn report_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(report) = session.report() else { return };
    let colours = palette(ui.ctx());
    let when = report.file_stem().unwrap_or_default().to_string_lossy();
    let words = format!("Tandai failed in an earlier run; what was saved is saved ({when})");
    let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).size(12.5).color(colours.ink));
            command_button(ui, session, Command::ShowReport, "Show it", messages);
            command_button(ui, session, Command::DismissReport, "Dismiss", messages);
        });
    });
}

/// Another window has one's own sets, and the offer to take over.
fn elsewhere_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(owner) = session.other_window() else { return };
    let colours = palette(ui.ctx());
    let annotator = session.annotator();
    let words = format!("Read only: {owner} works on {annotator}'s sets");
    let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(words).size(12.5).strong().color(colours.ink));
            command_button(ui, session, Command::WorkHere, "Take over", messages);
        });
    });
}

/// Names in the set that the schema lacks, and the offer to add them.
fn unknown_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let unknown = session.unknown_names();
    if unknown.is_empty() {
        return;
    }
    let colours = palette(ui.ctx());
    let names: Vec<String> =
        unknown.iter().map(|(kind, name)| format!("{} {name}", kind.title())).collect();
    let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 5));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            let words = format!("Not in the schema: {}", names.join(", "));
            ui.label(RichText::new(words).size(12.5).color(colours.ink));
            command_button(ui, session, Command::AdoptNames, "Add to the schema", messages);
        });
    });
}

/// Each thing to say, and whether it keeps the person from working.
fn lines(session: &Session) -> Vec<(String, bool)> {
    let mut lines = Vec::new();
    let decisions = session.decisions_problem().into_iter();
    for problem in session.problems().iter().chain(decisions) {
        lines.push((problem.to_string(), true));
    }
    let (Some(held), Some(reading)) = (session.held(), session.reading()) else { return lines };
    for problem in &held.problems {
        lines.push((problem.to_string(), false));
    }
    let own = reading.shown == *session.annotator();
    if let Some(problem) = held.unreadable.as_ref().filter(|_| own) {
        let words = "The article can be read, but not tagged: your set's file could not be used, \
                     and it is left as it is.";
        lines.push((format!("{words} {problem}"), true));
    }
    if let Some(Err(problem)) = held.others.get(&reading.shown) {
        lines.push((format!("{}'s set cannot be shown. {problem}", reading.shown), true));
    }
    lines
}
