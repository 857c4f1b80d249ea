//! The mouse: selecting, walking through what overlaps, dragging edges.

use egui::{Modifiers, Pos2, vec2};
use egui_kittest::kittest::Queryable as _;

use super::harness::{Opening, Window};

const TEXT: &str = "Menteri itu membantah kabar. Semua pulang lagi.";
const CTRL: Modifiers = Modifiers::COMMAND;

fn open() -> Window {
    Opening::of(&[("seeds/a.txt", TEXT)]).open()
}

/// The middle of the line at a place between characters.
fn place(window: &Window, offset: usize) -> Pos2 {
    super::gold::places(window)[&offset].1
}

#[test]
fn a_drag_takes_whole_words_and_with_ctrl_single_characters() {
    let mut window = open();
    let (from, to) = (place(&window, 2), place(&window, 14));
    window.drag(from, to, Modifiers::NONE);
    assert_eq!(window.selected(), "Menteri itu membantah");
    window.drag(from, to, CTRL);
    assert_eq!(window.selected(), "nteri itu me");
    window.press("S").drag(from, to, Modifiers::NONE);
    assert_eq!(window.selected(), "nteri itu me");
}

#[test]
fn a_click_places_the_caret_and_shift_extends_from_it() {
    let mut window = open();
    let (from, to) = (place(&window, 8), place(&window, 21));
    window.click(from);
    assert_eq!((window.caret(), window.selected()), (8, String::new()));
    window.shift_click(to);
    assert_eq!(window.selected(), "itu membantah");
}

#[test]
fn a_double_click_selects_the_word_and_a_triple_the_sentence() {
    let mut window = open();
    let at = place(&window, 9);
    window.clicks(at, 2);
    assert_eq!(window.selected(), "itu");
    let mut window = open();
    window.clicks(at, 3);
    assert_eq!(window.selected(), "Menteri itu membantah kabar.");
}

#[test]
fn repeated_clicks_walk_through_what_is_under_the_pointer_smallest_first() {
    let spans: [(&str, &[(usize, usize)]); 3] =
        [("claim", &[(0, 28)]), ("denial", &[(0, 21)]), ("source", &[(0, 11)])];
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).with_set("a.txt", TEXT, &spans).open();
    let at = place(&window, 4);
    let mut walked = Vec::new();
    for _ in 0..4 {
        window.wait_out_double_click().click(at);
        walked.push(window.focused().unwrap());
    }
    assert_eq!(
        walked,
        [
            "source:Menteri itu",
            "denial:Menteri itu membantah",
            "claim:Menteri itu membantah kabar.",
            "source:Menteri itu",
        ]
    );
    let beside = place(&window, 40);
    window.click(beside);
    assert_eq!(window.focused(), None);
}

#[test]
fn an_edge_of_the_focused_annotation_is_dragged() {
    let mut window = open();
    window.press("1");
    let (end, middle_of_itu) = (place(&window, 7), place(&window, 10));
    window.drag(end, middle_of_itu, Modifiers::NONE);
    assert_eq!(window.annotations(), ["claim:Menteri itu"]);
    let (start, inside) = (place(&window, 0), place(&window, 3));
    window.drag(start, inside, CTRL);
    assert_eq!(window.annotations(), ["claim:teri itu"]);
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.annotations(), ["claim:Menteri"]);
}

#[test]
fn a_drag_beyond_the_edge_scrolls_on() {
    let long = "Satu baris yang biasa saja.\n".repeat(80);
    let mut window = Opening::of(&[("seeds/a.txt", &long)]).open();
    let from = place(&window, 3);
    let below = Pos2::new(from.x, 815.0);
    window.harness.hover_at(from);
    window.harness.drag_at(from);
    window.harness.run();
    window.harness.hover_at(below - vec2(0.0, 40.0));
    window.harness.run();
    window.harness.hover_at(below);
    window.harness.run_steps(120);
    let reached = window.caret();
    window.harness.drop_at(below);
    window.harness.run();
    // More is selected than a window shows at once.
    assert!(reached > 28 * 25, "only {reached} characters");
}

#[test]
fn after_a_press_on_a_label_the_keys_still_work() {
    let mut window = open();
    let (from, to) = (place(&window, 0), place(&window, 11));
    window.drag(from, to, Modifiers::NONE);
    window.harness.get_by_label("Tag denial").click();
    window.harness.run();
    window.press("Ctrl+}");
    assert_eq!(window.annotations(), ["denial:Menteri itu "]);
    window.press("Ctrl+Z Ctrl+Z Tab");
    assert_eq!(window.annotations(), Vec::<String>::new());
    assert_eq!(window.selected(), "Menteri itu");
}

#[test]
fn every_character_has_a_place_of_its_own_on_the_line() {
    // A ligature, a combining mark, an emoji of five characters, a tab, a wide letter.
    let text = "office a\u{301}b 👩‍👩‍👧 c\td fi ﬃ W";
    let window = Opening::of(&[("seeds/a.txt", text)]).open();
    let places = super::gold::places(&window);
    let xs: Vec<f32> = places.values().map(|(_, right)| right.x).collect();
    assert!(xs.windows(2).all(|pair| pair[0] <= pair[1]), "{xs:?}");
    // Inside "office" no two letters share a place, ligature or not.
    assert!(xs[..7].windows(2).all(|pair| pair[1] - pair[0] > 2.0), "{xs:?}");
}

#[test]
fn a_character_of_several_is_clicked_as_one() {
    let text = "a👩‍👩‍👧e\u{301}z";
    let mut window = Opening::of(&[("seeds/a.txt", text)]).open();
    let start = super::gold::places(&window)[&0].0;
    for step in 0_u8..60 {
        window.click(start + vec2(f32::from(step), 0.0));
        assert!([0, 1, 6, 8, 9].contains(&window.caret()), "a caret inside, at {}", window.caret());
    }
}

#[test]
fn a_quick_drag_reaches_to_where_the_button_was_let_go() {
    let mut window = open();
    let (from, to) = (place(&window, 0), place(&window, 27));
    window.harness.hover_at(from);
    window.harness.drag_at(from);
    window.harness.run();
    window.harness.hover_at(from + vec2(20.0, 0.0));
    window.harness.run();
    // The last move and the release come in one frame.
    let events = &mut window.harness.input_mut().events;
    events.push(egui::Event::PointerMoved(to));
    events.push(egui::Event::PointerButton {
        pos: to,
        button: egui::PointerButton::Primary,
        pressed: false,
        modifiers: Modifiers::NONE,
    });
    window.harness.run();
    assert_eq!(window.selected(), "Menteri itu membantah kabar");
}

#[test]
fn a_menu_that_is_open_takes_its_own_keys() {
    let mut window = open();
    window.press("Ctrl+Shift+Right");
    window.harness.get_by_label("Menu").click();
    window.harness.run();
    window.press("1 Escape");
    assert_eq!(window.annotations(), Vec::<String>::new());
    assert_eq!(window.selected(), "Menteri");
    window.press("1");
    assert_eq!(window.annotations(), ["claim:Menteri"]);
}
