//! The import that is prepared: what is chosen, what there is, and how far it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::dialog::Dialog;
use super::effect::Effect;
use super::exporting::Stage;
use super::saving::Saving;
use super::state::Session;
use super::transferring::{Imported, NotImported};
use crate::corpus::Annotator;
use crate::exchange::{ImportFormat, Mapping};
use crate::transfer::{ImportJob, ImportReport, Progress};

/// Everything that can be chosen about an import.
#[derive(Clone, PartialEq, Debug)]
pub struct ImportChoice {
    /// The format.
    pub format: ImportFormat,
    /// A folder or a file, as it is typed.
    pub from: String,
    /// Whose all sets become, as it is typed; blank for as the files say.
    pub annotator: String,
    /// What names become.
    pub mapping: Mapping,
}

/// The import that is prepared.
#[derive(Clone, Debug)]
pub struct Importing {
    /// The project's folder.
    root: PathBuf,
    /// What is chosen.
    pub choice: ImportChoice,
    /// What there is.
    pub look: Stage<Imported>,
    /// The taking over of it.
    pub written: Stage<Imported>,
    /// Why it cannot be done as it is chosen.
    pub error: Option<String>,
    /// Whether what there is is looked at once more, as it is chosen now; what was seen before
    /// stays until then.
    pub looks_again: bool,
    /// The format that it was found to look like, where nobody had chosen one.
    pub guessed: Option<ImportFormat>,
    is_format_chosen: bool,
    look_number: u64,
    write_number: u64,
}

impl Importing {
    pub(super) fn stop(&mut self) {
        self.written = Stage::Failed("it is being stopped".to_owned());
    }
}

impl Session {
    /// The import that is prepared, while its sheet is open.
    pub fn importing(&self) -> Option<&Importing> {
        self.importing.as_ref()
    }

    pub(super) fn open_import(&mut self) {
        self.dialog = Some(Dialog::Import);
        let root = self.root();
        let is_shown = |before: &Importing| before.written.is_going() && before.root == root;
        if let Some(before) = self.importing.as_mut().filter(|before| is_shown(before)) {
            // The look was stopped when the sheet was closed.
            if before.looks_again {
                self.look_at_import();
            }
            return;
        }
        let before = self.importing.take();
        // What is being written goes on.
        let writing = before.as_ref().map(|before| (&before.written, before.write_number));
        let (written, write_number) = Stage::still_going(writing);
        // What was chosen for another project is no choice for this one.
        let before = before.filter(|before| before.root == root);
        let is_format_chosen = before.as_ref().is_some_and(|before| before.is_format_chosen);
        let mut choice = before.map(|before| before.choice);
        if let Some(choice) = choice.as_mut().filter(|_| !is_format_chosen) {
            choice.format = ImportFormat::Text;
        }
        self.importing = Some(Importing {
            root,
            choice: choice.unwrap_or_else(|| ImportChoice {
                format: ImportFormat::Text,
                from: String::new(),
                annotator: String::new(),
                mapping: Mapping::usual(),
            }),
            look: Stage::Nothing,
            written,
            error: None,
            looks_again: false,
            guessed: None,
            is_format_chosen,
            look_number: 0,
            write_number,
        });
    }

    /// Takes a choice over. What was seen of another place or format is out of date.
    pub(super) fn set_import(&mut self, choice: ImportChoice) {
        let Some(importing) = self.importing.as_mut().filter(|i| i.choice != choice) else {
            return;
        };
        let before = std::mem::replace(&mut importing.choice, choice);
        let elsewhere = before.from != importing.choice.from;
        let otherwise = before.format != importing.choice.format;
        if otherwise {
            importing.is_format_chosen = true;
            importing.guessed = None;
        } else if elsewhere && importing.guessed.take().is_some() {
            // What is there may be of another format again.
            importing.choice.format = ImportFormat::Text;
        }
        // What names become was said of those that were there.
        if elsewhere || otherwise {
            importing.choice.mapping = Mapping::usual();
        }
        let looked = !matches!(importing.look, Stage::Nothing);
        if !importing.written.is_going() {
            importing.written = Stage::Nothing;
        }
        if elsewhere {
            importing.look = Stage::Nothing;
            // What is found elsewhere is nothing here.
            importing.look_number = 0;
            importing.error = None;
        } else if looked {
            let again = !otherwise && !importing.look.is_going();
            self.begin_look_at_import(again);
        }
    }

    /// Takes a folder that was picked, and looks at it.
    pub(super) fn import_from(&mut self, folder: &Path) {
        let Some(importing) = self.importing.as_ref() else { return };
        let from = folder.display().to_string();
        self.set_import(ImportChoice { from, ..importing.choice.clone() });
        self.look_at_import();
    }

    /// Finds out what there is, without taking it over.
    pub(super) fn look_at_import(&mut self) {
        self.begin_look_at_import(false);
    }

    /// The same; `again` where what was seen before stays until then.
    fn begin_look_at_import(&mut self, again: bool) {
        let number = self.next_number();
        let job = self.import_job();
        let Some(importing) = self.importing.as_mut() else { return };
        importing.looks_again = again && job.is_ok();
        match job {
            Ok(job) => {
                importing.error = None;
                if !again {
                    importing.look = Stage::Going(Progress::default());
                }
                importing.look_number = number;
                let job = Box::new(ImportJob { look_only: true, ..job });
                self.effects.push(Effect::Import { number, job });
            }
            Err(reason) => importing.error = Some(reason),
        }
    }

    pub(super) fn write_import(&mut self) {
        let number = self.next_number();
        let job = self.import_job();
        let saved = self.saving() == Saving::Saved;
        let Some(importing) = self.importing.as_mut() else { return };
        if importing.written.is_going() {
            return;
        }
        importing.error = match &job {
            Err(reason) => Some(reason.clone()),
            Ok(_) if !saved => Some("the last changes are not saved yet; try again".to_owned()),
            Ok(_) => None,
        };
        let (None, Ok(job)) = (&importing.error, job) else { return };
        importing.written = Stage::Going(Progress::default());
        importing.write_number = number;
        self.effects.push(Effect::Import { number, job: Box::new(job) });
    }

    fn import_job(&self) -> Result<ImportJob, String> {
        let missing = || "no project is open".to_owned();
        let choice = &self.importing.as_ref().ok_or_else(missing)?.choice;
        let project = self.project.as_ref().ok_or_else(missing)?;
        let from = choice.from.trim();
        if from.is_empty() {
            return Err("name a folder or a file to read".to_owned());
        }
        let annotator = choice.annotator.trim();
        let annotator = match annotator {
            "" => None,
            name => Some(Annotator::of_folder(name).map_err(|error| error.to_string())?),
        };
        Ok(ImportJob {
            format: choice.format,
            from: PathBuf::from(from),
            project: project.root().to_path_buf(),
            annotator,
            nobody: self.annotator.clone(),
            mapping: choice.mapping.clone(),
            unit: None,
            look_only: false,
        })
    }

    pub(super) fn import_goes(&mut self, number: u64, progress: Progress) {
        let Some(importing) = self.importing.as_mut() else { return };
        if number == importing.look_number {
            importing.look.go_on(progress);
        } else if number == importing.write_number {
            importing.written.go_on(progress);
        }
    }

    pub(super) fn import_done(&mut self, number: u64, result: Result<Box<Imported>, NotImported>) {
        let Some(importing) = self.importing.as_mut() else { return };
        let guess = match &result {
            Ok(found) => guessed(&found.report),
            Err(failure) => failure.looks_like,
        };
        let stage: Stage<Imported> = match result {
            Ok(imported) => Stage::Done(Arc::from(imported)),
            Err(failure) => Stage::Failed(failure.words),
        };
        if number == importing.look_number {
            importing.looks_again = false;
            importing.look = stage;
            let is_open = !importing.is_format_chosen && importing.guessed.is_none();
            if let Some(format) = guess.filter(|_| is_open) {
                importing.choice.format = format;
                importing.guessed = Some(format);
                self.look_at_import();
            }
        } else if number == importing.write_number {
            importing.written = stage.clone();
            // Also where it was stopped: what it brought in is there.
            self.take_import_in(match &stage {
                Stage::Done(imported) => Some(imported.clone()),
                _ => None,
            });
        }
    }

    /// Shows what an import has brought. Where it brought nothing but new articles, work
    /// goes on as it was; otherwise the project is read anew.
    fn take_import_in(&mut self, imported: Option<Arc<Imported>>) {
        let Some(project) = self.project.clone() else { return };
        let is_nothing = |found: &Arc<Imported>| found.report.documents + found.report.sets == 0;
        if !imported.as_ref().is_some_and(is_nothing) {
            self.lasting = Some("An import");
        }
        let alone = imported.filter(|imported| {
            let report = &imported.report;
            let same_place = imported.project.as_ref() == Some(&*project);
            let same_names = report.added_names.is_empty() && !report.schema_taken;
            report.documents_there == 0 && same_names && same_place
        });
        match alone {
            Some(imported) => self.articles_added(project, &[], &[], imported.documents.clone()),
            None => self.open_project(project.root().to_path_buf(), None, false),
        }
    }
}

/// The format that files are to be read in, where nobody has chosen one: texts may lie beside
/// anything, but what lies beside them where brat's annotations do is brat's.
fn guessed(report: &ImportReport) -> Option<ImportFormat> {
    let other = report.left_aside.as_ref()?.format;
    (other == ImportFormat::Brat).then_some(other)
}
