use egui::Context;

use super::measures::{LANE_PITCH, LANES_IN_LINE, LINE};
use super::pieces::Pieces;
use super::view::Marked;
use crate::session::Session;
use crate::text::{Block, Offset, Text, previous_grapheme};
use crate::ui::fonts;
use crate::ui::theme::palette;
use crate::ui::typeset::{Layout, Setting, lay_out};

/// Lays out the blocks of the open document at one line width.
pub(super) struct Typesetter {
    context: Context,
    pub(super) text: Text,
    pub(super) pieces: Pieces,
    /// The sets that are shown, and their lanes, which make deep lines taller.
    marked: Marked,
    pub(super) width: f32,
}

impl Typesetter {
    /// `None` while no document is open.
    pub(super) fn new(
        context: &Context,
        session: &Session,
        pieces: Pieces,
        marked: Marked,
        width: f32,
    ) -> Option<Self> {
        let text = session.document()?.text.clone();
        Some(Self { context: context.clone(), text, pieces, marked, width })
    }

    pub(super) fn block(&self, index: usize) -> Option<&Block> {
        self.pieces.get(index)
    }

    /// Lays out a block; one empty line for a block that is not there.
    pub(super) fn lay_out(&self, index: usize) -> Layout {
        let block = self.block(index);
        let range = block.map_or(Offset::ZERO..Offset::ZERO, |block| block.range.clone());
        let content = block.map(|block| self.text.block_str(block)).unwrap_or_default();
        let row_height = LINE + LANE_PITCH * self.lanes_beyond_line(&range) as f32;
        let ink = palette(&self.context).ink;
        let font = fonts::serif(fonts::READING);
        let setting = Setting { font, width: self.width, row_height, ink };
        lay_out(&self.context, content, &range, &setting)
    }

    /// How many lanes of a block do not fit into an ordinary line.
    fn lanes_beyond_line(&self, range: &std::ops::Range<Offset>) -> usize {
        let deep = self.marked.iter().filter(|(_, lanes)| lanes.count() > LANES_IN_LINE);
        let deepest = deep.filter_map(|(set, lanes)| {
            let has_fragment = |place: &usize| {
                let annotation = set.annotations().get(*place);
                annotation.is_some_and(|a| a.fragments.iter().any(|s| s.within(range).is_some()))
            };
            let places = set.places_in(range).into_iter().filter(has_fragment);
            places.map(|place| lanes.lane(place) + 1).max()
        });
        deepest.max().unwrap_or_default().saturating_sub(LANES_IN_LINE)
    }

    /// The place at `x`, `count` rows above or below the row of `from`; the end
    /// of the text where there are no rows left.
    pub(super) fn rows_away(&self, from: Offset, count: usize, up: bool, x: f32) -> Offset {
        let mut block = self.pieces.index(from);
        let mut layout = self.lay_out(block);
        let mut row = layout.row_of(from);
        for moved in 0..count {
            let block_before = block.checked_sub(1).filter(|_| up && row == 0);
            if up && row > 0 {
                row -= 1;
            } else if let Some(before) = block_before {
                block = before;
                layout = self.lay_out(block);
                row = layout.rows.len().saturating_sub(1);
            } else if !up && row + 1 < layout.rows.len() {
                row += 1;
            } else if !up && self.block(block + 1).is_some() {
                block += 1;
                layout = self.lay_out(block);
                row = 0;
            } else if moved == 0 {
                return if up { Offset::ZERO } else { self.text.end() };
            } else {
                break;
            }
        }
        let at = layout.rows.get(row).map_or(from, |row| row.offset_at(x));
        at.min(self.line_end(&layout, row))
    }

    /// The end of a line: where it is broken, before the blank at which it is.
    pub(super) fn line_end(&self, layout: &Layout, row: usize) -> Offset {
        let Some(found) = layout.rows.get(row) else { return Offset::ZERO };
        if row + 1 == layout.rows.len() {
            found.range.end
        } else {
            previous_grapheme(&self.text, found.range.end)
        }
    }
}
