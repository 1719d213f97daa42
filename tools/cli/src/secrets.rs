//! A tenant's secrets file: mode 0600, written whole or not at all.
//!
//! Porchlight's own keys are made up here and kept nowhere else: the table holds their hashes. What vendors give is put
//! in by the operator. The file also remembers what was stored and mailed, so that doing it again does neither twice.

use anyhow::{Context as _, Result};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::identity::SiteKeyKind;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use store::Credential;

/// Everything of a tenant that must not be seen. An empty text is "not there".
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Secrets {
    /// Whose they are, once they were used.
    pub tenant: String,
    /// Stands in forms: public.
    pub form_key: String,
    /// Stands in the chat widget: public.
    pub widget_key: String,
    /// For telephone systems that report missed calls.
    pub call_key: String,
    /// Invitations whose mail was asked for.
    pub mailed: BTreeSet<String>,
    /// For programs, by the name the tenant's file gives them.
    pub api_keys: BTreeMap<String, String>,
    /// Meta's.
    pub whatsapp: WhatsappSecrets,
    /// Twilio's.
    pub sms: SmsSecrets,
    /// SHA-256 of each vendor's credential as it was last stored.
    pub stored: BTreeMap<String, String>,
}

/// What Meta gives, and the token that is typed into its console.
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmsSecrets {
    /// Console, "Auth token": checks signatures.
    pub auth_token: String,
    /// `SK…:secret` of an API key: sends.
    pub api_key: String,
}

/// A vendor's credential that is there.
pub struct Given {
    /// Which.
    pub credential: Credential,
    /// Its name in the file.
    pub name: &'static str,
    /// The credential.
    pub secret: SecretString,
    /// Its SHA-256.
    pub hash: String,
}

impl Secrets {
    /// Makes up the keys that are Porchlight's own, where they are missing: those of sites, and one for each of `api_keys`.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn complete<'n>(&mut self, api_keys: impl IntoIterator<Item = &'n str>) -> Result<()> {
        for name in api_keys {
            make_up(self.api_keys.entry(name.to_owned()).or_default(), "pl_api_")?;
        }
        make_up(&mut self.form_key, SiteKeyKind::Form.prefix())?;
        make_up(&mut self.widget_key, SiteKeyKind::Widget.prefix())?;
        make_up(&mut self.call_key, SiteKeyKind::Call.prefix())?;
        make_up(&mut self.whatsapp.verify_token, "pl_verify_")
    }

    /// Makes up what vendors would give: for a stack where no vendor is real.
    ///
    /// # Errors
    /// When the machine gives no randomness.
    pub fn simulate_vendors(&mut self) -> Result<()> {
        make_up(&mut self.whatsapp.app_secret, "")?;
        make_up(&mut self.whatsapp.access_token, "EAA")?;
        make_up(&mut self.sms.auth_token, "")?;
        make_up(&mut self.sms.api_key, "SK00000000000000000000000000000000:")
    }

    /// The vendors' credentials that are there.
    #[must_use]
    pub fn credentials(&self) -> Vec<Given> {
        let all = [
            (Credential::MetaAppSecret, "whatsapp.app_secret", &self.whatsapp.app_secret),
            (Credential::MetaAccessToken, "whatsapp.access_token", &self.whatsapp.access_token),
            (Credential::TwilioAuthToken, "sms.auth_token", &self.sms.auth_token),
            (Credential::TwilioApiKey, "sms.api_key", &self.sms.api_key),
        ];
        let there = all.into_iter().filter(|(_, _, secret)| !secret.is_empty());
        let given = |(credential, name, secret): (Credential, &'static str, &String)| Given {
            credential,
            name,
            secret: SecretString::from(secret.clone()),
            hash: sha256_hex(secret),
        };
        there.map(given).collect()
    }

    /// Forgets what was stored and mailed: for a table that does not know the tenant.
    pub fn forget(&mut self) {
        self.stored.clear();
        self.mailed.clear();
    }
}

/// A secrets file.
#[derive(Clone)]
pub struct SecretsFile {
    /// What is in it.
    pub secrets: Secrets,
    path: PathBuf,
    on_disk: Option<Secrets>,
}

impl SecretsFile {
    /// Reads `path`, or begins with nothing where there is no such file.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self> {
        let path = path.into();
        match std::fs::read_to_string(&path) {
            Ok(text) => {
                // The parser's own words would show the line, and with it a secret.
                let secrets: Secrets = toml::from_str(&text).map_err(|error| {
                    let line = error
                        .span()
                        .map_or(0, |span| text.bytes().take(span.start).filter(|byte| *byte == b'\n').count() + 1);
                    anyhow::anyhow!("{}:{line}: this is no secrets file", path.display())
                })?;
                Ok(Self { on_disk: Some(secrets.clone()), secrets, path })
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Ok(Self { secrets: Secrets::default(), path, on_disk: None })
            }
            Err(error) => Err(error).with_context(|| format!("cannot read {}", path.display())),
        }
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether there is no such file yet.
    #[must_use]
    pub fn is_new(&self) -> bool {
        self.on_disk.is_none()
    }

    /// Writes what has changed, readable by its owner alone: beside the file first and then into its place, so that a
    /// crash leaves the old file or the new one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn save(&mut self) -> Result<()> {
        if self.on_disk.as_ref() == Some(&self.secrets) {
            return Ok(());
        }
        let cannot = || format!("cannot write {}", self.path.display());
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).with_context(cannot)?;
        }
        let mut beside = self.path.clone().into_os_string();
        beside.push(".new");
        // One that a crash left may be readable by others.
        let _ = std::fs::remove_file(&beside);
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).mode(0o600).open(&beside).with_context(cannot)?;
        file.write_all(toml::to_string_pretty(&self.secrets)?.as_bytes()).with_context(cannot)?;
        file.sync_all().with_context(cannot)?;
        std::fs::rename(&beside, &self.path).with_context(cannot)?;
        self.on_disk = Some(self.secrets.clone());
        Ok(())
    }
}

/// SHA-256 in hex.
pub(crate) fn sha256_hex(text: &str) -> String {
    digest(&SHA256, text.as_bytes()).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// 192 bits of randomness behind `prefix`, where `key` is empty.
fn make_up(key: &mut String, prefix: &str) -> Result<()> {
    if key.is_empty() {
        let mut bytes = [0_u8; 24];
        rand::fill(&mut bytes).map_err(|_| anyhow::anyhow!("this machine gives no random numbers"))?;
        *key = format!("{prefix}{}", URL_SAFE_NO_PAD.encode(bytes));
    }
    Ok(())
}
