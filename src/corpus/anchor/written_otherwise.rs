//! Places in a text that is the same as another but for its line ends and the mark at its start.

use crate::corpus::Fragments;
use crate::text::{MARK, Offset, Span, Text, without_mark};

/// Where places of one text are in another that is only written otherwise.
#[derive(Debug)]
pub struct WrittenOtherwise {
    /// For each place of the one text, how many characters lie before it that both have.
    before: Vec<usize>,
    /// For each such number, where in the other text it begins, and where what lies before it ends.
    there: Vec<(usize, usize)>,
}

impl WrittenOtherwise {
    /// `None` where the texts differ in more than how they are written.
    #[must_use]
    pub fn of(old: &Text, new: &Text) -> Option<Self> {
        let shared = |text: &Text| without_mark(text.as_str()).replace("\r\n", "\n");
        if shared(old) != shared(new) {
            return None;
        }
        let mut there: Vec<(usize, usize)> = Vec::new();
        for (at, count) in counts(new).into_iter().enumerate() {
            match there.get_mut(count) {
                // What comes later with the same number lies behind what only one text has.
                Some((begins, _)) => *begins = at,
                None => there.push((at, at)),
            }
        }
        Some(Self { before: counts(old), there })
    }

    /// The place of these fragments; `None` where nothing of one is left.
    #[must_use]
    pub fn place(&self, fragments: &Fragments) -> Option<Fragments> {
        let shared = |at: Offset| self.there.get(*self.before.get(at.get())?);
        let span = |span: Span| {
            let (start, end) = (shared(span.start())?.0, shared(span.end())?.1);
            Span::new(Offset::new(start), Offset::new(end))
        };
        Fragments::in_order(fragments.iter().map(span).collect::<Option<_>>()?)
    }
}

/// For each place of a text, how many characters lie before it that stay however it is written.
fn counts(text: &Text) -> Vec<usize> {
    let mut count = 0;
    let mut characters = text.as_str().chars().peekable();
    let mut counts = Vec::with_capacity(text.characters() + 1);
    let mut is_first = true;
    while let Some(c) = characters.next() {
        counts.push(count);
        let stays = !(c == '\r' && characters.peek() == Some(&'\n') || is_first && c == MARK);
        count += usize::from(stays);
        is_first = false;
    }
    counts.push(count);
    counts
}
