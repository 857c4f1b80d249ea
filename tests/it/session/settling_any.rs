//! Settling whatever annotators may say: what is settled is not asked again, and nothing
//! of it is changed by settling once more.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use tandai::corpus::{AnnotationSet, Annotator, Decision, Decisions, DocumentPath};
use tandai::review::{Comparison, Kind, Rule, Saying};
use tandai::session::{Command, Message, Reviewing, SettleChoice, Shown};
use tandai::storage::SetOnDisk;

use super::{Person, path};
use crate::markup::render;
use crate::sayings::{NAMES, Sayings, people, sayings};

const ARTICLES: [&str; 3] = ["a.txt", "b.txt", "c.txt"];

pub(super) type Disk = BTreeMap<(Annotator, DocumentPath), SetOnDisk>;

/// Somebody before a project whose files are these.
pub(super) fn before(
    said: &[Sayings],
    disk: &Disk,
    decided: &BTreeMap<Annotator, Decisions>,
) -> Person {
    let texts = said.iter().map(|said| {
        render(&said.text, &AnnotationSet::new(Annotator::gold(), said.text.end()), None, None)
    });
    let texts: Vec<String> = texts.collect();
    let articles: Vec<(&str, &str)> =
        ARTICLES.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let mut person = Person::unopened(&articles);
    person.disk.clone_from(disk);
    person.decided.clone_from(decided);
    // Once more, with what others decided.
    person.tell(Message::SetAnnotator("zoe".to_owned()));
    person.tell(Message::SetAnnotator("ana".to_owned()));
    person
}

pub(super) fn disk_of(said: &[Sayings], count: usize) -> Disk {
    let sets = ARTICLES.into_iter().zip(said).flat_map(|(name, said)| {
        let sets = said.sets_without_repeats(&people(count)).into_iter();
        sets.map(move |set| ((set.annotator().clone(), path(name)), SetOnDisk::Read(set)))
    });
    sets.collect()
}

/// Begins to settle, and has everything listed that is open, also what is agreed.
fn begin(person: &mut Person, count: usize, rule: Option<Rule>) {
    let annotators = people(count).into_iter().collect();
    person.tell(Reviewing::SetSettling(SettleChoice { annotators, rule }).into());
    person.tell(Reviewing::BeginSettling.into());
    person.tell(Reviewing::ShowCases(Shown::all_kinds()).into());
}

/// What is asked: the article, and what everyone says.
fn asked(person: &Person) -> BTreeSet<(DocumentPath, String)> {
    let comparing = person.session.comparing().unwrap();
    let rows = comparing.listed().iter().map(|at| &comparing.rows[*at]);
    rows.map(|row| (row.document.clone(), row.key.clone())).collect()
}

/// All sets of gold, and what was settled in them.
fn gold(person: &Person) -> (Vec<SetOnDisk>, Decisions) {
    (person.sets(&ARTICLES, &["gold"]), person.decisions_of(&Annotator::gold()))
}

/// Settles everything that is asked, in this order and by these verdicts; what cannot be
/// settled so, as gold has it.
fn settle_all(person: &mut Person, count: usize, verdicts: &[(Index, usize)]) {
    let most = person.session.comparing().unwrap().rows.len();
    let mut verdicts = verdicts.iter().cycle();
    for _ in 0..=most {
        let listed = person.session.comparing().unwrap().listed().len();
        if listed == 0 {
            return;
        }
        let (row, verdict) = verdicts.next().unwrap();
        let row = row.index(listed);
        let comparing = person.session.comparing().unwrap();
        let case = &comparing.rows[comparing.listed()[row]];
        let case = (case.document.clone(), case.key.clone());
        let command = match verdict % (count + 3) {
            0 => Command::TakeAll,
            1 => Command::TakeNothing,
            2 => Command::TakeAsGold,
            number => Command::TakeFrom(number - 3),
        };
        for command in [command, Command::TakeAsGold] {
            if asked(person).contains(&case) {
                let comparing = person.session.comparing().unwrap();
                let at = comparing.listed().iter().position(|at| {
                    let row = &comparing.rows[*at];
                    (&row.document, &row.key) == (&case.0, &case.1)
                });
                person.tell(Message::GoToRow { row: at.unwrap(), open: false });
                person.tell(Message::Run(command));
            }
        }
        assert!(!asked(person).contains(&case), "{case:?} is asked again: {}", person.notice());
    }
    panic!("more is asked than there are cases: {:?}", asked(person));
}

/// What is listed, in order, how many cases of each kind are open, how many differences are
/// settled, and which cases are.
type Listed = (Vec<usize>, Vec<usize>, usize, Vec<bool>);

fn listed(person: &Person) -> Listed {
    let comparing = person.session.comparing().unwrap();
    let kinds = Kind::DIFFERENCES.into_iter().chain([Kind::Agreed]);
    let open = kinds.map(|kind| comparing.open(kind)).collect();
    let settled = (0..comparing.rows.len()).map(|at| comparing.is_settled(at)).collect();
    (comparing.listed().to_vec(), open, comparing.settled(), settled)
}

/// What everyone says in all articles.
fn keys(disk: &Disk, count: usize) -> BTreeSet<(DocumentPath, String)> {
    let mut keys = BTreeSet::new();
    for name in ARTICLES {
        let sets: Vec<&AnnotationSet> = people(count)
            .iter()
            .filter_map(|who| match disk.get(&(who.clone(), path(name)))? {
                SetOnDisk::Read(set) => Some(set),
                _ => None,
            })
            .collect();
        if sets.len() > 1 {
            let cases = Comparison::of(&sets, None).cases.into_iter();
            keys.extend(cases.map(|case| (path(name), case.key)));
        }
    }
    keys
}

fn rule() -> impl Strategy<Value = Option<Rule>> {
    prop_oneof![1 => Just(None), 2 => select(Rule::ALL.to_vec()).prop_map(Some)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_listed_after_each_step_is_what_would_be_listed_anew(
        said in vec(sayings(), 3),
        verdicts in vec((any::<Index>(), 0_usize..6), 1..10),
        (settled, most_first) in any::<(bool, bool)>(),
    ) {
        let mut person = before(&said, &disk_of(&said, 3), &BTreeMap::new());
        begin(&mut person, 3, None);
        let shown = Shown { settled, most_first, ..Shown::all_kinds() };
        person.tell(Reviewing::ShowCases(shown.clone()).into());
        for (row, verdict) in verdicts {
            let count = person.session.comparing().unwrap().listed().len();
            if count > 0 {
                person.tell(Message::GoToRow { row: row.index(count), open: false });
            }
            let command = match verdict {
                0 => Command::TakeAll,
                1 => Command::TakeNothing,
                2 => Command::TakeAsGold,
                3 => Command::TakeFrom(0),
                4 => Command::Undo,
                _ => Command::Redo,
            };
            person.tell(Message::Run(command));
            let mut now = listed(&person);
            let order = person.session.comparing().unwrap().rows.clone();
            let of = |at: &usize| order[*at].document.clone();
            // The cases of an article lie together, in the order of the text.
            for pair in now.0.windows(2) {
                prop_assert!(of(&pair[0]) != of(&pair[1]) || pair[0] < pair[1]);
            }
            let articles = now.0.chunk_by(|one, next| of(one) == of(next)).count();
            prop_assert_eq!(articles, now.0.iter().map(of).collect::<BTreeSet<_>>().len());
            person.tell(Reviewing::ShowCases(shown.clone()).into());
            let mut anew = listed(&person);
            if most_first {
                // Articles keep the places that they had.
                now.0.sort_unstable();
                anew.0.sort_unstable();
            }
            prop_assert_eq!(now, anew);
        }
    }

    #[test]
    fn what_is_settled_is_not_asked_again_and_stays_as_it_is(
        said in vec(sayings(), 1..4),
        count in 2_usize..4,
        rule in rule(),
        again in rule(),
        verdicts in vec((any::<Index>(), 0_usize..30), 1..16),
        (who, which) in (any::<Index>(), any::<Index>()),
    ) {
        let disk = disk_of(&said, count);
        let mut person = before(&said, &disk, &BTreeMap::new());
        begin(&mut person, count, rule);
        prop_assert!(person.session.annotator().is_gold());
        settle_all(&mut person, count, &verdicts);
        let comparing = person.session.comparing().unwrap();
        prop_assert!(Kind::DIFFERENCES.iter().all(|kind| comparing.open(*kind) == 0));
        prop_assert_eq!(comparing.open(Kind::Agreed), 0);
        let settled = gold(&person);
        // Nobody's own set was touched.
        for (key, set) in &disk {
            prop_assert_eq!(&person.disk[key], set);
        }

        // Once more, with the files as they are.
        let mut anew = before(&said, &person.disk, &person.decided);
        begin(&mut anew, count, again);
        prop_assert_eq!(asked(&anew), BTreeSet::new());
        prop_assert_eq!(anew.saves, 0);
        prop_assert_eq!(gold(&anew), settled.clone());

        // Somebody says something else about an article.
        let (who, which) = (who.index(count), which.index(said.len()));
        let mut other = said.clone();
        other[which].by[who] = said[which].by[NAMES.len()].clone();
        let mut changed = person.disk.clone();
        changed.extend(disk_of(&other, count));
        let new: BTreeSet<_> = keys(&changed, count).difference(&keys(&disk, count)).cloned().collect();
        let mut later = before(&said, &changed, &person.decided);
        begin(&mut later, count, None);
        let asked_now = asked(&later);
        prop_assert!(asked_now.is_subset(&new), "{:?} beside {:?}", asked_now, new);
        let comparing = later.session.comparing().unwrap();
        for row in &comparing.rows {
            if new.contains(&(row.document.clone(), row.key.clone())) {
                // What everyone says alike and gold has so need not be asked.
                let words = |said: &Saying| {
                    // A link is the same where what it connects begins or ends elsewhere.
                    let quote = if row.is_link { String::new() } else { said.quote.clone() };
                    (said.label.clone(), quote, said.values.clone())
                };
                let said: BTreeSet<_> = row.sayings().map(words).collect();
                let there = row.gold.iter().any(|gold| said.contains(&words(gold)));
                let needless = row.kind == Kind::Agreed && said.len() == 1 && there;
                let is_asked = asked_now.contains(&(row.document.clone(), row.key.clone()));
                prop_assert!(is_asked || needless, "{} is not asked", row.key);
            }
        }
        prop_assert_eq!((later.saves, gold(&later)), (0, settled.clone()));
        settle_all(&mut later, count, &verdicts);
        prop_assert_eq!(later.session.comparing().unwrap().listed().len(), 0);
        later.undo_all();
        prop_assert_eq!(gold(&later), settled.clone());

        // All of it can be taken back, and done again.
        person.undo_all();
        prop_assert_eq!(gold(&person), (vec![SetOnDisk::Absent; 3], Decisions::default()));
        person.redo_all();
        prop_assert_eq!(gold(&person), settled);
    }

    #[test]
    fn what_a_rule_takes_over_is_one_step(
        said in vec(sayings(), 1..4),
        count in 2_usize..4,
        rule in select(Rule::ALL.to_vec()),
    ) {
        let mut person = before(&said, &disk_of(&said, count), &BTreeMap::new());
        begin(&mut person, count, None);
        let open = person.session.comparing().unwrap().open(Kind::Agreed);
        prop_assert_eq!(person.session.history().done().len(), 0);
        begin(&mut person, count, Some(rule));
        let taken = person.decisions_of(&Annotator::gold());
        prop_assert_eq!(person.session.history().done().len(), usize::from(taken.iter().count() > 0));
        // What is agreed needs no more; of a link, where its ends were taken over.
        if taken.iter().count() == 0 {
            let comparing = person.session.comparing().unwrap();
            let things = comparing.rows.iter().filter(|row| row.kind == Kind::Agreed && !row.is_link);
            prop_assert_eq!(things.count(), 0, "{} are open", open);
            return Ok(());
        }
        let settled = gold(&person);
        let by_ana = |one: &Decision| matches!(one, Decision::Settled { by, .. } if by.as_str() == "ana");
        prop_assert!(taken.iter().all(by_ana));
        let comparing = person.session.comparing().unwrap();
        let left = comparing.rows.iter().enumerate().filter(|(at, row)| {
            row.kind == Kind::Agreed && !row.is_link && !comparing.is_settled(*at)
        });
        prop_assert_eq!(left.count(), 0);
        // By the same rule once more there is nothing to take.
        begin(&mut person, count, Some(rule));
        prop_assert_eq!(person.session.history().done().len(), 1);
        prop_assert_eq!(gold(&person), settled.clone());
        person.tell(Message::Run(Command::Undo));
        prop_assert_eq!(gold(&person), (vec![SetOnDisk::Absent; 3], Decisions::default()));
        person.tell(Message::Run(Command::Redo));
        prop_assert_eq!(gold(&person), settled);
    }
}
