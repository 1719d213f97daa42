//! What the operator, and programs that call the command, need to know afterwards. Secrets included.

use domain::tenancy::Tenant;
use serde_json::{Value, json};
use store::Credential;

use super::{Summary, TenantFile};
use crate::secrets::Secrets;

/// The report as JSON. `api_key` is the first of the API keys.
#[must_use]
pub fn report(file: &TenantFile, secrets: &Secrets, summary: &Summary) -> Value {
    let tenant = &file.tenant;
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
    let api_key = file.api_keys.first().and_then(|wish| secrets.api_keys.get(&wish.name));
    json!({
        "id": tenant.id,
        "name": tenant.name,
        "industry": tenant.industry,
        "owner": file.owner().map(|owner| owner.email.as_str()),
        "api_key": api_key,
        "form_key": secrets.form_key,
        "widget_key": secrets.widget_key,
        "call_key": secrets.call_key,
        "whatsapp": whatsapp,
        "sms": sms,
        "not_configured": not_configured(tenant, secrets),
        "done": summary.json(),
    })
}

/// What is still missing, in words an operator can act on.
#[must_use]
pub fn not_configured(tenant: &Tenant, secrets: &Secrets) -> Vec<String> {
    let stored: Vec<Credential> = secrets.credentials().into_iter().map(|given| given.credential).collect();
    let (whatsapp, sms) = (tenant.channels.whatsapp.is_some(), tenant.channels.sms.is_some());
    let needs = [
        (whatsapp, Credential::MetaAppSecret, "whatsapp.app_secret: WhatsApp deliveries are refused"),
        (whatsapp, Credential::MetaAccessToken, "whatsapp.access_token: nothing is sent over WhatsApp"),
        (sms, Credential::TwilioAuthToken, "sms.auth_token: SMS deliveries are refused"),
        (sms, Credential::TwilioApiKey, "sms.api_key: no SMS is sent"),
    ];
    let missing = needs.into_iter().filter(|(wanted, credential, _)| *wanted && !stored.contains(credential));
    missing.map(|(_, _, words)| format!("missing {words}")).collect()
}
