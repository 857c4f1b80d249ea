//! The focused annotation.

use egui::{
    Align, Button, CornerRadius, Frame, Label, Layout, Margin, Rect, RichText, Role, Sense, Stroke,
    Ui, WidgetInfo, pos2, vec2,
};

use super::{characters, describe, links};
use crate::corpus::Annotation;
use crate::session::{Command, Message, PageLayout, Session};
use crate::text::Text;
use crate::ui::fonts;
use crate::ui::parts::{command_button, label};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// The most lines of a quote that the card shows.
const QUOTE_ROWS: usize = 4;
/// The most lines of what a check found.
const FINDING_ROWS: usize = 6;
/// More characters than fit into the card.
const LONGEST_QUOTE: usize = 600;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    annotation: &Annotation,
    note: &mut describe::NoteField,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let look = colours.label(session.schema(), &annotation.label);
    let frame = Frame::new()
        .fill(colours.field)
        .stroke(Stroke::new(1.0, colours.rule))
        .corner_radius(6)
        .inner_margin(Margin { left: 14, right: 12, top: 10, bottom: 10 });
    let shown = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        title_ui(ui, session, annotation, messages);
        quote_ui(ui, &annotation.quote_start(text, LONGEST_QUOTE));
        places_ui(ui, session, annotation);
        findings_ui(ui, session, annotation);
        reviews_ui(ui, session);
        describe::attributes_ui(ui, session, annotation, messages);
        links::show(ui, session, text, annotation, messages);
        note.show(ui, session, annotation, messages);
        if session.can_change().is_ok() {
            ui.add_space(4.0);
            buttons_ui(ui, session, annotation, messages);
        }
    });
    let rect = shown.response.rect;
    let bar = Rect::from_min_max(rect.min, pos2(rect.min.x + 4.0, rect.max.y));
    ui.painter().rect_filled(bar, CornerRadius { nw: 6, sw: 6, ne: 0, se: 0 }, look.colour);
}

/// What reviewers said of it.
fn reviews_ui(ui: &mut Ui, session: &Session) {
    let colours = palette(ui.ctx());
    for (reviewer, review, current) in session.reviews_of_focused() {
        let since = if current { "" } else { "; changed since" };
        let (words, ink) = match (review.accepted, review.note.as_str()) {
            (true, _) => (format!("✓ Accepted by {reviewer}{since}"), colours.soft),
            (false, "") => (format!("In question, says {reviewer}{since}"), colours.warning),
            (false, note) => (format!("{reviewer}: {note}{since}"), colours.warning),
        };
        ui.label(RichText::new(words).size(12.0).color(ink));
    }
}

/// The label, and the mark that it is to be discussed.
fn title_ui(ui: &mut Ui, session: &Session, annotation: &Annotation, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let look = colours.label(session.schema(), &annotation.label);
    let title = session.schema().label(&annotation.label).map(|label| label.title.clone());
    let unknown = format!("{} (not in the schema)", annotation.label);
    ui.horizontal(|ui| {
        ui.set_height(20.0);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().button_padding = vec2(7.0, 1.0);
        let title = RichText::new(title.unwrap_or(unknown)).font(fonts::strong(12.0));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            discuss_ui(ui, session, annotation, messages);
            if session.layout() == PageLayout::Merged {
                let whose = session.said_by(&annotation.id);
                let whose =
                    whose.map_or_else(|| "all alike".to_owned(), |whose| format!("by {whose}"));
                ui.label(RichText::new(whose).size(12.0).color(colours.soft));
            }
            // However long a name is, it leaves room for what stands beside it.
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(title.color(look.colour)).truncate());
            });
        });
    });
}

/// Whether it is to be discussed.
fn discuss_ui(
    ui: &mut Ui,
    session: &Session,
    annotation: &Annotation,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let marked = annotation.is_to_discuss();
    let ink = if marked { colours.ink } else { colours.soft };
    let fill = if marked { colours.selected } else { colours.field };
    let button = Button::new(RichText::new("to discuss").size(11.5).color(ink))
        .fill(fill)
        .stroke(Stroke::new(1.0, colours.rule));
    let enabled = session.available(Command::ToggleDiscuss).is_ok();
    let response = ui.add_enabled(enabled, button);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, marked, "To discuss"));
    if response.clicked() {
        messages.push(Message::Run(Command::ToggleDiscuss));
    }
}

fn quote_ui(ui: &mut Ui, quote: &str) {
    let colours = palette(ui.ctx());
    let font = fonts::serif(14.5);
    let prose = Prose::new(ui.ctx(), quote, font, colours.ink, ui.available_width(), QUOTE_ROWS);
    let (rect, response) = ui.allocate_exact_size(prose.size, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, quote));
    prose.paint(ui.painter(), rect.min);
}

/// Where the annotation lies: each fragment's characters.
fn places_ui(ui: &mut Ui, session: &Session, annotation: &Annotation) {
    let colours = palette(ui.ctx());
    let in_hand = session.focus_place().map(|focus| focus.fragment);
    let count = annotation.fragments.count();
    for (at, span) in annotation.fragments.iter().enumerate() {
        let (start, end) = (span.start().get(), span.end().get());
        let mut words = format!("{start}–{end} · {}", characters(span.length()));
        if count > 1 {
            words = format!("Fragment {} of {count}: {words}", at + 1);
        }
        let holds = count > 1 && in_hand == Some(at);
        let colour = if holds { colours.ink } else { colours.soft };
        ui.label(RichText::new(words).size(11.5).color(colour));
    }
}

/// What the checks found about it.
fn findings_ui(ui: &mut Ui, session: &Session, annotation: &Annotation) {
    let colours = palette(ui.ctx());
    let found = session.problems_found().iter().filter(|f| f.annotation == annotation.id);
    for finding in found {
        label(ui, &finding.words(), fonts::sans(11.5), colours.warning, FINDING_ROWS);
    }
}

fn buttons_ui(
    ui: &mut Ui,
    session: &Session,
    annotation: &Annotation,
    messages: &mut Vec<Message>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(5.0, 5.0);
        command_button(ui, session, Command::Link, "Link", messages);
        command_button(ui, session, Command::TagEverywhere, "Everywhere…", messages);
        command_button(ui, session, Command::Remove, "Remove", messages);
        command_button(ui, session, Command::AddFragment, "Add selection", messages);
        if annotation.fragments.count() > 1 {
            command_button(ui, session, Command::NextFragment, "Next fragment", messages);
            command_button(ui, session, Command::RemoveFragment, "Remove fragment", messages);
        }
    });
}
