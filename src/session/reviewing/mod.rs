//! Reviewing what was marked: comparing annotators, settling what they differ about,
//! measuring how far they agree, going through all annotations.

mod again;
mod agreeing;
mod bulk;
mod case_list;
mod comparing;
mod going_over;
mod going_over_rows;
mod listing;
mod message;
mod page;
mod running;
mod settling;
mod table;
mod takeover;
mod working_as;

pub use again::{Again, AgainChoice};
pub use agreeing::Agreeing;
pub(super) use bulk::LookedAt;
pub use bulk::{Bulk, BulkChange};
pub use comparing::{Comparing, Confusion, Shown};
pub use message::Reviewing;
pub use page::{Column, PageLayout};
pub use table::Table;
pub use takeover::SettleChoice;
pub(in crate::session) use takeover::TakingOver;
