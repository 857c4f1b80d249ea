//! Agreement article by article, those that differ most first.

use std::sync::Arc;

use egui::{Align2, EventFilter, Id, Key, Rect, Ui, pos2};
use egui_plot::{Plot, PlotPoints, Points};

use crate::corpus::DocumentPath;
use crate::review::{Agreement, Whose};
use crate::session::{Message, Reviewing, Session, Shown, counted};
use crate::ui::fonts;
use crate::ui::parts::{row, rows, walked};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

const ROW: f32 = 25.0;
/// How many rows a page key goes over.
const PAGE: usize = 8;
/// Height of the plot, in points, and the most of a low sheet.
const PLOT: f32 = 170.0;
const PLOT_SHARE: f32 = 0.4;
/// Width of a column of figures.
const FIGURE: f32 = 92.0;

/// The articles in their order, and where one is among them.
#[derive(Default)]
pub(super) struct Articles {
    cursor: usize,
    sorted: Vec<Article>,
    /// What they were sorted from.
    of: Option<(u64, Whose)>,
}

struct Article {
    document: DocumentPath,
    exact: Option<f64>,
    overlap: Option<f64>,
}

impl Articles {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (agreement, number): (&Agreement, u64),
        whose: Whose,
        (id, focused): (Id, bool),
        messages: &mut Vec<Message>,
    ) {
        self.sort(agreement, number, whose);
        let before = self.cursor;
        let mut pressed = focused.then(|| self.take_keys(ui, id)).flatten();
        self.cursor = self.cursor.min(self.sorted.len().saturating_sub(1));
        if self.sorted.is_empty() {
            ui.label("Nobody has marked anything in these articles");
            return;
        }
        if let Some(at) = self.plot_ui(ui) {
            self.cursor = at;
            pressed = Some(at);
        }
        self.head_ui(ui);
        let centre = (before != self.cursor).then_some(self.cursor);
        let cursor = self.cursor;
        rows(ui, "articles by agreement", ROW, self.sorted.len(), centre, |ui, at| {
            if let Some(article) = self.sorted.get(at)
                && article_ui(ui, session, article, at == cursor)
            {
                pressed = Some(at);
            }
        });
        if let Some(article) = pressed.and_then(|at| self.sorted.get(at)) {
            self.cursor = pressed.unwrap_or_default();
            let document = Some(article.document.clone());
            let shown = Shown { document, ..Shown::all_kinds() };
            messages.push(Reviewing::ListBehind(whose, shown).into());
        }
    }

    /// Sorts the articles anew where they would be others.
    fn sort(&mut self, agreement: &Agreement, number: u64, whose: Whose) {
        let of = Some((number, whose));
        if self.of == of {
            return;
        }
        self.of = of;
        let all = agreement.by_document(whose).into_iter();
        let marked = all.filter(|(_, exact, overlap)| exact.is_some() || overlap.is_some());
        self.sorted = marked
            .map(|(document, exact, overlap)| Article {
                document: document.clone(),
                exact,
                overlap,
            })
            .collect();
        self.sorted.sort_by(|one, other| {
            let key = |article: &Article| article.exact.unwrap_or(1.0);
            key(one).total_cmp(&key(other)).then_with(|| one.document.cmp(&other.document))
        });
    }

    fn take_keys(&mut self, ui: &Ui, id: Id) -> Option<usize> {
        let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let pressed = |key| ui.input(|input| input.key_pressed(key) && input.modifiers.is_none());
        let walked = walked(ui, Some(self.cursor), self.sorted.len(), PAGE);
        self.cursor = walked.unwrap_or(self.cursor);
        pressed(Key::Enter).then_some(self.cursor)
    }

    /// A point for each article. Returns the one that was pressed.
    fn plot_ui(&self, ui: &mut Ui) -> Option<usize> {
        let colours = palette(ui.ctx());
        let series = |figure: fn(&Article) -> Option<f64>| -> Vec<[f64; 2]> {
            let all = self.sorted.iter().enumerate();
            all.filter_map(|(at, article)| Some([at as f64, figure(article)?])).collect()
        };
        let here =
            self.sorted.get(self.cursor).and_then(|article| article.exact.or(article.overlap));
        let last = self.sorted.len() as f64;
        let height = PLOT.min(ui.available_height() * PLOT_SHARE);
        let plot = Plot::new("agreement by article")
            .height(height)
            .show_background(false)
            .allow_drag(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .include_y(0.0)
            .include_y(1.05)
            .include_x(-0.5)
            .include_x(last - 0.5)
            .show_axes([false, true])
            .show_grid([false, true]);
        let shown = plot.show(ui, |plot| {
            let overlap: PlotPoints<'_> = series(|article| article.overlap).into();
            plot.points(
                Points::new("F1 overlap", overlap).radius(3.5).filled(false).color(colours.soft),
            );
            let exact: PlotPoints<'_> = series(|article| article.exact).into();
            plot.points(Points::new("F1 exact", exact).radius(3.5).color(colours.ink));
            if let Some(value) = here {
                let at: PlotPoints<'_> = vec![[self.cursor as f64, value]].into();
                plot.points(Points::new("here", at).radius(6.0).filled(false).color(colours.ring));
            }
            plot.pointer_coordinate()
        });
        let clicked = shown.response.clicked().then_some(shown.inner).flatten()?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
        let at = clicked.x.round().clamp(0.0, last - 1.0) as usize;
        Some(at)
    }

    fn head_ui(&self, ui: &mut Ui) {
        let colours = palette(ui.ctx());
        let size = egui::vec2(ui.available_width(), 22.0);
        let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
        let write = |x: f32, words: String, colour| {
            let at = pos2(x, rect.center().y);
            ui.painter().text(at, Align2::LEFT_CENTER, words, fonts::strong(11.5), colour);
        };
        write(rect.left() + 8.0, counted(self.sorted.len(), "article"), colours.soft);
        write(rect.right() - 2.0 * FIGURE, "● F1 exact".to_owned(), colours.ink);
        write(rect.right() - FIGURE, "○ F1 overlap".to_owned(), colours.soft);
    }
}

/// Draws an article's row. Returns whether it is pressed.
fn article_ui(ui: &mut Ui, session: &Session, article: &Article, chosen: bool) -> bool {
    let colours = palette(ui.ctx());
    let figure =
        |value: Option<f64>| value.map_or_else(|| "n/a".to_owned(), |value| format!("{value:.3}"));
    let (exact, overlap) = (figure(article.exact), figure(article.overlap));
    let documents = session.documents();
    let title: Arc<str> = documents
        .row(&article.document)
        .map_or_else(|| article.document.name().into(), |row| row.title().into());
    let spoken = format!("{title}: F1 exact {exact}, overlap {overlap}");
    let (rect, response) = row(ui, ROW, (true, chosen), &spoken);
    let room = rect.width() - 2.0 * FIGURE - 16.0;
    let prose = Prose::new(ui.ctx(), &title, fonts::sans(13.0), colours.ink, room.max(40.0), 1);
    let top = rect.center().y - prose.size.y / 2.0;
    let clip = Rect::from_min_max(rect.min, pos2(rect.left() + 8.0 + room, rect.bottom()));
    prose.paint(&ui.painter().with_clip_rect(clip), pos2(rect.left() + 8.0, top));
    for (x, words) in [(rect.right() - 2.0 * FIGURE, exact), (rect.right() - FIGURE, overlap)] {
        let at = pos2(x, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, words, fonts::sans(13.0), colours.ink);
    }
    response.clicked()
}
