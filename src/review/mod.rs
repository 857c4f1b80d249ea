//! Over annotation sets: what can be counted, found and checked.

mod agreement;
mod checks;
mod compare;
mod find;
mod hit;
mod remark;
mod statistics;
mod table;
mod typed;

pub use agreement::{
    ALL_PAIRS, Agreement, Confused, ExactAgreement, Figure, LeftOut, Matches, Measure, Measured,
    Score, What as WhatMeasured, Whose, compared_by_default,
};
pub use checks::{Finding, FindingKind, Mend, Side, check};
pub use compare::{
    Case, CaseRow, Comparison, Kind, LinkSaid, Merged, MovedAnnotations, Moves, Outcome, Point,
    Refusal, ReplacedAnnotations, Rule, Saying, Subject, Voice, begun, content, open_differences,
    renamed, settle,
};
pub use find::{Finder, Query, QueryError};
pub use hit::{Hit, Tags};
pub use remark::{Remark, Topic, remark_on, remarks};
pub use statistics::{
    Aspect, Bin, DocumentFigures, LabelCounts, OfWhom, Roles, Said, Slice, Spread, Statistics,
    StatusCounts, Tally, What,
};
pub use table::{
    Arrangement, Filter, FilterError, Heading, ReviewStanding, Reviews, RowBlock, RowKey,
    TableColumn, TableLine, TableLines, TableRow, TableRows, arrange,
};
pub use typed::{TypedWord, in_small_letters, typed_words};
