use unicode_segmentation::UnicodeSegmentation as _;

use super::{Offset, Text};

/// The end of the user-perceived character (grapheme cluster) after `at`.
///
/// From the end of a line, the start of the next: a line end is one step, also as CR LF.
#[must_use]
pub fn next_grapheme(text: &Text, at: Offset) -> Offset {
    let (range, content) = text.block_around(at);
    if at >= range.end {
        let next = text.blocks().get(text.block_index(at) + 1);
        return next.map_or(text.end(), |block| block.range.start);
    }
    let mut start = range.start;
    for grapheme in content.graphemes(true) {
        start = start + grapheme.chars().count();
        if start > at {
            break;
        }
    }
    start
}

/// The start of the grapheme cluster before `at`, or the end of the line before.
#[must_use]
pub fn previous_grapheme(text: &Text, at: Offset) -> Offset {
    let (range, content) = text.block_around(at);
    if at <= range.start {
        let Some(index) = text.block_index(at).checked_sub(1) else { return Offset::ZERO };
        let Some(before) = text.blocks().get(index) else { return Offset::ZERO };
        return if before.ends_paragraph {
            before.range.end
        } else {
            last_grapheme_start(text.block_str(before), before.range.start)
        };
    }
    let mut start = range.start;
    for grapheme in content.graphemes(true) {
        let end = start + grapheme.chars().count();
        if end >= at {
            break;
        }
        start = end;
    }
    start
}

fn last_grapheme_start(content: &str, start: Offset) -> Offset {
    let last = content.graphemes(true).next_back().unwrap_or_default();
    start + (content.chars().count() - last.chars().count())
}
