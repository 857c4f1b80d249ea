//! Motions and growth on a real Indonesian article.

use tandai::text::{Direction, Offset, Stop, Text, Unit, expand, step};

use super::UNITS;

fn article() -> Text {
    Text::new(include_str!("../../../seeds/000_48ab4e9815f7107d.txt"))
}

fn place_of(text: &Text, quote: &str) -> Offset {
    text.offset_of(text.as_str().find(quote).unwrap())
}

/// Steps from the start of `from`; `ahead` is what stands at the places come to.
#[track_caller]
fn check_steps(from: &str, unit: Unit, direction: Direction, stop: Stop, ahead: &[&str]) {
    let text = article();
    let mut at = place_of(&text, from);
    for expected in ahead {
        at = step(&text, at, unit, direction, stop);
        let rest = text.slice(at..text.end());
        assert!(rest.starts_with(expected), "{expected:?} expected before {rest:.40}");
    }
}

const BACK: Direction = Direction::Back;
const ON: Direction = Direction::On;

#[test]
fn a_caret_goes_to_the_starts_of_words_and_a_selection_to_their_ends() {
    let word = Unit::Word;
    check_steps("Pemimpin", word, ON, Stop::Start, &["Korea", "Utara", "Kim", "Jong"]);
    check_steps("Pemimpin", word, ON, Stop::End, &[" Korea", " Utara", " Kim", " Jong"]);
    check_steps("kata media", word, BACK, Stop::Start, &["regional,", "keamanan", "lingkungan"]);
    check_steps("kata media", word, BACK, Stop::End, &[", kata", " regional", " keamanan"]);
    check_steps("(27/7)", word, ON, Stop::End, &["/7)", ").\n", " melaporkan"]);
    check_steps("Kim-Shoigu", word, ON, Stop::Start, &["Shoigu", "akan"]);
}

#[test]
fn clauses_leave_out_the_punctuation_that_sets_them_apart() {
    let clause = Unit::Clause;
    let starts = ["kata media", "KCNA, Kamis", "Kamis", "27/7", "KCNA melaporkan", "pertemuan"];
    check_steps("Pemimpin", clause, ON, Stop::Start, &starts);
    check_steps("Pemimpin", clause, ON, Stop::End, &[", kata media", ", KCNA", ", Kamis", " (27"]);
    check_steps("pertemuan itu", clause, BACK, Stop::Start, &["KCNA melaporkan", "27/7"]);
    check_steps("Korea Utara membantah", clause, BACK, Stop::Start, &["meskipun Korea Utara"]);
}

#[test]
fn sentences_go_from_their_first_word_to_their_full_stop() {
    let sentence = Unit::Sentence;
    let starts = ["Laporan itu", "BACA JUGA", "Pemerintahan Biden", "Pertemuan Kim-Shoigu"];
    check_steps("Dalam pertemuan", sentence, ON, Stop::Start, &starts);
    check_steps("Dalam pertemuan", sentence, ON, Stop::End, &[" Laporan itu", "\nBACA JUGA"]);
    check_steps("Laporan itu", sentence, BACK, Stop::Start, &["Dalam pertemuan", "Media"]);
}

#[test]
fn at_the_ends_of_the_article_every_motion_stays() {
    let text = article();
    for unit in UNITS {
        for stop in [Stop::Start, Stop::End] {
            assert_eq!(step(&text, Offset::ZERO, unit, Direction::Back, stop), Offset::ZERO);
            assert_eq!(step(&text, text.end(), unit, Direction::On, stop), text.end());
        }
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
