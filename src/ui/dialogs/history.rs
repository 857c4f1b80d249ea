//! All steps, to go back or forward to one.

use egui::{Align2, Id, Key, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::set_width;
use crate::session::{Message, Session, Step};
use crate::ui::fonts;
use crate::ui::parts::{key_hint, rows};
use crate::ui::theme::palette;

const ROW: f32 = 26.0;
/// The most rows that are seen at once.
const ROWS: usize = 16;

/// `cursor` is the row that the arrow keys are on, the start being row 0.
pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    cursor: &mut usize,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 560.0);
    let history = session.history();
    let steps: Vec<&Step> = history.done().iter().chain(history.undone()).collect();
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
    if fresh {
        *cursor = done;
    }
    let id = Id::unique("steps");
    let response = ui.interact(ui.max_rect(), id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Steps"));
    if fresh {
        response.request_focus();
    }
    let moved = take_keys(ui, id, cursor, steps.len(), messages);
    let count = steps.len() + 1;
    let height = ROW * count.min(ROWS) as f32;
    let centre = (fresh || moved).then_some(*cursor);
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        rows(ui, "steps", ROW, count, centre, |ui, at| {
            let step = at.checked_sub(1).and_then(|at| steps.get(at).copied());
            let row = StepRow { at, step, done, chosen: *cursor == at };
            row.show(ui, messages);
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
    fn show(&self, ui: &mut Ui, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let (rect, response) =
            ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::CLICK);
        let name = self.step.map_or("As it was opened", |step| &step.name);
        let mut title = name.to_owned();
        if let Some(first) = title.get(..1) {
            title.replace_range(..1, &first.to_uppercase());
        }
        let state = match self.at.cmp(&self.done) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "undone",
        };
        let spoken = format!("{title}, {state}");
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListItem, true, self.chosen, spoken.clone())
        });
        if self.chosen {
            ui.painter().rect_filled(rect, 4.0, colours.selected);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, 4.0, colours.page);
        }
        let middle = rect.center().y;
        let undone = self.at > self.done;
        let ink = if undone { colours.soft } else { colours.ink };
        if self.at == self.done {
            ui.painter().circle_filled(pos2(rect.left() + 10.0, middle), 3.5, colours.ink);
        }
        let place = self.step.map(place_words).unwrap_or_default();
        let right = pos2(rect.right() - 8.0, middle);
        let font = fonts::sans(11.5);
        let place = ui.painter().text(right, Align2::RIGHT_CENTER, place, font, colours.soft);
        let left = rect.left() + 22.0;
        let clip = egui::Rect::from_min_max(
            pos2(left, rect.top()),
            pos2(place.left() - 8.0, rect.bottom()),
        );
        let painter = ui.painter().with_clip_rect(clip);
        let at =
            painter.text(pos2(left, middle), Align2::LEFT_CENTER, title, fonts::sans(13.0), ink);
        if undone {
            painter.hline(at.x_range(), middle, egui::Stroke::new(1.0, colours.soft));
        }
        if response.clicked() {
            messages.push(Message::GoToStep(self.at));
        }
    }
}

/// Where a step was made.
fn place_words(step: &Step) -> String {
    match step.documents() {
        0 | 1 => step.document.as_ref().map(|path| path.name().to_owned()).unwrap_or_default(),
        count => format!("{count} articles"),
    }
}
