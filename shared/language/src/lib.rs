//! What a customer's words mean: the services they name, what they want, how they feel, and whether they are in danger.
//!
//! Everything is read in five languages at once (a message may mix them), from text as customers write it. Nothing here fails,
//! asks a clock or does any I/O, and at most [`MAX_CHARS`] characters are read. Vocabularies are data, one file a language and
//! area; the rules know no language.

mod appointments;
mod counting;
mod fold;
mod intents;
mod leaning;
mod lexicon;
mod services;
mod spoken;
mod stem;
mod tone;
mod vocabulary;
mod words;

pub use appointments::OfAppointment;
pub use counting::counted;
pub use fold::{MAX_CHARS, fold};
pub use intents::{Intent, Intents};
pub use leaning::leaning;
pub use services::{Catalogue, Mentions, Offer, Sought, is_lodging, tells_need};
pub use spoken::languages_named;
pub use tone::{Danger, InHouse, Mood, Tone, tone};
pub use vocabulary::is_known;
pub use words::Words;

#[cfg(test)]
mod tests;
