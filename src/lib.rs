//! Tandai marks up news: who claims what, who denies it, and where.

pub mod corpus;
pub mod review;
pub mod session;
pub mod storage;
pub mod text;
