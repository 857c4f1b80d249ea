//! Discontinuous annotations: adding, taking in hand, moving and removing fragments.

use tandai::session::Message;

use super::{Person, check, check_refused};

#[test]
fn a_selection_is_added_to_the_focused_annotation_as_a_fragment() {
    check(
        "\"[*claim:We won't go],\" she said, \"<not today>.\"",
        "A",
        "\"[claim#1:We won't go],\" she said, \"[*claim#1:not today]|.\"",
    );
    check("<Kim> tiba [*claim:di Seoul].", "A", "[*claim#1:Kim]| tiba [claim#1:di Seoul].");
}

#[test]
fn the_annotation_that_was_focused_last_takes_the_fragment_after_the_caret_has_moved() {
    let mut person = Person::reading("<Kim> tiba di Seoul.");
    person.press("1");
    person.press("Right Right Right Right Right");
    person.check("[claim:Kim] tiba| di Seoul.");
    person.press("Shift+Right Shift+Right Shift+Right A");
    person.check("[claim#1:Kim] tiba [*claim#1:di]| Seoul.");
}

#[test]
fn a_fragment_that_touches_or_overlaps_melts_with_its_neighbours() {
    check("[*claim:Ki<m] tiba>.", "A", "[*claim:Kim tiba]|.");
    check("[*claim:Kim]< tiba>.", "A", "[claim#1:Kim] [*claim#1:tiba]|.");
    check("[*claim#1:ab]<cd>[claim#1:ef]", "A", "[*claim:abcd|ef]");
    check("<a[*claim#1:b]c[claim#1:d]e>", "A", "[*claim:abcde]|");
}

#[test]
fn what_cannot_be_added_is_refused_with_a_reason() {
    check_refused("[claim:Kim] <tiba>", "A", "No annotation was focused to add this to");
    check_refused("[*claim:Kim] tiba", "A", "Nothing is selected");
    check_refused("[*claim:<Ki>m] tiba", "A", "The claim covers this already");
    check_refused("[*claim:Kim]<  >tiba", "A", "Only white space is selected");
}

#[test]
fn the_keys_for_fragments_take_each_in_hand_in_turn() {
    let marked = |in_hand: usize| {
        let star = |at| if at == in_hand { "*" } else { "" };
        format!("[{}claim#1:a] b [{}claim#1:c] d [{}claim#1:e]", star(0), star(1), star(2))
    };
    check(&marked(0), ".", &marked(1));
    check(&marked(0), ". . .", &marked(0));
    check(&marked(0), ",", &marked(2));
    check_refused("[*claim:a] b", ".", "has one fragment only");
}

#[test]
fn edges_move_of_the_fragment_in_hand_and_melt_with_the_next() {
    let before = "[claim#1:Kita] pergi [*claim#1:ke] sana [claim#1:segera]";
    check(before, "}", "[claim#1:Kita] pergi [*claim#1:ke sana]| [claim#1:segera]");
    check(before, "} }", "[claim#1:Kita] pergi [*claim#1:ke sana segera]|");
    check(before, "[ [", "|[*claim#1:Kita pergi ke] sana [claim#1:segera]");
}

#[test]
fn the_fragment_in_hand_is_removed_and_the_last_one_stays() {
    check("[claim#1:a] b [*claim#1:c]", "Shift+Delete", "[*claim:a] b c");
    check("[*claim#1:a] b [claim#1:c]", "Shift+Delete", "a b [*claim:c]");
    check_refused("[*claim:a] b", "Shift+Delete", "has one fragment only");
}

#[test]
fn a_click_takes_the_fragment_under_the_pointer_in_hand() {
    let mut person = Person::reading("[claim#1:Kim] tiba [claim#1:di Seoul]");
    let at = person.place_of("Seoul");
    person.tell(Message::Click { at, over: Some(at) });
    person.check("[claim#1:Kim] tiba [*claim#1:di |Seoul]");
    person.press("Delete");
    person.check("|Kim tiba di Seoul");
}

#[test]
fn a_relabelled_annotation_keeps_its_fragments() {
    check("[*claim#1:a] b [claim#1:c]", "3", "[*denial#1:a] b [denial#1:c]");
}
