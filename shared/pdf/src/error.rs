//! Why there is no PDF.

/// Why a document was not made. Trying again does not help: the same document fails again.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The document is over a limit, or contradicts itself.
    #[error("{field}: {reason}")]
    Invalid {
        /// Where, such as `lines[3].sku`.
        field: String,
        /// Why, for whoever filled it.
        reason: String,
    },
    /// The logo is no PNG or JPEG, too large, or damaged. Without it the document can be made.
    #[error("the logo cannot be shown: {0}")]
    Logo(&'static str),
    /// The typesetter refused the template or broke off: a mistake of this crate or of the library.
    #[error("typesetting failed: {0}")]
    Typeset(String),
}

impl Error {
    pub(crate) fn invalid(field: impl Into<String>, reason: impl Into<String>) -> Self {
        Self::Invalid { field: field.into(), reason: reason.into() }
    }
}
