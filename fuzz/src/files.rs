//! Files of work.

use tandai::session::JournalEntry;
use tandai::storage::{SchemaStore, SetVersion};

/// A set is read the same by the reader of the canonical form and by the one of any form, and
/// comes back from what is written of it.
pub fn sets(data: &[u8]) {
    let Ok(content) = std::str::from_utf8(data) else { return };
    let read = SetVersion::of_text(content);
    // With something behind it, it is not in the canonical form.
    let in_any_form = SetVersion::of_text(&format!("{content}\n/**/\n"));
    assert_eq!(read.is_ok(), in_any_form.is_ok(), "{read:?} and {in_any_form:?}");
    let (Ok(read), Ok(in_any_form)) = (read, in_any_form) else { return };
    assert_eq!(read.set(), in_any_form.set());
    let written = read.text();
    let again = SetVersion::of_text(&written).expect("what was written is read");
    assert_eq!(again.set(), read.set());
    assert_eq!((again.digest(), again.document()), (read.digest(), read.document()));
    assert_eq!(again.text(), written);
}

/// A schema comes back from what is written of it.
pub fn schema(data: &[u8]) {
    let Ok(content) = std::str::from_utf8(data) else { return };
    let Some(schema) = SchemaStore::of_text(content) else { return };
    let written = SchemaStore::text(&schema);
    assert_eq!(SchemaStore::of_text(&written).as_ref(), Some(&schema));
}

/// An entry of a journal comes back from what is written of it.
pub fn journal(data: &[u8]) {
    let Ok(record) = std::str::from_utf8(data) else { return };
    let Some(entry) = JournalEntry::decode(record) else { return };
    let written = entry.encode();
    let again = JournalEntry::decode(&written).expect("what was written is read");
    assert_eq!(again.encode(), written);
}
