//! Caret, selection and focus.

use tandai::corpus::Id;
use tandai::session::Message;
use tandai::text::Offset;

use super::{Person, check, check_refused};

#[test]
fn arrows_move_by_what_a_person_takes_for_a_character() {
    check("Ki|m", "Right", "Kim|");
    check("Kim|", "Right", "Kim|");
    check("|e\u{301}👍🏽x", "Right Right", "e\u{301}👍🏽|x");
    check("Kim|\r\ntiba", "Right", "Kim\r\n|tiba");
    check("Kim\r\n|tiba", "Left Left", "Ki|m\r\ntiba");
}

#[test]
fn shift_moves_the_end_of_the_selection_and_an_arrow_alone_lets_it_go_at_its_side() {
    check("Ki|m tiba", "Shift+Right Shift+Right", "Ki<m >tiba");
    check("Kim| tiba", "Shift+Left Shift+Left", "K<|im> tiba");
    check("K<im t>iba", "Left", "K|im tiba");
    check("K<|im t>iba", "Right", "Kim t|iba");
}

#[test]
fn a_selection_grows_and_shrinks_by_what_the_text_is_made_of() {
    let text = "Ia pulang. Kim tiba, kata media pe|merintah, Kamis. Ia diam.\nSelesai.";
    let steps = [
        "Ia pulang. Kim tiba, kata media <pemerintah>, Kamis. Ia diam.\nSelesai.",
        "Ia pulang. Kim tiba, <kata media pemerintah>, Kamis. Ia diam.\nSelesai.",
        "Ia pulang. <Kim tiba, kata media pemerintah, Kamis.> Ia diam.\nSelesai.",
        "<Ia pulang. Kim tiba, kata media pemerintah, Kamis. Ia diam.>\nSelesai.",
        "<Ia pulang. Kim tiba, kata media pemerintah, Kamis. Ia diam.\nSelesai.>",
    ];
    let mut person = Person::reading(text);
    for step in steps {
        person.press("E");
        person.check(step);
    }
    for step in steps.iter().rev().skip(1) {
        person.press("Shift+E");
        person.check(step);
    }
    person.press("Shift+E");
    person.check(text);
}

#[test]
fn a_clause_is_tagged_with_three_keys() {
    check("Kim ti|ba hari ini, kata KCNA.", "E E 1", "[*claim:Kim tiba hari ini]|, kata KCNA.");
}

#[test]
fn shrinking_a_selection_drawn_by_hand_stays_inside_it() {
    check("Kim ti<ba ha>ri ini.", "Shift+E", "Kim ti|ba hari ini.");
    check("Kim <tiba hari >ini.", "Shift+E", "Kim <tiba> hari ini.");
}

#[test]
fn tab_walks_the_annotations_from_the_caret_and_round() {
    let text = "[claim:Kim] | [source:KCNA] [location:Seoul]";
    check(text, "Tab", "[claim:Kim]  |[*source:KCNA] [location:Seoul]");
    check(text, "Tab Tab", "[claim:Kim]  [source:KCNA] |[*location:Seoul]");
    check(text, "Tab Tab Tab", "|[*claim:Kim]  [source:KCNA] [location:Seoul]");
    check(text, "Shift+Tab", "|[*claim:Kim]  [source:KCNA] [location:Seoul]");
    check(text, "Shift+Tab Shift+Tab", "[claim:Kim]  [source:KCNA] |[*location:Seoul]");
    check_refused("Kim |tiba", "Tab", "Nothing is tagged in this article");
}

#[test]
fn tab_and_back_comes_to_every_annotation_also_where_they_nest() {
    let text = "|[claim:[source:KCNA] di [location:Seoul]] [denial:tidak]";
    let mut person = Person::reading(text);
    let mut walked = Vec::new();
    for _ in 0..4 {
        person.press("Tab");
        walked.push(person.session.focused().unwrap().label.to_string());
    }
    assert_eq!(walked, ["source", "claim", "location", "denial"]);
    for label in ["location", "claim", "source"] {
        person.press("Shift+Tab");
        assert_eq!(*person.session.focused().unwrap().label, *label);
    }
}

#[test]
fn enter_focuses_the_smallest_annotation_under_the_caret_then_the_next_larger() {
    let text = "[claim:Kim di [location:Se|oul]], kata KCNA";
    check(text, "Enter", "[claim:Kim di [*location:Se|oul]], kata KCNA");
    check(text, "Enter Enter", "[*claim:Kim di [location:Se|oul]], kata KCNA");
    check(text, "Enter Enter Enter", "[claim:Kim di [*location:Se|oul]], kata KCNA");
    check("[claim:Kim]| tiba", "Enter", "[*claim:Kim]| tiba");
    check_refused("[claim:Kim] ti|ba", "Enter", "Nothing is tagged under the caret");
}

#[test]
fn escape_lets_go_of_the_selection_first_and_the_focus_then() {
    check("[*claim:Kim <tiba>]", "Escape", "[*claim:Kim tiba|]");
    check("[*claim:Kim <tiba>]", "Escape Escape", "[claim:Kim tiba|]");
}

fn click(person: &mut Person, quote: &str) {
    let at = person.place_of(quote);
    person.tell(Message::Click { at, over: Some(at) });
}

#[test]
fn repeated_clicks_walk_the_annotations_there_smallest_first() {
    let mut person = Person::reading("[claim:Kim di [location:[source:Seoul] raya]], kata KCNA");
    for label in ["source", "location", "claim", "source"] {
        click(&mut person, "Seoul");
        assert_eq!(*person.session.focused().unwrap().label, *label);
    }
    click(&mut person, "raya");
    assert_eq!(&*person.session.focused().unwrap().label, "location");
    click(&mut person, "Kim");
    assert_eq!(&*person.session.focused().unwrap().label, "claim");
    click(&mut person, "KCNA");
    assert_eq!(person.session.focused(), None);
    person.check("[claim:Kim di [location:[source:Seoul] raya]], kata |KCNA");
}

#[test]
fn a_click_beside_the_text_places_the_caret_and_focuses_nothing() {
    let mut person = Person::reading("[*claim:Kim]");
    let at = Offset::new(3);
    person.tell(Message::Click { at, over: None });
    person.check("[claim:Kim]|");
}

#[test]
fn a_drag_takes_whole_words_or_single_characters_in_both_directions() {
    let drag = |from: &str, to: &str, snap, after: &str| {
        let mut person = Person::reading("Kim tiba hari ini.");
        let (anchor, head) = (person.place_of(from), person.place_of(to));
        person.tell(Message::Drag { anchor, head, snap });
        person.check(after);
    };
    drag("iba", "ri", true, "Kim <tiba hari> ini.");
    drag("ri", "iba", true, "Kim <|tiba hari> ini.");
    drag("iba", "ri", false, "Kim t<iba ha>ri ini.");
    drag("ri", "iba", false, "Kim t<|iba ha>ri ini.");
    drag("iba", "iba", true, "Kim t|iba hari ini.");
}

#[test]
fn places_and_ids_that_are_not_there_any_more_do_no_harm() {
    let mut person = Person::reading("[*claim:Kim] tiba");
    let far = Offset::new(4_000);
    person.tell(Message::Focus(Id::new("gone").unwrap()));
    person.check("[*claim:Kim] tiba");
    person.tell(Message::Drag { anchor: far, head: far + 9, snap: false });
    person.tell(Message::Click { at: far, over: Some(far) });
    person.tell(Message::SelectWord(far));
    person.tell(Message::SelectSentence(far));
    person.tell(Message::Caret { at: far, extend: false });
    person.check("[claim:Kim] tiba|");
}

#[test]
fn copy_takes_the_selection_or_the_focused_annotation() {
    let copied = |before: &str| {
        let mut person = Person::reading(before);
        person.press("Ctrl+C");
        person.copied.unwrap()
    };
    assert_eq!(copied("[*claim:Kim] <tiba>"), "tiba");
    assert_eq!(copied("[*claim#1:Kim] tiba [claim#1:di Seoul]"), "Kim … di Seoul");
    check_refused("[claim:Kim]| tiba", "Ctrl+C", "Nothing is selected to copy");
}
