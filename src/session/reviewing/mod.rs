//! Reviewing what was marked: comparing annotators, settling what they differ about,
//! measuring how far they agree, going through all annotations.

mod agreeing;
mod comparing;
mod listing;
mod message;
mod page;
mod running;
mod settling;
mod takeover;
mod working_as;

pub use agreeing::Agreeing;
pub use comparing::{Comparing, Shown};
pub use message::Reviewing;
pub use page::{Column, PageLayout};
pub use takeover::SettleChoice;
