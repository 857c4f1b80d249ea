//! All colours. Nothing else in the program names one.

use egui::{Color32, Context, CornerRadius, FontFamily, FontId, Stroke, TextStyle, Theme, Visuals};

use crate::corpus::{LabelDefinition, LinePattern, Rgb, Schema, Status};

use super::fonts;

/// The colours of one theme.
#[derive(Clone, Copy)]
pub(super) struct Palette {
    /// What the article lies on.
    pub(super) page: Color32,
    /// What everything else lies on.
    pub(super) panel: Color32,
    /// Thin lines between panes.
    pub(super) rule: Color32,
    /// Text.
    pub(super) ink: Color32,
    /// Text that steps back; at least 4.5 : 1 on page and panel.
    pub(super) soft: Color32,
    /// What text is typed into.
    pub(super) field: Color32,
    /// The chosen row of a list.
    pub(super) selected: Color32,
    /// The selection in the article.
    pub(super) selection: Color32,
    /// The ring around what has the keyboard.
    pub(super) ring: Color32,
    /// What was refused or failed.
    pub(super) warning: Color32,
    /// Around what was found.
    pub(super) found: Color32,
    dark: bool,
}

/// How the annotations of one label look.
#[derive(Clone, Copy)]
pub(super) struct LabelLook {
    /// Lines, tabs and squares.
    pub(super) colour: Color32,
    /// Behind the text.
    pub(super) tint: Color32,
    /// Behind the text of the focused annotation.
    pub(super) strong_tint: Color32,
    /// On `colour`.
    pub(super) on_colour: Color32,
    pub(super) line: LinePattern,
}

impl LabelLook {
    /// The same, stepping back behind what matters now.
    pub(super) fn faded(self, colours: &Palette) -> Self {
        let fade = |colour| mixed(colours.page, colour, 0.3);
        Self {
            colour: fade(self.colour),
            tint: fade(self.tint),
            strong_tint: fade(self.strong_tint),
            ..self
        }
    }
}

const fn hex(colour: u32) -> Color32 {
    let [_, red, green, blue] = colour.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

const LIGHT: Palette = Palette {
    page: hex(0xfb_f9_f4),
    panel: hex(0xf4_f1_e9),
    rule: hex(0xe0_da_cc),
    ink: hex(0x23_21_1d),
    soft: hex(0x63_5e_54),
    field: hex(0xff_ff_ff),
    selected: hex(0xe7_e1_d3),
    selection: hex(0xcf_c6_b2),
    ring: hex(0x23_21_1d),
    warning: hex(0xb0_30_0a),
    found: hex(0x8a_80_6c),
    dark: false,
};

const DARK: Palette = Palette {
    page: hex(0x1b_1a_18),
    panel: hex(0x22_21_1e),
    rule: hex(0x35_33_2e),
    ink: hex(0xe7_e2_d8),
    soft: hex(0xa3_9c_8f),
    field: hex(0x2a_29_26),
    selected: hex(0x36_34_2e),
    selection: hex(0x55_50_45),
    ring: hex(0xe7_e2_d8),
    warning: hex(0xf2_93_6b),
    found: hex(0x9a_90_7e),
    dark: true,
};

/// The palette of the theme that a context shows.
pub(super) fn palette(context: &Context) -> &'static Palette {
    if context.theme() == Theme::Dark { &DARK } else { &LIGHT }
}

impl Palette {
    /// How annotations with a label look; one that the schema lacks is grey.
    pub(super) fn label(&self, schema: &Schema, name: &str) -> LabelLook {
        let unknown = || (self.soft, LinePattern::Solid);
        let (colour, line) =
            schema.label(name).map_or_else(unknown, |label| (self.label_colour(label), label.line));
        // On cream the tints would turn grey.
        let ground = if self.dark { self.page } else { Color32::WHITE };
        LabelLook {
            colour,
            tint: mixed(ground, colour, if self.dark { 0.20 } else { 0.15 }),
            strong_tint: mixed(ground, colour, if self.dark { 0.42 } else { 0.36 }),
            on_colour: if self.dark { self.page } else { Color32::WHITE },
            line,
        }
    }

    /// The colour of relations with a label; of one that the schema lacks, grey.
    pub(super) fn relation(&self, schema: &Schema, name: &str) -> Color32 {
        schema.relation(name).map_or(self.soft, |relation| {
            let Rgb(red, green, blue) = if self.dark { relation.dark } else { relation.light };
            Color32::from_rgb(red, green, blue)
        })
    }

    /// The same, stepping back behind what matters now.
    pub(super) fn faded_relation(&self, schema: &Schema, name: &str) -> Color32 {
        mixed(self.page, self.relation(schema, name), if self.dark { 0.5 } else { 0.45 })
    }

    /// What a part of a bar is filled with that stands for documents of a status, and
    /// its edge: the less was done, the less there is of it.
    pub(super) fn status(&self, status: Status) -> (Color32, Stroke) {
        match status {
            Status::Done => (self.ink, Stroke::NONE),
            Status::InProgress => (self.found, Stroke::NONE),
            Status::Skipped => (self.selection, Stroke::new(1.0, self.found)),
            Status::New => (Color32::TRANSPARENT, Stroke::new(1.0, self.found)),
        }
    }

    fn label_colour(&self, label: &LabelDefinition) -> Color32 {
        let Rgb(red, green, blue) = if self.dark { label.dark } else { label.light };
        Color32::from_rgb(red, green, blue)
    }
}

/// `share` of `top` over the rest of `base`.
fn mixed(base: Color32, top: Color32, share: f32) -> Color32 {
    base.lerp_to_gamma(top, share)
}

/// Sets egui's own look, for both themes.
pub(super) fn install(context: &Context) {
    for (theme, palette) in [(Theme::Light, LIGHT), (Theme::Dark, DARK)] {
        context.style_mut_of(theme, |style| {
            style.visuals = visuals(&palette);
            style.text_styles = [
                (TextStyle::Small, fonts::sans(11.0)),
                (TextStyle::Body, fonts::sans(13.0)),
                (TextStyle::Button, fonts::sans(13.0)),
                (TextStyle::Monospace, FontId::new(12.0, FontFamily::Monospace)),
                (TextStyle::Heading, fonts::strong(17.0)),
            ]
            .into();
            style.spacing.item_spacing = egui::vec2(8.0, 6.0);
            style.spacing.button_padding = egui::vec2(9.0, 4.0);
            style.spacing.interact_size.y = 26.0;
            style.spacing.scroll = egui::style::ScrollStyle::floating();
            style.spacing.scroll.handle_min_length = 32.0;
            // What is scrolled to is often taller than it was a frame ago;
            // springing back from where it ended then would move the page.
            style.spacing.scroll.kinetic.rubber_band = false;
            style.animation_time = 0.0;
            style.scroll_animation = egui::style::ScrollAnimation::none();
            style.interaction.selectable_labels = false;
        });
    }
    // These keys are in the table of commands, where they can be read and changed.
    context.options_mut(|options| {
        options.zoom_with_keyboard = false;
        options.quit_shortcuts.clear();
    });
}

/// Lets tooltips appear under the pointer, or not.
pub(super) fn show_tooltips(context: &Context, shown: bool) {
    context.all_styles_mut(|style| {
        let usual = egui::style::Interaction::default();
        let interaction = &mut style.interaction;
        interaction.tooltip_delay = if shown { usual.tooltip_delay } else { f32::INFINITY };
        interaction.tooltip_grace_time = if shown { usual.tooltip_grace_time } else { 0.0 };
    });
}

fn visuals(palette: &Palette) -> Visuals {
    let mut visuals = if palette.dark { Visuals::dark() } else { Visuals::light() };
    visuals.panel_fill = palette.panel;
    visuals.window_fill = palette.panel;
    visuals.extreme_bg_color = palette.field;
    visuals.text_edit_bg_color = Some(palette.field);
    visuals.faint_bg_color = palette.selected;
    visuals.window_stroke = Stroke::new(1.0, palette.rule);
    visuals.selection.bg_fill = palette.selection;
    visuals.selection.stroke = Stroke::new(1.5, palette.ring);
    visuals.hyperlink_color = palette.ink;
    visuals.warn_fg_color = palette.warning;
    visuals.error_fg_color = palette.warning;
    visuals.weak_text_color = Some(palette.soft);
    let states = &mut visuals.widgets;
    for state in [
        &mut states.noninteractive,
        &mut states.inactive,
        &mut states.hovered,
        &mut states.active,
        &mut states.open,
    ] {
        state.corner_radius = CornerRadius::same(5);
        state.fg_stroke = Stroke::new(1.0, palette.ink);
        state.bg_stroke = Stroke::new(1.0, palette.rule);
        state.bg_fill = palette.field;
        state.weak_bg_fill = palette.field;
        state.expansion = 0.0;
    }
    for state in [&mut states.hovered, &mut states.active, &mut states.open] {
        state.weak_bg_fill = palette.selected;
        state.bg_fill = palette.selected;
    }
    // What has the keyboard has an edge that cannot be overlooked.
    states.active.bg_stroke = Stroke::new(1.5, palette.ring);
    visuals
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The contrast ratio of WCAG 2.2, from relative luminance.
    fn contrast(one: Color32, other: Color32) -> f32 {
        let luminance = |colour: Color32| {
            let channel = |value: u8| {
                let value = f32::from(value) / 255.0;
                if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * channel(colour.r())
                + 0.7152 * channel(colour.g())
                + 0.0722 * channel(colour.b())
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_can_be_read_on_what_it_lies_on() {
        let schema = crate::storage::built_in_schema();
        for palette in [LIGHT, DARK] {
            for ground in [palette.page, palette.panel, palette.selected, palette.field] {
                assert!(contrast(palette.ink, ground) > 7.0);
                assert!(
                    contrast(palette.soft, ground) >= 4.5,
                    "soft {}",
                    contrast(palette.soft, ground)
                );
            }
            assert!(contrast(palette.ink, palette.selection) >= 4.5);
            assert!(contrast(palette.warning, palette.panel) >= 4.5);
            for relation in schema.relations() {
                let colour = palette.relation(&schema, &relation.name);
                assert!(contrast(colour, palette.page) >= 4.5, "{} name", relation.name);
            }
            for label in schema.labels() {
                let look = palette.label(&schema, &label.name);
                assert!(contrast(look.on_colour, look.colour) >= 4.5, "{} tab", label.name);
                assert!(contrast(palette.ink, look.strong_tint) >= 4.5, "{} tint", label.name);
                assert!(contrast(look.colour, palette.page) >= 3.0, "{} line", label.name);
            }
        }
    }
}
