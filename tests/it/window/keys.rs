//! The keyboard: reading, selecting, tagging, edges, fragments, undo.

use egui::Key;
use tandai::session::Dialog;

use super::harness::Opening;

const TEXT: &str = "Menteri itu berkata \"kita pergi, segera,\" lalu diam. Semua pulang.\n\
                    Juru bicara membantah kabar itu.\n\nTamat.";

fn open() -> super::harness::Window {
    Opening::of(&[("seeds/a.txt", TEXT), ("seeds/b.txt", "Artikel kedua.")]).open()
}

#[test]
fn the_article_has_the_keyboard_at_once_with_the_caret_at_its_start() {
    let mut window = open();
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    assert_eq!(window.caret(), 0);
    window.press("Shift+Right");
    assert_eq!(window.selected(), "M");
}

/// egui would take it for held from then on, and what is not to be repeated would not be done.
#[test]
fn a_key_whose_shift_is_let_go_first_is_pressed_anew_each_time() {
    let mut window = open();
    for _ in 0..3 {
        window.strike_shifted(Key::Questionmark, Key::Slash);
        assert_eq!(window.session().dialog(), Some(&Dialog::Keys));
        window.press("Escape");
    }
}

#[test]
fn the_word_under_the_caret_is_tagged_and_focused() {
    let mut window = open();
    window.press("2");
    assert_eq!(window.annotations(), ["source:Menteri"]);
    assert_eq!(window.focused().as_deref(), Some("source:Menteri"));
    assert_eq!(window.notice(), "Tagged source");
}

#[test]
fn a_selection_is_trimmed_tagged_and_gone() {
    let mut window = open();
    window.press("Ctrl+Shift+Right Ctrl+Shift+Right Shift+Right 1");
    assert_eq!(window.annotations(), ["claim:Menteri itu"]);
    assert_eq!(window.selected(), "");
}

#[test]
fn with_an_annotation_focused_a_label_key_changes_its_label() {
    let mut window = open();
    window.press("1 3");
    assert_eq!(window.annotations(), ["denial:Menteri"]);
    window.press("3");
    assert_eq!(window.notice(), "It is a denial already");
}

#[test]
fn after_the_caret_has_moved_on_a_label_key_means_the_word_there() {
    let mut window = open();
    window.press("1 Ctrl+Right 2");
    assert_eq!(window.annotations(), ["claim:Menteri", "source:itu"]);
}

#[test]
fn the_selection_grows_from_word_to_paragraph_and_shrinks_again() {
    let mut window = open();
    window.press("Alt+Right");
    let mut grown = Vec::new();
    for _ in 0..6 {
        window.press("E");
        grown.push(window.selected());
    }
    assert_eq!(
        grown,
        [
            "kita",
            "kita pergi",
            "kita pergi, segera,",
            "\"kita pergi, segera,\"",
            "Menteri itu berkata \"kita pergi, segera,\" lalu diam.",
            "Menteri itu berkata \"kita pergi, segera,\" lalu diam. Semua pulang.",
        ]
    );
    window.press("Shift+E Shift+E");
    assert_eq!(window.selected(), "\"kita pergi, segera,\"");
}

#[test]
fn edges_move_by_words_and_with_ctrl_by_characters() {
    let mut window = open();
    window.press("Ctrl+Right Ctrl+Right 1");
    assert_eq!(window.focused().as_deref(), Some("claim:berkata"));
    let mut check = |keys: &str, expected: &str| {
        window.press(keys);
        assert_eq!(window.focused().unwrap(), format!("claim:{expected}"), "after {keys}");
    };
    check("[", "itu berkata");
    check("}", "itu berkata \"kita");
    check("]", "berkata \"kita");
    check("{", "berkata");
    check("Ctrl+[", " berkata");
    check("Ctrl+]", "berkata");
    check("Ctrl+}", "berkata ");
    check("Ctrl+{", "berkata");
    check("Ctrl+]", "erkata");
}

#[test]
fn an_edge_never_takes_the_last_character() {
    let mut window = open();
    window.press("1 ]");
    assert_eq!(window.notice(), "Nothing would be left of it");
    window.press("{");
    assert_eq!(window.notice(), "There is no further word");
    window.press("Ctrl+{ Ctrl+{ Ctrl+{ Ctrl+{ Ctrl+{ Ctrl+{ Ctrl+{ Ctrl+{");
    assert_eq!(window.annotations(), ["claim:M"]);
    assert_eq!(window.notice(), "Nothing would be left of it");
}

#[test]
fn a_second_fragment_is_added_though_the_caret_has_left_the_annotation() {
    let mut window = open();
    window.press("1 Ctrl+Down Ctrl+Shift+Right A");
    assert_eq!(window.annotations(), ["claim:Menteri … Juru"]);
    window.press("Delete");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.annotations(), ["claim:Menteri"]);
}

#[test]
fn the_fragment_in_hand_is_the_one_whose_edges_move() {
    let mut window = open();
    window.press("1 Ctrl+Down Ctrl+Shift+Right A . ]");
    assert_eq!(window.notice(), "Nothing would be left of it");
    window.press("}");
    assert_eq!(window.annotations(), ["claim:Menteri itu … Juru"]);
    window.press(", }");
    assert_eq!(window.annotations(), ["claim:Menteri itu … Juru bicara"]);
    window.press("Shift+Delete");
    assert_eq!(window.annotations(), ["claim:Menteri itu"]);
}

#[test]
fn tab_walks_the_annotations_and_escape_lets_go() {
    let mut window = open();
    window.press("1 Ctrl+Right 2 Ctrl+Home Tab");
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
    window.press("Tab");
    assert_eq!(window.focused().as_deref(), Some("source:itu"));
    window.press("Shift+Tab");
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
    window.press("Escape");
    assert_eq!(window.focused(), None);
    window.press("Delete");
    assert!(window.notice().starts_with("No annotation is focused"));
    assert_eq!(window.annotations().len(), 2);
}

#[test]
fn enter_walks_the_annotations_under_the_caret_from_small_to_large() {
    let mut window = open();
    window.press("1 Escape Ctrl+Shift+Right Ctrl+Shift+Right Ctrl+Home");
    window.press("Ctrl+Shift+Right Ctrl+Shift+Right 3 Escape Ctrl+Home Enter");
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
    window.press("Enter");
    assert_eq!(window.focused().as_deref(), Some("denial:Menteri itu"));
    window.press("Enter");
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
}

#[test]
fn undo_and_redo_go_through_articles_and_say_what_they_did() {
    let mut window = open();
    window.press("1 Ctrl+PageDown 2 3");
    assert_eq!(window.annotations(), ["denial:Artikel"]);
    window.press("Ctrl+Z");
    assert_eq!(window.notice(), "Undid: change source to denial");
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.notice(), "Undid: tag claim, in a");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Ctrl+Z");
    assert_eq!(window.notice(), "There is nothing to undo");
    window.press("Ctrl+Shift+Z Ctrl+Y Ctrl+Y");
    assert_eq!(window.annotations(), ["denial:Artikel"]);
    assert!(window.file("annotations/ana/b.txt.ron").unwrap().contains("denial"));
}

#[test]
fn ctrl_enter_marks_done_and_opens_the_next_unfinished_article() {
    let mut window = open();
    window.press("1 Ctrl+Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("status: Done"));
    window.press("Ctrl+Shift+Enter");
    assert!(window.file("annotations/ana/b.txt.ron").unwrap().contains("status: Skipped"));
    assert_eq!(window.notice(), "Marked skipped. No unfinished article is left");
}

#[test]
fn lines_and_pages_keep_the_column() {
    let long = "kata demi kata demi kata yang panjang sekali ".repeat(12);
    let mut window = Opening::of(&[("seeds/a.txt", &long)]).open();
    window.press("Ctrl+Right Ctrl+Right Down");
    let second = window.caret();
    window.press("End");
    assert!(window.caret() > second);
    window.press("Home");
    let line_start = window.caret();
    assert!(line_start <= second);
    window.press("Up");
    assert_eq!(window.caret(), 0);
    window.press("Down PageDown");
    assert!(window.caret() > line_start);
    window.press("Ctrl+End PageUp Up Up Up Up Up Up Up Up Up Up Up Up");
    assert_eq!(window.caret(), 0);
}

#[test]
fn copy_takes_the_selection_or_the_focused_annotation() {
    let mut window = open();
    window.press("Ctrl+Shift+Right Ctrl+C");
    assert_eq!(window.copied.as_deref(), Some("Menteri"));
    window.press("Ctrl+Shift+Right 1 Ctrl+C");
    assert_eq!(window.copied.as_deref(), Some("Menteri itu"));
}

#[test]
fn every_key_does_one_thing() {
    let window = open();
    let entries = window.session().keymap().entries();
    // In the list below the article, keys may mean something of their own.
    let keys = |entry: &tandai::session::Entry| -> Vec<_> {
        entry.keys.iter().map(|key| (entry.scope.listing(), *key)).collect()
    };
    let mut chords: Vec<_> = entries.iter().flat_map(keys).collect();
    let count = chords.len();
    chords.sort();
    chords.dedup();
    assert_eq!(chords.len(), count);
}

#[test]
fn keys_that_write_do_not_tag_while_a_name_is_typed() {
    let mut window = open();
    window.press("Ctrl+L").type_text("kedua").press("1");
    assert_eq!(window.session().documents().filter(), "kedua");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Escape 1");
    assert_eq!(window.session().documents().filter(), "");
    assert_eq!(window.annotations(), ["claim:Menteri"]);
}

#[test]
fn f6_goes_round_the_panes_and_the_lists_are_walked_by_arrows() {
    let mut window = open();
    window.press("1 Ctrl+Right 2 F6 Up");
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
    window.press("Down 4");
    assert_eq!(window.annotations(), ["claim:Menteri", "location:itu"]);
    window.press("F6 Down Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    window.press("1");
    assert_eq!(window.annotations(), ["claim:Artikel"]);
}
