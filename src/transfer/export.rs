use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::io::Write;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::Progress;
use super::report::{End, LeftOut, LossCounts, start};
use super::survey::{Survey, context_of, needs_survey, survey};
use crate::corpus::{Annotator, DocumentPath, Schema, Status};
use crate::exchange::{
    Context, Encoded, ExportOptions, Format, ParquetWriter, Piece, ReadBack, Row, Split, Tally,
    choose, closing, each_row, encode, frame, refused, verify,
};
use crate::storage::{
    OutputError, OutputFile, OutputFolder, Problem, ProblemKind, Project, REPORT, ReadEntry,
    SchemaStore, read_entries, sets_without_article,
};

/// The schema with all names that are used: what a format cannot say of colours, keys
/// and checks comes back on import.
pub(super) const SCHEMA: &str = "schema.ron";
/// Bytes of a preview.
const PREVIEW: usize = 6_000;

/// What is to be exported.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ExportJob {
    /// From where.
    pub project: Project,
    /// With which schema.
    pub schema: Schema,
    /// To which format.
    pub format: Format,
    /// What of it, and how.
    pub options: ExportOptions,
    /// Whether nothing is written where anything would be lost.
    pub strict: bool,
}

/// Where an export goes.
pub enum Destination<'a> {
    /// A folder, which must not be there, be empty, or hold an earlier export.
    Folder(&'a Path),
    /// A stream, for formats with one file.
    Stream(&'a mut dyn Write),
    /// Nowhere: to see what would be lost. Stops after so many documents, if a number
    /// is given.
    Nowhere(Option<usize>),
}

/// Why an export was not made.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ExportError {
    /// It could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The folder lies among the articles or the sets.
    #[error("{} lies among the project's own articles or annotations; choose a folder elsewhere", .0.display())]
    AmongArticles(PathBuf),
    /// The stream could not be written to.
    #[error("it could not be written ({0})")]
    Stream(String),
    /// The stream's reader has seen enough.
    #[error("the reader has gone")]
    Closed,
    /// A stream takes one file.
    #[error("{0} is more than one file and cannot go through a pipe: name a folder instead")]
    NotOneFile(Format),
    /// Something would not read back.
    #[error(
        "{document} would not read back as it is ({words}); nothing was written. Please report this \
         fault"
    )]
    Unfaithful {
        /// The document.
        document: String,
        /// What would differ.
        words: String,
    },
    /// The person stopped it.
    #[error("it was stopped; nothing was written")]
    Stopped,
}

/// What an export came to.
#[derive(Clone, Default, Debug)]
pub struct ExportReport {
    /// What was counted.
    pub tally: Tally,
    /// Everyone who has a folder of sets, whether chosen or not.
    pub annotators: Vec<Annotator>,
    /// How much of that is in the files, as they read.
    pub read_back: ReadBack,
    /// What could not be carried.
    pub losses: LossCounts,
    /// Documents that are not in it, and why.
    pub left_out: Vec<LeftOut>,
    /// Files of the project that could not be read.
    pub problems: Vec<Problem>,
    /// How the documents were shared out.
    pub split: Option<Split>,
    /// The files that were written.
    pub files: Vec<OutputFile>,
    /// Where to; `None` where nothing was.
    pub folder: Option<PathBuf>,
    /// The start of what the first files hold, by name.
    pub preview: Vec<(String, String)>,
}

impl ExportReport {
    /// Whether everything that was asked for is in it.
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Carries an export out. `progress` says whether to go on.
///
/// # Errors
/// When nothing was written. With `strict` and losses, the report's folder is `None`.
pub fn export(
    job: &ExportJob,
    mut destination: Destination<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<ExportReport, ExportError> {
    if matches!(destination, Destination::Stream(_)) && !goes_through_a_pipe(job) {
        return Err(ExportError::NotOneFile(job.format));
    }
    let (mut documents, mut problems) = job.project.documents();
    let (annotators, more) = job.project.annotators();
    problems.extend(more);
    problems.extend(SchemaStore::load(&job.project).2);
    let wanted = |annotator: &Annotator| {
        job.options.annotators.as_ref().is_none_or(|chosen| chosen.contains(annotator))
    };
    let all = annotators.clone();
    let annotators: Vec<Annotator> = annotators.into_iter().filter(wanted).collect();
    if let Destination::Nowhere(Some(most)) = destination {
        documents.truncate(most);
    } else {
        problems.extend(sets_without_article(&job.project, &annotators, &documents));
    }
    let surveyed = if needs_survey(job) {
        survey(job, &annotators, &documents, progress).ok_or(ExportError::Stopped)?
    } else {
        Survey::default()
    };
    let context = context_of(job, &surveyed);
    let split = surveyed.split;
    let mut report = ExportReport { annotators: all, problems, split, ..ExportReport::default() };
    let mut sink = Sink::begin(job, &mut destination)?;
    let work = |number: usize, path: &DocumentPath, read: ReadEntry| {
        encoded((number, path), read, job, &context)
    };
    let before = if needs_survey(job) { documents.len() } else { 0 };
    let (mut done, of) = (before, before + documents.len());
    let mut ended = Ok(());
    read_entries(&job.project, &annotators, &documents, work, |document| {
        done += 1;
        ended = take(document, &mut report, &mut sink, &context);
        if ended.is_ok() && !progress(Progress { done, of }) {
            ended = Err(ExportError::Stopped);
        }
        ended.is_ok()
    });
    ended?;
    // Putting it in its place cannot be stopped any more.
    if !progress(Progress { done, of }) {
        return Err(ExportError::Stopped);
    }
    let whole = Context {
        schema: job.schema.adopting(&report.tally.unknown).unwrap_or_else(|_| job.schema.clone()),
        ..context
    };
    sink.finish(&mut report, &whole)?;
    Ok(report)
}

fn goes_through_a_pipe(job: &ExportJob) -> bool {
    matches!(job.format, Format::Jsonl | Format::LabelStudio) && job.options.split.is_none()
}

/// One document, encoded and proved.
struct Done {
    problems: Vec<Problem>,
    left_out: Option<LeftOut>,
    tally: Tally,
    read_back: ReadBack,
    encoded: Encoded,
    /// The losses as they stand in the report's file.
    lines: Vec<u8>,
    id: String,
}

fn encoded(
    (number, path): (usize, &DocumentPath),
    read: ReadEntry,
    job: &ExportJob,
    context: &Context,
) -> Done {
    let id = path.id().to_owned();
    let mut done = Done {
        problems: Vec::new(),
        left_out: None,
        tally: Tally::default(),
        read_back: ReadBack::default(),
        encoded: Encoded::default(),
        lines: Vec::new(),
        id,
    };
    let entry = match read {
        Ok((entry, problems)) => {
            done.problems = problems;
            entry
        }
        Err(problem) => {
            done.problems.push(problem);
            return done;
        }
    };
    let was_skipped = entry.sets.iter().any(|set| set.status() == Status::Skipped);
    let chosen = choose(job.format, entry, &job.options);
    let sets = job.project.annotations();
    let is_read = !done.problems.iter().any(|problem| problem.path.starts_with(&sets));
    let unless_unread = |reason: &'static str| {
        if is_read { reason } else { "what has been marked in it could not be read" }
    };
    let Some(entry) = chosen.entry else {
        let reason = unless_unread("none of the chosen sets is about it");
        done.left_out = Some(left_out(&done.id, reason));
        return done;
    };
    done.left_out = refused(job.format, &entry).map(|reason| left_out(&done.id, reason));
    let encoded = encode(job.format, &entry, number, context);
    if encoded.pieces.is_empty() && encoded.row.is_none() {
        let reason = if was_skipped {
            "it was skipped, and this format is made of what annotators have marked"
        } else {
            "nobody has begun it, and this format is made of what annotators have marked"
        };
        done.left_out = Some(left_out(&done.id, unless_unread(reason)));
    } else {
        match verify(job.format, &entry, &encoded, context) {
            Ok(read_back) => done.read_back = read_back,
            Err(words) => {
                let file = job.project.article_file(path);
                done.problems.push(Problem::new(file, ProblemKind::Unfaithful(words)));
                return done;
            }
        }
        done.tally.add(&entry, context.part(&entry.document), &job.schema);
    }
    done.encoded = encoded;
    done.encoded.losses.extend(chosen.losses);
    for loss in &done.encoded.losses {
        done.lines.extend_from_slice(b",\n");
        done.lines.extend(serde_json::to_vec(loss).unwrap_or_default());
    }
    done
}

fn left_out(id: &str, reason: &'static str) -> LeftOut {
    LeftOut { document: id.to_owned(), reason }
}

fn take(
    done: Done,
    report: &mut ExportReport,
    sink: &mut Sink<'_, '_>,
    context: &Context,
) -> Result<(), ExportError> {
    report.tally.merge(done.tally);
    report.read_back += done.read_back;
    report.problems.extend(done.problems);
    report.left_out.extend(done.left_out);
    for piece in &done.encoded.pieces {
        preview(report, piece, sink.job, context);
        sink.append(piece, context)?;
    }
    if let Some(row) = done.encoded.row {
        if report.preview.is_empty() {
            let words = serde_json::to_string_pretty(&row).unwrap_or_default();
            report.preview.push(("the first row".to_owned(), start_of(&words, PREVIEW)));
        }
        let part = context.parts.get(&done.id).map_or("train", |part| part);
        sink.push_row(part, row)?;
    }
    sink.lose(&done.lines)?;
    report.losses.add(done.encoded.losses);
    Ok(())
}

/// Keeps the start of the first few files.
fn preview(report: &mut ExportReport, piece: &Piece, job: &ExportJob, context: &Context) {
    let has_room = report.preview.len() < 6;
    let known = report.preview.iter_mut().find(|(file, _)| *file == piece.file);
    let content = |most| start_of(&String::from_utf8_lossy(&piece.content), most);
    match known {
        Some((_, shown)) if shown.len() < PREVIEW => {
            shown.push_str(frame(job.format, &piece.file, context).between);
            let most = PREVIEW.saturating_sub(shown.len());
            shown.push_str(&content(most));
        }
        None if has_room => {
            let head = frame(job.format, &piece.file, context).head;
            let head = String::from_utf8_lossy(&head).into_owned();
            report.preview.push((piece.file.clone(), head + &content(PREVIEW)));
        }
        _ => {}
    }
}

fn start_of(words: &str, bytes: usize) -> String {
    words.get(..words.floor_char_boundary(bytes)).unwrap_or_default().to_owned()
}

/// A file of rows that is being written, and what has to be read from it again.
struct Table {
    writer: ParquetWriter,
    /// All rows so far, in order, as one number.
    rows: DefaultHasher,
}

/// What is written to.
struct Sink<'a, 'w> {
    job: &'a ExportJob,
    folder: Option<OutputFolder>,
    stream: Option<&'a mut (dyn Write + 'w)>,
    stream_begun: bool,
    tables: BTreeMap<String, Table>,
    has_losses: bool,
}

impl<'a, 'w> Sink<'a, 'w> {
    fn begin(
        job: &'a ExportJob,
        destination: &'a mut Destination<'w>,
    ) -> Result<Self, ExportError> {
        let (mut folder, mut stream) = (None, None);
        match destination {
            Destination::Folder(target) => {
                // Texts in there would become articles.
                let with_texts = matches!(job.format, Format::Brat | Format::W3c);
                if job.project.holds(target, with_texts) {
                    return Err(ExportError::AmongArticles(target.to_path_buf()));
                }
                folder = Some(OutputFolder::begin(target, job.format.name())?);
            }
            Destination::Stream(to) => stream = Some(&mut **to),
            Destination::Nowhere(_) => {}
        }
        let mut sink = Self {
            job,
            folder,
            stream,
            stream_begun: false,
            tables: BTreeMap::new(),
            has_losses: false,
        };
        if let Some(folder) = &mut sink.folder {
            folder.append(REPORT, start(job.format.name()).as_bytes())?;
        }
        Ok(sink)
    }

    fn append(&mut self, piece: &Piece, context: &Context) -> Result<(), ExportError> {
        let frame = || frame(self.job.format, &piece.file, context);
        if let Some(folder) = &mut self.folder {
            if folder.has(&piece.file) {
                folder.append(&piece.file, frame().between.as_bytes())?;
            } else {
                folder.append(&piece.file, &frame().head)?;
            }
            folder.append(&piece.file, &piece.content)?;
        }
        if let Some(stream) = &mut self.stream {
            let frame = frame();
            let before = if self.stream_begun { frame.between.as_bytes() } else { &frame.head };
            stream.write_all(before).map_err(|error| stream_error(&error))?;
            stream.write_all(&piece.content).map_err(|error| stream_error(&error))?;
            self.stream_begun = true;
        }
        Ok(())
    }

    fn push_row(&mut self, part: &str, row: Row<'static>) -> Result<(), ExportError> {
        let Some(folder) = &mut self.folder else { return Ok(()) };
        let file = parquet_file(part);
        let fault = |error: &dyn std::fmt::Display| ExportError::Unfaithful {
            document: file.clone(),
            words: error.to_string(),
        };
        let table = match self.tables.entry(file.clone()) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let writer = ParquetWriter::new().map_err(|error| fault(&error))?;
                entry.insert(Table { writer, rows: DefaultHasher::new() })
            }
        };
        row.hash(&mut table.rows);
        table.writer.push(row).map_err(|error| fault(&error))?;
        folder.append(&file, &table.writer.take())?;
        Ok(())
    }

    /// Appends lines to the report's file, each of which begins with a comma.
    fn lose(&mut self, lines: &[u8]) -> Result<(), ExportError> {
        let Some(folder) = self.folder.as_mut().filter(|_| !lines.is_empty()) else {
            return Ok(());
        };
        let lines = if self.has_losses { lines } else { lines.get(1..).unwrap_or_default() };
        self.has_losses = true;
        folder.append(REPORT, lines)?;
        Ok(())
    }

    fn finish(mut self, report: &mut ExportReport, context: &Context) -> Result<(), ExportError> {
        let tail = |file: &str| frame(self.job.format, file, context).tail;
        if let Some(stream) = &mut self.stream {
            let file = "tasks.json";
            let end = if self.stream_begun {
                tail(file).to_owned()
            } else {
                let head = frame(self.job.format, file, context).head;
                String::from_utf8_lossy(&head).into_owned() + tail(file)
            };
            stream.write_all(end.as_bytes()).map_err(|error| stream_error(&error))?;
            stream.flush().map_err(|error| stream_error(&error))?;
        }
        let Some(mut folder) = self.folder.take() else { return Ok(()) };
        for (file, table) in std::mem::take(&mut self.tables) {
            let fault = |words: String| ExportError::Unfaithful { document: file.clone(), words };
            let rest = table.writer.finish().map_err(|error| fault(error.to_string()))?;
            folder.append(&file, &rest)?;
            let mut rows = DefaultHasher::new();
            let written = folder.open_back(&file)?;
            each_row(written, &file, &mut |row, _| row.hash(&mut rows))
                .map_err(|refusal| fault(refusal.to_string()))?;
            if rows.finish() != table.rows.finish() {
                return Err(fault("its rows read back differently".to_owned()));
            }
        }
        let split = report.split.as_ref();
        if let Some(own) = SchemaStore::content(&context.schema) {
            folder.append(SCHEMA, own.as_bytes())?;
        }
        for piece in closing(self.job.format, context, &report.tally, split) {
            if !folder.has(&piece.file) {
                folder.append(&piece.file, &frame(self.job.format, &piece.file, context).head)?;
                folder.append(&piece.file, &piece.content)?;
            }
        }
        for file in folder.names() {
            if file != REPORT {
                folder.append(&file, tail(&file).as_bytes())?;
            }
        }
        let mut files = folder.files();
        files.retain(|file| file.file != REPORT);
        let end = End {
            counts: report.losses.by_kind(),
            left_out: &report.left_out,
            problems: report.problems.iter().map(|one| one.below(&self.job.project)).collect(),
            files: files.clone(),
        };
        folder.append(REPORT, end.json().as_bytes())?;
        let refused = report.losses.total() > 0 || !report.problems.is_empty();
        if self.job.strict && refused {
            return Ok(());
        }
        report.folder = Some(folder.finish()?);
        report.files = files;
        Ok(())
    }
}

fn parquet_file(part: &str) -> String {
    format!("data/{part}-00000-of-00001.parquet")
}

fn stream_error(error: &std::io::Error) -> ExportError {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => ExportError::Closed,
        _ => ExportError::Stream(error.to_string()),
    }
}
