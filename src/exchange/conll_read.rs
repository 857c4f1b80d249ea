//! `CoNLL`: the word in the first column, the tag in the last; IOB1, IOB2 and BIOES
//! alike, because a span begins with B or S, or where the label changes or was ended.

use std::collections::{BTreeMap, BTreeSet};

use super::conll::is_listing;
use super::incoming::{
    Found, Incoming, IncomingAnnotation, IncomingSet, IncomingText, Place, Refusal, Source,
};
use super::read::{files, stem, text_without_mark};
use super::settle::numbered;

const ENDINGS: [&str; 6] = ["conll", "iob", "iob2", "bio", "tsv", "txt"];

/// The tag of a token that belongs to no span.
const OUTSIDE: &str = "O";

/// One document of a file.
#[derive(Default)]
struct Block<'a> {
    line: usize,
    words: Vec<&'a str>,
    /// How many words there are up to the end of each sentence.
    sentences: Vec<usize>,
    /// Label, tokens and line.
    spans: Vec<(&'a str, (usize, usize), usize)>,
    /// Tags of no scheme, with their lines, and `None` for lines without a tag; their tokens
    /// are taken as outside.
    unknown: Vec<(usize, Option<&'a str>)>,
    /// Whether some line has a tag.
    is_tagged: bool,
}

pub(super) fn read(source: &dyn Source, found: Found<'_>) {
    let all: BTreeSet<&str> = files(source, &ENDINGS).collect();
    let listed = listed(source);
    let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for file in &all {
        match base_of(file, &all, &listed) {
            Some(base) => groups.entry(base).or_default().push(file),
            None => drop(groups.entry(file).or_default()),
        }
    }
    for (base, own) in groups {
        if let Err(refusal) = read_group(source, base, &own, &listed, found) {
            found(Err(refusal));
        }
    }
}

/// The file with all labels that a file with one label belongs to: `ana.conll` for
/// `ana.claim.conll`. Where it is listed whose files there are, of these the longest name.
fn base_of<'a>(file: &str, all: &BTreeSet<&'a str>, listed: &Listed) -> Option<&'a str> {
    let (before, ending) = file.rsplit_once('.')?;
    let folder = before.rsplit_once('/').map_or("", |(folder, _)| folder);
    let is_listed = |name: &str| {
        listed.contains_key(&(folder.to_owned(), stem(&format!("{name}.{ending}")).to_owned()))
    };
    if is_listed(before) {
        return None;
    }
    let mut bases = Vec::new();
    let mut name = before;
    while let Some((shorter, _)) = name.rsplit_once('.') {
        let base = format!("{shorter}.{ending}");
        bases.extend(all.get(base.as_str()).map(|found| (shorter, *found)));
        name = shorter;
    }
    let known = bases.iter().find(|(name, _)| is_listed(name));
    known.or(bases.last()).map(|(_, base)| *base)
}

type Listed = BTreeMap<(String, String), Vec<String>>;

/// The documents of each annotator's file, in order, by the folder and the annotator.
fn listed(source: &dyn Source) -> Listed {
    let mut listed = Listed::new();
    let listings = source.files().iter().filter(|file| is_listing(file));
    for file in listings {
        let Ok(content) = text_without_mark(source, file) else { continue };
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let mut add = |annotator: &str, id: &str| {
            let key = (folder.to_owned(), annotator.to_owned());
            listed.entry(key).or_default().push(id.to_owned());
        };
        if content.contains('"') {
            let mut reader = ::csv::Reader::from_reader(content.as_bytes());
            for record in reader.records().flatten() {
                add(record.get(0).unwrap_or_default(), record.get(1).unwrap_or_default());
            }
        } else {
            for line in content.lines().skip(1) {
                let (annotator, id) = line.split_once(',').unwrap_or_default();
                add(annotator, id);
            }
        }
    }
    listed
}

/// One annotator's files: of each label that has a file of its own the spans come from that,
/// since in the one with all labels some are left out. What is only called like one is a file
/// of its own, unless it is listed what there is.
fn read_group(
    source: &dyn Source,
    base: &str,
    own: &[&str],
    listed: &Listed,
    found: Found<'_>,
) -> Result<(), Refusal> {
    let content = text_without_mark(source, base)?;
    let whole = Place::new(base, 0);
    let mut blocks = blocks_of(&content);
    name_unknown(&blocks, &whole, found);
    let folder = base.rsplit_once('/').map_or("", |(folder, _)| folder);
    let annotator = stem(base);
    let names = listed.get(&(folder.to_owned(), annotator.to_owned()));
    let mut contents = Vec::new();
    for file in own {
        match text_without_mark(source, file) {
            Ok(content) => contents.push((*file, content)),
            Err(refusal) => found(Err(refusal)),
        }
    }
    let (mut of_labels, mut apart) = (Vec::new(), Vec::new());
    for (file, content) in &contents {
        let others = blocks_of(content);
        let same = others.len() == blocks.len()
            && others.iter().zip(&blocks).all(|(other, block)| {
                other.sentences == block.sentences && other.words == block.words
            });
        if same {
            name_unknown(&others, &Place::new(*file, 0), found);
            of_labels.push(others);
        } else if names.is_some() {
            let words = format!("its words are not those of {base}");
            found(Err(Refusal::new(&Place::new(*file, 0), words)));
        } else {
            apart.push(*file);
        }
    }
    let spans = of_labels.iter().flatten().flat_map(|block| &block.spans);
    let labels: BTreeSet<&str> = spans.map(|(label, ..)| *label).collect();
    for block in &mut blocks {
        block.spans.retain(|(label, ..)| !labels.contains(label));
    }
    for others in of_labels {
        for (block, other) in blocks.iter_mut().zip(others) {
            block.spans.extend(other.spans);
        }
    }
    let names = names.filter(|names| names.len() == blocks.len());
    let count = blocks.len();
    for (number, mut block) in blocks.into_iter().enumerate() {
        let place = whole.at(block.line);
        block.spans.sort_by_key(|(_, range, _)| *range);
        let annotations =
            (1..).zip(&block.spans).map(|(at, (label, range, line))| IncomingAnnotation {
                place: whole.at(*line),
                id: numbered("s", at, block.spans.len()),
                label: (*label).to_owned(),
                spans: vec![*range],
                ..IncomingAnnotation::default()
            });
        let own_name = || match count {
            1 => annotator.to_owned(),
            _ => format!("{annotator}-{}", numbered("", number + 1, count)),
        };
        let set = IncomingSet {
            annotator: Some(annotator.to_owned()),
            annotations: annotations.collect(),
            ..IncomingSet::default()
        };
        found(Ok(Incoming {
            place,
            id: names.and_then(|names| names.get(number).cloned()).unwrap_or_else(own_name),
            text: IncomingText::Tokens(sentences_of(&block)),
            sets: vec![set],
            ..Incoming::default()
        }));
    }
    for file in apart {
        read_group(source, file, &[], listed, found)?;
    }
    Ok(())
}

/// Names the lines of a file that have no tag that can be read. A file without any tag has
/// words alone, and nothing in it is missed.
fn name_unknown(blocks: &[Block<'_>], file: &Place, found: Found<'_>) {
    let is_tagged = blocks.iter().any(|block| block.is_tagged);
    for (line, tag) in blocks.iter().flat_map(|block| &block.unknown).filter(|_| is_tagged) {
        let words = match tag {
            Some(tag) => {
                format!("\u{201c}{tag}\u{201d} is not a tag such as B-claim, I-claim or O")
            }
            None => "it has no tag, and is taken as O".to_owned(),
        };
        found(Err(Refusal::new(&file.at(*line), words)));
    }
}

fn sentences_of(block: &Block<'_>) -> Vec<Vec<String>> {
    let starts = std::iter::once(0).chain(block.sentences.iter().copied());
    let sentence = |(start, end)| {
        let words: &[&str] = block.words.get(start..end).unwrap_or_default();
        words.iter().map(|word| (*word).to_owned()).collect()
    };
    starts.zip(block.sentences.iter().copied()).map(sentence).collect()
}

fn blocks_of(content: &str) -> Vec<Block<'_>> {
    let mut blocks: Vec<Block<'_>> = Vec::new();
    // The label that goes on, and whether it may.
    let mut open: Option<&str> = None;
    for (number, line) in (1..).zip(lines_of(content)) {
        let mut columns = line.split_ascii_whitespace();
        let Some(word) = columns.next() else {
            blocks.last_mut().into_iter().for_each(Block::end_sentence);
            open = None;
            continue;
        };
        if word == "-DOCSTART-" {
            blocks.last_mut().into_iter().for_each(Block::end_sentence);
            blocks.push(Block { line: number, ..Block::default() });
            open = None;
            continue;
        }
        if blocks.is_empty() {
            blocks.push(Block { line: number, ..Block::default() });
        }
        let Some(block) = blocks.last_mut() else { continue };
        block.words.push(word);
        let tokens = block.words.len();
        let Some(tag) = columns.next_back() else {
            open = None;
            block.unknown.push((number, None));
            continue;
        };
        block.is_tagged = true;
        // As most are.
        if tag == OUTSIDE {
            open = None;
            continue;
        }
        let Some((prefix, label)) = span_tag(tag) else {
            open = None;
            block.unknown.push((number, Some(tag)));
            continue;
        };
        let goes_on = !matches!(prefix, "B" | "S" | "U") && open == Some(label);
        match block.spans.last_mut().filter(|_| goes_on) {
            Some((_, (_, end), _)) => *end = tokens,
            None => block.spans.push((label, (tokens - 1, tokens), number)),
        }
        open = (!matches!(prefix, "E" | "L" | "S" | "U")).then_some(label);
    }
    blocks.last_mut().into_iter().for_each(Block::end_sentence);
    blocks
}

impl Block<'_> {
    fn end_sentence(&mut self) {
        let words = self.words.len();
        if words > self.sentences.last().copied().unwrap_or_default() {
            self.sentences.push(words);
        }
    }
}

/// The lines, as `split('\n')` has them, which takes longer where they are as short as here.
fn lines_of(content: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(content);
    std::iter::from_fn(move || {
        let here = rest?;
        match here.bytes().position(|byte| byte == b'\n') {
            Some(end) => {
                rest = here.get(end + 1..);
                here.get(..end)
            }
            None => rest.take(),
        }
    })
}

/// The prefix and the label of a tag that belongs to a span, in any of the schemes.
fn span_tag(tag: &str) -> Option<(&str, &str)> {
    let (prefix, label) = tag.split_once('-').filter(|(_, label)| !label.is_empty())?;
    matches!(prefix, "B" | "I" | "E" | "S" | "L" | "U" | "M").then_some((prefix, label))
}
