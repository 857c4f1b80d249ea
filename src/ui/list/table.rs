//! The table of all annotations.

use egui::{Align2, Color32, Id, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::in_context::InContext;
use super::{ROW, document_title};
use crate::review::{ReviewStanding, TableColumn, TableLine, TableRow};
use crate::session::{Command, Message, Reviewing, Session};
use crate::ui::fonts;
use crate::ui::parts::{self, command_button, swatch, text_line, unread_ui};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// Width of the tick before a row, in points.
const TICK: f32 = 22.0;
/// Width of who has marked the words of a concordance, and of a row that has room for it.
const WHOSE: f32 = 60.0;
const WITH_ANNOTATOR: f32 = 480.0;
/// Width of the filter.
const FILTER: f32 = 205.0;

pub(super) fn empty_words(session: &Session) -> String {
    match session.table() {
        Some(table) if table.progress.running => "Looking…".to_owned(),
        Some(table) if table.count() > 0 => {
            format!("No annotation passes the filter\n{}", filter_help(session))
        }
        _ => "Nothing is marked in any article".to_owned(),
    }
}

/// What can be typed into the filter, with names that there are.
fn filter_help(session: &Session) -> String {
    let schema = session.schema();
    let label = schema.labels().first().map_or("…", |label| &*label.name);
    let attribute = schema.attributes().first();
    let attribute = attribute
        .map_or("…=…".to_owned(), |one| format!("{}={}", one.name, one.default_value()));
    format!(
        "label:{label}   attribute:{attribute}   note:word   annotator:name   \
         has:note   has:link   has:problem   review:open   document:name\n\
         Words are looked for in quotes; -word: not there"
    )
}

fn filter_id() -> Id {
    Id::unique("filter of the table")
}

/// How many annotations there are, and what they are narrowed to.
pub(super) fn heading_ui(
    ui: &mut Ui,
    session: &Session,
    wants_filter: bool,
    messages: &mut Vec<Message>,
) {
    let Some(table) = session.table() else { return };
    let colours = palette(ui.ctx());
    let listed = table.listed();
    // Rows that have come are not listed at once; that is no filter.
    let title = if table.filter.trim().is_empty() {
        format!("Annotations · {}", table.count())
    } else {
        format!("Annotations · {listed} of {}", table.count())
    };
    ui.label(RichText::new(title).font(fonts::strong(12.0)).color(colours.ink));
    let mut typed = table.filter.clone();
    let width = FILTER.min(ui.available_width() - 20.0);
    let response = ui.add(text_line("Filter the table", &mut typed, |edit| {
        edit.id(filter_id()).desired_width(width).hint_text("Filter: words, label:claim")
    }));
    if wants_filter {
        response.request_focus();
        parts::select_all(ui, filter_id(), &table.filter);
    }
    if typed != table.filter {
        messages.push(Reviewing::FilterTable(typed).into());
    }
    let leaves = [egui::Key::Enter, egui::Key::Escape, egui::Key::ArrowDown];
    let left = ui.input(|input| leaves.iter().any(|key| input.key_pressed(*key)));
    if (response.has_focus() || response.lost_focus()) && left {
        messages.push(Message::GoToList);
    }
    if table.progress.running {
        let words = format!("{} of {} articles", table.progress.looked_at, table.progress.of);
        ui.label(RichText::new(words).color(colours.soft));
        command_button(ui, session, Command::CancelWork, "Stop", messages);
    }
    let ticked = match table.ticked.len() {
        0 => "Change…".to_owned(),
        count => format!("Change {count}…"),
    };
    command_button(ui, session, Command::ChangeRows, ticked, messages);
    let grouped = if table.arrangement.grouped { "Ungroup" } else { "Group" };
    command_button(ui, session, Command::GroupRows, grouped, messages);
    let rows = if table.concordance { "Rows" } else { "Concordance" };
    command_button(ui, session, Command::ToggleConcordance, rows, messages);
    if let Some(error) = &table.error {
        ui.label(RichText::new(error).color(colours.warning));
    }
    unread_ui(ui, &table.unread);
}

/// The columns that there is room for in a row, from the left.
fn columns(row: Rect) -> Vec<(TableColumn, Rect)> {
    /// Widths, in points; what is left over is the quote's.
    const WIDTHS: [(TableColumn, f32); 9] = [
        (TableColumn::Document, 120.0),
        (TableColumn::Label, 84.0),
        (TableColumn::Quote, 0.0),
        (TableColumn::Annotator, 78.0),
        (TableColumn::Values, 120.0),
        (TableColumn::Links, 40.0),
        (TableColumn::Note, 90.0),
        (TableColumn::Problems, 52.0),
        (TableColumn::Review, 78.0),
    ];
    /// Those that are left out first where there is little room.
    const SPARED: [TableColumn; 6] = [
        TableColumn::Note,
        TableColumn::Values,
        TableColumn::Links,
        TableColumn::Problems,
        TableColumn::Annotator,
        TableColumn::Document,
    ];
    const LEAST_QUOTE: f32 = 190.0;
    let room = row.width() - TICK;
    let mut shown: Vec<(TableColumn, f32)> = WIDTHS.to_vec();
    let used = |shown: &[(TableColumn, f32)]| shown.iter().map(|(_, width)| width).sum::<f32>();
    for spared in SPARED {
        if room - used(&shown) >= LEAST_QUOTE {
            break;
        }
        shown.retain(|(column, _)| *column != spared);
    }
    let quote = (room - used(&shown)).max(60.0);
    let mut left = row.left() + TICK;
    let placed = shown.into_iter().map(|(column, width)| {
        let width = if column == TableColumn::Quote { quote } else { width };
        let cell = Rect::from_min_size(pos2(left, row.top()), vec2(width - 8.0, row.height()));
        left += width;
        (column, cell)
    });
    placed.collect()
}

/// The heads of the columns, which sort when they are pressed.
pub(super) fn columns_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(table) = session.table() else { return };
    let colours = palette(ui.ctx());
    if table.concordance {
        return;
    }
    let size = vec2(ui.available_width(), 20.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    for (column, cell) in columns(rect) {
        let id = ui.scope_id().with(("head", column.title()));
        let response = ui.interact(cell, id, Sense::click());
        let holds = table.arrangement.by == column;
        response.widget_info(|| {
            let title = format!("Sort by {}", column.title().to_lowercase());
            WidgetInfo::selected(Role::Button, true, holds, title)
        });
        let arrow = match (holds, table.arrangement.descending) {
            (false, _) => "",
            (true, false) => " ↓",
            (true, true) => " ↑",
        };
        let ink = if holds || response.hovered() { colours.ink } else { colours.soft };
        let words = format!("{}{arrow}", column.title());
        let painter = ui.painter().with_clip_rect(cell);
        let at = pos2(cell.left(), cell.center().y);
        painter.text(at, Align2::LEFT_CENTER, words, fonts::strong(11.5), ink);
        if response.has_focus() {
            ui.painter().hline(cell.x_range(), cell.bottom(), Stroke::new(2.0, colours.ring));
        }
        if response.clicked() {
            messages.push(Reviewing::SortTable(column).into());
        }
    }
}

pub(super) fn line_ui(
    ui: &mut Ui,
    session: &Session,
    at: usize,
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let Some(table) = session.table() else { return };
    match table.lines.line(at) {
        Some(TableLine::Heading(heading)) => heading_line_ui(ui, &heading.words, heading.count),
        Some(TableLine::Row(row)) if table.concordance => {
            concordance_ui(ui, session, (at, &row), chosen, messages);
        }
        Some(TableLine::Row(row)) => row_ui(ui, session, (at, &row), chosen, messages),
        None => {}
    }
}

fn heading_line_ui(ui: &mut Ui, words: &str, count: usize) {
    let colours = palette(ui.ctx());
    let size = vec2(ui.available_width(), ROW);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let spoken = format!("{words}: {count}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &spoken));
    let room = rect.width() - 80.0;
    let words = format!("{words} · {count}");
    let prose = Prose::new(ui.ctx(), &words, fonts::strong(12.0), colours.ink, room.max(60.0), 1);
    let top = rect.bottom() - prose.size.y - 4.0;
    prose.paint(ui.painter(), pos2(rect.left() + 4.0, top));
    ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, Stroke::new(1.0, colours.rule));
}

fn spoken(session: &Session, row: &TableRow, reviewed: &Reviewed, ticked: bool) -> String {
    let document = document_title(session, &row.key.document);
    let mut words = format!(
        "{}: {}, {}, {document}, review {}",
        row.label,
        row.quote,
        row.key.annotator,
        reviewed.standing.title()
    );
    for part in [&*row.stored_words(), &*row.link_words, &*row.note].map(str::trim) {
        if !part.is_empty() {
            words.push_str(", ");
            words.push_str(part);
        }
    }
    for problem in &reviewed.problems {
        words.push_str(", ");
        words.push_str(problem);
    }
    if ticked { format!("ticked, {words}") } else { words }
}

/// What is said of a row beside what it is made of.
struct Reviewed {
    standing: ReviewStanding,
    /// What the checks find and nobody means to be so.
    problems: Vec<String>,
}

/// The ground of a line with its tick, and what presses on it do.
fn ground_ui(
    ui: &mut Ui,
    session: &Session,
    (at, row): (usize, &TableRow),
    chosen: bool,
    messages: &mut Vec<Message>,
) -> (Rect, Reviewed) {
    let colours = palette(ui.ctx());
    let reviews = session.reviews();
    let reviewed = Reviewed { standing: reviews.standing(row), problems: reviews.problems(row) };
    let ticked = session.table().is_some_and(|table| table.ticked.contains(&row.key));
    let spoken = spoken(session, row, &reviewed, ticked);
    let (rect, response) = parts::row(ui, ROW, (true, chosen), &spoken);
    let tick = Rect::from_min_size(rect.min, vec2(TICK, rect.height()));
    let on_tick = response.hover_pos().is_some_and(|pointer| tick.contains(pointer));
    if ticked || on_tick {
        let ink = if ticked { colours.ink } else { colours.rule };
        let middle = pos2(tick.center().x - 1.0, tick.center().y);
        ui.painter().text(middle, Align2::CENTER_CENTER, "✓", fonts::strong(13.0), ink);
    }
    if response.double_clicked() {
        messages.push(Message::GoToRow { row: at, open: true });
    } else if response.clicked() && on_tick {
        messages.push(Reviewing::TickRow(at).into());
        messages.push(Message::GoToList);
    } else if response.clicked() {
        messages.push(Message::GoToRow { row: at, open: false });
        messages.push(Message::GoToList);
    }
    (rect, reviewed)
}

fn row_ui(
    ui: &mut Ui,
    session: &Session,
    (at, row): (usize, &TableRow),
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let colours = palette(ui.ctx());
    let (rect, reviewed) = ground_ui(ui, session, (at, row), chosen, messages);
    for (column, cell) in columns(rect) {
        match column {
            TableColumn::Document => {
                let title = document_title(session, &row.key.document);
                write(ui, cell, &title, 11.5, colours.soft);
            }
            TableColumn::Label => {
                label_ui(ui, session, cell, &row.label);
            }
            TableColumn::Quote => quote_ui(ui, cell, row),
            TableColumn::Annotator => {
                write(ui, cell, row.key.annotator.as_str(), 12.0, colours.soft);
            }
            TableColumn::Values => write(ui, cell, &row.stored_words(), 12.0, colours.ink),
            TableColumn::Links => {
                let count = row.links.len();
                let words = if count == 0 { String::new() } else { count.to_string() };
                write(ui, cell, &words, 12.0, colours.ink);
            }
            TableColumn::Note => {
                let sign = if row.to_discuss { "? " } else { "" };
                write(ui, cell, &format!("{sign}{}", row.note), 12.0, colours.ink);
            }
            TableColumn::Problems => {
                let count = reviewed.problems.len();
                let words = if count == 0 { String::new() } else { format!("! {count}") };
                write(ui, cell, &words, 12.0, colours.warning);
            }
            TableColumn::Review => {
                let (words, ink) = match reviewed.standing {
                    ReviewStanding::Open => ("", colours.soft),
                    ReviewStanding::Changed => ("changed", colours.warning),
                    ReviewStanding::InQuestion => ("in question", colours.warning),
                    ReviewStanding::Accepted => ("✓ accepted", colours.soft),
                };
                write(ui, cell, words, 12.0, ink);
            }
        }
    }
}

fn label_ui(ui: &Ui, session: &Session, cell: Rect, label: &str) {
    let colours = palette(ui.ctx());
    let look = colours.label(session.schema(), label);
    swatch(ui.painter(), pos2(cell.left() + 4.0, cell.center().y), look.colour);
    let words = Rect::from_min_max(pos2(cell.left() + 13.0, cell.top()), cell.max);
    write(ui, words, label, 12.5, colours.ink);
}

/// The quote, with as much of what is around it as there is room for.
fn quote_ui(ui: &Ui, cell: Rect, row: &TableRow) {
    let colours = palette(ui.ctx());
    let painter = ui.painter().with_clip_rect(cell);
    let room = cell.width();
    let quote = Prose::new(ui.ctx(), &row.quote, fonts::strong(13.0), colours.ink, room, 1);
    let width = quote.size.x;
    quote.paint_in_row(&painter, cell.left(), cell.center().y);
    let left = room - width;
    if left > 30.0 {
        let font = fonts::sans(13.0);
        let after = Prose::new(ui.ctx(), &row.after, font, colours.soft, left, 1);
        after.paint_in_row(&painter, cell.left() + width, cell.center().y);
    }
}

/// The quotes stand under each other, with what is before and behind them.
fn concordance_ui(
    ui: &mut Ui,
    session: &Session,
    (at, row): (usize, &TableRow),
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let (rect, _) = ground_ui(ui, session, (at, row), chosen, messages);
    let label_width = 96.0_f32.min(rect.width() * 0.2);
    let label = Rect::from_min_size(
        pos2(rect.left() + TICK, rect.top()),
        vec2(label_width - 8.0, rect.height()),
    );
    label_ui(ui, session, label, &row.label);
    let mut left = label.right() + 8.0;
    // Several may have marked the same words.
    if session.everyone().len() > 1 && rect.width() > WITH_ANNOTATOR {
        let whose = Rect::from_min_size(pos2(left, rect.top()), vec2(WHOSE, rect.height()));
        write(ui, whose, row.key.annotator.as_str(), 12.5, palette(ui.ctx()).soft);
        left = whose.right() + 8.0;
    }
    let room = Rect::from_min_max(pos2(left, rect.top()), pos2(rect.right() - 4.0, rect.bottom()));
    let TableRow { before, quote, after, .. } = row;
    let ink = palette(ui.ctx()).ink;
    InContext { before, words: quote, after, ink }.show(ui, room);
}

fn write(ui: &Ui, cell: Rect, words: &str, size: f32, ink: Color32) {
    if words.is_empty() {
        return;
    }
    let prose = Prose::new(ui.ctx(), words, fonts::sans(size), ink, cell.width().max(10.0), 1);
    prose.paint_in_row(&ui.painter().with_clip_rect(cell), cell.left(), cell.center().y);
}
