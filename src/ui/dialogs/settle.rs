//! How to settle what annotators differ about.

use egui::{RichText, Ui};

use super::{heading, scrolled, set_width};
use crate::corpus::Annotator;
use crate::review::{Kind, Rule};
use crate::session::{Comparing, Message, Reviewing, Session, SettleChoice};
use crate::ui::parts::{choices, toggles, unread_ui};
use crate::ui::theme::palette;

/// The choice to be asked about everything.
const NOTHING: &str = "nothing, ask about everything";

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    error: Option<&str>,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 560.0);
    heading(ui, "Settle into gold", messages);
    scrolled(ui, "settle", |ui| body_ui(ui, session, error, fresh, messages));
}

/// Who is settled between, and what is taken over without asking.
fn body_ui(
    ui: &mut Ui,
    session: &Session,
    error: Option<&str>,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    ui.label(
        "Gold's sets are made of what annotators say. What they differ about is asked one by \
         one; what was settled before stays, and is asked about again only where an annotator \
         has changed something since. While you settle, you work on gold's sets: every key \
         that changes an annotation changes gold. Your own steps can be undone when you are back.",
    );
    ui.add_space(8.0);
    let choice = session.settling();
    let people: Vec<Annotator> =
        session.everyone().into_iter().filter(|one| !one.is_gold()).collect();
    ui.label(RichText::new("Between").color(colours.soft));
    ui.horizontal_wrapped(|ui| {
        let all = people.iter().map(|one| (one.as_str(), choice.annotators.contains(one)));
        if let Some(one) = toggles(ui, "Between", all).and_then(|at| people.get(at)) {
            let mut annotators = choice.annotators.clone();
            if !annotators.remove(one) {
                annotators.insert(one.clone());
            }
            let choice = SettleChoice { annotators, ..choice.clone() };
            messages.push(Reviewing::SetSettling(choice).into());
        }
    });
    ui.add_space(6.0);
    ui.label(RichText::new("Taken over without asking").color(colours.soft));
    let titles: Vec<&str> =
        std::iter::once(NOTHING).chain(Rule::ALL.iter().map(|rule| rule.title())).collect();
    let current = choice.rule.map_or(NOTHING, Rule::title);
    if let Some(picked) = choices(ui, "Taken over", &titles, current, true) {
        let rule = Rule::ALL.iter().copied().find(|rule| rule.title() == picked);
        let choice = SettleChoice { rule, ..choice.clone() };
        messages.push(Reviewing::SetSettling(choice).into());
    }
    ui.add_space(4.0);
    let words = "A link that everyone has is taken over once both its ends are in gold. Notes and \
                 “to discuss” stay with those who made them. Everything that is taken over is one \
                 step, which one undo takes back.";
    ui.label(RichText::new(words).color(colours.soft));
    if let Some(comparing) = compared(session) {
        ui.label(RichText::new(known_words(comparing)).color(colours.soft));
        unread_ui(ui, &comparing.unread);
    }
    if let Some(error) = error {
        ui.colored_label(colours.warning, error);
    }
    ui.add_space(8.0);
    ui.horizontal_wrapped(|ui| {
        let begin = ui.button("Begin settling");
        if fresh {
            begin.request_focus();
        }
        if begin.clicked() {
            messages.push(Reviewing::BeginSettling.into());
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
}

/// What was found out, where just these are compared.
fn compared(session: &Session) -> Option<&Comparing> {
    let chosen = &session.settling().annotators;
    let comparing = session.comparing().filter(|one| !one.progress.running)?;
    comparing.annotators.iter().eq(chosen.iter()).then_some(comparing)
}

/// How much there is to settle.
fn known_words(comparing: &Comparing) -> String {
    let open = comparing.open_in_all();
    let (agreed, edges) = (comparing.open(Kind::Agreed), comparing.open(Kind::Boundary));
    let rest = match edges {
        0 => String::new(),
        edges => format!(", of which {edges} in edges alone, as they overlap"),
    };
    format!("Agreed and not in gold yet: {agreed}. Different: {open}{rest}.")
}
