//! How the time of a frame grows with what is not on the screen.

use std::path::Path;
use std::time::Duration;

use egui::{Event, Key, Modifiers};
use tandai::session::{Command, Dialog, Session};

use crate::window::{Screen, slowest_but_one_in_a_hundred as p99};
use crate::{FRAMES, keyed, news, opened, quiet, scrolled};

/// Prints the slowest frame but one in a hundred at so many times of something, in ms, and
/// the power of the number that a line through the logarithms makes of it: 0 where it does
/// not grow, 1 where it grows as the number does.
pub(crate) fn print(times: &[usize]) {
    println!("frames at {times:?} times of something, in ms; the power that they grow by");
    let tag = |screen: &mut Screen| keyed(screen, &[(Key::Num1, Modifiers::NONE)]);
    line("scrolling, 10 annotations and more", times, scrolled, |folder, times| {
        news::write_large_article(folder, "a.txt", 1_000_000, 10 * times);
    });
    line("tagging, 10 annotations and more", times, tag, |folder, times| {
        news::write_large_article(folder, "a.txt", 1_000_000, 10 * times);
    });
    line("scrolling, 10 kB of text and more", times, scrolled, |folder, times| {
        news::write_large_article(folder, "a.txt", 10_000 * times, 20);
    });
    line("tagging, 10 kB of text and more", times, tag, |folder, times| {
        news::write_large_article(folder, "a.txt", 10_000 * times, 20);
    });
    line("scrolling, 10 articles and more", times, scrolled, |folder, times| {
        news::write_project(folder, 10 * times, &["ana"]);
    });
    line("tagging, 10 articles and more", times, tag, |folder, times| {
        news::write_project(folder, 10 * times, &["ana"]);
    });
    line("scrolling, one in another", times, scrolled, |folder, times| {
        news::write_nested(folder, "a.txt", times);
    });
    lists(times);
}

/// Frames in which nothing happens while what concerns 10 articles and more is listed.
fn lists(times: &[usize]) {
    let key = |key, modifiers| {
        move |screen: &mut Screen| {
            screen.press(key, modifiers);
        }
    };
    listed(times, "what was found is listed", found, |session| session.list_place().0);
    listed(times, "all of it is accepted", accepted, |session| session.verdict_counts().0);
    let problems = key(Key::F4, Modifiers::SHIFT);
    listed(times, "what is to check is listed", problems, |session| session.list_place().0);
    let table = key(Key::B, Modifiers::COMMAND);
    listed(times, "the table is listed", table, |session| session.list_place().0);
    let differences = key(Key::D, Modifiers::COMMAND);
    listed(times, "differences are listed", differences, |session| session.list_place().0);
    let statistics = key(Key::T, Modifiers::COMMAND);
    listed(times, "the statistics are open", statistics, |session| {
        usize::from(session.dialog() == Some(&Dialog::Statistics))
    });
}

/// Frames in which nothing happens after something was begun, of which `count` says how much
/// there is.
fn listed(
    times: &[usize],
    what: &str,
    begin: impl Fn(&mut Screen),
    count: impl Fn(&Session) -> usize,
) {
    let frames = |screen: &mut Screen| {
        begin(screen);
        screen.draw_until(is_quiet);
        quiet(screen);
        assert!(count(screen.session()) > 0, "{what}: there is nothing");
        (0..FRAMES).map(|_| screen.draw(Vec::new())).collect()
    };
    line(&format!("at rest, {what}"), times, frames, |folder, times| {
        news::write_project(folder, 10 * times, &["ana", "budi"]);
    });
}

/// Whether nothing goes on.
fn is_quiet(session: &Session) -> bool {
    session.available(Command::CancelWork).is_err()
}

fn found(screen: &mut Screen) {
    screen.press(Key::F, Modifiers::COMMAND | Modifiers::SHIFT);
    quiet(screen);
    screen.draw(vec![Event::Text("a".to_owned())]);
}

fn accepted(screen: &mut Screen) {
    found(screen);
    screen.draw_until(is_quiet);
    screen.press(Key::F6, Modifiers::NONE);
    screen.press(Key::Num1, Modifiers::SHIFT);
}

fn line(
    what: &str,
    times: &[usize],
    frames: impl Fn(&mut Screen) -> Vec<Duration>,
    write: impl Fn(&Path, usize),
) {
    let took: Vec<(f64, f64)> = times
        .iter()
        .map(|times| {
            let folder = tempfile::tempdir().unwrap();
            write(folder.path(), *times);
            let mut screen = opened(folder.path()).0;
            quiet(&mut screen);
            (*times as f64, p99(frames(&mut screen)).as_secs_f64() * 1000.0)
        })
        .collect();
    let shown: Vec<String> = took.iter().map(|(_, ms)| format!("{ms:>8.2}")).collect();
    println!("  {what:<40} {} {:>8.2}", shown.join(" "), power(&took));
}

/// The slope of the line of least squares through the logarithms.
fn power(points: &[(f64, f64)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (x.ln(), y.ln())).collect();
    let count = logs.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| logs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0), mean(|point| point.1));
    let along: f64 = logs.iter().map(|point| (point.0 - x) * (point.1 - y)).sum();
    along / logs.iter().map(|point| (point.0 - x).powi(2)).sum::<f64>()
}
