//! A person at work with files behind a door, and what was shown to them as saved.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;

use tandai::corpus::{AnnotationSet, Annotator, DocumentPath};
use tandai::session::{Chord, Content, Effect, Kept, Message, Preferences, SaveReceipt, Session};
use tandai::storage::{Door, SetOnDisk, SetStore, built_in_schema, load_document};
use tandai::ui::Work;

/// A state of a file, as it was to be written.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Written {
    Set(Arc<AnnotationSet>),
    Other(String),
}

/// What was to be written into the files, and what of it was shown as saved.
#[derive(Clone, Default)]
pub(crate) struct Ledger {
    /// By file, with the revision of each.
    pub(crate) submitted: BTreeMap<Kept, Vec<(u64, Written)>>,
    /// By file, the last revision that was shown as saved.
    pub(crate) acknowledged: BTreeMap<Kept, u64>,
}

/// What passes between a session and the work behind it.
pub(crate) enum Seen<'a> {
    Message(&'a Message),
    Effect(&'a Effect),
}

/// Who is told of everything that passes.
pub(crate) type Observer = Box<dyn FnMut(Seen<'_>)>;

/// A person at work.
pub(crate) struct Sitting {
    /// Told of everything that passes.
    pub(crate) observe: Option<Observer>,
    pub(crate) session: Session,
    pub(crate) work: Work,
    pub(crate) ledger: Ledger,
    /// Whether the window was told to close.
    pub(crate) closed: bool,
}

impl Sitting {
    /// Ana opens the project in `folder`.
    pub(crate) fn open(door: Door, folder: &str) -> Self {
        Self::begin(Work::inline_through(door, None), folder, "ana", 0)
    }

    /// Somebody opens a project. `seed` tells the ids of one sitting from another's.
    pub(crate) fn begin(work: Work, folder: &str, who: &str, seed: u64) -> Self {
        let who = Annotator::new(who).unwrap();
        let mut next = seed * 1_000_003;
        let ids = move || {
            next += 7919;
            next
        };
        let session = Session::new(built_in_schema(), who, Preferences::default(), ids);
        let mut sitting =
            Self { observe: None, session, work, ledger: Ledger::default(), closed: false };
        sitting.tell(Message::OpenFolder { folder: folder.into(), file: None });
        sitting
    }

    /// Takes a message in, with all that follows from it at once.
    pub(crate) fn tell(&mut self, message: Message) {
        self.session.tell_time(1_700_000_000);
        let mut messages = VecDeque::from([message]);
        while let Some(message) = messages.pop_front() {
            if let Some(observe) = self.observe.as_mut() {
                observe(Seen::Message(&message));
            }
            if let Message::Saved(receipt) = &message {
                self.acknowledge(receipt);
            }
            let effects = self.session.update(message);
            // All of it is told of before any of it is begun.
            for effect in &effects {
                if let Some(observe) = self.observe.as_mut() {
                    observe(Seen::Effect(effect));
                }
                match effect {
                    Effect::Save { receipt, content } => self.submit(receipt, content),
                    Effect::Close => self.closed = true,
                    _ => {}
                }
            }
            for effect in effects {
                self.work.submit(effect);
            }
            messages.extend(self.work.outcomes());
        }
    }

    /// Takes in what has come meanwhile.
    pub(crate) fn take_outcomes(&mut self) {
        for message in self.work.outcomes() {
            self.tell(message);
        }
    }

    fn submit(&mut self, receipt: &SaveReceipt, content: &Content) {
        let written = written(content);
        let states = self.ledger.submitted.entry(receipt.kept.clone()).or_default();
        states.push((receipt.revision, written));
    }

    /// How many states of the busiest file were not shown as saved yet.
    pub(crate) fn unacknowledged(&self) -> u64 {
        let behind = self.ledger.submitted.iter().filter_map(|(kept, states)| {
            let shown = self.ledger.acknowledged.get(kept).copied().unwrap_or_default();
            Some(states.last()?.0 - shown)
        });
        behind.max().unwrap_or_default()
    }

    fn acknowledge(&mut self, receipt: &SaveReceipt) {
        self.ledger.acknowledged.insert(receipt.kept.clone(), receipt.revision);
    }

    /// The document at a place of the list.
    pub(crate) fn document(&self, at: usize) -> Option<DocumentPath> {
        self.session.documents().rows().get(at).map(|row| row.path.clone())
    }

    /// Presses keys, separated by blanks.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            let chord = Chord::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            let entry = self.session.keymap().entry_of_chord(chord);
            let command = entry.unwrap_or_else(|| panic!("{key} does nothing")).command;
            self.tell(Message::Run(command));
        }
    }

    /// Selects what is quoted, where it stands first, and presses keys.
    #[track_caller]
    pub(crate) fn mark(&mut self, quote: &str, keys: &str) {
        let Some(document) = self.session.document() else { return };
        let text = document.text.as_str();
        let at = text.find(quote).unwrap_or_else(|| panic!("no {quote}"));
        let start = text[..at].chars().count();
        let end = start + quote.chars().count();
        let (anchor, head) = (tandai::text::Offset::new(start), tandai::text::Offset::new(end));
        self.tell(Message::Drag { anchor, head, snap: false });
        self.press(keys);
    }
}

/// What is to be written.
pub(crate) fn written(content: &Content) -> Written {
    match content {
        Content::Set { set, .. } => Written::Set(set.clone()),
        Content::Schema { schema, .. } => Written::Other(format!("{schema:?}")),
        Content::Decisions { decisions, .. } => Written::Other(format!("{decisions:?}")),
        Content::Keys(keys) => Written::Other(format!("{keys:?}")),
    }
}

/// What a file says on the disk; `None` where it cannot be read or is not there.
pub(crate) fn on_disk(door: Door, folder: &str, kept: &Kept) -> Option<Written> {
    let project = tandai::storage::Project::through(door, Path::new(folder)).ok()?;
    match kept {
        Kept::Set(path, whose) => {
            let (document, _) = load_document(&project, path).ok()?;
            match SetStore::load(&project, whose, &document).1 {
                SetOnDisk::Read(set) => Some(Written::Set(Arc::new(set))),
                SetOnDisk::Absent => None,
                SetOnDisk::Unreadable(problem) => panic!("{problem}"),
            }
        }
        Kept::Decisions(whose) => {
            let (_, decisions, problem) = tandai::storage::DecisionStore::load(&project, whose);
            assert_eq!(problem, None);
            Some(Written::Other(format!("{decisions:?}")))
        }
        Kept::Schema => {
            let (_, schema, problem) = tandai::storage::SchemaStore::load(&project);
            assert_eq!(problem, None);
            Some(Written::Other(format!("{schema:?}")))
        }
        Kept::Keys => None,
    }
}
