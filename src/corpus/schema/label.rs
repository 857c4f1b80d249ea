use std::sync::Arc;

/// A colour on the screen: red, green and blue, 0 to 255 each.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// A colour written as `#2f6db5`.
    #[must_use]
    pub fn from_hex(hex: &str) -> Option<Self> {
        let digits = hex.strip_prefix('#')?;
        let fit = digits.len() == 6 && digits.chars().all(|c| c.is_ascii_hexdigit());
        let number = u32::from_str_radix(digits, 16).ok().filter(|_| fit)?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self(red, green, blue))
    }

    /// The same, the other way.
    #[must_use]
    pub fn to_hex(self) -> String {
        let Self(red, green, blue) = self;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }
}

/// How the line under a highlight is drawn, so that colour is never the only sign.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum LinePattern {
    /// One unbroken line.
    Solid,
    /// Long dashes.
    Dashes,
    /// Short dashes.
    ShortDashes,
    /// Dots.
    Dots,
}

impl LinePattern {
    /// All patterns, with the word for each.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Solid, "solid"),
        (Self::Dashes, "dashes"),
        (Self::ShortDashes, "short dashes"),
        (Self::Dots, "dots"),
    ];
}

/// One label that an annotation can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LabelDefinition {
    /// As it is written in files, such as `claim`.
    pub name: Arc<str>,
    /// As it is shown, such as `Claim`.
    pub title: String,
    /// The key that tags with it: a digit or a small letter; without one, the
    /// label is reached by name.
    pub key: Option<char>,
    /// What it is for, in a sentence.
    pub help: String,
    /// The colour on a light page.
    pub light: Rgb,
    /// The colour on a dark page.
    pub dark: Rgb,
    /// The line under its highlights.
    pub line: LinePattern,
}
