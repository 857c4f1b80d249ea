/// How far a look at many articles has come.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Progress {
    /// How many articles were looked at.
    pub looked_at: usize,
    /// How many there are to look at.
    pub of: usize,
    /// Whether it goes on.
    pub running: bool,
}

impl Progress {
    /// Takes a part of the answer in.
    pub(super) fn go_on(&mut self, looked_at: usize, finished: bool) {
        self.looked_at += looked_at;
        self.running = !finished;
    }
}
