//! Nothing that was shown as saved is lost, whatever fails and whenever.

mod crashed;
mod every_call;
mod journal;
mod killed;
mod memory;
mod other_texts;
mod outside;
mod sitting;
mod windows;

pub(crate) use memory::Memory;
