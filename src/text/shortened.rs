/// Words of which at most so many characters are shown, with an ellipsis where they are cut.
#[must_use]
pub fn shortened(words: &str, most: usize) -> String {
    let mut start: String = words.chars().take(most).collect();
    if start.len() < words.len() {
        start.push('…');
    }
    start
}
