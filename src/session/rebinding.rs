//! Changing keys.

use super::chord::Chord;
use super::command::Command;
use super::kept::Kept;
use super::keymap::Keymap;
use super::lists::Listing;
use super::presets::preset;
use super::state::Session;
use super::table::Entry;
use crate::storage::{KeyDifferences, Problem};

impl Session {
    /// How the person's keys differ from the usual ones.
    pub fn key_differences(&self) -> &KeyDifferences {
        &self.differences
    }

    /// The command that has a chord already where this one would have it.
    pub fn holder_of(&self, chord: Chord, command: Command) -> Option<Command> {
        let entry = match self.keymap.entry(command)?.scope.listing() {
            Some(listing) => self.keymap.entry_in_list(listing, chord),
            None => self.keymap.entry_of_chord(chord),
        };
        entry.map(|entry| entry.command).filter(|holder| *holder != command)
    }

    /// Gives a command these keys; with `None`, its usual ones. Another that has
    /// one of them loses it.
    pub(super) fn set_keys(&mut self, command: Command, keys: Option<Vec<Chord>>) {
        let Some(entry) = self.keymap.entry(command) else { return };
        let (name, title, freed) = (entry.name.clone(), entry.title.clone(), entry.keys.clone());
        let listing = entry.scope.listing();
        let losers: Vec<(String, Vec<String>)> = keys
            .iter()
            .flatten()
            .filter_map(|chord| self.holder_of(*chord, command))
            .filter_map(|holder| {
                let entry = self.keymap.entry(holder)?;
                let kept =
                    entry.keys.iter().filter(|key| !keys.iter().flatten().any(|k| k == *key));
                Some((entry.name.clone(), kept.map(Chord::written).collect()))
            })
            .collect();
        self.differences.keys.extend(losers);
        self.differences.keys.remove(&name);
        if let Some(keys) = keys {
            let usual = Keymap::usual_keys(&self.schema, &self.differences, command);
            // What is as usual is no difference.
            if keys != usual {
                let written = keys.iter().map(Chord::written).collect();
                self.differences.keys.insert(name, written);
            }
        } else {
            self.give_back(&freed, listing);
        }
        self.rebuild_keymap();
        let now = self.keymap.key(command).map(|key| key.to_string());
        self.say(match now {
            Some(key) => format!("“{title}” has the key {key}"),
            None => format!("“{title}” has no key"),
        });
        self.keep_keys();
    }

    /// Gives commands back what they had lost of their usual keys to one that has it no more. One
    /// that has a key of the person's choice keeps that alone.
    fn give_back(&mut self, freed: &[Chord], listing: Option<Listing>) {
        let same_place = |entry: &&Entry| entry.scope.listing() == listing;
        for entry in self.keymap.entries().iter().filter(same_place) {
            let Some(keys) = self.differences.keys.get(&entry.name) else { continue };
            let usual = Keymap::usual_keys(&self.schema, &self.differences, entry.command);
            let is_lost = |key: &Chord| freed.contains(key) && !keys.contains(&key.written());
            if !usual.iter().any(is_lost) || entry.keys.iter().any(|key| !usual.contains(key)) {
                continue;
            }
            let has = |key: &&Chord| freed.contains(key) || entry.keys.contains(key);
            let now: Vec<String> = usual.iter().filter(has).map(Chord::written).collect();
            if now.len() == usual.len() {
                self.differences.keys.remove(&entry.name);
            } else {
                self.differences.keys.insert(entry.name.clone(), now);
            }
        }
    }

    /// Starts from another set of keys; what was changed by hand stays.
    pub(super) fn use_preset(&mut self, name: &str) {
        preset(name).name.clone_into(&mut self.differences.preset);
        self.keep_keys();
    }

    /// Goes back to the keys of the preset.
    pub(super) fn reset_keys(&mut self) {
        self.differences.keys.clear();
        self.keep_keys();
    }

    /// Takes over the keys that a person has, as they were read.
    pub(super) fn take_keys(&mut self, differences: KeyDifferences, problem: Option<Problem>) {
        self.keys_problem = problem;
        self.differences = differences;
        self.rebuild_keymap();
    }

    /// What keeps the person's own keys from being used.
    pub fn keys_problem(&self) -> Option<&Problem> {
        self.keys_problem.as_ref()
    }

    pub(super) fn rebuild_keymap(&mut self) {
        self.keymap = Keymap::new(&self.schema, &self.differences);
    }

    fn keep_keys(&mut self) {
        self.rebuild_keymap();
        match &self.keys_problem {
            // What cannot be read is not written over.
            Some(problem) => self.warn(format!("These keys hold until you quit. {problem}")),
            None => self.keep(&Kept::Keys),
        }
    }
}
