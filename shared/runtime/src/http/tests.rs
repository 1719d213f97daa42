use super::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A request as API Gateway's HTTP API hands it over.
fn request(path: &str, query: &str, headers: &Value, body: &str) -> Request {
    let event = json!({
        "version": "2.0",
        "routeKey": "POST /webhooks/web-form",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers,
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "api-id",
            "domainName": "api.example.com",
            "domainPrefix": "api",
            "http": {
                "method": "POST", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "test"
            },
            "requestId": "gateway-request-id",
            "routeKey": "POST /webhooks/web-form",
            "stage": "$default",
            "time": "20/Nov/2026:12:00:00 +0000",
            "timeEpoch": 1_795_176_000_000_i64
        },
        "body": body,
        "isBase64Encoded": false
    });
    lambda_http::request::from_str(&event.to_string()).unwrap()
}

fn problem(response: &HttpResponse) -> Value {
    assert_eq!(response.headers()["content-type"], "application/problem+json");
    serde_json::from_slice(response.body()).unwrap()
}

#[test]
fn a_rejection_names_the_field_and_what_to_change() {
    let response = error(&Failure::invalid("phone", "phone must be a number"));
    assert_eq!(response.status(), 400);
    let expected = json!({"title": "Bad Request", "status": 400, "code": "invalid", "detail": "phone must be a number", "field": "phone"});
    assert_eq!(problem(&response), expected);
}

#[test]
fn who_comes_too_often_is_told_when_to_come_again() {
    let response = error(&Failure::rejected(Rejection::TooManyRequests, "too many requests"));
    assert_eq!((response.status().as_u16(), response.headers()["retry-after"].to_str().unwrap()), (429, "60"));
}

#[test]
fn every_kind_of_rejection_has_its_status_and_title() {
    for (kind, status, title) in [
        (Rejection::Invalid, 400, "Bad Request"),
        (Rejection::Unauthorized, 401, "Unauthorized"),
        (Rejection::Forbidden, 403, "Forbidden"),
        (Rejection::TestKey, 403, "Forbidden"),
        (Rejection::NotFound, 404, "Not Found"),
        (Rejection::MethodNotAllowed, 405, "Method Not Allowed"),
        (Rejection::Conflict, 409, "Conflict"),
        (Rejection::TooLarge, 413, "Content Too Large"),
        (Rejection::UnsupportedMediaType, 415, "Unsupported Media Type"),
    ] {
        let response = error(&Failure::rejected(kind, "why"));
        assert_eq!(response.status(), status);
        let problem = problem(&response);
        assert_eq!((&problem["title"], &problem["detail"]), (&json!(title), &json!("why")));
        assert_eq!(problem.get("field"), None);
    }
}

#[test]
fn what_went_wrong_inside_stays_inside() {
    let response = error(&Failure::Permanent("table porchlight-x has no key".into()));
    assert_eq!((response.status().as_u16(), response.headers().contains_key("retry-after")), (500, false));
    assert!(!problem(&response).to_string().contains("porchlight-x"));

    let response = error(&Failure::Retryable("queue porchlight-x: timed out".into()));
    assert_eq!((response.status().as_u16(), &response.headers()["retry-after"]), (503, &"5".parse().unwrap()));
    assert!(!problem(&response).to_string().contains("porchlight-x"));
}

#[test]
fn a_sane_correlation_id_is_taken_over_and_any_other_is_the_gateways() {
    let longest = "a".repeat(64);
    for good in ["a", "Ab3-_", &longest] {
        let request = request("/", "", &json!({"x-correlation-id": good}), "");
        assert_eq!(correlation_id(&request), good);
    }
    for bad in ["", "a b", "a\u{e9}", "a;drop", &"a".repeat(65)] {
        let request = request("/", "", &json!({"x-correlation-id": bad}), "");
        assert_eq!(correlation_id(&request), "gateway-request-id", "{bad:?}");
    }
    assert_eq!(correlation_id(&request("/", "", &json!({}), "")), "gateway-request-id");
}

#[test]
fn a_body_is_taken_up_to_its_limit() {
    let request = request("/", "", &json!({}), "12345");
    assert_eq!(body(&request, 5).unwrap(), b"12345");
    let refused = body(&request, 4).unwrap_err();
    assert!(matches!(refused, Failure::Rejected { kind: Rejection::TooLarge, .. }));
}

#[test]
fn the_public_url_is_what_the_vendor_called() {
    let headers = json!({"host": "api.example.com"});
    let plain = request("/webhooks/sms", "", &headers, "");
    let asked = request("/webhooks/sms", "a=1&b=%20", &headers, "");
    for (request, base, expected) in [
        (&plain, None, "https://api.example.com/webhooks/sms"),
        (&asked, None, "https://api.example.com/webhooks/sms?a=1&b=%20"),
        (&plain, Some("https://hooks.example.org"), "https://hooks.example.org/webhooks/sms"),
        (&asked, Some("https://hooks.example.org/"), "https://hooks.example.org/webhooks/sms?a=1&b=%20"),
    ] {
        assert_eq!(public_url(request, base), expected);
    }
}

#[test]
fn an_impossible_status_or_content_type_is_still_an_answer() {
    let response = reply(42, "text/\n", "body");
    assert_eq!(response.status(), 500);
    assert!(!response.headers().contains_key("content-type"));
    let response = json(&json!({"ok": true})).unwrap();
    assert_eq!(
        (response.status().as_u16(), &response.headers()["content-type"]),
        (200, &"application/json".parse().unwrap())
    );
}

#[test]
fn a_header_that_is_no_text_counts_as_missing() {
    let mut request = Request::new(Body::Empty);
    request.headers_mut().insert("x-key", lambda_http::http::HeaderValue::from_bytes(&[0xff]).unwrap());
    assert_eq!((header(&request, "x-key"), header(&request, "x-none")), (None, None));
}

#[test]
fn the_client_is_counted_from_the_right_past_the_trusted_proxies_alone() {
    let client =
        |hops, peer, forwarded: &[&str]| TrustedHops(hops).client(peer, forwarded.iter().copied()).map(str::to_owned);
    let edge = Some("198.51.100.9");
    for (hops, forwarded, expected) in [
        (0, vec!["203.0.113.7, 198.51.100.9"], "198.51.100.9"),
        (1, vec!["203.0.113.7, 198.51.100.9"], "203.0.113.7"),
        // What the client wrote himself is never reached.
        (1, vec!["10.0.0.1, 203.0.113.7, 198.51.100.9"], "203.0.113.7"),
        (1, vec!["10.0.0.1", "203.0.113.7,198.51.100.9"], "203.0.113.7"),
        // The gateway did not append its peer.
        (1, vec!["10.0.0.1, 203.0.113.7"], "203.0.113.7"),
        (2, vec!["203.0.113.7, 192.0.2.5, 198.51.100.9"], "203.0.113.7"),
        // It did not come through the proxies.
        (2, vec!["198.51.100.9"], "198.51.100.9"),
        (1, vec![], "198.51.100.9"),
        (0, vec![" , "], "198.51.100.9"),
    ] {
        assert_eq!(client(hops, edge, &forwarded).as_deref(), Some(expected), "{hops} {forwarded:?}");
    }
    assert_eq!(client(0, None, &[]), None);
}

#[test]
fn a_request_tells_its_clients_address() {
    let forwarded = request("/x", "", &json!({"x-forwarded-for": "203.0.113.7, 192.0.2.1"}), "");
    assert_eq!(client_address(&forwarded, TrustedHops(1)).as_deref(), Some("203.0.113.7"));
    assert_eq!(client_address(&forwarded, TrustedHops(0)).as_deref(), Some("192.0.2.1"));
}

#[test]
fn every_code_has_its_meaning_in_every_language_but_english() {
    let codes = Rejection::ALL.into_iter().map(Rejection::code).chain(FAULT_CODES.map(|(_, code)| code));
    let codes: BTreeSet<String> = codes.map(|code| format!("code_{code}")).collect();
    for language in ["es", "fr", "de", "pt"] {
        assert_eq!(refusals(language).map(|(name, _)| name).collect::<BTreeSet<_>>(), codes, "{language}");
    }
    assert_eq!(refusals("en").count(), 0);
}
