//! Formats of other programs: documents and sets out, and in.
//!
//! Nothing here touches a file. A writer turns one [`Entry`](crate::corpus::Entry) at a time into pieces of
//! files and a list of what cannot be carried; a reader turns files into [`Incoming`]
//! documents of which nothing is believed, and [`settle()`] proves them. [`verify()`] holds
//! the two together: what was written is read back and compared before an export is
//! said to be done.

mod align;
mod attributes;
mod brat;
mod card;
mod conll;
mod conll_read;
mod context;
mod csv;
mod csv_read;
mod csv_table;
mod doccano;
mod doccano_read;
mod duplicates;
mod edges;
mod escape;
mod fields;
mod format;
mod handover;
mod html;
mod html_back;
mod incoming;
mod join;
mod json;
mod jsonl;
mod jsonl_read;
mod label_studio;
mod label_studio_read;
mod looks_like;
mod loss;
mod mapping;
mod options;
mod order;
mod parquet;
mod parquet_read;
mod pieces;
mod read;
mod row;
mod settle;
mod spacy;
mod spacy_back;
mod split;
mod tally;
mod text_read;
mod unit;
mod verify;
mod w3c;
mod w3c_back;
mod write;

pub use context::Context;
pub use duplicates::Signature;
pub use format::{Format, ImportFormat};
pub use handover::Handover;
pub use incoming::{
    Found, Incoming, IncomingAnnotation, IncomingRelation, IncomingSet, IncomingText, Place,
    Refusal, Source,
};
pub use looks_like::LooksLike;
pub use loss::{Loss, LossKind};
pub use mapping::{EventMapping, Mapping, MappingError};
pub use options::{ExportOptions, Scheme};
pub use parquet::ParquetWriter;
pub use parquet_read::each_row;
pub use pieces::{Encoded, Frame, Piece};
pub use read::{read, unit_of};
pub use row::{Row, status_of_name};
pub use settle::{Settled, Settling, path_of, settle};
pub use split::{Part, Share, Sharing, Split, SplitError, SplitPlan, split};
pub use tally::Tally;
pub use unit::Unit;
pub use verify::{ReadBack, verify};
pub use write::{Chosen, choose, closing, encode, frame, refused};
