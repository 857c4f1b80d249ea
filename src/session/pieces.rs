//! What takes longer than a frame may, a piece at a time.

use super::state::Session;

/// How many documents are gone through in one frame.
pub(super) const PIECE: usize = 32;

impl Session {
    /// Goes on by a piece with all that is done so. What leads to something else comes after
    /// that, which so begins with the frame that follows.
    pub(super) fn go_on_by_a_piece(&mut self) {
        if !self.stale_cases.is_empty() {
            self.bring_more_cases_up_to_date();
        }
        self.list_more_hits_anew();
        self.write_more();
        self.go_on_carrying();
        self.go_on_taking_over();
        self.go_on_judging();
        self.go_on_closing();
    }
}
