//! Carries out a session's effects on files, off the frame.

mod comparing;
mod counting;
mod desk;
mod gathering;
mod measuring;
mod reporting;
mod scan;
mod transfers;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender, TryRecvError};
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
        scanners: Box<Scanners>,
        /// For what cannot be done because the thread has ended.
        lost: Sender<Message>,
    },
    Inline {
        desk: Desk,
        sender: Sender<Message>,
    },
}

/// One for each kind of looking, so that none stops another.
struct Scanners {
    list: Scanner,
    find: Scanner,
    check: Scanner,
    count: Scanner,
    compare: Scanner,
    measure: Scanner,
    report: Scanner,
    /// Looks at exports and imports, which a change of what is chosen stops.
    peek: Scanner,
    transfer: Scanner,
}

impl Scanners {
    /// The one that an effect is for.
    fn of(&self, effect: &Effect) -> Option<&Scanner> {
        match effect {
            Effect::Summarize { .. } => Some(&self.list),
            Effect::Find { .. } | Effect::Survey { .. } => Some(&self.find),
            Effect::Check { .. } => Some(&self.check),
            Effect::Count { .. } => Some(&self.count),
            Effect::Compare { .. } => Some(&self.compare),
            Effect::Measure { .. } => Some(&self.measure),
            Effect::WriteReport { .. } => Some(&self.report),
            Effect::Export { folder: None, .. } | Effect::ShowFolder(_) => Some(&self.peek),
            Effect::Import { job, .. } if job.look_only => Some(&self.peek),
            Effect::Export { .. } | Effect::Import { .. } => Some(&self.transfer),
            _ => None,
        }
    }
}

impl Work {
    /// Works in threads of its own. `wake` is called when there is an outcome.
    /// The person's keys are kept in `keys_file`, where there is a place for it.
    pub fn in_threads(keys_file: Option<PathBuf>, wake: impl Fn() + Send + Sync + 'static) -> Self {
        let (results_in, results) = mpsc::channel();
        let (jobs, inbox) = mpsc::channel();
        let wake: Arc<dyn Fn() + Send + Sync> = Arc::new(wake);
        let scanner = || Scanner::new(results_in.clone(), wake.clone());
        let [list, find, check, count, compare, measure, report, peek, transfer] =
            std::array::from_fn(|_| scanner());
        let scanners = Box::new(Scanners {
            list,
            find,
            check,
            count,
            compare,
            measure,
            report,
            peek,
            transfer,
        });
        let lost = results_in.clone();
        let thread = std::thread::spawn(move || {
            let mut desk = Desk::new(keys_file);
            let mut report = |message| {
                // Nobody listens any more when the window has closed.
                let _ = results_in.send(message);
                wake();
            };
            desk.read_keys(&mut report);
            serve(&mut desk, &inbox, &mut report);
        });
        let mode = Mode::Threads { jobs: Some(jobs), thread: Some(thread), scanners, lost };
        Self { mode, results }
    }

    /// Works at once, where it is called: for tests, which then need not wait.
    pub fn inline(keys_file: Option<PathBuf>) -> Self {
        let (sender, results) = mpsc::channel();
        let mut desk = Desk::new(keys_file);
        desk.read_keys(&mut |message| {
            let _ = sender.send(message);
        });
        Self { mode: Mode::Inline { desk, sender }, results }
    }

    /// Takes an effect on.
    pub fn submit(&mut self, effect: Effect) {
        match &mut self.mode {
            Mode::Threads { jobs, scanners, lost, .. } => {
                if let Some(scanner) = scanners.of(&effect) {
                    scanner.start(effect);
                } else if matches!(effect, Effect::StopFinding) {
                    scanners.find.stop();
                } else if matches!(effect, Effect::StopPeeking) {
                    scanners.peek.stop();
                } else if matches!(effect, Effect::StopTransfer) {
                    scanners.transfer.stop();
                } else if matches!(effect, Effect::StopCounting) {
                    scanners.count.stop();
                } else if matches!(effect, Effect::StopComparing) {
                    scanners.compare.stop();
                } else if matches!(effect, Effect::StopMeasuring) {
                    scanners.measure.stop();
                } else if let Some(jobs) = jobs
                    // The thread ends only by a fault of this program.
                    && let Err(SendError(Effect::Save { receipt, .. })) = jobs.send(effect)
                {
                    let words = "the part of Tandai that saves has failed; please copy your last \
                                 changes and start again";
                    let error = SaveError::Io(words.to_owned());
                    let _ = lost.send(Message::SaveFailed(receipt, error));
                }
            }
            Mode::Inline { desk, sender } => {
                let mut report = |message| {
                    let _ = sender.send(message);
                };
                if is_look(&effect) {
                    scan::look(effect, &mut |message| {
                        report(message);
                        true
                    });
                    return;
                }
                desk.take(effect, &mut report);
                while desk.is_gathering() {
                    desk.gather_some(&mut report);
                }
                desk.save_all(&mut report);
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
        if let Mode::Threads { jobs, thread, scanners, .. } = &mut self.mode {
            let Scanners { list, find, check, count, compare, measure, report, peek, transfer } =
                &**scanners;
            for scanner in [list, find, check, count, compare, measure, peek] {
                scanner.stop();
            }
            // A page is written to its end; a folder that is half written is taken away.
            report.end();
            transfer.end();
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
        let next = if desk.is_gathering() {
            inbox.try_recv().map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            })
        } else if desk.has_unsaved() {
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
            Err(RecvTimeoutError::Timeout) if desk.is_gathering() => desk.gather_some(report),
            Err(RecvTimeoutError::Timeout) => desk.save_all(report),
            Err(RecvTimeoutError::Disconnected) => {
                desk.save_all(report);
                return;
            }
        }
    }
}

/// Whether an effect only looks at files.
fn is_look(effect: &Effect) -> bool {
    matches!(
        effect,
        Effect::Summarize { .. }
            | Effect::Find { .. }
            | Effect::Survey { .. }
            | Effect::Check { .. }
            | Effect::Count { .. }
            | Effect::Compare { .. }
            | Effect::Measure { .. }
            | Effect::WriteReport { .. }
            | Effect::Export { .. }
            | Effect::Import { .. }
            | Effect::ShowFolder(_)
    )
}
