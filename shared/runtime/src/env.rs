//! Configuration from environment variables, which `template.yaml` sets.

use domain::Failure;

/// The value of a variable that must be there.
///
/// # Errors
/// [`Failure::Permanent`] naming the variable: the template is wrong, and the function does not start.
pub fn required(name: &str) -> Result<String, Failure> {
    optional(name)
        .ok_or_else(|| Failure::Permanent(format!("environment variable {name} is not set: see template.yaml")))
}

/// The value of a variable that may be missing; an empty one counts as missing.
#[must_use]
pub fn optional(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
