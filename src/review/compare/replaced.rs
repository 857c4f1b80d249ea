//! What was decided about annotations that say the same in other words.

use std::collections::BTreeMap;

use super::case::content;
use crate::corpus::{
    Annotation, Annotator, BETWEEN_VOICES, Decision, Decisions, DocumentPath, Id, Review,
};

/// Annotations that were replaced by others which mean the same, such as one that stores a value
/// which it had by default before.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct ReplacedAnnotations(BTreeMap<(DocumentPath, Annotator), InSet>);

/// Those of one set.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
struct InSet {
    /// What each said and says.
    by_id: BTreeMap<Id, (String, String)>,
    /// The same by what was said.
    by_content: BTreeMap<String, String>,
}

impl ReplacedAnnotations {
    /// Adds one annotation of an annotator's set about a document.
    pub fn add(
        &mut self,
        document: &DocumentPath,
        whose: &Annotator,
        (was, now): (&Annotation, &Annotation),
    ) {
        let set = self.0.entry((document.clone(), whose.clone())).or_default();
        let (id, was, now) = (was.id.clone(), content(was), content(now));
        set.by_content.insert(was.clone(), now.clone());
        set.by_id.insert(id, (was, now));
    }

    /// The decisions about them, each with what it is now.
    #[must_use]
    pub fn decided(&self, decisions: &Decisions) -> Vec<(Decision, Decision)> {
        let now = |one: &Decision| Some((one.clone(), self.now(one)?));
        decisions.iter().filter_map(now).collect()
    }

    /// What a decision is now; `None` where it is as it was.
    fn now(&self, decision: &Decision) -> Option<Decision> {
        let now = match decision {
            Decision::Reviewed(review) => {
                let set = self.0.get(&(review.document.clone(), review.annotator.clone()))?;
                let (_, now) =
                    set.by_id.get(&review.annotation).filter(|(was, _)| *was == review.content)?;
                Decision::Reviewed(Review { content: now.clone(), ..review.clone() })
            }
            Decision::Settled { document, case, by } => {
                let case = self.key(document, case);
                Decision::Settled { document: document.clone(), case, by: by.clone() }
            }
            Decision::NotTagged { .. } | Decision::Meant { .. } => return None,
        };
        (now != *decision).then_some(now)
    }

    /// The key of a case with what everyone says now.
    fn key(&self, document: &DocumentPath, key: &str) -> String {
        let voice = |voice: &str| {
            let (name, said) = voice.split_once(": ")?;
            let set = self.0.get(&(document.clone(), Annotator::of_folder(name).ok()?))?;
            Some(format!("{name}: {}", set.by_content.get(said)?))
        };
        let voices = key.split(BETWEEN_VOICES);
        let voices: Vec<String> =
            voices.map(|one| voice(one).unwrap_or_else(|| one.to_owned())).collect();
        voices.join(BETWEEN_VOICES)
    }
}
