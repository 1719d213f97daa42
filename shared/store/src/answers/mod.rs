//! Answers of models that are kept so that no one pays twice: those of a contact with the contact, those that hold no one's words with the
//! tenant, and the shelves of answers to like questions.

pub(crate) mod entities;
mod kept;
pub(crate) mod keys;
#[cfg(test)]
pub(crate) mod samples;
