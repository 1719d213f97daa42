//! Documents through the API: sent to a signed address, read without another call, found, replaced, deleted.

use serde_json::{Value, json};
use xtask::http::Answer;

use crate::contacts::put_signed;
use crate::stage::{Person, Tenant, eventually, problem, unique};

const DOCUMENTS: &str = "/v1/knowledge/documents";

fn body(answer: &Answer) -> Value {
    serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{error}: {}", answer.body))
}

fn post(who: &Person, path: &str, sent: &Value, status: u16) -> Value {
    let answer = who.call("POST", path, &[], &sent.to_string());
    assert_eq!(answer.status, status, "POST {path}: {}", answer.body);
    body(&answer)
}

fn get(who: &Person, path: &str) -> Value {
    let answer = who.call("GET", path, &[], "");
    assert_eq!(answer.status, 200, "GET {path}: {}", answer.body);
    body(&answer)
}

/// Adds a document and sends its file; gives its path.
fn add(who: &Person, name: &str, content: &str) -> String {
    add_about(who, &json!({"name": name, "bytes": content.len()}), content)
}

fn add_about(who: &Person, about: &Value, content: &str) -> String {
    let begun = post(who, DOCUMENTS, about, 201);
    assert_eq!(begun["document"]["status"], "waiting_for_file");
    assert_eq!((&begun["upload"]["method"], begun["upload"]["expires_at"].is_string()), (&json!("PUT"), true));
    let put = put_signed(&begun["upload"], content);
    assert_eq!(put.status, 200, "{}", put.body);
    format!("{DOCUMENTS}/{}", begun["document"]["id"].as_str().unwrap())
}

/// Waits until a document is as `is` says.
fn becomes(who: &Person, path: &str, what: &str, is: impl Fn(&Value) -> bool) -> Value {
    eventually(what, || Some(get(who, path)).filter(|document| is(document)))
}

fn ready(who: &Person, path: &str) -> Value {
    becomes(who, path, "the document to be ready", |document| document["status"] == "ready")
}

fn search(who: &Person, question: &str) -> Vec<Value> {
    search_for(who, &json!({"question": question}))
}

fn search_for(who: &Person, asked: &Value) -> Vec<Value> {
    let found = post(who, "/v1/knowledge/search", asked, 200);
    assert!(found["floor"].is_number());
    found["results"].as_array().unwrap().clone()
}

#[test]
fn a_file_that_is_sent_to_its_address_is_found_without_another_call_then_replaced_and_deleted() {
    let roofer = Tenant::opened(|_| {});
    let owner = roofer.person("admin");
    let path =
        add(&owner, "Prices.txt", "A roof inspection costs 180 dollars.\n\nThe warranty on a new roof lasts 12 years.");
    let document = ready(&owner, &path);
    assert_eq!((&document["format"], &document["unread_pages"]), (&json!("text"), &json!([])));
    assert!(document["chunks"].as_u64().unwrap() > 0, "{document}");
    let found = search(&owner, "What does a roof inspection cost?");
    let first = &found[0];
    assert!(first["text"].as_str().unwrap().contains("180 dollars"), "{found:?}");
    assert_eq!((&first["document"]["name"], &first["is_answer"]), (&json!("Prices.txt"), &json!(true)), "{first}");
    // The trial talk answers from it as the assistant would.
    let said = json!({"said": ["How long does the warranty on a new roof last?"]});
    let replies = post(&owner, "/v1/assistant/try", &said, 200)["replies"].clone();
    assert!(replies[0].as_str().unwrap().contains("12 years"), "{replies}");
    let listed = get(&owner, DOCUMENTS)["items"].as_array().unwrap().clone();
    assert_eq!(listed, std::slice::from_ref(&document));

    // A new version of the file.
    let content = "A roof inspection costs 220 dollars.";
    let again = post(&owner, &format!("{path}/upload"), &json!({"bytes": content.len()}), 200);
    assert_eq!(put_signed(&again["upload"], content).status, 200);
    becomes(&owner, &path, "the new version", |now| now["status"] == "ready" && now["hash"] != document["hash"]);
    let found = search(&owner, "What does a roof inspection cost?");
    assert!(found[0]["text"].as_str().unwrap().contains("220 dollars"), "{found:?}");
    assert!(!found.iter().any(|result| result["text"].as_str().unwrap().contains("180")), "{found:?}");

    // Another name, under its version.
    let etag = owner.call("GET", &path, &[], "").header("etag").unwrap().to_owned();
    let renamed = json!({"name": "Prices 2027.txt", "category": "prices"}).to_string();
    let unversioned = owner.call("PATCH", &path, &[], &renamed);
    assert_eq!(unversioned.status, 428, "{}", unversioned.body);
    let patched = owner.call("PATCH", &path, &[("if-match", etag.as_str())], &renamed);
    assert_eq!(patched.status, 200, "{}", patched.body);
    ready(&owner, &path);
    eventually("the new name", || {
        let found = search(&owner, "What does a roof inspection cost?");
        found.first().filter(|first| first["document"]["name"] == "Prices 2027.txt").map(drop)
    });
    eventually("the category", || {
        let listed = get(&owner, &format!("{DOCUMENTS}?category=prices"));
        (listed["items"].as_array().unwrap().len() == 1).then_some(())
    });

    let deleted = owner.call("DELETE", &path, &[], "");
    assert_eq!(deleted.status, 204, "{}", deleted.body);
    assert!(search(&owner, "What does a roof inspection cost?").is_empty());
    assert_eq!(owner.call("GET", &path, &[], "").status, 404);
}

/// The part of a result's text between two characters.
fn part(result: &Value, span: &Value) -> String {
    let (start, end) = (span["start"].as_u64().unwrap(), span["end"].as_u64().unwrap());
    let (skipped, taken) = (usize::try_from(start).unwrap(), usize::try_from(end - start).unwrap());
    result["text"].as_str().unwrap().chars().skip(skipped).take(taken).collect()
}

#[test]
fn a_search_goes_by_location_category_language_and_what_was_said_before() {
    let owner = Tenant::opened(|_| {}).person("admin");
    for (name, location, category, content) in [
        (
            "Denver.txt",
            json!("denver"),
            "prices",
            "Gutter cleaning costs 95 dollars.\n\nGutter cleaning for a barn costs 300 dollars.",
        ),
        ("Lakewood.txt", json!("lakewood"), "prices", "Gutter cleaning costs 120 dollars."),
        ("Garantía.txt", json!(null), "warranty", "Atención: la garantía de un tejado nuevo dura doce años."),
    ] {
        let about = json!({"name": name, "bytes": content.len(), "location": location, "category": category});
        ready(&owner, &add_about(&owner, &about, content));
    }
    let best = |asked: &Value| -> Vec<String> {
        let answers = search_for(&owner, asked).into_iter().filter(|found| found["is_answer"] == true);
        answers.map(|found| part(&found, &found["best"])).collect()
    };
    let price = "How much is gutter cleaning?";
    assert_eq!(best(&json!({"question": price, "location": "denver"})), ["Gutter cleaning costs 95 dollars."]);
    assert_eq!(best(&json!({"question": price, "location": "lakewood"})), ["Gutter cleaning costs 120 dollars."]);
    assert_eq!(
        best(&json!({"question": price})),
        Vec::<String>::new(),
        "what is about one location is not said of all"
    );
    let barn = json!({"question": "and for a barn?", "before": [price], "location": "denver"});
    assert_eq!(best(&barn), ["Gutter cleaning for a barn costs 300 dollars."]);

    let asked = json!({"question": "¿Cuánto dura la garantía de un tejado nuevo?", "language": "es"});
    let found = search_for(&owner, &asked);
    assert_eq!((&found[0]["document"]["name"], &found[0]["is_answer"]), (&json!("Garantía.txt"), &json!(true)));
    let marked = found[0]["highlights"].as_array().unwrap().iter().map(|span| part(&found[0], span));
    assert_eq!(marked.collect::<Vec<_>>(), ["garantía", "tejado"], "in characters, not in bytes");
    let with = |field: &str, value: Value| {
        let mut asked = asked.clone();
        asked[field] = value;
        asked
    };
    let in_english = search_for(&owner, &with("language", json!("en")));
    assert!(in_english[0]["score"].as_f64() < found[0]["score"].as_f64(), "{in_english:?} {found:?}");
    let of_prices = search_for(&owner, &with("category", json!("prices")));
    assert!(of_prices.iter().all(|found| found["document"]["name"] != "Garantía.txt"), "{of_prices:?}");
    let in_denver = with("location", json!("denver"));
    assert_eq!(search_for(&owner, &in_denver).len(), 2);
    let one = json!({"question": price, "location": "denver", "limit": 1});
    assert_eq!(search_for(&owner, &one).len(), 1);
    for (field, value) in [("limit", json!(21)), ("before", json!(["a", "b", "c", "d", "e", "f"]))] {
        let refused = owner.call("POST", "/v1/knowledge/search", &[], &with(field, value).to_string());
        assert_eq!(problem(&refused), (400, Some(field.to_owned())), "{}", refused.body);
    }
}

#[test]
fn questions_are_answered_by_their_own_answers_and_all_is_cleared_at_once() {
    let owner = Tenant::opened(|_| {}).person("admin");
    let pairs = json!([{"question": "Do you work on Sundays?", "answer": "Only for emergencies."}]);
    let faq = post(&owner, "/v1/knowledge/faqs", &json!({"name": "Questions", "pairs": pairs}), 201);
    let id = faq["id"].as_str().unwrap();
    let path = format!("{DOCUMENTS}/{id}");
    assert_eq!(ready(&owner, &path)["format"], "faq");
    let shown = owner.call("GET", &format!("/v1/knowledge/faqs/{id}"), &[], "");
    assert_eq!((body(&shown)["pairs"].clone(), shown.status), (pairs, 200));
    let found = search(&owner, "Do you work on Sundays?");
    assert!(found[0]["text"].as_str().unwrap().contains("Only for emergencies."), "{found:?}");
    let etag = shown.header("etag").unwrap().to_owned();
    let pairs = json!({"pairs": [{"question": "Do you work on Sundays?", "answer": "Yes, since May."}]});
    let put =
        owner.call("PUT", &format!("/v1/knowledge/faqs/{id}"), &[("if-match", etag.as_str())], &pairs.to_string());
    assert_eq!(put.status, 200, "{}", put.body);
    ready(&owner, &path);
    eventually("the new answer", || {
        let found = search(&owner, "Do you work on Sundays?");
        found.first().filter(|first| first["text"].as_str().unwrap().contains("since May")).map(drop)
    });
    let twice = json!({"name": "Q", "pairs": [{"question": "A?", "answer": "b"}, {"question": "a?", "answer": "c"}]});
    let refused = owner.call("POST", "/v1/knowledge/faqs", &[], &twice.to_string());
    assert_eq!(problem(&refused), (400, Some("pairs[1].question".to_owned())), "{}", refused.body);
    let file = add(&owner, "Roofs.txt", "We repair roofs.");
    ready(&owner, &file);
    assert_eq!(owner.call("DELETE", "/v1/knowledge", &[], "").status, 204);
    for gone in [&path, &file] {
        assert_eq!(owner.call("GET", gone, &[], "").status, 404);
    }
    assert!(search(&owner, "Do you repair roofs?").is_empty());
}

#[test]
fn two_businesses_never_see_each_others_and_only_who_may_change_settings_changes_anything() {
    let (acme, bolt) = (Tenant::opened(|_| {}), Tenant::opened(|_| {}));
    let (owner, other) = (acme.person("admin"), bolt.person("admin"));
    let secret = format!("The gate code is {}.", &unique()[..8]);
    let path = add(&owner, "Gates.txt", &secret);
    ready(&owner, &path);
    assert!(!search(&owner, "What is the gate code?").is_empty());
    assert!(search(&other, "What is the gate code?").is_empty());
    assert_eq!(get(&other, DOCUMENTS)["items"], json!([]));
    for (method, path, sent) in
        [("GET", path.clone(), ""), ("DELETE", path.clone(), ""), ("POST", format!("{path}/upload"), r#"{"bytes": 9}"#)]
    {
        let refused = other.call(method, &path, &[], sent);
        assert_eq!(refused.status, 404, "{method} {path}: {}", refused.body);
    }
    assert_eq!(other.call("DELETE", "/v1/knowledge", &[], "").status, 204);
    assert!(!search(&owner, "What is the gate code?").is_empty(), "clearing is one's own");
    let viewer = acme.person("viewer");
    for (method, path) in [("DELETE", path.as_str()), ("DELETE", "/v1/knowledge"), ("POST", DOCUMENTS)] {
        let refused = viewer.call(method, path, &[], &json!({"name": "a", "bytes": 1}).to_string());
        assert_eq!(refused.status, 403, "{method} {path}: {}", refused.body);
    }
    let large = owner.call("POST", DOCUMENTS, &[], &json!({"name": "a", "bytes": 20_000_001}).to_string());
    assert_eq!(problem(&large), (400, Some("bytes".to_owned())), "{}", large.body);
    let nowhere = json!({"name": "a", "bytes": 9, "location": "nowhere"}).to_string();
    let nowhere = owner.call("POST", DOCUMENTS, &[], &nowhere);
    assert_eq!(problem(&nowhere), (400, Some("location".to_owned())), "{}", nowhere.body);
}
