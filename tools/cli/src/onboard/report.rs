//! What the operator, and programs that call the command, need to know afterwards. Secrets included.

use domain::tenancy::Tenant;
use serde_json::{Value, json};
use store::VendorCredential;

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
        "cannot_yet": cannot_yet(tenant, secrets),
        "done": summary.json(),
    })
}

/// What the business cannot do yet, in words.
#[must_use]
pub fn cannot_yet(tenant: &Tenant, secrets: &Secrets) -> Vec<String> {
    let given = secrets.credentials();
    let stored: Vec<&str> = given.iter().map(|given| VendorCredential::Sealed(given.credential).as_str()).collect();
    tenant.cannot_yet(&stored)
}
