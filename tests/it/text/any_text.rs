//! Offsets, motions and growth on texts that are meant to break them.

use std::ops::Range;

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::text::{
    Direction, Offset, Stop, Text, clause_at, expand, in_one_line, next_grapheme,
    previous_grapheme, segment_at, sentence_at, shrink, snap_to_words, step, trim_white_space,
    word_at,
};
use unicode_segmentation::UnicodeSegmentation as _;

use super::UNITS;
use crate::hostile;

/// A text and a place in it.
fn text_and_place() -> impl Strategy<Value = (Text, Offset)> {
    (hostile::text(), any::<Index>()).prop_map(|(text, at)| {
        let at = hostile::place(&text, at);
        (text, at)
    })
}

/// A text and a range of it, which may be empty.
fn text_and_range() -> impl Strategy<Value = (Text, Range<Offset>)> {
    (hostile::text(), any::<[Index; 2]>()).prop_map(|(text, ends)| {
        let [one, other] = ends.map(|end| hostile::place(&text, end));
        (text, one.min(other)..one.max(other))
    })
}

/// Where the user-perceived characters of the text begin and end.
fn boundaries(text: &Text) -> Vec<Offset> {
    let starts = text.as_str().grapheme_indices(true).map(|(byte, _)| byte);
    starts
        .chain([text.as_str().len()])
        .map(|byte| Offset::new(text.as_str()[..byte].chars().count()))
        .collect()
}

fn is_line_end(c: char) -> bool {
    "\n\r\u{b}\u{c}\u{85}\u{2028}\u{2029}".contains(c)
}

fn check_blocks(text: &Text) {
    let characters: Vec<char> = text.as_str().chars().collect();
    let mut at = 0;
    let mut paragraph_goes_on = false;
    for (index, block) in text.blocks().iter().enumerate() {
        let between = &characters[at..block.range.start.get()];
        assert!(between.iter().all(|c| is_line_end(*c)), "{between:?} lies in no block");
        assert_eq!(between.is_empty(), index == 0 || paragraph_goes_on);
        assert_eq!(block.starts_paragraph, !paragraph_goes_on);
        let inside = &characters[block.range.start.get()..block.range.end.get()];
        assert!(!inside.iter().any(|c| is_line_end(*c)), "a line end lies in {inside:?}");
        assert_eq!(text.block_str(block), inside.iter().collect::<String>());
        paragraph_goes_on = !block.ends_paragraph;
        at = block.range.end.get();
    }
    assert_eq!(at, characters.len(), "the last block ends with the text");
    assert!(!paragraph_goes_on);
}

fn contains(outer: &Range<Offset>, inner: &Range<Offset>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

proptest! {
    #[test]
    fn offsets_and_bytes_agree_with_counting_characters(text in hostile::text()) {
        let content = text.as_str();
        prop_assert_eq!(text.characters(), content.chars().count());
        for (at, (byte, c)) in content.char_indices().enumerate() {
            let offset = Offset::new(at);
            prop_assert_eq!(text.byte_of(offset), byte);
            for inside in byte..byte + c.len_utf8() {
                prop_assert_eq!(text.offset_of(inside), offset);
            }
        }
        prop_assert_eq!(text.byte_of(text.end()), content.len());
        prop_assert_eq!(text.offset_of(content.len()), text.end());
    }

    #[test]
    fn a_slice_is_the_characters_counted_off((text, range) in text_and_range()) {
        let (start, length) = (range.start.get(), range.end.since(range.start));
        let counted: String = text.as_str().chars().skip(start).take(length).collect();
        prop_assert_eq!(text.slice(range), counted);
    }

    #[test]
    fn every_character_is_in_one_block_or_is_a_line_end(text in hostile::text()) {
        check_blocks(&text);
    }

    #[test]
    fn the_block_and_paragraph_around_a_place_hold_it((text, at) in text_and_place()) {
        let (block, content) = text.block_around(at);
        prop_assert_eq!(text.slice(block.clone()), content);
        let paragraph = text.paragraph_around(at);
        prop_assert!(contains(&paragraph, &block));
        // Only in the middle of a line end of two characters is a place in no block.
        let inside_line_end = text.slice(at - 1..at + 1) == "\r\n";
        prop_assert!(block.start <= at && (at <= block.end || inside_line_end));
        prop_assert!(!text.slice(paragraph).contains(is_line_end));
    }

    #[test]
    fn motions_go_their_way_and_stay_in_the_text((text, at) in text_and_place()) {
        for (unit, stop) in UNITS.into_iter().flat_map(|u| [(u, Stop::Start), (u, Stop::End)]) {
            let on = step(&text, at, unit, Direction::On, stop);
            prop_assert!(on <= text.end());
            prop_assert!(on > at || (on == at && at == text.end()), "{unit:?} on: {at:?} {on:?}");
            let back = step(&text, at, unit, Direction::Back, stop);
            prop_assert!(back < at || (back == at && at == Offset::ZERO), "{unit:?}: {back:?}");
        }
    }

    #[test]
    fn a_character_is_what_a_person_takes_for_one((text, at) in text_and_place()) {
        let boundaries = boundaries(&text);
        let next = boundaries.iter().copied().find(|boundary| *boundary > at);
        let before = boundaries.iter().copied().rev().find(|boundary| *boundary < at);
        prop_assert_eq!(next_grapheme(&text, at), next.unwrap_or(text.end()));
        prop_assert_eq!(previous_grapheme(&text, at), before.unwrap_or(Offset::ZERO));
    }

    #[test]
    fn what_lies_around_a_place_lies_in_the_text_and_in_order(
        text in hostile::text(), at in 0_usize..400,
    ) {
        // Also for places far beyond the end, which a stale message may bring.
        let at = Offset::new(at);
        let whole = Offset::ZERO..text.end();
        let found = [
            segment_at(&text, at),
            clause_at(&text, at),
            sentence_at(&text, at),
            text.paragraph_around(at),
            trim_white_space(&text, at..at + 7),
            snap_to_words(&text, at..at + 7),
            Offset::ZERO..next_grapheme(&text, at),
            Offset::ZERO..previous_grapheme(&text, at),
        ];
        for (index, range) in found.iter().enumerate() {
            prop_assert!(contains(&whole, range) && range.start <= range.end, "{index} {range:?}");
        }
        if let Some(word) = word_at(&text, at) {
            prop_assert!(word.start() <= at && at <= word.end() && word.end() <= text.end());
        }
        for unit in UNITS {
            for direction in [Direction::Back, Direction::On] {
                for stop in [Stop::Start, Stop::End] {
                    prop_assert!(step(&text, at, unit, direction, stop) <= text.end());
                }
            }
        }
    }

    #[test]
    fn expanding_strictly_grows_until_it_is_the_whole_text((text, range) in text_and_range()) {
        let whole = Offset::ZERO..text.end();
        let mut range = range;
        while range != whole {
            let larger = expand(&text, &range);
            prop_assert!(contains(&larger, &range) && larger != range, "{range:?} {larger:?}");
            prop_assert!(contains(&whole, &larger));
            range = larger;
        }
        prop_assert_eq!(expand(&text, &range), whole);
    }

    #[test]
    fn shrinking_stays_inside_and_ends_at_the_origin(
        (text, range) in text_and_range(), origin in any::<Index>(),
    ) {
        let origin = range.start + origin.index(range.end.since(range.start) + 1);
        let mut range = range;
        while !range.is_empty() {
            let smaller = shrink(&text, &range, origin);
            prop_assert!(contains(&range, &smaller) && smaller != range, "{range:?} {smaller:?}");
            range = smaller;
        }
        prop_assert_eq!(range, origin..origin);
    }

    #[test]
    fn shrinking_takes_back_what_expanding_did((text, origin) in text_and_place()) {
        let mut steps = vec![origin..origin];
        while steps.last() != Some(&(Offset::ZERO..text.end())) {
            steps.push(expand(&text, steps.last().unwrap()));
        }
        for pair in steps.windows(2) {
            prop_assert_eq!(&shrink(&text, &pair[1], origin), &pair[0]);
        }
    }

    #[test]
    fn trimming_leaves_no_white_space_at_an_edge((text, range) in text_and_range()) {
        let trimmed = trim_white_space(&text, range.clone());
        prop_assert!(contains(&range, &trimmed));
        let content = text.slice(trimmed);
        prop_assert_eq!(content, text.slice(range).trim());
    }

    #[test]
    fn snapping_takes_whole_words_and_lets_no_marked_character_go(
        (text, range) in text_and_range(),
    ) {
        let trimmed = trim_white_space(&text, range.clone());
        let snapped = snap_to_words(&text, range);
        prop_assert!(contains(&snapped, &trimmed));
        prop_assert!(snapped.end <= text.end());
        prop_assert_eq!(trimmed.is_empty(), snapped.is_empty());
        if !snapped.is_empty() {
            prop_assert_eq!(segment_at(&text, snapped.start).start, snapped.start);
            prop_assert_eq!(segment_at(&text, snapped.end - 1).end, snapped.end);
        }
        prop_assert_eq!(snap_to_words(&text, snapped.clone()), snapped);
    }
}

proptest! {
    // Each case looks at a text of up to some ten thousand characters.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn very_long_lines_are_cut_between_characters(text in hostile::long_text()) {
        check_blocks(&text);
        let longest = text.as_str().graphemes(true).map(str::len).max();
        // Only one character longer than a block may itself be cut.
        prop_assume!(longest.is_some_and(|bytes| bytes < 4_000));
        let boundaries: std::collections::BTreeSet<Offset> = boundaries_of_long(&text);
        for block in text.blocks() {
            prop_assert!(boundaries.contains(&block.range.start), "{:?}", block);
            let on = next_grapheme(&text, block.range.start);
            let back = previous_grapheme(&text, block.range.end);
            prop_assert!(boundaries.contains(&on) && boundaries.contains(&back), "{block:?}");
        }
    }
}

/// The same as [`boundaries`], counted in one pass.
fn boundaries_of_long(text: &Text) -> std::collections::BTreeSet<Offset> {
    let mut at = Offset::ZERO;
    let mut found = std::collections::BTreeSet::from([at]);
    for grapheme in text.as_str().graphemes(true) {
        at = at + grapheme.chars().count();
        found.insert(at);
    }
    found
}

proptest! {
    /// However they are written, white space and control characters are blanks, one for one.
    #[test]
    fn words_in_one_line_differ_by_blanks_alone(words in prop_oneof!["[ -\\x7f\n\t]{0,40}", ".{0,20}"]) {
        let line = in_one_line(&words);
        prop_assert_eq!(line.chars().count(), words.chars().count());
        for (shown, word) in line.chars().zip(words.chars()) {
            let is_blank = word.is_whitespace() || word.is_control();
            prop_assert_eq!(shown, if is_blank { ' ' } else { word });
        }
    }
}

#[test]
fn an_empty_text_has_one_empty_block_and_nothing_moves() {
    let text = Text::new("");
    check_blocks(&text);
    assert_eq!(text.blocks().len(), 1);
    assert_eq!(expand(&text, &(Offset::ZERO..Offset::ZERO)), Offset::ZERO..Offset::ZERO);
    assert_eq!(
        shrink(&text, &(Offset::ZERO..Offset::ZERO), Offset::ZERO),
        Offset::ZERO..Offset::ZERO
    );
    assert_eq!(word_at(&text, Offset::ZERO), None);
}
