//! `CoNLL`: four columns, a token a line, the tag in the last.
//!
//! A file has one tag a token and so neither overlap nor fragments. There is a file
//! for each label, in which spans of other labels do not get in the way, and one with
//! all labels, in which the longest span wins.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::context::Context;
use super::edges::edges;
use super::loss::{LEFT_OUT, LossKind, Losses};
use super::options::Scheme;
use super::pieces::{Encoded, Piece};
use crate::corpus::{AnnotationSet, Entry};
use crate::text::{Token, covered, fits, is_space, tokens};

/// The file that says which document each block of a file is: there is no place for
/// names in the format.
pub(super) const LISTING: &str = "documents.csv";

/// Whether a file is called so, in whatever folder.
pub(super) fn is_listing(file: &str) -> bool {
    file.rsplit('/').next() == Some(LISTING)
}

/// Characters of a label that a file's name has room for.
const LONGEST_NAME: usize = 40;

/// A flat stretch of tokens with a label.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Stretch {
    tokens: Range<usize>,
    label: Arc<str>,
    /// The annotation that it is of, by its place in the set.
    annotation: usize,
}

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let mut encoded = Encoded::default();
    // Cut for all sets alike: everybody's files have the same words and sentences.
    let edges = edges(entry.sets.iter());
    let tokens = tokens(entry.document.text.as_str(), &edges);
    let breaks = sentence_ends(&tokens, &entry.sets);
    let lines = Lines::of(&tokens, &breaks);
    for set in &entry.sets {
        let annotator = set.annotator().as_str();
        let mut losses = Losses::new(&entry.document, annotator);
        let stretches = stretches(set, &tokens, &mut losses);
        let mut write = |name: &str, chosen: &[&Stretch]| {
            let block = lines.with(chosen, &breaks, context.options.scheme);
            let file = context.file(&entry.document, name);
            encoded.pieces.push(Piece::new(file, block));
        };
        let (combined, dropped) = without_overlap(&stretches, context);
        write(&format!("{annotator}.conll"), &combined);
        let mut lost_in_own = Vec::new();
        let files = own_files(annotator, context);
        for (label, file) in &files {
            let own: Vec<Stretch> =
                stretches.iter().filter(|stretch| stretch.label == *label).cloned().collect();
            let (kept, lost) = without_overlap(&own, context);
            write(file, &kept);
            lost_in_own.extend(lost.into_iter().cloned());
        }
        for stretch in dropped {
            let Some(annotation) = set.annotations().get(stretch.annotation) else { continue };
            let (reason, instead) = if lost_in_own.contains(stretch) {
                ("it overlaps a longer one of its own label", LEFT_OUT.to_owned())
            } else {
                let own = files.get(&stretch.label).map_or("", String::as_str);
                (
                    "it overlaps a longer one",
                    format!("it is left out of the file with all labels, and stands in {own}"),
                )
            };
            losses.annotation(LossKind::Span, annotation, reason, instead);
        }
        // A shorter one may have room where all labels are, since the longer one has none.
        for stretch in lost_in_own.iter().filter(|stretch| combined.contains(stretch)) {
            let Some(annotation) = set.annotations().get(stretch.annotation) else { continue };
            let reason = "it overlaps a longer one of its own label";
            let instead = "it stands in the file with all labels only";
            losses.annotation(LossKind::Span, annotation, reason, instead);
        }
        for relation in set.relations() {
            losses.relation(relation, "CoNLL has no links", LEFT_OUT);
        }
        let listed = listing_row(&[annotator, entry.document.path.id()]);
        encoded.pieces.push(Piece::new(context.file(&entry.document, LISTING), listed));
        encoded.losses.append(&mut losses.found);
    }
    encoded
}

/// A row of the listing of documents.
pub(super) fn listing_row(cells: &[&str]) -> Vec<u8> {
    super::csv::row(cells, false)
}

/// A label as it stands in a tag and, but for what no file name may hold, in a name.
fn tag_label(label: &str) -> Cow<'_, str> {
    if label.contains(is_space) { label.replace(is_space, "_").into() } else { label.into() }
}

/// The names of the files for one label each, by label. No two are one name where small
/// and capital letters are the same, and none is another annotator's.
fn own_files(annotator: &str, context: &Context) -> BTreeMap<Arc<str>, String> {
    let mut taken: BTreeSet<String> =
        context.labels.keys().map(|name| format!("{name}.conll").to_lowercase()).collect();
    let mut files = BTreeMap::new();
    for label in context.labels.get(annotator).into_iter().flatten() {
        let plain =
            tag_label(label).replace(|c: char| c.is_control() || r#"/\:*?"<>|"#.contains(c), "_");
        let plain: String = plain.chars().take(LONGEST_NAME).collect();
        let names = std::iter::once(format!("{annotator}.{plain}.conll"))
            .chain((2..).map(|number| format!("{annotator}.{plain}-{number}.conll")));
        let free = names.into_iter().find(|name| taken.insert(name.to_lowercase()));
        files.insert(label.clone(), free.unwrap_or_default());
    }
    files
}

/// The stretches of all fragments, in the order of the set.
fn stretches(set: &AnnotationSet, tokens: &[Token<'_>], losses: &mut Losses<'_>) -> Vec<Stretch> {
    let mut stretches = Vec::new();
    for (at, annotation) in set.annotations().iter().enumerate() {
        losses.all_values_and_notes(annotation, "CoNLL");
        let mut span_loss = |reason: &str, instead: &str| {
            losses.annotation(LossKind::Span, annotation, reason, instead);
        };
        if annotation.fragments.count() > 1 {
            span_loss("CoNLL has no fragments", "each fragment is a span of its own");
        }
        if annotation.label.contains(is_space) {
            span_loss("a tag holds no blanks", "its label is written with low lines");
        }
        for span in annotation.fragments.iter() {
            let range = span.start().get()..span.end().get();
            match covered(tokens, &range) {
                None => span_loss("there is nothing but white space in it", LEFT_OUT),
                Some(covered) => {
                    if !fits(tokens, &covered, &range) {
                        span_loss(
                            "it begins or ends with white space",
                            "it is written without the white space at its edge",
                        );
                    }
                    let label = annotation.label.clone();
                    stretches.push(Stretch { tokens: covered, label, annotation: at });
                }
            }
        }
    }
    stretches
}

/// Those that can stand in one file, and the rest: the longest come first, then the
/// earliest, then by the order of the labels.
fn without_overlap<'a>(
    stretches: &'a [Stretch],
    context: &Context,
) -> (Vec<&'a Stretch>, Vec<&'a Stretch>) {
    let rank = |label: &Arc<str>| {
        let labels = context.schema.labels();
        labels.iter().position(|known| known.name == *label).unwrap_or(labels.len())
    };
    let mut by_length: Vec<&Stretch> = stretches.iter().collect();
    by_length.sort_by_key(|stretch| {
        (Reverse(stretch.tokens.len()), stretch.tokens.start, rank(&stretch.label))
    });
    let mut kept: Vec<&Stretch> = Vec::new();
    let mut dropped = Vec::new();
    for stretch in by_length {
        let at = kept.partition_point(|other| other.tokens.start < stretch.tokens.start);
        let before = at.checked_sub(1).and_then(|before| kept.get(before));
        let free = before.is_none_or(|before| before.tokens.end <= stretch.tokens.start)
            && kept.get(at).is_none_or(|next| stretch.tokens.end <= next.tokens.start);
        if free {
            kept.insert(at, stretch);
        } else {
            dropped.push(stretch);
        }
    }
    dropped.sort_by_key(|stretch| stretch.annotation);
    (kept, dropped)
}

/// The lines of one document, outside of any span.
struct Lines {
    all: String,
    /// Where each token's tag is, in bytes.
    tags: Vec<usize>,
}

impl Lines {
    fn of(tokens: &[Token<'_>], breaks: &[bool]) -> Self {
        // About as long as a line is.
        let mut all = String::with_capacity(tokens.len() * 20 + 32);
        let mut tags = Vec::with_capacity(tokens.len());
        all.push_str("-DOCSTART- -X- -X- O\n\n");
        for (token, ends) in tokens.iter().zip(breaks) {
            all.push_str(token.word);
            all.push_str(" -X- -X- ");
            tags.push(all.len());
            all.push_str(if *ends { "O\n\n" } else { "O\n" });
        }
        Self { all, tags }
    }

    /// The same with these stretches, which are in order and do not overlap.
    fn with(&self, stretches: &[&Stretch], breaks: &[bool], scheme: Scheme) -> Vec<u8> {
        let marked: usize = stretches.iter().map(|stretch| stretch.tokens.len()).sum();
        let mut block = String::with_capacity(self.all.len() + marked * 16);
        let mut copied = 0;
        let mut before: Option<&Stretch> = None;
        for stretch in stretches {
            let (start, end) = (stretch.tokens.start, stretch.tokens.end);
            // Behind the end of a sentence an I- begins a span anyway.
            let sentence_ended = start.checked_sub(1).and_then(|last| breaks.get(last));
            let follows = sentence_ended != Some(&true)
                && before.is_some_and(|b| b.tokens.end == start && b.label == stretch.label);
            let label = tag_label(&stretch.label);
            for at in stretch.tokens.clone() {
                let Some(tag) = self.tags.get(at) else { break };
                block.push_str(self.all.get(copied..*tag).unwrap_or_default());
                block.push(prefix(scheme, (at == start, at + 1 == end), follows));
                block.push('-');
                block.push_str(&label);
                copied = tag + 1;
            }
            before = Some(stretch);
        }
        block.push_str(self.all.get(copied..).unwrap_or_default());
        block.into_bytes()
    }
}

/// `follows`: whether the stretch directly follows another of its label.
fn prefix(scheme: Scheme, (first, last): (bool, bool), follows: bool) -> char {
    match scheme {
        Scheme::Iob1 if first && follows => 'B',
        Scheme::Iob2 | Scheme::Bioes if first && !(last && scheme == Scheme::Bioes) => 'B',
        Scheme::Bioes if first && last => 'S',
        Scheme::Bioes if last => 'E',
        _ => 'I',
    }
}

/// For each token, whether a sentence ends behind it. Never inside a span: the tag
/// behind the break would be read as a new span. Told from the tokens and line ends
/// alone, so that a text that was read from such a file has the same sentences.
fn sentence_ends(tokens: &[Token<'_>], sets: &[AnnotationSet]) -> Vec<bool> {
    let mut ends = vec![false; tokens.len()];
    let mut quotes = 0;
    let mut final_seen = false;
    for (at, token) in tokens.iter().enumerate() {
        if token.word == "\"" {
            quotes += 1;
        }
        let closes = is_closing(token.word) || (token.word == "\"" && quotes % 2 == 0);
        final_seen = is_final(token.word) && !is_initial(tokens, at) || final_seen && closes;
        let next = tokens.get(at + 1);
        let next_closes = next.is_some_and(|next| {
            is_closing(next.word) || is_final(next.word) || (next.word == "\"" && quotes % 2 == 1)
        });
        let next_begins = next.is_none_or(|next| {
            !next.word.starts_with(|c: char| c.is_lowercase() || c.is_numeric())
        });
        let line_ends = next.is_none_or(|next| next.after_line_end);
        if let Some(end) = ends.get_mut(at) {
            *end = line_ends || (final_seen && !next_closes && next_begins);
        }
        if line_ends {
            quotes = 0;
        }
    }
    let annotations = sets.iter().flat_map(AnnotationSet::annotations);
    for span in annotations.flat_map(|a| a.fragments.iter()) {
        if let Some(inside) = covered(tokens, &(span.start().get()..span.end().get())) {
            let last = inside.end - 1;
            ends.get_mut(inside.start..last).unwrap_or_default().fill(false);
        }
    }
    ends
}

fn is_final(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | "…" | "。" | "！" | "？" | "।" | "؟" | "۔")
}

fn is_closing(word: &str) -> bool {
    matches!(word, ")" | "]" | "}" | "”" | "’" | "»" | "」" | "』" | "'")
}

/// Whether a full stop stands behind a single capital letter, as in a name.
fn is_initial(tokens: &[Token<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| tokens.get(before));
    before.is_some_and(|before| {
        let mut letters = before.word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
    })
}
