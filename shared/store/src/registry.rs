//! The registry: which tenant a credential belongs to.
//!
//! The tenant always comes from here, never from a body. Only SHA-256 hashes are stored, of public keys and phone
//! numbers too: one rule, and no personal data in keys.

use aws_lc_rs::digest::{SHA256, digest};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use domain::messaging::Channel;
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
use std::sync::Arc;

use crate::Store;
use crate::error::failure;
use crate::item::{from_item, key_item, to_item};
use crate::keys;

/// Something a caller shows, by which its tenant is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// A tenant's API key: secret.
    Api(&'a str),
    /// The public key in a form.
    Form(&'a str),
    /// The public key in a chat widget.
    Widget(&'a str),
    /// The key of a phone system that reports missed calls: secret.
    Call(&'a str),
    /// Meta's id of a WhatsApp number.
    WhatsappNumber(&'a str),
    /// A Twilio account and one of its numbers in E.164.
    TwilioNumber(&'a str, &'a str),
    /// The token in Meta's verification request: secret.
    MetaVerifyToken(&'a str),
}

/// What a credential leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// The tenant.
    pub tenant: TenantId,
    /// ISO 3166 country by which phone numbers are read.
    pub region: String,
    /// Origins that may use a public key, such as `https://example.com`; empty: any.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The channel on which a missed call is answered.
    pub text_back: Channel,
}

impl Registration {
    /// Whether a browser at `origin` may use the key. A caller that is no browser sends no origin.
    #[must_use]
    pub fn allows(&self, origin: Option<&str>) -> bool {
        origin.is_none_or(|origin| self.origins.is_empty() || self.origins.iter().any(|allowed| allowed == origin))
    }
}

impl Key<'_> {
    fn table_key(self) -> keys::TableKey {
        let (kind, value) = match self {
            Self::Api(key) => ("api", key.to_owned()),
            Self::Form(key) => ("form", key.to_owned()),
            Self::Widget(key) => ("widget", key.to_owned()),
            Self::Call(key) => ("call", key.to_owned()),
            Self::WhatsappNumber(id) => ("whatsapp", id.to_owned()),
            Self::TwilioNumber(account, number) => ("twilio", format!("{account}|{number}")),
            Self::MetaVerifyToken(token) => ("meta-verify", token.to_owned()),
        };
        keys::registration(kind, &sha256_hex(&value))
    }
}

fn sha256_hex(value: &str) -> String {
    digest(&SHA256, value.as_bytes()).as_ref().iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

impl Store {
    /// What `key` leads to; `None` when nobody has it. A warm function remembers it for 30 s.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn resolve(&self, key: Key<'_>) -> Result<Option<Arc<Registration>>, Failure> {
        let table_key = key.table_key();
        if let Some(known) = self.registrations.get(&table_key.pk) {
            return Ok(Some(known));
        }
        let answer = self
            .dynamo
            .get_item()
            .table_name(&self.table)
            .set_key(Some(key_item(&table_key)))
            .send()
            .await
            .map_err(|error| failure("registry", &error))?;
        let Some(item) = answer.item else { return Ok(None) };
        let registration = Arc::new(from_item::<Registration>("registration", &item)?);
        self.registrations.put(table_key.pk, Arc::clone(&registration));
        Ok(Some(registration))
    }

    /// The tenant of an `Authorization: Bearer KEY` header.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (unauthorized) when there is no such key, whatever the reason.
    pub async fn tenant_of_bearer(&self, authorization: Option<&str>) -> Result<TenantId, Failure> {
        let key = authorization.and_then(|header| header.strip_prefix("Bearer ")).ok_or_else(Failure::unauthorized)?;
        let registration = self.resolve(Key::Api(key.trim())).await?.ok_or_else(Failure::unauthorized)?;
        Ok(registration.tenant.clone())
    }

    /// Registers `key`, for the same tenant as often as you like.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when it belongs to another tenant.
    pub async fn register(&self, key: Key<'_>, registration: &Registration) -> Result<(), Failure> {
        let item = to_item("registration", &key.table_key(), registration)?;
        let put = self
            .dynamo
            .put_item()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk) OR tenant = :tenant")
            .expression_attribute_values(":tenant", crate::item::text(registration.tenant.as_str()))
            .send()
            .await;
        match put {
            Ok(_) => Ok(()),
            Err(error) if error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception) => {
                let taken = "this number, account or key belongs to another tenant";
                Err(Failure::rejected(domain::failure::Rejection::Conflict, taken))
            }
            Err(error) => Err(failure("register", &error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_hashes_and_kinds_do_not_mix() {
        let secret = "pk_live_0123456789";
        let keys = [
            Key::Api(secret),
            Key::Form(secret),
            Key::Widget(secret),
            Key::Call(secret),
            Key::WhatsappNumber(secret),
            Key::MetaVerifyToken(secret),
            Key::TwilioNumber("AC1", secret),
        ];
        let stored: std::collections::BTreeSet<String> = keys.map(|key| key.table_key().pk).into();
        assert_eq!(stored.len(), keys.len());
        assert!(stored.iter().all(|key| !key.contains(secret)));
        // SHA-256 of "abc", FIPS 180-2 appendix B.1.
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn origins_bind_browsers_and_nobody_else() {
        let registration = |origins: &[&str]| Registration {
            tenant: TenantId::new("acme").unwrap(),
            region: "US".to_owned(),
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            text_back: Channel::Sms,
        };
        let bound = registration(&["https://example.com"]);
        assert!(bound.allows(Some("https://example.com")) && bound.allows(None));
        for foreign in
            ["https://example.com.evil.example", "http://example.com", "https://example.com:8443", "null", ""]
        {
            assert!(!bound.allows(Some(foreign)), "{foreign}");
        }
        assert!(registration(&[]).allows(Some("https://anywhere.example")));
    }
}
