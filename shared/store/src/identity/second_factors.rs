//! The secrets of one-time codes, each sealed under its account.

use domain::ids::AccountId;
use domain::{Failure, TenantId};
use secrecy::SecretString;

use crate::Accounts;
use crate::table::error::failure;
use crate::table::keys::{self, TableKey};
use crate::tenancy::credentials::Purpose;

impl Accounts<'_> {
    /// Seals the secret of an account's one-time codes, in the place of an earlier one. It counts once the account says that
    /// it has a second factor.
    ///
    /// # Errors
    /// As KMS and the table answer.
    pub async fn put_second_factor(
        self,
        kms_key_id: &str,
        account: AccountId,
        secret: &SecretString,
    ) -> Result<(), Failure> {
        self.store.put_sealed(kms_key_id, &TenantId::platform(), Purpose::Identity, &name(account), secret).await
    }

    /// The secret of an account's one-time codes; `None` where there is none. Nothing remembers it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when it cannot be decrypted.
    pub async fn second_factor(self, account: AccountId) -> Result<Option<SecretString>, Failure> {
        self.store.sealed(&TenantId::platform(), Purpose::Identity, &name(account)).await
    }

    /// Forgets the secret of an account's one-time codes.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn remove_second_factor(self, account: AccountId) -> Result<(), Failure> {
        self.store.delete_item(&key(account)).send().await.map_err(|error| failure("remove second factor", &error))?;
        Ok(())
    }
}

/// Where the sealed secret of an account lies.
pub(super) fn key(account: AccountId) -> TableKey {
    keys::of(&TenantId::platform()).credential(Purpose::Identity.as_str(), &name(account))
}

fn name(account: AccountId) -> String {
    format!("second-factor#{account}")
}
