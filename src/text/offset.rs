use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

/// A place between two characters: the number of Unicode scalar values before it.
///
/// Not bytes, not UTF-16 units, not graphemes. A newtype, so that none of those
/// can be passed where a character offset is meant.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Debug, Serialize, Deserialize,
)]
pub struct Offset(usize);

impl Offset {
    /// The place before the first character.
    pub const ZERO: Self = Self(0);

    /// The place after `characters` Unicode scalar values.
    #[must_use]
    pub const fn new(characters: usize) -> Self {
        Self(characters)
    }

    /// The number of characters before this place.
    #[must_use]
    pub const fn get(self) -> usize {
        self.0
    }

    /// The number of characters from `earlier` to here; 0 when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> usize {
        self.0.saturating_sub(earlier.0)
    }
}

impl Add<usize> for Offset {
    type Output = Self;

    fn add(self, characters: usize) -> Self {
        Self(self.0.saturating_add(characters))
    }
}

impl Sub<usize> for Offset {
    type Output = Self;

    fn sub(self, characters: usize) -> Self {
        Self(self.0.saturating_sub(characters))
    }
}
