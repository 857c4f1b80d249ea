//! Several annotators' sets side by side: the same text, laid out once, painted in a
//! column for each, so that lines stand beside each other and scroll together.

use std::sync::Arc;

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2};

use super::highlights;
use super::measures::lift;
use super::placed::{Placed, character_at, offset_at};
use super::view::{ArticleView, COLUMN, LINK_MARGIN, MARGIN, ROOM_FOR_LINKS};
use crate::session::{Column, Message, Session};
use crate::ui::fonts;
use crate::ui::theme::{Palette, palette};

/// Space between two columns, in points.
const GAP: f32 = 34.0;
/// The least width of a column; where there is less room, some are left out.
const LEAST: f32 = 170.0;
/// Height of the line with the names.
const HEADING: f32 = 26.0;

/// Where the page's columns are.
pub(super) struct Columns {
    /// Those that there is room for; none where the page is one text.
    shown: Vec<Column>,
    /// The one that is worked in.
    active: usize,
    /// How many there are in all.
    of: usize,
    /// The width of the text of one.
    pub(super) width: f32,
    /// Where the text of the first begins, from the left of the page.
    first: f32,
}

impl Columns {
    /// The columns in a page of this width.
    pub(super) fn of(session: &Session, room: f32) -> Self {
        let mut shown = session.columns();
        let of = shown.len();
        if of < 2 {
            let right = if room >= ROOM_FOR_LINKS { LINK_MARGIN } else { MARGIN };
            let width = (room - MARGIN - right).clamp(80.0, COLUMN).floor();
            let first = ((room - width) / 2.0).min(room - width - right).max(MARGIN).floor();
            return Self { shown: Vec::new(), active: 0, of, width, first };
        }
        let own = session.reading().map(|reading| &reading.shown);
        let active = shown.iter().position(|column| Some(&column.annotator) == own);
        let mut active = active.unwrap_or_default();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a few columns"
        )]
        let most = (((room - 2.0 * MARGIN + GAP) / (LEAST + GAP)) as usize).max(1);
        if of > most {
            let from = (active + 1).saturating_sub(most);
            shown = shown.into_iter().skip(from).take(most).collect();
            active -= from;
        }
        let gaps = GAP * (shown.len() - 1) as f32;
        let width = (room - 2.0 * MARGIN - gaps) / shown.len() as f32;
        let width = width.clamp(80.0, COLUMN).floor();
        let whole = width * shown.len() as f32 + gaps;
        let first = ((room - whole) / 2.0).max(MARGIN).floor();
        Self { shown, active, of, width, first }
    }

    /// Whether there are several.
    pub(super) fn are_several(&self) -> bool {
        self.of > 1
    }

    /// Where the text of the active one begins, from the left of the page.
    pub(super) fn left(&self) -> f32 {
        self.first + self.step(self.active)
    }

    fn step(&self, count: usize) -> f32 {
        count as f32 * (self.width + GAP)
    }

    /// Those beside the active one, each with how far right of it it stands.
    fn others(&self) -> impl Iterator<Item = (&Column, f32)> {
        let active = self.step(self.active);
        let all = self.shown.iter().enumerate().filter(|(at, _)| *at != self.active);
        all.map(move |(at, column)| (column, self.step(at) - active))
    }

    /// The sets of all.
    pub(super) fn sets(&self) -> impl Iterator<Item = &Arc<crate::corpus::AnnotationSet>> {
        self.shown.iter().map(|column| &column.set)
    }

    /// The names over the columns.
    pub(super) fn heading_ui(&self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        if !self.are_several() {
            return;
        }
        let colours = palette(ui.ctx());
        let size = vec2(ui.available_width(), HEADING);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colours.rule));
        for (at, column) in self.shown.iter().enumerate() {
            let left = rect.left() + self.first + self.step(at);
            let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(self.width, HEADING));
            let holds = at == self.active;
            let name = &column.annotator;
            let response =
                ui.interact(cell, ui.scope_id().with(("column", name.as_str())), Sense::click());
            response.widget_info(|| {
                let label = format!("Show the set of {name}");
                WidgetInfo::selected(Role::RadioButton, true, holds, label)
            });
            let ink = if holds { colours.ink } else { colours.soft };
            let own = if name == session.annotator() { " (you)" } else { "" };
            let words = format!("{name}{own} · {}", column.set.annotations().len());
            let font = if holds { fonts::strong(12.5) } else { fonts::sans(12.5) };
            let painter = ui.painter().with_clip_rect(cell.expand2(vec2(8.0, 0.0)));
            painter.text(cell.left_center(), Align2::LEFT_CENTER, words, font, ink);
            if holds {
                let line = Stroke::new(2.0, colours.ink);
                ui.painter().hline(cell.x_range(), cell.bottom() - 1.0, line);
            }
            if response.clicked() {
                messages.push(Message::ShowSet(name.clone()));
            }
        }
        if self.of > self.shown.len() {
            let words = format!("{} of {}", self.shown.len(), self.of);
            let at = rect.right_center() - vec2(8.0, 0.0);
            ui.painter().text(at, Align2::RIGHT_CENTER, words, fonts::sans(11.0), colours.soft);
        }
    }
}

impl ArticleView {
    /// Paints the columns beside the active one, and takes clicks on them. Returns
    /// whether the pointer is on one.
    pub(super) fn show_other_columns(
        &mut self,
        ui: &Ui,
        session: &Session,
        columns: &Columns,
        response: &egui::Response,
        blocks: &mut [Placed<'_>],
        messages: &mut Vec<Message>,
    ) -> bool {
        let colours = palette(ui.ctx());
        let mut pointed = false;
        for (column, right) in columns.others() {
            let lanes = self.lanes_of(&column.set);
            shift(blocks, vec2(right, 0.0));
            self.paint_column(ui, session, colours, column, &lanes, blocks);
            let on = response.hover_pos().filter(|at| {
                let placed = blocks.first().map(|placed| placed.rect.x_range().expand(GAP / 2.0));
                placed.is_some_and(|range| range.contains(at.x))
            });
            pointed |= on.is_some();
            if let Some(point) = on.filter(|_| response.clicked() && self.gesture.is_none()) {
                response.request_focus();
                messages.push(Message::ShowSet(column.annotator.clone()));
                if let Some(at) = offset_at(blocks, point) {
                    messages.push(Message::Click { at, over: character_at(blocks, point) });
                }
            }
            shift(blocks, vec2(-right, 0.0));
        }
        pointed
    }

    fn paint_column(
        &self,
        ui: &Ui,
        session: &Session,
        colours: &Palette,
        column: &Column,
        lanes: &super::lanes::Lanes,
        blocks: &[Placed<'_>],
    ) {
        let painter = ui.painter();
        let marks = self.marks_of(session, colours, blocks, (&column.set, lanes), false);
        for placed in blocks {
            let marks: Vec<&highlights::Mark<'_>> =
                marks.iter().filter(|mark| mark.touches(&placed.block.range)).collect();
            highlights::paint_fills(painter, placed, &marks);
            for (position, galley) in &placed.layout.galleys {
                let at = placed.rect.min + *position + vec2(0.0, lift(placed.layout.row_height));
                painter.galley(at, galley.clone(), colours.ink);
            }
            highlights::paint_lanes(painter, placed, &marks);
            highlights::paint_tabs(painter, placed, &marks);
        }
    }
}

fn shift(blocks: &mut [Placed<'_>], by: Vec2) {
    for placed in blocks {
        placed.rect = placed.rect.translate(by);
    }
}
