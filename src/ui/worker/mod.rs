//! Carries out a session's effects on files, off the frame.

mod desk;
mod scan;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use self::desk::Desk;
use self::scan::Scanner;
use crate::session::{Effect, Message};
use crate::storage::SaveError;

/// How long after a failure it is tried again to save.
const RETRY: Duration = Duration::from_secs(2);

/// Where effects on files go, and their outcomes come from.
pub struct Work {
    mode: Mode,
    results: Receiver<Message>,
}

enum Mode {
    Threads {
        jobs: Option<Sender<Effect>>,
        thread: Option<JoinHandle<()>>,
        scanner: Scanner,
        /// For what cannot be done because the thread has ended.
        lost: Sender<Message>,
    },
    Inline {
        desk: Desk,
        sender: Sender<Message>,
    },
}

impl Work {
    /// Works in threads of its own. `wake` is called when there is an outcome.
    pub fn in_threads(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (results_in, results) = mpsc::channel();
        let (jobs, inbox) = mpsc::channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let scanner = Scanner::new(results_in.clone(), wake.clone());
        let lost = results_in.clone();
        let thread = std::thread::spawn(move || {
            let mut desk = Desk::default();
            let mut report = |message| {
                // Nobody listens any more when the window has closed.
                let _ = results_in.send(message);
                wake();
            };
            serve(&mut desk, &inbox, &mut report);
        });
        let mode = Mode::Threads { jobs: Some(jobs), thread: Some(thread), scanner, lost };
        Self { mode, results }
    }

    /// Works at once, where it is called: for tests, which then need not wait.
    pub fn inline() -> Self {
        let (sender, results) = mpsc::channel();
        Self { mode: Mode::Inline { desk: Desk::default(), sender }, results }
    }

    /// Takes an effect on.
    pub fn submit(&mut self, effect: Effect) {
        match (&mut self.mode, effect) {
            (
                Mode::Threads { scanner, .. },
                Effect::Summarize { project, documents, annotator },
            ) => {
                scanner.start(project, documents, annotator);
            }
            (Mode::Threads { jobs: Some(jobs), lost, .. }, effect) => {
                // The thread ends only by a fault of this program.
                if let Err(SendError(Effect::Save { receipt, .. })) = jobs.send(effect) {
                    let words = "the part of Tandai that saves has failed; please copy your last \
                                 changes and start again";
                    let error = SaveError::Io(words.to_owned());
                    let _ = lost.send(Message::SaveFailed(receipt, error));
                }
            }
            (Mode::Threads { jobs: None, .. }, _) => {}
            (Mode::Inline { desk, sender }, effect) => {
                let mut report = |message| {
                    let _ = sender.send(message);
                };
                if let Effect::Summarize { project, documents, annotator } = effect {
                    report(scan::look_at(&project, &documents, &annotator));
                } else {
                    desk.take(effect, &mut report);
                    desk.save_all(&mut report);
                }
            }
        }
    }

    /// The outcomes since this was last asked.
    pub fn outcomes(&self) -> Vec<Message> {
        self.results.try_iter().collect()
    }
}

impl Drop for Work {
    /// Waits until everything that was taken on is done.
    fn drop(&mut self) {
        if let Mode::Threads { jobs, thread, scanner, .. } = &mut self.mode {
            scanner.stop();
            jobs.take();
            if let Some(thread) = thread.take() {
                let _ = thread.join();
            }
        }
    }
}

/// Takes jobs until the window is gone. Saves that follow each other closely
/// become one; saves that failed are tried again.
fn serve(desk: &mut Desk, inbox: &Receiver<Effect>, report: &mut dyn FnMut(Message)) {
    loop {
        let next = if desk.has_unsaved() {
            inbox.recv_timeout(RETRY)
        } else {
            inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(effect) => {
                desk.take(effect, report);
                while let Ok(effect) = inbox.try_recv() {
                    desk.take(effect, report);
                }
                desk.save_all(report);
            }
            Err(RecvTimeoutError::Timeout) => desk.save_all(report),
            Err(RecvTimeoutError::Disconnected) => {
                desk.save_all(report);
                return;
            }
        }
    }
}
