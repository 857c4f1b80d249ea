//! One person at work.
//!
//! [`Session::update`] takes a [`Message`] and is the only thing that changes
//! what the person sees; what has to happen outside (files, clipboard, the
//! window) it gives back as [`Effect`]s. Views read the session and send
//! messages. No egui here, no files, no clock.

mod applying;
mod attempt;
mod batch;
mod carrying;
mod carrying_along;
mod checking;
mod chord;
mod command;
mod counting;
mod deciding;
mod describing;
mod dialog;
mod dispatch;
mod document_filter;
mod documents;
mod effect;
mod exporting;
mod finding;
mod held;
mod hinting;
mod history;
mod hit_list;
mod importing;
mod journal;
mod journalled;
mod kept;
mod keymap;
mod left_behind;
mod linking;
mod links;
mod lists;
mod lists_anew;
mod marking;
mod message;
mod mode;
mod moving;
mod opening;
mod outside;
mod palette;
mod pieces;
mod placing;
mod preferences;
mod presets;
mod progress;
mod rebinding;
mod remarks;
mod renaming;
mod resuming;
mod revaluing;
mod reviewing;
mod rewriting;
mod saving;
mod schema_editing;
mod selection;
mod standing;
mod state;
mod stopped;
mod sweep;
mod table;
mod taking_back;
mod tasks;
mod transferring;
mod undoing;
mod verdicts;
mod why_not;

pub use applying::counted;
pub use chord::Chord;
pub use command::{Command, Edge, HintKind, LayoutMotion, Motion};
pub use counting::Counting;
pub use dialog::Dialog;
pub use documents::{DocumentList, Row};
pub use effect::{Effect, InMemory};
pub use exporting::{ExportChoice, Exporting, Stage};
pub use finding::Search;
pub use held::Held;
pub use hinting::{Hint, Hinting};
pub use history::{Change, History, Step};
pub use importing::{ImportChoice, Importing};
pub use journal::JournalEntry;
pub use journalled::Journalled;
pub use kept::{Content, Kept, SaveReceipt};
pub use keymap::Keymap;
pub use linking::{Choice, Linking, Target, Way};
pub use links::other_end;
pub use lists::Listing;
pub use message::{
    FirstDocument, LoadedDocument, Message, OpenedProject, Pane, Recovered, Resumed,
};
pub use mode::{Mode, Typed};
pub use outside::Outside;
pub use palette::{Offer, Palette};
pub use placing::{Placement, Placing};
pub use preferences::Preferences;
pub use presets::{PRESETS, Preset};
pub use progress::Progress;
pub use remarks::Remarks;
pub use reviewing::{
    Again, AgainChoice, Agreeing, Bulk, BulkChange, Column, Comparing, Confusion, PageLayout,
    Reviewing, SettleChoice, Shown, Table,
};
pub use saving::Saving;
pub use selection::{Focus, Place, Selection};
pub use standing::Standing;
pub use state::{Notice, Reading, Session};
pub use stopped::Stopped;
pub use table::{Entry, Group, Scope, table};
pub use tasks::Task;
pub use transferring::{Imported, NotImported, Transfer};
pub use verdicts::{Verdict, Verdicts};
