//! The article as a reading page: laid out block by block, marked, pointed at.

mod accessible;
mod caret;
mod columns;
mod far_links;
mod folds;
mod heights;
mod highlights;
mod hints;
mod lanes;
mod links;
mod measures;
mod pieces;
mod placed;
mod pointer;
mod scrolling;
mod targets;
mod typesetter;
mod unshown;
mod view;

pub use lanes::Lanes;
pub(super) use view::ArticleView;
