//! Contacts through the API: found, typed in, changed, noted on, erased.

use serde_json::{Value, json};
use xtask::http::{Answer, Header, Http};

use crate::stage::{Person, Tenant, eventually, number, problem, unique};

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap()
}

/// Types a contact in, under an `Idempotency-Key`.
fn add(who: &Person, key: &str, contact: &Value) -> Answer {
    who.call("POST", "/v1/contacts", &[("idempotency-key", key)], &contact.to_string())
}

fn path(answer: &Answer) -> String {
    format!("/v1/contacts/{}", body(answer)["id"].as_str().unwrap())
}

fn found(who: &Person, query: &str) -> Vec<Value> {
    let answer = who.call("GET", &format!("/v1/contacts?{query}"), &[], "");
    assert_eq!(answer.status, 200, "{}", answer.body);
    body(&answer)["items"].as_array().unwrap().clone()
}

#[test]
fn who_wrote_is_found_by_their_number_and_shown_whole() {
    let (roofer, from) = (Tenant::roofer(), number());
    let said = roofer.sms(&from, "I need a roof inspection");
    roofer.sent_reply(&said);
    let viewer = roofer.person("viewer");
    let digits = from.trim_start_matches('+');
    let entry = eventually("the contact to be found", || found(&viewer, &format!("q={digits}")).into_iter().next());
    assert_eq!(entry["open_lead"], json!(said.lead()));
    assert_eq!(entry["addresses"], json!([{"kind": "phone", "value": from, "strength": "proven"}]));
    eventually("the contact to be listed", || found(&viewer, "limit=100").into_iter().find(|listed| *listed == entry));
    let whole = viewer.call("GET", &format!("/v1/contacts/{}", entry["id"].as_str().unwrap()), &[], "");
    assert_eq!(whole.status, 200, "{}", whole.body);
    assert!(whole.header("etag").is_some());
    let whole = body(&whole);
    let sms = whole["channels"].as_array().unwrap().iter().find(|on| on["channel"] == "sms").unwrap();
    assert_eq!((&sms["opted_out"], sms["heard_at"].is_string()), (&json!(false), true));
}

#[test]
fn a_contact_is_typed_in_once_and_its_number_is_no_one_elses() {
    let (roofer, phone, key) = (Tenant::roofer(), number(), unique());
    let agent = roofer.person("agent");
    let name = format!("Ana {}", &unique()[..12]);
    let contact = json!({"name": name, "phones": [phone], "tags": ["VIP"], "fields": {"gate_code": "4711"}});
    let made = add(&agent, &key, &contact);
    assert_eq!(made.status, 201, "{}", made.body);
    assert_eq!(made.header("location"), Some(path(&made).as_str()));
    let again = add(&agent, &key, &contact);
    assert_eq!((again.status, &again.body), (201, &made.body));
    let other = add(&agent, &unique(), &json!({"name": "Bo", "phones": [phone]}));
    assert_eq!(problem(&other), (409, Some("phones[0]".to_owned())), "{}", other.body);
    assert!(other.body.contains(body(&made)["id"].as_str().unwrap()), "{}", other.body);
    for (wrong, field) in [
        (json!({}), "name"),
        (json!({"name": "Bo", "phones": ["12"]}), "phones[0]"),
        (json!({"name": "Bo", "emails": ["bo"]}), "emails[0]"),
        (json!({"name": "Bo", "tags": ["ok", ""]}), "tags[1]"),
        (json!({"name": "Bo", "fields": {"Gate": "x"}}), "fields"),
        (json!({"name": "Bo", "assignee": "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9"}), "assignee"),
    ] {
        let answer = add(&agent, &unique(), &wrong);
        assert_eq!(problem(&answer), (400, Some(field.to_owned())), "{}", answer.body);
    }
    let words = name.replace(' ', "+");
    assert_eq!(found(&agent, &format!("q={words}&tag=vip&source=entered")).len(), 1);
    assert_eq!(found(&agent, &format!("q={words}&tag=other")).len(), 0);
    let refused = agent.call("GET", "/v1/contacts?q=a", &[], "");
    assert_eq!(problem(&refused), (400, Some("q".to_owned())));
}

#[test]
fn a_change_names_the_version_it_was_made_from() {
    let roofer = Tenant::roofer();
    let agent = roofer.person("agent");
    let made =
        add(&agent, &unique(), &json!({"name": "Ana", "phones": [number()], "fields": {"gate": "1", "dog": "yes"}}));
    let (path, tag) = (path(&made), made.header("etag").unwrap().to_owned());
    let change = |tag: &str, patch: &Value| agent.call("PATCH", &path, &[("if-match", tag)], &patch.to_string());
    let patch =
        json!({"name": "Ana Vale", "fields": {"gate": null}, "assignee": agent.account, "add": {"phones": [number()]}});
    let changed = change(&tag, &patch);
    assert_eq!(changed.status, 200, "{}", changed.body);
    let now = body(&changed);
    assert_eq!((&now["name"], &now["fields"]), (&json!("Ana Vale"), &json!({"dog": "yes"})));
    assert_eq!(now["addresses"].as_array().unwrap().len(), 2);
    assert_eq!(change(&tag, &patch).body, changed.body, "the same change sent twice is one");
    assert_eq!(problem(&change(&tag, &json!({"name": null}))).0, 412);
    assert_eq!(agent.call("PATCH", &path, &[], "{}").status, 428);
    let mine = found(&agent, &format!("assignee={}", agent.account));
    assert!(mine.iter().any(|entry| entry["id"] == now["id"]));
}

#[test]
fn notes_are_the_staffs_and_mention_the_team_alone() {
    let roofer = Tenant::roofer();
    let (agent, viewer) = (roofer.person("agent"), roofer.person("viewer"));
    let contact = path(&add(&agent, &unique(), &json!({"name": "Ana"})));
    let note = |who: &Person, note: &Value| who.call("POST", &format!("{contact}/notes"), &[], &note.to_string());
    let said = note(&agent, &json!({"text": " Rings twice ", "mentions": [viewer.account]}));
    assert_eq!(said.status, 201, "{}", said.body);
    assert_eq!(note(&viewer, &json!({"text": "Mine"})).status, 403);
    let stranger = json!({"text": "x", "mentions": ["6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9"]});
    assert_eq!(problem(&note(&agent, &stranger)), (400, Some("mentions[0]".to_owned())));
    assert_eq!(problem(&note(&agent, &json!({"text": " "}))), (400, Some("text".to_owned())));
    let shown = body(&viewer.call("GET", &contact, &[], ""));
    assert_eq!(shown["notes"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&shown["notes"][0]["text"], &shown["notes"][0]["mentions"]),
        (&json!("Rings twice"), &json!([viewer.account]))
    );
}

#[test]
fn another_tenants_contacts_are_not_there() {
    let (roofer, dentist, phone) = (Tenant::roofer(), Tenant::dentist(), number());
    let (ours, theirs) = (roofer.person("admin"), dentist.person("admin"));
    let name = format!("Zoe {}", &unique()[..12]);
    let made = add(&ours, &unique(), &json!({"name": name, "phones": [phone]}));
    assert_eq!(found(&theirs, &format!("q={}", name.replace(' ', "+"))), [] as [Value; 0]);
    for (method, with) in [("GET", ""), ("PATCH", r#"{"name": "Bo"}"#), ("DELETE", "")] {
        let answer = theirs.call(method, &path(&made), &[("if-match", "\"1\"")], with);
        assert_eq!(answer.status, 404, "{method}: {}", answer.body);
    }
    assert_eq!(add(&theirs, &unique(), &json!({"name": "Bo", "phones": [phone]})).status, 201, "theirs is theirs");
}

#[test]
fn a_contact_is_erased_by_who_may_erase() {
    let roofer = Tenant::opened(|_| ());
    let (admin, agent) = (roofer.person("admin"), roofer.person("agent"));
    let name = format!("Ana {}", &unique()[..12]);
    let contact = path(&add(&agent, &unique(), &json!({"name": name, "phones": [number()]})));
    assert_eq!(agent.call("DELETE", &contact, &[], "").status, 403);
    let begun = admin.call("DELETE", &contact, &[], "");
    assert_eq!(begun.status, 202, "{}", begun.body);
    let place = begun.header("location").unwrap().to_owned();
    eventually("the erasure to end", || {
        let erasure = body(&admin.call("GET", &place, &[], ""));
        (erasure["status"] == "done").then_some(())
    });
    assert_eq!(admin.call("GET", &contact, &[], "").status, 404);
    assert_eq!(found(&admin, &format!("q={}", name.replace(' ', "+"))), [] as [Value; 0]);
}

/// An import once it is over, and its lines that made no contact.
fn imported(agent: &Person, begun: &Value) -> (Value, Vec<Value>) {
    let path = format!("/v1/contact-imports/{}", begun["id"].as_str().unwrap());
    let import = eventually("the import to end", || {
        let import = body(&agent.call("GET", &path, &[], ""));
        (import["state"] != "running").then_some(import)
    });
    let lines = body(&agent.call("GET", &format!("{path}/lines?limit=100"), &[], ""));
    (import, lines["items"].as_array().unwrap().clone())
}

#[test]
fn a_file_becomes_contacts_line_by_line_once() {
    let (roofer, there) = (Tenant::roofer(), number());
    let agent = roofer.person("agent");
    let known = body(&add(&agent, &unique(), &json!({"name": "Ana", "phones": [there]})));
    let csv = format!("Who,Mobile\nAna,{there}\nBo,12\nCy,{}\nDee,{}\n", number(), number());
    let file =
        |dry_run: bool| json!({"csv": csv, "dry_run": dry_run, "mapping": {"name": ["who"], "phones": ["Mobile"]}});
    let send = |key: &str, file: &Value| {
        let answer = agent.call("POST", "/v1/contact-imports", &[("idempotency-key", key)], &file.to_string());
        assert_eq!(answer.status, 201, "{}", answer.body);
        body(&answer)
    };
    let (tried, told) = imported(&agent, &send(&unique(), &file(true)));
    assert_eq!((&tried["state"], &tried["lines"], &tried["made"]), (&json!("tried"), &json!(4), &json!(2)));
    assert_eq!(told[0], json!({"line": 2, "kind": "duplicate", "column": "Mobile", "contact": known["id"]}));
    assert_eq!(
        (&told[1]["line"], &told[1]["kind"], &told[1]["column"]),
        (&json!(3), &json!("refused"), &json!("Mobile"))
    );
    // What was tried is done in earnest, without sending the file again.
    let start = format!("/v1/contact-imports/{}/start", tried["id"].as_str().unwrap());
    assert_eq!(agent.call("POST", &start, &[], "{}").status, 200);
    let (done, told_again) = imported(&agent, &tried);
    assert_eq!((&done["state"], &done["made"], &done["dry_run"]), (&json!("done"), &json!(2), &json!(false)));
    assert_eq!(told_again, told);
    assert_eq!(agent.call("POST", &start, &[], "{}").status, 200, "the same start again");
    let key = unique();
    let again = send(&key, &file(false));
    assert_eq!(send(&key, &file(false)), again, "the same request again");
    let (again, _) = imported(&agent, &again);
    assert_eq!((&again["made"], &again["duplicates"]), (&json!(0), &json!(3)));
    let wrong = json!({"csv": "Who\nAna", "mapping": {"name": ["Name"]}});
    let answer = agent.call("POST", "/v1/contact-imports", &[], &wrong.to_string());
    assert_eq!(problem(&answer), (400, Some("mapping.name".to_owned())));
}

/// Sends `content` to where an answer's `upload` says.
pub fn put_signed(upload: &Value, content: &str) -> Answer {
    let headers = upload["headers"].as_object().unwrap().iter();
    let headers: Vec<Header> =
        headers.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned())).collect();
    let url = upload["url"].as_str().unwrap();
    let (host, place) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let port = host.rsplit_once(':').unwrap().1.parse().unwrap();
    Http::to_port(port).send("PUT", &format!("/{place}"), &headers, content).unwrap()
}

#[test]
fn a_large_file_goes_to_the_address_that_is_signed_for_it_and_is_started_once_it_is_there() {
    let roofer = Tenant::roofer();
    let agent = roofer.person("agent");
    let lines: String = (0..300).map(|_| format!("Ana,{}\n", number())).collect();
    let csv = format!("Name,Mobile\n{lines}");
    let new = json!({"bytes": csv.len(), "mapping": {"name": ["Name"], "phones": ["Mobile"]}});
    let begun = body(&agent.call("POST", "/v1/contact-imports", &[], &new.to_string()));
    let path = format!("/v1/contact-imports/{}", begun["id"].as_str().unwrap());
    let early = agent.call("POST", &format!("{path}/start"), &[], "{}");
    assert_eq!(problem(&early), (400, Some("bytes".to_owned())), "its file is not there");
    let put = put_signed(&begun["upload"], &csv);
    assert_eq!(put.status, 200, "{}", put.body);
    assert_eq!(agent.call("POST", &format!("{path}/start"), &[], "{}").status, 200);
    let (done, told) = imported(&agent, &begun);
    assert_eq!((&done["state"], &done["made"], told.len()), (&json!("done"), &json!(300), 0), "{done}");
    let cancelled = body(&agent.call("POST", &format!("{path}/cancel"), &[], ""));
    assert_eq!(cancelled["state"], "done", "what is over stays as it is");
}
