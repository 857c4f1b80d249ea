use crate::text::Offset;

/// How many entries each entry of the level above stands for.
const FAN: usize = 16;

/// Where things that are in the order of their starts end, so that those which reach beyond a
/// place are found without looking at all: a tree of furthest ends.
///
/// Finding `k` of `n` takes about `k · log n` steps, also where one thing spans all others.
#[derive(Clone, Debug)]
pub struct Reach {
    /// The ends, then the furthest of each [`FAN`] of those, and so on.
    levels: Vec<Vec<Offset>>,
}

impl Reach {
    /// Of things with these ends, in the order of their starts.
    #[must_use]
    pub fn of(ends: impl Iterator<Item = Offset>) -> Self {
        Self::from_ends(ends.collect())
    }

    fn from_ends(ends: Vec<Offset>) -> Self {
        let mut levels: Vec<Vec<Offset>> = vec![ends];
        while let Some(last) = levels.last().filter(|last| last.len() > 1) {
            let furthest = |ends: &[Offset]| ends.iter().copied().max().unwrap_or(Offset::ZERO);
            let above = last.chunks(FAN).map(furthest).collect();
            levels.push(above);
        }
        Self { levels }
    }

    /// Puts something in at a place, or takes out what is there.
    pub(super) fn change(&mut self, change: impl FnOnce(&mut Vec<Offset>)) {
        let mut ends = self.levels.drain(..).next().unwrap_or_default();
        change(&mut ends);
        *self = Self::from_ends(ends);
    }

    /// The places, in order, of those of the first `count` things that end behind `start`.
    #[must_use]
    pub fn beyond(&self, count: usize, start: Offset) -> Vec<usize> {
        let mut found = Vec::new();
        if let Some(top) = self.levels.len().checked_sub(1) {
            self.search(top, 0, (count, start), &mut found);
        }
        found
    }

    fn search(
        &self,
        level: usize,
        at: usize,
        (count, start): (usize, Offset),
        found: &mut Vec<usize>,
    ) {
        let Some(ends) = self.levels.get(level) else { return };
        let width = FAN.pow(u32::try_from(level).unwrap_or(u32::MAX));
        let last = if level + 1 == self.levels.len() { ends.len() } else { at + FAN };
        for (at, end) in ends.iter().enumerate().take(last).skip(at) {
            if at * width >= count {
                return;
            }
            if *end <= start {
                continue;
            }
            match level {
                0 => found.push(at),
                _ => self.search(level - 1, at * FAN, (count, start), found),
            }
        }
    }
}
