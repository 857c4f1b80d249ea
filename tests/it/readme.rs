//! README.md says what is true.

use tandai::session::{Command, Entry, Group, Keymap};
use tandai::storage::{KeyDifferences, built_in_schema};

const README: &str = include_str!("../../README.md");

#[cfg(not(target_os = "macos"))]
/// The table of keys as it must stand in the README: a row a group.
fn table() -> String {
    let keymap = Keymap::new(&built_in_schema(), &KeyDifferences::default());
    let named = |entry: &Entry| {
        let keys: Vec<String> = entry.keys.iter().map(|key| format!("`{key}`")).collect();
        // What has no key of its own is done by the palette.
        let keys = if keys.is_empty() { "by `Ctrl+K`".to_owned() } else { keys.join(" or ") };
        format!("{} {keys}", entry.title.to_lowercase())
    };
    let row = |group: Group| {
        let entries = keymap.entries().iter().filter(|entry| entry.group == group);
        let shown =
            entries.filter(|entry| !matches!(entry.command, Command::Move { extend: true, .. }));
        let entries: Vec<String> = shown.map(named).collect();
        format!("| {} | {} |", group.title(), entries.join(" · "))
    };
    let rows: Vec<String> = Group::ALL.into_iter().map(row).collect();
    format!("| | |\n|---|---|\n{}\n", rows.join("\n"))
}

/// The README names the keys of Linux and Windows.
#[cfg(not(target_os = "macos"))]
#[test]
fn the_keys_in_the_readme_are_those_of_the_table_of_commands() {
    let table = table();
    assert!(README.contains(&table), "README.md must hold this table:\n{table}");
}

#[test]
fn what_the_readme_links_to_is_there() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let links = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for link in links.filter(|link| !link.starts_with("http")) {
        assert!(root.join(link).exists(), "{link} is not there");
    }
}
