//! Tagging, changing and removing annotations.

use std::sync::Arc;

use tandai::corpus::{Edit, Id, Relation};
use tandai::session::{Edge, Message};
use tandai::storage::SetOnDisk;

use super::{Person, check, check_refused};
use crate::markup::parse;

#[test]
fn a_label_key_tags_the_selection_and_focuses_the_annotation() {
    check("Kim <tiba hari ini>.", "1", "Kim [*claim:tiba hari ini]|.");
    check("Kim <tiba> hari ini.", "2", "Kim [*source:tiba]| hari ini.");
    check("Kim <tiba> hari ini.", "3", "Kim [*denial:tiba]| hari ini.");
    check("Kim <tiba> hari ini.", "4", "Kim [*location:tiba]| hari ini.");
    check("<|Kim> tiba.", "1", "|[*claim:Kim] tiba.");
}

#[test]
fn white_space_at_the_edges_of_a_selection_is_not_tagged() {
    check("Kim< tiba hari >ini.", "1", "Kim [*claim:tiba hari] |ini.");
    check("<Kim.\n>Tiba.", "1", "[*claim:Kim.]\n|Tiba.");
}

#[test]
fn without_a_selection_a_label_key_tags_the_word_under_the_caret() {
    check("Kim ti|ba.", "4", "Kim [*location:ti|ba].");
    check("Kim |tiba.", "4", "Kim |[*location:tiba].");
    check("Kim tiba|.", "4", "Kim [*location:tiba]|.");
}

#[test]
fn a_focused_annotation_is_relabelled_and_nothing_new_is_tagged() {
    check("[*claim:Kim tiba].", "3", "[*denial:Kim tiba].");
    check("[*claim:Kim tiba] di Seoul.", "3 2 1", "[*claim:Kim tiba] di Seoul.");
}

#[test]
fn a_selection_is_tagged_also_while_an_annotation_is_focused() {
    check("[*claim:Kim di <Seoul>].", "4", "[claim:Kim di [*location:Seoul]|].");
}

#[test]
fn after_the_caret_has_moved_on_a_label_key_means_the_word_there() {
    check("<Kim> tiba.", "1 Right Right", "[claim:Kim] t|iba.");
    check("<Kim> tiba.", "1 Right Right 3", "[claim:Kim] [*denial:t|iba].");
}

#[test]
fn annotations_may_overlap_in_every_way() {
    check("[claim:Kim di Seoul]<, kata KCNA>", "2", "[claim:Kim di Seoul][*source:, kata KCNA]|");
    check(
        "[claim:Kim <di Seoul], kata KCNA>",
        "2",
        "[claim#1:Kim [*source:di Seoul]#1, kata KCNA]|",
    );
    check("<[claim:Kim di Seoul]>", "2", "[claim:[*source:Kim di Seoul]]|");
}

#[test]
fn what_is_tagged_the_same_already_is_focused_instead() {
    let mut person = Person::reading("Kim di <[location:Seoul]>.");
    person.press("4");
    person.check("Kim di |[*location:Seoul].");
    assert_eq!(person.notice(), "This is tagged location already");
    assert_eq!(person.saves, 0);
}

#[test]
fn what_cannot_be_tagged_is_refused_with_a_reason() {
    check_refused("Kim<  >tiba.", "1", "Only white space is selected");
    check_refused("Kim  |  tiba.", "1", "There is no word under the caret");
    check_refused("[*claim:Kim] tiba.", "1", "It is a claim already");
    check_refused("|", "1", "There is no word under the caret");
}

#[test]
fn edges_move_by_words() {
    check("Kim [*claim:tiba] hari ini.", "}", "Kim [*claim:tiba hari]| ini.");
    // The full stop is no word.
    check("Kim [*claim:tiba] hari ini.", "} } }", "Kim [*claim:tiba hari ini]|.");
    check("Kim [*claim:tiba hari ini].", "{", "Kim [*claim:tiba hari]| ini.");
    check("Kim tiba [*claim:hari ini].", "[ [", "|[*claim:Kim tiba hari ini].");
    check("[*claim:Kim tiba hari] ini.", "]", "Kim |[*claim:tiba hari] ini.");
    check("[*claim:Kim, \"tiba] hari\".", "} }", "[*claim:Kim, \"tiba hari]|\".");
}

#[test]
fn edges_move_by_characters_as_a_person_counts_them() {
    check("Kim [*claim:tib]a.", "Ctrl+}", "Kim [*claim:tiba]|.");
    check("Kim [*claim:tiba].", "Ctrl+{ Ctrl+]", "Kim t|[*claim:ib]a.");
    check("Kim[*claim: tiba].", "Ctrl+[", "Ki|[*claim:m tiba].");
    check("[*claim:Kim]👩‍👩‍👧‍👦!", "Ctrl+}", "[*claim:Kim👩‍👩‍👧‍👦]|!");
    check("[*claim:Kim]\r\ntiba", "Ctrl+}", "[*claim:Kim\r\n]|tiba");
}

#[test]
fn an_edge_stays_within_the_article_and_off_the_other_edge() {
    check("[*claim:Kim tiba]", "[ Ctrl+[ } Ctrl+}", "[*claim:Kim tiba]");
    check_refused("[*claim:K]im", "Ctrl+{", "Nothing would be left of it");
    check_refused("Ki[*claim:m] tiba", "Ctrl+]", "Nothing would be left of it");
    check_refused("[*claim:Kim] tiba", "]", "Nothing would be left of it");
    check_refused("Kim tiba", "}", "No annotation is focused");
}

#[test]
fn a_dragged_edge_follows_the_pointer_and_snaps_to_words_if_asked() {
    let drag = |before: &str, edge, to: &str, snap, after: &str| {
        let mut person = Person::reading(before);
        let to = person.place_of(to);
        person.tell(Message::DragEdge { fragment: 0, edge, to, snap });
        person.check(after);
    };
    drag("[*claim:Kim] tiba hari.", Edge::End, "ba", false, "[*claim:Kim ti]|ba hari.");
    drag("[*claim:Kim] tiba hari.", Edge::End, "ba", true, "[*claim:Kim tiba]| hari.");
    drag("Kim tiba [*claim:hari].", Edge::Start, "ba", true, "Kim |[*claim:tiba hari].");
    drag("Kim tiba [*claim:hari].", Edge::Start, ".", false, "Kim tiba [*claim:hari].");
}

#[test]
fn delete_removes_the_focused_annotation_only() {
    check("[claim:Kim di [*location:Seoul]].", "Delete", "[claim:Kim di |Seoul].");
    check("[*claim:Kim di [location:Seoul]].", "Delete", "|Kim di [location:Seoul].");
    check_refused("[claim:Kim]|.", "Delete", "No annotation is focused; Tab goes to the next one");
}

#[test]
fn an_annotation_is_removed_with_its_links_and_comes_back_with_them() {
    let marked = "[*claim:Kim tiba], [source:kata KCNA]. [denial:Tidak].";
    let mut set = parse(marked).set;
    let id = |at: usize| set.annotations()[at].id.clone();
    let link = |name: &str, label: &str, from: Id, to: Id| {
        let id = Id::new(name).unwrap();
        Edit::InsertRelation(Arc::new(Relation { id, label: label.into(), from, to }))
    };
    let links = [link("r1", "attributed-to", id(0), id(1)), link("r2", "denies", id(2), id(0))];
    for link in links {
        set.apply(link).unwrap();
    }
    let mut person = Person::unopened(&[("a.txt", marked)]);
    person.put_set("ana", "a.txt", SetOnDisk::Read(set.clone()));
    person.tell(Message::OpenDocument(super::path("a.txt")));
    person.press("Tab Delete");
    assert_eq!(person.notice(), "Removed claim and its 2 links");
    assert!(person.session.shown_set().unwrap().relations().is_empty());
    person.press("Ctrl+Z");
    assert_eq!(**person.session.shown_set().unwrap(), set);
}

/// By a key that is pressed once too often there would be two of which one is never seen.
#[test]
fn a_label_is_not_changed_to_one_that_the_same_words_have() {
    let two = "[denial:[*claim:Kim]] tiba.";
    check_refused(two, "3", "There is a denial of the same words already");
    let mut person = Person::reading(two);
    person.press("2");
    assert_eq!(person.session.held().unwrap().set.annotations().len(), 2);
}
