//! How annotations are drawn.
//!
//! The fill shows the smallest annotation at a place; every annotation has a
//! line of its own below the text, in its label's colour and pattern; a tab
//! above its start names it where there is room.

use std::ops::Range;

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::measures::{FIRST_LANE, LANE_PITCH, TEXT_TOP};
use super::placed::{Placed, row_rect};
use crate::corpus::{Annotation, Annotator, LinePattern};
use crate::text::{Offset, Span};
use crate::ui::fonts;
use crate::ui::theme::LabelLook;
use crate::ui::typeset::Row;

const TAB_HEIGHT: f32 = 11.0;
const TAB_FONT: f32 = 8.5;
/// Room between two tabs, in points.
const TAB_GAP: f32 = 2.0;
/// How far a tab may reach under the handle that links are drawn from, in points.
const TAB_OVERLAP: f32 = 3.0;
/// Room on both sides of a tab's words together, in points.
const TAB_MARGIN: f32 = 8.0;
/// How far a tab may be pushed aside by others before it is left out.
const TAB_REACH: f32 = 120.0;
const KNOB: f32 = 3.5;
/// Width of the handle that links are drawn from, with some space around it.
const LINK_HANDLE: f32 = 16.0;

/// An annotation as it is drawn.
pub(super) struct Mark<'a> {
    pub(super) annotation: &'a Annotation,
    pub(super) lane: usize,
    pub(super) look: LabelLook,
    /// For the focused annotation, the fragment in hand.
    pub(super) in_hand: Option<usize>,
    pub(super) hovered: bool,
    /// For what the focused annotation is linked with, the link's colour.
    pub(super) linked: Option<Color32>,
    /// Whose it is, where several annotators' are in one text.
    pub(super) by: Option<&'a Annotator>,
}

impl Mark<'_> {
    /// Whether the annotation, its gaps included, reaches into a range.
    pub(super) fn touches(&self, range: &Range<Offset>) -> bool {
        self.annotation.fragments.reach_into(range)
    }

    fn is_lit(&self) -> bool {
        self.in_hand.is_some() || self.hovered
    }

    /// The places between this annotation's fragments.
    fn gaps(&self) -> impl Iterator<Item = Range<Offset>> + '_ {
        let fragments = &self.annotation.fragments;
        fragments.iter().zip(fragments.iter().skip(1)).map(|(a, b)| a.end()..b.start())
    }

    fn lane_y(&self) -> f32 {
        FIRST_LANE + self.lane as f32 * LANE_PITCH
    }
}

/// Fills each stretch of text with the tint of the smallest annotation on it.
pub(super) fn paint_fills(painter: &Painter, placed: &Placed<'_>, marks: &[&Mark<'_>]) {
    for (at, row) in placed.layout.rows.iter().enumerate() {
        for segment in segments(row, marks) {
            let on = |mark: &&&Mark<'_>| mark.annotation.fragments.contains(segment.start);
            let Some(top) = marks.iter().filter(on).min_by_key(|m| m.annotation.fragments.length())
            else {
                continue;
            };
            let focused = marks.iter().filter(on).find(|mark| mark.in_hand.is_some());
            let fill = focused.map_or(top.look.tint, |mark| mark.look.strong_tint);
            for extent in row.extents(&segment) {
                let rect = row_rect(placed, at, extent, (TEXT_TOP, FIRST_LANE));
                painter.rect_filled(rect, CornerRadius::ZERO, fill);
            }
        }
        for mark in marks.iter().filter(|mark| mark.in_hand.is_none()) {
            let hovered = mark.hovered.then(|| Stroke::new(1.0, mark.look.colour));
            let linked = mark.linked.map(|colour| Stroke::new(1.6, colour));
            let Some(stroke) = linked.or(hovered) else { continue };
            for span in in_row(mark, row) {
                for extent in row.extents(&span.range()) {
                    let rect = row_rect(placed, at, extent, (TEXT_TOP, FIRST_LANE));
                    painter.rect_stroke(rect, CornerRadius::ZERO, stroke, StrokeKind::Inside);
                }
            }
        }
    }
}

/// The stretches of a row between any two edges of annotations.
fn segments(row: &Row, marks: &[&Mark<'_>]) -> Vec<Range<Offset>> {
    let mut edges: Vec<Offset> = marks
        .iter()
        .flat_map(|mark| in_row(mark, row))
        .flat_map(|span| [span.start(), span.end()])
        .collect();
    edges.sort_unstable();
    edges.dedup();
    edges.iter().zip(edges.iter().skip(1)).map(|(start, end)| *start..*end).collect()
}

/// The parts of an annotation that lie on a row, the blank left out at which it is broken.
fn in_row<'a>(mark: &'a Mark<'_>, row: &'a Row) -> impl Iterator<Item = Span> + 'a {
    mark.annotation.fragments.iter().filter_map(|span| span.within(&row.inked))
}

/// Draws each annotation's line, and dots through the gaps of one that is
/// focused or hovered.
pub(super) fn paint_lanes(painter: &Painter, placed: &Placed<'_>, marks: &[&Mark<'_>]) {
    for (at, row) in placed.layout.rows.iter().enumerate() {
        for mark in marks {
            let y = mark.lane_y();
            let thickness = if mark.is_lit() { 2.6 } else { 1.7 };
            for span in in_row(mark, row) {
                for extent in row.extents(&span.range()) {
                    let line = row_rect(placed, at, extent, (y, y));
                    paint_line(painter, line, mark.look.line, thickness, mark.look.colour);
                }
            }
            if mark.is_lit() {
                for gap in mark.gaps() {
                    for extent in row.extents(&gap) {
                        let line = row_rect(placed, at, extent, (y, y));
                        let ends = [line.left_top(), line.right_top()];
                        let stroke = Stroke::new(1.0, mark.look.colour);
                        painter.extend(Shape::dashed_line(&ends, stroke, 1.0, 5.0));
                    }
                }
            }
        }
    }
}

fn paint_line(
    painter: &Painter,
    line: Rect,
    pattern: LinePattern,
    thickness: f32,
    colour: Color32,
) {
    let ends = [line.left_top(), line.right_top()];
    let stroke = Stroke::new(thickness, colour);
    let (dash, gap) = match pattern {
        LinePattern::Solid => {
            painter.line_segment(ends, stroke);
            return;
        }
        LinePattern::Dashes => (7.0, 3.0),
        LinePattern::ShortDashes => (3.5, 2.0),
        LinePattern::Dots => (1.6, 2.6),
    };
    painter.extend(Shape::dashed_line(&ends, stroke, dash, gap));
}

/// Names each annotation above the start of each of its fragments; tabs that
/// start at one place stand side by side, those without room are left out.
pub(super) fn paint_tabs<'a>(painter: &Painter, placed: &Placed<'_>, marks: &[&'a Mark<'a>]) {
    for (at, row) in placed.layout.rows.iter().enumerate() {
        let mut tabs: Vec<Tab<'_>> = Vec::new();
        for mark in marks {
            for (fragment, span) in mark.annotation.fragments.iter().enumerate() {
                if row.range.contains(&span.start()) {
                    tabs.push(Tab::new(row, mark, fragment, span));
                }
            }
        }
        let (mut leftward, mut rightward): (Vec<_>, Vec<_>) = tabs.into_iter().partition(|t| t.rtl);
        rightward.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.mark.lane.cmp(&b.mark.lane)));
        leftward.sort_by(|a, b| b.x.total_cmp(&a.x).then(a.mark.lane.cmp(&b.mark.lane)));
        let focused = marks.iter().find(|mark| mark.in_hand.is_some());
        let handle = focused.and_then(|mark| link_handle_x(painter, row, mark.annotation));
        let handle = handle.map_or(0.0..0.0, |x| x..x + LINK_HANDLE);
        let mut free_from = f32::NEG_INFINITY;
        for tab in rightward {
            let width = tab.width(painter);
            let mut left = tab.x.max(free_from);
            if left < handle.end && handle.start + TAB_OVERLAP < left + width {
                left = handle.end;
            }
            let beyond = left + width > placed.rect.width() + TAB_REACH;
            if left - tab.x <= TAB_REACH && !beyond {
                tab.paint(painter, placed, at, left);
                free_from = left + width + TAB_GAP;
            }
        }
        let mut free_to = f32::INFINITY;
        for tab in leftward {
            let right = tab.x.min(free_to);
            let width = tab.width(painter);
            if tab.x - right <= TAB_REACH && right - width > -TAB_REACH {
                tab.paint(painter, placed, at, right - width);
                free_to = right - width - TAB_GAP;
            }
        }
    }
}

/// Where on a row the handle begins from which links are drawn: behind the last character of
/// an annotation and, where that is longer than the words, behind its name.
fn link_handle_x(painter: &Painter, row: &Row, annotation: &Annotation) -> Option<f32> {
    let (fragment, span) = annotation.fragments.iter().enumerate().next_back()?;
    let ends_here = row.range.contains(&(span.end() - 1));
    let end = ends_here.then(|| row.caret_x(span.end()))?;
    if !row.range.contains(&span.start()) || row.runs_right_to_left(span.start()) {
        return Some(end);
    }
    let start = row.extents(&span.range()).first().map_or(end, |extent| extent.0);
    let name = tab_title(annotation, None, fragment);
    let name = painter.layout_no_wrap(name, fonts::strong(TAB_FONT), Color32::PLACEHOLDER);
    Some(end.max(start + name.size().x + TAB_MARGIN + TAB_GAP))
}

/// Where the handle begins from which links of an annotation are drawn, at the top of the line,
/// where it ends in this block.
pub(super) fn link_handle(
    painter: &Painter,
    placed: &Placed<'_>,
    annotation: &Annotation,
) -> Option<Pos2> {
    let mut rows = placed.layout.rows.iter().enumerate();
    rows.find_map(|(at, row)| {
        let x = link_handle_x(painter, row, annotation)?;
        Some(row_rect(placed, at, (x, x), (TEXT_TOP, FIRST_LANE)).left_top())
    })
}

/// The name of an annotation above the start of one of its fragments.
struct Tab<'a> {
    /// Where the fragment starts: its left edge, or its right where text runs
    /// from right to left.
    x: f32,
    rtl: bool,
    mark: &'a Mark<'a>,
    title: String,
}

impl<'a> Tab<'a> {
    fn new(row: &Row, mark: &'a Mark<'a>, fragment: usize, span: Span) -> Self {
        let extents = row.extents(&span.range());
        let rtl = row.runs_right_to_left(span.start());
        let edge = if rtl { extents.last().map(|e| e.1) } else { extents.first().map(|e| e.0) };
        let title = tab_title(mark.annotation, mark.by, fragment);
        Self { x: edge.unwrap_or_default(), rtl, mark, title }
    }

    fn galley(&self, painter: &Painter) -> std::sync::Arc<egui::Galley> {
        let colour = self.mark.look.on_colour;
        painter.layout_no_wrap(self.title.clone(), fonts::strong(TAB_FONT), colour)
    }

    fn width(&self, painter: &Painter) -> f32 {
        self.galley(painter).size().x + TAB_MARGIN
    }

    fn paint(&self, painter: &Painter, placed: &Placed<'_>, row: usize, left: f32) {
        let galley = self.galley(painter);
        let right = left + galley.size().x + TAB_MARGIN;
        let tab = row_rect(placed, row, (left, right), (TEXT_TOP - TAB_HEIGHT, TEXT_TOP));
        let corners = CornerRadius { nw: 2, ne: 2, sw: 0, se: 0 };
        painter.rect_filled(tab, corners, self.mark.look.colour);
        let text = tab.center() - galley.size() / 2.0;
        painter.galley(pos2(text.x, text.y), galley, self.mark.look.on_colour);
    }
}

/// The label, and whose it is; of a fragmented annotation, which of how many.
fn tab_title(annotation: &Annotation, by: Option<&Annotator>, fragment: usize) -> String {
    let label = match by {
        Some(annotator) => format!("{} {annotator}", annotation.label),
        None => annotation.label.to_string(),
    };
    match annotation.fragments.count() {
        1 => label,
        count => format!("{label} {}/{count}", fragment + 1),
    }
}

/// Draws the edges of the focused annotation as handles; those of the fragment
/// in hand have knobs.
pub(super) fn paint_handles(painter: &Painter, placed: &Placed<'_>, marks: &[&Mark<'_>]) {
    for mark in marks {
        let Some(in_hand) = mark.in_hand else { continue };
        for (fragment, span) in mark.annotation.fragments.iter().enumerate() {
            let [start, end] = handles(placed, span);
            let stroke = Stroke::new(2.0, mark.look.colour);
            for (line, knob) in [(start, start.map(|l| l[0])), (end, end.map(|l| l[1]))] {
                let Some(line) = line else { continue };
                painter.line_segment(line, stroke);
                if let Some(knob) = knob.filter(|_| fragment == in_hand) {
                    painter.circle_filled(knob, KNOB, mark.look.colour);
                }
            }
        }
    }
}

/// The lines at the start and at the end of a span, where they are in a block.
pub(super) fn handles(placed: &Placed<'_>, span: Span) -> [Option<[Pos2; 2]>; 2] {
    let start = span.start() >= placed.block.range.start && span.start() < placed.block.range.end;
    let end = span.end() > placed.block.range.start && span.end() <= placed.block.range.end;
    let line = |row: usize, x: f32| {
        let rect = row_rect(placed, row, (x, x), (TEXT_TOP, FIRST_LANE));
        [rect.left_top(), rect.left_bottom() + vec2(0.0, 1.0)]
    };
    let start_line = || {
        let at = placed.layout.row_of(span.start());
        let row = placed.layout.rows.get(at)?;
        Some(line(at, row.caret_x(span.start())))
    };
    let end_line = || {
        // The end belongs to the row of the last character, not to the next one.
        let at = placed.layout.row_of(span.end() - 1);
        let row = placed.layout.rows.get(at)?;
        Some(line(at, row.caret_x(span.end())))
    };
    [start.then(start_line).flatten(), end.then(end_line).flatten()]
}
