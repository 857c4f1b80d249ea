//! Giving labels, relations and attributes other names, wherever they stand.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::attempt::Deed;
use super::carrying::Afterwards;
use super::rewriting::{AllSets, Rewriting};
use super::state::Session;
use super::sweep::{Sweep, Told};
use super::tasks::Then;
use crate::corpus::{
    Annotation, Decision, Decisions, DocumentPath, NameKind, Relation, Review, Schema,
};
use crate::review::{Finding, check, renamed};
use crate::storage::Problem;

impl Session {
    /// Gives something another name, in the schema and in all sets; where the
    /// name is taken, the two become one.
    pub(super) fn rename(&mut self, kind: NameKind, old: &Arc<str>, new: &str) {
        if let Err(reason) = self.can_change_in_all_sets() {
            self.refuse_in_schema(reason);
            return;
        }
        let new = new.trim().to_owned();
        if **old == *new {
            return;
        }
        let renamed = self.schema.renamed(kind, old, &new);
        if let Err(error) = renamed.and_then(|schema| schema.tells_new_names_apart(&self.schema)) {
            self.refuse_in_schema(error.to_string());
            return;
        }
        self.accept_in_schema();
        let documents = self.documents.paths();
        let title = if self.schema.has_name(kind, &new) {
            format!("Merging {old} into {new} in all sets")
        } else {
            format!("Renaming {old} in all sets")
        };
        let since = self.read_anew.len();
        let then = Then::Rename { kind, old: old.clone(), new, since };
        // A finding that is meant may be about a name that no set has.
        let meant = self.all_decisions().flat_map(|(_, decisions)| meant(decisions));
        let always = meant.map(|(document, _)| document.clone()).collect();
        self.gather(title, documents, vec![old.to_string()], always, then);
    }

    /// Renames, now that all documents whose sets have the name are in memory.
    pub(super) fn carry_out_rename(
        &mut self,
        kind: NameKind,
        old: Arc<str>,
        new: Arc<str>,
        read: (&[Problem], usize),
    ) {
        if let Err(error) = self.schema.renamed(kind, &old, &new) {
            return self.refuse_in_schema(error.to_string());
        }
        let is_taken = self.schema.has_name(kind, &new);
        let all = AllSets::after_reading(read);
        let renaming = Renaming { kind, old, new, is_taken, all };
        self.carry_through(renaming.name(), Box::new(renaming), Afterwards::Tell(None));
    }

    /// What the checks find in a document, if anyone means something in it to be so.
    fn found_where_meant(&self, document: &DocumentPath) -> Vec<Finding> {
        let mut all = self.all_decisions();
        let is_meant = all.any(|(_, decisions)| meant(&decisions.about(document)).next().is_some());
        let held = self.held.get(document).filter(|_| is_meant);
        let sets = held.into_iter().flat_map(|held| held.sets().map(move |(_, set)| (held, set)));
        let found = sets.flat_map(|(held, set)| {
            let set = set.into_iter();
            set.flat_map(|set| check(&self.schema, &held.document.text, set))
        });
        found.collect()
    }
}

/// A name is replaced wherever it stands.
#[derive(Debug)]
struct Renaming {
    kind: NameKind,
    old: Arc<str>,
    new: Arc<str>,
    /// Whether the schema has the new name already, so that the two become one.
    is_taken: bool,
    all: AllSets,
}

impl Renaming {
    /// What the step is called, but for the sets.
    fn name(&self) -> String {
        let Self { kind, old, new, .. } = self;
        let (verb, into) = if self.is_taken { ("merge", "into") } else { ("rename", "to") };
        format!("{verb} {} {old} {into} {new}", kind.title())
    }
}

impl Sweep for Renaming {
    fn begin(&mut self, session: &Session) -> Result<Option<Arc<Schema>>, String> {
        self.all.begin(session)?;
        let schema = session.schema.renamed(self.kind, &self.old, &self.new);
        let schema = schema.map_err(|error| error.to_string())?;
        self.is_taken = session.schema.has_name(self.kind, &self.new);
        Ok(Some(Arc::new(schema)))
    }

    fn deeds(&mut self, session: &Session, document: &DocumentPath) -> Vec<Deed> {
        let (kind, old, new) = (self.kind, &self.old, &self.new);
        let rewriting = Rewriting {
            annotation: &|annotation| annotation_called(kind, annotation, old, new),
            relation: &|relation| relation_called(kind, relation, old, new),
        };
        let mut deeds = self.all.deeds(session, document, &rewriting, |_, _| {});
        let found = session.found_where_meant(document);
        deeds.extend(session.deciding_anew_about(document, |decisions| {
            let mut renamed = meant_as(decisions, (document, &found), kind, old, new);
            renamed.extend(decisions.iter().filter_map(|decision| {
                Some((decision.clone(), decided_as(decision, kind, old, new)?))
            }));
            renamed.into_iter().collect()
        }));
        deeds
    }

    fn told(&self, session: &Session) -> Result<Told, String> {
        let Self { old, all, .. } = self;
        let step = format!("{}, {}", self.name(), all.in_sets());
        let beside = all.left(session, &format!("may still have the name {old}"));
        Ok(Told { step, beside })
    }
}

/// What is meant in a document stays meant under the name that it gets: each such decision, and
/// what it becomes.
fn meant_as(
    decisions: &Decisions,
    (document, found): (&DocumentPath, &[Finding]),
    kind: NameKind,
    old: &Arc<str>,
    new: &Arc<str>,
) -> BTreeMap<Decision, Decision> {
    // What was said of a finding may be about what rejections have left of it.
    let found = found.iter().flat_map(|finding| {
        let is_decided = |decision: &Decision| decisions.contains(decision);
        let left = finding.clone().without_rejected(document, is_decided);
        std::iter::once(finding.clone()).chain(left)
    });
    let decided = |finding| Decision::Meant { document: document.clone(), finding };
    let renamed = found.filter_map(|finding| {
        let before = decided(finding.key());
        let after = decided(finding.renamed(kind, old, new).key());
        (before != after && decisions.contains(&before)).then_some((before, after))
    });
    renamed.collect()
}

/// Each finding that is meant, by document and key.
fn meant(decisions: &Decisions) -> impl Iterator<Item = (&DocumentPath, &str)> {
    decisions.iter().filter_map(|decision| match decision {
        Decision::Meant { document, finding } => Some((document, finding.as_str())),
        _ => None,
    })
}

/// What was rejected, settled or reviewed stays so under the name that it gets; `None` where a
/// decision has not the old one, or is about a finding.
fn decided_as(
    decision: &Decision,
    kind: NameKind,
    old: &Arc<str>,
    new: &Arc<str>,
) -> Option<Decision> {
    let after = match decision {
        Decision::NotTagged { document, span, label, text }
            if kind == NameKind::Label && label == old =>
        {
            let (document, text) = (document.clone(), text.clone());
            Decision::NotTagged { document, span: *span, label: new.clone(), text }
        }
        Decision::Settled { document, case, by } => Decision::Settled {
            document: document.clone(),
            case: renamed(case, kind, old, new),
            by: by.clone(),
        },
        Decision::Reviewed(review) => Decision::Reviewed(Review {
            content: renamed(&review.content, kind, old, new),
            ..review.clone()
        }),
        Decision::NotTagged { .. } | Decision::Meant { .. } => return None,
    };
    (after != *decision).then_some(after)
}

/// An annotation under the other name; `None` where it has not the old one.
fn annotation_called(
    kind: NameKind,
    annotation: &Annotation,
    old: &Arc<str>,
    new: &Arc<str>,
) -> Option<Annotation> {
    match kind {
        NameKind::Label => (annotation.label == *old)
            .then(|| Annotation { label: new.clone(), ..annotation.clone() }),
        NameKind::Relation => None,
        NameKind::Attribute => {
            let mut changed = annotation.clone();
            let value = changed.attributes.remove(&**old)?;
            // Where both are there, the value under the name that stays holds.
            changed.attributes.entry(new.to_string()).or_insert(value);
            Some(changed)
        }
    }
}

/// The same of a relation.
fn relation_called(
    kind: NameKind,
    relation: &Relation,
    old: &Arc<str>,
    new: &Arc<str>,
) -> Option<Relation> {
    (kind == NameKind::Relation && relation.label == *old)
        .then(|| Relation { label: new.clone(), ..relation.clone() })
}
