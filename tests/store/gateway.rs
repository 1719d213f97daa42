//! A function of the API in this process, called as the gateway calls it.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::http::response::Parts;
use lambda_http::Service as _;
use serde_json::json;

/// A number that no other caller of this process has.
pub fn count() -> u32 {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    COUNT.fetch_add(1, Ordering::Relaxed)
}

/// A call of JSON, where `headers` do not say otherwise, from an address that no one called from before.
pub async fn call(api: &Router, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> (Parts, Vec<u8>) {
    let n = count();
    let mut all = json!({"content-type": "application/json", "host": "api.example.com", "user-agent": "test"});
    for (name, value) in headers {
        all[*name] = json!(value);
    }
    let event = json!({
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": all,
        "requestContext": {
            "accountId": "1", "apiId": "a", "domainName": "api.example.com", "domainPrefix": "api",
            "http": {"method": method, "path": path, "protocol": "HTTP/1.1", "userAgent": "test",
                     "sourceIp": format!("198.18.{}.{}", n / 250, n % 250 + 1)},
            "requestId": format!("request-{n}"), "routeKey": "$default", "stage": "$default",
            "time": "20/Nov/2026:12:00:00 +0000", "timeEpoch": 1_795_000_000_000_u64,
        },
        "body": body, "isBase64Encoded": false,
    });
    let request = lambda_http::request::from_str(&event.to_string()).unwrap();
    let (parts, body) = api.clone().call(request).await.unwrap().into_parts();
    (parts, axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec())
}
