//! Motions and growth on a real Indonesian article.

use tandai::text::{Direction, Offset, Text, Unit, expand, step};

use super::UNITS;

fn article() -> Text {
    Text::new(include_str!("../../../seeds/000_48ab4e9815f7107d.txt"))
}

fn place_of(text: &Text, quote: &str) -> Offset {
    text.offset_of(text.as_str().find(quote).unwrap())
}

/// Steps from the start of `from`; `ahead` is what stands at the places come to.
#[track_caller]
fn check_steps(from: &str, unit: Unit, direction: Direction, ahead: &[&str]) {
    let text = article();
    let mut at = place_of(&text, from);
    for expected in ahead {
        at = step(&text, at, unit, direction);
        let rest = text.slice(at..text.end());
        assert!(rest.starts_with(expected), "{expected:?} expected before {rest:.40}");
    }
}

#[test]
fn on_by_a_word_goes_to_its_end_and_back_to_its_start() {
    check_steps("Pemimpin", Unit::Word, Direction::On, &[" Korea", " Utara", " Kim", " Jong"]);
    check_steps(
        "kata media",
        Unit::Word,
        Direction::Back,
        &["regional,", "keamanan", "lingkungan"],
    );
    check_steps("(27/7)", Unit::Word, Direction::On, &["/7)", ").\n", " melaporkan"]);
    check_steps("Kim-Shoigu", Unit::Word, Direction::On, &["-Shoigu", " akan"]);
}

#[test]
fn a_clause_starts_behind_the_punctuation_that_sets_it_apart() {
    check_steps(
        "Pemimpin",
        Unit::Clause,
        Direction::On,
        &["kata media", "KCNA, Kamis", "Kamis", "27/7", "KCNA melaporkan", "pertemuan itu"],
    );
    check_steps("pertemuan itu", Unit::Clause, Direction::Back, &["KCNA melaporkan", "27/7"]);
    check_steps("Korea Utara membantah", Unit::Clause, Direction::Back, &["meskipun Korea Utara"]);
}

#[test]
fn a_sentence_starts_behind_a_full_stop_or_a_line_end() {
    check_steps(
        "Dalam pertemuan",
        Unit::Sentence,
        Direction::On,
        &["Laporan itu", "BACA JUGA", "Pemerintahan Biden", "Pertemuan Kim-Shoigu"],
    );
    check_steps("Laporan itu", Unit::Sentence, Direction::Back, &["Dalam pertemuan", "Media"]);
}

#[test]
fn at_the_ends_of_the_article_every_motion_stays() {
    let text = article();
    for unit in UNITS {
        assert_eq!(step(&text, Offset::ZERO, unit, Direction::Back), Offset::ZERO);
        assert_eq!(step(&text, text.end(), unit, Direction::On), text.end());
    }
}

#[test]
fn expanding_from_a_word_of_the_article_takes_clause_sentence_paragraph() {
    let text = article();
    let origin = place_of(&text, "membantah klaim");
    let mut range = origin..origin;
    let starts = [
        "membantah",
        "meskipun Korea Utara membantah klaim tersebut",
        "Pemerintahan Biden menuduh",
        "BACA JUGA: Korut akan",
        "Pemimpin Korea Utara",
    ];
    for start in starts {
        range = expand(&text, &range);
        let quote = text.slice(range.clone());
        assert!(quote.starts_with(start), "{quote}");
    }
    assert_eq!(range, Offset::ZERO..text.end());
}
