//! The window's frame: what happened is taken in, then the session is drawn.

mod key_input;
mod presence;
mod timing;

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use self::presence::Presence;
use self::timing::Timing;
use egui::{CentralPanel, Context, Frame, Margin, Panel, Ui, ViewportCommand};

use crate::session::{Effect, Listing, Message, Pane, Session};
use crate::text::Direction;
use crate::ui::appearance;
use crate::ui::article::ArticleView;
use crate::ui::banner;
use crate::ui::dialogs::Dialogs;
use crate::ui::documents::{self, DocumentsPane};
use crate::ui::find_bar::FindBar;
use crate::ui::held_keys::HeldKeys;
use crate::ui::inspector::InspectorPane;
use crate::ui::keys::{presses, set_confirming_apart};
use crate::ui::list::ListPane;
use crate::ui::pacing::Pacing;
use crate::ui::panes::{Panes, in_width};
use crate::ui::theme::palette;
use crate::ui::worker::Work;
use crate::ui::{fonts, status_bar, theme, top_bar};

/// Where the preferences are kept in eframe's storage.
pub const PREFERENCES: &str = "preferences";

/// The longest that the first frame waits for a project: about as long as it takes itself.
const FIRST_PROJECT: Duration = Duration::from_millis(20);

/// The most pixels on a side of the picture that letters are kept in. egui makes it as wide as
/// the system allows, up to 16,384, in memory and once more for the graphics card: a first
/// line of letters took 4 MB. This has room for ten thousand letters of 20 points on a screen
/// of two pixels a point, before those in use are drawn anew.
const TEXTURE_SIDE: usize = 4_096;

/// Asks the person for a folder with the system's own dialog.
pub trait FolderPicker {
    /// Opens the dialog and returns at once; the answer comes later, `None` for
    /// cancelled or not available.
    fn pick(&self, frame: &eframe::Frame, context: &Context) -> Receiver<Option<PathBuf>>;
}

/// The window: draws a session, and carries out its effects.
pub struct App {
    session: Session,
    work: Work,
    picker: Box<dyn FolderPicker>,
    picking: Option<Receiver<Option<PathBuf>>>,
    article: ArticleView,
    documents: DocumentsPane,
    inspector: InspectorPane,
    find_bar: FindBar,
    list: ListPane,
    dialogs: Dialogs,
    panes: Panes,
    may_close: bool,
    /// What had the keyboard when no sheet was open.
    pane_before: Option<egui::Id>,
    /// Whether the keyboard was used since the pointer last moved.
    by_keys: bool,
    /// Whether something was being typed in the frame before: the key that leaves
    /// a field is that field's.
    was_typing: bool,
    /// What the session is told with the next frame.
    next: Option<Message>,
    presence: Presence,
    held_keys: HeldKeys,
    pacing: Pacing,
    timing: Timing,
    title: String,
}

impl App {
    /// The window of a session. `start` is done first, such as opening a project.
    pub fn new(
        context: &Context,
        session: Session,
        work: Work,
        picker: Box<dyn FolderPicker>,
        start: Option<Message>,
    ) -> Self {
        fonts::install(context);
        theme::install(context);
        appearance::apply(context, session.preferences());
        let mut app = Self {
            session,
            work,
            picker,
            picking: None,
            article: ArticleView::default(),
            documents: DocumentsPane::default(),
            inspector: InspectorPane::default(),
            find_bar: FindBar::default(),
            list: ListPane::default(),
            dialogs: Dialogs::default(),
            panes: Panes::default(),
            may_close: false,
            pane_before: None,
            by_keys: false,
            was_typing: false,
            next: None,
            presence: Presence::default(),
            held_keys: HeldKeys::default(),
            pacing: Pacing::default(),
            timing: Timing::since(Instant::now()),
            title: String::new(),
        };
        // There is no window yet for other effects than on files.
        for effect in start.into_iter().flat_map(|start| app.session.update(start)) {
            app.work.submit(effect);
        }
        app
    }

    /// Waits for a moment for the project that is opened first: a frame without it, and
    /// another one with it, would take longer. Called before there is any frame.
    pub fn wait_for_project(&self) {
        self.work.wait_for_project(FIRST_PROJECT);
    }

    /// Says in the log how long it took from here until something could be read.
    pub fn count_from(&mut self, start: Instant) {
        self.timing = Timing::since(start);
    }

    /// Offers the report of a failure in an earlier run.
    pub fn offer_report(&mut self, report: PathBuf) {
        for effect in self.session.update(Message::ReportFound(report)) {
            self.work.submit(effect);
        }
    }

    /// The session that is shown.
    pub fn session(&self) -> &Session {
        &self.session
    }

    fn update(&mut self, context: &Context, frame: &eframe::Frame, message: Message) {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        self.session.tell_time(since.as_secs());
        for effect in self.session.update(message) {
            self.carry_out(context, frame, effect);
        }
    }

    fn carry_out(&mut self, context: &Context, frame: &eframe::Frame, effect: Effect) {
        if effect.hands_keyboard_on() {
            self.pacing.hand_on();
        }
        match effect {
            Effect::LookForHints(kind) => self.article.look_for_hints(kind),
            Effect::Scroll(motion) => self.article.scroll(motion),
            Effect::FocusFind => self.find_bar.take_keyboard(),
            Effect::FocusList => self.list.take_keyboard(),
            Effect::FocusTableFilter => self.list.take_keyboard_for_filter(),
            Effect::FocusNote => {
                self.panes.summon(Pane::Annotations);
                self.inspector.take_keyboard_for_note();
            }
            Effect::Browse => self.picking = Some(self.picker.pick(frame, context)),
            Effect::MoveByLayout { motion, extend } => {
                if let Some(at) = self.article.find(context, &self.session, motion) {
                    self.update(context, frame, Message::Caret { at, extend });
                }
            }
            Effect::Reveal(range) => self.article.reveal(range),
            // A sheet keeps the keyboard until it is closed.
            Effect::FocusArticle if self.session.dialog().is_some() => {
                self.pane_before = Some(ArticleView::id());
            }
            Effect::FocusArticle => {
                self.panes.dismiss();
                self.article.take_keyboard();
            }
            Effect::ReturnFocus => self.focus_pane(self.pane_before),
            Effect::FocusFilter => {
                self.panes.summon(Pane::Documents);
                self.documents.take_keyboard_for_filter();
            }
            Effect::TogglePane(pane) => {
                if let Some(shown) = self.panes.toggle(&self.session, pane) {
                    self.update(context, frame, Message::ShowPane(pane, shown));
                }
            }
            Effect::CyclePane(direction) => self.cycle_pane(context, direction),
            Effect::Copy(text) => context.copy_text(text),
            Effect::GoOn => {
                self.next = Some(Message::GoOn);
                context.request_repaint();
            }
            Effect::ToggleTheme => {
                let dark = context.theme() != egui::Theme::Dark;
                self.update(context, frame, Message::SetDark(dark));
            }
            Effect::ApplyPreferences(preferences) => appearance::apply(context, &preferences),
            Effect::Close => {
                self.may_close = true;
                context.send_viewport_cmd(ViewportCommand::Close);
            }
            // Everything else is about files.
            other => self.work.submit(other),
        }
    }

    /// Takes in what happened elsewhere, also while the window is hidden.
    fn take_in_outcomes(&mut self, context: &Context, frame: &eframe::Frame) {
        // Work that is done at once may lead to more work.
        loop {
            let outcomes = self.work.outcomes();
            if outcomes.is_empty() {
                break;
            }
            for message in outcomes {
                self.update(context, frame, message);
            }
        }
        // Whoever comes back may have done something elsewhere meanwhile.
        if self.presence.comes_back(context) {
            self.update(context, frame, Message::LookAround);
        }
        if let Some(answer) = self.picking.as_ref().map(Receiver::try_recv)
            && answer != Err(TryRecvError::Empty)
        {
            self.picking = None;
            self.update(context, frame, Message::Browsed(answer.ok().flatten()));
        }
        if context.input(|input| input.viewport().close_requested()) && !self.may_close {
            self.update(context, frame, Message::CloseRequested);
            if !self.may_close {
                context.send_viewport_cmd(ViewportCommand::CancelClose);
                // A question must not be asked where it cannot be seen.
                context.send_viewport_cmd(ViewportCommand::Minimized(false));
                context.send_viewport_cmd(ViewportCommand::Focus);
            }
        }
    }

    /// Takes in what was done to the window, other than to widgets.
    fn take_in_input(&mut self, context: &Context, frame: &eframe::Frame) {
        let dropped: Vec<PathBuf> = context.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            self.update(context, frame, Message::Drop(dropped));
        }
        self.heed_pointer_when_it_moves(context);
        let is_free = self.session.dialog().is_none();
        self.take_keys(context, frame);
        // What opens a sheet does not confirm it as well.
        let opens = is_free && self.session.dialog().is_some();
        set_confirming_apart(context, !opens);
    }

    /// A pointer that was left lying must not cover what is worked on by keys.
    fn heed_pointer_when_it_moves(&mut self, context: &Context) {
        let (pressed, moved) = context.input(|input| {
            let pressed = !presses(&input.events).is_empty();
            (pressed, input.pointer.is_moving() || input.pointer.any_down())
        });
        let by_keys = pressed || (self.by_keys && !moved);
        if by_keys != self.by_keys {
            self.by_keys = by_keys;
            theme::show_tooltips(context, !by_keys);
            self.article.heed_pointer(!by_keys);
        }
    }

    fn cycle_pane(&mut self, context: &Context, direction: Direction) {
        let focus = context.memory(egui::Memory::focused);
        let mut panes = vec![ArticleView::id()];
        if self.session.listing().is_some() {
            panes.push(ListPane::id());
        }
        if self.session.held().is_some() {
            panes.push(InspectorPane::id());
        }
        if self.session.project().is_some() {
            panes.push(DocumentsPane::id());
        }
        let at = panes.iter().position(|id| Some(*id) == focus).unwrap_or_default();
        let step = if direction == Direction::On { 1 } else { panes.len() - 1 };
        self.focus_pane(panes.get((at + step) % panes.len()).copied());
    }

    /// Gives a pane the keyboard, and the article where there is no such pane.
    fn focus_pane(&mut self, pane: Option<egui::Id>) {
        match pane {
            Some(id) if id == ListPane::id() && self.session.listing().is_some() => {
                self.list.take_keyboard();
            }
            Some(id) if id == InspectorPane::id() => {
                self.panes.summon(Pane::Annotations);
                self.inspector.take_keyboard();
            }
            Some(id) if id == DocumentsPane::id() => {
                self.panes.summon(Pane::Documents);
                self.documents.take_keyboard();
            }
            _ => {
                self.panes.dismiss();
                self.article.take_keyboard();
            }
        }
    }

    fn draw(&mut self, ui: &mut Ui) -> Vec<Message> {
        let mut messages = Vec::new();
        let colours = palette(ui.ctx());
        let session = &self.session;
        self.panes.set_room(ui.available_width());
        let half = ui.available_width() / 2.0;
        let bar = Frame::new().fill(colours.panel).inner_margin(Margin::symmetric(10, 0));
        Panel::top("top").frame(bar).exact_size(42.0).resizable(false).show(ui, |ui| {
            top_bar::show(ui, session, &mut messages);
        });
        Panel::bottom("bottom").frame(bar).exact_size(30.0).resizable(false).show(ui, |ui| {
            status_bar::show(ui, session, &mut messages);
        });
        let side = Frame::new().fill(colours.panel).inner_margin(Margin::same(10));
        if self.panes.is_shown(session, Pane::Documents) {
            Panel::left("documents")
                .frame(side)
                .default_size(240.0)
                .size_range(160.0..=half.clamp(160.0, 420.0))
                .show(ui, |ui| in_width(ui, |ui| self.documents.show(ui, session, &mut messages)));
        }
        if self.panes.is_shown(session, Pane::Annotations) {
            Panel::right("annotations")
                .frame(side)
                .default_size(290.0)
                .size_range(250.0..=half.clamp(250.0, 480.0))
                .show(ui, |ui| in_width(ui, |ui| self.inspector.show(ui, session, &mut messages)));
        }
        let page = Frame::new().fill(colours.page);
        CentralPanel::default().frame(page).show(ui, |ui| {
            banner::show(ui, session, &mut messages);
            self.find_bar.show(ui, session, &mut messages);
            if session.listing().is_some() {
                let most = (ui.available_height() * 0.7).max(120.0);
                let list = Frame::new().fill(colours.panel).inner_margin(Margin::symmetric(12, 8));
                // A table is worked in; a list is looked at beside the article.
                let (name, share) = match session.listing() {
                    Some(Listing::Table | Listing::Cases) => ("table", 0.5),
                    _ => ("list", 0.4),
                };
                // A height that was right in a lower window, or at another size, is not here.
                let about = (ui.ctx().content_rect().height() / 120.0).round();
                Panel::bottom(egui::Id::unique((name, about.to_bits())))
                    .frame(list)
                    .default_size((ui.available_height() * share).clamp(140.0, 800.0 * share))
                    .size_range(90.0..=most)
                    .show(ui, |ui| self.list.show(ui, session, &mut messages));
            }
            if session.held().is_some() {
                self.article.show(ui, session, &mut messages);
            } else {
                documents::nothing_open_ui(ui, session, &mut messages);
            }
        });
        documents::drop_hint(ui);
        self.dialogs.show(ui, session, &mut messages);
        messages
    }

    /// Keeps the window's title true.
    fn name_window(&mut self, context: &Context) {
        let document = self.session.document().map(|document| document.path.name());
        let project = self.session.project().map(crate::storage::Project::name);
        let parts: Vec<&str> =
            document.into_iter().chain(project.as_deref()).chain(["Tandai"]).collect();
        let title = parts.join(" – ");
        if self.title != title {
            context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, context: &Context, input: &mut egui::RawInput) {
        input.max_texture_side = input.max_texture_side.map(|side| side.min(TEXTURE_SIDE));
        self.held_keys.settle(&mut input.events);
        if self.pacing.pace(&mut input.events, context.text_edit_focused()) {
            context.request_repaint();
        }
    }

    fn logic(&mut self, context: &Context, frame: &mut eframe::Frame) {
        self.timing.begin();
        self.take_in_outcomes(context, frame);
        if let Some(message) = self.next.take() {
            self.update(context, frame, message);
        }
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        let context = ui.ctx().clone();
        self.take_in_input(&context, frame);
        let messages = self.draw(ui);
        if !messages.is_empty() {
            // What they change is drawn with the next frame.
            ui.ctx().request_repaint();
        }
        let had_sheet = self.session.dialog().is_some();
        for message in messages {
            self.update(&context, frame, message);
        }
        if had_sheet != self.session.dialog().is_some() {
            self.pacing.hand_on();
        }
        self.was_typing = context.text_edit_focused();
        if self.session.dialog().is_none() {
            self.pane_before = context.memory(egui::Memory::focused);
        }
        self.name_window(&context);
        self.timing.end(&self.session);
    }

    /// After a crash one begins where one stopped shortly before it.
    fn auto_save_interval(&self) -> Duration {
        Duration::from_secs(5)
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        self.session.remember_place();
        eframe::set_value(storage, PREFERENCES, self.session.preferences());
    }
}
