//! Signs as the vendors do.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Meta's `X-Hub-Signature-256`: HMAC-SHA256 of the raw body with the app secret.
/// <https://developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads>
pub(super) fn meta(app_secret: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, app_secret.as_bytes());
    let hex: String = hmac::sign(&key, body.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256={hex}")
}

/// Twilio's `X-Twilio-Signature`: HMAC-SHA1 of the URL and the sorted form fields with the account's auth token.
/// <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
pub(super) fn twilio(auth_token: &str, url: &str, form: &[(&str, String)]) -> String {
    let mut fields: Vec<_> = form.iter().collect();
    fields.sort();
    let signed = fields.into_iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    let key = hmac::Key::new(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, auth_token.as_bytes());
    STANDARD.encode(hmac::sign(&key, signed.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twilios_published_example_comes_out() {
        let form = [
            ("CallSid", "CA1234567890ABCDE"),
            ("Caller", "+14158675310"),
            ("Digits", "1234"),
            ("From", "+14158675310"),
            ("To", "+18005551212"),
        ]
        .map(|(name, value)| (name, value.to_owned()));
        let url = "https://example.com/myapp.php?foo=1&bar=2";
        assert_eq!(twilio("12345", url, &form), "L/OH5YylLD5NRKLltdqwSvS0BnU=");
    }

    #[test]
    fn metas_is_hmac_sha256_in_hexadecimal() {
        // RFC 4231, test case 2.
        let expected = "sha256=5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(meta("Jefe", "what do ya want for nothing?"), expected);
    }
}
