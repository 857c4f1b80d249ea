//! What is to be imported, what there is, and what its names become.

mod names;

use egui::{Button, Id, ProgressBar, RichText, ScrollArea, Ui, vec2};

use super::{CONFIRMS, confirms, field, heading, set_width};
use crate::exchange::ImportFormat;
use crate::session::{
    Command, ImportChoice, Imported, Importing, Message, Session, Stage, Transfer, counted,
};
use crate::ui::parts::{choices, follow_focus, key_hint, text_line};
use crate::ui::theme::palette;

/// Between the parts of the sheet, in points.
const GAP: f32 = 8.0;
/// How many refusals are named of what was found, and of what came of the import.
const REFUSALS: usize = 8;
const REFUSALS_AT_THE_FOOT: usize = 3;

pub(super) fn show(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    set_width(ui, 760.0);
    let Some(importing) = session.importing() else { return };
    heading(ui, "Import", messages);
    let height = (ui.ctx().content_rect().height() - 120.0).clamp(120.0, 600.0);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        // What came of it is seen however long the list of names is.
        let below = remembered(ui, "foot", 40.0_f32);
        let room = (height - below - GAP).max(80.0);
        // One goes on with another folder.
        let is_over = matches!(importing.written, Stage::Done(_) | Stage::Failed(_));
        let ends = is_over && !remembered(ui, "over", false);
        ScrollArea::vertical().id_salt("import").auto_shrink(false).max_height(room).show(
            ui,
            |ui| {
                source_ui(ui, session, importing, fresh || ends, messages);
                ui.add_space(GAP);
                found_ui(ui, session, importing, messages);
                follow_focus(ui);
            },
        );
        ui.add_space(GAP);
        let foot = ui.scope(|ui| writing_ui(ui, importing, messages)).response.rect.height();
        remember(ui, "foot", foot);
        remember(ui, "over", is_over);
        if (foot - below).abs() > 0.5 {
            ui.ctx().request_discard("the foot of the import has another height");
        }
    });
}

/// What the sheet has of the frame before.
fn remembered<T: Clone + Send + Sync + 'static>(ui: &Ui, what: &str, otherwise: T) -> T {
    ui.data(|data| data.get_temp(Id::unique(("import", what)))).unwrap_or(otherwise)
}

fn remember<T: Clone + Send + Sync + 'static>(ui: &Ui, what: &str, value: T) {
    ui.data_mut(|data| data.insert_temp(Id::unique(("import", what)), value));
}

/// Where from, in which format, and whose it becomes.
fn source_ui(
    ui: &mut Ui,
    session: &Session,
    importing: &Importing,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    let mut choice = importing.choice.clone();
    let titles: Vec<&str> = ImportFormat::ALL.iter().map(|format| format.title()).collect();
    if let Some(picked) = choices(ui, "Format", &titles, choice.format.title(), true) {
        let format = ImportFormat::ALL.into_iter().find(|format| format.title() == picked);
        choice.format = format.unwrap_or(choice.format);
    }
    ui.add_space(4.0);
    ui.label(RichText::new("Folder or file to read").color(palette(ui.ctx()).soft));
    let enter = field(ui, "Folder or file to read", &mut choice.from, fresh);
    ui.horizontal_wrapped(|ui| {
        let can = !importing.look.is_going();
        if ui.add_enabled(can, Button::new("Look")).clicked() || (enter && can) {
            messages.push(Transfer::LookAtImport.into());
        }
        if ui.add_enabled(!session.is_browsing(), Button::new("Browse…")).clicked() {
            messages.push(Message::Browse);
        }
        ui.label("annotator for all");
        ui.add(text_line("Whose all sets become", &mut choice.annotator, |edit| {
            edit.hint_text("as the files say").desired_width(150.0)
        }));
    });
    if choice != importing.choice {
        // Before a look, which is at what is chosen then.
        messages.insert(0, Transfer::SetImport(Box::new(choice)).into());
    }
}

fn found_ui(ui: &mut Ui, session: &Session, importing: &Importing, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    match &importing.look {
        Stage::Nothing => {
            let words = "Look at what there is first; nothing is taken over by that.";
            ui.label(RichText::new(words).color(colours.soft));
        }
        Stage::Going(progress) => {
            ui.label(format!("Looking: {} articles", progress.done));
        }
        Stage::Failed(words) => {
            ui.colored_label(colours.warning, words);
        }
        Stage::Done(found) => {
            let again = if importing.looks_again { " Looking again…" } else { "" };
            ui.strong(words_of(found, "Found") + again);
            if let Some(format) = importing.guessed {
                let words = format!("It looks like {0}, and is read as {0}.", format.title());
                ui.label(RichText::new(words).color(colours.soft));
            }
            if let Some(other) = &found.report.left_aside {
                let format = importing.choice.format.title();
                let words = format!("{other}, and is not read as {format}.");
                ui.colored_label(colours.warning, words);
            }
            tell_refusals(ui, found, REFUSALS);
            // The table may be wider than a small window.
            ScrollArea::horizontal().id_salt("names").show(ui, |ui| {
                names::show(ui, session.schema(), &importing.choice, &found.report.names, messages);
            });
        }
    }
}

fn writing_ui(ui: &mut Ui, importing: &Importing, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let looked = matches!(importing.look, Stage::Done(_));
    let can = looked && !importing.written.is_going();
    ui.horizontal_wrapped(|ui| {
        let button = Button::new(RichText::new("Import").strong());
        if ui.add_enabled(can, button).clicked() || (can && confirms(ui)) {
            messages.push(Transfer::WriteImport.into());
        }
        // First it is looked at what there is.
        let can_look = matches!(importing.look, Stage::Nothing | Stage::Failed(_));
        if can_look && confirms(ui) {
            messages.push(Transfer::LookAtImport.into());
        }
        if can || can_look {
            key_hint(ui, CONFIRMS, if can { "import" } else { "look" });
        }
    });
    if let Some(error) = &importing.error {
        ui.colored_label(colours.warning, format!("Not done: {error}"));
    }
    match &importing.written {
        Stage::Nothing => {}
        Stage::Going(progress) => {
            ui.horizontal(|ui| {
                let of = match &importing.look {
                    Stage::Done(found) => found.report.read,
                    _ => 0,
                };
                let share = progress.done as f32 / of.max(1) as f32;
                let words = format!("{} of {of} articles", progress.done);
                ui.add(ProgressBar::new(share).text(words).desired_width(320.0));
                if ui.button("Stop").clicked() {
                    messages.push(Message::Run(Command::CancelWork));
                }
            });
        }
        Stage::Failed(words) => {
            ui.colored_label(colours.warning, format!("Not imported: {words}"));
        }
        Stage::Done(imported) => {
            ui.strong(words_of(imported, "Imported"));
            tell_refusals(ui, imported, REFUSALS_AT_THE_FOOT);
            let words = "An import is no step: undo does not take it back.";
            ui.label(RichText::new(words).color(colours.soft));
        }
    }
}

/// How much there is, or was taken over.
fn words_of(imported: &Imported, verb: &str) -> String {
    let report = &imported.report;
    let there = match report.documents_there + report.sets_there {
        0 => String::new(),
        _ => format!(
            "; {} and {} there already",
            counted(report.documents_there, "article"),
            counted(report.sets_there, "set")
        ),
    };
    format!(
        "{verb} {} and {} with {} and {}{there}",
        counted(report.documents, "article"),
        counted(report.sets, "set"),
        counted(report.annotations, "annotation"),
        counted(report.relations, "link")
    )
}

/// Names so many of what was refused.
fn tell_refusals(ui: &mut Ui, imported: &Imported, most: usize) {
    let colours = palette(ui.ctx());
    if imported.report.schema_taken {
        ui.label("The schema beside the data goes with it: the project had none.");
    }
    for (unit, count) in &imported.report.other_units {
        ui.label(format!(
            "In {}, offsets count {unit}, as their quotes show; they are converted.",
            counted(*count, "article")
        ));
    }
    if imported.report.refused == 0 {
        return;
    }
    ui.colored_label(colours.warning, format!("Refused: {}", imported.report.refused));
    for refusal in imported.refusals.iter().take(most) {
        ui.label(RichText::new(refusal.to_string()).size(12.0));
    }
    let more = imported.report.refused.saturating_sub(most);
    if more > 0 {
        ui.label(RichText::new(format!("and {more} more")).color(colours.soft));
    }
}

/// A choice with another map.
pub(super) fn with_mapping(
    choice: &ImportChoice,
    change: impl FnOnce(&mut crate::exchange::Mapping),
) -> Message {
    let mut choice = choice.clone();
    change(&mut choice.mapping);
    Transfer::SetImport(Box::new(choice)).into()
}
