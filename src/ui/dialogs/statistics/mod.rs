//! What can be counted, as bars; each leads to what it counts.

mod chart;
mod line;
mod pages;

use egui::{
    EventFilter, Id, Key, ProgressBar, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2,
};

use self::line::Line;
use self::pages::{Page, Source};
use super::{set_width, tabs};
use crate::corpus::Annotator;
use crate::review::{OfWhom, Said};
use crate::session::{Command, Counting, Message, Session};
use crate::ui::parts::{choices, command_button, unread_ui};
use crate::ui::theme::palette;

/// The choice of all annotators. Nobody is called so: no name begins with a blank.
const EVERYONE: &str = " everyone ";
/// The same where gold, which says again what they say, is not counted with them.
const EVERYONE_BUT_GOLD: &str = " everyone but gold ";

/// What the sheet shows, and where one is in it. Kept when it is closed, so that one
/// comes back from a list to the bar that was pressed.
#[derive(Default)]
pub(super) struct StatisticsSheet {
    page: Page,
    /// Whose figures; everyone's without one.
    annotator: Option<Annotator>,
    /// The line that the arrow keys are on.
    cursor: usize,
    lines: Vec<Line>,
    /// Characters of the longest name before a bar, and of the longest figures behind one.
    longest: (usize, usize),
    /// How much there is in all.
    totals: String,
    /// What the lines were made from.
    made_from: Option<MadeFrom>,
}

#[derive(PartialEq)]
struct MadeFrom {
    counting: u64,
    looked_at: usize,
    page: Page,
    annotator: Option<Annotator>,
}

impl StatisticsSheet {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        fresh: bool,
        messages: &mut Vec<Message>,
    ) {
        set_width(ui, 1060.0);
        let Some(counting) = session.counting() else { return };
        let top = ui.cursor().top();
        self.tabs_ui(ui, session, messages);
        self.annotators_ui(ui, counting);
        self.make_lines(session, counting);
        self.figures_ui(ui, session, counting, messages);
        ui.add_space(2.0);
        let id = Id::unique("statistics");
        let room = ui.ctx().content_rect().height() - 76.0 - (ui.cursor().top() - top);
        let size = vec2(ui.available_width(), room.max(110.0));
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        let response = ui.interact(whole, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Statistics"));
        if fresh {
            response.request_focus();
        }
        let moved = response.has_focus() && self.take_keys(ui, id, whole.height(), messages);
        if response.has_focus() {
            crate::ui::parts::focus_ring(ui.painter(), palette(ui.ctx()), whole.expand(3.0));
        }
        let mut child = ui.new_child(egui::UiBuilder::new().max_rect(whole));
        self.lines_ui(&mut child, session, fresh || moved, messages);
    }

    fn tabs_ui(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let page = |page: &Page| (page.title(session.schema()), self.page == *page);
        let pages: Vec<(String, bool)> = Page::ALL.iter().map(page).collect();
        let hints = [("Enter", "list them"), ("← →", "page")];
        if let Some(page) =
            tabs(ui, &pages, &hints, messages).and_then(|at| Page::ALL.get(at).copied())
        {
            self.turn_to(page);
        }
    }

    fn annotators_ui(&mut self, ui: &mut Ui, counting: &Counting) {
        let annotators = counting.statistics.annotators();
        // Another project may have been opened since it was chosen.
        let counted = !counting.progress.running;
        self.annotator.take_if(|chosen| counted && !annotators.contains_key(chosen));
        if annotators.len() < 2 {
            return;
        }
        let names = annotators.keys().map(Annotator::as_str);
        let everyone = match counting.statistics.everyone() {
            OfWhom::AllButGold => EVERYONE_BUT_GOLD,
            _ => EVERYONE,
        };
        let all: Vec<&str> = std::iter::once(everyone).chain(names).collect();
        let current = self.annotator.as_ref().map_or(everyone, Annotator::as_str).to_owned();
        if let Some(picked) = choices(ui, "Annotator", &all, &current, true) {
            self.annotator = annotators.keys().find(|name| name.as_str() == picked).cloned();
        }
    }

    /// Makes the lines anew where they would be others.
    fn make_lines(&mut self, session: &Session, counting: &Counting) {
        let made_from = MadeFrom {
            counting: counting.number,
            looked_at: counting.progress.looked_at,
            page: self.page,
            annotator: self.annotator.clone(),
        };
        if self.made_from.as_ref() != Some(&made_from) {
            let statistics = &counting.statistics;
            let whose = self.annotator.clone().map_or_else(|| statistics.everyone(), OfWhom::One);
            let said = statistics.said_by(&whose);
            self.totals = totals(counting, &said);
            self.lines = Source { session, statistics, whose, said }.lines(self.page);
            let most = |of: fn(&Line) -> usize| self.lines.iter().map(of).max().unwrap_or_default();
            self.longest = (most(Line::name_length), most(Line::value_length));
            self.made_from = Some(made_from);
        }
        self.cursor = self.nearest_bar(self.cursor).unwrap_or_default();
    }

    fn turn_to(&mut self, page: Page) {
        self.page = page;
        self.cursor = 0;
    }

    fn is_bar(&self, at: usize) -> bool {
        matches!(self.lines.get(at), Some(Line::Bar(_)))
    }

    /// The first bar from a line on, or else the last before it.
    fn nearest_bar(&self, at: usize) -> Option<usize> {
        let after = (at..self.lines.len()).find(|at| self.is_bar(*at));
        after.or_else(|| (0..self.lines.len()).rev().find(|at| self.is_bar(*at)))
    }

    /// The bar before a line, or else the first one.
    fn bar_before(&self, at: usize) -> Option<usize> {
        let before = (0..at.min(self.lines.len())).rev().find(|at| self.is_bar(*at));
        before.or_else(|| self.nearest_bar(0))
    }

    /// Returns whether another bar is to be seen.
    fn take_keys(&mut self, ui: &Ui, id: Id, height: f32, messages: &mut Vec<Message>) -> bool {
        let filter = EventFilter {
            vertical_arrows: true,
            horizontal_arrows: true,
            ..EventFilter::default()
        };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let row = chart::Layout::of(ui.available_width(), self.longest).row;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "as many lines as a screen has"
        )]
        let page = ((height / row) as usize).saturating_sub(1).max(1);
        let (before, page_before) = (self.cursor, self.page);
        let to = if pressed(Key::ArrowDown) {
            self.nearest_bar(self.cursor + 1)
        } else if pressed(Key::ArrowUp) {
            self.bar_before(self.cursor)
        } else if pressed(Key::PageDown) {
            self.nearest_bar(self.cursor + page)
        } else if pressed(Key::PageUp) {
            self.bar_before(self.cursor.saturating_sub(page) + 1)
        } else if pressed(Key::Home) {
            self.nearest_bar(0)
        } else if pressed(Key::End) {
            self.nearest_bar(self.lines.len())
        } else {
            None
        };
        self.cursor = to.unwrap_or(self.cursor);
        if pressed(Key::ArrowRight) || pressed(Key::ArrowLeft) {
            let at = Page::ALL.iter().position(|page| *page == self.page).unwrap_or_default();
            let step = if pressed(Key::ArrowRight) { 1 } else { Page::ALL.len() - 1 };
            self.turn_to(Page::ALL.get((at + step) % Page::ALL.len()).copied().unwrap_or_default());
        }
        if pressed(Key::Enter)
            && let Some(Line::Bar(bar)) = self.lines.get(self.cursor)
        {
            messages.push(Message::ListSlice(Box::new(bar.slice.clone())));
        }
        before != self.cursor || page_before != self.page
    }

    fn lines_ui(&self, ui: &mut Ui, session: &Session, follow: bool, messages: &mut Vec<Message>) {
        let row = chart::Layout::of(ui.available_width(), self.longest).row;
        let view = ui.available_height();
        let most = (self.lines.len() as f32 * row - view).max(0.0);
        let mut area =
            ScrollArea::vertical().id_salt(("statistics", self.page.title(session.schema())));
        area = area.auto_shrink(false).min_scrolled_height(0.0);
        if follow {
            let centred = self.cursor as f32 * row - (view - row) / 2.0;
            area = area.vertical_scroll_offset(centred.clamp(0.0, most));
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, row, self.lines.len(), |ui, range| {
            let schema = session.schema();
            let layout = chart::Layout::of(ui.available_width(), self.longest);
            let pressed = chart::show(ui, schema, layout, &self.lines, &range, self.cursor);
            if let Some(slice) = pressed {
                messages.push(Message::ListSlice(Box::new(slice.clone())));
            }
        });
    }

    /// How much there is in all, and how far the counting has come.
    fn figures_ui(
        &self,
        ui: &mut Ui,
        session: &Session,
        counting: &Counting,
        messages: &mut Vec<Message>,
    ) {
        let colours = palette(ui.ctx());
        let progress = counting.progress;
        ui.horizontal_wrapped(|ui| {
            if progress.running {
                let words = format!("{} of {} articles", progress.looked_at, progress.of);
                ui.label(RichText::new(words).color(colours.ink));
                let done = progress.looked_at as f32 / progress.of.max(1) as f32;
                ui.add(ProgressBar::new(done).desired_width(120.0).desired_height(8.0));
                command_button(ui, session, Command::CancelWork, "Stop", messages);
            } else {
                ui.label(RichText::new(&self.totals).color(colours.soft));
            }
            unread_ui(ui, &counting.unread);
        });
    }
}

fn totals(counting: &Counting, said: &Said) -> String {
    let (statistics, progress) = (&counting.statistics, counting.progress);
    let documents = match (statistics.documents().len(), progress.of) {
        (count, of) if progress.looked_at < of => format!("Only {count} of {of} articles"),
        (1, _) => "1 article".to_owned(),
        (count, _) => format!("{count} articles"),
    };
    format!(
        "{documents} · {} words · {} characters · {} annotations · {} links",
        statistics.words(),
        statistics.characters(),
        said.annotations(),
        said.relations()
    )
}
