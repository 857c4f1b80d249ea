//! What a search found.

use std::sync::Arc;

use egui::{Align2, Rect, RichText, Ui, pos2, vec2};

use super::in_context::InContext;
use super::{ROW, document_title, place_ui, place_width};
use crate::review::Hit;
use crate::session::{Command, Message, Search, Session, Standing, Verdict};
use crate::ui::fonts;
use crate::ui::parts::{self, command_button, shortened, swatch};
use crate::ui::theme::palette;

/// How much of what is looked for the heading shows, in characters.
const HEADING: usize = 40;

/// What is looked for, and what was decided.
pub(super) fn heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(search) = session.search() else { return };
    let colours = palette(ui.ctx());
    let decided = search.hits.len() - search.shown().len();
    let query = shortened(&search.query.text, HEADING);
    let title = format!("“{query}” in all articles · {}", search.shown().len());
    parts::label(ui, &title, fonts::strong(12.0), colours.ink, 1);
    if let Some(label) = &search.label {
        let look = colours.label(session.schema(), label);
        let words = RichText::new(format!("as {label}")).color(look.colour);
        ui.add(egui::Label::new(words).extend());
    }
    if decided > 0 || search.show_decided {
        let words = if search.show_decided {
            "Hide what is decided".to_owned()
        } else {
            format!("Show {decided} more")
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

/// One occurrence.
pub(super) struct HitRow<'a> {
    pub(super) session: &'a Session,
    pub(super) search: &'a Search,
    /// Its place in the list.
    pub(super) row: usize,
    /// Its place among all hits.
    pub(super) at: usize,
    pub(super) hit: &'a Hit,
    pub(super) chosen: bool,
}

impl HitRow<'_> {
    pub(super) fn show(&self, ui: &mut Ui, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let verdict = self.search.verdicts.of(self.at);
        let standing = self.session.standing(self.hit);
        // What is open has no label yet, or another than it is to have.
        let others = match (verdict, &standing) {
            (None, Standing::Open) => self.session.tags_of(self.hit),
            _ => Vec::new(),
        };
        let state_words = if others.is_empty() {
            Self::state_words(verdict, &standing)
        } else {
            format!("is {}", others.join(", "))
        };
        let spoken =
            format!("{} {} {}, {state_words}", self.hit.before, self.hit.quote, self.hit.after);
        let (rect, response) = parts::row(ui, ROW, (true, self.chosen), &spoken);
        let quiet = verdict.is_none() && standing != Standing::Open;
        let ink = if quiet { colours.soft } else { colours.ink };
        let title = document_title(self.session, &self.hit.document);
        place_ui(ui, rect, &title, colours.soft, place_width(rect));
        let state_width = 104.0;
        let state = Rect::from_min_max(pos2(rect.right() - state_width, rect.top()), rect.max);
        let label = others.first().or(match (verdict, &standing) {
            (Some(Verdict::Accept(label)), _) | (None, Standing::Within(label)) => Some(label),
            (None, Standing::Tagged(labels)) => labels.first(),
            _ => None,
        });
        self.state_ui(ui, state, verdict.is_some(), label, &state_words);
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
        let decided = self.search.verdicts.of(self.at).is_some();
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
            (None, Standing::Within(label)) => format!("within {label}"),
            (None, Standing::Rejected) => "rejected".to_owned(),
        }
    }

    /// What is decided, or was before.
    fn state_ui(&self, ui: &Ui, rect: Rect, decided: bool, label: Option<&Arc<str>>, words: &str) {
        let colours = palette(ui.ctx());
        let mut left = rect.left() + 6.0;
        if let Some(label) = label {
            let look = colours.label(self.session.schema(), label);
            swatch(ui.painter(), pos2(left + 4.0, rect.center().y), look.colour);
            left += 14.0;
        }
        let ink = if decided { colours.ink } else { colours.soft };
        let at = pos2(left, rect.center().y);
        let font = if decided { fonts::strong(12.0) } else { fonts::sans(12.0) };
        ui.painter().with_clip_rect(rect).text(at, Align2::LEFT_CENTER, words, font, ink);
    }

    /// What was found, in the middle of what stands around it.
    fn context_ui(&self, ui: &Ui, row: Rect, right: f32, ink: egui::Color32) {
        let left = row.left() + place_width(row) + 8.0;
        let room = Rect::from_min_max(pos2(left, row.top()), pos2(right - 4.0, row.bottom()));
        let Hit { before, quote, after, .. } = self.hit;
        InContext { before, words: quote, after, ink }.show(ui, room);
    }
}
