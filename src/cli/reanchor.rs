//! `tandai reanchor`: where the tags of changed articles stand now.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::Args;
use rayon::prelude::*;
use serde_json::{Value, json};

use super::project::{SubjectArgument, below, chosen, tell};
use super::spans::{pairs, places};
use super::{Failure, Outcome, say, shell};
use crate::corpus::{Fragments, Standing};
use crate::review::MovedAnnotations;
use crate::session::counted;
use crate::storage::{
    CarriedAlong, Item, Problem, Reanchoring, SetStore, carry_decisions_along, reanchor,
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
stays in the set's file as adrift, with its links, and a copy of the file as it was lies in
.tandai/earlier. What anybody has reviewed and settled of it goes along. The exit code is 0
where nothing waits for a person, 1 where something does, and 2 where there is no project to
look at.";

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
    let (mut written, mut moved, mut unwritten) = (Vec::new(), Vec::new(), Vec::new());
    if arguments.write {
        for one in found.iter().filter(|one| one.has_sure_places()) {
            let file = SetStore::file(&project, &one.annotator, &one.document.path);
            let places = one.sure_places();
            match one.write(&project, &places) {
                Ok(_) => {
                    written.push(file);
                    let (document, words) = (&one.document.path, one.same_words(&places));
                    moved.push(MovedAnnotations::of(document, &one.annotator, words));
                }
                Err(error) => unwritten.push((file, error)),
            }
        }
    }
    let mut decided = CarriedAlong::default();
    if !moved.is_empty() {
        decided = carry_decisions_along(&project, &everyone, &moved);
        problems.append(&mut decided.unread);
        unwritten.append(&mut decided.unwritten);
    }
    for (file, error) in &unwritten {
        say(&format!("{}: {error}", file.display()));
    }
    for problem in &problems {
        tell(problem);
    }
    let words = if arguments.json {
        let annotations =
            found.iter().flat_map(|one| one.items.iter().map(|item| value(one, item)));
        let files = |files: &[PathBuf]| -> Vec<String> {
            files.iter().map(|file| below(&project, file)).collect()
        };
        let value = json!({
            "annotations": annotations.collect::<Vec<_>>(),
            "counts": counts(&found),
            "written": files(&written),
            "decisions_written": files(&decided.written),
            "unwritten": unwritten.iter().map(|(file, _)| below(&project, file)).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&value).map_err(|error| error.to_string())? + "\n"
    } else {
        lines(&found, written.len(), decided.written.len())
    };
    shell::write(words.as_bytes())?;
    let waiting = found.iter().flat_map(|one| &one.items).any(|item| item.sure_place().is_none());
    let wanting = waiting || !unwritten.is_empty() || !problems.is_empty();
    Ok(if wanting { Outcome::Wanting } else { Outcome::Done })
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
                Standing::Moved(place) | Standing::Changed(place) => {
                    format!(" → {}", places(place))
                }
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
