//! The line at the bottom: what is saved, where the caret is, what the keys do now.

use egui::accesskit::Live;
use egui::{Align, Layout, RichText, Ui};

use super::inspector::characters;
use super::parts::key_hint;
use super::theme::palette;
use crate::session::{Command, Edge, Saving, Session};
use crate::storage::SaveError;
use crate::text::{Direction, Unit};

/// Room that a key and its few words take, in points.
const HINT: f32 = 105.0;

pub(super) fn show(ui: &mut Ui, session: &Session) {
    let colours = palette(ui.ctx());
    ui.horizontal_centered(|ui| {
        let (words, failed) = saved_words(session);
        let colour = if failed { colours.warning } else { colours.soft };
        let response = ui.label(RichText::new(&words).size(12.0).color(colour));
        live(ui, &response, &words);
        if let Some(notice) = session.notice() {
            let colour = if notice.warning { colours.warning } else { colours.ink };
            let text = RichText::new(&notice.text).size(12.0).color(colour);
            let response = ui.add(egui::Label::new(text).truncate());
            live(ui, &response, &notice.text);
        } else {
            for words in place_words(session) {
                ui.label(RichText::new(words).size(12.0).color(colours.soft));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = 14.0;
            let hints = hints(session, ui.ctx().text_edit_focused());
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a few hints"
            )]
            let room = (ui.available_width() / HINT).max(0.0) as usize;
            for (key, does) in hints.iter().take(room).rev() {
                key_hint(ui, key, does);
            }
        });
    });
}

/// Has a screen reader say a text when it changes.
fn live(ui: &Ui, response: &egui::Response, words: &str) {
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::Role::Status);
        node.set_live(Live::Polite);
        node.set_label(words);
    });
}

fn saved_words(session: &Session) -> (String, bool) {
    if session.project().is_none() {
        return (String::new(), false);
    }
    match session.saving() {
        Saving::Saved => ("Saved".to_owned(), false),
        Saving::Writing => ("Saving…".to_owned(), false),
        Saving::Failed(document, SaveError::ChangedOutside) => {
            let key = session.keymap().key(Command::Save).map(|key| key.to_string());
            let key = key.unwrap_or_default();
            let name = document.name();
            (
                format!(
                    "Not saved: another program has changed the set of {name}. {key} to choose"
                ),
                true,
            )
        }
        Saving::Failed(document, error) => {
            let name = document.name();
            (format!("Not saved: {name}: {error}. Your work is kept here; trying again"), true)
        }
    }
}

fn place_words(session: &Session) -> Vec<String> {
    let (Some(document), Some(set)) = (session.document(), session.shown_set()) else {
        return Vec::new();
    };
    let selection = session.selection();
    let mut words = Vec::new();
    if let Some(reading) = session.reading().filter(|r| r.shown != *session.annotator()) {
        words.push(format!("{}'s set, not changed here", reading.shown));
    }
    words.push(match set.annotations().len() {
        1 => "1 tag".to_owned(),
        count => format!("{count} tags"),
    });
    let (head, end) = (selection.head.get(), document.text.characters());
    words.push(format!("character {head} of {end}"));
    if let Some(span) = selection.span() {
        words.push(format!("{} selected", characters(span.length())));
    }
    if !session.preferences().snap {
        words.push("mouse: single characters".to_owned());
    }
    words
}

/// The likely keys, the likeliest first.
fn hints(session: &Session, typing: bool) -> Vec<(String, String)> {
    if typing {
        let hint = |key: &str, does: &str| (key.to_owned(), does.to_owned());
        return vec![hint("Enter", "take"), hint("Escape", "leave")];
    }
    let key =
        |command| session.keymap().key(command).map(|key| key.to_string()).unwrap_or_default();
    let edge = |edge, direction| key(Command::MoveEdge { edge, unit: Unit::Word, direction });
    let both = |which| format!("{} {}", edge(which, Direction::Back), edge(which, Direction::On));
    let one = |command, does: &str| (key(command), does.to_owned());
    let Some(document) = session.document() else {
        return vec![one(Command::OpenFolder, "open"), one(Command::ShowKeys, "keys")];
    };
    if let Err(_why) = session.can_change() {
        return vec![
            one(Command::ShowNextSet, "next set"),
            one(Command::NextAnnotation, "next"),
            one(Command::ShowKeys, "keys"),
        ];
    }
    let labels = session.schema().labels();
    let mut hints = Vec::new();
    if let (Some(first), Some(last)) = (labels.first(), labels.last()) {
        let keys = format!("{}–{}", first.key, last.key);
        hints.push((keys, session.tagging_now().to_owned()));
    }
    if session.selection().span().is_some() {
        hints.push(one(Command::Expand, "expand"));
        if let Some(target) = session.fragment_target() {
            let quote = target.quote_start(&document.text, 12);
            hints.push((key(Command::AddFragment), format!("add to {} “{quote}”", target.label)));
        }
        hints.push(one(Command::LetGo, "let go"));
    } else if session.focused().is_some() {
        hints.push((both(Edge::Start), "start".to_owned()));
        hints.push((both(Edge::End), "end".to_owned()));
        hints.push(one(Command::Remove, "remove"));
        hints.push(one(Command::NextAnnotation, "next"));
    } else {
        hints.push(one(Command::Expand, "select"));
        hints.push(one(Command::NextAnnotation, "next tag"));
        hints.push(one(Command::DoneAndNext, "done"));
    }
    hints.push(one(Command::ShowKeys, "keys"));
    hints
}
