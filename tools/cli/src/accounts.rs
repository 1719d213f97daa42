//! `porchlight account`: somebody may sign in no more, may again, or is deleted.

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use domain::identity::{Account, AccountStatus, AuditAction};
use domain::messaging::Email;
use jiff::Timestamp;
use store::Store;

use crate::onboard::trace;

/// What becomes of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Wish {
    /// It is signed out everywhere, and signs in no more.
    Disable,
    /// It may sign in again.
    Enable,
    /// It is gone, and belongs to no tenant any more.
    Delete,
}

/// Does it to the account at `email`; returns what to tell the operator. Again is the same. The record says that an operator
/// did it.
///
/// # Errors
/// When there is no such account, when a tenant would lose its last admin, or the table refuses.
pub async fn run(store: &Store, wish: Wish, email: &str, at: Timestamp) -> Result<String> {
    let email = Email::new(email, "email")?;
    let found = store.account_by_email(&email).await?.context("no account has this address")?;
    let name = found.value.name.clone();
    let status = match wish {
        Wish::Disable => AccountStatus::Disabled,
        Wish::Enable => AccountStatus::Active,
        Wish::Delete => {
            store.delete_account(found.value.id, found.version, &trace(at)).await?;
            return Ok(format!("{name} has no account any more, and belongs to no tenant."));
        }
    };
    if found.value.status != status {
        let account = Account { status, ..found.value };
        store.update_account(&account, found.version, AuditAction::Updated, &trace(at)).await?;
    }
    Ok(match wish {
        Wish::Disable => format!("{name} is signed out everywhere, and cannot sign in."),
        _ => format!("{name} can sign in."),
    })
}
