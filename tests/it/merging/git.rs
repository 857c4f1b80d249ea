//! Git merges sets with `tandai merge`, configured as its help says.

use std::process::Command;

use tandai::corpus::{AnnotationSet, Decision, Edit, Status};
use tandai::storage::{DecisionStore, SetOnDisk};

use super::{after, conflicts, id, marked, with_status};
use crate::exchange::{Ran, empty, tandai};
use crate::files::{Folder, ana, document_path};
use crate::markup::{parse, render};

const NOTHING: &str = "Kim tiba di Seoul, kata KCNA.";
const TEXT: &str = "[claim#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
const FILE: &str = "annotations/ana/a.txt.ron";

/// A repository with one article, whose first commit has ana's set or none.
struct Repository(Folder);

impl Repository {
    fn new(first: Option<&str>) -> Self {
        let repository = Self(Folder::with(&[("work/seeds/a.txt", NOTHING.as_bytes())]));
        let help = help();
        repository.git(&["init", "--quiet"]);
        repository.git(&["symbolic-ref", "HEAD", "refs/heads/main"]);
        for line in help.lines().filter_map(|line| line.trim().strip_prefix("git config ")) {
            let (name, value) = line.split_once(' ').unwrap();
            repository.git(&["config", name, value.trim_matches('\'')]);
        }
        let is_attribute = |line: &&str| line.ends_with("merge=tandai") || line.ends_with(" -text");
        let attributes = help.lines().filter(is_attribute);
        let attributes: String = attributes.map(|line| line.trim().to_owned() + "\n").collect();
        assert_eq!(attributes.lines().count(), 3, "{help}");
        repository.0.write("work/.gitattributes", attributes.as_bytes());
        if let Some(marking) = first {
            repository.save(&marked(marking, &[]));
        }
        repository.commit("first");
        repository
    }

    /// A run of git in the repository, without anybody's configuration.
    fn run(&self, arguments: &[&str]) -> Ran {
        let program = std::path::Path::new(env!("CARGO_BIN_EXE_tandai")).parent().unwrap();
        let path = std::env::var_os("PATH").unwrap_or_default();
        let folders = std::iter::once(program.to_owned()).chain(std::env::split_paths(&path));
        let mut command = Command::new("git");
        command.args(arguments).current_dir(self.0.path("work"));
        command.env("PATH", std::env::join_paths(folders).unwrap());
        command.env("HOME", self.0.path("home")).env_remove("XDG_CONFIG_HOME");
        command.env("GIT_CONFIG_NOSYSTEM", "1").env_remove("GIT_CONFIG_GLOBAL");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(name);
        }
        for (name, value) in [("NAME", "Ana"), ("EMAIL", "ana@example.org")] {
            command.env(format!("GIT_AUTHOR_{name}"), value);
            command.env(format!("GIT_COMMITTER_{name}"), value);
        }
        command.env("GIT_EDITOR", "true").env("LC_ALL", "C");
        let output = command.output();
        let output = output.unwrap_or_else(|error| {
            panic!("git cannot be run ({error}); these tests need it on the PATH")
        });
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!said.contains("panicked"), "{said}");
        Ran { code: output.status.code().unwrap(), out: output.stdout, said }
    }

    /// A run of git that has to go well.
    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let Ran { code, out, said } = self.run(arguments);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(code, 0, "git {arguments:?}: {out}{said}");
        out
    }

    #[track_caller]
    fn commit(&self, message: &str) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", message]);
    }

    fn project(&self) -> tandai::storage::Project {
        tandai::storage::Project::at(&self.0.path("work")).unwrap()
    }

    fn load(&self) -> (tandai::storage::SetStore, SetOnDisk, tandai::corpus::Document) {
        let project = self.project();
        let path = document_path("a.txt");
        let (document, _) = tandai::storage::load_document(&project, &path).unwrap();
        let (store, set) = tandai::storage::SetStore::load(&project, &ana(), &document);
        (store, set, document)
    }

    /// Saves ana's set as the window does.
    fn save(&self, set: &AnnotationSet) {
        let (mut store, _, document) = self.load();
        store.save(set, &document).unwrap();
    }

    /// Commits ana's set on a new branch that begins where `main` is.
    fn branch(&self, name: &str, set: &AnnotationSet) {
        self.git(&["checkout", "--quiet", "-b", name, "main"]);
        self.save(set);
        self.commit(name);
    }

    #[track_caller]
    fn opened(&self) -> AnnotationSet {
        match self.load().1 {
            SetOnDisk::Read(set) => set,
            other => panic!("{other:?}"),
        }
    }

    #[track_caller]
    fn check(&self, wanted: &str, open: &[(&str, Option<&str>)]) {
        let set = self.opened();
        assert_eq!(render(&parse(NOTHING).text, &set, None, None), wanted);
        assert_eq!(conflicts(&set), open);
    }

    /// Merges into `ours` what has to be in conflict.
    #[track_caller]
    fn merge_in_conflict(&self, theirs: &str) -> String {
        let Ran { code, out, said } = self.run(&["merge", "--no-edit", theirs]);
        let out = String::from_utf8(out).unwrap();
        assert_eq!(code, 1, "{out}{said}");
        assert!(out.contains("CONFLICT") && out.contains(FILE), "{out}{said}");
        assert!(self.git(&["ls-files", "--unmerged"]).contains(FILE));
        said
    }
}

/// What `tandai merge --help` says.
fn help() -> String {
    let Ran { code, out, said } = tandai(&empty(), &["merge", "--help"]);
    assert_eq!(code, 0, "{said}");
    String::from_utf8(out).unwrap()
}

#[test]
fn branches_that_mark_different_things_are_merged() {
    let repository = Repository::new(Some(TEXT));
    // They mark what stands in one line of the text, and next to each other in the file.
    let ours = marked("[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].", &[]);
    let theirs = "[claim#1:Kim tiba] di Seoul, [event#4:kata] [source#3:KCNA].";
    let theirs = marked(theirs, &[("attributed-to", "Kim tiba", "KCNA")]);
    repository.branch("ours", &ours);
    repository.branch("theirs", &with_status(&theirs, Status::Done));
    repository.git(&["checkout", "--quiet", "ours"]);
    repository.git(&["merge", "--no-edit", "theirs"]);
    let wanted = "[claim:Kim tiba] di [location:Seoul], [event:kata] [source:KCNA].";
    repository.check(wanted, &[]);
    let set = repository.opened();
    assert_eq!((set.relations(), set.status()), (theirs.relations(), Status::Done));
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
}

#[test]
fn a_rebase_brings_them_together_too() {
    let repository = Repository::new(Some(TEXT));
    let ours = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";
    repository.branch("ours", &marked(ours, &[]));
    let theirs = "[claim#1:Kim tiba] di Seoul, [event#4:kata] [source#3:KCNA].";
    repository.branch("theirs", &marked(theirs, &[]));
    repository.git(&["rebase", "--quiet", "ours"]);
    let wanted = "[claim:Kim tiba] di [location:Seoul], [event:kata] [source:KCNA].";
    repository.check(wanted, &[]);
}

#[test]
fn branches_that_begin_the_same_set_are_merged() {
    let repository = Repository::new(None);
    repository.branch("ours", &marked("[claim#1:Kim tiba] di Seoul, kata KCNA.", &[]));
    repository.branch("theirs", &marked("Kim tiba di [location#2:Seoul], kata KCNA.", &[]));
    repository.git(&["merge", "--no-edit", "ours"]);
    repository.check("[claim:Kim tiba] di [location:Seoul], kata KCNA.", &[]);
}

#[test]
fn what_both_mark_differently_is_in_conflict_and_opens() {
    let repository = Repository::new(Some(TEXT));
    let ours = "[denial#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
    repository.branch("ours", &marked(ours, &[]));
    let theirs = "[event#1:Kim] tiba di [location#2:Seoul], kata [source#3:KCNA].";
    repository.branch("theirs", &marked(theirs, &[]));
    repository.git(&["checkout", "--quiet", "ours"]);
    let said = repository.merge_in_conflict("theirs");
    assert!(
        said.contains("annotations/ana/a.txt.ron: 1 conflict; open it in Tandai to settle them"),
        "{said}"
    );
    let wanted = "[denial:Kim tiba] di [location:Seoul], kata [source:KCNA].";
    repository.check(wanted, &[("s1", Some("event"))]);
    // Settled as the window does it, it is committed.
    let set = repository.opened();
    repository.save(&after(&set, Edit::RemoveConflict(id("s1"))));
    repository.commit("settled");
    assert_eq!(repository.git(&["status", "--porcelain"]), "");
    // The merge is done, and is not asked about again.
    repository.git(&["merge", "--no-edit", "theirs"]);
    repository.check(wanted, &[]);
}

#[test]
fn a_conflict_that_was_committed_is_settled_on_one_branch_for_all() {
    let repository = Repository::new(Some(TEXT));
    let ours = "[denial#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
    repository.branch("ours", &marked(ours, &[]));
    let theirs = "[event#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
    repository.branch("theirs", &marked(theirs, &[]));
    repository.merge_in_conflict("ours");
    repository.commit("with a conflict");
    let open = repository.opened();
    repository.git(&["checkout", "--quiet", "-b", "more"]);
    repository.save(&with_status(&open, Status::Done));
    repository.commit("more");
    repository.git(&["checkout", "--quiet", "theirs"]);
    repository.save(&after(&open, Edit::RemoveConflict(id("s1"))));
    repository.commit("settled");
    repository.git(&["merge", "--no-edit", "more"]);
    repository.check("[event:Kim tiba] di Seoul, kata [source:KCNA].", &[]);
    assert_eq!(repository.opened().status(), Status::Done);
}

#[test]
fn a_side_about_another_text_is_left_to_the_person() {
    let repository = Repository::new(Some(TEXT));
    let ours = "[denial#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
    repository.branch("ours", &marked(ours, &[]));
    repository.git(&["checkout", "--quiet", "-b", "theirs", "main"]);
    let file = String::from_utf8(repository.0.read(&format!("work/{FILE}"))).unwrap();
    let (start, digest) = file.split_once("sha256: \"").unwrap();
    let file = format!("{start}sha256: \"{}{}", "0".repeat(64), &digest[64..]);
    repository.0.write(&format!("work/{FILE}"), file.as_bytes());
    repository.commit("of another text");
    repository.git(&["checkout", "--quiet", "ours"]);
    let before = repository.0.read(&format!("work/{FILE}"));
    let said = repository.merge_in_conflict("theirs");
    assert!(said.contains("different versions of the article"), "{said}");
    assert_eq!(repository.0.read(&format!("work/{FILE}")), before);
    repository.check("[denial:Kim tiba] di Seoul, kata [source:KCNA].", &[]);
}

/// What the help says to do, as it stands there: each `git show … > file` and the rest.
#[test]
fn sides_about_different_texts_are_brought_together_as_the_help_says() {
    let help = help();
    let recipe = |from: &str, to: &str| {
        let behind = help.split_once(from).unwrap().1;
        let recipe = behind.split_once(to).map_or(behind, |(recipe, _)| recipe);
        let commands = recipe.lines().flat_map(|line| line.split("&&"));
        let commands: Vec<String> = commands
            .map(|line| line.trim().replace("FILE", FILE))
            .filter(|line| !line.is_empty())
            .collect();
        commands
    };
    let as_ours = recipe("as this side has it by now:", "If it is");
    let as_theirs = recipe("If it is as the other side has it:", "\n\n");
    assert_eq!((as_ours.len(), as_theirs.len()), (5, 4));
    for (is_ours, commands) in [(true, as_ours), (false, as_theirs)] {
        let repository = Repository::new(Some(TEXT));
        // One branch has the article changed and a tag more, the other a tag more.
        let tagged = "[claim#1:Kim tiba] di [location#2:Seoul], kata [source#3:KCNA].";
        repository.branch("tagged", &marked(tagged, &[]));
        repository.git(&["checkout", "--quiet", "-b", "changed", "main"]);
        let text = "Kemarin Kim tiba di Seoul, kata KCNA.";
        repository.0.write("work/seeds/a.txt", text.as_bytes());
        let changed = "[event#4:Kemarin] [claim#1:Kim tiba] di Seoul, kata [source#3:KCNA].";
        std::fs::remove_file(repository.0.path(&format!("work/{FILE}"))).unwrap();
        repository.save(&parse(changed).set);
        repository.commit("changed");
        let (here, other) = if is_ours { ("changed", "tagged") } else { ("tagged", "changed") };
        repository.git(&["checkout", "--quiet", here]);
        repository.merge_in_conflict(other);
        for command in &commands {
            let (command, file) = command.split_once(" > ").unwrap_or((command, ""));
            let words: Vec<&str> = command.split(' ').collect();
            match words.split_first().unwrap() {
                (&"git", rest) => {
                    let out = repository.git(rest);
                    if !file.is_empty() {
                        repository.0.write(&format!("work/{file}"), out.as_bytes());
                    }
                }
                (_, rest) => {
                    let folder = repository.0.path("work");
                    let ran = Command::new(env!("CARGO_BIN_EXE_tandai"))
                        .args(rest)
                        .current_dir(folder)
                        .status();
                    assert!(ran.unwrap().success(), "{command}");
                }
            }
        }
        let wanted = "[event:Kemarin] [claim:Kim tiba] di [location:Seoul], kata [source:KCNA].";
        assert_eq!(render(&parse(text).text, &repository.opened(), None, None), wanted);
    }
}

#[test]
fn decisions_of_both_branches_hold() {
    let repository = Repository::new(Some(TEXT));
    let meant = |finding: &str| Decision::Meant {
        document: document_path("a.txt"),
        finding: finding.to_owned(),
    };
    let decide = |branch: &str, findings: &[&str]| {
        repository.git(&["checkout", "--quiet", "-b", branch, "main"]);
        let (mut store, ..) = DecisionStore::load(&repository.project(), &ana());
        store.save(&findings.iter().map(|finding| meant(finding)).collect()).unwrap();
        repository.commit(branch);
    };
    decide("common", &["a", "b"]);
    repository.git(&["branch", "--force", "main"]);
    decide("ours", &["a", "c"]);
    decide("theirs", &["a", "b", "d"]);
    repository.git(&["merge", "--no-edit", "ours"]);
    let (_, found, problem) = DecisionStore::load(&repository.project(), &ana());
    assert_eq!(problem, None);
    assert_eq!(found, ["a", "c", "d"].map(meant).into_iter().collect());
}
