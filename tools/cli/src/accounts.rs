//! `porchlight account`: someone may sign in no more, may again, or is deleted. `porchlight sign-out-everybody`: all sessions end.

use anyhow::{Context as _, Result};
use clap::ValueEnum;
use domain::identity::{Account, AccountStatus, AuditAction};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use std::collections::BTreeSet;
use store::Store;

use crate::onboard::trace;

const PAGE: usize = 100;

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
    let found = store.accounts().by_email(&email).await?.context("no account has this address")?;
    let name = found.value.name.clone();
    let status = match wish {
        Wish::Disable => AccountStatus::Disabled,
        Wish::Enable => AccountStatus::Active,
        Wish::Delete => {
            store.accounts().delete(found.value.id, found.version, &trace(at)).await?;
            return Ok(format!("{name} has no account any more, and belongs to no tenant."));
        }
    };
    if found.value.status != status {
        let account = Account { status, ..found.value };
        store.accounts().update(&account, found.version, AuditAction::Updated, &trace(at)).await?;
    }
    Ok(match wish {
        Wish::Disable => format!("{name} is signed out everywhere, and cannot sign in."),
        _ => format!("{name} can sign in."),
    })
}

/// Ends the sessions of everybody who belongs to a tenant or to the platform; returns what to tell the operator. Who signs in
/// meanwhile stays signed in: do it again where that matters.
///
/// # Errors
/// When the table refuses.
pub async fn sign_out_everybody(store: &Store, at: Timestamp) -> Result<String> {
    let mut people = BTreeSet::new();
    let mut tenants = vec![TenantId::platform()];
    store
        .tenants()
        .for_each(async |page, unreadable| {
            tenants.extend(page.into_iter().map(|entry| entry.tenant).chain(unreadable));
            Ok::<_, Failure>(())
        })
        .await?;
    for tenant in &tenants {
        let mut cursor = None;
        loop {
            let page = store.members().list(tenant, PAGE, cursor.as_deref()).await?;
            people.extend(page.items.into_iter().map(|member| member.value.account));
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
    }
    let mut ended = 0;
    for account in &people {
        ended += store.sessions().end_all(*account, None, None, AuditAction::SignedOut, &trace(at)).await?;
    }
    Ok(format!("{ended} sessions of {} people are over.", people.len()))
}
