//! The links that there are: walking, following, relabelling and removing them.

use super::linking::{MARKED, two_ways};
use super::{Person, check_refused};

fn three() -> Person {
    let links = [
        ("attributed-to", "Kim tiba", "kata KCNA"),
        ("located-at", "Kim tiba", "Seoul"),
        ("denies", "Tidak", "Kim tiba"),
    ];
    Person::linked(MARKED, &links)
}

#[test]
fn links_are_walked_those_that_start_here_first() {
    let mut person = three();
    let mut said = Vec::new();
    for keys in ["L", "L", "L", "L", "Shift+L"] {
        person.press(keys);
        said.push(person.notice().to_owned());
    }
    let expected = [
        "attributed to “kata KCNA” (1 of 3)",
        "located at “Seoul” (2 of 3)",
        "← denies “Tidak” (3 of 3)",
        "attributed to “kata KCNA” (1 of 3)",
        "← denies “Tidak” (3 of 3)",
    ];
    assert_eq!((said, person.saves), (expected.map(str::to_owned).to_vec(), 0));
}

#[test]
fn following_a_link_goes_to_its_other_end_and_back() {
    let mut person = three();
    person.press("L L L J");
    person.check("[claim:Kim tiba], [source:kata KCNA]. [*denial:Tidak] di [location:Seoul].");
    person.press("J");
    person.check(MARKED);
}

#[test]
fn of_several_links_one_has_to_be_taken_in_hand_first() {
    for keys in ["J", "Backspace", "Shift+R"] {
        let mut person = three();
        person.press(keys);
        assert_eq!(person.notice(), "It has several links; L takes one in hand");
        assert_eq!((person.links().len(), person.saves), (3, 0));
    }
    check_refused("[*claim:Kim] [source:KCNA]", "L", "It is linked with nothing");
    check_refused("[*claim:Kim] [source:KCNA]", "J", "It is linked with nothing");
}

#[test]
fn backspace_removes_the_link_in_hand_and_undo_brings_it_back() {
    let mut person = three();
    let before = person.links();
    person.press("L L Backspace");
    assert_eq!(person.notice(), "Removed link located at “Seoul”");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata KCNA", "Tidak denies Kim tiba"]);
    person.press("Ctrl+Z");
    assert_eq!(person.links(), before);
}

#[test]
fn a_link_is_turned_round_or_given_the_next_label_that_fits() {
    let marked = "[*source:dia] [source:KCNA]";
    let mut person = Person::linked(marked, &[("same-as", "dia", "KCNA")]);
    person.press("Shift+R");
    assert_eq!(person.links(), ["KCNA same-as dia"]);
    person.press("Shift+R");
    assert_eq!(person.links(), ["dia same-as KCNA"]);
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(person.links(), ["dia same-as KCNA"]);

    let mut person = Person::under(two_ways(), "[*claim:Kim tiba], [source:kata KCNA].");
    person.press("R Enter 1 Shift+R");
    assert_eq!(person.links(), ["Kim tiba heard-from kata KCNA"]);
    person.press("Shift+R");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata KCNA"]);

    let mut person = Person::reading("[*claim:Kim] [source:KCNA]");
    person.press("R Enter Shift+R");
    assert_eq!(person.notice(), "No other label fits between these two");
}

#[test]
fn removing_an_annotation_takes_its_links_along_in_the_same_step() {
    let mut person = three();
    let before = person.links();
    person.press("Delete");
    assert_eq!(person.notice(), "Removed claim and its 3 links");
    assert!(person.links().is_empty());
    assert_eq!(person.session.history().done().len(), 1);
    person.press("Ctrl+Z");
    assert_eq!(person.links(), before);
}
