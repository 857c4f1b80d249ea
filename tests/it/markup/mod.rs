//! Marked text ⇄ a text, what is said about it, and where a person is in it.
//!
//! ```text
//! [claim:minister denied [location:it]]      two annotations, one inside the other
//! [claim#1:no," she said, "]x[claim#1:never] one annotation in two fragments
//! [claim#1:a [source#2:b]#1 c]               overlapping: a close may name its own
//! fo|o      <foo>      <|foo>                caret; selection, caret at its end, at its start
//! [*claim:foo]                               the focused annotation, or its fragment in hand
//! \[ \] \| \< \> \\ \#                       the character itself
//! ```

mod tests;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use tandai::corpus::{Annotation, AnnotationSet, Annotator, Fragments, Id, Status};
use tandai::session::{Focus, Selection};
use tandai::text::{Offset, Span, Text};

/// What a marked text says.
#[derive(Clone, Debug)]
pub(crate) struct Marked {
    pub(crate) text: Text,
    pub(crate) set: AnnotationSet,
    /// `None` where neither a caret nor a selection is marked.
    pub(crate) selection: Option<Selection>,
    pub(crate) focus: Option<Focus>,
}

impl Marked {
    /// The id of the one annotation that quotes this, fragments joined by ` … `.
    #[track_caller]
    pub(crate) fn id(&self, quote: &str) -> Id {
        let annotations = self.set.annotations().iter();
        let mut found = annotations.filter(|annotation| annotation.quote(&self.text) == quote);
        let (first, second) = (found.next(), found.next());
        assert!(second.is_none(), "several annotations quote {quote:?}");
        first.unwrap_or_else(|| panic!("no annotation quotes {quote:?}")).id.clone()
    }
}

/// Reads a marked text; the set is Ana's and in progress.
#[track_caller]
pub(crate) fn parse(marked: &str) -> Marked {
    parse_as("ana", marked)
}

/// Reads a marked text as another annotator's.
#[track_caller]
pub(crate) fn parse_as(annotator: &str, marked: &str) -> Marked {
    let mut reader = Reader::default();
    let mut characters = marked.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '\\' => reader.text.push(characters.next().expect("a character after \\")),
            '[' => {
                let until_colon: String = characters.by_ref().take_while(|c| *c != ':').collect();
                reader.open(&until_colon);
            }
            ']' => {
                let mut name = String::new();
                if characters.next_if_eq(&'#').is_some() {
                    while let Some(digit) = characters.next_if(char::is_ascii_digit) {
                        name.push(digit);
                    }
                }
                reader.close(&name);
            }
            '<' => reader.anchor = Some(reader.here()),
            '|' => reader.head = Some(reader.here()),
            '>' => reader.selection_end = Some(reader.here()),
            c => reader.text.push(c),
        }
    }
    reader.finish(annotator)
}

#[derive(Default)]
struct Reader {
    text: String,
    /// By id: label and spans.
    found: BTreeMap<String, (String, Vec<Span>)>,
    open: Vec<Open>,
    anchor: Option<Offset>,
    head: Option<Offset>,
    selection_end: Option<Offset>,
    focus: Option<(String, Offset)>,
}

struct Open {
    id: String,
    label: String,
    suffix: String,
    start: Offset,
}

impl Reader {
    fn here(&self) -> Offset {
        Offset::new(self.text.chars().count())
    }

    #[track_caller]
    fn open(&mut self, head: &str) {
        let (focused, head) = head.strip_prefix('*').map_or((false, head), |rest| (true, rest));
        let (label, suffix) = head.split_once('#').unwrap_or((head, ""));
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
        assert!(!label.is_empty() && label.chars().all(plain), "[{head:?} starts no annotation");
        let id = if suffix.is_empty() {
            format!("n{:03}", self.found.len())
        } else {
            format!("s{suffix}")
        };
        if focused {
            self.focus = Some((id.clone(), self.here()));
        }
        let known = self.found.entry(id.clone()).or_insert_with(|| (label.to_owned(), Vec::new()));
        assert_eq!(known.0, label, "the fragments of #{suffix} have different labels");
        let (label, suffix) = (label.to_owned(), suffix.to_owned());
        self.open.push(Open { id, label, suffix, start: self.here() });
    }

    #[track_caller]
    fn close(&mut self, name: &str) {
        let at = self.open.iter().rposition(|open| name.is_empty() || open.suffix == name);
        let open = self.open.remove(at.unwrap_or_else(|| panic!("] closes nothing (#{name})")));
        let span = Span::new(open.start, self.here());
        let span = span.unwrap_or_else(|| panic!("[{} marks nothing", open.label));
        self.found.get_mut(&open.id).unwrap().1.push(span);
    }

    #[track_caller]
    fn finish(self, annotator: &str) -> Marked {
        assert!(self.open.is_empty(), "an annotation is not closed");
        let text = Text::new(self.text);
        let id = |id: &str| Id::new(id).unwrap();
        let fragments = |mut spans: Vec<Span>| {
            spans.sort_unstable();
            Fragments::in_order(spans.into()).expect("the fragments of one annotation lie apart")
        };
        let focus = self.focus.map(|(focused, start)| {
            let mut spans = self.found[&focused].1.clone();
            spans.sort_unstable();
            let fragment = spans.iter().position(|span| span.start() == start).unwrap();
            Focus { id: id(&focused), fragment }
        });
        let annotations = self.found.into_iter().map(|(name, (label, spans))| {
            Annotation::new(id(&name), label.into(), fragments(spans))
        });
        let set = AnnotationSet::assemble(
            Annotator::of_folder(annotator).unwrap(),
            text.end(),
            Status::InProgress,
            annotations.collect(),
            Vec::new(),
        );
        let selection = match (self.anchor, self.head, self.selection_end) {
            (None, caret, None) => caret.map(Selection::caret),
            (Some(start), head, Some(end)) if head.is_none_or(|head| head == end) => {
                Some(Selection { anchor: start, head: end })
            }
            (Some(start), Some(head), Some(end)) if head == start => {
                Some(Selection { anchor: end, head: start })
            }
            marks => panic!("a caret or selection cannot lie so: {marks:?}"),
        };
        Marked { text, set: set.unwrap(), selection, focus }
    }
}

/// Writes a text with everything marked in it; the same state is always the same string.
pub(crate) fn render(
    text: &Text,
    set: &AnnotationSet,
    selection: Option<Selection>,
    focus: Option<&Focus>,
) -> String {
    let pieces = pieces(set, focus);
    let mut out = String::new();
    let mut open: Vec<&Piece> = Vec::new();
    let characters: Vec<char> = text.as_str().chars().collect();
    for at in 0..=characters.len() {
        let here = Offset::new(at);
        let mut named_close = false;
        while let Some(ending) = open.iter().rposition(|piece| piece.span.end() == here) {
            let innermost = ending + 1 == open.len();
            let piece = open.remove(ending);
            out.push(']');
            named_close = !innermost;
            if named_close {
                write!(out, "#{}", piece.number).unwrap();
            }
        }
        if let Some(selection) = selection {
            mark_selection(&mut out, selection, here);
        }
        for piece in pieces.iter().filter(|piece| piece.span.start() == here) {
            out.push('[');
            out.push_str(if piece.in_hand { "*" } else { "" });
            out.push_str(&piece.label);
            if piece.number > 0 {
                write!(out, "#{}", piece.number).unwrap();
            }
            out.push(':');
            open.push(piece);
        }
        if let Some(c) = characters.get(at) {
            // A digit behind a named close would be read as part of the name.
            let in_name = named_close && c.is_ascii_digit();
            if in_name || r"[]|<>\#".contains(*c) {
                out.push('\\');
            }
            out.push(*c);
        }
    }
    out
}

fn mark_selection(out: &mut String, selection: Selection, here: Offset) {
    let Selection { anchor, head } = selection;
    if anchor == head {
        out.push_str(if here == head { "|" } else { "" });
    } else if here == anchor {
        out.push(if anchor < head { '<' } else { '>' });
    } else if here == head {
        out.push_str(if anchor < head { ">" } else { "<|" });
    }
}

/// One fragment, with what is written about it.
struct Piece {
    span: Span,
    label: Arc<str>,
    /// Tells annotations of several fragments, or that cross others, apart; 0 for the rest.
    number: usize,
    in_hand: bool,
}

/// All fragments in the order in which they are opened: the longest first.
fn pieces(set: &AnnotationSet, focus: Option<&Focus>) -> Vec<Piece> {
    let all = || set.annotations().iter().flat_map(|annotation| annotation.fragments.iter());
    let is_crossed = |one: Span| {
        all().any(|other| {
            one.start() < other.start() && other.start() < one.end() && one.end() < other.end()
        })
    };
    let mut pieces = Vec::new();
    let mut numbers = 0;
    for annotation in set.annotations() {
        let several = annotation.fragments.count() > 1;
        let number = if several || annotation.fragments.iter().any(is_crossed) {
            numbers += 1;
            numbers
        } else {
            0
        };
        for (index, span) in annotation.fragments.iter().enumerate() {
            let in_hand =
                focus.is_some_and(|focus| focus.id == annotation.id && focus.fragment == index);
            pieces.push(Piece { span, label: annotation.label.clone(), number, in_hand });
        }
    }
    pieces.sort_by_key(|piece| (piece.span.start(), std::cmp::Reverse(piece.span.end())));
    pieces
}
