//! The text of a field to type into, where egui 0.37 lays it out wrong (egui issue 8576).

use std::sync::Arc;

use egui::epaint::text::cursor::CCursor;
use egui::epaint::text::{CharIndex, Glyph, PlacedRow, Row as DrawnRow};
use egui::{Context, Galley, Rect, Vec2, pos2, vec2};

use super::galley::{Setting, galley};
use super::layout::{Layout, Row};
use super::wordwise;
use crate::text::Offset;

/// Whether egui puts the letters of a text where they belong, one place a
/// character. Carets, selections and deletions in a field go by these places.
pub(in crate::ui) fn egui_lays_out(context: &Context, content: &str, setting: &Setting) -> bool {
    if content.is_ascii() {
        return true;
    }
    let is_counted = |line: &str| {
        line.is_ascii()
            || galley(context, line, setting, f32::INFINITY).end().index.0 == line.chars().count()
    };
    !wordwise::has_right_to_left(content) && content.split('\n').all(is_counted)
}

/// A text laid out word by word, as egui's fields take it: one glyph a character,
/// in the order of the text, each where a caret before it stands. Lines are broken
/// at the width of `setting`, unless it is all `one_line`.
///
/// A selection is marked by egui, from where the one caret stands to where the other
/// does: in text of both directions, and over several rows, that is less than it holds.
pub(in crate::ui) fn for_field(
    context: &Context,
    content: &str,
    setting: &Setting,
    one_line: bool,
) -> Arc<Galley> {
    let plain = galley(context, content, setting, f32::INFINITY);
    let Some(pattern) = Pattern::of(&plain) else { return plain };
    let paragraphs: Vec<&str> =
        if one_line { vec![content] } else { content.split('\n').collect() };
    let mut whole = Galley::clone(&plain);
    whole.rows.clear();
    let mut size = Vec2::ZERO;
    for paragraph in paragraphs {
        let width =
            if one_line { wordwise::width(context, paragraph, setting) } else { setting.width };
        let setting = Setting { width, ..setting.clone() };
        let layout = wordwise::lay_out(context, paragraph, &(Offset::ZERO..Offset::ZERO), &setting);
        let mut characters = paragraph.chars();
        for (at, row) in layout.rows.iter().enumerate() {
            let drawn = pattern.row(row, &mut characters, &layout, at);
            let pos = pos2(0.0, size.y + layout.row_top(at));
            let right = row.extents(&row.range).last().map_or(0.0, |(_, right)| *right);
            size.x = size.x.max(right);
            whole.rows.push(PlacedRow { pos, row: Arc::new(drawn), ends_with_newline: false });
        }
        size.y += layout.height();
        if let Some(last) = whole.rows.last_mut() {
            last.ends_with_newline = true;
        }
    }
    if let Some(last) = whole.rows.last_mut() {
        last.ends_with_newline = false;
    }
    whole.rect = Rect::from_min_size(pos2(0.0, 0.0), size);
    let meshes = || whole.rows.iter().map(|row| (row.pos, &row.row.visuals));
    whole.mesh_bounds = meshes().fold(Rect::NOTHING, |bounds, (pos, visuals)| {
        bounds.union(visuals.mesh_bounds.translate(pos.to_vec2()))
    });
    whole.num_vertices = meshes().map(|(_, visuals)| visuals.mesh.vertices.len()).sum();
    whole.num_indices = meshes().map(|(_, visuals)| visuals.mesh.indices.len()).sum();
    Arc::new(whole)
}

/// The place between characters nearest to a point of what [`for_field`] laid out.
pub(in crate::ui) fn nearest_character(galley: &Galley, point: Vec2) -> CCursor {
    let above = |row: &&PlacedRow| row.pos.y + row.row.size.y <= point.y;
    let rows_above = galley.rows.iter().take_while(above).count();
    let at = rows_above.min(galley.rows.len().saturating_sub(1));
    let before = galley.rows.iter().take(at).map(|row| row.char_count_including_newline().0);
    let Some(row) = galley.rows.get(at) else { return CCursor::default() };
    let places = row.glyphs.iter().map(|glyph| glyph.pos.x).chain([row.size.x]);
    let distances = places.map(|x| (x - point.x).abs()).enumerate();
    let nearest = distances.min_by(|(_, a), (_, b)| a.total_cmp(b)).map_or(0, |(at, _)| at);
    let index = before.sum::<usize>() + nearest;
    CCursor { index: CharIndex(index), prefer_next_row: nearest < row.glyphs.len() }
}

/// A row and a glyph of the same text, to be made others of: they have parts that
/// only egui can set.
struct Pattern {
    row: DrawnRow,
    glyph: Glyph,
}

impl Pattern {
    fn of(galley: &Galley) -> Option<Self> {
        let row = galley.rows.iter().find(|row| !row.glyphs.is_empty())?;
        Some(Self { row: DrawnRow::clone(&row.row), glyph: *row.glyphs.first()? })
    }

    /// Row number `at` of a layout, whose characters are the next of `characters`.
    fn row(
        &self,
        row: &Row,
        characters: &mut impl Iterator<Item = char>,
        layout: &Layout,
        at: usize,
    ) -> DrawnRow {
        let mut drawn = self.row.clone();
        let mesh = &mut drawn.visuals.mesh;
        mesh.clear();
        let top = layout.row_top(at);
        for (place, galley) in &layout.galleys {
            if layout.row_at(place.y + 0.5 * layout.row_height) != at {
                continue;
            }
            for word in &galley.rows {
                let mut letters = word.row.visuals.mesh.clone();
                letters.translate(word.pos.to_vec2() + *place - vec2(0.0, top));
                mesh.append(letters);
            }
        }
        drawn.visuals.mesh_bounds = mesh.calc_bounds();
        drawn.visuals.glyph_index_start = 0;
        drawn.visuals.glyph_vertex_range = 0..mesh.vertices.len();
        // The letters of a word are not drawn in the order of the text, so a selection
        // cannot colour them one by one: none begins before the end.
        let first_vertex = u32::try_from(mesh.vertices.len()).unwrap_or(u32::MAX);
        let length = row.range.end.since(row.range.start);
        let caret = |at: usize| row.caret_x(row.range.start + at);
        drawn.glyphs = characters
            .by_ref()
            .take(length)
            .enumerate()
            .map(|(at, chr)| {
                let mut glyph = self.glyph;
                glyph.chr = chr;
                glyph.pos.x = caret(at);
                glyph.advance_width = caret(at + 1) - caret(at);
                glyph.first_vertex = first_vertex;
                glyph
            })
            .collect();
        drawn.size = vec2(caret(length), layout.row_height);
        drawn
    }
}
