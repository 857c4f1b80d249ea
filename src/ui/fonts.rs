//! The two faces: a serif to read in, a sans for everything around it.

use std::sync::Arc;

use egui::{FontData, FontDefinitions, FontFamily, FontId};

/// Size of the article's text, in points.
pub(super) const READING: f32 = 17.0;

const SERIF: &str = "reading";
const STRONG: &str = "strong";

/// Installs the bundled fonts. What they lack is asked of the system, where the
/// window allows it.
pub(super) fn install(context: &egui::Context) {
    let faces: [(&str, &'static [u8]); 6] = [
        ("Inter", include_bytes!("../../assets/fonts/Inter-Regular.otf")),
        ("Inter SemiBold", include_bytes!("../../assets/fonts/Inter-SemiBold.otf")),
        ("Noto Serif", include_bytes!("../../assets/fonts/NotoSerif-Regular.ttf")),
        ("Noto Serif Hebrew", include_bytes!("../../assets/fonts/NotoSerifHebrew-Regular.ttf")),
        ("Noto Naskh Arabic", include_bytes!("../../assets/fonts/NotoNaskhArabic-Regular.ttf")),
        ("Noto Emoji", epaint_default_fonts::NOTO_EMOJI_REGULAR),
    ];
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in faces {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let family = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let others = ["Noto Serif Hebrew", "Noto Naskh Arabic", "Noto Emoji"];
    let chain = |first: [&str; 2]| family(&[&first[..], &others[..]].concat());
    fonts.families.insert(FontFamily::Proportional, chain(["Inter", "Noto Serif"]));
    fonts.families.insert(FontFamily::Monospace, chain(["Inter", "Noto Serif"]));
    fonts.families.insert(FontFamily::Name(STRONG.into()), chain(["Inter SemiBold", "Noto Serif"]));
    fonts.families.insert(FontFamily::Name(SERIF.into()), chain(["Noto Serif", "Inter"]));
    context.set_fonts(fonts);
}

/// The serif, at a size in points.
pub(super) fn serif(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(SERIF.into()))
}

/// The sans in its heavier weight, at a size in points.
pub(super) fn strong(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(STRONG.into()))
}

/// The sans, at a size in points.
pub(super) fn sans(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}
