//! Which of the places where the same words stand is the right one.

use super::occurrences::Occurrences;
use super::{Found, Piece};
use crate::text::Text;

/// How far around a place it is looked, in characters to each side.
const REACH: usize = 400;

/// How many characters of the surroundings must be the same for a place to be the right one.
const ENOUGH: usize = 24;

/// The same for words that stand in one place only, before and after.
const ENOUGH_ALONE: usize = 18;

/// How many must be the same on either side, for both sides to speak for a place.
const EITHER: usize = 6;

/// What the beginning and the end of the text count as, in characters that are the same.
const BORDER: usize = 12;

/// How long the surroundings are that what has changed is looked for between.
const BRACKET: usize = 16;

/// Surroundings as the text had them in which the annotations were made.
pub(super) struct Known<'a> {
    old: Vec<char>,
    old_text: &'a Text,
    new: &'a [char],
}

/// How many characters are the same around two places, on each side.
#[derive(Clone, Copy)]
struct Alike {
    before: usize,
    after: usize,
}

impl Alike {
    fn both(self) -> usize {
        self.before + self.after
    }
}

impl<'a> Known<'a> {
    pub(super) fn new(old_text: &'a Text, new: &'a [char]) -> Self {
        Self { old: old_text.as_str().chars().collect(), old_text, new }
    }

    /// Where a fragment stands word for word; `None` where its words stand nowhere.
    ///
    /// A place is right where its surroundings are much more like those the fragment had
    /// than those of any other place are, and where no other place of the old text had
    /// surroundings as much like them.
    pub(super) fn choose(&self, piece: &Piece<'_>) -> Option<Found> {
        if piece.places.is_empty() {
            return None;
        }
        let before = Occurrences::new(self.old_text).of(piece.quote);
        let alike = |old: usize, new: usize| self.alike(old, new, piece.length);
        let mut ranked: Vec<(Alike, usize)> =
            piece.places.iter().map(|place| (alike(piece.start, *place), *place)).collect();
        ranked.sort_by_key(|(alike, place)| (std::cmp::Reverse(alike.both()), *place));
        let (best, place) = ranked.first().copied()?;
        let others = ranked.iter().skip(1).map(|(alike, _)| alike.both());
        let elsewhere = before.iter().filter(|old| **old != piece.start);
        let rivals = elsewhere.map(|old| alike(*old, place).both());
        let rival = others.chain(rivals).max().unwrap_or_default();
        // Where something was put in or taken out just beside it, one side alone speaks for
        // the place, and then nothing must speak for another.
        let is_clear = if best.before.min(best.after) >= EITHER {
            best.both() >= 2 * rival + ENOUGH / 2
        } else {
            rival < EITHER
        };
        let alone = ranked.len() == 1 && before.len() <= 1;
        let enough = if alone { ENOUGH_ALONE } else { ENOUGH };
        let is_sure = best.both() >= enough && is_clear;
        if is_sure {
            return Some(Found::Exact(place));
        }
        let places = ranked.iter().map(|(_, place)| (*place, place + piece.length));
        Some(Found::Several(places.collect()))
    }

    /// How many characters before and after are the same.
    fn alike(&self, old: usize, new: usize, length: usize) -> Alike {
        let same = |pair: &(&char, &char)| pair.0 == pair.1;
        let (old_before, new_before) = (self.old.get(..old), self.new.get(..new));
        let back = old_before.unwrap_or_default().iter().rev();
        let back = back.zip(new_before.unwrap_or_default().iter().rev());
        let before = back.take(REACH).take_while(same).count();
        let old_after = self.old.get(old + length..).unwrap_or_default();
        let new_after = self.new.get(new + length..).unwrap_or_default();
        let after = old_after.iter().zip(new_after).take(REACH).take_while(same).count();
        let is_start = before == old && before == new;
        let is_end = after == old_after.len() && after == new_after.len();
        Alike {
            before: before + if is_start { BORDER } else { 0 },
            after: after + if is_end { BORDER } else { 0 },
        }
    }

    /// Where other words stand now between what stood before and behind a fragment, if both
    /// stand in one place only; from and to.
    pub(super) fn between(&self, piece: &Piece<'_>) -> Option<(usize, usize)> {
        let end = piece.start + piece.length;
        let before = self.old.get(piece.start.checked_sub(BRACKET)?..piece.start)?;
        let behind = self.old.get(end..end + BRACKET)?;
        let from = only_place(self.new, before)? + BRACKET;
        let to = only_place(self.new, behind)?;
        let room = 3 * piece.length + 2 * BRACKET;
        (from < to && to - from <= room).then_some((from, to))
    }
}

fn only_place(text: &[char], part: &[char]) -> Option<usize> {
    let mut places = text.windows(part.len()).enumerate().filter(|(_, window)| *window == part);
    let (place, _) = places.next()?;
    places.next().is_none().then_some(place)
}

/// Surroundings where the old text is not known: the other fragments of the set, and the
/// beginning and the end of the text. What stands near each other moves by as much.
pub(super) struct Neighbours<'a> {
    pieces: &'a [Piece<'a>],
    /// The places of the pieces in [`Self::pieces`], by where they stood.
    order: Vec<usize>,
    /// How much longer the text has become, in characters.
    grown: isize,
}

/// How many speak for a place, from before it and from behind.
#[derive(Clone, Copy)]
struct Support {
    before: usize,
    behind: usize,
}

impl Support {
    fn both(self) -> usize {
        self.before + self.behind
    }
}

/// How many neighbours to each side are asked.
const ASKED: usize = 4;

/// Of words of so many characters that stand in one place, one neighbour is enough.
const LONG: usize = 12;

/// Words of so many characters that stand in one place do not stand there by chance.
const VERY_LONG: usize = 30;

impl<'a> Neighbours<'a> {
    pub(super) fn new(pieces: &'a [Piece<'a>], old_end: usize, new_end: usize) -> Self {
        let mut order: Vec<usize> = (0..pieces.len()).collect();
        order.sort_by_key(|at| pieces.get(*at).map(|piece| (piece.start, piece.length)));
        Self { pieces, order, grown: new_end.cast_signed() - old_end.cast_signed() }
    }

    /// Where a piece stands word for word; `None` where its words stand nowhere.
    ///
    /// Of several places one is right where it is borne out from before and from behind: all
    /// that is on one side may have moved otherwise than the piece.
    pub(super) fn choose(&self, at: usize) -> Option<Found> {
        let piece = self.pieces.get(at).filter(|piece| !piece.places.is_empty())?;
        let rank = self.order.iter().position(|other| *other == at)?;
        let mut ranked: Vec<(Support, usize)> =
            piece.places.iter().map(|place| (self.support(piece, rank, *place), *place)).collect();
        ranked.sort_by_key(|(support, place)| (std::cmp::Reverse(support.both()), *place));
        let (best, place) = ranked.first().copied()?;
        let second = ranked.get(1).map(|(support, _)| support.both());
        let is_sure = match second {
            None => {
                let enough = match piece.length {
                    VERY_LONG.. => 0,
                    LONG.. => 1,
                    _ => 2,
                };
                best.both() >= enough
            }
            Some(second) => {
                let clear = second == 0 || best.both() >= second + 2;
                best.before > 0 && best.behind > 0 && clear
            }
        };
        if is_sure {
            return Some(Found::Exact(place));
        }
        let places = ranked.iter().map(|(_, place)| (*place, place + piece.length));
        Some(Found::Several(places.collect()))
    }

    /// How many speak for a piece to stand at a place: the beginning of the text, its end,
    /// and neighbours that may have moved by as much.
    fn support(&self, piece: &Piece<'_>, rank: usize, place: usize) -> Support {
        let moved = place.cast_signed() - piece.start.cast_signed();
        let start = usize::from(moved == 0);
        let end = usize::from(moved == self.grown && moved != 0);
        let before = self.order.iter().take(rank).rev();
        let behind = self.order.iter().skip(rank + 1);
        let speaks = |other: &&usize| {
            self.pieces.get(**other).is_some_and(|other| {
                let end = piece.start + piece.length;
                let apart = other.start + other.length <= piece.start || end <= other.start;
                let place = other.start.cast_signed() + moved;
                apart
                    && other.quote != piece.quote
                    && usize::try_from(place)
                        .is_ok_and(|place| other.places.binary_search(&place).is_ok())
            })
        };
        Support {
            before: start + before.take(ASKED).filter(speaks).count(),
            behind: end + behind.take(ASKED).filter(speaks).count(),
        }
    }
}
