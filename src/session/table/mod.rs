//! The one table of commands: what each is called, what it does, its keys.
//!
//! Menus, tooltips, the keys sheet, the status bar and the README's table are
//! all made from it.

mod lists;
mod marks;
mod moves;
mod review;
mod window;

use super::chord::Chord;
use super::command::Command;
use super::lists::Listing;
use crate::corpus::Schema;

/// Where a command's keys work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Scope {
    /// Everywhere, in a text field too.
    Anywhere,
    /// Where nothing is being typed.
    Window,
    /// While the article has the keyboard.
    Article,
    /// While the list below the article has it and shows this; there they go before the
    /// others.
    List(Listing),
}

impl Scope {
    /// The list that the keys are for, if they are for one.
    pub fn listing(self) -> Option<Listing> {
        match self {
            Self::List(listing) => Some(listing),
            Self::Anywhere | Self::Window | Self::Article => None,
        }
    }
}

/// The part of the keys sheet that a command stands in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Group {
    /// Tagging and changing annotations.
    Mark,
    /// Attributes, notes and what is to be discussed.
    Describe,
    /// Making and changing links.
    Link,
    /// Walking the annotations.
    Walk,
    /// Selecting text.
    Select,
    /// Finding, and deciding on what was found.
    Find,
    /// What the checks find.
    Check,
    /// Reviewing, comparing and measuring.
    Review,
    /// In the list of what annotators say.
    Settle,
    /// In the table of annotations.
    Table,
    /// Moving the caret.
    Move,
    /// Articles and their sets.
    Articles,
    /// Undo, saving, copying.
    Edit,
    /// The window.
    Window,
}

impl Group {
    /// All groups, in the order of the keys sheet.
    pub const ALL: [Self; 14] = [
        Self::Mark,
        Self::Describe,
        Self::Link,
        Self::Walk,
        Self::Select,
        Self::Find,
        Self::Check,
        Self::Review,
        Self::Settle,
        Self::Table,
        Self::Move,
        Self::Articles,
        Self::Edit,
        Self::Window,
    ];

    /// The heading on the keys sheet.
    pub fn title(self) -> &'static str {
        match self {
            Self::Mark => "Mark",
            Self::Describe => "Describe",
            Self::Link => "Link",
            Self::Walk => "Walk the annotations",
            Self::Select => "Select",
            Self::Find => "Find and tag everywhere",
            Self::Check => "Check",
            Self::Review => "Review and compare",
            Self::Settle => "In the list of differences",
            Self::Table => "In the table of annotations",
            Self::Move => "Move the caret",
            Self::Articles => "Articles",
            Self::Edit => "Undo and save",
            Self::Window => "Window",
        }
    }
}

/// One entry of the table.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// What it does when run.
    pub command: Command,
    /// What it is called in a file of keys: the title in small letters and hyphens.
    pub name: String,
    /// A few words, as on a menu.
    pub title: String,
    /// A sentence, as in a tooltip.
    pub help: String,
    /// The keys, the usual ones first; may be empty.
    pub keys: Vec<Chord>,
    /// Where the keys work.
    pub scope: Scope,
    /// Where it stands on the keys sheet.
    pub group: Group,
}

impl Entry {
    /// The title with the first key behind it, as a tooltip's first line.
    pub fn title_with_key(&self) -> String {
        self.keys
            .first()
            .map_or_else(|| self.title.clone(), |key| format!("{} ({key})", self.title))
    }
}

/// All commands of a project with this schema, in the order of the keys sheet.
pub fn table(schema: &Schema) -> Vec<Entry> {
    let mut entries = marks::tag_entries(schema);
    entries.extend(marks::mark_entries());
    entries.extend(marks::describe_entries(schema));
    entries.extend(marks::link_entries());
    entries.extend(moves::walk_entries());
    entries.extend(moves::select_entries());
    entries.extend(lists::find_entries());
    entries.extend(lists::check_entries());
    entries.extend(review::review_entries());
    entries.extend(review::case_entries());
    entries.extend(review::table_entries());
    entries.extend(moves::move_entries(false));
    entries.extend(moves::move_entries(true));
    entries.extend(window::article_entries());
    entries.extend(window::edit_entries());
    entries.extend(window::sheet_entries());
    entries.extend(window::window_entries());
    entries
}

pub(super) fn entry(
    group: Group,
    scope: Scope,
    command: Command,
    keys: &[Chord],
    title: &str,
    help: &str,
) -> Entry {
    let name = name_of(title);
    let (title, help) = (title.to_owned(), help.to_owned());
    Entry { command, name, title, help, keys: keys.to_vec(), scope, group }
}

/// A title in small letters, with hyphens between the words.
pub(super) fn name_of(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
}
