//! The whole window, driven by keys, the mouse and accessible names.

mod access;
mod gold;
mod harness;
mod keys;
mod mouse;
mod pictures;
mod projects;
