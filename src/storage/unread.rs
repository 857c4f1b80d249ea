use std::fmt;
use std::ops::AddAssign;
use std::path::Path;

use super::Problem;
use crate::corpus::AnnotationSet;
use crate::text::shortened_in_the_middle;

/// How many files are named.
const NAMED: usize = 2;
/// The most characters of a name.
const LONGEST: usize = 60;

/// What a look at many leaves out: the files that it could not read, how many and the names of
/// the first, which are shown as `annotations/ben/a.txt.ron could not be read`; and the tags
/// that have no place in the text that their article has now.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Unread {
    count: usize,
    named: Vec<String>,
    waiting: usize,
}

impl Unread {
    /// The files that these problems are about, in the project whose folder is `root`.
    #[must_use]
    pub fn of<'p>(root: &Path, problems: impl IntoIterator<Item = &'p Problem>) -> Self {
        let mut unread = Self::default();
        problems.into_iter().for_each(|problem| unread.add(root, &problem.path));
        unread
    }

    /// Adds a file of the project whose folder is `root`.
    pub fn add(&mut self, root: &Path, file: &Path) {
        self.count += 1;
        if self.named.len() < NAMED {
            let below = file.strip_prefix(root).unwrap_or(file);
            self.named.push(shortened_in_the_middle(&below.to_string_lossy(), LONGEST));
        }
    }

    /// Adds the tags of sets that wait for a place.
    pub fn add_waiting<'s>(&mut self, sets: impl IntoIterator<Item = &'s AnnotationSet>) {
        self.waiting += sets.into_iter().map(|set| set.adrift().len()).sum::<usize>();
    }

    /// How many files could not be read.
    #[must_use]
    pub fn count(&self) -> usize {
        self.count
    }

    /// How many tags wait for a place.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.waiting
    }

    /// Whether nothing is left out.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count == 0 && self.waiting == 0
    }
}

impl AddAssign for Unread {
    fn add_assign(&mut self, other: Self) {
        self.count += other.count;
        self.waiting += other.waiting;
        let room = NAMED.saturating_sub(self.named.len());
        self.named.extend(other.named.into_iter().take(room));
    }
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let named = self.named.join(", ");
        match (self.count, self.count - self.named.len()) {
            (1, 0) => write!(f, "{named} could not be read"),
            (count, 0) => write!(f, "{count} could not be read ({named})"),
            (count, more) => write!(f, "{count} could not be read ({named} and {more} more)"),
        }
    }
}
