use egui::{Context, Event};

/// Whether the window has the focus.
#[derive(Default)]
pub(super) struct Presence {
    is_away: bool,
}

impl Presence {
    /// Whether the person comes back in this frame. That the window has the focus first is not
    /// coming back.
    pub(super) fn comes_back(&mut self, context: &Context) -> bool {
        let mut comes_back = false;
        context.input(|input| {
            for event in &input.events {
                if let Event::WindowFocused(focused) = event {
                    comes_back |= *focused && self.is_away;
                    self.is_away = !focused;
                }
            }
        });
        comes_back
    }
}
