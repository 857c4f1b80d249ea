//! The sheets over the window: the palette, the steps, keys, the schema; and the note.

use egui_kittest::kittest::Queryable as _;

use super::harness::{Opening, Window};

const TEXT: &str = "Menteri itu membantah kabar. Semua pulang.";

fn open() -> Window {
    Opening::of(&[("seeds/a.txt", TEXT), ("seeds/b.txt", "Artikel kedua.")]).open()
}

/// Replaces what stands in a field, and presses Enter.
fn fill(window: &mut Window, field: &str, text: &str) {
    window.harness.get_by_label(field).focus();
    window.harness.run();
    window.press("Ctrl+A").type_text(text).press("Enter");
}

#[test]
fn the_palette_finds_a_command_a_label_and_an_article() {
    let mut window = open();
    window.press("Ctrl+K").type_text("tag den").press("Enter");
    assert_eq!(window.annotations(), ["denial:Menteri"]);
    window.press("Ctrl+K").type_text("kedua").press("Enter");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "b.txt");
    window.press("Ctrl+K").type_text("light or").press("Enter");
    assert_eq!(window.session().preferences().dark, Some(true));
}

#[test]
fn the_palette_is_walked_by_arrows_and_says_why_not() {
    let mut window = open();
    window.press("Ctrl+K").type_text("undo");
    window.harness.get_by_label("Undo");
    window.press("Enter");
    assert_eq!(window.notice(), "There is nothing to undo");
    window.press("Ctrl+K").type_text("tag").press("Down Enter");
    assert_eq!(window.annotations(), ["source:Menteri"]);
    window.press("Ctrl+K Escape 3");
    assert_eq!(window.annotations(), ["denial:Menteri"]);
}

#[test]
fn steps_are_gone_back_and_forward_to_by_keys_and_by_a_click() {
    let mut window = open();
    window.press("1 Ctrl+Right 2 Ctrl+Right 3 Ctrl+H Up Up Enter");
    assert_eq!(window.annotations(), ["claim:Menteri"]);
    window.harness.get_by_label("Tag denial “membantah”, undone").click();
    window.harness.run();
    assert_eq!(window.annotations().len(), 3);
    window.harness.get_by_label("The beginning, done").click();
    window.harness.run();
    window.press("Escape");
    assert_eq!(window.annotations(), Vec::<String>::new());
    assert!(!window.file("annotations/ana/a.txt.ron").unwrap().contains("claim"));
}

#[test]
fn a_command_gets_another_key_and_the_file_holds_just_the_difference() {
    let mut window = open();
    window.press("Ctrl+,").type_text("jump to a word");
    window.harness.get_by_label("Jump to a word: F").click();
    window.harness.run();
    window.press("F12");
    window.harness.get_by_label("Jump to a word: F12");
    let keys = std::fs::read_to_string(window.folder.path().join("keys.ron")).unwrap();
    let expected =
        "(\n    format: 1,\n    keys: {\n        \"jump-to-a-word\": [\"F12\"],\n    },\n)\n";
    assert_eq!(keys, expected);
    window.press("Escape F12");
    assert!(window.session().mode().is_some());
}

#[test]
fn a_key_that_another_command_has_is_given_only_on_request() {
    let mut window = open();
    window.press("Ctrl+, Down Enter E");
    window.harness.get_by_label_contains("E is the key of “Expand selection”");
    window.press("Escape");
    window.harness.get_by_label("Tag claim: 1");
    window.press("Enter E Enter");
    window.harness.get_by_label("Tag claim: E");
    window.harness.get_by_label("Undo all my changes").click();
    window.harness.run();
    window.harness.get_by_label("Tag claim: 1");
    window.press("Escape");
    assert!(window.session().dialog().is_none());
}

#[test]
fn a_preset_of_keys_is_taken_over_and_left_again() {
    let mut window = open();
    window.press("Ctrl+,");
    window.harness.get_by_label("Keys: QWERTZ").click();
    window.harness.run();
    window.press("Escape 1 Shift+I");
    assert_eq!(window.annotations(), ["claim:Menteri itu"]);
    window.press("Ctrl+,");
    window.harness.get_by_label("Keys: Usual").click();
    window.harness.run();
    let keys = std::fs::read_to_string(window.folder.path().join("keys.ron")).unwrap();
    assert_eq!(keys, "(\n    format: 1,\n)\n");
}

#[test]
fn a_label_is_added_renamed_in_all_sets_and_taken_back() {
    let mut window = open();
    window.press("1 Ctrl+PageDown 1 Ctrl+PageUp F2");
    fill(&mut window, "New label", "quote");
    assert_eq!(window.session().schema().label("quote").unwrap().key, Some('5'));
    fill(&mut window, "Name of claim", "assertion");
    assert_eq!(window.notice(), "Renamed label claim to assertion, in 2 sets");
    let set = |window: &Window, name: &str| window.file(&format!("annotations/ana/{name}.txt.ron"));
    assert!(set(&window, "a").unwrap().contains("label: \"assertion\""));
    assert!(set(&window, "b").unwrap().contains("label: \"assertion\""));
    assert!(window.file("annotations/schema.ron").unwrap().contains("name: \"assertion\""));
    window.press("Escape Ctrl+Z");
    assert!(set(&window, "b").unwrap().contains("label: \"claim\""));
    assert!(window.session().schema().label("claim").is_some());
}

#[test]
fn what_is_meant_in_an_article_that_is_not_open_stays_meant_under_a_new_name() {
    let decisions = r#"(format: 1, annotator: "ana", decisions: [
        Meant(document: "b.txt", finding: "no denies from a0"),
    ])"#;
    let mut window = Opening::of(&[("seeds/a.txt", TEXT), ("seeds/b.txt", "Artikel kedua.")])
        .with_set("b.txt", "Artikel kedua.", &[("denial", &[(0, 7)])])
        .with_file("annotations/ana/decisions.ron", decisions.as_bytes())
        .open();
    window.press("F2 Tab Enter");
    fill(&mut window, "Name of denies", "rejects");
    let decided = window.file("annotations/ana/decisions.ron").unwrap();
    assert!(decided.contains("no rejects from a0"), "{decided}");
    assert!(!decided.contains("denies"), "{decided}");
}

#[test]
fn decisions_that_cannot_be_read_are_left_and_said_when_a_name_is_replaced() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)])
        .with_set("a.txt", TEXT, &[("claim", &[(0, 7)])])
        .with_file("annotations/ana/decisions.ron", b"not of this kind")
        .open();
    window.press("F2");
    fill(&mut window, "Name of claim", "assertion");
    let said = "1 file cannot be changed now and may still have the name claim: what ana decided";
    assert!(window.notice().starts_with(said), "{}", window.notice());
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("assertion"));
    assert_eq!(window.file("annotations/ana/decisions.ron").unwrap(), "not of this kind");
}

#[test]
fn what_a_schema_cannot_be_is_refused_in_words() {
    let mut window = open();
    window.press("F2");
    fill(&mut window, "Key of claim", "2");
    window.harness.get_by_label_contains("have the same key 2");
    // What was typed is there to be mended, until something else is taken over.
    assert_eq!(window.harness.get_by_label("Key of claim").value().as_deref(), Some("2"));
    window.press("Ctrl+A").type_text("7").press("Enter");
    assert_eq!(window.session().schema().label("claim").unwrap().key, Some('7'));
    fill(&mut window, "Key of claim", "2");
    fill(&mut window, "Colour of claim on a light page", "#8a3f9e");
    let colour = window.session().schema().label("claim").unwrap().light;
    assert_eq!(colour.to_hex(), "#8a3f9e");
    for page in ["Links", "Attributes", "Checks"] {
        window.harness.get_by_role_and_label(egui::Role::Tab, page).click();
        window.harness.run();
    }
    window.harness.get_by_label("The same words have the same label").click();
    window.harness.run();
    assert_eq!(window.session().schema().checks().len(), 9);
}

#[test]
fn of_several_fields_that_were_refused_none_keeps_that_when_something_is_taken_over() {
    let mut window = open();
    window.press("F2");
    fill(&mut window, "Key of claim", "2");
    fill(&mut window, "Key of denial", "2");
    let key = |window: &Window, label: &str| window.harness.get_by_label(label).value();
    assert_eq!(key(&window, "Key of denial").as_deref(), Some("2"));
    fill(&mut window, "Key of denial", "8");
    assert_eq!(window.session().schema().label("denial").unwrap().key, Some('8'));
    assert_eq!(key(&window, "Key of claim").as_deref(), Some("1"));
}

/// Who types or reads them takes the two for one.
#[test]
fn a_name_that_differs_from_another_in_capitals_alone_is_refused_and_stays_to_be_mended() {
    let mut window = open();
    window.press("F2");
    let labels = window.session().schema().labels().len();
    fill(&mut window, "New label", "Claim");
    window.harness.get_by_label_contains("there is a label \"claim\" already");
    assert_eq!(window.harness.get_by_label("New label").value().as_deref(), Some("Claim"));
    window.press("End").type_text("ant").press("Enter");
    assert!(window.session().schema().label("Claimant").is_some());
    assert_eq!(window.harness.get_by_label("New label").value().as_deref(), Some(""));
    fill(&mut window, "Name of source", "DENIAL");
    window.harness.get_by_label_contains("there is a label \"denial\" already");
    // Its own name may be written otherwise.
    fill(&mut window, "Name of source", "Source");
    let schema = window.session().schema();
    assert!(schema.label("Source").is_some() && schema.label("source").is_none());
    assert_eq!(schema.labels().len(), labels + 1);
}

/// The names of a schema are somebody's own, and as long as they like.
#[test]
fn a_long_name_takes_no_room_from_the_article() {
    let mut window = open();
    let left_of_panel = |window: &Window| window.harness.get_by_label("Annotations").rect().left();
    window.press("1");
    let before = left_of_panel(&window);
    window.press("F2");
    fill(&mut window, "New label", &"very long ".repeat(9));
    window.press("Escape 5");
    assert!(window.annotations()[0].starts_with("very long very long"));
    window.harness.run();
    assert!((left_of_panel(&window) - before).abs() < 0.5);
    let discuss = window.harness.get_by_label("To discuss").rect();
    assert!(discuss.right() < 1240.0 - 10.0, "{discuss}");
}

/// The sheet begins where its keyboard is, however far one had gone in it.
#[test]
fn the_sheet_of_the_schema_opens_at_its_start() {
    let mut window = open();
    window.press("F2");
    for name in ["one", "two", "three", "four", "five"] {
        fill(&mut window, "New label", name);
    }
    let first = |window: &Window| window.harness.get_by_label("Name of claim").rect().top();
    assert!(first(&window) < 100.0);
    window.press("Escape F2");
    assert!(first(&window) > 100.0);
}

#[test]
fn a_key_that_a_label_takes_from_a_command_is_said() {
    let mut window = open();
    window.press("F2");
    fill(&mut window, "Key of claim", "g");
    assert_eq!(window.notice(), "Changed label claim. Without a key now: “Show next set”");
    fill(&mut window, "Key of claim", "1");
    assert_eq!(window.notice(), "Changed label claim");
}

#[test]
fn what_is_added_to_the_schema_comes_into_view_and_the_field_for_the_next_one_stays_there() {
    let mut window = open();
    window.press("F2 Tab Tab Enter");
    for name in ["first", "second", "third"] {
        fill(&mut window, "New attribute", name);
        let place = |label: String| window.harness.get_by_label(&label).rect();
        let card = window.harness.get_by_label_contains(&format!("Name of {name} of claim")).rect();
        let field = place("New attribute".to_owned());
        assert!(card.top() > 100.0 && field.bottom() < 720.0, "{name}: {card} {field}");
        assert!(window.harness.get_by_label("New attribute").is_focused());
    }
}

/// It can be used at once, and its labels and key be chosen then.
#[test]
fn a_new_attribute_is_on_all_labels_and_what_changes_the_schema_is_of_no_one_article() {
    let mut window = open();
    window.press("F2 Tab Tab Enter");
    fill(&mut window, "New attribute", "stance");
    let schema = window.session().schema();
    let attribute = schema.attributes().iter().find(|one| &*one.name == "stance").unwrap();
    assert_eq!((attribute.on.len(), &*attribute.title), (schema.labels().len(), "Stance"));
    let step = window.session().history().last_done().unwrap();
    assert_eq!((&*step.name, step.about()), ("add attribute stance", None));
}

#[test]
fn a_check_that_a_value_meets_as_well_is_added_and_removed_by_keys() {
    let mut window = open();
    window.press("F2 Tab Tab Tab Enter");
    let checks = |window: &Window| window.session().schema().checks().len();
    let before = checks(&window);
    let title = "Each denial has a link located-at, or else form: counter-claim";
    assert!(window.harness.get_by_label(title).rect().top() > 820.0);
    window.harness.get_by_label(title).focus();
    window.harness.run();
    // What has the keyboard comes into view.
    assert!(window.harness.get_by_label(title).rect().bottom() < 720.0);
    // What is ticked stays where it is, under the same key.
    for wanted in [before + 1, before] {
        window.press("Space");
        assert_eq!(checks(&window), wanted);
    }
    window.harness.get_by_label("A link, or else a value").focus();
    window.harness.run();
    window.press("Space");
    assert!(window.harness.query_by_label(title).is_none());
    window.press("Escape Ctrl+Z");
    assert_eq!(checks(&window), before + 1);
    assert!(window.file("annotations/schema.ron").unwrap().contains("counter-claim"));
}

#[test]
fn a_label_that_the_schema_lacks_is_shown_and_added_on_request() {
    let spans: [(&str, &[(usize, usize)]); 1] = [("rumour", &[(0, 7)])];
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).with_set("a.txt", TEXT, &spans).open();
    window.harness.get_by_label("Not in the schema: label rumour");
    window.harness.get_by_label("Add to the schema").click();
    window.harness.run();
    assert_eq!(window.session().schema().label("rumour").unwrap().title, "Rumour");
    assert!(window.harness.query_by_label_contains("Not in the schema").is_none());
    window.press("Ctrl+Right 5");
    assert_eq!(window.annotations(), ["rumour:Menteri", "rumour:itu"]);
}

#[test]
fn a_note_is_typed_kept_and_one_step() {
    let mut window = open();
    window.press("1 N").type_text("oleh").type_text(" siapa?");
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("note: \"oleh siapa?\""));
    window.press("Escape Q");
    assert!(window.session().focused().unwrap().is_to_discuss());
    window.press("Ctrl+Z Ctrl+Z");
    assert_eq!(window.session().focused().unwrap().note, "");
    window.press("Ctrl+Z");
    assert_eq!(window.annotations(), Vec::<String>::new());
}

#[test]
fn attributes_are_set_by_keys_and_by_clicks_and_the_default_is_not_stored() {
    let mut window = open();
    window.press("1 D D");
    window.harness.get_by_label("Certainty: possible").click();
    window.harness.run();
    let file = window.file("annotations/ana/a.txt.ron").unwrap();
    assert!(file.contains("attributes: {\"certainty\": \"possible\", \"directness\": \"mixed\"}"));
    window.press("Shift+D Shift+D");
    window.harness.get_by_label("Certainty: certain").click();
    window.harness.run();
    assert!(!window.file("annotations/ana/a.txt.ron").unwrap().contains("attributes"));
    window.press("K");
    assert_eq!(window.notice(), "A claim has no kind");
}

/// Enter on a button that removes, pressed twice, removes one name, and one is at the next.
#[test]
fn what_is_removed_from_the_schema_takes_nothing_else_along() {
    let mut window = open();
    window.press("F2");
    window.harness.get_by_label("Remove label source").focus();
    window.harness.run();
    window.press("Enter Enter");
    let names = |window: &Window| -> Vec<String> {
        let labels = window.session().schema().labels().iter();
        labels.map(|label| label.name.to_string()).collect()
    };
    assert_eq!(names(&window), ["claim", "denial", "location"]);
    window.press("Ctrl+A").type_text("dementi").press("Enter");
    assert_eq!(names(&window), ["claim", "dementi", "location"]);
    // A name that is there is asked about, and the keyboard is at the answer that makes nothing
    // one.
    window.press("Ctrl+A").type_text("claim").press("Enter Enter");
    assert_eq!(names(&window), ["claim", "dementi", "location"]);
    window.press("Ctrl+A").type_text("claim").press("Enter Shift+Tab Enter");
    assert_eq!(names(&window), ["claim", "location"]);
}

#[test]
fn two_labels_become_one_only_when_that_is_meant() {
    let mut window = open();
    window.press("3 F2");
    fill(&mut window, "Name of denial", "claim");
    assert!(window.session().schema().label("denial").is_some());
    window.harness.get_by_label_contains("There is a label claim already");
    window.harness.get_by_label("Make them one").click();
    window.harness.run();
    assert!(window.session().schema().label("denial").is_none());
    assert!(window.file("annotations/ana/a.txt.ron").unwrap().contains("label: \"claim\""));
    // A name that is left without Enter is not taken over.
    window.harness.get_by_label("Name of source").focus();
    window.harness.run();
    window.press("Ctrl+A").type_text("origin").press("Tab");
    assert!(window.session().schema().label("source").is_some());
}

#[test]
fn the_steps_of_an_annotator_are_there_again_when_one_is_back() {
    let mut window = open();
    window.press("1");
    assert_eq!(window.annotations().len(), 1);
    let become_one = |window: &mut Window, name: &str| {
        window.press("Ctrl+U").type_text(name).press("Enter");
        assert_eq!(window.session().annotator().as_str(), name);
    };
    become_one(&mut window, "budi");
    window.press("Ctrl+Z");
    assert_eq!(window.notice(), "There is nothing to undo");
    become_one(&mut window, "ana");
    window.press("Ctrl+Z");
    assert_eq!(window.annotations(), Vec::<String>::new());
}
