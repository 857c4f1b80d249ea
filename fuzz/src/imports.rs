//! What other programs have written.

use std::io::Read;

use tandai::corpus::Annotator;
use tandai::exchange::{ImportFormat, Incoming, Mapping, Settling, Source, read, settle, unit_of};

/// Files that are not on a disk, by name.
struct Files {
    names: Vec<String>,
    contents: Vec<Vec<u8>>,
}

impl Source for Files {
    fn files(&self) -> &[String] {
        &self.names
    }

    fn open(&self, file: &str) -> std::io::Result<Box<dyn Read + '_>> {
        let at = self.names.iter().position(|name| name == file);
        let content = at.and_then(|at| self.contents.get(at));
        Ok(Box::new(content.ok_or(std::io::ErrorKind::NotFound)?.as_slice()))
    }
}

/// Stands between the contents of files.
const BETWEEN: &[u8] = b"\n\x01\n";

/// The files of a format, in the order of names.
fn names(format: ImportFormat) -> &'static [&'static str] {
    match format {
        ImportFormat::Brat => &["ana/rapat.ann", "ana/rapat.txt", "annotation.conf"],
        ImportFormat::Jsonl => &["train.jsonl"],
        ImportFormat::Parquet => &["train.parquet"],
        ImportFormat::Conll => &["ana/train.conll"],
        ImportFormat::Doccano => &["ana.jsonl"],
        ImportFormat::LabelStudio => &["tasks.json"],
        ImportFormat::Csv => {
            &["documents.csv", "metadata.csv", "relations.csv", "sets.csv", "spans.csv"]
        }
        ImportFormat::Text => &["a.txt"],
    }
}

/// The first byte says the format, the rest is its files. What is taken over is proved: every
/// span in its text, and the same when it is read again.
pub fn imports(data: &[u8]) {
    let Some((first, rest)) = data.split_first() else { return };
    let format = ImportFormat::ALL[usize::from(*first) % ImportFormat::ALL.len()];
    let mut contents: Vec<Vec<u8>> = Vec::new();
    let mut rest = rest;
    while let Some(at) = rest.windows(BETWEEN.len()).position(|window| window == BETWEEN) {
        contents.push(rest[..at].to_vec());
        rest = &rest[at + BETWEEN.len()..];
    }
    contents.push(rest.to_vec());
    let names: Vec<String> =
        names(format).iter().zip(&contents).map(|(name, _)| (*name).to_owned()).collect();
    let files = Files { names, contents };
    let once = settled(format, &files);
    assert_eq!(once, settled(format, &files));
}

fn settled(format: ImportFormat, files: &Files) -> Vec<tandai::exchange::Settled> {
    let mapping = Mapping::usual();
    let annotator = Annotator::new("zoe").expect("it is a name");
    let settling = Settling {
        unit: unit_of(format),
        may_differ: true,
        may_be_nameless: false,
        mapping: &mapping,
        annotator: &annotator,
        all_by: None,
    };
    let mut found: Vec<Incoming> = Vec::new();
    read(format, files, &mapping, true, &mut |incoming| found.extend(incoming.ok()));
    let settled = found.into_iter().filter_map(|one| settle(one, None, &settling).ok());
    settled
        .inspect(|document| {
            for set in &document.sets {
                assert_eq!(set.end(), document.text.end());
                let ends = set.annotations().iter().map(|one| one.fragments.extent().end);
                assert!(ends.max().is_none_or(|end| end <= document.text.end()));
            }
        })
        .collect()
}
