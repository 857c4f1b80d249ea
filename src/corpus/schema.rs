use std::sync::Arc;

/// A colour on the screen: red, green and blue, 0 to 255 each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// How the line under a highlight is drawn, so that colour is never the only sign.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinePattern {
    /// One unbroken line.
    Solid,
    /// Long dashes.
    Dashes,
    /// Short dashes.
    ShortDashes,
    /// Dots.
    Dots,
}

/// One label that an annotation can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelDefinition {
    /// As it is written in files, such as `claim`.
    pub name: Arc<str>,
    /// As it is shown, such as `Claim`.
    pub title: String,
    /// The key that tags with it.
    pub key: char,
    /// What it is for, in a sentence.
    pub help: String,
    /// The colour on a light page.
    pub light: Rgb,
    /// The colour on a dark page.
    pub dark: Rgb,
    /// The line under its highlights.
    pub line: LinePattern,
}

/// The labels of a project, in the order in which they are shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Schema {
    labels: Vec<LabelDefinition>,
}

impl Schema {
    /// A schema of these labels.
    #[must_use]
    pub fn new(labels: Vec<LabelDefinition>) -> Self {
        Self { labels }
    }

    /// The labels, in order.
    #[must_use]
    pub fn labels(&self) -> &[LabelDefinition] {
        &self.labels
    }

    /// The label at `index`.
    #[must_use]
    pub fn label_at(&self, index: usize) -> Option<&LabelDefinition> {
        self.labels.get(index)
    }

    /// The label called `name`, if the schema has it.
    #[must_use]
    pub fn label(&self, name: &str) -> Option<&LabelDefinition> {
        self.labels.iter().find(|label| &*label.name == name)
    }
}
