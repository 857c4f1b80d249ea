//! Fields to type into, whatever is typed.

use egui::{Rect, pos2};
use egui_kittest::kittest::Queryable as _;
use proptest::prelude::*;
use tandai::corpus::Status;

use super::harness::{Opening, Window};
use crate::hostile;

/// A window whose find bar has the keyboard.
fn finding() -> Window {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba.\n")]).open();
    window.press("Ctrl+F");
    window
}

fn query(window: &Window) -> &str {
    &window.session().search().unwrap().query.text
}

fn field(window: &Window, name: &str) -> Rect {
    window.harness.get_by_label(name).rect()
}

/// Beside the article its letters would be the keys of labels and of much else.
#[test]
fn a_link_that_is_begun_beside_the_article_is_named_by_letters_there() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba, kata Budi.\n")]).open();
    window.press("Ctrl+Right Ctrl+Right Ctrl+Right 2 Ctrl+Home 1 N Shift+Tab R");
    assert!(window.session().mode().is_some());
    window.press("Tab Enter");
    let held = window.session().held().unwrap();
    assert_eq!(held.set.relations().len(), 1, "{}", window.notice());
    assert_eq!(held.set.annotations().len(), 2);
}

/// As when a colleague's removal comes by git while one types.
#[test]
fn the_letters_of_a_note_whose_annotation_goes_are_no_keys() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba di Seoul.\n")]).open();
    window.press("2 Ctrl+Right 4 Ctrl+Home Tab N").type_text("lihat ");
    let file = window.folder.path().join("berita/annotations/ana/a.txt.ron");
    let content = std::fs::read_to_string(&file).unwrap();
    let without = content.lines().filter(|line| !line.contains("lihat"));
    let without: String = without.map(|line| format!("{line}\n")).collect();
    std::fs::write(&file, without).unwrap();
    window.come_back();
    assert_eq!(window.annotations().len(), 1);
    let before = window.own_set_of("a.txt");
    window.type_text("4 on N 2");
    window.harness.snapshot("note_without");
    assert_eq!(window.own_set_of("a.txt"), before);
    assert!(window.harness.query_all_by_value("lihat 4 on N 2").next().is_some());
    window.press("Escape 3");
    assert_eq!(window.annotations().len(), 2);
}

/// There it ends the note, and nothing else.
#[test]
fn the_key_that_marks_an_article_done_does_not_while_something_is_typed() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba.\n")]).open();
    let status = |window: &Window| window.session().held().unwrap().set.status();
    window.press("2 N").type_text("siapa?").press("Ctrl+Enter");
    assert_eq!(window.session().focused().unwrap().note, "siapa?");
    assert_eq!(status(&window), Status::InProgress);
    window.press("Ctrl+F").type_text("tiba").press("Ctrl+Enter").press("Ctrl+Shift+Enter");
    assert_eq!(status(&window), Status::InProgress);
    window.press("Escape Ctrl+Enter");
    assert_eq!(status(&window), Status::Done);
}

#[test]
fn the_caret_stays_inside_right_to_left_text() {
    let mut window = finding();
    window.type_text("مرحبا").press("Ctrl+Shift+End Ctrl+Shift+Left End Backspace");
    assert_eq!(query(&window), "مرحب");
    window.press("Left Left Backspace Home Delete");
    assert_eq!(query(&window), "حب");
}

#[test]
fn the_caret_goes_through_mixed_text_character_by_character() {
    for text in ["עדד 123 مرحبا", "Kim مرحبا 42 tiba", "ǻ बोल কোন தொகு e\u{301} é", "שָׁלוֹם"]
    {
        let mut window = finding();
        window.type_text(text);
        let characters: Vec<char> = text.chars().collect();
        for at in (0..characters.len()).rev() {
            window.press("Left").type_text("x").press("Backspace");
            assert_eq!(query(&window), text, "{at}");
        }
        window.press("Delete");
        assert_eq!(query(&window), characters[1..].iter().collect::<String>());
        window.press("End").type_text("x");
        assert_eq!(query(&window), characters[1..].iter().collect::<String>() + "x");
    }
}

#[test]
fn a_click_beside_right_to_left_text_goes_to_its_end_or_start() {
    let mut window = finding();
    window.type_text("مرحبا");
    let place = field(&window, "Find");
    window.click(pos2(place.left() + 2.0, place.center().y)).type_text("x");
    assert_eq!(query(&window), "مرحباx");
    window.press("Backspace").click(place.right_center() - egui::vec2(4.0, 0.0)).type_text("x");
    assert_eq!(query(&window), "xمرحبا");
}

#[test]
fn a_note_of_several_lines_is_walked_through_line_by_line() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba.\n")]).open();
    window.press("2 N").type_text("مرحبا\nКим שלום\nya");
    window.press("Ctrl+Home").type_text("1").press("Down End").type_text("2");
    window.press("Ctrl+End").type_text("3").press("Ctrl+Enter");
    assert_eq!(window.session().focused().unwrap().note, "1مرحبا\nКим שלום2\nya3");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whatever_stands_in_a_field_its_ends_are_reached(typed in hostile::string()) {
        let mut window = finding();
        window.type_text(&typed);
        let taken = query(&window).to_owned();
        window.press("Ctrl+Shift+Home Ctrl+Shift+Right Ctrl+Shift+End Ctrl+Shift+Left");
        window.press("Ctrl+Home").type_text("y").press("Ctrl+End").type_text("z");
        prop_assert_eq!(query(&window), format!("y{taken}z"));
    }
}

#[test]
fn when_a_long_note_is_left_one_sees_again_what_it_is_about() {
    let opening = Opening::of(&[("seeds/a.txt", "Menteri itu membantah kabar.")]);
    let mut window = opening.sized(1240.0, 480.0).open();
    window.press("1");
    let top = |window: &Window| window.harness.get_by_label("To discuss").rect().top();
    let before = top(&window);
    window.press("N").type_text(&"one two three four five ".repeat(40));
    assert!(top(&window) < before, "the card has followed what is typed");
    window.press("Escape");
    window.harness.run();
    assert!((top(&window) - before).abs() < 0.5);
}
