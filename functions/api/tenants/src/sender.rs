//! The address that a tenant's mail comes from. Whoever names one shows that it is theirs, by a link that is mailed there; until
//! then nothing goes out from it.

use auth::secrets::sha256_hex;
use domain::Failure;
use domain::identity::AccountMail;
use domain::messaging::Email;
use domain::tenancy::Tenant;
use jiff::SignedDuration;
use store::{Quota, Trace};

use crate::AppState;

/// How many mails an address gets: three at once, and one more each two hours. No one's mailbox is flooded.
const MAILS: Quota = Quota { at_once: 3, every: SignedDuration::from_hours(2) };

/// Refuses an address of the platform's own, `platform`, where `stored` does not have it already: what customers get never looks as if the
/// platform had written it.
///
/// # Errors
/// 400 naming `channels.email.from`.
pub(crate) fn check(platform: Option<&Email>, stored: Option<&Tenant>, wanted: &Tenant) -> Result<(), Failure> {
    let from = |tenant: &Tenant| tenant.channels.email.as_ref().map(|email| email.from.clone());
    let (Some(platform), Some(new)) = (platform, from(wanted)) else { return Ok(()) };
    if stored.and_then(from).as_ref() == Some(&new) || domain_of(platform) != domain_of(&new) {
        return Ok(());
    }
    let message = format!(
        "{} is the platform's own: write an address at your business's domain, which you read, such as office@your-business.com",
        domain_of(platform)
    );
    Err(Failure::invalid("channels.email.from", message))
}

fn domain_of(email: &Email) -> String {
    email.as_str().rsplit('@').next().unwrap_or_default().to_lowercase()
}

/// Asks for the mail with the link, where the tenant's address is not shown to be its own yet.
///
/// # Errors
/// [`Failure::Retryable`] when the table or the queue does not answer.
pub(crate) async fn ask(app_state: &AppState, tenant: &Tenant, trace: &Trace) -> Result<(), Failure> {
    let Some(email) = tenant.channels.email.as_ref().map(|email| &email.from) else { return Ok(()) };
    if app_state.guard.store.tenants().sender_owner(email).await?.is_some() {
        return Ok(());
    }
    let quota = format!("sender|{}", sha256_hex(email.as_str()));
    if app_state.guard.store.limits().take_quota(&quota, MAILS, None, trace.at).await? {
        let mail = AccountMail::Sender { tenant: tenant.id.clone(), email: email.clone() };
        app_state.mail.send_traced(&mail, &trace.correlation_id).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn tenant(channels: &serde_json::Value) -> Tenant {
        from_value(json!({
            "id": "acme", "name": "Acme", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
            "region": "US", "language": "en", "business": {}, "hours": {}, "notify": ["owner@example.com"],
            "services": [], "channels": channels,
        }))
        .unwrap()
    }

    fn from(address: &str) -> Tenant {
        tenant(&json!({"email": {"from": address}}))
    }

    #[test]
    fn an_address_of_the_platforms_is_refused_with_what_to_write() {
        let platform = Email::new("no-reply@porchlight.example", "from").unwrap();
        for own in ["no-reply@porchlight.example", "acme@Porchlight.Example"] {
            let refused = check(Some(&platform), None, &from(own)).unwrap_err();
            let Failure::Rejected { field, message, .. } = refused else { panic!("{own}") };
            assert_eq!(field.as_deref(), Some("channels.email.from"), "{own}");
            assert!(message.contains("write an address at your business's domain"), "{message}");
            assert!(check(Some(&platform), Some(&from("office@acme.example")), &from(own)).is_err(), "{own}");
            assert_eq!(check(Some(&platform), Some(&from(own)), &from(own)), Ok(()), "it was there before");
        }
        for theirs in ["office@acme.example", "office@porchlight.example.com", "porchlight.example@acme.example"] {
            assert_eq!(check(Some(&platform), None, &from(theirs)), Ok(()), "{theirs}");
        }
        assert_eq!(check(Some(&platform), None, &tenant(&json!({}))), Ok(()));
    }
}
