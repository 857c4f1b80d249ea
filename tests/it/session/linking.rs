//! Making links: by letters, by typing and by walking.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::Schema;
use tandai::corpus::fresh_relation;
use tandai::session::{Linking, Message, Mode, Typed};
use tandai::storage::{SetOnDisk, built_in_schema};

use super::{Person, check_refused, path};
use crate::hostile;

pub(super) const MARKED: &str =
    "[*claim:Kim tiba], [source:kata KCNA]. [denial:Tidak] di [location:Seoul].";

#[track_caller]
fn linking(person: &Person) -> &Linking {
    match person.session.mode() {
        Some(Mode::Linking(linking)) => linking,
        other => panic!("no link is being made: {other:?}"),
    }
}

/// The targets with their letters: `a kata KCNA`.
#[track_caller]
fn targets(person: &Person) -> Vec<String> {
    let (set, text) =
        (person.session.shown_set().unwrap(), &person.session.document().unwrap().text);
    let quote = |id| set.annotation(id).unwrap().quote(text);
    let targets = linking(person).targets.iter();
    targets.map(|t| format!("{} {}", t.hint.unwrap_or('-'), quote(&t.id))).collect()
}

/// The links that there are after keys, and that nothing is being made any more.
#[track_caller]
fn check(before: &str, keys: &str, links: &[&str]) {
    let mut person = Person::reading(before);
    person.press(keys);
    assert_eq!(person.links(), links, "{}", person.notice());
    assert_eq!(person.session.mode(), None);
}

/// A schema in which two links lead from claims to sources.
pub(super) fn two_ways() -> Schema {
    let usual = built_in_schema();
    let mut relations = usual.relations().to_vec();
    let ends = (vec!["claim".into()], vec!["source".into()]);
    relations.push(fresh_relation(&usual, "heard-from", ends.0, ends.1));
    let (labels, attributes) = (usual.labels().to_vec(), usual.attributes().to_vec());
    Schema::assemble(labels, relations, attributes, Vec::new()).unwrap()
}

#[test]
fn targets_are_the_nearest_first_with_letters_that_no_target_begins_with() {
    let mut person = Person::reading(MARKED);
    person.press("R");
    assert_eq!(targets(&person), ["a kata KCNA", "d Tidak", "f Seoul"]);
    let mut person = Person::reading("[location:Seoul]. [denial:Tidak], [*claim:Kim tiba].");
    person.press("R");
    assert_eq!(targets(&person), ["a Tidak", "d Seoul"]);
}

#[test]
fn a_letter_links_and_one_stays_where_one_was() {
    let mut person = Person::reading(MARKED);
    person.press("R A");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata KCNA"]);
    assert_eq!(person.notice(), "Linked attributed to “kata KCNA”");
    assert_eq!((person.session.mode(), person.saves), (None, 1));
    person.check(MARKED);
    person.press("Ctrl+Z");
    assert!(person.links().is_empty());
    person.check(MARKED);
}

#[test]
fn typing_filters_the_targets_by_what_they_say() {
    let mut person = Person::reading(MARKED);
    person.press("R T");
    assert_eq!(targets(&person), ["s kata KCNA", "d Tidak"]);
    person.press("I");
    assert_eq!(targets(&person), ["a Tidak"]);
    person.press("Enter");
    assert_eq!(person.links(), ["Tidak denies Kim tiba"]);
}

/// Whoever types a word does not link by its second letter, wherever its first one stands too.
#[test]
fn a_letter_that_goes_on_with_a_word_of_a_target_is_no_hint() {
    let mut person = Person::reading(
        "[*claim:Kim tiba]: [source:Tokoh mayor office], [source:Polo], [location:Kota].",
    );
    person.press("R O");
    assert!(
        targets(&person).iter().all(|target| !target.starts_with('f')),
        "{:?}",
        targets(&person)
    );
    person.press("F F I");
    assert_eq!(targets(&person).len(), 1);
    assert_eq!(person.links(), [""; 0]);
}

#[test]
fn what_no_target_says_is_not_taken_into_the_filter() {
    let mut person = Person::reading(MARKED);
    person.press("R T X");
    assert_eq!((linking(&person).typed.as_str(), targets(&person).len()), ("t", 2));
    assert_eq!(person.notice(), "Nothing to link to says “x” there");
}

#[test]
fn backspace_widens_the_filter_again() {
    let mut person = Person::reading(MARKED);
    person.press("R T I Backspace");
    assert_eq!(targets(&person).len(), 2);
    person.press("Backspace Backspace");
    assert_eq!(targets(&person), ["a kata KCNA", "d Tidak", "f Seoul"]);
}

#[test]
fn other_scripts_are_typed_as_they_are_and_their_keys_still_stand_for_hints() {
    let typed = |letter: char, text: &str| {
        Message::Type(Typed { letter: Some(letter), text: Some(text.to_owned()), shift: false })
    };
    let marked = "[*claim:Kim] [source:Москва] [source:東京]";
    let mut person = Person::reading(marked);
    person.press("R");
    // The key is the first hint's; what it writes is in the second target.
    person.tell(typed('a', "東"));
    assert_eq!(targets(&person).len(), 1);
    person.press("Enter");
    assert_eq!(person.links(), ["Kim attributed-to 東京"]);

    let mut person = Person::reading(marked);
    person.press("R");
    person.tell(typed('a', "Ф"));
    assert_eq!(person.links(), ["Kim attributed-to Москва"]);
}

#[test]
fn tab_walks_round_the_targets_and_enter_takes_one() {
    check(MARKED, "R Tab Enter", &["Kim tiba attributed-to kata KCNA"]);
    check(MARKED, "R Tab Tab Enter", &["Tidak denies Kim tiba"]);
    check(MARKED, "R Shift+Tab Enter", &["Kim tiba located-at Seoul"]);
    check(MARKED, "R Tab Tab Tab Tab Enter", &["Kim tiba attributed-to kata KCNA"]);
    check("[*claim:Kim] [source:KCNA]", "R Enter", &["Kim attributed-to KCNA"]);
    let mut person = Person::reading(MARKED);
    person.press("R Enter");
    assert!(person.links().is_empty() && person.session.mode().is_some());
    assert_eq!(person.notice(), "Tab goes to the first of the targets");
}

#[test]
fn escape_leaves_everything_as_it_was() {
    let mut person = Person::reading(MARKED);
    person.press("R T Escape");
    assert_eq!((person.session.mode(), person.saves), (None, 0));
    person.check(MARKED);
}

#[test]
fn with_shift_one_more_link_can_be_made_and_each_is_a_step() {
    let mut person = Person::reading(MARKED);
    person.press("R Shift+A");
    assert_eq!(targets(&person), ["d Tidak", "f Seoul"]);
    person.press("F");
    let both = ["Kim tiba attributed-to kata KCNA", "Kim tiba located-at Seoul"];
    assert_eq!((person.links(), person.session.mode()), (both.map(str::to_owned).to_vec(), None));
    person.press("Ctrl+Z");
    assert_eq!(person.links(), both[..1]);
}

#[test]
fn letters_stay_where_they_are_while_one_link_is_made_after_the_other() {
    let text = "[*claim:Hujan], [source:Budi], [source:Citra], [source:Dodi], [source:Eka].";
    let mut person = Person::reading(text);
    person.press("R");
    let before = targets(&person);
    let letter = before[1].chars().next().unwrap();
    person.press(&format!("Shift+{letter}").to_uppercase().replace("SHIFT", "Shift"));
    assert_eq!(person.links(), ["Hujan attributed-to Citra"]);
    let mut left = before.clone();
    left.remove(1);
    assert_eq!(targets(&person), left);
    // Its letter leads nowhere now.
    person.press(&letter.to_uppercase().to_string());
    assert_eq!(person.links(), ["Hujan attributed-to Citra"]);
    // Nor do the others after one has typed and taken it back.
    person.press("O Backspace");
    assert_eq!(targets(&person), left);
}

#[test]
fn a_link_leads_the_way_the_schema_has_it_from_whichever_end_it_is_made() {
    let mut person = Person::reading("[claim:Kim tiba], [*source:kata KCNA].");
    person.press("R Enter");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata KCNA"]);
    assert_eq!(person.notice(), "Linked ← attributed to “Kim tiba”");
    check("[source:KCNA], [*source:dia].", "R Enter", &["dia same-as KCNA"]);
}

#[test]
fn where_several_labels_fit_a_digit_says_which() {
    let mut person = Person::under(two_ways(), "[*claim:Kim tiba], [source:kata KCNA].");
    person.press("R Enter");
    let choice = linking(&person).choice.as_ref().expect("which label is asked");
    let labels: Vec<&str> = choice.ways.iter().map(|way| &*way.label).collect();
    assert_eq!((labels, person.saves), (vec!["attributed-to", "heard-from"], 0));
    person.press("7");
    assert_eq!(person.notice(), "The keys are 1 to 2");
    person.press("2");
    assert_eq!(person.links(), ["Kim tiba heard-from kata KCNA"]);
    // What is linked already is no longer one of the ways.
    person.press("R Enter");
    let both = ["Kim tiba attributed-to kata KCNA", "Kim tiba heard-from kata KCNA"];
    assert_eq!((person.links(), person.session.mode()), (both.map(str::to_owned).to_vec(), None));
}

#[test]
fn what_cannot_be_linked_is_refused_with_a_reason() {
    let nothing = "Nothing that claim can be linked with is tagged yet: source, denial, location";
    check_refused("[*claim:Kim] tiba.", "R", nothing);
    check_refused("[*event:Kim] tiba.", "R", "The schema has no link from or to event");
    check_refused("[claim:Kim] [source:KCNA]", "R", "No annotation is focused");
    // Once all that fits is linked, there is nothing more.
    let mut person = Person::reading("[*claim:Kim] [source:KCNA]");
    person.press("R Enter R");
    let all = "All that this can be linked with is linked already";
    assert_eq!((person.notice(), person.links().len()), (all, 1));
}

#[test]
fn a_target_is_also_taken_by_pointing_at_it_but_not_one_that_does_not_fit() {
    let marked = "[*claim:Kim] [claim:tiba] [source:KCNA]";
    let read = crate::markup::parse(marked);
    let mut person = Person::reading(marked);
    person.press("R");
    person.tell(Message::TakeTarget(read.id("tiba")));
    assert!(person.links().is_empty() && person.session.notice().unwrap().warning);
    person.tell(Message::TakeTarget(read.id("KCNA")));
    assert_eq!(person.links(), ["Kim attributed-to KCNA"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_linked_by_keys_fits_the_schema_once_and_can_be_undone(
        text in hostile::text(),
        sketches in vec(hostile::plain_sketch(), 0..8),
        tries in vec((any::<Index>(), vec(select(vec!["Shift+A", "S", "K", "Tab", "Shift+Tab", "Enter", "Backspace"]), 1..6)), 0..8),
    ) {
        let set = hostile::set_of(&text, tandai::corpus::Status::InProgress, &sketches, &[]);
        let marked = crate::markup::render(&text, &set, None, None);
        let mut person = Person::unopened(&[("a.txt", marked.as_str())]);
        person.put_set("ana", "a.txt", SetOnDisk::Read(set.clone()));
        person.tell(Message::OpenDocument(path("a.txt")));
        for (at, keys) in &tries {
            if set.annotations().is_empty() {
                break;
            }
            person.tell(Message::Focus(at.get(set.annotations()).id.clone()));
            person.tell(Message::Run(tandai::session::Command::Link));
            for key in keys {
                if person.session.mode().is_some() {
                    person.press(key);
                }
            }
        }
        let linked = person.session.shown_set().unwrap().clone();
        let schema = built_in_schema();
        let mut seen = std::collections::BTreeSet::new();
        for link in linked.relations() {
            let label = |id| linked.annotation(id).unwrap().label.clone();
            let definition = schema.relation(&link.label).unwrap();
            prop_assert!(definition.fits(&label(&link.from), &label(&link.to)), "{link:?}");
            prop_assert!(link.from != link.to);
            let ends = (link.label.clone(), link.from.clone(), link.to.clone());
            prop_assert!(seen.insert(ends), "{link:?} is there twice");
        }
        while person.session.history().last_done().is_some() {
            person.press("Ctrl+Z");
        }
        prop_assert_eq!(&**person.session.shown_set().unwrap(), &set);
    }
}
