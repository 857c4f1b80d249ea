//! What the mouse does to the article.

use egui::{
    CursorIcon, Painter, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, vec2,
};

use super::caret::caret_line;
use super::highlights::{handles, link_handle};
use super::links::Trunk;
use super::placed::{Placed, character_at, offset_at};
use super::view::ArticleView;
use crate::corpus::Id;
use crate::session::{Command, Edge, Message, Mode, Session};
use crate::text::Offset;
use crate::ui::theme::{Palette, palette};

/// Radius of the handle that links are drawn from, in points.
const HANDLE: f32 = 6.5;

/// How near to a handle the pointer takes hold of it, in points.
const REACH: f32 = 6.0;
/// How fast the page scrolls under a drag beyond its edge: points a second for
/// each point beyond.
const AUTO_SCROLL: f32 = 24.0;

/// A drag that goes on.
pub(super) enum Gesture {
    /// Selecting from a place; what was last said of it.
    Select { anchor: Offset, said: Option<(Offset, bool)> },
    /// Drawing a link from the focused annotation; where the pointer is.
    Link { from: Pos2, to: Pos2 },
    /// Moving an edge of the focused annotation.
    Edge { fragment: usize, edge: Edge, to: Offset },
}

impl Gesture {
    /// Shows where a dragged edge would come to.
    pub(super) fn paint(&self, painter: &Painter, colours: &Palette, blocks: &[Placed<'_>]) {
        if let Self::Link { from, to } = self {
            painter.line_segment([*from, *to], Stroke::new(2.0, colours.ring));
            painter.circle_filled(*to, 3.0, colours.ring);
        }
        let Self::Edge { to, .. } = self else { return };
        let on =
            |placed: &&Placed<'_>| placed.block.range.start <= *to && *to <= placed.block.range.end;
        let Some(placed) = blocks.iter().find(on) else { return };
        let line = caret_line(placed, *to);
        painter.line_segment([line.left_top(), line.left_bottom()], Stroke::new(2.0, colours.ring));
    }
}

impl ArticleView {
    pub(super) fn point(
        &mut self,
        ui: &Ui,
        session: &Session,
        response: &Response,
        blocks: &[Placed<'_>],
        messages: &mut Vec<Message>,
    ) {
        self.show_what_is_under(ui, session, response, blocks);
        if matches!(self.gesture, Some(Gesture::Link { .. })) {
            self.draw_link(ui, session, blocks, messages);
            return;
        }
        let modifiers = ui.input(|input| input.modifiers);
        let snap = session.preferences().snap != modifiers.command;
        if response.drag_started() {
            response.request_focus();
            let pressed = ui.input(|input| input.pointer.press_origin());
            self.gesture = pressed.and_then(|at| begin(session, blocks, at, modifiers.shift));
        }
        // The pointer may have moved in the very frame in which it was let go.
        if (response.dragged() || response.drag_stopped())
            && let Some(point) = response.interact_pointer_pos()
        {
            self.drag_to(ui, response, blocks, point, snap, messages);
        }
        if response.drag_stopped()
            && let Some(Gesture::Edge { fragment, edge, to }) = self.gesture.take()
        {
            messages.push(Message::DragEdge { fragment, edge, to, snap });
        }
        if !response.dragged() {
            self.gesture = None;
        }
        let clicked = response.clicked().then(|| response.interact_pointer_pos()).flatten();
        if let Some(point) = clicked {
            response.request_focus();
            let Some(at) = offset_at(blocks, point) else { return };
            let over = character_at(blocks, point);
            if let Some(target) = over.and_then(|over| target_at(session, over)) {
                messages.push(Message::TakeTarget(target));
                return;
            }
            messages.push(if response.triple_clicked() {
                Message::SelectSentence(over.unwrap_or(at))
            } else if response.double_clicked() {
                Message::SelectWord(over.unwrap_or(at))
            } else if modifiers.shift {
                Message::Drag { anchor: session.selection().anchor, head: at, snap }
            } else {
                Message::Click { at, over }
            });
        }
    }

    /// The handle at the end of the focused annotation that links are drawn from:
    /// by a drag to a target, or by a click and then one on the target.
    pub(super) fn link_handle_ui(
        &mut self,
        ui: &Ui,
        session: &Session,
        blocks: &[Placed<'_>],
        messages: &mut Vec<Message>,
    ) {
        if session.available(Command::Link).is_err() {
            return;
        }
        let Some(focused) = session.focused() else { return };
        let painter = ui.painter();
        let top = blocks.iter().find_map(|placed| link_handle(painter, placed, focused));
        let Some(top) = top else { return };
        let colours = palette(ui.ctx());
        let centre = top + vec2(HANDLE + 1.0, -HANDLE + 1.5);
        let rect = Rect::from_center_size(centre, Vec2::splat(2.0 * HANDLE));
        let response =
            ui.interact(rect, ui.scope_id().with("link handle"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, "Start a link"));
        let fill = if response.hovered() { colours.selected } else { colours.field };
        ui.painter().circle(centre, HANDLE, fill, Stroke::new(1.2, colours.ink));
        let arrow = [centre - vec2(3.0, 0.0), centre + vec2(3.0, 0.0)];
        let stroke = Stroke::new(1.2, colours.ink);
        ui.painter().line_segment(arrow, stroke);
        for side in [-2.2, 2.2] {
            let [_, tip] = arrow;
            ui.painter().line_segment([tip, tip + vec2(-2.4, side)], stroke);
        }
        if response.clicked() {
            messages.push(Message::Run(Command::Link));
        }
        if response.drag_started() {
            self.gesture = Some(Gesture::Link { from: centre, to: centre });
            messages.push(Message::Run(Command::Link));
        }
        response.on_hover_text("Drag to what this is linked with, or click and choose it");
    }

    /// Goes on with a link that is drawn, and ends it where the pointer is let go.
    fn draw_link(
        &mut self,
        ui: &Ui,
        session: &Session,
        blocks: &[Placed<'_>],
        messages: &mut Vec<Message>,
    ) {
        let Some(Gesture::Link { from, .. }) = self.gesture else { return };
        let (down, point) =
            ui.input(|input| (input.pointer.primary_down(), input.pointer.latest_pos()));
        let Some(point) = point else { return };
        self.gesture = down.then_some(Gesture::Link { from, to: point });
        if !down {
            let over = character_at(blocks, point);
            let target = over.and_then(|over| target_at(session, over));
            messages.push(match target {
                Some(target) => Message::TakeTarget(target),
                None => Message::Run(Command::LetGo),
            });
        }
    }

    /// Links in the margin: the pointer shows them, a click goes to one.
    pub(super) fn point_at_links(
        &mut self,
        ui: &Ui,
        session: &Session,
        response: &Response,
        trunks: &[Trunk],
        text_right: f32,
        messages: &mut Vec<Message>,
    ) {
        let pointer = response.hover_pos().filter(|_| !self.ignores_pointer);
        let on = |point| trunks.iter().find_map(|trunk| trunk.relation_at(point, text_right));
        let hovered = pointer.and_then(on).cloned();
        if hovered != self.hovered_link {
            self.hovered_link.clone_from(&hovered);
            ui.ctx().request_repaint();
        }
        let Some(id) = hovered else { return };
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        let relation = session.shown_set().and_then(|set| set.relation(&id));
        if let Some(relation) = relation.filter(|_| response.clicked()) {
            // A click beside the text means the caret nowhere.
            messages.retain(|message| !matches!(message, Message::Click { .. }));
            messages.push(Message::Focus(relation.from.clone()));
            messages.push(Message::TakeLink(id));
        }
    }

    fn show_what_is_under(
        &mut self,
        ui: &Ui,
        session: &Session,
        response: &Response,
        blocks: &[Placed<'_>],
    ) {
        self.hovered = None;
        let Some(point) = response.hover_pos().filter(|_| !self.ignores_pointer) else { return };
        if handle_at(session, blocks, point).is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::ResizeHorizontal);
            return;
        }
        ui.ctx().set_cursor_icon(CursorIcon::Text);
        let over = character_at(blocks, point);
        let set = session.shown_set();
        let under = over.zip(set).map(|(over, set)| set.annotations_at(over)).unwrap_or_default();
        self.hovered = under.first().map(|annotation| annotation.id.clone());
    }

    fn drag_to(
        &mut self,
        ui: &Ui,
        response: &Response,
        blocks: &[Placed<'_>],
        point: Pos2,
        snap: bool,
        messages: &mut Vec<Message>,
    ) {
        let beyond =
            (point.y - response.rect.max.y).max(0.0) - (response.rect.min.y - point.y).max(0.0);
        if beyond != 0.0 {
            let seconds = ui.input(|input| input.stable_dt).min(0.1);
            ui.scroll_with_delta(vec2(0.0, -beyond * AUTO_SCROLL * seconds));
            ui.ctx().request_repaint();
        }
        let Some(head) = offset_at(blocks, point) else { return };
        match self.gesture.as_mut() {
            // A mouse that rests must not keep the window awake.
            Some(Gesture::Select { said, .. }) if *said == Some((head, snap)) => {}
            Some(Gesture::Select { anchor, said }) => {
                *said = Some((head, snap));
                messages.push(Message::Drag { anchor: *anchor, head, snap });
            }
            Some(Gesture::Edge { to, .. }) => *to = head,
            Some(Gesture::Link { to, .. }) => *to = point,
            None => {}
        }
    }
}

/// The smallest annotation over a character that the link that is being made may
/// lead to.
fn target_at(session: &Session, over: Offset) -> Option<Id> {
    let Some(Mode::Linking(linking)) = session.mode() else { return None };
    let under = session.shown_set()?.annotations_at(over);
    let is_target = |id: &Id| linking.targets.iter().any(|target| target.id == *id);
    under.into_iter().map(|annotation| annotation.id.clone()).find(is_target)
}

/// What a press at a place begins.
fn begin(session: &Session, blocks: &[Placed<'_>], at: Pos2, extend: bool) -> Option<Gesture> {
    if let Some((fragment, edge)) = handle_at(session, blocks, at) {
        return Some(Gesture::Edge { fragment, edge, to: offset_at(blocks, at)? });
    }
    let anchor = if extend { session.selection().anchor } else { offset_at(blocks, at)? };
    Some(Gesture::Select { anchor, said: None })
}

/// The handle of the focused annotation that is under the pointer, if its set
/// can be changed.
fn handle_at(session: &Session, blocks: &[Placed<'_>], at: Pos2) -> Option<(usize, Edge)> {
    session.can_change().ok()?;
    let focused = session.focused()?;
    let near = |line: [Pos2; 2]| {
        let [top, bottom] = line;
        (at.x - top.x).abs() <= REACH && top.y - REACH <= at.y && at.y <= bottom.y + REACH
    };
    focused.fragments.iter().enumerate().find_map(|(fragment, span)| {
        blocks.iter().find_map(|placed| {
            let [start, end] = handles(placed, span);
            if start.is_some_and(near) {
                Some((fragment, Edge::Start))
            } else if end.is_some_and(near) {
                Some((fragment, Edge::End))
            } else {
                None
            }
        })
    })
}
