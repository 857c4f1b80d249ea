use crate::text::{Offset, Span, Text, is_space};

/// A text with the places of its tokens.
pub(super) struct Aligned {
    pub(super) text: Text,
    pub(super) tokens: Vec<Span>,
}

/// Finds tokens, a list for each sentence, in the text that they were made from, which
/// has nothing between them but white space; or, where that is not known, makes one: a
/// line a sentence, a blank between tokens.
///
/// Fails with the first token that is not where it should be.
pub(super) fn align(sentences: &[Vec<String>], known: Option<&Text>) -> Result<Aligned, String> {
    let Some(text) = known else { return Ok(made_of(sentences)) };
    let mut tokens = Vec::new();
    let mut characters = text.as_str().chars().peekable();
    let mut at = Offset::ZERO;
    for word in sentences.iter().flatten() {
        while characters.next_if(|c| is_space(*c)).is_some() {
            at = at + 1;
        }
        let start = at;
        for expected in word.chars() {
            if characters.next() != Some(expected) {
                return Err(word.clone());
            }
            at = at + 1;
        }
        tokens.extend(Span::new(start, at));
    }
    match characters.find(|c| !is_space(*c)) {
        Some(more) => Err(more.to_string()),
        None => Ok(Aligned { text: text.clone(), tokens }),
    }
}

fn made_of(sentences: &[Vec<String>]) -> Aligned {
    let mut content = String::new();
    let mut tokens = Vec::new();
    let mut at = Offset::ZERO;
    for sentence in sentences {
        for (number, word) in sentence.iter().enumerate() {
            if number > 0 {
                content.push(' ');
                at = at + 1;
            }
            let end = at + word.chars().count();
            tokens.extend(Span::new(at, end));
            content.push_str(word);
            at = end;
        }
        content.push('\n');
        at = at + 1;
    }
    Aligned { text: Text::new(content), tokens }
}
