//! What is taken over into gold without being asked about.

use tandai::review::{Kind, Outcome, Rule};

use super::settling::settled;
use super::{compared, gold, marked, unlinked, with_value};

/// What each rule makes of the first case of these texts: the quote, or nothing.
#[track_caller]
fn check(said: &[&str], kind: Kind, wanted: [Option<&str>; 5]) {
    let (text, sets) = unlinked(said);
    let comparison = compared(&sets, None);
    assert_eq!(comparison.cases[0].kind, kind);
    let found = Rule::ALL.map(|rule| {
        let content = rule.content(&comparison.cases[0])?;
        Some(format!("{} {}", content.label, content.quote(&text)))
    });
    assert_eq!(found.each_ref().map(Option::as_deref), wanted);
}

#[test]
fn what_all_say_alike_is_taken_by_every_rule() {
    check(&["[claim:satu] dua"; 3], Kind::Agreed, [Some("claim satu"); 5]);
}

#[test]
fn other_edges_are_settled_by_the_rule() {
    let said = ["[claim:satu dua] tiga", "satu [claim:dua tiga]", "[claim:satu dua tiga]"];
    let wanted = [
        None,
        Some("claim satu dua tiga"),
        Some("claim satu dua"),
        Some("claim satu dua tiga"),
        Some("claim dua"),
    ];
    check(&said, Kind::Boundary, wanted);
}

#[test]
fn of_equals_the_first_in_the_text_is_taken_whosever_it_is() {
    let (one, other) = ("[claim:satu dua] tiga satu", "satu [claim:dua tiga] satu");
    let one = one.replace("dua]", "duaa]").replace("dua tiga", "duaa tiga");
    let other = other.replace("dua", "duaa");
    let wanted = [
        None,
        Some("claim satu duaa"),
        Some("claim satu duaa"),
        Some("claim satu duaa tiga"),
        Some("claim duaa"),
    ];
    check(&[&one, &other], Kind::Boundary, wanted);
    check(&[&other, &one], Kind::Boundary, wanted);
}

#[test]
fn rules_take_fragments_character_by_character() {
    let said = ["[claim#1:satu] dua [claim#1:tiga]", "[claim:satu dua] tiga"];
    let wanted = [
        None,
        // Eight characters each; the one in fragments ends first.
        Some("claim satu … tiga"),
        Some("claim satu … tiga"),
        Some("claim satu dua … tiga"),
        Some("claim satu"),
    ];
    check(&said, Kind::Boundary, wanted);
    let said = ["[claim:satu 👩‍🚀 tiga]", "[claim#1:satu] 👩‍🚀 [claim#1:tiga]"];
    let wanted = [
        None,
        Some("claim satu 👩‍🚀 tiga"),
        Some("claim satu … tiga"),
        Some("claim satu 👩‍🚀 tiga"),
        Some("claim satu … tiga"),
    ];
    check(&said, Kind::Boundary, wanted);
}

#[test]
fn where_nothing_is_common_to_all_a_person_has_to_settle_it() {
    // The first and the last of a chain share nothing.
    let said = [
        "[claim:satu dua] tiga empat",
        "satu [claim:dua tiga] empat",
        "satu dua [claim:tiga empat]",
    ];
    let (_, sets) = unlinked(&said);
    let comparison = compared(&sets, None);
    assert_eq!(comparison.cases[0].kind, Kind::Boundary);
    assert_eq!(Rule::Everyone.content(&comparison.cases[0]), None);
    assert!(Rule::Anyone.content(&comparison.cases[0]).is_some());
}

#[test]
fn what_differs_in_more_than_edges_is_nobodys_rule() {
    check(&["[claim:satu]", "satu"], Kind::Missing, [None; 5]);
    check(&["[claim:satu] dua", "[claim:satu dua]", "satu dua"], Kind::Missing, [None; 5]);
    check(&["[claim:satu]", "[denial:satu]"], Kind::Label, [None; 5]);
    for (one, other, kind) in [
        ("[claim:satu]", "[claim:satu]", Kind::Attribute),
        ("[claim:satu]", "[claim:s]atu", Kind::Boundary),
    ] {
        let (text, mut sets) = unlinked(&[one, other]);
        sets[0] = with_value(&text, &sets[0], "satu", "direct");
        let comparison = compared(&sets, None);
        assert_eq!(comparison.cases[0].kind, kind);
        assert_eq!(Rule::ALL.map(|rule| rule.content(&comparison.cases[0])), [const { None }; 5]);
    }
    // Nor is a link, even where all say the same.
    let link: &[super::Link<'_>] = &[("same-as", "satu", "dua")];
    let (_, sets) = marked(&[("[claim:satu] [claim:dua]", link); 2]);
    let comparison = compared(&sets, None);
    assert_eq!(comparison.cases[2].kind, Kind::Agreed);
    assert_eq!(Rule::ALL.map(|rule| rule.content(&comparison.cases[2])), [const { None }; 5]);
}

#[test]
fn what_a_rule_says_can_be_put_into_gold() {
    let said = ["[claim:satu dua] tiga", "satu [claim:dua tiga]", "[claim:satu dua tiga]"];
    let (text, sets) = unlinked(&said);
    let quotes = ["satu dua tiga", "satu dua", "satu dua tiga", "dua"];
    for (rule, quote) in Rule::ALL[1..].iter().zip(quotes) {
        for before in ["satu dua tiga", "s[claim:atu dua] tiga"] {
            let own = gold(before, &[]);
            let comparison = compared(&sets, Some(&own));
            let content = rule.content(&comparison.cases[0]).unwrap();
            let outcome = Outcome::Content(Box::new(content));
            let (_, after) = settled(&comparison, 0, &outcome, &own).unwrap();
            let found: Vec<String> =
                after.annotations().iter().map(|annotation| annotation.quote(&text)).collect();
            assert_eq!(found, [quote], "{rule:?}");
            let again = compared(&sets, Some(&after));
            let (edits, _) = settled(&again, 0, &outcome, &after).unwrap();
            assert_eq!(edits, []);
        }
    }
}
