use std::sync::Arc;

/// Something that a schema expects of annotation sets. What does not meet it is
/// shown, never refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Check {
    /// Annotations with the label start a relation, or else have the attribute's
    /// value; not both.
    RelationOrValue {
        /// Such as `claim`.
        label: Arc<str>,
        /// Such as `attributed-to`.
        relation: Arc<str>,
        /// Such as `directness`.
        attribute: Arc<str>,
        /// Such as `narrator`.
        value: Arc<str>,
    },
    /// Annotations with the label start a relation.
    Relation {
        /// Such as `denial`.
        label: Arc<str>,
        /// Such as `denies`.
        relation: Arc<str>,
    },
    /// Annotations with the label are an end of some relation.
    Linked {
        /// Such as `source`.
        label: Arc<str>,
    },
    /// Relations have ends with labels that their definition allows.
    RelationEnds,
    /// Following the relation never leads back to where one started.
    NoCycle {
        /// Such as `same-as`.
        relation: Arc<str>,
    },
    /// Spans neither start nor end on white space or inside a word.
    CleanEdges,
    /// The same string has the same label wherever it is tagged.
    SameLabel,
    /// A string that is tagged with the label somewhere is tagged everywhere.
    EveryOccurrence {
        /// Such as `location`.
        label: Arc<str>,
    },
}

impl Check {
    /// What it expects, as a sentence without a full stop.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::RelationOrValue { label, relation, attribute, value } => {
                format!("Each {label} has a link {relation}, or else {attribute}: {value}")
            }
            Self::Relation { label, relation } => format!("Each {label} has a link {relation}"),
            Self::Linked { label } => format!("Each {label} is linked with something"),
            Self::RelationEnds => "Links lead between the labels that they are for".to_owned(),
            Self::NoCycle { relation } => format!("Links {relation} do not go round in a circle"),
            Self::CleanEdges => {
                "Spans begin and end at the edges of words, not on white space".to_owned()
            }
            Self::SameLabel => "The same words have the same label".to_owned(),
            Self::EveryOccurrence { label } => {
                format!("What is tagged {label} once is tagged wherever it stands")
            }
        }
    }

    /// The labels, relations and attributes that it names.
    pub(super) fn names(&self) -> [Option<(NameKind, &Arc<str>)>; 3] {
        use NameKind::{Attribute, Label, Relation};
        match self {
            Self::RelationOrValue { label, relation, attribute, .. } => {
                [Some((Label, label)), Some((Relation, relation)), Some((Attribute, attribute))]
            }
            Self::Relation { label, relation } => {
                [Some((Label, label)), Some((Relation, relation)), None]
            }
            Self::Linked { label } | Self::EveryOccurrence { label } => {
                [Some((Label, label)), None, None]
            }
            Self::NoCycle { relation } => [Some((Relation, relation)), None, None],
            Self::RelationEnds | Self::CleanEdges | Self::SameLabel => [None, None, None],
        }
    }

    /// The same with another name wherever it names something of that kind so.
    pub(super) fn renamed(&self, kind: NameKind, old: &str, new: &Arc<str>) -> Self {
        let mut check = self.clone();
        let (labels, relations, attributes): (Option<&mut Arc<str>>, _, _) = match &mut check {
            Self::RelationOrValue { label, relation, attribute, .. } => {
                (Some(label), Some(relation), Some(attribute))
            }
            Self::Relation { label, relation } => (Some(label), Some(relation), None),
            Self::Linked { label } | Self::EveryOccurrence { label } => (Some(label), None, None),
            Self::NoCycle { relation } => (None, Some(relation), None),
            Self::RelationEnds | Self::CleanEdges | Self::SameLabel => (None, None, None),
        };
        let name = match kind {
            NameKind::Label => labels,
            NameKind::Relation => relations,
            NameKind::Attribute => attributes,
        };
        if let Some(name) = name.filter(|name| ***name == *old) {
            *name = new.clone();
        }
        check
    }
}

/// What a name in a schema is the name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// A label of annotations.
    Label,
    /// A label of relations.
    Relation,
    /// An attribute.
    Attribute,
}

impl NameKind {
    /// The word for it on the screen.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Relation => "link",
            Self::Attribute => "attribute",
        }
    }

    /// The word with its article: `a label`, `an attribute`.
    #[must_use]
    pub fn one(self) -> String {
        let article = if self == Self::Attribute { "an" } else { "a" };
        format!("{article} {}", self.title())
    }
}
