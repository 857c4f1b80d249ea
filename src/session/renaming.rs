//! Giving labels, relations and attributes other names, wherever they stand.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::carrying::Afterwards;
use super::rewriting::Rewriting;
use super::state::Session;
use super::tasks::Then;
use crate::corpus::{Annotation, Decision, Decisions, DocumentPath, NameKind, Relation, Review};
use crate::review::{Finding, check, renamed};
use crate::storage::Problem;

impl Session {
    /// Gives something another name, in the schema and in all sets; where the
    /// name is taken, the two become one.
    pub(super) fn rename(&mut self, kind: NameKind, old: &Arc<str>, new: &str) {
        // In sets that are not seen the name would stay.
        if let Err(reason) = self.can_change_schema().and_then(|()| self.is_not_blind()) {
            self.refuse_in_schema(reason);
            return;
        }
        let new = new.trim().to_owned();
        if **old == *new {
            return;
        }
        if let Err(error) = self.schema.renamed(kind, old, &new) {
            self.refuse_in_schema(error.to_string());
            return;
        }
        self.accept_in_schema();
        let documents = self.documents.paths();
        let title = format!("Renaming {old} in all sets");
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
        old: &Arc<str>,
        new: &str,
        read: (&[Problem], usize),
    ) {
        let schema = match self.schema.renamed(kind, old, new) {
            Ok(schema) => schema,
            Err(error) => return self.refuse_in_schema(error.to_string()),
        };
        let taken = self.schema.has_name(kind, new);
        let new: Arc<str> = new.into();
        let rewriting = Rewriting {
            annotation: &|annotation| annotation_called(kind, annotation, old, &new),
            relation: &|relation| relation_called(kind, relation, old, &new),
        };
        let rewritten = self.rewrite_all(&rewriting, read, |_, _, _| {});
        let left = rewritten.left(&format!("may still have the name {old}"));
        let mut deeds = vec![Deed::SetSchema(Arc::new(schema))];
        deeds.extend(rewritten.deeds);
        let found = self.found_where_meant();
        deeds.extend(self.deciding_anew(|decisions| {
            let mut renamed = meant_as(decisions, &found, kind, old, &new);
            renamed.extend(decisions.iter().filter_map(|decision| {
                Some((decision.clone(), decided_as(decision, kind, old, &new)?))
            }));
            renamed.into_iter().collect()
        }));
        let (verb, into) = if taken { ("merge", "into") } else { ("rename", "to") };
        let kind_title = kind.title();
        let name = format!(
            "{verb} {kind_title} {old} {into} {new}, in {}",
            counted(rewritten.sets, "set")
        );
        let after = self.place();
        self.carry_out_then(name, vec![deeds], after, Afterwards::Tell(left));
    }

    /// What the checks find in the documents in which anyone means something to be so.
    fn found_where_meant(&self) -> BTreeMap<DocumentPath, Vec<Finding>> {
        let meant = self.all_decisions().flat_map(|(_, decisions)| meant(decisions));
        let documents: BTreeSet<&DocumentPath> = meant.map(|(document, _)| document).collect();
        let found_in = |document: &DocumentPath| {
            let held = self.held.get(document)?;
            let sets = held.sets().filter_map(|(_, set)| set);
            let found = sets.flat_map(|set| check(&self.schema, &held.document.text, set));
            Some((document.clone(), found.collect()))
        };
        documents.into_iter().filter_map(found_in).collect()
    }
}

/// What is meant stays meant under the name that it gets: each such decision, and what it
/// becomes.
fn meant_as(
    decisions: &Decisions,
    found: &BTreeMap<DocumentPath, Vec<Finding>>,
    kind: NameKind,
    old: &Arc<str>,
    new: &Arc<str>,
) -> BTreeMap<Decision, Decision> {
    let mut by_document: BTreeMap<&DocumentPath, BTreeSet<&str>> = BTreeMap::new();
    for (document, finding) in meant(decisions) {
        by_document.entry(document).or_default().insert(finding);
    }
    let mut renamed = BTreeMap::new();
    for (document, meant) in by_document {
        // What was said of a finding may be about what rejections have left of it.
        let found = found.get(document).into_iter().flatten().flat_map(|finding| {
            let is_decided = |decision: &Decision| decisions.contains(decision);
            let left = finding.clone().without_rejected(document, is_decided);
            std::iter::once(finding.clone()).chain(left)
        });
        for finding in found {
            let (before, after) = (finding.key(), finding.renamed(kind, old, new).key());
            if before != after && meant.contains(&*before) {
                let decided = |finding| Decision::Meant { document: document.clone(), finding };
                renamed.insert(decided(before), decided(after));
            }
        }
    }
    renamed
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
