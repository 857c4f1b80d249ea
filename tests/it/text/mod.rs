//! Positions in one text.

mod any_text;
mod article;
mod without_blanks;

use tandai::text::Unit;

const UNITS: [Unit; 6] =
    [Unit::Character, Unit::Word, Unit::Clause, Unit::Sentence, Unit::Paragraph, Unit::Document];
