//! `tandai reanchor`: where the tags of changed articles stand now.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::project::{SubjectArgument, chosen, tell};
use super::spans::{pairs, places};
use super::{Failure, Outcome, say, shell};
use crate::corpus::{Annotator, Fragments, Standing};
use crate::review::MovedAnnotations;
use crate::session::counted;
use crate::storage::{
    Item, Problem, Project, Reanchoring, SaveError, SetStore, carry_decisions_along, reanchor,
};
use crate::text::shortened;

pub(super) const EXAMPLES: &str = "\
Examples:
  tandai reanchor
  tandai reanchor --json | jq '.annotations[] | select(.status == \"lost\")'
  tandai reanchor --write

same       the same words at the same place
moved      the same words at another place
changed    much the same words, to be confirmed
ambiguous  several places, or none that is certain
lost       nothing like it

Without --write nothing is changed. With it, what is the same or moved is taken over; the rest
stays in the set's file as adrift, with its links; a set of which something does is in progress
again. A copy of the file as it was lies in .tandai/earlier. What anybody has reviewed and settled
of it goes along. The exit code is 0 where nothing waits for a person, 1 where something does, and
2 where there is no project to look at.";

/// What can have become of an annotation, the surest first.
const STATUSES: [&str; 5] = ["same", "moved", "changed", "ambiguous", "lost"];

/// Characters of a quote that are shown.
const QUOTE: usize = 50;

/// Which sets are looked at, and what is done.
#[derive(Args)]
pub(super) struct ReanchorArguments {
    #[command(flatten)]
    project: SubjectArgument,

    /// Whose sets, with commas between the names; without it, everyone's
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    annotators: Vec<String>,

    /// Write one JSON object instead of lines
    #[arg(long)]
    json: bool,

    /// Take over what is the same or moved
    #[arg(long)]
    write: bool,
}

pub(super) fn run(arguments: &ReanchorArguments) -> Result<Outcome, Failure> {
    let project = arguments.project.open()?;
    let (everyone, mut problems) = project.annotators();
    let annotators = chosen(&arguments.annotators, everyone.clone())?;
    let (documents, unfit) = project.documents();
    problems.extend(unfit);
    let looks: Vec<Result<Option<Reanchoring>, Problem>> = documents
        .par_iter()
        .flat_map_iter(|document| annotators.iter().map(move |one| (document, one)))
        .map(|(document, annotator)| reanchor(&project, annotator, document))
        .collect();
    let mut found = Vec::new();
    for look in looks {
        match look {
            Ok(reanchoring) => found.extend(reanchoring),
            Err(problem) => problems.push(problem),
        }
    }
    let written =
        if arguments.write { write(&project, &everyone, &found) } else { Written::default() };
    for (file, error) in &written.unwritten {
        say(&format!("{}: {error}", file.display()));
    }
    problems.extend(written.unread.iter().cloned());
    problems.iter().for_each(tell);
    let words = if arguments.json {
        object(&project, &found, &written)?
    } else {
        lines(&found, written.sets.len(), written.decisions.len())
    };
    shell::write(words.as_bytes())?;
    let waiting = found.iter().flat_map(|one| &one.items).any(|item| item.sure_place().is_none());
    let wanting = waiting || !written.unwritten.is_empty() || !problems.is_empty();
    Ok(if wanting { Outcome::Wanting } else { Outcome::Done })
}

/// What was written.
#[derive(Default)]
struct Written {
    sets: Vec<PathBuf>,
    /// Files of what was decided about annotations that have moved.
    decisions: Vec<PathBuf>,
    /// Files that could not be, and are as they were.
    unwritten: Vec<(PathBuf, SaveError)>,
    /// Files of decisions that cannot be read.
    unread: Vec<Problem>,
}

/// Takes over what stands without doubt, and takes along what anybody decided about it.
fn write(project: &Project, everyone: &[Annotator], found: &[Reanchoring]) -> Written {
    let (mut written, mut moved) = (Written::default(), Vec::new());
    for one in found.iter().filter(|one| one.has_sure_places()) {
        let file = SetStore::file(project, &one.annotator, &one.document.path);
        let places = one.sure_places();
        match one.write(project, &places) {
            Ok(_) => {
                written.sets.push(file);
                let (document, words) = (&one.document.path, one.same_words(&places));
                moved.push(MovedAnnotations::of(document, &one.annotator, words));
            }
            Err(error) => written.unwritten.push((file, error)),
        }
    }
    if !moved.is_empty() {
        let carried = carry_decisions_along(project, everyone, &moved);
        written.decisions = carried.written;
        written.unwritten.extend(carried.unwritten);
        written.unread = carried.unread;
    }
    written
}

/// All of it as one JSON object.
fn object(project: &Project, found: &[Reanchoring], written: &Written) -> Result<String, String> {
    let annotations = found.iter().flat_map(|one| one.items.iter().map(|item| value(one, item)));
    let paths = |files: &[PathBuf]| -> Vec<String> {
        files.iter().map(|file| project.below(file)).collect()
    };
    let unwritten = written.unwritten.iter().map(|(file, _)| project.below(file));
    let value = json!({
        "annotations": annotations.collect::<Vec<_>>(),
        "counts": counts(found),
        "written": paths(&written.sets),
        "decisions_written": paths(&written.decisions),
        "unwritten": unwritten.collect::<Vec<_>>(),
    });
    let words = serde_json::to_string_pretty(&value).map_err(|error| error.to_string())?;
    Ok(words + "\n")
}

fn status(standing: &Standing) -> &'static str {
    match standing {
        Standing::Same => "same",
        Standing::Moved(_) => "moved",
        Standing::Changed(_) => "changed",
        Standing::Ambiguous(_) => "ambiguous",
        Standing::Lost => "lost",
    }
}

fn counts(found: &[Reanchoring]) -> BTreeMap<&'static str, usize> {
    let mut counts: BTreeMap<&str, usize> =
        STATUSES.into_iter().map(|status| (status, 0)).collect();
    for item in found.iter().flat_map(|one| &one.items) {
        *counts.entry(status(&item.standing)).or_default() += 1;
    }
    counts
}

fn value(reanchoring: &Reanchoring, item: &Item) -> Value {
    let text = &reanchoring.document.text;
    let quotes = |fragments: &Fragments| -> Vec<String> {
        fragments.iter().map(|span| text.slice(span.range()).to_owned()).collect()
    };
    let place = item.sure_place().or(match &item.standing {
        Standing::Changed(place) => Some(place),
        _ => None,
    });
    let candidates = match &item.standing {
        Standing::Ambiguous(places) => places.iter().map(pairs).collect(),
        _ => Vec::new(),
    };
    json!({
        "document": reanchoring.document.path.as_str(),
        "annotator": reanchoring.annotator.as_str(),
        "id": item.annotation.id.as_str(),
        "label": &*item.annotation.label,
        "status": status(&item.standing),
        "old": pairs(&item.annotation.fragments),
        "new": place.map(pairs),
        "old_text": item.quotes,
        "new_text": place.map(quotes),
        "candidates": candidates,
        "surroundings_known": reanchoring.old_text_known,
    })
}

fn lines(found: &[Reanchoring], written: usize, decided: usize) -> String {
    let mut out = String::new();
    for one in found {
        out.push_str(&format!("{}, {}\n", one.document.path, one.annotator));
        if !one.old_text_known {
            out.push_str(
                "  (its earlier text is not known here, so places are judged by quotes alone)\n",
            );
        }
        for item in &one.items {
            let place = match &item.standing {
                Standing::Same | Standing::Lost => String::new(),
                Standing::Moved(place) => format!(" → {}", places(place)),
                // Not taken over before somebody has looked at it.
                Standing::Changed(place) => format!(" → {}?", places(place)),
                Standing::Ambiguous(offered) => {
                    let offered: Vec<String> = offered.iter().map(places).collect();
                    format!(" → {}?", offered.join(" or "))
                }
            };
            out.push_str(&format!(
                "  {:<9} {}{place}  {} “{}”\n",
                status(&item.standing),
                places(&item.annotation.fragments),
                item.annotation.label,
                shortened(&item.quotes.join(" … "), QUOTE),
            ));
        }
    }
    let counts = counts(found);
    let total: usize = counts.values().sum();
    if total == 0 {
        out.push_str("No tagged article has changed.\n");
        return out;
    }
    let counts: Vec<String> =
        STATUSES.map(|s| format!("{} {s}", counts.get(s).copied().unwrap_or_default())).into();
    let mut written = format!("{} written", counted(written, "set"));
    if decided > 0 {
        let files = counted(decided, "file");
        written += &format!(", and {files} of what was decided about them");
    }
    out.push_str(&format!("{}; {written}\n", counts.join(", ")));
    out
}
