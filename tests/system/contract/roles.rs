//! Every role may what the table says, on every route.

use domain::identity::{Permission, Role};
use domain::tenancy::Plan;

use super::operations::operations;
use crate::stage::{Person, Tenant, unique};

/// A path with ids that are nobody's.
fn path(template: &str) -> String {
    let nobody = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9";
    let part = |part: &str| if part.starts_with('{') { nobody.to_owned() } else { part.to_owned() };
    template.split('/').map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn a_route_is_open_to_the_roles_of_its_permission_and_to_no_other() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    let operations = operations();
    for role in [Role::Viewer, Role::Agent, Role::Manager, Role::Admin] {
        let person = Person::new(&tenant.id(), role);
        for operation in &operations {
            let Some(permission) = operation.permission.as_deref().and_then(Permission::parse) else { continue };
            // What is one's own is open to all, and some of it would end the session that asks.
            if permission == Permission::OwnAccount {
                continue;
            }
            let answer = person.call(&operation.method.to_uppercase(), &path(&operation.path), &[], "");
            let named = answer.body.contains(&format!("the role {role} lacks the permission {permission}"));
            assert_eq!(
                named,
                !role.permits(permission),
                "{} as {role}: {} {}",
                operation.name(),
                answer.status,
                answer.body
            );
            assert_ne!(answer.status, 401, "{} as {role}", operation.name());
        }
    }
}

#[test]
fn a_key_is_open_to_its_scopes_and_to_nothing_else() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    let owner = tenant.person("admin");
    let body = format!(r#"{{"name":"{}","scopes":["leads:read"]}}"#, unique());
    let made = owner.call("POST", "/v1/api-keys", &[], &body);
    let made: serde_json::Value = serde_json::from_str(&made.body).unwrap();
    let bearer = ("authorization".to_owned(), format!("Bearer {}", made["key"].as_str().unwrap()));
    for operation in operations() {
        let Some(permission) = &operation.permission else { continue };
        let answer =
            Tenant::call(&operation.method.to_uppercase(), &path(&operation.path), std::slice::from_ref(&bearer), "");
        let refused = answer.status == 403 && answer.body.contains(&format!("lacks the scope {permission}"));
        assert_eq!(refused, permission != "leads:read", "{}: {} {}", operation.name(), answer.status, answer.body);
    }
}

#[test]
fn without_a_credential_every_guarded_route_is_401() {
    let forged = |token: &str| vec![("authorization".to_owned(), format!("Bearer {token}"))];
    let tampered = {
        let person = Tenant::roofer().person("viewer");
        let (head, signature) = person.access_token.rsplit_once('.').unwrap();
        format!("{head}.{}", signature.chars().rev().collect::<String>())
    };
    for headers in [Vec::new(), forged("pl_api_guessed"), forged(&tampered), forged("a.b.c")] {
        for operation in operations() {
            let answer = Tenant::call(&operation.method.to_uppercase(), &path(&operation.path), &headers, "");
            if operation.permission.is_some() {
                assert_eq!(answer.status, 401, "{}: {}", operation.name(), answer.body);
                assert_eq!(answer.header("content-type"), Some("application/problem+json"));
            }
        }
    }
}
