//! What takes longer than a frame may, a piece at a time.

use super::batch::{Accepting, Choosing, Judging};
use super::carrying::Carrying;
use super::effect::Effect;
use super::reviewing::TakingOver;
use super::state::Session;
use super::taking_back::TakingBack;
use super::tasks::{Task, Then};

/// How many documents are gone through in one frame.
pub(super) const PIECE: usize = 32;

/// What is worked out a piece a frame: all that it needs is in memory.
#[derive(Debug)]
pub(super) enum Work {
    /// All occurrences that are not decided about are accepted.
    Accepting(Accepting),
    /// What was decided by one gesture is taken back, or decided again.
    TakingBack(TakingBack),
    /// What was decided about occurrences is gathered.
    Choosing(Choosing),
    /// What decisions about occurrences come to.
    Judging(Box<Judging>),
    /// What of that which annotators agree about is taken over into gold.
    TakingOver(TakingOver),
    /// A step that changes very much is being tried.
    CarryingOut(Box<Carrying>),
}

impl Session {
    /// Goes on by a piece with all that is done so. What leads to something else comes after
    /// that, which so begins with the frame that follows.
    pub(super) fn go_on_by_a_piece(&mut self) {
        if !self.stale_cases.is_empty() {
            self.bring_more_cases_up_to_date();
        }
        self.let_more_verdicts_go();
        self.list_more_hits_anew();
        self.write_more();
        self.go_on_working();
        self.go_on_closing();
    }

    /// Puts off what is left of some work until the next frame; so much of it is done.
    pub(super) fn put_off(&mut self, title: String, (done, of): (usize, usize), work: Work) {
        let number = self.next_number();
        let then = Then::Work(self.annotator.clone(), work);
        self.task = Some(Task { title, done, of, number, then });
        self.effects.push(Effect::GoOn);
    }

    fn go_on_working(&mut self) {
        let is_it = |task: &mut Task| matches!(task.then, Then::Work(..));
        let Some(Task { title, then, .. }) = self.task.take_if(is_it) else { return };
        let Then::Work(whose, work) = then else { return };
        let is_away = matches!(work, Work::CarryingOut(_)) && self.is_here().is_err();
        if self.opening || whose != self.annotator || is_away {
            match work {
                Work::TakingBack(taking) => self.stop_taking_back(taking),
                _ => self.warn_of_stopped(&title),
            }
            return;
        }
        match work {
            Work::Accepting(accepting) => self.accept_some(accepting),
            Work::TakingBack(taking) => self.take_some_back(taking),
            Work::Choosing(choosing) => self.choose_some(choosing),
            Work::Judging(judging) => self.judge_some(*judging),
            Work::TakingOver(taking) => self.take_some_over(taking),
            Work::CarryingOut(carrying) => {
                self.carry(*carrying);
            }
        }
    }
}
