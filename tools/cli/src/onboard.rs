//! `porchlight onboard`: a business from a file, its keys, its credentials. Doing it again changes nothing.
//!
//! Two files: the tenant, which may be shared, and its secrets, which stay with the operator (mode 0600). Porchlight's
//! own keys are made up where the secrets file lacks them and written back; what vendors give must be in it, else that
//! channel stays unconfigured and says so. The table keeps hashes and envelope-encrypted credentials only.

use anyhow::{Context as _, Result, bail};
use domain::messaging::Channel;
use domain::tenancy::Tenant;
use serde::Deserialize;
use serde_json::{Value, json};
use std::path::Path;
use store::{Credential, Key, Registration, Store};

use crate::secrets::Secrets;

/// A tenant's file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TenantFile {
    /// The channel on which missed calls are answered.
    #[serde(default = "by_sms")]
    pub text_back: Channel,
    /// Sites that may use the form and widget keys; none: any.
    #[serde(default)]
    pub origins: Vec<String>,
    /// The tenant.
    pub tenant: Tenant,
}

fn by_sms() -> Channel {
    Channel::Sms
}

/// Reads and checks a tenant's file.
///
/// # Errors
/// Line and field of what is wrong.
pub fn read(path: &Path) -> Result<TenantFile> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let file: TenantFile =
        toml::from_str(&text).with_context(|| format!("{} is not a tenant's file", path.display()))?;
    if let Err(domain::Failure::Rejected { field, message, .. }) = file.tenant.validate() {
        bail!("{}: tenant.{}: {message}", path.display(), field.unwrap_or_default());
    }
    if !matches!(file.text_back, Channel::Sms | Channel::Whatsapp) {
        bail!("{}: text_back: must be sms or whatsapp", path.display());
    }
    Ok(file)
}

/// Stores the tenant and all that leads to it; returns what the operator needs to know, secrets included.
///
/// # Errors
/// When the table or KMS refuses, or a number or key belongs to another tenant.
pub async fn onboard(store: &Store, kms_key_id: &str, file: &TenantFile, secrets: &Secrets) -> Result<Value> {
    let tenant = &file.tenant;
    let registration = Registration {
        tenant: tenant.id.clone(),
        region: tenant.region.clone(),
        origins: file.origins.clone(),
        text_back: file.text_back,
    };
    store.put_tenant(tenant).await?;
    for (key, name) in keys(tenant, secrets) {
        store.register(key, &registration).await.with_context(|| format!("registering the {name}"))?;
    }
    for (credential, secret) in secrets.credentials() {
        store.put_credential(kms_key_id, &tenant.id, credential, &secret).await.context("storing a credential")?;
    }
    Ok(report(tenant, secrets))
}

fn keys<'a>(tenant: &'a Tenant, secrets: &'a Secrets) -> Vec<(Key<'a>, &'static str)> {
    let mut keys = vec![
        (Key::Api(&secrets.api_key), "API key"),
        (Key::Form(&secrets.form_key), "form key"),
        (Key::Widget(&secrets.widget_key), "widget key"),
        (Key::Call(&secrets.call_key), "call key"),
    ];
    if let Some(whatsapp) = &tenant.channels.whatsapp {
        keys.push((Key::WhatsappNumber(&whatsapp.phone_number_id), "WhatsApp number"));
        keys.push((Key::MetaVerifyToken(&secrets.whatsapp.verify_token), "Meta verify token"));
    }
    if let Some(sms) = &tenant.channels.sms {
        keys.push((Key::TwilioNumber(&sms.account_sid, sms.from.as_str()), "Twilio number"));
    }
    keys
}

fn report(tenant: &Tenant, secrets: &Secrets) -> Value {
    let whatsapp = tenant.channels.whatsapp.as_ref().map(|settings| {
        json!({
            "phone_number_id": settings.phone_number_id,
            "verify_token": secrets.whatsapp.verify_token,
            "app_secret": secrets.whatsapp.app_secret,
        })
    });
    let sms = tenant.channels.sms.as_ref().map(|settings| {
        json!({
            "account_sid": settings.account_sid,
            "number": settings.from.as_str(),
            "auth_token": secrets.sms.auth_token,
        })
    });
    json!({
        "id": tenant.id,
        "name": tenant.name,
        "industry": tenant.industry,
        "api_key": secrets.api_key,
        "form_key": secrets.form_key,
        "widget_key": secrets.widget_key,
        "call_key": secrets.call_key,
        "whatsapp": whatsapp,
        "sms": sms,
        "not_configured": not_configured(tenant, secrets),
    })
}

/// What is still missing, in words an operator can act on.
#[must_use]
pub fn not_configured(tenant: &Tenant, secrets: &Secrets) -> Vec<String> {
    let stored: Vec<Credential> = secrets.credentials().into_iter().map(|(credential, _)| credential).collect();
    let needs = [
        (
            tenant.channels.whatsapp.is_some(),
            Credential::MetaAppSecret,
            "whatsapp.app_secret: WhatsApp deliveries are refused",
        ),
        (
            tenant.channels.whatsapp.is_some(),
            Credential::MetaAccessToken,
            "whatsapp.access_token: nothing is sent over WhatsApp",
        ),
        (tenant.channels.sms.is_some(), Credential::TwilioAuthToken, "sms.auth_token: SMS deliveries are refused"),
        (tenant.channels.sms.is_some(), Credential::TwilioApiKey, "sms.api_key: no SMS is sent"),
    ];
    let missing = needs.into_iter().filter(|(wanted, credential, _)| *wanted && !stored.contains(credential));
    missing.map(|(_, _, words)| format!("missing {words}")).collect()
}
