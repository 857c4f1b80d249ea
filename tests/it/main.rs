//! The one integration-test crate: a module an area. `markup`, `hostile` and
//! `sayings` make what the others test with.
#![allow(
    clippy::format_collect,
    clippy::format_push_string,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test that indexes or unwraps fails where it should, in its helpers too"
)]

mod agreement;
mod anchoring;
mod comparing;
mod edits;
mod enduring;
mod exchange;
mod files;
mod fuzzed;
mod hostile;
mod lanes;
mod layers;
mod markup;
mod merging;
mod readme;
mod sayings;
mod session;
mod soft_renderer;
mod statistics;
mod table;
mod text;
mod window;
mod work;
