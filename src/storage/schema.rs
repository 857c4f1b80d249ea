use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Deserialize;

use super::canonical::{joined, line, list, quoted};
use super::guarded::{GuardedFile, SaveError};
use super::record::{FORMAT, format_of, not_ron};
use super::{Problem, ProblemKind, Project};
use crate::corpus::{
    AttributeDefinition, Check, LabelDefinition, LinePattern, RelationDefinition, Rgb, Schema,
};

const BUILT_IN: &str = include_str!("../../assets/schema.ron");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SchemaRecord {
    #[expect(dead_code, reason = "read before, named here to be allowed")]
    format: u32,
    labels: Vec<LabelRecord>,
    #[serde(default)]
    relations: Vec<RelationRecord>,
    #[serde(default)]
    attributes: Vec<AttributeRecord>,
    #[serde(default)]
    checks: Vec<CheckRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LabelRecord {
    name: String,
    title: String,
    #[serde(default)]
    key: Key,
    #[serde(default)]
    help: String,
    light: String,
    dark: String,
    line: LineRecord,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RelationRecord {
    name: String,
    title: String,
    #[serde(default)]
    help: String,
    from: Vec<String>,
    to: Vec<String>,
    light: String,
    dark: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributeRecord {
    name: String,
    title: String,
    #[serde(default)]
    key: Key,
    on: Vec<String>,
    values: Vec<String>,
}

/// A key as it stands in the file: `key: 'd'`, or left out.
#[derive(Default, Deserialize)]
#[serde(from = "char")]
struct Key(Option<char>);

impl From<char> for Key {
    fn from(key: char) -> Self {
        Self(Some(key))
    }
}

#[derive(Deserialize)]
enum LineRecord {
    Solid,
    Dashes,
    ShortDashes,
    Dots,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
enum CheckRecord {
    RelationOrValue { label: String, relation: String, attribute: String, value: String },
    Relation { label: String, relation: String },
    Linked { label: String },
    RelationEnds,
    NoCycle { relation: String },
    CleanEdges,
    SameLabel,
    EveryOccurrence { label: String },
}

/// The schema that a project without its own has.
///
/// # Panics
/// Never: a test reads it.
pub fn built_in_schema() -> Schema {
    read(BUILT_IN, Path::new("schema.ron")).unwrap_or_default()
}

/// The file of a project's own schema, and what is known of its content.
#[derive(Clone, Debug)]
pub struct SchemaStore(GuardedFile);

impl SchemaStore {
    /// Reads a project's schema: its own `annotations/schema.ron`, or the
    /// built-in one. One that cannot be read is a problem, is never written over,
    /// and the built-in one serves meanwhile.
    pub fn load(project: &Project) -> (Self, Schema, Option<Problem>) {
        let (file, schema) =
            GuardedFile::load(project, Self::file(project), |content, file| match content {
                Some(content) => read(content, file),
                None => Ok(built_in_schema()),
            });
        match schema {
            Ok(schema) => (Self(file), schema, None),
            Err(problem) => (Self(file), built_in_schema(), Some(problem)),
        }
    }

    /// What was told by [`Self::refresh`] was taken in, and may be written over.
    pub fn accept(&mut self) {
        self.0.accept();
    }

    /// Reads the file again where another program has changed it; `None` where none has.
    /// It is not written over before [`Self::accept`].
    pub fn refresh(&mut self) -> Option<Result<Schema, Problem>> {
        self.0.refresh(|content, file| match content {
            Some(content) => read(content, file),
            None => Ok(built_in_schema()),
        })
    }

    /// Writes the schema as the project's own and returns when it is on the disk.
    ///
    /// # Errors
    /// When the file could not be written or must not be.
    pub fn save(&mut self, schema: &Schema) -> Result<(), SaveError> {
        self.0.save(schema, &write(schema), read)
    }

    /// The content of a file with this schema; `None` for the built-in one, which needs none.
    pub fn content(schema: &Schema) -> Option<String> {
        (*schema != built_in_schema()).then(|| write(schema))
    }

    /// A schema as a file has it, the built-in one too.
    pub fn text(schema: &Schema) -> String {
        write(schema)
    }

    /// The schema that a text of [`Self::text`] is; `None` where it is none.
    pub fn of_text(text: &str) -> Option<Schema> {
        read(text, Path::new("schema.ron")).ok()
    }

    /// The schema that a file's content is; `file` is named where it is none.
    ///
    /// # Errors
    /// When the content is not one.
    pub fn parse(content: &str, file: &Path) -> Result<Schema, Problem> {
        read(content, file)
    }

    /// Gives a project that has none a schema of its own, from a file's content.
    ///
    /// # Errors
    /// When it has one, or the content is not one, or it could not be written.
    pub fn adopt(project: &Project, content: &str) -> Result<Schema, Problem> {
        let file = Self::file(project);
        let schema = read(content, &file)?;
        super::atomic::create(project.files(), &file, content.as_bytes()).map_err(|error| {
            Problem::new(&file, ProblemKind::Unwritable(super::problem::plain_words(&error)))
        })?;
        Ok(schema)
    }

    /// Where a project's own schema lies.
    pub fn file(project: &Project) -> PathBuf {
        project.annotations().join("schema.ron")
    }

    /// As [`super::SetStore::set_aside`].
    ///
    /// # Errors
    /// When it could not be renamed, or is not to be.
    pub fn set_aside(&mut self) -> Result<PathBuf, SaveError> {
        self.0.set_aside()
    }
}

fn read(content: &str, file: &Path) -> Result<Schema, Problem> {
    format_of(content, file)?;
    let record: SchemaRecord = ron::from_str(content).map_err(|error| not_ron(file, &error))?;
    let fail = |kind| Problem::new(file, kind);
    let labels = record.labels.into_iter().map(label_of).collect::<Result<_, _>>().map_err(fail)?;
    let relations = record.relations.into_iter().map(relation_of).collect::<Result<_, _>>();
    let attributes = record.attributes.into_iter().map(attribute_of).collect();
    let checks = record.checks.into_iter().map(check_of).collect();
    Schema::assemble(labels, relations.map_err(fail)?, attributes, checks)
        .map_err(|error| fail(error.into()))
}

fn label_of(record: LabelRecord) -> Result<LabelDefinition, ProblemKind> {
    Ok(LabelDefinition {
        name: record.name.into(),
        title: record.title,
        key: record.key.0,
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

fn relation_of(record: RelationRecord) -> Result<RelationDefinition, ProblemKind> {
    Ok(RelationDefinition {
        name: record.name.into(),
        title: record.title,
        help: record.help,
        from: names(record.from),
        to: names(record.to),
        light: colour(&record.light)?,
        dark: colour(&record.dark)?,
    })
}

fn attribute_of(record: AttributeRecord) -> AttributeDefinition {
    AttributeDefinition {
        name: record.name.into(),
        title: record.title,
        key: record.key.0,
        on: names(record.on),
        values: names(record.values),
    }
}

fn check_of(record: CheckRecord) -> Check {
    match record {
        CheckRecord::RelationOrValue { label, relation, attribute, value } => {
            Check::RelationOrValue {
                label: label.into(),
                relation: relation.into(),
                attribute: attribute.into(),
                value: value.into(),
            }
        }
        CheckRecord::Relation { label, relation } => {
            Check::Relation { label: label.into(), relation: relation.into() }
        }
        CheckRecord::Linked { label } => Check::Linked { label: label.into() },
        CheckRecord::RelationEnds => Check::RelationEnds,
        CheckRecord::NoCycle { relation } => Check::NoCycle { relation: relation.into() },
        CheckRecord::CleanEdges => Check::CleanEdges,
        CheckRecord::SameLabel => Check::SameLabel,
        CheckRecord::EveryOccurrence { label } => Check::EveryOccurrence { label: label.into() },
    }
}

fn names(names: Vec<String>) -> Vec<Arc<str>> {
    names.into_iter().map(Arc::from).collect()
}

/// A colour written as `#2f6db5`.
fn colour(hex: &str) -> Result<Rgb, ProblemKind> {
    Rgb::from_hex(hex).ok_or_else(|| ProblemKind::ColourUnfit(hex.to_owned()))
}

fn write(schema: &Schema) -> String {
    let mut out = String::from("(\n");
    line(&mut out, &format!("format: {FORMAT},"));
    if schema.labels().is_empty() {
        line(&mut out, "labels: [],");
    }
    list(&mut out, "labels", schema.labels().iter().map(label_entry));
    list(&mut out, "relations", schema.relations().iter().map(relation_entry));
    list(&mut out, "attributes", schema.attributes().iter().map(attribute_entry));
    list(&mut out, "checks", schema.checks().iter().map(check_entry));
    out.push_str(")\n");
    out
}

fn label_entry(label: &LabelDefinition) -> String {
    let mut fields = vec![named("name", &label.name), named("title", &label.title)];
    fields.extend(label.key.map(key_field));
    fields.push(named("light", &label.light.to_hex()));
    fields.push(named("dark", &label.dark.to_hex()));
    fields.push(format!(
        "line: {}",
        match label.line {
            LinePattern::Solid => "Solid",
            LinePattern::Dashes => "Dashes",
            LinePattern::ShortDashes => "ShortDashes",
            LinePattern::Dots => "Dots",
        }
    ));
    fields.extend(help_field(&label.help));
    format!("({})", fields.join(", "))
}

fn relation_entry(relation: &RelationDefinition) -> String {
    let mut fields = vec![
        named("name", &relation.name),
        named("title", &relation.title),
        names_field("from", &relation.from),
        names_field("to", &relation.to),
        named("light", &relation.light.to_hex()),
        named("dark", &relation.dark.to_hex()),
    ];
    fields.extend(help_field(&relation.help));
    format!("({})", fields.join(", "))
}

fn attribute_entry(attribute: &AttributeDefinition) -> String {
    let mut fields = vec![named("name", &attribute.name), named("title", &attribute.title)];
    fields.extend(attribute.key.map(key_field));
    fields.push(names_field("on", &attribute.on));
    fields.push(names_field("values", &attribute.values));
    format!("({})", fields.join(", "))
}

fn check_entry(check: &Check) -> String {
    match check {
        Check::RelationOrValue { label, relation, attribute, value } => format!(
            "RelationOrValue({}, {}, {}, {})",
            named("label", label),
            named("relation", relation),
            named("attribute", attribute),
            named("value", value),
        ),
        Check::Relation { label, relation } => {
            format!("Relation({}, {})", named("label", label), named("relation", relation))
        }
        Check::Linked { label } => format!("Linked({})", named("label", label)),
        Check::RelationEnds => "RelationEnds".to_owned(),
        Check::NoCycle { relation } => format!("NoCycle({})", named("relation", relation)),
        Check::CleanEdges => "CleanEdges".to_owned(),
        Check::SameLabel => "SameLabel".to_owned(),
        Check::EveryOccurrence { label } => format!("EveryOccurrence({})", named("label", label)),
    }
}

fn named(field: &str, value: &str) -> String {
    format!("{field}: {}", quoted(value))
}

fn key_field(key: char) -> String {
    format!("key: '{key}'")
}

fn help_field(help: &str) -> Option<String> {
    (!help.is_empty()).then(|| named("help", help))
}

fn names_field(field: &str, names: &[Arc<str>]) -> String {
    format!("{field}: [{}]", joined(names.iter().map(|name| quoted(name))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_schema_has_the_parts_of_the_scheme() {
        let read = read(BUILT_IN, Path::new("schema.ron")).unwrap();
        let labels: Vec<_> = read.labels().iter().map(|l| (l.key.unwrap(), &*l.name)).collect();
        assert_eq!(labels, [('1', "claim"), ('2', "source"), ('3', "denial"), ('4', "location")]);
        assert_eq!((read.relations().len(), read.attributes().len()), (4, 7));
        assert_eq!(&*read.attribute_of("location", "kind").unwrap().values[0], "toponym");
    }

    #[test]
    fn what_is_written_is_what_is_read() {
        let schema = built_in_schema();
        let written = write(&schema);
        assert_eq!(read(&written, Path::new("schema.ron")).unwrap(), schema);
        assert_eq!(write(&read(&written, Path::new("schema.ron")).unwrap()), written);
    }
}
