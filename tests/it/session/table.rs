//! The table of all annotations: walking it, narrowing it, changing many at once.

use std::collections::BTreeMap;

use tandai::corpus::Annotator;
use tandai::review::TableColumn;
use tandai::session::{BulkChange, Command, Effect, Listing, Message, Reviewing};
use tandai::storage::SetOnDisk;

use super::{Person, annotator, broken_set, path, with_links};
use crate::markup::{parse, parse_as};

const A: &str = "[claim:Menteri tiba], kata [source:Budi], bukan [source:Siti].";
const B: &str = "[denial:Tidak benar], kata [source:Rina].";
const C: &str = "Tidak ada apa-apa.";

/// Ana, with links and values in two articles; ben has marked one of them and another.
fn project() -> Person {
    let mut person = Person::unopened(&[("a.txt", A), ("b.txt", B), ("c.txt", C)]);
    let links = [("attributed-to", "Menteri tiba", "Budi"), ("same-as", "Budi", "Siti")];
    person.put_set("ana", "a.txt", SetOnDisk::Read(with_links(&parse(A), &links)));
    let links = [("attributed-to", "Tidak benar", "Rina")];
    person.put_set("ana", "b.txt", SetOnDisk::Read(with_links(&parse(B), &links)));
    person.put_marked("ben", "a.txt", "Menteri [denial:tiba], kata [source:Budi], bukan Siti.");
    person.put_marked("ben", "c.txt", "[claim:Tidak ada] apa-apa.");
    person.tell(Message::OpenDocument(path("a.txt")));
    person
}

pub(super) fn table() -> Person {
    let mut person = project();
    person.press("Ctrl+B");
    assert_eq!(person.session.listing(), Some(Listing::Table));
    person.in_list = true;
    person
}

/// The lines: a heading with its count, a row with article, annotator, label and quote.
fn lines(person: &Person) -> Vec<String> {
    use tandai::review::TableLine as Line;
    let table = person.session.table().unwrap();
    let line = |line: Line| match line {
        Line::Heading(heading) => format!("== {} {}", heading.words, heading.count),
        Line::Row(row) => {
            let key = &row.key;
            format!("{} {} {}:{}", key.document, key.annotator, row.label, row.quote)
        }
    };
    table.lines.iter().map(line).collect()
}

pub(super) fn at(person: &Person, row: &str) -> Option<usize> {
    lines(person).iter().position(|line| line == row)
}

pub(super) fn in_hand(person: &Person) -> String {
    let row = person.session.table().unwrap().row_in_hand().expect("a row is in hand");
    format!("{} {}:{}", row.key.annotator, row.label, row.quote)
}

/// What is before the person: the article, whose set, what is focused.
fn shown(person: &Person) -> String {
    let reading = person.session.reading().unwrap();
    let text = &person.session.document().unwrap().text;
    let focused = person.session.focused().map(|focused| focused.quote(text));
    format!("{} {} {}", reading.document, reading.shown, focused.unwrap_or_default())
}

pub(super) fn filter(person: &mut Person, typed: &str) {
    person.tell(Reviewing::FilterTable(typed.to_owned()).into());
}

pub(super) fn go_to(person: &mut Person, line: usize) {
    person.tell(Message::GoToRow { row: line, open: false });
}

fn chosen(person: &mut Person, change: BulkChange) {
    person.press("Ctrl+Enter");
    person.tell(Reviewing::ChooseBulk(change).into());
}

/// What is looked at before it is done.
fn concerned(person: &Person) -> Vec<String> {
    let bulk = person.session.bulk().expect("a change is looked at");
    let row = |row: &std::sync::Arc<tandai::review::TableRow>| {
        assert_eq!(row.key.annotator, annotator("ana"));
        row.quote.to_string()
    };
    bulk.concerned.iter().map(row).collect()
}

fn files(person: &Person) -> BTreeMap<(Annotator, tandai::corpus::DocumentPath), SetOnDisk> {
    person.disk.clone()
}

const ALL: [&str; 8] = [
    "a.txt ana claim:Menteri tiba",
    "a.txt ana source:Budi",
    "a.txt ana source:Siti",
    "a.txt ben denial:tiba",
    "a.txt ben source:Budi",
    "b.txt ana denial:Tidak benar",
    "b.txt ana source:Rina",
    "c.txt ben claim:Tidak ada",
];

#[test]
fn everyones_annotations_in_all_articles_are_listed() {
    let person = table();
    assert_eq!(lines(&person), ALL);
    let table = person.session.table().unwrap();
    assert_eq!((table.count(), table.listed(), table.progress.running), (8, 8, false));
    // Whatever the order in which sets are in memory.
    let mut other = project();
    other.tell(Message::SetAnnotator("ben".to_owned()));
    other.press("Ctrl+B");
    assert_eq!(lines(&other), ALL);
}

/// What walking to a line asks of the window, with all that follows.
fn walk(person: &mut Person, line: usize, open: bool) -> Vec<&'static str> {
    let mut waiting = person.tell_only(Message::GoToRow { row: line, open });
    let mut asked = Vec::new();
    while let Some(effect) = waiting.pop() {
        if matches!(effect, Effect::FocusArticle) {
            asked.push("article");
        }
        if let Some(answer) = person.outcome(effect) {
            waiting.extend(person.tell_only(answer));
        }
    }
    asked
}

#[test]
fn walking_shows_each_annotation_and_leaves_the_keyboard_in_the_list() {
    let mut person = table();
    let wanted = [
        "a.txt ana Menteri tiba",
        "a.txt ana Budi",
        "a.txt ana Siti",
        "a.txt ben tiba",
        "a.txt ben Budi",
        "b.txt ana Tidak benar",
        "b.txt ana Rina",
        "c.txt ben Tidak ada",
    ];
    let on = 0..wanted.len();
    for line in on.clone().chain(on.rev()) {
        assert_eq!(walk(&mut person, line, false), [""; 0], "{line}");
        assert_eq!(shown(&person), wanted[line]);
    }
    // From one article to another, and in the same one.
    for line in [7, 6] {
        assert_eq!(walk(&mut person, line, true), ["article"]);
        assert_eq!(shown(&person), wanted[line]);
    }
    assert_eq!(walk(&mut person, 6, true), ["article"]);
}

#[test]
fn one_stays_at_the_annotation_whatever_becomes_of_the_table() {
    let mut person = table();
    go_to(&mut person, 6);
    let here = "ana source:Rina";
    filter(&mut person, "label:source");
    assert_eq!((in_hand(&person).as_str(), person.session.list_place()), (here, (4, Some(3))));
    person.press("3");
    assert_eq!(in_hand(&person), here);
    person.press("3");
    assert_eq!((in_hand(&person).as_str(), person.session.list_place().1), (here, Some(1)));
    person.press("G");
    assert_eq!(in_hand(&person), here);
    filter(&mut person, "");
    assert_eq!(in_hand(&person), here);
    // A change of the annotation itself, too.
    person.in_list = false;
    person.press("1");
    assert_eq!(in_hand(&person), "ana claim:Rina");
    // What is filtered out is found again.
    filter(&mut person, "annotator:ben");
    assert!(in_hand(&person).starts_with("ben"));
    filter(&mut person, "");
    assert_eq!(in_hand(&person), "ana claim:Rina");
}

#[test]
fn what_cannot_be_understood_leaves_the_filter_as_it_was() {
    let mut person = table();
    filter(&mut person, "label:denial");
    let denials = ["a.txt ben denial:tiba", "b.txt ana denial:Tidak benar"];
    assert_eq!(lines(&person), denials);
    filter(&mut person, "label:denial labl:x");
    // What is listed is not what was asked for: it is not changed together.
    person.press("Ctrl+Enter");
    assert!(person.notice().contains("Mend the filter first"), "{}", person.notice());
    assert!(person.session.dialog().is_none());
    assert_eq!(lines(&person), denials);
    let table = person.session.table().unwrap();
    assert!(table.error.as_ref().unwrap().contains("labl"), "{:?}", table.error);
    assert_eq!(table.filter, "label:denial labl:x");
    filter(&mut person, "label:denial -annotator:ben");
    assert_eq!(lines(&person), [denials[1]]);
    assert_eq!(person.session.table().unwrap().error, None);
}

#[test]
fn rows_are_sorted_and_grouped_by_keys() {
    let mut person = table();
    person.press("2 G");
    let wanted = [
        "== claim 2",
        ALL[0],
        ALL[7],
        "== denial 2",
        ALL[3],
        ALL[5],
        "== source 4",
        ALL[1],
        ALL[2],
        ALL[4],
        ALL[6],
    ];
    assert_eq!(lines(&person), wanted);
    assert_eq!(person.session.table().unwrap().listed(), 8);
    // One does not stay at a heading, in whichever direction one comes.
    go_to(&mut person, 0);
    assert_eq!(person.session.list_place().1, Some(1));
    go_to(&mut person, 2);
    go_to(&mut person, 3);
    assert_eq!(person.session.list_place().1, Some(4));
    go_to(&mut person, 3);
    assert_eq!(person.session.list_place().1, Some(2));
    person.press("G 2");
    assert_eq!(lines(&person)[0], ALL[1], "source comes first from the end");
    person.tell(Reviewing::SortTable(TableColumn::Annotator).into());
    assert_eq!(lines(&person)[5..], [ALL[3], ALL[4], ALL[7]]);
    let before = person.session.table().unwrap().concordance;
    person.press("C");
    assert_eq!(person.session.table().unwrap().concordance, !before);
}

#[test]
fn what_is_edited_and_undone_in_an_article_is_so_in_the_table() {
    let mut person = table();
    go_to(&mut person, 6);
    person.in_list = false;
    person.press("Delete");
    assert!(!lines(&person).contains(&ALL[6].to_owned()));
    person.press("Ctrl+Z");
    assert_eq!(lines(&person), ALL);
    person.tell(Message::OpenDocument(path("c.txt")));
    let (anchor, head) = (person.place_of("apa-apa"), person.place_of("."));
    person.tell(Message::Drag { anchor, head, snap: false });
    person.press("2");
    assert_eq!(lines(&person)[7..], ["c.txt ana source:apa-apa", ALL[7]]);
    // What was done in an article is undone there, and shown.
    person.tell(Message::OpenDocument(path("a.txt")));
    person.press("Ctrl+Z");
    assert_eq!(lines(&person), ALL);
}

#[test]
fn the_ticked_are_changed_or_else_the_listed() {
    let mut person = table();
    go_to(&mut person, 0);
    // Each tick goes on to the next row.
    person.press("Space Space");
    assert_eq!(in_hand(&person), "ana source:Siti");
    chosen(&mut person, BulkChange::Remove);
    assert_eq!(concerned(&person), ["Menteri tiba", "Budi"]);
    person.tell(Message::CloseDialog);
    go_to(&mut person, 0);
    person.press("Space");
    chosen(&mut person, BulkChange::Remove);
    assert_eq!(concerned(&person), ["Budi"]);
    person.tell(Message::CloseDialog);
    // What is ticked stays so where it is not listed.
    filter(&mut person, "document:b");
    person.press("Ctrl+A");
    chosen(&mut person, BulkChange::Remove);
    assert_eq!(concerned(&person), ["Budi", "Tidak benar", "Rina"]);
    person.tell(Message::CloseDialog);
    person.press("Ctrl+A");
    assert!(person.session.table().unwrap().ticked.is_empty());
    chosen(&mut person, BulkChange::Remove);
    assert_eq!(concerned(&person), ["Tidak benar", "Rina"]);
}

#[test]
fn many_are_changed_in_one_step_and_one_undo_takes_it_back() {
    let changes = [
        (BulkChange::Relabel("denial".into()), 4, "Changed label to denial of 4 annotations"),
        (BulkChange::Discuss(true), 5, "Marked to discuss 5 annotations"),
        (BulkChange::Remove, 5, "Removed 5 annotations"),
        (
            BulkChange::SetValue("directness".into(), "direct".into()),
            2,
            "Set directness to direct of 2 annotations",
        ),
    ];
    for (change, count, says) in changes {
        let mut person = table();
        let before = files(&person);
        chosen(&mut person, change.clone());
        assert_eq!(concerned(&person).len(), count, "{change:?}");
        assert_eq!(person.session.bulk().unwrap().others, 3);
        assert_eq!((person.saves, &files(&person)), (0, &before), "nothing is done yet");
        person.tell(Reviewing::ApplyBulk.into());
        assert_eq!(person.notice(), says);
        assert_eq!(person.session.history().done().len(), 1);
        for (key, set) in &before {
            assert_eq!(files(&person)[key] == *set, key.0 == annotator("ben"), "{key:?}");
        }
        if change == BulkChange::Remove {
            assert_eq!(lines(&person), [ALL[3], ALL[4], ALL[7]]);
        } else {
            assert_eq!(lines(&person).len(), ALL.len());
        }
        person.press("Ctrl+Z");
        assert_eq!(files(&person), before, "{change:?}");
        assert_eq!(lines(&person), ALL);
    }
}

#[test]
fn each_change_does_what_it_says() {
    let set = |person: &Person, document: &str| {
        let SetOnDisk::Read(set) = person.found(&annotator("ana"), &path(document)) else {
            panic!("there is no set");
        };
        set
    };
    let mut person = table();
    filter(&mut person, "label:source");
    chosen(&mut person, BulkChange::Remove);
    person.tell(Reviewing::ApplyBulk.into());
    // With their links, and no others' annotations.
    for document in ["a.txt", "b.txt"] {
        assert_eq!(set(&person, document).annotations().len(), 1);
        assert_eq!(set(&person, document).relations().len(), 0);
    }
    person.press("Ctrl+Z");
    chosen(&mut person, BulkChange::Relabel("location".into()));
    person.tell(Reviewing::ApplyBulk.into());
    let labels = |person: &Person| {
        let sets = ["a.txt", "b.txt"].map(|document| set(person, document));
        let labels = sets.iter().flat_map(|set| set.annotations().iter());
        labels.map(|annotation| annotation.label.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(labels(&person), ["claim", "location", "location", "denial", "location"]);
    assert_eq!(set(&person, "a.txt").relations().len(), 2);
    filter(&mut person, "");
    chosen(&mut person, BulkChange::Discuss(true));
    person.tell(Reviewing::ApplyBulk.into());
    assert!(set(&person, "b.txt").annotations().iter().all(|one| one.is_to_discuss()));
    chosen(&mut person, BulkChange::Discuss(true));
    assert_eq!(concerned(&person), [""; 0]);
    person.tell(Message::CloseDialog);
    // The default is not stored.
    chosen(&mut person, BulkChange::SetValue("directness".into(), "direct".into()));
    person.tell(Reviewing::ApplyBulk.into());
    assert_eq!(set(&person, "a.txt").annotations()[0].attributes["directness"], "direct");
    let default = tandai::storage::built_in_schema();
    let claim = set(&person, "a.txt").annotations()[0].clone();
    let default = default.attribute_of(&claim.label, "directness").unwrap().default_value();
    chosen(&mut person, BulkChange::SetValue("directness".into(), default.into()));
    person.tell(Reviewing::ApplyBulk.into());
    assert!(!set(&person, "a.txt").annotations()[0].attributes.contains_key("directness"));
}

#[test]
fn as_many_are_changed_as_were_looked_at() {
    let mut person = table();
    // A source has no directness; somebody stored one all the same.
    let SetOnDisk::Read(set) = person.found(&annotator("ana"), &path("b.txt")) else { panic!() };
    let mut odd = set.clone();
    let mut source = (*set.annotations()[1]).clone();
    source.attributes.insert("directness".to_owned(), "mixed".to_owned());
    odd.apply(tandai::corpus::Edit::Replace(std::sync::Arc::new(source))).unwrap();
    person.put_set("ana", "b.txt", SetOnDisk::Read(odd));
    person.tell(Message::SetAnnotator("ben".to_owned()));
    person.tell(Message::SetAnnotator("ana".to_owned()));
    person.press("Ctrl+B");
    chosen(&mut person, BulkChange::SetValue("directness".into(), "direct".into()));
    let count = concerned(&person).len();
    person.tell(Reviewing::ApplyBulk.into());
    assert_eq!(person.notice(), format!("Set directness to direct of {count} annotations"));
}

#[test]
fn only_ones_own_can_be_changed() {
    let mut person = table();
    filter(&mut person, "annotator:ben");
    person.press("Ctrl+Enter");
    assert_eq!(person.notice(), "None of these is ana's; only one's own can be changed");
    assert!(person.session.bulk().is_none());
    filter(&mut person, "nothing says this");
    person.press("Ctrl+Enter");
    assert_eq!(person.notice(), "No annotation is listed");
}

#[test]
fn a_set_that_cannot_be_read_by_then_stays_as_it_is_and_that_is_said() {
    let mut person = table();
    person.put_set("ana", "b.txt", broken_set());
    chosen(&mut person, BulkChange::Remove);
    person.tell(Reviewing::ApplyBulk.into());
    assert_eq!(person.notice(), "1 article could not be read: nothing was changed there");
    assert_eq!(person.found(&annotator("ana"), &path("b.txt")), broken_set());
    // Nor is it said that all is well where nothing at all could be read.
    let mut person = table();
    person.put_set("ana", "b.txt", broken_set());
    filter(&mut person, "document:b");
    chosen(&mut person, BulkChange::Remove);
    person.tell(Reviewing::ApplyBulk.into());
    assert_eq!(person.notice(), "1 article could not be read: nothing was changed there");
    assert!(person.session.notice().unwrap().warning);
    assert_eq!((person.saves, person.session.history().done().len()), (0, 0));
}

#[test]
fn there_is_nothing_to_tick_where_the_table_is_not_shown() {
    let mut person = project();
    for command in [Command::TickRow, Command::TickAllRows, Command::ChangeRows, Command::GroupRows]
    {
        person.tell(Message::Run(command));
        assert_eq!(person.notice(), "The table is not shown");
    }
    // Messages that come too late find nothing and do nothing.
    person.tell(Reviewing::TickRow(3).into());
    person.tell(Reviewing::ApplyBulk.into());
    filter(&mut person, "label:claim");
    assert!(person.session.table().is_none());
    assert_eq!(person.saves, 0);
    let read = parse_as("ben", "Menteri [denial:tiba], kata [source:Budi], bukan Siti.");
    assert_eq!(person.found(&annotator("ben"), &path("a.txt")), SetOnDisk::Read(read.set));
}

#[test]
fn a_note_is_in_the_table_as_it_is_typed() {
    let mut person = table();
    go_to(&mut person, 0);
    let annotation = person.session.focused().unwrap().id.clone();
    for note in ["h", "hm", "h", ""] {
        let (annotation, note) = (annotation.clone(), note.to_owned());
        person.tell(Message::SetNote { annotation, note: note.clone() });
        let table = person.session.table().unwrap();
        assert_eq!(*table.lines.row(0).unwrap().note, *note);
    }
}

#[test]
fn a_change_of_the_schema_is_in_the_table_and_leaves_it_as_it_is_arranged() {
    let mut person = table();
    filter(&mut person, "problem:any -label:source");
    go_to(&mut person, 0);
    let before = (lines(&person), in_hand(&person));
    assert_eq!(before.0, [ALL[3], ALL[5], ALL[7]]);
    let mut schema = person.session.schema().clone();
    for label in ["claim", "denial"] {
        schema = schema.without(tandai::corpus::NameKind::Label, label).unwrap();
    }
    person.tell(Message::SetSchema {
        name: "change the schema".to_owned(),
        schema: Ok(Box::new(schema)),
    });
    // What the links are for is wanting now; what is wanting is not asked any more.
    assert_eq!(lines(&person), [ALL[0], ALL[5]]);
    person.press("Ctrl+Z");
    assert_eq!((lines(&person), in_hand(&person)), before);
}

#[test]
fn what_is_changed_while_the_table_is_filled_is_in_it_as_it_is_then() {
    let mut person = project();
    let late = person.tell_only(Message::Run(Command::ShowTable));
    person.press("Ctrl+Home Tab Delete");
    person.carry_out(late);
    assert_eq!(lines(&person), ALL[1..]);
}

#[test]
fn in_a_table_that_was_just_opened_keys_change_nothing_that_its_row_is_not_about() {
    let mut person = project();
    person.tell(Message::OpenDocument(path("b.txt")));
    person.press("Tab Ctrl+B");
    person.in_list = true;
    let row = at(&person, "a.txt ana source:Budi").unwrap();
    person.tell(Message::GoToRow { row, open: false });
    person.press("Q");
    assert!(person.session.focused().unwrap().is_to_discuss());
    // The article of this row is still being read.
    let row = at(&person, "b.txt ana source:Rina").unwrap();
    let late = person.tell_only(Message::GoToRow { row, open: false });
    person.press("Delete");
    assert_eq!(person.notice(), "The row is about another place: Enter goes there");
    for effect in late {
        if let Some(answer) = person.outcome(effect) {
            person.tell(answer);
        }
    }
    person.press("Delete");
    assert!(at(&person, "b.txt ana source:Rina").is_none(), "{:?}", lines(&person));
}

#[test]
fn with_nothing_in_hand_the_table_begins_where_one_reads() {
    for (document, caret, begins) in [
        ("b.txt", 0, "ana denial:Tidak benar"),
        ("b.txt", 13, "ana source:Rina"),
        ("b.txt", 40, "ana source:Rina"),
        ("a.txt", 1, "ana source:Budi"),
        // There is nothing of one's own in it.
        ("c.txt", 0, "ana claim:Menteri tiba"),
    ] {
        let mut person = project();
        person.tell(Message::OpenDocument(path(document)));
        let at = tandai::text::Offset::new(caret);
        person.tell(Message::Caret { at, extend: false });
        person.press("Ctrl+B");
        assert_eq!(in_hand(&person), begins, "{document} {caret}");
    }
}

#[test]
fn what_was_changed_since_it_was_listed_is_left_alone() {
    let mut person = table();
    person.put_marked("ana", "b.txt", "[claim:Tidak benar], kata [source:Rina].");
    filter(&mut person, "document:b");
    chosen(&mut person, BulkChange::Relabel("location".into()));
    person.tell(Reviewing::ApplyBulk.into());
    assert_eq!(person.notice(), "left alone, because changed meanwhile: 1 annotation");
    person.tell(Message::OpenDocument(path("b.txt")));
    let set = &person.session.held().unwrap().set;
    let labels: Vec<&str> = set.annotations().iter().map(|one| &*one.label).collect();
    assert_eq!(labels, ["claim", "location"]);
}
