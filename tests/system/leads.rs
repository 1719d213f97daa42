//! Leads as staff and other systems work with them: entered, changed, found, and what a status does to the journey.

use domain::leads::{Lead, Stage};
use serde_json::{Value, json};
use xtask::http::Answer;

use crate::journeys::Office;
use crate::stage::{Page, Person, Tenant, address, number, problem, unique};

fn enter(who: &Person, key: &str, body: &Value) -> Answer {
    who.call("POST", "/v1/leads", &[("idempotency-key", key)], &body.to_string())
}

fn lead(answer: &Answer) -> Lead {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

/// A change made from the version that is there now.
fn change(who: &Person, id: &str, body: &Value) -> Answer {
    let path = format!("/v1/leads/{id}");
    let read = who.call("GET", &path, &[], "");
    who.call("PATCH", &path, &[("if-match", read.header("etag").unwrap())], &body.to_string())
}

fn found(who: &Person, filter: &str) -> Vec<String> {
    let answer = who.call("GET", &format!("/v1/leads?{filter}"), &[], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let page: Page<Lead> = serde_json::from_str(&answer.body).unwrap();
    page.items.iter().map(|lead| lead.id.to_string()).collect()
}

#[test]
fn a_lead_is_entered_once_however_often_it_is_sent_and_found_by_whoever_enters_it_again() {
    let roofer = Tenant::opened(|_| {});
    let (ana, ben) = (roofer.person("agent"), roofer.person("agent"));
    let (key, mail) = (unique(), address());
    let body = json!({"name": "Ana Vale", "email": mail, "service": "roof-repair", "message": "Rang at noon"});
    let first = enter(&ana, &key, &body);
    assert_eq!(first.status, 201, "{}", first.body);
    let made = lead(&first);
    assert_eq!(first.header("location"), Some(format!("/v1/leads/{}", made.id).as_str()));
    assert_eq!((first.header("etag"), made.source.as_str()), (Some("\"1\""), "entered"));
    let again = enter(&ana, &key, &body);
    assert_eq!((again.status, &again.body), (201, &first.body));

    let other = enter(&ben, &unique(), &json!({"email": mail.to_uppercase(), "name": "A. Vale"}));
    assert_eq!((other.status, lead(&other)), (200, made.clone()));
    assert_eq!(found(&ben, "source=entered"), [made.id.to_string()]);
    // They write, and it is theirs.
    let said = roofer.form(json!({"email": mail, "message": "How much is a roof inspection?"}));
    assert_eq!(roofer.sent_reply(&said).lead, made.id);
}

#[test]
fn what_is_wrong_with_an_entry_is_named() {
    let roofer = Tenant::roofer();
    let (ana, looker) = (roofer.person("agent"), roofer.person("viewer"));
    for (body, field) in [
        (json!({"name": "Nobody"}), "phone"),
        (json!({"phone": "12"}), "phone"),
        (json!({"email": "ana at example"}), "email"),
        (json!({"email": address(), "source": "fax"}), "source"),
        (json!({"email": address(), "location": "atlantis"}), "location"),
        (json!({"email": address(), "message": "x".repeat(501)}), "message"),
        (json!({"email": address(), "status": "closed_won"}), "body"),
    ] {
        let answer = enter(&ana, &unique(), &body);
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{body}: {}", answer.body);
    }
    assert_eq!(enter(&looker, &unique(), &json!({"email": address()})).status, 403);
}

#[test]
fn a_lead_is_assigned_valued_and_lost_with_a_reason_and_found_by_it() {
    let roofer = Tenant::opened(|_| {});
    let (ana, ben) = (roofer.person("agent"), roofer.person("agent"));
    let made = lead(&enter(&ana, &unique(), &json!({"name": "Ana Vale", "email": address()})));
    let id = made.id.to_string();
    enter(&ana, &unique(), &json!({"name": "Bo Lind", "email": address()}));
    let changed = change(&ana, &id, &json!({"assignee": ben.account, "value": {"cents": 42_500}}));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let changed = lead(&changed);
    assert_eq!((changed.assignee, changed.status, changed.version), (Some(ben.account), made.status, 2));
    assert_eq!(changed.value.map(|value| (value.cents, value.currency)), Some((42_500, "USD".to_owned())));

    assert_eq!(found(&ana, &format!("assignee={}", ben.account)), [id.as_str()]);
    assert_eq!(found(&ana, "q=vALe"), [id.as_str()]);
    assert_eq!(found(&ana, "since=2000-01-01T00:00:00Z").len(), 2);
    assert!(found(&ana, "since=2999-01-01T00:00:00Z").is_empty());

    let reason = json!({"lost_reason": "Too far away"});
    assert_eq!(problem(&change(&ana, &id, &reason)), (400, Some("lost_reason".to_owned())));
    let lost = change(&ana, &id, &json!({"status": "closed_lost", "lost_reason": "Too far away"}));
    assert_eq!(lead(&lost).lost_reason.as_deref(), Some("Too far away"));
    let cleared = lead(&change(&ana, &id, &json!({"assignee": null, "value": null, "lost_reason": null})));
    assert_eq!((cleared.assignee, cleared.value, cleared.lost_reason), (None, None, None));
    assert_eq!(cleared.status.as_str(), "closed_lost");
}

#[test]
fn wrong_changes_and_filters_are_named_and_strangers_find_nothing() {
    let roofer = Tenant::opened(|_| {});
    let (ana, looker) = (roofer.person("agent"), roofer.person("viewer"));
    let stranger = Tenant::dentist().person("agent");
    let id = lead(&enter(&ana, &unique(), &json!({"email": address()}))).id.to_string();
    for (body, field) in [
        (json!({}), "body"),
        (json!({"assignee": looker.account}), "assignee"),
        (json!({"assignee": stranger.account}), "assignee"),
        (json!({"location": "atlantis"}), "location"),
        (json!({"value": {"cents": -1}}), "value.cents"),
        (json!({"value": {"cents": 1, "currency": "EUR"}}), "value.currency"),
        (json!({"lost_reason": "x".repeat(201), "status": "closed_lost"}), "lost_reason"),
    ] {
        let answer = change(&ana, &id, &body);
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{body}: {}", answer.body);
    }
    for (filter, field) in [
        ("source=fax", "source"),
        ("assignee=ben", "assignee"),
        ("location=No Place", "location"),
        ("since=yesterday", "since"),
    ] {
        let answer = ana.call("GET", &format!("/v1/leads?{}", filter.replace(' ', "%20")), &[], "");
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{filter}");
    }
    let (path, body) = (format!("/v1/leads/{id}"), json!({"status": "closed_won"}).to_string());
    let version = [("if-match", "\"1\"")];
    assert_eq!(looker.call("PATCH", &path, &version, &body).status, 403);
    assert_eq!(stranger.call("PATCH", &path, &version, &body).status, 404);
    assert_eq!(stranger.call("GET", &format!("{path}/timeline"), &[], "").status, 404);
}

#[test]
fn of_two_changes_made_from_one_version_one_is_refused() {
    let roofer = Tenant::roofer();
    let (ana, ben) = (roofer.person("agent"), roofer.person("agent"));
    let id = lead(&enter(&ana, &unique(), &json!({"email": address()}))).id;
    let path = format!("/v1/leads/{id}");
    let patch = |who: &Person, cents: u32| {
        let body = json!({"value": {"cents": cents}}).to_string();
        who.call("PATCH", &path, &[("if-match", "\"1\"")], &body)
    };
    let (one, other) = std::thread::scope(|scope| {
        let one = scope.spawn(|| patch(&ana, 100));
        let other = scope.spawn(|| patch(&ben, 200));
        (one.join().unwrap(), other.join().unwrap())
    });
    let (won, lost) = if one.status == 200 { (one, other) } else { (other, one) };
    assert_eq!(won.status, 200, "{}", won.body);
    assert!([412, 503].contains(&lost.status), "{}", lost.body);
    assert_eq!(roofer.lead(id).value, lead(&won).value);
}

#[test]
fn a_status_that_staff_set_moves_the_journey_and_its_sequences_and_shows_in_the_timeline() {
    let office = Office::opened();
    let from = number();
    let said = office.tenant.sms(&from, "Do you repair roofs?");
    office.tenant.sent_reply(&said);
    let (id, contact) = (said.lead().to_string(), office.tenant.lead(said.lead()).contact);
    let journey_when = |what: &str, shows: &dyn Fn(&domain::journeys::Journey) -> bool| {
        crate::stage::eventually(what, || Some(office.read(&format!("/v1/contacts/{contact}/journey"))).filter(shows))
    };
    let running =
        |journey: &domain::journeys::Journey, name: &str| journey.running().any(|run| run.sequence.as_str() == name);
    journey_when("the silence", &|journey| running(journey, "silent-lead"));
    assert_eq!(change(&office.owner, &id, &json!({"status": "appointment_booked"})).status, 200);
    let booked = journey_when("the booking", &|journey| journey.stage == Stage::Booked);
    assert!(!running(&booked, "silent-lead"), "nobody asks why they are silent");
    assert_eq!(change(&office.owner, &id, &json!({"status": "nurturing"})).status, 200);
    let kept_warm = journey_when("what keeps them warm", &|journey| running(journey, "nurture"));
    assert_eq!(kept_warm.stage, Stage::NewLead);
    assert_eq!(change(&office.owner, &id, &json!({"status": "closed_lost"})).status, 200);
    let lost = journey_when("the loss", &|journey| journey.stage == Stage::Churned);
    assert_eq!(lost.running().count(), 0);

    let timeline: Value = office.read(&format!("/v1/leads/{id}/timeline?limit=100"));
    assert_eq!(timeline["contact"], json!(contact));
    let touches = timeline["touches"].as_array().unwrap();
    let statuses: Vec<&Value> =
        touches.iter().filter(|touch| touch["type"] == "status_changed").map(|touch| &touch["status"]).collect();
    assert_eq!(statuses[..3], ["closed_lost", "nurturing", "appointment_booked"]);
    assert!(touches.iter().any(|touch| touch["type"] == "message" && touch["source"] == "sms"));
}
