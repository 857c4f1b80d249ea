//! The bar above the article in which one looks for words.

use egui::{Button, Frame, Id, Key, Margin, RichText, Role, Stroke, Ui, WidgetInfo, vec2};

use super::parts::{closable, command_button, focus_ring, select_all, text_line};
use super::theme::palette;
use crate::review::Query;
use crate::session::{Command, Message, Search, Session};

/// What is remembered of the bar from frame to frame.
#[derive(Default)]
pub(super) struct FindBar {
    wants_keyboard: bool,
}

impl FindBar {
    /// The field that is typed into.
    pub(super) fn id() -> Id {
        Id::unique("find")
    }

    /// Gives the field the keyboard with the next frame.
    pub(super) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Draws the bar while there is a search. Returns whether the list is asked for.
    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let Some(search) = session.search() else { return };
        let colours = palette(ui.ctx());
        let frame = Frame::new()
            .fill(colours.panel)
            .stroke(Stroke::new(1.0, colours.rule))
            .inner_margin(Margin::symmetric(12, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let closes = closable(ui, "Close the search (Escape)", false, |ui| {
                ui.spacing_mut().item_spacing = vec2(6.0, 4.0);
                self.field_ui(ui, search, messages);
                options_ui(ui, search, messages);
                let words = RichText::new(found_words(session, search)).color(colours.soft);
                ui.add(egui::Label::new(words).extend());
                for (command, sign) in [(Command::PreviousMatch, "↑"), (Command::NextMatch, "↓")]
                {
                    let response = command_button(ui, session, command, sign, messages);
                    let name = session.title_now(command);
                    response.widget_info(|| {
                        WidgetInfo::labeled(Role::Button, response.enabled(), name.clone())
                    });
                }
                if !search.everywhere {
                    command_button(
                        ui,
                        session,
                        Command::TagEverywhere,
                        "Tag everywhere…",
                        messages,
                    );
                }
            });
            if closes {
                messages.push(Message::CloseSearch);
            }
            if let Some(error) = &search.error {
                ui.label(RichText::new(error).color(colours.warning));
            }
        });
    }

    fn field_ui(&mut self, ui: &mut Ui, search: &Search, messages: &mut Vec<Message>) {
        let id = Self::id();
        let mut text = search.query.text.clone();
        let width = (ui.available_width() * 0.25).clamp(120.0, 320.0);
        // Down leads on to what was found.
        if search.everywhere
            && ui.memory(|memory| memory.has_focus(id))
            && ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, Key::ArrowDown))
        {
            messages.push(Message::GoToList);
        }
        let response = ui.add(text_line("Find", &mut text, |edit| {
            edit.id(id).hint_text("Find").desired_width(width).margin(vec2(8.0, 4.0))
        }));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
            select_all(ui, id, &text);
        }
        if response.changed() {
            messages.push(Message::SetQuery(Query { text, ..search.query.clone() }));
        }
        let left_with = |key| response.lost_focus() && ui.input(|input| input.key_pressed(key));
        if left_with(Key::Enter) {
            response.request_focus();
            let back = ui.input(|input| input.modifiers.shift);
            let step = if back { Command::PreviousMatch } else { Command::NextMatch };
            messages.push(Message::Run(step));
        } else if left_with(Key::Escape) {
            messages.push(Message::CloseSearch);
        }
    }
}

fn options_ui(ui: &mut Ui, search: &Search, messages: &mut Vec<Message>) {
    let query = &search.query;
    let options = [
        ("Aa", "Match case", query.case, Query { case: !query.case, ..query.clone() }),
        (
            "Words",
            "Whole words",
            query.whole_words,
            Query { whole_words: !query.whole_words, ..query.clone() },
        ),
        (".*", "Regular expression", query.regex, Query { regex: !query.regex, ..query.clone() }),
    ];
    for (title, name, on, changed) in options {
        if toggle(ui, title, name, on) {
            messages.push(Message::SetQuery(changed));
        }
    }
    if toggle(ui, "All articles", "Find in all articles", search.everywhere) {
        messages.push(Message::SearchEverywhere(!search.everywhere));
    }
}

fn toggle(ui: &mut Ui, title: &str, name: &str, on: bool) -> bool {
    let colours = palette(ui.ctx());
    let ink = if on { colours.ink } else { colours.soft };
    let fill = if on { colours.selected } else { colours.field };
    let edge = if on { colours.soft } else { colours.rule };
    let button =
        Button::new(RichText::new(title).color(ink)).fill(fill).stroke(Stroke::new(1.0, edge));
    let response = ui.add(button).on_hover_text(name);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, name));
    if response.has_focus() {
        focus_ring(ui.painter(), colours, response.rect.expand(2.0));
    }
    response.clicked()
}

/// How much was found, and where among it one is.
fn found_words(session: &Session, search: &Search) -> String {
    if search.query.text.trim().is_empty() || search.error.is_some() {
        return String::new();
    }
    let count = search.hits.len();
    let mut words = match (search.at, count) {
        (_, 0) if search.progress.running => "Looking…".to_owned(),
        (_, 0) => "Not found".to_owned(),
        (Some(at), _) => format!("{} of {count}", at + 1),
        (None, _) => format!("{count} found"),
    };
    if search.progress.running && search.everywhere {
        words =
            format!("{words} · {} of {} articles", search.progress.looked_at, search.progress.of);
    }
    if !search.unread.is_empty() {
        words = format!("{words} · {}", search.unread);
    }
    if session.search().is_some_and(|search| search.everywhere)
        && !search.progress.running
        && count > 0
    {
        let articles = if search.found_in == 1 { "article" } else { "articles" };
        words = format!("{words} in {} {articles}", search.found_in);
    }
    words
}
