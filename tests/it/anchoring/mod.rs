//! Annotations are found again in a text that has changed.

mod command;
mod examples;
mod generated;
