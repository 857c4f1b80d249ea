use std::ops::Range;
use std::sync::Arc;

use super::measures::{AFTER_PARAGRAPH, FOLD};
use crate::session::{Session, other_end};
use crate::text::{Block, Offset, Span, Text, sentence_at};

/// The longest neighbouring sentence that is shown as context, in characters.
const CONTEXT: usize = 300;

/// What of the text is laid out: all of its blocks, or only linked passages with
/// folds between them.
#[derive(Clone, PartialEq)]
pub(super) struct Pieces {
    text: Text,
    /// The passages; `None` for all of the text.
    passages: Option<Arc<Vec<Block>>>,
}

impl Pieces {
    /// All of the open text or, where it is folded, what is linked with the
    /// focused annotation.
    pub(super) fn shown(session: &Session) -> Option<Self> {
        let text = session.document()?.text.clone();
        let passages = session.is_folded().then(|| Arc::new(linked_passages(session, &text)));
        Some(Self { text, passages })
    }

    pub(super) fn as_slice(&self) -> &[Block] {
        self.passages.as_ref().map_or(self.text.blocks(), |passages| passages)
    }

    pub(super) fn get(&self, index: usize) -> Option<&Block> {
        self.as_slice().get(index)
    }

    /// The piece that `offset` is in or at the end of, or the one before the fold
    /// that it is in.
    pub(super) fn index(&self, offset: Offset) -> usize {
        self.as_slice().partition_point(|piece| piece.range.start <= offset).saturating_sub(1)
    }

    /// Space above the first piece, in points.
    pub(super) fn space_before(&self) -> f32 {
        let folded = self.get(0).is_some_and(|first| first.range.start > Offset::ZERO);
        if folded && self.passages.is_some() { FOLD } else { 0.0 }
    }

    /// Space below a piece, in points.
    pub(super) fn space_after(&self, index: usize) -> f32 {
        if self.folded_after(index).is_some() {
            return FOLD;
        }
        let ends = self.get(index).is_some_and(|piece| piece.ends_paragraph);
        if ends { AFTER_PARAGRAPH } else { 0.0 }
    }

    /// The number of characters that are folded away below a piece, line ends
    /// between paragraphs apart.
    pub(super) fn folded_after(&self, index: usize) -> Option<usize> {
        self.passages.as_ref()?;
        let piece = self.get(index)?;
        let next = self.get(index + 1).map_or(self.text.end(), |next| next.range.start);
        let between = next.since(piece.range.end);
        let only_line_end = piece.ends_paragraph && between <= 2;
        (between > 0 && !only_line_end).then_some(between)
    }
}

/// The sentences that the focused annotation and what it is linked with lie in,
/// with one more on either side.
fn linked_passages(session: &Session, text: &Text) -> Vec<Block> {
    let (Some(focused), Some(set)) = (session.focused(), session.shown_set()) else {
        return Vec::new();
    };
    let links = session.links();
    let others = links.iter().filter_map(|link| set.annotation(other_end(link, &focused.id)));
    let spans = std::iter::once(focused).chain(others).flat_map(|a| a.fragments.iter());
    let passages: Vec<Range<Offset>> = spans.map(|span| around(text, span)).collect();
    text.passages(&passages)
}

fn around(text: &Text, span: Span) -> Range<Offset> {
    let first = sentence_at(text, span.start());
    let last = sentence_at(text, span.end() - 1);
    let (start, end) = (first.start.min(span.start()), last.end.max(span.end()));
    let paragraph = text.paragraph_around(start);
    let before = sentence_at(text, start - 2);
    let after = sentence_at(text, end + 1);
    let fits = |sentence: &Range<Offset>| {
        sentence.end.since(sentence.start) <= CONTEXT
            && paragraph.start <= sentence.start
            && sentence.end <= paragraph.end
    };
    let start = if fits(&before) { start.min(before.start) } else { start };
    let end = if fits(&after) { end.max(after.end) } else { end };
    start..end
}
