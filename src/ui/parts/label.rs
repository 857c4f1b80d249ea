use egui::{Color32, FontId, Label, Response, RichText, Role, Sense, Ui, WidgetInfo};

use crate::ui::typeset::{Prose, has_right_to_left};

/// An English sentence in so many lines at most, cut off with an ellipsis where there is no
/// room; in order also where it quotes words that run from right to left.
pub(in crate::ui) fn label(
    ui: &mut Ui,
    words: &str,
    font: FontId,
    ink: Color32,
    most_rows: usize,
) -> Response {
    if !has_right_to_left(words) {
        let text = Label::new(RichText::new(words).font(font).color(ink));
        return ui.add(if most_rows == 1 { text.truncate() } else { text.wrap() });
    }
    let prose = Prose::sentence(ui.ctx(), words, font, ink, ui.available_width(), most_rows);
    let prose = prose.shrunk();
    let (rect, response) = ui.allocate_exact_size(prose.size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    prose.paint(ui.painter(), rect.min);
    response
}
