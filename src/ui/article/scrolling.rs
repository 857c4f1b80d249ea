//! Where the page is scrolled to, and where motions over it lead.

use std::ops::Range;

use egui::Context;

use super::measures::{HEAD, LINE};
use super::pieces::Pieces;
use super::typesetter::Typesetter;
use super::view::ArticleView;
use crate::session::{LayoutMotion, Session};
use crate::text::Offset;
use crate::ui::typeset::Layout;

/// How much is kept in view around a place that is scrolled to.
const KEEP: f32 = 60.0;

impl ArticleView {
    /// Scrolls by lines or pages, and leaves the caret where it is.
    pub(in crate::ui) fn scroll(&mut self, motion: LayoutMotion) {
        self.offset = self.scrolled(motion);
        self.scroll_to = Some(self.offset);
    }

    /// How far the page is scrolled after a motion, within its ends.
    fn scrolled(&self, motion: LayoutMotion) -> f32 {
        let view = self.page.as_ref().map_or(0.0, |page| page.view_height);
        let to = match motion {
            LayoutMotion::LineUp => self.offset - LINE,
            LayoutMotion::LineDown => self.offset + LINE,
            LayoutMotion::PageUp => self.offset - (view - KEEP),
            LayoutMotion::PageDown => self.offset + view - KEEP,
            LayoutMotion::LineStart => 0.0,
            LayoutMotion::LineEnd => self.page_height(),
        };
        to.clamp(0.0, (self.page_height() - view).max(0.0))
    }

    /// Where a motion over the screen leads from the caret.
    pub(in crate::ui) fn find(
        &mut self,
        context: &Context,
        session: &Session,
        motion: LayoutMotion,
    ) -> Option<Offset> {
        if let Some(set) = session.shown_set() {
            self.lanes_of(set);
        }
        let marked = self.lanes.clone();
        let page = self.page.as_ref()?;
        let pieces = Pieces::shown(session)?;
        let setter = Typesetter::new(context, session, pieces, marked, page.width)?;
        let head = session.selection().head;
        let layout = setter.lay_out(setter.pieces.index(head));
        let at = layout.row_of(head);
        let row = layout.rows.get(at)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few lines")]
        let lines_in_page = ((page.view_height - KEEP) / LINE).floor().max(1.0) as usize;
        let (count, up) = match motion {
            LayoutMotion::LineStart => return Some(row.range.start),
            LayoutMotion::LineEnd => return Some(setter.line_end(&layout, at)),
            LayoutMotion::LineUp => (1, true),
            LayoutMotion::LineDown => (1, false),
            LayoutMotion::PageUp => (lines_in_page, true),
            LayoutMotion::PageDown => (lines_in_page, false),
        };
        if count > 1 {
            // The page goes along, so that a page is read after another.
            self.offset = self.scrolled(motion);
            self.scroll_to = Some(self.offset);
        }
        let kept = self.goal.filter(|(place, _)| *place == head).map(|(_, x)| x);
        let x = kept.unwrap_or_else(|| row.caret_x(head));
        let to = setter.rows_away(head, count, up, x);
        self.goal = Some((to, x));
        Some(to)
    }

    pub(super) fn scroll_to_show(&mut self, setter: &Typesetter, range: &Range<Offset>) {
        let Some(view_height) = self.page.as_ref().map(|page| page.view_height) else { return };
        // Laying out what comes into view corrects the estimates that it rests
        // on; a second look settles it.
        let mut shown = self.offset;
        for _ in 0..2 {
            let top = self.line_at(setter, range.start).0;
            let last = if range.is_empty() { range.end } else { range.end - 1 };
            let bottom = self.line_at(setter, last).1;
            let lowest = (top - KEEP).max(0.0);
            let highest = bottom + KEEP - view_height;
            shown =
                if self.offset > lowest { lowest } else { self.offset.max(highest.min(lowest)) };
            let first = self.heights.block_at(shown);
            let last = self.heights.block_at(shown + view_height);
            for index in first..=last {
                self.measured(setter, index);
            }
        }
        if (shown - self.offset).abs() > 0.5 {
            self.scroll_to = Some(shown);
        }
    }

    /// Top and bottom of the line at `offset`, from the top of the page.
    fn line_at(&mut self, setter: &Typesetter, offset: Offset) -> (f32, f32) {
        let index = setter.pieces.index(offset);
        let layout = self.measured(setter, index);
        let top = HEAD + self.heights.top(index) + layout.row_top(layout.row_of(offset));
        (top, top + layout.row_height)
    }

    fn measured(&mut self, setter: &Typesetter, index: usize) -> Layout {
        let layout = setter.lay_out(index);
        self.heights.measure(index, &setter.pieces, &layout);
        layout
    }
}
