//! The whole window, driven by keys, the mouse and accessible names.

mod harness;
mod pictures;
