//! Whether spans begin and end where words do.

use super::{Finding, FindingKind, Mend, Side, Subject};
use crate::corpus::Annotation;
use crate::review::find::is_inside_word;
use crate::text::{Offset, Span};

pub(super) fn clean_edges(subject: &Subject<'_>, found: &mut Vec<Finding>) {
    for annotation in subject.set.annotations() {
        for span in annotation.fragments.iter() {
            found.extend(of_span(subject, annotation, span));
        }
    }
}

fn of_span(
    subject: &Subject<'_>,
    annotation: &Annotation,
    span: Span,
) -> impl Iterator<Item = Finding> {
    let content = subject.text.slice(span.range());
    let finding = |kind, at: Offset, mend| Finding {
        kind,
        annotation: annotation.id.clone(),
        at: at..at,
        mends: subject.mends(|| vec![mend]),
    };
    let blank = |c: Option<char>| c.is_some_and(char::is_whitespace);
    let edge = |side, at: Offset, first: Option<char>| {
        if blank(first) {
            Some(finding(FindingKind::EdgeOnBlank(side), at, Mend::Trim))
        } else if is_inside_word(subject.text, at) {
            Some(finding(FindingKind::EdgeInWord(side), at, Mend::SnapToWords))
        } else {
            None
        }
    };
    let start = edge(Side::Start, span.start(), content.chars().next());
    let end = edge(Side::End, span.end(), content.chars().next_back());
    start.into_iter().chain(end)
}
