//! Texts, strings and sets that are meant to break things.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Fragments, Id, Relation, Status};
use tandai::text::{Offset, Span, Text};

/// What texts are made of: scripts, joiners, line ends and blanks of all kinds.
const PIECES: [&str; 52] = [
    "a",
    "Kata",
    "kata ",
    "pergi",
    " ",
    "  ",
    ". ",
    ", ",
    ".",
    "\"",
    "“",
    "”",
    "(",
    ")",
    "—",
    "1,5",
    // Every line end there is.
    "\n",
    "\r\n",
    "\r",
    "\u{b}",
    "\u{c}",
    "\u{85}",
    "\u{2028}",
    "\u{2029}",
    "\n\n",
    // Combining marks, on a letter and on their own.
    "e\u{301}",
    "\u{301}",
    "\u{20dd}",
    "नि",
    "क्ष",
    "กำ",
    "각",
    // Emoji: joined, with a skin, a flag, half a flag, with a selector.
    "👩‍👩‍👧‍👦",
    "👍🏽",
    "🇮🇩",
    "🇮",
    "❤\u{fe0f}",
    "1\u{fe0f}\u{20e3}",
    // Right to left, and the marks that turn the order round.
    "שלום",
    "مرحبا",
    "\u{202e}",
    "\u{2066}",
    "\u{200f}",
    // Blanks that look like another, and that look like nothing.
    "\u{a0}",
    "\u{3000}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\t",
    // Scripts without blanks, and characters beyond the first plane.
    "東京。",
    "𝔘𐐀",
];

/// The text of an article that nobody would want to annotate.
pub(crate) fn text() -> impl Strategy<Value = Text> {
    vec(piece(), 0..24).prop_map(|pieces| Text::new(pieces.concat()))
}

/// The same, made long enough that lines are cut into blocks.
pub(crate) fn long_text() -> impl Strategy<Value = Text> {
    (vec(piece(), 1..8), 1_usize..1_500, vec(piece(), 0..8)).prop_map(|(start, times, end)| {
        let line = start.concat().replace(|c: char| c.is_whitespace() && c != ' ', "x");
        Text::new(line.repeat(times) + &end.concat())
    })
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => select(PIECES.as_slice()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// A label, note or value: anything that fits into a string.
pub(crate) fn string() -> impl Strategy<Value = String> {
    let quoting = ["\\", "\"", "\\u{41}", "\0", "\u{1b}", "'", "{", "}", "r#\"", "\"#", "//", "/*"];
    let piece = prop_oneof![
        2 => piece(),
        1 => select(quoting.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// A place in `text`.
pub(crate) fn place(text: &Text, index: Index) -> Offset {
    Offset::new(index.index(text.characters() + 1))
}

/// A fragment a pair, in order and apart; `None` in a text without characters.
pub(crate) fn fragments(text: &Text, ends: &[(Index, Index)]) -> Option<Fragments> {
    let span =
        |(one, other): &(Index, Index)| Span::between(place(text, *one), place(text, *other));
    let mut spans = ends.iter().filter_map(span);
    let first = Fragments::one(spans.next()?);
    Some(spans.fold(first, |fragments, span| fragments.with(span)))
}

/// An annotation that still wants a text.
#[derive(Clone, Debug)]
pub(crate) struct Sketch {
    pub(crate) id: Id,
    pub(crate) label: String,
    pub(crate) ends: Vec<(Index, Index)>,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) note: String,
}

impl Sketch {
    /// The annotation on `text`; `None` where the text has no room for it.
    pub(crate) fn on(&self, text: &Text) -> Option<Annotation> {
        let fragments = fragments(text, &self.ends)?;
        let mut annotation =
            Annotation::new(self.id.clone(), self.label.as_str().into(), fragments);
        annotation.attributes = self.attributes.iter().cloned().collect();
        annotation.note.clone_from(&self.note);
        Some(annotation)
    }
}

/// Annotations with the scheme's labels and nothing else to them.
pub(crate) fn plain_sketch() -> impl Strategy<Value = Sketch> {
    let label = select(vec!["claim", "source", "denial", "location"]);
    let ends = vec(any::<(Index, Index)>(), 1..4);
    (0_u64..400, label, ends).prop_map(|(id, label, ends)| Sketch {
        id: Id::from_random(id),
        label: label.to_owned(),
        ends,
        attributes: Vec::new(),
        note: String::new(),
    })
}

/// Annotations of which every string is hostile.
pub(crate) fn hostile_sketch() -> impl Strategy<Value = Sketch> {
    let ends = vec(any::<(Index, Index)>(), 1..4);
    let attributes = vec((string(), string()), 0..3);
    (string(), string(), ends, attributes, string()).prop_map(
        |(id, label, ends, attributes, note)| Sketch {
            id: Id::new(&id).unwrap_or_else(|| Id::from_random(0)),
            label,
            ends,
            attributes,
            note,
        },
    )
}

/// A set of those sketches that fit, with relations among them.
pub(crate) fn set_of(
    text: &Text,
    status: Status,
    sketches: &[Sketch],
    relations: &[(Id, String, Index, Index)],
) -> AnnotationSet {
    let mut annotations: Vec<Annotation> = Vec::new();
    for annotation in sketches.iter().filter_map(|sketch| sketch.on(text)) {
        if annotations.iter().all(|other| other.id != annotation.id) {
            annotations.push(annotation);
        }
    }
    let mut links: Vec<Relation> = Vec::new();
    for (id, label, from, to) in relations {
        let taken = annotations.iter().any(|a| a.id == *id) || links.iter().any(|r| r.id == *id);
        if !taken && !annotations.is_empty() {
            let (from, to) = (from.get(&annotations), to.get(&annotations));
            let (from, to) = (from.id.clone(), to.id.clone());
            links.push(Relation { id: id.clone(), label: label.as_str().into(), from, to });
        }
    }
    let annotator = Annotator::new("ana").unwrap();
    AnnotationSet::assemble(annotator, text.end(), status, annotations, links).unwrap()
}

/// How far an annotator may have come.
pub(crate) fn status() -> impl Strategy<Value = Status> {
    select(vec![Status::New, Status::InProgress, Status::Done, Status::Skipped])
}

/// A text and a set about it, with relations.
pub(crate) fn text_with_set() -> impl Strategy<Value = (Text, AnnotationSet)> {
    let relation = (400_u64..500, string(), any::<Index>(), any::<Index>())
        .prop_map(|(id, label, from, to)| (Id::from_random(id), label, from, to));
    (text(), status(), vec(plain_sketch(), 0..8), vec(relation, 0..4)).prop_map(
        |(text, status, sketches, relations)| {
            let set = set_of(&text, status, &sketches, &relations);
            (text, set)
        },
    )
}
