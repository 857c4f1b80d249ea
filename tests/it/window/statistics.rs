//! The statistics sheet: its bars lead to the annotations that they count.

use egui_kittest::kittest::Queryable as _;
use tandai::corpus::Annotator;

use super::harness::{Opening, SEED, Window, shipped};

const SECOND: &str = "Menurut KCNA, Kim tiba di Pyongyang pada Rabu.";

/// The seed article with a set by ana and one by gold, and another with one by ana.
fn open() -> Window {
    let gold = std::fs::read(shipped("annotations/gold").join(format!("{SEED}.ron"))).unwrap();
    Opening::seed()
        .with_gold_as_own()
        .with_file(&format!("annotations/gold/{SEED}.ron"), &gold)
        .with_file("seeds/001.txt", SECOND.as_bytes())
        .with_set("001.txt", SECOND, &[("source", &[(8, 12)]), ("claim", &[(14, 45)])])
        .open()
}

fn rows(window: &Window) -> Vec<String> {
    let rows = window.session().remarks().unwrap().rows.iter();
    rows.map(|row| format!("{}: {} ({})", row.annotator, row.quote, row.words)).collect()
}

#[test]
fn a_bar_that_the_keys_are_on_lists_what_it_counts_and_the_list_leads_there() {
    let mut window = open();
    window.press("Ctrl+T");
    window.harness.get_by_label("ana: 0 done, 2 in progress, 0 skipped, 0 new");
    window.harness.get_by_label("gold: 1 done, 0 in progress, 0 skipped, 1 new");
    // Below the progress of two: claims by ana, then claims by gold.
    window.press("Down Down Enter");
    assert!(window.session().dialog().is_none());
    assert_eq!(rows(&window).len(), 13);
    window.harness.get_by_label("Claim · ana · 13");
    window.press("End Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "001.txt");
    assert_eq!(window.focused().as_deref(), Some("claim:Kim tiba di Pyongyang pada Rabu"));
    // One comes back to the bar that was pressed.
    window.press("Ctrl+T Down Enter");
    window.harness.get_by_label("Claim · gold · 12");
}

#[test]
fn a_row_of_another_annotator_shows_that_ones_set() {
    let mut window = open();
    let shown = |window: &Window| window.session().reading().unwrap().shown.clone();
    window.press("Ctrl+PageDown Ctrl+T Down Down Down Enter Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), SEED);
    assert_eq!(shown(&window), Annotator::gold());
    assert!(window.focused().unwrap().starts_with("claim:Pemimpin Korea Utara"));
    // Also where its article is open already, without taking the keyboard from the list.
    window.press("G");
    assert_eq!(shown(&window).as_str(), "ana");
    window.press("F6 Down Down");
    assert_eq!(shown(&window), Annotator::gold());
    assert_eq!(window.session().list_place().1, Some(2));
}

#[test]
fn what_is_not_saved_yet_counts_and_the_list_follows_what_is_changed() {
    let mut window = open();
    window.press("Ctrl+PageDown Ctrl+End Ctrl+Left 4 Ctrl+T");
    window.harness.get_by_label("Location, ana: 7");
    window.harness.get_by_label("Location, ana: 7").click();
    window.harness.run();
    assert_eq!(rows(&window).last().unwrap(), "ana: Rabu ()");
    window.press("End Enter Delete");
    assert_eq!(rows(&window).len(), 6);
}

#[test]
fn one_annotator_is_chosen_and_who_is_cited_and_who_denies_whom_are_listed() {
    let mut window = open();
    window.press("Ctrl+T");
    window.harness.get_by_label("Annotator: gold").click();
    window.harness.run();
    assert!(window.harness.query_by_label("Claim, ana: 13").is_none());
    window.harness.get_by_label("Claim: 12");
    window.harness.get_by_role_and_label(egui::Role::Tab, "Who is cited").click();
    window.harness.run();
    window.harness.get_by_label("media pemerintah Korea Utara, KCNA: 6").click();
    window.harness.run();
    assert_eq!(rows(&window).len(), 6);
    assert!(rows(&window)[1].ends_with("(attributed to “KCNA”)"), "{:?}", rows(&window));
    window.press("Ctrl+T Right Enter");
    let denied = "gold: Korea Utara membantah klaim tersebut (denies “Korea Utara memberikan \
                  senjata kepada Rusia untuk membantu pertempurannya di Ukr…”)";
    assert_eq!(rows(&window), [denied]);
}

#[test]
fn what_cannot_be_read_is_said_and_the_rest_counted() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba."), ("seeds/b.txt", "Kim pergi.")])
        .with_set("a.txt", "Kim tiba.", &[("source", &[(0, 3)])])
        .with_file("annotations/ana/b.txt.ron", b"(format: 1, nonsense")
        .open();
    window.press("Ctrl+T");
    window.harness.get_by_label(
        "annotations/ana/b.txt.ron could not be read: left out; the article says why when it is opened",
    );
    window.harness.get_by_label("Source: 1");
    window.harness.get_by_role_and_label(egui::Role::Tab, "Who is cited").click();
    window.harness.run();
    window.harness.get_by_label("No link is “attributed to” yet");
    window.press("Escape");
    assert!(window.session().counting().is_none());
}

#[test]
fn without_a_project_there_is_nothing_to_count() {
    let mut window = Opening::nothing().open();
    window.press("Ctrl+T");
    assert_eq!(window.notice(), "No folder is open");
}

#[test]
fn in_a_small_window_the_button_that_closes_the_sheet_is_on_no_page() {
    for width in [640.0, 700.0, 760.0, 820.0, 900.0] {
        let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba.")]).sized(width, 420.0).open();
        window.press("1 Ctrl+T");
        let close = window.harness.get_by_label("Close").rect();
        for tab in window.harness.get_all_by_role(egui::Role::Tab) {
            assert!(!tab.rect().intersects(close), "{width}: {} {close}", tab.rect());
        }
    }
}
