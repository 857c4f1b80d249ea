//! Looks at sets for a reviewer.

use super::comparing::{Among, compare};
use super::measuring::measure;
use super::reporting::write_report;
use super::tabulating::{find_done, find_unreviewed, tabulate};
use crate::exchange::Handover;
use crate::review::arrange;
use crate::session::{Effect, Message, Reviewing};

/// Looks at everything that an effect asks to be looked at for a reviewer. `report` says
/// whether to go on.
pub(super) fn look(effect: Effect, report: &mut dyn FnMut(Message) -> bool) {
    match effect {
        Effect::Compare { number, project, documents, annotators, in_memory } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            compare(number, &among, &annotators, report);
        }
        Effect::Tabulate { number, project, documents, schema, in_memory } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            tabulate(number, &among, &schema, report);
        }
        Effect::Arrange { number, rows, arrangement, reviews } => {
            let lines = arrange(&rows, &arrangement, &reviews);
            report(Reviewing::Arranged(number, lines).into());
        }
        Effect::Choose { number, rows, lines, ticked } => {
            report(Reviewing::Chosen(number, lines.chosen(&rows, &ticked)).into());
        }
        Effect::TickAll { number, lines, ticked } => {
            report(Reviewing::AllTicked(number, lines.tick_all(&ticked)).into());
        }
        Effect::FindUnreviewed {
            number,
            project,
            documents,
            whose,
            reviewed,
            last_first,
            in_memory,
        } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            report(find_unreviewed(number, &among, &whose, &reviewed, last_first));
        }
        Effect::FindDone { number, project, documents, annotator } => {
            report(find_done(number, &project, &documents, &annotator));
        }
        Effect::Measure { number, project, documents, annotators, schema, in_memory } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            measure(number, &among, annotators, &schema, report);
        }
        Effect::WriteReport {
            number,
            project,
            documents,
            agreement,
            reviewer,
            schema,
            settled,
            in_memory,
            file,
        } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            let about =
                Handover { agreement: &agreement, reviewer: Some(&reviewer), schema: &schema };
            let result = write_report(&among, &about, settled, &file);
            report(Reviewing::ReportWritten(number, result).into());
        }
        _ => {}
    }
}
