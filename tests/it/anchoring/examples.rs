//! One change at a time.

use tandai::corpus::{Quoted, Standing, find_again};
use tandai::text::Text;

use crate::markup::parse;

/// Marks in the old text, and where they stand in the new one, which is marked too: `Same`,
/// `Moved`, `Changed` and `Ambiguous` with the first place that is offered.
fn found(old: &str, new: &str, with_old: bool) -> Vec<(&'static str, String)> {
    let read = parse(old);
    let items: Vec<Quoted> = read
        .set
        .annotations()
        .iter()
        .map(|annotation| Quoted {
            fragments: annotation.fragments.clone(),
            quotes: annotation
                .fragments
                .iter()
                .map(|span| read.text.quote(span).unwrap().to_owned())
                .collect(),
        })
        .collect();
    let new = Text::new(new);
    let before = with_old.then_some(&read.text);
    let standings = find_again(&items, before, read.text.characters(), &new);
    let at = |fragments: &tandai::corpus::Fragments| {
        let start = fragments.extent().start.get();
        let quotes: Vec<&str> = fragments.iter().map(|span| new.quote(span).unwrap()).collect();
        format!("{start} {}", quotes.join(" … "))
    };
    standings
        .iter()
        .zip(&items)
        .map(|(standing, item)| match standing {
            Standing::Same => ("same", at(&item.fragments)),
            Standing::Moved(fragments) => ("moved", at(fragments)),
            Standing::Changed(fragments) => ("changed", at(fragments)),
            Standing::Ambiguous(places) => ("ambiguous", at(&places[0])),
            Standing::Lost => ("lost", String::new()),
        })
        .collect()
}

#[track_caller]
fn check(old: &str, new: &str, expected: &[(&str, &str)]) {
    for with_old in [true, false] {
        let found = found(old, new, with_old);
        let found: Vec<(&str, &str)> =
            found.iter().map(|(one, two)| (*one, two.as_str())).collect();
        assert_eq!(found, expected, "with the old text: {with_old}");
    }
}

#[test]
fn what_has_not_moved_is_the_same_and_what_has_is_found_behind_what_was_put_in() {
    check(
        "Barat [claim:menuduh Korea Utara]. Lalu Kim [denial:membantah keras] tuduhan itu.",
        "Barat menuduh Korea Utara. Kemarin. Lalu Kim membantah keras tuduhan itu.",
        &[("same", "6 menuduh Korea Utara"), ("moved", "45 membantah keras")],
    );
}

#[test]
fn a_typo_that_was_mended_inside_is_a_change_to_be_confirmed() {
    check(
        "Barat menuduh. Kim [denial:membatah tuduhan itu] kemarin.",
        "Barat menuduh. Kim membantah tuduhan itu kemarin.",
        &[("changed", "19 membantah tuduhan itu")],
    );
}

#[test]
fn what_is_gone_is_lost() {
    check("Barat [claim:menuduh Korea Utara]. Kim pergi.", "Kim pergi.", &[("lost", "")]);
}

#[test]
fn the_same_words_side_by_side_are_not_told_apart_when_one_of_them_goes() {
    let found = found(
        "Ia pergi. [claim:Ia pergi]. Ia pergi. Lalu malam.",
        "Ia pergi. Ia pergi. Lalu malam.",
        true,
    );
    assert_eq!(found[0].0, "ambiguous");
}

#[test]
fn the_same_words_elsewhere_are_not_taken_for_those_that_are_gone() {
    let old = "Menteri itu berkata ia [claim:tidak tahu]. Pada hari lain presiden juga tidak tahu apa-apa.";
    let new = "Pada hari lain presiden juga tidak tahu apa-apa.";
    for with_old in [true, false] {
        assert_eq!(found(old, new, with_old)[0].0, "ambiguous", "{with_old}");
    }
}

#[test]
fn paragraphs_that_change_places_take_their_annotations_along() {
    let one = "Kantor berita melaporkan bahwa [claim:hujan turun] di ibu kota sepanjang malam.";
    let two = "Sementara itu menteri [denial:membantah] bahwa jembatan di utara telah runtuh.";
    let plain = |text: &str| parse(text).text.as_str().to_owned();
    let found =
        found(&format!("{one}\n\n{two}\n"), &format!("{}\n\n{}\n", plain(two), plain(one)), true);
    assert_eq!(found.iter().map(|one| one.0).collect::<Vec<_>>(), ["moved", "moved"]);
    assert!(found[0].1.ends_with("hujan turun") && found[1].1.ends_with("membantah"));
}

#[test]
fn the_fragments_of_one_annotation_are_found_together_or_not_at_all() {
    let old =
        "\"[claim#1:Kami tidak pergi],\" katanya, \"[claim#1:hari ini]\" di Seoul kemarin malam.";
    let new = "Tadi: \"Kami tidak pergi,\" katanya, \"hari ini\" di Seoul kemarin malam.";
    check(old, new, &[("moved", "7 Kami tidak pergi … hari ini")]);
}

#[test]
fn odd_texts_are_no_trouble() {
    check("[claim:a]", "", &[("lost", "")]);
    let family = "👩‍👩‍👧‍👦 e\u{301} [claim:नमस्ते] שלום.";
    let found = found(family, "+ 👩‍👩‍👧‍👦 e\u{301} नमस्ते שלום.", true);
    assert_eq!(found, [("moved", "13 नमस्ते".to_owned())]);
}

/// All that is behind has moved by as much as would lead to the first.
#[test]
fn of_two_places_none_is_taken_because_of_what_stands_on_one_side_alone() {
    let old = "satu xxxxxxx dua Kim itu [source:Kim] tiga yyyyyyy [claim:empat] lima";
    let new = "satu dua Kim itu Kim tiga empat lima";
    let found = found(old, new, false);
    assert_eq!(found[0], ("ambiguous", "9 Kim".to_owned()));
}
