//! Finding strings in texts.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::{Offset, Span, Text, word_by_rules_at};

/// The largest compiled query, in bytes; beyond it lies only mischief.
const SIZE_LIMIT: usize = 4 << 20;

/// What is looked for, and how.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// A string, or a regular expression.
    pub text: String,
    /// Whether capital and small letters differ. Where they do not, neither do
    /// letters with and without accents, unless the query has the accent.
    pub case: bool,
    /// Whether only whole words count.
    pub whole_words: bool,
    /// Whether `text` is a regular expression.
    pub regex: bool,
}

/// Why nothing can be looked for.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum QueryError {
    /// There is nothing in it.
    #[error("nothing is looked for")]
    Empty,
    /// Not a regular expression.
    #[error("this is not a regular expression: {0}")]
    NotRegex(String),
    /// A regular expression of unreasonable size.
    #[error("this regular expression is too large")]
    TooLarge,
}

/// A query made ready.
#[derive(Clone, Debug)]
pub struct Finder {
    regex: Regex,
    whole_words: bool,
}

impl Finder {
    /// Makes a query ready.
    ///
    /// In a plain query a blank stands for any white space, line ends too, a
    /// straight quotation mark or apostrophe for a curly one, and letters are the
    /// same however their accents are encoded.
    ///
    /// # Errors
    /// When nothing can be looked for with it.
    pub fn new(query: &Query) -> Result<Self, QueryError> {
        if query.text.trim().is_empty() {
            return Err(QueryError::Empty);
        }
        let pattern =
            if query.regex { query.text.clone() } else { plain_pattern(&query.text, query.case) };
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(!query.case)
            .multi_line(true)
            .size_limit(SIZE_LIMIT)
            .build()
            .map_err(|error| match error {
                regex::Error::CompiledTooBig(_) => QueryError::TooLarge,
                error => QueryError::NotRegex(plain_reason(&error)),
            })?;
        Ok(Self { regex, whole_words: query.whole_words })
    }

    /// Where it is found in a text, in order, none overlapping the one before.
    pub fn find_in<'a>(&'a self, text: &'a Text) -> impl Iterator<Item = Span> + 'a {
        let content = text.as_str();
        let mut from = 0;
        std::iter::from_fn(move || {
            while from <= content.len() {
                let found = self.regex.find_at(content, from)?;
                // From here it goes on where nothing was found, or not a whole word.
                let next = content.get(found.start()..).and_then(|rest| rest.chars().next());
                let next = found.start() + next.map_or(1, char::len_utf8);
                let span = Span::new(text.offset_of(found.start()), text.offset_of(found.end()));
                match span.filter(|s| !self.whole_words || is_of_whole_words(text, *s)) {
                    Some(span) => {
                        from = found.end();
                        return Some(span);
                    }
                    None => from = next.max(from + usize::from(span.is_none())),
                }
            }
            None
        })
    }
}

/// Whether neither edge of a span lies inside a word.
pub(super) fn is_of_whole_words(text: &Text, span: Span) -> bool {
    !is_inside_word(text, span.start()) && !is_inside_word(text, span.end())
}

/// Whether a place lies inside a word, without any guess. What stands on its two sides mostly
/// tells; only where it does not is the line cut into words.
pub(super) fn is_inside_word(text: &Text, at: Offset) -> bool {
    if at == Offset::ZERO {
        return false;
    }
    let mut around = text.slice(at - 1..at + 2).chars();
    let (Some(before), Some(after)) = (around.next(), around.next()) else { return false };
    if before.is_whitespace() || after.is_whitespace() {
        return false;
    }
    if before.is_ascii_alphanumeric() && after.is_ascii_alphanumeric() {
        return true;
    }
    // A mark is inside a word at most where a letter or a digit stands on either side.
    let behind = around.next();
    let ahead = || text.slice(at - 2..at - 1).chars().next().filter(|_| at.get() > 1);
    let stands_alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    if (after.is_ascii_punctuation() && stands_alone(behind))
        || (before.is_ascii_punctuation() && stands_alone(ahead()))
    {
        return false;
    }
    word_by_rules_at(text, at).is_some_and(|word| word.start() < at && at < word.end())
}

/// The last line of what the regex library says: the reason, without the drawing.
fn plain_reason(error: &regex::Error) -> String {
    let words = error.to_string();
    let last = words.lines().last().unwrap_or_default();
    last.trim_start_matches("error: ").to_owned()
}

/// A regular expression for a plain string.
fn plain_pattern(text: &str, case: bool) -> String {
    let mut pattern = String::new();
    let characters: Vec<char> = text.trim().chars().collect();
    let mut at = 0;
    while let Some(&character) = characters.get(at) {
        at += 1;
        if character.is_whitespace() {
            while characters.get(at).is_some_and(|c| c.is_whitespace()) {
                at += 1;
            }
            pattern.push_str(r"\s+");
            continue;
        }
        let rest = characters.iter().skip(at).copied();
        let following: String = rest.take_while(|c| joins_letter_before(*c)).collect();
        at += following.chars().count();
        let is_s = |c: Option<&char>| c.is_some_and(|c| c.eq_ignore_ascii_case(&'s'));
        if !case && is_s(Some(&character)) && following.is_empty() && is_s(characters.get(at)) {
            at += 1;
            pattern.push_str("(?:ss|ß)");
            continue;
        }
        push_letter(&mut pattern, &format!("{character}{following}"), case);
    }
    pattern
}

/// Whether a character is one letter with the one before it: an accent, or the vowel or
/// the end of a syllable of Hangul.
fn joins_letter_before(character: char) -> bool {
    is_combining_mark(character) || ('\u{1160}'..='\u{11ff}').contains(&character)
}

/// One letter of a plain query, with the marks that stand on it.
fn push_letter(pattern: &mut String, letter: &str, case: bool) {
    let decomposed: Vec<char> = letter.nfd().collect();
    let Some((&base, marks)) = decomposed.split_first() else { return };
    if !marks.iter().all(|c| is_combining_mark(*c)) {
        // Not a letter with accents: a syllable of Hangul, say.
        let encodings = [letter.to_owned(), letter.nfc().collect(), letter.nfd().collect()];
        push_alternatives(pattern, encodings);
        return;
    }
    let marked: String = marks.iter().collect();
    let like = match base {
        '\'' | '’' | '‘' | 'ʼ' => "['’‘ʼ]",
        '"' | '“' | '”' | '„' => "[\"“”„«»]",
        '-' | '‐' | '‑' => "[-‐‑]",
        'ß' if !case => "(?:ss|ß)",
        _ => "",
    };
    if !like.is_empty() {
        pattern.push_str(like);
        pattern.push_str(&regex::escape(&marked));
    } else if marks.is_empty() && !case {
        // With or without accents, whichever way they are encoded.
        let both = base.to_lowercase().chain(base.to_uppercase());
        let composed: String = both.filter_map(|c| ACCENTED.get(&c)).map(String::as_str).collect();
        let escaped = regex::escape(base.encode_utf8(&mut [0; 4]));
        // The letter itself too, where it stands for another, as the kelvin sign does.
        let itself = if letter.chars().eq([base]) { "" } else { letter };
        // Writing to a string cannot fail.
        let _ = write!(pattern, "[{escaped}{itself}{composed}]");
        pattern.push_str(r"\p{Mn}*");
    } else {
        let whole: String = decomposed.iter().collect();
        let composed = ACCENTED.get(&base).map(String::as_str).unwrap_or_default().chars();
        let same = composed.filter(|c| std::iter::once(*c).nfd().eq(whole.chars()));
        let encodings = [whole.nfc().collect(), whole.clone(), letter.to_owned()];
        push_alternatives(pattern, encodings.into_iter().chain(same.map(String::from)));
    }
}

/// Any of these strings as it is written, the longest first.
fn push_alternatives(pattern: &mut String, strings: impl IntoIterator<Item = String>) {
    let mut strings: Vec<String> = strings.into_iter().map(|s| regex::escape(&s)).collect();
    strings.sort_by_key(|string| (std::cmp::Reverse(string.len()), string.clone()));
    strings.dedup();
    match strings.as_slice() {
        [only] => pattern.push_str(only),
        _ => {
            let _ = write!(pattern, "(?:{})", strings.join("|"));
        }
    }
}

/// For each letter the letters of one character that are it with an accent.
static ACCENTED: LazyLock<BTreeMap<char, String>> = LazyLock::new(|| {
    let mut accented: BTreeMap<char, String> = BTreeMap::new();
    // Latin, Greek, Cyrillic, Hebrew, Arabic, the scripts of India, the extensions of
    // Latin and Greek, signs that are letters; what lies beyond has no accents.
    let ranges = ['\u{c0}'..='\u{1fff}', '\u{2126}'..='\u{212b}', '\u{fb1d}'..='\u{fb4e}'];
    for c in ranges.into_iter().flatten() {
        let mut parts = std::iter::once(c).nfd();
        let Some(base) = parts.next() else { continue };
        if base != c && parts.clone().next().is_some() && parts.all(is_combining_mark) {
            accented.entry(base).or_default().push(c);
        }
    }
    accented
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &Query, content: &str, expected: &[&str]) {
        let text = Text::new(content);
        let finder = Finder::new(query).unwrap();
        let found: Vec<_> = finder.find_in(&text).map(|span| text.slice(span.range())).collect();
        assert_eq!(found, expected, "{query:?}");
    }

    fn plain(text: &str) -> Query {
        Query { text: text.to_owned(), ..Query::default() }
    }

    fn exact(text: &str) -> Query {
        Query { case: true, ..plain(text) }
    }

    #[test]
    fn case_is_no_matter_unless_it_is_asked_for() {
        check(&plain("kcna"), "KCNA, kcna Kcna", &["KCNA", "kcna", "Kcna"]);
        check(&exact("KCNA"), "KCNA, kcna Kcna", &["KCNA"]);
        check(&plain("ΌΔΟΣ"), "όδος", &["όδος"]);
        check(&plain("strasse"), "Straße STRASSE", &["Straße", "STRASSE"]);
        check(&plain("Straße"), "STRASSE", &["STRASSE"]);
        check(&plain("istanbul"), "İstanbul", &["İstanbul"]);
    }

    #[test]
    fn a_letter_is_found_with_any_accent_and_an_accent_only_with_itself() {
        check(&plain("jose"), "José, Jose\u{301}, JOSE", &["José", "Jose\u{301}", "JOSE"]);
        check(&plain("josé"), "José, Jose\u{301}, JOSE", &["José", "Jose\u{301}"]);
        check(&plain("jose\u{301}"), "José", &["José"]);
        check(&exact("é"), "é e\u{301} É e", &["é", "e\u{301}"]);
        check(&plain("Viet Nam"), "Việt Nam", &["Việt Nam"]);
        check(&plain("שלום"), "שָׁלוֹם", &["שָׁלוֹם"]);
    }

    #[test]
    fn blanks_and_marks_are_found_however_they_are_written() {
        check(&plain("Kim tiba"), "Kim\u{a0}tiba Kim\r\n tiba", &["Kim\u{a0}tiba", "Kim\r\n tiba"]);
        check(&plain("don't"), "don’t", &["don’t"]);
        check(&plain("\"ya\""), "“ya”", &["“ya”"]);
        check(&plain("a.b (c) [d] $"), "a.b (c) [d] $ axb", &["a.b (c) [d] $"]);
    }

    #[test]
    fn whole_words_are_those_that_a_caret_steps_over() {
        let whole = Query { whole_words: true, ..plain("Korea Utara") };
        check(&whole, "KoreaKorea Utara. Korea Utara", &["Korea Utara"]);
        check(&Query { whole_words: true, ..plain("kata") }, "katanya, kata.", &["kata"]);
    }

    #[test]
    fn a_regular_expression_is_one_and_says_what_is_wrong_with_it() {
        let regex = |text: &str| Query { regex: true, ..plain(text) };
        check(&regex(r"\d+ tahun"), "70 tahun dan 5 Tahun", &["70 tahun", "5 Tahun"]);
        check(&regex("^kim"), "Kim\nkim", &["Kim", "kim"]);
        check(&regex("x*"), "axxb", &["xx"]);
        assert!(matches!(Finder::new(&regex("(")), Err(QueryError::NotRegex(_))));
        assert!(matches!(Finder::new(&regex(r"(\w{500}){500}")), Err(QueryError::TooLarge)));
        assert_eq!(Finder::new(&plain("  ")).err(), Some(QueryError::Empty));
    }

    #[test]
    fn letters_that_are_composed_otherwise_are_found_as_they_are() {
        check(
            &plain("한국"),
            "한국 \u{1112}\u{1161}\u{11ab}국",
            &["한국", "\u{1112}\u{1161}\u{11ab}국"],
        );
        check(&exact("각"), "각", &["각"]);
        check(&plain("\u{958}"), "\u{958} \u{915}\u{93c}", &["\u{958}", "\u{915}\u{93c}"]);
        check(&exact("\u{212b}"), "\u{212b} \u{c5}", &["\u{212b}", "\u{c5}"]);
        check(&plain("\"\u{301}n"), "\"\u{301}n", &["\"\u{301}n"]);
    }

    #[test]
    fn what_is_no_whole_word_hides_nothing_behind_it() {
        check(&Query { whole_words: true, ..plain("a a") }, "ba a a", &["a a"]);
    }

    #[test]
    fn offsets_count_characters() {
        let text = Text::new("👩‍👩‍👧 Kim");
        let span = Finder::new(&plain("kim")).unwrap().find_in(&text).next().unwrap();
        assert_eq!(text.quote(span), Some("Kim"));
    }
}
