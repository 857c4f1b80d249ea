//! Walking, mending and listing what the checks find, and saying that it is meant.

use tandai::session::{Command, Effect, Listing, Message};

use super::checking::found;
use super::{Person, annotator, check_refused, path};

/// Two things to find: an edge inside a word, and a denial of nothing.
const TWO: &str = "|Kim [location:di Se]oul. [denial:Tidak]. [claim:Ya], [source:kata KCNA].";
const TWO_LINKS: [(&str, &str, &str); 2] =
    [("attributed-to", "Ya", "kata KCNA"), ("located-at", "Tidak", "di Se")];

#[test]
fn problems_are_walked_from_the_caret_on_and_round() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    let expected = ["The end lies inside a word", "This denial has no link “denies”"];
    assert_eq!(found(&person), expected);
    let mut said = Vec::new();
    for keys in ["P", "P", "P", "Shift+P"] {
        person.press(keys);
        said.push(person.notice().to_owned());
    }
    assert_eq!(said, [expected[0], expected[1], expected[0], expected[1]]);
    assert_eq!(person.session.focused().unwrap().label.as_ref(), "denial");
    assert_eq!(person.saves, 0);
}

#[test]
fn the_list_of_problems_follows_the_one_in_hand() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.tell(Message::Run(Command::ListProblems));
    let rows = ["P", "P", "P", "Shift+P"].map(|key| {
        person.press(key);
        person.session.list_place().1
    });
    assert_eq!(rows, [Some(0), Some(1), Some(0), Some(1)]);
}

#[test]
fn a_problem_is_mended_by_one_key_in_one_step() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("P M");
    person.check("Kim [*location:di Seoul]. [denial:Tidak]. [claim:Ya], [source:kata KCNA].");
    assert_eq!(person.notice(), "Extended location to whole words");
    assert_eq!(found(&person), ["This denial has no link “denies”"]);
    person.press("P M");
    assert!(person.links().contains(&"Tidak denies Ya".to_owned()), "{:?}", person.links());
    assert!(found(&person).is_empty());
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(found(&person).len(), 2);
}

#[test]
fn a_place_that_was_rejected_is_no_problem_any_more() {
    let marked = "[*location:Seoul] ramai, Seoul panas. Di Seoul!";
    let mut person = Person::with(&[("a.txt", marked), ("b.txt", "Kim.")]);
    let times = |times: &str| vec![format!("“Seoul” is tagged location here and untagged {times}")];
    let untagged = |person: &Person| {
        let said = found(person).into_iter();
        said.filter(|words| words.starts_with('“')).collect::<Vec<_>>()
    };
    assert_eq!(untagged(&person), times("2 times"));
    person.press("T");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X Ctrl+Enter");
    assert_eq!(untagged(&person), times("once"));
    // The same is listed from elsewhere, where the article is read anew.
    person.tell(Message::CloseSearch);
    person.tell(Message::OpenDocument(path("b.txt")));
    person.tell(Message::Run(Command::ListProjectProblems));
    let listed = |person: &Person| {
        let rows = &person.session.remarks().unwrap().rows;
        let words = rows.iter().map(|row| row.words.clone());
        words.filter(|words| words.starts_with('“')).collect::<Vec<_>>()
    };
    assert_eq!(listed(&person), times("once"));
    // With the last place the finding goes, and comes back with it.
    person.in_list = false;
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab T");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X Ctrl+Enter");
    assert!(untagged(&person).is_empty());
    person.in_list = false;
    person.press("Ctrl+Z Ctrl+Z");
    assert_eq!(untagged(&person), times("2 times"));
}

#[test]
fn what_is_rejected_in_another_article_leaves_the_list_of_all_problems() {
    let mut person = Person::with(&[
        ("a.txt", "[*location:Seoul] ramai."),
        ("b.txt", "[location:Seoul] dan Seoul."),
        ("c.txt", "[denial:Bukan]."),
    ]);
    person.tell(Message::Run(Command::ListProjectProblems));
    let listed = |person: &Person| {
        let rows = &person.session.remarks().unwrap().rows;
        rows.iter().map(|row| format!("{} {}", row.document, row.words)).collect::<Vec<_>>()
    };
    let untagged = "b.txt “Seoul” is tagged location here and untagged once".to_owned();
    let before = listed(&person);
    assert!(before.contains(&untagged), "{before:?}");
    // The last row, behind those of that article.
    person.tell(Message::GoToRow { row: before.len() - 1, open: false });
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Tab T");
    person.in_list = true;
    person.tell(Message::GoToRow { row: 0, open: false });
    person.press("X Ctrl+Enter");
    let after: Vec<String> = before.iter().filter(|row| **row != untagged).cloned().collect();
    assert_eq!(listed(&person), after);
    assert_eq!(person.session.remarks().unwrap().at, Some(after.len() - 1));
    // Taken back, it is there again as soon as the list is.
    person.in_list = false;
    person.press("Ctrl+Z");
    person.tell(Message::CloseSearch);
    person.tell(Message::Run(Command::ToggleList));
    assert_eq!(listed(&person), before);
}

#[test]
fn what_a_step_changes_in_other_articles_changes_the_list_of_all_problems() {
    let mut person =
        Person::with(&[("a.txt", "[*location:Seoul] ramai."), ("b.txt", "Di Seoul. Kim.")]);
    person.press("T");
    person.in_list = true;
    person.press("Shift+Y Ctrl+Enter");
    person.in_list = false;
    person.press("Shift+F4");
    let unlinked = "This location is linked with nothing";
    let rows = [format!("a.txt Seoul: {unlinked}"), format!("b.txt Seoul: {unlinked}")];
    assert_eq!(person.remark_rows(), rows);
    person.press("Ctrl+Z");
    assert!(!person.remark_rows().iter().any(|row| row.starts_with("b.txt")));
    person.press("Ctrl+Y");
    assert_eq!(person.remark_rows(), rows);
}

#[test]
fn white_space_at_an_edge_is_trimmed() {
    let mut person = Person::reading("Kim[denial: tidak ]tiba.");
    person.press("P P M");
    person.check("Kim [*denial:tidak] tiba.");
    assert_eq!(person.notice(), "Trimmed denial");
}

#[test]
fn a_claim_without_a_source_gets_the_nearest_or_is_the_narrators() {
    let marked = "[source:KCNA] berkata bahwa [*claim:Kim tiba], [source:kata Yonhap].";
    let mut person = Person::reading(marked);
    person.press("M");
    assert_eq!(person.links(), ["Kim tiba attributed-to kata Yonhap"]);
    let mut person = Person::reading(marked);
    person.press("Shift+M");
    assert_eq!((person.attributes().as_str(), person.links().len()), ("directness: narrator", 0));
    // Where there is no source, that is the first way.
    let mut person = Person::reading("[*claim:Kim tiba].");
    person.press("M");
    assert_eq!(person.attributes(), "directness: narrator");
}

#[test]
fn where_there_is_no_problem_that_is_said_and_no_fault() {
    for key in ["P", "Shift+P"] {
        let mut person = Person::reading("Kim |tiba.");
        person.press(key);
        let notice = person.session.notice().unwrap();
        assert_eq!(notice.text, "Nothing here is other than the schema expects");
        assert!(!notice.warning, "{key}");
    }
}

#[test]
fn what_cannot_be_mended_is_refused_with_a_reason() {
    check_refused("Kim tiba.", "M", "There is nothing to mend here");
    check_refused("Kim tiba.", "X", "There is no problem here");
    check_refused(
        "[*source:KCNA].",
        "M",
        "This source is linked with nothing: there is no such mend",
    );
    let reason = "No key mends this: change it in the article, or say that it is meant";
    check_refused("[*denial:tida]k.", "P Shift+M", reason);
}

#[test]
fn what_is_meant_is_not_found_again_until_that_is_undone() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("P X");
    assert_eq!(person.notice(), "Kept as meant: The end lies inside a word");
    assert_eq!((person.decided_count(), person.saves), (1, 1));
    assert_eq!(found(&person), ["This denial has no link “denies”"]);
    // One is at the next already.
    assert_eq!(person.session.focused().unwrap().label.as_ref(), "denial");
    person.press("Ctrl+Z");
    assert_eq!((person.decided_count(), found(&person).len()), (0, 2));
    person.press("Ctrl+Y");
    assert_eq!((person.decided_count(), found(&person).len()), (1, 1));
}

#[test]
fn what_is_meant_is_remembered_by_whoever_opens_the_article_again() {
    let mut person = Person::with(&[("a.txt", "[denial:Tidak]."), ("b.txt", "[denial:Tidak].")]);
    person.press("P X");
    assert!(found(&person).is_empty());
    person.tell(Message::OpenDocument(path("b.txt")));
    assert_eq!(found(&person), ["This denial has no link “denies”"]);
    person.tell(Message::OpenDocument(path("a.txt")));
    assert!(found(&person).is_empty());
    // Somebody else has not decided it, and coming back one still has.
    person.put_marked("ben", "a.txt", "[denial:Tidak].");
    let decided = std::mem::take(&mut person.decided);
    person.tell(Message::SetAnnotator("ben".to_owned()));
    assert_eq!(found(&person), ["This denial has no link “denies”"]);
    person.decided = decided;
    person.tell(Message::SetAnnotator("ana".to_owned()));
    assert!(found(&person).is_empty());
}

#[test]
fn an_answer_about_an_older_set_is_not_shown() {
    let mut person = Person::reading("[*denial:Tidak] [claim:Ya]");
    let effects = person.tell_only(Message::Run(Command::Remove));
    let (late, at_once): (Vec<Effect>, Vec<Effect>) =
        effects.into_iter().partition(|effect| matches!(effect, Effect::Check { .. }));
    assert_eq!(late.len(), 1);
    person.carry_out(at_once);
    person.press("Ctrl+Z");
    let now = found(&person);
    person.carry_out(late);
    assert_eq!(found(&person), now);
}

#[test]
fn the_problems_of_all_articles_are_listed_and_gone_to() {
    let mut person = Person::with(&[
        ("a.txt", "|Kim tiba."),
        ("b.txt", "[denial:Bukan]. Di [denial:tida]k."),
        ("c.txt", "[denial:Bukan]."),
    ]);
    person.press("Shift+F4");
    assert_eq!(person.session.listing(), Some(Listing::Remarks));
    let expected = [
        "b.txt Bukan: This denial has no link “denies”",
        "b.txt tida: This denial has no link “denies”",
        "b.txt tida: The end lies inside a word",
        "c.txt Bukan: This denial has no link “denies”",
    ];
    assert_eq!(person.remark_rows(), expected);
    person.tell(Message::GoToRow { row: 2, open: true });
    assert_eq!(person.notice(), "The end lies inside a word");
    // What is gone to is what the keys mend, and what is mended leaves the list.
    person.press("M");
    person.check("[denial:Bukan]. Di [*denial:tidak].");
    let left = person.session.remarks().unwrap().rows.iter();
    assert!(left.clone().all(|row| row.words == "This denial has no link “denies”"));
    assert!(left.clone().any(|row| row.quote == "Bukan" && row.document == path("b.txt")));
    assert!(left.clone().any(|row| row.document == path("c.txt")));
}

#[test]
fn the_list_of_ones_own_problems_stays_while_another_s_set_is_shown() {
    let mut person =
        Person::unopened(&[("a.txt", "[denial:Bukan]. Di Kota."), ("b.txt", "[denial:Bukan].")]);
    person.put_marked("ben", "a.txt", "Bukan. Di [denial:Kot]a.");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Shift+F4");
    let own = [
        "a.txt Bukan: This denial has no link “denies”",
        "b.txt Bukan: This denial has no link “denies”",
    ];
    assert_eq!(person.remark_rows(), own);
    person.tell(Message::ShowSet(annotator("ben")));
    assert_eq!(person.remark_rows(), own);
    // Of the one article, the problems are those of the set before one, as P goes to them.
    person.press("F4");
    let bens =
        ["a.txt Kot: This denial has no link “denies”", "a.txt Kot: The end lies inside a word"];
    assert_eq!(person.remark_rows(), bens);
    assert_eq!(found(&person).len(), 2);
}

/// What comes of an article may be from before it was changed.
#[test]
fn what_is_changed_while_all_articles_are_looked_at_is_looked_at_again() {
    let mut person =
        Person::with(&[("a.txt", "|Kim [denial:Bukan]."), ("b.txt", "[denial:Bukan].")]);
    let slow = person.tell_only(Message::Run(Command::ListProjectProblems));
    person.press("Tab Delete");
    person.carry_out(slow);
    assert_eq!(person.remark_rows(), ["b.txt Bukan: This denial has no link “denies”"]);
}

#[test]
fn the_problems_of_one_article_are_listed_and_kept_up_to_date() {
    let mut person = Person::linked(TWO, &TWO_LINKS);
    person.press("F4");
    assert_eq!(person.session.list_place(), (2, None));
    person.press("P M");
    assert_eq!(person.session.list_place().0, 1);
    person.press("Ctrl+Z");
    assert_eq!(person.session.list_place().0, 2);
    person.press("F5");
    assert_eq!(person.session.listing(), None);
    person.press("F5");
    assert_eq!(person.session.listing(), Some(Listing::Remarks));
}

#[test]
fn what_is_to_be_discussed_or_has_a_note_is_listed_over_all_articles() {
    let mut person =
        Person::with(&[("a.txt", "[*claim:Kim] [claim:tiba]"), ("b.txt", "[*claim:Ya]")]);
    person.press("Q Tab");
    let note = |person: &mut Person, note: &str| {
        let annotation = person.session.focused().unwrap().id.clone();
        person.tell(Message::SetNote { annotation, note: note.to_owned() });
    };
    note(&mut person, "kapan?");
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Tab Q");
    note(&mut person, "oleh siapa?");
    person.press("Shift+Q");
    let expected =
        ["a.txt Kim: To discuss", "a.txt tiba: kapan?", "b.txt Ya: To discuss: oleh siapa?"];
    assert_eq!(person.remark_rows(), expected);
    person.tell(Message::GoToRow { row: 1, open: true });
    person.check("[claim:Kim] [*claim:tiba]");
}

#[test]
fn what_is_not_before_ones_eyes_is_gone_to_first_and_not_acted_on() {
    for key in ["M", "X"] {
        let mut person = Person::reading("[denial:tida]k dan |itu.");
        person.press("P Escape Escape");
        person.press(key);
        assert_eq!((person.saves, person.decided_count()), (0, 0), "{key}");
        assert!(person.session.finding_in_hand().is_some(), "{key}");
    }
}

#[test]
fn of_several_problems_the_one_that_can_be_mended_is() {
    let mut person = Person::reading("[*source:KCNA ]tiba.");
    person.press("M");
    person.check("[*source:KCNA] tiba.");
}

#[test]
fn keys_in_the_list_do_not_change_what_its_row_is_not_about() {
    let mut person =
        Person::with(&[("a.txt", "[*claim:Kim] [claim:tiba]"), ("b.txt", "[*claim:Ya]")]);
    person.press("Q");
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Tab");
    let before = person.saves;
    person.press("Shift+Q");
    person.in_list = true;
    // Nothing is chosen yet, then a row of the other article.
    for words in [
        "No row is chosen: Escape leads back to the article",
        "The row is about another place: Enter goes there",
    ] {
        for key in ["Delete", "3", "Q", "Shift+L", "{", "M", "X"] {
            person.press(key);
            assert_eq!((person.notice(), person.saves), (words, before), "{key}");
        }
        person.tell(Message::GoToRow { row: 0, open: false });
    }
    person.check("[*claim:Ya]");
    // What is not about a place is done as ever.
    person.press("S");
    assert_eq!(person.notice(), "The mouse selects single characters");
    person.tell(Message::GoToRow { row: 0, open: true });
    person.press("3");
    person.check("[*denial:Kim] [claim:tiba]");
}

/// Ana, in another article, at the problem of an edge in the list of all problems; another one is
/// about the same denial.
fn at_the_edge_elsewhere() -> Person {
    let mut person = Person::with(&[("a.txt", "|Kim tiba."), ("b.txt", "Di [denial:tida]k.")]);
    person.press("Shift+F4");
    person.in_list = true;
    let rows =
        ["b.txt tida: This denial has no link “denies”", "b.txt tida: The end lies inside a word"];
    assert_eq!(person.remark_rows(), rows);
    person.tell(Message::GoToRow { row: 1, open: false });
    person
}

#[test]
fn of_two_problems_of_one_annotation_the_keys_act_on_that_of_the_row() {
    let meant = ["X", "M"].map(|key| {
        let mut person = at_the_edge_elsewhere();
        person.press(key);
        assert_eq!((person.saves, person.notice()), (0, "The end lies inside a word"), "{key}");
        person.press(key);
        let left = person.remark_rows();
        assert!(left.len() == 1 && left[0].ends_with("has no link “denies”"), "{left:?}");
        person.decided_count()
    });
    assert_eq!(meant, [1, 0]);
}

#[test]
fn what_is_found_late_in_the_article_before_changes_neither_the_row_nor_its_problem() {
    let mut person = at_the_edge_elsewhere();
    person.in_list = false;
    person.tell_only(Message::Run(Command::SelectAll));
    let late = person.tell_only(Message::Run(Command::Tag(3)));
    let (check, rest): (Vec<_>, Vec<_>) =
        late.into_iter().partition(|effect| matches!(effect, Effect::Check { .. }));
    person.carry_out(rest);
    person.in_list = true;
    let at = person.remark_rows().iter().position(|row| row.contains("inside")).unwrap();
    person.tell_only(Message::GoToRow { row: at, open: false });
    let reading = person.tell_only(Message::RunInList(Command::Mend(0)));
    person.carry_out(check);
    person.carry_out(reading);
    person.press("M");
    person.check("Di [*denial:tidak].");
}

#[test]
fn while_what_is_found_is_waited_for_that_is_said_and_nothing_is_done() {
    for command in [Command::Mend(0), Command::Intend] {
        let mut person = at_the_edge_elsewhere();
        // The article comes, and what the checks find in it does not yet.
        let mut checks = Vec::new();
        let mut waiting = person.tell_only(Message::RunInList(command));
        while let Some(effect) = waiting.pop() {
            if matches!(effect, Effect::Check { .. }) {
                checks.push(effect);
            } else if let Some(answer) = person.outcome(effect) {
                waiting.extend(person.tell_only(answer));
            }
        }
        person.tell_only(Message::RunInList(command));
        assert_eq!(person.notice(), "The article is still being checked");
        person.carry_out(checks);
        assert_eq!((person.saves, person.decided_count()), (0, 0));
        person.tell(Message::RunInList(command));
        let left = person.remark_rows();
        assert!(left.len() == 1 && left[0].ends_with("has no link “denies”"), "{left:?}");
    }
    // So it is said in the article too.
    let mut person = Person::unopened(&[("a.txt", "Di [denial:tida]k.")]);
    let opening = person.tell_only(Message::OpenDocument(path("a.txt")));
    let answer = opening.into_iter().find_map(|effect| person.outcome(effect));
    let checks = person.tell_only(answer.unwrap());
    person.tell_only(Message::Run(Command::Mend(0)));
    assert_eq!(person.notice(), "The article is still being checked");
    person.carry_out(checks);
    person.press("M");
    assert_eq!(person.notice(), "This denial has no link “denies”");
}

#[test]
fn in_the_list_of_another_article_or_set_one_is_not_at_its_end() {
    let mut person = Person::unopened(&[
        ("a.txt", "[denial:Bukan]. [denial:Tidak]."),
        ("b.txt", "[denial:Bukan]. [denial:Tidak]. [denial:Tiada]."),
    ]);
    person.put_marked("ben", "a.txt", "[denial:Bukan]. [denial:Tidak].");
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("F4");
    person.tell(Message::GoToRow { row: 0, open: false });
    person.tell(Message::ShowSet(annotator("ben")));
    assert_eq!(person.session.list_place(), (2, Some(0)));
    person.tell(Message::OpenDocument(path("b.txt")));
    assert_eq!(person.session.list_place(), (3, Some(0)));
}
