//! The article as a reading page: laid out block by block, marked, pointed at.

mod accessible;
mod caret;
mod heights;
mod highlights;
mod lanes;
mod measures;
mod placed;
mod pointer;
mod typesetter;
mod view;

pub use lanes::Lanes;
pub(super) use view::ArticleView;
