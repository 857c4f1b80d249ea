use crate::text::Text;

/// The most places of one string that are looked at; a string that stands in more is in none
/// for certain.
const MOST: usize = 500;

/// Finds where strings stand in a text.
pub(super) struct Occurrences<'a> {
    text: &'a str,
    /// The byte at which each character starts, for every 64th one.
    steps: Vec<usize>,
}

const STEP: usize = 64;

impl<'a> Occurrences<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        let text = text.as_str();
        let steps = text.char_indices().step_by(STEP).map(|(byte, _)| byte).collect();
        Self { text, steps }
    }

    /// The characters at which a string starts, in order, overlapping ones too.
    pub(super) fn of(&self, quote: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let Some(first) = quote.chars().next() else { return found };
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(quote)) {
            let byte = from + at;
            found.push(self.character_of(byte));
            if found.len() == MOST {
                break;
            }
            from = byte + first.len_utf8();
        }
        found
    }

    fn character_of(&self, byte: usize) -> usize {
        let step = self.steps.partition_point(|start| *start <= byte).saturating_sub(1);
        let start = self.steps.get(step).copied().unwrap_or_default();
        step * STEP + self.text.get(start..byte).map_or(0, |between| between.chars().count())
    }
}
