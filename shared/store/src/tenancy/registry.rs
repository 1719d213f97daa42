//! The registry: which tenant a credential belongs to.
//!
//! The tenant always comes from here, never from a body. Only SHA-256 hashes are stored, of public keys and phone
//! numbers too: one rule, and no personal data in keys.

use auth::secrets::sha256_hex;
use aws_sdk_dynamodb::types::Put;
use domain::failure::Rejection;
use domain::messaging::Email;
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

use crate::Registry;
use crate::table::error::failure;
use crate::table::item::{Item, from_item, key_item, text, to_item};
use crate::table::keys;
use crate::table::writes::{Ran, Writes};

/// How much of a key's hash tells it from a tenant's other keys.
const SCOPE_CHARS: usize = 16;

/// Something a caller shows, by which its tenant is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
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
    /// The address that a tenant's mail comes from, once someone has shown that it is theirs.
    Sender(&'a Email),
    /// The slug of a tenant in the address of its booking page. It is not registered: limits alone are kept under it.
    Booking(&'a TenantId),
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
    /// Of a form: the words beside its telephone field by which whoever submits it agrees to be texted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consent_wording: Option<String>,
}

impl Registration {
    /// What leads to `tenant`.
    pub(crate) fn of(tenant: &Tenant, origins: Vec<String>) -> Self {
        Self { tenant: tenant.id.clone(), region: tenant.region.clone(), origins, consent_wording: None }
    }

    /// Whether a browser at `origin` may use the key. A caller that is no browser sends no origin.
    #[must_use]
    pub fn allows(&self, origin: Option<&str>) -> bool {
        origin.is_none_or(|origin| self.origins.is_empty() || self.origins.iter().any(|allowed| allowed == origin))
    }
}

impl Key<'_> {
    /// An id that came with this key, such as a form's own number of a submission, as one that no other key's can be: two
    /// sites that both count from 1 lose nothing.
    #[must_use]
    pub fn scoped(self, id: &str) -> String {
        let hash = sha256_hex(&self.table_key().pk);
        format!("{}:{id}", hash.get(..SCOPE_CHARS).unwrap_or_default())
    }

    pub(crate) fn table_key(self) -> keys::TableKey {
        let (kind, value) = match self {
            Self::Form(key) => ("form", key.to_owned()),
            Self::Widget(key) => ("widget", key.to_owned()),
            Self::Call(key) => ("call", key.to_owned()),
            Self::WhatsappNumber(id) => ("whatsapp", id.to_owned()),
            Self::TwilioNumber(account, number) => ("twilio", format!("{account}|{number}")),
            Self::MetaVerifyToken(token) => ("meta-verify", token.to_owned()),
            Self::Sender(email) => ("sender", email.as_str().to_owned()),
            Self::Booking(tenant) => ("booking", tenant.to_string()),
        };
        keys::registration(kind, &sha256_hex(&value))
    }
}

impl Registry<'_> {
    /// What `key` leads to; `None` when no one has it. A warm function remembers it for 30 s.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn resolve(self, key: Key<'_>) -> Result<Option<Arc<Registration>>, Failure> {
        let table_key = key.table_key();
        if let Some(known) = self.store.tenancy.registrations.get(&table_key.pk) {
            return Ok(Some(known));
        }
        let answer = self
            .store
            .dynamo
            .get_item()
            .table_name(&self.store.table)
            .set_key(Some(key_item(&table_key)))
            .send()
            .await
            .map_err(|error| failure("registry", &error))?;
        let Some(item) = answer.item else { return Ok(None) };
        let registration = Arc::new(from_item::<Registration>("registration", &item)?);
        self.store.tenancy.registrations.put(table_key.pk, Arc::clone(&registration));
        Ok(Some(registration))
    }

    /// Registers `key`, for the same tenant as often as you like.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when it belongs to another tenant.
    pub async fn register(self, key: Key<'_>, registration: &Registration) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_owned(to_item("registration", &key.table_key(), registration)?, &registration.tenant)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(Failure::Retryable("register: another write is in progress".into())),
            Ran::Refused(_) => Err(taken("number, account or key")),
        }
    }
}

/// What belongs to another tenant.
pub(crate) fn taken(what: &str) -> Failure {
    Failure::rejected(Rejection::Conflict, format!("this {what} belongs to another tenant"))
}

/// What was made before and cannot be shown again.
pub(crate) fn shown(what: &str) -> Failure {
    let message = format!("this {what} was created before, and is shown only once: revoke it, and create another one");
    Failure::rejected(Rejection::Conflict, message)
}

impl Writes {
    /// Puts an item of the registry, where there is none or it is the tenant's own.
    pub(crate) fn put_owned(&mut self, item: Item, tenant: &TenantId) -> Result<(), Failure> {
        let put =
            Put::builder().set_item(Some(item)).condition_expression("attribute_not_exists(pk) OR tenant = :tenant");
        self.put_builder(put.expression_attribute_values(":tenant", text(tenant.as_str())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_hold_hashes_and_kinds_do_not_mix() {
        let secret = "pk_live_0123456789";
        let keys = [
            Key::Form(secret),
            Key::Widget(secret),
            Key::Call(secret),
            Key::WhatsappNumber(secret),
            Key::MetaVerifyToken(secret),
            Key::TwilioNumber("AC1", secret),
            Key::Sender(&Email::new("pk_live_0123456789@example.com", "email").unwrap()),
        ];
        let stored: std::collections::BTreeSet<_> = keys.map(|key| key.table_key().pk).into();
        assert_eq!(stored.len(), keys.len());
        assert!(stored.iter().all(|key| !key.contains(secret)));
        // SHA-256 of "abc", FIPS 180-2 appendix B.1.
        assert_eq!(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn an_id_that_came_with_a_key_is_that_keys_alone() {
        assert_eq!(Key::Form("site-a").scoped("1"), Key::Form("site-a").scoped("1"));
        let ids = [Key::Form("site-a").scoped("1"), Key::Form("site-b").scoped("1"), Key::Call("site-a").scoped("1")];
        assert_eq!(std::collections::BTreeSet::from(ids.clone()).len(), 3);
        assert!(ids.iter().all(|id| id.ends_with(":1") && !id.contains("site")));
    }

    #[test]
    fn origins_bind_browsers_and_no_one_else() {
        let registration = |origins: &[&str]| Registration {
            tenant: TenantId::new("acme").unwrap(),
            region: "US".to_owned(),
            origins: origins.iter().map(|origin| (*origin).to_owned()).collect(),
            consent_wording: None,
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
