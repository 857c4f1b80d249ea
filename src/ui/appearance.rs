//! How a person likes the window to look.

use egui::Context;

use crate::session::Preferences;

/// Has the window look as these preferences say.
pub(super) fn apply(context: &Context, preferences: &Preferences) {
    context.set_theme(match preferences.dark {
        Some(true) => egui::ThemePreference::Dark,
        Some(false) => egui::ThemePreference::Light,
        None => egui::ThemePreference::System,
    });
    // Where the system does not say (Linux), a page is paper.
    context.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    context.set_zoom_factor(preferences.zoom);
}
