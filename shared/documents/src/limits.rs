//! How much of a file is read, and for how long.

use crate::Unreadable;
use std::cell::Cell;

/// How much of a file is read at most. What is larger is refused as a whole, never cut: an answer from the first half of a price list is
/// worse than none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The file's size.
    pub bytes: usize,
    /// Pages of one document.
    pub pages: usize,
    /// What the file unpacks to, all of its parts together.
    pub unpacked: u64,
    /// How deep elements, objects and drawings may be inside each other.
    pub depth: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 20_000_000, pages: 500, unpacked: 100_000_000, depth: 200 }
    }
}

/// What is left of the limits while a file is read.
pub(crate) struct Budget<'b> {
    pub(crate) limits: Limits,
    is_over: &'b dyn Fn() -> bool,
    unpacked: Cell<u64>,
    steps: Cell<u32>,
}

/// The time is asked once in so many steps: a step is a tag, a cell or an operator, some of which take under a microsecond.
const STEPS: u32 = 256;

impl<'b> Budget<'b> {
    pub(crate) fn new(limits: Limits, is_over: &'b dyn Fn() -> bool) -> Self {
        Self { limits, is_over, unpacked: Cell::new(0), steps: Cell::new(0) }
    }

    /// One more step of work.
    pub(crate) fn step(&self) -> Result<(), Unreadable> {
        let steps = self.steps.get().wrapping_add(1);
        self.steps.set(steps);
        if steps.is_multiple_of(STEPS) { self.in_time() } else { Ok(()) }
    }

    /// Whether there is time left, asked at once.
    pub(crate) fn in_time(&self) -> Result<(), Unreadable> {
        if (self.is_over)() { Err(Unreadable::TooSlow) } else { Ok(()) }
    }

    /// So many bytes more were unpacked.
    pub(crate) fn unpack(&self, bytes: usize) -> Result<(), Unreadable> {
        let unpacked = self.unpacked.get().saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
        self.unpacked.set(unpacked);
        if unpacked > self.limits.unpacked { Err(Unreadable::UnpacksToTooMuch) } else { Ok(()) }
    }

    /// A cell of a table with so much text in it: an empty one takes memory too.
    pub(crate) fn cell(&self, text: usize) -> Result<(), Unreadable> {
        self.step()?;
        self.unpack(text + size_of::<String>())
    }

    /// How deep it is inside.
    pub(crate) fn depth(&self, depth: usize) -> Result<(), Unreadable> {
        if depth > self.limits.depth { Err(Unreadable::TooDeep) } else { Ok(()) }
    }

    /// Reads to the end of what unpacks, as far as the limit allows. `None` where it is damaged before anything came; what came before
    /// damage is kept.
    pub(crate) fn inflate(&self, mut from: impl std::io::Read) -> Result<Option<Vec<u8>>, Unreadable> {
        let mut all = Vec::new();
        let mut piece = vec![0; 32 * 1024];
        loop {
            match from.read(&mut piece) {
                Ok(0) => return Ok(Some(all)),
                Ok(read) => {
                    self.unpack(read)?;
                    self.in_time()?;
                    all.extend_from_slice(piece.get(..read).unwrap_or_default());
                }
                Err(_) if all.is_empty() => return Ok(None),
                Err(_) => return Ok(Some(all)),
            }
        }
    }
}
