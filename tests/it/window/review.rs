//! Reviewing what several annotators marked, in the window.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;

use tandai::corpus::{
    Annotation, AnnotationSet, Annotator, DocumentPath, Edit, Fragments, Id, Relation, Status,
};
use tandai::session::BulkChange;
use tandai::storage::{Project, SetOnDisk, SetStore, load_document};
use tandai::text::{Offset, Span};

use super::harness::{Opening, SEED, Window};

/// The shipped gold set, as one annotator among others would have it: every so many
/// annotations something is missing, ends elsewhere, or has another label or value.
pub(super) fn variant(name: &str, turn: usize) -> AnnotationSet {
    let project = Project::at(env!("CARGO_MANIFEST_DIR").as_ref()).unwrap();
    let path = DocumentPath::new(SEED).unwrap();
    let (document, _) = load_document(&project, &path).unwrap();
    let (_, found) = SetStore::load(&project, &Annotator::gold(), &document);
    let SetOnDisk::Read(gold) = found else { panic!("{found:?}") };
    let mut annotations: Vec<Annotation> = Vec::new();
    for (at, annotation) in gold.annotations().iter().enumerate() {
        let mut changed = (**annotation).clone();
        match (at + turn) % 9 {
            1 => continue,
            3 => {
                let span = annotation.fragments.get(0).unwrap();
                let end = Offset::new(span.start().get().max(span.end().get() - 4));
                let shorter = Span::new(span.start(), end).unwrap_or(span);
                changed.fragments = Fragments::one(shorter);
            }
            5 if &*changed.label == "claim" => changed.label = "denial".into(),
            7 if &*changed.label == "claim" => {
                changed.attributes.insert("certainty".to_owned(), "uncertain".to_owned());
            }
            _ => {}
        }
        annotations.push(changed);
    }
    let there = |id: &Id| annotations.iter().any(|annotation| annotation.id == *id);
    let relations = gold.relations().iter().filter(|link| there(&link.from) && there(&link.to));
    let relations: Vec<Relation> = relations.map(|link: &Arc<Relation>| (**link).clone()).collect();
    let end = document.text.end();
    let annotator = Annotator::new(name).unwrap();
    AnnotationSet::assemble(annotator, end, Status::Done, annotations, relations).unwrap()
}

/// The shipped article, marked up by two people.
pub(super) fn two_people() -> Opening {
    Opening::seed()
        .with_annotations(SEED, variant("ana", 0))
        .with_annotations(SEED, variant("ben", 4))
}

/// Two articles, marked up by three people.
fn three_people() -> Opening {
    let text = "Menteri itu membantah kabar di Kota Lama.";
    let marked = |name: &str, marked: &str| {
        let mut set = crate::markup::parse_as(name, marked).set;
        set.apply(Edit::SetStatus(Status::Done)).unwrap();
        set
    };
    two_people()
        .with_annotations(SEED, variant("cy", 2))
        .with_file("seeds/b.txt", text.as_bytes())
        .with_annotations(
            "b.txt",
            marked("ana", "[source:Menteri itu] membantah [claim:kabar] di [location:Kota Lama]."),
        )
        .with_annotations(
            "b.txt",
            marked("ben", "[source:Menteri itu] membantah [claim:kabar di] [location:Kota Lama]."),
        )
        .with_annotations(
            "b.txt",
            marked("cy", "[source:Menteri] itu membantah [claim:kabar] di [location:Kota] Lama."),
        )
}

#[test]
fn agreement_is_shown_and_each_figure_leads_to_what_is_behind_it() {
    let mut window = three_people().open();
    window.press("Ctrl+M");
    window.harness.snapshot("agreement_light");
    window.press("2");
    window.harness.snapshot("agreement_confusion");
    window.press("3 Down");
    window.harness.snapshot("agreement_articles");
    window.press("1 Down Down Right Enter");
    assert!(window.session().dialog().is_none());
    let comparing = window.session().comparing().unwrap();
    assert_eq!(comparing.shown.label.as_deref(), Some("source"));
    assert!(cases(&window) > 5);
}

#[test]
fn all_figures_of_agreement_are_one_stop_of_tab() {
    let mut window = three_people().open();
    for page in ["1", "2"] {
        window.press("Ctrl+M").press(page).press("Tab");
        assert!(window.harness.get_by_label("File of the report").is_focused(), "{page}");
        window.press("Shift+Tab");
        assert!(window.harness.get_by_label("Agreement").is_focused(), "{page}");
        window.press("Escape");
    }
}

#[test]
fn enter_in_a_number_of_the_second_pass_leads_on_to_its_button() {
    let mut window = two_people().open();
    window.press("Ctrl+K").type_text("blind").press("Enter");
    // Nothing was done so long ago that it comes up.
    assert!(window.harness.get_by_label("Days ago, at least").is_focused());
    window.type_text("0").press("Enter");
    assert!(window.harness.get_by_label("Begin").is_focused());
    window.press("Shift+Tab").type_text("7").press("Enter");
    assert_eq!(window.session().again().unwrap().choice.articles, 7);
    assert!(window.harness.get_by_label("Begin").is_focused());
    window.press("Shift+Tab Shift+Tab").type_text("30").press("Enter");
    assert_eq!(window.session().again().unwrap().choice.days, 30);
    assert!(window.harness.get_by_label("Days ago, at least").is_focused());
    window.type_text("0").press("Enter");
    assert_eq!(window.session().again().unwrap().choice.days, 0);
}

fn cases(window: &Window) -> usize {
    window.session().list_place().0
}

/// Three articles in each of which ana and ben differ about three things.
fn differing() -> Opening {
    let plain = "Menteri itu membantah kabar di Kota Lama.";
    let files = [("seeds/a.txt", plain), ("seeds/b.txt", plain), ("seeds/c.txt", plain)];
    let sets = [
        ("ana", "[source:Menteri itu] membantah [claim:kabar] di [location:Kota Lama]."),
        ("ben", "[source:Menteri] itu membantah [claim:kabar di] Kota [location:Lama]."),
    ];
    let mut opening = Opening::of(&files);
    for document in ["a.txt", "b.txt", "c.txt"] {
        for (name, marked) in sets {
            let mut set = crate::markup::parse_as(name, marked).set;
            set.apply(Edit::SetStatus(Status::Done)).unwrap();
            opening = opening.with_annotations(document, set);
        }
    }
    opening
}

fn open_article(window: &Window) -> String {
    window.session().document().unwrap().path.to_string()
}

/// The article that was settled in has one difference less than the others, and is gone on
/// with all the same.
#[test]
fn an_article_is_settled_to_its_end_before_the_next_one_comes() {
    let mut window = differing().open();
    window.press("Ctrl+J Enter");
    let mut seen = Vec::new();
    for _ in 0..9 {
        seen.push(open_article(&window));
        window.press("1");
    }
    assert_eq!(
        seen,
        ["a.txt", "a.txt", "a.txt", "b.txt", "b.txt", "b.txt", "c.txt", "c.txt", "c.txt"]
    );
    assert_eq!(cases(&window), 0);
}

#[test]
fn comparing_begins_in_the_article_that_is_open() {
    let mut window = differing().open();
    window.press("Ctrl+PageDown");
    assert_eq!(open_article(&window), "b.txt");
    window.press("Ctrl+D");
    assert_eq!(
        (open_article(&window).as_str(), window.session().list_place().1),
        ("b.txt", Some(3))
    );
    window.press("Down Down Down");
    assert_eq!(open_article(&window), "c.txt");
}

#[test]
fn two_sets_stand_side_by_side_and_their_differences_are_walked() {
    let mut window = two_people().open();
    window.press("Ctrl+D");
    let count = cases(&window);
    assert!(count > 5, "{count} differences");
    window.press("Down Down");
    assert_eq!(window.session().list_place().1, Some(2));
    window.harness.snapshot("compare_light");
    window.press("U Down");
    window.harness.snapshot("compare_merged");
}

#[test]
fn the_table_lists_all_annotations_of_everyone() {
    let mut window = three_people().open();
    window.press("Ctrl+B Down Down Down Space Space");
    window.harness.snapshot("table_light");
    window.press("F").type_text("label:source korea");
    window.press("Enter C");
    assert!(window.session().table().unwrap().listed() > 3);
    window.harness.snapshot("table_concordance");
    window.press("C 4 G");
    window.harness.snapshot("table_grouped");
    window.press("Ctrl+Enter");
    window.harness.get_by_label("Label: claim").click();
    window.harness.run();
    window.harness.snapshot("table_change");
}

#[test]
fn where_no_row_passes_it_is_said_what_can_be_typed() {
    let mut window = three_people().sized(900.0, 560.0).open();
    window.press("Ctrl+B F").type_text("label:claim, has:note");
    assert_eq!(window.session().table().unwrap().listed(), 0);
    window.harness.snapshot("table_filter_help");
}

#[test]
fn a_set_that_cannot_be_read_is_named_over_the_comparison_also_of_the_open_article() {
    let mut window = three_people().open();
    window.press("Ctrl+D");
    let before = cases(&window);
    let set = format!("annotations/ana/{SEED}.ron");
    let file = window.folder.path().join("berita").join(set);
    std::fs::write(file, "(format: 1, nonsense").unwrap();
    window.come_back();
    assert!(cases(&window) < before);
    let said = window.session().comparing().unwrap().unread.to_string();
    assert!(said.starts_with("annotations/ana/"), "{said}");
}

/// Ben's set is about an earlier text of the article: nothing of it can be compared.
#[test]
fn before_settling_it_is_said_which_sets_cannot_be_compared_and_the_article_says_so() {
    let mut window = two_people().open();
    window.press("Ctrl+D");
    let file = window.folder.path().join("berita/annotations/ben").join(format!("{SEED}.ron"));
    let set = std::fs::read_to_string(&file).unwrap();
    let digest = set.split("sha256: \"").nth(1).unwrap().split('"').next().unwrap();
    std::fs::write(&file, set.replace(digest, &"0".repeat(64))).unwrap();
    window.come_back();
    let says = |window: &Window, words: &str| {
        assert!(window.harness.query_all_by_label_contains(words).next().is_some(), "{words}");
    };
    says(&window, "They do not differ in what is to be listed, as far as it could be read");
    let set = format!("annotations/ben/{SEED}.ron could not be read");
    let count = |window: &Window| window.harness.query_all_by_label_contains(&set).count();
    let before = count(&window);
    window.press("Ctrl+J");
    assert_eq!(count(&window), before + 1);
    window.press("Escape Escape Escape G");
    assert_eq!(window.session().reading().unwrap().shown.as_str(), "ana");
    says(
        &window,
        "ben's set about this article cannot be used; G goes through the sets and says why",
    );
    window.press("G");
    says(&window, "Open the article in Tandai as this annotator and press Z");
}

/// One does not settle what one does not see.
#[test]
fn in_a_low_window_with_large_letters_there_are_rows_to_be_settled() {
    let mut window = two_people().sized(556.0, 389.0).zoomed(1.44).open();
    window.press("Ctrl+D Ctrl+J Enter");
    assert_eq!(window.session().annotator().as_str(), "gold");
    window.harness.snapshot("settle_low");
    let list = window.harness.get_all_by_role(egui::Role::List).last().unwrap().rect();
    let rows = window.harness.query_all_by_label_contains(". ana: ");
    let seen = rows.filter(|row| list.contains(row.rect().center())).count();
    assert!(seen >= 2, "{seen} rows in {list}");
}

#[test]
fn a_list_that_is_narrowed_and_empty_does_not_say_that_all_is_settled() {
    let mut window = two_people().open();
    window.press("Ctrl+D Ctrl+J Enter F");
    let listed = cases(&window);
    for _ in 0..listed {
        window.press("1");
    }
    assert_eq!(cases(&window), 0);
    let said = "Nothing of this kind is left; F lists the other";
    assert!(window.harness.query_by_label_contains(said).is_some());
    window.press("F");
    assert!(cases(&window) > 0);
}

/// Keys that come before the list is drawn again are the list's all the same.
#[test]
fn keys_that_come_faster_than_frames_settle_and_tag_nothing_in_gold() {
    for keys in ["Ctrl+J Escape Ctrl+J Enter 1", "Ctrl+J Enter 1 1"] {
        let mut window = two_people().open();
        window.press("Ctrl+D");
        window.press_at_once(keys);
        let steps = window.session().history().done();
        let names: Vec<&str> = steps.iter().map(|step| &*step.name).collect();
        assert!(names.iter().all(|name| !name.starts_with("tag")), "{keys}: {names:?}");
        assert!(names.iter().any(|name| name.starts_with("settle")), "{keys}: {names:?}");
    }
}

#[test]
fn settling_goes_through_the_differences_with_gold_beside_them() {
    let mut window = two_people().open();
    window.press("Ctrl+J");
    window.harness.snapshot("settle_sheet");
    window.press("Enter");
    assert!(window.session().annotator().is_gold());
    window.press("Down 1 2 X");
    window.harness.snapshot("settle");
}

#[test]
fn the_table_and_a_comparison_on_a_dark_page_and_in_a_small_window() {
    let mut results = egui_kittest::SnapshotResults::new();
    let mut window = two_people().dark().open();
    window.press("Ctrl+D Down");
    results.add(window.harness.try_snapshot("compare_dark"));
    window.press("Ctrl+B");
    results.add(window.harness.try_snapshot("table_dark"));
    window.press("Ctrl+M");
    results.add(window.harness.try_snapshot("agreement_dark"));
    let mut window = two_people().sized(620.0, 640.0).open();
    window.press("Ctrl+D Down");
    results.add(window.harness.try_snapshot("compare_narrow"));
    window.press("Ctrl+B");
    results.add(window.harness.try_snapshot("table_narrow"));
    window.press("Ctrl+M");
    results.add(window.harness.try_snapshot("agreement_narrow"));
}

#[test]
fn a_sheet_gives_the_keyboard_back_to_the_list_that_it_was_opened_from() {
    let mut window = two_people().open();
    let text = window.annotations();
    window.press("Ctrl+B Space Ctrl+Enter Escape Space");
    assert_eq!(window.session().table().unwrap().ticked.len(), 2);
    window.press("Shift+O").type_text("hm").press("Enter Space");
    assert_eq!(window.session().table().unwrap().ticked.len(), 3);
    assert_eq!(window.annotations(), text);
}

#[test]
fn many_are_relabelled_from_the_table_by_keys_alone() {
    let mut window = two_people().open();
    window.press("Ctrl+B Space Space Ctrl+Enter 2");
    assert_eq!(window.session().bulk().unwrap().concerned.len(), 1);
    window.press("Ctrl+Enter");
    assert!(window.session().dialog().is_none(), "{:?}", window.session().dialog());
    assert_eq!(window.session().history().done().len(), 1);
    assert_eq!(window.notice(), "Changed label to source of 1 annotation");
    window.press("Ctrl+Z");
    assert!(window.notice().starts_with("Undid"), "{}", window.notice());
    // An attribute's key goes through its values.
    let chosen = |window: &Window| window.session().bulk().unwrap().change.clone();
    let value = |value: &str| Some(BulkChange::SetValue("certainty".into(), value.into()));
    window.press("Ctrl+B Ctrl+Enter Y");
    assert_eq!(chosen(&window), value("certain"));
    window.press("Y Y");
    assert_eq!(chosen(&window), value("possible"));
    window.press("Y Y");
    assert_eq!(chosen(&window), value("certain"));
}

#[test]
fn the_table_begins_at_what_is_focused() {
    let mut window = two_people().open();
    window.press("Tab Tab Tab");
    let focused = window.focused();
    window.press("Ctrl+B");
    assert_eq!(window.focused(), focused);
    assert_eq!(window.session().list_place().1, Some(2));
}

#[test]
fn a_report_is_written_beside_the_articles_and_replaces_only_a_report() {
    let mut window = two_people().open();
    window.press("Ctrl+M");
    window.harness.get_by_label("Write report").click();
    window.harness.run();
    // So does Enter in the field.
    let file = window.folder.path().join("berita/agreement.html");
    std::fs::remove_file(&file).unwrap();
    window.harness.get_by_label("File of the report").focus();
    window.harness.run();
    window.press("Enter");
    let page = window.file("agreement.html").unwrap();
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    for part in ["By ana.", "F1 exact", "u-alpha", "Open differences", "<svg", "media pemerintah"] {
        assert!(page.contains(part), "{part}");
    }
    std::fs::write(&file, "something of one's own").unwrap();
    window.harness.get_by_label("Write report").click();
    window.harness.run();
    assert!(window.notice().contains("is there and is no report"), "{}", window.notice());
    assert_eq!(window.file("agreement.html").as_deref(), Some("something of one's own"));
}
