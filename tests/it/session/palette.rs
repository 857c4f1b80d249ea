//! The palette: everything that can be done or gone to, by a few letters.

use tandai::session::{Command, Message, Offer};

use super::{Person, path};

/// What the palette offers for what is typed.
fn offers(person: &mut Person, typed: &str) -> Vec<Offer> {
    person.press("Ctrl+K");
    person.tell(Message::SearchPalette(typed.to_owned()));
    person.session.palette().offers.clone()
}

#[test]
fn the_palette_finds_commands_by_a_few_letters_and_runs_them() {
    let mut person = Person::reading("Kim <tiba>.");
    assert_eq!(offers(&mut person, "tagden")[0], Offer::Command(Command::Tag(2)));
    person.tell(Message::TakeOffer(0));
    person.check("Kim [*denial:tiba]|.");
    assert_eq!(person.session.dialog(), None);
    assert_eq!(offers(&mut person, "undo")[0], Offer::Command(Command::Undo));
    person.tell(Message::TakeOffer(0));
    person.check("Kim <tiba>.");
    assert!(offers(&mut person, "qqqqzzzz").is_empty());
    // With nothing that fits, Enter does nothing.
    person.tell(Message::TakeOffer(0));
    person.check("Kim <tiba>.");
}

#[test]
fn the_palette_finds_articles_and_opens_them() {
    let mut person = Person::with(&[("a.txt", "Kim."), ("2024/krisis.txt", "Ya.")]);
    let krisis = Offer::Document(path("2024/krisis.txt"));
    assert_eq!(offers(&mut person, "krisis")[0], krisis);
    person.tell(Message::TakeOffer(0));
    assert_eq!(person.session.reading().unwrap().document, path("2024/krisis.txt"));
    // What one goes to is in the list, whatever that was narrowed by.
    person.tell(Message::Filter("krisis".to_owned()));
    offers(&mut person, "a.txt");
    person.tell(Message::TakeOffer(0));
    assert_eq!(person.session.reading().unwrap().document, path("a.txt"));
    assert_eq!(person.session.documents().shown_count(), 2);
}

/// There are letters for almost anything in a long title.
#[test]
fn articles_are_offered_for_what_stands_in_their_names() {
    let mut person = Person::with(&[("a.txt", "Kim."), ("mereka bertemu gedung lama.txt", "Ya.")]);
    let is_article = |offer: &&Offer| matches!(offer, Offer::Document(_));
    assert_eq!(offers(&mut person, "merge").iter().filter(is_article).count(), 0);
    assert_eq!(offers(&mut person, "gedung mereka").iter().filter(is_article).count(), 1);
    // With nothing else to offer, they are all the same.
    let scattered = offers(&mut person, "mrkbrtm");
    assert_eq!(scattered, [Offer::Document(path("mereka bertemu gedung lama.txt"))]);
}

#[test]
fn an_empty_palette_offers_all_that_can_be_done_first() {
    let mut person = Person::reading("Kim <tiba>.");
    let all = offers(&mut person, "");
    let can = |offer: &Offer| match offer {
        Offer::Command(command) => person.session.available(*command).is_ok(),
        Offer::Document(_) => panic!("articles are too many to be offered unasked"),
    };
    let first_refused = all.iter().position(|offer| !can(offer)).unwrap();
    assert!(all[first_refused..].iter().all(|offer| !can(offer)));
    assert!(all[..first_refused].contains(&Offer::Command(Command::Tag(0))));
    // What cannot be done says why when it is taken all the same.
    let undo = all.iter().position(|offer| *offer == Offer::Command(Command::Undo)).unwrap();
    person.tell(Message::TakeOffer(undo));
    assert_eq!(person.notice(), "There is nothing to undo");
}

#[test]
fn the_mark_of_the_palette_stays_on_an_offer() {
    let mut person = Person::reading("Kim.");
    let count = offers(&mut person, "tag").len();
    person.tell(Message::MoveInPalette(count + 7));
    assert_eq!(person.session.palette().at, count - 1);
    person.tell(Message::SearchPalette("tag ".to_owned()));
    assert_eq!(person.session.palette().at, 0);
}

#[test]
fn what_begins_as_is_typed_comes_first() {
    let mut person = Person::reading("Kim |tiba.");
    for (typed, title) in [("back", "Back "), ("Mark", "Mark "), ("next p", "Next p")] {
        let Some(Offer::Command(first)) = offers(&mut person, typed).first().cloned() else {
            panic!("{typed}");
        };
        let found = person.session.title_now(first);
        assert!(found.starts_with(title), "{typed}: {found}");
    }
}
