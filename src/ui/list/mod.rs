//! The list below the article: what was found, remarks on annotations, or what
//! annotators who are compared say.

mod cases;
mod hits;
mod in_context;
mod remarks;
mod table;

use egui::text::LayoutJob;
use egui::{Align, EventFilter, Id, Key, Rect, Role, Sense, Ui, WidgetInfo, vec2};

pub(super) use self::cases::names;
use self::hits::HitRow;
use super::fonts;
use super::parts::{closable, focus_ring, rows, walked};
use super::theme::palette;
use super::typeset::Prose;
use crate::review::Topic;
use crate::session::{Listing, Message, Session};

const ROW: f32 = 27.0;
/// How many rows a page key goes over.
const PAGE: usize = 8;
/// Width of the column that says where a row's place is, in points, and the most that
/// it takes of a narrow row.
const PLACE: f32 = 150.0;
/// Below this height, what stands over cases has one line, in points.
const LOW: f32 = 200.0;
const PLACE_SHARE: f32 = 0.22;

/// What is remembered of the list from frame to frame.
#[derive(Default)]
pub(super) struct ListPane {
    wants_keyboard: bool,
    /// Whether the filter of the table gets it.
    wants_filter: bool,
    /// The row that was last scrolled to.
    followed: Option<(usize, u64)>,
}

impl ListPane {
    /// The widget that has the keyboard while the list is walked.
    pub(super) fn id() -> Id {
        Id::unique("list")
    }

    /// Gives the list the keyboard with the next frame.
    pub(super) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Gives the filter of the table the keyboard with the next frame.
    pub(super) fn take_keyboard_for_filter(&mut self) {
        self.wants_filter = true;
    }

    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let wants_filter = std::mem::take(&mut self.wants_filter);
        heading_ui(ui, session, wants_filter, messages);
        let (count, at) = session.list_place();
        let whole = ui.available_rect_before_wrap();
        let response = ui.interact(whole, Self::id(), Sense::focusable_noninteractive());
        let empty = (count == 0).then(|| empty_words(session));
        let spoken = empty.as_deref().unwrap_or("Found");
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, spoken));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
            self.followed = None;
        }
        if response.has_focus() {
            if at.is_none()
                && count > 0
                && let Some(row) = session.first_row()
            {
                messages.push(Message::GoToRow { row, open: false });
            }
            focus_ring(ui.painter(), palette(ui.ctx()), whole.expand(2.0));
            take_keys(ui, count, at, messages);
        }
        // Where the rows are others, one's own may have gone out of view.
        let now = at.map(|at| (at, session.list_version()));
        let centre = at.filter(|_| self.followed != now);
        self.followed = now;
        if let Some(words) = empty {
            let colour = palette(ui.ctx()).soft;
            let place = whole.center_top() + vec2(0.0, 16.0);
            let width = whole.width() - 24.0;
            let mut words = LayoutJob::simple(words, fonts::sans(13.0), colour, width);
            words.halign = Align::Center;
            let painter = ui.painter().with_clip_rect(whole);
            let galley = painter.layout_job(words);
            painter.galley(place, galley, colour);
        }
        rows(ui, "list", ROW, count, centre, |ui, row| {
            let chosen = at == Some(row);
            match session.listing() {
                Some(Listing::Hits) => {
                    let found = session.search().and_then(|search| {
                        let hit = *search.shown().get(row)?;
                        Some((search, hit, search.hits.get(hit)?))
                    });
                    if let Some((search, at, hit)) = found {
                        let row = HitRow { session, search, row, at, hit, chosen };
                        row.show(ui, messages);
                    }
                }
                Some(Listing::Remarks) => {
                    let remark = session.remarks().and_then(|remarks| remarks.rows.get(row));
                    if let Some(remark) = remark {
                        remarks::row_ui(ui, session, row, remark, chosen, messages);
                    }
                }
                Some(Listing::Cases) => cases::row_ui(ui, session, row, chosen, messages),
                Some(Listing::Table) => table::line_ui(ui, session, row, chosen, messages),
                None => {}
            }
        });
    }
}

fn take_keys(ui: &Ui, count: usize, at: Option<usize>, messages: &mut Vec<Message>) {
    let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(ListPane::id(), filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let Some(row) = walked(ui, at, count, PAGE) else {
        if pressed(Key::Enter) && count > 0 {
            messages.push(Message::GoToRow { row: at.unwrap_or_default(), open: true });
            messages.push(Message::ReturnToArticle);
        } else if pressed(Key::Escape) {
            messages.push(Message::ReturnToArticle);
        }
        return;
    };
    if count > 0 {
        messages.push(Message::GoToRow { row, open: false });
    }
}

fn empty_words(session: &Session) -> String {
    let Some(listing) = session.listing() else { return String::new() };
    match listing {
        Listing::Hits => match session.search() {
            Some(search) if search.progress.running => "Looking…".to_owned(),
            Some(search) if search.error.is_some() => "Nothing can be looked for so".to_owned(),
            Some(search) if search.hits.is_empty() => "Not found in any article".to_owned(),
            _ => "Everything found here is decided".to_owned(),
        },
        Listing::Remarks => match session.remarks() {
            Some(remarks) if remarks.progress.running => "Looking…".to_owned(),
            Some(remarks) => match remarks.topic {
                Topic::Checks => "Everything is as the schema expects".to_owned(),
                Topic::Discussion => {
                    "Nothing is marked to be discussed, and nothing has a note".to_owned()
                }
                Topic::Slice(_) => "There is nothing of this any more".to_owned(),
            },
            None => String::new(),
        },
        Listing::Cases => cases::empty_words(session),
        Listing::Table => table::empty_words(session),
    }
}

fn heading_ui(ui: &mut Ui, session: &Session, wants_filter: bool, messages: &mut Vec<Message>) {
    // Rows are what it is for, and there are many chips over cases.
    let is_low = ui.available_height() < LOW && session.listing() == Some(Listing::Cases);
    let closes = closable(ui, "Close the list", is_low, |ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        match session.listing() {
            Some(Listing::Hits) => hits::heading_ui(ui, session, messages),
            Some(Listing::Remarks) => remarks::heading_ui(ui, session, messages),
            Some(Listing::Cases) => cases::heading_ui(ui, session, messages),
            Some(Listing::Table) => table::heading_ui(ui, session, wants_filter, messages),
            None => {}
        }
    });
    if closes {
        messages.push(Message::CloseList);
        messages.push(Message::ReturnToArticle);
    }
    match session.listing() {
        Some(Listing::Cases) => cases::columns_ui(ui, session),
        Some(Listing::Table) => table::columns_ui(ui, session, messages),
        _ => {}
    }
    ui.add_space(2.0);
}

fn place_width(row: Rect) -> f32 {
    PLACE.min(row.width() * PLACE_SHARE)
}

/// Which article a row is in.
fn place_ui(ui: &Ui, row: Rect, title: &str, colour: egui::Color32, width: f32) {
    let prose = Prose::new(ui.ctx(), title, fonts::sans(11.5), colour, width - 12.0, 1);
    prose.paint_in_row(ui.painter(), row.left() + 8.0, row.center().y);
}

fn document_title(session: &Session, path: &crate::corpus::DocumentPath) -> String {
    let documents = session.documents();
    documents.row(path).map_or_else(|| path.name().to_owned(), |row| row.title().to_owned())
}
