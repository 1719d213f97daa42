//! A new user's mistakes with AWS: each is told with the profile, the place and what to do.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Written once: the tests run side by side.
static CONFIG: LazyLock<PathBuf> = LazyLock::new(|| file("aws-config", "[profile work]\nregion = eu-west-1\n"));
static CREDENTIALS: LazyLock<PathBuf> = LazyLock::new(|| file("aws-credentials", ""));

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

/// `porchlight account disable`, on a machine that has one profile, `work`, and whatever `environment` adds.
fn complaint(environment: &[(&str, &str)]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.args(["account", "disable", "--email", "ana@example.com"]).env_clear();
    command.env("AWS_CONFIG_FILE", &*CONFIG);
    command.env("AWS_SHARED_CREDENTIALS_FILE", &*CREDENTIALS);
    command.env("AWS_EC2_METADATA_DISABLED", "true").env("TABLE_NAME", "porchlight-table");
    command.envs(environment.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    String::from_utf8(output.stderr).unwrap()
}

const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret")];

fn says(said: &str, words: &[&str]) {
    assert!(words.iter().all(|word| said.contains(word)), "{said}");
}

#[test]
fn a_profile_that_is_not_there() {
    says(&complaint(&[("AWS_PROFILE", "wrok")]), &["the profile wrok", "has work", "aws configure --profile wrok"]);
}

#[test]
fn no_region() {
    says(&complaint(&KEYS), &["no AWS region", "profile default", "AWS_REGION"]);
}

#[test]
fn no_credentials() {
    says(&complaint(&[("AWS_PROFILE", "work")]), &["no AWS credentials", "profile work", "aws sso login"]);
}

#[test]
fn no_table_name() {
    let said = complaint(&[("TABLE_NAME", ""), ("AWS_REGION", "eu-west-1"), KEYS[0], KEYS[1]]);
    says(&said, &["TABLE_NAME is not set", "outputs", "make dev"]);
}

#[test]
fn nothing_that_answers() {
    let endpoint = "http://127.0.0.1:9";
    let said = complaint(&[("AWS_ENDPOINT_URL", endpoint), ("AWS_REGION", "eu-west-1"), KEYS[0], KEYS[1]]);
    says(&said, &["nothing answers at http://127.0.0.1:9 (eu-west-1)", "make dev"]);
}

#[tokio::test]
async fn what_aws_refuses() {
    for (code, words) in [
        ("ResourceNotFoundException", ["no table porchlight-table at http://", "TABLE_NAME"]),
        ("ExpiredTokenException", ["have expired", "aws sso login"]),
        ("UnrecognizedClientException", ["does not know the credentials", "AWS_PROFILE"]),
        ("InvalidSignatureException", ["does not know the credentials", "AWS_SECRET_ACCESS_KEY"]),
        ("AccessDeniedException", ["may not do this with the table porchlight-table", "deployed the stack"]),
    ] {
        let server = MockServer::start().await;
        let answer = ResponseTemplate::new(400).set_body_json(json!({ "__type": code, "message": "x" }));
        Mock::given(any()).respond_with(answer).mount(&server).await;
        let uri = server.uri();
        let ask = move || complaint(&[("AWS_ENDPOINT_URL", &uri), ("AWS_REGION", "eu-west-1"), KEYS[0], KEYS[1]]);
        let said = tokio::task::spawn_blocking(ask).await.unwrap();
        says(&said, &words);
        says(&said, &["profile default", code]);
    }
}
