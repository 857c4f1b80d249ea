//! Settling cases: what gold is afterwards.

use std::collections::BTreeMap;

use tandai::corpus::{Annotation, AnnotationSet, Edit, Id};
use tandai::review::{Comparison, Kind, Outcome, Refusal, settle};
use tandai::text::Text;

use super::{Link, compared, gold, gold_links, gold_of, keys, marked, unlinked, with_value};

/// Settles a case in gold, with ids `new 0`, `new 1` and so on.
#[track_caller]
pub(super) fn settled(
    comparison: &Comparison,
    case: usize,
    outcome: &Outcome,
    gold: &AnnotationSet,
) -> Result<(Vec<Edit>, AnnotationSet), Refusal> {
    let mut numbers = 0..;
    let mut new_id = || loop {
        let id = Id::new(&format!("new {}", numbers.next().unwrap())).unwrap();
        if !gold.has_id(&id) {
            break id;
        }
    };
    let edits = settle(comparison, case, outcome, gold, &mut new_id)?;
    let mut after = gold.clone();
    for edit in edits.clone() {
        after.apply(edit).unwrap();
    }
    Ok((edits, after))
}

/// Gold after a case was settled. It is compared anew: the case has what it had, and to
/// settle it so again changes nothing.
#[track_caller]
fn after(
    sets: &[AnnotationSet],
    gold: &AnnotationSet,
    case: usize,
    outcome: &Outcome,
) -> AnnotationSet {
    let comparison = compared(sets, Some(gold));
    let (_, after) = settled(&comparison, case, outcome, gold).unwrap();
    let again = compared(sets, Some(&after));
    assert_eq!(keys(&again), keys(&comparison));
    let (edits, same) = settled(&again, case, outcome, &after).unwrap();
    assert_eq!((edits, &same), (Vec::new(), &after));
    after
}

/// What a set says, without ids: `claim satu`, `satu attributed-to dua`.
fn said(text: &Text, set: &AnnotationSet) -> Vec<String> {
    let quote = |annotation: &Annotation| annotation.quote(text);
    let annotations = set.annotations().iter().map(|one| {
        let values = one.attributes.iter().map(|(name, value)| format!(" {name}={value}"));
        format!("{} {}{}", one.label, quote(one), values.collect::<String>())
    });
    let links = set.relations().iter().map(|link| {
        let [from, to] = [&link.from, &link.to].map(|end| quote(set.annotation(end).unwrap()));
        format!("{from} {} {to}", link.label)
    });
    annotations.chain(links).collect()
}

fn take(from: &[usize]) -> Outcome {
    Outcome::Take(from.to_vec())
}

const ANA: &str = "[claim:satu dua] [source:tiga]";
const BEN: &str = "[claim:satu] dua [source:tiga]";

#[test]
fn what_is_taken_is_in_gold_with_an_id_of_its_own() {
    let (text, sets) = unlinked(&[ANA, BEN]);
    let nothing = gold("satu dua tiga", &[]);
    let ana = after(&sets, &nothing, 0, &take(&[0]));
    assert_eq!(said(&text, &ana), ["claim satu dua"]);
    assert_eq!(ana.annotations()[0].id.as_str(), "new 0");
    assert_eq!(said(&text, &after(&sets, &nothing, 0, &take(&[1]))), ["claim satu"]);
    let both = after(&sets, &nothing, 0, &take(&[0, 1]));
    assert_eq!(said(&text, &both), ["claim satu", "claim satu dua"]);
    // What both say alike is taken once.
    assert_eq!(said(&text, &after(&sets, &nothing, 1, &take(&[0, 1]))), ["source tiga"]);
    assert_eq!(after(&sets, &nothing, 0, &take(&[])), nothing);
}

#[test]
fn values_are_taken_and_notes_are_not() {
    let (text, mut sets) = unlinked(&[ANA, ANA]);
    sets[1] = with_value(&text, &sets[1], "satu dua", "direct");
    sets[1] = super::changed(&sets[1], text.end(), |annotation| {
        annotation.note.push_str("sure?");
        *annotation = annotation.clone().to_discuss(true);
    });
    let own = gold(ANA, &[]);
    let found = after(&sets, &own, 0, &take(&[1]));
    assert_eq!(said(&text, &found), ["claim satu dua directness=direct", "source tiga"]);
    assert!(found.annotations().iter().all(|annotation| annotation.note.is_empty()));
    assert_eq!(found.annotations()[0].id, own.annotations()[0].id);
    // Both differ in their values alone: gold can have both.
    let both = after(&sets, &own, 0, &take(&[0, 1]));
    let wanted = ["claim satu dua", "claim satu dua directness=direct", "source tiga"];
    let mut found = said(&text, &both);
    found.sort();
    assert_eq!(found, wanted);
}

const PARTS: &str = "[claim:satu dua] [source:tiga] [source:empat]";
const LINKS: &[Link<'_>] = &[("attributed-to", "satu dua", "tiga"), ("same-as", "tiga", "empat")];

#[test]
fn what_takes_the_place_of_something_keeps_its_id_its_links_and_its_note() {
    let (text, sets) = marked(&[(PARTS, LINKS), ("[claim:satu] dua tiga empat", &[])]);
    let own = super::changed(&gold(PARTS, LINKS), text.end(), |annotation| {
        annotation.note.push_str("settled");
    });
    let found = after(&sets, &own, 0, &take(&[1]));
    let wanted = [
        "claim satu",
        "source tiga",
        "source empat",
        "satu attributed-to tiga",
        "tiga same-as empat",
    ];
    assert_eq!(said(&text, &found), wanted);
    assert_eq!(found.relations(), own.relations());
    assert_eq!(found.annotations()[0].id, own.annotations()[0].id);
    assert_eq!(found.annotations()[0].note, "settled");
    // And back again, to the last bit.
    assert_eq!(after(&sets, &found, 0, &take(&[0])), own);
}

#[test]
fn what_nobody_is_taken_of_goes_with_its_links() {
    let (text, sets) = marked(&[(PARTS, LINKS), (PARTS, LINKS)]);
    let own = gold(PARTS, LINKS);
    let found = after(&sets, &own, 1, &take(&[]));
    assert_eq!(said(&text, &found), ["claim satu dua", "source empat"]);
    assert_eq!(after(&sets, &found, 1, &take(&[])), found);
    // Two go, with a link between them that is taken away once, and links to others.
    let (text, sets) = unlinked(&["[claim:satu dua] [source:tiga]", "[claim:satu] dua tiga"]);
    let own = gold(
        "[claim:satu] [claim:dua] [source:tiga]",
        &[("same-as", "satu", "dua"), ("same-as", "dua", "satu"), ("denies", "tiga", "dua")],
    );
    let comparison = compared(&sets, Some(&own));
    assert_eq!(gold_of(&comparison, 0).len(), 2);
    let (edits, _) = settled(&comparison, 0, &take(&[]), &own).unwrap();
    assert_eq!(edits.len(), 5);
    assert_eq!(said(&text, &after(&sets, &own, 0, &take(&[]))), ["source tiga"]);
    // One of the two is in place already; the other goes.
    let found = after(&sets, &own, 0, &take(&[1]));
    assert_eq!(said(&text, &found), ["claim satu", "source tiga"]);
}

#[test]
fn edits_that_settle_are_undone_by_their_inverses() {
    let (_, sets) = marked(&[(PARTS, LINKS), ("[claim:satu] dua tiga empat", &[])]);
    let own = gold(PARTS, LINKS);
    let comparison = compared(&sets, Some(&own));
    for case in 0..comparison.cases.len() {
        for outcome in [take(&[]), take(&[0]), take(&[1]), take(&[0, 1])] {
            let Ok((edits, _)) = settled(&comparison, case, &outcome, &own) else { continue };
            let mut set = own.clone();
            let inverses: Vec<Edit> =
                edits.into_iter().map(|edit| set.apply(edit).unwrap()).collect();
            for inverse in inverses.into_iter().rev() {
                set.apply(inverse).unwrap();
            }
            assert_eq!(set, own);
        }
    }
}

#[test]
fn of_those_who_say_nothing_nothing_can_be_taken() {
    let (text, sets) = marked(&[(PARTS, LINKS), ("satu dua tiga empat", &[])]);
    let own = gold(PARTS, &[]);
    let comparison = compared(&sets, Some(&own));
    let link = comparison.cases.iter().position(|case| case.kind == Kind::Link).unwrap();
    for case in [0, link] {
        let refused = settled(&comparison, case, &take(&[1]), &own);
        assert_eq!(refused, Err(Refusal::NothingSaid));
        let refused = settled(&comparison, case, &take(&[7]), &own);
        assert_eq!(refused, Err(Refusal::NothingSaid));
    }
    // Of the two who are taken one says something.
    let nothing = gold("satu dua tiga empat", &[]);
    assert_eq!(said(&text, &after(&sets, &nothing, 0, &take(&[0, 1]))), ["claim satu dua"]);
    // There is no such case.
    let none = settled(&comparison, 99, &take(&[0]), &own);
    assert_eq!(none, Ok((Vec::new(), own)));
}

#[test]
fn a_link_needs_both_its_ends_in_gold() {
    let (text, sets) = marked(&[(PARTS, LINKS), (PARTS, LINKS)]);
    let marks =
        ["satu dua tiga empat", "[claim:satu dua] tiga empat", "satu dua [source:tiga] empat"];
    for marks in marks {
        let own = gold(marks, &[]);
        let comparison = compared(&sets, Some(&own));
        assert_eq!(
            settled(&comparison, 3, &take(&[0]), &own),
            Err(Refusal::EndsMissing),
            "{marks}"
        );
        // Nothing is needed for gold to have nothing.
        assert_eq!(after(&sets, &own, 3, &take(&[])), own);
    }
    let own = gold("[claim:satu dua] [source:tiga] empat", &[]);
    let found = after(&sets, &own, 3, &take(&[1]));
    let wanted = ["claim satu dua", "source tiga", "satu dua attributed-to tiga"];
    assert_eq!(said(&text, &found), wanted);
    let gone = after(&sets, &found, 3, &take(&[]));
    assert_eq!(gone, own);
    // A link has no content of its own.
    let content = Outcome::Content(Box::new((*own.annotations()[0]).clone()));
    assert_eq!(after(&sets, &own, 3, &content), own);
}

#[test]
fn of_links_with_other_labels_one_or_both_are_taken() {
    let (_, sets) = marked(&[
        (PARTS, &[("attributed-to", "satu dua", "tiga")]),
        (PARTS, &[("denies", "satu dua", "tiga")]),
    ]);
    let own = gold(PARTS, &[("attributed-to", "satu dua", "tiga")]);
    let labels = |set: &AnnotationSet| {
        let links = set.relations().iter();
        links.map(|link| (link.label.to_string(), link.id.clone())).collect::<BTreeMap<_, _>>()
    };
    let kept = &own.relations()[0].id;
    let ben = labels(&after(&sets, &own, 3, &take(&[1])));
    assert_eq!(ben.into_keys().collect::<Vec<_>>(), ["denies"]);
    let both = after(&sets, &own, 3, &take(&[0, 1]));
    assert_eq!(labels(&both).get("attributed-to"), Some(kept));
    assert_eq!(labels(&both).len(), 2);
    assert_eq!(gold_links(&compared(&sets, Some(&both)), 3).len(), 2);
    assert_eq!(after(&sets, &both, 3, &take(&[0])), own);
}

#[test]
fn a_link_leads_to_what_gold_has_in_the_place_of_its_end() {
    let (text, sets) = marked(&[
        ("[claim:satu dua] [source:tiga]", &[("attributed-to", "satu dua", "tiga")]),
        ("[claim:satu] dua [source:tiga]", &[("attributed-to", "satu", "tiga")]),
    ]);
    // Gold has a third version of the claim.
    let own = gold("sa[claim:tu dua] [source:tiga]", &[]);
    let found = after(&sets, &own, 2, &take(&[0]));
    let wanted = ["claim tu dua", "source tiga", "tu dua attributed-to tiga"];
    assert_eq!(said(&text, &found), wanted);
    // Where gold has both, the link starts from what whoever is taken has.
    for (from, quote) in [(0, "satu dua"), (1, "satu")] {
        let own = gold("[claim:[claim:satu] dua] [source:tiga]", &[]);
        let found = after(&sets, &own, 2, &take(&[from]));
        assert_eq!(said(&text, &found)[3], format!("{quote} attributed-to tiga"));
    }
}

#[test]
fn content_of_ones_own_takes_the_place_of_what_gold_has() {
    let (text, sets) = marked(&[(PARTS, LINKS), (PARTS, LINKS)]);
    let own = gold(PARTS, LINKS);
    let third = gold("[claim:satu] dua tiga empat", &[]);
    let third = with_value(&text, &third, "satu", "direct");
    let mut content = (*third.annotations()[0]).clone();
    content.note.push_str("mine");
    let content = Outcome::Content(Box::new(content));
    let found = after(&sets, &own, 0, &content);
    assert_eq!(said(&text, &found)[0], "claim satu directness=direct");
    assert_eq!(found.annotations()[0].id, own.annotations()[0].id);
    assert_eq!(found.annotations()[0].note, "");
    assert_eq!(found.relations(), own.relations());
    let nothing = gold("satu dua tiga empat", &[]);
    let found = after(&sets, &nothing, 0, &content);
    assert_eq!(said(&text, &found), ["claim satu directness=direct"]);
}
