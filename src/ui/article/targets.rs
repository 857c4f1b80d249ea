//! What a link that is being made may lead to.

use egui::{
    Color32, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::accessible::rect_of;
use super::measures::{FIRST_LANE, TEXT_TOP};
use super::placed::{Placed, row_rect};
use crate::corpus::Annotation;
use crate::session::{Linking, Message, Session, Target};
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
    // Where several start at one place, their chips stand side by side.
    let mut free: Vec<(f32, f32)> = Vec::new();
    let mut shown: Vec<_> = linking
        .targets
        .iter()
        .enumerate()
        .filter_map(|(at, target)| {
            let annotation = set.annotation(&target.id)?;
            Some((at, target, annotation, rect_of(annotation, blocks)?))
        })
        .collect();
    shown.sort_by(|(.., a), (.., b)| {
        a.top().total_cmp(&b.top()).then(a.left().total_cmp(&b.left()))
    });
    for (at, target, annotation, first) in shown {
        let look = colours.label(session.schema(), &annotation.label);
        let walked = linking.walked == Some(at);
        outline(ui, blocks, annotation, if walked { colours.ring } else { look.colour }, walked);
        let line = free.iter_mut().find(|(top, _)| (*top - first.top()).abs() < 1.0);
        let left = line.map_or(first.left(), |(_, right)| first.left().max(*right));
        let chip = Chip { session, colours, target, annotation, walked };
        let (rect, response) = chip.show(ui, pos2(left, first.top()));
        free.retain(|(top, _)| (*top - first.top()).abs() >= 1.0);
        free.push((first.top(), rect.right() + 2.0));
        if response.clicked() {
            messages.push(Message::TakeTarget(target.id.clone()));
        }
    }
}

/// A frame around all of an annotation that is in view.
fn outline(ui: &Ui, blocks: &[Placed<'_>], annotation: &Annotation, colour: Color32, walked: bool) {
    let stroke = Stroke::new(if walked { 2.5 } else { 1.5 }, colour);
    for placed in blocks {
        for (row_at, row) in placed.layout.rows.iter().enumerate() {
            let spans = annotation.fragments.iter().filter_map(|s| s.within(&row.inked));
            for extent in spans.flat_map(|span| row.extents(&span.range())) {
                let rect = row_rect(placed, row_at, extent, (TEXT_TOP, FIRST_LANE));
                ui.painter().rect_stroke(rect.expand(1.0), 3.0, stroke, StrokeKind::Inside);
            }
        }
    }
}

/// The letter that takes a target, and the label of what it takes.
struct Chip<'a> {
    session: &'a Session,
    colours: &'a Palette,
    target: &'a Target,
    annotation: &'a Annotation,
    walked: bool,
}

impl Chip<'_> {
    /// Draws it above a place; returns where it is, and what is done to it.
    fn show(&self, ui: &Ui, at: Pos2) -> (Rect, Response) {
        let look = self.colours.label(self.session.schema(), &self.annotation.label);
        let hint = self.target.hint.map(|hint| hint.to_uppercase().to_string());
        let shown = hint.clone().unwrap_or_else(|| "·".to_owned());
        let layout = |words: String, size, colour| {
            ui.painter().layout_no_wrap(words, fonts::strong(size), colour)
        };
        let letter = layout(shown, 10.5, self.colours.page);
        let size = vec2((letter.size().x + 7.0).max(HEIGHT), HEIGHT);
        let cap = Rect::from_min_size(pos2(at.x, at.y - HEIGHT + 1.5), size);
        ui.painter().rect_filled(cap, 3.0, self.colours.ring);
        ui.painter().galley(cap.center() - letter.size() / 2.0, letter, self.colours.page);
        // What it is stands behind the letter, where the tab would be.
        let name = layout(self.annotation.label.to_string(), 8.5, look.on_colour);
        let size = vec2(name.size().x + 7.0, HEIGHT - 2.0);
        let tab = Rect::from_min_size(pos2(cap.right() + 1.0, cap.top() + 2.0), size);
        ui.painter().rect_filled(tab, 2.0, look.colour);
        ui.painter().galley(tab.center() - name.size() / 2.0, name, look.on_colour);
        let whole = cap.union(tab);
        let id = ui.scope_id().with(("target", self.target.id.as_str()));
        let response = ui.interact(whole, id, Sense::CLICK);
        response.widget_info(|| {
            let document = self.session.document();
            let quote = document.map(|document| self.annotation.quote_start(&document.text, 80));
            let (label, quote) = (&self.annotation.label, quote.unwrap_or_default());
            let hint = hint.clone().unwrap_or_default();
            let name = format!("Link to {label}: {quote}, hint {hint}");
            WidgetInfo::selected(Role::Button, true, self.walked, name)
        });
        (whole, response)
    }
}
