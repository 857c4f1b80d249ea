//! All steps, to go back or forward to one.

use egui::{Id, Key, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::set_width;
use crate::session::{Message, Session, Step, counted};
use crate::ui::fonts;
use crate::ui::parts::{key_hint, row, rows};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 26.0;
/// The width of how long ago a step was, in points.
const WHEN: f32 = 88.0;
/// The most rows that are seen at once.
const ROWS: usize = 16;

/// Where one is in the sheet.
#[derive(Default)]
pub(super) struct StepsSheet {
    /// The row that the arrow keys are on, the start being row 0.
    cursor: usize,
    /// How many steps were done in the frame before.
    done: usize,
    /// Whether one went somewhere since the sheet was opened.
    went: bool,
}

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    sheet: &mut StepsSheet,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 560.0);
    let history = session.history();
    let steps = history.done().iter().chain(history.undone());
    let steps: Vec<&Step> = steps.map(AsRef::as_ref).collect();
    let done = history.done().len();
    ui.horizontal(|ui| {
        ui.heading("Steps");
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.button("Close").clicked() {
                messages.push(Message::CloseDialog);
            }
            key_hint(ui, "Enter", "go to this step");
        });
    });
    // One is where one has come to, which may be less far than one wanted.
    let has_gone = sheet.done != done;
    sheet.done = done;
    sheet.went = sheet.went && !fresh;
    let cursor = &mut sheet.cursor;
    if fresh || has_gone {
        *cursor = done;
    }
    if let Some(notice) = session.notice().filter(|notice| notice.warning && sheet.went) {
        ui.label(RichText::new(&notice.text).color(palette(ui.ctx()).warning));
    }
    let id = Id::unique("steps");
    let response = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Steps"));
    if fresh {
        response.request_focus();
    }
    let moved = take_keys(ui, id, cursor, steps.len(), messages);
    sheet.went |= messages.iter().any(|message| matches!(message, Message::GoToStep(_)));
    let count = steps.len() + 1;
    let height = ROW * count.min(ROWS) as f32;
    let centre = (fresh || has_gone || moved).then_some(*cursor);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        rows(ui, "steps", ROW, count, centre, |ui, at| {
            let step = at.checked_sub(1).and_then(|at| steps.get(at).copied());
            let row = StepRow { at, step, done, chosen: *cursor == at };
            row.show(ui, session, messages);
        });
    });
}

fn take_keys(
    ui: &Ui,
    id: Id,
    cursor: &mut usize,
    last: usize,
    messages: &mut Vec<Message>,
) -> bool {
    let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let before = *cursor;
    if pressed(Key::ArrowUp) {
        *cursor = cursor.saturating_sub(1);
    } else if pressed(Key::ArrowDown) {
        *cursor = (*cursor + 1).min(last);
    } else if pressed(Key::Home) {
        *cursor = 0;
    } else if pressed(Key::End) {
        *cursor = last;
    } else if pressed(Key::Enter) {
        messages.push(Message::GoToStep(*cursor));
    }
    before != *cursor
}

struct StepRow<'a> {
    /// How many steps are done when one goes here.
    at: usize,
    /// `None` for the start.
    step: Option<&'a Step>,
    done: usize,
    chosen: bool,
}

impl StepRow<'_> {
    fn show(&self, ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let name = self.step.map_or("The beginning", |step| &step.name);
        let mut title = name.to_owned();
        if let Some(first) = title.get(..1) {
            title.replace_range(..1, &first.to_uppercase());
        }
        let quote = self.step.map(|step| step.quote.as_str()).filter(|quote| !quote.is_empty());
        let quote = quote.map(|quote| format!(" “{quote}”")).unwrap_or_default();
        let state = match self.at.cmp(&self.done) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "undone",
        };
        let spoken = format!("{title}{quote}, {state}");
        let (rect, response) = row(ui, ROW, (true, self.chosen), &spoken);
        let middle = rect.center().y;
        let undone = self.at > self.done;
        let ink = if undone { colours.soft } else { colours.ink };
        if self.at == self.done {
            ui.painter().circle_filled(pos2(rect.left() + 10.0, middle), 3.5, colours.ink);
        }
        let place = self.step.map(|step| place_words(session, step)).unwrap_or_default();
        let when = self.step.map(|step| ago(session.now(), step.at)).unwrap_or_default();
        let line = |words: &str, size, ink, width: f32| {
            Prose::new(ui.ctx(), words, fonts::sans(size), ink, width.max(0.0), 1)
        };
        let when = line(&when, 11.5, colours.soft, WHEN);
        let when_at = rect.right() - 8.0 - when.size.x;
        let place = line(&place, 11.5, colours.soft, rect.width() * 0.3);
        let place_at = rect.right() - 8.0 - WHEN - 10.0 - place.size.x;
        let left = rect.left() + 22.0;
        let title = line(&title, 13.0, ink, place_at - 10.0 - left);
        let quote_at = left + title.size.x;
        let quote = line(&quote, 13.0, colours.soft, place_at - 10.0 - quote_at);
        if undone {
            let width = egui::Rangef::new(left, quote_at + quote.size.x);
            ui.painter().hline(width, middle, egui::Stroke::new(1.0, colours.soft));
        }
        for (at, prose) in [(when_at, when), (place_at, place), (left, title), (quote_at, quote)] {
            let top = middle - prose.size.y / 2.0;
            prose.paint(ui.painter(), pos2(at, top));
        }
        if response.clicked() {
            messages.push(Message::GoToStep(self.at));
        }
    }
}

/// How long ago something was, of two times in seconds since 1970; empty where that is not
/// known.
fn ago(now: u64, then: u64) -> String {
    const UNITS: [(u64, &str); 3] = [(86_400, "day"), (3_600, "hour"), (60, "minute")];
    if then == 0 {
        return String::new();
    }
    let seconds = now.saturating_sub(then);
    let unit = UNITS.iter().find(|(length, _)| seconds >= *length);
    unit.map_or("just now".to_owned(), |(length, name)| {
        let count = usize::try_from(seconds / length).unwrap_or_default();
        format!("{} ago", counted(count, name))
    })
}

/// Where a step was made.
fn place_words(session: &Session, step: &Step) -> String {
    let title = |path| session.documents().row(path).map(|row| row.title().to_owned());
    match step.documents() {
        0 | 1 => step.about().and_then(title).unwrap_or_default(),
        count => format!("{count} articles"),
    }
}
