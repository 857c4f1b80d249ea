//! Finding words, in the article and in all of them.

use proptest::prelude::*;
use proptest::sample::Index;
use tandai::review::{Finder, Query};
use tandai::session::Message;
use tandai::text::{Span, Text};

use super::{Person, check_refused, path};
use crate::{hostile, markup};

fn plain(text: &str) -> Query {
    Query { text: text.to_owned(), ..Query::default() }
}

/// Types a query letter by letter.
fn type_query(person: &mut Person, text: &str) {
    for (at, c) in text.char_indices() {
        person.tell(Message::SetQuery(plain(&text[..at + c.len_utf8()])));
    }
}

/// How often something is found in the open article.
#[track_caller]
fn count(text: &str, query: &Query) -> usize {
    let mut person = Person::reading(text);
    person.press("Ctrl+F");
    person.tell(Message::SetQuery(query.clone()));
    let search = person.session.search().unwrap();
    assert_eq!(search.error, None);
    search.hits.len()
}

/// The article that is open.
fn open(person: &Person) -> &str {
    person.session.reading().unwrap().document.as_str()
}

const ARTICLES: [(&str, &str); 3] =
    [("a.txt", "|Kim tiba."), ("b.txt", "Seoul diam."), ("c.txt", "Di Seoul Kim diam, kata Kim.")];

#[test]
fn while_one_types_the_first_hit_after_the_caret_is_selected() {
    let mut person = Person::reading("Kim tiba. |Kata Kim, kami diam. Kim.");
    person.press("Ctrl+F");
    type_query(&mut person, "k");
    person.check("Kim tiba. <K>ata Kim, kami diam. Kim.");
    person.tell(Message::SetQuery(plain("ki")));
    person.check("Kim tiba. Kata <Ki>m, kami diam. Kim.");
    person.tell(Message::SetQuery(plain("kami")));
    person.check("Kim tiba. Kata Kim, <kami> diam. Kim.");
    // Shorter again, it is what it was, not the next one from here.
    person.tell(Message::SetQuery(plain("ki")));
    person.check("Kim tiba. Kata <Ki>m, kami diam. Kim.");
}

/// Who looks in all articles for what was just found here goes on from here.
#[test]
fn in_all_articles_one_begins_at_the_hit_that_is_selected() {
    let mut person = Person::with(&ARTICLES);
    person.tell(Message::OpenDocument(path("c.txt")));
    person.press("Ctrl+F");
    person.tell(Message::SetQuery(plain("kim")));
    person.press("F3");
    person.tell(Message::SearchEverywhere(true));
    assert_eq!(person.session.list_place(), (3, Some(2)));
    person.press("F3");
    assert_eq!((open(&person), person.session.list_place().1), ("a.txt", Some(0)));
}

#[test]
fn behind_the_last_hit_the_first_one_comes() {
    let mut person = Person::reading("Kim tiba. Kata |KCNA.");
    person.press("Ctrl+F");
    type_query(&mut person, "kim");
    person.check("<Kim> tiba. Kata KCNA.");
}

#[test]
fn the_keys_for_matches_go_round_both_ways() {
    let mut person = Person::reading("|Kim, Kim dan Kim.");
    person.press("Ctrl+F");
    type_query(&mut person, "kim");
    person.press("F3");
    person.check("Kim, <Kim> dan Kim.");
    person.press("F3 F3");
    person.check("<Kim>, Kim dan Kim.");
    person.press("Shift+F3");
    person.check("Kim, Kim dan <Kim>.");
    assert_eq!(person.saves, 0);
}

#[test]
fn what_is_found_can_be_tagged_at_once() {
    let mut person = Person::reading("|Kata Kim.");
    person.press("Ctrl+F");
    type_query(&mut person, "kim");
    person.press("2");
    person.check("Kata [*source:Kim]|.");
}

#[test]
fn what_is_selected_is_looked_for_from_there() {
    let mut person = Person::reading("Kim, <Kim> dan Kim.");
    person.press("Ctrl+F");
    assert_eq!(person.session.search().unwrap().query, plain("Kim"));
    person.check("Kim, <Kim> dan Kim.");
    person.press("F3");
    person.check("Kim, Kim dan <Kim>.");
}

#[test]
fn case_words_and_patterns_count_as_asked() {
    let text = "Kim, kim dan Kimono.";
    assert_eq!(count(text, &plain("kim")), 3);
    assert_eq!(count(text, &Query { case: true, ..plain("Kim") }), 2);
    assert_eq!(count(text, &Query { whole_words: true, ..plain("kim") }), 2);
    // No match is lost to a dictionary's guess.
    assert_eq!(count("核武器和武器。", &Query { whole_words: true, ..plain("武器") }), 2);
    let both = Query { case: true, whole_words: true, ..plain("Kim") };
    assert_eq!(count(text, &both), 1);
    assert_eq!(count(text, &Query { regex: true, ..plain(r"\bk\w+o") }), 1);
    assert_eq!(count(text, &plain(r"\bk")), 0);
}

#[test]
fn what_cannot_be_looked_for_says_why_and_finds_nothing() {
    let mut person = Person::reading("|Kim (tiba).");
    person.press("Ctrl+F");
    person.tell(Message::SetQuery(Query { regex: true, ..plain("kim (") }));
    let search = person.session.search().unwrap();
    let error = search.error.clone().expect("it is said what is wrong");
    assert!(error.starts_with("this is not a regular expression: "), "{error}");
    assert!(search.hits.is_empty() && !search.progress.running);
    person.press("F3");
    assert_eq!(person.notice(), "It is not found");
    person.check("|Kim (tiba).");
    // Without the pattern it is a plain string.
    person.tell(Message::SetQuery(plain("kim (")));
    person.check("<Kim (>tiba).");
    assert_eq!(person.session.search().unwrap().error, None);
}

#[test]
fn without_a_search_there_is_no_next_match() {
    check_refused("Kim tiba.", "F3", "Nothing is looked for");
    check_refused("Kim tiba.", "Shift+F3", "Nothing is looked for");
}

#[test]
fn in_all_articles_matches_are_walked_across_them() {
    let mut person = Person::with(&ARTICLES);
    person.press("Ctrl+Shift+F");
    person.tell(Message::SetQuery(plain("kim")));
    // While all are searched, nobody is taken to another article by typing.
    person.check("|Kim tiba.");
    person.press("F3");
    person.check("<Kim> tiba.");
    person.press("F3");
    assert_eq!(open(&person), "c.txt");
    person.check("Di Seoul <Kim> diam, kata Kim.");
    person.press("F3 F3");
    person.check("<Kim> tiba.");
    person.press("Shift+F3");
    person.check("Di Seoul Kim diam, kata <Kim>.");
}

#[test]
fn a_row_of_the_list_shows_its_place_and_opens_its_article_when_asked() {
    let mut person = Person::with(&ARTICLES);
    person.press("Ctrl+Shift+F");
    person.tell(Message::SetQuery(plain("kim")));
    assert_eq!(person.session.list_place(), (3, None));
    person.tell(Message::GoToRow { row: 2, open: false });
    assert_eq!((open(&person), person.session.list_place()), ("a.txt", (3, Some(2))));
    person.tell(Message::GoToRow { row: 2, open: true });
    person.check("Di Seoul Kim diam, kata <Kim>.");
    person.tell(Message::GoToRow { row: 1, open: false });
    person.check("Di Seoul <Kim> diam, kata Kim.");
}

#[test]
fn a_search_in_the_article_goes_on_in_the_next_one_and_moves_no_caret() {
    let mut person = Person::with(&ARTICLES);
    person.press("Ctrl+F");
    type_query(&mut person, "kim");
    person.tell(Message::OpenDocument(path("c.txt")));
    let search = person.session.search().expect("the search is still open");
    assert_eq!((search.query.text.as_str(), search.hits.len()), ("kim", 2));
    person.check("|Di Seoul Kim diam, kata Kim.");
    person.press("F3");
    person.check("Di Seoul <Kim> diam, kata Kim.");
}

#[test]
fn what_was_looked_for_last_is_offered_again() {
    let mut person = Person::reading("|Kata Kim.");
    person.press("Ctrl+F");
    person.tell(Message::SetQuery(Query { case: true, ..plain("Kim") }));
    person.tell(Message::CloseSearch);
    assert!(person.session.search().is_none());
    person.tell(Message::Caret { at: person.place_of("Kata"), extend: false });
    person.press("Ctrl+F");
    assert_eq!(person.session.search().unwrap().query, Query { case: true, ..plain("Kim") });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn hits_lie_apart_in_order_and_quote_what_is_looked_for(
        texts in [hostile::text(), hostile::text(), hostile::text()],
        (from, ends) in (0_usize..3, any::<(Index, Index)>()),
        (case, whole_words) in any::<(bool, bool)>(),
    ) {
        let taken = Span::between(
            hostile::place(&texts[from], ends.0),
            hostile::place(&texts[from], ends.1),
        );
        let Some(taken) = taken else { return Ok(()) };
        let text = texts[from].slice(taken.range()).to_owned();
        let query = Query { text, case, whole_words, regex: false };
        let Ok(finder) = Finder::new(&query) else { return Ok(()) };

        let names = ["a.txt", "b.txt", "c.txt"];
        let marked = texts.clone().map(|text| {
            let set = hostile::set_of(&text, tandai::corpus::Status::New, &[], &[]);
            markup::render(&text, &set, None, None)
        });
        let articles: Vec<(&str, &str)> =
            names.into_iter().zip(marked.iter().map(String::as_str)).collect();
        let mut person = Person::with(&articles);
        person.press("Ctrl+Shift+F");
        person.tell(Message::SetQuery(query));

        let search = person.session.search().unwrap();
        let mut all = 0;
        for (name, text) in names.into_iter().zip(&texts) {
            let hits = search.hits_in(&path(name));
            all += hits.len();
            let scanned: Vec<&_> = search.hits.iter().filter(|h| h.document == path(name)).collect();
            prop_assert_eq!(hits.iter().collect::<Vec<_>>(), scanned);
            for pair in hits.windows(2) {
                prop_assert!(pair[0].span.end() <= pair[1].span.start());
            }
            for hit in hits {
                let quote = Text::new(text.quote(hit.span).unwrap());
                let again = finder.find_in(&quote).next();
                prop_assert_eq!(again.map(Span::range), Some(tandai::text::Offset::ZERO..quote.end()));
            }
        }
        prop_assert_eq!(all, search.hits.len());
        prop_assert_eq!(search.shown().len(), all);
    }
}

#[test]
fn an_answer_about_what_was_typed_before_leaves_the_search_alone() {
    let mut person = Person::reading("|Kata Kim.");
    person.press("Ctrl+F");
    let late = person.tell_only(Message::SetQuery(plain("kata")));
    person.tell(Message::SetQuery(plain("kim")));
    person.carry_out(late);
    assert_eq!(person.session.search().map(|search| search.hits.len()), Some(1));
}

#[test]
fn tagging_everywhere_does_not_change_how_one_looks() {
    let mut person = Person::reading("[*source:KCNA] dan Kcna, kcna.");
    person.press("T Ctrl+Shift+F");
    let query = person.session.search().unwrap().query.clone();
    assert_eq!(query, plain("KCNA"));
    assert_eq!(person.session.list_place().0, 3);
}

/// What a search selects, or was selected before it, is no wish to look for something else.
#[test]
fn who_comes_back_to_the_field_finds_what_was_typed_there() {
    let expression = |text: &str| Query { text: text.to_owned(), regex: true, ..Query::default() };
    let mut person = Person::reading("<Kim> tiba 12 hari, Kim pergi 30 hari.");
    person.press("Ctrl+Shift+F");
    assert_eq!(person.session.search().unwrap().query, plain("Kim"));
    for typed in ["[0-9", "[0-9]+ hari"] {
        person.tell(Message::SetQuery(expression(typed)));
        person.press("F3 Ctrl+Shift+F");
        assert_eq!(person.session.search().unwrap().query, expression(typed));
    }
    // What is selected afterwards is.
    person.press("Ctrl+Home Ctrl+Right Ctrl+Shift+Right Ctrl+Shift+F");
    assert_eq!(person.session.search().unwrap().query, plain("tiba"));
}

#[test]
fn who_looks_in_all_articles_sees_what_is_tagged_too() {
    let mut person = Person::reading("[claim:Kim] dan |Kim.");
    person.press("Ctrl+Shift+F");
    person.tell(Message::SetQuery(plain("kim")));
    assert_eq!(person.session.list_place().0, 2);
}

proptest! {
    #[test]
    fn any_part_of_a_text_is_found_in_it(
        text in hostile::text(),
        ends in any::<(proptest::sample::Index, proptest::sample::Index)>(),
        case in any::<bool>(),
    ) {
        let (one, other) = (hostile::place(&text, ends.0), hostile::place(&text, ends.1));
        // A mark that stands on nothing here stands on a letter there.
        let is_no_letter = |c: char| !c.is_alphanumeric() && !c.is_ascii_graphic();
        let part = text.slice(one.min(other)..one.max(other)).trim_start_matches(is_no_letter);
        let part = part.trim_end().to_owned();
        if part.is_empty() {
            return Ok(());
        }
        let finder = Finder::new(&Query { text: part.clone(), case, ..Query::default() }).unwrap();
        let found = finder.find_in(&text).next();
        prop_assert!(found.is_some(), "{part:?} in {:?}", text.as_str());
    }
}

#[test]
fn other_occurrences_of_a_long_annotation_are_looked_for_but_not_of_a_whole_article() {
    let said = |length: usize| {
        let words: String = "Ménteri «itu»\n\nkata ia ".chars().cycle().take(length - 1).collect();
        let mut person = Person::reading(&format!("[*claim:{words}.] Lalu ia pulang."));
        person.press("T");
        let search = person.session.search();
        let found = search.map(|search| (search.error.clone(), search.query.text.contains('\n')));
        (found, person.notice().to_owned())
    };
    assert_eq!(said(2_000).0, Some((None, false)));
    let too_long = "This is too long to be looked for elsewhere: 2001 characters";
    assert_eq!(said(2_001), (None, too_long.to_owned()));
}

#[test]
fn where_a_word_is_not_found_what_was_found_of_its_start_is_not_left_selected() {
    let mut person = Person::reading("Kota ini |damai, kata menteri.");
    person.press("Ctrl+F");
    type_query(&mut person, "ka");
    person.check("Kota ini damai, <ka>ta menteri.");
    type_query(&mut person, "kapal");
    person.check("Kota ini |damai, kata menteri.");
    // What is typed on may be found again.
    person.tell(Message::SetQuery(plain("kat")));
    person.check("Kota ini damai, <kat>a menteri.");
}
