//! `X-Twilio-Signature`: base64 of the HMAC-SHA1, under the account's auth token, of the URL and what was posted.
//!
//! What follows the URL depends on the body. A form: each parameter's name and value, sorted by name; of a repeated
//! one each different value, sorted. Anything else: nothing, and the URL carries the body's SHA-256 as `bodySHA256`.
//! Twilio may have signed the URL with or without the port, whichever way it is written, so both are tried. Source:
//! twilio.com/docs/usage/security#validating-requests, and Twilio's own validators.

use aws_lc_rs::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY;
use secrecy::{ExposeSecret, SecretString};
use std::collections::BTreeSet;

use crate::body::Encoding;
use crate::signature::{Refusal, check_hmac, equal, from_base64, from_hex, malformed, sha256};

const HEADER: &str = "X-Twilio-Signature";

/// Checks the signature of a delivery to `url`, the public URL as Twilio has it, query and all; its connection overrides, after
/// a `#`, may be there or not.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(
    auth_token: &SecretString,
    signature_header: Option<&str>,
    url: &str,
    body: &[u8],
    content_type: Option<&str>,
) -> Result<(), Refusal> {
    // What follows a `#` tells Twilio how to call; it is neither sent nor signed.
    let url = url.split_once('#').map_or(url, |(url, _)| url);
    let header = signature_header.ok_or_else(|| Refusal::NoHeader(HEADER.to_owned()))?;
    let tag = from_base64(header).ok_or_else(|| malformed(HEADER, "base64"))?;
    let posted = posted(url, body, content_type)?;
    let mut result = Err(Refusal::Mismatch("the URL and parameters"));
    for url in [Some(url.to_owned()), without_port(url), with_default_port(url)].into_iter().flatten() {
        let message = format!("{url}{posted}");
        result = check_hmac(
            HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            auth_token.expose_secret().as_bytes(),
            message.as_bytes(),
            &tag,
            "the URL and parameters",
        );
        if result.is_ok() {
            break;
        }
    }
    result
}

/// What is signed after the URL. A body that nothing would cover is refused.
fn posted(url: &str, body: &[u8], content_type: Option<&str>) -> Result<String, Refusal> {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let hash = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "bodySHA256");
    let is_form = match content_type {
        Some(_) => Encoding::of(content_type) == Some(Encoding::Form),
        None => hash.is_none(),
    };
    if body.is_empty() && hash.is_none() {
        return Ok(String::new());
    }
    if is_form {
        let parameters: BTreeSet<_> = form_urlencoded::parse(body).collect();
        return Ok(parameters.iter().flat_map(|(name, value)| [name.as_ref(), value.as_ref()]).collect());
    }
    let hash = hash.and_then(|(_, hex)| from_hex(&hex)).ok_or(Refusal::BodyHash)?;
    if equal(&hash, sha256(body).as_ref()) { Ok(String::new()) } else { Err(Refusal::BodyHash) }
}

/// A URL cut around its port. It is not normalised: what was signed is text.
struct Cut<'a> {
    scheme: &'a str,
    before: &'a str,
    port: Option<&'a str>,
    after: &'a str,
}

fn cut(url: &str) -> Option<Cut<'_>> {
    let (scheme, rest) = url.split_once("://")?;
    let (authority, after) = rest.split_at_checked(rest.find(['/', '?', '#']).unwrap_or(rest.len()))?;
    // The last colon is the port's only if digits follow: `user:pass@host`, `[::1]`.
    let port =
        authority.rsplit_once(':').filter(|(_, port)| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()));
    Some(match port {
        Some((before, port)) => Cut { scheme, before, port: Some(port), after },
        None => Cut { scheme, before: authority, port: None, after },
    })
}

fn without_port(url: &str) -> Option<String> {
    let Cut { scheme, before, port, after } = cut(url)?;
    port.map(|_| format!("{scheme}://{before}{after}"))
}

fn with_default_port(url: &str) -> Option<String> {
    let Cut { scheme, before, port, after } = cut(url)?;
    let default = match scheme {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    port.is_none().then(|| format!("{scheme}://{before}:{default}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_found_among_other_colons() {
        for (url, without, with) in [
            ("https://example.com/a?b=c:1", None, Some("https://example.com:443/a?b=c:1")),
            ("http://example.com:8080", Some("http://example.com"), None),
            ("https://user:pass@example.com/", None, Some("https://user:pass@example.com:443/")),
            ("https://user:pass@example.com:443/", Some("https://user:pass@example.com/"), None),
            ("http://[::1]/x", None, Some("http://[::1]:80/x")),
            ("http://[::1]:80/x", Some("http://[::1]/x"), None),
            ("ftp://example.com", None, None),
            ("nonsense", None, None),
        ] {
            assert_eq!(without_port(url).as_deref(), without, "{url}");
            assert_eq!(with_default_port(url).as_deref(), with, "{url}");
        }
    }

    #[test]
    fn connection_overrides_are_not_signed() {
        let url = "https://hooks.example.com/webhooks/sms";
        let (token, body) = (SecretString::from("token"), b"Body=Hello&From=%2B13035550101".as_slice());
        let signed = format!("{url}BodyHelloFrom+13035550101");
        let key = aws_lc_rs::hmac::Key::new(HMAC_SHA1_FOR_LEGACY_USE_ONLY, b"token");
        let tag = aws_lc_rs::hmac::sign(&key, signed.as_bytes());
        let signature = base64::Engine::encode(&base64::engine::general_purpose::STANDARD, tag.as_ref());
        let form = Some("application/x-www-form-urlencoded");
        for called in [url, "https://hooks.example.com/webhooks/sms#rc=2&rp=5xx,ct,rt"] {
            assert_eq!(verify(&token, Some(&signature), called, body, form), Ok(()), "{called}");
        }
        let elsewhere = "https://hooks.example.com/webhooks/smss#rc=2&rp=5xx,ct,rt";
        assert!(verify(&token, Some(&signature), elsewhere, body, form).is_err());
    }
}
