//! Hints on words and clauses, and what their letters do.

use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::session::{HintKind, Hinting, Message, Mode};
use tandai::text::Offset;

use super::{Person, check, check_refused};
use crate::{hostile, markup};

#[track_caller]
fn hinting(person: &Person) -> &Hinting {
    match person.session.mode() {
        Some(Mode::Hinting(hinting)) => hinting,
        other => panic!("there are no hints: {other:?}"),
    }
}

/// The hints with what they are on: `a Kim`.
fn hints(person: &Person) -> Vec<String> {
    let text = &person.session.document().unwrap().text;
    let hints = hinting(person).hints.iter();
    hints.map(|hint| format!("{} {}", hint.letters, text.slice(hint.span.range()))).collect()
}

#[test]
fn the_words_nearest_to_the_caret_have_the_first_letters() {
    let mut person = Person::reading("|Kim tiba hari ini.");
    person.press("F");
    assert_eq!(hints(&person), ["a Kim", "s tiba", "d hari", "f ini"]);
    let mut person = Person::reading("Kim tiba |hari ini.");
    person.press("F");
    assert_eq!(hints(&person), ["f Kim", "s tiba", "a hari", "d ini"]);
}

#[test]
fn one_hint_places_the_caret_and_a_label_key_tags_the_word_there() {
    check("|Kim tiba hari ini.", "F D", "Kim tiba |hari ini.");
    check("|Kim tiba hari ini.", "F D 4", "Kim tiba |[*location:hari] ini.");
    check("[*claim:Kim] tiba.", "F S 3", "[claim:Kim] |[*denial:tiba].");
}

#[test]
fn one_hint_and_plus_add_the_word_there_to_what_was_focused_last() {
    let added = "[claim#1:Kim] tiba [*claim#1:hari]| ini.";
    check("[*claim:Kim] tiba hari ini.", "F D +", added);
    check("|Kim tiba hari ini.", "F D +", "Kim tiba <hari> ini.");
}

#[test]
fn two_hints_select_from_one_to_the_other_in_either_order() {
    check("|Kim tiba hari ini.", "F S D", "Kim <tiba hari> ini.");
    check("|Kim tiba hari ini.", "F D S", "Kim <tiba hari> ini.");
    check("|Kim tiba hari ini.", "F D D", "Kim tiba <hari> ini.");
    check("|Kim tiba hari ini.", "F S F 1", "Kim [*claim:tiba hari ini]|.");
}

#[test]
fn after_the_second_hint_letters_are_for_commands_again() {
    let mut person = Person::reading("|Kim tiba hari ini.");
    person.press("F S");
    assert!(person.session.mode().is_some());
    person.press("D");
    assert_eq!(person.session.mode(), None);
}

#[test]
fn marks_of_lists_and_times_of_a_live_report_are_no_part_of_clauses() {
    let text =
        "|09:05 ▪ Kim tiba, kata KCNA.\n• Seoul membantah kabar.\n* Hal itu 3*4.\n– col·lega";
    let mut person = Person::reading(text);
    person.press("C");
    let clauses = hints(&person).into_iter().map(|hint| hint[2..].trim().to_owned());
    let clauses: Vec<String> = clauses.collect();
    let wanted =
        ["09:05", "Kim tiba", "kata KCNA", "Seoul membantah kabar", "Hal itu 3*4", "col·lega"];
    assert_eq!(clauses, wanted);
}

#[test]
fn a_hint_on_a_clause_selects_it_and_a_second_one_goes_up_to_there() {
    let text = "|Kim tiba, KCNA diam, Seoul ramai.";
    let mut person = Person::reading(text);
    person.press("C");
    let clauses = hints(&person);
    assert_eq!(clauses.len(), 3, "{clauses:?}");
    person.press("S");
    person.check("Kim tiba, <KCNA diam>, Seoul ramai.");
    person.press("D");
    person.check("Kim tiba, <KCNA diam, Seoul ramai>.");
    check(text, "C D A", "<Kim tiba, KCNA diam, Seoul ramai>.");
    check(text, "C S 1", "Kim tiba, [*claim:KCNA diam]|, Seoul ramai.");
}

#[test]
fn a_letter_that_no_hint_has_is_said_and_the_hints_stay() {
    let mut person = Person::reading("|Kim tiba.");
    person.press("F Z");
    assert_eq!(person.notice(), "No hint is Z");
    person.press("S");
    person.check("Kim |tiba.");
}

#[test]
fn escape_leaves_the_hints_and_the_caret_where_it_is() {
    check("Kim |tiba.", "F Escape", "Kim |tiba.");
    check("|Kim tiba.", "F S Escape", "Kim |tiba.");
    let mut person = Person::reading("|Kim tiba.");
    person.press("F Escape");
    assert_eq!(person.session.mode(), None);
    // Letters are for commands again.
    person.press("S");
    assert!(person.notice().starts_with("The mouse selects"), "{}", person.notice());
}

#[test]
fn nothing_to_put_hints_on_is_said() {
    check_refused("|", "F", "There is nothing here to put hints on");
    check_refused(" | \n", "C", "There is nothing here to put hints on");
}

#[test]
fn of_two_letters_the_first_may_be_taken_back() {
    let words: Vec<String> = (0..60).map(|at| format!("kata{at}")).collect();
    let mut person = Person::reading(&format!("|{}", words.join(" ")));
    person.press("F");
    let last = hinting(&person).hints.last().unwrap().letters.clone();
    assert_eq!(last.len(), 2, "{last}");
    let (first, second) = last.split_at(1);
    person.press(first);
    assert!(hinting(&person).live().all(|hint| hint.letters.starts_with(first)));
    person.press("Backspace");
    assert_eq!(hinting(&person).live().count(), 60);
    person.press(first);
    person.press(second);
    assert_eq!(person.session.selection().head, person.place_of("kata59"));
}

#[test]
fn with_another_set_of_keys_hints_have_its_letters() {
    let mut person = Person::reading("|Kim tiba.");
    person.tell(Message::UsePreset("left-handed".to_owned()));
    person.press("J");
    assert_eq!(hints(&person), ["j Kim", "k tiba"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_hint_is_the_start_of_another_and_the_nearest_are_the_shortest(
        text in prop_oneof![hostile::text(), hostile::long_text()],
        caret in any::<Index>(),
        kind in select(vec![HintKind::Words, HintKind::Clauses]),
    ) {
        let set = hostile::set_of(&text, tandai::corpus::Status::New, &[], &[]);
        let mut person = Person::reading(&markup::render(&text, &set, None, None));
        let at = hostile::place(&text, caret);
        person.tell(Message::Caret { at, extend: false });
        // As much as fits into a window.
        let visible = vec![Offset::ZERO..text.end().min(Offset::new(3_000))];
        person.tell(Message::ShowHints { kind, visible });
        let Some(Mode::Hinting(hinting)) = person.session.mode() else { return Ok(()) };
        let mut codes: Vec<&str> = hinting.hints.iter().map(|h| h.letters.as_str()).collect();
        codes.sort_unstable();
        for pair in codes.windows(2) {
            prop_assert!(!pair[1].starts_with(pair[0]), "{pair:?}");
        }
        let mut by_distance = hinting.hints.clone();
        by_distance.sort_by_key(|h| h.span.start().since(at).max(at.since(h.span.start())));
        let lengths: Vec<usize> = by_distance.iter().map(|h| h.letters.len()).collect();
        prop_assert!(lengths.is_sorted() && lengths.iter().all(|l| (1..=2).contains(l)), "{lengths:?}");
    }

    #[test]
    fn the_letters_of_any_hint_lead_to_its_word(
        text in hostile::text(),
        caret in any::<Index>(),
        hint in any::<Index>(),
    ) {
        let set = hostile::set_of(&text, tandai::corpus::Status::New, &[], &[]);
        let mut person = Person::reading(&markup::render(&text, &set, None, None));
        person.tell(Message::Caret { at: hostile::place(&text, caret), extend: false });
        person.press("F");
        let Some(Mode::Hinting(hinting)) = person.session.mode() else { return Ok(()) };
        let hint = hint.get(&hinting.hints).clone();
        for letter in hint.letters.chars() {
            person.press(&letter.to_string());
        }
        prop_assert_eq!(person.session.selection().head, hint.span.start());
    }
}
