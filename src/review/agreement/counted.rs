use std::sync::Arc;

/// Two of the annotators who are compared, by their places; the first one's is less.
pub(super) type Pair = (usize, usize);

/// The labels of one token, sorted, with a character between that no label has.
pub(super) type LabelSet = Arc<str>;

/// What is counted of two annotators and one label.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Quantity {
    /// Annotations of the first annotator; those that are alike count once.
    First,
    /// Annotations of the second.
    Second,
    /// Annotations of both with the same fragments.
    Exact,
    /// Annotations of both that share a character, each taken once.
    Overlapping,
    /// Characters of the first annotator's annotations.
    FirstCharacters,
    /// Characters of the second's.
    SecondCharacters,
    /// Characters of both.
    BothCharacters,
    /// Tokens of the first annotator's annotations.
    FirstTokens,
    /// Tokens of the second's.
    SecondTokens,
    /// Tokens of both.
    BothTokens,
    /// Relations with this label of the first annotator.
    FirstRelations,
    /// Relations of the second.
    SecondRelations,
    /// Relations of both, between annotations that are the same in both.
    BothRelations,
}

/// Something that is counted in a document, and adds up over documents. Labels and sets
/// of labels are named in a document, and numbered once all documents are there, which
/// makes drawing them again and again a matter of numbers.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Counted<L = Arc<str>> {
    /// Tokens.
    Tokens,
    /// Characters.
    Characters,
    /// What two annotators say of one label.
    OfPair(Pair, Quantity, L),
    /// Tokens to which two annotators give these labels.
    Sets(Pair, L, L),
    /// The squared lengths, in characters, of what one annotator gives a label; what
    /// overlaps is one.
    Squares(usize, L),
    /// Annotations that were aligned, by the label that the two give it; `None` where
    /// one has nothing there.
    Aligned(Pair, Option<L>, Option<L>),
}

impl<L> Counted<L> {
    /// The same with labels that are written in another way.
    pub(super) fn map<M>(&self, mut label: impl FnMut(&L) -> M) -> Counted<M> {
        match self {
            Self::Tokens => Counted::Tokens,
            Self::Characters => Counted::Characters,
            Self::OfPair(pair, quantity, of) => Counted::OfPair(*pair, *quantity, label(of)),
            Self::Sets(pair, one, other) => Counted::Sets(*pair, label(one), label(other)),
            Self::Squares(annotator, of) => Counted::Squares(*annotator, label(of)),
            Self::Aligned(pair, one, other) => {
                let (one, other) = (one.as_ref().map(&mut label), other.as_ref().map(&mut label));
                Counted::Aligned(*pair, one, other)
            }
        }
    }
}

/// What was counted, in order, each once.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Counts<L = Arc<str>>(pub(super) Vec<(Counted<L>, u64)>);

impl<L: Ord> Counts<L> {
    /// Counts from what was counted in any order; the same is added up.
    pub(super) fn of(mut counted: Vec<(Counted<L>, u64)>) -> Self {
        counted.retain(|(_, count)| *count > 0);
        counted.sort_by(|(one, _), (other, _)| one.cmp(other));
        counted.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        Self(counted)
    }

    /// How many there are of something.
    pub(super) fn get(&self, counted: &Counted<L>) -> u64 {
        let found = self.0.binary_search_by(|(known, _)| known.cmp(counted));
        found.ok().and_then(|at| self.0.get(at)).map_or(0, |(_, count)| *count)
    }

    /// The counts from one thing up to, not including, another.
    pub(super) fn between(&self, from: &Counted<L>, to: &Counted<L>) -> &[(Counted<L>, u64)] {
        let first = self.0.partition_point(|(counted, _)| counted < from);
        let end = self.0.partition_point(|(counted, _)| counted < to);
        self.0.get(first..end).unwrap_or_default()
    }
}
