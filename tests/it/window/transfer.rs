//! The sheets for exports and imports.

use egui::accesskit::{Role, Toggled};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tandai::corpus::Annotator;
use tandai::exchange::Format;
use tandai::session::Stage;

use super::harness::{Opening, SEED, Window, shipped};

/// The seed article with a set by ana and one by gold.
pub(super) fn opening() -> Opening {
    let gold = std::fs::read(shipped("annotations/gold").join(format!("{SEED}.ron"))).unwrap();
    Opening::seed().with_gold_as_own().with_file(&format!("annotations/gold/{SEED}.ron"), &gold)
}

fn click(window: &mut Window, name: &str) {
    window.harness.get_by_label(name).click();
    window.harness.run();
}

/// Presses the button, which is called as the sheet's heading is.
fn press_button(window: &mut Window, name: &str) {
    window.harness.get_by_role_and_label(Role::Button, name).click();
    window.harness.run();
}

#[test]
fn an_export_is_looked_at_chosen_and_written_by_keys() {
    let mut window = opening().open();
    window.press("Ctrl+E");
    window.harness.get_by_label("What is lost: nothing");
    // The arrows choose; Tab leaves the cards.
    window.press("Right Right");
    assert_eq!(window.session().exporting().unwrap().choice.format, Format::Spacy);
    window.harness.get_by_label_contains("spaCy cannot carry");
    window.press("Down Up Left");
    let exporting = window.session().exporting().unwrap();
    assert_eq!(exporting.choice.format, Format::Jsonl);
    let folder = std::path::PathBuf::from(&exporting.folder);
    assert!(folder.file_name().unwrap().to_str().unwrap().ends_with("-jsonl"), "{folder:?}");
    click(&mut window, "Annotators: ana");
    let exporting = window.session().exporting().unwrap();
    assert_eq!(exporting.choice.annotators, Some(vec![Annotator::gold()]));
    window.press("Ctrl+Enter");
    window.harness.get_by_label_contains(
        "Exported 1 article, 29 annotations, 23 links in 2 files, read back and found the same, to ",
    );
    window.harness.get_by_label("Show in folder");
    let rows = std::fs::read_to_string(folder.join("data/train-00000.jsonl")).unwrap();
    assert!(rows.contains("\"annotator\":\"gold\"") && !rows.contains("\"annotator\":\"ana\""));
    std::fs::remove_dir_all(folder).unwrap();
}

/// egui takes Enter for a click, whatever is held with it.
#[test]
fn ctrl_enter_confirms_and_does_not_press_what_has_the_keyboard() {
    let mut window = opening().open();
    window.press("Ctrl+E Right");
    for name in ["Annotators: ana", "Labels: claim"] {
        window.harness.get_by_label(name).focus();
        window.harness.run();
        window.press("Ctrl+Space Alt+Enter Ctrl+Enter");
        window.harness.get_by_label_contains("Exported 1 article, 58 annotations, 46 links ");
        let choice = &window.session().exporting().unwrap().choice;
        assert_eq!((&choice.annotators, &choice.labels), (&None, &None), "{name}");
    }
    let folder = std::path::PathBuf::from(&window.session().exporting().unwrap().folder);
    let rows = std::fs::read_to_string(folder.join("data/train-00000.jsonl")).unwrap();
    assert!(rows.contains("\"annotator\":\"ana\"") && rows.contains("\"label\":\"claim\""));
    std::fs::remove_dir_all(folder).unwrap();
    // Enter alone presses it.
    window.press("Enter");
    assert!(window.session().exporting().unwrap().choice.labels.is_some());
}

#[test]
fn what_is_lost_is_read_line_by_line_with_the_keys_alone() {
    let mut window = opening().open();
    window.press("Ctrl+E Right Right Right");
    assert_eq!(window.session().exporting().unwrap().choice.format, Format::Conll);
    let is_read = |window: &Window| {
        let list = window.harness.get_by_role_and_label(Role::List, "What is lost");
        list.is_focused()
    };
    for _ in 0..30 {
        window.press("Tab");
        if is_read(&window) {
            break;
        }
    }
    assert!(is_read(&window));
    let chosen = |window: &Window| {
        let lines = window.harness.query_all_by_label_contains("CoNLL has no");
        lines.filter(|line| line.accesskit_node().toggled() == Some(Toggled::True)).count()
    };
    for key in ["Down", "End", "PageUp", "Home", "PageDown"] {
        window.press(key);
        assert_eq!((chosen(&window), is_read(&window)), (1, true), "{key}");
    }
    super::pictures::name_folder(&mut window);
    window.harness.snapshot("export_losses");
}

#[test]
fn what_cannot_be_written_is_said_and_nothing_is() {
    let mut window = opening().open();
    window.press("Ctrl+E");
    window.harness.get_by_label("Parts").focus();
    window.harness.run();
    window.type_text("train");
    window.harness.get_by_label_contains("\"train\" is not a part");
    assert!(matches!(window.session().exporting().unwrap().look, Stage::Nothing));
}

#[test]
fn an_import_is_looked_at_mapped_and_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let row = r#"{"id": "baru", "text": "Kim tiba hari ini.", "spans": [{"start": 0, "end": 3, "label": "PER"}, {"start": 4, "end": 8, "label": "X"}]}"#;
    std::fs::write(folder.path().join("rows.jsonl"), row).unwrap();
    let mut window = opening().open();
    window.press("Ctrl+I");
    window.type_text(folder.path().to_str().unwrap());
    click(&mut window, "Format: JSON lines");
    click(&mut window, "Look");
    window.harness.get_by_label("Found 1 article and 1 set with 2 annotations and 0 links");
    click(&mut window, "Leave out label X");
    window.harness.get_by_label("What the label PER becomes").focus();
    window.harness.run();
    window.press("Ctrl+A");
    window.type_text("source");
    press_button(&mut window, "Import");
    window.harness.get_by_label("Imported 1 article and 1 set with 1 annotation and 0 links");
    window.harness.get_by_label("An import is no step: undo does not take it back.");
    // One goes on with another folder.
    window.type_text("lain");
    assert_eq!(window.session().importing().unwrap().choice.from, "lain");
    window.press("Escape");
    let rows = window.session().documents().rows();
    assert!(rows.iter().any(|row| row.path.as_str() == "baru.txt"));
    window.press("Ctrl+PageDown");
    assert_eq!(window.session().reading().unwrap().document.as_str(), "baru.txt");
    assert_eq!(window.session().shown_set().unwrap().annotations().len(), 1);
}

/// Nobody has to know what a folder of brat's is read as, nor which key does what comes next.
#[test]
fn what_brat_wrote_is_read_as_that_by_one_key_where_nobody_has_chosen_a_format() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "Kim tiba.").unwrap();
    std::fs::write(folder.path().join("a.ann"), "T1\tsource 0 3\tKim\n").unwrap();
    let mut window = opening().open();
    window.press("Ctrl+I");
    window.type_text(folder.path().to_str().unwrap());
    window.press("Ctrl+Enter");
    window.harness.get_by_label("It looks like brat, and is read as brat.");
    window.harness.get_by_label_contains("Found 1 article and 1 set with 1 annotation");
    assert!(matches!(window.session().importing().unwrap().written, Stage::Nothing));
    // Whoever wants the texts alone has them.
    click(&mut window, "Format: Texts");
    window.harness.get_by_label_contains("Found 1 article and 0 sets");
    window.press("Ctrl+Enter");
    window.harness.get_by_label_contains("Imported 1 article and 0 sets");
}

/// Who undoes right after it means that, and not what was done before; also where the project is
/// read anew, because there are other labels now.
#[test]
fn undo_after_an_import_says_so_before_it_takes_back_an_earlier_step() {
    let with_label =
        r#"{"id": "baru", "text": "Kim tiba.", "spans": [{"start": 0, "end": 3, "label": "PER"}]}"#;
    for (name, content, format) in
        [("baru.txt", "Kim tiba.", "Texts"), ("rows.jsonl", with_label, "JSON lines")]
    {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(name), content).unwrap();
        let mut window = opening().open();
        window.press("Ctrl+Home 1");
        let steps = |window: &Window| window.session().history().done().len();
        let before = steps(&window);
        window.press("Ctrl+I");
        window.type_text(folder.path().to_str().unwrap());
        click(&mut window, &format!("Format: {format}"));
        window.press("Ctrl+Enter");
        window.press("Ctrl+Enter");
        window.harness.get_by_label_contains("Imported 1 article");
        window.press("Escape Ctrl+Z");
        let said = window.notice();
        assert!(said.contains("An import is no step that can be undone"), "{format}: {said}");
        assert_eq!(steps(&window), before, "{format}");
        window.press("Ctrl+Z");
        assert_eq!(steps(&window), before - 1, "{format}");
        // What was redone since is undone at once.
        window.press("Ctrl+Shift+Z Ctrl+Z");
        assert_eq!(steps(&window), before - 1, "{format}");
    }
}

/// What one folder looked like says nothing about the next.
#[test]
fn a_format_that_nobody_has_chosen_is_found_out_for_each_folder() {
    let [brat, texts] = [0, 1].map(|_| tempfile::tempdir().unwrap());
    for folder in [&brat, &texts] {
        std::fs::write(folder.path().join("a.txt"), "Kim tiba.").unwrap();
    }
    std::fs::write(brat.path().join("a.ann"), "T1\tsource 0 3\tKim\n").unwrap();
    let rows = tempfile::tempdir().unwrap();
    std::fs::write(rows.path().join("rows.jsonl"), r#"{"text": "Kim tiba."}"#).unwrap();
    let mut window = opening().open();
    let folders = [(&brat, "brat"), (&texts, "Texts"), (&rows, "JSON lines"), (&brat, "brat")];
    for (folder, title) in folders {
        window.press("Ctrl+I");
        window.press("Ctrl+A").type_text(folder.path().to_str().unwrap()).press("Enter");
        let chosen = window.session().importing().unwrap().choice.format.title();
        assert_eq!(chosen, title);
        window.press("Escape");
    }
}
