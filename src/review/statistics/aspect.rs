use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{Name, Names};
use super::roles::Roles;
use crate::corpus::{Annotation, AnnotationSet, Id, Relation, Schema, TO_DISCUSS};
use crate::text::Text;

/// Something that can be counted: what is the case with an annotation, or with a
/// relation that starts from it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Aspect {
    /// It has the label.
    Label(Arc<str>),
    /// It has the label and covers so many characters, gaps left out.
    Length(Arc<str>, usize),
    /// It has the label, and the value for the attribute, by default or stored.
    Value {
        /// The label.
        label: Arc<str>,
        /// The attribute's name.
        attribute: Arc<str>,
        /// The value.
        value: Arc<str>,
    },
    /// It has several fragments.
    Fragmented,
    /// It has a note.
    Noted,
    /// It is marked to be discussed.
    ToDiscuss,
    /// A relation so labelled starts from it.
    Relation(Arc<str>),
    /// A relation leads from it to what is called so. See [`Roles::targets`].
    Target {
        /// The relation's label.
        relation: Arc<str>,
        /// The name, in small letters.
        name: Arc<str>,
    },
    /// A relation leads from it to another annotation, both with a target of their
    /// own. See [`Roles::pairs`].
    Pair {
        /// The relation's label.
        relation: Arc<str>,
        /// The name, in small letters, of what this one leads to; `None` where it
        /// leads to nothing.
        from: Option<Arc<str>>,
        /// The same for the other one.
        to: Option<Arc<str>>,
    },
}

/// An aspect of one annotation.
pub(super) struct Fact<'a> {
    pub(super) aspect: Aspect,
    pub(super) annotation: &'a Arc<Annotation>,
    /// The other end of the relation, where it is about one.
    pub(super) other: Option<&'a Arc<Annotation>>,
    /// The names in the aspect, as they are written.
    pub(super) names: Vec<Name>,
}

/// Everything that is counted in a set. The same order for the same set: first what
/// annotations are, in the order of the text, then what relations say.
pub(super) fn facts<'a>(schema: &Schema, text: &'a Text, set: &'a AnnotationSet) -> Vec<Fact<'a>> {
    let mut facts = Vec::new();
    for annotation in set.annotations() {
        let plain = |aspect| Fact { aspect, annotation, other: None, names: Vec::new() };
        facts.extend(aspects(schema, annotation).into_iter().map(plain));
    }
    let roles = Roles::of(schema);
    let names = Names::of(&roles, set, text);
    let from = Departures::of(set);
    for relation in set.relations() {
        let ends = (names.annotation(&relation.from), names.annotation(&relation.to));
        if let (Some(one), Some(other)) = ends {
            link_facts(&roles, &names, &from, relation, (one, other), &mut facts);
        }
    }
    facts
}

/// What is the case with an annotation by itself.
fn aspects(schema: &Schema, annotation: &Annotation) -> Vec<Aspect> {
    let label = &annotation.label;
    let mut aspects = vec![
        Aspect::Label(label.clone()),
        Aspect::Length(label.clone(), annotation.fragments.length()),
    ];
    let mut value = |attribute: Arc<str>, value: &str| {
        aspects.push(Aspect::Value { label: label.clone(), attribute, value: value.into() });
    };
    for attribute in schema.attributes_of(label) {
        value(attribute.name.clone(), schema.value(annotation, attribute));
    }
    for (name, stored) in &annotation.attributes {
        if schema.attribute_of(label, name).is_none() && name != TO_DISCUSS {
            value(name.as_str().into(), stored);
        }
    }
    if annotation.fragments.count() > 1 {
        aspects.push(Aspect::Fragmented);
    }
    if !annotation.note.trim().is_empty() {
        aspects.push(Aspect::Noted);
    }
    if annotation.is_to_discuss() {
        aspects.push(Aspect::ToDiscuss);
    }
    aspects
}

fn link_facts<'a>(
    roles: &Roles<'_>,
    names: &Names<'a>,
    from: &Departures<'a>,
    relation: &Relation,
    (one, other): (&'a Arc<Annotation>, &'a Arc<Annotation>),
    facts: &mut Vec<Fact<'a>>,
) {
    let label = &relation.label;
    let mut fact =
        |aspect, names| facts.push(Fact { aspect, annotation: one, other: Some(other), names });
    fact(Aspect::Relation(label.clone()), Vec::new());
    if roles.leads_to_target(label, &one.label, &other.label)
        && let Some(name) = names.name(&other.id)
    {
        let aspect = Aspect::Target { relation: label.clone(), name: name.key.clone() };
        fact(aspect, vec![name]);
    }
    let sources: Vec<&str> =
        roles.sources(label, &one.label, &other.label).map(|source| &*source.name).collect();
    if sources.is_empty() {
        return;
    }
    let targets = [one, other].map(|end| from.targets(roles, names, end, &sources));
    let [ours, theirs] = &targets;
    for our in ours {
        for their in theirs {
            let key = |name: &Option<Name>| name.as_ref().map(|name| name.key.clone());
            let aspect = Aspect::Pair { relation: label.clone(), from: key(our), to: key(their) };
            fact(aspect, our.iter().chain(their).cloned().collect());
        }
    }
}

/// The relations of a set by what they start from.
struct Departures<'a>(BTreeMap<&'a Id, Vec<&'a Relation>>);

impl<'a> Departures<'a> {
    fn of(set: &'a AnnotationSet) -> Self {
        let mut departures: BTreeMap<&Id, Vec<&Relation>> = BTreeMap::new();
        for relation in set.relations() {
            departures.entry(&relation.from).or_default().push(relation);
        }
        Self(departures)
    }

    /// What these relations lead to from an annotation, each name once; `None` alone
    /// where they lead to nothing.
    fn targets(
        &self,
        roles: &Roles<'_>,
        names: &Names<'_>,
        end: &Annotation,
        relations: &[&str],
    ) -> Vec<Option<Name>> {
        let mut found: Vec<Option<Name>> = Vec::new();
        for relation in self.0.get(&end.id).into_iter().flatten() {
            let Some(target) = names.annotation(&relation.to) else { continue };
            let leads = relations.contains(&&*relation.label)
                && roles.leads_to_target(&relation.label, &end.label, &target.label);
            let Some(name) = names.name(&target.id).filter(|_| leads) else { continue };
            if !found.iter().flatten().any(|known| known.key == name.key) {
                found.push(Some(name));
            }
        }
        if found.is_empty() {
            found.push(None);
        }
        found
    }
}
