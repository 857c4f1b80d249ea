use foldhash::{HashMap, HashMapExt};

use super::names::type_of;
use crate::corpus::{Annotation, AnnotationSet, Entry};
use crate::exchange::context::Context;
use crate::exchange::loss::{LossKind, Losses};
use crate::exchange::pieces::{Encoded, Piece};
use crate::exchange::unit::{Ruler, Unit};
use crate::text::{Offset, Span, Text, is_line_end};

pub(in crate::exchange) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let mut encoded = Encoded::default();
    let document = &entry.document;
    let keep = context.options.keep_line_ends;
    let text = document.text.as_str();
    let written = if keep { text.to_owned() } else { text.replace("\r\n", "\n") };
    let unit = if keep { Unit::CodePoints } else { Unit::LineEndsOnce };
    let ruler = Ruler::new(text, unit);
    for set in &entry.sets {
        let mut losses = Losses::new(document, set.annotator().as_str());
        let lines = lines(set, &document.text, &ruler, &mut losses);
        let name = |ending| format!("{}/{}.{ending}", set.annotator(), document.path.id());
        encoded.pieces.push(Piece::new(context.file(document, &name("txt")), written.as_bytes()));
        encoded.pieces.push(Piece::new(context.file(document, &name("ann")), lines));
        encoded.losses.append(&mut losses.found);
    }
    encoded
}

fn lines(set: &AnnotationSet, text: &Text, ruler: &Ruler, losses: &mut Losses<'_>) -> String {
    let mut out = String::new();
    let mut described = Vec::new();
    let mut numbers = HashMap::new();
    for (pieces, annotation) in in_written_order(set, text, losses) {
        let number = numbers.len() + 1;
        numbers.insert(&annotation.id, number);
        let spans: Vec<String> = pieces
            .iter()
            .map(|span| {
                let (start, end) = ruler.range(*span);
                format!("{start} {end}")
            })
            .collect();
        let quotes: Vec<&str> = pieces.iter().map(|span| text.slice(span.range())).collect();
        let (label, spans, quotes) =
            (type_of(&annotation.label), spans.join(";"), quotes.join(" "));
        out.push_str(&format!("T{number}\t{label} {spans}\t{quotes}\n"));
        described.push((number, annotation));
    }
    let mut links = 0;
    let number = |id| numbers.get(id).copied();
    let mut relations: Vec<_> = set.relations().iter().collect();
    relations.sort_by_key(|r| (&r.label, number(&r.from), number(&r.to)));
    for relation in relations {
        let ends = (number(&relation.from), number(&relation.to));
        if let (Some(from), Some(to)) = ends {
            links += 1;
            let label = type_of(&relation.label);
            out.push_str(&format!("R{links}\t{label} Arg1:T{from} Arg2:T{to}\n"));
        } else {
            losses.relation(relation, "one of its ends is left out", "it is left out");
        }
    }
    let mut values = 0;
    for (number, annotation) in &described {
        for (name, value) in &annotation.attributes {
            let written = on_one_line(value);
            values += 1;
            if written.is_empty() {
                let reason = format!("brat has no empty values: {name}");
                let instead = "it is written as a mark, which has no values";
                losses.annotation(LossKind::Attribute, annotation, reason, instead);
                out.push_str(&format!("A{values}\t{} T{number}\n", type_of(name)));
                continue;
            }
            if written != *value {
                let reason = format!("a value of brat holds no line ends: {name} = {value}");
                let instead = "they are written as blanks, and blanks at its ends are left out";
                losses.annotation(LossKind::Attribute, annotation, reason, instead);
            }
            out.push_str(&format!("A{values}\t{} T{number} {written}\n", type_of(name)));
        }
    }
    let mut notes = 0;
    for (number, annotation) in &described {
        if annotation.note.is_empty() {
            continue;
        }
        let written = on_one_line(&annotation.note);
        if written != annotation.note {
            let reason = "a note of brat has one line, without blanks at its ends";
            let instead = "line ends are written as blanks, and blanks at its ends are left out";
            losses.annotation(LossKind::Note, annotation, reason, instead);
        }
        if written.is_empty() {
            continue;
        }
        notes += 1;
        out.push_str(&format!("#{notes}\tAnnotatorNotes T{number}\t{written}\n"));
    }
    out
}

/// The annotations with their pieces, in the order that they will have where only what is
/// written is known of them.
fn in_written_order<'a>(
    set: &'a AnnotationSet,
    text: &Text,
    losses: &mut Losses<'_>,
) -> Vec<(Vec<Span>, &'a Annotation)> {
    let mut written: Vec<(Vec<Span>, &Annotation)> = set
        .annotations()
        .iter()
        .map(|annotation| (pieces(annotation, text, losses), &**annotation))
        .filter(|(pieces, _)| !pieces.is_empty())
        .collect();
    written.sort_by_key(|(pieces, annotation)| {
        let start = pieces.first().map(|piece| piece.start());
        (start, pieces.last().map(|piece| piece.end()), &annotation.label)
    });
    written
}

/// A text without what brat takes for the end of a line or of a column, or strips.
pub(super) fn on_one_line(text: &str) -> String {
    let plain = text.replace(|c: char| is_line_end(c) || c == '\t', " ");
    plain.trim_matches(|c: char| c.is_whitespace()).to_owned()
}

/// The fragments without line ends in them: each line of a fragment is a fragment,
/// without the blanks at the line's ends, as brat itself writes it.
fn pieces(annotation: &Annotation, text: &Text, losses: &mut Losses<'_>) -> Vec<Span> {
    let mut pieces: Vec<Span> = Vec::new();
    for span in annotation.fragments.iter() {
        let quote = text.slice(span.range());
        if quote.contains(|c| is_line_end(c) || c == '\t') || quote.trim() != quote {
            pieces.extend(lines_of(quote, span.start()));
        } else {
            pieces.push(span);
        }
    }
    let extent = annotation.fragments.extent();
    let edges = (pieces.first().map(|p| p.start()), pieces.last().map(|p| p.end()));
    if pieces.is_empty() {
        let reason = "there is nothing but white space in it";
        losses.annotation(LossKind::Span, annotation, reason, "it is left out");
    } else if edges != (Some(extent.start), Some(extent.end)) {
        let reason = "it begins or ends with white space, which brat does not keep";
        let instead = "it is written without the white space at its edge";
        losses.annotation(LossKind::Span, annotation, reason, instead);
    } else if joined(&pieces, text) != annotation.fragments.iter().collect::<Vec<_>>() {
        let reason = "only line ends or blanks lie between its fragments, or at their edges";
        losses.annotation(LossKind::Span, annotation, reason, "they will be read as one");
    }
    pieces
}

/// The lines of a quote that starts at `start`, without blanks at their ends.
fn lines_of(quote: &str, start: Offset) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = start;
    let is_break = |c: char| is_line_end(c) || c == '\t';
    for line in quote.split_inclusive(is_break) {
        let length = line.chars().count();
        let content = line.trim_end_matches(|c: char| is_break(c) || c.is_whitespace());
        let inner = content.trim_start();
        let from = at + (content.chars().count() - inner.chars().count());
        found.extend(Span::new(from, from + inner.chars().count()));
        at = at + length;
    }
    found
}

/// Pieces as a reader joins them: where between two is only white space with a line
/// end or a tab in it.
pub(super) fn joined(pieces: &[Span], text: &Text) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for piece in pieces {
        let gap = out.last().map(|last| text.slice(last.end()..piece.start()));
        let joins = gap.is_some_and(|gap| {
            gap.contains(|c| is_line_end(c) || c == '\t')
                && gap.chars().all(|c| is_line_end(c) || c.is_whitespace())
        });
        match out.last_mut().filter(|_| joins) {
            Some(last) => *last = last.hull(*piece),
            None => out.push(*piece),
        }
    }
    out
}
