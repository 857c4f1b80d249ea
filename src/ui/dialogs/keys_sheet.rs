use egui::{RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::session::{Entry, Group, Message, Session};
use crate::ui::fonts;
use crate::ui::theme::palette;

const ROW: f32 = 22.0;

/// All commands with their keys and what they do, by group.
pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let room = ui.ctx().content_rect().size();
    ui.set_width((room.x - 80.0).min(860.0));
    ui.horizontal(|ui| {
        ui.heading("Keys");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
        });
    });
    let colours = palette(ui.ctx());
    TableBuilder::new(ui)
        .max_scroll_height(room.y - 140.0)
        .auto_shrink([false, true])
        .column(Column::exact(190.0))
        .column(Column::exact(220.0))
        .column(Column::remainder().clip(true))
        .body(|mut body| {
            for group in Group::ALL {
                body.row(ROW + 10.0, |mut row| {
                    row.col(|ui| {
                        ui.add_space(8.0);
                        ui.label(RichText::new(group.title()).font(fonts::strong(13.0)));
                    });
                });
                let entries = session.keymap().entries();
                for entry in entries.iter().filter(|entry| entry.group == group) {
                    body.row(ROW, |mut row| {
                        row.col(|ui| {
                            ui.label(keys(entry));
                        });
                        row.col(|ui| {
                            ui.label(&entry.title);
                        });
                        row.col(|ui| {
                            ui.label(RichText::new(&entry.help).color(colours.soft));
                        });
                    });
                }
            }
        });
}

fn keys(entry: &Entry) -> String {
    let keys: Vec<String> = entry.keys.iter().map(ToString::to_string).collect();
    keys.join("  or  ")
}
