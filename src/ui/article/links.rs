//! Links as brackets in the margin: those that lead to one annotation by one
//! label share a trunk, so that many stay readable. They are faded unless an end
//! is focused or the pointer is on them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use egui::epaint::PathShape;
use egui::{Color32, Painter, Pos2, Rect, Stroke, pos2, vec2};

use super::measures::{FIRST_LANE, TEXT_TOP};
use super::placed::Placed;
use crate::corpus::Id;
use crate::session::Session;
use crate::text::Offset;
use crate::ui::fonts;
use crate::ui::theme::Palette;

/// From the text to the first trunk, in points.
const FIRST: f32 = 14.0;
/// From one trunk to the next.
const PITCH: f32 = 8.0;
/// Trunks beyond this many lie on the last.
const MOST_LANES: usize = 7;
/// From the text to the start of a branch.
const GAP: f32 = 5.0;
const CORNER: f32 = 4.0;
/// How near the pointer must be, in points.
const REACH: f32 = 4.0;
/// How far beyond the view the end of a trunk lies that is not in it.
const BEYOND: f32 = 60.0;

/// All links with one label that lead to one annotation.
pub(super) struct Trunk {
    pub(super) label: Arc<str>,
    branches: Vec<Branch>,
    /// The height of the annotation that they lead to.
    to_y: f32,
    lane: usize,
    colour: Color32,
    faded: Color32,
}

/// One link of a trunk.
struct Branch {
    relation: Id,
    /// The height of the annotation that it starts from.
    y: f32,
    /// Whether an end of it is focused or the pointer is on it.
    strong: bool,
    in_hand: bool,
}

/// What finding the trunks in view needs to know.
pub(super) struct LinkView<'a> {
    pub(super) session: &'a Session,
    pub(super) colours: &'a Palette,
    pub(super) blocks: &'a [Placed<'a>],
    /// What can be seen of the page.
    pub(super) view: Rect,
    /// The relation that the pointer is on.
    pub(super) hovered: Option<&'a Id>,
}

impl LinkView<'_> {
    /// The trunks with an end in view, each on a lane of its own where there is room.
    pub(super) fn trunks(&self) -> Vec<Trunk> {
        let Some(set) = self.session.shown_set() else { return Vec::new() };
        let (Some(first), Some(last)) = (self.blocks.first(), self.blocks.last()) else {
            return Vec::new();
        };
        let visible = first.block.range.start..last.block.range.end;
        let in_view = set.places_in(&visible).into_iter();
        let in_view = in_view.filter_map(|at| set.annotations().get(at));
        let relations: BTreeSet<usize> =
            in_view.flat_map(|annotation| set.places_of_relations(&annotation.id)).collect();
        let focused = self.session.focus_place().map(|focus| &focus.id);
        let in_hand = self.session.link_in_hand().map(|link| link.id.clone());
        let mut grouped: BTreeMap<(Arc<str>, Id), Trunk> = BTreeMap::new();
        for relation in relations.into_iter().filter_map(|at| set.relations().get(at)) {
            let extent = |id: &Id| Some(set.annotation(id)?.fragments.extent());
            let (Some(from), Some(to)) = (extent(&relation.from), extent(&relation.to)) else {
                continue;
            };
            let to_y = self.height(to.start);
            let from_y = self.nearest_height(&from, to_y);
            let key = (relation.label.clone(), relation.to.clone());
            let trunk = grouped.entry(key).or_insert_with(|| Trunk {
                label: relation.label.clone(),
                branches: Vec::new(),
                to_y,
                lane: 0,
                colour: self.colours.relation(self.session.schema(), &relation.label),
                faded: self.colours.faded_relation(self.session.schema(), &relation.label),
            });
            let ends = [&relation.from, &relation.to];
            trunk.branches.push(Branch {
                relation: relation.id.clone(),
                y: from_y,
                strong: ends.into_iter().any(|end| Some(end) == focused)
                    || Some(&relation.id) == self.hovered,
                in_hand: in_hand.as_ref() == Some(&relation.id),
            });
        }
        let mut trunks: Vec<Trunk> = grouped.into_values().collect();
        // What is looked at lies nearest to the text, then the short ones.
        trunks.sort_by(|a, b| {
            let length = |trunk: &Trunk| trunk.reach().1 - trunk.reach().0;
            b.is_strong().cmp(&a.is_strong()).then(length(a).total_cmp(&length(b)))
        });
        let mut lanes: Vec<Vec<(f32, f32)>> = Vec::new();
        for trunk in &mut trunks {
            let (top, bottom) = trunk.reach();
            let free = |lane: &Vec<(f32, f32)>| {
                lane.iter().all(|(t, b)| bottom + CORNER < *t || *b + CORNER < top)
            };
            let at = lanes.iter().position(free).unwrap_or(lanes.len());
            if at == lanes.len() {
                lanes.push(Vec::new());
            }
            if let Some(lane) = lanes.get_mut(at) {
                lane.push((top, bottom));
            }
            trunk.lane = at.min(MOST_LANES);
        }
        trunks
    }

    /// The middle of the line that an offset is on, or a height beyond the view.
    fn height(&self, offset: Offset) -> f32 {
        let on = |placed: &&Placed<'_>| {
            placed.block.range.start <= offset && offset <= placed.block.range.end
        };
        if let Some(placed) = self.blocks.iter().rev().find(on) {
            let row = placed.layout.row_of(offset);
            let middle = f32::midpoint(TEXT_TOP, FIRST_LANE);
            return placed.rect.top() + placed.layout.row_top(row) + middle;
        }
        let above = self.blocks.first().is_some_and(|first| offset < first.block.range.start);
        if above { self.view.top() - BEYOND } else { self.view.bottom() + BEYOND }
    }

    /// The height of that line of an annotation that is nearest to another height.
    fn nearest_height(&self, extent: &Range<Offset>, to: f32) -> f32 {
        let first = self.height(extent.start);
        let last = self.height(if extent.start < extent.end { extent.end - 1 } else { extent.end });
        if to <= first {
            first
        } else if to >= last {
            last
        } else {
            to
        }
    }
}

impl Trunk {
    fn is_strong(&self) -> bool {
        self.branches.iter().any(|branch| branch.strong)
    }

    /// Top and bottom of it.
    fn reach(&self) -> (f32, f32) {
        reach(self.branches.iter().map(|branch| branch.y), self.to_y)
    }

    fn x(&self, text_right: f32) -> f32 {
        text_right + FIRST + self.lane as f32 * PITCH
    }

    /// The link of it that a point is on.
    pub(super) fn relation_at(&self, point: Pos2, text_right: f32) -> Option<&Id> {
        let x = self.x(text_right);
        if point.x < text_right || point.x > x + REACH {
            return None;
        }
        let (top, bottom) = self.reach();
        let on_trunk =
            (point.x - x).abs() <= REACH && top - REACH <= point.y && point.y <= bottom + REACH;
        let distance = |branch: &Branch| (branch.y - point.y).abs();
        let nearest = self.branches.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        let on_branch = distance(nearest) <= REACH || (self.target_y() - point.y).abs() <= REACH;
        (on_trunk || on_branch).then_some(&nearest.relation)
    }

    /// Draws those of its links that are strong, or those that are not.
    fn paint(&self, painter: &Painter, strong: bool, text_right: f32, page_right: f32) {
        let x = self.x(text_right).min(page_right - 4.0);
        let start = text_right + GAP;
        let colour = if strong { self.colour } else { self.faded };
        let branches = || self.branches.iter().filter(|branch| branch.strong == strong);
        if branches().next().is_none() {
            return;
        }
        for branch in branches() {
            let width = if branch.in_hand {
                2.8
            } else if strong {
                1.8
            } else {
                1.2
            };
            bracket(painter, (start, x), (branch.y, self.to_y), Stroke::new(width, colour));
            painter.circle_filled(pos2(start, branch.y), if strong { 2.4 } else { 1.6 }, colour);
        }
        // The arrow's head tells where they lead.
        let head = if strong { 5.0 } else { 3.5 };
        let tip = pos2(start - 2.0, self.target_y());
        let back = tip + vec2(head, 0.0);
        let points = vec![tip, back + vec2(0.0, -head * 0.6), back + vec2(0.0, head * 0.6)];
        painter.add(egui::Shape::convex_polygon(points, colour, Stroke::NONE));
    }

    /// Names its strong links, where they can be seen and there is room; below the
    /// names that are there already.
    fn paint_title(
        &self,
        painter: &Painter,
        ground: Color32,
        (text_right, page_right): (f32, f32),
        title: &str,
        names: &mut Vec<Rect>,
    ) {
        let strong = self.branches.iter().filter(|branch| branch.strong).map(|branch| branch.y);
        let (top, bottom) = reach(strong, self.to_y);
        let clip = painter.clip_rect();
        let middle = f32::midpoint(top.max(clip.top() + 8.0), bottom.min(clip.bottom() - 8.0));
        let galley = painter.layout_no_wrap(title.to_owned(), fonts::sans(10.0), self.colour);
        let size = galley.size();
        let left = (self.x(text_right) + 5.0).min(page_right - size.x - 3.0);
        if left < text_right + GAP {
            return;
        }
        let mut name = Rect::from_min_size(pos2(left, middle - size.y / 2.0), size);
        while let Some(other) = names.iter().find(|other| other.intersects(name)) {
            name = name.translate(vec2(0.0, other.bottom() - name.top() + 1.0));
        }
        painter.rect_filled(name.expand(1.5), 2.0, ground);
        painter.galley(name.min, galley, self.colour);
        names.push(name);
    }

    /// Where the arrow's head is: a little beside a branch on the same line.
    fn target_y(&self) -> f32 {
        let same_line = self.branches.iter().any(|branch| (branch.y - self.to_y).abs() < 1.0);
        if same_line { self.to_y + 7.0 } else { self.to_y }
    }
}

fn reach(heights: impl Iterator<Item = f32>, to: f32) -> (f32, f32) {
    heights.fold((to, to), |(top, bottom), y| (top.min(y), bottom.max(y)))
}

/// A bracket from one height to another, with round corners.
fn bracket(painter: &Painter, (start, x): (f32, f32), (from, to): (f32, f32), stroke: Stroke) {
    // Two ends on one line: a flat loop.
    let to = if (from - to).abs() < 1.0 { to + 7.0 } else { to };
    let down = if to > from { 1.0 } else { -1.0 };
    let corner = CORNER.min((to - from).abs() / 2.0);
    let quarter = |centre: Pos2, start_angle: f32, turn: f32| {
        (0..=4_u8).map(move |step| {
            let angle = start_angle + turn * f32::from(step) / 4.0;
            centre + corner * vec2(angle.cos(), angle.sin())
        })
    };
    let right_angle = std::f32::consts::FRAC_PI_2;
    let mut points = vec![pos2(start, from)];
    let turn = down * right_angle;
    points.extend(quarter(pos2(x - corner, from + down * corner), -down * right_angle, turn));
    points.extend(quarter(pos2(x - corner, to - down * corner), 0.0, turn));
    points.push(pos2(start, to));
    painter.add(PathShape::line(points, stroke));
}

/// Draws all trunks; what is strong lies over what is faded, and its name over all.
pub(super) fn paint_trunks(
    painter: &Painter,
    session: &Session,
    colours: &Palette,
    trunks: &[Trunk],
    (text_right, page_right): (f32, f32),
) {
    for strong in [false, true] {
        for trunk in trunks {
            trunk.paint(painter, strong, text_right, page_right);
        }
    }
    let mut names = Vec::new();
    for trunk in trunks.iter().filter(|trunk| trunk.is_strong()) {
        let title = session.relation_title(&trunk.label);
        let sides = (text_right, page_right);
        trunk.paint_title(painter, colours.page, sides, &title, &mut names);
    }
}
