//! Bringing tags to the text of an article that has changed.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use tandai::corpus::{Annotation, Conflict, Edit, Version};

use super::harness::{Opening, Window};
use crate::markup::parse;

const OLD: &str = "Pyongyang, 28 November. Barat [claim:menuduh Korea Utara mengirim senjata] ke Rusia. \
                   Kemarin sore juga Kim [denial:membatah tuduhan itu] di depan wartawan [location:asing] \
                   di [location:Wonsan], [source:kata kantor berita KCNA] pagi ini. Seorang pejabat \
                   [claim:menduga uji coba] akan diadakan lagi.";
const NEW: &str = "Kata pengantar. Pyongyang, 28 November. Barat menuduh Korea Utara mengirim senjata ke \
                   Rusia. Kemarin sore juga Kim membantah tuduhan itu di depan wartawan asing, kata kantor \
                   berita KCNA pagi ini. Seorang pejabat menduga uji coba akan diadakan lagi. Seorang \
                   pejabat menduga uji coba akan diadakan lagi.";

/// Ana's window on an article that was changed while it was open, after she tagged it.
fn changed(with: impl FnOnce(Opening) -> Opening) -> Window {
    let mut window = with(tagged()).open();
    rewrite(&mut window, NEW);
    window
}

/// Ana's tags in the article, before it is changed.
fn tagged() -> Opening {
    let read = parse(OLD);
    let text = read.text.as_str().to_owned();
    Opening::of(&[("seeds/a.txt", &text)]).with_annotations("a.txt", read.set)
}

/// The text that was tagged, behind some more words.
fn moved() -> String {
    format!("Tadi malam. {}", parse(OLD).text.as_str())
}

/// Another program changes the article.
fn rewrite(window: &mut Window, text: &str) {
    std::fs::write(window.folder.path().join("berita/seeds/a.txt"), text).unwrap();
    window.come_back();
}

#[test]
fn nothing_is_written_before_it_is_confirmed_and_what_waits_is_kept() {
    let mut window = changed(|opening| opening);
    let before = window.own_set_of("a.txt");
    assert!(window.harness.query_by_label_contains("has changed since you tagged it").is_some());
    window.press("Z");
    window.harness.snapshot("placement_light");
    // What is changed is looked at first, taken, left again; then it is closed.
    window.press("Space Space Escape");
    assert_eq!(window.own_set_of("a.txt"), before);
    window.press("Z Space Ctrl+Enter");
    assert_eq!(
        window.annotations(),
        [
            "claim:menuduh Korea Utara mengirim senjata",
            "denial:membantah tuduhan itu",
            "location:asing",
            "source:kata kantor berita KCNA",
        ]
    );
    assert!(window.notice().contains("4 tags in the new text, 2 without a place"));
    let copy = window.folder.path().join("berita/.tandai/earlier/ana/a.txt.ron");
    assert_eq!(std::fs::read_to_string(copy).unwrap(), before);
    assert!(window.harness.query_by_label_contains("2 tags have no place").is_some());
}

#[test]
fn what_was_reviewed_stays_so_where_the_same_words_are_elsewhere_now() {
    let mut window = tagged().open();
    window.press("Ctrl+Home Tab O O O O O O");
    assert_eq!(window.session().reviewed_here(), 6);
    rewrite(&mut window, NEW);
    window.press("Z Space Ctrl+Enter");
    // Of the four that have a place, one has other words.
    assert_eq!(window.session().reviewed_here(), 3);
}

/// Where the tags are is not undone either.
#[test]
fn undo_takes_nothing_back_of_what_was_reviewed_in_an_earlier_text() {
    let mut window = tagged().open();
    window.press("Ctrl+Home Tab O O O O O O");
    rewrite(&mut window, &moved());
    window.press("Z Ctrl+Enter");
    assert_eq!(window.session().reviewed_here(), 6);
    // Who undoes right after it means that.
    window.press("Ctrl+Z");
    assert!(window.notice().contains("is no step that can be undone"), "{}", window.notice());
    for _ in 0..6 {
        window.press("Ctrl+Z");
        let words = "cannot be undone any more: what you decided has been changed since";
        assert!(window.notice().contains(words), "{}", window.notice());
    }
    window.press("Ctrl+Z Ctrl+Shift+Z");
    assert_eq!(window.session().reviewed_here(), 6);
}

#[test]
fn what_was_undone_elsewhere_is_redone_after_tags_were_brought_to_a_new_text() {
    let mut window = tagged().with_file("seeds/b.txt", b"Budi pulang.").open();
    window.press("Ctrl+Home Tab O Ctrl+PageDown Ctrl+Home 2 Ctrl+Z Ctrl+PageUp");
    rewrite(&mut window, &moved());
    window.press("Z Ctrl+Enter");
    assert_eq!(window.session().reviewed_here(), 1);
    window.press("Ctrl+Shift+Z");
    assert_eq!(window.annotations(), ["source:Budi"]);
}

/// While the sheet is open, or just before the key.
#[test]
fn nothing_is_written_into_a_text_that_is_another_one_by_then() {
    let mut window = changed(|opening| opening);
    let before = window.own_set_of("a.txt");
    window.press("Z");
    let article = window.folder.path().join("berita/seeds/a.txt");
    std::fs::write(article, format!("Sekali lagi. {NEW}")).unwrap();
    window.press("Ctrl+Enter");
    assert_eq!(window.own_set_of("a.txt"), before);
    let words = "the article has changed again; close this, and Z looks anew";
    assert!(window.harness.query_by_label_contains(words).is_some());
    window.press("Escape");
    window.come_back();
    window.press("Z Ctrl+Enter");
    assert!(window.annotations().contains(&"source:kata kantor berita KCNA".to_owned()));
}

#[test]
fn what_waits_is_put_on_a_selection_offered_a_place_or_removed_and_each_is_undone() {
    let mut window = changed(|opening| opening);
    window.press("Z Space Ctrl+Enter");
    window.press("Shift+Z");
    assert!(window.notice().contains("Select first where"), "{}", window.notice());
    // It is not put on its like.
    window.press("Ctrl+Home Ctrl+Shift+Right 4 Ctrl+Home Ctrl+Shift+Right Shift+Z");
    assert!(window.notice().contains("tagged location already"), "{}", window.notice());
    window.press("Ctrl+Z");
    // The first that waits is taken by hand.
    window.press("Ctrl+Home Ctrl+Shift+Right Shift+Z");
    assert!(window.annotations().contains(&"location:Kata".to_owned()));
    assert!(window.harness.query_by_label_contains("1 tag has no place").is_some());
    // The other may stand in two places; the second is chosen.
    window.press("Z 2 Ctrl+Enter");
    let placed = window.annotations();
    assert_eq!(placed.last().unwrap(), "claim:menduga uji coba");
    assert!(window.harness.query_by_label_contains("no place").is_none());
    assert!(!window.own_set_of("a.txt").contains("adrift"));
    window.press("Ctrl+Z Ctrl+Z");
    assert!(window.harness.query_by_label_contains("2 tags have no place").is_some());
    window.press("Z Delete");
    assert!(window.harness.query_by_label_contains("1 tag has no place").is_some());
    window.press("Escape Ctrl+Z");
    assert!(window.harness.query_by_label_contains("2 tags have no place").is_some());
    // One that is chosen in the list is the next to be placed.
    window.press("Z Down Enter");
    assert!(window.harness.query_by_label_contains("Next: claim “menduga uji coba”").is_some());
}

#[test]
fn steps_of_another_text_are_not_taken_back_in_this_one() {
    let mut window = changed(|opening| opening);
    window.press("Z Ctrl+Enter Tab Delete");
    assert_eq!(window.annotations().len(), 2);
    rewrite(&mut window, &NEW.replace("Kata pengantar. ", ""));
    window.press("Z Ctrl+Enter");
    let placed = window.annotations();
    window.press("Ctrl+Z Ctrl+Z");
    assert!(window.notice().contains("the text of a has changed since"), "{}", window.notice());
    assert_eq!(window.annotations(), placed);
}

#[test]
fn a_conflict_that_is_open_stays_open_in_the_new_text() {
    let read = parse("Barat [claim#1:menuduh Korea Utara] kemarin.");
    let claim = read.set.annotations()[0].clone();
    let other = Annotation { label: "denial".into(), ..(*claim).clone() };
    let other = Some(Version::Annotation(Arc::new(other)));
    let mut set = read.set;
    let conflict = Conflict { id: claim.id.clone(), other };
    set.apply(Edit::InsertConflict(Arc::new(conflict))).unwrap();
    let text = read.text.as_str();
    let mut window = Opening::of(&[("seeds/a.txt", text)]).with_annotations("a.txt", set).open();
    rewrite(&mut window, &format!("Kemarin dulu. {text}"));
    window.press("Z Ctrl+Enter");
    assert!(window.notice().contains("1 tag in the new text"), "{}", window.notice());
    window.press("P M");
    assert_eq!(window.annotations(), ["denial:menuduh Korea Utara"]);
    assert!(!window.own_set_of("a.txt").contains("conflicts"));
}

#[test]
fn the_list_on_a_dark_narrow_page_and_what_waits_above_the_article() {
    let mut window = changed(|opening| opening.dark().sized(700.0, 520.0));
    window.press("Z End");
    window.harness.snapshot("placement_dark_narrow");
    window.press("Ctrl+Enter");
    window.harness.snapshot("adrift");
}

/// Each of two tags that are as far apart as the text has moved: what one was is what the other
/// becomes. And one that is where it was, though another one was there in a still older text.
#[test]
fn what_was_decided_of_one_is_not_taken_for_what_was_decided_of_another() {
    let read = parse("[source:Kim] dan ini [source:Ari] lalu [location:Rusia] jauh.");
    let text = read.text.as_str().to_owned();
    let opening = Opening::of(&[("seeds/a.txt", &text)]).with_annotations("a.txt", read.set);
    let mut window = opening.open();
    window.press("Ctrl+Home Tab O O O");
    assert_eq!(window.session().reviewed_here(), 3);
    // Ari stands 12 characters behind Kim.
    rewrite(&mut window, &format!("Tadi pagi, {text}").replacen("pagi, ", "pagi,  ", 1));
    window.press("Z Ctrl+Enter");
    assert_eq!(window.session().reviewed_here(), 3, "{}", window.notice());
}
