//! Configuration from environment variables, which `template.yaml` sets.

use domain::Failure;
use domain::webhooks::Reach;

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

/// How far webhooks may be posted. The local stack alone, which `cargo xtask` starts, sets `LOCAL_WEBHOOKS`: no
/// template does.
#[must_use]
pub fn webhook_reach() -> Reach {
    match optional("LOCAL_WEBHOOKS") {
        Some(value) if value == "allowed" => Reach::Local,
        _ => Reach::Public,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_missing_is_named() {
        let failure = required("PORCHLIGHT_NO_SUCH_VARIABLE").unwrap_err();
        assert!(matches!(failure, Failure::Permanent(reason) if reason.contains("PORCHLIGHT_NO_SUCH_VARIABLE")));
        assert_eq!(optional("PORCHLIGHT_NO_SUCH_VARIABLE"), None);
        assert_eq!(webhook_reach(), Reach::Public, "unless somebody says otherwise");
        // The one variable that is sure to be there.
        assert_eq!(required("PATH").ok(), std::env::var("PATH").ok());
    }
}
