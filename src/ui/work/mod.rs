//! Carries out a session's effects on files, off the frame.

mod desk;
mod scan;

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::JoinHandle;
use std::time::Duration;

use self::desk::Desk;
use self::scan::Scanner;
use crate::session::{Effect, Message};

/// How long after a failure it is tried again to save.
const RETRY: Duration = Duration::from_secs(2);

/// Where effects on files go, and their outcomes come from.
pub struct Work {
    mode: Mode,
    results: Receiver<Message>,
}

enum Mode {
    Threads { jobs: Option<Sender<Effect>>, thread: Option<JoinHandle<()>>, scanner: Scanner },
    Inline { desk: Desk, sender: Sender<Message> },
}

impl Work {
    /// Works in threads of its own. `wake` is called when there is an outcome.
    pub fn in_threads(wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (results_in, results) = mpsc::channel();
        let (jobs, inbox) = mpsc::channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let scanner = Scanner::new(results_in.clone(), wake.clone());
        let thread = std::thread::spawn(move || {
            let mut desk = Desk::default();
            let mut report = |message| {
                // Nobody listens any more when the window has closed.
                let _ = results_in.send(message);
                wake();
            };
            serve(&mut desk, &inbox, &mut report);
        });
        let mode = Mode::Threads { jobs: Some(jobs), thread: Some(thread), scanner };
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
            (Mode::Threads { jobs: Some(jobs), .. }, effect) => {
                if jobs.send(effect).is_err() {
                    log::error!("the thread that saves has ended");
                }
            }
            (Mode::Threads { jobs: None, .. }, _) => {}
            (Mode::Inline { desk, sender }, effect) => {
                let mut report = |message| {
                    let _ = sender.send(message);
                };
                if let Effect::Summarize { project, documents, annotator } = effect {
                    report(Message::Summarized(scan::look_at(&project, &documents, &annotator)));
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
        if let Mode::Threads { jobs, thread, scanner } = &mut self.mode {
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
