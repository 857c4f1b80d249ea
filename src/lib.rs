//! Tandai marks up news: who claims what, who denies it, and where.
//!
//! The modules are layers; each imports only from those before it in this list
//! (`tests/it/layers.rs` holds that). ARCHITECTURE.md tells why.
//!
//! * [`text`]: positions in one immutable text
//! * [`corpus`]: documents and what is said about them
//! * [`review`]: over annotation sets
//! * [`storage`]: a project's files
//! * [`exchange`]: formats of other programs
//! * [`transfer`]: exports and imports, carried out
//! * [`session`]: one person at work
//! * [`ui`]: the window
//! * [`cli`]: the command line

pub mod cli;
pub mod corpus;
pub mod exchange;
pub mod review;
pub mod session;
pub mod storage;
pub mod text;
pub mod transfer;
pub mod ui;
