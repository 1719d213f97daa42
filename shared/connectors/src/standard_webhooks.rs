//! Standard Webhooks (standardwebhooks.com): OpenAI, Svix and many others sign like this, and so do we.
//!
//! `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, a list of `v1,BASE64` with spaces between;
//! Svix's own names begin with `svix-`. HMAC-SHA256 over `id.timestamp.body` under the bytes that the secret
//! (`whsec_` and base64) stands for.

use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::Failure;
use secrecy::{ExposeSecret, SecretString};

use crate::signature::{Delivery, Refusal, check_hmac, from_base64, malformed};

/// `webhook-signature` of a body: one signature for each secret, so that a receiver with any of them accepts it.
///
/// # Errors
/// [`Failure::Permanent`] when a secret has the wrong form.
pub fn sign(secrets: &[SecretString], id: &str, timestamp: i64, body: &str) -> Result<String, Failure> {
    let message = format!("{id}.{timestamp}.{body}");
    let signatures = secrets.iter().map(|secret| {
        let key = hmac::Key::new(HMAC_SHA256, &key_of(secret)?);
        Ok(format!("v1,{}", STANDARD.encode(hmac::sign(&key, message.as_bytes()))))
    });
    let signatures: Result<Vec<String>, Refusal> = signatures.collect();
    let signatures = signatures.map_err(|refusal| Failure::Permanent(refusal.to_string()))?;
    Ok(signatures.join(" "))
}

/// The bytes that a secret stands for.
fn key_of(secret: &SecretString) -> Result<Vec<u8>, Refusal> {
    let encoded = secret.expose_secret();
    let key = from_base64(encoded.strip_prefix("whsec_").unwrap_or(encoded));
    key.ok_or(Refusal::Secret("not `whsec_` and base64"))
}

/// Checks the signature and its age.
///
/// # Errors
/// A [`Refusal`]: 401.
pub fn verify(secret: &SecretString, delivery: &Delivery<'_>) -> Result<(), Refusal> {
    let header = |name: &str| {
        delivery.header(&format!("webhook-{name}")).or_else(|missing| {
            // The standard name is the one to tell of when neither is there.
            delivery.header(&format!("svix-{name}")).map_err(|_| missing)
        })
    };
    let (id, timestamp, signatures) = (header("id")?, header("timestamp")?, header("signature")?);
    let seconds = timestamp.parse().map_err(|_| malformed("webhook-timestamp", "in seconds since 1970"))?;
    let key = key_of(secret)?;
    let message = [id.as_bytes(), b".", timestamp.as_bytes(), b".", delivery.body].concat();
    let mut result = Err(malformed("webhook-signature", "`v1,BASE64`"));
    for tag in signatures.split(' ').filter_map(|part| from_base64(part.strip_prefix("v1,")?)) {
        result = check_hmac(HMAC_SHA256, &key, &message, &tag, "the id, timestamp and body");
        if result.is_ok() {
            break;
        }
    }
    result?;
    delivery.fresh(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    /// The example of the scheme's reference libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const TIMESTAMP: i64 = 1_614_265_330;
    const BODY: &str = r#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    const OTHER: &str = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    fn checked(secret: &SecretString, signature: &str, body: &str) -> Result<(), Refusal> {
        let mut headers = HeaderMap::new();
        headers.insert("webhook-id", ID.parse().unwrap());
        headers.insert("webhook-timestamp", TIMESTAMP.into());
        headers.insert("webhook-signature", signature.parse().unwrap());
        let delivery = Delivery {
            method: "POST",
            url: "https://hooks.example.com/in",
            headers: &headers,
            body: body.as_bytes(),
            now: TIMESTAMP,
            tolerance_s: 300,
        };
        verify(secret, &delivery)
    }

    #[test]
    fn a_body_is_signed_as_the_reference_libraries_sign_it() {
        assert_eq!(sign(&[SECRET.to_owned().into()], ID, TIMESTAMP, BODY).as_deref(), Ok(SIGNATURE));
    }

    #[test]
    fn while_a_secret_is_rotated_receivers_with_either_accept() {
        let [old, new, none] =
            [SECRET, OTHER, "whsec_bm9ib2R5cyBzZWNyZXQ="].map(|text| SecretString::from(text.to_owned()));
        let signature = sign(&[new.clone(), old.clone()], ID, TIMESTAMP, BODY).unwrap();
        assert_eq!((checked(&old, &signature, BODY), checked(&new, &signature, BODY)), (Ok(()), Ok(())));
        assert!(checked(&none, &signature, BODY).is_err());
        assert!(checked(&new, &signature, "{}").is_err());
    }

    #[test]
    fn what_is_no_secret_signs_nothing() {
        assert!(sign(&["whsec_%".to_owned().into()], ID, TIMESTAMP, BODY).is_err());
    }
}
