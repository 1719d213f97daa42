//! What must be so in the table before anything is stored.

use anyhow::Result;
use domain::Failure;
use domain::failure::Rejection;
use domain::identity::MAX_ACTIVE_KEYS;
use domain::tenancy::Tenant;
use store::{Key, Versioned};

use super::Run;
use super::keys::api_key_id;
use crate::secrets::Secrets;

/// The tenant as it is stored, if it is; refuses a slug, a number or a token that another business has, secrets of
/// another business, and more API keys than there is room for.
pub(super) async fn check(run: &Run<'_>, secrets: &Secrets) -> Result<Option<Versioned<Tenant>>> {
    let (store, id) = (&run.to.store, &run.file.tenant.id);
    let stored = store.tenants().find(id).await?;
    if !secrets.tenant.is_empty() && secrets.tenant != id.as_str() {
        let whose = format!("the secrets file is {}'s: give each business its own", secrets.tenant);
        return Err(taken("tenant.id", whose).into());
    }
    // A run that was cut short right after storing the tenant finds exactly what it would have stored.
    let is_other = stored.as_ref().is_some_and(|stored| stored.value != run.file.tenant);
    if is_other && secrets.tenant.is_empty() {
        let other = format!(
            "there is a business with this slug, and the secrets file is not its: choose another slug, or, to take it \
             over with new keys, write tenant = \"{id}\" on top of the secrets file"
        );
        return Err(taken("tenant.id", other).into());
    }
    for (key, field) in leads_here(&run.file.tenant, secrets) {
        if store.registry().resolve(key).await?.is_some_and(|registration| registration.tenant != *id) {
            return Err(taken(field, "this belongs to another business".to_owned()).into());
        }
    }
    let active = store.api_keys().list(id).await?;
    let mut wanted = Vec::new();
    for wish in &run.file.api_keys {
        wanted.push(api_key_id(id, secrets.api_key(wish)?));
    }
    let new = wanted.iter().filter(|id| !active.iter().any(|key| key.id == **id)).count();
    if active.len() + new > MAX_ACTIVE_KEYS {
        let full = format!(
            "{} keys are active that are not in the secrets file, and there may be {MAX_ACTIVE_KEYS} in all: revoke one",
            active.len() + new - wanted.len()
        );
        return Err(taken("api_keys", full).into());
    }
    Ok(stored)
}

/// By what the business is known that another one could have, with the field that says so.
fn leads_here<'a>(tenant: &'a Tenant, secrets: &'a Secrets) -> Vec<(Key<'a>, &'static str)> {
    let mut keys = Vec::new();
    if let Some(whatsapp) = &tenant.channels.whatsapp {
        keys.push((Key::WhatsappNumber(&whatsapp.phone_number_id), "tenant.channels.whatsapp.phone_number_id"));
        keys.push((Key::MetaVerifyToken(&secrets.whatsapp.verify_token), "tenant.channels.whatsapp"));
    }
    if let Some(sms) = &tenant.channels.sms {
        keys.push((Key::TwilioNumber(&sms.account_sid, sms.from.as_str()), "tenant.channels.sms.from"));
    }
    keys
}

fn taken(field: &str, message: String) -> Failure {
    Failure::Rejected { kind: Rejection::Conflict, field: Some(field.to_owned()), message }
}
