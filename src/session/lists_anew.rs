//! Lists and figures of all articles are read anew where other programs have changed something.

use super::dialog::Dialog;
use super::finding::Search;
use super::lists::Listing;
use super::state::Session;

impl Session {
    /// What is not in memory has changed: reads anew what is listed and counted of all sets, or
    /// has it read anew as soon as it is read. Returns whether that can be seen.
    pub(super) fn read_lists_anew(&mut self) -> bool {
        self.read_table_anew();
        self.compare_anew();
        self.find_anew();
        self.look_anew();
        let is_untouched = || self.search.as_ref().is_some_and(Search::is_untouched);
        self.listing.is_some_and(|listing| listing != Listing::Hits || is_untouched())
    }

    /// The same for what does not follow each set that is in memory by itself.
    pub(super) fn look_anew(&mut self) {
        self.survey_anew();
        if self.dialog == Some(Dialog::Statistics) {
            self.count_anew();
        }
        if self.dialog == Some(Dialog::Agreement) {
            self.measure_anew();
        }
    }
}
