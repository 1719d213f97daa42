//! Proving who one is, with a password and a code. What is wrong counts towards a lock, wherever it is shown: who has stolen a
//! session can guess no longer than an anonymous caller. Each place has a lock of its own, so that anonymous callers lock out only each other.

use auth::secrets::sha256_hex;
use auth::{one_time_codes, passwords};
use domain::failure::Rejection;
use domain::identity::{Account, Actor, AuditAction, AuditEntry, Failures, MAX_FAILURES, SecondFactor};
use domain::ids::AuditId;
use domain::messaging::Email;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use store::{Guess, Store, Trace, Versioned};

/// A code of the second factor, as it was shown: the app's, or one of those on paper.
#[derive(Clone, Copy)]
pub(crate) struct Code<'a> {
    pub(crate) one_time: Option<&'a SecretString>,
    pub(crate) backup: Option<&'a SecretString>,
}

/// Checks a code and spends it on `account`, which must be stored, under its version, before anything follows from that.
/// Five wrong ones lock the second factor; nothing but a right one afterwards opens that, a new password in particular not.
///
/// # Errors
/// [`Failure::Retryable`] when the table or KMS does not answer.
pub(crate) async fn spend(
    store: &Store,
    account: &mut Account,
    shown: Code<'_>,
    trace: &Trace,
) -> Result<SecondFactor, Failure> {
    if account.second_factor.is_none() {
        return Ok(SecondFactor::NotSetUp);
    }
    if shown.one_time.is_none() && shown.backup.is_none() {
        return Ok(SecondFactor::Missing);
    }
    let guess = Guess::Code(account.id);
    let Some(failures) = store.guesses().take(guess, trace.at).await? else { return Ok(SecondFactor::Locked) };
    if is_right(store, account, shown, trace.at).await? {
        store.guesses().forget(guess).await?;
        return Ok(SecondFactor::Right);
    }
    record(store, &account.email, Some(account), failures, trace).await?;
    Ok(SecondFactor::Wrong)
}

async fn is_right(store: &Store, account: &mut Account, shown: Code<'_>, now: Timestamp) -> Result<bool, Failure> {
    let id = account.id;
    let Some(factor) = &mut account.second_factor else { return Ok(false) };
    if let Some(code) = shown.one_time {
        let secret = store.accounts().second_factor(id).await?;
        let secret = secret.ok_or_else(|| Failure::Permanent("a second factor has lost its secret".into()))?;
        let step = one_time_codes::check(&secret, code.expose_secret(), now, factor.last_step);
        factor.last_step = step.unwrap_or(factor.last_step);
        return Ok(step.is_some());
    }
    let backup = shown.backup.map(|code| one_time_codes::backup_hash(code.expose_secret()));
    Ok(backup.is_some_and(|hash| factor.backup_codes.remove(&hash)))
}

/// Records a failure at `email`: the fifth as what locks. The record of an anonymous caller's failure names the address by its hash.
///
/// # Errors
/// [`Failure::Retryable`] when the table does not answer.
pub(crate) async fn record(
    store: &Store,
    email: &Email,
    account: Option<&Account>,
    failures: Failures,
    trace: &Trace,
) -> Result<(), Failure> {
    let action = if failures.count >= MAX_FAILURES { AuditAction::SignInLocked } else { AuditAction::SignInFailed };
    let (actor, subject) = match account {
        Some(account) => (Actor::Person { account: account.id, session: None }, format!("account/{}", account.id)),
        None => (Actor::System, format!("address/{}", sha256_hex(email.as_str()))),
    };
    let tenant = TenantId::platform();
    let at = trace.at.as_millisecond().to_string();
    let id = AuditId::derive(&tenant, &["failure", &subject, &at, &trace.correlation_id, &failures.count.to_string()]);
    let Trace { at, address, correlation_id, .. } = trace.clone();
    let (before, after) = (None, None);
    store
        .audit()
        .record(&AuditEntry { id, tenant, at, actor, action, subject, address, before, after, correlation_id })
        .await
}

/// Demands the password of someone who is known by other means already.
///
/// # Errors
/// 403 naming `password`, also while it is locked.
pub(crate) async fn password(
    store: &Store,
    account: &Account,
    shown: &SecretString,
    trace: &Trace,
) -> Result<(), Failure> {
    let guess = Guess::Within(account.id);
    let taken = store.guesses().take(guess, trace.at).await?;
    let right = passwords::verify(shown, &account.password);
    match taken {
        Some(_) if right => return store.guesses().forget(guess).await,
        Some(failures) => record(store, &account.email, Some(account), failures, trace).await?,
        None => {}
    }
    Err(wrong("password", "the password is wrong, or locked for 30 minutes after five failures"))
}

/// Demands password and code, and spends the code on the account that is returned: store it.
///
/// # Errors
/// 403 naming `password` or `code`; 409 when no second factor is set up.
pub(crate) async fn both(
    store: &Store,
    mut account: Versioned<Account>,
    shown: &SecretString,
    code: Code<'_>,
    trace: &Trace,
) -> Result<Versioned<Account>, Failure> {
    password(store, &account.value, shown, trace).await?;
    match spend(store, &mut account.value, code, trace).await? {
        SecondFactor::Right => Ok(account),
        SecondFactor::NotSetUp => Err(Failure::rejected(Rejection::Conflict, "no second factor is set up")),
        SecondFactor::Missing => Err(wrong("code", "a code of the second factor is needed")),
        SecondFactor::Wrong => Err(wrong("code", "the code is wrong, or was used before: wait for the next one")),
        SecondFactor::Locked => Err(wrong("code", "five wrong codes: the second factor is locked for 30 minutes")),
    }
}

fn wrong(field: &str, message: &str) -> Failure {
    Failure::Rejected { kind: Rejection::Forbidden, field: Some(field.to_owned()), message: message.to_owned() }
}
