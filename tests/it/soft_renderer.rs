//! Draws what the window shows without a graphics card, the same everywhere.
#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "from places on the screen to pixels"
)]
#![allow(clippy::float_cmp, reason = "an edge either is level or is not")]
#![allow(clippy::iter_over_hash_type, reason = "each texture is kept by itself")]

use std::collections::HashMap;

use egui::epaint::{ImageData, Mesh, Primitive, Vertex};
use egui::{Color32, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;

/// Fills the triangles that egui makes, sampling textures at the nearest texel.
#[derive(Default)]
pub(crate) struct SoftRenderer {
    textures: HashMap<TextureId, Texture>,
}

struct Texture {
    width: usize,
    height: usize,
    pixels: Vec<Color32>,
}

impl TestRenderer for SoftRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, images) in delta.set.drain() {
            for part in images {
                let ImageData::Color(image) = &part.image;
                let [width, height] = image.size;
                let Some([x, y]) = part.pos else {
                    let pixels = image.pixels.clone();
                    self.textures.insert(id, Texture { width, height, pixels });
                    continue;
                };
                let texture = self.textures.get_mut(&id).unwrap();
                for row in 0..height {
                    let to = (y + row) * texture.width + x;
                    let from = row * width;
                    texture.pixels[to..to + width]
                        .copy_from_slice(&image.pixels[from..from + width]);
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(
        &mut self,
        context: &egui::Context,
        output: &egui::FullOutput,
    ) -> Result<RgbaImage, String> {
        let scale = context.pixels_per_point();
        let size = context.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize);
        for primitive in context.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive.primitive else { continue };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
            canvas.draw(&mesh, texture, primitive.clip_rect * scale, scale);
        }
        canvas.into_image()
    }
}

struct Canvas {
    width: usize,
    height: usize,
    /// Premultiplied, 0 to 1.
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    fn new(width: usize, height: usize) -> Self {
        Self { width, height, pixels: vec![[0.0; 4]; width * height] }
    }

    fn draw(&mut self, mesh: &Mesh, texture: &Texture, clip: egui::Rect, scale: f32) {
        for corners in mesh.indices.chunks_exact(3) {
            let mut corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
            for corner in &mut corners {
                corner.pos = (corner.pos.to_vec2() * scale).to_pos2();
            }
            let area = edge(corners[0].pos, corners[1].pos, corners[2].pos);
            if area < 0.0 {
                corners.swap(1, 2);
            }
            if area != 0.0 {
                self.fill(&corners, area.abs(), texture, clip);
            }
        }
    }

    fn fill(&mut self, corners: &[Vertex; 3], area: f32, texture: &Texture, clip: egui::Rect) {
        let xs = corners.map(|corner| corner.pos.x);
        let ys = corners.map(|corner| corner.pos.y);
        let columns = pixels_between(&xs, clip.min.x, clip.max.x, self.width);
        let rows = pixels_between(&ys, clip.min.y, clip.max.y, self.height);
        let [a, b, c] = corners.map(|corner| corner.pos);
        let owns_edge = [owns(b, c), owns(c, a), owns(a, b)];
        for y in rows {
            for x in columns.clone() {
                let point = egui::pos2(x as f32 + 0.5, y as f32 + 0.5);
                let sides = [edge(b, c, point), edge(c, a, point), edge(a, b, point)];
                let outside =
                    |side: usize| sides[side] < 0.0 || (sides[side] == 0.0 && !owns_edge[side]);
                if (0..3).any(outside) {
                    continue;
                }
                let source = shade(corners, &sides.map(|side| side / area), texture);
                let target = &mut self.pixels[y * self.width + x];
                for channel in 0..4 {
                    target[channel] = source[channel] + target[channel] * (1.0 - source[3]);
                }
            }
        }
    }

    fn into_image(self) -> Result<RgbaImage, String> {
        let to_byte = |value: f32| (value.clamp(0.0, 1.0) * 255.0).round() as u8;
        let bytes = self.pixels.iter().flat_map(|pixel| pixel.map(to_byte)).collect();
        RgbaImage::from_raw(self.width as u32, self.height as u32, bytes).ok_or("size".to_owned())
    }
}

/// Twice the signed area of a triangle.
fn edge(a: egui::Pos2, b: egui::Pos2, c: egui::Pos2) -> f32 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

/// Whether pixels exactly on an edge belong to the triangle (the top-left rule).
fn owns(a: egui::Pos2, b: egui::Pos2) -> bool {
    (a.y == b.y && b.x > a.x) || b.y < a.y
}

fn pixels_between(values: &[f32; 3], from: f32, to: f32, limit: usize) -> std::ops::Range<usize> {
    let least = values.iter().copied().fold(f32::INFINITY, f32::min).floor();
    let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max).ceil();
    let start = least.max(from.round()).max(0.0) as usize;
    let end = (most.min(to.round()).max(0.0) as usize).min(limit);
    start..end.max(start)
}

fn shade(corners: &[Vertex; 3], weights: &[f32; 3], texture: &Texture) -> [f32; 4] {
    let mut at = egui::Vec2::ZERO;
    let mut colour = [0.0; 4];
    for (corner, weight) in corners.iter().zip(weights) {
        at += *weight * corner.uv.to_vec2();
        for (sum, value) in colour.iter_mut().zip(corner.color.to_array()) {
            *sum += weight * f32::from(value) / 255.0;
        }
    }
    let x = ((at.x * texture.width as f32) as usize).min(texture.width - 1);
    let y = ((at.y * texture.height as f32) as usize).min(texture.height - 1);
    let texel = texture.pixels[y * texture.width + x].to_array();
    std::array::from_fn(|channel| colour[channel] * f32::from(texel[channel]) / 255.0)
}
