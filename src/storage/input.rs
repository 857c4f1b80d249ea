//! What an import reads: a folder of files, or one file.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::{Problem, ProblemKind};

/// The files below a folder, or one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InputFolder {
    root: PathBuf,
    files: Vec<String>,
    /// Whether one file was named.
    single: bool,
}

impl InputFolder {
    /// Lists what is there; hidden files and folders are passed over.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn at(from: &Path) -> Result<(Self, Vec<Problem>), Problem> {
        let data = std::fs::metadata(from).map_err(|error| Problem::unreadable(from, &error))?;
        if !data.is_dir() {
            let name = from.file_name().unwrap_or(from.as_os_str()).to_string_lossy().into_owned();
            let root = from.parent().unwrap_or(Path::new("")).to_path_buf();
            return Ok((Self { root, files: vec![name], single: true }, Vec::new()));
        }
        let mut files = Vec::new();
        let (mut problems, mut circles) = (Vec::new(), Vec::new());
        let real = from.canonicalize().map_err(|error| Problem::unreadable(from, &error))?;
        let shown = |entry: &walkdir::DirEntry| {
            if entry.depth() == 0 {
                return true;
            }
            if entry.file_name().to_string_lossy().starts_with('.') {
                return false;
            }
            // A link to a folder around the one that is read leads to what nobody asked for.
            let leads_around = entry.path_is_symlink()
                && entry.path().canonicalize().is_ok_and(|to| real.starts_with(to));
            if leads_around {
                circles.push(Problem::new(entry.path(), ProblemKind::LinkInCircle));
            }
            !leads_around
        };
        for entry in WalkDir::new(from).follow_links(true).into_iter().filter_entry(shown) {
            match entry {
                Ok(entry) if entry.file_type().is_file() => {
                    let below = entry.path().strip_prefix(from).unwrap_or(entry.path());
                    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
                    match parts {
                        Some(parts) => files.push(parts.join("/")),
                        None => {
                            problems.push(Problem::new(entry.path(), ProblemKind::NameNotUnicode));
                        }
                    }
                }
                Ok(_) => {}
                Err(error) => {
                    let path = error.path().unwrap_or(from).to_path_buf();
                    problems.push(Problem::unreadable(&path, &error.into()));
                }
            }
        }
        problems.extend(circles);
        files.sort();
        Ok((Self { root: from.to_path_buf(), files, single: false }, problems))
    }

    /// The files' names below the folder, with `/`, sorted.
    pub fn files(&self) -> &[String] {
        &self.files
    }

    /// Whether one file was named, not a folder.
    pub fn is_single(&self) -> bool {
        self.single
    }

    /// A file's place.
    pub fn path(&self, file: &str) -> PathBuf {
        let mut path = self.root.clone();
        path.extend(file.split('/'));
        path
    }

    /// Opens a file.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn open(&self, file: &str) -> std::io::Result<Box<dyn Read>> {
        Ok(Box::new(File::open(self.path(file))?))
    }
}

/// Reads the file that says what names become on import.
///
/// # Errors
/// When it cannot be read as a text.
pub fn read_import_map(file: &Path) -> Result<String, Problem> {
    std::fs::read_to_string(file).map_err(|error| Problem::unreadable(file, &error))
}
