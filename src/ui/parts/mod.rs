//! Small things that several places of the window are made of.

mod button;
mod choices;
mod field;
mod follow;
mod keycap;
mod label;
mod roving;
mod row;
mod rows;
mod segments;
mod signs;
mod toggles;
mod typed_path;
mod unread;
mod walked;

pub(super) use button::{closable, command_button, cross_button};
pub(super) use choices::choices;
pub(super) use field::{select_all, text_line, text_lines};
pub(super) use follow::follow_focus;
pub(super) use keycap::{key_hint, key_hint_width};
pub(super) use label::label;
pub(super) use roving::{roved, roving_sense};
pub(super) use row::row;
pub(super) use rows::rows;
pub(super) use segments::segments;
pub(super) use signs::{counts_row, focus_edge, focus_ring, status_dot, swatch};
pub(super) use toggles::toggles;
pub(super) use typed_path::typed_path;
pub(super) use unread::unread_ui;
pub(super) use walked::walked;

pub(super) use crate::text::{shortened, shortened_in_the_middle};
