//! Exports and imports that go on while their sheets are closed.

use std::sync::Arc;

use tandai::exchange::ImportFormat;
use tandai::session::{
    Command, Dialog, Effect, ExportChoice, ImportChoice, Imported, Message, OpenedProject, Stage,
    Transfer,
};
use tandai::storage::{Project, built_in_schema};
use tandai::transfer::{ExportReport, ImportReport, Progress};

use super::{Person, annotator};

/// Someone who has an export written and has closed its sheet; its number, and how far it is.
fn exporting() -> (Person, u64) {
    let mut person = Person::reading("Kim |tiba.");
    person.tell_only(Message::Run(Command::Export));
    let effects = person.tell_only(Transfer::WriteExport.into());
    let number = effects.iter().find_map(|effect| match effect {
        Effect::Export { number, folder: Some(_), .. } => Some(*number),
        _ => None,
    });
    let number = number.expect("it is written");
    person.tell_only(Transfer::ExportGoes(number, Progress { done: 1, of: 4 }).into());
    assert_eq!(person.session.transfer_in_background(), None, "its sheet shows it");
    person.tell_only(Message::CloseDialog);
    (person, number)
}

#[test]
fn an_export_is_shown_while_its_sheet_is_closed_and_told_at_its_end() {
    let (mut person, number) = exporting();
    let quarter = Some(("Exporting", Progress { done: 1, of: 4 }));
    assert_eq!(person.session.transfer_in_background(), quarter);
    let report = ExportReport { folder: Some("/out".into()), ..ExportReport::default() };
    person.tell_only(Transfer::ExportDone(number, Ok(Box::new(report))).into());
    assert_eq!(person.session.transfer_in_background(), None);
    assert_eq!(person.notice(), "Exported to /out");
}

#[test]
fn a_sheet_that_is_opened_again_shows_the_export_that_goes_on() {
    let (mut person, number) = exporting();
    person.tell_only(Message::Run(Command::Export));
    assert_eq!(person.session.dialog(), Some(&Dialog::Export));
    let is_going = |person: &Person| matches!(person.session.exporting().unwrap().written, Stage::Going(Progress { done, .. }) if done > 0);
    assert!(is_going(&person));
    // It is not written twice.
    let effects = person.tell_only(Transfer::WriteExport.into());
    assert!(effects.is_empty(), "{effects:?}");
    person.tell_only(Transfer::ExportGoes(number, Progress { done: 2, of: 4 }).into());
    assert!(is_going(&person));
    let report = Box::new(ExportReport::default());
    person.tell_only(Transfer::ExportDone(number, Ok(report)).into());
    assert!(matches!(person.session.exporting().unwrap().written, Stage::Done(_)));
}

#[test]
fn an_export_is_stopped_by_its_own_button_or_when_nothing_else_goes_on() {
    let stops =
        |effects: &[Effect]| effects.iter().any(|effect| matches!(effect, Effect::StopTransfer));
    let (mut person, _) = exporting();
    let counting = person.tell_only(Message::Run(Command::ShowStatistics));
    let first = person.tell_only(Message::Run(Command::CancelWork));
    assert!(!stops(&first), "what came last is stopped first");
    drop(counting);
    person.tell_only(Message::CloseDialog);
    assert!(stops(&person.tell_only(Message::Run(Command::CancelWork))));
    assert_eq!(person.session.transfer_in_background(), None);
    let (mut person, _) = exporting();
    assert!(stops(&person.tell_only(Transfer::Stop.into())));
}

/// A folder that holds what another project came to is not offered for this one.
#[test]
fn what_was_chosen_for_an_export_of_one_project_is_not_chosen_for_another() {
    let mut person = Person::with(&[("a.txt", "[claim:Kim]")]);
    person.press("Ctrl+E");
    let exporting = |person: &Person| {
        let exporting = person.session.exporting().unwrap();
        (exporting.folder.clone(), exporting.choice.annotators.clone())
    };
    let (usual, all) = exporting(&person);
    let choice = person.session.exporting().unwrap().choice.clone();
    let choice = ExportChoice { annotators: Some(vec![annotator("ben")]), ..choice };
    person.tell(Transfer::SetExport(Box::new(choice)).into());
    person.tell(Transfer::SetExportFolder("/of-this".to_owned()).into());
    person.tell(Message::CloseDialog);
    person.press("Ctrl+E");
    assert_eq!(exporting(&person), ("/of-this".to_owned(), Some(vec![annotator("ben")])));
    person.tell(Message::CloseDialog);
    let other = tempfile::tempdir().unwrap();
    person.tell(Message::ProjectOpened(Box::new(OpenedProject {
        project: Arc::new(Project::at(other.path()).unwrap()),
        schema: built_in_schema(),
        schema_problem: None,
        documents: Vec::new(),
        problems: Vec::new(),
        first: None,
    })));
    person.press("Ctrl+E");
    let (folder, annotators) = exporting(&person);
    assert!(folder != "/of-this" && folder != usual, "{folder}");
    assert_eq!(annotators, all);
}

/// What names become was said of those that were looked at.
#[test]
fn a_map_is_not_taken_along_to_another_folder_or_format() {
    let mut person = Person::with(&[("a.txt", "Kim.")]);
    person.press("Ctrl+I");
    let choice = |person: &Person| person.session.importing().unwrap().choice.clone();
    let set = |person: &mut Person, choice: ImportChoice| {
        drop(person.tell_only(Transfer::SetImport(Box::new(choice)).into()));
    };
    let one = ImportChoice { from: "/one".to_owned(), ..choice(&person) };
    set(&mut person, one);
    let mut mapped = choice(&person);
    mapped.mapping.labels.insert("claim".to_owned(), None);
    for changed in [
        ImportChoice { from: "/two".to_owned(), ..mapped.clone() },
        ImportChoice { format: ImportFormat::Brat, ..mapped.clone() },
    ] {
        // First where it was, then with the map.
        let usual = choice(&person).mapping;
        set(&mut person, ImportChoice { mapping: usual, ..mapped.clone() });
        set(&mut person, mapped.clone());
        assert_eq!(choice(&person).mapping, mapped.mapping);
        set(&mut person, changed);
        assert!(choice(&person).mapping.labels.is_empty());
    }
}

/// What was seen stays until what there is is known as it is chosen now.
#[test]
fn what_was_looked_at_is_looked_at_again_when_the_annotator_or_a_name_becomes_another() {
    let mut person = Person::with(&[("a.txt", "Kim.")]);
    person.press("Ctrl+I");
    let choice = |person: &Person| person.session.importing().unwrap().choice.clone();
    let look = |effects: Vec<Effect>| {
        effects.into_iter().find_map(|effect| match effect {
            Effect::Import { number, job } if job.look_only => Some((number, job)),
            _ => None,
        })
    };
    let found = |person: &Person| match &person.session.importing().unwrap().look {
        Stage::Done(found) => Some(found.report.sets),
        _ => None,
    };
    let looks_again = |person: &Person| person.session.importing().unwrap().looks_again;
    let answer = |person: &mut Person, number: u64, sets: usize| {
        let report = ImportReport { sets, ..ImportReport::default() };
        let (documents, refusals) = (Vec::new(), Vec::new());
        let imported = Imported { project: None, report, documents, refusals };
        person.tell_only(Transfer::ImportDone(number, Ok(Box::new(imported))).into());
    };
    let one = ImportChoice { from: "/one".to_owned(), ..choice(&person) };
    assert!(look(person.tell_only(Transfer::SetImport(Box::new(one)).into())).is_none());
    let (number, _) = look(person.tell_only(Transfer::LookAtImport.into())).unwrap();
    answer(&mut person, number, 2);
    assert_eq!((found(&person), looks_again(&person)), (Some(2), false));
    let (all, mut mapped) = (choice(&person), choice(&person));
    mapped.mapping.labels.insert("claim".to_owned(), None);
    let mut seen = 2;
    for chosen in [ImportChoice { annotator: "zoe".to_owned(), ..all }, mapped] {
        let effects = person.tell_only(Transfer::SetImport(Box::new(chosen.clone())).into());
        let (number, job) = look(effects).unwrap();
        assert_eq!((found(&person), looks_again(&person)), (Some(seen), true));
        assert_eq!(job.mapping, chosen.mapping);
        assert_eq!(job.annotator.is_some(), !chosen.annotator.is_empty());
        person.tell_only(Transfer::ImportGoes(number, Progress { done: 1, of: 0 }).into());
        assert_eq!(found(&person), Some(seen));
        seen += 1;
        answer(&mut person, number, seen);
        assert_eq!((found(&person), looks_again(&person)), (Some(seen), false));
    }
    // A name that nobody can have is said at once.
    let unfit = ImportChoice { annotator: "a/b".to_owned(), ..choice(&person) };
    assert!(look(person.tell_only(Transfer::SetImport(Box::new(unfit)).into())).is_none());
    let importing = person.session.importing().unwrap();
    assert!(importing.error.is_some() && !importing.looks_again);
}

#[test]
fn parts_that_cannot_be_understood_are_not_in_the_way_the_next_time() {
    let mut person = Person::with(&[("a.txt", "[claim:Kim]")]);
    person.press("Ctrl+E");
    let parts = |person: &Person| person.session.exporting().unwrap().choice.parts.clone();
    for (typed, kept) in [("train=1,test=1", "train=1,test=1"), ("train", "")] {
        let choice = person.session.exporting().unwrap().choice.clone();
        let choice = ExportChoice { parts: typed.to_owned(), ..choice };
        person.tell(Transfer::SetExport(Box::new(choice)).into());
        assert_eq!(parts(&person), typed);
        person.tell(Message::CloseDialog);
        person.press("Ctrl+E");
        assert_eq!(parts(&person), kept);
    }
}
