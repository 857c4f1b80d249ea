//! Rows as the table holds them, packed by set.

use std::collections::HashSet;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::corpus::{Annotation, AnnotationSet, Annotator, Edit, Fragments, Id};
use tandai::review::{Arrangement, Reviews, RowBlock, RowKey, TableRow, TableRows, arrange};
use tandai::storage::built_in_schema;
use tandai::text::{Offset, Span};

use super::some_rows::{call, rows};
use super::{keys, packed};
use crate::exchange::document;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn rows_are_what_they_were_before_they_were_packed(
        (rows, ..) in rows(),
        times in 1_usize..4,
        ticked in any::<Index>(),
    ) {
        // More than one block of them.
        let rows: Vec<TableRow> = rows.iter().flat_map(|row| vec![row.clone(); times * 7]).enumerate()
            .map(|(at, mut row)| {
                call(&mut row, at);
                row
            })
            .collect();
        let all = packed(&rows);
        prop_assert_eq!(all.iter().collect::<Vec<_>>(), rows.clone());
        prop_assert_eq!(all.count(), rows.len());
        let lines = arrange(&all, &Arrangement::default(), &Reviews::default());
        let ticks: HashSet<RowKey> = keys(&rows).into_iter().step_by(ticked.index(5) + 1).collect();
        let chosen: Vec<TableRow> =
            rows.iter().filter(|row| ticks.contains(&row.key)).cloned().collect();
        prop_assert_eq!(all.of(&ticks), chosen);
        let everything: HashSet<RowKey> = keys(&rows).into_iter().collect();
        let ticked = lines.tick_all(&ticks);
        let wanted = if ticks == everything { HashSet::new() } else { everything };
        prop_assert_eq!(ticked, wanted);
        for (at, row) in rows.iter().enumerate().step_by(9) {
            prop_assert_eq!(lines.position(&row.key), Some(at));
        }
    }

    /// However many blocks they take.
    #[test]
    fn a_large_set_has_a_row_for_each_annotation_in_order(count in 0_usize..140) {
        let about = document("a", &"Kim tiba. ".repeat(140));
        let ana = Annotator::new("ana").unwrap();
        let mut set = AnnotationSet::new(ana.clone(), about.text.end());
        for at in 0..count {
            let start = Offset::new(10 * (at * 31 % 139));
            let fragments = Fragments::one(Span::new(start, start + 3).unwrap());
            let id = Id::new(&format!("a{at}")).unwrap();
            let annotation = Annotation::new(id, "source".into(), fragments);
            set.apply(Edit::Insert(Arc::new(annotation))).unwrap();
        }
        let mut all = TableRows::default();
        all.extend(RowBlock::of_set(&built_in_schema(), &about, &set));
        let found: Vec<_> = all.iter().map(|row| (row.key.annotation.clone(), row.at(), row.quote)).collect();
        let wanted: Vec<_> = set.annotations().iter()
            .map(|one| (one.id.clone(), one.fragments.extent(), one.quote(&about.text).into()))
            .collect();
        prop_assert_eq!((all.count(), found), (count, wanted));
        prop_assert_eq!(all.has_any_of(&about.path, &ana), count > 0);
    }

    /// However far apart they lie, in whichever block; what is around one is around others too.
    #[test]
    fn what_is_around_a_row_is_what_the_text_has_there(
        spans in proptest::collection::vec((0_usize..4_000, 1_usize..200), 1..80),
    ) {
        let characters: Vec<char> = "Kim tiba “kémarin”,\nkata 平壌. ".chars().cycle().take(4_200).collect();
        let about = document("a", &characters.iter().collect::<String>());
        let mut set = AnnotationSet::new(Annotator::new("ana").unwrap(), about.text.end());
        for (at, (start, length)) in spans.iter().enumerate() {
            let start = Offset::new(*start);
            let fragments = Fragments::one(Span::new(start, start + *length).unwrap());
            let id = Id::new(&format!("a{at}")).unwrap();
            set.apply(Edit::Insert(Arc::new(Annotation::new(id, "claim".into(), fragments)))).unwrap();
        }
        let mut all = TableRows::default();
        all.extend(RowBlock::of_set(&built_in_schema(), &about, &set));
        let stands = |from: usize, to: usize| -> String {
            characters[from..to].iter().map(|c| if *c == '\n' { ' ' } else { *c }).collect()
        };
        for row in all.iter() {
            let (start, end) = (row.at().start.get(), row.at().end.get());
            prop_assert_eq!(&*row.before, stands(start.saturating_sub(60), start));
            prop_assert_eq!(&*row.after, stands(end, 4_200.min(end + 60)));
            let shown = if end - start > 140 { stands(start, start + 140) + "…" } else { stands(start, end) };
            prop_assert_eq!(&*row.quote, shown);
        }
        prop_assert_eq!(all.iter().count(), spans.len());
    }

    #[test]
    fn one_sets_rows_are_put_in_the_place_of_what_they_were(
        (before, ..) in rows(),
        (after, ..) in rows(),
    ) {
        let Some(first) = after.first() else { return Ok(()) };
        let (document, annotator) = (first.key.document.clone(), first.key.annotator.clone());
        let of_it = |row: &&TableRow| row.key.document == document && row.key.annotator == annotator;
        let new: Vec<TableRow> = after.iter().filter(of_it).cloned().collect();
        let mut all = packed(&before);
        let had_any = before.iter().any(|row| of_it(&row));
        prop_assert_eq!(all.has_any_of(&document, &annotator), had_any);
        all.replace(&document, &annotator, RowBlock::pack(&new));
        let mut wanted: Vec<TableRow> = before.iter().filter(|row| !of_it(row)).cloned().collect();
        wanted.extend(new);
        wanted.sort_by_key(|row| (row.key.document.clone(), row.key.annotator.clone()));
        prop_assert_eq!(all.count(), wanted.len());
        prop_assert_eq!(all.iter().collect::<Vec<_>>(), wanted);
    }
}
