//! What staff should know of an appointment.

use jiff::Timestamp;

use super::Booking;

/// The longest note of an appointment, in characters.
pub const MAX_NOTE: usize = 1_000;

impl Booking {
    /// The same with another line in its note. `None`: the note has no room for it.
    #[must_use]
    pub fn with_note(&self, line: &str, now: Timestamp) -> Option<Self> {
        let line = line.trim();
        let note = if self.note.is_empty() { line.to_owned() } else { format!("{}\n{line}", self.note) };
        let fits = note.chars().count() <= MAX_NOTE;
        fits.then(|| Self { note, updated_at: now, ..self.clone() })
    }
}
