//! What is odd about the open article, above it.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use super::fonts;
use super::parts::{command_button, label, shortened_in_the_middle};
use super::theme::palette;
use super::typeset::has_right_to_left;
use crate::corpus::Annotator;
use crate::session::{Command, Held, Message, Session};
use crate::text::in_one_line;

/// Characters of a quote.
const QUOTE: usize = 60;
/// How much of each thing that is known of an article is shown, in characters.
const KNOWN: usize = 80;
/// Lines of what quotes words that run from right to left.
const ROWS: usize = 3;

pub(super) fn show(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    known_ui(ui, session);
    for offer in [report, elsewhere, working_as, earlier_text, adrift, unknown] {
        if let Some(offer) = offer(session) {
            offer.show(ui, session, messages);
        }
    }
    for (words, warning) in lines(session) {
        let colours = palette(ui.ctx());
        let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 6));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            let colour = if warning { colours.warning } else { colours.ink };
            ui.label(RichText::new(words).size(12.5).color(colour));
        });
    }
}

/// The title of an article and whatever else is known of it, in one line above it.
fn known_ui(ui: &mut Ui, session: &Session) {
    let Some(metadata) = session.held().map(|held| &held.metadata) else { return };
    let is_title = |name: &str| name.eq_ignore_ascii_case("title");
    let title = metadata.iter().find(|(name, value)| is_title(name) && !value.trim().is_empty());
    let others =
        metadata.iter().filter(|(name, value)| !is_title(name) && !value.trim().is_empty());
    let said = |value: &str| shortened_in_the_middle(&in_one_line(value.trim()), KNOWN);
    let title = title.map(|(_, title)| in_one_line(title.trim()).into_owned());
    let others: Vec<String> =
        others.map(|(name, value)| format!("{}: {}", said(name), said(value))).collect();
    if title.is_none() && others.is_empty() {
        return;
    }
    let colours = palette(ui.ctx());
    // As far from the edge as the text below.
    let frame = Frame::new().inner_margin(Margin::symmetric(26, 6));
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 1.0;
        if let Some(title) = title {
            label(ui, &title, fonts::strong(13.0), colours.ink, 1);
        }
        if !others.is_empty() {
            label(ui, &others.join(" · "), fonts::sans(12.0), colours.soft, 1);
        }
    });
    let rect = shown.response.rect;
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, colours.rule));
}

/// Something to say, and what can be done about it.
struct Offer {
    words: String,
    strong: bool,
    buttons: Vec<(Command, &'static str)>,
}

impl Offer {
    fn show(self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let frame = Frame::new().fill(colours.selected).inner_margin(Margin::symmetric(14, 5));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                if has_right_to_left(&self.words) {
                    label(ui, &self.words, fonts::sans(12.5), colours.ink, ROWS);
                } else {
                    let words = RichText::new(self.words).size(12.5).color(colours.ink);
                    ui.label(if self.strong { words.strong() } else { words });
                }
                for (command, title) in self.buttons {
                    let key = session.keymap().key(command);
                    let key = key.map(|key| format!(" ({key})")).unwrap_or_default();
                    command_button(ui, session, command, format!("{title}{key}"), messages);
                }
            });
        });
    }
}

/// Tandai failed last time, and what can be done about it.
fn report(session: &Session) -> Option<Offer> {
    let when = session.report()?.file_stem().unwrap_or_default().to_string_lossy();
    Some(Offer {
        words: format!("Tandai failed in an earlier run; what was saved is saved ({when})"),
        strong: false,
        buttons: vec![(Command::ShowReport, "Show it"), (Command::DismissReport, "Dismiss")],
    })
}

/// Another window has one's own sets, and the offer to take over.
fn elsewhere(session: &Session) -> Option<Offer> {
    let (owner, annotator) = (session.other_window()?, session.annotator());
    Some(Offer {
        words: format!("Read only: {owner} works on {annotator}'s sets"),
        strong: true,
        buttons: vec![(Command::WorkHere, "Take over")],
    })
}

/// Whose sets are worked on, where it is not the person's own, and the way back.
fn working_as(session: &Session) -> Option<Offer> {
    let annotator = session.annotator();
    let words = if annotator == session.person() {
        return None;
    } else if annotator.is_gold() {
        "You work on gold's sets: what is settled".to_owned()
    } else {
        format!("You mark up a second time, blind, as {annotator}")
    };
    let buttons = vec![(Command::WorkAsOneself, "Back to your own")];
    Some(Offer { words, strong: true, buttons })
}

/// One's own set is about another text of the article, and the offer to bring it to this one.
fn earlier_text(session: &Session) -> Option<Offer> {
    let own = session.reading()?.shown == *session.annotator();
    (own && session.is_about_earlier_text()).then(|| Offer {
        words: "The article has changed since you tagged it. Your tags are kept as they were, and \
                not shown until you have seen where they stand now."
            .to_owned(),
        strong: true,
        buttons: vec![(Command::PlaceTags, "Bring them to the new text…")],
    })
}

/// Annotations that have no place in the text, and the offer to give them one.
fn adrift(session: &Session) -> Option<Offer> {
    let first = session.adrift_in_hand()?;
    let count = session.held()?.set.adrift().len();
    let quote = shortened_in_the_middle(&first.quote(), QUOTE);
    let tags = if count == 1 { "1 tag has" } else { &format!("{count} tags have") };
    Some(Offer {
        words: format!("{tags} no place in this text. Next: {} “{quote}”", first.annotation.label),
        strong: false,
        buttons: vec![
            (Command::PlaceHere, "Put it on the selection"),
            (Command::PlaceTags, "Show all…"),
        ],
    })
}

/// Names in the set that the schema lacks, and the offer to add them.
fn unknown(session: &Session) -> Option<Offer> {
    let unknown = session.unknown_names();
    let names: Vec<String> =
        unknown.iter().map(|(kind, name)| format!("{} {name}", kind.title())).collect();
    (!names.is_empty()).then(|| Offer {
        words: format!("Not in the schema: {}", names.join(", ")),
        strong: false,
        buttons: vec![(Command::AdoptNames, "Add to the schema")],
    })
}

/// Each thing to say, and whether it keeps the person from working.
fn lines(session: &Session) -> Vec<(String, bool)> {
    let mut lines = Vec::new();
    let decisions = session.decisions_problem().into_iter();
    for problem in session.problems().iter().chain(decisions) {
        lines.push((problem.to_string(), true));
    }
    if let Some(problem) = session.keys_problem() {
        lines.push((format!("The usual keys hold, not your own. {problem}"), true));
    }
    let (Some(held), Some(reading)) = (session.held(), session.reading()) else { return lines };
    if session.is_gone(&reading.document) {
        let words = "This article has left the project: its file was removed or has another name. \
                     What you mark here is kept in your set all the same.";
        lines.push((words.to_owned(), true));
    }
    for problem in &held.problems {
        lines.push((problem.to_string(), false));
    }
    let own = reading.shown == *session.annotator();
    let unreadable = held.unreadable.as_ref().filter(|_| own && !session.is_about_earlier_text());
    if let Some(problem) = unreadable {
        let words = if problem.kind.is_newer_format() {
            "What is known here of your set is shown, to be looked at only."
        } else {
            "The article can be read, but not tagged: your set's file could not be used, and it \
             is left as it is."
        };
        lines.push((format!("{words} {problem}"), true));
    }
    if let Some(Err(problem)) = held.others.get(&reading.shown) {
        let shown = &reading.shown;
        lines.push(if problem.kind.is_newer_format() {
            (format!("What is known here of {shown}'s set is shown. {problem}"), false)
        } else {
            let advice = problem.kind.advice();
            (format!("{shown}'s set cannot be shown. {problem}. {advice}"), true)
        });
    }
    lines.extend(unusable_sets(session, held, &reading.shown).map(|words| (words, false)));
    lines
}

/// That others' sets about the article cannot be used, which one does not see unless one goes
/// to them.
fn unusable_sets(session: &Session, held: &Held, shown: &Annotator) -> Option<String> {
    let unusable = held.others.iter().filter(|(annotator, set)| {
        *annotator != shown && set.as_ref().is_err_and(|problem| !problem.kind.is_newer_format())
    });
    let names: Vec<String> = unusable.map(|(annotator, _)| format!("{annotator}'s")).collect();
    let (last, others) = names.split_last()?;
    let names = if others.is_empty() {
        format!("{last} set")
    } else {
        format!("{} and {last} sets", others.join(", "))
    };
    let key = session.keymap().key(Command::ShowNextSet);
    let key =
        key.map(|key| format!("; {key} goes through the sets and says why")).unwrap_or_default();
    Some(format!("{names} about this article cannot be used{key}"))
}
