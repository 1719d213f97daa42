//! Files that customers sent, from servers that answer as Meta's and Twilio's documents say, and from ones that do not.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use connectors::download::{Download, Downloads};
use connectors::send::twilio::TwilioKey;
use domain::Failure;
use domain::conversations::MissingFile;
use domain::conversations::received_files::MAX_FILE_BYTES;
use secrecy::SecretString;
use serde_json::json;
use wiremock::matchers::{header, header_exists, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

const PICTURE: &[u8] = b"\xff\xd8\xff\xe0 a roof";
const TWILIOS: &str = "/2010-04-01/Accounts/AC1/Messages/MM1/Media/ME1";

fn downloads(server: &MockServer) -> Downloads {
    Downloads::new(format!("{}/v26.0", server.uri()).parse().unwrap(), server.uri().parse().unwrap()).unwrap()
}

async fn meta(server: &MockServer) -> Result<Download, Failure> {
    downloads(server).meta(&SecretString::from("EAAB-token"), "801").await
}

async fn twilio(server: &MockServer, url: &str) -> Result<Download, Failure> {
    let key = TwilioKey { sid: "SK1".to_owned(), secret: SecretString::from("secret") };
    downloads(server).twilio(&key, url).await
}

async fn answers(server: &MockServer, at: &str, answer: ResponseTemplate) {
    Mock::given(method("GET")).and(path(at)).respond_with(answer).mount(server).await;
}

/// Meta's first answer, which names the address `url`.
async fn names(server: &MockServer, url: &str) {
    let body = json!({
        "messaging_product": "whatsapp", "url": url, "mime_type": "image/jpeg", "sha256": "5f", "file_size": 11, "id": "801",
    });
    answers(server, "/v26.0/801", ResponseTemplate::new(200).set_body_json(body)).await;
}

fn picture() -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(PICTURE, "image/jpeg")
}

fn fetched() -> Result<Download, Failure> {
    Ok(Download::File { content_type: "image/jpeg".to_owned(), content: PICTURE.to_vec() })
}

fn missing(why: MissingFile) -> Result<Download, Failure> {
    Ok(Download::Missing(why))
}

#[tokio::test]
async fn meta_names_an_address_and_both_calls_take_the_token() {
    let server = MockServer::start().await;
    names(&server, &format!("{}/file", server.uri())).await;
    let with_token = Mock::given(path("/file")).and(header("authorization", "Bearer EAAB-token"));
    with_token.respond_with(picture()).expect(1).mount(&server).await;
    assert_eq!(meta(&server).await, fetched());
}

#[tokio::test]
async fn metas_token_goes_to_nobody_else() {
    let (server, other) = (MockServer::start().await, MockServer::start().await);
    Mock::given(method("GET")).respond_with(picture()).expect(0).mount(&other).await;
    for url in [other.uri().as_str(), "https://fbsbx.com.example.org/x", "http://lookaside.fbsbx.com/x", "no url"] {
        server.reset().await;
        names(&server, url).await;
        assert_eq!(meta(&server).await, missing(MissingFile::Refused), "{url}");
    }
}

#[tokio::test]
async fn twilio_redirects_to_an_address_that_takes_no_key() {
    let server = MockServer::start().await;
    let to_signed = ResponseTemplate::new(307).insert_header("location", "/signed?token=x");
    let with_key = Mock::given(path(TWILIOS)).and(header("authorization", "Basic U0sxOnNlY3JldA=="));
    with_key.respond_with(to_signed).mount(&server).await;
    let keyed = Mock::given(path("/signed")).and(header_exists("authorization"));
    keyed.respond_with(ResponseTemplate::new(400)).with_priority(1).expect(0).mount(&server).await;
    answers(&server, "/signed", picture()).await;
    assert_eq!(twilio(&server, &format!("{}{TWILIOS}", server.uri())).await, fetched());
}

#[tokio::test]
async fn twilios_key_goes_to_twilio_alone_whatever_the_message_names() {
    let (server, other) = (MockServer::start().await, MockServer::start().await);
    Mock::given(method("GET")).respond_with(picture()).expect(0).mount(&other).await;
    for url in [other.uri().as_str(), "file:///etc/passwd", "no url", ""] {
        assert_eq!(twilio(&server, url).await, missing(MissingFile::Refused), "{url}");
    }
}

#[tokio::test]
async fn what_will_never_come_is_missing_and_what_may_is_tried_again() {
    for (status, expected) in [
        (404, Some(MissingFile::Gone)),
        (410, Some(MissingFile::Gone)),
        (401, Some(MissingFile::Refused)),
        (403, Some(MissingFile::Refused)),
        (408, None),
        (429, None),
        (500, None),
        (503, None),
    ] {
        let server = MockServer::start().await;
        answers(&server, TWILIOS, ResponseTemplate::new(status)).await;
        names(&server, &format!("{}{TWILIOS}", server.uri())).await;
        for came in [twilio(&server, &format!("{}{TWILIOS}", server.uri())).await, meta(&server).await] {
            match expected {
                Some(why) => assert_eq!(came, missing(why), "{status}"),
                None => assert!(matches!(came, Err(Failure::Retryable(_))), "{status}: {came:?}"),
            }
        }
    }
}

#[tokio::test]
async fn a_file_over_the_limit_is_not_read() {
    let server = MockServer::start().await;
    for (bytes, is_kept) in [(MAX_FILE_BYTES, true), (MAX_FILE_BYTES + 1, false)] {
        server.reset().await;
        answers(&server, TWILIOS, ResponseTemplate::new(200).set_body_raw(vec![7; bytes], "video/mp4")).await;
        let came = twilio(&server, &format!("{}{TWILIOS}", server.uri())).await;
        assert_eq!(matches!(came, Ok(Download::File { .. })), is_kept, "{bytes}");
        assert_eq!(came == missing(MissingFile::TooLarge), !is_kept, "{bytes}");
    }
}
