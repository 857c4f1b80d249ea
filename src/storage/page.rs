use std::io::{Error, ErrorKind};
use std::path::Path;

use super::Door;
use super::atomic::{create, replace};

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
    let Ok(begins) = files.read_start(file, first.len() as u64) else {
        return create(&files, file, page.as_bytes());
    };
    if begins != first.as_bytes() {
        let words = format!("{} is there and is no report; choose another name", file.display());
        return Err(Error::new(ErrorKind::AlreadyExists, words));
    }
    replace(&files, file, page.as_bytes())
}
