//! The one integration-test crate: a module an area.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    clippy::format_collect,
    clippy::format_push_string,
    reason = "a test that indexes or unwraps fails where it should"
)]

mod soft_renderer;
mod window;
