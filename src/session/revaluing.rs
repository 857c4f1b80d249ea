//! Listing the values of an attribute otherwise: what everyone has said stays what it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::carrying::Afterwards;
use super::rewriting::Rewriting;
use super::state::Session;
use super::tasks::Then;
use crate::corpus::{Check, Decision, Decisions, DocumentPath, Revaluing, Schema};
use crate::review::{Finding, ReplacedAnnotations};
use crate::storage::Problem;

impl Session {
    /// Takes over a schema in a step of this name, when all sets are in memory that have to say
    /// something in other words under it.
    pub(super) fn revalue(&mut self, name: String, schema: Schema, revaluing: &Revaluing) {
        // In sets that are not seen the values would become others.
        if let Err(reason) = self.is_not_blind() {
            self.refuse_in_schema(reason);
            return;
        }
        self.accept_in_schema();
        let title = "Keeping values in all sets".to_owned();
        let since = self.read_anew.len();
        let before = self.schema.clone();
        let then = Then::Revalue { name, before, schema: Box::new(schema), since };
        let documents = self.documents.paths();
        self.gather(title, documents, revaluing.naming(), BTreeSet::new(), then);
    }

    pub(super) fn carry_out_revaluing(
        &mut self,
        name: String,
        (before, schema): (&Schema, Schema),
        read: (&[Problem], usize),
    ) {
        if *self.schema != *before || self.schema_problem.is_some() {
            self.warn_of_nothing("another program has changed the schema meanwhile");
            return;
        }
        let revaluing = Revaluing::between(before, &schema);
        let rewriting = Rewriting {
            annotation: &|annotation| revaluing.annotation(annotation),
            relation: &|_| None,
        };
        let mut replaced = ReplacedAnnotations::default();
        let decided = self.documents_decided_about();
        let rewritten = self.rewrite_all(&rewriting, read, |document, annotator, set| {
            if !decided.contains(document) {
                return;
            }
            for was in set.annotations() {
                if let Some(now) = revaluing.annotation(was) {
                    replaced.add(document, annotator, (was, &now));
                }
            }
        });
        if let Some(left) = rewritten.left("would say something else under it") {
            self.warn_of_nothing(&left);
            return;
        }
        let mut deeds = vec![Deed::SetSchema(Arc::new(schema))];
        deeds.extend(rewritten.deeds);
        deeds.extend(self.deciding_anew(|decisions| {
            let mut other = replaced.decided(decisions);
            other.extend(meant_with(decisions, &revaluing, before));
            other
        }));
        let name = match rewritten.sets {
            0 => name,
            sets => format!("{name}, in {}", counted(sets, "set")),
        };
        let renamed: Vec<String> = revaluing
            .renamed()
            .map(|(name, old, new)| format!("{name}: {old} is called {new}"))
            .collect();
        let renamed = (!renamed.is_empty()).then(|| format!("Now {}", renamed.join(", ")));
        let said = [renamed, self.with_values_gone(&revaluing)];
        let said: Vec<String> = said.into_iter().flatten().collect();
        let said = (!said.is_empty()).then(|| said.join(". "));
        let had_keys = self.keymap.clone();
        let after = self.place();
        self.carry_out_then(name, vec![deeds], after, Afterwards::Tell(said));
        self.tell_of_lost_keys(&had_keys);
    }

    /// The documents about which somebody has reviewed or settled something.
    fn documents_decided_about(&self) -> BTreeSet<DocumentPath> {
        let all = self.all_decisions().flat_map(|(_, decisions)| decisions.iter());
        let documents = all.filter_map(|decision| match decision {
            Decision::Reviewed(review) => Some(review.document.clone()),
            Decision::Settled { document, .. } => Some(document.clone()),
            Decision::NotTagged { .. } | Decision::Meant { .. } => None,
        });
        documents.collect()
    }

    /// What has a value that is listed no more, in words.
    fn with_values_gone(&self, revaluing: &Revaluing) -> Option<String> {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let sets = self.held.values().flat_map(|held| held.sets().filter_map(|(_, set)| set));
        for annotation in sets.flat_map(|set| set.annotations()) {
            for (name, value) in revaluing.gone(annotation) {
                *counts.entry(format!("{name}: {value}")).or_default() += 1;
            }
        }
        let words: Vec<String> = counts
            .into_iter()
            .map(|(value, count)| format!("{value} on {}", counted(count, "tag")))
            .collect();
        let words = words.join(", ");
        (!words.is_empty()).then(|| {
            format!("Still there, and not in the schema any more: {words}. Undo puts it back")
        })
    }
}

/// What is meant stays meant where what a check asks for is called otherwise: each such decision,
/// and what it becomes.
fn meant_with(
    decisions: &Decisions,
    revaluing: &Revaluing,
    schema: &Schema,
) -> Vec<(Decision, Decision)> {
    let renamed: Vec<(&str, &str, String)> = schema
        .checks()
        .iter()
        .filter_map(|check| match (check, revaluing.check(check)) {
            (
                Check::RelationOrValue { relation, value, .. },
                Check::RelationOrValue { value: new, .. },
            ) if *value != new => Some((&**relation, &**value, new.to_string())),
            _ => None,
        })
        .collect();
    let now = |decision: &Decision| {
        let Decision::Meant { document, finding } = decision else { return None };
        let finding = renamed
            .iter()
            .find_map(|(relation, old, new)| Finding::key_revalued(finding, relation, old, new))?;
        let document = document.clone();
        Some((decision.clone(), Decision::Meant { document, finding }))
    };
    decisions.iter().filter_map(now).collect()
}
