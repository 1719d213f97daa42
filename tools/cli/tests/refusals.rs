//! What the table refuses: said with line and field before anything is stored. The table is a stand-in that knows a few
//! items and fails every write.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test stops at the first surprise")]

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_sqs::config::{Credentials, SharedCredentialsProvider};
use cli::onboard::{Installation, Manner, Source, Wrong, onboard};
use cli::secrets::SecretsFile;
use jiff::Timestamp;
use serde_json::{Map, Value, json};
use std::path::Path;
use store::Store;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

const FILE: &str = r#"industry_template = "roofing"

[tenant]
id = "peak-roofing"
name = "Peak Roofing"
currency = "USD"
zone = "America/Denver"
region = "US"
language = "en"
business = {}
notify = ["office@example.com"]

[tenant.channels]
sms = { account_sid = "AC00000000000000000000000000000009", from = "+13035550173" }
whatsapp = { phone_number_id = "106540352242990" }
"#;

/// JSON as DynamoDB writes it.
fn item(value: &Value) -> Value {
    match value {
        Value::Null => json!({ "NULL": true }),
        Value::Bool(flag) => json!({ "BOOL": flag }),
        Value::Number(number) => json!({ "N": number.to_string() }),
        Value::String(text) => json!({ "S": text }),
        Value::Array(list) => json!({ "L": list.iter().map(item).collect::<Vec<_>>() }),
        Value::Object(fields) => json!({ "M": attributes(fields) }),
    }
}

fn attributes(fields: &Map<String, Value>) -> Value {
    fields.iter().map(|(name, value)| (name.clone(), item(value))).collect::<Map<_, _>>().into()
}

/// A table that has `there` wherever a key begins with `prefix`, and `places` in every list.
async fn table(prefix: &'static str, there: Value, places: Vec<Value>) -> MockServer {
    let server = MockServer::start().await;
    let answer = move |request: &Request| {
        let operation = request.headers["x-amz-target"].to_str().unwrap();
        let body: Value = request.body_json().unwrap();
        let json = match operation.rsplit('.').next().unwrap() {
            "GetItem" if body["Key"]["pk"]["S"].as_str().unwrap().starts_with(prefix) => {
                json!({ "Item": attributes(there.as_object().unwrap()) })
            }
            "GetItem" => json!({}),
            "Query" => {
                let items: Vec<_> = places.iter().map(|place| attributes(place.as_object().unwrap())).collect();
                json!({ "Items": items, "Count": items.len() })
            }
            _ => return ResponseTemplate::new(400).set_body_json(json!({ "__type": "ValidationException" })),
        };
        ResponseTemplate::new(200).set_body_json(json)
    };
    Mock::given(any()).respond_with(answer).mount(&server).await;
    server
}

fn config(server: &MockServer) -> SdkConfig {
    let credentials = SharedCredentialsProvider::new(Credentials::new("test", "test", None, None, "test"));
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::from_static("us-east-1"))
        .endpoint_url(server.uri())
        .credentials_provider(credentials)
        .build()
}

/// Onboards `FILE`; returns what is said, and how many requests were no reads.
async fn refused(name: &str, server: &MockServer) -> (Wrong, usize) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("refused-{name}.toml"));
    let _ = std::fs::remove_file(&path);
    let mut secrets = SecretsFile::open(path).unwrap();
    let store = Store::new(&config(server), "table".to_owned());
    let to = Installation { store, kms_key_id: "key".to_owned(), mails: None };
    let source = Source::new("tenant.toml", FILE);
    let manner = Manner { at: Timestamp::UNIX_EPOCH, prune: false };
    let Err(error) = onboard(&to, &source.file().unwrap(), &mut secrets, manner).await else { panic!("it was taken") };
    assert!(!secrets.path().exists(), "keys of nobody were written down");
    let requests = server.received_requests().await.unwrap();
    let reads = ["GetItem", "Query"];
    let is_write = |request: &&Request| {
        !reads.iter().any(|read| request.headers["x-amz-target"].to_str().unwrap().ends_with(read))
    };
    let writes = requests.iter().filter(is_write).count();
    (source.locate(error).downcast().unwrap(), writes)
}

#[tokio::test]
async fn a_slug_that_another_tenant_has() {
    let mut other = serde_json::to_value(&Source::new("other", FILE).file().unwrap().tenant).unwrap();
    other["version"] = json!(3);
    other["name"] = json!("Peak Roofing of Boulder");
    let server = table("T#peak-roofing#TENANT", other, Vec::new()).await;
    let (wrong, writes) = refused("slug", &server).await;
    assert_eq!((wrong.line, wrong.field.as_str(), writes), (Some(4), "tenant.id", 0));
    assert!(wrong.message.contains("choose another slug"), "{wrong}");
}

#[tokio::test]
async fn a_number_that_belongs_to_another_tenant() {
    let registration = json!({ "tenant": "other-roofing", "region": "US" });
    let server = table("K#twilio#", registration.clone(), Vec::new()).await;
    let (wrong, writes) = refused("sms", &server).await;
    assert_eq!((wrong.line, wrong.field.as_str(), writes), (Some(14), "tenant.channels.sms.from", 0));
    let server = table("K#whatsapp#", registration, Vec::new()).await;
    let (wrong, writes) = refused("whatsapp", &server).await;
    assert_eq!((wrong.line, wrong.field.as_str(), writes), (Some(15), "tenant.channels.whatsapp.phone_number_id", 0));
}

#[tokio::test]
async fn more_api_keys_than_there_is_room_for() {
    let key = |id: &str| {
        json!({ "id": id, "name": "old", "scopes": ["leads:read"], "prefix": "pl_api_x",
                "created_at": "2026-11-20T12:00:00Z" })
    };
    let places = vec![key("39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c"), key("39c84c7a-b15c-5c11-af78-5a5c4e2bdf2d")];
    let server = table("nothing", json!({}), places).await;
    let (wrong, writes) = refused("keys", &server).await;
    assert_eq!((wrong.field.as_str(), writes), ("api_keys", 0));
    assert!(wrong.message.contains("revoke"), "{wrong}");
}

#[tokio::test]
async fn a_business_whose_secrets_file_is_not_here() {
    let mut stored = serde_json::to_value(&Source::new("same", FILE).file().unwrap().tenant).unwrap();
    stored["version"] = json!(3);
    let server = table("T#peak-roofing#TENANT", stored, Vec::new()).await;
    let (wrong, writes) = refused("lost", &server).await;
    assert_eq!((wrong.line, wrong.field.as_str(), writes), (Some(4), "tenant.id", 0));
    assert!(wrong.message.contains("refused-lost.toml") && wrong.message.contains("would be replaced"), "{wrong}");
}
