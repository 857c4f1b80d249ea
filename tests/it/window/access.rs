//! What a screen reader is told.

use egui_kittest::kittest::{NodeT as _, Queryable as _};

use super::harness::{Opening, Window};
use super::review::two_people;

/// Keys that lead from one sheet, pane or bar of the window to the next, and what is there.
const EVERYWHERE: [(&str, &str); 23] = [
    ("Tab", "Links"),
    ("F1", "Keys"),
    ("F1 Ctrl+O", "Open a folder of articles"),
    ("Escape Ctrl+U", "Who annotates?"),
    ("Escape Ctrl+K", "Do or go to"),
    ("Escape Ctrl+H", "Steps"),
    ("Escape Ctrl+Comma", "Change keys"),
    ("Escape F2", "Key of claim"),
    ("Tab Enter", "Name of attributed-to"),
    ("Tab Enter", "Values of kind"),
    ("Tab Enter", "Each claim has a link attributed-to"),
    ("Escape Ctrl+T", "Progress over articles"),
    ("Right", "Claim, in characters"),
    ("Right", "Annotations per 1,000 characters"),
    ("Right", "Claim: Directness"),
    ("Right", "media pemerintah Korea Utara, KCNA: 6"),
    ("Right", "Who denies whom"),
    ("Escape Ctrl+E", "What is lost"),
    ("Right Right Right", "CoNLL cannot carry"),
    ("Escape Ctrl+I", "Folder or file to read"),
    ("Escape Ctrl+F", "Find"),
    ("Escape Escape Ctrl+Home Tab T", "Carry out"),
    ("Escape F4", "Not as the schema expects"),
];

const TEXT: &str = "Menteri itu membantah kabar.\nSemua pulang.";

#[test]
fn the_article_is_a_document_whose_text_and_selection_can_be_read() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    window.press("Ctrl+Right Shift+Down");
    let article = window.harness.get_by_role(egui::Role::Document);
    let node = article.accesskit_node();
    assert!(node.supports_text_ranges());
    assert_eq!(node.document_range().text(), format!("{TEXT}\n"));
    assert_eq!(node.text_selection().unwrap().text(), window.selected());
}

#[test]
fn every_annotation_in_view_is_a_node_with_label_and_quote() {
    let mut window = Opening::of(&[("seeds/a.txt", TEXT)]).open();
    window.press("1 Ctrl+Right 2 Escape");
    let marks: Vec<_> = window.harness.get_all_by_role(egui::Role::Mark).collect();
    assert_eq!(marks.len(), 2);
    window.harness.get_by_role_and_label(egui::Role::Mark, "claim: Menteri").click_accesskit();
    window.harness.run();
    assert_eq!(window.focused().as_deref(), Some("claim:Menteri"));
}

/// The same for what a reviewer sees of two people's work.
const REVIEWING: [(&str, &str); 8] = [
    ("Ctrl+D", "ana and ben"),
    ("Down U", "One set"),
    ("Ctrl+B", "Filter the table"),
    ("C", "Rows"),
    ("Ctrl+Enter", "Label: claim"),
    ("Escape Ctrl+M", "claim, F1 exact"),
    ("2", "ana claim, ben claim"),
    ("Escape Ctrl+J", "Between: ana"),
];

#[test]
fn every_control_has_a_name() {
    let mut window = Opening::seed().with_gold_as_own().open();
    assert_eq!(nameless(&mut window, &EVERYWHERE), Vec::<String>::new());
    let mut window = two_people().open();
    assert_eq!(nameless(&mut window, &REVIEWING), Vec::<String>::new());
}

/// The controls without a name that one comes by on a way through the window.
fn nameless(window: &mut Window, way: &[(&str, &str)]) -> Vec<String> {
    let mut nameless = Vec::new();
    for (keys, there) in way {
        window.press(keys);
        assert!(window.harness.query_all_by_label_contains(there).next().is_some(), "{there}");
        let root = window.harness.root();
        let mut stack: Vec<_> = vec![root.accesskit_node()];
        while let Some(node) = stack.pop() {
            let control = matches!(
                node.role(),
                egui::Role::Button
                    | egui::Role::CheckBox
                    | egui::Role::ColorWell
                    | egui::Role::ComboBox
                    | egui::Role::ListItem
                    | egui::Role::RadioButton
                    | egui::Role::SpinButton
                    | egui::Role::Tab
                    | egui::Role::TextInput
            );
            if control && node.label().is_none_or(|label| label.trim().is_empty()) {
                nameless.push(format!("{:?} after {keys}", node.role()));
            }
            stack.extend(node.children());
        }
    }
    nameless
}
