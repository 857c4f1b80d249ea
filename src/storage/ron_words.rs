//! What is wrong with a file of RON, in words for who wrote it by hand.

use ron::Error;

/// What keeps a file from being read, without the names that things have in the program.
pub(super) fn ron_words(error: &Error) -> String {
    let one_of = |names: &[&str]| match names {
        [] => String::new(),
        names => format!("; there are {}", names.join(", ")),
    };
    match error {
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::Eof => {
            "there is no ( where one must be, or the file ends before it is whole".to_owned()
        }
        Error::ExpectedStructLikeEnd => "a ) is missing".to_owned(),
        Error::ExceededRecursionLimit => "it is nested too deeply".to_owned(),
        Error::NoSuchStructField { expected, found, .. }
        | Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("\"{found}\" is nothing that can stand here{}", one_of(expected))
        }
        Error::MissingStructField { field, .. } => format!("\"{field}\" is missing"),
        Error::DuplicateStructField { field, .. } => format!("\"{field}\" is there twice"),
        other => other.to_string(),
    }
}
