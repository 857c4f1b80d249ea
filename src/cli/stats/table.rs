//! The figures as tables for a person.

use std::fmt::Write as _;
use std::sync::Arc;

use crate::cli::columns::{plain, table};
use crate::corpus::{Annotator, Schema, capitalised};
use crate::review::{Aspect, OfWhom, Roles, Said, Spread, Statistics};

/// The most names of a list; JSON has all.
const NAMES: usize = 20;

pub(super) fn of(schema: &Schema, statistics: &Statistics, together: &OfWhom) -> String {
    let all = statistics.said_by(together);
    let anyone = statistics.said_by(&OfWhom::All);
    let articles = match statistics.documents().len() {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let mut page = format!(
        "{articles} · {} words · {} characters\n",
        statistics.words(),
        statistics.characters()
    );
    let parts = [
        progress(statistics),
        by_annotator("Annotations", statistics, &anyone, Said::labels, Aspect::Label),
        by_annotator("Links", statistics, &anyone, Said::relation_labels, Aspect::Relation),
        density(statistics),
        (*together == OfWhom::AllButGold).then(|| "Below: all annotators but gold\n".to_owned()),
        lengths(&all),
        attributes(&all),
    ];
    let roles = Roles::of(schema);
    let targets = roles.targets().iter().map(|relation| {
        let tallies = all.targets(&relation.name).into_iter();
        let rows = tallies.map(|tally| (tally.count, tally.name.to_string()));
        names(&capitalised(&relation.title), &rows.collect::<Vec<_>>())
    });
    let pairs = roles.pairs().iter().map(|relation| {
        let name = |name: &Option<Arc<str>>| name.as_deref().unwrap_or("no source").to_owned();
        let rows = all.pairs(&relation.name).into_iter().map(|tally| {
            let [from, to] = &tally.name;
            (tally.count, format!("{} → {}", name(from), name(to)))
        });
        names(&format!("Who {} whom", relation.title), &rows.collect::<Vec<_>>())
    });
    for part in parts.into_iter().chain(targets).chain(pairs).flatten() {
        page.push('\n');
        page.push_str(&part);
    }
    page
}

fn progress(statistics: &Statistics) -> Option<String> {
    let rows = statistics.annotators().iter().map(|(annotator, said)| {
        let counts = statistics.progress(annotator).in_order().map(|(_, count)| count);
        let marked = [Aspect::Noted, Aspect::ToDiscuss, Aspect::Fragmented];
        let marked = marked.map(|aspect| said.count(&aspect));
        let figures = counts.into_iter().chain(marked).map(|count| count.to_string());
        std::iter::once(annotator.to_string()).chain(figures).collect()
    });
    let head = [
        "Progress",
        "done",
        "in progress",
        "skipped",
        "new",
        "notes",
        "to discuss",
        "in fragments",
    ];
    table(&head, &rows.collect::<Vec<_>>())
}

/// How often each of some names is there, with a column for each annotator.
fn by_annotator<'a, N: Iterator<Item = (&'a Arc<str>, usize)>>(
    title: &str,
    statistics: &'a Statistics,
    all: &'a Said,
    names: impl Fn(&'a Said) -> N,
    aspect: impl Fn(Arc<str>) -> Aspect,
) -> Option<String> {
    let annotators: Vec<&Annotator> = statistics.annotators().keys().collect();
    let head: Vec<&str> =
        std::iter::once(title).chain(annotators.iter().map(|one| one.as_str())).collect();
    let rows = names(all).map(|(name, _)| {
        let counts = statistics.annotators().values().map(|said| said.count(&aspect(name.clone())));
        std::iter::once(name.to_string()).chain(counts.map(|count| count.to_string())).collect()
    });
    table(&head, &rows.collect::<Vec<_>>())
}

const SPREAD: [&str; 6] = ["count", "min", "median", "mean", "p90", "max"];

fn spread<T: Copy>(name: &str, spread: &Spread<T>, number: impl Fn(T) -> String) -> Vec<String> {
    let Spread { count, min, median, mean, p90, max } = spread;
    let mean = format!("{mean:.1}");
    vec![
        name.to_owned(),
        count.to_string(),
        number(*min),
        number(*median),
        mean,
        number(*p90),
        number(*max),
    ]
}

fn lengths(all: &Said) -> Option<String> {
    let rows = all.labels().filter_map(|(label, _)| {
        Some(spread(label, &all.lengths(label)?, |length| length.to_string()))
    });
    let head: Vec<&str> = std::iter::once("Length in characters").chain(SPREAD).collect();
    table(&head, &rows.collect::<Vec<_>>())
}

fn density(statistics: &Statistics) -> Option<String> {
    let rows = statistics.annotators().keys().filter_map(|annotator| {
        let density = statistics.density(&OfWhom::One(annotator.clone()))?;
        Some(spread(annotator.as_str(), &density, |density| format!("{density:.1}")))
    });
    let head: Vec<&str> = std::iter::once("Per 1,000 characters").chain(SPREAD).collect();
    table(&head, &rows.collect::<Vec<_>>())
}

fn attributes(all: &Said) -> Option<String> {
    let values: Vec<_> = all.values().collect();
    let rows = values.iter().map(|(label, attribute, value, count)| {
        let same = values.iter().filter(|(one, other, ..)| one == label && other == attribute);
        let total: usize = same.map(|(.., count)| count).sum();
        let share = *count as f64 * 100.0 / total.max(1) as f64;
        let name = format!("{label} {attribute}: {value}");
        vec![name, count.to_string(), format!("{share:.0} %")]
    });
    table(&["Attribute", "count", "share"], &rows.collect::<Vec<_>>())
}

/// Names with how often they are there, the figures first.
fn names(title: &str, rows: &[(usize, String)]) -> Option<String> {
    let most = rows.first()?.0.to_string().len();
    let mut out = format!("{title}\n");
    for (count, name) in rows.iter().take(NAMES) {
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{count:>most$}  {}", plain(name));
    }
    if rows.len() > NAMES {
        let _ = writeln!(out, "… and {} more; --json has all", rows.len() - NAMES);
    }
    Some(out)
}
