//! What a link that is being made may lead to.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::accessible::rect_of;
use super::measures::{FIRST_LANE, TEXT_TOP};
use super::placed::{Placed, row_rect};
use crate::session::{Linking, Message, Session};
use crate::ui::fonts;
use crate::ui::theme::Palette;

const HEIGHT: f32 = 13.0;

/// Lights the targets in view, each with the letter that takes it.
pub(super) fn show(
    ui: &Ui,
    session: &Session,
    colours: &Palette,
    linking: &Linking,
    blocks: &[Placed<'_>],
    messages: &mut Vec<Message>,
) {
    let Some(set) = session.shown_set() else { return };
    for (at, target) in linking.targets.iter().enumerate() {
        let Some(annotation) = set.annotation(&target.id) else { continue };
        let Some(first) = rect_of(annotation, blocks) else { continue };
        let look = colours.label(session.schema(), &annotation.label);
        let walked = linking.walked == Some(at);
        let width = if walked { 2.5 } else { 1.5 };
        let colour = if walked { colours.ring } else { look.colour };
        for placed in blocks {
            for (row_at, row) in placed.layout.rows.iter().enumerate() {
                let spans = annotation.fragments.iter().filter_map(|s| s.within(&row.inked));
                for extent in spans.flat_map(|span| row.extents(&span.range())) {
                    let rect = row_rect(placed, row_at, extent, (TEXT_TOP, FIRST_LANE));
                    let stroke = Stroke::new(width, colour);
                    ui.painter().rect_stroke(rect.expand(1.0), 3.0, stroke, StrokeKind::Inside);
                }
            }
        }
        let hint = target.hint.map(|hint| hint.to_uppercase().to_string()).unwrap_or_default();
        let shown = if hint.is_empty() { "·".to_owned() } else { hint.clone() };
        let galley = ui.painter().layout_no_wrap(shown, fonts::strong(10.5), colours.page);
        let size = vec2((galley.size().x + 7.0).max(HEIGHT), HEIGHT);
        let chip = Rect::from_min_size(pos2(first.left(), first.top() - HEIGHT + 1.5), size);
        ui.painter().rect_filled(chip, 3.0, colours.ring);
        let text = chip.center() - galley.size() / 2.0;
        ui.painter().galley(text, galley, colours.page);
        // What it is stands behind the letter, where the tab would be.
        let name = annotation.label.to_string();
        let name = ui.painter().layout_no_wrap(name, fonts::strong(8.5), look.on_colour);
        let size = vec2(name.size().x + 7.0, HEIGHT - 2.0);
        let tab = Rect::from_min_size(pos2(chip.right() + 1.0, chip.top() + 2.0), size);
        ui.painter().rect_filled(tab, 2.0, look.colour);
        let text = tab.center() - name.size() / 2.0;
        ui.painter().galley(text, name, look.on_colour);
        let id = ui.scope_id().with(("target", target.id.as_str()));
        let response = ui.interact(chip, id, Sense::CLICK);
        response.widget_info(|| {
            let quote =
                session.document().map(|document| annotation.quote_start(&document.text, 80));
            let quote = quote.unwrap_or_default();
            let name = format!("Link to {}: {quote}, hint {hint}", annotation.label);
            WidgetInfo::selected(Role::Button, true, walked, name)
        });
        if response.clicked() {
            messages.push(Message::TakeTarget(target.id.clone()));
        }
    }
}
