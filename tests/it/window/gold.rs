//! The whole worked example can be made again by keys alone and by the mouse
//! alone, with its links and attributes, and what is left on the disk is the
//! shipped set but for names. What it takes is counted.

use std::collections::BTreeMap;
use std::sync::Arc;

use egui::{Modifiers, Pos2, Rect, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use tandai::corpus::{Annotation, AnnotationSet, Id};
use tandai::session::{Hinting, Mode};
use tandai::text::{Offset, Span, Text, clauses_within, words_within};

use super::harness::{Opening, SEED, Window, shipped};

/// The shipped gold set.
fn gold() -> (Text, AnnotationSet) {
    let window = Opening::seed().with_gold_as_own().open();
    let text = window.session().document().unwrap().text.clone();
    (text, (**window.session().shown_set().unwrap()).clone())
}

/// What an annotation says, whatever it is called.
fn said(annotation: &Annotation) -> String {
    let spans: Vec<_> =
        annotation.fragments.iter().map(|s| (s.start().get(), s.end().get())).collect();
    format!("{} {spans:?} {:?} {}", annotation.label, annotation.attributes, annotation.note)
}

/// What a set says, without what differs between two people: annotator and ids.
fn comparable(set: &AnnotationSet) -> Vec<String> {
    let end = |id: &Id| said(set.annotation(id).unwrap());
    let mut lines: Vec<String> = set.annotations().iter().map(|a| said(a)).collect();
    let links = set.relations().iter();
    lines.extend(links.map(|r| format!("{} {} → {}", r.label, end(&r.from), end(&r.to))));
    lines.sort();
    lines
}

/// The file on the disk is the shipped one but for ids, annotator and their order.
#[track_caller]
fn equals_gold(window: &Window) {
    let (_, gold) = gold();
    assert_eq!(comparable(window.session().shown_set().unwrap()), comparable(&gold));
    let shipped = std::fs::read_to_string(shipped("annotations/gold").join(format!("{SEED}.ron")));
    let shape = |file: &str| {
        let mut lines: Vec<String> = Vec::new();
        for line in file.lines().filter(|line| !line.contains("annotator:")) {
            // Ids stand in quotes behind these names.
            let mut line = line.to_owned();
            for name in ["(id: \"", "from: \"", "to: \""] {
                if let Some((before, after)) = line.clone().split_once(name) {
                    let rest = after.split_once('"').unwrap().1;
                    line = format!("{before}{name}…\"{rest}");
                }
            }
            lines.push(line);
        }
        lines.sort();
        lines
    };
    assert_eq!(shape(&window.own_set().unwrap()), shape(&shipped.unwrap()));
}

fn key_of(label: &str) -> &'static str {
    match label {
        "claim" => "1",
        "source" => "2",
        "denial" => "3",
        _ => "4",
    }
}

/// What the gold set is made by, and how many presses it takes.
struct Typist {
    window: Window,
    text: Text,
    presses: usize,
}

impl Typist {
    fn press(&mut self, keys: &str) {
        self.presses += keys.split_whitespace().count();
        self.window.press(keys);
    }

    /// The presses since this was last asked.
    fn count(&mut self) -> usize {
        std::mem::take(&mut self.presses)
    }

    fn hinting(&self) -> &Hinting {
        match self.window.session().mode() {
            Some(Mode::Hinting(hinting)) => hinting,
            other => panic!("no hints: {other:?}"),
        }
    }

    /// Types the hint on a word or clause, after scrolling to where it is.
    fn type_hint(&mut self, unit: Span) {
        let hint =
            |typist: &Self| typist.hinting().hints.iter().find(|hint| hint.span == unit).cloned();
        for _ in 0..10 {
            if let Some(hint) = hint(self) {
                for letter in hint.letters.to_uppercase().chars() {
                    self.press(&letter.to_string());
                }
                return;
            }
            self.press("PageDown");
        }
        panic!("no hint on {unit:?}");
    }

    /// Selects what is nearest to a span by hints: the clauses that it is, or the
    /// words that it is in. Returns what was selected.
    fn select(&mut self, span: Span) -> Span {
        let all = Offset::ZERO..self.text.end();
        let clauses = clauses_within(&self.text, &all);
        let first = clauses.iter().find(|clause| clause.start() == span.start()).copied();
        let last = clauses.iter().find(|clause| clause.end() == span.end()).copied();
        let is_hinted = |key: &str, units: [Span; 2], typist: &mut Self| {
            let [first, last] = units;
            typist.press(key);
            typist.type_hint(first);
            if first != last {
                typist.type_hint(last);
            }
        };
        if let (Some(first), Some(last)) = (first, last) {
            is_hinted("C", [first, last], self);
            return first.hull(last);
        }
        let words = words_within(&self.text, &all);
        let apart = |a: Offset, b: Offset| a.since(b).max(b.since(a));
        let from = words.iter().filter(|word| word.end() > span.start());
        let first = from.min_by_key(|word| apart(word.start(), span.start()));
        let to = words.iter().filter(|word| word.start() < span.end());
        let last = to.min_by_key(|word| apart(word.end(), span.end()));
        let (first, last) = (*first.unwrap(), *last.unwrap());
        is_hinted("F", [first, last], self);
        first.hull(last)
    }

    /// Tags a span: selects it by hints, tags it, and moves
    /// its edges by characters where they are not those of words or clauses.
    fn tag(&mut self, annotation: &Annotation) {
        let span = annotation.fragments.get(0).unwrap();
        let selected = self.select(span);
        self.press(key_of(&annotation.label));
        let moves = [
            ("Ctrl+]", span.start().since(selected.start())),
            ("Ctrl+[", selected.start().since(span.start())),
            ("Ctrl+}", span.end().since(selected.end())),
            ("Ctrl+{", selected.end().since(span.end())),
        ];
        for (key, times) in moves {
            for _ in 0..times {
                self.press(key);
            }
        }
    }

    /// Links what is focused with another annotation.
    fn link(&mut self, other: &Annotation) {
        self.press("R");
        let set = self.window.session().shown_set().unwrap().clone();
        let Some(Mode::Linking(linking)) = self.window.session().mode() else { panic!("no mode") };
        let is_other = |id: &Id| said(set.annotation(id).unwrap()) == said(other);
        let target = linking.targets.iter().find(|target| is_other(&target.id)).unwrap();
        let hint = target.hint.expect("a letter for each target");
        self.press(&hint.to_uppercase().to_string());
    }

    /// Gives what is focused the values that are not the defaults.
    fn describe(&mut self, annotation: &Annotation) {
        let schema = self.window.session().schema().clone();
        for (name, value) in &annotation.attributes {
            let definition = schema.attribute_of(&annotation.label, name).unwrap();
            let key = definition.key.unwrap().to_uppercase();
            let at = definition.values.iter().position(|other| **other == **value).unwrap();
            let back = definition.values.len() - at;
            let (key, times) =
                if back < at { (format!("Shift+{key}"), back) } else { (key.to_string(), at) };
            for _ in 0..times {
                self.press(&key);
            }
        }
    }
}

/// The links of the gold set by the annotation that is tagged later of the two.
fn links_of(gold: &AnnotationSet, id: &Id, tagged: &[Arc<Annotation>]) -> Vec<Arc<Annotation>> {
    let links = gold.relations_of(id);
    let others = links.map(|link| if link.from == *id { &link.to } else { &link.from });
    let is_tagged = |other: &&Id| tagged.iter().any(|annotation| annotation.id == **other);
    others.filter(is_tagged).map(|other| gold.annotation(other).unwrap().clone()).collect()
}

/// Tagged, linked and described one after the other, as one reads.
#[test]
fn the_gold_set_is_made_by_keys_alone_in_fewer_presses_than_is_aimed_at() {
    let (text, gold) = gold();
    let mut typist = Typist { window: Opening::seed().open(), text, presses: 0 };
    let (mut spans, mut links, mut values) = (0, 0, 0);
    let mut tagged: Vec<Arc<Annotation>> = Vec::new();
    for annotation in gold.annotations() {
        typist.tag(annotation);
        spans += typist.count();
        typist.describe(annotation);
        values += typist.count();
        tagged.push(annotation.clone());
        for other in links_of(&gold, &annotation.id, &tagged) {
            typist.link(&other);
        }
        links += typist.count();
    }
    typist.press("Ctrl+Enter");
    equals_gold(&typist.window);
    let (span_count, link_count) = (gold.annotations().len(), gold.relations().len());
    assert_eq!((span_count, link_count), (29, 23));
    assert!(spans <= 5 * span_count, "{spans} presses for {span_count} spans");
    assert!(links <= 3 * link_count, "{links} presses for {link_count} links");
    // What ARCHITECTURE.md says.
    let said = format!("{spans} presses for the spans, {links} for the links, {values} for");
    assert!(include_str!("../../../ARCHITECTURE.md").contains(&said), "{said}");
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

/// A drag for the span and a click for the label; a drag for a link; a click for a
/// value. In a window that shows the whole article.
#[test]
fn the_gold_set_is_made_by_mouse_alone() {
    let (_, gold) = gold();
    let mut window = Opening::seed().sized(1240.0, 2400.0).open();
    let places = places(&window);
    let (mut spans, mut links, mut values) = (0, 0, 0);
    let mut tagged: Vec<Arc<Annotation>> = Vec::new();
    for annotation in gold.annotations() {
        let span = annotation.fragments.get(0).unwrap();
        // A span starts after the place before it on the same line, and ends
        // before a line is broken.
        let from = places[&span.start().get()].1 + egui::vec2(0.3, 0.0);
        let to = places[&span.end().get()].0 - egui::vec2(0.3, 0.0);
        // A handle of what is focused must not be in the way.
        window.click(pos2(500.0, 2340.0));
        window.drag(from, to, Modifiers::COMMAND | Modifiers::CTRL);
        window.harness.get_by_label(&format!("Tag {}", annotation.label)).click();
        window.harness.run();
        spans += 2;
        for (name, value) in &annotation.attributes {
            let schema = window.session().schema().clone();
            let title = &schema.attribute_of(&annotation.label, name).unwrap().title;
            window.harness.get_by_label(&format!("{title}: {value}")).click();
            window.harness.run();
            values += 1;
        }
        tagged.push(annotation.clone());
        for other in links_of(&gold, &annotation.id, &tagged) {
            let handle = window.harness.get_by_label("Start a link").rect().center();
            // On a part of the target that nothing smaller lies on.
            let set = window.session().shown_set().unwrap().clone();
            let smallest = |at: &usize| {
                let over = set.annotations_at(Offset::new(*at));
                over.first().is_some_and(|smallest| said(smallest) == said(&other))
            };
            let span = other.fragments.get(0).unwrap();
            let over = (span.start().get()..span.end().get() - 1).find(smallest);
            let over = over.unwrap_or(span.start().get());
            let target = places[&over].1 + egui::vec2(2.0, 0.0);
            window.drag(handle, target, Modifiers::NONE);
            links += 1;
        }
    }
    window.harness.get_by_label("Status: Done").click();
    window.harness.run();
    equals_gold(&window);
    let said = format!("{spans} actions for the spans, {links} for the links, {values} for");
    assert!(include_str!("../../../ARCHITECTURE.md").contains(&said), "{said}");
}
