/// Words of which at most so many characters are shown, the start and the end, with an
/// ellipsis between where there are more.
#[must_use]
pub fn shortened_in_the_middle(words: &str, most: usize) -> String {
    let count = words.chars().count();
    if count <= most {
        return words.to_owned();
    }
    let shown = most.saturating_sub(1);
    let start: String = words.chars().take(shown - shown / 2).collect();
    let end: String = words.chars().skip(count - shown / 2).collect();
    format!("{start}…{end}")
}

/// Words of which at most so many characters are shown, with an ellipsis where they are cut.
#[must_use]
pub fn shortened(words: &str, most: usize) -> String {
    let mut start: String = words.chars().take(most).collect();
    if start.len() < words.len() {
        start.push('…');
    }
    start
}
