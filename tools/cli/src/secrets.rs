//! A tenant's secrets file.

use anyhow::{Context as _, Result};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use store::Credential;

/// Everything of a tenant that must not be seen. An empty text is "not there".
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// For the HTTPS API.
    pub api_key: String,
    /// Stands in forms: public.
    pub form_key: String,
    /// Stands in the chat widget: public.
    pub widget_key: String,
    /// For telephone systems that report missed calls.
    pub call_key: String,
    /// Meta's.
    pub whatsapp: WhatsappSecrets,
    /// Twilio's.
    pub sms: SmsSecrets,
}

/// What Meta gives, and the token that is typed into its console.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct WhatsappSecrets {
    /// Made up here, typed into Meta's console.
    pub verify_token: String,
    /// App dashboard, "App secret".
    pub app_secret: String,
    /// A system user's token.
    pub access_token: String,
}

/// What Twilio gives.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmsSecrets {
    /// Console, "Auth token": checks signatures.
    pub auth_token: String,
    /// `SK…:secret` of an API key: sends.
    pub api_key: String,
}

impl Secrets {
    /// Reads `path`, or begins with nothing where there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(path: &Path) -> Result<Self> {
        match std::fs::read_to_string(path) {
            Ok(text) => toml::from_str(&text).with_context(|| format!("{} is not a secrets file", path.display())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Makes up the keys that are Porchlight's own, where they are missing.
    pub fn complete(&mut self) {
        for (key, prefix) in [
            (&mut self.api_key, "pl_api_"),
            (&mut self.form_key, "pl_form_"),
            (&mut self.widget_key, "pl_widget_"),
            (&mut self.call_key, "pl_call_"),
            (&mut self.whatsapp.verify_token, "pl_verify_"),
        ] {
            make_up(key, prefix);
        }
    }

    /// Makes up what vendors would give: for a stack where no vendor is real.
    pub fn rehearse(&mut self) {
        for (secret, prefix) in [
            (&mut self.whatsapp.app_secret, ""),
            (&mut self.whatsapp.access_token, "EAA"),
            (&mut self.sms.auth_token, ""),
            (&mut self.sms.api_key, "SK00000000000000000000000000000000:"),
        ] {
            make_up(secret, prefix);
        }
    }

    /// Writes the file, readable by its owner alone.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, path: &Path) -> Result<()> {
        let cannot = || format!("cannot write {}", path.display());
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).with_context(cannot)?;
        }
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(path).with_context(cannot)?;
        file.write_all(toml::to_string_pretty(self)?.as_bytes()).with_context(cannot)
    }

    /// The vendors' credentials that are there.
    #[must_use]
    pub fn credentials(&self) -> Vec<(Credential, SecretString)> {
        let all = [
            (Credential::MetaAppSecret, &self.whatsapp.app_secret),
            (Credential::MetaAccessToken, &self.whatsapp.access_token),
            (Credential::TwilioAuthToken, &self.sms.auth_token),
            (Credential::TwilioApiKey, &self.sms.api_key),
        ];
        let there = all.into_iter().filter(|(_, secret)| !secret.is_empty());
        there.map(|(credential, secret)| (credential, SecretString::from(secret.clone()))).collect()
    }
}

/// 192 bits of randomness behind `prefix`, where `key` is empty.
fn make_up(key: &mut String, prefix: &str) {
    let mut bytes = [0_u8; 24];
    if key.is_empty() && rand::fill(&mut bytes).is_ok() {
        *key = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes));
    }
}
