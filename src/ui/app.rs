use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError};

use egui::{CentralPanel, Frame, Margin, Panel, Ui, ViewportCommand};

use super::article::ArticleView;
use super::banner;
use super::dialogs::Dialogs;
use super::documents::{self, DocumentsPane};
use super::inspector::InspectorPane;
use super::keys::chord_of;
use super::panes::Panes;
use super::theme::palette;
use super::typeset::starts_right_to_left;
use super::work::Work;
use super::{status_bar, top_bar};
use crate::session::{Chord, Dialog, Effect, Message, Pane, Preferences, Scope, Session};
use crate::text::Direction;

/// Where the preferences are kept in eframe's storage.
pub const PREFERENCES: &str = "preferences";

/// Asks the person for a folder with the system's own dialog.
pub trait FolderPicker {
    /// Opens the dialog and returns at once; the answer comes later, `None` for
    /// cancelled or not available.
    fn pick(&self, frame: &eframe::Frame, context: &egui::Context) -> Receiver<Option<PathBuf>>;
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
    dialogs: Dialogs,
    panes: Panes,
    may_close: bool,
    /// Whether the keyboard was used since the pointer last moved.
    by_keys: bool,
    title: String,
}

impl App {
    /// The window of a session. `start` is done first, such as opening a project.
    pub fn new(
        context: &egui::Context,
        session: Session,
        work: Work,
        picker: Box<dyn FolderPicker>,
        start: Option<Effect>,
    ) -> Self {
        super::fonts::install(context);
        super::theme::install(context);
        apply(context, session.preferences());
        let mut app = Self {
            session,
            work,
            picker,
            picking: None,
            article: ArticleView::default(),
            documents: DocumentsPane::default(),
            inspector: InspectorPane::default(),
            dialogs: Dialogs::default(),
            panes: Panes::default(),
            may_close: false,
            by_keys: false,
            title: String::new(),
        };
        if let Some(start) = start {
            app.work.submit(start);
        }
        app
    }

    /// The session that is shown.
    pub fn session(&self) -> &Session {
        &self.session
    }

    fn update(&mut self, ui: &Ui, frame: &eframe::Frame, message: Message) {
        for effect in self.session.update(message) {
            self.carry_out(ui, frame, effect);
        }
    }

    fn carry_out(&mut self, ui: &Ui, frame: &eframe::Frame, effect: Effect) {
        match effect {
            Effect::OpenProject { .. }
            | Effect::LoadDocument { .. }
            | Effect::Summarize { .. }
            | Effect::SortDrop(_)
            | Effect::AddArticles { .. }
            | Effect::Save { .. }
            | Effect::SetAside { .. }
            | Effect::RetrySaves => self.work.submit(effect),
            Effect::Browse => self.picking = Some(self.picker.pick(frame, ui.ctx())),
            Effect::MoveByLayout { motion, extend } => {
                if let Some(at) = self.article.find(ui, &self.session, motion) {
                    self.update(ui, frame, Message::Caret { at, extend });
                }
            }
            Effect::Reveal(range) => self.article.reveal(range),
            Effect::FocusArticle => {
                self.panes.dismiss();
                self.article.take_keyboard();
            }
            Effect::FocusFilter => {
                self.panes.summon(Pane::Documents);
                self.documents.take_keyboard_for_filter();
            }
            Effect::TogglePane(pane) => {
                if let Some(shown) = self.panes.toggle(&self.session, pane) {
                    self.update(ui, frame, Message::ShowPane(pane, shown));
                }
            }
            Effect::CyclePane(direction) => self.cycle_pane(ui, direction),
            Effect::Copy(text) => ui.ctx().copy_text(text),
            Effect::ToggleTheme => {
                let dark = ui.ctx().theme() != egui::Theme::Dark;
                self.update(ui, frame, Message::SetDark(dark));
            }
            Effect::ApplyPreferences(preferences) => apply(ui.ctx(), &preferences),
            Effect::Close => {
                self.may_close = true;
                ui.ctx().send_viewport_cmd(ViewportCommand::Close);
            }
        }
    }

    /// Takes in what happened since the last frame, other than to widgets.
    fn take_in(&mut self, ui: &Ui, frame: &eframe::Frame) {
        // Work that is done at once may lead to more work.
        loop {
            let outcomes = self.work.outcomes();
            if outcomes.is_empty() {
                break;
            }
            for message in outcomes {
                self.update(ui, frame, message);
            }
        }
        if let Some(answer) = self.picking.as_ref().map(Receiver::try_recv)
            && answer != Err(TryRecvError::Empty)
        {
            self.picking = None;
            self.update(ui, frame, Message::Browsed(answer.ok().flatten()));
        }
        let dropped: Vec<PathBuf> = ui.input(|input| {
            input.raw.dropped_files.iter().map(|file| file.path().to_path_buf()).collect()
        });
        if !dropped.is_empty() {
            self.update(ui, frame, Message::Drop(dropped));
        }
        if ui.input(|input| input.viewport().close_requested()) && !self.may_close {
            self.update(ui, frame, Message::CloseRequested);
            if !self.may_close {
                ui.ctx().send_viewport_cmd(ViewportCommand::CancelClose);
            }
        }
        self.heed_pointer_when_it_moves(ui);
        self.take_keys(ui, frame);
    }

    /// A pointer that was left lying must not cover what is worked on by keys.
    fn heed_pointer_when_it_moves(&mut self, ui: &Ui) {
        let (pressed, moved) = ui.input(|input| {
            let pressed = input.events.iter().any(|event| chord_of(event).is_some());
            (pressed, input.pointer.is_moving() || input.pointer.any_down())
        });
        let by_keys = pressed || (self.by_keys && !moved);
        if by_keys != self.by_keys {
            self.by_keys = by_keys;
            super::theme::show_tooltips(ui.ctx(), !by_keys);
            self.article.heed_pointer(!by_keys);
        }
    }

    /// Runs the commands of the keys that were pressed.
    fn take_keys(&mut self, ui: &Ui, frame: &eframe::Frame) {
        let chords: Vec<_> = ui.input(|input| input.events.iter().filter_map(chord_of).collect());
        let typing = ui.ctx().text_edit_focused();
        let focus = ui.memory(egui::Memory::focused);
        let in_article = focus.is_none_or(|id| id == ArticleView::id());
        // Where a button has the keyboard, Enter and the arrows are the button's.
        let in_pane = in_article
            || focus.is_some_and(|id| id == InspectorPane::id() || id == DocumentsPane::id());
        for chord in chords {
            let chord = if in_article { self.along_the_text(chord) } else { chord };
            let Some(entry) = self.session.keymap().entry_of_chord(chord) else { continue };
            let (command, scope) = (entry.command, entry.scope);
            if self.session.dialog().is_some() {
                let toggles = self.session.dialog() == Some(&Dialog::Keys)
                    && command == crate::session::Command::ShowKeys;
                if toggles {
                    self.update(ui, frame, Message::CloseDialog);
                }
                continue;
            }
            let here = match scope {
                Scope::Anywhere => !(typing && chord.writes()),
                Scope::Window => !typing && in_pane,
                Scope::Article => in_article && !typing,
            };
            if here {
                self.update(ui, frame, Message::Run(command));
            }
        }
    }

    /// The arrows point where the caret goes on the screen: in a paragraph that
    /// runs from right to left, left is onward.
    fn along_the_text(&self, chord: Chord) -> Chord {
        let rtl = || {
            let text = &self.session.document()?.text;
            let (_, paragraph) = text.block_around(self.session.selection().head);
            Some(starts_right_to_left(paragraph))
        };
        let key = match chord.key {
            "Left" => "Right",
            "Right" => "Left",
            _ => return chord,
        };
        if rtl().unwrap_or_default() { Chord { key, ..chord } } else { chord }
    }

    fn cycle_pane(&mut self, ui: &Ui, direction: Direction) {
        let focus = ui.memory(egui::Memory::focused);
        let panes = [ArticleView::id(), InspectorPane::id(), DocumentsPane::id()];
        let at = panes.iter().position(|id| Some(*id) == focus).unwrap_or_default();
        let step = if direction == Direction::On { 1 } else { panes.len() - 1 };
        match (at + step) % panes.len() {
            1 if self.session.held().is_some() => {
                self.panes.summon(Pane::Annotations);
                self.inspector.take_keyboard();
            }
            2 if self.session.project().is_some() => {
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
            status_bar::show(ui, session);
        });
        let side = Frame::new().fill(colours.panel).inner_margin(Margin::same(10));
        if self.panes.is_shown(session, Pane::Documents) {
            Panel::left("documents")
                .frame(side)
                .default_size(240.0)
                .size_range(160.0..=half.clamp(160.0, 420.0))
                .show(ui, |ui| self.documents.show(ui, session, &mut messages));
        }
        if self.panes.is_shown(session, Pane::Annotations) {
            Panel::right("annotations")
                .frame(side)
                .default_size(290.0)
                .size_range(180.0..=half.clamp(180.0, 480.0))
                .show(ui, |ui| self.inspector.show(ui, session, &mut messages));
        }
        let page = Frame::new().fill(colours.page);
        CentralPanel::default().frame(page).show(ui, |ui| {
            banner::show(ui, session);
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
    fn name_window(&mut self, ui: &Ui) {
        let document = self.session.document().map(|document| document.path.name());
        let project = self.session.project().map(crate::storage::Project::name);
        let parts: Vec<&str> =
            document.into_iter().chain(project.as_deref()).chain(["Tandai"]).collect();
        let title = parts.join(" – ");
        if self.title != title {
            ui.ctx().send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }
}

impl eframe::App for App {
    fn ui(&mut self, ui: &mut Ui, frame: &mut eframe::Frame) {
        self.take_in(ui, frame);
        let messages = self.draw(ui);
        if !messages.is_empty() {
            // What they change is drawn with the next frame.
            ui.ctx().request_repaint();
        }
        for message in messages {
            self.update(ui, frame, message);
        }
        self.name_window(ui);
    }

    fn save(&mut self, storage: &mut dyn eframe::Storage) {
        eframe::set_value(storage, PREFERENCES, self.session.preferences());
    }
}

fn apply(context: &egui::Context, preferences: &Preferences) {
    context.set_theme(match preferences.dark {
        Some(true) => egui::ThemePreference::Dark,
        Some(false) => egui::ThemePreference::Light,
        None => egui::ThemePreference::System,
    });
    // Where the system does not say (Linux), a page is paper.
    context.options_mut(|options| options.fallback_theme = egui::Theme::Light);
    context.set_zoom_factor(preferences.zoom);
}
