//! Annotations are found again in a text that has changed.

mod examples;
mod generated;
