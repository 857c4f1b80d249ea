//! The bytes that a fuzzer kept, and a few thousand like them, put to what has to hold for all.

#[path = "../../fuzz/src/lib.rs"]
#[allow(unreachable_pub, reason = "fuzzers have it as a crate of its own")]
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

/// How many damaged forms of each are tried.
const DAMAGED: u64 = 60;

/// Numbers that look random and are the same each time (xorshift, Marsaglia 2003).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

#[track_caller]
fn hold(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(name);
    let mut files: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() > 3, "there is something to try");
    let kept: Vec<Vec<u8>> = files.iter().map(|file| std::fs::read(file).unwrap()).collect();
    let check = |file: &Path, data: &[u8]| {
        let held = catch_unwind(AssertUnwindSafe(|| target(data)));
        assert!(held.is_ok(), "{}: {:?}", file.display(), String::from_utf8_lossy(data));
    };
    for (at, (file, data)) in files.iter().zip(&kept).enumerate() {
        check(file, data);
        for seed in 1..=DAMAGED {
            let mut drawn = Drawn(seed * 0x9E37_79B9 + at as u64);
            check(file, &damaged(data, &kept, &mut drawn));
        }
    }
}

/// The bytes with one to four things done to them.
fn damaged(data: &[u8], all: &[Vec<u8>], drawn: &mut Drawn) -> Vec<u8> {
    let mut data = data.to_vec();
    for _ in 0..=drawn.below(3) {
        let at = drawn.below(data.len() + 1);
        let end = (at + drawn.below(12)).min(data.len());
        match drawn.below(6) {
            0 => data.truncate(at),
            1 => drop(data.drain(at..end)),
            2 => data.insert(at, u8::try_from(drawn.below(256)).unwrap()),
            3 => {
                let again = data[at..end].to_vec();
                data.splice(at..at, again);
            }
            4 => {
                let other = &all[drawn.below(all.len())];
                let from = drawn.below(other.len() + 1);
                let to = (from + drawn.below(40)).min(other.len());
                data.splice(at..end, other[from..to].iter().copied());
            }
            _ => {
                if let Some(byte) = data.get_mut(at) {
                    *byte ^= 1 << drawn.below(8);
                }
            }
        }
    }
    data
}

#[test]
fn sets_hold() {
    hold("sets", targets::sets);
}

#[test]
fn schemas_hold() {
    hold("schema", targets::schema);
}

#[test]
fn journals_hold() {
    hold("journal", targets::journal);
}

#[test]
fn anchoring_holds() {
    hold("anchoring", targets::anchoring);
}

#[test]
fn merging_holds() {
    hold("merging", targets::merging);
}

#[test]
fn imports_hold() {
    hold("imports", targets::imports);
}
