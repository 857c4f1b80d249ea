//! The ends of the focused annotation's links that are not on the screen, named
//! at the edge that they lie beyond.

use egui::{Align2, Area, Frame, Id, Margin, Order, Rect, RichText, Ui, vec2};

use crate::session::{Message, Session, other_end};
use crate::text::Offset;
use crate::ui::theme::palette;

/// The most that are named at one edge.
const MOST: usize = 3;
/// The height of a name with what is below it, in points, and the most that names at one edge
/// take of the page: it is to be read.
const NAME: f32 = 27.0;
const SHARE: f32 = 0.2;
/// More characters of a quote than there is room for.
const QUOTE: usize = 34;

/// Names them, above and below what is shown of the text.
pub(super) fn show(
    ui: &Ui,
    session: &Session,
    page: Rect,
    visible: &std::ops::Range<Offset>,
    messages: &mut Vec<Message>,
) {
    let (Some(focused), Some(set), Some(document)) =
        (session.focused(), session.shown_set(), session.document())
    else {
        return;
    };
    if session.is_folded() || session.mode().is_some() || session.dialog().is_some() {
        return;
    }
    let mut above = Vec::new();
    let mut below = Vec::new();
    for link in session.links() {
        let Some(other) = set.annotation(other_end(link, &focused.id)) else { continue };
        let extent = other.fragments.extent();
        let title = session.relation_title(&link.label);
        let quote = other.quote_start(&document.text, QUOTE);
        let outgoing = link.from == focused.id;
        let words = if outgoing {
            format!("{title} “{quote}”")
        } else {
            format!("“{quote}” {title} this")
        };
        if extent.end <= visible.start {
            above.push((link.id.clone(), other.id.clone(), words));
        } else if extent.start >= visible.end {
            below.push((link.id.clone(), other.id.clone(), words));
        }
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few names")]
    let most = ((page.height() * SHARE / NAME) as usize).clamp(1, MOST);
    let edges = [
        ("above", "↑", above, Align2::RIGHT_TOP, page.right_top() + vec2(-14.0, 6.0)),
        ("below", "↓", below, Align2::RIGHT_BOTTOM, page.right_bottom() + vec2(-14.0, -6.0)),
    ];
    for (name, arrow, ends, pivot, at) in edges {
        if ends.is_empty() {
            continue;
        }
        let colours = palette(ui.ctx());
        let area = Area::new(Id::unique(("links", name))).order(Order::Middle);
        area.pivot(pivot).fixed_pos(at).constrain_to(page).show(ui.ctx(), |ui| {
            ui.spacing_mut().item_spacing.y = 3.0;
            for (link, other, words) in ends.iter().take(most) {
                let text = RichText::new(format!("{arrow} {words}")).size(11.5).color(colours.ink);
                let response = ui.button(text).on_hover_text("Go there");
                if response.clicked() {
                    messages.push(Message::Focus(other.clone()));
                    messages.push(Message::TakeLink(link.clone()));
                }
            }
            let more = ends.len().saturating_sub(most);
            if more > 0 {
                let words = format!("and {more} more {name}");
                let frame = Frame::new().fill(colours.page).corner_radius(4.0);
                frame.inner_margin(Margin::symmetric(5, 1)).show(ui, |ui| {
                    ui.label(RichText::new(words).size(11.5).color(colours.soft));
                });
            }
        });
    }
}
