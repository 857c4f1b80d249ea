//! Drawing and pointing. Reads the session, sends it messages, carries out its
//! effects. Folders are named after places on the screen.

mod app;
mod appearance;
mod article;
mod banner;
mod dialogs;
mod documents;
mod find_bar;
mod fonts;
mod held_keys;
mod inspector;
mod keys;
mod list;
mod pacing;
mod pages;
mod panes;
mod parts;
mod picker;
mod status_bar;
mod theme;
mod top_bar;
mod typeset;
mod worker;

pub use app::{App, FolderPicker, PREFERENCES};
pub use article::Lanes;
pub(crate) use pages::hold_small_pages;
pub use picker::SystemPicker;
pub use worker::Work;
