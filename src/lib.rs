//! Tandai marks up news: who claims what, who denies it, and where.

pub mod text;
