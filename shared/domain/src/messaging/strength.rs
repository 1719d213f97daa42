//! How sure it is that an address belongs to the person who is known by it.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// How sure it is that an address is someone's own.
///
/// An address that is only *mentioned* in a text has no strength: it is kept as a detail of the conversation
/// and identifies no one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Typed into the contact field of a form or a chat by whoever wrote, or shown by a caller. It finds the lead, so that
    /// the lead is not doubled, and proves nothing.
    #[default]
    Given,
    /// A message came from it, as its vendor says.
    Proven,
}
