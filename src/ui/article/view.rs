use std::ops::Range;
use std::sync::Arc;

use egui::{Context, EventFilter, Id, Rect, Response, ScrollArea, Sense, Ui, vec2};

use super::accessible;
use super::caret;
use super::columns::Columns;
use super::far_links;
use super::folds;
use super::heights::Heights;
use super::highlights::{self, Mark};
use super::hints;
use super::lanes::Lanes;
use super::links::{LinkView, paint_trunks};
use super::measures::{HEAD, LINE, lift};
use super::pieces::Pieces;
use super::placed::Placed;
use super::pointer::Gesture;
use super::targets;
use super::typesetter::Typesetter;
use super::unshown::Unshown;
use crate::corpus::{AnnotationSet, DocumentPath};
use crate::session::{HintKind, Message, Mode, Session, other_end};
use crate::text::{Offset, Text};
use crate::ui::theme::{Palette, palette};

/// The longest line, in points: about 66 characters.
pub(super) const COLUMN: f32 = 612.0;
/// The least space beside the text.
pub(super) const MARGIN: f32 = 26.0;
/// The least space on the right where there is room, for links.
pub(super) const LINK_MARGIN: f32 = 84.0;
/// Below this width of the page, links have no more room than the margin.
pub(super) const ROOM_FOR_LINKS: f32 = 460.0;
/// Space below the last line.
const FOOT: f32 = 120.0;

/// The article's pane: what is remembered of it from frame to frame.
#[derive(Default)]
pub(in crate::ui) struct ArticleView {
    pub(super) page: Option<Page>,
    pub(super) heights: Heights,
    /// The lanes of the sets that are shown.
    pub(super) lanes: Marked,
    /// What was on the screen in the last frame.
    visible: Vec<Range<Offset>>,
    unshown: Unshown,
    wants_hints: Option<HintKind>,
    /// The relation that the pointer is on.
    pub(super) hovered_link: Option<crate::corpus::Id>,
    /// How far the page is scrolled, in points.
    pub(super) offset: f32,
    pub(super) scroll_to: Option<f32>,
    reveal: Option<Range<Offset>>,
    /// The x that a caret keeps while it goes from line to line, for the place
    /// that it came to last.
    pub(super) goal: Option<(Offset, f32)>,
    pub(super) gesture: Option<Gesture>,
    pub(super) hovered: Option<crate::corpus::Id>,
    wants_keyboard: bool,
    /// Whether the pointer was left lying while keys are used.
    pub(super) ignores_pointer: bool,
}

/// Sets that are shown, with their lanes.
pub(super) type Marked = Vec<(Arc<AnnotationSet>, Arc<Lanes>)>;

/// What the heights of the blocks depend on.
#[derive(Clone, PartialEq)]
pub(super) struct Page {
    document: DocumentPath,
    text: Text,
    pieces: Pieces,
    pub(super) width: f32,
    pub(super) view_height: f32,
    pixels_per_point: f32,
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

    /// Shows what the pointer is over, or not.
    pub(in crate::ui) fn heed_pointer(&mut self, heed: bool) {
        self.ignores_pointer = !heed;
    }

    /// Says with the next frame what can be seen, to put hints on.
    pub(in crate::ui) fn look_for_hints(&mut self, kind: HintKind) {
        self.wants_hints = Some(kind);
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
        let Some(pieces) = Pieces::shown(session) else { return };
        let text = document.text.clone();
        let colours = palette(ui.ctx());
        let columns = Columns::of(session, ui.available_width());
        let (width, left) = (columns.width, columns.left());
        columns.heading_ui(ui, session, messages);
        self.turn_page(ui, session, &document.path, &pieces, width);
        let marked = self.marked_now(session, &columns);
        let Some(setter) = Typesetter::new(ui.ctx(), session, pieces, marked, width) else {
            return;
        };
        if let Some(range) = self.reveal.take() {
            self.scroll_to_show(&setter, &range);
        }
        let page = ui.available_rect_before_wrap();
        let mut area = ScrollArea::vertical().id_salt("article").auto_shrink(false);
        if let Some(offset) = self.scroll_to.take() {
            area = area.vertical_scroll_offset(offset);
        }
        let output = area.show_viewport(ui, |ui, viewport| {
            let origin = ui.max_rect().min + vec2(left, HEAD);
            ui.set_height(self.page_height());
            let visible =
                Rect::from_min_size(ui.max_rect().min + viewport.min.to_vec2(), viewport.size());
            let response = ui.interact(visible, Self::id(), Sense::click_and_drag());
            self.keep_keyboard(ui, session, &response);
            let mut blocks = self.lay_out_visible(ui.ctx(), &setter, viewport, origin);
            self.visible = rows_in(&blocks, visible);
            // No other warning is taken away.
            if !session.notice().is_some_and(|notice| notice.warning)
                && let Some(letters) = self.unshown.look(ui.ctx(), &text, &self.visible)
            {
                messages.push(Message::LettersNotShown(letters));
            }
            // What is still scrolled to is seen with the next frame.
            if self.scroll_to.is_none()
                && let Some(kind) = self.wants_hints.take()
            {
                messages.push(Message::ShowHints { kind, visible: self.visible.clone() });
            }
            let beside =
                self.show_other_columns(ui, session, &columns, &response, &mut blocks, messages);
            let hovered = self.hovered_link.clone();
            let view = LinkView {
                session,
                colours,
                blocks: &blocks,
                view: visible,
                hovered: hovered.as_ref(),
            };
            // Beside other columns there is no room for them.
            let trunks = if columns.are_several() { Vec::new() } else { view.trunks() };
            let text_right = origin.x + width;
            if !beside || self.gesture.is_some() {
                self.point(ui, session, &response, &blocks, messages);
            }
            self.point_at_links(ui, session, &response, &trunks, text_right, messages);
            self.paint(ui, session, colours, &response, &blocks);
            folds::paint(ui.painter(), colours, &setter.pieces, &blocks);
            paint_trunks(ui.painter(), session, colours, &trunks, (text_right, visible.right()));
            accessible::describe(ui, session, &text, &response, &blocks, messages);
            self.show_mode(ui, session, &blocks, messages);
        });
        self.offset = output.state.clamped_offset().y;
        let seen = self.visible.iter();
        if let (Some(first), Some(last)) = (seen.clone().next(), seen.last())
            && !columns.are_several()
        {
            far_links::show(ui, session, page, &(first.start..last.end), messages);
        }
    }

    /// What typed letters name, over the text.
    fn show_mode(
        &mut self,
        ui: &Ui,
        session: &Session,
        blocks: &[Placed<'_>],
        messages: &mut Vec<Message>,
    ) {
        let colours = palette(ui.ctx());
        match session.mode() {
            Some(Mode::Hinting(hinting)) => hints::show(ui, colours, hinting, blocks),
            Some(Mode::Linking(linking)) => {
                targets::show(ui, session, colours, linking, blocks, messages);
            }
            None => self.link_handle_ui(ui, session, blocks, messages),
        }
    }

    pub(super) fn page_height(&self) -> f32 {
        let text = HEAD + self.heights.total();
        let fits = self.page.as_ref().is_some_and(|page| text + HEAD <= page.view_height);
        if fits { text } else { text + FOOT }
    }

    fn turn_page(
        &mut self,
        ui: &Ui,
        session: &Session,
        document: &DocumentPath,
        pieces: &Pieces,
        width: f32,
    ) {
        let Some(text) = session.document().map(|document| document.text.clone()) else { return };
        let page = Page {
            document: document.clone(),
            text: text.clone(),
            pieces: pieces.clone(),
            width,
            view_height: ui.available_height(),
            pixels_per_point: ui.pixels_per_point(),
        };
        if self.page.as_ref() == Some(&page) {
            return;
        }
        let before = self.page.replace(page);
        let same = |page: &Page| page.document == *document && page.text == text;
        let same_document = before.as_ref().is_some_and(same);
        let same_width = before.as_ref().is_some_and(|page| (page.width - width).abs() < 0.5);
        let before = before.map(|page| page.pieces);
        let same_pieces = before.as_ref() == Some(pieces);
        if !same_document || !same_width || !same_pieces {
            // What is worked on stays in view when the width changes, or else what
            // is read.
            let before = before.unwrap_or_else(|| pieces.clone());
            let top = before.get(self.heights.block_at(self.offset)).map(|piece| piece.range.start);
            let head = session.selection().head;
            let caret = self.heights.top(before.index(head)) + HEAD;
            let view = self.offset..self.offset + ui.available_height();
            self.heights = Heights::estimated(pieces, width);
            if same_document {
                self.offset = self.heights.top(pieces.index(top.unwrap_or_default()));
                self.scroll_to = Some(self.offset);
                if view.contains(&caret) || !same_pieces {
                    self.reveal.get_or_insert(head..head);
                }
            }
        }
        if !same_document {
            self.gesture = None;
            self.hovered = None;
            self.goal = None;
            self.offset = 0.0;
            self.scroll_to = Some(0.0);
        }
    }

    /// The sets that are shown with their lanes, found anew for those that have changed.
    fn marked_now(&mut self, session: &Session, columns: &Columns) -> Marked {
        let shown: Vec<Arc<AnnotationSet>> =
            session.shown_set().into_iter().chain(columns.sets()).cloned().collect();
        for set in &shown {
            self.lanes_of(set);
        }
        self.lanes.retain(|(of, _)| shown.iter().any(|set| Arc::ptr_eq(of, set)));
        self.lanes.clone()
    }

    /// The lanes of a set.
    pub(super) fn lanes_of(&mut self, set: &Arc<AnnotationSet>) -> Arc<Lanes> {
        if let Some((_, lanes)) = self.lanes.iter().find(|(of, _)| Arc::ptr_eq(of, set)) {
            return lanes.clone();
        }
        let was = |(of, _): &&(Arc<AnnotationSet>, _)| of.annotator() == set.annotator();
        let lanes = match self.lanes.iter().rev().find(was) {
            Some((before, lanes)) => Lanes::clone(lanes).after(before, set),
            None => Lanes::of(set),
        };
        let lanes = Arc::new(lanes);
        self.lanes.push((set.clone(), lanes.clone()));
        lanes
    }

    fn keep_keyboard(&mut self, ui: &Ui, session: &Session, response: &Response) {
        // What nothing else has is the article's: a key is never lost.
        let unclaimed =
            ui.memory(|memory| memory.focused().is_none()) && session.dialog().is_none();
        if std::mem::take(&mut self.wants_keyboard) || unclaimed {
            response.request_focus();
        }
        if response.has_focus() {
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
    fn lay_out_visible<'t>(
        &mut self,
        context: &Context,
        setter: &'t Typesetter,
        viewport: Rect,
        origin: egui::Pos2,
    ) -> Vec<Placed<'t>> {
        let mut placed = Vec::new();
        let mut index = self.heights.block_at(viewport.min.y - HEAD);
        let mut grown_above = 0.0;
        let mut changed = false;
        while let Some(block) = setter.block(index) {
            let top = self.heights.top(index);
            if top + HEAD > viewport.max.y {
                break;
            }
            let layout = setter.lay_out(index);
            let growth = self.heights.measure(index, &setter.pieces, &layout);
            changed |= growth.abs() > 0.1;
            if top + HEAD < viewport.min.y {
                grown_above += growth;
            }
            let size = vec2(setter.width, layout.height());
            let rect = Rect::from_min_size(origin + vec2(0.0, top), size);
            placed.push(Placed { index, block, layout, rect });
            index += 1;
        }
        if changed {
            if grown_above.abs() > 0.5 && self.gesture.is_none() {
                self.scroll_to = Some((self.offset + grown_above).max(0.0));
            }
            context.request_discard("an estimated height was wrong");
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
        let can_change = session.can_change().is_ok();
        // Hints and targets have names of their own above the text.
        let names = session.mode().is_none();
        for placed in blocks {
            let marks: Vec<&Mark<'_>> =
                marks.iter().filter(|mark| mark.touches(&placed.block.range)).collect();
            highlights::paint_fills(painter, placed, &marks);
            caret::paint_found(painter, colours, placed, session);
            caret::paint_selection(painter, colours, placed, session.selection());
            for (position, galley) in &placed.layout.galleys {
                let at = placed.rect.min + *position + vec2(0.0, lift(placed.layout.row_height));
                painter.galley(at, galley.clone(), colours.ink);
            }
            highlights::paint_lanes(painter, placed, &marks);
            if names {
                highlights::paint_tabs(painter, placed, &marks);
            }
            if can_change {
                highlights::paint_handles(painter, placed, &marks);
            }
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
        let Some(set) = session.shown_set() else { return Vec::new() };
        let lanes = self.lanes.iter().find(|(of, _)| Arc::ptr_eq(of, set));
        let Some((_, lanes)) = lanes else { return Vec::new() };
        self.marks_of(session, colours, blocks, (set, lanes), true)
    }

    /// The annotations of a set in view; focus and what one points at belong to the
    /// column that is active.
    pub(super) fn marks_of<'a>(
        &self,
        session: &'a Session,
        colours: &Palette,
        blocks: &[Placed<'_>],
        (set, lanes): (&'a Arc<AnnotationSet>, &Lanes),
        active: bool,
    ) -> Vec<Mark<'a>> {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return Vec::new() };
        // A gap between fragments can be in view though no fragment is.
        let visible = first.block.range.start..last.block.range.end;
        let focus = session.focus_place().filter(|_| active);
        let linked = if active { linked_ends(session, colours) } else { Vec::new() };
        let linking = match session.mode() {
            Some(Mode::Linking(linking)) => Some(linking),
            _ => None,
        };
        let steps_back = |id: &crate::corpus::Id| {
            let target = |linking: &crate::session::Linking| {
                linking.from == *id || linking.targets.iter().any(|target| target.id == *id)
            };
            active && linking.is_some_and(|linking| !target(linking))
        };
        let several = session.layout() == crate::session::PageLayout::Merged;
        let quiet = |annotation: &crate::corpus::Annotation| {
            steps_back(&annotation.id) || several && session.said_by(&annotation.id).is_none()
        };
        let in_view = set.places_in(&visible).into_iter();
        in_view
            .filter_map(|place| Some((place, set.annotations().get(place)?)))
            .map(|(place, annotation)| Mark {
                annotation,
                lane: lanes.lane(place),
                look: if quiet(annotation) {
                    colours.label(session.schema(), &annotation.label).faded(colours)
                } else {
                    colours.label(session.schema(), &annotation.label)
                },
                linked: linked.iter().find(|(id, _)| *id == annotation.id).map(|(_, c)| *c),
                in_hand: focus.filter(|f| f.id == annotation.id).map(|f| f.fragment),
                hovered: active && self.hovered.as_ref() == Some(&annotation.id)
                    || session.is_in_case(set.annotator(), &annotation.id),
                by: session.said_by(&annotation.id),
            })
            .collect()
    }
}

/// The other ends of the focused annotation's links, each in the colour of its link.
fn linked_ends(session: &Session, colours: &Palette) -> Vec<(crate::corpus::Id, egui::Color32)> {
    let Some(focused) = session.focused() else { return Vec::new() };
    let links = session.links().into_iter();
    let end = |link: &Arc<crate::corpus::Relation>| {
        let colour = colours.relation(session.schema(), &link.label);
        (other_end(link, &focused.id).clone(), colour)
    };
    links.map(end).collect()
}

/// The rows that lie wholly in view, those that follow each other joined.
fn rows_in(blocks: &[Placed<'_>], view: Rect) -> Vec<Range<Offset>> {
    let mut ranges: Vec<Range<Offset>> = Vec::new();
    for placed in blocks {
        for (at, row) in placed.layout.rows.iter().enumerate() {
            let top = placed.rect.top() + placed.layout.row_top(at);
            if top < view.top() - 1.0 || top + LINE > view.bottom() + 9.0 {
                continue;
            }
            match ranges.last_mut() {
                Some(last) if last.end == row.range.start => last.end = row.range.end,
                _ => ranges.push(row.range.clone()),
            }
        }
    }
    ranges
}
