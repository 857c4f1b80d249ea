//! From the bytes of a file to its text.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// A decoded text, and how it was decoded where that was not as plain UTF-8.
pub(super) struct Decoded {
    pub(super) text: String,
    /// `None` for UTF-8.
    pub(super) other_encoding: Option<&'static str>,
    /// Whether some bytes could not be decoded and became U+FFFD.
    pub(super) lossy: bool,
}

/// Decodes as Python does: a UTF-8 byte order mark stays as U+FEFF and counts,
/// the mark of UTF-16 says only how to read on.
pub(super) fn decode(bytes: Vec<u8>) -> Decoded {
    let bytes = match String::from_utf8(bytes) {
        // ASCII in UTF-16 without a mark is valid UTF-8 too, every other character a zero.
        Ok(text) if text.contains('\0') && unmarked_utf_16(text.as_bytes()).is_some() => {
            text.into_bytes()
        }
        Ok(text) => return Decoded { text, other_encoding: None, lossy: false },
        Err(error) => error.into_bytes(),
    };
    let (encoding, mark) = match Encoding::for_bom(&bytes) {
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => (encoding, mark),
        _ => (guess(&bytes), 0),
    };
    let content = bytes.get(mark..).unwrap_or_default();
    let (text, lossy) = encoding.decode_without_bom_handling(content);
    Decoded { text: text.into_owned(), other_encoding: Some(encoding.name()), lossy }
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return encoding;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// UTF-16 of mostly Latin text has a zero in every other byte; nothing else has.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let first_is_zero = pairs.iter().filter(|[first, _]| *first == 0).count();
    let second_is_zero = pairs.iter().filter(|[_, second]| *second == 0).count();
    if first_is_zero * 2 > pairs.len() {
        Some(UTF_16BE)
    } else if second_is_zero * 2 > pairs.len() {
        Some(UTF_16LE)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], text: &str, encoding: Option<&str>) {
        let decoded = decode(bytes.to_vec());
        assert_eq!((decoded.text.as_str(), decoded.other_encoding), (text, encoding));
        assert!(!decoded.lossy);
    }

    #[test]
    fn utf_8_keeps_its_mark_and_utf_16_is_read_by_it() {
        check("\u{feff}Kata".as_bytes(), "\u{feff}Kata", None);
        check(b"\xff\xfeK\0a\0", "Ka", Some("UTF-16LE"));
        check(b"\xfe\xff\0K\0a", "Ka", Some("UTF-16BE"));
        check(b"K\0a\0t\0a\0", "Kata", Some("UTF-16LE"));
        check(b"\0K\0a\0t\0a", "Kata", Some("UTF-16BE"));
        check(b"Kata\0", "Kata\0", None);
    }

    #[test]
    fn an_old_encoding_is_found_by_its_bytes() {
        check(
            b"le pr\xe9sident a ni\xe9 l'accord",
            "le président a nié l'accord",
            Some("windows-1252"),
        );
    }
}
