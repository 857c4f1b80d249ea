//! What is meant to be so, though the schema expects something else.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Decision, Decisions};
use tandai::review::{Filter, Reviews, RowProblem, TableRow};

use super::rows;
use crate::exchange::person;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// It is one still where nobody does, or of another article.
    #[test]
    fn what_somebody_means_to_be_so_is_no_problem_of_a_row((rows, _, _) in rows(), meant: Index) {
        let all: Vec<(&TableRow, &RowProblem)> =
            rows.iter().flat_map(|row| row.problems.iter().map(move |one| (row, one))).collect();
        prop_assume!(!all.is_empty());
        let (of, problem) = all[meant.index(all.len())];
        let document = of.key.document.clone();
        let decision = Decision::Meant { document, finding: problem.key.to_string() };
        let decided = Arc::new([decision].into_iter().collect::<Decisions>());
        let reviews = Reviews([(person("cy"), decided)].into());
        for row in &rows {
            let is_open = |one: &&RowProblem| {
                one.key != problem.key || row.key.document != of.key.document
            };
            let open: Vec<&str> = row.problems.iter().filter(is_open).map(|one| &*one.words).collect();
            prop_assert_eq!(reviews.problems(row), open.clone());
            let filter = Filter::parse("problem:any").unwrap();
            prop_assert_eq!(filter.takes(row, &reviews), !open.is_empty());
        }
    }
}
