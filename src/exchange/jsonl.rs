//! Tandai's own rows as JSON lines.

use super::context::Context;
use super::pieces::{Encoded, Piece};
use super::row::row_of;
use crate::corpus::Entry;

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    // About what a row comes to, so that it is not copied as it grows.
    let marks: usize = entry.sets.iter().map(|set| set.annotations().len()).sum();
    let mut line =
        Vec::with_capacity(entry.document.text.as_str().len() * 5 / 4 + marks * 320 + 256);
    if serde_json::to_writer(&mut line, &row_of(entry)).is_err() {
        // Never: writing to memory cannot fail. It would not read back either.
        line.clear();
    }
    line.push(b'\n');
    let file = format!("data/{}-00000.jsonl", context.part(&entry.document));
    Encoded { pieces: vec![Piece::new(file, line)], ..Encoded::default() }
}
