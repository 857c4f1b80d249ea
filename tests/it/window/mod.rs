//! The whole window, driven by keys, the mouse and accessible names.

mod access;
mod any_keys;
mod fields;
mod finding;
mod gold;
mod harness;
mod keys;
mod letters;
mod links;
mod mouse;
mod pictures;
mod placing;
mod projects;
mod review;
mod safety;
mod sheets;
mod statistics;
mod transfer;
