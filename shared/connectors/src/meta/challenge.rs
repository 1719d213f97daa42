//! The `GET` by which Meta makes sure that the webhook is ours, when it is subscribed.

use domain::Failure;
use secrecy::SecretString;

/// What Meta asks. Only who knows the token may be answered with the challenge.
#[derive(Debug, Clone)]
pub struct Challenge {
    /// The token that was typed into Meta's dashboard.
    pub verify_token: SecretString,
    /// What Meta wants to read back: at most 256 letters, digits, `-` and `_`, so that echoing it is harmless.
    pub challenge: String,
}

/// Reads the query string, without its `?`.
///
/// # Errors
/// [`Failure::Rejected`] naming `hub.mode`, `hub.verify_token` or `hub.challenge`.
pub fn challenge(query: &str) -> Result<Challenge, Failure> {
    let field = |name: &'static str| {
        let found = form_urlencoded::parse(query.as_bytes()).find(|(key, value)| key == name && !value.is_empty());
        found.map(|(_, value)| value.into_owned()).ok_or_else(|| Failure::invalid(name, format!("{name} is missing")))
    };
    if field("hub.mode")? != "subscribe" {
        return Err(Failure::invalid("hub.mode", "hub.mode must be `subscribe`"));
    }
    let verify_token = field("hub.verify_token")?.into();
    let challenge = field("hub.challenge")?;
    let harmless = challenge.len() <= 256 && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    if harmless {
        Ok(Challenge { verify_token, challenge })
    } else {
        Err(Failure::invalid("hub.challenge", "hub.challenge must be at most 256 letters, digits, '-' and '_'"))
    }
}
