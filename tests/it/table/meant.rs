//! What is meant to be so, or was rejected, though the schema expects something else.

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Decision, Decisions};
use tandai::review::{Filter, Finding, FindingKind, Reviews, TableRow};

use super::some_rows::rows;
use crate::exchange::person;

/// All findings of rows, each with its row.
fn all(rows: &[TableRow]) -> Vec<(&TableRow, &Finding)> {
    rows.iter().flat_map(|row| row.problems.iter().map(move |one| (row, one))).collect()
}

fn deciding(decisions: impl IntoIterator<Item = Decision>) -> Reviews {
    let decided = Arc::new(decisions.into_iter().collect::<Decisions>());
    Reviews([(person("cy"), decided)].into())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// It is one still where nobody does, or of another article.
    #[test]
    fn what_somebody_means_to_be_so_is_no_problem_of_a_row((rows, _, _) in rows(), meant: Index) {
        let all = all(&rows);
        prop_assume!(!all.is_empty());
        let (of, problem) = all[meant.index(all.len())];
        let document = of.key.document.clone();
        let reviews = deciding([Decision::Meant { document, finding: problem.key() }]);
        for row in &rows {
            let is_open = |one: &&Finding| {
                one.key() != problem.key() || row.key.document != of.key.document
            };
            let open: Vec<String> = row.problems.iter().filter(is_open).map(Finding::words).collect();
            prop_assert_eq!(reviews.problems(row), open.clone());
            let filter = Filter::parse("problem:any").unwrap();
            prop_assert_eq!(filter.takes(row, &reviews), !open.is_empty());
        }
    }

    /// Where some are left, what is left of it can be meant as well.
    #[test]
    fn rejected_places_are_no_problem_of_a_row(
        (rows, _, _) in rows(),
        of: Index,
        how_many in 1_usize..4,
        is_meant: bool,
    ) {
        let all = all(&rows);
        prop_assume!(!all.is_empty());
        let (row, problem) = all[of.index(all.len())];
        let FindingKind::Untagged { text, label, places } = &problem.kind else { unreachable!() };
        let document = &row.key.document;
        let rejected: BTreeSet<_> = places.iter().take(how_many).copied().collect();
        let left = places.len() - rejected.len();
        let decisions = rejected.iter().map(|span| Decision::NotTagged {
            document: document.clone(),
            span: *span,
            label: label.clone(),
            text: text.clone(),
        });
        let key = |text: &str, times: usize| format!("{text} without {label} {times} times");
        let finding = key(text, left);
        let meant = is_meant.then(|| Decision::Meant { document: document.clone(), finding });
        let reviews = deciding(decisions.chain(meant));
        // Rows may find the same words untagged in other places.
        let wanted = row.problems.iter().filter_map(|one| {
            let FindingKind::Untagged { text: own, places, .. } = &one.kind else { return None };
            let still = places.iter().filter(|at| own != text || !rejected.contains(at)).count();
            let keys = [key(own, places.len()), key(own, still)];
            let open = still > 0 && !(is_meant && keys.contains(&key(text, left)));
            let times = if still == 1 { "once".to_owned() } else { format!("{still} times") };
            open.then(|| format!("“{own}” is tagged {label} here and untagged {times}"))
        });
        prop_assert_eq!(reviews.problems(row), wanted.collect::<Vec<_>>());
    }
}
