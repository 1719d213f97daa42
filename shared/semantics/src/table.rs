//! A table of vectors, one for each piece of a word: the vector of a text is the sum of those of its pieces.

use crate::embedding::{Embedding, Space};
use crate::linear::{Malformed, Reader};
use crate::pieces::pieces;
use std::sync::LazyLock;

const MAGIC: &[u8; 8] = b"TABLE001";

/// A table that is ready to look up. It points into the bytes that it was read from.
#[derive(Debug, Clone)]
pub struct Table<'b> {
    space: Space,
    /// In order, so that they can be searched.
    pieces: Vec<&'b str>,
    /// A scale a piece.
    scales: Vec<f32>,
    /// By piece.
    rows: &'b [u8],
}

static BUILT_IN: LazyLock<Option<Table<'static>>> =
    LazyLock::new(|| Table::from_bytes(include_bytes!("../data/minilm-static.table")).ok());

impl Table<'static> {
    /// The table that is part of the program. It is read on the first call, in about a millisecond; a program that never calls this
    /// does not carry it.
    #[must_use]
    pub fn built_in() -> Option<&'static Self> {
        BUILT_IN.as_ref()
    }
}

impl<'b> Table<'b> {
    /// The table that `bytes` hold, as `tools/distil_table.py` writes it.
    ///
    /// # Errors
    /// Where they hold none.
    pub fn from_bytes(bytes: &'b [u8]) -> Result<Self, Malformed> {
        let mut reader = Reader(bytes);
        if reader.take(MAGIC.len())? != MAGIC {
            return Err(Malformed);
        }
        let small = |number: u32| u16::try_from(number).map_err(|_| Malformed);
        let (version, dimensions, count) = (small(reader.number()?)?, small(reader.number()?)?, reader.number()?);
        let model = text(&mut reader)?.to_owned();
        let mut pieces = Vec::new();
        for _ in 0..count {
            pieces.push(text(&mut reader)?);
        }
        let mut scales = Vec::with_capacity(pieces.len());
        for _ in &pieces {
            scales.push(reader.float()?);
        }
        let rows = reader.take(pieces.len() * usize::from(dimensions))?;
        let fits = reader.0.is_empty() && dimensions > 0 && pieces.is_sorted_by(|a, b| a < b);
        fits.then_some(Self { space: Space { model, version, dimensions }, pieces, scales, rows }).ok_or(Malformed)
    }

    /// The space of its vectors.
    #[must_use]
    pub fn space(&self) -> &Space {
        &self.space
    }

    /// `text` as a point. `None` where the table has nothing of it.
    #[must_use]
    pub fn embed(&self, text: &str) -> Option<Embedding> {
        let dimensions = usize::from(self.space.dimensions);
        let mut sum = vec![0.0; dimensions];
        for at in pieces(text, |piece| self.pieces.binary_search(&piece).ok()) {
            let scale = self.scales.get(at).copied().unwrap_or_default();
            let row = self.rows.get(at * dimensions..).unwrap_or_default();
            for (sum, value) in sum.iter_mut().zip(row) {
                *sum += scale * f32::from(value.cast_signed());
            }
        }
        Embedding::new(self.space.clone(), sum)
    }
}

/// A text of up to 255 bytes, its length before it.
fn text<'b>(reader: &mut Reader<'b>) -> Result<&'b str, Malformed> {
    let length = reader.take(1)?.first().copied().ok_or(Malformed)?;
    std::str::from_utf8(reader.take(usize::from(length))?).map_err(|_| Malformed)
}
