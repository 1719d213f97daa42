//! Every role may what the table says, on every route, and without a credential no one may anything.

use domain::identity::{Permission, Role};
use domain::tenancy::Plan;
use serde_json::{Value, json};
use xtask::http::Header;

use super::in_process::call;
use super::operations::{Operation, anybodys, operations};
use crate::stage::{Person, Tenant, unique};

/// What an operation demands, where it is guarded.
fn demanded(operation: &Operation) -> Option<Permission> {
    operation.permission.as_deref().map(|name| Permission::parse(name).unwrap())
}

/// What `work` does with a key of these scopes, which ends then: a tenant has places for two.
fn with_key(owner: &Person, scopes: &[Permission], work: impl FnOnce(&Header)) {
    let json = ("content-type".to_owned(), "application/json".to_owned());
    let body = json!({"name": unique(), "scopes": scopes}).to_string();
    let made = call("POST", "/v1/api-keys", &[owner.bearer(), json], &body);
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    work(&("authorization".to_owned(), format!("Bearer {}", made["key"].as_str().unwrap())));
    let gone = call("DELETE", &format!("/v1/api-keys/{}", made["id"].as_str().unwrap()), &[owner.bearer()], "");
    assert_eq!(gone.status, 204, "{}", gone.body);
}

/// Calls every guarded operation that passes `called`, and holds who is let in against `expected`; `lacks` says how someone
/// who is not is told.
fn assert_open(
    bearer: &Header,
    called: impl Fn(Permission) -> bool,
    expected: impl Fn(Permission) -> bool,
    lacks: impl Fn(Permission) -> String,
) {
    for operation in operations() {
        let Some(permission) = demanded(&operation).filter(|permission| called(*permission)) else { continue };
        let method = operation.method.to_uppercase();
        let answer = call(&method, &anybodys(&operation.path), std::slice::from_ref(bearer), "");
        let (name, status) = (operation.name(), answer.status);
        let refused = status == 403 && answer.body.contains(&lacks(permission));
        assert_eq!(refused, !expected(permission), "{name}: {status} {}", answer.body);
        assert!(!matches!(status, 401 | 500..), "{name}: {status} {}", answer.body);
    }
}

#[test]
fn a_route_is_open_to_the_roles_of_its_permission_and_to_no_other() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    for role in [Role::Viewer, Role::Agent, Role::Manager, Role::Admin] {
        assert_open(
            &Person::new(&tenant.id(), role).bearer(),
            // What is one's own is open to all, and some of it would end the session that asks.
            |permission| permission != Permission::OwnAccount,
            |permission| role.permits(permission),
            |permission| format!("the role {role} lacks the permission {permission}"),
        );
    }
}

#[test]
fn a_key_is_open_to_its_scopes_and_to_nothing_else() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    let owner = tenant.person("admin");
    let all: Vec<Permission> = Permission::ALL.iter().copied().filter(|permission| permission.is_scope()).collect();
    for scopes in [all.as_slice(), &[Permission::ReadLeads]] {
        with_key(&owner, scopes, |bearer| {
            let expected = |permission| scopes.contains(&permission);
            assert_open(bearer, |_| true, expected, |permission| format!("lacks the scope {permission}"));
        });
    }
}

#[test]
fn without_a_credential_every_guarded_route_is_401() {
    let roofer = Tenant::roofer();
    let authorization = |value: String| vec![("authorization".to_owned(), value)];
    let tampered = {
        let person = roofer.person("viewer");
        let (head, signature) = person.access_token.rsplit_once('.').unwrap();
        format!("{head}.{}", signature.chars().rev().collect::<String>())
    };
    for headers in [
        Vec::new(),
        authorization(String::new()),
        authorization("Bearer pl_api_guessed".to_owned()),
        authorization("Bearer a.b.c".to_owned()),
        authorization(format!("Bearer {tampered}")),
        authorization(roofer.key("api_key").to_owned()),
        authorization(format!("Basic {}", roofer.key("api_key"))),
        // A public key is not an API key.
        authorization(format!("Bearer {}", roofer.key("form_key"))),
    ] {
        for operation in operations().iter().filter(|operation| operation.permission.is_some()) {
            let answer = call(&operation.method.to_uppercase(), &anybodys(&operation.path), &headers, "");
            assert_eq!(answer.status, 401, "{} with {headers:?}: {}", operation.name(), answer.body);
            assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        }
    }
}
