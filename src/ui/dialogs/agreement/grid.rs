//! A table of figures in which each cell can be pressed.

use egui::{
    Align2, Color32, EventFilter, Id, Key, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::session::{Session, Shown};
use crate::ui::fonts;
use crate::ui::parts::swatch;
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 38.0;
/// Height of the line of titles, in points, where each is in one line.
const HEAD: f32 = 26.0;
/// Width of the names before the rows, in points, and the most of a narrow sheet.
const NAMES: f32 = 150.0;
const NAMES_SHARE: f32 = 0.28;
/// The least width of a column; where there is less room, the table scrolls.
const LEAST: f32 = 72.0;

/// Room before a title, for its swatch, and between two columns, in points.
const LEFT: f32 = 4.0;
const SWATCH: f32 = 14.0;
const GAP: f32 = 4.0;

/// What stands before a row or over a column.
#[derive(Clone)]
pub(super) struct Title {
    pub(super) words: String,
    /// What gives it a colour.
    pub(super) ink: Ink,
}

#[derive(Clone)]
pub(super) enum Ink {
    Plain,
    Label(std::sync::Arc<str>),
    Relation(std::sync::Arc<str>),
}

impl Ink {
    /// How much of a column's width, in points, the words have.
    fn room(&self, width: f32) -> f32 {
        let swatch = if matches!(self, Self::Plain) { 0.0 } else { SWATCH };
        width - LEFT - swatch - GAP
    }
}

/// One figure.
#[derive(Clone)]
pub(super) struct Cell {
    pub(super) words: String,
    /// In small letters below.
    pub(super) small: String,
    /// How long the bar in it is, or how dark it is, from 0 to 1.
    pub(super) share: Option<f32>,
    /// All of it in words.
    pub(super) spoken: String,
    /// What is listed when it is pressed.
    pub(super) shown: Option<Shown>,
}

/// How shares are drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    Bars,
    Shades,
}

pub(super) struct Grid {
    pub(super) corner: String,
    pub(super) columns: Vec<Title>,
    pub(super) rows: Vec<(Title, Vec<Option<Cell>>)>,
    pub(super) look: Look,
    /// What the columns mean, in a sentence each; may be fewer than columns.
    pub(super) help: Vec<&'static str>,
}

impl Grid {
    /// Draws the table and takes keys and presses. Returns what is to be listed.
    pub(super) fn show(
        &self,
        ui: &mut Ui,
        session: &Session,
        cursor: &mut (usize, usize),
        (id, focused): (Id, bool),
    ) -> Option<Shown> {
        cursor.0 = cursor.0.min(self.rows.len().saturating_sub(1));
        cursor.1 = cursor.1.min(self.columns.len().saturating_sub(1));
        let before = *cursor;
        let mut pressed = if focused { self.take_keys(ui, id, cursor) } else { None };
        if let Some(help) = self.help.get(cursor.1) {
            ui.label(RichText::new(*help).size(12.0).color(palette(ui.ctx()).soft));
        }
        let names = NAMES.min(ui.available_width() * NAMES_SHARE);
        let count = self.columns.len().max(1) as f32;
        let width = ((ui.available_width() - names - 14.0) / count).clamp(LEAST, 150.0);
        let moved = before != *cursor;
        ScrollArea::both().id_salt("grid").auto_shrink(false).show(ui, |ui| {
            let heads = self.heads(ui, (names, width));
            // What has no room in one line is in two.
            let head = heads.iter().map(|prose| prose.size.y + 8.0).fold(HEAD, f32::max);
            let size = vec2(names + width * count, head + ROW * self.rows.len() as f32);
            let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
            self.titles_ui(ui, session, whole, (names, width, head), heads);
            for (row, (_, cells)) in self.rows.iter().enumerate() {
                for (column, cell) in cells.iter().enumerate() {
                    let Some(cell) = cell else { continue };
                    let rect = Rect::from_min_size(
                        pos2(
                            whole.left() + names + width * column as f32,
                            whole.top() + head + ROW * row as f32,
                        ),
                        vec2(width, ROW),
                    );
                    let here = *cursor == (row, column);
                    if here && moved {
                        ui.scroll_to_rect(rect, None);
                    }
                    let response = self.cell_ui(ui, rect, cell, (row, column), here && focused);
                    if response.clicked() {
                        *cursor = (row, column);
                        pressed.clone_from(&cell.shown);
                    }
                }
            }
        });
        pressed
    }

    fn cell(&self, (row, column): (usize, usize)) -> Option<&Cell> {
        self.rows.get(row)?.1.get(column)?.as_ref()
    }

    fn take_keys(&self, ui: &Ui, id: Id, cursor: &mut (usize, usize)) -> Option<Shown> {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let (last_row, last_column) =
            (self.rows.len().saturating_sub(1), self.columns.len().saturating_sub(1));
        // Where there is no figure, one goes on past it.
        let there = |place: &(usize, usize)| self.cell(*place).is_some();
        let (row, column) = *cursor;
        let to = if pressed(Key::ArrowDown) {
            (row + 1..=last_row).map(|row| (row, column)).find(there)
        } else if pressed(Key::ArrowUp) {
            (0..row).rev().map(|row| (row, column)).find(there)
        } else if pressed(Key::ArrowRight) {
            (column + 1..=last_column).map(|column| (row, column)).find(there)
        } else if pressed(Key::ArrowLeft) {
            (0..column).rev().map(|column| (row, column)).find(there)
        } else if pressed(Key::Home) {
            Some((0, 0))
        } else if pressed(Key::End) {
            (0..=last_row).rev().map(|row| (row, column)).find(there)
        } else {
            None
        };
        *cursor = to.unwrap_or(*cursor);
        if pressed(Key::Enter) { self.cell(*cursor)?.shown.clone() } else { None }
    }

    /// What stands in the corner and over the columns.
    fn heads(&self, ui: &Ui, (names, width): (f32, f32)) -> Vec<Prose> {
        let corner = prose(ui, &self.corner, Ink::Plain.room(names), false);
        let columns = self.columns.iter();
        let columns = columns.map(|title| prose(ui, &title.words, title.ink.room(width), false));
        std::iter::once(corner).chain(columns).collect()
    }

    fn titles_ui(
        &self,
        ui: &Ui,
        session: &Session,
        whole: Rect,
        (names, width, head): (f32, f32, f32),
        heads: Vec<Prose>,
    ) {
        let colours = palette(ui.ctx());
        let write = |rect: Rect, ink: &Ink, prose: Prose| {
            let mut left = rect.left() + LEFT;
            let colour = match ink {
                Ink::Plain => None,
                Ink::Label(label) => Some(colours.label(session.schema(), label).colour),
                Ink::Relation(label) => Some(colours.relation(session.schema(), label)),
            };
            if let Some(colour) = colour {
                swatch(ui.painter(), pos2(left + 4.0, rect.center().y), colour);
                left += SWATCH;
            }
            let painter = ui.painter().with_clip_rect(rect);
            let top = rect.center().y - prose.size.y / 2.0;
            prose.paint(&painter, pos2(left, top));
        };
        let mut left = whole.left();
        let columns = self.columns.iter().map(|title| (&title.ink, width));
        for ((ink, width), prose) in std::iter::once((&Ink::Plain, names)).chain(columns).zip(heads)
        {
            let size = vec2(width - GAP, head);
            write(Rect::from_min_size(pos2(left, whole.top()), size), ink, prose);
            left += width;
        }
        for (at, (title, _)) in self.rows.iter().enumerate() {
            let top = whole.top() + head + ROW * at as f32;
            ui.painter().hline(whole.x_range(), top, Stroke::new(1.0, colours.rule));
            let rect = Rect::from_min_size(pos2(whole.left(), top), vec2(names - GAP, ROW));
            let words = prose(ui, &title.words, title.ink.room(names), true);
            write(rect, &title.ink, words);
        }
    }

    fn cell_ui(
        &self,
        ui: &Ui,
        rect: Rect,
        cell: &Cell,
        place: (usize, usize),
        here: bool,
    ) -> egui::Response {
        let colours = palette(ui.ctx());
        let response = ui.interact(rect, ui.scope_id().with(("cell", place)), Sense::CLICK);
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListItem, cell.shown.is_some(), here, &cell.spoken)
        });
        let inner = rect.shrink2(vec2(2.0, 2.0));
        let painter = ui.painter();
        match (self.look, cell.share) {
            (Look::Shades, Some(share)) => {
                let shade: Color32 = colours.found.gamma_multiply(share.sqrt() * 0.55);
                painter.rect_filled(inner, 3.0, shade);
            }
            (Look::Bars, Some(share)) => {
                let track = Rect::from_min_max(
                    pos2(inner.left() + 4.0, inner.bottom() - 4.0),
                    pos2(inner.right() - 8.0, inner.bottom() - 1.5),
                );
                painter.rect_filled(track, 1.0, colours.rule);
                let length = track.width() * share.clamp(0.0, 1.0);
                let bar = Rect::from_min_size(track.min, vec2(length, track.height()));
                painter.rect_filled(bar, 1.0, colours.found);
            }
            _ => {}
        }
        if here {
            let edge = Stroke::new(2.0, colours.ring);
            painter.rect_stroke(inner, 3.0, edge, StrokeKind::Inside);
        } else if response.hovered() && cell.shown.is_some() {
            painter.rect_stroke(inner, 3.0, Stroke::new(1.0, colours.rule), StrokeKind::Inside);
        }
        let left = inner.left() + 4.0;
        let painter = painter.with_clip_rect(inner);
        let has_bar = self.look == Look::Bars && cell.share.is_some();
        if cell.small.is_empty() {
            let at = pos2(left, inner.center().y - if has_bar { 2.0 } else { 0.0 });
            painter.text(at, Align2::LEFT_CENTER, &cell.words, fonts::strong(13.0), colours.ink);
        } else {
            let (words, small) = if has_bar { (1.0, 15.5) } else { (2.5, 18.0) };
            let at = pos2(left, inner.top() + words);
            painter.text(at, Align2::LEFT_TOP, &cell.words, fonts::strong(13.0), colours.ink);
            let at = pos2(left, inner.top() + small);
            painter.text(at, Align2::LEFT_TOP, &cell.small, fonts::sans(10.5), colours.soft);
        }
        response
    }
}

/// A title in so much room, in two lines at most; `strong` before a row.
fn prose(ui: &Ui, words: &str, room: f32, strong: bool) -> Prose {
    let colours = palette(ui.ctx());
    let (font, ink) = if strong {
        (fonts::strong(13.0), colours.ink)
    } else {
        (fonts::strong(11.5), colours.soft)
    };
    Prose::new(ui.ctx(), words, font, ink, room, 2)
}
