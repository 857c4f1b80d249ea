use std::collections::{BTreeSet, HashMap};

use super::chord::Chord;
use super::command::Command;
use super::presets::preset;
use super::table::{Entry, Scope, table};
use crate::corpus::Schema;
use crate::storage::KeyDifferences;

/// The table of commands, and which command each key stands for.
#[derive(Clone, Debug)]
pub struct Keymap {
    entries: Vec<Entry>,
    by_chord: HashMap<(bool, Chord), usize>,
    by_command: HashMap<Command, usize>,
    hint_letters: Vec<char>,
}

impl Keymap {
    /// The keys for a schema, as a person has them.
    ///
    /// A key that was given to one command is no other's; of two that come with
    /// the same key, the schema's goes before the table's.
    pub fn new(schema: &Schema, differences: &KeyDifferences) -> Self {
        let mut entries = table(schema);
        let preset = preset(&differences.preset);
        let mut given: BTreeSet<(bool, Chord)> = BTreeSet::new();
        let mut is_own = vec![false; entries.len()];
        for (entry, is_own) in entries.iter_mut().zip(&mut is_own) {
            let own = differences.keys.get(&entry.name);
            let of_preset = || {
                let keys = preset.keys.iter().find(|(name, _)| *name == entry.name)?.1;
                Some(keys.iter().map(|key| (*key).to_owned()).collect::<Vec<String>>())
            };
            if let Command::Tag(index) = entry.command
                && preset.far_digits
            {
                let far = ["7", "8", "9", "0"].get(index).copied();
                entry.keys.extend(far.map(Chord::plain));
            }
            let Some(keys) = own.cloned().or_else(of_preset) else { continue };
            entry.keys = keys.iter().filter_map(|key| Chord::parse(key)).collect();
            entry.keys.retain(|chord| given.insert((entry.scope == Scope::List, *chord)));
            *is_own = true;
        }
        for (entry, is_own) in entries.iter_mut().zip(is_own) {
            if !is_own {
                entry.keys.retain(|chord| given.insert((entry.scope == Scope::List, *chord)));
            }
        }
        let mut by_chord = HashMap::new();
        let mut by_command = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_command.insert(entry.command, at);
            for chord in &entry.keys {
                by_chord.insert((entry.scope == Scope::List, *chord), at);
            }
        }
        // A label's key must mean the label while hints are typed.
        let of_labels: Vec<char> = schema.labels().iter().filter_map(|label| label.key).collect();
        let hint_letters = preset.letters.chars().filter(|c| !of_labels.contains(c)).collect();
        Self { entries, by_chord, by_command, hint_letters }
    }

    /// All entries, in the order of the keys sheet.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that a key stands for, other than in the list below the article.
    pub fn entry_of_chord(&self, chord: Chord) -> Option<&Entry> {
        self.entries.get(*self.by_chord.get(&(false, chord))?)
    }

    /// The entry that a key stands for in the list below the article, where it
    /// means something else there.
    pub fn entry_in_list(&self, chord: Chord) -> Option<&Entry> {
        self.entries.get(*self.by_chord.get(&(true, chord))?)
    }

    /// The entry of a command.
    pub fn entry(&self, command: Command) -> Option<&Entry> {
        self.entries.get(*self.by_command.get(&command)?)
    }

    /// The first key of a command, as it is shown.
    pub fn key(&self, command: Command) -> Option<Chord> {
        self.entry(command)?.keys.first().copied()
    }

    /// The letters of hints, those first that are to be used first.
    pub(super) fn hint_letters(&self) -> Vec<char> {
        self.hint_letters.clone()
    }
}
