//! The card of a Hugging Face dataset: what its loader and its readers need to know.

use super::context::Context;
use super::format::Format;
use super::split::Split;
use super::tally::Tally;

/// The types of the columns, as `datasets` writes them in a card. They are spelled out
/// because the loader cannot tell the type of a list that is empty in all first rows.
const FEATURES: &str = "\
dataset_info:
  features:
  - name: id
    dtype: string
  - name: text
    dtype: string
  - name: meta
    dtype: string
  - name: spans
    list:
    - name: id
      dtype: string
    - name: label
      dtype: string
    - name: start
      dtype: int64
    - name: end
      dtype: int64
    - name: fragments
      list:
      - name: start
        dtype: int64
      - name: end
        dtype: int64
    - name: text
      list: string
    - name: annotator
      dtype: string
    - name: attributes
      list:
      - name: name
        dtype: string
      - name: value
        dtype: string
    - name: note
      dtype: string
  - name: relations
    list:
    - name: id
      dtype: string
    - name: label
      dtype: string
    - name: head
      dtype: string
    - name: tail
      dtype: string
    - name: annotator
      dtype: string
";

pub(super) fn card(
    format: Format,
    context: &Context,
    tally: &Tally,
    split: Option<&Split>,
) -> String {
    let name = name(context);
    let mut out = head(format, &name, context, tally);
    out.push_str(&format!("\n# {name}\n\n"));
    out.push_str(&format!(
        "{} articles, {} characters, marked up with Tandai. One article a row, with every \
         annotator's spans and links.\n\nOffsets count Unicode code points of `text`; ends are \
         exclusive. `fragments` has all parts of a span, `start` and `end` its extent, \
         `text[i]` is what `fragments[i]` quotes. `head` and `tail` of a relation are ids of spans \
         of the same `annotator`. `meta` is JSON in a string: the article's metadata, and in \
         `sets` who has worked on it and how far; no spans by an annotator who is not there means \
         that it was not looked at.\n",
        tally.documents, tally.characters
    ));
    out.push_str(&counts("Labels", "label", &tally.labels, tally));
    out.push_str(&counts("Links", "link", &tally.relations, tally));
    out.push_str(&schema_words(context));
    out.push_str(&annotators(tally));
    out.push_str(&agreement(tally));
    out.push_str(&split.map(split_words).unwrap_or_default());
    out
}

/// A name that says what is in it. Not the folder's: the same data are to be the same
/// bytes wherever they lie.
fn name(context: &Context) -> String {
    let labels: Vec<&str> = context.schema.labels().iter().map(|label| &*label.name).collect();
    match labels.split_last() {
        None => "News articles".to_owned(),
        Some((last, [])) => format!("News articles with {last} marked"),
        Some((last, rest)) => format!("News articles with {} and {last} marked", rest.join(", ")),
    }
}

fn head(format: Format, name: &str, context: &Context, tally: &Tally) -> String {
    let mut out = String::from("---\nconfigs:\n- config_name: default\n  data_files:\n");
    let ending = if format == Format::Parquet { "parquet" } else { "jsonl" };
    // The loader refuses a part that has no file.
    for part in context.part_names().iter().filter(|part| tally.parts.contains_key(*part)) {
        out.push_str(&format!("  - split: {part}\n    path: data/{part}-*.{ending}\n"));
    }
    out.push_str(FEATURES);
    if !tally.languages.is_empty() {
        out.push_str("language:\n");
        for language in &tally.languages {
            out.push_str(&format!("- {}\n", yaml(language)));
        }
    }
    out.push_str("task_categories:\n- token-classification\n");
    out.push_str(&format!("pretty_name: {}\n", yaml(name)));
    out.push_str(&format!("size_categories:\n- {}\n---\n", size(tally.documents)));
    out
}

/// A text in YAML: JSON's strings are YAML's.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

fn size(documents: usize) -> &'static str {
    match documents {
        0..1_000 => "n<1K",
        1_000..10_000 => "1K<n<10K",
        10_000..100_000 => "10K<n<100K",
        100_000..1_000_000 => "100K<n<1M",
        _ => "1M<n<10M",
    }
}

type Counts =
    std::collections::BTreeMap<std::sync::Arc<str>, std::collections::BTreeMap<String, usize>>;

fn counts(title: &str, what: &str, counts: &Counts, tally: &Tally) -> String {
    if counts.is_empty() {
        return String::new();
    }
    let people: Vec<&String> = tally.sets.keys().collect();
    let mut out = format!("\n## {title}\n\n| {what} |");
    out.extend(people.iter().map(|name| format!(" {} |", cell(name))));
    out.push_str("\n|---|");
    out.push_str(&"---:|".repeat(people.len()));
    for (label, by) in counts {
        out.push_str(&format!("\n| {} |", cell(label)));
        for name in &people {
            out.push_str(&format!(" {} |", by.get(*name).copied().unwrap_or_default()));
        }
    }
    out.push('\n');
    out
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn schema_words(context: &Context) -> String {
    let mut out = String::from("\n## Schema\n\n");
    for label in context.schema.labels() {
        out.push_str(&format!("* **{}**", cell(&label.name)));
        if !label.help.is_empty() {
            out.push_str(&format!(": {}", cell(&label.help)));
        }
        out.push('\n');
        for attribute in context.schema.attributes_of(&label.name) {
            let values: Vec<String> = attribute.values.iter().map(|value| cell(value)).collect();
            out.push_str(&format!(
                "  * {}: {} (the first where none is given)\n",
                cell(&attribute.name),
                values.join(", ")
            ));
        }
    }
    for relation in context.schema.relations() {
        let names = |names: &[std::sync::Arc<str>]| {
            names.iter().map(|name| cell(name)).collect::<Vec<_>>().join(", ")
        };
        out.push_str(&format!(
            "* **{}**: from {} to {}\n",
            cell(&relation.name),
            names(&relation.from),
            names(&relation.to)
        ));
    }
    out
}

fn annotators(tally: &Tally) -> String {
    let mut out = String::from("\n## Annotators\n\n");
    for (name, statuses) in &tally.sets {
        let statuses: Vec<String> =
            statuses.iter().map(|(status, count)| format!("{count} {status}")).collect();
        out.push_str(&format!("* {}: {}\n", cell(name), statuses.join(", ")));
    }
    out
}

fn agreement(tally: &Tally) -> String {
    let Some(mean) = tally.agreement.mean() else { return String::new() };
    let mut out = format!(
        "\n## Agreement\n\nF1 of spans with the same label and the same fragments, over the \
         articles that both have begun; mean over pairs {mean:.3}.\n\n| pair | articles | shared | \
         first | second | F1 |\n|---|---:|---:|---:|---:|---:|\n"
    );
    for ((first, second), matches) in tally.agreement.pairs() {
        let f1 = matches.f1().map_or_else(|| "n/a".to_owned(), |f1| format!("{f1:.3}"));
        out.push_str(&format!(
            "| {first} – {second} | {} | {} | {} | {} | {f1} |\n",
            matches.documents, matches.both, matches.first, matches.second
        ));
    }
    out
}

fn split_words(split: &Split) -> String {
    let labels = split.labels();
    let mut out = format!(
        "\n## Parts\n\nDrawn with seed {} from what each article says, so that nearly the same text \
         is in one part and a later article moves none. `splits.json` lists them.\n\n| part | share | \
         articles |",
        split.seed
    );
    out.extend(labels.iter().map(|label| format!(" {} |", cell(label))));
    out.push_str("\n|---|---:|---:|");
    out.push_str(&"---:|".repeat(labels.len()));
    for part in &split.parts {
        out.push_str(&format!("\n| {} | {} | {} |", part.name, part.weight, part.documents));
        for label in &labels {
            let count = part.labels.get(*label).copied().unwrap_or_default();
            out.push_str(&format!(" {count} |"));
        }
    }
    out.push('\n');
    out
}
