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

/// The lines of the article as they are broken on the page.
fn lines(window: &mut Window) -> Vec<String> {
    let text = window.session().document().unwrap().text.as_str().to_owned();
    let characters: Vec<char> = text.chars().collect();
    let mut starts = Vec::new();
    window.press("Ctrl+Home");
    while starts.last() != Some(&window.caret()) {
        starts.push(window.caret());
        window.press("Down Home");
    }
    starts.push(characters.len());
    let line = |ends: &[usize]| characters[ends[0]..ends[1]].iter().collect::<String>();
    starts.windows(2).map(|ends| line(ends).trim().to_owned()).collect()
}

#[test]
fn a_line_that_runs_from_right_to_left_does_not_begin_with_what_ends_a_sentence() {
    let text = "قال الوزير: «نعم، لا شك»؛ ونفى المتحدث الخبر، ثم عاد؟ ".repeat(12);
    let hangs = |line: &String| line.starts_with(['،', '؛', '؟', '»', ':']);
    for width in [460.0, 475.0, 490.0, 505.0] {
        let mut window = Opening::of(&[("seeds/a.txt", &text)]).sized(width, 700.0).open();
        let lines = lines(&mut window);
        assert!(lines.len() > 8, "{lines:?}");
        assert_eq!(lines.iter().find(|line| hangs(line)), None);
        let opens = |line: &String| line.ends_with('«');
        assert_eq!(lines.iter().find(|line| opens(line)), None);
    }
}

#[test]
fn lines_of_thai_are_broken_between_words() {
    // “The minister denied the news in the capital of North Korea.”
    let words = ["รัฐมนตรี", "ปฏิเสธ", "ข่าว", "ใน", "เมืองหลวง", "ของ", "เกาหลี", "เหนือ"];
    let text = words.concat().repeat(10);
    let mut ends = std::collections::BTreeSet::from([0]);
    let lengths = words.iter().cycle().take(80).map(|word| word.chars().count());
    ends.extend(lengths.scan(0, |at, length| {
        *at += length;
        Some(*at)
    }));
    let mut window = Opening::of(&[("seeds/a.txt", &text)]).sized(620.0, 700.0).open();
    let mut at = 0;
    let lines = lines(&mut window);
    assert!(lines.len() > 3, "{lines:?}");
    for line in lines {
        at += line.chars().count();
        assert!(ends.contains(&at), "{line} ends at {at}");
    }
}
