//! Letters that no font has. Only the bundled fonts are asked here.

use super::harness::{Opening, Window};

/// What is said when an article is opened.
fn said(article: &str) -> String {
    Opening::of(&[("seeds/a.txt", article)]).open().notice()
}

#[test]
fn letters_that_no_font_has_are_named_once() {
    let mut window: Window = Opening::of(&[("seeds/a.txt", "Kim 朝鲜否认。 Ia pergi.")]).open();
    let notice = window.notice();
    assert!(notice.starts_with("No font on this computer"), "{notice}");
    assert!(notice.contains("such as U+671D, U+9C9C, U+5426."), "{notice}");
    window.press("1");
    assert_eq!(window.annotations(), ["claim:Kim"]);
    window.press("Ctrl+End");
    assert!(!window.notice().contains("font"), "{}", window.notice());
}

#[test]
fn what_the_fonts_have_or_what_is_no_letter_is_not_spoken_of() {
    let shown = "Ķim naïve Ким Κιμ שלום مرحبا e\u{301} “ya” — 50 % \u{200b}\u{200d}\u{ad}\u{fffd}";
    assert!(!said(shown).contains("font"), "{}", said(shown));
}

#[test]
fn letters_further_down_are_named_when_they_are_come_to() {
    let article = format!("{}朝鲜", "Kim tiba.\n".repeat(200));
    let mut window = Opening::of(&[("seeds/a.txt", &article)]).open();
    assert!(!window.notice().contains("font"), "{}", window.notice());
    window.press("Ctrl+End");
    assert!(window.notice().contains("such as U+671D, U+9C9C."), "{}", window.notice());
}
