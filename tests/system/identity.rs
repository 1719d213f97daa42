//! People: how they come in, prove who they are, and how that ends.

use auth::secrets::sha256_hex;
use domain::TenantId;
use domain::identity::{Actor, INVITATION_DAYS, Invitation, InvitationStatus, Role};
use domain::ids::InvitationId;
use domain::messaging::Email;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use store::{Link, LinkPurpose, Trace};
use totp_rs::{Builder, Secret};
use xtask::http::{Answer, Header};

use crate::stage::{Tenant, address, eventually, mails_to, problem, refusal, stage, unique};

const PASSWORD: &str = "seventeen-quiet-lanterns";

/// Someone with an account.
struct Person {
    email: String,
}

/// Someone who is signed in.
struct SignedIn {
    access: String,
    refresh: String,
    body: Value,
}

fn header(name: &str, value: &str) -> Header {
    (name.to_owned(), value.to_owned())
}

fn call(method: &str, path: &str, headers: &[Header], body: &Value) -> Answer {
    let mut headers = headers.to_vec();
    headers.push(header("content-type", "application/json"));
    let body = if body.is_null() { String::new() } else { body.to_string() };
    Tenant::call(method, path, &headers, &body)
}

/// A call without a credential. All tests come from one network address, and wait for a turn in its rate limit.
pub fn knock(path: &str, body: &Value) -> Answer {
    eventually("a turn at the door", || Some(call("POST", path, &[], body)).filter(|answer| answer.status != 429))
}

fn read(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|_| panic!("{}: {}", answer.status, answer.body))
}

/// The token in the link of the latest mail to an address.
fn mailed_token(email: &str, page: &str) -> String {
    eventually("the mail with the link", || {
        let mails = mails_to(email);
        let text = mails.iter().map(|mail| mail.body_text.as_str()).find(|text| text.contains(&format!("/{page}?")))?;
        let token = text.split("?token=").nth(1)?.lines().next()?;
        Some(token.to_owned())
    })
}

impl Person {
    /// Someone new whom an operator invited, as a member of `tenant`.
    fn joined(tenant: &TenantId, role: Role) -> Self {
        let (email, token) = (address(), unique());
        let at = Timestamp::from_second(Timestamp::now().as_second()).unwrap();
        let expires_at = at.checked_add(SignedDuration::from_hours(24 * INVITATION_DAYS)).unwrap();
        let email_address = Email::new(&email, "email").unwrap();
        let invitation = Invitation {
            id: InvitationId::derive(tenant, &[&email]),
            tenant: tenant.clone(),
            email: email_address.clone(),
            role,
            locations: Vec::new(),
            status: InvitationStatus::Pending,
            invited_by: None,
            created_at: at,
            expires_at,
        };
        let purpose = LinkPurpose::Invitation { tenant: tenant.clone(), invitation: invitation.id, version: Some(1) };
        let link = Link { purpose, email: email_address, made_at: at, expires_at };
        let trace = Trace { actor: Actor::Operator, at, address: None, correlation_id: String::new() };
        let store = &stage().store;
        stage().block_on(store.invitations().invite(&invitation, &trace)).unwrap();
        stage().block_on(store.links().put(&sha256_hex(&token), &link)).unwrap();
        let accepted = knock("/v1/auth/register", &json!({"token": token, "name": "Ana Vale", "password": PASSWORD}));
        assert_eq!(accepted.status, 201, "{}", accepted.body);
        Self { email }
    }

    fn try_sign_in(&self, password: &str, more: &Value) -> Answer {
        let mut body = json!({"email": self.email, "password": password});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        knock("/v1/auth/sign-in", &body)
    }

    fn sign_in(&self) -> SignedIn {
        SignedIn::read(&self.try_sign_in(PASSWORD, &json!({})))
    }
}

impl SignedIn {
    fn read(answer: &Answer) -> Self {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let body = read(answer);
        let text = |name: &str| body[name].as_str().unwrap().to_owned();
        Self { access: text("access_token"), refresh: text("refresh_token"), body }
    }

    fn call(&self, method: &str, path: &str, body: &Value) -> Answer {
        call(method, path, &[self.bearer()], body)
    }

    fn bearer(&self) -> Header {
        header("authorization", &format!("Bearer {}", self.access))
    }

    fn status(&self) -> u16 {
        self.call("GET", "/v1/account", &Value::Null).status
    }

    fn account(&self) -> String {
        read(&self.call("GET", "/v1/account", &Value::Null))["id"].as_str().unwrap().to_owned()
    }
}

fn refresh(token: &str) -> Answer {
    knock("/v1/auth/refresh", &json!({"refresh_token": token}))
}

/// The code that an app shows `ahead` steps from now.
pub fn code(secret: &str, ahead: u64) -> String {
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    let now = u64::try_from(Timestamp::now().as_second()).unwrap();
    totp.generate(now + 30 * ahead).to_string()
}

#[test]
fn an_invited_person_registers_signs_in_and_signs_out() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Manager);
    let session = person.sign_in();
    assert_eq!((&session.body["tenant"], &session.body["role"]), (&json!(tenant.id().as_str()), &json!("manager")));
    assert_eq!(session.body["enrolling"], false);
    let account = read(&session.call("GET", "/v1/account", &Value::Null));
    assert_eq!((account["email"].as_str(), account["name"].as_str()), (Some(person.email.as_str()), Some("Ana Vale")));
    let sessions = read(&session.call("GET", "/v1/account/sessions", &Value::Null));
    assert_eq!((sessions["items"].as_array().unwrap().len(), &sessions["items"][0]["current"]), (1, &json!(true)));
    assert_eq!(session.call("POST", "/v1/auth/sign-out", &Value::Null).status, 204);
    assert_eq!(session.status(), 401, "a session that is over lets nobody in, whatever its token says");
}

#[test]
fn whatever_is_wrong_the_answer_is_the_same_and_the_fifth_failure_locks() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Agent);
    let nobody = Person { email: address() };
    let wrong = refusal(&person.try_sign_in("not-the-password", &json!({})));
    assert_eq!(wrong.0, 401);
    assert_eq!(refusal(&nobody.try_sign_in(PASSWORD, &json!({}))), wrong);
    assert_eq!(refusal(&person.try_sign_in(PASSWORD, &json!({"tenant": "somebody-elses"}))), wrong);
    // What was right forgets what was wrong.
    for _ in 0..5 {
        person.try_sign_in("not-the-password", &json!({}));
    }
    assert_eq!(refusal(&person.try_sign_in(PASSWORD, &json!({}))), wrong, "locked, and nobody is told");
}

#[test]
fn a_second_factor_is_demanded_once_it_is_set_up_and_no_code_is_taken_twice() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Manager);
    let (session, other) = (person.sign_in(), person.sign_in());
    let begun = session.call("POST", "/v1/account/second-factor", &json!({"password": PASSWORD}));
    assert_eq!(begun.status, 200, "{}", begun.body);
    let secret = read(&begun)["secret"].as_str().unwrap().to_owned();
    assert_eq!(person.sign_in().body["enrolling"], false, "until it is confirmed nothing changes");
    let confirmed = session.call("POST", "/v1/account/second-factor/confirm", &json!({"code": code(&secret, 0)}));
    assert_eq!(confirmed.status, 200, "{}", confirmed.body);
    let backup = read(&confirmed)["backup_codes"][0].as_str().unwrap().to_owned();
    assert_eq!((session.status(), other.status()), (200, 401), "other sessions end");

    assert_eq!(problem(&person.try_sign_in(PASSWORD, &json!({}))), (401, Some("code".to_owned())));
    let next = code(&secret, 1);
    assert_eq!(person.try_sign_in(PASSWORD, &json!({"code": next})).status, 200);
    assert_eq!(problem(&person.try_sign_in(PASSWORD, &json!({"code": next}))), (401, None), "a replay");
    assert_eq!(person.try_sign_in(PASSWORD, &json!({"backup_code": backup})).status, 200);
    assert_eq!(problem(&person.try_sign_in(PASSWORD, &json!({"backup_code": backup}))), (401, None));
}

#[test]
fn a_refresh_token_gives_one_successor_and_ends_the_session_once_that_was_used() {
    let tenant = Tenant::opened(|_| {});
    let first = Person::joined(&tenant.id(), Role::Agent).sign_in();
    let second = SignedIn::read(&refresh(&first.refresh));
    assert_eq!((first.status(), second.status()), (200, 200));
    assert_eq!(SignedIn::read(&refresh(&first.refresh)).refresh, second.refresh, "the answer may have been lost");
    let third = SignedIn::read(&refresh(&second.refresh));
    assert_eq!(refresh(&first.refresh).status, 401);
    assert_eq!(third.status(), 401, "nobody can say which of the two is the thief");
    assert_eq!(refresh(&third.refresh).status, 401);
    for nonsense in ["", "pl_refresh_", "pl_refresh_a.b.c.d"] {
        assert_eq!(refresh(nonsense).status, 401);
    }
}

#[test]
fn a_browser_gets_cookies_and_needs_the_csrf_token_for_changes() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Agent);
    let answer = person.try_sign_in(PASSWORD, &json!({"cookies": true}));
    let body = read(&answer);
    assert!(body["access_token"].is_null() && body["refresh_token"].is_null(), "{body}");
    let set: Vec<&str> =
        answer.headers.iter().filter(|(name, _)| name == "set-cookie").map(|(_, value)| value.as_str()).collect();
    assert_eq!(set.len(), 3, "the session's two, and the device's");
    assert!(set.iter().all(|cookie| cookie.contains("; Secure; HttpOnly; SameSite=Strict")));
    let pairs: Vec<&str> = set.iter().filter_map(|cookie| cookie.split(';').next()).collect();
    let cookie = header("cookie", &pairs.join("; "));
    let csrf = header("x-csrf-token", body["csrf_token"].as_str().unwrap());
    assert_eq!(call("GET", "/v1/account", std::slice::from_ref(&cookie), &Value::Null).status, 200);
    assert_eq!(call("POST", "/v1/auth/sign-out", std::slice::from_ref(&cookie), &Value::Null).status, 403);
    let out = call("POST", "/v1/auth/sign-out", &[cookie.clone(), csrf], &Value::Null);
    assert_eq!(out.status, 204);
    assert!(out.headers.iter().any(|(name, value)| name == "set-cookie" && value.contains("Max-Age=0")));
    assert_eq!(call("GET", "/v1/account", &[cookie], &Value::Null).status, 401);
}

#[test]
fn a_new_sign_in_in_the_same_browser_ends_the_session_before() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Agent);
    let cookies = |answer: &Answer| {
        assert_eq!(answer.status, 200, "{}", answer.body);
        let set = answer.headers.iter().filter(|(name, _)| name == "set-cookie");
        let pairs: Vec<&str> = set.filter_map(|(_, cookie)| cookie.split(';').next()).collect();
        header("cookie", &pairs.join("; "))
    };
    let before = cookies(&person.try_sign_in(PASSWORD, &json!({"cookies": true})));
    let body = json!({"email": person.email, "password": PASSWORD, "cookies": true});
    let again = eventually("a turn at the door", || {
        let answer = call("POST", "/v1/auth/sign-in", std::slice::from_ref(&before), &body);
        Some(answer).filter(|answer| answer.status != 429)
    });
    let after = cookies(&again);
    assert_eq!(call("GET", "/v1/account", &[before], &Value::Null).status, 401);
    assert_eq!(call("GET", "/v1/account", &[after], &Value::Null).status, 200);
}

#[test]
fn an_admin_invites_by_mail_and_no_one_gives_more_than_they_may() {
    let tenant = Tenant::opened(|_| {});
    let admin = Person::joined(&tenant.id(), Role::Admin).sign_in();
    let manager = Person::joined(&tenant.id(), Role::Manager).sign_in();
    let email = address();
    let body = |role: &str| json!({"email": email, "role": role});
    assert_eq!(problem(&manager.call("POST", "/v1/invitations", &body("viewer"))), (403, None));
    let above = admin.call("POST", "/v1/invitations", &body("super_admin"));
    assert_eq!(problem(&above), (403, Some("role".to_owned())));
    assert_eq!(admin.call("POST", "/v1/invitations", &body("viewer")).status, 201);
    let before = mailed_token(&email, "accept");
    assert_eq!(admin.call("POST", "/v1/invitations", &body("agent")).status, 201, "again renews it");
    let token = eventually("the new link", || {
        let mails = mails_to(&email);
        let tokens = mails.iter().filter_map(|mail| mail.body_text.split("/accept?token=").nth(1)?.lines().next());
        tokens.map(ToOwned::to_owned).find(|token| *token != before)
    });
    let accept = json!({"token": token, "name": "Ben Ito", "password": PASSWORD});
    let member = read(&knock("/v1/auth/register", &accept));
    assert_eq!((member["role"].as_str(), member["tenant"].as_str()), (Some("agent"), Some(tenant.id().as_str())));
    assert_eq!(knock("/v1/auth/register", &accept).status, 400, "a link is good once");
    assert_eq!(problem(&admin.call("POST", "/v1/invitations", &body("viewer"))), (409, Some("email".to_owned())));
}

#[test]
fn another_role_ends_sessions_and_no_one_changes_their_own() {
    let tenant = Tenant::opened(|_| {});
    let admin = Person::joined(&tenant.id(), Role::Admin).sign_in();
    let agent = Person::joined(&tenant.id(), Role::Agent).sign_in();
    let change = |account: &str, role: &str| {
        let path = format!("/v1/members/{account}");
        let etag = admin.call("GET", &path, &Value::Null).header("etag").unwrap().to_owned();
        call("PUT", &path, &[admin.bearer(), header("if-match", &etag)], &json!({"role": role}))
    };
    assert_eq!(change(&admin.account(), "viewer").status, 403);
    let changed = change(&agent.account(), "viewer");
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!((agent.status(), refresh(&agent.refresh).status), (401, 401));
    assert_eq!(admin.status(), 200);
}

#[test]
fn a_forgotten_password_is_set_by_mail_and_every_session_ends() {
    let tenant = Tenant::opened(|_| {});
    let person = Person::joined(&tenant.id(), Role::Agent);
    let session = person.sign_in();
    let forgot = |email: &str| {
        let answer = knock("/v1/auth/forgot", &json!({"email": email}));
        (answer.status, answer.body)
    };
    assert_eq!(forgot(&address()), forgot(&person.email));
    let token = mailed_token(&person.email, "reset");
    let weak = knock("/v1/auth/reset", &json!({"token": token, "password": "password12"}));
    assert_eq!(problem(&weak), (400, Some("password".to_owned())));
    let reset = json!({"token": token, "password": "eleven-brass-harbours"});
    assert_eq!(knock("/v1/auth/reset", &reset).status, 204);
    assert_eq!(session.status(), 401);
    assert_eq!(problem(&knock("/v1/auth/reset", &reset)), (400, Some("token".to_owned())));
    assert_eq!(person.try_sign_in(PASSWORD, &json!({})).status, 401);
    assert_eq!(person.try_sign_in("eleven-brass-harbours", &json!({})).status, 200);
}

#[test]
fn a_tenant_is_entered_by_its_members_alone() {
    let (own, foreign) = (Tenant::opened(|_| {}), Tenant::opened(|_| {}));
    let admin = Person::joined(&own.id(), Role::Admin).sign_in();
    let enter = |tenant: &str| admin.call("POST", &format!("/v1/account/tenants/{tenant}/enter"), &Value::Null);
    assert_eq!(SignedIn::read(&enter(own.id().as_str())).body["role"], "admin");
    for closed in [foreign.id().as_str(), "nobodys-tenant", "porchlight-platform", "No-Slug"] {
        assert_eq!(problem(&enter(closed)), (404, None), "{closed}");
    }
}

#[test]
fn an_admin_ends_a_members_sessions_and_leaves_them_a_member() {
    let tenant = Tenant::opened(|_| {});
    let (owner, member) = (tenant.person("admin"), tenant.person("agent"));
    let path = format!("/v1/members/{}", member.account);
    assert_eq!(member.call("GET", "/v1/account", &[], "").status, 200);
    assert_eq!(member.call("DELETE", &format!("{path}/sessions"), &[], "").status, 403);
    assert_eq!(owner.call("DELETE", &format!("{path}/sessions"), &[], "").status, 204);
    assert_eq!(member.call("GET", "/v1/account", &[], "").status, 401);
    assert_eq!(owner.call("GET", &path, &[], "").status, 200);
    assert_eq!(owner.call("DELETE", &format!("/v1/members/{}/sessions", owner.account), &[], "").status, 403);
}
