//! From characters to places on the screen and back.
//!
//! Two ways lead there: `shaped` reads them off a whole paragraph that egui laid
//! out, `wordwise` lays the words out one by one where egui's own positions
//! cannot be trusted. What follows from it (carets, hits, highlights) is the
//! same code for both.

mod field;
mod galley;
mod layout;
mod prose;
mod shaped;
mod wordwise;

pub(super) use field::{egui_lays_out, for_field, nearest_character};
pub(super) use galley::Setting;
pub(super) use layout::{Layout, Row};
pub(super) use prose::{Prose, directed};
pub(super) use shaped::lay_out;
pub(super) use wordwise::{has_right_to_left, starts_right_to_left};
