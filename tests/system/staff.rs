//! Staff in a conversation: they answer, take over, hand back, and keep notes.

use domain::conversations::{Answers, Conversation, Message, NoticeKind, Role};
use domain::identity::Actor;
use domain::messaging::{DeliveryState, Email};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use xtask::http::Answer;

use crate::contacts::put_signed;
use crate::stage::{
    Person, Replay, Said, Tenant, address, eventually, number, problem, send, sink_messages_to, state, unique,
};

/// A call of someone of the staff in a conversation.
fn step(who: &Person, said: &Said, step: &str, body: &Value) -> Answer {
    let body = if body.is_null() { String::new() } else { body.to_string() };
    who.call("POST", &format!("/v1/conversations/{}/{step}", said.conversation()), &[], &body)
}

/// The conversation after a step that must succeed.
fn done(who: &Person, said: &Said, name: &str, body: &Value) -> Conversation {
    let answer = step(who, said, name, body);
    assert_eq!(answer.status, 200, "{name}: {}", answer.body);
    let thread: Conversation = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(answer.header("etag"), Some(format!("\"{}\"", thread.version).as_str()));
    thread
}

/// Writes to the customer of a conversation, under an `Idempotency-Key`.
fn write(who: &Person, said: &Said, key: &str, text: &str) -> Answer {
    let path = format!("/v1/conversations/{}/messages", said.conversation());
    who.call("POST", &path, &[("idempotency-key", key)], &json!({ "text": text }).to_string())
}

/// A message of the staff's once it has left.
fn left(tenant: &Tenant, said: &Said, text: &str) -> Replay {
    tenant.replay_when(said.conversation(), "what staff wrote to leave", |replay| {
        let written = replay.of(Role::Staff);
        written.iter().any(|message| message.text == text && state(message) == DeliveryState::Sent)
    })
}

fn queue(who: &Person, queue: &str) -> Vec<Conversation> {
    let answer = who.call("GET", &format!("/v1/conversations?queue={queue}&limit=100"), &[], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let page: crate::stage::Page<Conversation> = serde_json::from_str(&answer.body).unwrap();
    page.items
}

#[test]
fn a_reply_arrives_at_the_customers_phone_once_however_often_it_is_sent() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "I want to speak to a manager");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let (key, text) = (unique(), format!("This is Ana. {}", unique()));
    let first = write(&ana, &said, &key, &text);
    assert_eq!(first.status, 201, "{}", first.body);
    let again = write(&ana, &said, &key, &text);
    assert_eq!((again.status, &again.body), (201, &first.body));

    let replay = left(&roofer, &said, &text);
    let written: Message = serde_json::from_str(&first.body).unwrap();
    let stored = replay.stored(written.reference.message).unwrap();
    assert_eq!(stored.by.as_ref().and_then(Actor::account), Some(ana.account));
    assert_eq!(replay.of(Role::Staff).len(), 1);
    let sent = sink_messages_to(&from);
    assert_eq!(sent.iter().filter(|sent| sent.to_string().contains(&text)).count(), 1, "{sent:?}");
    let thread = replay.conversation;
    assert_eq!((thread.handling.answers, thread.handling.assignee), (Answers::Staff, Some(ana.account)));
    assert!(thread.sla.staff.is_none() && thread.sla.resolution.is_some(), "{:?}", thread.sla);
}

#[test]
fn the_same_request_that_comes_again_without_its_answer_kept_sends_once() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let cause = unique();
    let (tenant, trace) = (
        roofer.id(),
        store::Trace { actor: Actor::Operator, at: runtime::clock::now(), address: None, correlation_id: unique() },
    );
    let stage = crate::stage::stage();
    let once = || {
        stage.block_on(async {
            let tenant = stage.store.tenants().get(&tenant).await.unwrap();
            let store = stage.store.conversations();
            store.reply(&tenant, said.conversation(), "On our way.", &cause, &trace).await.unwrap()
        })
    };
    let (first, again) = (once(), once());
    assert_eq!(first.reference, again.reference);
    assert_eq!(left(&roofer, &said, "On our way.").of(Role::Staff).len(), 1);
    let sent = sink_messages_to(&from);
    assert_eq!(sent.iter().filter(|sent| sent.to_string().contains("On our way.")).count(), 1, "{sent:?}");
}

#[test]
fn whoever_opted_out_is_not_written_to_and_nothing_is_stored() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "How much is a roof inspection?");
    roofer.sent_reply(&said);
    let stop = roofer.sms(&from, "STOP");
    roofer.replay_when(said.conversation(), "the STOP", |replay| replay.stored(stop.id()).is_some());
    let refused = write(&roofer.person("agent"), &said, &unique(), "Just one more thing");
    assert_eq!(refused.status, 409, "{}", refused.body);
    let body: Value = serde_json::from_str(&refused.body).unwrap();
    assert_eq!(body["code"], "message_refused");
    assert!(body["detail"].as_str().unwrap().contains("asked to get no more messages"), "{body}");
    assert!(roofer.replay(said.conversation()).unwrap().of(Role::Staff).is_empty());
}

#[test]
fn the_assistant_is_quiet_after_a_take_over_and_answers_after_it_is_handed_back() {
    let mails = address();
    let notify = vec![Email::new(&mails, "notify").unwrap()];
    let roofer = Tenant::opened(|file| file.tenant.notify = notify);
    let from = number();
    let said = roofer.sms(&from, "How much is a roof inspection?");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let thread = done(&ana, &said, "take-over", &Value::Null);
    assert_eq!((thread.handling.answers, thread.handling.assignee), (Answers::Staff, Some(ana.account)));
    let twice = done(&ana, &said, "take-over", &Value::Null);
    assert_eq!(twice, thread, "twice is once");

    let held = roofer.sms(&from, "And when are you open?");
    let replay = roofer.replay_when(said.conversation(), "the held message", |r| r.stored(held.id()).is_some());
    assert!(replay.reply(held.id()).is_none());
    let notices: Vec<_> = replay.of(Role::Notice).iter().map(|notice| notice.notice).collect();
    assert_eq!(notices, [Some(NoticeKind::CustomerWaits)]);
    eventually("the mail to staff", || {
        let told = crate::stage::mails_to(&mails);
        told.iter().any(|mail| mail.subject.contains("waits for your answer")).then_some(())
    });

    let back = done(&ana, &said, "hand-back", &Value::Null);
    assert_eq!((back.handling.answers, back.handling.assignee), (Answers::Assistant, None));
    let asked = roofer.sms(&from, "What are your opening hours?");
    assert_eq!(state(&roofer.reply_in(said.conversation(), &asked)), DeliveryState::Sent);
    assert!(roofer.replay(said.conversation()).unwrap().reply(held.id()).is_none());
}

#[test]
fn a_visitor_of_the_chat_reads_what_staff_write_and_no_note() {
    let (roofer, session) = (Tenant::roofer(), unique());
    let said = roofer.chat(&session, "What are your opening hours?");
    let answer = roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let key = unique();
    let noted = |key: &str| {
        let path = format!("/v1/conversations/{}/notes", said.conversation());
        ana.call("POST", &path, &[("idempotency-key", key)], &json!({"text": "Two dogs"}).to_string())
    };
    assert_eq!(noted(&key).status, 201);
    assert_eq!(noted(&key).status, 201);
    let written = write(&ana, &said, &unique(), "This is Ana, how can I help?");
    assert_eq!(written.status, 201, "{}", written.body);
    let (texts, _) = eventually("what Ana wrote in the widget", || {
        Some(roofer.poll(&session, None)).filter(|(texts, _)| texts.len() > 1)
    });
    assert_eq!(texts, [answer.text.as_str(), "This is Ana, how can I help?"]);
    let replay: Value = roofer.read(&format!("/v1/conversations/{}", said.conversation()));
    let notes = replay["notes"].as_array().unwrap();
    assert_eq!(notes.iter().map(|note| note["text"].as_str().unwrap()).collect::<Vec<_>>(), ["Two dogs"]);
    assert!(!replay["recent"].to_string().contains("Two dogs"));
}

/// How long the local stack may take between a message's last state and an answer that was held for it. A call takes a tenth of a second
/// here; on AWS it is half a second and two reads.
const PUSHED: SignedDuration = SignedDuration::from_secs(3);

#[test]
fn a_visitor_who_waits_hears_at_once_that_staff_write_and_what_they_wrote() {
    let (roofer, session) = (Tenant::roofer(), unique());
    let said = roofer.chat(&session, "What are your opening hours?");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let after = roofer.chat_history(&session)["after"].as_str().unwrap().to_owned();
    let wait = |typing: bool| {
        let answer = send(&roofer.history_delivery(&session, &format!("{after}&wait=20&typing={typing}")));
        assert_eq!(answer.status, 200, "{}", answer.body);
        (serde_json::from_str::<Value>(&answer.body).unwrap(), Timestamp::now())
    };
    let looks_in = |writing: bool| {
        let path = format!("/v1/conversations/{}/presence", said.conversation());
        assert_eq!(ana.call("POST", &path, &[], &json!({ "writing": writing }).to_string()).status, 204);
        Timestamp::now()
    };
    std::thread::scope(|scope| {
        let held = scope.spawn(|| wait(false));
        let (began, (news, heard)) = (looks_in(true), held.join().unwrap());
        assert_eq!((&news["messages"], &news["typing"], &news["at_once"]), (&json!([]), &json!(true), &json!(true)));
        assert!(heard.duration_since(began) < PUSHED, "{began} {heard}");

        let held = scope.spawn(|| wait(true));
        assert_eq!(write(&ana, &said, &unique(), "This is Ana.").status, 201);
        let replay = left(&roofer, &said, "This is Ana.");
        let written = replay.of(Role::Staff);
        let sent = written[0].delivery.as_ref().unwrap().changed_at;
        let (news, heard) = held.join().unwrap();
        assert_eq!(
            (&news["messages"][0]["text"], &news["messages"][0]["from"]),
            (&json!("This is Ana."), &json!("staff"))
        );
        assert!(heard.duration_since(sent) < PUSHED, "{sent} {heard}");
    });
    // Nothing is new: the time that it names passes, and no more.
    looks_in(false);
    let last = roofer.chat_history(&session)["after"].as_str().unwrap().to_owned();
    let (began, answer) = (Timestamp::now(), send(&roofer.history_delivery(&session, &format!("{last}&wait=2"))));
    let took = Timestamp::now().duration_since(began);
    assert_eq!(serde_json::from_str::<Value>(&answer.body).unwrap()["messages"], json!([]), "{}", answer.body);
    assert!(took >= SignedDuration::from_secs(2) && took < SignedDuration::from_secs(10), "{took}");
    let wrong = send(&roofer.history_delivery(&session, &format!("{last}&wait=21")));
    assert_eq!(problem(&wrong), (400, Some("wait".to_owned())));
}

#[test]
fn conversations_stand_in_the_queue_of_whom_they_wait_for() {
    let roofer = Tenant::opened(|_| ());
    let from = number();
    let said = roofer.sms(&from, "I want to speak to a manager");
    roofer.sent_reply(&said);
    let (ana, ben) = (roofer.person("agent"), roofer.person("agent"));
    let stands_in = |who: &Person, expected: &[&str]| {
        eventually(&format!("the conversation in {expected:?}"), || {
            let all = ["mine", "unassigned", "escalated", "snoozed", "resolved"];
            let holds = |name: &&&str| queue(who, name).iter().any(|thread| thread.id == said.conversation());
            let found: Vec<&str> = all.iter().filter(holds).copied().collect();
            (found == expected).then_some(())
        });
    };
    stands_in(&ana, &["unassigned", "escalated"]);
    done(&ana, &said, "assign", &json!({"account": ben.account}));
    stands_in(&ben, &["mine", "escalated"]);
    stands_in(&ana, &["escalated"]);
    let tomorrow = runtime::clock::now() + SignedDuration::from_hours(24);
    done(&ben, &said, "snooze", &json!({ "until": tomorrow }));
    stands_in(&ben, &["snoozed"]);
    let woken = roofer.sms(&from, "Hello?");
    roofer.reply_in(said.conversation(), &woken);
    stands_in(&ben, &["mine", "escalated"]);
    let resolved = done(&ben, &said, "resolve", &Value::Null);
    assert_eq!(resolved.escalation, None);
    stands_in(&ben, &["resolved"]);
    let [escalation] = roofer.escalations().try_into().unwrap();
    assert!(escalation.resolution.is_some());
    roofer.reply_in(said.conversation(), &roofer.sms(&from, "Thank you. What are your opening hours?"));
    stands_in(&ben, &["mine"]);
}

#[test]
fn what_a_step_must_not_be_is_refused() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let (ana, looker) = (roofer.person("agent"), roofer.person("viewer"));
    let stranger = Tenant::dentist().person("agent");
    let a_day_ago = runtime::clock::now() - SignedDuration::from_hours(24);
    for (name, body) in [
        ("messages", json!({"text": "Hello"})),
        ("notes", json!({"text": "Hello"})),
        ("take-over", Value::Null),
        ("hand-back", Value::Null),
        ("assign", json!({"account": null})),
        ("resolve", Value::Null),
        ("snooze", json!({"until": "2099-01-01T00:00:00Z"})),
    ] {
        let (seen, foreign) = (step(&looker, &said, name, &body), step(&stranger, &said, name, &body));
        assert_eq!((seen.status, foreign.status), (403, 404), "{name}: {} {}", seen.body, foreign.body);
    }
    for (name, body, field) in [
        ("messages", json!({"text": " "}), "text"),
        ("notes", json!({"text": "é".repeat(2_001)}), "text"),
        ("assign", json!({}), "body"),
        ("assign", json!({"account": looker.account}), "account"),
        ("assign", json!({"account": stranger.account}), "account"),
        ("snooze", json!({ "until": a_day_ago }), "until"),
    ] {
        let answer = step(&ana, &said, name, &body);
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{name} {body}: {}", answer.body);
    }
    let replay = roofer.replay(said.conversation()).unwrap();
    assert!(replay.of(Role::Staff).is_empty());
    assert_eq!(replay.conversation.handling, domain::conversations::Handling::default());
}

#[test]
fn two_of_the_staff_who_write_at_once_are_both_heard() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let staff = [roofer.person("agent"), roofer.person("agent"), roofer.person("manager")];
    let texts: Vec<String> = staff.iter().map(|_| unique()).collect();
    std::thread::scope(|scope| {
        for (who, text) in staff.iter().zip(&texts) {
            scope.spawn(|| {
                // One that meets the others too often is told to come again, as any busy thing says.
                let key = unique();
                eventually("the message to be taken", || {
                    let answer = write(who, &said, &key, text);
                    assert!(matches!(answer.status, 201 | 503), "{}", answer.body);
                    (answer.status == 201).then_some(())
                });
            });
        }
    });
    let replay = roofer.replay_when(said.conversation(), "all of them to leave", |replay| {
        replay.of(Role::Staff).iter().filter(|message| state(message) == DeliveryState::Sent).count() == 3
    });
    let times: Vec<_> = replay.messages.iter().map(|message| message.reference.at).collect();
    assert!(times.is_sorted_by(|a, b| a < b), "{times:?}");
    let sent = sink_messages_to(&from);
    for text in &texts {
        assert_eq!(sent.iter().filter(|sent| sent.to_string().contains(text)).count(), 1);
    }
}

#[test]
fn a_lead_says_how_its_contact_is_reached() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Hello");
    roofer.sent_reply(&said);
    let lead: Value = roofer.read(&format!("/v1/leads/{}", said.lead()));
    assert_eq!(lead["addresses"], json!([{"kind": "phone", "value": from, "strength": "proven"}]));
    let listed: Vec<Value> = roofer.list("/v1/leads?limit=100");
    let listed = listed.iter().find(|lead| lead["id"] == said.lead().to_string()).unwrap();
    assert_eq!(listed["addresses"], lead["addresses"]);
    let visitor = roofer.chat(&unique(), "Hello");
    roofer.sent_reply(&visitor);
    let lead: Value = roofer.read(&format!("/v1/leads/{}", visitor.lead()));
    assert_eq!(lead["addresses"], json!([]), "a session of the chat is nobody's to know");
}

#[test]
fn a_file_goes_along_with_a_reply_and_what_a_browser_could_run_does_not() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "Can you send me the plan?");
    roofer.sent_reply(&said);
    let ana = roofer.person("agent");
    let path = format!("/v1/conversations/{}", said.conversation());
    let uploaded = |content: &str| {
        let bytes = json!({ "bytes": content.len() }).to_string();
        let begun = ana.call("POST", &format!("{path}/files"), &[], &bytes);
        assert_eq!(begun.status, 201, "{}", begun.body);
        let begun: Value = serde_json::from_str(&begun.body).unwrap();
        let put = put_signed(&begun["upload"], content);
        assert_eq!(put.status, 200, "{}", put.body);
        begun["id"].as_str().unwrap().to_owned()
    };
    let write = |file: &str| {
        let body = json!({ "text": "Here it is.", "file": { "id": file, "name": "plan.pdf" } }).to_string();
        ana.call("POST", &format!("{path}/messages"), &[], &body)
    };
    let page = write(&uploaded("<html><script>alert(1)</script>"));
    assert_eq!(problem(&page), (400, Some("file".to_owned())));
    let nothing = write("6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9");
    assert_eq!(problem(&nothing), (400, Some("file.id".to_owned())));
    assert!(roofer.replay(said.conversation()).unwrap().of(Role::Staff).is_empty(), "nothing was stored");
    let sent = write(&uploaded("%PDF-1.7 and a roof"));
    assert_eq!(sent.status, 201, "{}", sent.body);
    let message: Message = serde_json::from_str(&sent.body).unwrap();
    let file = &message.files.as_ref().unwrap().files[0];
    assert_eq!((file.name.as_deref(), file.content_type.as_str()), (Some("plan.pdf"), "application/pdf"));
    left(&roofer, &said, "Here it is.");
    let out = sink_messages_to(&from);
    let out = out.iter().find(|sent| sent.to_string().contains("Here it is.")).unwrap();
    assert!(out["media"].as_str().unwrap().contains("/received/"), "Twilio is told from where: {out}");
    let shown = ana.call("GET", &format!("/v1/received-files/{}", file.id), &[], "");
    assert_eq!(shown.status, 302, "{}", shown.body);
}

#[test]
fn a_key_for_tests_changes_no_one_real() {
    let (roofer, from) = (Tenant::opened(|_| {}), number());
    let said = roofer.sms(&from, "How much is a roof inspection?");
    roofer.sent_reply(&said);
    let admin = roofer.person("admin");
    let scopes = ["conversations:read", "conversations:write", "leads:write", "schedule:write", "audit:read"];
    let wanted = json!({ "name": "tests", "mode": "test", "scopes": scopes }).to_string();
    let made = admin.call("POST", "/v1/api-keys", &[], &wanted);
    assert_eq!(made.status, 201, "{}", made.body);
    let made: Value = serde_json::from_str(&made.body).unwrap();
    assert_eq!(made["mode"], "test");
    let bearer = format!("Bearer {}", made["key"].as_str().unwrap());
    let call = |method: &str, path: &str, body: &Value| {
        let headers = [("authorization", bearer.clone()), ("content-type", "application/json".to_owned())];
        let headers = headers.map(|(name, value)| (name.to_owned(), value));
        Tenant::call(method, path, &headers, &if body.is_null() { String::new() } else { body.to_string() })
    };
    let path = format!("/v1/conversations/{}/messages", said.conversation());
    let written = call("POST", &path, &json!({ "text": "Only a test." }));
    assert_eq!(written.status, 403, "{}", written.body);
    let refused: Value = serde_json::from_str(&written.body).unwrap();
    assert_eq!(refused["code"], "test_key");
    let replay = roofer.replay(said.conversation()).unwrap();
    assert!(replay.of(Role::Staff).is_empty(), "the assistant goes on answering");
    let entered = call("POST", "/v1/leads", &json!({ "phone": from }));
    assert_eq!(entered.status, 403, "{}", entered.body);
    // The request is noted under the id of its answer, as one of a key for tests.
    let id = written.header("x-request-id").unwrap();
    let noted = call("GET", &format!("/v1/requests/{id}"), &Value::Null);
    let noted: Value = serde_json::from_str(&noted.body).unwrap();
    assert_eq!((noted["status"].as_u64(), noted["test"].as_bool()), (Some(403), Some(true)), "{noted}");
    assert_eq!(noted["route"], "/v1/conversations/{id}/messages");
    // No one is booked whom a reminder would reach; a contact of its own stands for no one.
    let contact = replay.conversation.contact;
    let booked = call(
        "POST",
        "/v1/appointments",
        &json!({"contact": contact, "service": "x", "starts_at": "2026-12-01T15:00:00Z"}),
    );
    assert_eq!(booked.status, 403, "{}", booked.body);
    let own = call("POST", "/v1/contacts", &json!({"name": "Nobody", "phones": [number()]}));
    assert_eq!(own.status, 201, "{}", own.body);
    let own: Value = serde_json::from_str(&own.body).unwrap();
    assert_eq!(own["test"], true, "{own}");
}
