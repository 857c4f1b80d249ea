use std::collections::HashSet;
use std::path::Path;

use serde::Deserialize;

use super::record::{FORMAT, not_ron};
use super::{Problem, ProblemKind, Project};
use crate::corpus::{LabelDefinition, LinePattern, Rgb, Schema};

const BUILT_IN: &str = include_str!("../../assets/schema.ron");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemaRecord {
    format: u32,
    labels: Vec<LabelRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRecord {
    name: String,
    title: String,
    key: char,
    #[serde(default)]
    help: String,
    light: String,
    dark: String,
    line: LineRecord,
}

#[derive(Deserialize)]
enum LineRecord {
    Solid,
    Dashes,
    ShortDashes,
    Dots,
}

/// The schema that a project without its own has.
///
/// # Panics
/// Never: a test reads it.
pub fn built_in_schema() -> Schema {
    read(BUILT_IN, Path::new("schema.ron")).unwrap_or_else(|_| Schema::new(Vec::new()))
}

/// A project's schema: its own `annotations/schema.ron` or the built-in one.
///
/// One that cannot be read is a problem, and the built-in one serves meanwhile.
pub fn load_schema(project: &Project) -> (Schema, Option<Problem>) {
    let file = project.annotations().join("schema.ron");
    let content = match std::fs::read_to_string(&file) {
        Ok(content) => content,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return (built_in_schema(), None);
        }
        Err(error) => return (built_in_schema(), Some(Problem::unreadable(&file, &error))),
    };
    match read(&content, &file) {
        Ok(schema) => (schema, None),
        Err(problem) => (built_in_schema(), Some(problem)),
    }
}

fn read(content: &str, file: &Path) -> Result<Schema, Problem> {
    let record: SchemaRecord = ron::from_str(content).map_err(|error| not_ron(file, &error))?;
    if record.format > FORMAT {
        let kind = ProblemKind::NewerFormat { found: record.format, known: FORMAT };
        return Err(Problem::new(file, kind));
    }
    let mut names = HashSet::new();
    let mut keys = HashSet::new();
    let mut labels = Vec::new();
    for label in record.labels {
        let label =
            label_of(label).map_err(|words| Problem::new(file, ProblemKind::SchemaUnfit(words)))?;
        let clash = if !names.insert(label.name.clone()) {
            format!("two labels are called \"{}\"", label.name)
        } else if !keys.insert(label.key) {
            format!("two labels have the key {}", label.key)
        } else {
            labels.push(label);
            continue;
        };
        return Err(Problem::new(file, ProblemKind::SchemaUnfit(clash)));
    }
    Ok(Schema::new(labels))
}

fn label_of(record: LabelRecord) -> Result<LabelDefinition, String> {
    if record.name.trim().is_empty() {
        return Err("a label has no name".to_owned());
    }
    if !record.key.is_ascii_digit() {
        return Err(format!("the key of \"{}\" is not a digit", record.name));
    }
    Ok(LabelDefinition {
        name: record.name.into(),
        title: record.title,
        key: record.key,
        help: record.help,
        light: colour(&record.light)?,
        dark: colour(&record.dark)?,
        line: match record.line {
            LineRecord::Solid => LinePattern::Solid,
            LineRecord::Dashes => LinePattern::Dashes,
            LineRecord::ShortDashes => LinePattern::ShortDashes,
            LineRecord::Dots => LinePattern::Dots,
        },
    })
}

/// A colour written as `#2f6db5`.
fn colour(hex: &str) -> Result<Rgb, String> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii());
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let number = number.ok_or_else(|| format!("\"{hex}\" is not a colour such as #2f6db5"))?;
    let [_, red, green, blue] = number.to_be_bytes();
    Ok(Rgb(red, green, blue))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_schema_has_the_four_labels_of_the_scheme() {
        let read = read(BUILT_IN, Path::new("schema.ron")).unwrap();
        let labels: Vec<_> = read.labels().iter().map(|l| (l.key, &*l.name)).collect();
        assert_eq!(labels, [('1', "claim"), ('2', "source"), ('3', "denial"), ('4', "location")]);
    }
}
