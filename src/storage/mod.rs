//! The only place that touches a project's files.
//!
//! Loading gives a value and a list of [`Problem`]s; nothing is mended in
//! silence. Articles are read and never written, except that an import adds
//! new ones. A set is written through [`SetStore`] alone, in one step, and
//! never over a file that this program has not read or written itself.

mod advice;
mod arrivals;
mod articles;
#[cfg(target_os = "linux")]
mod at_hand;
mod atomic;
mod canonical;
mod carried;
mod decisions;
mod decode;
mod disk;
mod door;
mod entries;
mod examine;
mod guarded;
mod input;
mod kept;
mod kept_rows;
mod keys;
mod lock;
mod log;
mod metadata;
mod names;
mod newer;
#[cfg(target_os = "linux")]
mod notices;
mod output;
mod page;
mod problem;
mod project;
mod quick;
mod reading;
mod reanchor;
mod record;
mod report;
mod ron_words;
mod rounds;
mod schema;
mod sets;
mod stamp;
mod state;
mod summaries;
mod summary;
mod unread;
mod versions;
mod write;
mod written_otherwise;

pub use arrivals::{
    Addition, add_document, add_metadata, add_set, add_text_file, compare_document, compare_set,
    compare_text_file,
};
pub use articles::{Arrival, add_article, load_document, load_text};
pub use carried::{CarriedAlong, carry_decisions_along};
pub use decisions::{ChangedDecisions, DecisionStore};
pub use disk::Disk;
pub use door::{AtHand, Door, Files, Kind, Listed, Lock, Look, Notices, Told};
pub use entries::{ReadEntry, read_entries, read_entry, read_sets};
pub use examine::{Examination, examine, sets_left_behind, sets_without_article};
pub use guarded::SaveError;
pub use input::{InputFolder, read_import_map};
pub use kept_rows::{TabulatedDocument, Tabulation};
pub use keys::{KeyDifferences, KeyStore};
pub use lock::Locking;
pub use log::{Log, LogContent};
pub use metadata::load as load_metadata;
pub use newer::newer_set;
pub use output::{OutputError, OutputFile, OutputFolder, REPORT};
pub use page::{write_copy, write_page};
pub use problem::{Problem, ProblemKind, plain_words};
pub use project::{Listing, Project};
pub use reanchor::{Item, Reanchoring, reanchor};
pub use report::{mark_report_seen, unseen_report, write_report};
pub use rounds::in_rounds;
pub use schema::{SchemaStore, built_in_schema};
pub use sets::{ChangedSet, SetOnDisk, SetStore, any_set_has, days_since_written, peek_status};
pub use summaries::{first_unsettled, summarize_all};
pub use summary::{Summary, summarize};
pub use unread::Unread;
pub use versions::{MergeError, MergeOutcome, SetVersion, merge_files};
