//! Links: made by keys and by mouse, seen in the margin and at the edges, folded to.

use egui::{Modifiers, pos2};
use egui_kittest::kittest::Queryable as _;

use super::harness::{Opening, Window};

const TEXT: &str = "Kim tiba, kata KCNA. Seoul membantah kabar itu, menurut Yonhap.";

fn open() -> Window {
    let spans: [(&str, &[(usize, usize)]); 5] = [
        ("claim", &[(0, 8)]),
        ("source", &[(15, 19)]),
        ("source", &[(21, 26)]),
        ("denial", &[(21, 46)]),
        ("source", &[(56, 62)]),
    ];
    Opening::of(&[("seeds/a.txt", TEXT)]).with_set("a.txt", TEXT, &spans).open()
}

/// The links of the set that is shown, as `from label to`.
fn links(window: &Window) -> Vec<String> {
    let text = &window.session().document().unwrap().text;
    let set = window.session().shown_set().unwrap();
    let quote = |id| set.annotation(id).unwrap().quote(text);
    let links = set.relations().iter();
    links.map(|r| format!("{} {} {}", quote(&r.from), r.label, quote(&r.to))).collect()
}

#[test]
fn a_letter_links_the_focused_annotation_and_the_file_has_the_link() {
    let mut window = open();
    window.press("Tab R");
    window.harness.get_by_label_contains("Link to source: KCNA, hint A");
    window.press("A");
    assert_eq!(links(&window), ["Kim tiba attributed-to KCNA"]);
    assert_eq!(window.notice(), "Linked attributed to “KCNA”");
    let file = window.file("annotations/ana/a.txt.ron").unwrap();
    assert!(file.contains("label: \"attributed-to\", from: \"a0\", to: \"a1\""), "{file}");
    window.press("Ctrl+Z");
    assert_eq!(links(&window), Vec::<String>::new());
}

#[test]
fn typing_filters_the_targets_and_enter_takes_the_one_that_is_left() {
    let mut window = open();
    window.press("Tab R Y O");
    assert_eq!(window.harness.get_all_by_label_contains("Link to ").count(), 1);
    window.press("Enter");
    assert_eq!(links(&window), ["Kim tiba attributed-to Yonhap"]);
}

#[test]
fn tab_walks_the_targets_and_escape_leaves_everything_as_it_was() {
    let mut window = open();
    window.press("Tab R Tab Tab Escape");
    assert_eq!(window.focused().as_deref(), Some("claim:Kim tiba"));
    window.press("R Tab Tab Enter");
    assert_eq!(links(&window), ["Kim tiba attributed-to Seoul"]);
}

#[test]
fn a_target_that_is_far_away_is_reached_by_scrolling() {
    let far = format!("Kim tiba.\n{}KCNA melaporkan.", "Alinea lain.\n".repeat(120));
    let end = far.chars().count();
    let spans: [(&str, &[(usize, usize)]); 2] =
        [("claim", &[(0, 8)]), ("source", &[(end - 16, end - 12)])];
    let mut window = Opening::of(&[("seeds/a.txt", &far)]).with_set("a.txt", &far, &spans).open();
    window.press("Tab");
    assert!(window.harness.query_by_label_contains("Link to ").is_none());
    window.press("R End");
    // The caret stays at the claim; only the page is scrolled.
    assert_eq!(window.caret(), 0);
    window.harness.get_by_label_contains("Link to source: KCNA").click();
    window.harness.run();
    assert_eq!(links(&window), ["Kim tiba attributed-to KCNA"]);
    // What is linked and out of view is named at the edge, and a press goes there.
    window.press("Home Tab");
    window.harness.get_by_label("↓ attributed to “KCNA”").click();
    window.harness.run();
    assert_eq!(window.focused().as_deref(), Some("source:KCNA"));
}

#[test]
fn a_link_is_drawn_from_the_handle_or_by_a_click_on_it_and_on_the_target() {
    let mut window = open();
    let places = super::gold::places(&window);
    window.press("Tab");
    let handle = window.harness.get_by_label("Start a link").rect().center();
    window.drag(handle, places[&17].1, Modifiers::NONE);
    assert_eq!(links(&window), ["Kim tiba attributed-to KCNA"]);
    window.harness.get_by_label("Start a link").click();
    window.harness.run();
    window.click(places[&58].1);
    assert_eq!(links(&window).len(), 2);
    assert_eq!(links(&window)[1], "Kim tiba attributed-to Yonhap");
    // Let go over nothing, and nothing is linked.
    let handle = window.harness.get_by_label("Start a link").rect().center();
    window.drag(handle, pos2(600.0, 500.0), Modifiers::NONE);
    assert_eq!((links(&window).len(), window.session().mode().is_some()), (2, false));
}

#[test]
fn a_click_on_a_link_in_the_margin_takes_it_in_hand() {
    let mut window = open();
    window.press("Tab R A Escape Escape");
    let text_right = 612.0 + window.harness.get_by_role(egui::Role::Document).rect().left();
    // The loop of a link on one line lies a little below its middle.
    let line = super::gold::places(&window)[&17].1.y;
    let found = (0..120).find_map(|step: u8| {
        let at = pos2(text_right - 60.0 + f32::from(step), line);
        window.wait_out_double_click().click(at);
        window.session().link_in_hand().is_some().then_some(at)
    });
    assert!(found.is_some(), "there is no link to click beside the text");
    assert_eq!(window.focused().as_deref(), Some("claim:Kim tiba"));
}

#[test]
fn links_are_walked_followed_and_removed_in_the_panel_too() {
    let mut window = open();
    window.press("Tab R A R Y O Enter");
    window.harness.get_by_label("Link attributed to: KCNA").click();
    window.harness.run();
    window.harness.get_by_label("Link attributed to: KCNA").click();
    window.harness.run();
    assert_eq!(window.focused().as_deref(), Some("source:KCNA"));
    window.harness.get_by_label("Remove link attributed to").click();
    window.harness.run();
    assert_eq!(links(&window), ["Kim tiba attributed-to Yonhap"]);
}

#[test]
fn folding_shows_the_linked_passages_only_and_the_caret_stays_usable() {
    let middle = "Alinea lain. ".repeat(40);
    let text = format!("Kim tiba.\n{middle}\nKCNA melaporkan.");
    let end = text.chars().count();
    let spans: [(&str, &[(usize, usize)]); 2] =
        [("claim", &[(0, 8)]), ("source", &[(end - 16, end - 12)])];
    let mut window = Opening::of(&[("seeds/a.txt", &text)]).with_set("a.txt", &text, &spans).open();
    window.press("V");
    assert!(window.notice().contains("No annotation is focused"), "{}", window.notice());
    window.press("Tab R A V");
    assert!(window.session().is_folded());
    let shown = window.harness.get_by_role(egui::Role::Document);
    let shown = egui_kittest::kittest::NodeT::accesskit_node(&shown).document_range().text();
    assert_eq!(shown, "Kim tiba.\nKCNA melaporkan.\n");
    window.press("J");
    assert_eq!(window.focused().as_deref(), Some("source:KCNA"));
    window.press("V Down Up");
    assert!(!window.session().is_folded());
    // A caret that moves on lets the annotation go, and all is shown again.
    window.press("Tab V Down");
    assert!(!window.session().is_folded());
}
