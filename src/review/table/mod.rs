//! All annotations of a project as rows: what a row says, which rows a filter lets
//! through, and in which order they come.

mod arrange;
mod filter;
mod lines;
mod passages;
mod plain_row;
mod rows;
mod standing;
mod table_row;

pub use arrange::{Arrangement, TableColumn, arrange};
pub use filter::{Filter, FilterError};
pub use lines::{Heading, TableLine, TableLines};
pub use rows::{RowBlock, TableRows};
pub use standing::{ReviewStanding, Reviews};
pub use table_row::{RowKey, TableRow};
