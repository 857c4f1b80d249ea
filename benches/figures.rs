//! What is measured, each beside a baseline from the same run, so that the
//! ratio means something on another machine: `cargo bench`.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(clippy::print_stdout, reason = "the figures are what it is for")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot run should fail")]

use std::fmt::Write as _;
use std::time::Duration;

use egui::{Key, Modifiers};
use tandai::corpus::{Annotator, DocumentPath};
use tandai::review::{Finder, Query, check};
use tandai::session::{Message, Preferences, Session};
use tandai::storage::{Project, SetOnDisk, SetStore, built_in_schema, load_document};
use tandai::text::Text;
use tandai::ui::{Lanes, Work};
use window::{frame_time, median, row};

#[path = "allocator.rs"]
mod allocator;
#[path = "window.rs"]
mod window;

/// Documents in the large project.
const DOCUMENTS: usize = 100_000;
/// Annotations in the large article.
const ANNOTATIONS: usize = 10_000;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let (text, set) = large_article();
    std::fs::create_dir_all(folder.path().join("seeds")).unwrap();
    std::fs::create_dir_all(folder.path().join("annotations/ana")).unwrap();
    let article = folder.path().join("seeds/large.txt");
    std::fs::write(&article, &text).unwrap();
    let set_file = folder.path().join("annotations/ana/large.txt.ron");
    std::fs::write(&set_file, set).unwrap();
    println!("an article of {} kB with {ANNOTATIONS} annotations", text.len() / 1000);
    println!("{:<52} {:>10} {:>10} {:>8}", "", "ms", "baseline", "ratio");

    let project = Project::at(folder.path()).unwrap();
    let path = DocumentPath::new("large.txt").unwrap();
    let ana = Annotator::new("ana").unwrap();
    let read_article = median(9, || std::fs::read(&article).unwrap());
    row("index the text / read its file", median(9, || Text::new(text.clone())), read_article);
    let document = load_document(&project, &path).unwrap().0;
    let read_set =
        median(9, || ron::from_str::<ron::Value>(&std::fs::read_to_string(&set_file).unwrap()));
    let load = median(9, || SetStore::load(&project, &ana, &document));
    row("load and prove the set / parse it", load, read_set);
    let (mut store, SetOnDisk::Read(set)) = SetStore::load(&project, &ana, &document) else {
        panic!("the set cannot be read");
    };
    let bytes = std::fs::read(&set_file).unwrap();
    let synced = median(9, || {
        let file = std::fs::File::create(folder.path().join("baseline")).unwrap();
        std::io::Write::write_all(&mut &file, &bytes).unwrap();
        file.sync_all().unwrap();
    });
    row(
        "save the set / write and sync its bytes",
        median(9, || store.save(&set, &document).unwrap()),
        synced,
    );
    row("lanes of the set / parse it", median(9, || Lanes::of(&set)), read_set);
    let schema = built_in_schema();
    row(
        "check the set / parse it",
        median(9, || check(&schema, &document.text, &set).len()),
        read_set,
    );
    let find = |text: &str, regex: bool| {
        let query = Query { text: text.to_owned(), regex, ..Query::default() };
        let finder = Finder::new(&query).unwrap();
        median(9, || finder.find_in(&document.text).count())
    };
    row("find a phrase in the text / read its file", find("kota lama", false), read_article);
    row("find what is not there / read its file", find("Pyongyang", false), read_article);
    row("find an expression / read its file", find(r"kata \w+ bicara", true), read_article);

    let empty = frame_time(None, &[]);
    let marked = frame_time(Some(folder.path()), &[]);
    row("a frame, scrolled by a page / an empty window", marked, empty);

    println!("lists of documents");
    let few = project_of(10);
    let many = project_of(DOCUMENTS);
    // F6 backwards goes to the list, where each press of Page Down goes on by ten rows.
    let list = [(Key::F6, Modifiers::SHIFT)];
    let in_few = frame_time(Some(few.path()), &list);
    let in_many = frame_time(Some(many.path()), &list);
    row(&format!("a frame with {DOCUMENTS} documents / with 10"), in_many, in_few);
    let in_few = palette_time(few.path());
    let in_many = palette_time(many.path());
    row(&format!("the palette over {DOCUMENTS} documents / over 10"), in_many, in_few);
}

/// The time from letters typed into the palette to what fits.
fn palette_time(folder: &std::path::Path) -> Duration {
    let ana = Annotator::new("ana").unwrap();
    let mut session = Session::new(built_in_schema(), ana, Preferences::default(), || 1);
    let mut work = Work::inline(None);
    let open = Message::OpenFolder { folder: folder.to_path_buf(), file: None };
    for effect in session.update(open) {
        work.submit(effect);
    }
    let mut waiting = work.outcomes();
    while !waiting.is_empty() {
        for message in std::mem::take(&mut waiting) {
            for effect in session.update(message) {
                work.submit(effect);
            }
        }
        waiting = work.outcomes();
    }
    median(9, || session.update(Message::SearchPalette("nomor 42".to_owned())))
}

/// A project of so many small articles.
fn project_of(count: usize) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    std::fs::create_dir_all(&seeds).unwrap();
    for at in 0..count {
        std::fs::write(seeds.join(format!("{at:06}.txt")), format!("Artikel nomor {at}.")).unwrap();
    }
    folder
}

/// News-like text, and its set as a file: nested claims, sources and locations.
fn large_article() -> (String, String) {
    let sentence = "Menteri itu membantah kabar dari Kota Lama, kata juru bicara pemerintah. ";
    let count = ANNOTATIONS / 3;
    let mut text = String::new();
    let mut lines = String::new();
    for at in 0..count {
        let start = text.len();
        text.push_str(sentence);
        if at % 4 == 3 {
            text.push('\n');
        }
        let spans = [
            ("claim", 0, 42, "Menteri itu membantah kabar dari Kota Lama"),
            ("location", 33, 42, "Kota Lama"),
            ("source", 49, 71, "juru bicara pemerintah"),
        ];
        for (part, (label, from, to, quote)) in spans.into_iter().enumerate() {
            let (from, to) = (start + from, start + to);
            let _ = writeln!(
                lines,
                "(id: \"{at}-{part}\", label: \"{label}\", spans: [({from}, {to})], text: [\"{quote}\"]),"
            );
        }
    }
    let digest = sha256(&text);
    let set = format!(
        "(format: 1, document: (path: \"large.txt\", characters: {}, sha256: \"{digest}\"), \
         annotator: \"ana\", status: InProgress, annotations: [\n{lines}])",
        text.len()
    );
    (text, set)
}

fn sha256(text: &str) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
