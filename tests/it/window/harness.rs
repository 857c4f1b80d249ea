use std::cell::Cell;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};

use egui::{Key, Modifiers, Pos2, vec2};
use egui_kittest::Harness;
use sha2::{Digest as _, Sha256};
use tandai::corpus::{AnnotationSet, Annotator, DocumentPath};
use tandai::session::{Message, Preferences, Session};
use tandai::storage::{Project, SetStore, built_in_schema, load_document};
use tandai::ui::{App, FolderPicker, Work};
use tempfile::TempDir;

use crate::soft_renderer::SoftRenderer;

/// The article that the project ships.
pub(super) const SEED: &str = "000_48ab4e9815f7107d.txt";

/// The window on a project of its own, in a folder that goes when it does.
pub(super) struct Window {
    pub(super) harness: Harness<'static, App>,
    pub(super) folder: TempDir,
    /// What was last put on the clipboard.
    pub(super) copied: Option<String>,
}

/// How a window is opened.
pub(super) struct Opening {
    files: Vec<(String, Vec<u8>)>,
    size: egui::Vec2,
    preferences: Preferences,
    empty: bool,
    dead_dialog: bool,
    /// Sets that are written as the program writes them, by document.
    sets: Vec<(&'static str, AnnotationSet)>,
}

/// The system's folder dialog as a test has it.
enum Dialog {
    /// There is none, or it is cancelled at once.
    Cancelled,
    /// Its service is dead: it never answers.
    Dead(Cell<Option<Sender<Option<PathBuf>>>>),
}

impl FolderPicker for Dialog {
    fn pick(&self, _: &eframe::Frame, _: &egui::Context) -> Receiver<Option<PathBuf>> {
        let (sender, answer) = mpsc::channel();
        match self {
            Self::Cancelled => sender.send(None).unwrap(),
            Self::Dead(kept) => kept.set(Some(sender)),
        }
        answer
    }
}

/// A file as a desktop drops it.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

impl Opening {
    /// A project with these files, named by their paths from its folder.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        let preferences = Preferences { dark: Some(false), ..Preferences::default() };
        Self {
            files: files.collect(),
            size: vec2(1240.0, 820.0),
            preferences,
            empty: false,
            dead_dialog: false,
            sets: Vec::new(),
        }
    }

    /// The shipped article and nothing else.
    pub(super) fn seed() -> Self {
        let text = std::fs::read_to_string(shipped("seeds").join(SEED)).unwrap();
        Self::of(&[(&format!("seeds/{SEED}"), &text)])
    }

    /// No project at all.
    pub(super) fn nothing() -> Self {
        Self { empty: true, ..Self::of(&[]) }
    }

    /// With the shipped gold set as one's own.
    pub(super) fn with_gold_as_own(self) -> Self {
        let gold = shipped("annotations/gold").join(format!("{SEED}.ron"));
        let own = std::fs::read_to_string(gold).unwrap().replace("\"gold\"", "\"ana\"");
        let own = own.replace("status: Done", "status: InProgress");
        self.with_file(&format!("annotations/ana/{SEED}.ron"), own.as_bytes())
    }

    /// With a system whose folder dialog never answers.
    pub(super) fn with_dead_dialog(mut self) -> Self {
        self.dead_dialog = true;
        self
    }

    /// With a set about a document, as the program writes it.
    pub(super) fn with_annotations(mut self, document: &'static str, set: AnnotationSet) -> Self {
        self.sets.push((document, set));
        self
    }

    pub(super) fn with_file(mut self, path: &str, content: &[u8]) -> Self {
        self.files.push((path.to_owned(), content.to_vec()));
        self
    }

    /// With an own set about a document: labels and the characters that they cover.
    pub(super) fn with_set(
        self,
        document: &str,
        text: &str,
        annotations: &[(&str, &[(usize, usize)])],
    ) -> Self {
        let characters: Vec<char> = text.chars().collect();
        let quote = |(start, end): &(usize, usize)| {
            format!("{:?}", characters[*start..*end].iter().collect::<String>())
        };
        let mut lines = String::new();
        for (id, (label, spans)) in annotations.iter().enumerate() {
            let quotes: Vec<String> = spans.iter().map(quote).collect();
            let quotes = quotes.join(", ");
            lines += &format!(
                "(id: \"a{id}\", label: \"{label}\", spans: {spans:?}, text: [{quotes}]),"
            );
        }
        let digest: String =
            Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
        let set = format!(
            "(format: 1, document: (path: \"{document}\", characters: {}, sha256: \"{digest}\"), \
             annotator: \"ana\", status: InProgress, annotations: [{lines}])",
            characters.len(),
        );
        self.with_file(&format!("annotations/ana/{document}.ron"), set.as_bytes())
    }

    pub(super) fn sized(mut self, width: f32, height: f32) -> Self {
        self.size = vec2(width, height);
        self
    }

    pub(super) fn dark(mut self) -> Self {
        self.preferences.dark = Some(true);
        self
    }

    pub(super) fn zoomed(mut self, zoom: f32) -> Self {
        self.preferences.zoom = zoom;
        self
    }

    pub(super) fn open(self) -> Window {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("berita");
        std::fs::create_dir_all(root.join("seeds")).unwrap();
        for (path, content) in &self.files {
            let file = root.join(path);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, content).unwrap();
        }
        for (document, set) in &self.sets {
            let project = Project::at(&root).unwrap();
            let path = DocumentPath::new(document).unwrap();
            let (document, _) = load_document(&project, &path).unwrap();
            let mut store = SetStore::load(&project, set.annotator(), &document).0;
            store.save(set, &document).unwrap();
        }
        let annotator = Annotator::new("ana").unwrap();
        let start = (!self.empty).then_some(Message::OpenFolder { folder: root, file: None });
        let mut random = 0;
        let ids = move || {
            random += 1;
            random
        };
        let keys_file = folder.path().join("keys.ron");
        let (preferences, dead_dialog) = (self.preferences, self.dead_dialog);
        let mut harness = Harness::builder()
            .with_size(self.size)
            .with_step_dt(1.0 / 60.0)
            .with_max_steps(60)
            .allow_missing_glyphs()
            .renderer(SoftRenderer::default())
            .build_eframe(move |creation| {
                let session = Session::new(built_in_schema(), annotator, preferences, ids);
                let picker: Box<dyn FolderPicker> = Box::new(if dead_dialog {
                    Dialog::Dead(Cell::new(None))
                } else {
                    Dialog::Cancelled
                });
                let work = Work::inline(Some(keys_file));
                App::new(&creation.egui_ctx, session, work, picker, start)
            });
        harness.run();
        Window { harness, folder, copied: None }
    }
}

impl Window {
    pub(super) fn session(&self) -> &Session {
        self.harness.state().session()
    }

    /// The person goes to another window and comes back.
    pub(super) fn come_back(&mut self) {
        for focused in [false, true] {
            self.harness.event(egui::Event::WindowFocused(focused));
            self.harness.run();
        }
    }

    /// Presses keys one after the other, such as `Ctrl+Right 1 Tab`.
    pub(super) fn press(&mut self, keys: &str) -> &mut Self {
        for chord in keys.split_whitespace() {
            let (modifiers, key) = chord_of(chord);
            if key == Key::C && modifiers.command {
                self.harness.event(egui::Event::Copy);
                self.harness.step();
                self.note_copied();
            } else {
                self.harness.key_press_modifiers(modifiers, key);
            }
            self.harness.run();
        }
        self
    }

    /// Holds a key down for so many frames.
    pub(super) fn hold_key(&mut self, chord: &str, frames: usize) -> &mut Self {
        let (modifiers, key) = chord_of(chord);
        let event = |pressed| egui::Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers,
        };
        self.hold(modifiers);
        for _ in 0..frames {
            self.harness.event(event(true));
            self.harness.run();
        }
        self.harness.event(event(false));
        self.hold(Modifiers::NONE);
        self
    }

    /// Presses keys at once, faster than frames are drawn.
    pub(super) fn press_at_once(&mut self, keys: &str) -> &mut Self {
        let mut waiting = Vec::new();
        for chord in keys.split_whitespace() {
            let (modifiers, key) = chord_of(chord);
            let stroke = |pressed| {
                let (physical_key, repeat) = (Some(key), false);
                egui::Event::Key { key, physical_key, pressed, repeat, modifiers }
            };
            waiting.extend([stroke(true), stroke(false)]);
        }
        for _ in 0..10 * keys.split_whitespace().count() {
            let mut input = egui::RawInput { events: waiting.split_off(0), ..Default::default() };
            let context = self.harness.ctx.clone();
            eframe::App::raw_input_hook(self.harness.state_mut(), &context, &mut input);
            input.events.into_iter().for_each(|event| self.harness.event(event));
            self.harness.step();
        }
        self.harness.run();
        self
    }

    /// Strikes a key as a person does who lets go of Shift before it: what it writes with Shift
    /// goes down, and what it writes without comes up.
    pub(super) fn strike_shifted(&mut self, with: Key, without: Key) -> &mut Self {
        self.hold(Modifiers::SHIFT);
        self.stroke(with, without, Modifiers::SHIFT, true);
        self.hold(Modifiers::NONE);
        self.stroke(without, without, Modifiers::NONE, false);
        self
    }

    /// A key at a place goes down or comes up, through what mends events in the real window.
    fn stroke(&mut self, key: Key, place: Key, modifiers: Modifiers, pressed: bool) {
        let physical_key = Some(place);
        let event = egui::Event::Key { key, physical_key, pressed, repeat: false, modifiers };
        let mut input = egui::RawInput { events: vec![event], ..egui::RawInput::default() };
        let context = self.harness.ctx.clone();
        eframe::App::raw_input_hook(self.harness.state_mut(), &context, &mut input);
        input.events.into_iter().for_each(|event| self.harness.event(event));
        self.harness.run();
    }

    /// Types text, as into a field.
    pub(super) fn type_text(&mut self, text: &str) -> &mut Self {
        self.harness.event(egui::Event::Text(text.to_owned()));
        self.harness.run();
        self
    }

    /// Drags the mouse from one place to another, with modifiers held.
    pub(super) fn drag(&mut self, from: Pos2, to: Pos2, held: Modifiers) -> &mut Self {
        self.hold(held);
        self.harness.hover_at(from);
        self.harness.drag_at(from);
        self.harness.run();
        // Held beyond an edge it scrolls on and on.
        for at in [from + (to - from) / 2.0, to] {
            self.harness.hover_at(at);
            let _ = self.harness.run_ok();
        }
        self.harness.drop_at(to);
        self.harness.run();
        self.hold(Modifiers::NONE);
        self
    }

    pub(super) fn click(&mut self, at: Pos2) -> &mut Self {
        self.harness.hover_at(at);
        self.harness.drag_at(at);
        self.harness.drop_at(at);
        self.harness.run();
        self
    }

    /// Clicks in quick succession, as a double or triple click.
    pub(super) fn clicks(&mut self, at: Pos2, count: usize) -> &mut Self {
        self.harness.hover_at(at);
        for _ in 0..count {
            self.harness.drag_at(at);
            self.harness.drop_at(at);
        }
        self.harness.run();
        self
    }

    pub(super) fn shift_click(&mut self, at: Pos2) -> &mut Self {
        self.hold(Modifiers::SHIFT);
        self.click(at);
        self.hold(Modifiers::NONE);
        self
    }

    /// Lets so much time pass that the next click is a click of its own.
    pub(super) fn wait_out_double_click(&mut self) -> &mut Self {
        self.harness.run_steps(40);
        self
    }

    pub(super) fn drop_file(&mut self, path: &std::path::Path) -> &mut Self {
        let dropped = Dropped(path.to_path_buf());
        self.harness.input_mut().dropped_files.push(std::sync::Arc::new(dropped));
        self.harness.run();
        self
    }

    fn note_copied(&mut self) {
        for command in &self.harness.output().platform_output.commands {
            if let egui::OutputCommand::CopyText(text) = command {
                self.copied = Some(text.clone());
            }
        }
    }

    /// Every file of the project with its content.
    pub(super) fn tree(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let mut files = Vec::new();
        let mut folders = vec![self.folder.path().join("berita")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), std::fs::read(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }

    fn hold(&mut self, modifiers: Modifiers) {
        self.harness.event(egui::Event::ModifiersChanged(modifiers));
        self.harness.run();
    }

    /// The annotations of the set that is shown, as `label:quote`.
    pub(super) fn annotations(&self) -> Vec<String> {
        let text = &self.session().document().unwrap().text;
        let set = self.session().shown_set().unwrap();
        set.annotations().iter().map(|a| format!("{}:{}", a.label, a.quote(text))).collect()
    }

    /// The focused annotation, as `label:quote`.
    pub(super) fn focused(&self) -> Option<String> {
        let text = &self.session().document()?.text;
        self.session().focused().map(|a| format!("{}:{}", a.label, a.quote(text)))
    }

    /// The selected text.
    pub(super) fn selected(&self) -> String {
        let text = &self.session().document().unwrap().text;
        text.slice(self.session().selection().range()).to_owned()
    }

    /// The caret, in characters.
    pub(super) fn caret(&self) -> usize {
        self.session().selection().head.get()
    }

    /// What stands in a file of the project.
    pub(super) fn file(&self, path: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join("berita").join(path)).ok()
    }

    /// The person's own set of the shipped article, as it is on the disk.
    pub(super) fn own_set(&self) -> Option<String> {
        self.file(&format!("annotations/ana/{SEED}.ron"))
    }

    /// What the file of Ana's set about an article says.
    #[track_caller]
    pub(super) fn own_set_of(&self, document: &str) -> String {
        self.file(&format!("annotations/ana/{document}.ron")).unwrap()
    }

    pub(super) fn notice(&self) -> String {
        self.session().notice().map(|notice| notice.text.clone()).unwrap_or_default()
    }
}

/// A folder of the repository.
pub(super) fn shipped(folder: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn chord_of(chord: &str) -> (Modifiers, Key) {
    let mut modifiers = Modifiers::NONE;
    let mut rest = chord;
    while let Some((held, after)) = rest.split_once('+').filter(|(held, _)| held.len() > 1) {
        modifiers |= match held {
            "Ctrl" => Modifiers::COMMAND | Modifiers::CTRL,
            "Shift" => Modifiers::SHIFT,
            "Alt" => Modifiers::ALT,
            other => panic!("no modifier is called {other}"),
        };
        rest = after;
    }
    let key = match rest {
        "{" => Key::OpenCurlyBracket,
        "}" => Key::CloseCurlyBracket,
        "[" => Key::OpenBracket,
        "]" => Key::CloseBracket,
        name => Key::from_name(name).unwrap_or_else(|| panic!("no key is called {name}")),
    };
    (modifiers, key)
}
