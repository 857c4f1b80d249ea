//! What is to be exported, what it would lose, and a look at it.

mod cards;
mod losses;
mod options;
mod report;

use egui::{Button, ProgressBar, RichText, ScrollArea, Ui, vec2};

use super::{CONFIRMS, confirms, field, heading, set_width};
use crate::session::{Exporting, Message, Session, Stage, Transfer, counted};
use crate::transfer::{ExportReport, Progress};
use crate::ui::parts::{follow_focus, key_hint};
use crate::ui::theme::palette;

/// The height of what stands below the choices, in points.
const FOOT: f32 = 128.0;

#[derive(Default)]
pub(super) struct ExportSheet {
    shown: report::Shown,
}

impl ExportSheet {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        fresh: bool,
        messages: &mut Vec<Message>,
    ) {
        set_width(ui, 1000.0);
        let Some(exporting) = session.exporting() else { return };
        heading(ui, "Export", messages);
        // What is done, and what came of it, is always in view.
        let room = ui.ctx().content_rect().height() - 120.0 - FOOT;
        let height = room.clamp(90.0, 540.0);
        ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
            ui.set_min_height(height);
            ScrollArea::vertical().id_salt("export").auto_shrink(false).show(ui, |ui| {
                cards::show(ui, &exporting.choice, fresh, messages);
                ui.add_space(8.0);
                options::show(ui, session, exporting, messages);
                ui.add_space(8.0);
                self.report_ui(ui, exporting);
                follow_focus(ui);
            });
        });
        ui.add_space(6.0);
        writing_ui(ui, session, exporting, messages);
    }

    fn report_ui(&mut self, ui: &mut Ui, exporting: &Exporting) {
        let soft = palette(ui.ctx()).soft;
        match &exporting.look {
            Stage::Nothing => {}
            Stage::Going(progress) => {
                let words = format!("Looking: {}", percent(*progress));
                ui.label(RichText::new(words).color(soft));
            }
            Stage::Failed(words) => {
                ui.colored_label(palette(ui.ctx()).warning, words);
            }
            Stage::Done(found) => {
                report::show(ui, exporting, found, &mut self.shown);
            }
        }
    }
}

/// Where to, the button, and what came of it.
fn writing_ui(ui: &mut Ui, session: &Session, exporting: &Exporting, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let mut folder = exporting.folder.clone();
    ui.label(RichText::new("Folder to write").color(colours.soft));
    let enter = field(ui, "Folder to write", &mut folder, false) || confirms(ui);
    if folder != exporting.folder {
        messages.push(Transfer::SetExportFolder(folder).into());
    }
    let going = exporting.written.is_going();
    ui.horizontal_wrapped(|ui| {
        let button = Button::new(RichText::new("Export").strong());
        if ui.add_enabled(!going, button).clicked() || (enter && !going) {
            messages.push(Transfer::WriteExport.into());
        }
        key_hint(ui, CONFIRMS, "export");
        if ui.add_enabled(!session.is_browsing(), Button::new("Browse…")).clicked() {
            messages.push(Message::Browse);
        }
        let mut choice = exporting.choice.clone();
        let words = "write nothing where anything would be lost";
        if ui.checkbox(&mut choice.strict, words).changed() {
            messages.push(Transfer::SetExport(Box::new(choice)).into());
        }
        // In a low window what is lost is not in view.
        if let Stage::Done(found) = &exporting.look
            && found.losses.total() > 0
        {
            let words = format!("Not carried as they are: {}", found.losses.words());
            ui.label(RichText::new(words).color(colours.warning));
        }
    });
    if let Some(error) = &exporting.error {
        ui.colored_label(colours.warning, format!("Not done: {error}"));
    }
    match &exporting.written {
        Stage::Nothing => {}
        Stage::Going(progress) => {
            ui.horizontal(|ui| {
                let share = progress.done as f32 / progress.of.max(1) as f32;
                ui.add(ProgressBar::new(share).text(percent(*progress)).desired_width(320.0));
                if ui.button("Stop").clicked() {
                    messages.push(Message::Run(crate::session::Command::CancelWork));
                }
            });
        }
        Stage::Failed(words) => {
            ui.colored_label(colours.warning, format!("Not exported: {words}"));
        }
        Stage::Done(report) => written_ui(ui, report, messages),
    }
}

/// How far it has come. Some formats want the articles gone through twice, so that numbers of
/// articles would be more than there are.
fn percent(progress: Progress) -> String {
    format!("{} %", progress.done * 100 / progress.of.max(1))
}

fn written_ui(ui: &mut Ui, report: &ExportReport, messages: &mut Vec<Message>) {
    let Some(folder) = &report.folder else {
        let words = "Nothing was written: something would be lost";
        ui.colored_label(palette(ui.ctx()).warning, words);
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.strong(format!(
            "Exported {} in {}, {}, to {}",
            report.contents(),
            counted(report.files.len(), "file"),
            report.proof(),
            folder.display()
        ));
        let button = ui.button("Show in folder");
        // What was waited for is what comes next.
        if ui.memory(|memory| memory.focused().is_none()) {
            button.request_focus();
        }
        if button.clicked() {
            messages.push(Transfer::ShowFolder(folder.clone()).into());
        }
    });
    for problem in report.problems.iter().take(5) {
        let words = format!("Left out: {}: {}", report::place_of(&problem.path), problem.kind);
        ui.colored_label(palette(ui.ctx()).warning, words);
    }
}
