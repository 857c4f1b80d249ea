//! What annotators who are compared say, thing by thing.

use std::collections::BTreeSet;

use egui::{Align2, Color32, Rect, RichText, Ui, pos2, vec2};

use super::{ROW, document_title, place_ui, place_width};
use crate::corpus::Annotator;
use crate::review::{CaseRow, Kind, Saying, Voice};
use crate::session::{Command, Comparing, Message, Reviewing, Session, Shown, counted};
use crate::ui::fonts;
use crate::ui::parts::{
    self, command_button, shortened, shortened_in_the_middle, swatch, toggles, unread_ui,
};
use crate::ui::theme::palette;
use crate::ui::typeset::Prose;

/// Width of the column that says how they differ, in points.
const KIND: f32 = 112.0;
/// What is left free behind its words.
const KIND_GAP: f32 = 8.0;
/// How much of the usual column for the article there is here, where it is named once.
const PLACE_SHARE: f32 = 0.75;
/// How often a quote is fitted to its cell.
const FITTINGS: usize = 3;
/// The least of a quote that is shown, in characters.
const LEAST: usize = 6;
/// About what a letter takes, in points.
const LETTER: f32 = 7.1;
/// How wide gold's column is beside the others: it is empty, or says what one of them does.
const GOLD_SHARE: f32 = 0.6;

pub(super) fn empty_words(session: &Session) -> String {
    match session.comparing() {
        Some(comparing) if comparing.progress.running => "Comparing…".to_owned(),
        Some(comparing) if comparing.left_out == comparing.progress.of => {
            "There is no article that two of them have begun".to_owned()
        }
        Some(comparing) if comparing.settled() > 0 && !comparing.shown.settled => {
            let open = comparing.open_in_all();
            let narrowed = comparing.shown.kinds.len() < Kind::DIFFERENCES.len();
            let all = session.keymap().key(Command::OnlyThisKind).filter(|_| narrowed);
            match (open, all) {
                (0, _) => "Everything is settled".to_owned(),
                (_, Some(key)) => {
                    format!("Nothing of this kind is left; {key} lists the other {open}")
                }
                (_, None) => format!("Nothing is left of what is listed here; {open} in all are"),
            }
        }
        Some(comparing) if comparing.unread.count() > 0 => {
            "They do not differ in what is to be listed, as far as it could be read".to_owned()
        }
        _ => "They do not differ in what is to be listed".to_owned(),
    }
}

/// Who is compared, how often they differ, and what is listed of it.
pub(super) fn heading_ui(ui: &mut Ui, session: &Session, messages: &mut Vec<Message>) {
    let Some(comparing) = session.comparing() else { return };
    let colours = palette(ui.ctx());
    let open = comparing.open_in_all();
    let what = match comparing.settled() {
        _ if session.annotator().is_gold() => format!("{open} to settle"),
        0 => counted(open, "difference"),
        settled => format!("{open} open, {settled} settled"),
    };
    let title = format!("{} · {what}", names(&comparing.annotators));
    ui.label(RichText::new(title).font(fonts::strong(12.0)).color(colours.ink));
    if comparing.progress.running {
        let words =
            format!("{} of {} articles", comparing.progress.looked_at, comparing.progress.of);
        ui.label(RichText::new(words).color(colours.soft));
        command_button(ui, session, Command::CancelWork, "Stop", messages);
    }
    kinds_ui(ui, comparing, messages);
    who_ui(ui, session, comparing, messages);
    command_button(ui, session, Command::NextLayout, layout_title(session), messages);
    command_button(ui, session, Command::Settle, "Settle…", messages);
    left_out_ui(ui, comparing);
}

/// What the list is narrowed to, and what could not be compared.
fn left_out_ui(ui: &mut Ui, comparing: &Comparing) {
    let colours = palette(ui.ctx());
    if comparing.left_out > 0 && !comparing.progress.running {
        let words = match comparing.left_out {
            1 => "1 article that fewer than two have begun is left out".to_owned(),
            count => format!("{count} articles that fewer than two have begun are left out"),
        };
        ui.label(RichText::new(words).color(colours.soft));
    }
    unread_ui(ui, &comparing.unread);
}

fn layout_title(session: &Session) -> &'static str {
    match session.layout() {
        crate::session::PageLayout::Columns => "In one text",
        crate::session::PageLayout::Merged => "One set",
        crate::session::PageLayout::Single => "Side by side",
    }
}

fn kinds_ui(ui: &mut Ui, comparing: &Comparing, messages: &mut Vec<Message>) {
    let shown = &comparing.shown;
    let mut titles: Vec<(String, bool)> = Kind::DIFFERENCES
        .iter()
        .map(|kind| {
            let title = format!("{} {}", kind.title(), comparing.open(*kind));
            (title, shown.kinds.contains(kind))
        })
        .collect();
    titles.push((
        format!("agreed {}", comparing.open(Kind::Agreed)),
        shown.kinds.contains(&Kind::Agreed),
    ));
    titles.push((format!("settled {}", comparing.settled()), shown.settled));
    titles.push(("most different first".to_owned(), shown.most_first));
    let narrowed = narrowed_words(shown);
    titles.extend(narrowed.clone().map(|words| (words, true)));
    let all = titles.iter().map(|(title, holds)| (title.as_str(), *holds));
    let Some(at) = toggles(ui, "List", all) else { return };
    let mut shown = shown.clone();
    let differences = Kind::DIFFERENCES.len();
    match at.checked_sub(differences + 1) {
        None => {
            let kind = Kind::DIFFERENCES.get(at).copied().unwrap_or(Kind::Agreed);
            if !shown.kinds.remove(&kind) {
                shown.kinds.insert(kind);
            }
        }
        Some(0) => shown.settled = !shown.settled,
        Some(1) => shown.most_first = !shown.most_first,
        Some(_) => {
            let Shown { kinds, settled, most_first, .. } = shown;
            shown = Shown { kinds, settled, most_first, ..Shown::default() };
        }
    }
    messages.push(Reviewing::ShowCases(shown).into());
}

/// What a figure that was pressed has narrowed the list to.
fn narrowed_words(shown: &Shown) -> Option<String> {
    let confused = shown.confused.as_ref().map(|(one, other)| {
        let name =
            |label: &Option<std::sync::Arc<str>>| label.as_deref().unwrap_or("nothing").to_owned();
        format!("only {} and {}", name(one), name(other))
    });
    let label = shown.label.as_ref().map(|label| format!("only {label}"));
    let links = shown.links.then(|| "only links".to_owned());
    let document = shown.document.as_ref().map(|document| format!("only {}", document.name()));
    let among = shown.among.as_ref().map(|_| "only articles that all have begun".to_owned());
    let words: Vec<String> =
        [confused, label, links, document, among].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// Who is compared, to be changed.
fn who_ui(ui: &mut Ui, session: &Session, comparing: &Comparing, messages: &mut Vec<Message>) {
    // Gold is not among those between whom it settles.
    let mut everyone = session.everyone();
    everyone.retain(|one| !(one.is_gold() && session.annotator().is_gold()));
    if everyone.len() < 3 {
        return;
    }
    let among = |one: &Annotator| comparing.annotators.contains(one);
    let all = everyone.iter().map(|one| (one.as_str(), among(one)));
    if let Some(one) = toggles(ui, "Compare", all).and_then(|at| everyone.get(at)) {
        let mut annotators: BTreeSet<Annotator> = comparing.annotators.iter().cloned().collect();
        if !annotators.remove(one) {
            annotators.insert(one.clone());
        }
        messages.push(Reviewing::Compare(annotators).into());
    }
}

/// Names as in a sentence.
pub(in crate::ui) fn names(annotators: &[Annotator]) -> String {
    let names: Vec<&str> = annotators.iter().map(Annotator::as_str).collect();
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.join(", "),
    }
}

/// Where what each one says stands in a row; gold's last, where it is shown.
struct Cells {
    kind: Rect,
    voices: Vec<Rect>,
    gold: Option<Rect>,
}

impl Cells {
    fn of(row: Rect, voices: usize, gold: bool) -> Self {
        let left = row.left() + place_width(row) * PLACE_SHARE + 4.0;
        let kind = Rect::from_min_max(pos2(left, row.top()), pos2(left + KIND, row.bottom()));
        let shares = voices as f32 + if gold { GOLD_SHARE } else { 0.0 };
        let width = (row.right() - kind.right() - 6.0) / shares.max(1.0);
        let cell = |at: usize, share: f32| {
            let left = kind.right() + at as f32 * width;
            Rect::from_min_size(pos2(left, row.top()), vec2(width * share - 10.0, row.height()))
        };
        let gold = gold.then(|| cell(voices, GOLD_SHARE));
        Self { kind, voices: (0..voices).map(|at| cell(at, 1.0)).collect(), gold }
    }
}

fn shows_gold(session: &Session) -> bool {
    session.comparing().is_some_and(|one| !one.annotators.iter().any(Annotator::is_gold))
        && (session.annotator().is_gold() || session.everyone().iter().any(Annotator::is_gold))
}

/// The names over the columns, each with the key that takes from it.
pub(super) fn columns_ui(ui: &mut Ui, session: &Session) {
    let Some(comparing) = session.comparing() else { return };
    let colours = palette(ui.ctx());
    let size = vec2(ui.available_width(), 18.0);
    let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
    let cells = Cells::of(rect, comparing.annotators.len(), shows_gold(session));
    let write = |cell: Rect, words: String| {
        let at = pos2(cell.left(), cell.center().y);
        let painter = ui.painter().with_clip_rect(cell);
        painter.text(at, Align2::LEFT_CENTER, words, fonts::strong(11.5), colours.soft);
    };
    let settles = session.annotator().is_gold();
    for (at, (annotator, cell)) in comparing.annotators.iter().zip(&cells.voices).enumerate() {
        let key = session.keymap().key(Command::TakeFrom(at)).filter(|_| settles);
        let key = key.map(|key| format!("{key}  ")).unwrap_or_default();
        write(*cell, format!("{key}{annotator}"));
    }
    if let Some(gold) = cells.gold {
        write(gold, "gold".to_owned());
    }
}

pub(super) fn row_ui(
    ui: &mut Ui,
    session: &Session,
    row: usize,
    chosen: bool,
    messages: &mut Vec<Message>,
) {
    let Some(comparing) = session.comparing() else { return };
    let Some(at) = comparing.listed().get(row) else { return };
    let Some(case) = comparing.rows.get(*at) else { return };
    let colours = palette(ui.ctx());
    let settled = comparing.is_settled(*at);
    let spoken = spoken(comparing, case, settled);
    let (rect, response) = parts::row(ui, ROW, (true, chosen), &spoken);
    // The article is named once for all of its cases that follow each other.
    let before = row.checked_sub(1).and_then(|before| comparing.listed().get(before));
    let before = before.and_then(|at| comparing.rows.get(*at));
    if chosen || before.is_none_or(|before| before.document != case.document) {
        let width = place_width(rect) * PLACE_SHARE;
        place_ui(ui, rect, &document_title(session, &case.document), colours.soft, width);
    }
    let cells = Cells::of(rect, case.said.len(), shows_gold(session));
    let ink = if settled { colours.soft } else { colours.ink };
    let label = case.sayings().next().map(|saying| saying.label.clone()).unwrap_or_default();
    let kind = match (case.is_link, case.kind) {
        (true, Kind::Agreed) if case.has_other_ends => "agreed, edges",
        (true, Kind::Agreed) => "agreed link",
        // Which link it is says more than that it is one.
        (true, _) => &*label,
        // As which attribute it is.
        (false, Kind::Attribute) => &*case.attributes,
        (false, kind) => kind.title(),
    };
    let words = if settled { format!("✓ {kind}") } else { kind.to_owned() };
    let room = cells.kind.width() - KIND_GAP;
    let words = Prose::new(ui.ctx(), &words, fonts::strong(11.5), ink, room, 1);
    words.paint_in_row(ui.painter(), cells.kind.left(), rect.center().y);
    for (voice, cell) in case.said.iter().zip(&cells.voices) {
        match voice {
            Voice::Says(saying) => saying_ui(ui, session, *cell, case, saying, ink),
            Voice::Nothing => nothing_ui(ui, *cell, "nothing", colours.soft),
            Voice::NothingYet(waiting) => {
                nothing_ui(ui, *cell, &nothing_yet(*waiting), colours.warning);
            }
            Voice::Absent => nothing_ui(ui, *cell, "not begun", colours.soft),
        }
    }
    if let Some(cell) = cells.gold {
        match case.gold.as_slice() {
            [] => nothing_ui(ui, cell, if settled { "nothing" } else { "" }, colours.soft),
            [one] => saying_ui(ui, session, cell, case, one, ink),
            [one, rest @ ..] => {
                let room = Rect::from_min_max(cell.min, cell.max - vec2(24.0, 0.0));
                saying_ui(ui, session, room, case, one, ink);
                let more = format!("+{}", rest.len());
                let at = pos2(cell.right(), cell.center().y);
                ui.painter().text(at, Align2::RIGHT_CENTER, more, fonts::strong(11.5), ink);
            }
        }
    }
    if response.clicked() {
        messages.push(Message::GoToRow { row, open: false });
        messages.push(Message::GoToList);
    }
    if response.double_clicked() {
        messages.push(Message::GoToRow { row, open: true });
    }
}

/// What stands for somebody who has nothing there, and tags that have no place yet.
fn nothing_yet(waiting: usize) -> String {
    format!("nothing; {waiting} {}", if waiting == 1 { "waits" } else { "wait" })
}

fn spoken(comparing: &Comparing, case: &CaseRow, settled: bool) -> String {
    let says = |voice: &Voice| match voice {
        Voice::Says(saying) => format!("{} {} {}", saying.label, saying.quote, saying.values),
        Voice::Nothing => "nothing".to_owned(),
        Voice::NothingYet(waiting) => nothing_yet(*waiting),
        Voice::Absent => "not begun".to_owned(),
    };
    let voices = comparing.annotators.iter().zip(&case.said);
    let voices: Vec<String> =
        voices.map(|(annotator, voice)| format!("{annotator}: {}", says(voice))).collect();
    let settled = if settled { ", settled" } else { "" };
    format!("{}{settled}. {}", case.kind.title(), voices.join(". "))
}

fn saying_ui(
    ui: &Ui,
    session: &Session,
    cell: Rect,
    case: &CaseRow,
    saying: &Saying,
    ink: Color32,
) {
    let colours = palette(ui.ctx());
    let colour = if case.is_link {
        colours.relation(session.schema(), &saying.label)
    } else {
        colours.label(session.schema(), &saying.label).colour
    };
    swatch(ui.painter(), pos2(cell.left() + 4.0, cell.center().y), colour);
    let left = cell.left() + 14.0;
    let room = (cell.right() - left).max(10.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "letters in a cell"
    )]
    let letters = (room / LETTER) as usize;
    let one_label = case.sayings().all(|other| other.label == saying.label);
    let label = (!one_label).then_some(&*saying.label);
    let point = saying.point_in_words(session.schema());
    let point = Some(&*point).filter(|point| !point.is_empty());
    let before: Vec<&str> = label.into_iter().chain(point).collect();
    let before =
        if before.is_empty() { String::new() } else { format!("{} · ", before.join(" ")) };
    let font = fonts::sans(12.5);
    let mut left_over = letters.saturating_sub(before.chars().count()).max(LEAST);
    let mut words = format!("{before}{}", to_the_point(case, saying, left_over));
    // Letters are of all widths: what is left out is left out in one place.
    for _ in 0..FITTINGS {
        let width = ui.painter().layout_no_wrap(words.clone(), font.clone(), ink).size().x;
        if width <= room {
            break;
        }
        if left_over == LEAST {
            // In so little room its start is cut off, once.
            words = format!("{before}{}", saying.quote);
            break;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "letters in a cell"
        )]
        let fitting = (left_over as f32 * room / width) as usize;
        left_over = fitting.min(left_over - 1).max(LEAST);
        words = format!("{before}{}", to_the_point(case, saying, left_over));
    }
    let prose = Prose::new(ui.ctx(), &words, font, ink, room, 1);
    let painter = ui.painter().with_clip_rect(cell);
    prose.paint_in_row(&painter, left, cell.center().y);
}

/// As much of a quote as there is room for, so that one sees what differs: where it ends,
/// where it begins, or both; of a link some of either end.
fn to_the_point(case: &CaseRow, saying: &Saying, letters: usize) -> String {
    if let Some((from, to)) = saying.quote.split_once("” → “").filter(|_| case.is_link) {
        let each = letters.saturating_sub(3) / 2;
        let (from, to) = (from.trim_start_matches('“'), to.trim_end_matches('”'));
        return format!("{} → {}", shortened(from, each), shortened(to, each));
    }
    let same = |edge: fn(&Saying) -> crate::text::Offset| {
        case.sayings().all(|other| edge(other) == edge(saying))
    };
    let (starts, ends) = (same(|saying| saying.at.start), same(|saying| saying.at.end));
    let count = saying.quote.chars().count();
    if count <= letters {
        return saying.quote.clone();
    }
    match (starts, ends) {
        (true, false) => {
            let skipped = count + 1 - letters;
            format!("…{}", saying.quote.chars().skip(skipped).collect::<String>())
        }
        (false, true) => shortened(&saying.quote, letters.saturating_sub(1)),
        _ => shortened_in_the_middle(&saying.quote, letters),
    }
}

fn nothing_ui(ui: &Ui, cell: Rect, words: &str, colour: Color32) {
    let at = pos2(cell.left() + 14.0, cell.center().y);
    let galley = ui.painter().layout_no_wrap(words.to_owned(), fonts::sans(12.5), colour);
    // What has no room is not cut through.
    let words = if galley.size().x <= cell.right() - at.x { words } else { "–" };
    ui.painter().text(at, Align2::LEFT_CENTER, words, fonts::sans(12.5), colour);
}
