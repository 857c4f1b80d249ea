//! `tandai diff`: what is other in one set than in another, in words or as JSON.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use serde_json::{Value, json};

use super::project::in_words;
use super::spans::{pairs, places};
use super::{Failure, Outcome, shell};
use crate::corpus::{Annotation, Difference, Id, Relation, Version, differences};
use crate::storage::SetVersion;
use crate::text::shortened;

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai diff old.ron annotations/ana/news.txt.ron
  tandai diff annotations/ana/news.txt.ron annotations/ben/news.txt.ron --json

Lines begin with - for what only the first set has, + for what only the second has, and ~
for what is other. The exit code is 0 where nothing is, 1 where something is, and 2 where a
file cannot be read.";

/// Characters of a quote that are shown.
const QUOTE: usize = 60;

/// Which sets are compared, and how that is told.
#[derive(Args)]
pub(super) struct DiffArguments {
    /// The file of the first set
    #[arg(value_name = "A.ron")]
    first: PathBuf,
    /// The file of the second
    #[arg(value_name = "B.ron")]
    second: PathBuf,
    /// Write one JSON object instead of lines
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &DiffArguments) -> Result<Outcome, Failure> {
    let read =
        |file: &PathBuf| SetVersion::read(file).map_err(|problem| Failure(in_words(&problem)));
    let (first, second) = (read(&arguments.first)?, read(&arguments.second)?);
    let found = differences(first.set(), second.set());
    let same_text = first.is_about_the_same(&second);
    let sets = Sets { first: &first, second: &second };
    let same_conflicts = first.set().conflicts() == second.set().conflicts();
    let open = [&first, &second].map(|one| one.set().conflicts().len());
    let same_waiting = first.set().adrift() == second.set().adrift();
    let waiting = [&first, &second].map(|one| one.set().adrift().len());
    let words = if arguments.json {
        let value = json!({
            "first": arguments.first,
            "second": arguments.second,
            "same_text": same_text,
            "open_conflicts": open,
            "waiting": waiting,
            "differences": found.iter().map(|one| sets.value(one)).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&value).map_err(|error| error.to_string())? + "\n"
    } else {
        let mut lines = sets.lines(&found);
        if !same_conflicts {
            let [one, two] = open;
            lines.push_str(&format!("! open conflicts: {one} → {two}\n"));
        }
        if !same_waiting {
            let [one, two] = waiting;
            lines.push_str(&format!("! tags that wait for a place: {one} → {two}\n"));
        }
        lines
    };
    shell::write(words.as_bytes())?;
    let same = found.is_empty() && same_text && same_conflicts && same_waiting;
    Ok(if same { Outcome::Done } else { Outcome::Wanting })
}

struct Sets<'a> {
    first: &'a SetVersion,
    second: &'a SetVersion,
}

#[derive(Serialize)]
struct AnnotationValue<'a> {
    id: &'a str,
    label: &'a str,
    spans: Vec<(usize, usize)>,
    quote: String,
    attributes: &'a std::collections::BTreeMap<String, String>,
    note: &'a str,
}

#[derive(Serialize)]
struct RelationValue<'a> {
    id: &'a str,
    label: &'a str,
    from: &'a str,
    to: &'a str,
}

impl Sets<'_> {
    fn lines(&self, found: &[Difference]) -> String {
        let mut out = String::new();
        let [first, second] = [self.first, self.second].map(SetVersion::document);
        if first != second {
            out.push_str(&format!("! one is about {first}, the other about {second}\n"));
        }
        if self.first.digest() != self.second.digest() {
            out.push_str("! the two are about different texts, so places may not be the same\n");
        }
        for difference in found {
            let line = match difference {
                Difference::Removed(version) => format!("- {}", whole(version, self.first)),
                Difference::Added(version) => format!("+ {}", whole(version, self.second)),
                Difference::Changed(before, after) => {
                    format!("~ {}: {}", named(before, self.first), self.changes(before, after))
                }
                Difference::Status(before, after) => {
                    format!("~ status: {} → {}", before.title(), after.title())
                }
            };
            // Notes and values may have line ends, and each difference has one line.
            out.push_str(&line.replace(char::is_control, " "));
            out.push('\n');
        }
        out
    }

    /// What is other, as in `label claim → denial, directness indirect → direct`.
    fn changes(&self, before: &Version, after: &Version) -> String {
        let mut parts = Vec::new();
        let mut part = |name: &str, before: &str, after: &str| {
            if before != after {
                let shown = |words: &str| {
                    if words.is_empty() { "nothing".to_owned() } else { words.to_owned() }
                };
                parts.push(format!("{name} {} → {}", shown(before), shown(after)));
            }
        };
        match (before, after) {
            (Version::Annotation(one), Version::Annotation(two)) => {
                part("label", &one.label, &two.label);
                part("place", &places(&one.fragments), &places(&two.fragments));
                if one.fragments != two.fragments {
                    let after = short(&self.second.quote(&two.fragments));
                    part("text", &short(&self.first.quote(&one.fragments)), &after);
                }
                let names: std::collections::BTreeSet<&String> =
                    one.attributes.keys().chain(two.attributes.keys()).collect();
                for name in names {
                    let value =
                        |of: &Annotation| of.attributes.get(name).cloned().unwrap_or_default();
                    part(name, &value(one), &value(two));
                }
                part("note", &one.note, &two.note);
            }
            (Version::Relation(one), Version::Relation(two)) => {
                part("label", &one.label, &two.label);
                part("from", &end(self.first, &one.from), &end(self.second, &two.from));
                part("to", &end(self.first, &one.to), &end(self.second, &two.to));
            }
            _ => part("kind", kind(before), kind(after)),
        }
        if parts.is_empty() {
            // Other ends with the same words, or an empty value.
            return "something that reads the same".to_owned();
        }
        parts.join(", ")
    }

    fn value(&self, difference: &Difference) -> Value {
        let version = |version: &Version, set: &SetVersion| match version {
            Version::Annotation(one) => json!(AnnotationValue {
                id: one.id.as_str(),
                label: &one.label,
                spans: pairs(&one.fragments),
                quote: set.quote(&one.fragments),
                attributes: &one.attributes,
                note: &one.note,
            }),
            Version::Relation(one) => json!(RelationValue {
                id: one.id.as_str(),
                label: &one.label,
                from: one.from.as_str(),
                to: one.to.as_str(),
            }),
        };
        match difference {
            Difference::Added(one) => json!({
                "kind": "added", "what": kind(one), "after": version(one, self.second),
            }),
            Difference::Removed(one) => json!({
                "kind": "removed", "what": kind(one), "before": version(one, self.first),
            }),
            Difference::Changed(one, two) => json!({
                "kind": "changed", "what": kind(one),
                "before": version(one, self.first), "after": version(two, self.second),
            }),
            Difference::Status(one, two) => json!({
                "kind": "changed", "what": "status",
                "before": one.title(), "after": two.title(),
            }),
        }
    }
}

fn kind(version: &Version) -> &'static str {
    match version {
        Version::Annotation(_) => "annotation",
        Version::Relation(_) => "relation",
    }
}

/// All that one set says of something that the other has not: two people may say nearly the same
/// of one place.
fn whole(version: &Version, set: &SetVersion) -> String {
    let mut words = named(version, set);
    if let Version::Annotation(one) = version {
        for (name, value) in &one.attributes {
            let _ = write!(words, ", {name} {value}");
        }
        if !one.note.trim().is_empty() {
            let _ = write!(words, ", note “{}”", short(&one.note));
        }
    }
    words
}

fn named(version: &Version, set: &SetVersion) -> String {
    match version {
        Version::Annotation(one) => {
            let quote = short(&set.quote(&one.fragments));
            format!("{} “{quote}” at {} ({})", one.label, places(&one.fragments), one.id)
        }
        Version::Relation(one) => {
            let Relation { id, label, from, to } = &**one;
            format!("link {label} from {} to {} ({id})", end(set, from), end(set, to))
        }
    }
}

/// The end of a link, by what it quotes.
fn end(set: &SetVersion, id: &Id) -> String {
    let found = set.set().annotation(id);
    let quote = found.map(|one| short(&set.quote(&one.fragments)));
    quote.map_or_else(|| id.to_string(), |quote| format!("“{quote}”"))
}

fn short(quote: &str) -> String {
    shortened(&quote.split_whitespace().collect::<Vec<_>>().join(" "), QUOTE)
}
