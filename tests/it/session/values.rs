//! Listing the values of an attribute otherwise: everyone still says what they said.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use tandai::corpus::{AnnotationSet, AttributeDefinition, Decision, Revaluing, Review, Schema};
use tandai::review::content;
use tandai::session::{Message, Outside};
use tandai::storage::{SetOnDisk, built_in_schema};

use super::{Person, annotator, broken_set, path};
use crate::hostile;

/// The built-in schema with other values of what claims have in `name`.
fn with_values(schema: &Schema, name: &str, values: &[&str]) -> Schema {
    let mut attributes = schema.attributes().to_vec();
    let attribute = attributes.iter_mut().find(|one| *one.name == *name).unwrap();
    attribute.values = values.iter().map(|value| Arc::from(*value)).collect();
    schema.with_attributes(attributes).unwrap()
}

/// As the sheet of the schema does it.
fn list(person: &mut Person, name: &str, values: &[&str]) {
    let schema = Ok(Box::new(with_values(person.session.schema(), name, values)));
    person.tell(Message::SetSchema { name: format!("change attribute {name}"), schema });
}

fn definition(schema: &Schema) -> &AttributeDefinition {
    schema.attribute_of("claim", "certainty").unwrap()
}

fn set<'a>(person: &'a Person, who: &str, document: &str) -> &'a AnnotationSet {
    match &person.disk[&(annotator(who), path(document))] {
        SetOnDisk::Read(set) => set,
        other => panic!("{other:?}"),
    }
}

/// How certain each claim of a set is, as the schema has it.
fn certainty(person: &Person, who: &str, document: &str) -> Vec<String> {
    let schema = person.session.schema();
    let of = |one| schema.value(one, definition(schema)).to_owned();
    set(person, who, document).annotations().iter().map(|one| of(one)).collect()
}

/// Ana and Ben have claims of two articles, one of them with a value that is stored.
fn person() -> Person {
    let marked = "[claim:Kim tiba], [claim:KCNA diam].";
    let mut person = Person::unopened(&[("a.txt", marked), ("b.txt", "[claim:Ya].")]);
    person.put_marked("ben", "b.txt", "[claim:Ya].");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab Y");
    person
}

#[test]
fn where_another_value_comes_first_everyone_keeps_what_they_had_by_default() {
    let mut person = person();
    let known: Vec<String> =
        definition(&built_in_schema()).values.iter().map(ToString::to_string).collect();
    let [first, second] = [0, 1].map(|at| known[at].as_str());
    assert_eq!(certainty(&person, "ana", "a.txt"), [second, first]);
    let before = (person.disk.clone(), person.session.schema().clone());
    let mut turned: Vec<&str> = known.iter().map(String::as_str).collect();
    turned.reverse();
    list(&mut person, "certainty", &turned);
    assert_eq!(person.notice(), "Changed attribute certainty, in 3 sets");
    assert_eq!(certainty(&person, "ana", "a.txt"), [second, first]);
    assert_eq!(certainty(&person, "ana", "b.txt"), [first]);
    assert_eq!(certainty(&person, "ben", "b.txt"), [first]);
    // What comes first is not stored.
    person.press("Ctrl+Z");
    assert_eq!((person.disk.clone(), person.session.schema().clone()), before);
    list(&mut person, "certainty", &[second, first]);
    let stored = set(&person, "ana", "a.txt").annotations();
    let stored: Vec<usize> = stored.iter().map(|one| one.attributes.len()).collect();
    assert_eq!(stored, [0, 1]);
}

#[test]
fn a_value_in_the_place_of_another_is_that_one_under_a_new_name() {
    let mut person = person();
    let values = definition(&built_in_schema()).values.clone();
    let mut listed: Vec<&str> = values.iter().map(|value| &**value).collect();
    (listed[0], listed[1]) = ("pasti", "mungkin");
    list(&mut person, "certainty", &listed);
    assert_eq!(certainty(&person, "ana", "a.txt"), ["mungkin", "pasti"]);
    assert!(person.session.unknown_names().is_empty());
    // A check asks for a value by its new name.
    let narrator = ["direct", "indirect", "mixed", "penulis"];
    let schema = built_in_schema();
    let values = &schema.attribute_of("claim", "directness").unwrap().values;
    let listed: Vec<&str> = values
        .iter()
        .map(|value| if **value == *"narrator" { narrator[3] } else { value })
        .collect();
    list(&mut person, "directness", &listed);
    let asked = person.session.schema().checks().iter().any(|one| one.title().contains("penulis"));
    assert!(asked, "{:?}", person.session.schema().checks());
}

#[test]
fn a_value_that_is_left_out_stays_on_what_has_it_and_is_said() {
    let mut person = person();
    let values = definition(&built_in_schema()).values.clone();
    let mut listed: Vec<&str> = values.iter().map(|value| &**value).collect();
    let gone = listed.remove(1);
    list(&mut person, "certainty", &listed);
    let said = format!(
        "Still there, and not in the schema any more: certainty: {gone} on 1 tag. Undo puts it back"
    );
    assert_eq!(person.notice(), said);
    assert_eq!(certainty(&person, "ana", "a.txt")[0], gone);
    let unknown = person.session.unknown_names();
    assert_eq!(unknown[0].1, format!("certainty: {gone} on claim"));
    person.tell(Message::Run(tandai::session::Command::AdoptNames));
    assert!(person.session.unknown_names().is_empty());
}

/// What says the same in other words need not be reviewed or settled anew.
#[test]
fn what_was_reviewed_stays_reviewed() {
    let mut person = person();
    person.press("Tab O");
    let reviews = |person: &Person| {
        let decisions = person.decisions_of(&annotator("ana"));
        let all = decisions.iter().filter_map(|one| match one {
            Decision::Reviewed(Review { annotation, content, .. }) => {
                Some((annotation.clone(), content.clone()))
            }
            _ => None,
        });
        all.collect::<Vec<_>>()
    };
    let before = reviews(&person);
    assert_eq!(before.len(), 1);
    let values = definition(&built_in_schema()).values.clone();
    let mut turned: Vec<&str> = values.iter().map(|value| &**value).collect();
    turned.reverse();
    list(&mut person, "certainty", &turned);
    let [(id, said)] = &reviews(&person)[..] else { panic!("{:?}", reviews(&person)) };
    assert_eq!(*said, content(set(&person, "ana", "a.txt").annotation(id).unwrap()));
    assert_ne!(*said, before[0].1);
    person.press("Ctrl+Z");
    assert_eq!(reviews(&person), before);
}

/// Nobody has chosen what was the default, and everyone still says it.
#[test]
fn a_default_that_is_left_out_stays_on_what_had_it() {
    let mut person = person();
    list(&mut person, "certainty", &["probable", "possible"]);
    let said = "Still there, and not in the schema any more: certainty: certain on 3 tags. Undo \
                puts it back";
    assert_eq!(person.notice(), said);
    assert_eq!(certainty(&person, "ana", "a.txt"), ["probable", "certain"]);
    assert_eq!(certainty(&person, "ben", "b.txt"), ["certain"]);
    person.press("Ctrl+Z");
    assert_eq!(certainty(&person, "ana", "a.txt"), ["probable", "certain"]);
    // All other values, as for an attribute that was just added: what is so is said.
    list(&mut person, "certainty", &["a", "b"]);
    let said = "Now certainty: certain is called a. Still there, and not in the schema any more: \
                certainty: probable on 1 tag. Undo puts it back";
    assert_eq!(person.notice(), said);
}

#[test]
fn what_is_meant_stays_meant_where_a_value_is_called_otherwise() {
    let links = [("attributed-to", "Kim tiba", "kata KCNA")];
    let mut person = Person::linked("[*claim:Kim tiba], [source:kata KCNA].", &links);
    person.tell(Message::SetValue { name: "directness".to_owned(), value: "narrator".to_owned() });
    let found = |person: &Person| -> Vec<String> {
        person.session.problems_found().iter().map(tandai::review::Finding::key).collect()
    };
    let both = |keys: &[String]| keys.iter().filter(|key| key.contains("narrator")).count();
    assert_eq!(both(&found(&person)), 1, "{:?}", found(&person));
    person.press("P X");
    assert_eq!(both(&found(&person)), 0);
    list(&mut person, "directness", &["indirect", "direct", "mixed", "penulis"]);
    assert!(!found(&person).iter().any(|key| key.contains("penulis")), "{:?}", found(&person));
}

/// What it says could not be kept: the new order would give it another default.
#[test]
fn nothing_is_listed_otherwise_while_a_set_cannot_be_read() {
    let mut person = person();
    person.put_set("ben", "b.txt", broken_set());
    let before = (person.disk.clone(), person.session.schema().clone());
    list(&mut person, "certainty", &["possible", "certain", "probable", "unspecified"]);
    let said =
        "Nothing was changed: 1 file cannot be changed now and would say something else under it";
    assert!(person.notice().starts_with(said), "{}", person.notice());
    assert_eq!((person.disk.clone(), person.session.schema().clone()), before);
}

#[test]
fn a_schema_that_changes_meanwhile_is_not_written_over() {
    let mut person = person();
    let schema =
        with_values(person.session.schema(), "certainty", &["possible", "certain", "probable"]);
    let name = "change attribute certainty".to_owned();
    let effects = person.tell_only(Message::SetSchema { name, schema: Ok(Box::new(schema)) });
    let project = effects.iter().find_map(|effect| match effect {
        tandai::session::Effect::Gather { project, .. } => Some(project.clone()),
        _ => None,
    });
    let project = project.expect("what is not in memory is read");
    let theirs = with_values(&built_in_schema(), "checkworthy", &["yes", "no", "maybe"]);
    let outside = Outside::Schema { project, schema: Ok(theirs.clone()) };
    person.tell(Message::Outside(Box::new(outside)));
    person.carry_out(effects);
    assert_eq!(person.session.schema(), &theirs);
    assert!(person.notice().contains("changed the schema meanwhile"), "{}", person.notice());
    let steps = person.session.history().done();
    assert!(steps.iter().all(|step| !step.name.starts_with("change attribute")));
}

proptest! {
    /// Whatever is listed, in whatever order: what is still listed, or has another name, is what
    /// each annotation has.
    #[test]
    fn no_value_becomes_another(
        (_, set) in hostile::text_with_set(),
        listed in subsequence(vec!["certain", "probable", "possible", "baru", "lama"], 2..5)
            .prop_shuffle(),
        stored in select(vec!["certain", "probable", "possible", ""]),
    ) {
        let before = with_values(&built_in_schema(), "certainty", &["certain", "probable", "possible"]);
        let after = with_values(&before, "certainty", &listed);
        let revaluing = Revaluing::between(&before, &after);
        let old = &definition(&before).values;
        for annotation in set.annotations().iter().filter(|one| *one.label == *"claim") {
            let mut annotation = (**annotation).clone();
            annotation.attributes.remove("certainty");
            if !stored.is_empty() && *stored != *old[0] {
                annotation.attributes.insert("certainty".to_owned(), stored.to_owned());
            }
            let had = before.value(&annotation, definition(&before)).to_owned();
            let now = revaluing.annotation(&annotation).unwrap_or_else(|| annotation.clone());
            let has = after.value(&now, definition(&after)).to_owned();
            let at = old.iter().position(|value| **value == *had).unwrap();
            let in_its_place = listed.get(at).filter(|new| {
                listed.len() == old.len() && !old.iter().any(|value| ***new == **value)
            });
            let expected = match in_its_place {
                _ if listed.contains(&had.as_str()) => had.clone(),
                Some(new) => (*new).to_owned(),
                // Where all are others, what nobody chose is what comes first.
                None if at == 0 && !old.iter().any(|value| listed.contains(&&**value)) => {
                    listed[0].to_owned()
                }
                // What is left out stays on what has it.
                None => had.clone(),
            };
            prop_assert_eq!(&has, &expected, "{} among {:?}", had, listed);
            // The default is not stored, and nothing else has changed.
            prop_assert!(now.attributes.get("certainty").is_none_or(|value| *value != listed[0]));
            let mut same = now.clone();
            same.attributes = annotation.attributes.clone();
            prop_assert_eq!(same, annotation);
        }
    }
}
