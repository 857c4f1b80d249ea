//! A file is there whole or not at all, and never written over unseen.

use tandai::corpus::{AnnotationSet, Edit, Status};
use tandai::storage::{SaveError, SetOnDisk};

use super::{Folder, ana};

const FILE: &str = "annotations/ana/a.txt.ron";

fn folder() -> Folder {
    Folder::with(&[("seeds/a.txt", b"Kim tiba.")])
}

/// A set about the folder's one article.
fn set(folder: &Folder, status: Status) -> AnnotationSet {
    let mut set = AnnotationSet::new(ana(), folder.document("a.txt").text.end());
    set.apply(Edit::SetStatus(status)).unwrap();
    set
}

/// Loads, has something happen to the file, and saves: refused, and what
/// happened stays.
#[track_caller]
fn check_refused(folder: &Folder, happens: impl FnOnce()) {
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    happens();
    let before = folder.tree();
    let saved = store.save(&set(folder, Status::Done), &document);
    assert_eq!(saved, Err(SaveError::ChangedOutside));
    assert_eq!(folder.tree(), before);
    // It stays so: trying again does not wear the refusal down.
    assert_eq!(store.save(&set(folder, Status::Done), &document), Err(SaveError::ChangedOutside));
    assert_eq!(folder.tree(), before);
}

#[test]
fn a_file_that_another_program_changed_is_left_alone() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    store.save(&set(&folder, Status::InProgress), &document).unwrap();
    let theirs = [folder.read(FILE), b"// theirs".to_vec()].concat();
    check_refused(&folder, || folder.write(FILE, &theirs));
}

#[test]
fn a_file_that_another_program_made_is_left_alone() {
    let folder = folder();
    check_refused(&folder, || folder.write(FILE, b"theirs"));
}

/// As with a folder that keeps the sets of several projects.
#[cfg(unix)]
#[test]
fn what_a_link_leads_to_is_written_and_the_link_stays() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    store.save(&set(&folder, Status::InProgress), &document).unwrap();
    std::fs::rename(folder.path(FILE), folder.path("kept.ron")).unwrap();
    std::os::unix::fs::symlink("../../kept.ron", folder.path(FILE)).unwrap();
    store.save(&set(&folder, Status::Done), &document).unwrap();
    assert!(folder.path(FILE).is_symlink());
    assert!(String::from_utf8(folder.read("kept.ron")).unwrap().contains("Done"));
    let (mut store, found) = folder.load(&document);
    assert_eq!(found, SetOnDisk::Read(set(&folder, Status::Done)));
    // Out of the project nothing is written.
    let other = tempfile::tempdir().unwrap();
    let outside = other.path().join("kept.ron");
    std::fs::copy(folder.path("kept.ron"), &outside).unwrap();
    std::fs::remove_file(folder.path(FILE)).unwrap();
    std::os::unix::fs::symlink(&outside, folder.path(FILE)).unwrap();
    let before = std::fs::read(&outside).unwrap();
    let saved = store.save(&set(&folder, Status::Skipped), &document);
    assert_eq!(saved, Err(SaveError::LeadsOut));
    assert_eq!(std::fs::read(&outside).unwrap(), before);
}

#[test]
fn a_file_that_is_protected_is_not_written() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    store.save(&set(&folder, Status::InProgress), &document).unwrap();
    let mut permissions = std::fs::metadata(folder.path(FILE)).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(folder.path(FILE), permissions.clone()).unwrap();
    let before = folder.tree();
    let Err(SaveError::Io(words)) = store.save(&set(&folder, Status::Done), &document) else {
        panic!("it was written")
    };
    assert!(words.contains("protected"), "{words}");
    assert_eq!(folder.tree(), before);
    // Whoever lets it be written again finds it written.
    std::fs::remove_file(folder.path(FILE)).unwrap();
    store.save(&set(&folder, Status::Done), &document).unwrap();
}

/// Some editors begin files with a mark.
#[test]
fn a_set_that_begins_with_a_byte_order_mark_is_read_and_written() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    store.save(&set(&folder, Status::InProgress), &document).unwrap();
    let marked = ["\u{feff}".as_bytes(), &folder.read(FILE)].concat();
    folder.write(FILE, &marked);
    let (mut store, found) = folder.load(&document);
    assert_eq!(found, SetOnDisk::Read(set(&folder, Status::InProgress)));
    store.save(&set(&folder, Status::Done), &document).unwrap();
    assert!(folder.read(FILE).starts_with(b"("));
}

#[test]
fn a_file_that_another_program_took_away_is_written_again() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    store.save(&set(&folder, Status::InProgress), &document).unwrap();
    std::fs::remove_file(folder.path(FILE)).unwrap();
    store.save(&set(&folder, Status::Done), &document).unwrap();
    assert_eq!(folder.load(&document).1, SetOnDisk::Read(set(&folder, Status::Done)));
}

#[test]
fn what_another_program_made_is_set_aside_under_a_name_of_its_own() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    for number in 1..3 {
        folder.write(FILE, b"theirs");
        assert!(store.save(&set(&folder, Status::Done), &document).is_err());
        let copy = store.set_aside().unwrap();
        assert!(copy.to_string_lossy().ends_with(&format!(".ron.other-{number}")));
        assert_eq!(std::fs::read(copy).unwrap(), b"theirs");
        store.save(&set(&folder, Status::Done), &document).unwrap();
    }
}

#[test]
fn after_a_new_look_at_the_file_it_can_be_saved_again() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut mine, _) = folder.load(&document);
    let (mut theirs, _) = folder.load(&document);
    theirs.save(&set(&folder, Status::Skipped), &document).unwrap();
    let saved = mine.save(&set(&folder, Status::Done), &document);
    assert_eq!(saved, Err(SaveError::ChangedOutside));
    let (mut mine, found) = folder.load(&document);
    assert_eq!(found, SetOnDisk::Read(set(&folder, Status::Skipped)));
    mine.save(&set(&folder, Status::Done), &document).unwrap();
    assert_eq!(folder.load(&document).1, SetOnDisk::Read(set(&folder, Status::Done)));
}

#[test]
fn a_failed_save_says_why_and_works_once_the_reason_is_gone() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    // No folder can be made where a file has its name.
    folder.write("annotations", b"in the way");
    let before = folder.tree();
    let saved = store.save(&set(&folder, Status::Done), &document);
    assert!(matches!(saved, Err(SaveError::Io(_))), "{saved:?}");
    assert_eq!(folder.tree(), before);
    std::fs::remove_file(folder.path("annotations")).unwrap();
    store.save(&set(&folder, Status::Done), &document).unwrap();
    assert_eq!(folder.load(&document).1, SetOnDisk::Read(set(&folder, Status::Done)));
}

#[test]
fn saving_leaves_one_file_behind_and_the_article_untouched() {
    let folder = folder();
    let document = folder.document("a.txt");
    let (mut store, _) = folder.load(&document);
    for status in [Status::InProgress, Status::Done, Status::Skipped] {
        store.save(&set(&folder, status), &document).unwrap();
    }
    let files: Vec<_> = folder.tree().into_keys().filter(|path| path.is_file()).collect();
    assert_eq!(files, [folder.path(FILE), folder.path("seeds/a.txt")]);
    assert_eq!(folder.read("seeds/a.txt"), b"Kim tiba.");
}

#[test]
fn a_set_of_another_document_is_never_written() {
    let folder = folder();
    folder.write("seeds/b.txt", b"Another text, and longer.");
    let (document, other) = (folder.document("a.txt"), folder.document("b.txt"));
    let (mut store, _) = folder.load(&document);
    let before = folder.tree();
    let longer = AnnotationSet::new(ana(), other.text.end());
    let saved = store.save(&longer, &document);
    assert!(matches!(saved, Err(SaveError::Unfaithful(_))), "{saved:?}");
    assert_eq!(folder.tree(), before);
}
