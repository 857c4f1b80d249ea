//! The whole window, driven by keys, the mouse and accessible names.

mod gold;
mod harness;
mod pictures;
