//! Carries out a session's effects on files, off the frame.

mod adding;
mod comparing;
mod counting;
mod desk;
mod finding;
mod gathering;
mod journals;
mod locks;
mod measuring;
mod opening;
mod putting_by;
mod recovering;
mod reporting;
mod reviewing;
mod scan;
mod surveying;
mod tabulating;
mod transfers;
mod watch;
mod watching;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, SendError, Sender, TryRecvError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use self::desk::Desk;
use self::scan::Scanner;
use crate::session::{Effect, Message};
use crate::storage::{Door, SaveError};

/// Called when there is an outcome, with how long it may be before it is taken.
type Wake = Arc<dyn Fn(Duration) + Send + Sync>;

/// Where effects on files go, and their outcomes come from.
pub struct Work {
    mode: Mode,
    results: Receiver<Message>,
    /// Outcomes that were waited for and not taken yet.
    waited_for: RefCell<Vec<Message>>,
}

enum Mode {
    Threads {
        jobs: Option<Arc<Sender<Job>>>,
        thread: Option<JoinHandle<()>>,
        scanners: BTreeMap<Kind, Scanner>,
        /// For what cannot be done because the thread has ended.
        lost: Sender<Message>,
    },
    Inline {
        desk: Box<Desk>,
        sender: Sender<Message>,
    },
}

/// What comes to the thread that reads and writes.
enum Job {
    Do(Effect),
    /// Something has changed in the project's folders.
    Stirred,
}

/// A kind of looking. A new look of a kind ends the one before.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
enum Kind {
    List,
    /// Sets whose documents are not there.
    Left,
    Find,
    Survey,
    Check,
    Count,
    Compare,
    Measure,
    Tabulate,
    Arrange,
    /// Unpacking rows of the table.
    Choose,
    /// Looking for one thing that is gone to or asked about.
    Seek,
    /// Looks at exports and imports, which a change of what is chosen stops.
    Peek,
    Report,
    Transfer,
}

impl Kind {
    const ALL: [Self; 15] = [
        Self::List,
        Self::Left,
        Self::Find,
        Self::Survey,
        Self::Check,
        Self::Count,
        Self::Compare,
        Self::Measure,
        Self::Tabulate,
        Self::Arrange,
        Self::Choose,
        Self::Seek,
        Self::Peek,
        Self::Report,
        Self::Transfer,
    ];

    /// The kind of look that an effect asks for; `None` where it asks for none.
    fn of(effect: &Effect) -> Option<Self> {
        Some(match effect {
            Effect::Summarize { .. } => Self::List,
            Effect::FindLeftBehind { .. } => Self::Left,
            Effect::Find { .. } => Self::Find,
            Effect::Survey { .. } => Self::Survey,
            Effect::Check { .. } => Self::Check,
            Effect::Count { .. } => Self::Count,
            Effect::Compare { .. } => Self::Compare,
            Effect::Measure { .. } => Self::Measure,
            Effect::Tabulate { .. } => Self::Tabulate,
            Effect::Arrange { .. } => Self::Arrange,
            Effect::Choose { .. } | Effect::TickAll { .. } => Self::Choose,
            Effect::FindUnreviewed { .. } | Effect::FindDone { .. } => Self::Seek,
            Effect::WriteReport { .. } => Self::Report,
            Effect::Export { folder: None, .. } | Effect::ShowFolder(_) => Self::Peek,
            Effect::Import { job, .. } if job.look_only => Self::Peek,
            Effect::Export { .. } | Effect::Import { .. } => Self::Transfer,
            _ => return None,
        })
    }

    /// The kind of look that an effect stops; `None` where it stops none.
    fn stopped_by(effect: &Effect) -> Option<Self> {
        Some(match effect {
            Effect::StopFinding => Self::Find,
            Effect::StopSurveying => Self::Survey,
            Effect::StopPeeking => Self::Peek,
            Effect::StopTransfer => Self::Transfer,
            Effect::StopCounting => Self::Count,
            Effect::StopComparing => Self::Compare,
            Effect::StopMeasuring => Self::Measure,
            Effect::StopTabulating => Self::Tabulate,
            _ => return None,
        })
    }

    /// Whether files are written, which is brought to an end before the window goes.
    fn writes(self) -> bool {
        matches!(self, Self::Report | Self::Transfer)
    }
}

impl Work {
    /// Works in threads of its own. `wake` is called when there is an outcome, with how long
    /// it may be before that is taken: a part of what is looked for in many articles need not
    /// be drawn at once. The person's keys are kept in `keys_file`, where there is a place for
    /// it.
    pub fn in_threads(
        keys_file: Option<PathBuf>,
        wake: impl Fn(Duration) + Send + Sync + 'static,
    ) -> Self {
        Self::in_threads_through(Door::disk(), keys_file, wake)
    }

    /// The same, with files that are behind this door.
    pub fn in_threads_through(
        files: Door,
        keys_file: Option<PathBuf>,
        wake: impl Fn(Duration) + Send + Sync + 'static,
    ) -> Self {
        let (results_in, results) = mpsc::channel();
        let (jobs, inbox) = mpsc::channel();
        let jobs = Arc::new(jobs);
        let stirred = Arc::downgrade(&jobs);
        let wake: Wake = Arc::new(wake);
        let scanner = |kind| (kind, Scanner::new(results_in.clone(), wake.clone()));
        let scanners = Kind::ALL.into_iter().map(scanner).collect();
        let lost = results_in.clone();
        let thread = std::thread::spawn(move || {
            let mut desk = Desk::new(files, keys_file);
            desk.stirred = Some(Arc::new(move || {
                // Nobody is there any more when the window has closed.
                if let Some(jobs) = stirred.upgrade() {
                    let _ = jobs.send(Job::Stirred);
                }
            }));
            let mut report = |message| {
                // Nobody listens any more when the window has closed.
                let _ = results_in.send(message);
                wake(Duration::ZERO);
            };
            desk.read_keys(&mut report);
            serve(&mut desk, &inbox, &mut report);
        });
        let mode = Mode::Threads { jobs: Some(jobs), thread: Some(thread), scanners, lost };
        Self { mode, results, waited_for: RefCell::default() }
    }

    /// Works at once, where it is called: for tests, which then need not wait.
    pub fn inline(keys_file: Option<PathBuf>) -> Self {
        Self::inline_through(Door::disk(), keys_file)
    }

    /// The same, with files that are behind this door.
    pub fn inline_through(files: Door, keys_file: Option<PathBuf>) -> Self {
        let (sender, results) = mpsc::channel();
        let mut desk = Desk::new(files, keys_file);
        desk.read_keys(&mut |message| {
            let _ = sender.send(message);
        });
        let mode = Mode::Inline { desk: Box::new(desk), sender };
        Self { mode, results, waited_for: RefCell::default() }
    }

    /// Takes an effect on.
    pub fn submit(&mut self, effect: Effect) {
        match &mut self.mode {
            Mode::Threads { jobs, scanners, lost, .. } => {
                let scanner = |kind: Option<Kind>| kind.and_then(|kind| scanners.get(&kind));
                if let Some(scanner) = scanner(Kind::of(&effect)) {
                    scanner.start(effect);
                } else if let Some(scanner) = scanner(Kind::stopped_by(&effect)) {
                    scanner.stop();
                } else if let Some(jobs) = jobs
                    // The thread ends only by a fault of this program.
                    && let Err(SendError(Job::Do(Effect::Save { receipt, .. }))) =
                        jobs.send(Job::Do(effect))
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
                if Kind::of(&effect).is_some() {
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
        let mut outcomes = self.waited_for.take();
        outcomes.extend(self.results.try_iter());
        outcomes
    }

    /// Waits until a project is open or cannot be, for so long at most. For the start alone,
    /// when there is no window yet that could wait.
    pub(super) fn wait_for_project(&self, at_most: Duration) {
        let end = Instant::now() + at_most;
        let mut waited_for = self.waited_for.borrow_mut();
        let is_it = |message: &Message| {
            matches!(message, Message::ProjectOpened(_) | Message::ProjectFailed(_))
        };
        while !waited_for.last().is_some_and(is_it) {
            let left = end.saturating_duration_since(Instant::now());
            let Ok(message) = self.results.recv_timeout(left) else { return };
            waited_for.push(message);
        }
    }
}

impl Drop for Work {
    /// Waits until everything that was taken on is done.
    fn drop(&mut self) {
        if let Mode::Threads { jobs, thread, scanners, .. } = &mut self.mode {
            for (kind, scanner) in &*scanners {
                // A page is written to its end.
                if *kind != Kind::Report {
                    scanner.stop();
                }
            }
            // A folder that is half written is taken away.
            for (_, scanner) in scanners.iter().filter(|(kind, _)| kind.writes()) {
                scanner.wait();
            }
            jobs.take();
            if let Some(thread) = thread.take() {
                let _ = thread.join();
            }
        }
    }
}

/// Takes jobs until the window is gone. Saves that follow each other closely
/// become one; saves that failed are tried again.
fn serve(desk: &mut Desk, inbox: &Receiver<Job>, report: &mut dyn FnMut(Message)) {
    loop {
        let next = if desk.is_gathering() {
            inbox.try_recv().map_err(|error| match error {
                TryRecvError::Empty => RecvTimeoutError::Timeout,
                TryRecvError::Disconnected => RecvTimeoutError::Disconnected,
            })
        } else if let Some(next_look) = desk.next_look() {
            inbox.recv_timeout(next_look)
        } else {
            inbox.recv().map_err(|_| RecvTimeoutError::Disconnected)
        };
        match next {
            Ok(job) => {
                let mut has_done = false;
                for job in std::iter::once(job).chain(inbox.try_iter()) {
                    match job {
                        Job::Do(effect) => {
                            has_done = true;
                            desk.take(effect, report);
                        }
                        Job::Stirred => desk.stir(),
                    }
                }
                // A save that fails stirs, too, and is tried again in its time.
                if has_done {
                    desk.save_all(report);
                }
            }
            Err(RecvTimeoutError::Timeout) if desk.is_gathering() => desk.gather_some(report),
            Err(RecvTimeoutError::Timeout) => {
                desk.save_all(report);
                desk.look_around(report);
            }
            Err(RecvTimeoutError::Disconnected) => {
                desk.save_all(report);
                return;
            }
        }
    }
}
