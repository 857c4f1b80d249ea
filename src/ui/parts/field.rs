use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditOutput;
use egui::{FontSelection, Id, Response, Role, TextBuffer, TextEdit, Ui, Widget, WidgetInfo};

use crate::ui::typeset::{Setting, egui_lays_out, for_field, nearest_character};

/// A line to type into, called `name` for those who hear the window. `settle` says
/// how it looks.
pub(in crate::ui) fn text_line<'t>(
    name: &'t str,
    typed: &'t mut String,
    settle: impl FnOnce(TextEdit<'_>) -> TextEdit<'_> + 't,
) -> impl Widget + 't {
    move |ui: &mut Ui| field(ui, name, typed, true, settle)
}

/// The same for several lines.
pub(in crate::ui) fn text_lines<'t>(
    name: &'t str,
    typed: &'t mut String,
    settle: impl FnOnce(TextEdit<'_>) -> TextEdit<'_> + 't,
) -> impl Widget + 't {
    move |ui: &mut Ui| field(ui, name, typed, false, settle)
}

/// Selects all that stands in a text field, so that typing replaces it.
pub(in crate::ui) fn select_all(ui: &Ui, field: Id, typed: &str) {
    let mut state = TextEdit::load_state(ui.ctx(), field).unwrap_or_default();
    let end = CCursor::new(typed.chars().count());
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::default(), end)));
    state.store(ui.ctx(), field);
}

fn field(
    ui: &mut Ui,
    name: &str,
    typed: &mut String,
    one_line: bool,
    settle: impl FnOnce(TextEdit<'_>) -> TextEdit<'_>,
) -> Response {
    let setting = setting(ui);
    let by_words = !egui_lays_out(ui.ctx(), typed, &setting);
    let mut by_word = |ui: &Ui, typed: &dyn TextBuffer, width: f32| {
        for_field(ui.ctx(), typed.as_str(), &Setting { width, ..setting.clone() }, one_line)
    };
    let edit = if one_line { TextEdit::singleline(typed) } else { TextEdit::multiline(typed) };
    let edit = settle(edit);
    let output = if by_words { edit.layouter(&mut by_word) } else { edit }.show(ui);
    if by_words {
        put_caret_where_pressed(ui, &output);
    }
    let response = output.response.response;
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::TextInput, ui.is_enabled(), name);
        info.current_text_value = Some(typed.clone());
        info
    });
    response
}

/// How egui sets what is typed.
fn setting(ui: &Ui) -> Setting {
    let font = FontSelection::Default.resolve(ui.style());
    let row_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let visuals = ui.visuals();
    let ink = visuals.override_text_color.unwrap_or(visuals.widgets.inactive.text_color());
    Setting { font, width: f32::INFINITY, row_height, ink }
}

/// egui takes it that letters stand from left to right.
fn put_caret_where_pressed(ui: &Ui, output: &TextEditOutput) {
    let response = &output.response.response;
    let (Some(pointer), Some(range)) = (response.interact_pointer_pos(), output.cursor_range)
    else {
        return;
    };
    if !response.is_pointer_button_down_on() {
        return;
    }
    let caret = nearest_character(&output.galley, pointer - output.galley_pos);
    let begins = ui.input(|input| input.pointer.any_pressed() && !input.modifiers.shift);
    let range =
        if begins { CCursorRange::one(caret) } else { CCursorRange { primary: caret, ..range } };
    let mut state = output.state.clone();
    state.cursor.set_char_range(Some(range));
    state.store(ui.ctx(), response.id);
    ui.request_repaint();
}
