//! What each page says, line by line.

use std::sync::Arc;

use super::line::{Bar, Ink, Line};
use crate::corpus::{Annotator, DocumentPath, Schema, Status, capitalised};
use crate::review::{Aspect, OfWhom, Roles, Said, Slice, Spread, Statistics, What};
use crate::session::Session;
use crate::ui::typeset::starts_right_to_left;

/// The most bars of a chart; what a page says is to be read, not only scrolled over.
const BARS: usize = 1_000;

/// The pages of the sheet.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(super) enum Page {
    #[default]
    Overview,
    Lengths,
    Density,
    Attributes,
    Targets,
    Pairs,
}

impl Page {
    pub(super) const ALL: [Self; 6] = [
        Self::Overview,
        Self::Lengths,
        Self::Density,
        Self::Attributes,
        Self::Targets,
        Self::Pairs,
    ];

    pub(super) fn title(self, schema: &Schema) -> String {
        match self {
            Self::Overview => "Overview".to_owned(),
            Self::Lengths => "Lengths".to_owned(),
            Self::Density => "Density".to_owned(),
            Self::Attributes => "Attributes".to_owned(),
            Self::Targets => "Who is cited".to_owned(),
            Self::Pairs => match Roles::of(schema).pairs() {
                [pair] => format!("Who {} whom", pair.title),
                _ => "Who and whom".to_owned(),
            },
        }
    }
}

/// What pages are made from.
pub(super) struct Source<'a> {
    pub(super) session: &'a Session,
    pub(super) statistics: &'a Statistics,
    /// Whose figures were chosen.
    pub(super) whose: OfWhom,
    /// What they say.
    pub(super) said: Said,
}

impl Source<'_> {
    /// The lines of a page.
    pub(super) fn lines(&self, page: Page) -> Vec<Line> {
        match page {
            Page::Overview => self.overview(),
            Page::Lengths => self.lengths(),
            Page::Density => self.density(),
            Page::Attributes => self.attributes(),
            Page::Targets => self.targets(),
            Page::Pairs => self.pairs(),
        }
    }

    fn schema(&self) -> &Schema {
        self.session.schema()
    }

    fn label_title(&self, label: &str) -> String {
        self.schema().label(label).map_or_else(|| label.to_owned(), |label| label.title.clone())
    }

    fn relation_title(&self, relation: &str) -> String {
        let definition = self.schema().relation(relation);
        capitalised(definition.map_or(relation, |definition| &definition.title))
    }

    /// The annotators that are shown one by one, each with what they say: gold as well.
    fn annotators(&self) -> impl Iterator<Item = (&Annotator, &Said)> {
        let all = self.statistics.annotators().iter();
        all.filter(|(annotator, _)| match &self.whose {
            OfWhom::One(chosen) => chosen == *annotator,
            OfWhom::All | OfWhom::AllButGold => true,
        })
    }

    /// Whether what several annotators say is shown in one figure.
    fn is_of_several(&self) -> bool {
        let all = self.statistics.annotators().keys();
        all.filter(|annotator| self.whose.includes(annotator)).count() > 1
    }

    /// That what several say in one article is counted as often as they say it.
    fn what_counts(&self) -> &'static str {
        match self.whose {
            _ if !self.is_of_several() => "",
            OfWhom::AllButGold => "; what each annotator says counts, but not gold",
            _ => "; what each annotator says counts",
        }
    }

    fn slice(&self, title: &str, what: What) -> Slice {
        let title = format!("{title} · {}", self.whose);
        Slice { title, whose: self.whose.clone(), document: None, what }
    }

    fn overview(&self) -> Vec<Line> {
        let documents = self.statistics.documents().len();
        let statuses = [Status::Done, Status::InProgress, Status::Skipped, Status::New];
        let key = statuses.map(|status| (status.title(), Ink::Status(status)));
        let mut lines =
            vec![Line::Heading("Progress over articles".to_owned()), Line::Key(key.into())];
        for (annotator, _) in self.annotators() {
            let counts = self.statistics.progress(annotator);
            let parts = counts.in_order().map(|(status, count)| {
                (count as f64 / documents.max(1) as f64, Ink::Status(status))
            });
            let words =
                counts.in_order().map(|(status, count)| format!("{count} {}", status.title()));
            lines.push(Line::Bar(Box::new(Bar {
                name: annotator.to_string(),
                parts: parts.into(),
                value: format!("{} of {documents} done", counts.done),
                spoken: format!("{annotator}: {}", words.join(", ")),
                slice: Slice {
                    title: format!("All · {annotator}"),
                    whose: OfWhom::One(annotator.clone()),
                    document: None,
                    what: What::All,
                },
            })));
        }
        let labels = names(self.schema().labels().iter().map(|l| &l.name), self.said.labels());
        let by_label = |label: &Arc<str>| (Aspect::Label(label.clone()), Ink::Label(label.clone()));
        let title = |label: &Arc<str>| self.label_title(label);
        lines.extend(self.by_annotator("Annotations", &labels, title, by_label));
        let relations =
            names(self.schema().relations().iter().map(|r| &r.name), self.said.relation_labels());
        let by_relation =
            |label: &Arc<str>| (Aspect::Relation(label.clone()), Ink::Relation(label.clone()));
        let title = |label: &Arc<str>| self.relation_title(label);
        lines.extend(self.by_annotator("Links", &relations, title, by_relation));
        let marked = [
            ("In fragments", Aspect::Fragmented),
            ("With a note", Aspect::Noted),
            ("To discuss", Aspect::ToDiscuss),
        ];
        let most = self.said.annotations();
        let whose = if self.whose == OfWhom::AllButGold { " but gold’s" } else { "" };
        lines.push(Line::Heading(format!("Of all annotations{whose}")));
        lines.extend(marked.map(|(title, aspect)| {
            let count = self.said.count(&aspect);
            self.bar(title, count, most, Ink::Plain, What::Aspect(aspect))
        }));
        lines
    }

    /// A chart with a bar for each name and annotator.
    fn by_annotator(
        &self,
        heading: &str,
        names: &[Arc<str>],
        title: impl Fn(&Arc<str>) -> String,
        look: impl Fn(&Arc<str>) -> (Aspect, Ink),
    ) -> Vec<Line> {
        let several = self.annotators().nth(1).is_some();
        let counts = names.iter().flat_map(|name| {
            let (aspect, _) = look(name);
            self.annotators().map(move |(_, said)| said.count(&aspect))
        });
        let most = counts.max().unwrap_or_default();
        let mut lines = vec![Line::Heading(heading.to_owned())];
        for name in names {
            for (annotator, said) in self.annotators() {
                let (aspect, ink) = look(name);
                let title = title(name);
                let row = if several { format!("{title}, {annotator}") } else { title.clone() };
                let count = said.count(&aspect);
                let slice = Slice {
                    title: format!("{title} · {annotator}"),
                    whose: OfWhom::One(annotator.clone()),
                    document: None,
                    what: What::Aspect(aspect),
                };
                lines.push(bar(row, count.to_string(), share(count, most), ink, slice));
            }
        }
        lines
    }

    fn lengths(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for label in names(self.schema().labels().iter().map(|l| &l.name), self.said.labels()) {
            let title = self.label_title(&label);
            let Some(spread) = self.said.lengths(&label) else { continue };
            let bins = self.said.length_bins(&label);
            let most = bins.iter().map(|bin| bin.count).max().unwrap_or_default();
            lines.push(Line::Heading(format!("{title}, in characters")));
            lines.push(Line::Words(spread_words(&spread, ToString::to_string)));
            for bin in bins {
                let range = match bin.below - bin.from {
                    1 => bin.from.to_string(),
                    _ => format!("{} to {}", bin.from, bin.below - 1),
                };
                let what = What::Lengths { label: label.clone(), from: bin.from, below: bin.below };
                let slice = self.slice(&format!("{title} of {range} characters"), what);
                let ink = Ink::Label(label.clone());
                lines.push(bar(range, bin.count.to_string(), share(bin.count, most), ink, slice));
            }
        }
        or_words(lines, "Nothing is tagged yet")
    }

    fn density(&self) -> Vec<Line> {
        let Some(spread) = self.statistics.density(&self.whose) else {
            return vec![Line::Words("Nothing is tagged yet".to_owned())];
        };
        let documents = self.statistics.documents().iter();
        let mut dense: Vec<(&DocumentPath, f64)> = documents
            .filter_map(|(path, figures)| Some((path, figures.density(&self.whose)?)))
            .collect();
        dense.sort_by(|(one, a), (other, b)| b.total_cmp(a).then_with(|| one.cmp(other)));
        let mut lines = vec![
            Line::Heading(format!(
                "Annotations per 1,000 characters{}",
                if self.is_of_several() { ", the mean of the sets about an article" } else { "" }
            )),
            Line::Words(spread_words(&spread, |density| format!("{density:.1}"))),
        ];
        let bars = dense.iter().take(BARS).map(|(path, density)| {
            let row = self.session.documents().row(path);
            let title = row.map_or_else(|| path.name().to_owned(), |row| row.title().to_owned());
            let mut slice = self.slice(&title, What::All);
            slice.document = Some((*path).clone());
            let share = if spread.max > 0.0 { density / spread.max } else { 0.0 };
            bar(title, format!("{density:.1}"), share, Ink::Plain, slice)
        });
        lines.extend(bars);
        lines.extend(rest(dense.len()));
        lines
    }

    fn attributes(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        let schema = self.schema();
        let values: Vec<_> = self.said.values().collect();
        for label in names(schema.labels().iter().map(|l| &l.name), self.said.labels()) {
            let stored =
                values.iter().filter(|(of, ..)| **of == label).map(|(_, name, ..)| (*name, 0));
            for attribute in names(schema.attributes_of(&label).map(|a| &a.name), stored) {
                let of = |(one, name, ..): &&(&Arc<str>, &Arc<str>, &Arc<str>, usize)| {
                    **one == label && **name == attribute
                };
                let total: usize = values.iter().filter(of).map(|(.., count)| count).sum();
                if total == 0 {
                    continue;
                }
                let definition = schema.attribute_of(&label, &attribute);
                let title = definition.map_or(&*attribute, |definition| &definition.title);
                let title = format!("{}: {title}", self.label_title(&label));
                lines.push(Line::Heading(title.clone()));
                let known = definition.map(|definition| &*definition.values).unwrap_or_default();
                let found = values.iter().filter(of).map(|(_, _, value, count)| (*value, *count));
                for value in names(known.iter(), found) {
                    let aspect = Aspect::Value {
                        label: label.clone(),
                        attribute: attribute.clone(),
                        value: value.clone(),
                    };
                    let count = self.said.count(&aspect);
                    let slice = self.slice(&format!("{title} {value}"), What::Aspect(aspect));
                    let share = share(count, total);
                    let words = format!("{:.0} % · {count}", share * 100.0);
                    lines.push(bar(
                        value.to_string(),
                        words,
                        share,
                        Ink::Label(label.clone()),
                        slice,
                    ));
                }
            }
        }
        or_words(lines, "Nothing that is tagged has an attribute")
    }

    fn targets(&self) -> Vec<Line> {
        let roles = Roles::of(self.schema());
        let mut lines = Vec::new();
        for relation in roles.targets() {
            let tallies = self.said.targets(&relation.name);
            let most = tallies.first().map_or(0, |tally| tally.count);
            lines.push(Line::Heading(capitalised(&relation.title)));
            let identities =
                roles.identities().iter().map(|identity| format!("“{}”", identity.title));
            lines.push(Line::Words(format!(
                "Each by its fullest mention, as {} joins them; of all articles together{}",
                identities.collect::<Vec<_>>().join(", "),
                self.what_counts()
            )));
            if tallies.is_empty() {
                lines.push(Line::Words(format!("No link is “{}” yet", relation.title)));
            }
            let of = tallies.len();
            lines.extend(tallies.into_iter().take(BARS).map(|tally| {
                let slice_title = format!("{} {}", capitalised(&relation.title), tally.name);
                let slice = self.slice(&slice_title, What::Aspect(tally.aspect));
                let (count, ink) = (tally.count, Ink::Relation(relation.name.clone()));
                bar(tally.name.to_string(), count.to_string(), share(count, most), ink, slice)
            }));
            lines.extend(rest(of));
        }
        let words = "The schema has no link to something that another link says is the same";
        or_words(lines, words)
    }

    fn pairs(&self) -> Vec<Line> {
        let mut lines = Vec::new();
        for relation in Roles::of(self.schema()).pairs() {
            let tallies = self.said.pairs(&relation.name);
            let most = tallies.first().map_or(0, |tally| tally.count);
            lines.push(Line::Heading(format!("Who {} whom{}", relation.title, self.what_counts())));
            if tallies.is_empty() {
                lines.push(Line::Words(format!("No link says that something {}", relation.title)));
            }
            let of = tallies.len();
            lines.extend(tallies.into_iter().take(BARS).map(|tally| {
                let [from, to] = &tally.name;
                let name = |name: &Option<Arc<str>>| {
                    name.as_ref().map_or_else(|| "no source".to_owned(), ToString::to_string)
                };
                let title = format!("{} {} {}", name(from), relation.title, name(to));
                let (from, to) = (name(from), name(to));
                // The arrow leads to whom it is about, in whichever direction one reads.
                let rtl = starts_right_to_left(&format!("{from} {to}"));
                let row = format!("{from} {} {to}", if rtl { '←' } else { '→' });
                let slice = self.slice(&title, What::Aspect(tally.aspect));
                let (count, ink) = (tally.count, Ink::Relation(relation.name.clone()));
                bar(row, count.to_string(), share(count, most), ink, slice)
            }));
            lines.extend(rest(of));
        }
        or_words(
            lines,
            "The schema has no link between two things that are both ascribed to someone",
        )
    }

    fn bar(&self, name: &str, count: usize, most: usize, ink: Ink, what: What) -> Line {
        let slice = self.slice(name, what);
        bar(name.to_owned(), count.to_string(), share(count, most), ink, slice)
    }
}

fn bar(name: String, value: String, share: f64, ink: Ink, slice: Slice) -> Line {
    let spoken = format!("{name}: {value}");
    Line::Bar(Box::new(Bar { name, parts: vec![(share, ink)], value, spoken, slice }))
}

fn share(count: usize, most: usize) -> f64 {
    count as f64 / most.max(1) as f64
}

/// The names that the schema has, in its order, then the others that are there.
fn names<'a>(
    known: impl Iterator<Item = &'a Arc<str>>,
    found: impl Iterator<Item = (&'a Arc<str>, usize)>,
) -> Vec<Arc<str>> {
    let mut names: Vec<Arc<str>> = known.cloned().collect();
    for (name, _) in found {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

fn spread_words<T: Copy>(spread: &Spread<T>, number: impl Fn(&T) -> String) -> String {
    format!(
        "{} to {}, half up to {}, nine in ten up to {}, mean {:.1}",
        number(&spread.min),
        number(&spread.max),
        number(&spread.median),
        number(&spread.p90),
        spread.mean
    )
}

/// Says of how many bars only the longest are shown.
fn rest(of: usize) -> Option<Line> {
    (of > BARS).then(|| Line::Words(format!("… and {} more", of - BARS)))
}

fn or_words(lines: Vec<Line>, otherwise: &str) -> Vec<Line> {
    if lines.is_empty() { vec![Line::Words(otherwise.to_owned())] } else { lines }
}
