//! Finding, tagging everywhere, checks, hints: through keys, fields and lists.

use egui_kittest::kittest::Queryable as _;

use super::harness::{Opening, Window};

const FIRST: &str = "KCNA melaporkan bahwa Kim tiba. Menurut KCNA, ia pergi.";
const SECOND: &str = "Kim membantah laporan KCNA.";

fn open() -> Window {
    Opening::of(&[("seeds/a.txt", FIRST), ("seeds/b.txt", SECOND)]).open()
}

#[test]
fn what_is_typed_is_found_selected_and_can_be_tagged_at_once() {
    let mut window = open();
    window.press("Ctrl+F").type_text("kim");
    assert_eq!(window.selected(), "Kim");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Escape 2");
    assert_eq!(window.annotations(), ["source:Kim"]);
}

#[test]
fn enter_goes_from_match_to_match_and_the_case_can_matter() {
    let mut window = open();
    window.press("Ctrl+F").type_text("kcna");
    assert_eq!(window.caret(), 4);
    window.press("Enter");
    assert_eq!(window.caret(), 44);
    window.press("Shift+Enter");
    assert_eq!(window.caret(), 4);
    window.harness.get_by_label("Match case").click();
    window.harness.run();
    window.harness.get_by_label("Not found");
    window.harness.get_by_label("Find").focus();
    window.harness.run();
    window.press("Escape");
    assert!(window.session().search().is_none());
}

#[test]
fn a_wrong_regular_expression_is_said_and_harms_nothing() {
    let mut window = open();
    window.press("Ctrl+F").type_text("kim");
    window.harness.get_by_label("Regular expression").click();
    window.harness.run();
    window.harness.get_by_label("Find").focus();
    window.harness.run();
    window.type_text("(");
    window.harness.get_by_label_contains("this is not a regular expression");
    assert!(window.session().search().unwrap().hits.is_empty());
}

#[test]
fn a_match_in_another_article_opens_it_there() {
    let mut window = open();
    window.press("Ctrl+Shift+F").type_text("laporan kcna");
    window.harness.get_by_label("1 found in 1 article");
    window.press("Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    assert_eq!(window.selected(), "laporan KCNA");
}

#[test]
fn whoever_goes_from_article_to_article_in_the_field_stays_in_it() {
    let mut window = open();
    window.press("Ctrl+Shift+F").type_text("kcna").press("Enter Enter Enter");
    assert_eq!((window.selected().as_str(), window.caret()), ("KCNA", 26));
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    assert!(window.harness.get_by_label("Find").is_focused());
    window.press("Shift+Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    window.type_text("x");
    assert!(window.session().search().unwrap().query.text.ends_with('x'));
    assert!(window.annotations().is_empty());
}

#[test]
fn what_is_stepped_to_is_selected_also_where_a_case_was_compared_before() {
    let set = |name: &str, marked: &str| crate::markup::parse_as(name, marked).set;
    let mut window = Opening::of(&[("seeds/a.txt", FIRST), ("seeds/b.txt", SECOND)])
        .with_annotations("b.txt", set("ana", "Kim [claim:membantah] laporan KCNA."))
        .with_annotations("b.txt", set("ben", "Kim [claim:membantah laporan] KCNA."))
        .open();
    window.press("Ctrl+D");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    window.press("Escape Ctrl+PageUp Ctrl+Shift+F").type_text("kim").press("Enter Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    assert_eq!(window.selected(), "Kim");
}

/// Keys of a list that would do something else in the article.
#[test]
fn undo_that_leads_to_another_article_leaves_the_keyboard_in_the_list() {
    let mut window = open();
    window.press("Ctrl+PageDown 1 Ctrl+PageUp Ctrl+B");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    window.press("Ctrl+Z");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    window.press("Ctrl+Y 2");
    assert_eq!(window.annotations(), ["claim:Kim"], "2 sorts the table");
}

#[test]
fn a_set_that_cannot_be_read_is_named_where_something_is_found_in_its_article() {
    let mut window = Opening::of(&[("seeds/a.txt", "Seoul diam."), ("seeds/b.txt", "KCNA diam.")])
        .with_file("annotations/ana/b.txt.ron", b"(format: 1, nonsense")
        .open();
    window.press("Ctrl+Shift+F").type_text("kcna");
    let said = "1 found · annotations/ana/b.txt.ron could not be read";
    assert!(window.harness.query_by_label_contains(said).is_some());
}

#[test]
fn an_article_that_changes_outside_leaves_the_keyboard_in_the_field() {
    let mut window = open();
    window.press("Ctrl+Shift+F").type_text("kim ");
    std::fs::write(window.folder.path().join("berita/seeds/a.txt"), "Baru. KCNA diam.").unwrap();
    window.come_back();
    window.type_text("1");
    assert_eq!(window.session().search().unwrap().query.text, "kim 1");
    assert!(window.annotations().is_empty());
}

#[test]
fn every_occurrence_is_decided_on_by_one_key_and_carried_out_in_one_step() {
    let mut window = open();
    window.press("2 T");
    assert_eq!(window.session().list_place(), (2, Some(0)));
    window.press("X Y Ctrl+Enter");
    assert_eq!(window.notice(), "Tagged 1 place in 1 article, 1 rejected");
    let other = window.file("annotations/ana/b.txt.ron").unwrap();
    assert!(other.contains("label: \"source\", spans: [(22, 26)]"), "{other}");
    let decided = window.file("annotations/ana/decisions.ron").unwrap();
    assert!(decided.contains("NotTagged(document: \"a.txt\", label: \"source\", span: (40, 44)"));
    window.press("F6 F6 F6 Escape Ctrl+Z");
    let other = window.file("annotations/ana/b.txt.ron").unwrap();
    assert!(!other.contains("source\","), "{other}");
    assert!(!window.file("annotations/ana/decisions.ron").unwrap().contains("NotTagged"));
}

#[test]
fn occurrences_are_decided_on_by_the_mouse_too() {
    let mut window = open();
    window.press("2 T");
    let row = window.harness.get_by_label_contains("melaporkan bahwa Kim tiba. Menurut  KCNA");
    let at = row.rect().center();
    window.harness.hover_at(at);
    window.harness.run();
    window.harness.get_by_label("Tag").click();
    window.harness.run();
    assert_eq!(window.session().verdict_counts(), (1, 0));
    window.harness.get_by_label("Tag 1").click();
    window.harness.run();
    assert_eq!(window.annotations(), ["source:KCNA", "source:KCNA"]);
}

#[test]
fn a_word_is_jumped_to_and_two_are_selected_from_first_to_last() {
    let mut window = open();
    window.press("F");
    window.harness.get_by_label("Hint a on the word at 0");
    window.press("D");
    assert_eq!(window.caret(), 16);
    window.press("F");
    assert_eq!(window.selected(), "bahwa Kim");
    window.press("1");
    assert_eq!(window.annotations(), ["claim:bahwa Kim"]);
}

#[test]
fn hints_are_put_on_what_comes_into_view() {
    let long = "Alinea pertama.\n".repeat(150);
    let mut window = Opening::of(&[("seeds/a.txt", &long)]).open();
    window.press("F A PageDown PageDown");
    let hints = window.harness.get_all_by_label_contains("Hint ").count();
    assert!(hints > 10, "{hints} hints after scrolling");
    assert_eq!(window.caret(), 0);
    window.press("Z Z Escape");
    assert!(window.session().mode().is_none());
}

#[test]
fn problems_are_counted_walked_mended_and_meant() {
    let mut window = open();
    window.press("1");
    window.harness.get_by_label("1 to check, list");
    window.press("P");
    assert_eq!(
        window.notice(),
        "This claim has no link “attributed-to” (nor directness: narrator)"
    );
    window.press("M");
    // There is no source to link to, so the first mend is to mark it.
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("narrator"));
    assert!(window.session().problems_found().is_empty());
    window.press("Ctrl+Z F4");
    assert_eq!(window.session().list_place(), (1, Some(0)));
    window.press("X");
    assert_eq!(window.session().list_place().0, 0);
    assert!(window.file("annotations/ana/decisions.ron").unwrap().contains("Meant("));
}

#[test]
fn the_problems_of_all_articles_are_listed_and_enter_goes_to_one() {
    let mut window = open();
    window.press("1 Ctrl+PageDown 2 Shift+F4");
    assert_eq!(window.session().list_place(), (2, Some(0)));
    window.press("Home Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    assert_eq!(window.focused().as_deref(), Some("claim:KCNA"));
}

/// What is not before one's eyes is shown by the first press, and the list keeps the keyboard.
#[test]
fn in_the_list_of_all_problems_keys_show_a_problem_and_then_mend_it_or_keep_it_as_meant() {
    let mut window = open();
    window.press("1 Ctrl+PageDown 2 1 Escape 3 Shift+F4");
    let list = |window: &Window| window.session().list_place();
    let document = |window: &Window| window.session().reading().unwrap().document.to_string();
    let (count, at) = list(&window);
    assert_eq!((at, document(&window).as_str()), (Some(0), "b.txt"));
    window.press("M");
    assert_eq!((list(&window), document(&window).as_str()), ((count, Some(0)), "a.txt"));
    assert!(!window.file("annotations/ana/a.txt.ron").unwrap().contains("narrator"));
    window.press("M");
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("narrator"));
    // The row that comes next is about the other article, and shown before it is kept as meant.
    assert_eq!((list(&window), document(&window).as_str()), ((count - 1, Some(0)), "a.txt"));
    window.press("X");
    assert_eq!((list(&window), document(&window).as_str()), ((count - 1, Some(0)), "b.txt"));
    assert_eq!(window.file("annotations/ana/decisions.ron"), None);
    window.press("X");
    assert_eq!(list(&window).0, count - 2);
    assert!(window.file("annotations/ana/decisions.ron").unwrap().contains("Meant("));
}
