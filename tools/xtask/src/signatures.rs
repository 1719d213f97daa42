//! Signs as the vendors do, apart from the code under test, so that a mistake there shows.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use sha2::Sha256;

use crate::bootstraps::hex;

/// Meta's `X-Hub-Signature-256`: HMAC-SHA256 of the raw body with the app secret.
/// <https://developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads>
#[must_use]
pub fn meta(app_secret: &str, body: &str) -> String {
    format!("sha256={}", hex(&mac::<Hmac<Sha256>>(app_secret, body)))
}

/// Twilio's `X-Twilio-Signature`: HMAC-SHA1 of the URL and the sorted form fields with the account's auth token.
/// <https://www.twilio.com/docs/usage/webhooks/webhooks-security>
#[must_use]
pub fn twilio(auth_token: &str, url: &str, form: &[(String, String)]) -> String {
    let mut fields: Vec<_> = form.iter().collect();
    fields.sort();
    let signed = fields.into_iter().fold(url.to_owned(), |text, (name, value)| text + name + value);
    STANDARD.encode(mac::<Hmac<Sha1>>(auth_token, &signed))
}

fn mac<M: Mac + KeyInit>(key: &str, text: &str) -> Vec<u8> {
    // HMAC takes keys of any length; an empty answer would fail every check it is put to.
    let Ok(mut mac) = <M as KeyInit>::new_from_slice(key.as_bytes()) else { return Vec::new() };
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
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
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
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
