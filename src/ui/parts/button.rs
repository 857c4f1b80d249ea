use egui::scroll_area::ScrollBarVisibility::AlwaysHidden;
use egui::{
    Button, Rect, Response, Role, ScrollArea, Ui, UiBuilder, WidgetInfo, WidgetText, pos2, vec2,
};

use super::follow_focus;
use crate::session::{Command, Message, Session};

/// A small cross that closes or clears something. Returns whether it is pressed.
pub(in crate::ui) fn cross_button(ui: &mut Ui, name: &str) -> bool {
    let response = ui.button("×").on_hover_text(name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    response.clicked()
}

/// The room that a cross takes, in points.
const CROSS: f32 = 26.0;

/// Things in as many lines as they need or, where there is no room for that, in one that is
/// scrolled to what has the keyboard, with a cross in the corner, where it stays. Returns whether
/// it is pressed.
pub(in crate::ui) fn closable(
    ui: &mut Ui,
    name: &str,
    in_one_line: bool,
    content: impl FnOnce(&mut Ui),
) -> bool {
    let whole = ui.available_rect_before_wrap();
    ui.scope(|ui| {
        ui.set_max_width(whole.width() - CROSS - 4.0);
        if in_one_line {
            ScrollArea::horizontal().id_salt(name).scroll_bar_visibility(AlwaysHidden).show(
                ui,
                |ui| {
                    ui.horizontal(content);
                    follow_focus(ui);
                },
            );
        } else {
            ui.horizontal_wrapped(content);
        }
    });
    let corner = pos2(whole.right() - CROSS, whole.top());
    let corner = Rect::from_min_size(corner, vec2(CROSS, ui.spacing().interact_size.y));
    cross_button(&mut ui.new_child(UiBuilder::new().max_rect(corner)), name)
}

/// A button that runs a command: its tooltip and whether it can be pressed come
/// from the table of commands.
pub(in crate::ui) fn command_button(
    ui: &mut Ui,
    session: &Session,
    command: Command,
    title: impl Into<WidgetText>,
    messages: &mut Vec<Message>,
) -> Response {
    let available = session.available(command);
    let response = ui.add_enabled(available.is_ok(), Button::new(title.into()));
    let tooltip = |ui: &mut Ui| {
        if let Some(entry) = session.keymap().entry(command) {
            ui.strong(entry.title_with_key());
            ui.label(&entry.help);
        }
        if let Err(reason) = session.available(command) {
            ui.label(reason);
        }
    };
    let response = response.on_hover_ui(tooltip).on_disabled_hover_ui(tooltip);
    if response.clicked() {
        messages.push(Message::Run(command));
    }
    response
}
