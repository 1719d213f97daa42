//! What a failure means to the owner of a business.

use std::borrow::Cow;

/// Why messages do not go out, and what helps, in words that an owner understands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// What happened, as a sentence without its full stop.
    pub means: Cow<'static, str>,
    /// What to do about it, as a sentence or two.
    pub todo: Cow<'static, str>,
    /// Whether it is the business's own settings or accounts: then every message meets it until someone mends them.
    pub whole_account: bool,
}

impl Explanation {
    /// What happened, and what helps.
    #[must_use]
    pub fn of(means: &'static str, todo: &'static str, whole_account: bool) -> Self {
        Self { means: Cow::Borrowed(means), todo: Cow::Borrowed(todo), whole_account }
    }
}
