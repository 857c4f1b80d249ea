use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The digits of an id. No capitals: ids are read aloud and compared by eye.
const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";

/// How many digits a new id has: 36⁶ are two thousand million, so that two
/// branches of one set hardly ever make the same.
const LENGTH: usize = 6;

/// The name of an annotation or a relation, unique in its set and for ever.
///
/// Drawn, not counted, so that the ids made on two git branches stay apart.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "Arc<str>")]
pub struct Id(Arc<str>);

impl Id {
    /// An id as it stands in a file. Any text that is not empty will do.
    #[must_use]
    pub fn new(id: &str) -> Option<Self> {
        (!id.is_empty()).then(|| Self(id.into()))
    }

    /// What lies before every id; nothing is called so.
    pub(super) fn least() -> Self {
        Self("".into())
    }

    /// The id that belongs to a random number.
    #[must_use]
    pub fn from_random(mut number: u64) -> Self {
        let digit = |number: u64| {
            let at = usize::try_from(number % 36).unwrap_or_default();
            DIGITS.get(at).copied().map_or('0', char::from)
        };
        let digits: String = std::iter::repeat_with(|| {
            let next = digit(number);
            number /= 36;
            next
        })
        .take(LENGTH)
        .collect();
        Self(digits.into())
    }

    /// The id as it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<Arc<str>> for Id {
    type Error = &'static str;

    fn try_from(id: Arc<str>) -> Result<Self, Self::Error> {
        if id.is_empty() { Err("an id cannot be empty") } else { Ok(Self(id)) }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
