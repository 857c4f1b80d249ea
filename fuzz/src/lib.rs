//! What must hold for whatever bytes there are: a function for each thing that is read or
//! reckoned from what others have made. Fuzzers call them, and a test does with the bytes
//! that were worth keeping.

mod anchoring;
mod bytes;
mod files;
mod imports;
mod merging;

pub use anchoring::anchoring;
pub use files::{journal, schema, sets};
pub use imports::imports;
pub use merging::merging;
