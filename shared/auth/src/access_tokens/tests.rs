use super::*;
use crate::signing::Jwks;
use aws_lc_rs::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::ToSpan as _;
use jsonwebtoken::EncodingKey;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::sync::LazyLock;

const ISSUER: &str = "https://api.example.com";

/// One key for all tests.
static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate("k1", now()).unwrap());
static TOKEN: LazyLock<String> = LazyLock::new(|| signed(&claims()));

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn session() -> Session {
    let tenant = TenantId::new("acme").unwrap();
    Session {
        id: SessionId::derive(&tenant, &["1"]),
        account: AccountId::derive(&tenant, &["ana"]),
        tenant,
        role: Role::Manager,
        second_factor: true,
        device: String::new(),
        address: String::new(),
        started_at: now(),
        refreshed_at: now(),
    }
}

fn claims() -> Claims {
    Claims::of(&session(), ISSUER, now()).unwrap()
}

fn signed(claims: &Claims) -> String {
    sign(&KEY, claims).unwrap().expose_secret().to_owned()
}

fn keys_of(keys: &[&KeyPair]) -> PublicKeys {
    PublicKeys::new(&Jwks { keys: keys.iter().map(|key| key.public().jwk.clone()).collect() }).unwrap()
}

fn verified(token: &str) -> Result<Claims, Refused> {
    verify(token, &keys_of(&[&KEY]), ISSUER, now())
}

/// A token with any header and claims, signed by our key as it should be.
fn forged(header: &Value, claims: &Value) -> String {
    let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let message = format!("{}.{}", part(header), part(claims));
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), KEY.private(), Algorithm::ES256).unwrap();
    format!("{message}.{signature}")
}

fn header() -> Value {
    json!({"typ": "at+jwt", "alg": "ES256", "kid": "k1"})
}

fn with(mut object: Value, field: &str, value: Value) -> Value {
    object[field] = value;
    object
}

fn claims_json() -> Value {
    serde_json::to_value(claims()).unwrap()
}

#[test]
fn a_token_says_what_was_signed() {
    let claims = Claims { enrolling: true, csrf: Some(crate::csrf::hash("t")), ..claims() };
    let token = signed(&claims);
    assert!(token.len() < 1000, "{}", token.len());
    assert_eq!(verified(&token), Ok(claims));
}

#[test]
fn the_header_names_kind_and_key_and_the_claims_are_in_seconds() {
    let mut parts = TOKEN.split('.').map(|part| URL_SAFE_NO_PAD.decode(part).unwrap());
    assert_eq!(serde_json::from_slice::<Value>(&parts.next().unwrap()).unwrap(), header());
    let claims: Value = serde_json::from_slice(&parts.next().unwrap()).unwrap();
    assert_eq!(claims["iat"], 1_795_176_000);
    assert_eq!(claims["exp"], 1_795_176_000 + 300);
    assert_eq!(claims["tid"], "acme");
    assert_eq!(claims["role"], "manager");
    assert_eq!(claims.get("csrf"), None);
}

#[test]
fn a_token_does_not_outlive_its_session() {
    let late = session().ends_at() - 60.seconds();
    assert_eq!(Claims::of(&session(), ISSUER, late).unwrap().exp, session().ends_at());
}

#[test]
fn a_token_is_good_for_five_minutes_give_or_take_five_seconds() {
    let keys = keys_of(&[&KEY]);
    let at = |second: i64| verify(&TOKEN, &keys, ISSUER, now() + second.seconds()).map(|_| ());
    assert_eq!(at(-6), Err(Refused::NotYet));
    assert_eq!(at(-5), Ok(()));
    assert_eq!(at(304), Ok(()));
    assert_eq!(at(305), Err(Refused::Expired));
}

#[test]
fn another_installations_token_is_refused() {
    for (field, url) in [("iss", "https://evil.example.com"), ("aud", "https://other.example.com"), ("aud", "")] {
        let token = forged(&header(), &with(claims_json(), field, json!(url)));
        assert_eq!(verified(&token), Err(Refused::WrongIssuer), "{field} {url}");
    }
}

#[test]
fn keys_are_told_apart_by_name_and_rotation_overlaps() {
    let next = KeyPair::generate("k2", now()).unwrap();
    let token = sign(&next, &claims()).unwrap();
    assert_eq!(verified(token.expose_secret()), Err(Refused::UnknownKey));
    let both = keys_of(&[&KEY, &next]);
    for token in [token.expose_secret(), &TOKEN] {
        assert!(verify(token, &both, ISSUER, now()).is_ok());
    }
    assert_eq!(verified(&forged(&json!({"typ": "at+jwt", "alg": "ES256"}), &claims_json())), Err(Refused::UnknownKey));
}

#[test]
fn another_key_under_the_same_name_is_refused() {
    let impostor = KeyPair::generate("k1", now()).unwrap();
    let token = sign(&impostor, &claims()).unwrap();
    assert_eq!(verified(token.expose_secret()), Err(Refused::WrongSignature));
}

#[test]
fn unsigned_tokens_are_refused() {
    for alg in ["none", "None", "NONE", ""] {
        let token = forged(&with(header(), "alg", json!(alg)), &claims_json());
        assert_eq!(verified(&token), Err(Refused::Malformed), "{alg}");
        let bare = format!("{}.", token.rsplit_once('.').unwrap().0);
        assert_eq!(verified(&bare), Err(Refused::Malformed), "{alg}");
    }
    let unsigned = format!("{}.", TOKEN.rsplit_once('.').unwrap().0);
    assert_eq!(verified(&unsigned), Err(Refused::WrongSignature));
}

#[test]
fn our_public_key_is_no_ones_hmac_secret() {
    let jwk = &KEY.public().jwk;
    let point = [vec![4], URL_SAFE_NO_PAD.decode(&jwk.x).unwrap(), URL_SAFE_NO_PAD.decode(&jwk.y).unwrap()].concat();
    let hs256 = Header { typ: Some(KIND.into()), kid: Some("k1".into()), ..Header::new(Algorithm::HS256) };
    for secret in [point, serde_json::to_vec(jwk).unwrap(), jwk.x.clone().into_bytes()] {
        let token = jsonwebtoken::encode(&hs256, &claims(), &EncodingKey::from_secret(&secret)).unwrap();
        assert_eq!(verified(&token), Err(Refused::WrongKind));
    }
}

#[test]
fn another_curve_is_refused() {
    let pair = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
    let pkcs8 = pair.to_pkcs8v1().unwrap();
    let es384 = Header { typ: Some(KIND.into()), kid: Some("k1".into()), ..Header::new(Algorithm::ES384) };
    let token = jsonwebtoken::encode(&es384, &claims(), &EncodingKey::from_ec_der(pkcs8.as_ref())).unwrap();
    assert_eq!(verified(&token), Err(Refused::WrongKind));
}

#[test]
fn another_type_is_refused() {
    for typ in [json!("JWT"), json!("at+JWT"), json!("dpop+jwt"), json!(""), Value::Null] {
        let token = forged(&with(header(), "typ", typ.clone()), &claims_json());
        assert_eq!(verified(&token), Err(Refused::WrongKind), "{typ}");
    }
}

#[test]
fn critical_extensions_are_refused() {
    for crit in [json!(["b64"]), json!(["exp"]), json!([])] {
        let token = forged(&with(header(), "crit", crit.clone()), &claims_json());
        assert_eq!(verified(&token), Err(Refused::WrongKind), "{crit}");
    }
}

#[test]
fn keys_that_a_token_brings_along_are_ignored() {
    let thief = KeyPair::generate("k1", now()).unwrap();
    let jwk = serde_json::to_value(&thief.public().jwk).unwrap();
    let brought = with(with(header(), "jwk", jwk), "jku", json!("https://evil.example.com/jwks.json"));
    let message = forged(&brought, &claims_json());
    let message = message.rsplit_once('.').unwrap().0;
    let signature = jsonwebtoken::crypto::sign(message.as_bytes(), thief.private(), Algorithm::ES256).unwrap();
    assert_eq!(verified(&format!("{message}.{signature}")), Err(Refused::WrongSignature));
    assert!(verified(&forged(&brought, &claims_json())).is_ok(), "signed by us, the header changes nothing");
}

#[test]
fn claims_that_are_missing_or_of_another_form_are_refused() {
    for field in ["iss", "aud", "sub", "sid", "tid", "role", "enrolling", "iat", "exp", "jti"] {
        let mut claims = claims_json();
        claims.as_object_mut().unwrap().remove(field);
        assert_eq!(verified(&forged(&header(), &claims)), Err(Refused::Malformed), "{field}");
    }
    for (field, value) in [
        ("exp", json!(1e300)),
        ("exp", json!(-1.5)),
        ("exp", json!(i64::MAX)),
        ("exp", json!("1795176300")),
        ("role", json!("owner")),
        ("tid", json!("../acme")),
        ("sub", json!("ana")),
        ("aud", json!([ISSUER])),
    ] {
        let token = forged(&header(), &with(claims_json(), field, value.clone()));
        assert_eq!(verified(&token), Err(Refused::Malformed), "{field} {value}");
    }
}

#[test]
fn a_token_over_four_kilobytes_is_not_looked_at() {
    let long = |bytes: usize| forged(&header(), &with(claims_json(), "jti", json!("x".repeat(bytes))));
    assert!(verified(&long(2000)).is_ok());
    let token = long(4000);
    assert!(token.len() > MAX_BYTES);
    assert_eq!(verified(&token), Err(Refused::Malformed));
    assert_eq!(verified(&"[".repeat(10_000_000)), Err(Refused::Malformed));
}

#[test]
fn every_reason_is_the_same_401() {
    for refused in [Refused::Malformed, Refused::WrongSignature, Refused::Expired, Refused::WrongKind] {
        assert_eq!(Failure::from(refused), Failure::unauthorized());
    }
}

proptest! {
    #[test]
    fn any_change_of_one_character_is_refused(at in any::<prop::sample::Index>(), by in "[A-Za-z0-9_.-]|\\PC") {
        let mut changed: Vec<String> = TOKEN.chars().map(String::from).collect();
        let at = at.index(changed.len());
        prop_assume!(changed[at] != by);
        changed[at] = by;
        prop_assert!(verified(&changed.concat()).is_err());
    }

    #[test]
    fn whatever_comes_is_refused(text in any::<String>(), header in any::<Vec<u8>>(), claims in any::<Vec<u8>>()) {
        prop_assert_eq!(verified(&text), Err(Refused::Malformed));
        let parts = format!("{}.{}.AAAA", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        prop_assert_eq!(verified(&parts), Err(Refused::Malformed));
    }
}
