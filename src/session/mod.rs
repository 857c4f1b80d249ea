//! One person at work.
//!
//! [`Session::update`] takes a [`Message`] and is the only thing that changes
//! what the person sees; what has to happen outside (files, clipboard, the
//! window) it gives back as [`Effect`]s. Views read the session and send
//! messages. No egui here, no files, no clock.

mod chord;
mod command;
mod documents;
mod history;
mod keymap;
mod marking;
mod message;
mod moving;
mod opening;
mod preferences;
mod saving;
mod selection;
mod state;
mod table;
mod why_not;

pub use chord::Chord;
pub use command::{Command, Edge, LayoutMotion, Motion};
pub use documents::{DocumentList, Row};
pub use history::{Change, History, Step};
pub use keymap::Keymap;
pub use message::{
    Effect, FirstDocument, LoadedDocument, Message, OpenedProject, Pane, SaveReceipt,
};
pub use preferences::Preferences;
pub use saving::Saving;
pub use selection::{Focus, Place, Selection};
pub use state::{Dialog, Held, Notice, Reading, Session};
pub use table::{Entry, Group, Scope, table};
