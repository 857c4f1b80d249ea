//! Where annotations stand in a text that has changed, to be confirmed.

use egui::{Id, Key, Modifiers, Rect, RichText, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{CONFIRMS, confirms, heading, set_width};
use crate::corpus::{Fragments, Standing};
use crate::session::{Message, Placement, Placing, Session, counted};
use crate::storage::{Item, Reanchoring};
use crate::text::{in_one_line, surroundings};
use crate::ui::fonts;
use crate::ui::keys::DIGITS;
use crate::ui::parts::{key_hint, row, rows, shortened_in_the_middle, swatch};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 26.0;
/// How many rows are seen at once at most.
const ROWS: f32 = 9.0;
/// The width of what has become of an annotation, in points.
const STATUS: f32 = 88.0;
/// Height of the texts side by side, in points.
const TEXTS: f32 = 150.0;
/// Lines of each of them.
const LINES: usize = 6;
/// Characters around a quote that are shown, that are looked at to see whether there are
/// more, and of the quote itself.
const AROUND: usize = 110;
const KEPT: usize = AROUND + 1;
const QUOTE: usize = 180;
/// Height that the sheet has besides rows and texts, in points.
const REST: f32 = 330.0;

pub(super) fn show(ui: &mut Ui, session: &Session, fresh: bool, messages: &mut Vec<Message>) {
    set_width(ui, 860.0);
    let Some(placement) = session.placement() else { return };
    let colours = palette(ui.ctx());
    heading(ui, "Your tags in the new text", messages);
    if let Some(problem) = &placement.problem {
        ui.label(RichText::new(problem).color(colours.warning));
    }
    let Some(found) = &placement.found else {
        if placement.problem.is_none() {
            ui.label("Looking where they stand now…");
        }
        return;
    };
    ui.label(summary(placement, found));
    if !found.old_text_known {
        let words =
            "The earlier text is not kept here, so places are judged by the quoted words alone.";
        ui.label(RichText::new(words).color(colours.soft));
    }
    ui.add_space(6.0);
    list_ui(ui, session, placement, found, fresh, messages);
    ui.add_space(8.0);
    if let Some(item) = found.items.get(placement.at) {
        texts_ui(ui, session, placement, found, item);
        ui.add_space(6.0);
        offers_ui(ui, placement, item, found.is_current(), messages);
    }
    ui.add_space(6.0);
    apply_ui(ui, placement, found, messages);
}

/// How many stand where, in words.
fn summary(placement: &Placement, found: &Reanchoring) -> String {
    let all = placement.chosen.len();
    let waiting = all - placement.placed();
    let begun = if found.is_current() {
        "These tags have no place since the article changed."
    } else {
        "The article has changed since you tagged it. Nothing is written before you confirm."
    };
    match waiting {
        0 => format!("{begun} All {} have a place.", counted(all, "tag")),
        waiting => format!("{begun} Placed: {} of {all}. Waiting: {waiting}.", placement.placed()),
    }
}

fn list_ui(
    ui: &mut Ui,
    session: &Session,
    placement: &Placement,
    found: &Reanchoring,
    fresh: bool,
    messages: &mut Vec<Message>,
) {
    let id = Id::unique("placement");
    let room = ui.ctx().content_rect().height() - REST - TEXTS;
    let most = room.clamp(ROW * 3.0, ROW * ROWS);
    let height = (ROW * found.items.len() as f32).min(most);
    let (whole, response) = ui
        .allocate_exact_size(vec2(ui.available_width(), height), Sense::focusable_noninteractive());
    let response = ui.interact(whole, id, Sense::focusable_noninteractive()).union(response);
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Your tags"));
    if fresh || !ui.memory(|memory| memory.focused().is_some()) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    let gone_to = take_keys(ui, id, placement, found, messages);
    let centre = gone_to.or(fresh.then_some(placement.at));
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(whole));
    rows(&mut child, "placement", ROW, found.items.len(), centre, |ui, at| {
        let (Some(item), Some(chosen)) = (found.items.get(at), placement.chosen.get(at)) else {
            return;
        };
        let row = ItemRow { session, found, item, chosen: *chosen, here: placement.at == at };
        if row.show(ui) {
            messages.push(Placing::GoTo(at).into());
        }
    });
}

/// Returns the row that is gone to.
fn take_keys(
    ui: &Ui,
    id: Id,
    placement: &Placement,
    found: &Reanchoring,
    messages: &mut Vec<Message>,
) -> Option<usize> {
    let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    let (at, last) = (placement.at, found.items.len().saturating_sub(1));
    let confirmed = confirms(ui);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let digit = DIGITS.iter().position(|digit| pressed(*digit));
    let next_waiting = || {
        let after = (at + 1..=last).chain(0..=at);
        after.into_iter().find(|row| placement.chosen.get(*row).is_some_and(Option::is_none))
    };
    let to = if pressed(Key::ArrowUp) {
        Some(at.saturating_sub(1))
    } else if pressed(Key::ArrowDown) {
        Some((at + 1).min(last))
    } else if pressed(Key::Home) {
        Some(0)
    } else if pressed(Key::End) {
        Some(last)
    } else if pressed(Key::N) {
        next_waiting()
    } else {
        None
    };
    if let Some(to) = to {
        messages.push(Placing::GoTo(to).into());
        return Some(to);
    }
    let chosen = placement.chosen.get(at).copied().flatten();
    if confirmed {
        messages.push(Placing::Apply.into());
    } else if let Some(digit) = digit {
        messages.push(Placing::Choose(at, Some(digit)).into());
    } else if pressed(Key::Space) {
        let place = if chosen.is_some() { None } else { Some(0) };
        messages.push(Placing::Choose(at, place).into());
    } else if found.is_current() && pressed(Key::Enter) {
        messages.push(Placing::ByHand(at).into());
    } else if found.is_current() && pressed(Key::Delete) {
        messages.push(Placing::Remove(at).into());
    }
    None
}

/// One annotation: what has become of it, what it quoted, what it is to quote.
struct ItemRow<'a> {
    session: &'a Session,
    found: &'a Reanchoring,
    item: &'a Item,
    /// Which of the places offered is chosen.
    chosen: Option<usize>,
    here: bool,
}

impl ItemRow<'_> {
    /// Returns whether it was pressed.
    fn show(&self, ui: &mut Ui) -> bool {
        let colours = palette(ui.ctx());
        let status = status(&self.item.standing);
        let label = &self.item.annotation.label;
        let old = self.item.quotes.join(" … ");
        let new = self.chosen.map(|at| new_quote(self.found, self.item, at));
        let becomes = new.clone().unwrap_or_else(|| "waits for a place".to_owned());
        let spoken = format!("{status}, {label} {old}: {becomes}");
        let (rect, response) = row(ui, ROW, (true, self.here), &spoken);
        let middle = rect.center().y;
        let painter = ui.painter();
        let line = |words: &str, font, ink, width: f32| {
            Prose::new(ui.ctx(), words, font, ink, width.max(0.0), 1)
        };
        let ink = if new.is_some() { colours.soft } else { colours.warning };
        line(status, fonts::sans(12.0), ink, STATUS).paint_in_row(
            painter,
            rect.left() + 8.0,
            middle,
        );
        let left = rect.left() + STATUS + 8.0;
        let look = colours.label(self.session.schema(), label);
        swatch(painter, pos2(left, middle), look.colour);
        let half = (rect.right() - left - 48.0) / 2.0;
        let words = format!("{label}  {old}");
        line(&words, fonts::sans(13.0), colours.ink, half).paint_in_row(
            painter,
            left + 12.0,
            middle,
        );
        let right = left + half + 36.0;
        line("→", fonts::sans(13.0), colours.soft, 20.0).paint_in_row(
            painter,
            right - 20.0,
            middle,
        );
        let (words, ink) = match &new {
            Some(new) if *new == old => ("the same words", colours.soft),
            Some(new) => (new.as_str(), colours.ink),
            None => ("waits", colours.warning),
        };
        line(words, fonts::sans(13.0), ink, half).paint_in_row(painter, right, middle);
        response.clicked()
    }
}

/// What has become of an annotation, in a word.
fn status(standing: &Standing) -> &'static str {
    match standing {
        Standing::Same => "same",
        Standing::Moved(_) => "moved",
        Standing::Changed(_) => "changed",
        Standing::Ambiguous(_) => "in doubt",
        Standing::Lost => "lost",
    }
}

/// What stands in the new text at a place that is offered.
fn new_quote(found: &Reanchoring, item: &Item, at: usize) -> String {
    let text = &found.document.text;
    let fragments = item.offers().get(at).into_iter().flat_map(Fragments::iter);
    let quotes: Vec<&str> = fragments.map(|span| text.slice(span.range())).collect();
    in_one_line(&quotes.join(" … ")).into_owned()
}

/// The earlier text and the one that is there now, side by side.
fn texts_ui(
    ui: &mut Ui,
    session: &Session,
    placement: &Placement,
    found: &Reanchoring,
    item: &Item,
) {
    let colours = palette(ui.ctx());
    let chosen = placement.chosen.get(placement.at).copied().flatten();
    let shown = chosen.or_else(|| (!item.offers().is_empty()).then_some(0));
    let old = item.quotes.join(" … ");
    let old = in_one_line(&old);
    let around = item.surroundings.as_ref();
    let (before, after) = around.map_or(("", ""), |(before, after)| (before, after));
    let place = shown.and_then(|at| item.offers().get(at));
    let now = place.map(|place| {
        let (before, after) = surroundings(&found.document.text, &place.extent(), KEPT);
        [before, new_quote(found, item, shown.unwrap_or_default()).into(), after]
    });
    let width = ui.available_width();
    let (whole, _) = ui.allocate_exact_size(vec2(width, TEXTS), Sense::hover());
    let half = (width - 10.0) / 2.0;
    let title = match (now.is_some(), chosen) {
        (false, _) => "Now: nothing like it",
        (true, Some(_)) => "Now",
        (true, None) => "Now, perhaps",
    };
    let look = colours.label(session.schema(), &item.annotation.label);
    let column = |left: f32, title: &str, parts: [&str; 3]| {
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(half, TEXTS));
        ui.painter().rect_filled(rect, 4.0, colours.page);
        let inner = rect.shrink2(vec2(12.0, 8.0));
        let heading =
            Prose::new(ui.ctx(), title, fonts::strong(12.0), colours.soft, inner.width(), 1);
        let below = heading.size.y + 4.0;
        heading.paint(ui.painter(), inner.min);
        let fonts = [(fonts::strong(14.0), look.colour), (fonts::sans(14.0), colours.ink)];
        let text = Prose::in_context(ui.ctx(), parts, fonts, inner.width(), LINES);
        text.paint(&ui.painter().with_clip_rect(rect), inner.min + vec2(0.0, below));
    };
    let quote = shortened_in_the_middle(&old, QUOTE);
    column(whole.left(), "Before", [&end(before), &quote, &start(after)]);
    let [before, quote, after] = now.unwrap_or_default();
    let quote = shortened_in_the_middle(&quote, QUOTE);
    column(whole.left() + half + 10.0, title, [&end(&before), &quote, &start(&after)]);
}

/// The end of what stands before a quote, from the start of a word where there is one.
fn end(words: &str) -> String {
    let count = words.chars().count();
    if count <= AROUND {
        return words.to_owned();
    }
    let cut: String = words.chars().skip(count - AROUND).collect();
    let from = cut.find(' ').filter(|at| at + 1 < cut.len()).unwrap_or_default();
    format!("…{}", cut.get(from..).unwrap_or_default())
}

/// The start of what stands after it, to the end of a word where there is one.
fn start(words: &str) -> String {
    if words.chars().count() <= AROUND {
        return words.to_owned();
    }
    let cut: String = words.chars().take(AROUND).collect();
    let to = cut.rfind(' ').filter(|at| *at > 0).unwrap_or(cut.len());
    format!("{} …", cut.get(..to).unwrap_or_default())
}

/// What can be done with the annotation of the row, by mouse and with its keys.
fn offers_ui(
    ui: &mut Ui,
    placement: &Placement,
    item: &Item,
    current: bool,
    messages: &mut Vec<Message>,
) {
    let (at, count) = (placement.at, item.offers().len());
    let chosen = placement.chosen.get(at).copied().flatten();
    ui.horizontal_wrapped(|ui| {
        for place in 0..count {
            let title = match count {
                1 => "Take this place".to_owned(),
                _ => format!("Place {}", place + 1),
            };
            if ui.selectable_label(chosen == Some(place), title).clicked() {
                messages.push(Placing::Choose(at, Some(place)).into());
            }
        }
        let title = if count == 0 { "It waits" } else { "Let it wait" };
        if ui.selectable_label(chosen.is_none(), title).clicked() {
            messages.push(Placing::Choose(at, None).into());
        }
        if current {
            if ui.button("Select it in the article").clicked() {
                messages.push(Placing::ByHand(at).into());
            }
            if ui.button("Remove it").clicked() {
                messages.push(Placing::Remove(at).into());
            }
            key_hint(ui, "Delete", "remove");
            key_hint(ui, "Enter", "select in the article");
        }
        key_hint(ui, "N", "next that waits");
        match count {
            0 => {}
            1 => key_hint(ui, "Space", "take or leave"),
            _ => {
                key_hint(ui, "1–9", "choose");
                key_hint(ui, "Space", "take or leave");
            }
        }
    });
}

fn apply_ui(ui: &mut Ui, placement: &Placement, found: &Reanchoring, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let placed = placement.placed();
    ui.horizontal_wrapped(|ui| {
        let (title, ready) = if found.is_current() {
            (format!("Place {}", counted(placed, "tag")), placed > 0)
        } else {
            (format!("Bring {} over", counted(placed, "tag")), true)
        };
        let button = ui.add_enabled(ready && !placement.writing, egui::Button::new(title));
        if button.clicked() {
            messages.push(Placing::Apply.into());
        }
        if ui.button("Not now").clicked() {
            messages.push(Message::CloseDialog);
        }
        let words = if found.is_current() {
            "One step, which one undo takes back"
        } else {
            "Undo does not reach back before it; the file as it was is kept in .tandai/earlier"
        };
        ui.label(RichText::new(words).color(colours.soft));
        key_hint(ui, CONFIRMS, "confirm");
    });
}
