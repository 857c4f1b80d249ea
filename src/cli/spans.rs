//! How the places of annotations are told; all in characters of the article.

use crate::corpus::Fragments;

/// Start and end of each span.
pub(super) fn pairs(fragments: &Fragments) -> Vec<(usize, usize)> {
    fragments.iter().map(|span| (span.start().get(), span.end().get())).collect()
}

/// The same for a person: `12–30, 41–50`.
pub(super) fn places(fragments: &Fragments) -> String {
    let spans = fragments.iter();
    let spans = spans.map(|span| format!("{}–{}", span.start().get(), span.end().get()));
    spans.collect::<Vec<_>>().join(", ")
}
