//! What is marked up again, blind.

use egui::{DragValue, Key, RichText, Role, Ui, WidgetInfo};

use super::{heading, set_width};
use crate::session::{AgainChoice, Message, Reviewing, Session, counted};
use crate::ui::parts::select_all;
use crate::ui::theme::palette;

pub(super) fn show(
    ui: &mut Ui,
    session: &Session,
    error: Option<&str>,
    messages: &mut Vec<Message>,
) {
    set_width(ui, 540.0);
    let Some(again) = session.again() else { return };
    let colours = palette(ui.ctx());
    heading(ui, "Mark up again, blind", messages);
    let name = session.person().second_pass();
    let name = name.map(|name| name.to_string()).unwrap_or_default();
    ui.label(format!(
        "Articles that you have done come up a second time, without what you marked then or what \
         others did. What you mark now is kept as {name}; the agreement of the two shows how far \
         you agree with yourself. The steps so far can be undone when you are back.",
    ));
    ui.add_space(6.0);
    let mut choice = again.choice.clone();
    let numbers = ui.horizontal_wrapped(|ui| {
        ui.label("Done at least");
        let days = ui.add(DragValue::new(&mut choice.days).range(0..=3_650));
        days.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Days ago, at least"));
        ui.label("days ago; at most");
        let articles = ui.add(DragValue::new(&mut choice.articles).range(1..=100_000));
        articles.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, "Articles at most"));
        ui.label("articles");
        [(days, choice.days.to_string()), (articles, choice.articles.to_string())]
    });
    if choice != again.choice {
        messages.push(Reviewing::ChooseAgain(AgainChoice { ..choice }).into());
    }
    ui.add_space(4.0);
    let articles = again.articles().len();
    let words = match &again.done {
        None => "Looking at what is done…".to_owned(),
        Some(done) => format!(
            "{} come up: {} begun a second time before, {} done and not marked up again yet.",
            counted(articles, "article"),
            again.begun.len(),
            done.len()
        ),
    };
    ui.label(RichText::new(words).color(colours.soft));
    let words = "How long ago is told by when the file was written last; what git has just copied \
                 counts as new.";
    ui.label(RichText::new(words).color(colours.soft));
    if let Some(error) = error {
        ui.colored_label(colours.warning, error);
    }
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        let begin = ui.add_enabled(articles > 0, egui::Button::new("Begin"));
        // Enter in a number takes it, and one goes on; what can be begun is known after a while.
        let is_enter = ui.input(|input| input.key_pressed(Key::Enter));
        let entered = numbers.inner.iter().find(|(number, _)| is_enter && number.lost_focus());
        let has_nothing = again.done.is_some() && ui.memory(|memory| memory.focused().is_none());
        if entered.is_some() || has_nothing {
            let [days, _] = &numbers.inner;
            let (number, value) = entered.unwrap_or(days);
            if articles > 0 {
                begin.request_focus();
            } else {
                number.request_focus();
                select_all(ui, number.id, value);
            }
        }
        if begin.clicked() {
            messages.push(Reviewing::BeginAgain.into());
        }
        if ui.button("Cancel").clicked() {
            messages.push(Message::CloseDialog);
        }
    });
}
