//! The panel of annotations: what is focused, whose set it is, and all there is.

use std::sync::Arc;

mod card;
mod describe;
mod links;

use egui::{
    Align2, Button, Color32, EventFilter, Id, Key, RichText, Role, ScrollArea, Sense, Stroke, Ui,
    WidgetInfo, vec2,
};

use super::fonts;
use super::parts::{focus_ring, follow_focus, rows, segments, swatch};
use super::theme::palette;
use super::typeset::Prose;
use crate::corpus::{Annotation, Annotator, DocumentPath, Status};
use crate::review::ReviewStanding;
use crate::session::{Command, Message, PageLayout, Session};
use crate::text::Text;

const ROW: f32 = 25.0;
/// Height that is kept for the card, in points.
const CARD: f32 = 300.0;
/// The least height that is kept for the list.
const LIST: f32 = 5.0 * ROW;
/// More characters than fit into any row of the list.
const LONGEST_ROW: usize = 200;

/// What is remembered of the panel from frame to frame.
#[derive(Default)]
pub(super) struct InspectorPane {
    followed: Option<crate::corpus::Id>,
    /// The document whose annotations were listed in the frame before.
    listed: Option<DocumentPath>,
    wants_keyboard: bool,
    /// Height of the list in the frame before, in points.
    list_height: f32,
    note: describe::NoteField,
    /// Whether a note was typed into two frames ago.
    was_typed_into: bool,
}

impl InspectorPane {
    /// The widget that has the keyboard while the list is walked.
    pub(super) fn id() -> Id {
        Id::unique("annotations")
    }

    /// Gives the list the keyboard with the next frame.
    pub(super) fn take_keyboard(&mut self) {
        self.wants_keyboard = true;
    }

    /// Gives the note of the focused annotation the keyboard with the next frame.
    pub(super) fn take_keyboard_for_note(&mut self) {
        self.note.take_keyboard();
    }

    pub(super) fn show(&mut self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let Some(held) = session.held() else { return };
        let text = held.document.text.clone();
        sets_ui(ui, session, messages);
        status_ui(ui, session, messages);
        ui.add_space(4.0);
        let top = ui.cursor().top();
        let room = (ui.available_height() - LIST).max(120.0);
        // A card with much to say scrolls, so that the list stays in view.
        let area =
            ScrollArea::vertical().id_salt("card").max_height(room).auto_shrink([false, true]);
        // Who has written a long note sees again what it is about.
        let is_typed_into = self.note.is_typed_into();
        let was_typed_into = std::mem::replace(&mut self.was_typed_into, is_typed_into);
        let is_left = was_typed_into && !is_typed_into;
        let area = if is_left { area.vertical_scroll_offset(0.0) } else { area };
        area.show(ui, |ui| {
            match session.focused() {
                Some(annotation) => {
                    card::show(ui, session, &text, annotation, &mut self.note, messages);
                }
                None => nothing_focused_ui(ui, session),
            }
            follow_focus(ui);
        });
        self.note.look_for_its_annotation(session, messages);
        // The list below stays where it is while one clicks through it.
        let used = ui.cursor().top() - top;
        let roomy = ui.available_height() > CARD - used + 4.0 * ROW;
        ui.add_space(if roomy { (CARD - used).max(6.0) } else { 6.0 });
        self.list_ui(ui, session, &text, messages);
    }

    fn list_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        text: &Text,
        messages: &mut Vec<Message>,
    ) {
        let (Some(set), Some(document)) = (session.shown_set(), session.document()) else { return };
        let colours = palette(ui.ctx());
        let count = set.annotations().len();
        ui.label(
            RichText::new(format!("In this article · {count}"))
                .font(fonts::strong(11.5))
                .color(colours.soft),
        );
        let whole = ui.available_rect_before_wrap();
        let response = ui.interact(whole, Self::id(), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Annotations"));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        if response.has_focus() {
            focus_ring(ui.painter(), colours, whole.expand(2.0));
            take_keys(ui, messages);
        }
        let focused = session.focus_place().map(|focus| focus.id.clone());
        let mut centre = None;
        if self.listed.as_ref() != Some(&document.path) {
            self.listed = Some(document.path.clone());
            centre = Some(0);
        }
        // The list is less tall once the card has grown.
        let height = whole.height();
        if self.followed != focused || (self.list_height - height).abs() > 1.0 {
            self.list_height = height;
            self.followed.clone_from(&focused);
            centre = focused.as_ref().and_then(|id| set.position(id)).or(centre);
        }
        rows(ui, "annotations", ROW, count, centre, |ui, at| {
            if let Some(annotation) = set.annotations().get(at) {
                let chosen = focused.as_ref() == Some(&annotation.id);
                row_ui(ui, session, text, annotation, chosen, messages);
            }
        });
    }
}

/// Up and down walk the annotations as Tab does in the article.
fn take_keys(ui: &Ui, messages: &mut Vec<Message>) {
    let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(InspectorPane::id(), filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
    if pressed(Key::ArrowDown) {
        messages.push(Message::Run(Command::NextAnnotation));
    } else if pressed(Key::ArrowUp) {
        messages.push(Message::Run(Command::PreviousAnnotation));
    } else if pressed(Key::Enter) || pressed(Key::Escape) {
        messages.push(Message::ReturnToArticle);
    }
}

/// Whose sets there are, where there is a choice.
fn sets_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let (Some(held), Some(reading)) = (session.held(), session.reading()) else { return };
    let own = session.annotator();
    let everyone: Vec<(&Annotator, String)> = std::iter::once((own, format!("{own} (you)")))
        .chain(held.others.keys().map(|other| (other, other.to_string())))
        .collect();
    let colours = palette(ui.ctx());
    let merged = session.layout() == PageLayout::Merged;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        for (annotator, title) in everyone {
            let shown = reading.shown == *annotator && !merged;
            let fill = if shown { colours.selected } else { Color32::TRANSPARENT };
            let ink = if shown { colours.ink } else { colours.soft };
            let text = RichText::new(title.clone()).color(ink);
            let response = ui.add(Button::new(text).fill(fill).stroke(Stroke::NONE));
            response.widget_info(|| {
                WidgetInfo::selected(
                    Role::RadioButton,
                    true,
                    shown,
                    format!("Show the set of {title}"),
                )
            });
            if response.clicked() {
                messages.push(Message::ShowSet(annotator.clone()));
            }
        }
        let key = session.keymap().key(Command::ShowNextSet).filter(|_| !held.others.is_empty());
        if let Some(key) = key {
            super::parts::key_hint(ui, &key.to_string(), "");
        }
    });
}

fn status_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    // Several sets in one text have no status of their own.
    if session.layout() == PageLayout::Merged {
        return;
    }
    let Some(set) = session.shown_set() else { return };
    let choices =
        [(Status::InProgress, "In progress"), (Status::Done, "Done"), (Status::Skipped, "Skipped")];
    let enabled = session.can_change().is_ok();
    if let Some(status) = segments(ui, "Status", &choices, set.status(), enabled) {
        messages.push(Message::SetStatus(status));
    }
}

fn nothing_focused_ui(ui: &mut Ui, session: &Session) {
    let colours = palette(ui.ctx());
    let next = session.keymap().key(Command::NextAnnotation);
    let next = next.map(|key| key.to_string()).unwrap_or_default();
    let mut words = format!(
        "No annotation is focused. {next} goes to the next one, a click to the one under the pointer."
    );
    if session.layout() == PageLayout::Merged {
        words = format!("What several annotators say, in one text. {words}");
    } else if let Some(reading) = session.reading().filter(|r| r.shown != *session.annotator()) {
        words =
            format!("This is {}'s set. It can be read here, not changed. {words}", reading.shown);
    }
    ui.label(RichText::new(words).color(colours.soft));
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    annotation: &Arc<Annotation>,
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let id = ui.scope_id().with(annotation.id.as_str());
    let response = ui.interact(rect, id, Sense::CLICK);
    let quote = annotation.quote_start(text, LONGEST_ROW);
    response.widget_info(|| {
        let label = format!("{}: {quote}", annotation.label);
        WidgetInfo::selected(Role::ListItem, true, chosen, label)
    });
    if chosen {
        ui.painter().rect_filled(rect, 4.0, colours.selected);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 4.0, colours.page);
    }
    let look = colours.label(session.schema(), &annotation.label);
    swatch(ui.painter(), rect.left_center() + vec2(11.0, 0.0), look.colour);
    // What reviewers said, as a sign; the card has it in words.
    let (sign, sign_ink) = match session.standing_here(annotation) {
        ReviewStanding::Open => ("", colours.soft),
        ReviewStanding::Accepted => ("✓", colours.soft),
        ReviewStanding::Changed => ("~", colours.warning),
        ReviewStanding::InQuestion => ("?", colours.warning),
    };
    let at = rect.right_center() - vec2(6.0, 0.0);
    ui.painter().text(at, Align2::RIGHT_CENTER, sign, fonts::strong(12.5), sign_ink);
    let room = rect.width() - if sign.is_empty() { 30.0 } else { 46.0 };
    let prose = Prose::new(ui.ctx(), &quote, fonts::sans(13.0), colours.ink, room, 1);
    prose.paint_in_row(ui.painter(), rect.left() + 22.0, rect.center().y);
    if response.clicked() {
        messages.push(Message::Focus(annotation.id.clone()));
    }
}

/// A count of characters in words.
pub(super) fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
