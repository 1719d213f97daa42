//! The vendors' credentials that a tenant's people store: which there are, when they were stored, never what they are.
//!
//! What is encrypted is written here and read by [`crate::Credentials::get`] alone. Meta's verify token is not encrypted but
//! registered by its hash, like a key: it is what Meta's question leads to the tenant by.

use aws_sdk_dynamodb::types::Put;
use domain::identity::AuditAction;
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;
use serde_json::json;

use crate::VendorCredentials;
use crate::table::documents::{Trace, busy, entry};
use crate::table::error::failure;
use crate::table::item::{Item, get_text, key_item, text, to_item};
use crate::table::keys::{self, TableKey};
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::{Credential, Purpose};
use crate::tenancy::registry::{Key, Registration, taken};

/// A credential that people store, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VendorCredential {
    /// Encrypted, for the functions that need it.
    Sealed(Credential),
    /// The token in Meta's verification request.
    MetaVerifyToken,
}

/// A credential that is stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct StoredCredential {
    /// Its name.
    #[schema(example = "twilio-auth-token")]
    pub name: String,
    /// Since when; not known of those that an operator stored.
    pub stored_at: Option<Timestamp>,
}

impl VendorCredential {
    /// All there are.
    pub const ALL: [Self; 5] = [
        Self::Sealed(Credential::MetaAppSecret),
        Self::Sealed(Credential::MetaAccessToken),
        Self::MetaVerifyToken,
        Self::Sealed(Credential::TwilioAuthToken),
        Self::Sealed(Credential::TwilioApiKey),
    ];

    /// Its name, such as `twilio-auth-token`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sealed(credential) => credential.parts().1,
            Self::MetaVerifyToken => "meta-verify-token",
        }
    }

    /// The credential of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|credential| credential.as_str() == name)
    }

    fn place(self, tenant: &TenantId) -> TableKey {
        let purpose = match self {
            Self::Sealed(credential) => credential.parts().0,
            Self::MetaVerifyToken => Purpose::Verification,
        };
        keys::of(tenant).credential(purpose.as_str(), self.as_str())
    }

    fn subject(self) -> String {
        format!("credential/{}", self.as_str())
    }
}

impl VendorCredentials<'_> {
    /// Stores a vendor's credential in the place of an earlier one, with a line of the record that does not hold it.
    /// Functions that remember the earlier one forget it within five minutes.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when the verify token is another tenant's; else as KMS and the table answer.
    pub async fn put(
        self,
        kms_key_id: &str,
        tenant: &Tenant,
        which: VendorCredential,
        secret: &SecretString,
        trace: &Trace,
    ) -> Result<StoredCredential, Failure> {
        let place = which.place(&tenant.id);
        let mut writes = Writes::new(&self.store.table);
        match which {
            VendorCredential::Sealed(credential) => {
                let sealed = self.store.seal(kms_key_id, &tenant.id, credential.parts().0, &place, secret).await?;
                let mut item = to_item("credential", &place, &sealed)?;
                item.insert("stored_at".to_owned(), text(trace.at.to_string()));
                writes.put(item)?;
            }
            VendorCredential::MetaVerifyToken => {
                self.verify_token(&mut writes, tenant, &place, secret, trace.at).await?;
            }
        }
        let what = Some(json!({"name": which.as_str()}));
        writes.audit(&entry(&tenant.id, AuditAction::Updated, &which.subject(), 1, None, what, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(StoredCredential { name: which.as_str().to_owned(), stored_at: Some(trace.at) }),
            Ran::Refused(positions) if !positions.contains(&0) => Err(taken("token")),
            Ran::Refused(_) | Ran::Raced => Err(busy("credential")),
        }
    }

    /// Registers a verify token, and takes the registration of the one before away.
    async fn verify_token(
        self,
        writes: &mut Writes,
        tenant: &Tenant,
        place: &TableKey,
        token: &SecretString,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let registry = Key::MetaVerifyToken(token.expose_secret()).table_key();
        let before = self.store.item("credential", place).await?;
        let mut item = key_item(place);
        let attributes = [("entity", "credential"), ("registry", &registry.pk), ("stored_at", &now.to_string())];
        item.extend(attributes.map(|(name, value)| (name.to_owned(), text(value))));
        let put = Put::builder().set_item(Some(item));
        writes.put_builder(match &before {
            Some(before) => put
                .condition_expression("registry = :before")
                .expression_attribute_values(":before", text(get_text(before, "registry"))),
            None => put.condition_expression("attribute_not_exists(pk)"),
        })?;
        writes.put_owned(to_item("registration", &registry, &Registration::of(tenant, Vec::new()))?, &tenant.id)?;
        if let Some(before) = before.as_ref().and_then(TableKey::registered).filter(|before| *before != registry) {
            writes.delete(&before)?;
        }
        Ok(())
    }

    /// Which vendors' credentials a tenant has stored.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn list(self, tenant: &TenantId) -> Result<Vec<StoredCredential>, Failure> {
        let mut stored = Vec::new();
        for purpose in [Purpose::Verification, Purpose::Sending] {
            let answer = self
                .store
                .query()
                .consistent_read(true)
                .key_condition_expression("pk = :pk")
                .expression_attribute_values(":pk", text(keys::of(tenant).credential(purpose.as_str(), "").pk))
                .projection_expression("sk, stored_at")
                .send()
                .await
                .map_err(|error| failure("credentials", &error))?;
            stored.extend(answer.items().iter().map(|item| StoredCredential {
                name: get_text(item, "sk").to_owned(),
                stored_at: get_text(item, "stored_at").parse().ok(),
            }));
        }
        Ok(stored)
    }

    /// Forgets a vendor's credential, with a line of the record.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) when there is none.
    pub async fn remove(self, tenant: &TenantId, which: VendorCredential, trace: &Trace) -> Result<(), Failure> {
        let place = which.place(tenant);
        let item: Item =
            self.store.item("credential", &place).await?.ok_or_else(|| Failure::not_found("credential"))?;
        let mut writes = Writes::new(&self.store.table);
        match TableKey::registered(&item) {
            None => writes.delete_existing(&place)?,
            Some(registry) => {
                writes.delete_where(&place, "registry = :registry", ":registry", text(&registry.pk))?;
                writes.delete(&registry)?;
            }
        }
        let what = Some(json!({"name": which.as_str()}));
        writes.audit(&entry(tenant, AuditAction::Removed, &which.subject(), 1, what, None, trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy("credential")),
            Ran::Refused(_) => Err(Failure::not_found("credential")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credential_is_found_by_its_name_and_no_other_is() {
        for credential in VendorCredential::ALL {
            assert_eq!(VendorCredential::parse(credential.as_str()), Some(credential));
        }
        // These two are the platform's: no tenant stores them.
        for foreign in ["anthropic-api-key", "suppression-key", "second-factor", "", "META-APP-SECRET"] {
            assert_eq!(VendorCredential::parse(foreign), None, "{foreign}");
        }
    }
}
