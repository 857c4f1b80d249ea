//! The article as a screen reader meets it: a document of paragraphs whose text
//! and selection can be read, and a node for each annotation in view.

use egui::accesskit::{Action, Rect as NodeRect, TextDirection, TextPosition, TextSelection};
use egui::{Id, Rect, Response, Role, Sense, Ui, UiBuilder};
use unicode_segmentation::UnicodeSegmentation as _;

use super::measures::{FIRST_LANE, TEXT_TOP};
use super::placed::{Placed, row_rect};
use crate::session::{Message, Session};
use crate::text::{Offset, Text};

/// The longest run: its word starts are counted in bytes.
const RUN: usize = 200;

/// The longest quote that is read out as a name; the text itself can be read on.
const LONGEST_LABEL: usize = 600;

/// A piece of a row, as a node.
struct Run {
    id: Id,
    start: Offset,
    graphemes: Vec<String>,
}

pub(super) fn describe(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    response: &Response,
    blocks: &[Placed<'_>],
    messages: &mut Vec<Message>,
) {
    let name = session.document().map(|document| document.path.name().to_owned());
    let on = ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(Role::Document);
        node.set_label(format!("Article {}", name.unwrap_or_default()));
        node.set_read_only();
        node.add_action(Action::SetTextSelection);
    });
    if on.is_none() {
        return;
    }
    let mut runs = Vec::new();
    for placed in blocks {
        describe_block(ui, text, response.id, placed, &mut runs);
    }
    let selection = session.selection();
    if let (Some(anchor), Some(focus)) =
        (position(&runs, selection.anchor), position(&runs, selection.head))
    {
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_text_selection(TextSelection { anchor, focus });
        });
    }
    describe_annotations(ui, session, text, response.id, blocks, messages);
    take_selection(ui, response.id, &runs, messages);
}

fn describe_block(ui: &mut Ui, text: &Text, article: Id, placed: &Placed<'_>, runs: &mut Vec<Run>) {
    let mut child = ui.new_child(
        UiBuilder::new()
            .id_salt(("paragraph", placed.index))
            .max_rect(placed.rect)
            .accessibility_parent(article)
            .accessibility_role(Role::Paragraph),
    );
    let last_row = placed.layout.rows.len().saturating_sub(1);
    for (at, row) in placed.layout.rows.iter().enumerate() {
        let content = text.slice(row.range.clone());
        let mut graphemes: Vec<String> = content.graphemes(true).map(str::to_owned).collect();
        let line_end = at == last_row && placed.block.ends_paragraph;
        if line_end {
            graphemes.push("\n".to_owned());
        }
        let mut start = row.range.start;
        let mut rest = graphemes.as_slice();
        loop {
            let (piece, after) = rest.split_at(rest.len().min(RUN));
            let id = child.unique_id().with((at, start.get()));
            let run = Run { id, start, graphemes: piece.to_vec() };
            let rect = row_rect(placed, at, (0.0, placed.rect.width()), (TEXT_TOP, FIRST_LANE));
            describe_run(&mut child, &run, rect, |offset| row.caret_x(offset));
            start = start + piece.iter().map(|g| g.chars().count()).sum::<usize>();
            runs.push(run);
            rest = after;
            if rest.is_empty() {
                break;
            }
        }
    }
}

fn describe_run(ui: &mut Ui, run: &Run, rect: Rect, x_of: impl Fn(Offset) -> f32) {
    // Interacting is what makes the paragraph the run's parent.
    ui.interact(rect, run.id, Sense::hover());
    let mut offset = run.start;
    let first = x_of(run.start);
    let mut positions = Vec::with_capacity(run.graphemes.len());
    let mut widths = Vec::with_capacity(run.graphemes.len());
    let mut rtl = false;
    for grapheme in &run.graphemes {
        let next = offset + grapheme.chars().count();
        let (from, to) = (x_of(offset), x_of(next));
        rtl |= to < from && from - to < 100.0;
        positions.push((from - first).abs());
        widths.push(if grapheme == "\n" { 0.0 } else { (to - from).abs() });
        offset = next;
    }
    let lengths: Vec<u8> =
        run.graphemes.iter().map(|g| u8::try_from(g.len()).unwrap_or(u8::MAX)).collect();
    ui.ctx().accesskit_node_builder(run.id, |node| {
        node.set_role(Role::TextRun);
        node.set_text_direction(if rtl {
            TextDirection::RightToLeft
        } else {
            TextDirection::LeftToRight
        });
        node.set_bounds(NodeRect {
            x0: rect.min.x.into(),
            y0: rect.min.y.into(),
            x1: rect.max.x.into(),
            y1: rect.max.y.into(),
        });
        node.set_value(run.graphemes.concat());
        node.set_character_lengths(lengths);
        node.set_character_positions(positions);
        node.set_character_widths(widths);
        node.set_word_starts(word_starts(&run.graphemes));
    });
}

/// The indices of the graphemes at which words start.
fn word_starts(graphemes: &[String]) -> Vec<u8> {
    let is_word = |g: &String| g.chars().any(char::is_alphanumeric);
    let mut starts = Vec::new();
    let mut in_word = false;
    for (at, grapheme) in graphemes.iter().enumerate() {
        if is_word(grapheme) && !in_word {
            starts.extend(u8::try_from(at));
        }
        in_word = is_word(grapheme);
    }
    starts
}

/// Where an offset is among the runs in view.
fn position(runs: &[Run], offset: Offset) -> Option<TextPosition> {
    let run = runs.iter().rev().find(|run| run.start <= offset)?;
    let mut at = run.start;
    let mut index = 0;
    for grapheme in &run.graphemes {
        if at >= offset {
            break;
        }
        at = at + grapheme.chars().count();
        index += 1;
    }
    (at >= offset).then(|| TextPosition { node: run.id.accesskit_id(), character_index: index })
}

/// Takes over a selection that a screen reader made.
fn take_selection(ui: &Ui, article: Id, runs: &[Run], messages: &mut Vec<Message>) {
    let offset_of = |position: &TextPosition| {
        let run = runs.iter().find(|run| run.id.accesskit_id() == position.node)?;
        let before = run.graphemes.iter().take(position.character_index);
        Some(run.start + before.map(|g| g.chars().count()).sum::<usize>())
    };
    ui.input(|input| {
        for request in input.accesskit_action_requests(article, Action::SetTextSelection) {
            let Some(egui::accesskit::ActionData::SetTextSelection(selection)) = &request.data
            else {
                continue;
            };
            if let (Some(anchor), Some(head)) =
                (offset_of(&selection.anchor), offset_of(&selection.focus))
            {
                messages.push(Message::Drag { anchor, head, snap: false });
            }
        }
    });
}

/// A node for each annotation in view, with label and quote, that can be clicked.
fn describe_annotations(
    ui: &mut Ui,
    session: &Session,
    text: &Text,
    article: Id,
    blocks: &[Placed<'_>],
    messages: &mut Vec<Message>,
) {
    let Some(set) = session.shown_set() else { return };
    let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
    let visible = first.block.range.start..last.block.range.end;
    let focused = session.focus_place().map(|focus| focus.id.clone());
    let marks = ui.new_child(
        UiBuilder::new()
            .id_salt("marks")
            .accessibility_parent(article)
            .accessibility_role(Role::Group),
    );
    for annotation in set.annotations_in(visible) {
        let id = article.with(annotation.id.as_str());
        let Some(rect) = rect_of(annotation, blocks) else { continue };
        marks.interact(rect, id, Sense::hover());
        let quote = annotation.quote_start(text, LONGEST_LABEL);
        let label = format!("{}: {quote}", annotation.label);
        let is_focused = focused.as_ref() == Some(&annotation.id);
        marks.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Mark);
            node.set_label(label);
            node.set_selected(is_focused);
            node.add_action(Action::Click);
        });
        let clicked = |input: &egui::InputState| {
            input.accesskit_action_requests(id, Action::Click).next().is_some()
        };
        if marks.input(clicked) {
            messages.push(Message::Focus(annotation.id.clone()));
        }
    }
}

/// The first line of an annotation that is in view.
pub(super) fn rect_of(
    annotation: &crate::corpus::Annotation,
    blocks: &[Placed<'_>],
) -> Option<Rect> {
    blocks.iter().find_map(|placed| {
        placed.layout.rows.iter().enumerate().find_map(|(at, row)| {
            let span = annotation.fragments.iter().find_map(|span| span.within(&row.range))?;
            let extents = row.extents(&span.range());
            let (first, last) = (extents.first()?, extents.last()?);
            Some(row_rect(placed, at, (first.0, last.1), (TEXT_TOP, FIRST_LANE)))
        })
    })
}
