//! Signing in. The decision is made in [`domain::identity::SignIn`]. Here the facts are found, with the same work in each case.

mod request;

use api::{ApiError, JsonBody};
use auth::passwords;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use domain::failure::Rejection;
use domain::identity::{Account, AccountStatus, Actor, AuditAction, SecondFactor, SignIn, Verdict};
use domain::messaging::Email;
use domain::{Failure, TenantId};
use store::{Guess, Versioned};

use crate::anonymous_caller::AnonymousCaller;
use crate::proof::{self, Code};
use crate::tokens::{self, Opening, Tokens};
use crate::{AppState, device, refresh, seats};
use request::SignInRequest;

/// How often a sign-in is decided again when the account changed meanwhile.
const MAX_DECISIONS: usize = 3;

/// Sign in
///
/// Whatever is wrong, the answer is the same. Where the password is right and a second factor is missing, the problem names
/// the field `code`; that does not count as a failure. Five failures in a row lock the address for 30 minutes, but for browsers
/// that its owner signed in from before (they keep a cookie), which have five of their own; five wrong codes lock the second
/// factor.
#[utoipa::path(
    post, path = "/v1/auth/sign-in", tag = "auth", operation_id = "signIn",
    request_body = SignInRequest,
    responses((status = 200, description = "Signed in", body = Tokens))
)]
pub(crate) async fn sign_in(
    State(app_state): State<AppState>,
    anonymous_caller: AnonymousCaller,
    headers: HeaderMap,
    JsonBody(request): JsonBody<SignInRequest>,
) -> Result<Response, ApiError> {
    let email = Email::new(&request.email, "email")?;
    let device = device::known(&app_state.guard.store, &headers, &email, anonymous_caller.trace.at).await?;
    let guess = device.as_deref().map_or(Guess::At(&email), Guess::From);
    for _ in 0..MAX_DECISIONS {
        match attempt(&app_state, &anonymous_caller, (&email, guess), &request).await {
            // A code that was taken meanwhile is now an old one; anything else is decided by what is there now.
            Err(Failure::Rejected { kind: Rejection::Conflict, .. }) => {}
            Err(failure) => return Err(failure.into()),
            Ok(mut answer) => {
                refresh::end_replaced(&app_state, &headers, &anonymous_caller.trace).await?;
                if request.cookies {
                    let store = &app_state.guard.store;
                    device::remember(store, &headers, answer.headers_mut(), &email, anonymous_caller.trace.at).await?;
                }
                return Ok(answer);
            }
        }
    }
    Err(Failure::Retryable("the account is being changed".into()).into())
}

async fn attempt(
    app_state: &AppState,
    anonymous_caller: &AnonymousCaller,
    (email, guess): (&Email, Guess<'_>),
    request: &SignInRequest,
) -> Result<Response, Failure> {
    let (store, now) = (&app_state.guard.store, anonymous_caller.trace.at);
    // The guess is counted before it is looked at: however many try at once, five are.
    let (found, taken) = tokio::try_join!(store.accounts().by_email(email), store.guesses().take(guess, now))?;
    let found = found.filter(|account| account.value.status == AccountStatus::Active);
    let password = match &found {
        Some(account) => passwords::verify(&request.password, &account.value.password),
        None => {
            passwords::verify_no_one(&request.password);
            false
        }
    };
    let locked = taken.is_none();
    let (Some(read), true, false) = (&found, password, locked) else {
        let facts = SignIn { locked, password, second_factor: SecondFactor::NotSetUp, welcome: false };
        if let (Verdict::Refused { counts: true }, Some(failures)) = (facts.judge(), taken) {
            proof::record(store, email, found.as_ref().map(|found| &found.value), failures, &anonymous_caller.trace)
                .await?;
        }
        return Err(refusal(facts.judge()));
    };
    store.guesses().forget(guess).await?;
    let mut account = read.value.clone();
    let code = Code { one_time: request.code.as_ref(), backup: request.backup_code.as_ref() };
    let second_factor = proof::spend(store, &mut account, code, &anonymous_caller.trace).await?;
    let memberships = store.members().of_account(account.id).await?;
    // What is not a slug belongs to no one.
    let wanted = request.tenant.as_deref().map(TenantId::new).transpose();
    let seat = match &wanted {
        Ok(wanted) => seats::first(store, &account, &memberships, wanted.as_ref()).await?,
        Err(_) => None,
    };
    let verdict = SignIn { locked, password, second_factor, welcome: seat.is_some() }.judge();
    let (Verdict::Welcome, Some(seat)) = (verdict, seat) else {
        return Err(refusal(verdict));
    };
    let trace = anonymous_caller.is(Actor::Person { account: account.id, session: None });
    let account = keep(app_state, read, account, request, &trace).await?;
    let opening = Opening {
        account: &account,
        memberships: &memberships,
        seat: &seat,
        from: None,
        second_factor: second_factor == SecondFactor::Right,
        device: anonymous_caller.device.clone(),
        cookies: request.cookies,
        trace: &trace,
    };
    tokens::open(app_state, opening).await
}

/// Stores what the sign-in changed: a code that is spent, a password that was hashed with parameters of old.
async fn keep(
    app_state: &AppState,
    read: &Versioned<Account>,
    mut account: Account,
    request: &SignInRequest,
    trace: &store::Trace,
) -> Result<Versioned<Account>, Failure> {
    if passwords::needs_rehash(&account.password) {
        account.password = passwords::hash(&request.password)?;
    }
    if account == read.value {
        return Ok(read.clone());
    }
    let left = |account: &Account| account.second_factor.as_ref().map(|factor| factor.backup_codes.len());
    let action = if left(&account) == left(&read.value) { AuditAction::SignedIn } else { AuditAction::BackupCodeUsed };
    app_state.guard.store.accounts().update(&account, read.version, action, trace).await
}

/// The one answer to everything that is wrong.
fn refusal(verdict: Verdict) -> Failure {
    if verdict == Verdict::CodeNeeded {
        let message = "a code of the second factor is needed".to_owned();
        return Failure::Rejected { kind: Rejection::SecondFactorNeeded, field: Some("code".to_owned()), message };
    }
    let message = "the address, password or code is wrong, or sign-in is locked for 30 minutes after five failures";
    Failure::rejected(Rejection::Unauthorized, message)
}
