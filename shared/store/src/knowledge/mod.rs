//! What businesses let Porchlight answer from: the documents, and which index is the current one. The files and the indexes themselves are
//! in the bucket.

pub(crate) mod documents;
pub(crate) mod entities;
pub(crate) mod faqs;
pub(crate) mod index;
pub(crate) mod keys;
#[cfg(test)]
pub(crate) mod samples;

crate::repositories! {
    /// The documents that answers are given from.
    knowledge: Knowledge;
}
