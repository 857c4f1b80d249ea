//! Draws lines: names before bars, and figures behind them.

use std::ops::Range;

use egui::{Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_plot::{Bar as PlotBar, BarChart, Plot};

use super::line::{Bar, Ink, Line};
use crate::corpus::Schema;
use crate::review::Slice;
use crate::ui::fonts;
use crate::ui::parts::{row, swatch};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// The height of a line, in points.
const ROW: f32 = 25.0;
/// The same where the name stands above the bar, for want of room beside it.
const TALL_ROW: f32 = 43.0;
/// Less than this has no room for a name beside a bar.
const NARROW: f32 = 430.0;
/// The least room for names beside bars, and about what a letter of them takes.
const NAMES: f32 = 130.0;
const LETTER: f32 = 7.0;
/// The least room for the figures behind the longest bar, and about what a letter of them takes.
const FIGURES: f32 = 104.0;
const FIGURE: f32 = 6.6;
/// Of a line of usual height, how much a bar takes.
const THICKNESS: f64 = 0.54;

/// How lines are laid out in a width.
#[derive(Clone, Copy)]
pub(super) struct Layout {
    pub(super) row: f32,
    names: f32,
    figures: f32,
    narrow: bool,
}

impl Layout {
    /// The layout in a width, where names and figures have so many characters at most.
    pub(super) fn of(width: f32, (name, figures): (usize, usize)) -> Self {
        let figures = (figures as f32 * FIGURE + 10.0).max(FIGURES);
        if width < NARROW {
            Self { row: TALL_ROW, names: 0.0, figures, narrow: true }
        } else {
            let names = (name as f32 * LETTER + 28.0).clamp(NAMES, width * 0.42);
            Self { row: ROW, names, figures, narrow: false }
        }
    }

    /// Where the bars of some lines may be.
    fn column(self, lines: Rect) -> Rect {
        let left = lines.left() + if self.narrow { 8.0 } else { self.names };
        let right = lines.right() - self.figures;
        Rect::from_min_max(pos2(left, lines.top()), pos2(right, lines.bottom()))
    }

    /// The middle of a bar and its thickness, in lines from the top of its own.
    fn middle(self) -> (f64, f64) {
        if self.narrow { (0.72, THICKNESS * 0.58) } else { (0.5, THICKNESS) }
    }
}

/// Draws lines from `first` on, where the cursor is. Returns what was pressed.
pub(super) fn show<'a>(
    ui: &mut Ui,
    schema: &Schema,
    layout: Layout,
    lines: &'a [Line],
    range: &Range<usize>,
    chosen: usize,
) -> Option<&'a Slice> {
    let mut pressed = None;
    let mut bars = Vec::new();
    let mut whole = Rect::NOTHING;
    for (at, line) in lines.iter().enumerate().take(range.end).skip(range.start) {
        let rect = match line {
            Line::Bar(bar) => {
                let (rect, response) = row(ui, layout.row, (true, chosen == at), &bar.spoken);
                if response.clicked() {
                    pressed = Some(&bar.slice);
                }
                response.on_hover_text(&bar.spoken);
                bars.push((at - range.start, &**bar, rect));
                rect
            }
            Line::Heading(words) => {
                let rect = words_ui(ui, layout, words, true);
                if at > 0 {
                    let rule = egui::Stroke::new(1.0, palette(ui.ctx()).rule);
                    ui.painter().hline(rect.x_range(), rect.top(), rule);
                }
                rect
            }
            Line::Words(words) => words_ui(ui, layout, words, false),
            Line::Key(key) => key_ui(ui, schema, layout, key),
        };
        whole = whole.union(rect);
    }
    if !bars.is_empty() {
        plot_ui(ui, schema, layout, layout.column(whole), range.len(), &bars);
        for (_, bar, rect) in bars {
            figures_ui(ui, layout, bar, rect);
        }
    }
    pressed
}

/// All bars in view, as one plot: a line is one high, and a whole bar one long.
fn plot_ui(
    ui: &mut Ui,
    schema: &Schema,
    layout: Layout,
    column: Rect,
    lines: usize,
    bars: &[(usize, &Bar, Rect)],
) {
    let colours = palette(ui.ctx());
    let (middle, thickness) = layout.middle();
    let mut drawn = Vec::new();
    for (line, bar, _) in bars {
        let mut left = 0.0;
        for (share, ink) in bar.parts.iter().filter(|(share, _)| *share > 0.0) {
            let (fill, edge) = ink.look(colours, schema);
            let part = PlotBar::new(*line as f64 + middle, *share).base_offset(left);
            drawn.push(part.width(thickness).fill(fill).stroke(edge));
            left += share;
        }
    }
    let mut child = ui.new_child(UiBuilder::new().max_rect(column).id_salt("bars"));
    Plot::new("bars")
        .width(column.width())
        .height(column.height())
        .show_axes(false)
        .show_grid(false)
        .show_background(false)
        .show_crosshair(false)
        .set_margin_fraction(egui::Vec2::ZERO)
        // It is looked at; the rows below it are pressed, and the wheel scrolls the page.
        .sense(Sense::hover())
        .allow_drag(false)
        .allow_zoom(false)
        .allow_scroll(false)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .invert_y(true)
        .show(&mut child, |plot| {
            plot.set_plot_bounds_x(0.0..=1.0);
            plot.set_plot_bounds_y(0.0..=lines as f64);
            plot.bar_chart(BarChart::new("", drawn).horizontal().allow_hover(false));
        });
}

/// The name before a bar, and what stands behind it.
fn figures_ui(ui: &Ui, layout: Layout, bar: &Bar, rect: Rect) {
    let colours = palette(ui.ctx());
    let column = layout.column(rect);
    let (middle, _) = layout.middle();
    #[expect(clippy::cast_possible_truncation, reason = "shares of a line")]
    let (middle, length) = (
        rect.top() + layout.row * middle as f32,
        bar.parts.iter().map(|(share, _)| *share).sum::<f64>() as f32 * column.width(),
    );
    let left = rect.left() + 8.0;
    let (width, name_middle) = if layout.narrow {
        (rect.width() - 16.0, rect.top() + layout.row * 0.28)
    } else {
        (column.left() - left - 12.0, middle)
    };
    let name = Prose::new(ui.ctx(), &bar.name, fonts::sans(13.0), colours.ink, width, 1);
    let top = name_middle - name.size.y / 2.0;
    name.paint(ui.painter(), pos2(left, top));
    let value = pos2(column.left() + length.clamp(0.0, column.width()) + 7.0, middle);
    let font = fonts::sans(12.0);
    ui.painter().text(value, egui::Align2::LEFT_CENTER, &bar.value, font, colours.soft);
}

fn words_ui(ui: &mut Ui, layout: Layout, words: &str, heading: bool) -> Rect {
    let colours = palette(ui.ctx());
    let size = vec2(ui.available_width(), layout.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let role = if heading { Role::Heading } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    let (font, ink) = if heading {
        (fonts::strong(13.5), colours.ink)
    } else {
        (fonts::sans(12.0), colours.soft)
    };
    // Two lines fit into a tall one.
    let most = if layout.narrow { 2 } else { 1 };
    let prose = Prose::new(ui.ctx(), words, font, ink, rect.width() - 16.0, most);
    // A heading belongs to what is below it.
    let top = if heading {
        rect.bottom() - prose.size.y - 3.0
    } else {
        rect.center().y - prose.size.y / 2.0
    };
    prose.paint(ui.painter(), pos2(rect.left() + 8.0, top));
    rect
}

/// What the colours of the parts of bars stand for.
fn key_ui(ui: &mut Ui, schema: &Schema, layout: Layout, key: &[(&str, Ink)]) -> Rect {
    let colours = palette(ui.ctx());
    let size = vec2(ui.available_width(), layout.row);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let words: Vec<&str> = key.iter().map(|(word, _)| *word).collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.join(", ")));
    let mut left = rect.left() + 8.0;
    for (word, ink) in key {
        let (fill, edge) = ink.look(colours, schema);
        let centre = pos2(left + 4.0, rect.center().y);
        swatch(ui.painter(), centre, fill);
        let square = Rect::from_center_size(centre, vec2(7.0, 7.0));
        ui.painter().rect_stroke(square, 2.0, edge, egui::StrokeKind::Inside);
        let galley =
            ui.painter().layout_no_wrap((*word).to_owned(), fonts::sans(12.0), colours.soft);
        let at = pos2(left + 13.0, rect.center().y - galley.size().y / 2.0);
        left = at.x + galley.size().x + 14.0;
        ui.painter().galley(at, galley, colours.soft);
    }
    rect
}
