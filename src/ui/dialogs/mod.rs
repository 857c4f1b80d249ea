//! Sheets over the window.

mod again;
mod agreement;
mod annotator;
mod bulk;
mod change_keys;
mod export;
mod history;
mod import;
mod keys_sheet;
mod note_without;
mod open_folder;
mod palette;
mod placement;
mod question;
mod schema;
mod settle;
mod statistics;
mod unsaved;

pub(super) use open_folder::recent_ui;

use egui::{Frame, Id, Margin, Modal, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::keys::confirms;
use super::parts::{follow_focus, key_hint, select_all, text_line};
use crate::session::{Dialog, Message, Session};

/// Room that the keys beside the pages of a sheet take, in points.
const HINTS: f32 = 250.0;
/// Room that the button takes which closes a sheet, in points.
const CLOSE: f32 = 64.0;

/// What was typed into the open sheet so far.
#[derive(Default)]
pub(super) struct Dialogs {
    typed: String,
    /// Whether it was said once that changes may be lost.
    sure: bool,
    /// Which sheet `typed` belongs to.
    open: Option<Dialog>,
    keys: change_keys::KeyEditor,
    schema: schema::SchemaEditor,
    statistics: statistics::StatisticsSheet,
    agreement: agreement::AgreementSheet,
    export: export::ExportSheet,
    steps: history::StepsSheet,
}

impl Dialogs {
    pub(super) fn show(&mut self, ui: &Ui, session: &Session, messages: &mut Vec<Message>) {
        let Some(dialog) = session.dialog() else {
            self.open = None;
            return;
        };
        let fresh =
            self.open.as_ref().map(std::mem::discriminant) != Some(std::mem::discriminant(dialog));
        if fresh {
            self.typed = match dialog {
                Dialog::Annotator { .. } => session.person().to_string(),
                Dialog::OpenFolder => {
                    session.project().map(|p| p.root().display().to_string()).unwrap_or_default()
                }
                Dialog::Question { note } | Dialog::NoteWithout { note } => note.clone(),
                _ => String::new(),
            };
        }
        self.open = Some(dialog.clone());
        let frame = Frame::popup(&ui.ctx().global_style()).inner_margin(Margin::same(20));
        let response =
            Modal::new(Id::unique("sheet")).frame(frame).show(ui.ctx(), |ui| match dialog {
                Dialog::Keys => keys_sheet::show(ui, session, fresh, messages),
                Dialog::OpenFolder => {
                    open_folder::show(ui, session, &mut self.typed, fresh, messages);
                }
                Dialog::Annotator { error } => {
                    annotator::show(
                        ui,
                        session,
                        &mut self.typed,
                        error.as_deref(),
                        fresh,
                        messages,
                    );
                }
                Dialog::Bulk => bulk::show(ui, session, messages),
                Dialog::Question { .. } => question::show(ui, &mut self.typed, fresh, messages),
                Dialog::NoteWithout { .. } => {
                    note_without::show(ui, &mut self.typed, fresh, messages);
                }
                Dialog::Again { error } => {
                    again::show(ui, session, error.as_deref(), messages);
                }
                Dialog::Settle { error } => {
                    settle::show(ui, session, error.as_deref(), fresh, messages);
                }
                Dialog::Unsaved => {
                    unsaved::show(ui, session, &mut self.typed, &mut self.sure, fresh, messages);
                }
                Dialog::Palette => palette::show(ui, session, fresh, messages),
                Dialog::Placement => placement::show(ui, session, fresh, messages),
                Dialog::History => history::show(ui, session, &mut self.steps, fresh, messages),
                Dialog::Export => self.export.show(ui, session, fresh, messages),
                Dialog::Import => import::show(ui, session, fresh, messages),
                Dialog::Statistics => self.statistics.show(ui, session, fresh, messages),
                Dialog::Agreement => self.agreement.show(ui, session, fresh, messages),
                Dialog::ChangeKeys => self.keys.show(ui, session, fresh, messages),
                Dialog::Schema { error } => {
                    self.schema.show(ui, session, error.as_deref(), fresh, messages);
                }
            });
        if response.should_close() {
            messages.push(Message::CloseDialog);
        }
    }
}

/// What the window has beside what stands below a sheet's heading, from top to bottom, in points.
const BESIDE: f32 = 120.0;

/// Makes a sheet this wide, or as wide as the window allows.
fn set_width(ui: &mut Ui, width: f32) {
    let room = ui.ctx().content_rect().width() - 60.0;
    ui.set_width(width.min(room));
}

/// What a sheet is called, and the button that closes it.
fn heading(ui: &mut Ui, title: &str, messages: &mut Vec<Message>) {
    ui.horizontal(|ui| {
        ui.heading(title);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
        });
    });
}

/// What stands below a sheet's heading: as high as it is or, where the window is lower, scrolled.
fn scrolled(ui: &mut Ui, name: &str, body: impl FnOnce(&mut Ui)) {
    let room = (ui.ctx().content_rect().height() - BESIDE).max(80.0);
    let place = Id::unique(("height of a sheet", name));
    let before = ui.data(|data| data.get_temp::<f32>(place));
    let height = before.unwrap_or(room).min(room);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        let area = ScrollArea::vertical().id_salt(name).auto_shrink(false).show(ui, |ui| {
            body(ui);
            follow_focus(ui);
        });
        let now = area.content_size.y;
        if before != Some(now) {
            ui.data_mut(|data| data.insert_temp(place, now));
            ui.ctx().request_discard("the sheet has another height");
        }
    });
}

/// The pages of a sheet, with the keys that work in it where there is room, and the button
/// that closes it. Returns the place of the page that was pressed.
fn tabs(
    ui: &mut Ui,
    pages: &[(String, bool)],
    hints: &[(&str, &str)],
    messages: &mut Vec<Message>,
) -> Option<usize> {
    let mut pressed = None;
    ui.horizontal_wrapped(|ui| {
        for (at, (title, chosen)) in pages.iter().enumerate() {
            let response = ui.selectable_label(*chosen, title);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, *chosen, title));
            if response.clicked() {
                pressed = Some(at);
            }
        }
        if ui.available_size_before_wrap().x < CLOSE {
            ui.end_row();
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
            if ui.available_width() > HINTS {
                for (key, does) in hints {
                    key_hint(ui, key, does);
                }
            }
        });
    });
    pressed
}

/// The key that carries out what a sheet is about, wherever the keyboard is in it.
const CONFIRMS: &str = "Ctrl+Enter";

/// A line to type into. In a fresh sheet it has the keyboard, and what stands in
/// it is selected. Returns whether Enter was pressed in it.
fn field(ui: &mut Ui, name: &str, typed: &mut String, fresh: bool) -> bool {
    let id = Id::unique(name);
    let response = ui.add(text_line(name, typed, |edit| {
        edit.id(id).desired_width(f32::INFINITY).margin(vec2(8.0, 5.0))
    }));
    if fresh {
        response.request_focus();
        select_all(ui, id, typed);
    }
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
    if enter {
        // What was entered may be refused; then it is mended right here.
        response.request_focus();
    }
    enter
}
