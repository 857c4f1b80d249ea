use std::io::{Error, ErrorKind, Read as _};
use std::path::Path;

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
    let Ok(mut there) = std::fs::File::open(file) else {
        return create(file, page.as_bytes());
    };
    let first = page.lines().next().unwrap_or_default();
    let mut begins = vec![0; first.len()];
    let earlier = there.read_exact(&mut begins).is_ok() && begins == first.as_bytes();
    if !earlier {
        let words = format!("{} is there and is no report; choose another name", file.display());
        return Err(Error::new(ErrorKind::AlreadyExists, words));
    }
    replace(file, page.as_bytes())
}
