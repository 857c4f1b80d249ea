use crate::corpus::AnnotationSet;

/// Where fragments of a set begin and end, in characters.
pub(super) fn edges<'a>(sets: impl Iterator<Item = &'a AnnotationSet>) -> Vec<usize> {
    let annotations = sets.flat_map(AnnotationSet::annotations);
    let spans = annotations.flat_map(|annotation| annotation.fragments.iter());
    let mut edges: Vec<usize> =
        spans.flat_map(|span| [span.start().get(), span.end().get()]).collect();
    edges.sort_unstable();
    edges
}
