//! From messages and commands to what is done.

use super::command::{Command, Motion};
use super::dialog::Dialog;
use super::effect::Effect;
use super::message::{Message, Pane};
use super::mode::Mode;
use super::state::Session;
use super::transferring::Transfer;
use super::verdicts::Verdict;
use crate::corpus::Status;
use crate::review::Topic;
use crate::text::Direction;

impl Session {
    /// Takes a message in and gives back what is to be done outside.
    pub fn update(&mut self, message: Message) -> Vec<Effect> {
        self.make_way_for(&message);
        match message {
            Message::Run(command) => self.run(command),
            Message::RunInList(command) => self.run_in_list(command),
            Message::Click { at, over } => self.click(at, over),
            Message::Caret { at, extend } => self.place_caret(at, extend),
            Message::Drag { anchor, head, snap } => self.drag(anchor, head, snap),
            Message::SelectWord(at) => self.select_word(at),
            Message::SelectSentence(at) => self.select_sentence(at),
            Message::Focus(id) => self.focus(id),
            Message::DragEdge { fragment, edge, to, snap } => {
                self.drag_edge(fragment, edge, to, snap);
            }
            Message::Type(typed) => self.take_typed(&typed),
            Message::EraseTyped => self.erase_typed(),
            Message::WalkMode(direction) => self.walk_mode(direction),
            Message::TakeWalked => self.take_walked(),
            Message::TakeTarget(id) => self.take_target(&id, false),
            Message::ChooseWay(at) => self.choose_way_at(at),
            Message::ShowHints { kind, visible } => self.show_hints(kind, &visible),
            Message::TakeLink(id) => self.take_link(&id),
            Message::SetValue { name, value } => self.set_value(&name, &value),
            Message::DropValue(name) => self.drop_value(&name),
            Message::SetNote { annotation, note } => self.set_note(&annotation, note),
            Message::EndNote => self.history.end_typing(),
            Message::NoteWithout(note) => self.dialog = Some(Dialog::NoteWithout { note }),
            Message::SetQuery(query) => self.set_query(query),
            Message::SearchEverywhere(everywhere) => self.search_everywhere(everywhere),
            Message::CloseSearch => self.close_search(),
            Message::GoToList => self.effects.push(Effect::FocusList),
            Message::GoToRow { row, open } => self.go_to_row(row, open),
            Message::AcceptAs { label, all } => self.accept_as(label, all),
            Message::JudgeAt(at, verdict) => self.judge_at(at, verdict),
            Message::ShowDecided(shown) => self.show_decided(shown),
            Message::CloseList => self.close_list(),
            Message::SearchPalette(typed) => self.search_palette(typed),
            Message::MoveInPalette(at) => self.move_in_palette(at),
            Message::TakeOffer(at) => self.take_offer(at),
            Message::ListSlice(slice) => self.list_slice(*slice),
            Message::GoToStep(count) => self.go_to_step(count),
            Message::SetKeys(command, keys) => self.set_keys(command, keys),
            Message::UsePreset(name) => self.use_preset(&name),
            Message::ResetKeys => self.reset_keys(),
            Message::SetSchema { name, schema } => self.take_edited_schema(name, schema),
            Message::Rename { kind, old, new } => self.rename(kind, &old, &new),
            Message::RemoveName(kind, name) => self.remove_from_schema(kind, &name),
            Message::Found { number, hits, looked_at, unread, finished } => {
                self.found(number, hits, (looked_at, unread), finished);
            }
            Message::Surveyed { number, rows, looked_at, finished } => {
                self.surveyed(number, rows, looked_at, finished);
            }
            Message::Counted { number, statistics, looked_at, unread, finished } => {
                self.counted(number, *statistics, (looked_at, unread), finished);
            }
            Message::Checked { number, findings } => self.checked(number, findings),
            Message::Gathering { number, done, documents } => {
                self.gathering(number, done, documents);
            }
            Message::Gathered { number, documents, problems } => {
                self.gathered(number, documents, &problems);
            }
            Message::KeysLoaded(differences, problem) => self.take_keys(differences, problem),
            Message::Transfer(transfer) => self.transfer(transfer),
            Message::Review(reviewing) => self.review(*reviewing),
            Message::Placing(placing) => self.take_placing(*placing),
            Message::OpenDocument(path) => self.open_document(path),
            Message::ShowSet(annotator) => self.show_set(annotator),
            Message::SetStatus(status) => self.set_status(status),
            Message::Filter(filter) => self.documents.set_filter(filter),
            Message::ShowPane(pane, shown) => self.prefer(|p| p.show(pane, shown)),
            Message::SetDark(dark) => self.prefer(|p| p.dark = Some(dark)),
            Message::SetAnnotator(name) => self.set_annotator(&name),
            Message::OpenFolder { folder, file } => self.open_project(folder, file, false),
            Message::Drop(paths) => self.effects.push(Effect::SortDrop(paths)),
            Message::DropSorted { folders, files } => self.take_drop(folders, files),
            Message::Browse => self.browse(),
            Message::CloseDialog => self.close_dialog(),
            Message::ReturnToArticle => self.effects.push(Effect::FocusArticle),
            Message::CloseRequested => self.request_close(),
            Message::KeepMine => self.keep_mine(),
            Message::WriteRemoved => self.write_removed(),
            Message::LetRemovedBeGone => self.let_removed_be_gone(),
            Message::CloseAnyway => self.effects.push(Effect::Close),
            Message::Browsed(folder) => self.browsed(folder),
            Message::ProjectOpened(opened) => self.project_opened(*opened),
            Message::ProjectFailed(problem) => self.project_failed(&problem),
            Message::DocumentLoaded(loaded) => self.document_loaded(*loaded),
            Message::DocumentFailed(path, problem) => self.document_failed(path, problem),
            Message::ArticlesAdded { project, documents, problems, all } => {
                self.articles_added(project, &documents, &problems, all);
            }
            Message::Summarized { project, annotator, summaries } => {
                self.summarized(&project, &annotator, summaries);
            }
            other => self.take_of_files(other),
        }
        self.keep_to_layout();
        std::mem::take(&mut self.effects)
    }

    /// Takes in what is about files: what was saved, or not, and what others do to them.
    fn take_of_files(&mut self, message: Message) {
        match message {
            Message::Outside(outside) => self.take_outside(*outside),
            Message::Resumed(project, annotator, resumed) => {
                self.resume_later(&project, &annotator, *resumed);
            }
            Message::LeftBehind { project, annotator, left } => {
                self.tell_left_behind(&project, &annotator, left);
            }
            Message::SaveElsewhere(folder) => self.effects.push(Effect::SaveElsewhere(folder)),
            Message::SavedElsewhere(folder, result) => self.saved_elsewhere(&folder, result),
            Message::ReportFound(report) => self.report = Some(report),
            Message::LettersNotShown(letters) => self.warn(format!(
                "No font on this computer has letters such as {letters}. Boxes stand for them, and \
                 can be marked all the same; a font for the language, such as a Noto, shows them"
            )),
            Message::LookAround => self.effects.push(Effect::LookAround),
            Message::GoOn => self.go_on_by_a_piece(),
            Message::JournalFailed(problem) => self.journal_failed(problem),
            Message::JournalKept(file) => self.problems.retain(|problem| problem.path != file),
            Message::SetAside(copy) => self.set_aside(&copy),
            Message::PutBy(receipt, copy) => self.put_by(&receipt, &copy),
            Message::Saved(receipt) => self.saved(&receipt),
            Message::SaveFailed(receipt, error) => self.save_failed(&receipt, error),
            Message::DecisionsLoaded {
                project,
                annotator,
                decisions,
                others,
                annotators,
                problem,
                resumed,
            } => {
                let resumed = (project, annotator, *resumed);
                self.decisions_loaded(resumed, (decisions, others), annotators, problem);
            }
            // All others were taken before.
            _ => {}
        }
    }

    /// What was said last and what letters were for is over, as a message has it.
    fn make_way_for(&mut self, message: &Message) {
        if message.is_gesture() {
            self.notice = None;
            if let Some(search) = self.search.as_mut() {
                search.forget_warning();
            }
        }
        if message.ends_mode() {
            self.mode = None;
        }
    }

    /// Says at a key or a button what it would do and why it cannot, if it cannot.
    pub(super) fn run(&mut self, command: Command) {
        // While a hint or a target is looked for, keys that go over the screen only
        // scroll, and hints are put on what comes into view.
        if let (Some(mode), Command::Move { motion: Motion::Layout(motion), .. }) =
            (&self.mode, command)
        {
            self.effects.push(Effect::Scroll(motion));
            if let Mode::Hinting(hinting) = mode {
                self.effects.push(Effect::LookForHints(hinting.kind));
            }
            return;
        }
        if self.mode.is_some() && command.ends_mode() && self.end_mode_for(command) {
            return;
        }
        if let Err(reason) = self.available(command) {
            self.warn(reason);
            return;
        }
        match command {
            Command::Move { motion, extend } => self.move_caret(motion, extend),
            Command::Expand => self.expand(),
            Command::Shrink => self.shrink(),
            Command::SelectAll => self.select_all(),
            Command::Copy => self.copy(),
            Command::Tag(label) => self.tag(label),
            Command::AddFragment => self.add_fragment(),
            Command::RemoveFragment => self.remove_fragment(),
            Command::NextFragment => self.step_fragment(Direction::On),
            Command::PreviousFragment => self.step_fragment(Direction::Back),
            Command::MoveEdge { edge, unit, direction } => self.move_edge(edge, unit, direction),
            Command::Remove => self.remove(),
            Command::NextAnnotation => self.walk(Direction::On),
            Command::PreviousAnnotation => self.walk(Direction::Back),
            Command::FocusUnderCaret => self.focus_under_caret(),
            Command::LetGo => self.let_go(),
            Command::NextDocument => self.step_document(Direction::On),
            Command::PreviousDocument => self.step_document(Direction::Back),
            Command::DoneAndNext => self.settle_and_next(Status::Done),
            Command::SkipAndNext => self.settle_and_next(Status::Skipped),
            Command::Reopen => self.set_status(Status::InProgress),
            Command::ShowNextSet => self.show_next_set(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Save => self.save_now(),
            Command::ToggleSnap => self.prefer(|p| p.snap = !p.snap),
            Command::ToggleTheme => self.effects.push(Effect::ToggleTheme),
            Command::ToggleDocuments => self.effects.push(Effect::TogglePane(Pane::Documents)),
            Command::ToggleInspector => self.effects.push(Effect::TogglePane(Pane::Annotations)),
            Command::ZoomIn => self.prefer(|p| p.zoom_by(1.0)),
            Command::ZoomOut => self.prefer(|p| p.zoom_by(-1.0)),
            Command::ZoomReset => self.prefer(|p| p.zoom = 1.0),
            Command::FilterDocuments => self.effects.push(Effect::FocusFilter),
            Command::NextPane => self.effects.push(Effect::CyclePane(Direction::On)),
            Command::PreviousPane => self.effects.push(Effect::CyclePane(Direction::Back)),
            Command::Quit => self.request_close(),
            Command::Hint(kind) => self.effects.push(Effect::LookForHints(kind)),
            Command::Link => self.start_link(),
            Command::NextLink => self.step_link(Direction::On),
            Command::PreviousLink => self.step_link(Direction::Back),
            Command::FollowLink => self.follow_link(),
            Command::RelabelLink => self.relabel_link(),
            Command::RemoveLink => self.remove_link(),
            Command::ToggleFolded => self.toggle_folded(),
            Command::Cycle { attribute, direction } => self.cycle(attribute, direction),
            Command::EditNote => self.effects.push(Effect::FocusNote),
            Command::ToggleDiscuss => self.toggle_discuss(),
            Command::Find => self.open_search(false),
            Command::FindEverywhere => self.open_search(true),
            Command::NextMatch => self.step_match(Direction::On),
            Command::PreviousMatch => self.step_match(Direction::Back),
            Command::TagEverywhere => self.tag_everywhere(),
            Command::Accept => self.accept(None),
            Command::AcceptAll => self.accept_all(None),
            Command::Reject => self.reject(),
            Command::Undecide => self.judge(None::<Verdict>),
            Command::Apply => self.apply_verdicts(),
            Command::NextProblem => self.step_problem(Direction::On),
            Command::PreviousProblem => self.step_problem(Direction::Back),
            Command::Mend(way) => self.mend(way),
            Command::Intend => self.intend(),
            Command::ListProblems => self.list_problems_here(),
            Command::ListProjectProblems => self.list_everywhere(Topic::Checks),
            Command::ListDiscussed => self.list_everywhere(Topic::Discussion),
            Command::ToggleList => self.toggle_list(),
            Command::Palette
            | Command::Export
            | Command::Import
            | Command::ShowStatistics
            | Command::ShowHistory
            | Command::ChangeKeys
            | Command::EditSchema
            | Command::ShowKeys
            | Command::OpenFolder
            | Command::ChangeAnnotator => self.open_sheet(command),
            Command::AdoptNames => self.adopt(),
            Command::CancelWork => self.cancel_work(),
            other => self.run_resuming(other),
        }
        if command == Command::ToggleSnap {
            let state = if self.preferences.snap { "whole words" } else { "single characters" };
            self.say(format!("The mouse selects {state}"));
        }
    }
}

impl Session {
    /// Opens the sheet that a command is for.
    fn open_sheet(&mut self, command: Command) {
        self.dialog = match command {
            Command::Palette => {
                self.search_palette(String::new());
                Some(Dialog::Palette)
            }
            Command::Export => return self.open_export(),
            Command::Import => return self.open_import(),
            Command::ShowStatistics => return self.show_statistics(),
            Command::ShowHistory => Some(Dialog::History),
            Command::ChangeKeys => Some(Dialog::ChangeKeys),
            Command::EditSchema => Some(Dialog::Schema { error: None }),
            Command::ShowKeys => Some(Dialog::Keys),
            Command::OpenFolder => Some(Dialog::OpenFolder),
            Command::ChangeAnnotator => Some(Dialog::Annotator { error: None }),
            _ => return,
        };
    }

    fn transfer(&mut self, transfer: Transfer) {
        match transfer {
            Transfer::SetExport(choice) => self.set_export(*choice),
            Transfer::SetExportFolder(folder) => self.set_export_folder(folder),
            Transfer::WriteExport => self.write_export(),
            Transfer::ExportGoes(number, progress) => self.export_goes(number, progress),
            Transfer::ExportDone(number, result) => self.export_done(number, result),
            Transfer::SetImport(choice) => self.set_import(*choice),
            Transfer::LookAtImport => self.look_at_import(),
            Transfer::WriteImport => self.write_import(),
            Transfer::Stop => self.stop_transfer(),
            Transfer::ImportGoes(number, progress) => self.import_goes(number, progress),
            Transfer::ImportDone(number, result) => self.import_done(number, result),
            Transfer::ShowFolder(folder) => self.effects.push(Effect::ShowFolder(folder)),
            Transfer::FolderNotShown(words) => self.warn(words),
        }
    }
}

impl Message {
    /// Whether the person did this, so that the last answer is out of date.
    fn is_gesture(&self) -> bool {
        match self {
            Self::Transfer(transfer) => return transfer.is_gesture(),
            Self::Review(reviewing) => return reviewing.is_gesture(),
            Self::Placing(placing) => return placing.is_gesture(),
            _ => {}
        }
        !matches!(
            self,
            Self::Browsed(_)
                | Self::ShowHints { .. }
                | Self::Found { .. }
                | Self::Surveyed { .. }
                | Self::Counted { .. }
                | Self::Checked { .. }
                | Self::Gathering { .. }
                | Self::Gathered { .. }
                | Self::DecisionsLoaded { .. }
                | Self::JournalFailed(_)
                | Self::JournalKept(_)
                | Self::Outside(_)
                | Self::Resumed(..)
                | Self::SavedElsewhere(..)
                | Self::ReportFound(_)
                | Self::LettersNotShown(_)
                | Self::LookAround
                | Self::GoOn
                | Self::KeysLoaded(..)
                | Self::EndNote
                | Self::NoteWithout(_)
                | Self::DropSorted { .. }
                | Self::ProjectOpened(_)
                | Self::ProjectFailed(_)
                | Self::DocumentLoaded(_)
                | Self::DocumentFailed(..)
                | Self::ArticlesAdded { .. }
                | Self::Summarized { .. }
                | Self::LeftBehind { .. }
                | Self::Saved(_)
                | Self::SetAside(_)
                | Self::PutBy(..)
                | Self::SaveFailed(..)
                | Self::Caret { .. }
        )
    }

    /// Whether letters are for commands again after it.
    fn ends_mode(&self) -> bool {
        matches!(
            self,
            Self::Click { .. }
                | Self::Caret { .. }
                | Self::Drag { .. }
                | Self::SelectWord(_)
                | Self::SelectSentence(_)
                | Self::Focus(_)
                | Self::DragEdge { .. }
                | Self::OpenDocument(_)
                | Self::ShowSet(_)
                | Self::GoToRow { .. }
                | Self::ProjectOpened(_)
                | Self::DocumentLoaded(_)
        )
    }
}

impl Command {
    /// Whether letters are for commands again after it.
    fn ends_mode(self) -> bool {
        !matches!(
            self,
            Self::ToggleTheme
                | Self::ToggleDocuments
                | Self::ToggleInspector
                | Self::ToggleList
                | Self::ToggleSnap
                | Self::ZoomIn
                | Self::ZoomOut
                | Self::ZoomReset
                | Self::ShowKeys
                | Self::Save
        )
    }
}
