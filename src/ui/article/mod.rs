//! The article as a reading page: laid out block by block, marked, pointed at.

mod accessible;
mod caret;
mod geometry;
mod heights;
mod highlights;
mod lanes;
mod pointer;
mod shaped;
mod view;
mod wordwise;

pub use lanes::Lanes;
pub(super) use view::ArticleView;
