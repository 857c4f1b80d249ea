use std::collections::{BTreeSet, HashMap};

use super::chord::Chord;
use super::command::Command;
use super::lists::Listing;
use super::presets::{Preset, preset};
use super::table::{Entry, table};
use crate::corpus::Schema;
use crate::storage::KeyDifferences;

/// The table of commands, and which command each key stands for.
#[derive(Clone, Debug)]
pub struct Keymap {
    entries: Vec<Entry>,
    by_chord: HashMap<(Option<Listing>, Chord), usize>,
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
        let parsed = |keys: &[String]| -> Vec<Chord> {
            keys.iter().filter_map(|key| Chord::parse(key)).collect()
        };
        let of_schema: Vec<char> = schema_keys(schema).collect();
        // Whose keys go first: the person's own, the preset's, the others.
        let mut ranked: Vec<(usize, usize)> = Vec::new();
        for (at, entry) in entries.iter_mut().enumerate() {
            let of_preset = preset.keys.iter().find(|(name, _)| *name == entry.name);
            let rank = if let Some(keys) = differences.keys.get(&entry.name) {
                entry.keys = parsed(keys);
                0
            } else if let Some((_, keys)) = of_preset {
                entry.keys = keys.iter().filter_map(|key| Chord::parse(key)).collect();
                1
            } else {
                entry.keys.extend(far_digit(preset, entry.command, &of_schema));
                2
            };
            ranked.push((rank, at));
        }
        ranked.sort_unstable();
        let mut given: BTreeSet<(Option<Listing>, Chord)> = BTreeSet::new();
        for (_, at) in ranked {
            let Some(entry) = entries.get_mut(at) else { continue };
            let listing = entry.scope.listing();
            entry.keys.retain(|chord| given.insert((listing, *chord)));
        }
        let mut by_chord = HashMap::new();
        let mut by_command = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            by_command.insert(entry.command, at);
            for chord in &entry.keys {
                by_chord.insert((entry.scope.listing(), *chord), at);
            }
        }
        // A label's key must mean the label while hints are typed.
        let of_labels: Vec<char> = schema.labels().iter().filter_map(|label| label.key).collect();
        let hint_letters = preset.letters.chars().filter(|c| !of_labels.contains(c)).collect();
        Self { entries, by_chord, by_command, hint_letters }
    }

    /// The keys of a command as they would be without the person's own.
    pub(super) fn usual_keys(
        schema: &Schema,
        differences: &KeyDifferences,
        command: Command,
    ) -> Vec<Chord> {
        let preset = differences.preset.clone();
        let usual = Self::new(schema, &KeyDifferences { preset, ..KeyDifferences::default() });
        usual.entry(command).map(|entry| entry.keys.clone()).unwrap_or_default()
    }

    /// All entries, in the order of the keys sheet.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry that a key stands for, other than in the list below the article.
    pub fn entry_of_chord(&self, chord: Chord) -> Option<&Entry> {
        self.entries.get(*self.by_chord.get(&(None, chord))?)
    }

    /// The entry that a key stands for while the list below the article shows this,
    /// where it means something else there.
    pub fn entry_in_list(&self, listing: Listing, chord: Chord) -> Option<&Entry> {
        self.entries.get(*self.by_chord.get(&(Some(listing), chord))?)
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

/// The keys that a schema gives to labels and attributes.
fn schema_keys(schema: &Schema) -> impl Iterator<Item = char> + '_ {
    let labels = schema.labels().iter().filter_map(|label| label.key);
    labels.chain(schema.attributes().iter().filter_map(|attribute| attribute.key))
}

/// The second key of one of the first four labels, in a preset that has these.
fn far_digit(preset: &Preset, command: Command, taken: &[char]) -> Option<Chord> {
    let Command::Tag(index) = command else { return None };
    let digit = ["7", "8", "9", "0"].into_iter().nth(index).filter(|_| preset.far_digits)?;
    let free = !taken.iter().any(|key| digit.starts_with(*key));
    free.then_some(Chord::plain(digit))
}
