//! What an export came to, in words.

use super::ExportReport;

impl ExportReport {
    /// How much is in the files and, where that is less, of how much:
    /// `9 articles, 27 of 30 annotations, 15 links`.
    pub fn contents(&self) -> String {
        let (tally, read_back) = (&self.tally, &self.read_back);
        [
            of(tally.documents, tally.documents, "article"),
            of(read_back.annotations, tally.annotations(), "annotation"),
            of(read_back.relations, tally.relations(), "link"),
        ]
        .join(", ")
    }

    /// What reading it back has shown.
    pub fn proof(&self) -> &'static str {
        match self.losses.total() {
            0 => "read back and found the same",
            _ => "read back and found the same but for what is lost",
        }
    }
}

/// `27 of 30 annotations`, or how many where that is all.
fn of(there: usize, all: usize, noun: &str) -> String {
    let plural = if all == 1 { "" } else { "s" };
    if there == all {
        format!("{all} {noun}{plural}")
    } else {
        format!("{there} of {all} {noun}{plural}")
    }
}
