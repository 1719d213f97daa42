//! The token in the link to one appointment, for whoever it is with.
//!
//! It names tenant and appointment, and a keyed hash shows that we made it: nothing is stored for a link, and the same
//! appointment has the same link in every message. It says nothing else, and opens nothing else. For how long it is good
//! is a matter of the appointment, which whoever reads a token looks up.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::TenantId;
use domain::ids::AppointmentId;
use secrecy::{ExposeSecret as _, SecretString};

use crate::secrets::{derived_token, same};

/// The characters of an appointment's 128 bits in base64url.
const ID_CHARS: usize = 22;

/// The token of an appointment: `summit-roofing.` and 54 characters.
#[must_use]
pub fn token(key: &SecretString, tenant: &TenantId, appointment: AppointmentId) -> String {
    let number = u128::from_str_radix(&appointment.to_string().replace('-', ""), 16).unwrap_or_default();
    let id = URL_SAFE_NO_PAD.encode(number.to_be_bytes());
    format!("{tenant}.{id}{}", tag(key, tenant, appointment).expose_secret())
}

/// The appointment of a token that `key` made; `None` for anything else.
#[must_use]
pub fn read(key: &SecretString, token: &str) -> Option<(TenantId, AppointmentId)> {
    let (tenant, rest) = token.split_once('.')?;
    let (id, shown) = rest.split_at_checked(ID_CHARS)?;
    let tenant = TenantId::new(tenant).ok()?;
    let number: [u8; 16] = URL_SAFE_NO_PAD.decode(id).ok()?.try_into().ok()?;
    let appointment = AppointmentId::parse(&format!("{:032x}", u128::from_be_bytes(number))).ok()?;
    let is_ours = same(tag(key, &tenant, appointment).expose_secret().as_bytes(), shown.as_bytes());
    is_ours.then_some((tenant, appointment))
}

fn tag(key: &SecretString, tenant: &TenantId, appointment: AppointmentId) -> SecretString {
    derived_token(key.expose_secret(), &format!("visit|{tenant}|{appointment}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn sample() -> (SecretString, TenantId, AppointmentId) {
        let tenant = TenantId::new("summit-roofing").unwrap();
        let appointment = AppointmentId::derive(&tenant, &["sample"]);
        (SecretString::from("a key"), tenant, appointment)
    }

    #[test]
    fn a_token_leads_back_to_its_appointment_and_is_short_enough_for_a_text_message() {
        let (key, tenant, appointment) = sample();
        let token = token(&key, &tenant, appointment);
        assert_eq!(read(&key, &token), Some((tenant, appointment)));
        assert_eq!(token.len(), "summit-roofing.".len() + 54);
        assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)), "{token}");
    }

    #[test]
    fn a_token_that_was_changed_anywhere_leads_nowhere() {
        let (key, tenant, appointment) = sample();
        let token = token(&key, &tenant, appointment);
        for at in 0..token.len() {
            for other in ["A", "b", "."] {
                let mut changed = token.clone();
                changed.replace_range(at..=at, other);
                assert!(changed == token || read(&key, &changed).is_none(), "{changed}");
            }
        }
        let (mut short, long) = (token.clone(), format!("{token}A"));
        short.pop();
        for wrong in ["", ".", "summit-roofing", "summit-roofing.", &short, &long] {
            assert_eq!(read(&key, wrong), None, "{wrong}");
        }
    }

    #[test]
    fn tenants_appointments_and_keys_have_tokens_of_their_own() {
        let (key, tenant, appointment) = sample();
        let other = TenantId::new("other-roofing").unwrap();
        let tags: BTreeSet<String> = [
            token(&key, &tenant, appointment),
            token(&key, &other, appointment),
            token(&key, &tenant, AppointmentId::derive(&tenant, &["another"])),
            token(&SecretString::from("another key"), &tenant, appointment),
        ]
        .map(|token| token.split_at(token.len() - 32).1.to_owned())
        .into();
        assert_eq!(tags.len(), 4);
        let foreign = token(&SecretString::from("another key"), &tenant, appointment);
        assert_eq!(read(&key, &foreign), None);
    }
}
