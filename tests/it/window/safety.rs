//! What the window shows when something stands in the way of the work.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use tandai::corpus::{Annotation, AnnotationSet, Conflict, Edit, Version};

use super::harness::Opening;
use crate::markup::parse;

const TEXT: &str = "Barat menuduh Korea Utara mengirim senjata ke Rusia. Korea Utara membantah \
                    tuduhan itu pada Kamis, kata kantor berita KCNA.";

fn set_in_conflict() -> AnnotationSet {
    let marked = TEXT.replace("Barat menuduh", "[claim:Barat menuduh]");
    let mut set =
        parse(&marked.replace("kata kantor berita KCNA", "[source:kata kantor berita KCNA]")).set;
    let claim = set.annotations()[0].clone();
    let other = Annotation {
        label: "denial".into(),
        note: "is this not the denial?".to_owned(),
        ..(*claim).clone()
    };
    let other = Some(Version::Annotation(Arc::new(other)));
    set.apply(Edit::InsertConflict(Arc::new(Conflict { id: claim.id.clone(), other }))).unwrap();
    set
}

fn in_conflict() -> Opening {
    Opening::of(&[("seeds/a.txt", TEXT)]).with_annotations("a.txt", set_in_conflict())
}

#[test]
fn a_conflict_is_counted_told_and_settled_by_the_keys_that_are_shown() {
    let mut window = in_conflict().open();
    window.press("P");
    window.harness.snapshot("conflict_light");
    window.press("Shift+M");
    assert_eq!(
        window.annotations(),
        ["claim:Barat menuduh", "denial:Barat menuduh", "source:kata kantor berita KCNA"]
    );
    assert!(!window.own_set_of("a.txt").contains("conflicts"));
}

#[test]
fn a_conflict_on_a_dark_page() {
    let mut window = in_conflict().dark().sized(700.0, 480.0).open();
    window.press("P");
    window.harness.snapshot("conflict_dark_narrow");
}

/// As by `git checkout`, or by taking back in an editor what was typed there.
#[test]
fn a_set_that_was_broken_outside_and_is_as_it_was_again_can_be_changed_again() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    window.press("1");
    let file = window.folder.path().join("berita/annotations/ana/a.txt.ron");
    let before = std::fs::read_to_string(&file).unwrap();
    for _ in 0..2 {
        std::fs::write(&file, before.replace("spans: [(0,", "spans: [(1,")).unwrap();
        window.come_back();
        window.press("Ctrl+Right 2");
        assert_eq!(window.annotations(), ["claim:Barat"]);
        std::fs::write(&file, &before).unwrap();
        window.come_back();
        assert!(window.harness.query_by_label_contains("can be read again").is_some());
    }
    window.press("2");
    assert_eq!(window.annotations().len(), 2);
    assert_eq!(window.own_set_of("a.txt").matches("(id:").count(), 2);
    // What was written here is not told as somebody else's.
    window.come_back();
    assert!(window.harness.query_by_label_contains("another program").is_none());
}

#[test]
fn when_another_window_takes_over_that_is_said_with_the_way_back() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    window.press("1");
    let locks = window.folder.path().join("berita/.tandai/locks");
    std::fs::write(locks.join("ana.wanted"), "").unwrap();
    window.come_back();
    let lock = std::fs::File::options().write(true).open(locks.join("ana.lock")).unwrap();
    lock.lock().unwrap();
    assert!(window.harness.query_by_label_contains("Read only:").is_some());
    window.press("Ctrl+Right 2");
    assert_eq!(window.annotations(), ["claim:Barat"]);
    window.harness.snapshot("other_window");
    // The other one is closed.
    std::fs::remove_file(locks.join("ana.wanted")).unwrap();
    drop(lock);
    window.come_back();
    assert!(window.harness.query_by_label_contains("Read only:").is_none());
    window.press("2");
    assert_eq!(window.annotations().len(), 2);
}

#[test]
fn what_cannot_be_saved_is_written_elsewhere_and_saved_when_that_works_again() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    let root = window.folder.path().join("berita");
    std::fs::rename(&root, window.folder.path().join("gone")).unwrap();
    window.press("1");
    assert!(window.harness.query_by_label_contains("folder is not there").is_some());
    window.press("Ctrl+Q");
    assert!(window.session().dialog().is_some(), "closing asks");
    let elsewhere = window.folder.path().join("elsewhere");
    window.harness.get_by_label("Another folder for a copy").focus();
    window.harness.run();
    window.type_text(elsewhere.to_str().unwrap()).press("Enter");
    assert!(window.notice().contains("1 file was written"));
    let copy = std::fs::read_to_string(elsewhere.join("annotations/ana/a.txt.ron")).unwrap();
    assert!(copy.contains("Barat"), "{copy}");
    std::fs::rename(window.folder.path().join("gone"), &root).unwrap();
    window.press("Escape Ctrl+S");
    assert_eq!(std::fs::read_to_string(root.join("annotations/ana/a.txt.ron")).unwrap(), copy);
}

/// As git writes it: first there is nothing in it.
#[test]
fn a_set_that_is_just_being_written_is_looked_at_when_it_is() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    window.press("1");
    let file = window.folder.path().join("berita/annotations/ana/a.txt.ron");
    let set = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, "").unwrap();
    window.come_back();
    assert!(!window.notice().contains("not a file"), "{}", window.notice());
    std::fs::write(&file, set.replace("\"claim\"", "\"source\"")).unwrap();
    window.come_back();
    assert_eq!(window.annotations(), ["source:Barat"]);
    assert!(window.session().held().unwrap().unreadable.is_none());
}

/// A sheet does not keep the window open: it is asked about what is not saved.
#[test]
fn the_key_that_quits_does_so_from_a_sheet_as_well() {
    for sheet in ["", "Ctrl+E", "F2", "Ctrl+K"] {
        let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
        std::fs::write(window.folder.path().join("berita/annotations"), "in the way").unwrap();
        window.press("1").press(sheet).press("Ctrl+Q");
        let asks = window.harness.query_by_label("Your last changes are not saved");
        assert!(asks.is_some(), "{sheet}");
    }
}

#[test]
fn to_lose_changes_takes_two_presses_and_what_is_saved_at_last_closes_nothing() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    let root = window.folder.path().join("berita");
    let gone = window.folder.path().join("gone");
    std::fs::rename(&root, &gone).unwrap();
    window.press("1 Ctrl+Q");
    // Trying in vain leaves the keyboard on the same button.
    window.press("Enter Enter");
    assert!(window.harness.get_by_label("Try again").is_focused());
    window.harness.get_by_label("Quit without saving…").click();
    window.harness.run();
    assert!(window.session().dialog().is_some(), "it asks once more");
    assert!(window.harness.query_by_label("Quit, and lose what is not saved").is_some());
    std::fs::rename(&gone, &root).unwrap();
    window.harness.get_by_label("Try again").click();
    window.harness.run();
    assert!(window.session().dialog().is_none());
    assert_eq!(window.notice(), "Everything is saved now");
    assert_eq!(window.annotations(), ["claim:Barat"]);
}

#[test]
fn the_question_about_what_is_not_saved() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    std::fs::write(window.folder.path().join("berita/annotations"), "in the way").unwrap();
    window.press("1 Ctrl+Q");
    // Its message has a path that is another each time.
    assert!(window.harness.query_by_label("Your last changes are not saved").is_some());
    assert!(window.harness.query_by_label("Write a copy").is_some());
    window.press("Escape");
    std::fs::remove_file(window.folder.path().join("berita/annotations")).unwrap();
    window.press("Ctrl+S");
    assert!(window.session().dialog().is_none());
}

#[test]
fn the_report_of_a_failure_is_offered_until_it_is_dismissed() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    let reports = window.folder.path().join("reports");
    tandai::storage::write_report(&reports, 1_700_000_000, "what happened").unwrap();
    let report = tandai::storage::unseen_report(&reports).unwrap();
    window.harness.state_mut().offer_report(report.clone());
    window.harness.run();
    window.harness.snapshot("report");
    window.harness.get_by_label_contains("Dismiss").click();
    window.harness.run();
    assert!(window.harness.query_by_label_contains("failed in an earlier run").is_none());
    assert_eq!(tandai::storage::unseen_report(&reports), None);
    assert_eq!(std::fs::read(report.with_extension("seen")).unwrap(), b"what happened");
}

#[test]
fn a_set_of_a_newer_format_is_shown_and_cannot_be_changed() {
    let set = parse(&TEXT.replace("Barat menuduh", "[claim:Barat menuduh]")).set;
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).with_annotations("a.txt", set).open();
    window.press("Tab 2");
    assert_eq!(window.annotations(), ["source:Barat menuduh"]);
    let file = window.folder.path().join("berita/annotations/ana/a.txt.ron");
    let newer = std::fs::read_to_string(&file).unwrap().replace("format: 1", "format: 2");
    let newer = newer.replace("status:", "mood: Calm,\n    status:");
    std::fs::write(&file, &newer).unwrap();
    window.come_back();
    assert!(window.harness.query_by_label_contains("is shown, to be looked at only").is_some());
    window.press("Tab");
    assert!(window.session().focused().is_some(), "it can be walked through");
    window.press("2 Delete D Ctrl+Enter");
    assert!(window.notice().contains("newer than format 1"), "{}", window.notice());
    assert_eq!(std::fs::read_to_string(&file).unwrap(), newer);
    // A step that cannot be taken back now can be when the set is readable again.
    window.press("Ctrl+Z");
    assert!(window.notice().contains("stays as it is for now"), "{}", window.notice());
    let older = newer.replace("format: 2", "format: 1").replace("mood: Calm,", "");
    std::fs::write(&file, older).unwrap();
    window.come_back();
    window.press("Ctrl+Z");
    assert_eq!(window.annotations(), ["claim:Barat menuduh"]);
}
