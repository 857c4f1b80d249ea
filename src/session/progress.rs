/// How far a look at many articles has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// How many articles were looked at.
    pub looked_at: usize,
    /// How many there are to look at.
    pub of: usize,
    /// Whether it goes on.
    pub running: bool,
    /// Whether something was changed meanwhile that may have been looked at before.
    is_outdated: bool,
}

impl Progress {
    /// A look at so many articles begins.
    pub(super) fn through(of: usize) -> Self {
        Self { of, running: true, ..Self::default() }
    }

    /// Takes a part of the answer in.
    pub(super) fn go_on(&mut self, looked_at: usize, finished: bool) {
        self.looked_at += looked_at;
        self.running = !finished;
    }

    /// Something was changed that was looked at: says whether to look again now. One that goes
    /// on is not begun again and again where changes do not end, but when it is over.
    pub(super) fn is_to_begin_anew(&mut self) -> bool {
        self.is_outdated = self.running;
        !self.running
    }

    /// Whether it is over and was overtaken by a change.
    pub(super) fn was_overtaken(&self) -> bool {
        self.is_outdated && !self.running
    }
}
