//! What the window looks like. A picture that changes is looked at before it is
//! taken over (`UPDATE_SNAPSHOTS=true cargo test`).

use egui_kittest::kittest::Queryable as _;

use super::harness::Opening;

#[test]
fn the_marked_article_on_a_light_page() {
    let mut window = Opening::seed().with_gold_as_own().open();
    window.press("Tab Tab Tab Tab");
    window.harness.snapshot("article_light");
}

#[test]
fn the_marked_article_on_a_dark_page() {
    let mut window = Opening::seed().with_gold_as_own().dark().open();
    window.press("Tab Tab Tab Tab");
    window.harness.snapshot("article_dark");
}

/// Spans that nest, cross, share edges and are identical, six deep; one in
/// fragments, one with a label that the schema lacks.
const DEEP: [(&str, &[(usize, usize)]); 7] = [
    ("claim", &[(0, 52)]),
    ("claim", &[(0, 11), (31, 46)]),
    ("denial", &[(0, 46)]),
    ("source", &[(0, 7)]),
    ("location", &[(0, 7)]),
    ("unheard", &[(4, 40)]),
    ("source", &[(18, 29)]),
];

#[test]
fn spans_six_deep_keep_a_lane_and_a_name_each() {
    let text = "Menteri itu, kata juru bicara, membantah kabar di Kota Lama. Tidak ada yang lain.\n\
                Alinea kedua tidak ditandai dan tetap rapat seperti biasa.";
    let mut window = Opening::of(&[("seeds/deep.txt", text)])
        .with_set("deep.txt", text, &DEEP)
        .sized(900.0, 420.0)
        .open();
    assert_eq!(window.annotations().len(), 7);
    window.press("Tab Tab Tab");
    window.harness.snapshot("deep_overlaps");
}

#[test]
fn right_to_left_text_is_laid_out_in_order() {
    let text = "قال الوزير إن الاجتماع في Pyongyang كان مثمرا، ونفى المتحدث باسم الحكومة الخبر في 27 يوليو.\n\
                השר הכחיש את הידיעה ואמר: \"לא נחתם דבר\".\nThe minister said שלום to 3 people. 👩‍👩‍👧 é office";
    let mut window = Opening::of(&[("seeds/rtl.txt", text)]).sized(760.0, 480.0).open();
    window.press("2 Shift+Left Shift+Left 4 Ctrl+Left Ctrl+Shift+Left Ctrl+Shift+Left 1");
    window.press("Ctrl+Left E E E 3");
    window.harness.snapshot("right_to_left");
}

#[test]
fn signs_in_right_to_left_text_open_to_the_left_and_part_no_word() {
    let text = [
        "قال (حماس) و«فتح» [هنا] (NATO): «نعم».",
        "מנכ\"ל צה\"ל אמר ל\"הארץ\" (בארה\"ב) כי ג'ורג' יגיע.",
        "The word צה\"ל (and «בארה\"ב») in an English line.",
    ];
    let text = text.join("\n");
    let mut window = Opening::of(&[("seeds/a.txt", &text)]).sized(900.0, 380.0).open();
    window.harness.run();
    window.harness.snapshot("right_to_left_signs");
}

#[test]
fn what_is_known_of_an_article_stands_above_it() {
    let known = "{\n    \"date\": \"2026-11-01\",\n    \"outlet\": \"Coast Herald\",\n    \"title\": \
                 \"Dock strike ends\",\n}\n";
    let files = [
        ("seeds/a.txt", "About 1,200 dock workers went back on Monday.\n"),
        ("seeds/a.txt.meta.ron", known),
        ("seeds/b.txt", "Kim tiba.\n"),
        ("seeds/b.txt.meta.ron", "{"),
    ];
    let mut window = Opening::of(&files).sized(900.0, 380.0).open();
    window.harness.snapshot("known_light");
    window.press("F7");
    window.harness.snapshot("known_dark");
    // What cannot be read is said, and the article can be marked up all the same.
    window.press("Ctrl+PageDown 1");
    assert!(window.harness.query_by_label_contains("b.txt.meta.ron").is_some());
    assert_eq!(window.annotations(), ["claim:Kim"]);
}

#[test]
fn a_project_without_articles_says_what_to_do() {
    let mut window = Opening::of(&[]).sized(900.0, 560.0).open();
    window.harness.snapshot("empty_project");
}

#[test]
fn a_narrow_window_at_twice_the_size_leaves_the_article() {
    let mut window = Opening::seed().with_gold_as_own().sized(760.0, 560.0).zoomed(2.0).open();
    window.press("Tab");
    window.harness.snapshot("narrow_and_large");
}

#[test]
fn the_keys_sheet() {
    let mut window = Opening::seed().open();
    window.press("F1");
    window.harness.snapshot("keys_sheet");
}

#[test]
fn links_in_the_margin_those_of_the_focused_annotation_named() {
    let mut window = Opening::seed().with_gold_as_own().sized(1240.0, 900.0).open();
    window.press("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab");
    window.harness.snapshot("links_light");
    window.press("F7");
    window.harness.snapshot("links_dark");
}

#[test]
fn only_linked_passages_with_folds_between_them() {
    let mut window = Opening::seed().with_gold_as_own().open();
    window.press("Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab Tab");
    assert_eq!(
        window.focused().as_deref(),
        Some(
            "claim:\"kebijakan hegemonik\" Barat pimpinan AS memaksa Moskow untuk mengambil tindakan militer untuk melindungi kepentingan keamanannya"
        )
    );
    window.press("V");
    window.harness.snapshot("folded");
}

#[test]
fn hints_on_words_and_on_clauses() {
    let mut window = Opening::seed().with_gold_as_own().open();
    window.press("F");
    window.harness.snapshot("hints_words");
    window.press("Escape C");
    window.harness.snapshot("hints_clauses");
}

#[test]
fn hints_on_words_that_run_from_right_to_left() {
    let text = "قال الوزير إن الاجتماع في Pyongyang كان مثمرا، ونفى المتحدث الخبر.\n\
                The minister said שלום עולם to 3 people.";
    let mut window = Opening::of(&[("seeds/rtl.txt", text)]).sized(760.0, 360.0).open();
    window.press("F");
    window.harness.snapshot("hints_right_to_left");
}

#[test]
fn the_targets_of_a_link() {
    let mut window = Opening::seed().with_gold_as_own().dark().open();
    window.press("Tab R");
    window.harness.snapshot("link_targets");
}

/// The seed article and two more that say some of the same.
fn three_articles() -> Opening {
    let second =
        "KCNA melaporkan pertemuan di Pyongyang.\nSeorang pejabat Korea Utara membantahnya.";
    let third = "Menurut KCNA, Kim tiba di Pyongyang pada Rabu.";
    Opening::seed()
        .with_gold_as_own()
        .with_file("seeds/001_dua.txt", second.as_bytes())
        .with_file("seeds/002_tiga.txt", third.as_bytes())
}

#[test]
fn all_occurrences_to_accept_or_reject() {
    let mut window = three_articles().open();
    window.press("Tab Tab Tab T");
    window.press("Y X Y");
    window.harness.snapshot("batch_list");
}

#[test]
fn what_is_looked_for() {
    let mut window = three_articles().dark().open();
    window.press("Ctrl+F").type_text("korea utara");
    window.harness.snapshot("find");
}

#[test]
fn what_is_not_as_the_schema_expects() {
    let mut window = Opening::seed().with_gold_as_own().open();
    window.press("Tab Delete F4");
    window.harness.snapshot("problems");
}

#[test]
fn the_palette() {
    let mut window = three_articles().open();
    window.press("Ctrl+K").type_text("link");
    window.harness.snapshot("palette");
}

#[test]
fn the_steps() {
    let mut window = Opening::seed().open();
    window.press("1 Ctrl+Right 2 Ctrl+Right 4 Ctrl+Z Ctrl+H");
    window.harness.snapshot("steps");
}

#[test]
fn the_sheet_in_which_keys_are_changed() {
    let mut window = Opening::seed().open();
    window.press("Ctrl+, Down Down Down Enter E");
    window.harness.snapshot("change_keys");
}

#[test]
fn the_sheet_in_which_the_schema_is_changed() {
    let mut window = Opening::seed().open();
    window.press("F2");
    window.harness.snapshot("schema");
}

#[test]
fn the_statistics_on_a_light_and_on_a_dark_page() {
    let mut window = statistics().open();
    window.press("Ctrl+T");
    window.harness.snapshot("statistics_light");
    window.press("Right");
    window.harness.snapshot("statistics_lengths");
    window.press("Right Right Right");
    window.press("Escape F7 Ctrl+T");
    window.harness.snapshot("statistics_dark");
}

#[test]
fn the_statistics_in_a_narrow_window_at_twice_the_size() {
    let mut window = statistics().sized(360.0, 640.0).zoomed(2.0).open();
    window.press("Ctrl+T");
    window.harness.snapshot("statistics_narrow");
}

/// Three articles, with sets by two.
fn statistics() -> Opening {
    let gold = super::harness::shipped("annotations/gold/000_48ab4e9815f7107d.txt.ron");
    let gold = std::fs::read(gold).unwrap();
    three_articles().with_file("annotations/gold/000_48ab4e9815f7107d.txt.ron", &gold).with_set(
        "002_tiga.txt",
        "Menurut KCNA, Kim tiba di Pyongyang pada Rabu.",
        &[("source", &[(8, 12)]), ("claim", &[(14, 45)]), ("location", &[(26, 35)])],
    )
}

#[test]
fn an_export_on_a_light_page() {
    let mut window = super::transfer::opening().open();
    window.press("Ctrl+E");
    name_folder(&mut window);
    window.harness.snapshot("export_light");
}

#[test]
fn an_export_that_loses_something_on_a_dark_page() {
    let mut window = super::transfer::opening().dark().open();
    window.press("Ctrl+E Tab Tab Tab Space");
    name_folder(&mut window);
    window.harness.get_by_label("Parts").focus();
    window.harness.run();
    window.type_text("train=80,test=20");
    window.harness.snapshot("export_dark");
}

/// The usual folder is beside the project, which lies elsewhere every time.
pub(super) fn name_folder(window: &mut super::harness::Window) {
    let field = egui::accesskit::Role::TextInput;
    window.harness.get_by_role_and_label(field, "Folder to write").focus();
    window.harness.run();
    window.press("Ctrl+A");
    window.type_text("data/berita");
}

#[test]
fn an_export_in_a_narrow_window_at_twice_the_size() {
    let mut window = super::transfer::opening().sized(360.0, 640.0).zoomed(2.0).open();
    window.press("Ctrl+E");
    name_folder(&mut window);
    window.harness.snapshot("export_narrow");
}

#[test]
fn an_import_that_was_looked_at() {
    let mut window = super::transfer::opening().open();
    window.press("Ctrl+I");
    window.type_text("tests/it/fixtures/rows.jsonl");
    for name in ["Format: JSON lines", "Look"] {
        window.harness.get_by_label(name).click();
        window.harness.run();
    }
    window.harness.snapshot("import");
}

#[test]
fn right_to_left_text_in_fields() {
    let text = "قال الوزير إن الاجتماع كان مثمرا.\nKim tiba.\n";
    let mut window = Opening::of(&[("seeds/a.txt", text)]).sized(900.0, 600.0).open();
    window.press("2 N").type_text("من قال ذلك في Pyongyang يوم 27؟\nשָׁלוֹם, כתב Kim.");
    window.press("Escape Ctrl+F").type_text("الوزير Kim 27");
    window.press("Shift+Left Shift+Left Shift+Left Shift+Left Shift+Left Shift+Left Shift+Left");
    window.press("Shift+Left Shift+Left");
    window.harness.snapshot("right_to_left_fields");
}

#[test]
fn right_to_left_words_in_the_line_at_the_bottom_and_over_a_list() {
    let text = "قال وزير الخارجية في القاهرة إن الاتفاق سيوقع. ونفى وزير الخارجية ذلك.";
    let mut window = Opening::of(&[("seeds/a.txt", text)])
        .with_set("a.txt", text, &[("source", &[(4, 17)])])
        .sized(900.0, 420.0)
        .open();
    window.press("Tab P");
    while !window.notice().starts_with('“') {
        window.press("P");
    }
    window.press("T P");
    window.harness.snapshot("right_to_left_told");
}

#[test]
fn right_to_left_words_that_wait_for_a_place() {
    let text = "قال وزير الخارجية في القاهرة إن الاتفاق سيوقع. ونفى عمر سعيد ذلك أمس.";
    let mut window = Opening::of(&[("seeds/a.txt", text)])
        .with_set("a.txt", text, &[("source", &[(4, 17)]), ("source", &[(52, 60)])])
        .sized(900.0, 620.0)
        .open();
    let changed = text.replace("عمر سعيد", "أحمد").replace("القاهرة", "بيروت");
    std::fs::write(window.folder.path().join("berita/seeds/a.txt"), changed).unwrap();
    window.come_back();
    window.press("Z");
    window.harness.snapshot("right_to_left_placement");
    window.press("Ctrl+Enter");
    window.harness.snapshot("right_to_left_waiting");
}

#[test]
fn what_is_found_in_texts_of_either_direction_stands_in_a_column() {
    let arabic = "قال وزير الخارجية المصري في مؤتمر صحفي عقده في Kairo إن Kim سيصل قريبا. \
                  ونفى وزير الدفاع ذلك، وقال إن Kim لم يطلب شيئا.";
    let plain = "Menurut seorang pejabat senior yang tidak mau disebut namanya, Kim tiba pada Rabu \
                 malam di Pyongyang dan disambut oleh para menteri. Kim pergi.";
    let mut window =
        Opening::of(&[("seeds/a.txt", arabic), ("seeds/b.txt", plain)]).sized(1000.0, 420.0).open();
    window.press("Ctrl+Shift+F").type_text("Kim");
    window.press("Enter");
    window.harness.snapshot("found_in_either_direction");
}

#[test]
fn a_name_that_is_longer_than_its_word_stands_over_it_with_the_handle_behind() {
    let text = "Kim Jong Un tiba di Moskow pada Senin.";
    let mut window = Opening::of(&[("seeds/a.txt", text)])
        .with_set(
            "a.txt",
            text,
            &[("source", &[(0, 3)]), ("source", &[(4, 8)]), ("location", &[(20, 26)])],
        )
        .sized(900.0, 260.0)
        .open();
    window.press("Tab Tab");
    window.harness.snapshot("short_word_focused");
}
