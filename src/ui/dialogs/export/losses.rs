//! What an export would lose, a line each.

use egui::{EventFilter, Id, RichText, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, vec2};

use crate::exchange::{Format, Loss};
use crate::session::Exporting;
use crate::transfer::ExportReport;
use crate::ui::fonts;
use crate::ui::parts::{self, focus_ring, rows, shortened};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// The height of a line, in points.
const ROW: f32 = 20.0;
/// How many of them are a page.
const PAGE: usize = 5;
/// The height of the loss that is read in full, and how many lines it has at most.
const IN_FULL: f32 = 52.0;
const LINES_IN_FULL: usize = 3;
/// Characters of a quote that leave room for the reason.
const QUOTE: usize = 24;

/// The lines; that at the place `at`, to which the keys go, is read in full below them.
pub(super) fn show(ui: &mut Ui, exporting: &Exporting, report: &ExportReport, at: &mut usize) {
    let colours = palette(ui.ctx());
    let losses = &report.losses;
    if losses.total() == 0 {
        let words = if report.is_whole() {
            "Everything that is marked is carried: spans, fragments, links, attributes and notes."
        } else {
            "Everything marked that could be read is carried: spans, fragments, links, attributes and \
             notes."
        };
        ui.label(RichText::new(words).color(colours.soft));
        beside_ui(ui, exporting.choice.format);
        return;
    }
    let format = exporting.choice.format.title();
    let more = if losses.total() > losses.shown().len() { " The first thousand:" } else { "" };
    ui.label(format!("{format} cannot carry {} as they are.{more}", losses.words()));
    beside_ui(ui, exporting.choice.format);
    let count = losses.shown().len();
    *at = (*at).min(count.saturating_sub(1));
    let (_, rect) = ui.allocate_space(ui.available_size());
    let (list, in_full) = rect.split_top_bottom_at_y(rect.bottom() - IN_FULL);
    let whole = ui.interact(rect, Id::unique("losses"), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::List, true, "What is lost"));
    let walked = whole.has_focus().then(|| {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(whole.id, arrows));
        parts::walked(ui, Some(*at), count, PAGE)
    });
    let walked = walked.flatten();
    *at = walked.unwrap_or(*at);
    let font = || fonts::sans(12.0);
    let mut inside = ui.new_child(UiBuilder::new().max_rect(list.shrink(2.0)));
    rows(&mut inside, "losses", ROW, count, walked, |ui, row| {
        let Some(loss) = losses.shown().get(row) else { return };
        let words = loss_words(loss);
        let width = ui.available_width();
        let (rect, response) = ui.allocate_exact_size(vec2(width, ROW), Sense::CLICK);
        response.widget_info(|| WidgetInfo::selected(Role::ListItem, true, row == *at, &words));
        if row == *at {
            ui.painter().rect_filled(rect, 3.0, colours.selected);
        }
        let line = Prose::new(ui.ctx(), &words, font(), colours.ink, width - 8.0, 1);
        line.paint(ui.painter(), rect.left_top() + vec2(4.0, 2.0));
        if response.clicked() {
            *at = row;
        }
    });
    // Lines are cut; the one that one is at is not.
    if let Some(loss) = losses.shown().get(*at) {
        let words = loss_words(loss);
        let width = in_full.width() - 12.0;
        let prose = Prose::new(ui.ctx(), &words, font(), colours.ink, width, LINES_IN_FULL);
        ui.painter().hline(list.x_range(), list.bottom(), Stroke::new(1.0, colours.rule));
        prose.paint(ui.painter(), in_full.left_top() + vec2(6.0, 4.0));
    }
    if whole.has_focus() {
        focus_ring(ui.painter(), colours, rect);
    }
}

/// What is in no export, or has no place in this format, beside what is marked.
fn beside_ui(ui: &mut Ui, format: Format) {
    let no_place = format.has_no_place_for();
    let no_place = no_place.map(|what| format!("{} has no place for {what}. ", format.title()));
    let words = format!(
        "{}What was reviewed, rejected or settled stays in the project.",
        no_place.unwrap_or_default()
    );
    ui.label(RichText::new(words).size(12.0).color(palette(ui.ctx()).soft));
}

fn loss_words(loss: &Loss) -> String {
    let quote = shortened(&loss.quote, QUOTE);
    let quote = if quote.is_empty() { quote } else { format!(" “{quote}”") };
    let Loss { label, reason, instead, annotator, document, .. } = loss;
    format!("{label}{quote}: {reason}; {instead} ({annotator}, {document})")
}
