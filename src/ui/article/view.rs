use std::ops::Range;
use std::sync::Arc;

use egui::{EventFilter, Id, Rect, Response, ScrollArea, Sense, Ui, pos2, vec2};

use super::accessible;
use super::caret;
use super::geometry::{BlockLayout, LANE_PITCH, LANES_IN_LINE, LINE};
use super::heights::Heights;
use super::highlights::{self, Mark};
use super::lanes::Lanes;
use super::pointer::Gesture;
use super::shaped::{Setting, lay_out};
use crate::corpus::{AnnotationSet, DocumentPath};
use crate::session::{LayoutMotion, Message, Session};
use crate::text::{Block, Offset, Text, previous_grapheme};
use crate::ui::theme::{Palette, palette};

/// The longest line, in points: about 70 characters.
const COLUMN: f32 = 620.0;
/// The least space beside the text.
const MARGIN: f32 = 28.0;
/// Space above the first line and below the last.
const HEAD: f32 = 18.0;
const FOOT: f32 = 120.0;
/// How much is kept in view around a place that is scrolled to.
const KEEP: f32 = 60.0;

/// The article's pane: what is remembered of it from frame to frame.
#[derive(Default)]
pub(in crate::ui) struct ArticleView {
    page: Option<Page>,
    heights: Heights,
    lanes: Option<(Arc<AnnotationSet>, Lanes)>,
    /// How far the page is scrolled, in points.
    offset: f32,
    scroll_to: Option<f32>,
    reveal: Option<Range<Offset>>,
    /// The x that a caret keeps while it goes from line to line, for the place
    /// that it came to last.
    goal: Option<(Offset, f32)>,
    pub(super) gesture: Option<Gesture>,
    pub(super) hovered: Option<crate::corpus::Id>,
    wants_keyboard: bool,
}

/// What the heights of the blocks depend on.
#[derive(Clone, PartialEq)]
struct Page {
    document: DocumentPath,
    width: f32,
    view_height: f32,
    pixels_per_point: f32,
}

/// A block on the screen.
pub(super) struct Placed<'a> {
    pub(super) index: usize,
    pub(super) block: &'a Block,
    pub(super) layout: BlockLayout,
    pub(super) rect: Rect,
}

impl ArticleView {
    /// The widget that has the keyboard while the article is read.
    pub(in crate::ui) fn id() -> Id {
        Id::unique("article")
    }

    /// Gives the article the keyboard with the next frame.
    pub(in crate::ui) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Scrolls so that a range can be seen, as far as it fits.
    pub(in crate::ui) fn reveal(&mut self, range: Range<Offset>) {
        self.reveal = Some(range);
    }

    /// Draws the article and takes what is done to it.
    pub(in crate::ui) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        messages: &mut Vec<Message>,
    ) {
        let Some(document) = session.document() else { return };
        let text = document.text.clone();
        let colours = palette(ui.ctx());
        let width = (ui.available_width() - 2.0 * MARGIN).clamp(80.0, COLUMN).floor();
        let left = ((ui.available_width() - width) / 2.0).floor();
        self.turn_page(ui, &document.path, &text, width);
        self.bring_lanes_up_to_date(session);
        if let Some(range) = self.reveal.take() {
            self.scroll_to_show(ui, session, &text, &range);
        }
        let mut area = ScrollArea::vertical().id_salt(&document.path.as_str()).auto_shrink(false);
        if let Some(offset) = self.scroll_to.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min + vec2(left, HEAD);
            ui.set_height(self.heights.total() + HEAD + FOOT);
            let visible =
                Rect::from_min_size(ui.max_rect().min + viewport.min.to_vec2(), viewport.size());
            let response = ui.interact(visible, Self::id(), Sense::click_and_drag());
            self.keep_keyboard(ui, &response);
            let blocks = self.lay_out_visible(ui, session, &text, viewport, origin, width);
            self.point(ui, session, &text, &response, &blocks, messages);
            self.paint(ui, session, colours, &response, &blocks);
            accessible::describe(ui, session, &text, &response, &blocks, messages);
        });
        self.offset = output.state.clamped_offset().y;
    }

    /// Where a motion over the screen leads from the caret.
    pub(in crate::ui) fn find(
        &mut self,
        ui: &Ui,
        session: &Session,
        motion: LayoutMotion,
    ) -> Option<Offset> {
        let text = session.document()?.text.clone();
        let page = self.page.clone()?;
        self.bring_lanes_up_to_date(session);
        let head = session.selection().head;
        let at = text.block_index(head);
        let layout = self.block_layout(ui, session, &text, at, page.width);
        let row = layout.row_of(head);
        let found = layout.rows.get(row)?;
        let step_rows = match motion {
            LayoutMotion::LineStart => return Some(found.range.start),
            LayoutMotion::LineEnd => return Some(line_end(&text, &layout, row)),
            LayoutMotion::LineUp | LayoutMotion::LineDown => 1.0,
            LayoutMotion::PageUp | LayoutMotion::PageDown => {
                ((page.view_height - KEEP) / LINE).floor().max(1.0)
            }
        };
        let x = self
            .goal
            .filter(|(place, _)| *place == head)
            .map_or_else(|| found.caret_x(head), |(_, x)| x);
        let up = matches!(motion, LayoutMotion::LineUp | LayoutMotion::PageUp);
        let to = self.row_away(ui, session, &text, (at, row), step_rows as usize, up, x);
        let to = to.unwrap_or(if up { Offset::ZERO } else { text.end() });
        self.goal = Some((to, x));
        Some(to)
    }

    /// The place at `x`, `count` rows above or below a row of a block; `None`
    /// beyond the ends of the text.
    fn row_away(
        &self,
        ui: &Ui,
        session: &Session,
        text: &Text,
        (mut block, mut row): (usize, usize),
        count: usize,
        up: bool,
        x: f32,
    ) -> Option<Offset> {
        let width = self.page.as_ref()?.width;
        let mut layout = self.block_layout(ui, session, text, block, width);
        let mut moved = 0;
        while moved < count {
            if up {
                if row > 0 {
                    row -= 1;
                } else if let Some(before) = block.checked_sub(1) {
                    block = before;
                    layout = self.block_layout(ui, session, text, block, width);
                    row = layout.rows.len().saturating_sub(1);
                } else {
                    break;
                }
            } else if row + 1 < layout.rows.len() {
                row += 1;
            } else if block + 1 < text.blocks().len() {
                block += 1;
                layout = self.block_layout(ui, session, text, block, width);
                row = 0;
            } else {
                break;
            }
            moved += 1;
        }
        if moved == 0 {
            return None;
        }
        let found = layout.rows.get(row)?;
        let to = found.offset_at(x);
        // The end of a broken line is the start of the next one.
        let overruns = row + 1 < layout.rows.len() && to == found.range.end;
        Some(if overruns { line_end(text, &layout, row) } else { to })
    }

    fn turn_page(&mut self, ui: &Ui, document: &DocumentPath, text: &Text, width: f32) {
        let page = Page {
            document: document.clone(),
            width,
            view_height: ui.available_height(),
            pixels_per_point: ui.pixels_per_point(),
        };
        if self.page.as_ref() == Some(&page) {
            return;
        }
        let before = self.page.replace(page);
        let same_document = before.as_ref().is_some_and(|page| page.document == *document);
        let same_width = before.is_some_and(|page| page.width == width);
        if !same_document || !same_width {
            // The first character in view stays in view when the width changes.
            let top = self.heights.block_at(self.offset);
            self.heights = Heights::estimated(text, width);
            if same_document {
                self.scroll_to = Some(self.heights.top(top));
            }
        }
        if !same_document {
            self.gesture = None;
            self.hovered = None;
            self.goal = None;
            self.offset = 0.0;
        }
    }

    fn bring_lanes_up_to_date(&mut self, session: &Session) {
        let Some(set) = session.shown_set() else {
            self.lanes = None;
            return;
        };
        if !self.lanes.as_ref().is_some_and(|(of, _)| Arc::ptr_eq(of, set)) {
            self.lanes = Some((set.clone(), Lanes::of(set)));
        }
    }

    fn scroll_to_show(&mut self, ui: &Ui, session: &Session, text: &Text, range: &Range<Offset>) {
        let Some(page) = self.page.clone() else { return };
        // Laying out what comes into view corrects the estimates that it rests
        // on; a second look settles it.
        let mut shown = self.offset;
        for _ in 0..2 {
            let top = self.place_of(ui, session, text, range.start, page.width).0;
            let last = if range.is_empty() { range.end } else { range.end - 1 };
            let bottom = self.place_of(ui, session, text, last, page.width).1;
            let lowest = (top - KEEP).max(0.0);
            let highest = bottom + KEEP - page.view_height;
            shown =
                if self.offset > lowest { lowest } else { self.offset.max(highest.min(lowest)) };
            let first = self.heights.block_at(shown);
            let last = self.heights.block_at(shown + page.view_height);
            for index in first..=last {
                self.measured(ui, session, text, index, page.width);
            }
        }
        if (shown - self.offset).abs() > 0.5 {
            self.scroll_to = Some(shown);
        }
    }

    /// Top and bottom of the line at `offset`, from the top of the page.
    fn place_of(
        &mut self,
        ui: &Ui,
        session: &Session,
        text: &Text,
        offset: Offset,
        width: f32,
    ) -> (f32, f32) {
        let index = text.block_index(offset);
        let layout = self.measured(ui, session, text, index, width);
        let top = HEAD + self.heights.top(index) + layout.row_top(layout.row_of(offset));
        (top, top + layout.row_height)
    }

    fn measured(
        &mut self,
        ui: &Ui,
        session: &Session,
        text: &Text,
        index: usize,
        width: f32,
    ) -> BlockLayout {
        let layout = self.block_layout(ui, session, text, index, width);
        if let Some(block) = text.blocks().get(index) {
            self.heights.measure(index, block, &layout);
        }
        layout
    }

    fn block_layout(
        &self,
        ui: &Ui,
        session: &Session,
        text: &Text,
        index: usize,
        width: f32,
    ) -> BlockLayout {
        let empty = 0..0;
        let (range, content) = text
            .blocks()
            .get(index)
            .map_or((Offset::new(empty.start)..Offset::new(empty.end), ""), |block| {
                (block.range.clone(), text.block_str(block))
            });
        let row_height = LINE + LANE_PITCH * self.lanes_beyond_line(session, &range) as f32;
        lay_out(ui, content, &range, Setting { width, row_height, ink: palette(ui.ctx()).ink })
    }

    /// How many lanes of a block do not fit into an ordinary line.
    fn lanes_beyond_line(&self, session: &Session, range: &Range<Offset>) -> usize {
        let (Some((_, lanes)), Some(set)) = (&self.lanes, session.shown_set()) else { return 0 };
        if lanes.count() <= LANES_IN_LINE {
            return 0;
        }
        let deepest = set.annotations_in(range.clone()).map(|a| lanes.lane(&a.id) + 1).max();
        deepest.unwrap_or_default().saturating_sub(LANES_IN_LINE)
    }

    fn keep_keyboard(&mut self, ui: &Ui, response: &Response) {
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        if response.has_focus() || ui.memory(|memory| memory.focused().is_none()) {
            let filter = EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: true,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        }
    }

    /// Lays out the blocks in view. Where one turns out taller than was thought
    /// above what is being read, the page moves along so that nothing jumps.
    fn lay_out_visible<'a>(
        &mut self,
        ui: &Ui,
        session: &Session,
        text: &'a Text,
        viewport: Rect,
        origin: egui::Pos2,
        width: f32,
    ) -> Vec<Placed<'a>> {
        let mut placed = Vec::new();
        let mut index = self.heights.block_at(viewport.min.y - HEAD);
        let mut grown_above = 0.0;
        let mut changed = false;
        while let Some(block) = text.blocks().get(index) {
            let top = self.heights.top(index);
            if top + HEAD > viewport.max.y {
                break;
            }
            let layout = self.block_layout(ui, session, text, index, width);
            let growth = self.heights.measure(index, block, &layout);
            changed |= growth.abs() > 0.1;
            if top + HEAD < viewport.min.y {
                grown_above += growth;
            }
            let rect = Rect::from_min_size(origin + vec2(0.0, top), vec2(width, layout.height()));
            placed.push(Placed { index, block, layout, rect });
            index += 1;
        }
        if changed {
            if grown_above.abs() > 0.5 && self.gesture.is_none() {
                self.scroll_to = Some((self.offset + grown_above).max(0.0));
            }
            ui.ctx().request_discard("an estimated height was wrong");
        }
        placed
    }

    fn paint(
        &self,
        ui: &Ui,
        session: &Session,
        colours: &Palette,
        response: &Response,
        blocks: &[Placed<'_>],
    ) {
        let painter = ui.painter();
        let marks = self.marks(session, colours, blocks);
        for placed in blocks {
            let marks: Vec<&Mark<'_>> =
                marks.iter().filter(|mark| mark.touches(&placed.block.range)).collect();
            highlights::paint_fills(painter, placed, &marks);
            caret::paint_selection(painter, colours, placed, session.selection());
            for (position, galley) in &placed.layout.galleys {
                painter.galley(placed.rect.min + *position, galley.clone(), colours.ink);
            }
            highlights::paint_lanes(painter, placed, &marks);
            highlights::paint_tabs(painter, placed, &marks);
            highlights::paint_handles(painter, placed, &marks);
        }
        let active = response.has_focus() && session.dialog().is_none();
        caret::paint_caret(painter, colours, blocks, session.selection().head, active);
        if let Some(gesture) = &self.gesture {
            gesture.paint(painter, colours, blocks);
        }
    }

    /// The annotations in view, in the order in which they are drawn.
    fn marks<'a>(
        &self,
        session: &'a Session,
        colours: &Palette,
        blocks: &[Placed<'_>],
    ) -> Vec<Mark<'a>> {
        let (Some((_, lanes)), Some(set)) = (&self.lanes, session.shown_set()) else {
            return Vec::new();
        };
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return Vec::new() };
        // A gap between fragments can be in view though no fragment is.
        let visible = first.block.range.start..last.block.range.end;
        let in_view = |annotation: &&Arc<crate::corpus::Annotation>| {
            let extent = annotation.fragments.extent();
            extent.start < visible.end && visible.start < extent.end
        };
        let focus = session.focus_place();
        set.annotations()
            .iter()
            .filter(in_view)
            .map(|annotation| Mark {
                annotation,
                lane: lanes.lane(&annotation.id),
                look: colours.label(session.schema(), &annotation.label),
                in_hand: focus.filter(|f| f.id == annotation.id).map(|f| f.fragment),
                hovered: self.hovered.as_ref() == Some(&annotation.id),
            })
            .collect()
    }
}

/// The end of a line: where it is broken, before the blank at which it is.
fn line_end(text: &Text, layout: &BlockLayout, row: usize) -> Offset {
    let Some(found) = layout.rows.get(row) else { return Offset::ZERO };
    if row + 1 == layout.rows.len() {
        found.range.end
    } else {
        previous_grapheme(text, found.range.end)
    }
}

/// The place between characters that a point is nearest to, among the blocks in view.
pub(super) fn offset_at(blocks: &[Placed<'_>], point: egui::Pos2) -> Option<Offset> {
    let (placed, row) = row_under(blocks, point)?;
    Some(row.offset_at(point.x - placed.rect.min.x))
}

/// The character that a point is over.
pub(super) fn character_at(blocks: &[Placed<'_>], point: egui::Pos2) -> Option<Offset> {
    let (placed, row) = row_under(blocks, point)?;
    let inside = placed.rect.y_range().contains(point.y);
    row.character_at(point.x - placed.rect.min.x).filter(|_| inside)
}

fn row_under<'p, 'a>(
    blocks: &'p [Placed<'a>],
    point: egui::Pos2,
) -> Option<(&'p Placed<'a>, &'p super::geometry::Row)> {
    let below = blocks.iter().rev().find(|placed| placed.rect.min.y <= point.y);
    let placed = below.or(blocks.first())?;
    let row = placed.layout.row_at(point.y - placed.rect.min.y);
    Some((placed, placed.layout.rows.get(row)?))
}

/// A rectangle of the page for part of a row.
pub(super) fn row_rect(
    placed: &Placed<'_>,
    row: usize,
    (left, right): (f32, f32),
    (top, bottom): (f32, f32),
) -> Rect {
    let origin = placed.rect.min + vec2(0.0, placed.layout.row_top(row));
    Rect::from_min_max(
        pos2(origin.x + left, origin.y + top),
        pos2(origin.x + right, origin.y + bottom),
    )
}
