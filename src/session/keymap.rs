use std::collections::HashMap;

use super::chord::Chord;
use super::command::Command;
use super::table::{Entry, table};
use crate::corpus::Schema;

/// The table of commands, and which command each key stands for.
#[derive(Clone, Debug)]
pub struct Keymap {
    entries: Vec<Entry>,
    by_chord: HashMap<Chord, usize>,
    by_command: HashMap<Command, usize>,
}

impl Keymap {
    /// The default keys for a schema.
    pub fn new(schema: &Schema) -> Self {
        let entries = table(schema);
        let mut by_chord = HashMap::new();
        let mut by_command = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_command.insert(entry.command, at);
            for chord in &entry.keys {
                by_chord.entry(*chord).or_insert(at);
            }
        }
        Self { entries, by_chord, by_command }
    }

    /// All entries, in the order of the keys sheet.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that a key stands for.
    pub fn entry_of_chord(&self, chord: Chord) -> Option<&Entry> {
        self.entries.get(*self.by_chord.get(&chord)?)
    }

    /// The entry of a command.
    pub fn entry(&self, command: Command) -> Option<&Entry> {
        self.entries.get(*self.by_command.get(&command)?)
    }

    /// The first key of a command, as it is shown.
    pub fn key(&self, command: Command) -> Option<Chord> {
        self.entry(command)?.keys.first().copied()
    }
}
