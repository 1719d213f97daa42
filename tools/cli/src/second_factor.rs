//! `porchlight remove-second-factor`: for someone who has lost every factor, once an operator knows that it is them.

use anyhow::{Context as _, Result};
use domain::identity::{Account, AuditAction};
use domain::messaging::Email;
use jiff::Timestamp;
use store::Store;

use crate::onboard::trace;

/// Takes the second factor off the account at `email`, and ends all its sessions; returns what to tell the operator. The
/// platform's record says that an operator did it.
///
/// # Errors
/// When there is no such account, or the table refuses.
pub async fn remove(store: &Store, email: &str, at: Timestamp) -> Result<String> {
    let email = Email::new(email, "email")?;
    let found = store.accounts().by_email(&email).await?.context("no account has this address")?;
    let name = found.value.name.clone();
    if found.value.second_factor.is_none() {
        return Ok(format!("{name} has no second factor."));
    }
    let id = found.value.id;
    let without = Account { second_factor: None, ..found.value };
    store.accounts().update(&without, found.version, AuditAction::SecondFactorDisabled, &trace(at)).await?;
    store.accounts().remove_second_factor(id).await?;
    Ok(format!(
        "{name} signs in with the password alone now, and is signed out everywhere. They should set up another one."
    ))
}
