//! What is answered for nothing: how often it is right, by a written key (`sure/said.toml`), and what goes to a model all the same.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::Duration;

use ai::{Assistant, sure};
use domain::conversations::builtin::{About, Turn};
use domain::conversations::{ConversationStatus, Excerpt, ExcerptKind, Findings, Lookup, route};
use domain::messaging::{Content, MediaKind};
use domain::tenancy::{BusinessContext, CostMode, Price, StyleTopic, Tenant};
use domain::turns::talk::{Talk, Way};
use jiff::civil::date;
use serde::Deserialize;
use serde_json::Value;

use crate::scene::{Scene, found, now, scene};
use crate::stub::{answering, assistant, bodies, call, input, ok, within};
use crate::training::guide;

/// What must be right of what is answered, in percent: of a key that is written for it, all.
const FLOOR: usize = 100;

#[derive(Deserialize)]
struct Book {
    shop: Vec<Shop>,
}

#[derive(Deserialize)]
struct Shop {
    said: Vec<String>,
    business: Tenant,
}

/// An answer that no model was asked for.
#[derive(Debug)]
struct Told {
    topic: &'static str,
    language: String,
    reply: String,
}

/// How many were answered for nothing, and which of them wrongly.
#[derive(Default)]
struct Judged {
    answered: usize,
    wrong: Vec<String>,
}

impl Judged {
    fn add(&mut self, is_right: bool, said: &str, told: &Told) {
        self.answered += 1;
        if !is_right {
            self.wrong.push(format!("{said}: {told:?}"));
        }
    }

    #[expect(clippy::print_stdout, reason = "the figures of docs/ai.md")]
    fn end(&self, name: &str, of: usize, at_least: usize) {
        let (answered, right) = (self.answered, self.answered - self.wrong.len());
        println!("{name}: {of} messages, {answered} answered without a model, {right} of them right");
        assert!(right * 100 >= answered * FLOOR, "{:#?}", self.wrong);
        assert!(answered >= at_least, "only {answered}");
    }
}

fn book() -> Book {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/sure/said.toml");
    toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap()
}

/// What is said to `text` as the first message of a talk, on a Wednesday at ten.
fn told(tenant: &Tenant, text: &str) -> Option<Told> {
    let told = Mutex::new(None);
    let watch = |turn: &Turn<'_>, now| {
        *told.lock().unwrap() = sure(turn, now).map(|plain| Told {
            topic: match plain.about {
                About::Hours => "hours",
                About::Contact => "contact",
                About::Price(_) => "price",
                About::Duration(_) => "duration",
                About::Deposit(_) => "deposit",
                About::Offer(_) => "offer",
                About::Faq(_) => "faq",
            },
            language: plain.answer.language.to_string(),
            reply: plain.answer.reply.replace(['\u{a0}', '\u{202f}'], " "),
        });
    };
    let now = date(2026, 12, 2).at(10, 0, 0, 0).to_zoned(tenant.time_zone()).unwrap().timestamp();
    let mut talk = Talk::new(tenant, BusinessContext::NONE, Way::Chat, now).unwrap().watched_by(&watch);
    talk.say(text).unwrap();
    drop(talk);
    told.into_inner().unwrap()
}

#[test]
fn what_is_answered_for_nothing_is_what_the_key_says() {
    let (mut judged, mut all, mut left, mut languages) = (Judged::default(), 0, Vec::new(), BTreeSet::new());
    for Shop { said, business } in book().shop {
        for line in &said {
            all += 1;
            let [language, topic, figure, text] = line.splitn(4, " | ").collect::<Vec<_>>()[..] else {
                panic!("{line}")
            };
            match told(&business, text) {
                Some(told) => {
                    let is_said = figure.split('|').any(|figure| told.reply.contains(figure));
                    languages.insert(language.to_owned());
                    judged.add((told.topic, told.language.as_str()) == (topic, language) && is_said, line, &told);
                }
                None if topic != "model" => left.push(line.clone()),
                None => {}
            }
        }
    }
    judged.end("said", all, 100);
    assert_eq!(languages.len(), 5, "{languages:?}");
    // A plain question that goes to a model costs a call and no more: one in four of them may.
    assert!(left.len() * 4 <= judged.answered, "{} of {} are left: {left:#?}", left.len(), judged.answered);
}

/// Users of the Schema-Guided corpus ask for things by name, and its annotators noted which: an answer is right if it has all of these.
#[test]
#[ignore = "reads public dialogues: make fixtures runs it"]
fn what_users_of_a_public_corpus_ask_is_answered_as_its_annotators_noted() {
    let file = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("dialogues/sgd_services_60.json");
    let corpus: Value = serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap();
    let shop = book().shop.remove(0).business;
    let (mut judged, mut all) = (Judged::default(), 0);
    for dialogue in corpus["dialogues"].as_array().unwrap() {
        for turn in dialogue["dialogue"]["turns"].as_array().unwrap().iter().filter(|turn| turn["speaker"] == "USER") {
            all += 1;
            let said = turn["utterance"].as_str().unwrap();
            let acts = turn["frames"].as_array().unwrap().iter().flat_map(|frame| frame["actions"].as_array().unwrap());
            let asked: BTreeSet<&str> =
                acts.filter(|act| act["act"] == "REQUEST").map(|act| act["slot"].as_str().unwrap()).collect();
            let Some(told) = told(&shop, said) else { continue };
            let has = |slot: &&str| match *slot {
                "phone_number" => told.reply.contains("+13035550100"),
                "address" | "street_address" => told.reply.contains("210 Example Parkway"),
                _ => false,
            };
            judged.add(!asked.is_empty() && asked.iter().all(has), said, &told);
        }
    }
    judged.end("corpus", all, 10);
}

/// How often a model is asked about the message of `scene`, as `ai-converse` does it.
async fn calls(scene: &Scene) -> usize {
    let server = answering(vec![ok(&call("respond", &input()))]).await;
    let (assistant, turn) = (assistant(&server.uri()), scene.turn());
    if assistant.answer_surely(&turn, CostMode::None, now()).is_none() {
        assistant.answer(&turn, CostMode::None, now(), within(Duration::from_secs(10))).await;
    }
    bodies(&server).await.len()
}

#[tokio::test]
async fn hours_and_prices_asked_plainly_cost_no_call() {
    for text in ["When are you open?", "How much is a leak repair?", "What is your address?"] {
        assert_eq!(calls(&scene(text)).await, 0, "{text}");
        let scene = scene(text);
        assert_eq!(Assistant::builtin().answer_surely(&scene.turn(), CostMode::None, now()), None, "none may be asked");
    }
}

#[tokio::test]
async fn whatever_may_be_more_than_a_plain_question_goes_to_the_model() {
    const ASKED: &str = "How much is a leak repair?";
    let changed = |change: fn(&mut Scene)| {
        let mut scene = scene(ASKED);
        change(&mut scene);
        scene
    };
    let disputed = |scene: &mut Scene| {
        let lookup = Lookup { text: ASKED.to_owned(), before: Vec::new(), language: "en".to_owned(), location: None };
        scene.tenant.services[1].price = Some(Price { from_cents: 35_000, to_cents: Some(35_000) });
        let row = Excerpt { kind: ExcerptKind::Row, ..found("Prices", "Service: Leak repair, Price: $290") };
        scene.findings = Findings::weigh(&scene.tenant, &lookup, vec![row]);
        assert!(scene.findings.disagreement().is_some(), "the document names another price");
    };
    let complaint = |scene: &mut Scene| {
        let text = "The leak repair was botched. How much is a leak repair?";
        (scene.content, scene.route) = (crate::scene::text(text), route(&scene.tenant, text, None, now()));
    };
    let photo = |scene: &mut Scene| {
        let references = vec!["m1".to_owned()];
        scene.content = Content::Media { kind: MediaKind::Image, references, caption: ASKED.to_owned() };
    };
    type Case = (&'static str, fn(&mut Scene));
    let cases: [Case; 10] = [
        ("two questions", |scene| {
            scene.content = crate::scene::text("How much is a leak repair and when can you come?");
        }),
        ("a complaint", complaint),
        ("a picture", photo),
        ("a price that a document disputes", disputed),
        ("a voice that was trained", |scene| drop(scene.tenant.style.insert(StyleTopic::CommunicationStyle, guide()))),
        ("instructions about prices", |scene| scene.tenant.instructions = "No figure before a visit.".to_owned()),
        ("an addition for every reply", |scene| scene.tenant.prompts.respond = "Always offer a visit.".to_owned()),
        ("a route that is unsure", |scene| scene.route.certain = false),
        ("staff are there", |scene| scene.conversation.status = ConversationStatus::Escalated),
        ("it was told before", |scene| {
            let told = sure(&scene.turn(), now()).unwrap().answer.reply;
            scene.conversation.remember(domain::conversations::Role::Assistant, &told);
        }),
    ];
    assert_eq!(calls(&scene(ASKED)).await, 0);
    for (what, change) in cases {
        assert_eq!(calls(&changed(change)).await, 1, "{what}");
    }
}
