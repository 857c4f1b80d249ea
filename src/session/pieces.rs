//! What takes longer than a frame may, a piece at a time.

use super::state::Session;

/// How many documents are gone through in one frame.
pub(super) const PIECE: usize = 32;

impl Session {
    /// Goes on by a piece with all that is done so.
    pub(super) fn go_on_by_a_piece(&mut self) {
        self.go_on_taking_over();
        self.go_on_carrying();
        self.write_more();
        if !self.stale_cases.is_empty() {
            self.bring_more_cases_up_to_date();
        }
    }
}
