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

    /// It does not go on, whatever was changed.
    pub(super) fn stop(&mut self) {
        (self.running, self.is_outdated) = (false, false);
    }

    /// Something was changed that may have been looked at before.
    pub(super) fn be_overtaken(&mut self) {
        self.is_outdated = true;
    }

    /// Whether it was overtaken by a change and is over: one that goes on is not begun again and
    /// again where changes do not end.
    pub(super) fn is_to_begin_anew(&self) -> bool {
        self.is_outdated && !self.running
    }
}
