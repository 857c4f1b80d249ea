use std::fmt;

use crate::corpus::Annotator;

/// Whose annotations are counted together.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum OfWhom {
    /// One annotator's.
    One(Annotator),
    /// Everyone's.
    All,
    /// Everyone's but those of gold, which only says again what the others say.
    AllButGold,
}

impl OfWhom {
    /// Whether what an annotator says is counted.
    #[must_use]
    pub fn includes(&self, annotator: &Annotator) -> bool {
        match self {
            Self::One(one) => one == annotator,
            Self::All => true,
            Self::AllButGold => !annotator.is_gold(),
        }
    }
}

impl fmt::Display for OfWhom {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::One(annotator) => annotator.as_str(),
            Self::All => "all annotators",
            Self::AllButGold => "all annotators but gold",
        })
    }
}
