use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::Door;
use super::atomic::{create, replace};

/// Writes a copy of a file of work elsewhere, under its name or, where that is taken by
/// another content, the name with a number behind it; folders are made. Returns when it is on
/// the disk, with its place.
///
/// # Errors
/// As the system says.
pub fn write_copy(files: &Door, file: &Path, content: &str) -> Result<PathBuf, Error> {
    for number in 1..=u16::MAX {
        let mut name = file.as_os_str().to_owned();
        if number > 1 {
            name.push(format!(".{number}"));
        }
        let name = PathBuf::from(name);
        match create(files, &name, content.as_bytes()) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if files.read(&name).is_ok_and(|there| there == content.as_bytes()) {
                    return Ok(name);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(ErrorKind::AlreadyExists.into())
}

/// Writes a page for others. It replaces nothing but an earlier one: a page begins with
/// a line that says what it is.
///
/// # Errors
/// When it cannot be written, or something else lies there.
pub fn write_page(file: &Path, page: &str) -> Result<(), Error> {
    if !file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
        return Err(Error::other("its name must end with .html"));
    }
    let files = Door::disk();
    let first = page.lines().next().unwrap_or_default();
    let Ok((_, begins)) = files.read_start(file, first.len()) else {
        return create(&files, file, page.as_bytes());
    };
    if begins != first.as_bytes() {
        let words = format!("{} is there and is no report; choose another name", file.display());
        return Err(Error::new(ErrorKind::AlreadyExists, words));
    }
    replace(&files, file, page.as_bytes())
}
