//! Projects of any size, with articles like news and annotations as dense as in the worked
//! example; the same for the same numbers.
#![allow(
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "what is indexed is written right here"
)]

use std::fmt::Write as _;
use std::path::Path;

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

fn set(
    name: &str,
    text: &str,
    starts: &[usize],
    (annotator, turn, article): (&str, usize, usize),
) -> String {
    let sha = Sha256::digest(text).iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    });
    let mut out = format!(
        "(\n    format: 1,\n    document: (path: \"{name}\", characters: {}, sha256: \"{sha}\"),\n    \
         annotator: \"{annotator}\",\n    status: Done,\n    annotations: [\n",
        text.len()
    );
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
    out.push_str("    ],\n    relations: [\n");
    for at in (0..ANNOTATIONS).step_by(4) {
        writeln!(
            out,
            "        (id: \"r{at:05}\", label: \"attributed-to\", from: \"a{at:05}\", to: \"a{:05}\"),",
            at + 1
        )
        .unwrap();
    }
    out.push_str("    ],\n)\n");
    out
}

const WORDS_OF_NEWS: &str = "Pemimpin Korea Utara Kim Jong Un bertemu dengan Menteri Pertahanan Rusia \
Sergei Shoigu untuk membahas masalah militer dan lingkungan keamanan regional kata media pemerintah \
pertemuan itu menggambarkan dukungan perang di Ukraina sewaktu negara yang terisolasi memperingati \
tahun gencatan senjata menghentikan pertempuran berlangsung antara mengatakan berbicara pada Rabu Ibu \
Kota Pyongyang mencapai konsensus tentang perhatian bersama bidang nasional internasional membantah \
klaim tersebut memberikan Washington Presiden surat delegasi dipimpin tiba hari ini";
