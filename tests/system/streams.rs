//! A suggestion that is heard while it is written, by the real table: its ticket, its lease, and that it is made once.

use ai_stream_reply::{Desk as _, Pace, Table, router};
use ai_suggest_reply::Proposer;
use axum::body::Body;
use axum::http::Request;
use domain::conversations::suggestion::stream::{HeardSoFar, Place, StreamState, SuggestionStream};
use domain::identity::Actor;
use domain::ids::{ApiKeyId, SessionId, SuggestionId};
use jiff::{SignedDuration, Timestamp};
use lambda_http::Service as _;

use crate::stage::{Person, Said, Tenant, stage, unique};
use crate::suggestions::waiting;

const SECRET: &str = "a-secret";

fn table() -> Table {
    Table(Proposer { store: stage().store.clone(), assistant: ai::Assistant::builtin().into(), library: None })
}

/// A stream that was asked for so many seconds ago.
fn asked(roofer: &Tenant, ana: &Person, said: &Said, seconds: i64) -> Place {
    let (tenant, conversation) = (roofer.id(), said.conversation());
    let id = SuggestionId::derive(&tenant, &[&unique()]);
    let stream = SuggestionStream {
        id,
        conversation,
        asked_by: Actor::Person { account: ana.account, session: None },
        correlation_id: unique(),
        instead_of: None,
        secret_hash: auth::secrets::sha256_hex(SECRET),
        origin: None,
        at: Timestamp::now() - SignedDuration::from_secs(seconds),
        state: StreamState::Asked,
        lease_until: None,
        heard: HeardSoFar::default(),
        problem: None,
    };
    stage().block_on(stage().store.conversations().ask_for_stream(&tenant, &stream)).unwrap();
    Place { tenant, conversation, id }
}

/// What the address answers: its status, and all that it sends.
fn heard(ticket: &str) -> (u16, String) {
    let request = Request::get("/").header("authorization", format!("Bearer {ticket}")).body(Body::empty()).unwrap();
    stage().block_on(async {
        let answer = router(table(), Pace::default()).call(request).await.unwrap();
        let status = answer.status().as_u16();
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    })
}

#[test]
fn a_ticket_has_the_suggestion_made_once_and_whoever_comes_back_hears_the_same() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let place = asked(&roofer, &ana, &said, 0);
    let (status, first) = heard(&place.ticket(SECRET));
    assert_eq!(status, 200);
    assert!(first.contains("event: done") && first.contains("350"), "{first}");
    let data = |sent: &str| sent.lines().find(|line| line.starts_with("data:")).map(ToOwned::to_owned);
    assert_eq!(data(&heard(&place.ticket(SECRET)).1), data(&first));
    let made = stage().block_on(stage().store.conversations().suggestion(&place.tenant, place.conversation, place.id));
    assert_eq!(made.unwrap().unwrap().asked_by.account(), Some(ana.account));
    // Its secret, its tenant and its minute.
    assert_eq!(heard(&place.ticket("another")).0, 401);
    let other = Tenant::opened(|_| {});
    assert_eq!(heard(&Place { tenant: other.id(), ..place }.ticket(SECRET)).0, 401);
    assert_eq!(heard(&asked(&roofer, &ana, &said, 61).ticket(SECRET)).0, 401);
}

#[test]
fn one_writes_and_what_is_cancelled_is_written_no_more() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let place = asked(&roofer, &ana, &said, 0);
    let table = table();
    stage().block_on(async {
        assert!(table.begin(&place).await.unwrap() && !table.begin(&place).await.unwrap());
        let so_far = HeardSoFar { tries: 1, text: "A roof".to_owned() };
        assert!(table.note(&place, &so_far).await.unwrap());
        let stream = table.find(&place).await.unwrap().unwrap();
        assert_eq!((stream.state, &stream.heard), (StreamState::Writing, &so_far));
        assert!(
            !stream.is_abandoned(Timestamp::now()) && stream.is_abandoned(stream.at + SignedDuration::from_secs(60))
        );
        for _ in 0..2 {
            table.cancel(&place).await.unwrap();
        }
        assert!(!table.note(&place, &so_far).await.unwrap() && !table.end(&place, &so_far, None).await.unwrap());
        assert_eq!(table.find(&place).await.unwrap().unwrap().state, StreamState::Cancelled);
    });
    assert!(heard(&place.ticket(SECRET)).1.contains("cancelled"));
}

#[test]
fn a_call_that_is_sent_twice_because_its_answer_was_lost_finds_what_the_first_did() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let place = asked(&roofer, &ana, &said, 0);
    let conversations = stage().store.conversations();
    stage().block_on(async {
        // A ticket that was lost is given again, and the first one is void.
        let stored =
            SuggestionStream { secret_hash: "another".to_owned(), ..table().find(&place).await.unwrap().unwrap() };
        conversations.ask_for_stream(&place.tenant, &stored).await.unwrap();
        assert_eq!(table().find(&place).await.unwrap(), Some(stored.clone()));
        let now = Timestamp::now();
        for (writer, is_theirs) in [("one", true), ("one", true), ("other", false)] {
            assert_eq!(conversations.begin_stream(&place, writer, now).await.unwrap(), is_theirs, "{writer}");
        }
        conversations.ask_for_stream(&place.tenant, &stored).await.unwrap_err();
        let heard = HeardSoFar { tries: 1, text: "A roof".to_owned() };
        for _ in 0..2 {
            assert!(conversations.end_stream(&place, &heard, None).await.unwrap(), "it is kept");
        }
        let ended = table().find(&place).await.unwrap().unwrap();
        assert_eq!((ended.state, ended.heard), (StreamState::Done, heard));
    });
}

#[test]
fn whoever_signed_out_since_they_got_the_ticket_begins_nothing() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let session = SessionId::derive(&roofer.id(), &["ended"]);
    let key = ApiKeyId::derive(&roofer.id(), &["revoked"]);
    for asked_by in [Actor::Person { account: ana.account, session: Some(session) }, Actor::ApiKey { key }] {
        let place = asked(&roofer, &ana, &said, 0);
        let found = stage().block_on(table().find(&place)).unwrap().unwrap();
        let stream = SuggestionStream { asked_by, ..found };
        stage().block_on(stage().store.conversations().ask_for_stream(&place.tenant, &stream)).unwrap();
        let (status, told) = heard(&place.ticket(SECRET));
        assert!(status == 200 && told.contains("unauthorized") && !told.contains("event: done"), "{told}");
    }
}

#[test]
fn where_nothing_streams_the_page_is_told_to_ask_for_the_whole() {
    let roofer = Tenant::opened(|_| {});
    let (ana, said) = waiting(&roofer);
    let path = format!("/v1/conversations/{}/suggestion-streams", said.conversation());
    assert_eq!(ana.call("POST", &path, &[], "{}").status, 404);
    let bo = Tenant::opened(|_| {}).person("admin");
    assert_eq!(bo.call("POST", &path, &[], "{}").status, 404);
    assert_eq!(roofer.person("viewer").call("POST", &path, &[], "{}").status, 403);
}
