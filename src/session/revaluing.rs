//! Listing the values of an attribute otherwise: what everyone has said stays what it was.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::applying::counted;
use super::attempt::Deed;
use super::carrying::Afterwards;
use super::held::Held;
use super::rewriting::{AllSets, Rewriting, SCHEMA_CHANGED};
use super::state::Session;
use super::sweep::{Sweep, Told};
use super::tasks::Then;
use crate::corpus::{Check, Decision, Decisions, DocumentPath, Revaluing, Schema};
use crate::review::{Finding, ReplacedAnnotations};
use crate::storage::Problem;

impl Session {
    /// Takes over a schema in a step of this name, when all sets are in memory that have to say
    /// something in other words under it.
    pub(super) fn revalue(&mut self, name: String, schema: Schema, revaluing: &Revaluing) {
        if let Err(reason) = self.can_change_in_all_sets() {
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
        (before, schema): (Arc<Schema>, Schema),
        read: (&[Problem], usize),
    ) {
        let revaluing = Revaluing::between(&before, &schema);
        let relisting = Relisting {
            name: name.clone(),
            before,
            schema: Arc::new(schema),
            revaluing,
            all: AllSets::after_reading(read),
            gone: BTreeMap::new(),
        };
        self.carry_through(name, Box::new(relisting), Afterwards::Tell(None));
    }
}

/// Values are listed otherwise, and stay what they were in all sets.
#[derive(Debug)]
struct Relisting {
    /// What the step is called, but for the sets.
    name: String,
    /// The schema before and after.
    before: Arc<Schema>,
    schema: Arc<Schema>,
    revaluing: Revaluing,
    all: AllSets,
    /// How many annotations have a value that is listed no more, by attribute and value.
    gone: BTreeMap<String, usize>,
}

impl Sweep for Relisting {
    fn begin(&mut self, session: &Session) -> Result<Option<Arc<Schema>>, String> {
        self.all.begin(session)?;
        if *session.schema != *self.before {
            return Err(SCHEMA_CHANGED.to_owned());
        }
        self.gone.clear();
        Ok(Some(self.schema.clone()))
    }

    fn deeds(&mut self, session: &Session, document: &DocumentPath) -> Vec<Deed> {
        let Self { revaluing, all, gone, before, .. } = self;
        let sets = session.held.get(document).into_iter().flat_map(Held::sets);
        let annotations = sets.filter_map(|(_, set)| set).flat_map(|set| set.annotations());
        for (name, value) in annotations.flat_map(|annotation| revaluing.gone(annotation)) {
            *gone.entry(format!("{name}: {value}")).or_default() += 1;
        }
        let rewriting = Rewriting {
            annotation: &|annotation| revaluing.annotation(annotation),
            relation: &|_| None,
        };
        let mut replaced = ReplacedAnnotations::default();
        let is_decided =
            session.all_decisions().any(|(_, decisions)| decisions.are_about_sets_of(document));
        let mut deeds = all.deeds(session, document, &rewriting, |annotator, set| {
            for was in set.annotations().iter().filter(|_| is_decided) {
                if let Some(now) = revaluing.annotation(was) {
                    replaced.add(document, annotator, (was, &now));
                }
            }
        });
        deeds.extend(session.deciding_anew_about(document, |decisions| {
            let mut other = replaced.decided(decisions);
            other.extend(meant_with(decisions, revaluing, before));
            other
        }));
        deeds
    }

    fn told(&self, session: &Session) -> Result<Told, String> {
        // Under the other schema it would say something else.
        if let Some(left) = self.all.left(session, "would say something else under it") {
            return Err(left);
        }
        let step = if self.all.any() {
            format!("{}, {}", self.name, self.all.in_sets())
        } else {
            self.name.clone()
        };
        let renamed = self.revaluing.renamed();
        let renamed: Vec<String> =
            renamed.map(|(name, old, new)| format!("{name}: {old} is called {new}")).collect();
        let renamed = (!renamed.is_empty()).then(|| format!("Now {}", renamed.join(", ")));
        let gone = self.gone.iter();
        let gone: Vec<String> =
            gone.map(|(value, count)| format!("{value} on {}", counted(*count, "tag"))).collect();
        let gone = (!gone.is_empty()).then(|| {
            let values = gone.join(", ");
            format!("Still there, and not in the schema any more: {values}. Undo puts it back")
        });
        let said: Vec<String> = renamed.into_iter().chain(gone).collect();
        Ok(Told { step, beside: (!said.is_empty()).then(|| said.join(". ")) })
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
