//! Settling what annotators differ about, one case after the other.

use std::sync::Arc;

use super::page::PageLayout;
use super::takeover::Taken;
use crate::corpus::{AnnotationSet, Decision, DocumentPath, Edit, Id, Relation};
use crate::review::{CaseRow, Comparison, Outcome, Saying, Subject, Voice, settle};
use crate::session::attempt::Deed;
use crate::session::effect::Effect;
use crate::session::selection::{Focus, Place, Selection};
use crate::session::state::Session;
use crate::text::Direction;

/// How a person settles a case.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in crate::session) enum Verdict {
    /// As the annotator at this place of those compared has it.
    As(usize),
    /// Everything that anyone says.
    AsAll,
    /// Gold has nothing of it.
    AsNobody,
    /// As gold has it now.
    AsGold,
}

impl Session {
    /// Settles the case that one is at, in one step, and goes on to the next open one.
    pub(in crate::session) fn settle_case(&mut self, verdict: Verdict) {
        let Some((case, comparison, at, gold)) = self.case_before_eyes() else { return };
        let outcome = match verdict {
            Verdict::AsGold => None,
            Verdict::AsNobody => Some(Outcome::Take(Vec::new())),
            Verdict::AsAll => Some(Outcome::Take((0..comparison.annotators.len()).collect())),
            Verdict::As(number) => {
                let Some(place) = self.place_in(&comparison, number) else {
                    self.warn("This annotator has not worked on the article".to_owned());
                    return;
                };
                // Who has nothing there says so.
                let says = case.said.get(number).is_some_and(|voice| voice.saying().is_some());
                Some(Outcome::Take(if says { vec![place] } else { Vec::new() }))
            }
        };
        let edits = match outcome {
            None => Vec::new(),
            Some(outcome) => {
                match settle(&comparison, at, &outcome, &gold, || self.new_id_in(&gold)) {
                    Ok(edits) => edits,
                    Err(refusal) => {
                        self.warn(format!("Nothing was changed: {refusal}"));
                        return;
                    }
                }
            }
        };
        let document = case.document.clone();
        let own = self.annotator.clone();
        let Taken { edits: more, keys, .. } = self.agreed_since(&case, &edits);
        let edits = edits.into_iter().chain(more);
        let mut deeds: Vec<Deed> =
            edits.map(|edit| Deed::Edit(document.clone(), own.clone(), edit)).collect();
        let settled = std::iter::once(case.key.clone()).chain(keys);
        let settled = settled.map(|key| self.settled_by_person(&document, key));
        // What holds already is not decided again, or undoing would take it back.
        let new = settled.filter(|settled| !self.is_decided(settled));
        deeds.extend(new.map(|settled| Deed::Decide(None, settled, true)));
        if deeds.is_empty() {
            self.say("It is settled so already".to_owned());
            return;
        }
        let row = self.case_place().1.unwrap_or_default();
        let name = self.settling_name(&case, verdict);
        let caret = Selection::caret(case.at.start);
        let links = links_of(&deeds);
        if !self.carry_out(name, deeds, Place { selection: caret, focus: None }) {
            return;
        }
        self.warn_of_unfit(&links);
        let notice = self.notice.take();
        // What is settled is not listed any more, and the next has come to its place.
        let next = if self.is_case_listed(&case) { row + 1 } else { row };
        self.next_open_case(next, Direction::On);
        self.notice = notice;
    }

    /// Says which of the links that gold has got are not for what they connect.
    fn warn_of_unfit(&mut self, links: &[Arc<Relation>]) {
        let Some(held) = self.held() else { return };
        let unfit = links.iter().find_map(|link| {
            let label = |id: &Id| held.set.annotation(id).map(|one| one.label.clone());
            let (from, to) = (label(&link.from)?, label(&link.to)?);
            let fits = self.schema.relation(&link.label).is_none_or(|known| known.fits(&from, &to));
            (!fits).then(|| {
                format!("a link “{}” from a {from} to a {to} is not in the schema", link.label)
            })
        });
        if let Some(words) = unfit {
            self.warn(format!("Settled, but {words}"));
        }
    }

    /// Puts the case that one is at into gold as somebody has it, if gold has nothing of
    /// it, and goes there to change it.
    pub(in crate::session) fn edit_case(&mut self) {
        // Where several sets are in one text, nothing can be changed.
        if self.merged.is_some() {
            self.layout = PageLayout::Columns;
            self.refresh_page();
            self.show_case_in_hand();
        }
        let Some((case, comparison, at, gold)) = self.case_before_eyes() else { return };
        let said = comparison.cases.get(at).map(|case| &case.subject);
        if let Some(Subject::Annotation { said, gold: there }) = said
            && there.is_empty()
            && let Some(first) = said.iter().position(Option::is_some)
        {
            let outcome = Outcome::Take(vec![first]);
            if let Ok(edits) = settle(&comparison, at, &outcome, &gold, || self.new_id_in(&gold)) {
                let focus = edits.iter().find_map(|edit| match edit {
                    Edit::Insert(annotation) => Some(annotation.id.clone()),
                    _ => None,
                });
                let focus = focus.map(|id| Focus { id, fragment: 0 });
                let caret = Selection::caret(case.at.start);
                let name = format!("add {} to change it", label_of(&case, case.sayings().next()));
                self.change(name, edits, Place { selection: caret, focus });
            }
        }
        self.effects.push(Effect::Reveal(case.at));
        self.effects.push(Effect::FocusArticle);
    }

    /// The case that one is at, if its article is open and says so still: what is
    /// compared there, the case's place in it, and gold.
    fn case_before_eyes(
        &mut self,
    ) -> Option<(CaseRow, Arc<Comparison>, usize, Arc<AnnotationSet>)> {
        let case = self.comparing.as_ref()?.case_in_hand()?.clone();
        let here = self.reading.as_ref().is_some_and(|reading| reading.document == case.document);
        if !here || self.comparison.is_none() {
            let row = self.case_place().1.unwrap_or_default();
            self.go_to_case(row, false);
            self.say("Its article is opened first".to_owned());
            return None;
        }
        let comparison = self.comparison.clone()?;
        let at = comparison.cases.iter().position(|one| one.key == case.key);
        let gold = self.held()?.set.clone();
        let Some(at) = at else {
            self.warn("This has changed in the meantime".to_owned());
            return None;
        };
        Some((case, comparison, at, gold))
    }

    /// Where an annotator, by the place among all who are compared, is in the comparison
    /// of one article.
    fn place_in(&self, comparison: &Comparison, number: usize) -> Option<usize> {
        let annotator = self.comparing.as_ref()?.annotators.get(number)?;
        comparison.annotators.iter().position(|one| one == annotator)
    }

    fn is_case_listed(&self, case: &CaseRow) -> bool {
        let Some(comparing) = &self.comparing else { return false };
        let rows = comparing.listed.iter().filter_map(|at| comparing.rows.get(*at));
        rows.into_iter().any(|row| row.document == case.document && row.key == case.key)
    }

    /// What is agreed and can be taken over now that a case is settled, where that is
    /// wanted: mostly links between what has just come into gold.
    fn agreed_since(&mut self, case: &CaseRow, edits: &[Edit]) -> Taken {
        let (Some(rule), Some(comparing), Some(held)) =
            (self.settling.rule, &self.comparing, self.held())
        else {
            return Taken::default();
        };
        // A rule was chosen for those between whom one began to settle, not for others.
        if !comparing.annotators.iter().eq(&self.settling.annotators) {
            return Taken::default();
        }
        let (annotators, mut held) = (comparing.annotators.clone(), held.clone());
        let gold = Arc::make_mut(&mut held.set);
        if edits.iter().any(|edit| gold.apply(edit.clone()).is_err()) {
            return Taken::default();
        }
        self.taken_over(&held, &annotators, rule, Some(&case.key))
    }

    pub(super) fn settled_by_person(&self, document: &DocumentPath, case: String) -> Decision {
        Decision::Settled { document: document.clone(), case, by: self.person.clone() }
    }

    fn settling_name(&self, case: &CaseRow, verdict: Verdict) -> String {
        let what = label_of(case, case.sayings().next());
        match verdict {
            Verdict::As(number) => {
                let annotators = self.comparing.iter().filter_map(|one| one.annotators.get(number));
                let name = annotators.map(ToString::to_string).collect::<String>();
                match case.said.get(number).and_then(Voice::saying) {
                    Some(saying) => format!("settle {} as {name}", label_of(case, Some(saying))),
                    None => format!("settle {what} as nothing, like {name}"),
                }
            }
            Verdict::AsAll => format!("settle {what} with what anyone has"),
            // Who only meant the values that differ sees what has gone with them.
            Verdict::AsNobody if case.said.iter().all(|voice| voice.saying().is_some()) => {
                format!("settle {what} as nothing, though all have it")
            }
            Verdict::AsNobody => format!("settle {what} as nothing"),
            Verdict::AsGold => format!("settle {what} as it is in gold"),
        }
    }

    /// A new id for something in a set.
    pub(super) fn new_id_in(&mut self, set: &AnnotationSet) -> Id {
        loop {
            let id = Id::from_random((self.ids)());
            if !set.has_id(&id) {
                return id;
            }
        }
    }
}

/// What the thing that a case is about is called by whoever says this of it.
fn label_of(case: &CaseRow, saying: Option<&Saying>) -> String {
    let label = saying.map(|saying| saying.label.to_string()).unwrap_or_default();
    if case.is_link { format!("link {label}") } else { label }
}

/// The links that these deeds make.
fn links_of(deeds: &[Deed]) -> Vec<Arc<Relation>> {
    let link = |deed: &Deed| match deed {
        Deed::Edit(_, _, Edit::InsertRelation(link)) => Some(link.clone()),
        _ => None,
    };
    deeds.iter().filter_map(link).collect()
}
