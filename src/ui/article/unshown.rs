//! Letters that no font has, so that boxes stand for them.

use std::ops::Range;

use egui::Context;
use foldhash::HashSet;

use crate::text::{Offset, Text};
use crate::ui::fonts::{READING, serif};

/// How many of them are named.
const NAMED: usize = 3;

/// What is known of them in the article that is read.
#[derive(Default)]
pub(super) struct Unshown {
    text: Option<Text>,
    /// What was on the screen when it was last looked at.
    seen: Vec<Range<Offset>>,
    looked_at: HashSet<char>,
    is_said: bool,
}

impl Unshown {
    /// Looks at what is on the screen. The first of an article's letters that no font has
    /// are returned once, by their numbers in Unicode: they cannot be shown in what is said of them.
    pub(super) fn look(
        &mut self,
        context: &Context,
        text: &Text,
        visible: &[Range<Offset>],
    ) -> Option<String> {
        if self.text.as_ref() != Some(text) {
            *self = Self { text: Some(text.clone()), ..Self::default() };
        }
        if self.is_said || self.seen == visible {
            return None;
        }
        self.seen = visible.to_vec();
        let letters = visible.iter().flat_map(|range| text.slice(range.clone()).chars());
        let new = letters.filter(|c| !c.is_ascii() && c.is_alphanumeric());
        let new = new.filter(|c| self.looked_at.insert(*c));
        let font = serif(READING);
        let missing: Vec<char> = context
            .fonts_mut(|fonts| new.filter(|c| !fonts.has_glyph(&font, *c)).take(NAMED).collect());
        let named: Vec<String> =
            missing.iter().map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        self.is_said = !named.is_empty();
        self.is_said.then(|| named.join(", "))
    }
}
