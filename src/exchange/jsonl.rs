//! Tandai's own rows as JSON lines.

use super::context::Context;
use super::pieces::{Encoded, Piece};
use super::row::row_of;
use crate::corpus::Entry;

pub(super) fn encode(entry: &Entry, context: &Context) -> Encoded {
    let mut line = serde_json::to_vec(&row_of(entry)).unwrap_or_default();
    line.push(b'\n');
    let file = format!("data/{}-00000.jsonl", context.part(&entry.document));
    Encoded { pieces: vec![Piece::new(file, line)], ..Encoded::default() }
}
