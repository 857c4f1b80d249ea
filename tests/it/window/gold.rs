//! The whole worked example can be made again by keys alone and by the mouse
//! alone, and the file that is left is the shipped one but for names.

use std::collections::BTreeMap;

use egui::{Modifiers, Pos2, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tandai::text::{Direction, Offset, Stop, Text, Unit, step};

use super::harness::{Opening, SEED, Window, shipped};

/// The label and the characters of each annotation of the shipped gold set.
fn gold() -> Vec<(String, usize, usize)> {
    let window = Opening::seed().with_gold_as_own().open();
    let set = window.session().shown_set().unwrap().clone();
    let row = |annotation: &std::sync::Arc<tandai::corpus::Annotation>| {
        let extent = annotation.fragments.extent();
        (annotation.label.to_string(), extent.start.get(), extent.end.get())
    };
    set.annotations().iter().map(row).collect()
}

/// A set's file without what differs between two people: annotator and ids.
fn comparable(file: &str) -> Vec<String> {
    let without_id = |line: &str| match line.trim_start().strip_prefix("(id: \"") {
        Some(rest) => rest.split_once('"').unwrap().1.to_owned(),
        None => line.to_owned(),
    };
    file.lines().filter(|line| !line.contains("annotator:")).map(without_id).collect()
}

#[track_caller]
fn equals_gold(window: &Window) {
    let shipped = std::fs::read_to_string(shipped("annotations/gold").join(format!("{SEED}.ron")));
    assert_eq!(comparable(&window.own_set().unwrap()), comparable(&shipped.unwrap()));
}

fn key_of(label: &str) -> &'static str {
    match label {
        "claim" => "1",
        "source" => "2",
        "denial" => "3",
        _ => "4",
    }
}

/// Brings the caret to a place by the longest steps that do not pass it.
fn walk(window: &mut Window, text: &Text, to: usize, shift: bool) {
    let stop = if shift { Stop::End } else { Stop::Start };
    let steps = [
        (Unit::Paragraph, "Ctrl+Down", "Ctrl+Shift+Down"),
        (Unit::Sentence, "Alt+Down", "Alt+Shift+Down"),
        (Unit::Clause, "Alt+Right", "Alt+Shift+Right"),
        (Unit::Word, "Ctrl+Right", "Ctrl+Shift+Right"),
        (Unit::Character, "Right", "Shift+Right"),
    ];
    let to = Offset::new(to);
    while window.session().selection().head < to {
        let head = window.session().selection().head;
        let reached = |unit| step(text, head, unit, Direction::On, stop);
        let best = steps.iter().filter(|(unit, ..)| reached(*unit) <= to);
        let (_, plain, shifted) = best.max_by_key(|(unit, ..)| reached(*unit)).unwrap();
        window.press(if shift { shifted } else { plain });
    }
}

#[test]
fn the_gold_set_can_be_made_by_keyboard_alone() {
    let mut window = Opening::seed().open();
    let text = window.session().document().unwrap().text.clone();
    for (label, start, end) in gold() {
        window.press("Escape Escape Ctrl+Home");
        walk(&mut window, &text, start, false);
        walk(&mut window, &text, end, true);
        window.press(key_of(&label));
    }
    window.press("Ctrl+Enter");
    equals_gold(&window);
}

/// Where each place between characters is on the screen, as a screen reader is told.
pub(super) fn places(window: &Window) -> BTreeMap<usize, (Pos2, Pos2)> {
    let mut places: BTreeMap<usize, (Pos2, Pos2)> = BTreeMap::new();
    let mut offset = 0;
    let article = window.harness.get_by_role(egui::Role::Document);
    let mut stack: Vec<_> = vec![article.accesskit_node()];
    let mut runs = Vec::new();
    while let Some(node) = stack.pop() {
        if node.role() == egui::Role::TextRun {
            runs.push(node);
        } else {
            stack.extend(node.children().collect::<Vec<_>>().into_iter().rev());
        }
    }
    for run in runs {
        let bounds = run.raw_bounds().unwrap();
        let rect = Rect::from_min_max(point(bounds.x0, bounds.y0), point(bounds.x1, bounds.y1));
        let data = run.data();
        let value = data.value().unwrap();
        let positions = data.character_positions().unwrap();
        let widths = data.character_widths().unwrap();
        for ((at, width), _) in positions.iter().zip(widths).zip(value.chars()) {
            let left = pos2(rect.left() + at, rect.center().y);
            let right = left + egui::vec2(*width, 0.0);
            places.entry(offset).or_insert((left, left)).1 = left;
            offset += 1;
            places.insert(offset, (right, right));
        }
    }
    places
}

#[expect(clippy::cast_possible_truncation, reason = "places on a screen")]
fn point(x: f64, y: f64) -> Pos2 {
    pos2(x as f32, y as f32)
}

#[test]
fn the_gold_set_can_be_made_by_mouse_alone() {
    let mut window = Opening::seed().sized(1240.0, 2100.0).open();
    let places = places(&window);
    for (label, start, end) in gold() {
        // A span starts after the place before it on the same line, and ends
        // before a line is broken.
        let from = places[&start].1 + egui::vec2(0.3, 0.0);
        let to = places[&end].0 - egui::vec2(0.3, 0.0);
        // A handle of what is focused must not be in the way.
        window.click(pos2(700.0, 2040.0));
        window.drag(from, to, Modifiers::COMMAND | Modifiers::CTRL);
        window.harness.get_by_label(&format!("Tag {label}")).click();
        window.harness.run();
    }
    window.harness.get_by_label("Status: Done").click();
    window.harness.run();
    equals_gold(&window);
}
