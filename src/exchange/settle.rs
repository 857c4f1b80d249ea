//! From what an import says to documents and sets that are proved.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};

use super::align::align;
use super::incoming::{
    Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place, Refusal,
};
use super::mapping::Mapping;
use super::unit::{Ruler, Unit};
use crate::corpus::{
    Annotation, AnnotationSet, Annotator, DocumentPath, Fragments, Id, Metadata, Relation,
    SharedNames, Status,
};
use crate::text::{Span, Text, shortened};

/// Characters of a quote that a message has room for.
const QUOTE: usize = 60;

/// What holds for all documents of an import.
pub struct Settling<'a> {
    /// What the format's offsets count.
    pub unit: Unit,
    /// Whether another unit is looked for where quotes do not fit.
    pub may_differ: bool,
    /// Whether labels may be empty, as they may in a set that was edited by hand.
    pub may_be_nameless: bool,
    /// What names become.
    pub mapping: &'a Mapping,
    /// Whose the sets are that come without a name.
    pub annotator: &'a Annotator,
    /// Whose all sets are, if that was said.
    pub all_by: Option<&'a Annotator>,
}

/// A document with the sets about it, all proved.
#[derive(Clone, PartialEq, Debug)]
pub struct Settled {
    /// Where it stands in what was imported.
    pub place: Place,
    /// What it is called here.
    pub path: DocumentPath,
    /// Its text.
    pub text: Text,
    /// Its metadata.
    pub metadata: Metadata,
    /// The sets.
    pub sets: Vec<AnnotationSet>,
    /// What was not taken over.
    pub refusals: Vec<Refusal>,
    /// What the offsets turned out to count.
    pub unit: Unit,
}

/// The document that an id names.
///
/// # Errors
/// When no document can be called so.
pub fn path_of(id: &str, place: &Place) -> Result<DocumentPath, Refusal> {
    let shown = |path: &DocumentPath| {
        let path = path.as_str();
        !path.split('/').any(|part| part.starts_with('.')) && !path.contains(char::is_control)
    };
    let path = DocumentPath::of_id(id).filter(shown);
    path.ok_or_else(|| {
        let words = format!(
            "\"{id}\" cannot be an article's name: no part may be empty, begin with a dot or \
             hold a backslash or a control character"
        );
        Refusal::new(place, words)
    })
}

/// Proves a document. `known` is the text of the document of that name that is there
/// already, if one is.
///
/// # Errors
/// When the document as a whole cannot be taken over.
pub fn settle(
    incoming: Incoming,
    known: Option<&Text>,
    settling: &Settling<'_>,
) -> Result<Settled, Refusal> {
    let path = path_of(&incoming.id, &incoming.place)?;
    let (text, tokens) = match incoming.text {
        IncomingText::Whole(text) => (Text::new(text), None),
        IncomingText::Tokens(sentences) => {
            let aligned = align(&sentences, known).map_err(|word| {
                let words = format!(
                    "the article is there already, and does not go on with the token \
                     \u{201c}{word}\u{201d} where it should"
                );
                Refusal::new(&incoming.place, words)
            })?;
            (aligned.text, Some(aligned.tokens))
        }
    };
    let unit = if settling.may_differ && tokens.is_none() {
        unit_of(&text, &incoming.sets, settling.unit)
    } else {
        settling.unit
    };
    let measure =
        tokens.map_or_else(|| Measure::Units(Ruler::new(text.as_str(), unit)), Measure::Tokens);
    let mut refusals = Vec::new();
    let mut sets: Vec<AnnotationSet> = Vec::new();
    for set in incoming.sets {
        let whose = annotator_of(&set, settling, &incoming.place);
        let settled = whose.and_then(|annotator| {
            if sets.iter().any(|other| *other.annotator() == annotator) {
                let words = format!("there are two sets by {annotator} about \"{path}\"");
                return Err(Refusal::new(&incoming.place, words));
            }
            set_of(&set, annotator, &text, &measure, settling, &mut refusals)
        });
        match settled {
            Ok(set) => sets.push(set),
            Err(refusal) => refusals.push(refusal),
        }
    }
    sets.sort_by(|a, b| a.annotator().cmp(b.annotator()));
    let (place, metadata) = (incoming.place, incoming.metadata);
    Ok(Settled { place, path, text, metadata, sets, refusals, unit })
}

/// How spans are told.
enum Measure {
    Units(Ruler),
    /// Where each token lies.
    Tokens(Vec<Span>),
}

impl Measure {
    /// Whether all ends before so many units.
    fn ends_before(&self, units: usize) -> bool {
        match self {
            Self::Units(ruler) => ruler.length() < units,
            Self::Tokens(tokens) => tokens.len() < units,
        }
    }

    fn span(&self, (start, end): (usize, usize)) -> Option<Span> {
        match self {
            Self::Units(ruler) => ruler.span((start, end)),
            Self::Tokens(tokens) => {
                let last = end.checked_sub(1).and_then(|last| tokens.get(last))?;
                tokens.get(start).map(|first| first.hull(*last)).filter(|_| start < end)
            }
        }
    }
}

/// The unit under which most quotes are what the text says, the format's own first.
fn unit_of(text: &Text, sets: &[IncomingSet], own: Unit) -> Unit {
    let told: Vec<&IncomingAnnotation> = sets
        .iter()
        .flat_map(|set| &set.annotations)
        .filter(|a| !a.quotes.is_empty() || a.joined_quote.is_some())
        .collect();
    let fitting = |unit: Unit| {
        let ruler = Ruler::new(text.as_str(), unit);
        let fits = |annotation: &&&IncomingAnnotation| {
            let spans: Option<Vec<Span>> =
                annotation.spans.iter().map(|range| ruler.span(*range)).collect();
            spans.is_some_and(|spans| mismatch(annotation, &spans, text).is_none())
        };
        told.iter().filter(fits).count()
    };
    let mut best = (fitting(own), own);
    if best.0 == told.len() {
        return own;
    }
    for unit in Unit::ALL {
        let count = fitting(unit);
        if count > best.0 {
            best = (count, unit);
        }
    }
    best.1
}

fn annotator_of(
    set: &IncomingSet,
    settling: &Settling<'_>,
    place: &Place,
) -> Result<Annotator, Refusal> {
    if let Some(annotator) = settling.all_by {
        return Ok(annotator.clone());
    }
    let Some(name) = set.annotator.as_deref() else { return Ok(settling.annotator.clone()) };
    Annotator::of_folder(name.trim()).map_err(|error| Refusal::new(place, error.to_string()))
}

fn set_of(
    set: &IncomingSet,
    annotator: Annotator,
    text: &Text,
    measure: &Measure,
    settling: &Settling<'_>,
    refusals: &mut Vec<Refusal>,
) -> Result<AnnotationSet, Refusal> {
    let mut ids = Ids::new(set);
    let mut labels = SharedNames::default();
    let mut annotations = Vec::with_capacity(set.annotations.len());
    let mut dropped: HashSet<&str> = HashSet::new();
    let mut refused: HashSet<&str> = HashSet::new();
    let mut named: HashMap<&str, Id> = HashMap::with_capacity(set.annotations.len());
    let place = set.annotations.first().map(|a| a.place.clone()).unwrap_or_default();
    for incoming in &set.annotations {
        let Some(label) = settling.mapping.label(&incoming.label) else {
            dropped.insert(&incoming.id);
            continue;
        };
        if named.contains_key(&*incoming.id) {
            let words = format!("the id {} is there twice{}", incoming.id, carried(incoming));
            refusals.push(Refusal::new(&incoming.place, words));
            continue;
        }
        let id = ids.of_annotation(&incoming.id);
        let label = labels.share(label);
        match annotation_of(incoming, id.clone(), label, text, measure, settling) {
            Ok(annotation) => {
                named.insert(&incoming.id, id);
                annotations.push(annotation);
            }
            Err(refusal) => {
                refused.insert(&incoming.id);
                refusals.push(refusal);
            }
        }
    }
    let mut relations = Vec::with_capacity(set.relations.len());
    for incoming in &set.relations {
        let Some(label) = settling.mapping.relation(&incoming.label) else { continue };
        if dropped.contains(&*incoming.from) || dropped.contains(&*incoming.to) {
            continue;
        }
        match (named.get(&*incoming.from), named.get(&*incoming.to)) {
            (Some(from), Some(to)) => {
                let id = ids.of_relation(incoming);
                let (from, to) = (from.clone(), to.clone());
                relations.push(Relation { id, label: labels.share(label), from, to });
            }
            (from, _) => {
                let missing = if from.is_none() { &incoming.from } else { &incoming.to };
                let why = if refused.contains(&**missing) {
                    "was not taken over"
                } else {
                    "is not there"
                };
                let words = format!("the link {label} needs {missing}, which {why}");
                refusals.push(Refusal::new(&incoming.place, words));
            }
        }
    }
    let status = set.status.unwrap_or(Status::InProgress);
    AnnotationSet::assemble(annotator, text.end(), status, annotations, relations)
        .map_err(|error| Refusal::new(&place, error.to_string()))
}

fn annotation_of(
    incoming: &IncomingAnnotation,
    id: Id,
    label: Arc<str>,
    text: &Text,
    measure: &Measure,
    settling: &Settling<'_>,
) -> Result<Annotation, Refusal> {
    let refuse = |words: String| Err(Refusal::new(&incoming.place, words + &carried(incoming)));
    if label.trim().is_empty() && !settling.may_be_nameless {
        return refuse("the label is empty".to_owned());
    }
    let mut spans = Vec::new();
    for (start, end) in &incoming.spans {
        let Some(span) = measure.span((*start, *end)) else {
            let why = if start >= end {
                "is empty".to_owned()
            } else if measure.ends_before(*end) {
                format!("ends beyond the article, which has {} characters", text.characters())
            } else {
                "begins or ends inside a character".to_owned()
            };
            return refuse(format!("{label} from {start} to {end} {why}"));
        };
        spans.push(span);
    }
    if let Some((quote, found)) = mismatch(incoming, &spans, text) {
        let (quote, found) = from_difference(&quote, &found);
        return refuse(format!(
            "{label} quotes \u{201c}{quote}\u{201d}, but the article has \u{201c}{found}\u{201d} there"
        ));
    }
    spans.sort_unstable();
    let Some(fragments) = Fragments::in_order(spans.into()) else {
        return refuse(format!("the spans of {label} {} overlap, or there are none", incoming.id));
    };
    let attributes: BTreeMap<String, String> = incoming
        .attributes
        .iter()
        .filter_map(|(name, value)| settling.mapping.attribute(name, value))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    Ok(Annotation { id, label, fragments, attributes, note: incoming.note.clone() })
}

/// What is left out together with an annotation, as the end of a sentence; nothing where it
/// carries nothing.
fn carried(incoming: &IncomingAnnotation) -> String {
    let attributes = incoming.attributes.iter();
    let attributes = attributes.map(|(name, value)| format!("{name}={}", shortened(value, QUOTE)));
    let note = (!incoming.note.is_empty()).then(|| "its note".to_owned());
    let all: Vec<String> = attributes.chain(note).collect();
    if all.is_empty() { String::new() } else { format!("; with it {}", all.join(", ")) }
}

/// What an annotation quotes and what the text has there, where the two differ.
fn mismatch(
    incoming: &IncomingAnnotation,
    spans: &[Span],
    text: &Text,
) -> Option<(String, String)> {
    let found = |span: &Span| text.quote(*span).unwrap_or_default();
    if !incoming.quotes.is_empty() && incoming.quotes.len() != spans.len() {
        let whole = spans.iter().map(found).collect::<Vec<_>>().join(" … ");
        return Some((incoming.quotes.join(" … "), whole));
    }
    for (span, quote) in spans.iter().zip(&incoming.quotes) {
        if quote != found(span) {
            return Some((quote.clone(), found(span).to_owned()));
        }
    }
    let (quote, between) = incoming.joined_quote.as_ref()?;
    let found = spans.iter().map(found).collect::<Vec<_>>().join(between);
    (found != *quote).then(|| (quote.clone(), found))
}

/// Two texts from shortly before where they differ, as much as a message has room for.
fn from_difference(one: &str, other: &str) -> (String, String) {
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let skipped = if same > 40 { same - 20 } else { 0 };
    let cut = |text: &str| {
        let before = if skipped > 0 { "…" } else { "" };
        let rest: String = text.chars().skip(skipped).collect();
        format!("{before}{}", shortened(&rest, QUOTE))
    };
    (cut(one), cut(other))
}

/// The ids that a set's parts get: their own, or for those that have none, ones that
/// sort as the parts come.
struct Ids<'a> {
    taken: HashSet<Cow<'a, str>>,
    next: usize,
}

impl<'a> Ids<'a> {
    fn new(set: &'a IncomingSet) -> Self {
        let annotations = set.annotations.iter().map(|annotation| (&*annotation.id).into());
        Self { taken: annotations.collect(), next: 0 }
    }

    fn of_annotation(&mut self, id: &str) -> Id {
        Id::new(id).unwrap_or_else(|| self.fresh())
    }

    fn of_relation(&mut self, relation: &'a IncomingRelation) -> Id {
        let own = relation.id.as_deref().filter(|id| self.taken.insert((*id).into()));
        own.and_then(Id::new).unwrap_or_else(|| self.fresh())
    }

    fn fresh(&mut self) -> Id {
        loop {
            self.next += 1;
            let id = format!("r{:05}", self.next);
            if self.taken.insert(id.clone().into())
                && let Some(id) = Id::new(&id)
            {
                return id;
            }
        }
    }
}

/// A name for a part that has none, or one that does not sort as the parts come:
/// `number` of so many.
pub(super) fn numbered(prefix: &str, number: usize, of: usize) -> String {
    let width = of.to_string().len();
    format!("{prefix}{number:0width$}")
}
