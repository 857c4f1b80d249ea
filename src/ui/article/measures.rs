//! The measures of the page, in points.

/// Height of a line of text with room for tabs above and lanes below.
pub(super) const LINE: f32 = 39.0;
/// Lanes that fit into [`LINE`]; blocks with more have taller lines.
pub(super) const LANES_IN_LINE: usize = 3;
/// From one lane to the next.
pub(super) const LANE_PITCH: f32 = 3.3;
/// From the top of a line to the first lane.
pub(super) const FIRST_LANE: f32 = 31.0;
/// From the top of a line to the top of its highlights.
pub(super) const TEXT_TOP: f32 = 10.5;
/// Space above the first line.
pub(super) const HEAD: f32 = 18.0;
/// Height of a fold, where some of the text is not shown.
pub(super) const FOLD: f32 = 30.0;
/// Space after a paragraph.
pub(super) const AFTER_PARAGRAPH: f32 = 9.0;

/// egui centres text in its line. In a line taller than [`LINE`] the text is
/// lifted by this, so that what the line has more is room below.
pub(super) fn lift(row_height: f32) -> f32 {
    (LINE - row_height) / 2.0
}
