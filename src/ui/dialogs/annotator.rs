use egui::{Role, TextEdit, Ui, WidgetInfo};

use super::entered;
use crate::session::Message;
use crate::ui::theme::palette;

pub(super) fn show(
    ui: &mut Ui,
    name: &mut String,
    error: Option<&str>,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    ui.set_width(380.0);
    ui.heading("Who annotates?");
    ui.label("Annotations are kept in a folder of this name. Another name begins, or goes on with, another set.");
    ui.add_space(6.0);
    let response = ui.add(TextEdit::singleline(name).desired_width(f32::INFINITY));
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, true, "Annotator's name");
        info.current_text_value = Some(name.clone());
        info
    });
    if fresh {
        response.request_focus();
    }
    if let Some(error) = error {
        ui.colored_label(palette(ui.ctx()).warning, error);
    }
    ui.add_space(6.0);
    let enter = entered(ui, &response);
    if enter {
        // What was entered may be refused; then it is mended right here.
        response.request_focus();
    }
    ui.horizontal(|ui| {
        if ui.button("Use this name").clicked() || enter {
            messages.push(Message::SetAnnotator(name.clone()));
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
}
