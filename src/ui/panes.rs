use egui::{Ui, UiBuilder};

use crate::session::{Pane, Preferences, Session};

/// Below this width of the window there is no room for the list of articles, in points.
const ROOM_FOR_DOCUMENTS: f32 = 900.0;
/// Below this width there is none for the panel of annotations either.
const ROOM_FOR_ANNOTATIONS: f32 = 640.0;
/// How far a ring around what has the keyboard is drawn beyond a pane's content, in points.
const RING: f32 = 6.0;

/// Shows what is in a pane in the width that it has: what is wider is cut off, and does not widen
/// the pane from then on.
pub(super) fn in_width(ui: &mut Ui, show: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let mut inner = ui.new_child(UiBuilder::new().max_rect(room));
    inner.set_clip_rect(room.expand(RING).intersect(ui.clip_rect()));
    show(&mut inner);
    ui.advance_cursor_after_rect(room);
}

/// Which panes stand beside the article: those that the person wants, where
/// there is room; where there is none, the one that was asked for last, until
/// the article has the keyboard again.
#[derive(Default)]
pub(super) struct Panes {
    summoned: Option<Pane>,
    /// The width of the window, in points.
    room: f32,
}

impl Panes {
    pub(super) fn set_room(&mut self, room: f32) {
        self.room = room;
    }

    pub(super) fn is_shown(&self, session: &Session, pane: Pane) -> bool {
        let there = match pane {
            Pane::Documents => session.project().is_some(),
            Pane::Annotations => session.held().is_some(),
        };
        // A summoned pane has the little room there is for itself.
        let fits =
            self.has_room(pane) && (self.summoned.is_none() || self.room >= ROOM_FOR_DOCUMENTS);
        let wanted = fits && wanted(session.preferences(), pane);
        there && (wanted || self.summoned == Some(pane))
    }

    /// Shows a pane, in whatever room there is.
    pub(super) fn summon(&mut self, pane: Pane) {
        self.summoned = Some(pane);
    }

    /// Lets a summoned pane go.
    pub(super) fn dismiss(&mut self) {
        self.summoned = None;
    }

    /// The pane is shown or hidden, whichever it was not. Where that is for the
    /// person's preferences to remember, returns what they are to be.
    pub(super) fn toggle(&mut self, session: &Session, pane: Pane) -> Option<bool> {
        let shown = self.is_shown(session, pane);
        if self.has_room(pane) {
            self.summoned = None;
            return Some(!shown);
        }
        self.summoned = (!shown).then_some(pane);
        None
    }

    fn has_room(&self, pane: Pane) -> bool {
        self.room
            >= match pane {
                Pane::Documents => ROOM_FOR_DOCUMENTS,
                Pane::Annotations => ROOM_FOR_ANNOTATIONS,
            }
    }
}

fn wanted(preferences: &Preferences, pane: Pane) -> bool {
    match pane {
        Pane::Documents => preferences.documents,
        Pane::Annotations => preferences.inspector,
    }
}
