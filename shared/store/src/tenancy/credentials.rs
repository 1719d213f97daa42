//! Secrets, envelope-encrypted: a data key of KMS for each, AES-256-GCM, bound to tenant, purpose and name.
//!
//! KMS enforces the purpose: a function's role may decrypt only with the encryption context of its own purpose, so a
//! webhook that checks signatures can never read what sends messages.

use auth::secrets::random_token;
use aws_lc_rs::aead::{AES_256_GCM, Aad, Nonce, RandomizedNonceKey};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_kms::primitives::Blob;
use aws_sdk_kms::types::DataKeySpec;
use domain::{Failure, TenantId};
use secrecy::{ExposeSecret, SecretString};
use serde::{Deserialize, Serialize};

use crate::Credentials;
use crate::Store;
use crate::table::error::failure;
use crate::table::item::{from_item, to_item};
use crate::table::keys::{self, TableKey};

/// What a credential is for: the `purpose` of KMS's encryption context.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Checks that a delivery is the vendor's.
    Verification,
    /// Sends messages.
    Sending,
    /// Calls a model.
    Model,
    /// Lets people in: one-time codes, and the keys that sign access tokens.
    Identity,
    /// Finds what erased people refused.
    Suppression,
    /// Signs what is posted to webhooks.
    Webhooks,
    /// Signs the links to appointments.
    Visits,
    /// Reads calendars outside of Porchlight.
    Calendars,
    /// Checks that a message about a calendar is the scheduler's.
    CalendarHooks,
    /// Asks for forecasts.
    Weather,
    /// Makes the noise in published figures.
    Benchmarks,
}

/// The credentials there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// Meta's app secret, which signs deliveries.
    MetaAppSecret,
    /// Twilio's auth token, which signs deliveries.
    TwilioAuthToken,
    /// The token that sends over WhatsApp.
    MetaAccessToken,
    /// `KEY_SID:SECRET` of a Twilio API key, which sends SMS.
    TwilioApiKey,
    /// The key of Anthropic's models.
    AnthropicApiKey,
    /// The secret of the platform's client at Google, as whom accounts let us read their calendars.
    GoogleClientSecret,
    /// The key of OpenAI's models.
    OpenAiApiKey,
    /// The key of Open-Meteo's hosts for customers.
    OpenMeteoApiKey,
    /// The platform's key of the hashes that erased people's refusals are kept under.
    SuppressionKey,
    /// The platform's key of the links to appointments.
    VisitLinkKey,
    /// The platform's key of the noise in published benchmarks.
    BenchmarkNoiseKey,
}

impl Credential {
    /// What it is for, and its name.
    pub(crate) fn parts(self) -> (Purpose, &'static str) {
        match self {
            Self::MetaAppSecret => (Purpose::Verification, "meta-app-secret"),
            Self::TwilioAuthToken => (Purpose::Verification, "twilio-auth-token"),
            Self::MetaAccessToken => (Purpose::Sending, "meta-access-token"),
            Self::TwilioApiKey => (Purpose::Sending, "twilio-api-key"),
            Self::AnthropicApiKey => (Purpose::Model, "anthropic-api-key"),
            Self::GoogleClientSecret => (Purpose::Calendars, "google-client-secret"),
            Self::OpenAiApiKey => (Purpose::Model, "openai-api-key"),
            Self::OpenMeteoApiKey => (Purpose::Weather, "open-meteo-api-key"),
            Self::SuppressionKey => (Purpose::Suppression, "suppression-key"),
            Self::VisitLinkKey => (Purpose::Visits, "visit-link-key"),
            Self::BenchmarkNoiseKey => (Purpose::Benchmarks, "benchmark-noise-key"),
        }
    }
}

impl Purpose {
    /// The name in the encryption context and in IAM policies.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Verification => "verification",
            Self::Sending => "sending",
            Self::Model => "model",
            Self::Identity => "identity",
            Self::Suppression => "suppression",
            Self::Webhooks => "webhooks",
            Self::Visits => "visits",
            Self::Calendars => "calendars",
            Self::CalendarHooks => "calendar-hooks",
            Self::Weather => "weather",
            Self::Benchmarks => "benchmarks",
        }
    }
}

/// A secret as it lies in the table: it opens at its own place alone.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Sealed {
    #[serde(with = "serde_bytes")]
    data_key: Vec<u8>,
    #[serde(with = "serde_bytes")]
    nonce: Vec<u8>,
    #[serde(with = "serde_bytes")]
    ciphertext: Vec<u8>,
}

impl Credentials<'_> {
    /// Encrypts and stores a credential, replacing an earlier one.
    ///
    /// # Errors
    /// [`Failure::Retryable`] or [`Failure::Permanent`] as KMS and the table answer.
    pub async fn put(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        credential: Credential,
        secret: &SecretString,
    ) -> Result<(), Failure> {
        let (purpose, name) = credential.parts();
        self.store.put_sealed(kms_key_id, tenant, purpose, name, secret).await
    }

    /// Reads a credential; `None` where the tenant has none. A warm function remembers it for five minutes.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table or KMS does not answer; [`Failure::Permanent`] when it cannot be decrypted.
    pub async fn get(self, tenant: &TenantId, credential: Credential) -> Result<Option<SecretString>, Failure> {
        let (purpose, name) = credential.parts();
        let key = keys::of(tenant).credential(purpose.as_str(), name);
        let cached = format!("{}|{}", key.pk, key.sk);
        if let Some(secret) = self.store.tenancy.secrets.get(&cached) {
            return Ok(Some(secret));
        }
        let Some(secret) = self.store.sealed(tenant, purpose, name).await? else { return Ok(None) };
        self.store.tenancy.secrets.put(cached, secret.clone());
        Ok(Some(secret))
    }

    /// The platform's keys of Anthropic and of OpenAI, read at once; `None` for those that no one set.
    ///
    /// # Errors
    /// As [`Credentials::get`].
    pub async fn model_keys(self) -> Result<[Option<SecretString>; 2], Failure> {
        let platform = TenantId::platform();
        let key = |credential| self.get(&platform, credential);
        let (anthropic, openai) = tokio::join!(key(Credential::AnthropicApiKey), key(Credential::OpenAiApiKey));
        Ok([anthropic?, openai?])
    }

    /// A key of the platform's own, made where there is none: of two makers one wins, and both take the winner's. Once made,
    /// it never changes.
    ///
    /// # Errors
    /// As [`Credentials::get`]; [`Failure::Permanent`] where there is none and [`Store::sealing_with`] was not called.
    pub async fn own_key(self, credential: Credential) -> Result<SecretString, Failure> {
        let platform = TenantId::platform();
        if let Some(key) = self.get(&platform, credential).await? {
            return Ok(key);
        }
        let kms_key_id = self.store.kms_key_id.as_deref();
        let kms_key_id = kms_key_id.ok_or_else(|| Failure::Permanent("CREDENTIALS_KEY_ID names no KMS key".into()))?;
        let (purpose, name) = credential.parts();
        let place = keys::of(&platform).credential(purpose.as_str(), name);
        let sealed = self.store.seal(kms_key_id, &platform, purpose, &place, &random_token("")?).await?;
        let put = self
            .store
            .put_item(to_item("credential", &place, &sealed)?)
            .condition_expression("attribute_not_exists(pk)")
            .send()
            .await;
        if let Err(error) = put
            && !error.as_service_error().is_some_and(PutItemError::is_conditional_check_failed_exception)
        {
            return Err(failure("make credential", &error));
        }
        let key = self.get(&platform, credential).await?;
        key.ok_or_else(|| Failure::Retryable(format!("the {name} that was made cannot be read")))
    }
}

impl Store {
    /// Seals a secret under a name and stores it, in the place of an earlier one.
    pub(crate) async fn put_sealed(
        &self,
        kms_key_id: &str,
        tenant: &TenantId,
        purpose: Purpose,
        name: &str,
        secret: &SecretString,
    ) -> Result<(), Failure> {
        let key = keys::of(tenant).credential(purpose.as_str(), name);
        let sealed = self.seal(kms_key_id, tenant, purpose, &key, secret).await?;
        self.put_item(to_item("credential", &key, &sealed)?)
            .send()
            .await
            .map_err(|error| failure("put credential", &error))?;
        Ok(())
    }

    /// The secret under a name, strongly consistent.
    pub(crate) async fn sealed(
        &self,
        tenant: &TenantId,
        purpose: Purpose,
        name: &str,
    ) -> Result<Option<SecretString>, Failure> {
        let key = keys::of(tenant).credential(purpose.as_str(), name);
        let Some(item) = self.item("credential", &key).await? else { return Ok(None) };
        let sealed: Sealed = from_item("credential", &item)?;
        Ok(Some(self.unseal(tenant, purpose, &key, sealed).await?))
    }

    /// Encrypts a secret for one purpose and one place.
    pub(crate) async fn seal(
        &self,
        kms_key_id: &str,
        tenant: &TenantId,
        purpose: Purpose,
        key: &TableKey,
        secret: &SecretString,
    ) -> Result<Sealed, Failure> {
        let data_key = self
            .kms
            .generate_data_key()
            .key_id(kms_key_id)
            .key_spec(DataKeySpec::Aes256)
            .encryption_context("tenant", tenant.as_str())
            .encryption_context("purpose", purpose.as_str())
            .send()
            .await
            .map_err(|error| failure("data key", &error))?;
        let plain = data_key.plaintext().map(Blob::as_ref).unwrap_or_default();
        let mut ciphertext = secret.expose_secret().as_bytes().to_vec();
        let nonce = cipher(plain)?
            .seal_in_place_append_tag(aad(key), &mut ciphertext)
            .map_err(|_| Failure::Permanent(format!("credential {} could not be encrypted", key.sk)))?;
        Ok(Sealed {
            data_key: data_key.ciphertext_blob().map(|blob| blob.as_ref().to_vec()).unwrap_or_default(),
            nonce: nonce.as_ref().to_vec(),
            ciphertext,
        })
    }

    /// Decrypts what was sealed for this purpose and place.
    pub(crate) async fn unseal(
        &self,
        tenant: &TenantId,
        purpose: Purpose,
        key: &TableKey,
        sealed: Sealed,
    ) -> Result<SecretString, Failure> {
        let broken = || Failure::Permanent(format!("credential {} cannot be decrypted: store it again", key.sk));
        let data_key = self
            .kms
            .decrypt()
            .ciphertext_blob(Blob::new(sealed.data_key))
            .encryption_context("tenant", tenant.as_str())
            .encryption_context("purpose", purpose.as_str())
            .send()
            .await
            .map_err(|error| failure("decrypt credential", &error))?;
        let plain = data_key.plaintext().map(Blob::as_ref).unwrap_or_default();
        let nonce = Nonce::try_assume_unique_for_key(&sealed.nonce).map_err(|_| broken())?;
        let mut bytes = sealed.ciphertext;
        let opened = cipher(plain)?.open_in_place(nonce, aad(key), &mut bytes).map_err(|_| broken())?;
        let text = std::str::from_utf8(opened).map_err(|_| broken())?;
        Ok(SecretString::from(text.to_owned()))
    }
}

fn cipher(data_key: &[u8]) -> Result<RandomizedNonceKey, Failure> {
    RandomizedNonceKey::new(&AES_256_GCM, data_key)
        .map_err(|_| Failure::Permanent("data key has a wrong length".into()))
}

fn aad(key: &TableKey) -> Aad<String> {
    Aad::from(format!("{}|{}", key.pk, key.sk))
}
