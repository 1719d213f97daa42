//! The table: its client, keys, items, transactions, lists, and what waits in it.

pub(crate) mod attributes;
pub(crate) mod cache;
pub(crate) mod client;
pub(crate) mod cursors;
pub(crate) mod documents;
pub mod entities;
pub(crate) mod entity;
pub(crate) mod error;
pub(crate) mod item;
pub mod keys;
pub(crate) mod lists;
pub(crate) mod outbox;
pub(crate) mod pending;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod told;
pub(crate) mod tolerant;
pub(crate) mod writes;

crate::repositories! {
    /// What people configure, each under its version.
    documents: Documents;
    /// Rows that wait to be published.
    outbox: Outbox;
    /// Whatever waits for its time.
    pending: Pending;
}
