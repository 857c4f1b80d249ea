//! A layer imports only from those before it, and the core does no IO.
//!
//! Read from the sources themselves, so that it holds from the first commit on.

use std::path::{Path, PathBuf};

/// The layers, in order.
const LAYERS: [&str; 9] =
    ["text", "corpus", "review", "storage", "exchange", "transfer", "session", "ui", "cli"];

/// Methods of paths that ask the file system although `std::fs` is not named.
const ASKS_FILES: [&str; 9] = [
    ".is_dir()",
    ".is_file()",
    ".is_symlink()",
    ".exists()",
    ".try_exists()",
    ".metadata()",
    ".read_dir()",
    ".read_link()",
    ".canonicalize()",
];

/// Whether `layer` may import from `other`.
fn may_see(layer: &str, other: &str) -> bool {
    let rank = |name: &str| LAYERS.iter().position(|known| *known == name);
    let apart = ["storage", "exchange"];
    let strangers = layer != other && apart.contains(&layer) && apart.contains(&other);
    !strangers && rank(other) <= rank(layer)
}

/// What a file of a layer must not mention. `file` is its path below `src`.
fn forbidden(layer: &str, file: &str) -> Vec<&'static str> {
    let mut words = Vec::new();
    if matches!(layer, "text" | "corpus" | "review") {
        words.extend(["std::fs", "std::time", "std::env", "std::net", "std::thread", "fastrand"]);
    }
    if layer == "session" {
        words.extend(["std::fs", "std::time", "std::env", "std::thread", "fastrand"]);
    }
    if !matches!(layer, "ui" | "cli") {
        words.extend(["egui", "eframe"]);
    }
    // A work folder carries out effects; the command line is given paths.
    let handles_paths =
        matches!(layer, "storage" | "transfer" | "cli") || file.starts_with("ui/worker/");
    // A project's files are behind a door; what is exported and imported lies elsewhere.
    let at_the_disk = ["storage/disk.rs", "storage/output.rs", "storage/input.rs"];
    if !at_the_disk.contains(&file) {
        words.extend(["std::fs", "WalkDir", "tempfile::"]);
    }
    if !handles_paths || (layer == "storage" && !at_the_disk.contains(&file)) {
        words.extend(ASKS_FILES);
    }
    words
}

/// The names that follow `crate::` on a line, those in braces too.
fn imports(line: &str, depth: usize) -> Vec<&str> {
    let from_root = "super::".repeat(depth);
    let mut found = Vec::new();
    for root in ["crate::", from_root.as_str(), "tandai::"] {
        for (at, _) in line.match_indices(root) {
            let longer = line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
            // A longer chain of `super` leads elsewhere.
            let chained = root.starts_with("super") && line[..at].ends_with("super::");
            if longer || chained {
                continue;
            }
            let rest = &line[at + root.len()..];
            if let Some(group) = rest.strip_prefix('{') {
                let group = group.split('}').next().unwrap_or(group);
                found.extend(group.split(',').map(|part| first_name(part.trim())));
            } else {
                found.push(first_name(rest));
            }
        }
    }
    found
}

fn first_name(path: &str) -> &str {
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    &path[..end]
}

/// What is wrong with one file; `file` is its path below `src`, with `/`.
fn offences(file: &str, content: &str) -> Vec<String> {
    let parts: Vec<&str> = file.split('/').collect();
    let Some((layer, inner)) = parts.split_first().filter(|(first, _)| LAYERS.contains(first))
    else {
        return Vec::new();
    };
    // How often `super` leads from the file's module to the crate.
    let depth = 1 + inner.iter().filter(|part| **part != "mod.rs").count();
    let forbidden = forbidden(layer, file);
    let mut found = Vec::new();
    let mut statement = String::new();
    for (number, line) in content.lines().enumerate() {
        let code = line.split("//").next().unwrap_or_default();
        // A `use` of several lines is read as one.
        statement.push_str(code.trim());
        let open = statement.contains("crate::{") && !statement.contains('}');
        if !open {
            let names = imports(&statement, depth).into_iter();
            found.extend(
                names
                    .filter(|name| LAYERS.contains(name) && !may_see(layer, name))
                    .map(|name| format!("{file}:{}: {layer} imports from {name}", number + 1)),
            );
            statement.clear();
        }
        found.extend(
            forbidden
                .iter()
                .filter(|word| code.contains(*word))
                .map(|word| format!("{file}:{}: {layer} has {word}", number + 1)),
        );
    }
    found.dedup();
    found
}

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn every_layer_imports_only_from_those_before_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let mut found = Vec::new();
    let mut layers_seen = std::collections::BTreeSet::new();
    for path in files {
        let below = path.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        layers_seen.extend(below.split('/').next().map(str::to_owned));
        found.extend(offences(&below, &std::fs::read_to_string(&path).unwrap()));
    }
    assert!(layers_seen.contains("text") && layers_seen.contains("session"), "{layers_seen:?}");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_folder_of_sources_is_a_layer_that_the_list_names() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in std::fs::read_dir(root).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().to_string_lossy().into_owned();
        assert!(!entry.path().is_dir() || LAYERS.contains(&name.as_str()), "{name} has no place");
    }
}

#[track_caller]
fn check(file: &str, content: &str, expected: &[&str]) {
    assert_eq!(offences(file, content), expected);
}

#[test]
fn an_import_from_a_later_layer_is_found() {
    check(
        "text/words.rs",
        "use crate::corpus::Id;\n",
        &["text/words.rs:1: text imports from corpus"],
    );
    check(
        "storage/sets.rs",
        "fn f() -> crate::exchange::Brat;\n",
        &["storage/sets.rs:1: storage imports from exchange"],
    );
    check(
        "exchange/brat.rs",
        "use crate::storage::Project;\n",
        &["exchange/brat.rs:1: exchange imports from storage"],
    );
    check(
        "session/state.rs",
        "use crate::{\n    text::Text,\n    ui::Lanes,\n};\n",
        &["session/state.rs:4: session imports from ui"],
    );
    check(
        "corpus/mod.rs",
        "use super::session::Session;\n",
        &["corpus/mod.rs:1: corpus imports from session"],
    );
    check(
        "corpus/set.rs",
        "use super::super::session::Session;\n",
        &["corpus/set.rs:1: corpus imports from session"],
    );
    check("corpus/set.rs", "use tandai::cli;\n", &["corpus/set.rs:1: corpus imports from cli"]);
}

#[test]
fn a_forbidden_word_is_found() {
    check(
        "review/counts.rs",
        "let now = std::time::Instant::now();\n",
        &["review/counts.rs:1: review has std::time"],
    );
    check("session/state.rs", "use egui::Key;\n", &["session/state.rs:1: session has egui"]);
    check(
        "session/opening.rs",
        "if path.is_dir() {\n",
        &["session/opening.rs:1: session has .is_dir()"],
    );
    check("cli/export.rs", "std::fs::write(a, b)\n", &["cli/export.rs:1: cli has std::fs"]);
}

#[test]
fn what_is_allowed_is_not_found() {
    check("session/state.rs", "use crate::storage::Project;\nuse super::history::History;\n", &[]);
    check("text/words.rs", "// Unlike crate::session, this knows no std::fs.\n", &[]);
    check("ui/worker/desk.rs", "if path.is_dir() {}\n", &[]);
    check("storage/disk.rs", "std::fs::read(&file)\n", &[]);
    check("main.rs", "use tandai::cli;\n", &[]);
}
