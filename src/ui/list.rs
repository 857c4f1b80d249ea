//! The list below the article: what was found, or remarks on annotations.

use egui::{Align2, EventFilter, Id, Key, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::fonts;
use super::parts::{self, command_button, cross_button, focus_ring, rows, shortened, swatch};
use super::theme::palette;
use super::typeset::Prose;
use crate::review::{Hit, Remark, Topic};
use crate::session::{Command, Listing, Message, Search, Session, Standing, Verdict};

const ROW: f32 = 27.0;
/// How much of what is looked for the heading shows, in characters.
const HEADING: usize = 40;
/// How much of what a bar counts it shows.
const TITLE: usize = 90;
/// Width of the column that says where a row's place is, in points, and the most that
/// it takes of a narrow row.
const PLACE: f32 = 150.0;
const PLACE_SHARE: f32 = 0.22;

/// What is remembered of the list from frame to frame.
#[derive(Default)]
pub(super) struct ListPane {
    wants_keyboard: bool,
    /// The row that was last scrolled to.
    followed: Option<usize>,
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

    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        heading_ui(ui, session, messages);
        let (count, at) = session.list_place();
        let whole = ui.available_rect_before_wrap();
        let response = ui.interact(whole, Self::id(), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Found"));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        if response.has_focus() {
            if at.is_none() && count > 0 {
                messages.push(Message::GoToRow { row: 0, open: false });
            }
            focus_ring(ui.painter(), palette(ui.ctx()), whole.expand(2.0));
            take_keys(ui, count, at, messages);
        }
        let centre = at.filter(|_| self.followed != at);
        self.followed = at;
        if count == 0 {
            let words = empty_words(session);
            let colour = palette(ui.ctx()).soft;
            let place = whole.center_top() + vec2(0.0, 16.0);
            ui.painter().text(place, Align2::CENTER_TOP, words, fonts::sans(13.0), colour);
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
                        remark_ui(ui, session, row, remark, chosen, messages);
                    }
                }
                None => {}
            }
        });
    }
}

fn take_keys(ui: &Ui, count: usize, at: Option<usize>, messages: &mut Vec<Message>) {
    let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(ListPane::id(), filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    let last = count.saturating_sub(1);
    let here = at.unwrap_or_default();
    let row = if pressed(Key::ArrowDown) {
        at.map_or(0, |at| (at + 1).min(last))
    } else if pressed(Key::ArrowUp) {
        here.saturating_sub(1)
    } else if pressed(Key::PageDown) {
        (here + 8).min(last)
    } else if pressed(Key::PageUp) {
        here.saturating_sub(8)
    } else if pressed(Key::Home) {
        0
    } else if pressed(Key::End) {
        last
    } else {
        if pressed(Key::Enter) && count > 0 {
            messages.push(Message::GoToRow { row: here, open: true });
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
    }
}

fn heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(8.0, 4.0);
        match session.listing() {
            Some(Listing::Hits) => hits_heading_ui(ui, session, messages),
            Some(Listing::Remarks) => remarks_heading_ui(ui, session, messages),
            None => {}
        }
        if cross_button(ui, "Close the list") {
            messages.push(Message::CloseList);
            messages.push(Message::ReturnToArticle);
        }
    });
    ui.add_space(2.0);
}

fn hits_heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(search) = session.search() else { return };
    let colours = palette(ui.ctx());
    let decided = search.hits.len() - search.shown().len();
    let query = shortened(&search.query.text, HEADING);
    let title = format!("“{query}” in all articles · {}", search.shown().len());
    ui.label(RichText::new(title).font(fonts::strong(12.0)).color(colours.ink));
    if let Some(label) = &search.label {
        let look = colours.label(session.schema(), label);
        let words = RichText::new(format!("as {label}")).color(look.colour);
        ui.add(egui::Label::new(words).extend());
    }
    if decided > 0 || search.show_decided {
        let words = if search.show_decided {
            "Hide what is decided".to_owned()
        } else {
            format!("Show {decided} decided before")
        };
        if ui.button(words).clicked() {
            messages.push(Message::ShowDecided(!search.show_decided));
        }
    }
    let (accepted, rejected) = session.verdict_counts();
    let words = match (accepted, rejected) {
        (0, 0) => "Carry out".to_owned(),
        (tagged, 0) => format!("Tag {tagged}"),
        (0, rejected) => format!("Reject {rejected}"),
        (tagged, rejected) => format!("Tag {tagged}, reject {rejected}"),
    };
    command_button(ui, session, Command::AcceptAll, "Accept all", messages);
    command_button(ui, session, Command::Apply, words, messages);
}

fn remarks_heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(remarks) = session.remarks() else { return };
    let colours = palette(ui.ctx());
    let where_ = if remarks.everywhere { "in all articles" } else { "in this article" };
    let what = match &remarks.topic {
        Topic::Checks => format!("Not as the schema expects, {where_}"),
        Topic::Discussion => format!("To discuss, and notes, {where_}"),
        Topic::Slice(slice) => shortened(&slice.title, TITLE),
    };
    let title = format!("{what} · {}", remarks.rows.len());
    ui.label(RichText::new(title).font(fonts::strong(12.0)).color(colours.ink));
    if remarks.progress.running {
        let words = format!("{} of {} articles", remarks.progress.looked_at, remarks.progress.of);
        ui.label(RichText::new(words).color(colours.soft));
    }
    if remarks.topic == Topic::Checks {
        let (command, title) = if remarks.everywhere {
            (Command::ListProblems, "This article")
        } else {
            (Command::ListProjectProblems, "All articles")
        };
        command_button(ui, session, command, title, messages);
    }
}

/// One occurrence.
struct HitRow<'a> {
    session: &'a Session,
    search: &'a Search,
    /// Its place in the list.
    row: usize,
    /// Its place among all hits.
    at: usize,
    hit: &'a Hit,
    chosen: bool,
}

impl HitRow<'_> {
    fn show(&self, ui: &mut Ui, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let verdict = self.search.verdicts.get(&self.at);
        let standing = self.session.standing(self.hit);
        let spoken = format!(
            "{} {} {}, {}",
            self.hit.before,
            self.hit.quote,
            self.hit.after,
            Self::state_words(verdict, &standing)
        );
        let (rect, response) = parts::row(ui, ROW, (true, self.chosen), &spoken);
        let quiet = verdict.is_none() && standing != Standing::Open;
        let ink = if quiet { colours.soft } else { colours.ink };
        let title = document_title(self.session, &self.hit.document);
        place_ui(ui, rect, &title, colours.soft);
        let state_width = 104.0;
        let state = Rect::from_min_max(pos2(rect.right() - state_width, rect.top()), rect.max);
        self.state_ui(ui, state, verdict, &standing);
        self.context_ui(ui, rect, state.left(), ink);
        if response.clicked() {
            messages.push(Message::GoToRow { row: self.row, open: true });
        }
        let points = response.hovered() || response.contains_pointer();
        if points {
            self.buttons_ui(ui, state, messages);
        }
    }

    /// For the mouse: tag, leave out, or take that back.
    fn buttons_ui(&self, ui: &mut Ui, rect: Rect, messages: &mut Vec<Message>) {
        let label = self.search.label.clone();
        let accept = label.map(|label| ("Tag", Some(Verdict::Accept(label))));
        let reject = self.search.label.is_some().then_some(("Reject", Some(Verdict::Reject)));
        let decided = self.search.verdicts.contains_key(&self.at);
        let choices = if decided { [Some(("Undo", None)), None] } else { [accept, reject] };
        ui.painter().rect_filled(rect.shrink(1.0), 4.0, palette(ui.ctx()).page);
        let mut child = ui.new_child(
            egui::UiBuilder::new()
                .max_rect(rect.shrink2(vec2(3.0, 2.0)))
                .layout(egui::Layout::left_to_right(egui::Align::Center)),
        );
        child.spacing_mut().item_spacing.x = 3.0;
        child.spacing_mut().button_padding = vec2(5.0, 1.0);
        child.spacing_mut().interact_size.y = 20.0;
        for (title, verdict) in choices.into_iter().flatten() {
            if child.button(RichText::new(title).size(11.5)).clicked() {
                messages.push(Message::JudgeAt(self.at, verdict));
            }
        }
    }

    fn state_words(verdict: Option<&Verdict>, standing: &Standing) -> String {
        match (verdict, standing) {
            (Some(Verdict::Accept(label)), _) => format!("tag {label}"),
            (Some(Verdict::Reject), _) => "reject".to_owned(),
            (None, Standing::Open) => String::new(),
            (None, Standing::Tagged(labels)) => labels.join(", "),
            (None, Standing::Rejected) => "rejected".to_owned(),
        }
    }

    /// What is decided, or was before.
    fn state_ui(&self, ui: &Ui, rect: Rect, verdict: Option<&Verdict>, standing: &Standing) {
        let colours = palette(ui.ctx());
        let words = Self::state_words(verdict, standing);
        let label = match (verdict, standing) {
            (Some(Verdict::Accept(label)), _) => Some(label),
            (None, Standing::Tagged(labels)) => labels.first(),
            _ => None,
        };
        let mut left = rect.left() + 6.0;
        if let Some(label) = label {
            let look = colours.label(self.session.schema(), label);
            swatch(ui.painter(), pos2(left + 4.0, rect.center().y), look.colour);
            left += 14.0;
        }
        let ink = if verdict.is_some() { colours.ink } else { colours.soft };
        let at = pos2(left, rect.center().y);
        let font = if verdict.is_some() { fonts::strong(12.0) } else { fonts::sans(12.0) };
        ui.painter().with_clip_rect(rect).text(at, Align2::LEFT_CENTER, words, font, ink);
    }

    /// What was found, in the middle of what stands around it.
    fn context_ui(&self, ui: &Ui, row: Rect, right: f32, ink: egui::Color32) {
        let colours = palette(ui.ctx());
        let left = row.left() + place_width(row) + 8.0;
        let clip = Rect::from_min_max(pos2(left, row.top()), pos2(right - 4.0, row.bottom()));
        let painter = ui.painter().with_clip_rect(clip);
        let quote =
            Prose::new(ui.ctx(), &self.hit.quote, fonts::strong(13.0), ink, clip.width() * 0.6, 1);
        let beside = (clip.width() - quote.size.x).max(0.0);
        let middle = |height: f32| row.center().y - height / 2.0;
        let before =
            painter.layout_no_wrap(self.hit.before.clone(), fonts::sans(13.0), colours.soft);
        // The quotes stand under each other, as in a concordance.
        let start = clip.left() + beside * 0.45;
        let at = pos2(start - before.size().x, middle(before.size().y));
        painter.galley(at, before, colours.soft);
        let width = quote.size.x;
        let top = middle(quote.size.y);
        quote.paint(&painter, pos2(start, top));
        let room = (clip.right() - start - width).max(0.0);
        if room > 12.0 {
            let font = fonts::sans(13.0);
            let after = Prose::new(ui.ctx(), &self.hit.after, font, colours.soft, room, 1);
            let top = middle(after.size.y);
            after.paint(&painter, pos2(start + width, top));
        }
    }
}

fn remark_ui(
    ui: &mut Ui,
    session: &Session,
    row: usize,
    remark: &Remark,
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let spoken = format!("{}: {}, {}", remark.label, remark.quote, remark.words);
    let (rect, response) = parts::row(ui, ROW, (true, chosen), &spoken);
    let everywhere = session.remarks().is_some_and(|remarks| remarks.everywhere);
    let mut left = rect.left() + 8.0;
    if everywhere {
        let title = document_title(session, &remark.document);
        place_ui(ui, rect, &title, colours.soft);
        left += place_width(rect);
    }
    let look = colours.label(session.schema(), &remark.label);
    swatch(ui.painter(), pos2(left + 4.0, rect.center().y), look.colour);
    left += 16.0;
    let room = rect.right() - left;
    let quote = Prose::new(ui.ctx(), &remark.quote, fonts::sans(13.0), colours.ink, room * 0.4, 1);
    let top = rect.center().y - quote.size.y / 2.0;
    quote.paint(ui.painter(), pos2(left, top));
    let at = left + room * 0.4 + 12.0;
    let width = (rect.right() - at - 6.0).max(20.0);
    let words = Prose::new(ui.ctx(), &remark.words, fonts::sans(13.0), colours.soft, width, 1);
    let top = rect.center().y - words.size.y / 2.0;
    words.paint(ui.painter(), pos2(at, top));
    if response.clicked() {
        messages.push(Message::GoToRow { row, open: true });
    }
}

fn place_width(row: Rect) -> f32 {
    PLACE.min(row.width() * PLACE_SHARE)
}

/// Which article a row is in.
fn place_ui(ui: &Ui, row: Rect, title: &str, colour: egui::Color32) {
    let prose = Prose::new(ui.ctx(), title, fonts::sans(11.5), colour, place_width(row) - 12.0, 1);
    let top = row.center().y - prose.size.y / 2.0;
    prose.paint(ui.painter(), pos2(row.left() + 8.0, top));
}

fn document_title(session: &Session, path: &crate::corpus::DocumentPath) -> String {
    let documents = session.documents();
    documents.row(path).map_or_else(|| path.name().to_owned(), |row| row.title().to_owned())
}
