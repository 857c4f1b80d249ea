//! What is typed into a filter, word by word.

/// A word as it was typed, in small letters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypedWord {
    /// Whether it stands behind a minus.
    pub negated: bool,
    /// What stands before its first colon outside of quotation marks.
    pub key: Option<String>,
    /// The rest.
    pub value: String,
    /// Whether quotation marks stand in it.
    pub quoted: bool,
}

/// Takes what was typed apart at blanks outside of quotation marks.
#[must_use]
pub fn typed_words(typed: &str) -> Vec<TypedWord> {
    let mut words = Vec::new();
    let mut characters = typed.chars().peekable();
    while let Some(first) = characters.peek().copied() {
        if first.is_whitespace() {
            characters.next();
            continue;
        }
        let negated = first == '-';
        if negated {
            characters.next();
        }
        let (mut key, mut value) = (None, String::new());
        let (mut is_inside, mut quoted) = (false, false);
        while let Some(c) = characters.next_if(|c| is_inside || !c.is_whitespace()) {
            match c {
                '"' | '“' | '”' => {
                    is_inside = !is_inside;
                    quoted = true;
                }
                ':' if !quoted && key.is_none() => key = Some(std::mem::take(&mut value)),
                c => value.push(c),
            }
        }
        // A minus alone, or nothing between quotation marks, is no word yet.
        if key.is_some() || !value.is_empty() {
            let key = key.map(|key| in_small_letters(&key));
            words.push(TypedWord { negated, key, value: in_small_letters(&value), quoted });
        }
    }
    words
}

/// In small letters; the sigma at the end of a word like any other, since a part of the
/// word may be looked for.
#[must_use]
pub fn in_small_letters(words: &str) -> String {
    let small = words.to_lowercase();
    if small.contains('ς') { small.replace('ς', "σ") } else { small }
}
