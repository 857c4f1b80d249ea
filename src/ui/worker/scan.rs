//! Looking at many articles, in threads of their own: for the list of articles,
//! for what is looked for, for remarks, for figures. A new look of a kind makes an older one stop.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::Wake;
use super::comparing::Among;
use super::counting::count;
use super::finding::Finding;
use super::reviewing;
use super::surveying::survey;
use super::transfers::{export_or_look, import_or_look};
use crate::review::check;
use crate::session::{Effect, Message, Reviewing, Transfer};
use crate::storage::{sets_left_behind, summarize_all};
use crate::ui::pages::hold_small_pages;

/// The longest time between one showing of what a look finds and the next: for each the window
/// is drawn, on the cores that look.
const LONGEST: Duration = Duration::from_millis(100);

/// Does one kind of looking; the latest only.
pub(super) struct Scanner {
    telling: Telling,
    /// The thread of the latest.
    thread: Mutex<Option<JoinHandle<()>>>,
    /// Of what cannot be stopped on its way: whether such a look goes on, and what is to be
    /// looked at after it.
    queue: Arc<Mutex<Queue>>,
}

#[derive(Default)]
struct Queue {
    is_busy: bool,
    next: Option<(u64, Effect)>,
}

impl Scanner {
    pub(super) fn new(results: Sender<Message>, wake: Wake) -> Self {
        let telling = Telling { latest: Arc::default(), results, wake };
        Self { telling, thread: Mutex::default(), queue: Arc::default() }
    }

    /// Starts a look; one that was under way ends without another word.
    pub(super) fn start(&self, effect: Effect) {
        let this = self.telling.latest.fetch_add(1, Ordering::SeqCst) + 1;
        if is_of_one_piece(&effect) {
            self.start_or_queue(this, effect);
            return;
        }
        let telling = self.telling.clone();
        // Two that write must not meet.
        let before = writes(&effect).then(|| self.take_thread()).flatten();
        let thread = std::thread::spawn(move || {
            wait_for(before);
            telling.look(this, effect);
        });
        if let Ok(mut last) = self.thread.lock() {
            *last = Some(thread);
        }
    }

    /// Starts a look that cannot be stopped, or has it wait for the one that goes on, in the
    /// place of what waited: a look for each of many presses would take the cores from them.
    fn start_or_queue(&self, this: u64, effect: Effect) {
        let (queue, telling) = (self.queue.clone(), self.telling.clone());
        let Ok(mut waiting) = self.queue.lock() else { return };
        waiting.next = Some((this, effect));
        if std::mem::replace(&mut waiting.is_busy, true) {
            return;
        }
        std::thread::spawn(move || {
            let _freed = FreedByAFault(queue.clone());
            let next = || {
                let mut waiting = queue.lock().ok()?;
                waiting.is_busy = waiting.next.is_some();
                waiting.next.take()
            };
            while let Some((this, effect)) = next() {
                telling.look(this, effect);
            }
        });
    }

    /// Waits until what was begun is done or put away.
    pub(super) fn wait(&self) {
        wait_for(self.take_thread());
    }

    fn take_thread(&self) -> Option<JoinHandle<()>> {
        self.thread.lock().ok().and_then(|mut last| last.take())
    }

    pub(super) fn stop(&self) {
        self.telling.latest.fetch_add(1, Ordering::SeqCst);
    }
}

/// Whom a look tells what it finds, as long as there is no later one.
#[derive(Clone)]
struct Telling {
    latest: Arc<AtomicU64>,
    results: Sender<Message>,
    wake: Wake,
}

impl Telling {
    fn look(&self, this: u64, effect: Effect) {
        let mut pace = Pace::new(Instant::now());
        look(effect, &mut |message| {
            let goes_on = self.latest.load(Ordering::SeqCst) == this;
            // What was written until it was stopped is there.
            let is_told = goes_on || ends_writing(&message);
            if !is_told || self.results.send(message).is_err() {
                return false;
            }
            (self.wake)(if goes_on { pace.wait_from(Instant::now()) } else { Duration::ZERO });
            goes_on
        });
        if pace.has_more(Instant::now()) {
            (self.wake)(Duration::ZERO);
        }
    }
}

/// When what a look finds is shown: at once in the beginning, and ever more seldom.
struct Pace {
    begun: Instant,
    /// When something was shown last, or will be.
    shown: Instant,
}

impl Pace {
    fn new(now: Instant) -> Self {
        Self { begun: now, shown: now }
    }

    /// How long what was found now waits until it is shown.
    fn wait_from(&mut self, now: Instant) -> Duration {
        if !self.has_more(now) {
            let between = ((now - self.begun) / 8).min(LONGEST);
            self.shown = now.max(self.shown + between);
        }
        self.shown - now
    }

    /// Whether something is still to be shown.
    fn has_more(&self, now: Instant) -> bool {
        self.shown > now
    }
}

/// Where a look ends by a fault, the next one is done all the same.
struct FreedByAFault(Arc<Mutex<Queue>>);

impl Drop for FreedByAFault {
    fn drop(&mut self) {
        if std::thread::panicking()
            && let Ok(mut waiting) = self.0.lock()
        {
            waiting.is_busy = false;
        }
    }
}

/// Whether a look says nothing before it is done, so that it cannot be stopped on its way.
fn is_of_one_piece(effect: &Effect) -> bool {
    matches!(effect, Effect::Check { .. } | Effect::Arrange { .. })
}

fn wait_for(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        // It fails only by a fault that was told already.
        let _ = thread.join();
    }
}

/// Whether an effect writes files.
fn writes(effect: &Effect) -> bool {
    match effect {
        Effect::Export { folder, .. } => folder.is_some(),
        Effect::Import { job, .. } => !job.look_only,
        Effect::WriteReport { .. } => true,
        _ => false,
    }
}

/// Whether a message says what came of writing.
fn ends_writing(message: &Message) -> bool {
    match message {
        Message::Transfer(Transfer::ExportDone(..) | Transfer::ImportDone(..)) => true,
        Message::Review(reviewing) => matches!(**reviewing, Reviewing::ReportWritten(..)),
        _ => false,
    }
}

/// Looks at everything that an effect asks to be looked at, in order. `report`
/// says whether to go on.
pub(super) fn look(effect: Effect, report: &mut dyn FnMut(Message) -> bool) {
    match effect {
        Effect::Summarize { project, documents, annotator } => {
            let start = Instant::now();
            summarize_all(&project, &annotator, &documents, |summaries| {
                let (project, annotator) = (project.clone(), annotator.clone());
                report(Message::Summarized { project, annotator, summaries })
            });
            log::info!("summed up {} articles in {:.1?}", documents.len(), start.elapsed());
        }
        Effect::FindLeftBehind { project, documents, annotator } => {
            let left = sets_left_behind(&project, &annotator, &documents);
            report(Message::LeftBehind { project, annotator, left });
        }
        Effect::Find { number, project, documents, annotator, finder, in_memory } => {
            let finding = Finding {
                number,
                project: &project,
                documents: &documents,
                in_memory: &in_memory,
                annotator: &annotator,
                finder: &finder,
            };
            finding.find(report);
        }
        Effect::Survey { number, project, documents, annotators, schema, topic, in_memory } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            survey(number, &among, &annotators, (&schema, &topic), report);
        }
        Effect::Count { number, project, documents, schema, in_memory } => {
            let among = Among { project: &project, documents: &documents, in_memory: &in_memory };
            count(number, &among, &schema, report);
        }
        Effect::Check { number, document, set, schema } => {
            let findings = check(&schema, &document.text, &set);
            report(Message::Checked { number, findings });
        }
        Effect::Export { number, job, folder } => {
            export_or_look(number, &job, folder.as_deref(), report);
        }
        Effect::ShowFolder(folder) => {
            hold_small_pages(false);
            let opened = opener::open(&folder);
            hold_small_pages(true);
            if let Err(error) = opened {
                let words = format!("The system could not show {} ({error})", folder.display());
                report(Transfer::FolderNotShown(words).into());
            }
        }
        Effect::Import { number, job } => import_or_look(number, &job, report),
        other => reviewing::look(other, report),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// Waits are told from when something was found; what is shown, by when.
        #[test]
        fn what_is_found_is_shown_at_once_at_first_and_never_late(
            steps in proptest::collection::vec(0_u64..300_000, 1..60),
        ) {
            let begun = Instant::now();
            let mut pace = Pace::new(begun);
            prop_assert_eq!(pace.wait_from(begun), Duration::ZERO);
            let (mut now, mut shown) = (begun, vec![begun]);
            for step in steps {
                now += Duration::from_micros(step);
                let wait = pace.wait_from(now);
                prop_assert!(wait <= LONGEST && wait <= (now - begun) / 8);
                prop_assert_eq!(pace.has_more(now), !wait.is_zero());
                shown.push(now + wait);
            }
            shown.dedup();
            // The window is drawn a part of the time only, however much is found.
            let apart = |pair: &[Instant]| pair[1] - pair[0] >= ((pair[0] - begun) / 8).min(LONGEST);
            prop_assert!(shown.windows(2).all(apart));
        }
    }
}
