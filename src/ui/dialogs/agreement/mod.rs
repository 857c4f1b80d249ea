//! How far annotators agree: figures by label, what is called what, and by article.

mod articles;
mod confusion;
mod figures;
mod grid;

use egui::{Id, Key, ProgressBar, RichText, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};

use self::articles::Articles;
use self::grid::Grid;
use super::{set_width, tabs};
use crate::corpus::Annotator;
use crate::review::{Agreement, Whose};
use crate::session::{Agreeing, Command, Message, Reviewing, Session};
use crate::ui::list::names;
use crate::ui::parts::{choices, command_button, focus_ring, text_line, toggles, unread_ui};
use crate::ui::theme::palette;

/// Room between what is shown and the frame that has the keyboard, in points.
const INSIDE: Vec2 = vec2(5.0, 4.0);

/// The choice of all pairs together. Nobody is called so: no name begins with a blank.
const EVERYONE: &str = " all pairs ";

/// A page of the sheet.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
enum Page {
    #[default]
    Figures,
    Confusion,
    Articles,
}

impl Page {
    const ALL: [(Self, &'static str, Key); 3] = [
        (Self::Figures, "Figures", Key::Num1),
        (Self::Confusion, "What is called what", Key::Num2),
        (Self::Articles, "By article", Key::Num3),
    ];
}

/// What the sheet shows, and where one is in it. Kept when it is closed, so that one
/// comes back from a list to the figure that was pressed.
#[derive(Default)]
pub(super) struct AgreementSheet {
    page: Page,
    /// Whose figures; of all pairs without one.
    pair: Option<usize>,
    /// The cell that the arrow keys are on.
    cursor: (usize, usize),
    articles: Articles,
    /// Where a report is to be written, as it is typed.
    file: Option<String>,
    /// Whether the figures get the keyboard as soon as they are there.
    wants_keyboard: bool,
}

impl AgreementSheet {
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        fresh: bool,
        messages: &mut Vec<Message>,
    ) {
        set_width(ui, 1060.0);
        let Some(agreeing) = session.agreeing() else { return };
        self.wants_keyboard |= fresh;
        let top = ui.cursor().top();
        self.tabs_ui(ui, messages);
        who_ui(ui, session, agreeing, messages);
        state_ui(ui, session, agreeing, messages);
        let Some(agreement) = agreeing.agreement.clone() else {
            // The room that the figures will take.
            ui.add_space(200.0);
            return;
        };
        let pairs = agreement.pairs().len();
        self.pair = if pairs == 1 { Some(0) } else { self.pair.filter(|pair| *pair < pairs) };
        self.pair_ui(ui, &agreement);
        ui.add_space(4.0);
        let report = 40.0;
        let used = ui.cursor().top() - top;
        let room = (ui.ctx().content_rect().height() - 76.0 - used - report).max(120.0);
        let size = vec2(ui.available_width(), room);
        let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
        let id = Id::unique("agreement");
        let response = ui.interact(whole, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::List, true, "Agreement"));
        if std::mem::take(&mut self.wants_keyboard) {
            response.request_focus();
        }
        if response.has_focus() {
            focus_ring(ui.painter(), palette(ui.ctx()), whole.expand(3.0));
            for (page, _, key) in Page::ALL {
                if ui.input(|input| input.key_pressed(key)) {
                    self.turn_to(page);
                }
            }
        }
        let focused = response.has_focus();
        let inside = whole.shrink2(INSIDE);
        let mut child = ui.new_child(UiBuilder::new().max_rect(inside));
        let figures = (&*agreement, agreeing.number);
        self.page_ui(&mut child, session, figures, (id, focused), messages);
        self.report_ui(ui, agreeing, messages);
    }

    fn turn_to(&mut self, page: Page) {
        if self.page != page {
            self.page = page;
            self.cursor = (0, 0);
        }
    }

    fn tabs_ui(&mut self, ui: &mut Ui, messages: &mut Vec<Message>) {
        let page = |(page, title, _): &(Page, &str, Key)| ((*title).to_owned(), self.page == *page);
        let pages: Vec<(String, bool)> = Page::ALL.iter().map(page).collect();
        let hints = [("Enter", "list what is behind"), ("1–3", "page")];
        let pressed = tabs(ui, &pages, &hints, messages).and_then(|at| Page::ALL.get(at));
        if let Some((page, ..)) = pressed {
            self.turn_to(*page);
        }
    }

    /// Whose figures, where there are several pairs.
    fn pair_ui(&mut self, ui: &mut Ui, agreement: &Agreement) {
        let pairs = agreement.pairs();
        if pairs.len() < 2 {
            return;
        }
        let titles: Vec<String> =
            pairs.iter().map(|(one, other)| format!("{one} – {other}")).collect();
        // What is called what is a question about two.
        let everyone = (self.page != Page::Confusion).then_some(EVERYONE);
        let all: Vec<&str> =
            everyone.into_iter().chain(titles.iter().map(String::as_str)).collect();
        let pair = self.pair.or(everyone.is_none().then_some(0));
        let current = pair.and_then(|pair| titles.get(pair)).map_or(EVERYONE, String::as_str);
        if let Some(picked) = choices(ui, "Pair", &all, current, true) {
            self.pair = titles.iter().position(|title| title == picked);
        }
    }

    fn page_ui(
        &mut self,
        ui: &mut Ui,
        session: &Session,
        (agreement, number): (&Agreement, u64),
        keyboard: (Id, bool),
        messages: &mut Vec<Message>,
    ) {
        let whose = self.pair.map_or(Whose::Everyone, Whose::Pair);
        let grid: Grid = match self.page {
            Page::Figures => figures::grid(agreement, whose),
            Page::Confusion => confusion::grid(agreement, self.pair.unwrap_or_default()),
            Page::Articles => {
                let figures = (agreement, number);
                self.articles.show(ui, session, figures, whose, keyboard, messages);
                return;
            }
        };
        if let Some(shown) = grid.show(ui, session, &mut self.cursor, keyboard) {
            let whose = match self.page {
                // What two call a thing is a question about two.
                Page::Confusion => Whose::Pair(self.pair.unwrap_or_default()),
                _ => whose,
            };
            messages.push(Reviewing::ListBehind(whose, shown).into());
        }
    }

    /// Where a page for others is written.
    fn report_ui(&mut self, ui: &mut Ui, agreeing: &Agreeing, messages: &mut Vec<Message>) {
        let colours = palette(ui.ctx());
        let file = self.file.get_or_insert_with(|| "agreement.html".to_owned());
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let field =
                ui.add(text_line("File of the report", file, |edit| edit.desired_width(360.0)));
            let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if entered {
                field.request_focus();
            }
            let help = "A page for others, in the project's folder or wherever the path says";
            let pressed = ui.button("Write report").on_hover_text(help).clicked();
            if pressed || entered {
                messages.push(Reviewing::WriteReport(file.clone().into()).into());
            }
            match &agreeing.report {
                Some(Ok(file)) => {
                    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
                    ui.label(RichText::new(format!("{name} is written")).color(colours.soft));
                }
                Some(Err(error)) => {
                    ui.label(RichText::new(error).color(colours.warning));
                }
                None => {}
            }
        });
    }
}

/// Who is measured, to be changed.
fn who_ui(ui: &mut Ui, session: &Session, agreeing: &Agreeing, messages: &mut Vec<Message>) {
    let everyone = session.everyone();
    if everyone.len() < 3 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        let among = |one: &Annotator| agreeing.annotators.contains(one);
        let all = everyone.iter().map(|one| (one.as_str(), among(one)));
        if let Some(one) = toggles(ui, "Measure", all).and_then(|at| everyone.get(at)) {
            let mut annotators: std::collections::BTreeSet<Annotator> =
                agreeing.annotators.iter().cloned().collect();
            if !annotators.remove(one) {
                annotators.insert(one.clone());
            }
            messages.push(Reviewing::Measure(annotators).into());
        }
    });
}

/// How far it is, or what was measured.
fn state_ui(ui: &mut Ui, session: &Session, agreeing: &Agreeing, messages: &mut Vec<Message>) {
    let colours = palette(ui.ctx());
    let progress = agreeing.progress;
    ui.horizontal_wrapped(|ui| {
        if progress.running {
            let words = format!("{} of {} articles", progress.looked_at, progress.of);
            ui.label(RichText::new(words).color(colours.ink));
            let done = progress.looked_at as f32 / progress.of.max(1) as f32;
            ui.add(ProgressBar::new(done).desired_width(120.0).desired_height(8.0));
            command_button(ui, session, Command::CancelWork, "Stop", messages);
        }
        if let Some(agreement) = &agreeing.agreement {
            ui.label(RichText::new(totals(agreement)).color(colours.soft));
            unread_ui(ui, &agreeing.unread);
        }
    });
}

fn totals(agreement: &Agreement) -> String {
    let articles = |count: usize| match count {
        1 => "1 article".to_owned(),
        count => format!("{count} articles"),
    };
    let left_out = match agreement.left_out().not_begun {
        0 => String::new(),
        count => format!(" · {} left out, not begun by everyone", articles(count)),
    };
    let several = agreement.annotators().len() > 2;
    let help = if agreement.documents() == 0 && several {
        ". Press the name of whoever has begun none of the others' articles, to leave them out"
    } else {
        ""
    };
    format!(
        "{} · {} · {} tokens{left_out}{help}",
        names(agreement.annotators()),
        articles(agreement.documents()),
        agreement.tokens(),
    )
}
