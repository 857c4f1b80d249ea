//! Folders, files and names: what is opened, what is refused, what is kept.

use std::collections::BTreeMap;

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tandai::session::{Preferences, Stopped};
use tandai::ui::PREFERENCES;

use super::harness::{Opening, SEED, Window};

#[test]
fn looking_changes_no_file() {
    let mut window = Opening::seed().with_gold_as_own().open();
    let before = window.tree();
    window.press("Tab Tab Ctrl+End PageUp E Escape Escape F6 Down F6 F6 F1 Escape Ctrl+S");
    assert_eq!(window.notice(), "Everything is saved already, as you go");
    assert_eq!(window.tree(), before);
}

#[test]
fn what_is_tagged_is_on_the_disk_and_undone_there_too() {
    let mut window = Opening::seed().open();
    window.press("1");
    assert!(window.own_set().unwrap().contains(r#"spans: [(0, 8)], text: ["Pemimpin"]"#));
    window.press("Ctrl+Z");
    let left = window.own_set().unwrap();
    assert!(left.contains("status: New") && !left.contains("Pemimpin"));
}

#[test]
fn a_key_that_is_held_down_decides_once_and_walks_on() {
    let texts = [("seeds/a.txt", "Satu kata."), ("seeds/b.txt", "Dua."), ("seeds/c.txt", "Tiga.")];
    let mut window = Opening::of(&texts).open();
    window.hold_key("Right", 3);
    assert_eq!(window.caret(), 3);
    window.hold_key("Ctrl+Enter", 4);
    let open = |window: &Window| window.session().reading().unwrap().document.to_string();
    assert_eq!(open(&window), "b.txt");
    assert_eq!(window.session().history().done().len(), 1);
    // Pressed anew, it goes on.
    window.press("Ctrl+Enter");
    assert_eq!(open(&window), "c.txt");
}

/// What the window keeps between starts, in memory.
#[derive(Default)]
struct Kept(BTreeMap<String, String>);

impl eframe::Storage for Kept {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

#[test]
fn one_goes_on_where_one_stopped() {
    let files = [("seeds/a.txt", "Satu."), ("seeds/b.txt", "Menteri tiba di Seoul.")];
    let mut window = Opening::of(&files).open();
    window.press("Ctrl+PageDown Ctrl+Right Ctrl+Right");
    let (caret, document) = (window.caret(), "b.txt");
    assert_eq!((window.session().reading().unwrap().document.as_str(), caret), (document, 13));
    let mut kept = Kept::default();
    eframe::App::save(window.harness.state_mut(), &mut kept);
    let preferences: Preferences = eframe::get_value(&kept, PREFERENCES).unwrap();
    let project = window.folder.path().join("berita").canonicalize().unwrap();
    let stopped = Stopped { project, document: document.to_owned(), caret };
    assert_eq!(preferences.stopped, [stopped]);
    // The same when the folder is opened again in the same window.
    window.press("Ctrl+PageUp Right Right Right");
    let folder = window.folder.path().join("berita");
    window.drop_file(&folder);
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
    assert_eq!(window.caret(), 3);
}

#[test]
fn removing_the_last_annotation_leaves_a_set_with_its_status() {
    let mut window = Opening::seed().open();
    window.press("1 Delete");
    let left = window.own_set().unwrap();
    assert!(left.contains("status: InProgress") && !left.contains("annotations:"));
}

#[test]
fn a_set_that_cannot_be_read_is_shown_with_its_line_and_never_written() {
    let broken = "(\n    format: 1,\n    document: oh no,\n)\n";
    let path = format!("annotations/ana/{SEED}.ron");
    let mut window = Opening::seed().with_file(&path, broken.as_bytes()).open();
    assert!(window.harness.query_by_label_contains(&format!("{SEED}.ron:3")).is_some());
    window.press("1 Ctrl+Enter");
    assert!(window.notice().starts_with("Your set cannot be changed"), "{}", window.notice());
    assert_eq!(window.own_set().as_deref(), Some(broken));
}

#[test]
fn gold_can_be_looked_at_beside_ones_own_set_and_not_changed() {
    let gold =
        std::fs::read(super::harness::shipped("annotations/gold").join(format!("{SEED}.ron")));
    let path = format!("annotations/gold/{SEED}.ron");
    let mut window = Opening::seed().with_file(&path, &gold.unwrap()).open();
    assert_eq!(window.annotations().len(), 0);
    let before = window.tree();
    window.press("G Tab 2 Delete");
    assert_eq!(window.annotations().len(), 29);
    assert!(window.notice().starts_with("This is gold's set"), "{}", window.notice());
    assert_eq!(window.tree(), before);
    window.harness.get_by_label("Show the set of ana (you)").click();
    window.harness.run();
    window.press("1");
    assert_eq!(window.annotations(), ["claim:Pemimpin"]);
}

#[test]
fn odd_articles_are_shown_and_told_about() {
    let mut window =
        Opening::of(&[("seeds/a-empty.txt", ""), ("seeds/b-crlf.txt", "Satu.\r\nDua.\r\n")])
            .with_file("seeds/c-bom.txt", "\u{feff}Kata".as_bytes())
            .with_file("seeds/d-old.txt", b"le pr\xe9sident a ni\xe9 l'accord")
            .with_file("seeds/e-blank.txt", b"\n\n   \n")
            .open();
    window.press("1 E Down End Ctrl+Right Shift+Right 1");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Ctrl+PageDown Ctrl+Down 2");
    assert_eq!(window.annotations(), ["source:Dua"]);
    assert!(window.file("annotations/ana/b-crlf.txt.ron").unwrap().contains("spans: [(7, 10)]"));
    window.press("Ctrl+PageDown Right 1");
    assert!(window.file("annotations/ana/c-bom.txt.ron").unwrap().contains("spans: [(1, 5)]"));
    window.press("Ctrl+PageDown");
    assert!(window.harness.query_by_label_contains("read as windows-1252").is_some());
    window.press("Ctrl+Right 3");
    assert_eq!(window.annotations(), ["denial:président"]);
    window.press("Ctrl+PageDown Tab 1 Down Up");
    assert_eq!(window.annotations(), Vec::<String>::new());
}

#[test]
fn a_megabyte_on_one_line_opens_and_is_walked() {
    let long = "kata demi kata ".repeat(70_000);
    let mut window = Opening::of(&[("seeds/long.txt", &long)]).open();
    window.press("1 Ctrl+End PageUp Ctrl+Left 2 Ctrl+Home PageDown 3");
    assert_eq!(window.annotations().len(), 3);
}

#[test]
fn a_folder_is_opened_by_typing_its_path() {
    let mut window = Opening::nothing().open();
    std::fs::write(window.folder.path().join("berita/seeds/x.txt"), "Kata").unwrap();
    let path = window.folder.path().join("berita").display().to_string();
    window.press("Ctrl+O").type_text("/nowhere/at/all").press("Enter");
    assert!(window.notice().contains("cannot be opened"), "{}", window.notice());
    window.press("Ctrl+A").type_text(&path).press("Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "x.txt");
    assert!(window.session().dialog().is_none());
    window.press("1");
    assert_eq!(window.annotations(), ["claim:Kata"]);
}

#[test]
fn a_dialog_service_that_is_not_there_is_told_about() {
    let mut window = Opening::nothing().open();
    window.press("Ctrl+O");
    window.harness.get_by_label("Browse…").click();
    window.harness.run();
    assert_eq!(window.notice(), "No folder was chosen. A path can be typed instead");
}

#[test]
fn dropped_texts_are_added_and_never_written_over() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu.")]).open();
    let outside = window.folder.path().join("a.txt");
    std::fs::write(&outside, "Dua.").unwrap();
    window.drop_file(&outside);
    assert_eq!(window.file("seeds/a.txt").as_deref(), Some("Satu."));
    assert_eq!(window.file("seeds/a-2.txt").as_deref(), Some("Dua."));
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a-2.txt");
    window.drop_file(&outside);
    assert_eq!(window.session().documents().rows().len(), 2);
}

#[test]
fn another_name_is_another_set_and_gold_is_refused() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu kata.")]).open();
    window.press("1 Ctrl+U Ctrl+A").type_text("gold").press("Enter");
    assert!(window.harness.query_by_label_contains("kept for settled sets").is_some());
    window.press("Escape Ctrl+U Ctrl+A").type_text("ben").press("Enter");
    assert_eq!(window.session().annotator().as_str(), "ben");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("2");
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("claim"));
    assert!(window.file("annotations/ben/a.txt.ron").unwrap().contains("source"));
}

#[test]
fn what_cannot_be_saved_is_kept_told_and_saved_later() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu kata.")]).open();
    let in_the_way = window.folder.path().join("berita/annotations");
    std::fs::write(&in_the_way, "a file where a folder must be").unwrap();
    window.press("1");
    assert!(window.harness.query_by_label_contains("Not saved").is_some());
    assert_eq!(window.annotations(), ["claim:Satu"]);
    std::fs::remove_file(&in_the_way).unwrap();
    window.press("Ctrl+S");
    assert!(window.harness.query_by_label_contains("Not saved").is_none());
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("Satu"));
}

#[test]
fn what_another_program_changed_is_brought_together_with_what_is_done_here() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu kata.")]).open();
    window.press("1");
    let path = "annotations/ana/a.txt.ron";
    let theirs = window.file(path).unwrap().replace("claim", "denial");
    std::fs::write(window.folder.path().join("berita").join(path), &theirs).unwrap();
    window.press("Escape Ctrl+Right 2");
    let both = window.file(path).unwrap();
    assert!(both.contains("denial") && both.contains("source"), "{both}");
    assert!(window.harness.query_by_label_contains("changed by another program").is_some());
    assert!(window.harness.query_by_label_contains("Not saved").is_none());
}

#[test]
fn a_file_that_another_program_spoilt_is_kept_as_a_copy_when_it_is_written_over() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu kata.")]).open();
    window.press("1");
    let path = "annotations/ana/a.txt.ron";
    std::fs::write(window.folder.path().join("berita").join(path), "theirs").unwrap();
    window.press("Escape Ctrl+Right 2");
    assert_eq!(window.file(path).as_deref(), Some("theirs"));
    assert!(window.harness.query_by_label_contains("another program has changed").is_some());
    window.press("Ctrl+S");
    window.harness.get_by_label("Save mine, keep the other as a copy").click();
    window.harness.run();
    assert_eq!(window.file(&format!("{path}.other-1")).as_deref(), Some("theirs"));
    let mine = window.file(path).unwrap();
    assert!(mine.contains("claim") && mine.contains("source"), "{mine}");
    assert!(window.session().dialog().is_none());
    assert!(window.harness.query_by_label_contains("Not saved").is_none());
}

#[test]
fn one_comes_back_to_where_one_was() {
    let long = "Satu baris yang biasa saja.\n".repeat(80);
    let mut window = Opening::of(&[("seeds/a.txt", &long), ("seeds/b.txt", "Kedua.")]).open();
    window.press("Ctrl+End Ctrl+PageDown Ctrl+PageUp");
    assert_eq!(window.caret(), long.chars().count());
    window.press("Ctrl+Left 1");
    assert_eq!(window.annotations(), ["claim:saja"]);
}

#[test]
fn a_narrow_window_shows_a_pane_when_it_is_asked_for() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu."), ("seeds/b.txt", "Dua.")])
        .sized(560.0, 480.0)
        .open();
    assert!(window.harness.query_by_role(egui::Role::List).is_none());
    window.press("Ctrl+L").type_text("b").press("Enter Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    assert!(window.harness.query_by_role(egui::Role::List).is_none());
    window.press("F9");
    assert!(window.harness.query_by_label("Annotations").is_some());
    window.press("F9 1");
    assert_eq!(window.annotations(), ["claim:Dua"]);
}

#[test]
fn a_filter_that_matches_nothing_keeps_the_keyboard() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu.")]).open();
    window.press("Ctrl+L").type_text("qqq").press("Enter 1");
    assert_eq!(window.annotations(), Vec::<String>::new());
    window.press("Ctrl+L").type_text("satu");
    assert_eq!(window.session().documents().filter(), "satu");
}

#[test]
fn a_dialog_that_never_answers_holds_nothing_up() {
    let mut window = Opening::nothing().with_dead_dialog().open();
    std::fs::write(window.folder.path().join("berita/seeds/x.txt"), "Kata").unwrap();
    let path = window.folder.path().join("berita").display().to_string();
    window.press("Ctrl+O");
    window.harness.get_by_label("Browse…").click();
    window.harness.run();
    assert!(window.session().is_browsing());
    window.harness.get_by_label("Path of the folder").click();
    window.harness.run();
    window.press("Ctrl+A").type_text(&path).press("Enter 1");
    assert_eq!(window.annotations(), ["claim:Kata"]);
}

#[test]
fn a_dropped_folder_is_opened_and_recent_ones_are_a_press_away() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu.")]).open();
    let other = window.folder.path().join("lain");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("b.txt"), "Dua.").unwrap();
    window.drop_file(&other);
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    let first = window.session().preferences().recent[1].display().to_string();
    assert!(first.ends_with("berita"));
    window.press("Ctrl+O");
    window.harness.get_by_label(&first).click();
    window.harness.run();
    assert_eq!(window.session().reading().unwrap().document.as_str(), "a.txt");
}

#[test]
fn another_projects_article_of_the_same_name_is_a_page_of_its_own() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu.")]).open();
    let other = window.folder.path().join("lain");
    std::fs::create_dir_all(&other).unwrap();
    std::fs::write(other.join("a.txt"), "Baris pertama.\n".repeat(30)).unwrap();
    window.drop_file(&other);
    let places = super::gold::places(&window);
    assert!(places[&200].0.y > places[&0].0.y + 100.0, "lines lie over one another");
    window.press("Ctrl+End Ctrl+Left 1");
    assert_eq!(window.annotations(), ["claim:pertama"]);
}

#[test]
fn coming_back_shows_the_caret_wherever_the_page_was() {
    let long = "Satu baris yang biasa saja.\n".repeat(80);
    let mut window = Opening::of(&[("seeds/a.txt", &long), ("seeds/b.txt", "Kedua.")]).open();
    window.press("1");
    window.harness.hover_at(egui::pos2(600.0, 400.0));
    let wheel = egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta: egui::vec2(0.0, -2000.0),
        phase: egui::TouchPhase::Move,
        source: egui::MouseWheelSource::Wheel,
        modifiers: egui::Modifiers::NONE,
    };
    window.harness.event(wheel);
    window.harness.run_ok();
    window.press("Ctrl+PageDown Ctrl+Z");
    assert_eq!(window.notice(), "Undid: tag claim, in a");
    let article = window.harness.get_by_role(egui::Role::Document);
    assert!(article.accesskit_node().text_selection().is_some(), "the caret is not in view");
}

#[test]
fn the_question_about_unsaved_changes_is_answered_by_keys_and_goes_when_it_is_moot() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu kata.")]).open();
    window.press("1");
    let path = "annotations/ana/a.txt.ron";
    let file = window.folder.path().join("berita").join(path);
    std::fs::write(&file, "theirs").unwrap();
    window.press("3 Ctrl+S");
    assert!(window.session().dialog().is_some());
    window.press("Enter");
    assert!(window.session().dialog().is_none());
    assert!(window.file(path).unwrap().contains("denial"));
    std::fs::write(&file, "theirs").unwrap();
    window.press("2 Ctrl+S");
    std::fs::remove_file(&file).unwrap();
    window.press("Ctrl+S Escape Ctrl+S");
    assert!(window.file(path).unwrap().contains("source"));
    assert!(window.session().dialog().is_none());
}

#[test]
fn an_article_whose_set_was_mended_is_shown_as_mended() {
    let path = format!("annotations/ana/{SEED}.ron");
    let mut window =
        Opening::seed().with_file(&path, b"broken").with_file("seeds/z.txt", b"Lain.").open();
    assert!(
        window.session().documents().shown(0).unwrap().summary.as_ref().unwrap().problem.is_some()
    );
    std::fs::remove_file(window.folder.path().join("berita").join(&path)).unwrap();
    window.press("Ctrl+PageDown Ctrl+PageUp");
    assert!(
        window.session().documents().shown(0).unwrap().summary.as_ref().unwrap().problem.is_none()
    );
}

#[test]
fn the_filter_is_cleared_by_the_mouse_too() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu."), ("seeds/b.txt", "Dua.")]).open();
    window.press("Ctrl+L").type_text("dua");
    assert_eq!(window.session().documents().shown_count(), 1);
    window.harness.get_by_label("Show all articles").click();
    window.harness.run();
    assert_eq!(window.session().documents().shown_count(), 2);
}

#[test]
fn filtering_the_list_leaves_it_as_wide_as_it_is() {
    let mut window = Opening::of(&[("seeds/a.txt", "Satu."), ("seeds/b.txt", "Dua.")]).open();
    let left = |window: &Window| window.harness.get_by_role(egui::Role::Document).rect().left();
    let before = left(&window);
    for typed in ["sa", "tu", "x"] {
        window.press("Ctrl+L").type_text(typed);
        assert!((left(&window) - before).abs() < 0.5, "{typed}: {} {before}", left(&window));
    }
    window.press("Escape");
    assert!((left(&window) - before).abs() < 0.5, "{} {before}", left(&window));
}

#[test]
fn where_all_articles_are_listed_again_the_open_one_is_in_view() {
    let names: Vec<String> = (0..80).map(|at| format!("seeds/{at:02}.txt")).collect();
    let texts: Vec<String> = (0..80).map(|at| format!("Berita {at:02}.")).collect();
    let files: Vec<(&str, &str)> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut window = Opening::of(&files).open();
    window.press("Ctrl+L").type_text("62").press("Down Enter");
    assert_eq!(window.session().document().unwrap().path.as_str(), "62.txt");
    window.press("Ctrl+L Escape");
    assert_eq!(window.session().documents().shown_count(), 80);
    assert!(window.harness.query_by_label_contains("Berita 62").is_some());
    assert!(window.harness.query_by_label_contains("Berita 00").is_none());
}

#[test]
fn that_the_open_article_has_left_the_project_stands_above_it() {
    let mut window = Opening::of(&[("seeds/a.txt", "Kim tiba."), ("seeds/b.txt", "Budi.")]).open();
    let file = window.folder.path().join("berita/seeds/a.txt");
    std::fs::remove_file(&file).unwrap();
    window.come_back();
    let gone = |window: &Window| {
        window.harness.query_by_label_contains("This article has left the project").is_some()
    };
    assert!(gone(&window));
    window.press("1");
    assert!(window.own_set_of("a.txt").contains("claim"));
    window.press("Ctrl+PageDown");
    assert!(!gone(&window));
    window.press("Ctrl+Z");
    std::fs::write(&file, "Kim tiba.").unwrap();
    window.come_back();
    assert!(!gone(&window));
}

/// Whoever renames an article while the window is closed finds its tags gone otherwise.
#[test]
fn sets_whose_article_has_another_name_are_spoken_of_as_long_as_that_is_so() {
    let said = |window: &Window| {
        let words = "sets whose article is not there: 1, such as a.txt.ron";
        window.harness.query_by_label_contains(words).is_some()
    };
    assert!(said(&Opening::of(&[("annotations/ana/a.txt.ron", "(")]).open()));
    let texts = [("seeds/b.txt", "Kim tiba."), ("annotations/ana/a.txt.ron", "(")];
    let mut window = Opening::of(&texts).open();
    assert!(said(&window));
    let [old, new] =
        ["a", "b"].map(|name| window.folder.path().join(format!("berita/seeds/{name}.txt")));
    std::fs::rename(&new, &old).unwrap();
    window.come_back();
    assert!(!said(&window));
    std::fs::rename(&old, &new).unwrap();
    window.come_back();
    assert!(said(&window));
}
