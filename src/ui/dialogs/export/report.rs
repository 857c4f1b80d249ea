//! What an export would lose, how it would be shared out, and how it would look.

use std::path::Path;

use egui::{Frame, Margin, RichText, Role, ScrollArea, Ui, WidgetInfo, vec2};

use super::losses;
use crate::exchange::Split;
use crate::session::{Exporting, counted};
use crate::transfer::ExportReport;
use crate::ui::parts::choices;
use crate::ui::theme::palette;

/// The height of what is shown, in points.
const HEIGHT: f32 = 190.0;

/// What of a look is before the person.
#[derive(Default)]
pub(super) struct Shown {
    page: Page,
    /// The file whose start is shown, by its place.
    file: usize,
    /// The loss that is read in full, by its place.
    loss: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Losses,
    Preview,
    Parts,
}

/// Where two can be seen side by side, in points.
const WIDE: f32 = 720.0;

pub(super) fn show(ui: &mut Ui, exporting: &Exporting, report: &ExportReport, shown: &mut Shown) {
    let split = report.split.as_ref();
    heading(ui, exporting, report);
    let losses = match report.losses.total() {
        0 if report.is_whole() => "What is lost: nothing".to_owned(),
        0 => "What is lost: what could not be read".to_owned(),
        count => format!("What is lost: {count}"),
    };
    let mut tabs = vec![(Page::Losses, losses), (Page::Preview, "How it looks".to_owned())];
    tabs.extend(split.map(|_| (Page::Parts, "Parts".to_owned())));
    if ui.available_width() < WIDE {
        tabs_ui(ui, &mut shown.page, &tabs);
        ground_ui(ui, |ui| page_ui(ui, shown.page, exporting, report, shown));
        return;
    }
    // How it looks is always seen on the right.
    let (left, right): (Vec<_>, Vec<_>) =
        tabs.into_iter().partition(|(tab, _)| *tab != Page::Preview);
    ui.columns_const(|[one, other]| {
        let mut page = if shown.page == Page::Preview { Page::Losses } else { shown.page };
        tabs_ui(one, &mut page, &left);
        shown.page = page;
        ground_ui(one, |ui| page_ui(ui, page, exporting, report, shown));
        tabs_ui(other, &mut Page::Preview.clone(), &right);
        ground_ui(other, |ui| page_ui(ui, Page::Preview, exporting, report, shown));
    });
}

fn tabs_ui(ui: &mut Ui, page: &mut Page, tabs: &[(Page, String)]) {
    if !tabs.iter().any(|(tab, _)| tab == page) {
        *page = Page::Losses;
    }
    ui.horizontal_wrapped(|ui| {
        for (tab, title) in tabs {
            let chosen = page == tab;
            if tabs.len() == 1 {
                ui.add_sized(vec2(0.0, 26.0), egui::Label::new(title));
                continue;
            }
            let response = ui.selectable_label(chosen, title);
            response.widget_info(|| WidgetInfo::selected(Role::Tab, true, chosen, title));
            if response.clicked() {
                *page = *tab;
            }
        }
    });
}

fn ground_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    let fill = palette(ui.ctx()).page;
    Frame::new().fill(fill).inner_margin(Margin::same(8)).corner_radius(5).show(ui, |ui| {
        ui.allocate_ui(vec2(ui.available_width(), HEIGHT), |ui| {
            ui.set_min_size(vec2(ui.available_width(), HEIGHT));
            ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), content);
        });
    });
}

fn page_ui(
    ui: &mut Ui,
    page: Page,
    exporting: &Exporting,
    report: &ExportReport,
    shown: &mut Shown,
) {
    match (page, &report.split) {
        (Page::Preview, _) => preview_ui(ui, report, &mut shown.file),
        (Page::Parts, Some(split)) => parts_ui(ui, split),
        _ => losses::show(ui, exporting, report, &mut shown.loss),
    }
}

fn heading(ui: &mut Ui, exporting: &Exporting, report: &ExportReport) {
    ui.label(format!("{}: {}", exporting.choice.format.title(), report.contents()));
    let colours = palette(ui.ctx());
    if !report.left_out.is_empty() {
        let count = counted(report.left_out.len(), "article");
        let first = report.left_out.first();
        let first = first.map(|one| format!("{}: {}", one.document, one.reason));
        let words = format!("{count} not in it. {}", first.unwrap_or_default());
        ui.colored_label(colours.warning, words);
    }
    let warnings = report.split.as_ref().map(Split::warnings).unwrap_or_default();
    if !warnings.is_empty() {
        let words = format!("{}. Another seed shares out otherwise.", warnings.join("; "));
        ui.colored_label(colours.warning, words);
    }
    if let Some(problem) = report.problems.first() {
        let place = place_of(&problem.path);
        let words = match report.problems.len() {
            1 => format!("{place} is not in it: {}", problem.kind),
            count => format!("{count} files are not in it: {place}: {}; …", problem.kind),
        };
        ui.colored_label(colours.warning, words);
    }
}

/// A file's name behind that of its folder, which says whose it is.
pub(super) fn place_of(file: &Path) -> String {
    let mut parts: Vec<_> = file.iter().rev().take(2).map(|part| part.to_string_lossy()).collect();
    parts.reverse();
    parts.join("/")
}

fn preview_ui(ui: &mut Ui, report: &ExportReport, file: &mut usize) {
    let names: Vec<&str> = report.preview.iter().map(|(name, _)| name.as_str()).collect();
    let current = names.get(*file).or(names.first()).copied().unwrap_or_default();
    if names.len() > 1
        && let Some(picked) = choices(ui, "File", &names, current, true)
    {
        *file = names.iter().position(|name| *name == picked).unwrap_or_default();
    }
    let shown = report.preview.get(*file).or(report.preview.first());
    let Some((_, content)) = shown else {
        ui.label(RichText::new("There is nothing to export").color(palette(ui.ctx()).soft));
        return;
    };
    ScrollArea::vertical().id_salt("preview").auto_shrink(false).show(ui, |ui| {
        ui.add(egui::Label::new(RichText::new(content).monospace()).wrap());
    });
}

fn parts_ui(ui: &mut Ui, split: &Split) {
    let labels = split.labels();
    ScrollArea::both().id_salt("parts").auto_shrink(false).show(ui, |ui| {
        egui::Grid::new("parts").striped(false).spacing(vec2(18.0, 4.0)).show(ui, |ui| {
            ui.strong("Part");
            ui.strong("Share");
            ui.strong("Articles");
            for label in &labels {
                ui.strong(label.as_ref());
            }
            ui.end_row();
            for part in &split.parts {
                ui.label(part.name.as_ref());
                ui.label(part.weight.to_string());
                ui.label(part.documents.to_string());
                for label in &labels {
                    let count = part.labels.get(*label).copied().unwrap_or_default();
                    ui.label(count.to_string());
                }
                ui.end_row();
            }
        });
        let soft = palette(ui.ctx()).soft;
        let words = match split.same_story.len() {
            0 => "No two articles have nearly the same text.".to_owned(),
            count => format!(
                "{} of articles with nearly the same text: each is kept in one part.",
                counted(count, "group")
            ),
        };
        ui.label(RichText::new(words).color(soft));
    });
}
