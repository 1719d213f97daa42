//! Events out and in: what happens is posted, signed, to where a tenant wants it; what other systems report happens
//! here.

use connectors::signature::{Delivery, Refusal, TOLERANCE_S};
use connectors::standard_webhooks::verify;
use domain::ids::WebhookDeliveryId;
use domain::webhooks::{State, WebhookDelivery};
use jiff::SignedDuration;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::{Value, json};
use std::io::Write as _;
use std::process::{Command, Stdio};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};
use xtask::http::Answer;
use xtask::venv;

use crate::stage::{Page, Person, Tenant, eventually, number, problem, root, stage, unique};

/// A receiver on this machine, and the webhook that leads there.
struct Receiver {
    server: MockServer,
    id: String,
    secret: SecretString,
}

impl Receiver {
    /// A receiver of `events` that answers with `statuses` one after another, and with 204 from then on.
    fn new(owner: &Person, events: &[&str], statuses: &[u16]) -> Self {
        let server = stage().block_on(async {
            let server = MockServer::start().await;
            for status in statuses {
                let answer = ResponseTemplate::new(*status).set_body_string("<b>not now</b>");
                Mock::given(method("POST")).respond_with(answer).up_to_n_times(1).mount(&server).await;
            }
            Mock::given(method("POST")).respond_with(ResponseTemplate::new(204)).mount(&server).await;
            server
        });
        let body = json!({"url": server.uri(), "events": events, "description": "test"});
        let made = read(&owner.call("POST", "/v1/webhooks", &[], &body.to_string()), 201);
        let secret = made["secret"].as_str().unwrap().to_owned().into();
        Self { server, id: made["id"].as_str().unwrap().to_owned(), secret }
    }

    fn path(&self, more: &str) -> String {
        format!("/v1/webhooks/{}{more}", self.id)
    }

    /// What was posted so far.
    fn requests(&self) -> Vec<Request> {
        stage().block_on(self.server.received_requests()).unwrap()
    }

    /// The first posts of this event, at least `count`.
    fn posts_of(&self, event: &str, count: usize) -> Vec<Request> {
        eventually(event, || {
            let mut posts = self.requests();
            posts.retain(|request| body(request)["type"] == event);
            (posts.len() >= count).then_some(posts)
        })
    }

    /// The log, once `shows` holds of it.
    fn log_when(&self, owner: &Person, what: &str, shows: impl Fn(&[WebhookDelivery]) -> bool) -> Vec<WebhookDelivery> {
        eventually(what, || {
            let answer = owner.call("GET", &self.path("/deliveries"), &[], "");
            assert_eq!(answer.status, 200, "{}", answer.body);
            let page: Page<WebhookDelivery> = serde_json::from_str(&answer.body).unwrap();
            shows(&page.items).then_some(page.items)
        })
    }
}

/// What an answer with this status says.
fn read(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

fn checked(secret: &SecretString, request: &Request) -> Result<(), Refusal> {
    let delivery = Delivery {
        method: "POST",
        url: request.url.as_str(),
        headers: &request.headers,
        body: &request.body,
        now: runtime::clock::now().as_second(),
        tolerance_s: TOLERANCE_S,
    };
    verify(secret, &delivery)
}

#[test]
fn what_happens_is_posted_signed_and_without_what_was_said() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    let owner = roofer.person("admin");
    let receiver = Receiver::new(&owner, &[], &[]);
    let text = format!("Do you repair roofs? {}", unique());
    let said = roofer.sms(&from, &text);
    let created = receiver.posts_of("lead.created", 1).remove(0);
    let told = body(&created);
    assert_eq!(
        (&told["tenant"], &told["data"]["lead"], &told["data"]["source"]),
        (&json!(roofer.id()), &json!(said.lead()), &json!("sms"))
    );
    assert_eq!(
        (&created.headers["webhook-id"], &created.headers["content-type"]),
        (&told["id"].as_str().unwrap().parse().unwrap(), &"application/json".parse().unwrap())
    );
    assert_eq!(checked(&receiver.secret, &created), Ok(()));
    receiver.posts_of("message.received", 1);
    receiver.posts_of("message.sent", 1);
    for request in receiver.requests() {
        let posted = String::from_utf8_lossy(&request.body).into_owned();
        assert!(!posted.contains(&from) && !posted.contains("roofs"), "{posted}");
        assert_ne!(body(&request)["type"], "message.queued");
    }
    let log = receiver.log_when(&owner, "the log", |log| log.iter().any(|one| one.name == "lead.created"));
    let entry = log.iter().find(|one| one.name == "lead.created").unwrap();
    assert_eq!(serde_json::from_str::<Value>(&entry.body).unwrap(), told);
}

#[test]
fn the_reference_library_takes_what_is_posted_and_nothing_that_was_changed() {
    let python = venv::program(root(), "python");
    let imports = |what: &str| Command::new(&python).args(["-c", what]).output().is_ok_and(|run| run.status.success());
    if !imports("import standardwebhooks") {
        eprintln!("Skipped: standardwebhooks is not installed; make tools installs it.");
        return;
    }
    let roofer = Tenant::opened(|_| {});
    let owner = roofer.person("admin");
    let receiver = Receiver::new(&owner, &["lead.created"], &[]);
    read(&owner.call("POST", &receiver.path("/test"), &[], ""), 202);
    let post = receiver.posts_of("webhook.test", 1).remove(0);
    let headers: Value =
        post.headers.iter().map(|(name, value)| (name.to_string(), Value::from(value.to_str().unwrap()))).collect();
    let body = String::from_utf8(post.body.clone()).unwrap();
    let given = json!({"secret": receiver.secret.expose_secret(), "body": body, "headers": headers});
    let script = root().join("tests/system/clients/webhook.py");
    let mut run = Command::new(&python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    run.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let said = run.wait_with_output().unwrap().stdout;
    assert_eq!(serde_json::from_slice::<Value>(&said).unwrap(), json!([true, false, false]));
}

#[test]
fn what_is_not_taken_comes_again_with_the_same_id() {
    let roofer = Tenant::opened(|_| {});
    let owner = roofer.person("admin");
    let receiver = Receiver::new(&owner, &["review.received"], &[500]);
    read(&owner.call("POST", &receiver.path("/test"), &[], ""), 202);
    let posts = receiver.posts_of("webhook.test", 2);
    assert_eq!(posts[0].headers["webhook-id"], posts[1].headers["webhook-id"]);
    assert_eq!(posts[0].body, posts[1].body);
    let log =
        receiver.log_when(&owner, "it to be taken", |log| log.first().is_some_and(|one| one.state == State::Delivered));
    let statuses: Vec<_> = log[0].tries.iter().map(|tried| tried.status).collect();
    assert_eq!(statuses, [Some(500), Some(204)]);
    let answers: Vec<_> = log[0].tries.iter().map(|tried| tried.answer.as_deref()).collect();
    assert_eq!(answers, [Some("<b>not now</b>"), None]);
    let pause = log[0].tries[1].at.duration_since(log[0].tries[0].at);
    assert!(pause >= SignedDuration::from_secs(5), "{pause}");

    let again = format!("/v1/webhooks/deliveries/{}/replay", log[0].id);
    read(&owner.call("POST", &again, &[], ""), 202);
    let posts = receiver.posts_of("webhook.test", 3);
    assert_eq!(posts[0].headers["webhook-id"], posts[2].headers["webhook-id"]);
    let nobodys = WebhookDeliveryId::derive(&roofer.id(), &["nobody"]);
    let missing = owner.call("POST", &format!("/v1/webhooks/deliveries/{nobodys}/replay"), &[], "");
    assert_eq!(missing.status, 404, "{}", missing.body);
}

#[test]
fn while_a_secret_is_rotated_a_receiver_with_either_accepts() {
    let owner = Tenant::opened(|_| {}).person("admin");
    let receiver = Receiver::new(&owner, &[], &[]);
    let rotated = read(&owner.call("POST", &receiver.path("/rotate-secret"), &[], ""), 200);
    let new: SecretString = rotated["secret"].as_str().unwrap().to_owned().into();
    read(&owner.call("POST", &receiver.path("/test"), &[], ""), 202);
    let post = receiver.posts_of("webhook.test", 1).remove(0);
    assert_eq!((checked(&receiver.secret, &post), checked(&new, &post)), (Ok(()), Ok(())));
    let shown = owner.call("GET", &receiver.path(""), &[], "");
    assert!(!shown.body.contains("whsec_"), "a secret is shown once: {}", shown.body);
}

#[test]
fn a_receiver_that_is_gone_is_switched_off_and_comes_back_when_its_owner_says() {
    let owner = Tenant::opened(|_| {}).person("admin");
    let receiver = Receiver::new(&owner, &["webhook.disabled"], &[410]);
    read(&owner.call("POST", &receiver.path("/test"), &[], ""), 202);
    let (off, etag) = eventually("it to be switched off", || {
        let answer = owner.call("GET", &receiver.path(""), &[], "");
        let webhook = read(&answer, 200);
        (webhook["enabled"] == false).then(|| (webhook, answer.header("etag").unwrap().to_owned()))
    });
    assert_eq!(off["disabled"]["why"], "gone");
    assert_eq!(problem(&owner.call("POST", &receiver.path("/test"), &[], "")).0, 409);
    let on = json!({"url": receiver.server.uri(), "events": [], "description": "", "enabled": true});
    let on = read(&owner.call("PUT", &receiver.path(""), &[("if-match", &etag)], &on.to_string()), 200);
    assert_eq!((&on["enabled"], on.get("disabled")), (&json!(true), None));
    read(&owner.call("POST", &receiver.path("/test"), &[], ""), 202);
    receiver.posts_of("webhook.test", 2);
}

#[test]
fn rest_hooks_subscribe_and_unsubscribe_with_a_key() {
    let roofer = Tenant::opened(|file| {
        let scopes = ["webhooks:write", "webhooks:read"].map(|name| domain::identity::Permission::parse(name).unwrap());
        file.api_keys.iter_mut().for_each(|key| key.scopes = scopes.into_iter().collect());
    });
    let headers = [roofer.bearer(), ("content-type".to_owned(), "application/json".to_owned())];
    let subscribe = json!({"url": "http://127.0.0.1:9/hook", "events": ["lead.created"]}).to_string();
    let made = read(&Tenant::call("POST", "/v1/webhooks", &headers, &subscribe), 201);
    let path = format!("/v1/webhooks/{}", made["id"].as_str().unwrap());
    assert_eq!(Tenant::call("DELETE", &path, &headers, "").status, 204);
    assert_eq!(Tenant::call("GET", &path, &headers, "").status, 404);
    for (wrong, field) in [
        (json!({"url": "ftp://hooks.example.com/"}), "url"),
        (json!({"url": "https://ana:secret@hooks.example.com/"}), "url"),
        (json!({"url": "https://hooks.example.com/", "events": ["message.queued"]}), "events"),
    ] {
        let refused = Tenant::call("POST", "/v1/webhooks", &headers, &wrong.to_string());
        assert_eq!(problem(&refused), (400, Some(field.to_owned())), "{}", refused.body);
    }
}

#[test]
fn a_quote_of_another_system_begins_the_sequence_that_follows_it_up() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    let (owner, manager) = (roofer.person("admin"), roofer.person("manager"));
    let receiver = Receiver::new(&owner, &["quote.sent"], &[]);
    let said = roofer.sms(&from, "Do you repair roofs?");
    roofer.sent_reply(&said);
    let link = format!("https://crm.example.com/q/{}", unique());
    let report = json!({"id": "crm-4711-sent", "type": "quote.sent", "lead": said.lead(), "data": {
        "quote": "4711", "service": "Roof repair", "amount": {"cents": 185_000, "currency": "USD"}, "link": link}});
    let send = |report: &Value| manager.call("POST", "/v1/events", &[], &report.to_string());
    let taken = read(&send(&report), 202);
    assert_eq!(read(&send(&report), 202), taken, "the same report is the same event");
    let contact = taken["contact"].as_str().unwrap();
    let journey = eventually("the quote", || {
        let journey = owner.call("GET", &format!("/v1/contacts/{contact}/journey"), &[], "");
        let journey: Value = serde_json::from_str(&journey.body).unwrap_or_default();
        journey["quotes"].as_array().is_some_and(|quotes| quotes.len() == 1).then_some(journey)
    });
    assert_eq!((&journey["quotes"][0]["state"], &journey["quotes"][0]["link"]), (&json!("sent"), &json!(link)));
    let runs = journey["runs"].as_array().unwrap();
    assert!(runs.iter().any(|run| run["sequence"] == "quote-follow-up"), "{runs:?}");

    let post = receiver.posts_of("quote.sent", 1).remove(0);
    let told = body(&post);
    assert_eq!((&told["id"], &told["data"]["amount"]["cents"]), (&taken["event"], &json!(185_000)));
    assert_eq!((told["data"].get("link"), told["data"].get("service")), (None, None));

    let other =
        json!({"id": "crm-4711-sent", "type": "quote.declined", "lead": said.lead(), "data": {"quote": "4711"}});
    assert_eq!(problem(&send(&other)).0, 409);
    for (field, wrong) in [
        ("type", json!({"id": "1", "type": "message.received", "lead": said.lead()})),
        ("data.quote", json!({"id": "1", "type": "quote.sent", "lead": said.lead(), "data": {"quote": 7}})),
        ("contact", json!({"id": "1", "type": "pricing.visited"})),
    ] {
        let refused = send(&wrong);
        assert_eq!(problem(&refused), (400, Some(field.to_owned())), "{}", refused.body);
    }
    let agent = roofer.person("agent").call("POST", "/v1/events", &[], &report.to_string());
    assert_eq!(agent.status, 403, "{}", agent.body);
}
