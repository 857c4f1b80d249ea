//! The line at the bottom: what is saved, where the caret is, what the keys do now.

use egui::accesskit::Live;
use egui::{Align, Id, Layout, RichText, Ui};

use super::article::ArticleView;
use super::documents::DocumentsPane;
use super::find_bar::FindBar;
use super::fonts;
use super::inspector::{InspectorPane, characters};
use super::list::ListPane;
use super::parts::{command_button, key_hint, key_hint_width, label, shortened};
use super::theme::palette;
use crate::session::{
    Command, Edge, HintKind, Listing, Message, Mode, PageLayout, Saving, Session, Task, Transfer,
};
use crate::storage::SaveError;
use crate::text::{Direction, Unit};
use crate::transfer::Progress;

/// Points between two keys with their few words.
const BETWEEN_HINTS: f32 = 14.0;
/// The keys of labels and two that mend something.
const MENDING: usize = 3;
/// How much of what is being done is shown, in characters.
const TASK: usize = 50;

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let hints = hints_here(ui, session);
    ui.horizontal_centered(|ui| {
        let (words, failed) = saved_words(session);
        let colour = if failed { colours.warning } else { colours.soft };
        let response = ui.label(RichText::new(&words).size(12.0).color(colour));
        live(ui, &response, &words);
        problems_ui(ui, session, messages);
        if let Some((what, progress)) = session.transfer_in_background() {
            transfer_ui(ui, what, progress, messages);
        }
        if let Some(task) = session.task() {
            task_ui(ui, session, task, messages);
        } else if let Some(words) = mode_words(session) {
            let response = label(ui, &words, fonts::sans(12.0), colours.ink, 1);
            live(ui, &response, &words);
        } else if let Some(notice) = session.notice() {
            let colour = if notice.warning { colours.warning } else { colours.ink };
            let room = ui.available_width() - room_to_mend(ui, session, &hints);
            ui.scope(|ui| {
                ui.set_max_width(room);
                let response = label(ui, &notice.text, fonts::sans(12.0), colour, 1);
                live(ui, &response, &notice.text);
            });
        } else {
            for words in place_words(session) {
                ui.label(RichText::new(words).size(12.0).color(colours.soft));
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = BETWEEN_HINTS;
            let mut room = ui.available_width();
            let hints = hints.iter().filter(|(key, _)| !key.is_empty());
            // As many as there is room for: what a mend does may be said in many words.
            let fits = |(key, does): &&(String, String)| {
                room -= key_hint_width(ui, key, does) + BETWEEN_HINTS;
                room >= 0.0
            };
            let shown: Vec<_> = hints.take_while(fits).collect();
            for (key, does) in shown.into_iter().rev() {
                key_hint(ui, key, does);
            }
        });
    });
}

/// Points that are kept free for the keys that mend what is said: however many words that takes,
/// one wants to know what can be done about it.
fn room_to_mend(ui: &Ui, session: &Session, hints: &[(String, String)]) -> f32 {
    if session.finding_in_hand().is_none() {
        return 0.0;
    }
    let mending = hints.iter().take(MENDING);
    let width: f32 = mending.map(|(key, does)| key_hint_width(ui, key, does) + BETWEEN_HINTS).sum();
    width.min(ui.available_width() / 2.0)
}

/// What keys do where the keyboard is.
fn hints_here(ui: &Ui, session: &Session) -> Vec<(String, String)> {
    let hint = |key: &str, does: &str| (key.to_owned(), does.to_owned());
    let focus = ui.memory(egui::Memory::focused);
    let is_at = |id: Id| focus == Some(id);
    if ui.ctx().text_edit_focused() {
        typing_hints(session, is_at(FindBar::id()))
    } else if session.dialog().is_some() {
        vec![hint("Tab", "go on"), hint("Escape", "close")]
    } else if is_at(ListPane::id()) {
        list_hints(session)
    } else if is_at(DocumentsPane::id()) {
        vec![hint("Enter", "open"), hint("Escape", "leave")]
    } else if is_at(InspectorPane::id()) {
        vec![hint("Down", "next tag"), hint("Enter", "to the article")]
    } else if focus.is_none_or(|id| id == ArticleView::id()) {
        hints(session)
    } else {
        vec![hint("Space", "press"), hint("Tab", "go on")]
    }
}

/// What takes long, and the way to stop it.
fn task_ui(ui: &mut Ui, session: &Session, task: &Task, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let title = shortened(&task.title, TASK);
    let closing = if session.closes_after_task() { "Closing after this. " } else { "" };
    let words = format!("{closing}{title}: {} of {} {}", task.done, task.of, task.unit());
    let response = ui.label(RichText::new(&words).size(12.0).color(colours.ink));
    live(ui, &response, &task.title);
    let done = task.done as f32 / task.of.max(1) as f32;
    ui.add(egui::ProgressBar::new(done).desired_width(120.0).desired_height(8.0));
    command_button(ui, session, Command::CancelWork, "Stop", messages);
}

/// How far an export or an import has come whose sheet is closed.
fn transfer_ui(ui: &mut Ui, what: &str, progress: Progress, messages: &mut Vec<Message>) {
    let far = match progress.of {
        0 => format!("{} articles", progress.done),
        of => format!("{} %", progress.done * 100 / of),
    };
    let text = RichText::new(format!("{what}: {far}")).size(12.0);
    let response = ui.label(text.color(palette(ui.ctx()).ink));
    live(ui, &response, what);
    let stop = ui.button("Stop");
    let name = format!("Stop {}", what.to_lowercase());
    stop.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    if stop.clicked() {
        messages.push(Transfer::Stop.into());
    }
}

/// How much is not as the schema expects; a press goes to the first.
fn problems_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let count = session.problems_found().len();
    if count == 0 {
        return;
    }
    let words = format!("{count} to check");
    let text = RichText::new(&words).size(12.0).color(palette(ui.ctx()).soft);
    let button = egui::Button::new(text).fill(egui::Color32::TRANSPARENT).small();
    let response = ui.add(button.stroke(egui::Stroke::NONE));
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("{words}, list"))
    });
    let key = session.keymap().key(Command::NextProblem).map(|key| key.to_string());
    let help = format!(
        "Not as the schema expects. {} goes to the next, a click lists them",
        key.unwrap_or_default()
    );
    if response.on_hover_text(help).clicked() {
        messages.push(Message::Run(Command::ListProblems));
    }
}

/// What is typed while letters are not for commands.
fn mode_words(session: &Session) -> Option<String> {
    if session.notice().is_some_and(|notice| notice.warning) {
        return None;
    }
    Some(match session.mode()? {
        Mode::Hinting(hinting) => {
            let typed = hinting.typed.to_uppercase();
            match (hinting.kind, hinting.first) {
                (HintKind::Words, None) => format!("Jump to a word: {typed}"),
                (HintKind::Clauses, None) => format!("Jump to a clause: {typed}"),
                (_, Some(_)) => format!("Tag this, or select to: {typed}"),
            }
        }
        Mode::Linking(linking) => {
            if let Some(choice) = &linking.choice {
                let ways = choice.ways.iter().enumerate().map(|(at, way)| {
                    let title = session.relation_title(&way.label);
                    let arrow = if way.reversed { "← " } else { "" };
                    format!("{} {arrow}{title}", at + 1)
                });
                return Some(format!("Which link? {}", ways.collect::<Vec<_>>().join(" · ")));
            }
            let quote = session
                .focused()
                .zip(session.document())
                .map(|(focused, document)| focused.quote_start(&document.text, 24));
            let filter = if linking.typed.is_empty() {
                String::new()
            } else {
                format!(", with “{}”", linking.typed)
            };
            let count = linking.targets.len();
            let targets =
                if count == 1 { "1 target".to_owned() } else { format!("{count} targets") };
            format!("Link “{}” to: {targets}{filter}", quote.unwrap_or_default())
        }
    })
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
        Saving::Failed(kept, error @ (SaveError::ChangedOutside | SaveError::Removed)) => {
            let key = session.keymap().key(Command::Save).map(|key| key.to_string());
            let key = key.unwrap_or_default();
            let done = if error == SaveError::Removed { "removed" } else { "changed" };
            let words = format!(
                "Not saved: another program has {done} the file of {kept}. {key} to choose"
            );
            (words, true)
        }
        Saving::Failed(kept, error) => {
            let name = kept.to_string();
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
    if session.layout() == PageLayout::Merged {
        words.push("several sets in one text".to_owned());
    } else if let Some(reading) = session.reading().filter(|r| r.shown != *session.annotator()) {
        words.push(format!("{}'s set, not changed here", reading.shown));
    }
    let counted = |count: usize, noun: &str| {
        if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
    };
    words.push(format!(
        "{}, {}",
        counted(set.annotations().len(), "tag"),
        counted(set.relations().len(), "link")
    ));
    if session.reviewed_here() > 0 {
        words.push(format!("{} reviewed", session.reviewed_here()));
    }
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
fn hints(session: &Session) -> Vec<(String, String)> {
    let key =
        |command| session.keymap().key(command).map(|key| key.to_string()).unwrap_or_default();
    let edge = |edge, direction| key(Command::MoveEdge { edge, unit: Unit::Word, direction });
    let both = |which| format!("{} {}", edge(which, Direction::Back), edge(which, Direction::On));
    let one = |command, does: &str| (key(command), does.to_owned());
    let Some(document) = session.document() else {
        return vec![one(Command::OpenFolder, "open"), one(Command::ShowKeys, "keys")];
    };
    if let Err(_why) = session.can_change() {
        if session.is_about_earlier_text() {
            let does = "bring your tags to the new text";
            return vec![one(Command::PlaceTags, does), one(Command::ShowKeys, "keys")];
        }
        let likely = [(Command::WorkHere, "take over"), (Command::ShowNextSet, "next set")];
        let likely = likely.into_iter().filter(|(command, _)| session.available(*command).is_ok());
        let always = [(Command::NextAnnotation, "next"), (Command::ShowKeys, "keys")];
        return likely.chain(always).map(|(command, does)| one(command, does)).collect();
    }
    let hint = |key: &str, does: &str| (key.to_owned(), does.to_owned());
    match session.mode() {
        Some(Mode::Hinting(hinting)) => {
            let does = if hinting.first.is_some() { "tag" } else { "tag here" };
            return vec![
                hint("letters", "go"),
                hint(&label_keys(session), does),
                (key_without_letter(session, Command::AddFragment), "add".to_owned()),
                hint("Escape", "leave"),
            ];
        }
        Some(Mode::Linking(linking)) if linking.choice.is_none() => {
            return vec![
                hint("letter", "link"),
                hint("Shift+letter", "link, go on"),
                hint("Tab", "walk"),
                hint("typing", "filters"),
                hint("Escape", "leave"),
            ];
        }
        Some(Mode::Linking(_)) => return vec![hint("1–9", "choose"), hint("Escape", "leave")],
        None => {}
    }
    let mut hints = vec![(label_keys(session), session.tagging_now().to_owned())];
    if let Some(finding) = session.finding_in_hand() {
        for (way, mend) in finding.mends.iter().enumerate().take(2) {
            hints.push((key(Command::Mend(way)), mend.title()));
        }
        hints.push(one(Command::Intend, finding.intend_title()));
        hints.push(one(Command::NextProblem, "next"));
        return hints;
    }
    if session.selection().span().is_some() {
        hints.push(one(Command::Expand, "expand"));
        if let Some(target) = session.fragment_target() {
            let quote = target.quote_start(&document.text, 12);
            hints.push((key(Command::AddFragment), format!("add to {} “{quote}”", target.label)));
        }
        hints.push(one(Command::LetGo, "let go"));
    } else if session.focused().is_some() {
        if session.available(Command::Link).is_ok() {
            hints.push(one(Command::Link, "link"));
        }
        hints.push((both(Edge::Start), "start".to_owned()));
        hints.push((both(Edge::End), "end".to_owned()));
        hints.push(one(Command::NextAnnotation, "next"));
    } else {
        hints.push(one(Command::Hint(HintKind::Words), "jump"));
        hints.push(one(Command::Hint(HintKind::Clauses), "clause"));
        hints.push(one(Command::NextAnnotation, "next tag"));
        hints.push(one(Command::DoneAndNext, "done"));
    }
    if session.listing().is_some() {
        // Who came from the list wants to go back there.
        hints.insert(hints.len().min(2), one(Command::NextPane, "list"));
    }
    hints.push(one(Command::ShowKeys, "keys"));
    hints
}

/// The keys of a field that is typed into.
fn typing_hints(session: &Session, finds: bool) -> Vec<(String, String)> {
    let hint = |key: &str, does: &str| (key.to_owned(), does.to_owned());
    if !finds {
        return vec![hint("Escape", "leave")];
    }
    let mut hints = vec![hint("Enter", "next"), hint("Shift+Enter", "previous")];
    if session.search().is_some_and(|search| search.everywhere) {
        hints.push(hint("Down", "to the list"));
    }
    hints.push(hint("Escape", "close"));
    hints
}

/// The keys of the list below the article.
fn list_hints(session: &Session) -> Vec<(String, String)> {
    let key = |command| session.keymap().key(command).map(|key| key.to_string());
    let one = |command, does: &str| (key(command).unwrap_or_default(), does.to_owned());
    let hint = |key: &str, does: &str| (key.to_owned(), does.to_owned());
    match session.listing() {
        Some(Listing::Hits) => {
            let mut hints = Vec::new();
            if let Some(label) = session.search().and_then(|search| search.label.as_ref()) {
                hints.push(one(Command::Accept, &format!("tag {label}")));
                hints.push(one(Command::Reject, "reject"));
            }
            hints.push((label_keys(session), "tag as".to_owned()));
            hints.push(hint("Enter", "go there"));
            hints.push(one(Command::Apply, "carry out"));
            hints
        }
        Some(Listing::Remarks) => {
            let mut hints = vec![hint("Enter", "go there")];
            if let Some(finding) = session.finding_in_hand() {
                if let Some(mend) = finding.mends.first() {
                    hints.push(one(Command::Mend(0), &mend.title()));
                }
                hints.push(one(Command::Intend, finding.intend_title()));
            }
            hints.push(hint("Escape", "leave"));
            hints
        }
        Some(Listing::Cases) => case_hints(session),
        Some(Listing::Table) => table_hints(session),
        None => Vec::new(),
    }
}

/// The keys of the table.
fn table_hints(session: &Session) -> Vec<(String, String)> {
    let key = |command| session.keymap().key(command).map(|key| key.to_string());
    let one = |command, does: &str| (key(command).unwrap_or_default(), does.to_owned());
    vec![
        ("Enter".to_owned(), "go there".to_owned()),
        one(Command::FilterRows, "filter"),
        one(Command::TickRow, "tick"),
        one(Command::ChangeRows, "change"),
        one(Command::AcceptReview, "accept"),
        one(Command::ToggleConcordance, "concordance"),
        one(Command::GroupRows, "group"),
    ]
}

/// The keys of the list of what annotators say.
fn case_hints(session: &Session) -> Vec<(String, String)> {
    let key = |command| session.keymap().key(command).map(|key| key.to_string());
    let one = |command, does: &str| (key(command).unwrap_or_default(), does.to_owned());
    let enter = ("Enter".to_owned(), "go there".to_owned());
    if !session.annotator().is_gold() {
        return vec![
            enter,
            one(Command::NextLayout, "other view"),
            one(Command::ShowNextSet, "next set"),
            one(Command::Settle, "settle"),
        ];
    }
    let count = session.comparing().map_or(2, |comparing| comparing.annotators.len());
    let (first, last) = (key(Command::TakeFrom(0)), key(Command::TakeFrom(count - 1)));
    let range = format!("{}–{}", first.unwrap_or_default(), last.unwrap_or_default());
    let all = session.available(Command::TakeAll).is_ok().then(|| one(Command::TakeAll, "all"));
    let mut hints = vec![(range, "take it from".to_owned())];
    hints.extend(all);
    hints.extend([
        one(Command::TakeNothing, "nothing"),
        one(Command::EditCase, "change"),
        one(Command::TakeAsGold, "as in gold"),
        enter,
    ]);
    hints
}

/// The keys of labels: `1–4`.
fn label_keys(session: &Session) -> String {
    let labels = 0..session.schema().labels().len();
    let keys = labels.filter_map(|at| session.keymap().key(Command::Tag(at)));
    let keys: Vec<String> = keys.map(|key| key.to_string()).collect();
    let letter = |key: &String| key.chars().next().filter(|_| key.chars().count() == 1);
    let in_a_row = keys.windows(2).all(|pair| match pair {
        [one, next] => letter(one)
            .zip(letter(next))
            .is_some_and(|(one, next)| u32::from(next) == u32::from(one) + 1),
        _ => true,
    });
    match (keys.first(), keys.last()) {
        (Some(first), Some(last)) if in_a_row && first != last => format!("{first}–{last}"),
        _ => keys.join(" "),
    }
}

/// A key of a command that is no letter, for while letters name hints.
fn key_without_letter(session: &Session, command: Command) -> String {
    let keys = session.keymap().entry(command).map(|entry| entry.keys.as_slice());
    let no_letter = |key: &&crate::session::Chord| {
        key.ctrl || key.alt || !key.key.chars().all(|c| c.is_ascii_alphabetic())
    };
    keys.unwrap_or_default().iter().find(no_letter).map(ToString::to_string).unwrap_or_default()
}
