//! An earlier text of an article that is known without having been kept: the same characters, but
//! written to the file in another way, as git and editors do.

use encoding_rs::WINDOWS_1252;

use super::articles::digest;
use crate::corpus::Digest;
use crate::text::{MARK, Text, without_mark};

/// The text that has this digest, if it is one with other line ends, another mark at its start or
/// in another encoding than this one.
pub(super) fn written_otherwise(text: &Text, of: &Digest) -> Option<Text> {
    let plain = without_mark(text.as_str());
    let unix = plain.replace("\r\n", "\n");
    let texts = [plain.to_owned(), unix.replace('\n', "\r\n"), unix];
    texts.into_iter().find_map(|text| {
        let marked = format!("{MARK}{text}");
        if digest(marked.as_bytes()) == *of {
            return Some(Text::new(marked));
        }
        // The mark of UTF-16 is no part of the text.
        let was = [text.clone().into_bytes(), utf_16(&marked, true), utf_16(&marked, false)];
        let western = WINDOWS_1252.encode(&text);
        let western = (!western.2).then(|| western.0.into_owned());
        let is_it = was.into_iter().chain(western).any(|bytes| digest(&bytes) == *of);
        is_it.then(|| Text::new(text))
    })
}

/// A text in UTF-16, with the little end first or the big one.
fn utf_16(text: &str, little: bool) -> Vec<u8> {
    let units = text.encode_utf16();
    units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}
