//! The list of articles.

use egui::{EventFilter, Id, Key, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::fonts;
use super::parts::{
    counts_row, cross_button, focus_ring, rows, select_all, status_dot, text_line, walked,
};
use super::theme::palette;
use super::typeset::Prose;
use crate::corpus::{DocumentPath, Status};
use crate::session::{Command, Message, Row, Session};

const ROW: f32 = 66.0;
/// How many rows a page key goes over.
const PAGE: usize = 10;
/// Room for the cross beside the filter, in points.
const CROSS: f32 = 38.0;

/// What is remembered of the list from frame to frame.
#[derive(Default)]
pub(super) struct DocumentsPane {
    /// The row that the arrow keys are on while the list has the keyboard.
    cursor: Option<usize>,
    scroll_to: Option<usize>,
    /// The document that the list last scrolled to, and the filter then.
    followed: Option<(DocumentPath, String)>,
    wants_filter: bool,
    wants_keyboard: bool,
}

impl DocumentsPane {
    /// The widget that has the keyboard while the list is walked.
    pub(super) fn id() -> Id {
        Id::unique("articles")
    }

    /// Gives the list the keyboard with the next frame.
    pub(super) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Gives the filter box the keyboard with the next frame.
    pub(super) fn take_keyboard_for_filter(&mut self) {
        self.wants_filter = true;
    }

    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        self.filter_ui(ui, session, messages);
        ui.add_space(2.0);
        let list = session.documents();
        let whole = ui.available_rect_before_wrap();
        let response = ui.interact(whole, Self::id(), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Articles"));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
            self.cursor = open_row(session).or(Some(0));
            self.scroll_to = self.cursor;
        }
        if response.has_focus() {
            self.take_keys(ui, session, messages);
        }
        self.follow_document(session);
        let (centre, cursor) = (self.scroll_to.take(), self.cursor);
        let painter = ui.painter().clone();
        rows(ui, "articles", ROW, list.shown_count(), centre, |ui, at| {
            if let Some(row) = list.shown(at) {
                let under_cursor = response.has_focus() && cursor == Some(at);
                row_ui(ui, session, row, under_cursor, messages);
            }
        });
        if list.shown_count() == 0 && !list.rows().is_empty() {
            let centre = whole.center_top() + vec2(0.0, 40.0);
            let colour = palette(ui.ctx()).soft;
            painter.text(
                centre,
                egui::Align2::CENTER_TOP,
                "No article matches",
                fonts::sans(13.0),
                colour,
            );
        }
    }

    fn filter_ui(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let mut filter = session.documents().filter().to_owned();
        let id = Id::unique("filter articles");
        let clears = !session.documents().filter().is_empty();
        // What does not fit makes the pane wider, and it never becomes narrower by itself.
        let whole = ui.available_width();
        let cross = if clears { CROSS } else { 0.0 };
        let row = ui.horizontal(|ui| {
            ui.set_max_width(whole);
            ui.spacing_mut().item_spacing.x = 4.0;
            let size = vec2(whole - cross, ui.spacing().interact_size.y);
            let field = text_line("Filter articles", &mut filter, |edit| {
                edit.id(id).hint_text("Filter articles").margin(vec2(8.0, 5.0)).desired_width(0.0)
            });
            let response = ui.add_sized(size, field);
            let cleared = clears && cross_button(ui, "Show all articles");
            (response, cleared)
        });
        let (response, cleared) = row.inner;
        if cleared {
            messages.push(Message::Filter(String::new()));
            messages.push(Message::ReturnToArticle);
        }
        if response.has_focus() && filter.is_empty() {
            let words = RichText::new(filter_help(session)).size(12.0);
            ui.label(words.color(palette(ui.ctx()).soft));
        }
        let (shown, all) = (session.documents().shown_count(), session.documents().rows().len());
        if clears && shown > 0 {
            let words = RichText::new(format!("{shown} of {all}")).size(12.0);
            ui.label(words.color(palette(ui.ctx()).soft));
        }
        if std::mem::take(&mut self.wants_filter) {
            response.request_focus();
            select_all(ui, id, session.documents().filter());
        }
        if response.changed() {
            messages.push(Message::Filter(filter.clone()));
        }
        let left_with = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
        let down = response.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown));
        if left_with(Key::Enter) || down {
            // With nothing to go to, one stays and mends the filter.
            if session.documents().shown_count() == 0 {
                response.request_focus();
            } else {
                self.take_keyboard();
            }
        } else if left_with(Key::Escape) {
            messages.push(Message::Filter(String::new()));
            messages.push(Message::ReturnToArticle);
        }
    }

    fn take_keys(&mut self, ui: &Ui, session: &Session, messages: &mut Vec<Message>) {
        let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(Self::id(), filter));
        let count = session.documents().shown_count();
        let at = self.cursor.unwrap_or_default().min(count.saturating_sub(1));
        let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let Some(to) = walked(ui, Some(at), count, PAGE) else {
            if pressed(Key::Enter)
                && let Some(row) = session.documents().shown(at)
            {
                messages.push(Message::OpenDocument(row.path.clone()));
            } else if pressed(Key::Escape) {
                messages.push(Message::ReturnToArticle);
            }
            return;
        };
        self.cursor = Some(to);
        self.scroll_to = Some(to);
        // The rows have been laid out where they were; show where they are now.
        ui.ctx().request_repaint();
    }

    /// Scrolls to the open document when it has changed, or other documents are listed.
    fn follow_document(&mut self, session: &Session) {
        let filter = session.documents().filter();
        let open = session.reading().map(|reading| (reading.document.clone(), filter.to_owned()));
        if self.followed != open {
            self.followed = open;
            self.scroll_to = open_row(session);
        }
    }
}

/// What can be typed to narrow the list.
fn filter_help(session: &Session) -> String {
    let label = session.schema().labels().first().map(|label| format!("label:{}, ", label.name));
    format!(
        "words that stand here, {}status:new; -status:done: all others",
        label.unwrap_or_default()
    )
}

fn open_row(session: &Session) -> Option<usize> {
    session.documents().shown_position(&session.reading()?.document)
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    row: &Row,
    under_cursor: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let response = ui.interact(rect, ui.scope_id().with(row.path.as_str()), Sense::CLICK);
    let open = session.reading().is_some_and(|reading| reading.document == row.path);
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, open, spoken(row)));
    let inner = rect.shrink2(vec2(0.0, 2.0));
    let painter = ui.painter().with_clip_rect(inner.intersect(ui.clip_rect()));
    if open {
        painter.rect_filled(inner, 5.0, colours.selected);
    } else if response.hovered() {
        painter.rect_filled(inner, 5.0, colours.page);
    }
    if under_cursor {
        focus_ring(&painter, colours, inner);
    }
    let skipped = row.status() == Status::Skipped;
    let ink = if skipped { colours.soft } else { colours.ink };
    status_dot(&painter, colours, inner.left_top() + vec2(14.0, 16.0), row.status());
    let title = Prose::new(ui.ctx(), row.title(), fonts::sans(13.0), ink, inner.width() - 36.0, 2);
    let below = inner.top() + 7.0 + title.size.y + 10.0;
    title.paint(&painter, inner.left_top() + vec2(27.0, 7.0));
    let line = pos2(inner.left() + 27.0, below.min(inner.bottom() - 9.0));
    let summary = row.summary.as_ref();
    if let Some(problem) = summary.and_then(|summary| summary.problem.as_ref()) {
        let words = if problem.kind.is_about_earlier_text() {
            "changed since it was tagged"
        } else if problem.kind.is_newer_format() {
            "in a newer format"
        } else {
            "cannot be read"
        };
        painter.text(line, egui::Align2::LEFT_CENTER, words, fonts::sans(11.0), colours.warning);
        response.clone().on_hover_text(problem.to_string());
    } else if let Some(summary) = summary.filter(|summary| summary.counts.total() > 0) {
        counts_row(&painter, colours, session.schema(), &summary.counts, line);
    } else if summary.is_some() {
        let words = row.status().title();
        painter.text(line, egui::Align2::LEFT_CENTER, words, fonts::sans(11.0), colours.soft);
    }
    if response.clicked() {
        messages.push(Message::OpenDocument(row.path.clone()));
    }
    response.on_hover_text(row.path.as_str());
}

/// What a screen reader says of a row.
fn spoken(row: &Row) -> String {
    let mut words = vec![row.title().to_owned(), row.status().title().to_owned()];
    if let Some(summary) = &row.summary {
        let counted = summary.counts.iter().map(|(label, count)| format!("{count} {label}"));
        words.extend(counted);
    }
    words.join(", ")
}

/// What stands in the middle of the window while no article is open.
pub(super) fn nothing_open_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let height = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space(height * 0.28);
        let failed = session.reading().and_then(|reading| reading.failed.as_ref());
        match (session.project(), failed) {
            _ if session.is_opening() => {
                ui.heading("Opening…");
            }
            (Some(_), Some(problem)) => {
                ui.heading("This article cannot be shown");
                ui.colored_label(colours.warning, problem.to_string());
                ui.label("Nothing was changed. The other articles can be opened as usual.");
            }
            (Some(project), None) => {
                ui.heading("No articles here yet");
                ui.label(format!("Put text files (.txt) into {}", folder_words(project)));
                ui.label(
                    "or drop them on this window. What other programs have marked up is imported.",
                );
            }
            (None, _) => {
                ui.heading("Open a folder of articles");
                ui.label(
                    "Text files in a folder, or in its folder “seeds”. Nothing in them is changed.",
                );
            }
        }
        ui.add_space(12.0);
        super::parts::command_button(ui, session, Command::OpenFolder, "Open folder…", messages);
        if session.available(Command::Import).is_ok() {
            super::parts::command_button(ui, session, Command::Import, "Import…", messages);
        }
        ui.add_space(16.0);
        if session.project().is_none() {
            super::dialogs::recent_ui(ui, session, messages);
        }
    });
}

/// The folder of the articles, from the project's own on: `berita/seeds`.
fn folder_words(project: &crate::storage::Project) -> String {
    let above = project.root().parent().unwrap_or(project.root());
    let below = project.articles().strip_prefix(above).unwrap_or(project.articles());
    below.display().to_string()
}

/// A hint where files are held over the window.
pub(super) fn drop_hint(ui: &Ui) {
    let hovering = ui.input(|input| !input.raw.hovered_files.is_empty());
    if !hovering {
        return;
    }
    let colours = palette(ui.ctx());
    let rect: Rect = ui.ctx().content_rect();
    let layer = egui::LayerId::new(egui::Order::Foreground, Id::unique("drop hint"));
    let painter = ui.ctx().layer_painter(layer);
    painter.rect_filled(rect, 0.0, colours.page.gamma_multiply(0.85));
    let words = "Drop a folder to open it, or articles to add them";
    painter.text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        words,
        fonts::strong(17.0),
        colours.ink,
    );
}
