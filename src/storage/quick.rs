//! Reads the canonical form of a set, and only that, several times faster than
//! `ron` reads any form. Whatever it does not know it leaves to `ron`, which also
//! says what is wrong; a property test holds the two together.

use std::borrow::Cow;
use std::collections::BTreeMap;

use memchr::memchr2;
use smallvec::SmallVec;

use super::record::{AnnotationRecord, DocumentRecord, RelationRecord, SetRecord, StatusRecord};

/// The bytes of a short entry.
const ENTRY: usize = 120;

/// The record in a file that is written just as [`super::write::write`] writes it.
pub(super) fn read(content: &str) -> Option<SetRecord<'_>> {
    let mut rest = Rest(content);
    let (document, annotator, status) = rest.head()?;
    let annotations = rest.list("annotations", Rest::annotation)?;
    let relations = rest.list("relations", Rest::relation)?;
    rest.take(")\n")?;
    rest.0.is_empty().then_some(SetRecord {
        format: 1,
        document,
        annotator,
        status,
        annotations,
        relations,
        // These are few and soon settled.
        conflicts: Vec::new(),
        adrift: Vec::new(),
    })
}

/// The status in such a file, of which the start is enough.
pub(super) fn status(content: &str) -> Option<StatusRecord> {
    Rest(content).head().map(|(_, _, status)| status)
}

/// What is not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    #[inline(always)]
    #[expect(clippy::inline_always, reason = "words that are known are compared as numbers")]
    fn take(&mut self, words: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(words)?;
        Some(())
    }

    #[inline(always)]
    #[expect(clippy::inline_always, reason = "as for `take`")]
    fn has(&mut self, words: &str) -> bool {
        self.take(words).is_some()
    }

    /// What stands before the annotations.
    fn head(&mut self) -> Option<(DocumentRecord<'a>, Cow<'a, str>, StatusRecord)> {
        self.take("(\n    format: 1,\n    document: (path: ")?;
        let path = self.string()?;
        self.take(", characters: ")?;
        let characters = self.number()?;
        self.take(", sha256: ")?;
        let sha256 = self.string()?;
        self.take("),\n    annotator: ")?;
        let annotator = self.string()?;
        self.take(",\n    status: ")?;
        let status = self.status()?;
        self.take(",\n")?;
        Some((DocumentRecord { path, characters, sha256 }, annotator, status))
    }

    fn number(&mut self) -> Option<usize> {
        let (mut number, mut digits) = (0_usize, 0);
        for digit in self.0.bytes().take_while(u8::is_ascii_digit) {
            number = number.checked_mul(10)?.checked_add(usize::from(digit - b'0'))?;
            digits += 1;
        }
        self.0 = self.0.get(digits..)?;
        (digits > 0).then_some(number)
    }

    /// A string as it stands there, where nothing in it is escaped.
    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.take("\"")?;
        let plain = self.plain()?;
        if self.has("\"") {
            return Some(Cow::Borrowed(plain));
        }
        let mut content = plain.to_owned();
        while !self.has("\"") {
            self.take("\\")?;
            let mut after = self.0.chars();
            let escaped = after.next()?;
            self.0 = after.as_str();
            content.push(match escaped {
                '"' | '\\' => escaped,
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => self.code()?,
                _ => return None,
            });
            content.push_str(self.plain()?);
        }
        Some(Cow::Owned(content))
    }

    /// What stands before the next quotation mark or escape.
    fn plain(&mut self) -> Option<&'a str> {
        let stop = memchr2(b'"', b'\\', self.0.as_bytes())?;
        let (plain, rest) = self.0.split_at_checked(stop)?;
        self.0 = rest;
        Some(plain)
    }

    /// The code of a character, in braces.
    fn code(&mut self) -> Option<char> {
        let (digits, rest) = self.0.strip_prefix('{')?.split_once('}')?;
        let plain =
            (1..=6).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit());
        self.0 = rest;
        char::from_u32(u32::from_str_radix(digits, 16).ok().filter(|_| plain)?)
    }

    fn status(&mut self) -> Option<StatusRecord> {
        let names = [
            ("New", StatusRecord::New),
            ("InProgress", StatusRecord::InProgress),
            ("Done", StatusRecord::Done),
            ("Skipped", StatusRecord::Skipped),
        ];
        names.into_iter().find_map(|(name, status)| self.has(name).then_some(status))
    }

    /// A list with an entry a line, or nothing where it is left out.
    fn list<T>(&mut self, name: &str, entry: impl Fn(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        if !self.has(&format!("    {name}: [\n")) {
            return Some(Vec::new());
        }
        // Most entries are longer.
        let mut entries = Vec::with_capacity(self.0.len() / ENTRY);
        while self.has("        (id: ") {
            entries.push(entry(self)?);
            self.take("),\n")?;
        }
        self.take("    ],\n")?;
        Some(entries)
    }

    fn annotation(&mut self) -> Option<AnnotationRecord<'a>> {
        let id = self.string()?;
        self.take(", label: ")?;
        let label = self.string()?;
        self.take(", spans: [")?;
        let mut spans = SmallVec::new();
        loop {
            self.take("(")?;
            let start = self.number()?;
            self.take(", ")?;
            spans.push((start, self.number()?));
            self.take(")")?;
            if !self.has(", ") {
                break;
            }
        }
        self.take("], text: [")?;
        let mut text = Vec::new();
        loop {
            text.push(self.string()?);
            if !self.has(", ") {
                break;
            }
        }
        self.take("]")?;
        let mut attributes = BTreeMap::new();
        if self.has(", attributes: {") {
            loop {
                let name = self.string()?;
                self.take(": ")?;
                if attributes.insert(name.into_owned(), self.string()?.into_owned()).is_some() {
                    return None;
                }
                if !self.has(", ") {
                    break;
                }
            }
            self.take("}")?;
        }
        let note = if self.has(", note: ") { self.string()? } else { Cow::default() };
        Some(AnnotationRecord { id, label, spans, text, attributes, note })
    }

    fn relation(&mut self) -> Option<RelationRecord<'a>> {
        let id = self.string()?;
        self.take(", label: ")?;
        let label = self.string()?;
        self.take(", from: ")?;
        let from = self.string()?;
        self.take(", to: ")?;
        let to = self.string()?;
        Some(RelationRecord { id, label, from, to })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SET: &str = r#"(
    format: 1,
    document: (path: "a.txt", characters: 4, sha256: "00"),
    annotator: "ana",
    status: Done,
    annotations: [
        (id: "a1", label: "cl\"aim", spans: [(0, 1), (2, 4)], text: ["k", "t\u{a0}"], attributes: {"x": "y\n", "z": ""}, note: "nôte"),
        (id: "a2", label: "claim", spans: [(0, 1)], text: ["k"]),
    ],
    relations: [
        (id: "r", label: "denies", from: "a1", to: "a2"),
    ],
)
"#;

    #[test]
    fn the_canonical_form_is_read_as_ron_reads_it() {
        let by_ron: SetRecord<'_> = ron::from_str(SET).unwrap();
        assert_eq!(read(SET), Some(by_ron));
    }

    /// Where the two differ, the quick reader has to give up.
    #[test]
    fn what_is_damaged_or_written_otherwise_is_left_to_ron() {
        for cut in 0..SET.len() - 1 {
            assert_eq!(read(SET.get(..cut).unwrap_or_default()), None, "{cut}");
        }
        for (at, byte) in SET.bytes().enumerate().filter(|(_, byte)| byte.is_ascii()) {
            for other in [b' ', b'"', b'\\', b')', b'9', b'\n', b'x'] {
                let mut damaged = SET.as_bytes().to_vec();
                if byte == other {
                    continue;
                }
                damaged[at] = other;
                let Ok(damaged) = String::from_utf8(damaged) else { continue };
                let Some(record) = read(&damaged) else { continue };
                assert_eq!(
                    ron::from_str::<SetRecord<'_>>(&damaged).ok(),
                    Some(record),
                    "{damaged}"
                );
            }
        }
    }
}
