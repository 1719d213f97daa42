//! What a page draws: characters with their places, lines, and whether there are pictures.

use super::fonts::{Face, Fonts};
use super::streams;
use crate::Unreadable;
use crate::limits::Budget;
use hayro_syntax::content::UntypedIter;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream};
use hayro_syntax::page::{Page, Resources};
use knowledge::Unread;
use std::rc::Rc;

/// A character on the page, in points from its upper left corner as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Where it begins on its base line.
    pub(super) at: (f64, f64),
    /// Where the next one would begin.
    pub(super) end: (f64, f64),
    pub(super) size: f64,
    pub(super) is_bold: bool,
}

/// A line or the edge of a box.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rule {
    pub(super) from: (f64, f64),
    pub(super) to: (f64, f64),
}

/// What a page draws.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    /// Characters of which no one knows what they stand for.
    unknown: usize,
    pictures: usize,
    /// Curves: letters that were turned into drawings have many.
    curves: usize,
    /// The page's contents cannot be unpacked.
    is_broken: bool,
}

/// A page with more characters is a bomb, or a map.
const MAX_GLYPHS: usize = 200_000;
const MAX_RULES: usize = 20_000;
/// So many curves without a character are letters.
const MANY_CURVES: usize = 500;

impl Drawn {
    /// Why nothing of the page can be read, if that is so.
    pub(super) fn unread(&self) -> Option<Unread> {
        let known = self.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()).count();
        if self.unknown > 20 && self.unknown > known {
            // Its letters are there to be looked at, and nothing says which they are.
            return Some(Unread::Image);
        }
        match known {
            0 if self.is_broken => Some(Unread::Broken),
            0 if self.pictures > 0 || self.curves > MANY_CURVES || self.unknown > 0 => Some(Unread::Image),
            _ => None,
        }
    }
}

type Matrix = [f64; 6];

/// First `inner`, then `outer`.
fn then(inner: Matrix, outer: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = inner;
    let [p, q, r, s, t, u] = outer;
    [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u]
}

fn place([a, b, c, d, e, f]: Matrix, (x, y): (f64, f64)) -> (f64, f64) {
    (a * x + c * y + e, b * x + d * y + f)
}

const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

pub(super) fn read<'a>(page: &Page<'a>, fonts: &mut Fonts<'a>, budget: &Budget<'_>) -> Result<Drawn, Unreadable> {
    let mut drawn = Drawn::default();
    let mut stream = Vec::new();
    let contents = page.raw().get::<Object<'_>>("Contents");
    let parts: Vec<Stream<'_>> = match contents {
        Some(Object::Stream(stream)) => vec![stream],
        Some(Object::Array(parts)) => parts.iter::<Stream<'_>>().take(10_000).collect(),
        _ => Vec::new(),
    };
    for part in parts {
        match streams::decoded(&part, budget)? {
            Some(data) => stream.extend(data),
            None => drawn.is_broken = true,
        }
        stream.push(b'\n');
    }
    let state = State { to_page: page.initial_transform(true).as_coeffs(), ..State::default() };
    let mut reading = Reading { fonts, budget, drawn };
    reading.run(&stream, page.resources(), state, 0)?;
    Ok(reading.drawn)
}

/// The state of drawing.
#[derive(Clone)]
struct State<'a> {
    to_page: Matrix,
    face: Option<Rc<Face<'a>>>,
    size: f64,
    char_space: f64,
    word_space: f64,
    /// Of the width, 1 is as it is.
    scale: f64,
    leading: f64,
    rise: f64,
    text: Matrix,
    line: Matrix,
}

impl Default for State<'_> {
    fn default() -> Self {
        Self {
            to_page: IDENTITY,
            face: None,
            size: 0.0,
            char_space: 0.0,
            word_space: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
            text: IDENTITY,
            line: IDENTITY,
        }
    }
}

impl State<'_> {
    fn next_line(&mut self, x: f64, y: f64) {
        self.line = then([1.0, 0.0, 0.0, 1.0, x, y], self.line);
        self.text = self.line;
    }

    fn forward(&mut self, along: f64, is_horizontal: bool) {
        let step = if is_horizontal { (along * self.scale, 0.0) } else { (0.0, along) };
        self.text = then([1.0, 0.0, 0.0, 1.0, step.0, step.1], self.text);
    }
}

struct Reading<'r, 'a> {
    fonts: &'r mut Fonts<'a>,
    budget: &'r Budget<'r>,
    drawn: Drawn,
}

/// Saved states, and drawings inside of drawings.
const MAX_SAVED: usize = 256;
const MAX_FORMS: usize = 16;

impl<'a> Reading<'_, 'a> {
    fn run(
        &mut self,
        stream: &[u8],
        resources: &Resources<'a>,
        state: State<'a>,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let mut state = state;
        let mut saved: Vec<State<'a>> = Vec::new();
        let mut path = Path::default();
        let mut operators = UntypedIter::new(stream);
        while let Some(instruction) = operators.next() {
            self.budget.step()?;
            let operands: Vec<&Object<'_>> = instruction.operands().collect();
            let n = |at: usize| match operands.get(at) {
                Some(Object::Number(number)) => number.as_f64(),
                _ => 0.0,
            };
            let matrix = || [n(0), n(1), n(2), n(3), n(4), n(5)];
            let operator: &[u8] = instruction.operator;
            match operator {
                b"q" if saved.len() < MAX_SAVED => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => state.to_page = then(matrix(), state.to_page),
                b"BT" => (state.text, state.line) = (IDENTITY, IDENTITY),
                b"Tc" => state.char_space = n(0),
                b"Tw" => state.word_space = n(0),
                b"Tz" => state.scale = n(0) / 100.0,
                b"TL" => state.leading = n(0),
                b"Ts" => state.rise = n(0),
                b"Td" => state.next_line(n(0), n(1)),
                b"TD" => {
                    state.leading = -n(1);
                    state.next_line(n(0), n(1));
                }
                b"Tm" => (state.text, state.line) = (matrix(), matrix()),
                b"T*" => state.next_line(0.0, -state.leading),
                b"Tf" => {
                    state.size = n(1);
                    if let Some(Object::Name(name)) = operands.first() {
                        state.face = match resources.get_font(name) {
                            Some(dict) => Some(self.fonts.face(&dict, self.budget)?),
                            None => None,
                        };
                    }
                }
                b"Tj" => self.show(operands.first().copied(), &mut state)?,
                b"'" => {
                    state.next_line(0.0, -state.leading);
                    self.show(operands.first().copied(), &mut state)?;
                }
                b"\"" => {
                    (state.word_space, state.char_space) = (n(0), n(1));
                    state.next_line(0.0, -state.leading);
                    self.show(operands.get(2).copied(), &mut state)?;
                }
                b"TJ" => {
                    if let Some(Object::Array(parts)) = operands.first() {
                        self.show_all(parts, &mut state)?;
                    }
                }
                b"gs" => {
                    if let Some(Object::Name(name)) = operands.first() {
                        self.font_of(resources.get_ext_g_state(name), &mut state)?;
                    }
                }
                b"Do" => {
                    if let Some(Object::Name(name)) = operands.first() {
                        self.object(name, resources, &state, depth)?;
                    }
                }
                b"BI" | b"EI" => self.drawn.pictures += 1,
                b"c" | b"v" | b"y" => self.drawn.curves += 1,
                b"m" => path.begin(place(state.to_page, (n(0), n(1)))),
                b"l" => path.line(place(state.to_page, (n(0), n(1)))),
                b"h" => path.close(),
                b"re" => path.rectangle(state.to_page, n(0), n(1), n(2), n(3)),
                b"n" => path.clear(),
                b"S" | b"s" | b"B" | b"B*" | b"b" | b"b*" => path.end(true, &mut self.drawn.rules),
                b"f" | b"F" | b"f*" => path.end(false, &mut self.drawn.rules),
                _ => {}
            }
        }
        Ok(())
    }

    /// A font can be set by a graphics state, too.
    fn font_of(&mut self, dict: Option<Dict<'a>>, state: &mut State<'a>) -> Result<(), Unreadable> {
        let Some(font) = dict.and_then(|dict| dict.get::<Array<'a>>("Font")) else { return Ok(()) };
        let mut font = font.flex_iter();
        if let (Some(dict), Some(size)) = (font.next::<Dict<'a>>(), font.next::<f32>()) {
            state.face = Some(self.fonts.face(&dict, self.budget)?);
            state.size = f64::from(size);
        }
        Ok(())
    }

    /// A picture, or a drawing of its own that may have text in it.
    fn object(
        &mut self,
        name: &Name<'_>,
        resources: &Resources<'a>,
        state: &State<'a>,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let Some(stream) = resources.x_objects.get::<Stream<'a>>(name.as_ref()) else { return Ok(()) };
        let dict = stream.dict();
        match dict.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Image") => self.drawn.pictures += 1,
            Some(b"Form") => {
                if depth >= MAX_FORMS {
                    return Err(Unreadable::TooDeep);
                }
                let Some(data) = streams::decoded(&stream, self.budget)? else { return Ok(()) };
                let matrix = dict.get::<[f64; 6]>("Matrix").unwrap_or(IDENTITY);
                let inner = State { to_page: then(matrix, state.to_page), ..state.clone() };
                let own = dict.get::<Dict<'a>>("Resources").map(Resources::new);
                self.run(&data, own.as_ref().unwrap_or(resources), inner, depth + 1)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn show_all(&mut self, parts: &Array<'_>, state: &mut State<'a>) -> Result<(), Unreadable> {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::Number(back) => {
                    let horizontal = state.face.as_ref().is_none_or(|face| face.is_horizontal());
                    state.forward(-back.as_f64() / 1000.0 * state.size, horizontal);
                }
                part => self.show(Some(&part), state)?,
            }
        }
        Ok(())
    }

    fn show(&mut self, string: Option<&Object<'_>>, state: &mut State<'a>) -> Result<(), Unreadable> {
        let (Some(Object::String(string)), Some(face)) = (string, state.face.clone()) else { return Ok(()) };
        for (code, number, length) in face.codes(string.as_bytes()) {
            self.budget.step()?;
            let to_page = then(state.text, state.to_page);
            let at = place(to_page, (0.0, state.rise));
            let top = place(to_page, (0.0, state.rise + state.size));
            let width = code.advance / 1000.0 * state.size;
            let end = match code.is_horizontal {
                true => place(to_page, (width * state.scale, state.rise)),
                false => place(to_page, (state.size, state.rise)),
            };
            let size = (top.0 - at.0).hypot(top.1 - at.1);
            let space = if number == 32 && length == 1 { state.word_space } else { 0.0 };
            state.forward(width + state.char_space + space, code.is_horizontal);
            match &code.text {
                None => self.drawn.unknown += 1,
                Some(text)
                    if size > 0.1
                        && [at.0, at.1, end.0, end.1, size].iter().all(|n| n.is_finite() && n.abs() < 1e6) =>
                {
                    self.drawn.glyphs.push(Glyph { text: text.clone(), at, end, size, is_bold: face.is_bold });
                }
                Some(_) => {}
            }
        }
        if self.drawn.glyphs.len() > MAX_GLYPHS {
            return Err(Unreadable::UnpacksToTooMuch);
        }
        Ok(())
    }
}

/// A path that is being drawn: its straight pieces.
#[derive(Default)]
struct Path {
    pieces: Vec<Rule>,
    boxes: Vec<(f64, f64, f64, f64)>,
    first: (f64, f64),
    last: (f64, f64),
}

/// What is thinner than this, in points, is a line, even if it is a box that is filled.
const THIN: f64 = 3.0;

impl Path {
    fn begin(&mut self, at: (f64, f64)) {
        (self.first, self.last) = (at, at);
    }

    fn line(&mut self, to: (f64, f64)) {
        if self.pieces.len() < MAX_RULES {
            self.pieces.push(Rule { from: self.last, to });
        }
        self.last = to;
    }

    fn close(&mut self) {
        self.line(self.first);
    }

    fn rectangle(&mut self, to_page: Matrix, x: f64, y: f64, width: f64, height: f64) {
        let (a, b) = (place(to_page, (x, y)), place(to_page, (x + width, y + height)));
        if self.boxes.len() < MAX_RULES {
            self.boxes.push((a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1)));
        }
    }

    fn clear(&mut self) {
        self.pieces.clear();
        self.boxes.clear();
    }

    fn end(&mut self, is_stroked: bool, rules: &mut Vec<Rule>) {
        for (x0, y0, x1, y1) in self.boxes.drain(..) {
            let (middle_x, middle_y) = ((x0 + x1) / 2.0, (y0 + y1) / 2.0);
            if y1 - y0 < THIN {
                rules.push(Rule { from: (x0, middle_y), to: (x1, middle_y) });
            } else if x1 - x0 < THIN {
                rules.push(Rule { from: (middle_x, y0), to: (middle_x, y1) });
            } else if is_stroked {
                rules.push(Rule { from: (x0, y0), to: (x1, y0) });
                rules.push(Rule { from: (x0, y1), to: (x1, y1) });
                rules.push(Rule { from: (x0, y0), to: (x0, y1) });
                rules.push(Rule { from: (x1, y0), to: (x1, y1) });
            }
        }
        if is_stroked {
            rules.append(&mut self.pieces);
        }
        self.clear();
        rules.truncate(MAX_RULES);
    }
}
