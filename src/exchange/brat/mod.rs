//! brat standoff: a text and a file of annotations for each document.

mod conf;
mod events;
mod names;
mod read;
mod write;

pub(super) use conf::{annotation_conf, visual_conf};
pub(super) use read::read;
pub(super) use write::encode;

/// The file with the types of a collection.
pub(super) const ANNOTATION_CONF: &str = "annotation.conf";
/// The file with the names that types are shown by.
pub(super) const VISUAL_CONF: &str = "visual.conf";
