use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::text::{Offset, Span};

/// What offsets in a file count.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unit {
    /// Unicode scalar values, as Tandai, brat, spaCy and Python count.
    CodePoints,
    /// 16-bit units, as JavaScript, Java and doccano count.
    Utf16,
    /// Bytes of UTF-8, as Go and older command-line tools count.
    Bytes,
    /// Code points of the text as a program sees it that reads CR LF as one
    /// character, as Python does where it is not told otherwise.
    LineEndsOnce,
    /// User-perceived characters (extended grapheme clusters of UAX #29), as doccano
    /// counts where a project's box is ticked. Its tables are those of Unicode 10, so
    /// that Indic text may be counted otherwise there.
    Graphemes,
}

impl Unit {
    /// All units, the likeliest first.
    pub const ALL: [Self; 5] =
        [Self::CodePoints, Self::Utf16, Self::Bytes, Self::LineEndsOnce, Self::Graphemes];
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CodePoints => "code points",
            Self::Utf16 => "UTF-16 units",
            Self::Bytes => "UTF-8 bytes",
            Self::LineEndsOnce => "code points, with CR LF as one",
            Self::Graphemes => "graphemes",
        })
    }
}

/// Converts places in one text between code points and another unit.
pub(super) struct Ruler {
    /// For each character, and for the end, how many units lie before it; empty where
    /// units and characters are the same. In graphemes, the number of clusters that
    /// begin before it.
    marks: Vec<usize>,
    characters: usize,
}

impl Ruler {
    pub(super) fn new(text: &str, unit: Unit) -> Self {
        let clusters = matches!(unit, Unit::Graphemes | Unit::LineEndsOnce);
        let same = text.is_ascii() && !(clusters && text.contains("\r\n"));
        if same || unit == Unit::CodePoints {
            let characters = if same { text.len() } else { text.chars().count() };
            return Self { marks: Vec::new(), characters };
        }
        let mut marks = vec![0];
        if clusters {
            let mut total = 0;
            for cluster in text.graphemes(true) {
                for (inside, _) in cluster.chars().enumerate() {
                    let edge = inside == 0 || (unit == Unit::LineEndsOnce && cluster != "\r\n");
                    total += usize::from(edge);
                    marks.push(total);
                }
            }
        } else {
            let mut total = 0;
            for c in text.chars() {
                total += if unit == Unit::Utf16 { c.len_utf16() } else { c.len_utf8() };
                marks.push(total);
            }
        }
        Self { characters: marks.len() - 1, marks }
    }

    /// How many units there are.
    pub(super) fn length(&self) -> usize {
        self.units_before(Offset::new(self.characters))
    }

    /// How many units lie before a place.
    pub(super) fn units_before(&self, offset: Offset) -> usize {
        let at = offset.get().min(self.characters);
        self.marks.get(at).copied().unwrap_or(at)
    }

    /// The place before which so many units lie; `None` where that is inside a
    /// character or beyond the text.
    pub(super) fn offset_at(&self, units: usize) -> Option<Offset> {
        if self.marks.is_empty() {
            return (units <= self.characters).then(|| Offset::new(units));
        }
        // Where a unit has several characters, the place behind its last one is meant.
        let at = self.marks.partition_point(|mark| *mark <= units).checked_sub(1)?;
        (self.marks.get(at) == Some(&units)).then(|| Offset::new(at))
    }

    /// The span between two counts of units.
    pub(super) fn span(&self, (start, end): (usize, usize)) -> Option<Span> {
        Span::new(self.offset_at(start)?, self.offset_at(end)?)
    }

    /// The counts of units that a span lies between.
    pub(super) fn range(&self, span: Span) -> (usize, usize) {
        (self.units_before(span.start()), self.units_before(span.end()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_comes_back_and_none_is_inside_a_character() {
        let text = "a😀e\u{301}\r\nक्षि👩\u{200d}🚀.";
        for unit in Unit::ALL {
            let ruler = Ruler::new(text, unit);
            let mut edges = 0;
            for at in 0..=text.chars().count() {
                let units = ruler.units_before(Offset::new(at));
                if ruler.offset_at(units) == Some(Offset::new(at)) {
                    edges += 1;
                } else {
                    assert!(matches!(unit, Unit::Graphemes | Unit::LineEndsOnce), "{at}");
                }
            }
            assert!(edges > 5, "{unit}: {edges}");
        }
        assert_eq!(Ruler::new(text, Unit::Utf16).offset_at(2), None);
        assert_eq!(Ruler::new(text, Unit::Utf16).offset_at(3), Some(Offset::new(2)));
        assert_eq!(Ruler::new(text, Unit::Bytes).offset_at(5), Some(Offset::new(2)));
        assert_eq!(Ruler::new("a\r\nb", Unit::Graphemes).offset_at(2), Some(Offset::new(3)));
        assert_eq!(Ruler::new("a\r\nb", Unit::LineEndsOnce).offset_at(2), Some(Offset::new(3)));
        assert_eq!(Ruler::new("ab", Unit::Bytes).offset_at(3), None);
    }
}
