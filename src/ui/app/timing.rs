//! How long things take, said in the log for whoever asks for it: `RUST_LOG=tandai=info`.

use std::time::{Duration, Instant};

use crate::session::Session;

/// A frame that takes longer is seen on a screen that shows 120 a second.
const SLOW: Duration = Duration::from_millis(8);

/// What is to be said still of the start, and how long frames take.
pub(super) struct Timing {
    /// When the program was started.
    start: Instant,
    has_drawn: bool,
    has_text: bool,
    /// When the frame began that is being made.
    frame: Instant,
}

impl Timing {
    pub(super) fn since(start: Instant) -> Self {
        Self { start, has_drawn: false, has_text: false, frame: start }
    }

    /// A frame begins.
    pub(super) fn begin(&mut self) {
        self.frame = Instant::now();
    }

    /// A frame ends, but for what is left to the system: triangles and pixels.
    pub(super) fn end(&mut self, session: &Session) {
        let start = self.start.elapsed();
        if !std::mem::replace(&mut self.has_drawn, true) {
            log::info!("the first frame is there {start:.0?} after the start");
            // It takes longer than any after it, and is said.
        } else if self.frame.elapsed() > SLOW {
            log::info!("a frame took {:.1?}", self.frame.elapsed());
        }
        if session.held().is_some() && !std::mem::replace(&mut self.has_text, true) {
            log::info!("an article can be read {start:.0?} after the start");
        }
    }
}
