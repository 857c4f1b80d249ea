//! Which cases of one document are settled.

use foldhash::{HashMap, HashSet};

use super::BETWEEN_VOICES;

/// The cases of one document that were settled in gold, made to be asked about many.
#[derive(Clone, Default, Debug)]
pub struct SettledCases<'a> {
    cases: HashSet<&'a str>,
    /// In which cases, by number in rising order, an annotator says something.
    saying: HashMap<&'a str, Vec<usize>>,
}

impl SettledCases<'_> {
    /// Whether a case was settled: just this one, or one in which more annotators say what
    /// they say here, for what is settled among three is so among two of them.
    #[must_use]
    pub fn contains(&self, case: &str) -> bool {
        // Of most articles nothing is settled.
        if self.cases.is_empty() {
            return false;
        }
        if self.cases.contains(case) {
            return true;
        }
        let said: Option<Vec<&Vec<usize>>> =
            case.split(BETWEEN_VOICES).map(|said| self.saying.get(said)).collect();
        // The rarest of what is said leaves the fewest cases to look at.
        let Some(said) = said else { return false };
        let rarest = said.iter().min_by_key(|cases| cases.len());
        rarest.is_some_and(|rarest| {
            rarest.iter().any(|at| said.iter().all(|cases| cases.binary_search(at).is_ok()))
        })
    }
}

impl<'a> FromIterator<&'a str> for SettledCases<'a> {
    fn from_iter<I: IntoIterator<Item = &'a str>>(cases: I) -> Self {
        let mut settled = Self::default();
        for (at, case) in cases.into_iter().enumerate() {
            settled.cases.insert(case);
            for said in case.split(BETWEEN_VOICES) {
                let cases = settled.saying.entry(said).or_default();
                if cases.last() != Some(&at) {
                    cases.push(at);
                }
            }
        }
        settled
    }
}
