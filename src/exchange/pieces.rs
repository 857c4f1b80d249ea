use super::loss::Loss;
use super::row::Row;

/// What one document comes to in a format.
#[derive(Default, Debug)]
pub struct Encoded {
    /// What is appended to files, in this order.
    pub pieces: Vec<Piece>,
    /// The document as a row, for the format that is written by rows.
    pub row: Option<Row<'static>>,
    /// What could not be carried.
    pub losses: Vec<Loss>,
}

/// Something that is appended to a file of an export.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece {
    /// The file, below the export's folder, with `/` between folders.
    pub file: String,
    /// What is appended.
    pub content: Vec<u8>,
}

impl Piece {
    pub(super) fn new(file: impl Into<String>, content: impl Into<Vec<u8>>) -> Self {
        Self { file: file.into(), content: content.into() }
    }
}

/// What stands around the pieces of a file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Frame {
    /// Before the first.
    pub head: Vec<u8>,
    /// Between two.
    pub between: &'static str,
    /// After the last.
    pub tail: &'static str,
}
