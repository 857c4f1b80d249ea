//! Everything that can be done or gone to, found by a few of its letters.

use std::cmp::Reverse;

use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

use super::command::{Command, Motion};
use super::state::Session;
use crate::corpus::DocumentPath;

/// The most documents that are offered.
const DOCUMENTS: usize = 50;

/// What was typed into the palette, and what fits.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Palette {
    /// What was typed.
    pub typed: String,
    /// What fits, the best first.
    pub offers: Vec<Offer>,
    /// The offer that Enter takes.
    pub at: usize,
}

/// Something that the palette offers.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Offer {
    /// A command, labels among them.
    Command(Command),
    /// A document to open.
    Document(DocumentPath),
}

impl Session {
    /// Takes over what was typed into the palette.
    pub(super) fn search_palette(&mut self, typed: String) {
        let offers =
            if typed.trim().is_empty() { self.all_commands() } else { self.fitting(&typed) };
        self.palette = Palette { typed, offers, at: 0 };
    }

    /// What the palette offers now.
    pub fn palette(&self) -> &Palette {
        &self.palette
    }

    pub(super) fn move_in_palette(&mut self, to: usize) {
        self.palette.at = to.min(self.palette.offers.len().saturating_sub(1));
    }

    /// Does what the palette offers at a place.
    pub(super) fn take_offer(&mut self, at: usize) {
        let Some(offer) = self.palette.offers.get(at).cloned() else { return };
        self.close_dialog();
        match offer {
            Offer::Command(command) => self.run(command),
            Offer::Document(document) => {
                // What one goes to is in the list, too.
                if self.documents.shown_position(&document).is_none() {
                    self.documents.set_filter(String::new());
                }
                self.open_document(document);
            }
        }
    }

    /// What can be done now first, all in the order of the keys sheet.
    fn all_commands(&self) -> Vec<Offer> {
        let commands = self.palette_commands();
        let (can, cannot): (Vec<Command>, Vec<Command>) =
            commands.partition(|command| self.available(*command).is_ok());
        can.into_iter().chain(cannot).map(Offer::Command).collect()
    }

    /// All commands but those that only arrow keys make sense for.
    fn palette_commands(&self) -> impl Iterator<Item = Command> {
        let commands = self.keymap.entries().iter().map(|entry| entry.command);
        commands.filter(|command| {
            let by_arrows = matches!(command, Command::Move { extend: true, .. })
                || matches!(command, Command::Move { motion: Motion::Layout(_), .. });
            !by_arrows && *command != Command::Palette
        })
    }

    fn fitting(&self, typed: &str) -> Vec<Offer> {
        let pattern = Pattern::parse(typed, CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut buffer = Vec::new();
        let mut score = |pattern: &Pattern, words: &str| {
            pattern.score(Utf32Str::new(words, &mut buffer), &mut matcher)
        };
        // The best score first, of the same what can be done now, then the first in its order.
        let rank = |score, cannot: bool, at: usize| (Reverse(score), cannot, at);
        let mut found = Vec::new();
        for (at, command) in self.palette_commands().enumerate() {
            let title = self.title_now(command);
            if let Some(score) = score(&pattern, &title) {
                // Of what fits as well, a command is what is meant more often, if it can be done;
                // and who types the beginning of a name means that one.
                let cannot = self.available(command).is_err();
                let begins = title.to_lowercase().starts_with(&typed.to_lowercase());
                let score = score + if cannot { 0 } else { 16 } + if begins { 32 } else { 0 };
                found.push((rank(score, cannot, at), Offer::Command(command)));
            }
        }
        // Words that stand in a name, folded as the letters are.
        let (ignore, smart) = (CaseMatching::Ignore, Normalization::Smart);
        let whole = Pattern::new(typed, ignore, smart, AtomKind::Substring);
        let (mut documents, mut scattered) = (Vec::new(), Vec::new());
        for (at, row) in self.documents.rows().iter().enumerate() {
            let names = [row.title(), row.path.as_str()];
            let best = names.into_iter().filter_map(|name| score(&pattern, name)).max();
            let Some(best) = best else { continue };
            let offer = (rank(best + 8, false, at), Offer::Document(row.path.clone()));
            // In a long title there are letters for almost anything.
            let is_there = names.into_iter().any(|name| score(&whole, name).is_some());
            if is_there { &mut documents } else { &mut scattered }.push(offer);
        }
        if documents.is_empty() && found.is_empty() {
            documents = scattered;
        }
        documents.sort_by_key(|(rank, _)| *rank);
        documents.truncate(DOCUMENTS);
        found.extend(documents);
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, offer)| offer).collect()
    }
}
