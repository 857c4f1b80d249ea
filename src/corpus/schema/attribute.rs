use std::sync::Arc;

/// A closed list of values that annotations with certain labels have one of.
///
/// Two definitions may share a name where they are for different labels: the
/// `kind` of a source is not the `kind` of a location.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AttributeDefinition {
    /// As it is written in files, such as `directness`.
    pub name: Arc<str>,
    /// As it is shown, such as `Directness`.
    pub title: String,
    /// The key that goes to the next value: a small letter or a digit.
    pub key: Option<char>,
    /// The labels of the annotations that have it.
    pub on: Vec<Arc<str>>,
    /// The values, at least two; the first is the default, which is not stored.
    pub values: Vec<Arc<str>>,
}

impl AttributeDefinition {
    /// Whether annotations with this label have the attribute.
    #[must_use]
    pub fn is_on(&self, label: &str) -> bool {
        self.on.iter().any(|name| **name == *label)
    }

    /// The value that an annotation has which stores none.
    #[must_use]
    pub fn default_value(&self) -> &str {
        self.values.first().map_or("", |value| value)
    }
}
