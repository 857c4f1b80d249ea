//! What takes longer than a frame may, a piece at a time.

use super::state::Session;

impl Session {
    /// Goes on by a piece with all that is done so.
    pub(super) fn go_on_by_a_piece(&mut self) {
        self.go_on_taking_over();
        if !self.stale_cases.is_empty() {
            self.bring_more_cases_up_to_date();
        }
    }
}
