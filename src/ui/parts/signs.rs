use egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use crate::corpus::{Schema, Status};
use crate::review::LabelCounts;
use crate::ui::fonts;
use crate::ui::theme::Palette;

const RADIUS: f32 = 4.0;
const SQUARE: f32 = 7.0;

/// A dot that tells a status by its form as well as its colour: a ring, half
/// filled, filled, or struck through.
pub(in crate::ui) fn status_dot(
    painter: &Painter,
    colours: &Palette,
    centre: Pos2,
    status: Status,
) {
    let ring = Stroke::new(1.2, colours.soft);
    match status {
        Status::New => {
            painter.circle_stroke(centre, RADIUS, ring);
        }
        Status::InProgress => {
            painter.circle_stroke(centre, RADIUS, Stroke::new(1.2, colours.ink));
            let half = (0..=12_u8).map(|step| {
                let angle = std::f32::consts::PI * (0.5 + f32::from(step) / 12.0);
                centre + RADIUS * vec2(angle.cos(), angle.sin())
            });
            painter.add(Shape::convex_polygon(half.collect(), colours.ink, Stroke::NONE));
        }
        Status::Done => {
            painter.circle_filled(centre, RADIUS + 0.6, colours.ink);
        }
        Status::Skipped => {
            painter.circle_stroke(centre, RADIUS, ring);
            let along = vec2(RADIUS + 1.5, -RADIUS - 1.5);
            painter.line_segment([centre - along, centre + along], ring);
        }
    }
}

/// The small square that stands for a label.
pub(in crate::ui) fn swatch(painter: &Painter, centre: Pos2, colour: Color32) {
    painter.rect_filled(Rect::from_center_size(centre, vec2(SQUARE, SQUARE)), 2.0, colour);
}

/// A square and a number for each label that there is, from `left` on.
pub(in crate::ui) fn counts_row(
    painter: &Painter,
    colours: &Palette,
    schema: &Schema,
    counts: &LabelCounts,
    left_centre: Pos2,
) {
    let known = schema.labels().iter().map(|label| &label.name);
    let unknown = counts.iter().map(|(name, _)| name).filter(|name| schema.label(name).is_none());
    let mut x = left_centre.x;
    for name in known.chain(unknown) {
        let count = counts.get(name);
        if count == 0 {
            continue;
        }
        let colour = colours.label(schema, name).colour;
        swatch(painter, pos2(x + SQUARE / 2.0, left_centre.y), colour);
        let galley = painter.layout_no_wrap(count.to_string(), fonts::sans(11.0), colours.soft);
        let size = galley.size();
        painter.galley(pos2(x + SQUARE + 4.0, left_centre.y - size.y / 2.0), galley, colours.soft);
        x += SQUARE + 4.0 + size.x + 9.0;
    }
}

/// A ring around a pane that has the keyboard.
pub(in crate::ui) fn focus_ring(painter: &Painter, colours: &Palette, rect: Rect) {
    painter.rect_stroke(rect, 5.0, Stroke::new(1.5, colours.ring), StrokeKind::Inside);
}

/// The edge of a small rounded choice that has the keyboard.
pub(in crate::ui) fn focus_edge(ui: &egui::Ui, response: &egui::Response) {
    if response.has_focus() {
        let colours = crate::ui::theme::palette(ui.ctx());
        let edge = Stroke::new(2.0, colours.ring);
        ui.painter().rect_stroke(response.rect, 9.0, edge, StrokeKind::Outside);
    }
}
