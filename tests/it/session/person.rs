//! A person at work whose files are kept in memory.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use tandai::corpus::{
    AnnotationSet, Annotator, Decisions, Digest, Document, DocumentPath, Edit, Id, Metadata,
    Relation, Schema, Status,
};
use tandai::review::{Hit, LabelCounts, Tags, check};
use tandai::session::{
    Chord, Command, Content, Effect, Kept, Listing, LoadedDocument, Message, Mode, OpenedProject,
    Preferences, Saving, Session, Typed,
};
use tandai::storage::{
    KeyDifferences, Project, SaveError, SetOnDisk, Summary, Unread, built_in_schema,
};
use tandai::text::{Direction, Offset, Span};
use tempfile::TempDir;

use crate::markup::{Marked, parse, parse_as, render};

/// A person in front of a project that is kept in memory.
pub(crate) struct Person {
    pub(crate) session: Session,
    pub(super) documents: BTreeMap<DocumentPath, Arc<Document>>,
    /// What would be in the files.
    pub(crate) disk: BTreeMap<(Annotator, DocumentPath), SetOnDisk>,
    pub(crate) disk_is_full: bool,
    /// How many days ago every set was written.
    pub(crate) days: u32,
    pub(crate) saves: usize,
    pub(crate) copied: Option<String>,
    pub(crate) closed: bool,
    /// Whether the list below the article has the keyboard.
    pub(crate) in_list: bool,
    /// What would be in the project's schema, in its decisions, and in the keys.
    pub(crate) schema_file: Option<Schema>,
    pub(crate) decided: BTreeMap<Annotator, Decisions>,
    pub(crate) keys_file: Option<KeyDifferences>,
    /// A project is somewhere; nothing is read from there.
    _folder: TempDir,
}

pub(crate) fn path(name: &str) -> DocumentPath {
    DocumentPath::new(name).unwrap()
}

pub(crate) fn annotator(name: &str) -> Annotator {
    Annotator::of_folder(name).unwrap()
}

/// The set of a marked text with links: each link's label, then what its two ends quote.
#[track_caller]
pub(crate) fn with_links(read: &Marked, links: &[(&str, &str, &str)]) -> AnnotationSet {
    let mut set = read.set.clone();
    for (at, (label, from, to)) in links.iter().enumerate() {
        let id = Id::new(&format!("r{at}")).unwrap();
        let (from, to) = (read.id(from), read.id(to));
        let link = Relation { id, label: (*label).into(), from, to };
        set.apply(Edit::InsertRelation(Arc::new(link))).unwrap();
    }
    set
}

/// Of each article alike.
pub(crate) fn digest() -> Digest {
    Digest::from_hex("0".repeat(64))
}

impl Person {
    /// Ana, with the first of these articles open at the place that is marked in it.
    #[track_caller]
    pub(crate) fn with(articles: &[(&str, &str)]) -> Self {
        let mut person = Self::unopened(articles);
        let (name, marked) = articles[0];
        person.tell(Message::OpenDocument(path(name)));
        person.go_to(&parse(marked));
        person
    }

    /// Ana, reading one article.
    #[track_caller]
    pub(crate) fn reading(marked: &str) -> Self {
        Self::with(&[("a.txt", marked)])
    }

    /// Ana, reading an article of which annotations are linked: each link's label,
    /// then what its two ends quote.
    #[track_caller]
    pub(crate) fn linked(marked: &str, links: &[(&str, &str, &str)]) -> Self {
        let read = parse(marked);
        let mut person = Self::unopened(&[("a.txt", marked)]);
        person.put_set("ana", "a.txt", SetOnDisk::Read(with_links(&read, links)));
        person.tell(Message::OpenDocument(path("a.txt")));
        person.go_to(&read);
        person
    }

    /// Ana, reading one article of a project with a schema of its own.
    #[track_caller]
    pub(crate) fn under(schema: Schema, marked: &str) -> Self {
        let mut person = Self::in_project(schema, &[("a.txt", marked)]);
        person.tell(Message::OpenDocument(path("a.txt")));
        person.go_to(&parse(marked));
        person
    }

    /// Ana, with a project of which no article is open.
    #[track_caller]
    pub(crate) fn unopened(articles: &[(&str, &str)]) -> Self {
        Self::in_project(built_in_schema(), articles)
    }

    /// The same, with a schema of its own.
    #[track_caller]
    pub(crate) fn in_project(schema: Schema, articles: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let project = Arc::new(Project::at(folder.path()).unwrap());
        let mut next = 0;
        let ids = move || {
            next += 1;
            next
        };
        let session = Session::new(schema.clone(), annotator("ana"), Preferences::default(), ids);
        let mut person = Self {
            session,
            documents: BTreeMap::new(),
            disk: BTreeMap::new(),
            disk_is_full: false,
            days: 30,
            saves: 0,
            copied: None,
            closed: false,
            in_list: false,
            schema_file: None,
            decided: BTreeMap::new(),
            keys_file: None,
            _folder: folder,
        };
        for (name, marked) in articles {
            person.put(name, marked);
        }
        person.tell(Message::ProjectOpened(Box::new(OpenedProject {
            project,
            schema,
            schema_problem: None,
            documents: person.documents.keys().cloned().collect(),
            problems: Vec::new(),
            first: None,
        })));
        person
    }

    /// Puts an article into the project, with Ana's set where something is marked.
    fn put(&mut self, name: &str, marked: &str) {
        let marked = parse(marked);
        let document = Document { path: path(name), text: marked.text, digest: digest() };
        self.documents.insert(path(name), Arc::new(document));
        if !marked.set.annotations().is_empty() {
            self.put_set("ana", name, SetOnDisk::Read(marked.set));
        }
    }

    /// Puts somebody's set where it will be found when the article is opened.
    pub(crate) fn put_set(&mut self, name: &str, document: &str, found: SetOnDisk) {
        self.disk.insert((annotator(name), path(document)), found);
    }

    /// Puts somebody's set there, in markup.
    pub(crate) fn put_marked(&mut self, name: &str, document: &str, marked: &str) {
        self.put_set(name, document, SetOnDisk::Read(parse_as(name, marked).set));
    }

    fn go_to(&mut self, marked: &Marked) {
        if let Some(focus) = &marked.focus {
            self.tell(Message::Focus(focus.id.clone()));
            for _ in 0..focus.fragment {
                self.press(".");
            }
        }
        if let Some(selection) = marked.selection {
            let (anchor, head) = (selection.anchor, selection.head);
            self.tell(Message::Drag { anchor, head, snap: false });
        }
    }

    /// Takes a message in, with all that follows from it.
    #[track_caller]
    pub(crate) fn tell(&mut self, message: Message) {
        let effects = self.tell_only(message);
        self.carry_out(effects);
    }

    /// Takes a message in and leaves what follows from it undone.
    #[track_caller]
    pub(crate) fn tell_only(&mut self, message: Message) -> Vec<Effect> {
        let effects = self.session.update(message);
        self.check_promises();
        effects
    }

    /// Does what the session wants done, in order.
    #[track_caller]
    pub(crate) fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut waiting = VecDeque::from(effects);
        while let Some(effect) = waiting.pop_front() {
            if let Some(answer) = self.outcome(effect) {
                waiting.extend(self.tell_only(answer));
            }
        }
    }

    /// Presses keys, separated by blanks: `1 Shift+Tab Ctrl+Z`.
    #[track_caller]
    pub(crate) fn press(&mut self, keys: &str) {
        for key in keys.split_whitespace() {
            if self.type_into_mode(key) {
                continue;
            }
            let chord = Chord::parse(key).unwrap_or_else(|| panic!("{key} is no key"));
            let message = self.in_list_pressed(chord).or_else(|| {
                let entry = self.session.keymap().entry_of_chord(chord);
                let message = if self.in_list { Message::RunInList } else { Message::Run };
                entry.map(|entry| message(entry.command))
            });
            self.tell(message.unwrap_or_else(|| panic!("{key} does nothing")));
        }
    }

    /// What a key means while the list has the keyboard, where that is its own.
    fn in_list_pressed(&self, chord: Chord) -> Option<Message> {
        let keymap = self.session.keymap();
        // A list that was closed is as one of what was found.
        let listing = self.session.listing().unwrap_or(Listing::Hits);
        if !self.in_list {
            return None;
        }
        if let Some(entry) = keymap.entry_in_list(listing, chord) {
            return Some(Message::Run(entry.command));
        }
        match keymap.entry_of_chord(Chord { shift: false, ..chord })?.command {
            Command::Tag(label) if listing == Listing::Hits => {
                Some(Message::AcceptAs { label, all: chord.shift })
            }
            _ => None,
        }
    }

    /// Types a letter while letters name hints or targets, and presses the keys
    /// that walk them.
    fn type_into_mode(&mut self, key: &str) -> bool {
        let (shift, name) = (key.starts_with("Shift+"), key.trim_start_matches("Shift+"));
        let Some(mode) = self.session.mode() else { return false };
        let linking = match mode {
            Mode::Linking(linking) => Some(linking),
            Mode::Hinting(_) => None,
        };
        let chosen = linking.is_some_and(|linking| linking.choice.is_some());
        let direction = if shift { Direction::Back } else { Direction::On };
        let mut letters = name.chars();
        let letter = letters.next().filter(|_| letters.next().is_none());
        let message = match (name, letter) {
            ("Backspace", _) => Message::EraseTyped,
            ("Enter", _) => Message::TakeWalked,
            ("Tab", _) if linking.is_some() => Message::WalkMode(direction),
            (_, Some(letter)) if letter.is_alphabetic() || chosen => {
                let letter = Some(letter.to_ascii_lowercase());
                Message::Type(Typed { letter, text: letter.map(String::from), shift })
            }
            _ => return false,
        };
        self.tell(message);
        true
    }

    pub(crate) fn outcome(&mut self, effect: Effect) -> Option<Message> {
        match effect {
            Effect::GoOn => Some(Message::GoOn),
            Effect::LoadDocument { document, annotator, .. } => {
                Some(Message::DocumentLoaded(Box::new(self.load(&document, annotator))))
            }
            Effect::Summarize { project, documents, annotator } => {
                let summaries = documents.into_iter().map(|document| {
                    let summary = self.summary(&annotator, &document);
                    (document, summary)
                });
                let summaries = summaries.collect();
                Some(Message::Summarized { project, annotator, summaries })
            }
            Effect::Save { receipt, content } => {
                if self.disk_is_full {
                    let error = SaveError::Io("no space left on device".to_owned());
                    return Some(Message::SaveFailed(receipt, error));
                }
                self.saves += 1;
                match content {
                    Content::Set { document, set, .. } => {
                        let key = (set.annotator().clone(), document.path.clone());
                        assert_eq!(receipt.kept, Kept::Set(key.1.clone(), key.0.clone()));
                        self.disk.insert(key, SetOnDisk::Read((*set).clone()));
                    }
                    Content::Schema { schema, .. } => self.schema_file = Some((*schema).clone()),
                    Content::Decisions { annotator, decisions, .. } => {
                        self.decided.insert(annotator, (*decisions).clone());
                    }
                    Content::Keys(keys) => self.keys_file = Some(keys),
                }
                Some(Message::Saved(receipt))
            }
            Effect::LoadDecisions { project, annotator } => Some(Message::DecisionsLoaded {
                project,
                decisions: self.decisions_of(&annotator),
                others: self.others_decisions(&annotator),
                annotators: self.everyone(),
                annotator,
                problem: None,
                resumed: Box::default(),
            }),
            Effect::Check { number, document, set, schema } => {
                let findings = check(&schema, &document.text, &set);
                Some(Message::Checked { number, findings })
            }
            Effect::Find { number, documents, annotator, finder, .. } => {
                let hits = documents.iter().flat_map(|path| {
                    let text = self.documents[path].text.clone();
                    let spans: Vec<Span> = finder.find_in(&text).collect();
                    let tags = |span: Span| match self.found(&annotator, path) {
                        SetOnDisk::Read(set) => Tags::of(&set, span),
                        _ => Tags::default(),
                    };
                    let hit =
                        |span| Hit { tags: tags(span), ..Hit::new(path.clone(), &text, span) };
                    spans.into_iter().map(hit).collect::<Vec<_>>()
                });
                let hits = hits.collect();
                let looked_at = documents.len();
                Some(Message::Found {
                    number,
                    hits,
                    looked_at,
                    unread: Unread::default(),
                    finished: true,
                })
            }
            Effect::Gather { number, documents, annotator, .. } => {
                let load = |path: &DocumentPath| self.load(path, annotator.clone());
                let documents = documents.iter().map(load).collect();
                Some(Message::Gathered { number, documents, problems: Vec::new() })
            }
            Effect::LookForHints(kind) => {
                let end = self.session.document()?.text.end();
                Some(Message::ShowHints { kind, visible: vec![Offset::ZERO..end] })
            }
            Effect::Copy(text) => {
                self.copied = Some(text);
                None
            }
            Effect::Close => {
                self.closed = true;
                None
            }
            other => self.review_outcome(other),
        }
    }

    /// How many decisions there are in all files.
    pub(crate) fn decided_count(&self) -> usize {
        self.decided.values().map(|decided| decided.iter().count()).sum()
    }

    /// What somebody decided, as it is in the file.
    pub(crate) fn decisions_of(&self, annotator: &Annotator) -> Decisions {
        self.decided.get(annotator).cloned().unwrap_or_default()
    }

    /// Everyone who has a set.
    fn everyone(&self) -> Vec<Annotator> {
        let names: BTreeSet<&Annotator> = self.disk.keys().map(|(who, _)| who).collect();
        names.into_iter().cloned().collect()
    }

    fn others_decisions(&self, own: &Annotator) -> Vec<(Annotator, Option<Decisions>)> {
        let mut names: Vec<Annotator> = self.disk.keys().map(|(who, _)| who.clone()).collect();
        names.extend(self.decided.keys().cloned());
        names.sort();
        names.dedup();
        names.retain(|name| name != own);
        names.into_iter().map(|name| (name.clone(), Some(self.decisions_of(&name)))).collect()
    }

    fn load(&self, document: &DocumentPath, own: Annotator) -> LoadedDocument {
        let others = self.disk.iter().filter(|((who, about), _)| *who != own && about == document);
        LoadedDocument {
            document: self.documents[document].clone(),
            metadata: Metadata::new(),
            problems: Vec::new(),
            own: self.found(&own, document),
            others: others.map(|((who, _), found)| (who.clone(), found.clone())).collect(),
            annotator: own,
            newer: Vec::new(),
        }
    }

    pub(crate) fn found(&self, annotator: &Annotator, document: &DocumentPath) -> SetOnDisk {
        let key = (annotator.clone(), document.clone());
        self.disk.get(&key).cloned().unwrap_or(SetOnDisk::Absent)
    }

    fn summary(&self, annotator: &Annotator, document: &DocumentPath) -> Summary {
        let title = document.name().to_owned();
        let (status, counts, problem) = match self.found(annotator, document) {
            SetOnDisk::Read(set) => (set.status(), LabelCounts::of(&set), None),
            SetOnDisk::Unreadable(problem) => (Status::New, LabelCounts::default(), Some(problem)),
            SetOnDisk::Absent => Default::default(),
        };
        Summary { title, status, counts, problem }
    }

    /// What has to be true after every message.
    #[track_caller]
    fn check_promises(&self) {
        let Some(held) = self.session.held() else { return };
        let text = &held.document.text;
        for set in [Some(&held.set), self.session.shown_set()].into_iter().flatten() {
            for span in set.annotations().iter().flat_map(|annotation| annotation.fragments.iter())
            {
                assert!(text.quote(span).is_some_and(|quote| !quote.is_empty()), "{span:?}");
            }
        }
        let range = self.session.selection().range();
        assert!(range.end <= text.end(), "{range:?} is selected of {text:?}");
        if let Some(focus) = self.session.focus_place() {
            let focused = self.session.focused().expect("what is focused is there");
            assert!(focus.fragment < focused.fragments.count(), "{focus:?} of {focused:?}");
        }
        // Who is told that all is saved can pull the plug.
        if self.session.saving() == Saving::Saved && held.unreadable.is_none() {
            let on_disk = self.found(self.session.annotator(), &held.document.path);
            let empty = AnnotationSet::new(self.session.annotator().clone(), text.end());
            let as_shown = SetOnDisk::Read((*held.set).clone());
            let nothing = on_disk == SetOnDisk::Absent && *held.set == empty;
            assert!(nothing || on_disk == as_shown, "what is said to be saved is not");
        }
    }

    /// The set that is shown, with caret, selection and focus.
    pub(crate) fn marked(&self) -> String {
        let Some(document) = self.session.document() else { return "nothing is open".to_owned() };
        let selection = Some(self.session.selection());
        let set = self.session.shown_set().unwrap();
        render(&document.text, set, selection, self.session.focus_place())
    }

    /// Whether what is before the person is what is marked; where no caret is
    /// marked, wherever it is.
    #[track_caller]
    pub(crate) fn check(&self, expected: &str) {
        let read = parse(expected);
        let found = match read.selection {
            Some(_) => self.marked(),
            None => self.without_caret(),
        };
        assert_eq!(found, render(&read.text, &read.set, read.selection, read.focus.as_ref()));
    }

    /// The links of the set that is shown, sorted: what one end quotes, the label,
    /// what the other end quotes.
    pub(crate) fn links(&self) -> Vec<String> {
        let (set, text) =
            (self.session.shown_set().unwrap(), &self.session.document().unwrap().text);
        let quote = |id: &Id| set.annotation(id).unwrap().quote(text);
        let link = |link: &Arc<Relation>| {
            format!("{} {} {}", quote(&link.from), link.label, quote(&link.to))
        };
        let mut links: Vec<String> = set.relations().iter().map(link).collect();
        links.sort();
        links
    }

    /// What is stored of the focused annotation's attributes: `kind: role, …`.
    pub(crate) fn attributes(&self) -> String {
        let focused = self.session.focused().expect("an annotation is focused");
        let attributes = focused.attributes.iter();
        attributes.map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", ")
    }

    fn without_caret(&self) -> String {
        let text = &self.session.document().unwrap().text;
        let set = self.session.shown_set().unwrap();
        render(text, set, None, self.session.focus_place())
    }

    /// What was said in answer to the last gesture.
    pub(crate) fn notice(&self) -> &str {
        self.session.notice().map(|notice| notice.text.as_str()).unwrap_or_default()
    }

    /// Where this first stands in the article.
    pub(crate) fn place_of(&self, quote: &str) -> Offset {
        let text = &self.session.document().unwrap().text;
        text.offset_of(text.as_str().find(quote).unwrap())
    }

    /// The rows of the list of what is remarked: article, quote, words.
    pub(crate) fn remark_rows(&self) -> Vec<String> {
        let rows = self.session.remarks().unwrap().rows.iter();
        rows.map(|row| format!("{} {}: {}", row.document, row.quote, row.words)).collect()
    }
}
