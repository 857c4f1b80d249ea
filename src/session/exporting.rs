//! The export that is prepared: what is chosen, what it would lose, and how far it is.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use super::dialog::Dialog;
use super::effect::Effect;
use super::saving::Saving;
use super::state::Session;
use crate::corpus::{Annotator, Status};
use crate::exchange::{ExportOptions, Format, Scheme, SplitPlan};
use crate::transfer::{ExportJob, ExportReport, Progress};

/// Everything that can be chosen about an export.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportChoice {
    /// The format.
    pub format: Format,
    /// Whose sets; `None` for everyone's.
    pub annotators: Option<Vec<Annotator>>,
    /// Which statuses; `None` for all.
    pub statuses: Option<Vec<Status>>,
    /// Which labels; `None` for all.
    pub labels: Option<BTreeSet<String>>,
    /// The parts as they are typed; blank for none.
    pub parts: String,
    /// What they are drawn with, as it is typed.
    pub seed: String,
    /// How tags are written in columns.
    pub scheme: Scheme,
    /// Whether tables are for Excel.
    pub excel: bool,
    /// Whether texts for brat keep CR LF.
    pub keep_line_ends: bool,
    /// Whether nothing is written where anything would be lost.
    pub strict: bool,
}

/// How far something has come that is done elsewhere.
#[derive(Clone, Debug, Default)]
pub enum Stage<T> {
    /// It was not asked for.
    #[default]
    Nothing,
    /// It goes on.
    Going(Progress),
    /// What came of it.
    Done(Arc<T>),
    /// Why nothing came of it.
    Failed(String),
}

impl<T> Stage<T> {
    /// Whether it goes on.
    pub fn is_going(&self) -> bool {
        matches!(self, Self::Going(_))
    }

    /// It, with the number that it was asked for with, as long as it goes on; nothing else.
    pub(super) fn still_going(asked: Option<(&Self, u64)>) -> (Self, u64)
    where
        Self: Clone,
    {
        let going = asked.filter(|(stage, _)| stage.is_going());
        going.map_or((Self::Nothing, 0), |(stage, number)| (stage.clone(), number))
    }

    /// How far it is, while it goes on.
    pub(super) fn progress(&self) -> Option<Progress> {
        match self {
            Self::Going(progress) => Some(*progress),
            _ => None,
        }
    }

    /// Notes how far it is, while it goes on.
    pub(super) fn go_on(&mut self, progress: Progress) {
        if self.is_going() {
            *self = Self::Going(progress);
        }
    }
}

/// The export that is prepared.
#[derive(Clone, Debug)]
pub struct Exporting {
    /// The project's folder.
    root: PathBuf,
    /// What is chosen.
    pub choice: ExportChoice,
    /// The folder, as it is typed.
    pub folder: String,
    /// Whose sets there are, as soon as that was looked at.
    pub annotators: Vec<Annotator>,
    /// What it would lose, and a look at it.
    pub look: Stage<ExportReport>,
    /// The writing of it.
    pub written: Stage<ExportReport>,
    /// Why it cannot be written as it is chosen.
    pub error: Option<String>,
    look_number: u64,
    write_number: u64,
}

impl Session {
    /// The export that is prepared, while its sheet is open.
    pub fn exporting(&self) -> Option<&Exporting> {
        self.exporting.as_ref()
    }

    pub(super) fn open_export(&mut self) {
        self.dialog = Some(Dialog::Export);
        let root = self.root();
        // What was chosen of another project is no choice of this one.
        let before = self.exporting.take();
        // What is being written goes on.
        let writing = before.as_ref().map(|before| (&before.written, before.write_number));
        let (written, write_number) = Stage::still_going(writing);
        let before = before.filter(|before| before.root == root);
        let mut choice = before.as_ref().map_or_else(usual_choice, |before| before.choice.clone());
        // What could not be understood would be in the way again.
        if before.as_ref().is_some_and(|before| matches!(before.look, Stage::Nothing)) {
            (choice.parts, choice.seed) = (String::new(), String::new());
        }
        let folder = before.as_ref().map(|before| before.folder.clone()).unwrap_or_default();
        let annotators = before.as_ref().map(|before| before.annotators.clone());
        self.exporting = Some(Exporting {
            root,
            folder: if folder.is_empty() { self.usual_folder(choice.format) } else { folder },
            choice,
            annotators: annotators.unwrap_or_default(),
            look: Stage::Nothing,
            written,
            error: None,
            look_number: 0,
            write_number,
        });
        self.look_at_export();
    }

    /// The project's folder; empty where none is open.
    pub(super) fn root(&self) -> PathBuf {
        self.project.as_ref().map(|project| project.root().to_path_buf()).unwrap_or_default()
    }

    /// A folder beside the project's that says what is in it.
    fn usual_folder(&self, format: Format) -> String {
        let Some(project) = &self.project else { return String::new() };
        let name = format!("{}-{}", project.name(), format.name());
        project.root().with_file_name(name).display().to_string()
    }

    pub(super) fn set_export(&mut self, choice: ExportChoice) {
        let usual = |session: &Self, format| session.usual_folder(format);
        let Some(exporting) = self.exporting.as_ref().filter(|e| e.choice != choice) else {
            return;
        };
        // A folder that the person did not name follows the format.
        let follows = exporting.folder == usual(self, exporting.choice.format);
        let folder = follows.then(|| usual(self, choice.format));
        if let Some(exporting) = self.exporting.as_mut() {
            exporting.choice = choice;
            exporting.folder = folder.unwrap_or_else(|| exporting.folder.clone());
            if !exporting.written.is_going() {
                exporting.written = Stage::Nothing;
            }
        }
        self.look_at_export();
    }

    pub(super) fn set_export_folder(&mut self, folder: String) {
        if let Some(exporting) = self.exporting.as_mut() {
            exporting.folder = folder;
        }
    }

    /// Finds out what the export would lose.
    fn look_at_export(&mut self) {
        let number = self.next_number();
        let job = self.export_job();
        let Some(exporting) = self.exporting.as_mut() else { return };
        match job {
            Ok(job) => {
                exporting.error = None;
                exporting.look = Stage::Going(Progress::default());
                exporting.look_number = number;
                let job = Box::new(ExportJob { strict: false, ..job });
                self.effects.push(Effect::Export { number, job, folder: None });
            }
            Err(reason) => {
                exporting.error = Some(reason);
                exporting.look = Stage::Nothing;
            }
        }
    }

    pub(super) fn write_export(&mut self) {
        let number = self.next_number();
        let job = self.export_job();
        let saved = self.saving() == Saving::Saved;
        let Some(exporting) = self.exporting.as_mut() else { return };
        if exporting.written.is_going() {
            return;
        }
        let folder = exporting.folder.trim();
        let refused = match &job {
            Err(reason) => Some(reason.clone()),
            Ok(_) if folder.is_empty() => Some("name a folder to write to".to_owned()),
            Ok(_) if !saved => Some("the last changes are not saved yet; try again".to_owned()),
            Ok(_) => None,
        };
        exporting.error = refused;
        let (None, Ok(job)) = (&exporting.error, job) else { return };
        exporting.written = Stage::Going(Progress::default());
        exporting.write_number = number;
        let folder = Some(PathBuf::from(folder));
        self.effects.push(Effect::Export { number, job: Box::new(job), folder });
    }

    fn export_job(&self) -> Result<ExportJob, String> {
        let missing = || "no project is open".to_owned();
        let exporting = self.exporting.as_ref().ok_or_else(missing)?;
        let project = self.project.as_ref().ok_or_else(missing)?;
        let choice = &exporting.choice;
        let split = if choice.parts.trim().is_empty() {
            None
        } else {
            let seed = choice.seed.trim();
            let seed = if seed.is_empty() { Ok(0) } else { seed.parse() };
            let seed = seed.map_err(|_| "the seed is not a whole number".to_owned())?;
            Some(SplitPlan::parse(&choice.parts, seed).map_err(|error| error.to_string())?)
        };
        Ok(ExportJob {
            project: (**project).clone(),
            schema: (*self.schema).clone(),
            format: choice.format,
            options: ExportOptions {
                annotators: choice.annotators.clone(),
                statuses: choice.statuses.clone(),
                labels: choice.labels.clone(),
                split,
                scheme: choice.scheme,
                excel: choice.excel,
                keep_line_ends: choice.keep_line_ends,
            },
            strict: choice.strict,
        })
    }

    pub(super) fn export_goes(&mut self, number: u64, progress: Progress) {
        let Some(exporting) = self.exporting.as_mut() else { return };
        if number == exporting.look_number {
            exporting.look.go_on(progress);
        } else if number == exporting.write_number {
            exporting.written.go_on(progress);
        }
    }

    pub(super) fn export_done(&mut self, number: u64, result: Result<Box<ExportReport>, String>) {
        let Some(exporting) = self.exporting.as_mut() else { return };
        let stage = match result {
            Ok(report) => {
                exporting.annotators.clone_from(&report.annotators);
                Stage::Done(Arc::from(report))
            }
            Err(words) => Stage::Failed(words),
        };
        if number == exporting.look_number {
            exporting.look = stage;
        } else if number == exporting.write_number {
            // Also where it was to be stopped: it may have been through by then.
            exporting.written = stage.clone();
            self.tell_export(&stage);
        }
    }

    /// Says what came of an export whose sheet was closed.
    fn tell_export(&mut self, stage: &Stage<ExportReport>) {
        if self.dialog == Some(Dialog::Export) {
            return;
        }
        match stage {
            Stage::Done(report) => match &report.folder {
                Some(folder) => self.say(format!("Exported to {}", folder.display())),
                None => self.warn("Not exported: something would be lost".to_owned()),
            },
            Stage::Failed(words) => self.warn(format!("Not exported: {words}")),
            Stage::Nothing | Stage::Going(_) => {}
        }
    }

    /// Stops an export that is being written, or an import; what an import has brought
    /// in stays.
    pub(super) fn stop_transfer(&mut self) {
        let mut stopped = false;
        if let Some(exporting) = self.exporting.as_mut().filter(|e| e.written.is_going()) {
            exporting.written = Stage::Failed("it is being stopped".to_owned());
            stopped = true;
        }
        if let Some(importing) = self.importing.as_mut().filter(|i| i.written.is_going()) {
            importing.stop();
            stopped = true;
        }
        if stopped {
            self.effects.push(Effect::StopTransfer);
        }
    }

    /// What is being written while its sheet is closed, and how far that has come: of how many
    /// articles is 0 where that is not known.
    pub fn transfer_in_background(&self) -> Option<(&'static str, Progress)> {
        let exporting = self.exporting.as_ref().filter(|_| self.dialog != Some(Dialog::Export));
        let importing = self.importing.as_ref().filter(|_| self.dialog != Some(Dialog::Import));
        let exporting = exporting.and_then(|one| Some(("Exporting", one.written.progress()?)));
        exporting.or_else(|| Some(("Importing", importing?.written.progress()?)))
    }

    /// Whether an export or an import is being written.
    pub(super) fn is_transferring(&self) -> bool {
        self.exporting.as_ref().is_some_and(|exporting| exporting.written.is_going())
            || self.importing.as_ref().is_some_and(|importing| importing.written.is_going())
    }
}

fn usual_choice() -> ExportChoice {
    ExportChoice {
        format: Format::Parquet,
        annotators: None,
        statuses: None,
        labels: None,
        parts: String::new(),
        seed: String::new(),
        scheme: Scheme::default(),
        excel: false,
        keep_line_ends: false,
        strict: false,
    }
}
