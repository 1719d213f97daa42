//! Every signature scheme, through the captures of `porchlight verify-webhook`.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use connectors::recorded_delivery::{Capture, check};
use connectors::signature::Refusal;
use serde_json::{Value, json};
use std::path::PathBuf;

fn verdict(capture: &Value) -> Result<(), Refusal> {
    check(&serde_json::from_value::<Capture>(capture.clone()).unwrap())
}

fn assert_verdict(capture: &Value, valid: bool) {
    assert_eq!(verdict(capture).is_ok(), valid, "{:?} of {capture:#}", verdict(capture));
}

/// The examples of the manual: each was signed by another implementation (Python's hmac and hashlib, OpenSSL).
fn examples() -> Vec<Value> {
    let manual = include_str!("../../../docs/verify-webhook.md");
    let blocks = manual.split("```json\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.map(|block| serde_json::from_str(block).unwrap()).collect()
}

fn example(vendor: &str) -> Value {
    examples().into_iter().find(|capture| capture["vendor"] == vendor).unwrap()
}

#[test]
fn every_example_of_the_manual_is_accepted() {
    let examples = examples();
    assert_eq!(examples.len(), 8);
    for capture in examples {
        assert_verdict(&capture, true);
    }
}

#[test]
fn no_example_is_accepted_with_another_secret_body_or_signature() {
    for capture in examples() {
        for (field, change) in [
            ("secret", json!("")),
            ("secret", json!("another")),
            ("headers", json!({})),
            ("body", json!("something else")),
            ("params", json!({ "Body": "something else" })),
        ] {
            let mut changed = capture.clone();
            if field == "body" || field == "params" {
                changed.as_object_mut().unwrap().remove("body");
                changed.as_object_mut().unwrap().remove("params");
            }
            changed[field] = change;
            assert_verdict(&changed, false);
        }
        let mut garbled = capture.clone();
        for (_, value) in garbled["headers"].as_object_mut().unwrap() {
            *value = json!("gärbled");
        }
        assert_verdict(&garbled, false);
    }
}

#[test]
fn a_delivery_that_is_too_old_or_from_the_future_is_refused() {
    for vendor in ["stripe", "standard-webhooks", "sendgrid", "hubspot"] {
        let mut capture = example(vendor);
        for (now, valid) in
            [(1_790_000_300, true), (1_790_000_301, false), (1_789_999_700, true), (1_789_999_699, false)]
        {
            capture["now"] = json!(now);
            assert_verdict(&capture, valid);
        }
        capture["tolerance_s"] = json!(301);
        assert_verdict(&capture, true);
        capture["now"] = json!(1_790_000_302);
        assert_verdict(&capture, false);
        capture.as_object_mut().unwrap().remove("now");
        assert_verdict(&capture, true);
    }
}

#[test]
fn twilio_takes_the_url_with_and_without_its_port_and_no_other() {
    let mut capture = example("twilio");
    for (url, valid) in [
        ("https://hooks.example.com:443/webhooks/sms", true),
        ("http://hooks.example.com/webhooks/sms", false),
        ("https://hooks.example.com/webhooks/sms/", false),
        ("https://hooks.example.com/webhooks/sms?x=1", false),
    ] {
        capture["url"] = json!(url);
        assert_verdict(&capture, valid);
    }
}

#[test]
fn twilio_signs_each_different_value_of_a_repeated_parameter_once_and_sorted() {
    assert_verdict(
        &json!({
            "vendor": "twilio", "secret": "demo-auth-token", "url": "https://hooks.example.com/webhooks/sms",
            "headers": { "x-twilio-signature": "w862ggGvgOpY/9UW1YmAOySp7Wc=" },
            "params": { "Zed": "1", "Key": ["b", "a", "b"] },
        }),
        true,
    );
}

#[test]
fn twilio_refuses_a_json_body_that_no_hash_covers() {
    let mut capture = example("twilio");
    capture.as_object_mut().unwrap().remove("params");
    capture["headers"]["Content-Type"] = json!("application/json");
    capture["body"] = json!("{}");
    assert_eq!(verdict(&capture), Err(Refusal::BodyHash));
}

#[test]
fn hubspot_tells_its_two_older_versions_apart() {
    let capture = |signature: &str, version: Option<&str>| {
        let mut capture = example("hubspot");
        capture["headers"] = json!({ "X-HubSpot-Signature": signature });
        if let Some(version) = version {
            capture["headers"]["X-HubSpot-Signature-Version"] = json!(version);
        }
        capture
    };
    let v1 = "c495dfa4121e29a7ce6af04dfa8858837adf84e1c0bd1a87bba86aaf631cd383";
    let v2 = "c1851740067e2de067eb3f84a22045f7772c167e75bd6087f9d107c0f3bd11f7";
    for (signature, version, valid) in [
        (v1, Some("v1"), true),
        (v1, Some("v2"), false),
        (v1, None, true),
        (v2, Some("v2"), true),
        (v2, Some("v1"), false),
        (v2, None, true),
        (v2, Some("v9"), false),
    ] {
        assert_verdict(&capture(signature, version), valid);
    }
}

#[test]
fn reasons_are_told_to_operators_and_hold_no_secret() {
    let mut capture = example("meta");
    capture["secret"] = json!("hush-hush");
    let refusal = verdict(&capture).unwrap_err();
    assert_eq!(refusal.to_string(), "the signature is not the one that this secret gives for the body");
    assert!(!format!("{refusal:?} {:?}", serde_json::from_value::<Capture>(capture).unwrap()).contains("hush"));
}

#[test]
#[ignore = "needs the vectors that vendors publish: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn the_vendors_own_vectors_hold() {
    let directory = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap());
    let text = std::fs::read(directory.join("webhooks/signature_vectors.json")).unwrap();
    let vectors: Vec<Value> = serde_json::from_slice(&text).unwrap();
    for vector in &vectors {
        assert_verdict(&as_capture(vector), vector["valid"].as_bool().unwrap());
    }
    assert!(vectors.len() > 10, "only {} vectors", vectors.len());
}

/// The vectors name the same things differently for each vendor.
fn as_capture(vector: &Value) -> Value {
    let input = &vector["input"];
    let first = |names: &[&str]| names.iter().map(|name| input[*name].clone()).find(|value| !value.is_null());
    let raw = input["payload"].is_string();
    let vendor = if raw { json!("hmac") } else { vector["vendor"].clone() };
    let header = match (vendor.as_str().unwrap(), &input["header"]) {
        (_, Value::String(header)) => header.clone(),
        ("twilio", _) => "X-Twilio-Signature".to_owned(),
        ("hubspot", _) => "X-HubSpot-Signature".to_owned(),
        ("hmac", _) => "X-Hub-Signature-256".to_owned(),
        _ => "webhook-signature".to_owned(),
    };
    let mut capture = json!({
        "vendor": vendor,
        "secret": first(&["auth_token", "app_secret", "secret", "client_secret", "public_key_der_b64"]),
        "url": first(&["request_url", "uri"]),
        "method": first(&["method"]).unwrap_or(json!("POST")),
        "headers": { header: vector["expected"] },
        "body": first(&["raw_body", "json_body", "payload"]),
        "params": first(&["form_params"]),
        "now": first(&["now", "webhook_timestamp"]),
        "tolerance_s": first(&["tolerance_s"]).unwrap_or(json!(300)),
    });
    for (name, value) in [
        ("webhook-id", &input["webhook_id"]),
        ("webhook-timestamp", &input["webhook_timestamp"]),
        ("X-Twilio-Email-Event-Webhook-Timestamp", &input["timestamp"]),
    ] {
        if !value.is_null() {
            capture["headers"][name] = value.clone();
        }
    }
    capture
}
