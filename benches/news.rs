//! Projects of any size, with articles like news and annotations as dense as in the worked
//! example; the same for the same numbers.
#![allow(dead_code, reason = "each benchmark has its own use for it")]
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is indexed is written right here"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

/// Annotations of an article.
pub(crate) const ANNOTATIONS: usize = 20;
/// Words of an article; about 2,400 characters, as the seed article has.
const WORDS: usize = 330;

/// Writes articles with everyone's sets as the program does, and returns how long the
/// articles are together. The first annotator has everything; of what the others have, now
/// and then something ends elsewhere or is missing.
pub(crate) fn write_project(folder: &Path, articles: usize, annotators: &[&str]) -> usize {
    let vocabulary: Vec<String> = WORDS_OF_NEWS.split(' ').map(str::to_owned).collect();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    for annotator in annotators {
        std::fs::create_dir_all(folder.join("annotations").join(annotator)).unwrap();
    }
    let mut characters = 0;
    let mut random = fastrand::Rng::with_seed(7);
    for at in 0..articles {
        let mut text = String::new();
        let mut starts = Vec::new();
        for number in 0..WORDS {
            starts.push(text.len());
            text.push_str(&vocabulary[random.usize(..vocabulary.len())]);
            text.push_str(if number % 14 == 13 { ".\n" } else { " " });
        }
        characters += text.len();
        let name = format!("{at:06}.txt");
        for (turn, annotator) in annotators.iter().enumerate() {
            let file = folder.join("annotations").join(annotator).join(name.clone() + ".ron");
            std::fs::write(file, set(&name, &text, &starts, (annotator, turn, at))).unwrap();
        }
        std::fs::write(folder.join("seeds").join(name), text).unwrap();
    }
    characters
}

/// Reads all files of such a project once, on all cores, and returns their bytes.
pub(crate) fn read_all(folder: &Path, annotators: &[&str]) -> usize {
    let sets = annotators.iter().map(|annotator| folder.join("annotations").join(annotator));
    let folders = std::iter::once(folder.join("seeds")).chain(sets);
    let entries = folders.flat_map(|below| std::fs::read_dir(below).unwrap());
    let files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.par_iter().map(|file| std::fs::read(file).unwrap().len()).sum()
}

/// News-like text of so many bytes, with a line end after each sentence.
pub(crate) fn text_of(bytes: usize) -> String {
    let vocabulary: Vec<&str> = WORDS_OF_NEWS.split(' ').collect();
    let mut random = fastrand::Rng::with_seed(11);
    let mut text = String::with_capacity(bytes + 40);
    let mut number = 0;
    while text.len() < bytes {
        number += 1;
        text.push_str(vocabulary[random.usize(..vocabulary.len())]);
        text.push_str(if number % 14 == 0 { ".\n" } else { " " });
    }
    text
}

/// Writes a project of one article, with so many annotations by ana, evenly over it and
/// now and then one in another, and half as many links.
pub(crate) fn write_large_article(folder: &Path, name: &str, bytes: usize, annotations: usize) {
    let text = text_of(bytes);
    let starts: Vec<usize> = text
        .char_indices()
        .zip(std::iter::once(' ').chain(text.chars()))
        .filter(|(_, before)| before.is_whitespace())
        .map(|((at, _), _)| at)
        .collect();
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::create_dir_all(folder.join("annotations/ana")).unwrap();
    let step = (starts.len() - 20) / annotations.max(1);
    let labels = ["claim", "source", "denial", "location"];
    let mut marks: Vec<(usize, usize, usize)> = (0..annotations)
        .map(|at| {
            let first = (at - usize::from(at % 5 == 4)) * step;
            let words = if at % 5 == 4 { 2 } else { 3 + at % 9 };
            (starts[first], starts[first + words] - 1, at)
        })
        .collect();
    marks.sort_unstable();
    let mut out = head(name, &text, "ana", "InProgress");
    for (start, end, at) in &marks {
        let quote = text[*start..*end].replace('\n', "\\n");
        let label = labels[at % 4];
        writeln!(
            out,
            "        (id: \"a{at:05}\", label: \"{label}\", spans: [({start}, {end})], text: [\"{quote}\"]),"
        )
        .unwrap();
    }
    write_links(&mut out, (0..annotations / 4 * 4).step_by(2));
    if annotations > 0 {
        std::fs::write(folder.join("annotations/ana").join(format!("{name}.ron")), out).unwrap();
    }
    std::fs::write(folder.join("seeds").join(name), text).unwrap();
}

/// Writes a project of one article of 100 kB, in whose start so many annotations by ana lie one
/// in another.
pub(crate) fn write_nested(folder: &Path, name: &str, depth: usize) {
    let text = text_of(100_000);
    std::fs::create_dir_all(folder.join("seeds")).unwrap();
    std::fs::create_dir_all(folder.join("annotations/ana")).unwrap();
    let mut out = head(name, &text, "ana", "InProgress");
    for at in 0..depth {
        let (start, end) = (at, 2 * depth + 20 - at);
        let quote = text[start..end].replace('\n', "\\n");
        writeln!(
            out,
            "        (id: \"a{at:05}\", label: \"claim\", spans: [({start}, {end})], text: [\"{quote}\"]),"
        )
        .unwrap();
    }
    out.push_str("    ],\n)\n");
    std::fs::write(folder.join("annotations/ana").join(format!("{name}.ron")), out).unwrap();
    std::fs::write(folder.join("seeds").join(name), text).unwrap();
}

/// Ends the annotations of a set and links each of these to the one behind it.
fn write_links(out: &mut String, from: impl Iterator<Item = usize>) {
    out.push_str("    ],\n    relations: [\n");
    for at in from {
        writeln!(
            out,
            "        (id: \"r{at:05}\", label: \"attributed-to\", from: \"a{at:05}\", to: \"a{:05}\"),",
            at + 1
        )
        .unwrap();
    }
    out.push_str("    ],\n)\n");
}

fn head(name: &str, text: &str, annotator: &str, status: &str) -> String {
    let sha = Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    format!(
        "(\n    format: 1,\n    document: (path: \"{name}\", characters: {}, sha256: \"{sha}\"),\n    \
         annotator: \"{annotator}\",\n    status: {status},\n    annotations: [\n",
        text.len()
    )
}

fn set(
    name: &str,
    text: &str,
    starts: &[usize],
    (annotator, turn, article): (&str, usize, usize),
) -> String {
    let mut out = head(name, text, annotator, "Done");
    let labels = ["claim", "source", "denial", "location"];
    for at in 0..ANNOTATIONS {
        let differs = turn > 0 && at % 4 > 1 && (at + article) % 10 == 0;
        if differs && at % 4 == 2 {
            continue;
        }
        let (first, words) = (at * 16, 3 + at % 8 + usize::from(differs));
        let (start, end) = (starts[first], starts[first + words] - 1);
        let quote = text[start..end].replace('\n', "\\n");
        let attributes =
            if at % 4 == 0 { ", attributes: {\"directness\": \"direct\"}" } else { "" };
        writeln!(
            out,
            "        (id: \"a{at:05}\", label: \"{}\", spans: [({start}, {end})], text: [\"{quote}\"]{attributes}),",
            labels[at % 4]
        )
        .unwrap();
    }
    write_links(&mut out, (0..ANNOTATIONS).step_by(4));
    out
}

const WORDS_OF_NEWS: &str = "Pemimpin Korea Utara Kim Jong Un bertemu dengan Menteri Pertahanan Rusia \
Sergei Shoigu untuk membahas masalah militer dan lingkungan keamanan regional kata media pemerintah \
pertemuan itu menggambarkan dukungan perang di Ukraina sewaktu negara yang terisolasi memperingati \
tahun gencatan senjata menghentikan pertempuran berlangsung antara mengatakan berbicara pada Rabu Ibu \
Kota Pyongyang mencapai konsensus tentang perhatian bersama bidang nasional internasional membantah \
klaim tersebut memberikan Washington Presiden surat delegasi dipimpin tiba hari ini";
