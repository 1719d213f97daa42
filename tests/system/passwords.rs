//! What a password changes, and what a link that replaces it does not.

use auth::secrets::sha256_hex;
use jiff::ToSpan as _;
use serde_json::{Value, json};
use store::{Link, LinkPurpose};

use crate::identity::{code, knock};
use crate::stage::{PASSWORD, Person, Tenant, problem, stage, unique};

const NEW: &str = "eleven-brass-harbours";

fn post(person: &Person, path: &str, body: &Value) -> xtask::http::Answer {
    person.call("POST", path, &[], &body.to_string())
}

#[test]
fn who_knows_the_old_password_changes_it_and_every_session_ends() {
    let tenant = Tenant::opened(|_| {});
    let person = tenant.person("agent");
    let change =
        |old: &str, new: &str| post(&person, "/v1/account/password", &json!({"password": old, "new_password": new}));
    assert_eq!(problem(&change("not-the-password", NEW)), (403, Some("password".to_owned())));
    assert_eq!(problem(&change(PASSWORD, "password12")), (400, Some("new_password".to_owned())));
    let changed = change(PASSWORD, NEW);
    assert_eq!(changed.status, 200, "{}", changed.body);
    assert_eq!(person.call("GET", "/v1/account", &[], "").status, 401, "the session that changed it ends too");
    let tokens: Value = serde_json::from_str(&changed.body).unwrap();
    let bearer = ("authorization".to_owned(), format!("Bearer {}", tokens["access_token"].as_str().unwrap()));
    assert_eq!(Tenant::call("GET", "/v1/account", &[bearer], "").status, 200, "and another one begins");
    let sign_in = |password: &str| {
        knock("/v1/auth/sign-in", &json!({"email": person.email.as_str(), "password": password})).status
    };
    assert_eq!((sign_in(PASSWORD), sign_in(NEW)), (401, 200));
}

#[test]
fn a_reset_does_not_stand_in_for_the_second_factor() {
    let tenant = Tenant::opened(|_| {});
    let person = tenant.person("manager");
    let begun = post(&person, "/v1/account/second-factor", &json!({"password": PASSWORD}));
    assert_eq!(begun.status, 200, "{}", begun.body);
    let begun: Value = serde_json::from_str(&begun.body).unwrap();
    let secret = begun["secret"].as_str().unwrap();
    let confirmed = post(&person, "/v1/account/second-factor/confirm", &json!({"code": code(secret, 0)}));
    assert_eq!(confirmed.status, 200, "{}", confirmed.body);

    let (token, now) = (unique(), runtime::clock::now());
    let purpose = LinkPurpose::Reset { account: person.account };
    let link = Link { purpose, email: person.email.clone(), made_at: now, expires_at: now + 30.minutes() };
    stage().block_on(stage().store.links().put(&sha256_hex(&token), &link)).unwrap();
    let reset = knock("/v1/auth/reset", &json!({"token": token, "password": NEW}));
    assert_eq!(reset.status, 204, "{}", reset.body);

    let sign_in = |code: Option<String>| {
        let body = json!({"email": person.email.as_str(), "password": NEW, "code": code});
        knock("/v1/auth/sign-in", &body)
    };
    assert_eq!(problem(&sign_in(None)), (401, Some("code".to_owned())));
    assert_eq!(sign_in(Some(code(secret, 1))).status, 200);
}
