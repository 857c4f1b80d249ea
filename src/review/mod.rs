//! Over annotation sets: what can be counted, compared and checked.

mod statistics;

pub use statistics::LabelCounts;
