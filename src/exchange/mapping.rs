use std::collections::BTreeMap;

use serde::Deserialize;
use thiserror::Error;

/// What names become on import: other ones, or nothing.
#[derive(Clone, PartialEq, Eq, Default, Debug, Deserialize)]
#[serde(deny_unknown_fields, default, rename = "Map")]
pub struct Mapping {
    /// Labels; `None` drops the annotations.
    pub labels: BTreeMap<String, Option<String>>,
    /// Labels of relations; `None` drops the relations.
    pub relations: BTreeMap<String, Option<String>>,
    /// Names of attributes; `None` drops the values.
    pub attributes: BTreeMap<String, Option<String>>,
    /// Values, by the name that the attribute has in what is imported.
    pub values: BTreeMap<String, BTreeMap<String, Option<String>>>,
    /// Events of brat that stand for a relation between two of their roles.
    pub events: BTreeMap<String, EventMapping>,
}

/// The relation that an event stands for.
#[derive(Clone, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventMapping {
    /// The role of what the relation starts from.
    pub from: String,
    /// The role of what it leads to.
    pub to: String,
    /// The relation.
    pub relation: String,
}

/// Why a map cannot be used.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("line {line}: {words}")]
pub struct MappingError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub words: String,
}

const USUAL: &str = include_str!("../../assets/import-map.ron");

impl Mapping {
    /// What names become where nothing else is said: events that corpora of
    /// attribution have stand for the relation that they are.
    pub fn usual() -> Self {
        // A test reads it.
        Self::parse_alone(USUAL).unwrap_or_default()
    }

    /// Reads a map, for which the usual one stands in where it says nothing of events.
    ///
    /// ```ron
    /// (
    ///     labels: {"PER": "source", "MISC": None},
    ///     relations: {"said_by": "attributed-to"},
    ///     attributes: {"mode": "directness"},
    ///     values: {"mode": {"quoted": "direct"}},
    ///     events: {"Attribution": (from: "Content", to: "Source", relation: "attributed-to")},
    /// )
    /// ```
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn parse(content: &str) -> Result<Self, MappingError> {
        let mut map = Self::parse_alone(content)?;
        for (event, mapping) in Self::usual().events {
            map.events.entry(event).or_insert(mapping);
        }
        Ok(map)
    }

    fn parse_alone(content: &str) -> Result<Self, MappingError> {
        let options = ron::Options::default()
            .with_default_extension(ron::extensions::Extensions::IMPLICIT_SOME);
        options.from_str(content).map_err(|error| MappingError {
            line: error.span.start.line,
            words: error.code.to_string(),
        })
    }

    /// What a label becomes; `None` where it is dropped.
    pub fn label<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        becomes(&self.labels, name)
    }

    /// What a relation becomes.
    pub fn relation<'a>(&'a self, name: &'a str) -> Option<&'a str> {
        becomes(&self.relations, name)
    }

    /// What an attribute and its value become.
    pub fn attribute<'a>(&'a self, name: &'a str, value: &'a str) -> Option<(&'a str, &'a str)> {
        let values = self.values.get(name);
        let value = values.map_or(Some(value), |values| becomes(values, value))?;
        Some((becomes(&self.attributes, name)?, value))
    }
}

fn becomes<'a>(map: &'a BTreeMap<String, Option<String>>, name: &'a str) -> Option<&'a str> {
    map.get(name).map_or(Some(name), Option::as_deref)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_renames_drops_and_leaves_the_rest() {
        let map = r#"(labels: {"PER": "source", "MISC": None}, values: {"mode": {"a": "b"}})"#;
        let map = Mapping::parse(map).unwrap();
        assert_eq!(
            (map.label("PER"), map.label("MISC"), map.label("LOC")),
            (Some("source"), None, Some("LOC"))
        );
        assert_eq!(map.attribute("mode", "a"), Some(("mode", "b")));
        assert_eq!(map.events, Mapping::usual().events);
        assert!(!map.events.is_empty());
    }

    #[test]
    fn a_map_that_cannot_be_read_says_where() {
        assert_eq!(Mapping::parse("(\n  labels: 3,\n)").unwrap_err().line, 2);
    }
}
