use std::sync::Arc;

use egui::{Color32, Stroke};

use crate::corpus::{Schema, Status};
use crate::review::Slice;
use crate::ui::theme::Palette;

/// One line of a page. All are of one height, so that a page of any length is drawn
/// without laying out what is not in view.
pub(super) enum Line {
    /// Starts a chart.
    Heading(String),
    /// Says something about it.
    Words(String),
    /// Says what colours stand for.
    Key(Vec<(&'static str, Ink)>),
    /// One bar of it.
    Bar(Box<Bar>),
}

impl Line {
    /// Characters of what stands before the bar, if it is one.
    pub(super) fn name_length(&self) -> usize {
        self.bar().map_or(0, |bar| bar.name.chars().count())
    }

    /// Characters of the figures behind the bar, if it is one.
    pub(super) fn value_length(&self) -> usize {
        self.bar().map_or(0, |bar| bar.value.chars().count())
    }

    fn bar(&self) -> Option<&Bar> {
        match self {
            Self::Bar(bar) => Some(bar),
            Self::Heading(_) | Self::Words(_) | Self::Key(_) => None,
        }
    }
}

/// One bar, and what it counts.
pub(super) struct Bar {
    /// What stands before it.
    pub(super) name: String,
    /// Its parts from the left, as shares of the length of the chart.
    pub(super) parts: Vec<(f64, Ink)>,
    /// What stands behind it.
    pub(super) value: String,
    /// All of it in words.
    pub(super) spoken: String,
    /// What is listed when it is pressed.
    pub(super) slice: Slice,
}

/// What a colour stands for.
#[derive(Clone)]
pub(super) enum Ink {
    Label(Arc<str>),
    Relation(Arc<str>),
    Status(Status),
    Plain,
}

impl Ink {
    /// The colour of it, and of its edge.
    pub(super) fn look(&self, colours: &Palette, schema: &Schema) -> (Color32, Stroke) {
        match self {
            Self::Label(label) => (colours.label(schema, label).colour, Stroke::NONE),
            Self::Relation(relation) => (colours.relation(schema, relation), Stroke::NONE),
            Self::Status(status) => colours.status(*status),
            Self::Plain => (colours.found, Stroke::NONE),
        }
    }
}
