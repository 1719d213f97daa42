//! The guard of the API, over HTTPS: rate limits, origins, requests that come again, versions, bodies that are too large.

use std::thread;

use domain::tenancy::Plan;
use serde_json::{Value, json};
use xtask::http::{Answer, Header};

use crate::stage::{Tenant, problem, unique};

fn header(name: &str, value: &str) -> Header {
    (name.to_owned(), value.to_owned())
}

fn location(id: &str, name: &str) -> String {
    let address =
        json!({"street": "1 Main Street", "city": "Denver", "postal_code": "80202", "state": "CO", "country": "US"});
    json!({"id": id, "name": name, "address": address}).to_string()
}

#[test]
fn a_burst_over_the_plan_is_told_when_to_come_again() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Starter);
    let answers: Vec<Answer> = thread::scope(|scope| {
        let callers: Vec<_> = (0..6)
            .map(|_| scope.spawn(|| (0..20).map(|_| tenant.get("/v1/leads?limit=1")).collect::<Vec<_>>()))
            .collect();
        callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 429)));
    let refused = answers.iter().find(|answer| answer.status == 429).expect("120 calls at once are more than a burst");
    assert_eq!(refused.header("ratelimit-policy"), Some("\"default\";q=120;w=60"));
    assert!(refused.header("ratelimit").unwrap().starts_with("\"default\";r=0;t="), "{:?}", refused.headers);
    assert!(refused.header("retry-after").unwrap().parse::<u32>().unwrap() >= 1);
    let served = answers.iter().find(|answer| answer.status == 200).unwrap();
    assert!(served.header("ratelimit").is_some() && served.header("retry-after").is_none());
    // Another tenant's limit is its own.
    assert_eq!(Tenant::dentist().get("/v1/leads?limit=1").status, 200);
}

#[test]
fn a_page_may_call_from_the_tenants_sites_and_from_no_other() {
    let tenant = Tenant::opened(|file| file.tenant.origins = vec!["https://desk.example.com".to_owned()]);
    let from = |origin: &str| Tenant::call("GET", "/v1/leads", &[tenant.bearer(), header("origin", origin)], "");
    let own = from("https://desk.example.com");
    assert_eq!(own.status, 200, "{}", own.body);
    assert_eq!(own.header("access-control-allow-origin"), Some("https://desk.example.com"));
    assert_eq!(own.header("access-control-allow-credentials"), Some("true"));
    for foreign in
        ["https://evil.example.com", "http://desk.example.com", "https://desk.example.com.evil.example", "null"]
    {
        let answer = from(foreign);
        assert_eq!(problem(&answer), (403, None), "{foreign}");
        assert_eq!(answer.header("access-control-allow-origin"), None, "{foreign}");
    }
}

#[test]
fn a_preflight_reaches_the_function_that_it_is_about() {
    for path in ["/v1/leads", "/v1/tenant", "/webhooks/web-form"] {
        let asked = [header("origin", "https://desk.example.com"), header("access-control-request-method", "POST")];
        let answer = Tenant::call("OPTIONS", path, &asked, "");
        assert_eq!(answer.status, 204, "{path}: {}", answer.body);
        let origins = answer.headers.iter().filter(|(name, _)| name == "access-control-allow-origin").count();
        assert_eq!(origins, 1, "{path}: {:?}", answer.headers);
    }
}

#[test]
fn a_post_with_a_key_happens_once_and_is_answered_alike() {
    let tenant = Tenant::opened(|_| {});
    let owner = tenant.person("admin");
    let (id, key) = (format!("shop-{}", &unique()[..8]), unique());
    let post = |key: &str, body: &str| owner.call("POST", "/v1/locations", &[("idempotency-key", key)], body);
    let first = post(&key, &location(&id, "Downtown"));
    assert_eq!(first.status, 201, "{}", first.body);
    assert_eq!(first.header("location"), Some(format!("/v1/locations/{id}").as_str()));
    let again = post(&key, &location(&id, "Downtown"));
    assert_eq!((again.status, &again.body), (201, &first.body));
    assert_eq!(again.header("etag"), first.header("etag"));
    assert_eq!(problem(&post(&key, &location(&id, "Uptown"))), (422, None));
    assert_eq!(problem(&post(&unique(), &location(&id, "Uptown"))), (409, None));
    assert_eq!(problem(&post("", &location(&id, "Uptown"))), (400, Some("Idempotency-Key".to_owned())));
    // Another caller's key of the same name is another key.
    let other = tenant.person("admin");
    let theirs =
        other.call("POST", "/v1/locations", &[("idempotency-key", &key)], &location(&format!("{id}-2"), "East"));
    assert_eq!(theirs.status, 201, "{}", theirs.body);
    let page: Value = serde_json::from_str(&owner.call("GET", "/v1/locations", &[], "").body).unwrap();
    let ours = page["items"].as_array().unwrap().iter().filter(|item| item["id"] == id.as_str()).count();
    assert_eq!(ours, 1);
}

#[test]
fn a_key_is_shown_once_even_to_who_asks_again() {
    let owner = Tenant::opened(|_| {}).person("admin");
    let body = json!({"name": "Reports", "scopes": ["leads:read"]}).to_string();
    let key = unique();
    let made = owner.call("POST", "/v1/api-keys", &[("idempotency-key", &key)], &body);
    assert_eq!(made.status, 201, "{}", made.body);
    let shown: Value = serde_json::from_str(&made.body).unwrap();
    let plain = shown["key"].as_str().unwrap();
    assert_eq!(problem(&owner.call("POST", "/v1/api-keys", &[("idempotency-key", &key)], &body)), (409, None));
    assert!(!owner.call("GET", "/v1/api-keys", &[], "").body.contains(plain));
    assert!(!owner.call("GET", "/v1/audit", &[], "").body.contains(plain));
    // It works until it is revoked, and not a call longer.
    let bearer = || header("authorization", &format!("Bearer {plain}"));
    assert_eq!(Tenant::call("GET", "/v1/leads", &[bearer()], "").status, 200);
    let gone = owner.call("DELETE", &format!("/v1/api-keys/{}", shown["id"].as_str().unwrap()), &[], "");
    assert_eq!(gone.status, 204, "{}", gone.body);
    assert_eq!(problem(&Tenant::call("GET", "/v1/leads", &[bearer()], "")), (401, None));
}

#[test]
fn ten_megabytes_are_refused_and_nothing_is_stored() {
    let owner = Tenant::opened(|_| {}).person("admin");
    let body = location("large", &"x".repeat(10 * 1024 * 1024));
    let answer = owner.call("POST", "/v1/locations", &[], &body);
    assert_eq!(answer.status, 413, "{}", answer.body);
    assert_eq!(owner.call("GET", "/v1/locations/large", &[], "").status, 404);
}
