//! Lays a block out word by word.
//!
//! egui 0.37 puts right-to-left words in the wrong order and counts them wrongly
//! (egui issue 8576), and breaks lines of Thai anywhere. So each word is laid out by
//! itself, which egui does right, the lines are broken here where the Unicode line
//! breaking algorithm allows it (UAX #14), and the words of a line are put in the order
//! of the Unicode bidirectional algorithm (UAX #9). Inside a right-to-left word the
//! places between letters are shared out evenly.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use egui::{Context, Galley, vec2};
use icu_segmenter::LineSegmenter;
use icu_segmenter::options::LineBreakOptions;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_bidi_mirroring::get_mirrored;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation as _};

use super::galley::{Setting, galley, grapheme_widths};
use super::layout::{Cell, Layout, Row, cells_of_graphemes};
use crate::text::Offset;

/// A word, a blank or a piece of punctuation, laid out by itself.
struct Token<'a> {
    content: &'a str,
    level: Level,
    width: f32,
    galley: Arc<Galley>,
    /// Whether a line may be broken before it.
    may_begin_line: bool,
}

/// The first character of the Hebrew block: none before it runs from right to left.
const HEBREW: char = '\u{590}';

/// Whether any character runs from right to left.
pub(in crate::ui) fn has_right_to_left(content: &str) -> bool {
    // A list asks this of each of its words with each frame.
    !content.is_ascii() && content.chars().any(|c| c >= HEBREW && is_right_to_left(c))
}

fn is_right_to_left(c: char) -> bool {
    use BidiClass::{AL, AN, R, RLE, RLI, RLO};
    matches!(bidi_class(c), R | AL | AN | RLE | RLO | RLI)
}

/// Whether there are words that only a dictionary tells apart, between which lines are broken.
pub(super) fn has_words_without_blanks(content: &str) -> bool {
    !content.is_ascii() && content.chars().any(is_of_words_without_blanks)
}

/// Thai, Lao, Burmese and Khmer. Chinese and Japanese lines may be broken nearly anywhere.
fn is_of_words_without_blanks(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Whether a paragraph as a whole runs from right to left.
pub(in crate::ui) fn starts_right_to_left(content: &str) -> bool {
    has_right_to_left(content)
        && BidiInfo::new(content, None).paragraphs.first().is_some_and(|p| p.level.is_rtl())
}

pub(super) fn lay_out(
    context: &Context,
    content: &str,
    range: &Range<Offset>,
    setting: &Setting,
) -> Layout {
    let bidi = BidiInfo::new(content, None);
    let base = bidi.paragraphs.first().map_or(Level::ltr(), |paragraph| paragraph.level);
    let tokens = tokens(context, content, &bidi.levels, setting);
    let lines = broken_into_lines(tokens, setting.width);
    let mut layout =
        Layout { galleys: Vec::new(), rows: Vec::new(), row_height: setting.row_height };
    let mut start = range.start;
    for line in &lines {
        let row = place_line(line, start, base, setting, &mut layout);
        start = row.range.end;
        layout.rows.push(row);
    }
    if layout.rows.is_empty() {
        layout.rows.push(Row::new(range.start, "", Vec::new(), 0.0));
    }
    layout
}

/// How wide a text is on one line, in points.
pub(super) fn width(context: &Context, content: &str, setting: &Setting) -> f32 {
    let bidi = BidiInfo::new(content, None);
    let setting = Setting { width: f32::INFINITY, ..setting.clone() };
    tokens(context, content, &bidi.levels, &setting).iter().map(|token| token.width).sum()
}

/// Cuts the block at the edges of words, where lines may be broken and where the direction
/// changes.
fn tokens<'a>(
    context: &Context,
    content: &'a str,
    levels: &[Level],
    setting: &Setting,
) -> Vec<Token<'a>> {
    let line_breaks = line_breaks(content);
    let turns = content.char_indices().map(|(at, _)| at);
    let turns = turns.filter(|at| *at > 0 && levels.get(*at) != levels.get(at - 1));
    let words = content.split_word_bound_indices().map(|(at, _)| at);
    let words = words.filter(|at| !is_inside_words_without_blanks(content, *at));
    let signs = edges_of_signs(content);
    let mut cuts: Vec<usize> =
        words.chain(turns).chain(signs).chain(line_breaks.iter().copied()).collect();
    cuts.push(content.len());
    cuts.sort_unstable();
    cuts.dedup();
    let mut tokens = Vec::new();
    let mut from = 0;
    for to in cuts {
        let may_begin_line = line_breaks.binary_search(&from).is_ok();
        let word = content.get(from..to).map(|word| (word, may_begin_line));
        push_token(context, word, levels.get(from), setting, &mut tokens);
        from = to;
    }
    tokens
}

/// Where signs begin and end that have no direction of their own, also inside of words, as the
/// quotation mark in צה"ל: egui would put the letters on its sides in the wrong order.
fn edges_of_signs(content: &str) -> impl Iterator<Item = usize> {
    let is_sign = |c: char| {
        matches!(bidi_class(c), BidiClass::ON | BidiClass::CS | BidiClass::ES | BidiClass::ET)
    };
    let following = content.char_indices().skip(1);
    let pairs = content.chars().zip(following);
    let edges = pairs.filter(move |(c, (_, next))| is_sign(*c) != is_sign(*next));
    edges.map(|(_, (at, _))| at).filter(|at| is_between_characters(content, *at))
}

/// What is drawn of a token: of signs that run from right to left, such as brackets, those that
/// open to the other side (rule L4).
fn drawn(content: &str, level: Level) -> Cow<'_, str> {
    let has_mirrored = |c: char| get_mirrored(c).is_some();
    if level.is_rtl() && content.contains(has_mirrored) {
        content.chars().map(|c| get_mirrored(c).unwrap_or(c)).collect::<String>().into()
    } else {
        content.into()
    }
}

/// The bytes before which a line may be broken, in order.
fn line_breaks(content: &str) -> Vec<usize> {
    let lines = LineSegmenter::new_dictionary(LineBreakOptions::default());
    // What the dictionary does not know it may cut inside a character.
    lines.segment_str(content).filter(|at| is_between_characters(content, *at)).collect()
}

/// Whether no character, with all that is drawn as part of it, is cut at a place.
fn is_between_characters(content: &str, at: usize) -> bool {
    GraphemeCursor::new(at, content.len(), true).is_boundary(content, 0).unwrap_or_default()
}

/// Whether a place has letters on both sides between which only a dictionary finds words.
fn is_inside_words_without_blanks(content: &str, at: usize) -> bool {
    let Some((before, behind)) = content.split_at_checked(at) else { return false };
    before.chars().next_back().is_some_and(is_of_words_without_blanks)
        && behind.chars().next().is_some_and(is_of_words_without_blanks)
}

/// Takes a token in; one wider than a line, in pieces that fit.
fn push_token<'a>(
    context: &Context,
    word: Option<(&'a str, bool)>,
    level: Option<&Level>,
    setting: &Setting,
    tokens: &mut Vec<Token<'a>>,
) {
    let Some((content, may_begin_line)) = word.filter(|(content, _)| !content.is_empty()) else {
        return;
    };
    let level = level.copied().unwrap_or(Level::ltr());
    let galley = galley(context, &drawn(content, level), setting, f32::INFINITY);
    let glyphs = galley.rows.iter().flat_map(|row| &row.glyphs);
    let width: f32 = glyphs.map(|glyph| glyph.advance_width).sum();
    let characters = content.chars().count();
    if width > setting.width && characters > 1 {
        let half = content.grapheme_indices(true).nth(content.graphemes(true).count() / 2);
        if let Some((head, tail)) = half.and_then(|(at, _)| content.split_at_checked(at))
            && !head.is_empty()
        {
            push_token(context, Some((head, may_begin_line)), Some(&level), setting, tokens);
            push_token(context, Some((tail, true)), Some(&level), setting, tokens);
            return;
        }
    }
    tokens.push(Token { content, level, width, galley, may_begin_line });
}

fn broken_into_lines(tokens: Vec<Token<'_>>, width: f32) -> Vec<Vec<Token<'_>>> {
    let mut lines = Vec::new();
    let mut line: Vec<Token<'_>> = Vec::new();
    let mut used = 0.0;
    for token in tokens {
        let blank = token.content.chars().all(char::is_whitespace);
        while used + token.width > width && !blank && !line.is_empty() {
            // At the last place where that may be or, where there is none, right here.
            let inside = || (1..line.len()).rev().find(|at| may_begin_at(&line, *at));
            let at = if token.may_begin_line { None } else { inside() };
            let rest = line.split_off(at.unwrap_or(line.len()));
            used = rest.iter().map(|token| token.width).sum();
            lines.push(std::mem::replace(&mut line, rest));
        }
        used += token.width;
        line.push(token);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Whether a line may be broken before one of its tokens.
fn may_begin_at(line: &[Token<'_>], at: usize) -> bool {
    line.get(at).is_some_and(|token| token.may_begin_line)
}

/// Puts the tokens of a line where they are seen.
fn place_line(
    line: &[Token<'_>],
    start: Offset,
    base: Level,
    setting: &Setting,
    layout: &mut Layout,
) -> Row {
    let trailing = line.iter().rev().take_while(|token| token.content.trim().is_empty()).count();
    let text_tokens = line.len() - trailing;
    // Blanks at the end of a line go with the paragraph (rule L1).
    let levels: Vec<Level> = line
        .iter()
        .enumerate()
        .map(|(at, token)| if at < text_tokens { token.level } else { base })
        .collect();
    let text_width: f32 = line.iter().take(text_tokens).map(|token| token.width).sum();
    let hanging: f32 = line.iter().skip(text_tokens).map(|token| token.width).sum();
    let top = layout.rows.len() as f32 * setting.row_height;
    let edge = if base.is_rtl() { setting.width } else { 0.0 };
    let mut x = if base.is_rtl() { setting.width - text_width - hanging } else { 0.0 };
    let mut cells: Vec<Vec<Cell>> = vec![Vec::new(); line.len()];
    for at in BidiInfo::reorder_visual(&levels) {
        let (Some(token), Some(slot)) = (line.get(at), cells.get_mut(at)) else { continue };
        *slot = token_cells(token, x);
        layout.galleys.push((vec2(x, top), token.galley.clone()));
        x += token.width;
    }
    let cells: Vec<Cell> = cells.into_iter().flatten().collect();
    let content: String = line.iter().map(|token| token.content).collect();
    Row::new(start, &content, cells, edge)
}

fn token_cells(token: &Token<'_>, x: f32) -> Vec<Cell> {
    if token.level.is_rtl() {
        let count = token.content.graphemes(true).count();
        let each = token.width / count as f32;
        let widths = std::iter::repeat_n(each, count);
        return cells_of_graphemes(token.content, widths, x + token.width, true);
    }
    let glyphs: Vec<_> = token.galley.rows.iter().flat_map(|row| row.glyphs.clone()).collect();
    let widths = if glyphs.len() == token.content.chars().count() {
        grapheme_widths(token.content, &glyphs)
    } else {
        let count = token.content.graphemes(true).count();
        vec![token.width / count as f32; count]
    };
    cells_of_graphemes(token.content, widths.into_iter(), x, false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_before_hebrew_runs_from_right_to_left() {
        assert!(!('\0'..HEBREW).any(is_right_to_left));
        assert!(has_right_to_left("é א") && has_right_to_left("a\u{202e}b"));
        assert!(!has_right_to_left("“é” 東京"));
    }
}
