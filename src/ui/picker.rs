use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};

use super::app::FolderPicker;

/// The system's own folder dialog.
///
/// It is waited for in a thread of its own: a desktop whose dialog service is
/// dead never answers, and the window must not wait for it.
pub struct SystemPicker;

impl FolderPicker for SystemPicker {
    fn pick(&self, frame: &eframe::Frame, context: &egui::Context) -> Receiver<Option<PathBuf>> {
        let (sender, answer) = mpsc::channel();
        let context = context.clone();
        // Made here because a Mac wants dialogs made where the window is drawn.
        let dialog = rfd::AsyncFileDialog::new()
            .set_title("Open a folder of articles")
            .set_parent(frame)
            .pick_folder();
        std::thread::spawn(move || {
            let picked = pollster::block_on(dialog).map(|handle| handle.path().to_path_buf());
            // Nobody listens any more when the window has closed.
            let _ = sender.send(picked);
            context.request_repaint();
        });
        answer
    }
}
