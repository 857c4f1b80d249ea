use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::conflicts;
use crate::corpus::{Annotation, AnnotationSet, Edit, Fragments, Id, NameKind, Relation};
use crate::text::{Offset, Span, Text, snap_to_words, trim_white_space};

/// Something in a set that is not as its schema expects.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Finding {
    /// What it is.
    pub kind: FindingKind,
    /// The annotation that it is about; the first where it is about several.
    pub annotation: Id,
    /// Where it is to be seen.
    pub at: Range<Offset>,
    /// What would mend it, the most obvious first; may be empty.
    pub mends: Vec<Mend>,
}

/// One end of a span.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Side {
    /// Before its first character.
    Start,
    /// After its last.
    End,
}

/// What is not as expected.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum FindingKind {
    /// A merge found that two sides have changed it, each otherwise.
    Conflict {
        /// The annotation or relation in conflict.
        id: Id,
        /// What the other side has.
        words: String,
    },
    /// A relation that it should start is not there.
    NoRelation {
        /// The annotation's label.
        label: Arc<str>,
        /// The relation's.
        relation: Arc<str>,
        /// The attribute and the value that would do as well.
        or: Option<(Arc<str>, Arc<str>)>,
    },
    /// It starts the relation and has the value that stands for having none.
    RelationAndValue {
        /// The annotation's label.
        label: Arc<str>,
        /// The relation's.
        relation: Arc<str>,
        /// The attribute.
        attribute: Arc<str>,
        /// Its value.
        value: Arc<str>,
    },
    /// Nothing is linked to it.
    Unlinked {
        /// Its label.
        label: Arc<str>,
    },
    /// A relation leads between labels that it is not for.
    RelationEnds {
        /// The relation.
        relation: Id,
        /// Its label.
        label: Arc<str>,
        /// The label where it starts.
        from: Arc<str>,
        /// The label where it leads.
        to: Arc<str>,
    },
    /// Relations lead round in a circle.
    Cycle {
        /// The relations' label.
        relation: Arc<str>,
    },
    /// An edge lies on white space.
    EdgeOnBlank(Side),
    /// An edge lies inside a word.
    EdgeInWord(Side),
    /// The same string has other labels elsewhere.
    TaggedOtherwise {
        /// The string.
        text: String,
        /// Its labels, here and elsewhere.
        labels: Vec<Arc<str>>,
    },
    /// The same string is not tagged elsewhere.
    Untagged {
        /// The string.
        text: String,
        /// The label that it has here.
        label: Arc<str>,
        /// Where it is not tagged, in order.
        places: Vec<Span>,
    },
}

/// What would mend a finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Mend {
    /// Link it to the nearest annotation that will do.
    Link {
        /// With this relation.
        relation: Arc<str>,
        /// To this annotation.
        to: Id,
        /// The start of what that says.
        quote: String,
    },
    /// Give it an attribute's value.
    SetValue {
        /// The attribute.
        attribute: Arc<str>,
        /// The value.
        value: Arc<str>,
        /// Whether that is the default, which is not stored.
        default: bool,
    },
    /// Leave the white space at its edges out.
    Trim,
    /// Take its edges to the edges of words.
    SnapToWords,
    /// Remove the relation.
    RemoveRelation(Id),
    /// Put what the other side of a merge has in its place.
    TakeOther(Id),
    /// Put what the other side of a merge has beside it.
    KeepBoth(Id),
    /// Look at all occurrences of what it quotes.
    SeeOccurrences,
}

impl Finding {
    /// The key of a finding that is about a link and a value, once the value is called otherwise;
    /// `None` where it is about something else.
    #[must_use]
    pub fn key_revalued(key: &str, relation: &str, old: &str, new: &str) -> Option<String> {
        let id = key.strip_prefix(&start_of_both(relation, old))?;
        Some(format!("{}{id}", start_of_both(relation, new)))
    }

    /// What tells this finding from all others of its document, as long as what
    /// was found is the same.
    #[must_use]
    pub fn key(&self) -> String {
        let id = &self.annotation;
        match &self.kind {
            FindingKind::Conflict { id, words } => format!("conflict about {id}: {words}"),
            FindingKind::NoRelation { relation, .. } => format!("no {relation} from {id}"),
            FindingKind::RelationAndValue { relation, value, .. } => {
                format!("{}{id}", start_of_both(relation, value))
            }
            FindingKind::Unlinked { .. } => format!("nothing linked to {id}"),
            FindingKind::RelationEnds { relation, label, .. } => {
                format!("ends of {label} {relation}")
            }
            FindingKind::Cycle { relation } => format!("circle of {relation} through {id}"),
            FindingKind::EdgeOnBlank(side) => {
                format!("{} of {id} on white space at {}", side.title(), self.at.start.get())
            }
            FindingKind::EdgeInWord(side) => {
                format!("{} of {id} in a word at {}", side.title(), self.at.start.get())
            }
            FindingKind::TaggedOtherwise { text, labels } => {
                format!("{} for {text}", labels.join(" and "))
            }
            FindingKind::Untagged { text, label, places } => {
                format!("{text} without {label} {} times", places.len())
            }
        }
    }

    /// What it is, in a word or two, to leave it as it is.
    #[must_use]
    pub fn intend_title(&self) -> &'static str {
        match self.kind {
            FindingKind::Conflict { .. } => "keep this",
            _ => "is meant",
        }
    }

    /// The same finding once something in the schema and in all sets has another name.
    #[must_use]
    pub fn renamed(&self, kind: NameKind, old: &str, new: &Arc<str>) -> Self {
        let swap = |of: NameKind, name: &mut Arc<str>| {
            if of == kind && **name == *old {
                *name = new.clone();
            }
        };
        let mut renamed = self.clone();
        match &mut renamed.kind {
            FindingKind::NoRelation { label, relation, or } => {
                swap(NameKind::Label, label);
                swap(NameKind::Relation, relation);
                if let Some((attribute, _)) = or {
                    swap(NameKind::Attribute, attribute);
                }
            }
            FindingKind::RelationAndValue { label, relation, attribute, .. } => {
                swap(NameKind::Label, label);
                swap(NameKind::Relation, relation);
                swap(NameKind::Attribute, attribute);
            }
            FindingKind::RelationEnds { label, from, to, .. } => {
                swap(NameKind::Relation, label);
                swap(NameKind::Label, from);
                swap(NameKind::Label, to);
            }
            FindingKind::Cycle { relation } => swap(NameKind::Relation, relation),
            FindingKind::TaggedOtherwise { labels, .. } => {
                for label in labels.iter_mut() {
                    swap(NameKind::Label, label);
                }
                labels.sort();
                labels.dedup();
            }
            FindingKind::Unlinked { label } | FindingKind::Untagged { label, .. } => {
                swap(NameKind::Label, label);
            }
            FindingKind::Conflict { .. }
            | FindingKind::EdgeOnBlank(_)
            | FindingKind::EdgeInWord(_) => {}
        }
        renamed
    }

    /// What was found, as a sentence without a full stop.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.kind {
            FindingKind::Conflict { words, .. } => words.clone(),
            FindingKind::NoRelation { label, relation, or: None } => {
                format!("This {label} has no link “{relation}”")
            }
            FindingKind::NoRelation { label, relation, or: Some((attribute, value)) } => {
                format!("This {label} has no link “{relation}” (nor {attribute}: {value})")
            }
            FindingKind::RelationAndValue { label, relation, attribute, value } => {
                format!("This {label} has a link “{relation}” although {attribute}: {value}")
            }
            FindingKind::Unlinked { label } => {
                format!("This {label} is linked with nothing")
            }
            FindingKind::RelationEnds { label, from, to, .. } => {
                format!("A link “{label}” from a {from} to a {to} is not in the schema")
            }
            FindingKind::Cycle { relation } => format!("Links {relation} go round in a circle"),
            FindingKind::EdgeOnBlank(side) => format!("The {} lies on white space", side.title()),
            FindingKind::EdgeInWord(side) => format!("The {} lies inside a word", side.title()),
            FindingKind::TaggedOtherwise { text, labels } => {
                format!("“{text}” is tagged {} in this article", labels.join(" and "))
            }
            FindingKind::Untagged { text, label, places } => {
                let times = match places.len() {
                    1 => "once".to_owned(),
                    count => format!("{count} times"),
                };
                format!("“{text}” is tagged {label} here and untagged {times}")
            }
        }
    }
}

impl Side {
    fn title(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::End => "end",
        }
    }
}

impl Mend {
    /// What it does, in a few words.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Link { relation, quote, .. } => format!("{relation} “{quote}”"),
            Self::SetValue { attribute, value, .. } => format!("{attribute}: {value}"),
            Self::Trim => "leave white space out".to_owned(),
            Self::SnapToWords => "take whole words".to_owned(),
            Self::RemoveRelation(_) => "remove the link".to_owned(),
            Self::TakeOther(_) => "take the other side's".to_owned(),
            Self::KeepBoth(_) => "keep both".to_owned(),
            Self::SeeOccurrences => "see all occurrences".to_owned(),
        }
    }

    /// The edits that mend a finding about `annotation`; none for a mend that
    /// only shows something. `id` is for what is new.
    #[must_use]
    pub fn edits(
        &self,
        set: &AnnotationSet,
        text: &Text,
        annotation: &Annotation,
        id: Id,
    ) -> Vec<Edit> {
        match self {
            Self::Link { relation, to, .. } if set.annotation(to).is_some() => {
                let (label, from, to) = (relation.clone(), annotation.id.clone(), to.clone());
                vec![Edit::InsertRelation(Arc::new(Relation { id, label, from, to }))]
            }
            Self::SetValue { attribute, value, default } => {
                let mut changed = annotation.clone();
                if *default {
                    changed.attributes.remove(&**attribute);
                } else {
                    changed.attributes.insert(attribute.to_string(), value.to_string());
                }
                vec![Edit::Replace(Arc::new(changed))]
            }
            Self::TakeOther(conflict) => conflicts::take_other(set, conflict),
            Self::KeepBoth(conflict) => conflicts::keep_both(set, conflict, id),
            Self::Trim => with_spans(annotation, |span| trim_white_space(text, span.range())),
            Self::SnapToWords => with_spans(annotation, |span| snap_to_words(text, span.range())),
            Self::RemoveRelation(relation) if set.has_id(relation) => {
                vec![Edit::RemoveRelation(relation.clone())]
            }
            Self::Link { .. } | Self::RemoveRelation(_) | Self::SeeOccurrences => Vec::new(),
        }
    }
}

/// The annotation with each span replaced, and without those of which nothing is
/// left; no edit where nothing would be left at all.
fn with_spans(annotation: &Annotation, replace: impl Fn(Span) -> Range<Offset>) -> Vec<Edit> {
    let mut spans = annotation.fragments.iter().filter_map(|span| {
        let range = replace(span);
        Span::new(range.start, range.end)
    });
    let Some(first) = spans.next() else { return Vec::new() };
    let fragments = spans.fold(Fragments::one(first), |fragments, span| fragments.with(span));
    vec![Edit::Replace(Arc::new(Annotation { fragments, ..annotation.clone() }))]
}

/// How the key of a finding begins that is about a link and a value.
fn start_of_both(relation: &str, value: &str) -> String {
    format!("{relation} and {value} on ")
}
