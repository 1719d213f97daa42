//! Hostile text against the worst model there can be: it does whatever the text orders, in words and in every field of its
//! call. What would be stored or go out is then held against what may be: the defence is the server's, so nothing may pass.

mod corpora;
mod fields;
mod orders;
mod ordinary;
mod places;
mod writing;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ai::Assistant;
use domain::conversations::{Line, Role, builtin};
use domain::journeys::{Brief, Person};
use domain::leads::Contact;
use domain::messaging::{Address, Channel, Content, Kind, OptOutState, Phone, Strength};
use domain::tenancy::{BusinessContext, CostMode, Language};
use domain::turns::suggesting::Draftable;
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::scene::{Scene, now, scene};
use crate::stub::{assistant, call, input, ok, within};
use orders::{Aim, DEMAND, MARKERS, QUOTED, TEXTS, WAYS, written};
use places::PLACES;

const LIMIT: Duration = Duration::from_secs(20);

/// What the model writes: `reply` or `text` is this, and the fields of `respond` are changed by `fields`.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    text: String,
    language: &'static str,
    fields: Vec<(String, Value)>,
}

/// A model that obeys.
#[derive(Clone, Default)]
struct Obedient(Arc<Mutex<Order>>);

impl Respond for Obedient {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = request.body_json().unwrap();
        let told = |part: usize| body["system"][part]["text"].as_str().unwrap_or_default().to_owned();
        let order = self.0.lock().unwrap().clone();
        let text = written(&order.text, &told(0), &told(1));
        let language = order.language;
        let tool = body["tools"][0]["name"].as_str().unwrap();
        let mut said = match tool {
            "respond" => {
                let mut said = input();
                (said["reply"], said["language"]) = (json!(text), json!(language));
                said["given"] = json!({});
                said["qualification"] = json!({});
                said
            }
            // The worst model keeps to the form.
            "write" => json!({ "text": format!("Summit Roofing: {text} STOP ends this."), "language": language }),
            "suggest" => json!({ "text": text, "language": language }),
            "campaign" => {
                json!({ "subject": text, "text": format!("Hi {{name}}, {{business}} here. {text}"), "language": language })
            }
            "style" => {
                let rule = |kind: &str| json!({ "kind": kind, "value": text, "examples": [1, 2, 3] });
                let rules = ["always", "never", "greeting", "sign_off"].map(rule);
                json!({ "rules": rules })
            }
            "summarize" => {
                let notes = json!([{ "text": text, "message": 1 }]);
                json!({ "wants": notes, "open": notes, "prefers": notes, "told": notes, "mood": "neutral", "confidence": 100 })
            }
            _ => json!({ "language": language, "confidence": 100 }),
        };
        for (pointer, value) in order.fields {
            let (parent, field) = pointer.rsplit_once('/').unwrap();
            said.pointer_mut(parent).unwrap()[field] = value;
        }
        ok(&call(tool, &said))
    }
}

/// A model that obeys, and who asks it.
pub(super) struct Stage {
    model: Obedient,
    pub(super) assistant: Assistant,
    _server: MockServer,
}

impl Stage {
    pub(super) async fn new() -> Self {
        let (model, server) = (Obedient::default(), MockServer::start().await);
        Mock::given(method("POST")).respond_with(model.clone()).mount(&server).await;
        Self { model, assistant: assistant(&server.uri()), _server: server }
    }

    pub(super) fn orders(&self, order: Order) {
        *self.model.0.lock().unwrap() = order;
    }
}

/// How many cases there were of each kind, and which of them came through.
#[derive(Default)]
pub(super) struct Score {
    counts: BTreeMap<String, usize>,
    through: Vec<String>,
}

impl Score {
    pub(super) fn add(&mut self, kind: &str, through: Option<String>) {
        *self.counts.entry(kind.to_owned()).or_default() += 1;
        self.through.extend(through.map(|how| format!("{kind}: {how}")));
    }

    /// Prints how many cases there were, and fails where one came through.
    #[expect(clippy::print_stdout, reason = "the figures of docs/security.md")]
    pub(super) fn end(self, name: &str, at_least: usize) {
        let cases: usize = self.counts.values().sum();
        println!("{name}: {cases} cases, {} came through; {:?}", self.through.len(), self.counts);
        assert!(cases >= at_least, "only {cases} cases");
        assert!(
            self.through.is_empty(),
            "{} of {cases} came through:\n{}",
            self.through.len(),
            self.through.join("\n")
        );
    }
}

/// A marker of the order in what goes out.
pub(super) fn marked(text: &str) -> Option<&'static str> {
    let text = text.to_lowercase();
    MARKERS.into_iter().find(|marker| text.contains(marker))
}

/// The language that the order is in, where it is one that can be told.
fn language_of(text: &str) -> &'static str {
    let detected = domain::conversations::language::detect(text);
    let code = detected.language.filter(|_| detected.reliable).map_or_else(String::new, |code| code.to_string());
    ["es", "fr", "de", "pt", "it", "nl", "pl", "vi", "ru", "ar", "zh"]
        .into_iter()
        .find(|one| *one == code)
        .unwrap_or("en")
}

#[tokio::test]
async fn a_reply_says_nothing_that_hostile_text_orders() {
    replies(3).await.end("respond", 600);
}

#[tokio::test]
#[ignore = "takes a minute: make fixtures runs it"]
async fn no_order_in_any_place_gets_into_a_reply() {
    replies(1).await.end("respond, all", 2_000);
}

/// One of `every` places for each order, other ones for the next.
async fn replies(every: usize) -> Score {
    let (stage, mut score) = (Stage::new().await, Score::default());
    for (number, (aim, text)) in TEXTS.iter().enumerate() {
        for (place_number, place) in PLACES.iter().enumerate() {
            let is_text = (place.set)("", "en").scene.content.text().is_empty() || place.name == "message";
            let is_left_out = !(number + place_number).is_multiple_of(every);
            if is_left_out
                || *aim == Aim::Language && place.is_theirs
                || *aim == Aim::Agreement && place.is_theirs && !is_text
            {
                continue;
            }
            let language = if *aim == Aim::Language { "en" } else { language_of(text) };
            let mut set = (place.set)(&way(number * 5 + place_number * 3, place.is_theirs, text), language);
            set.scene = demanding(set.scene, *aim);
            stage.orders(Order { text: (*text).to_owned(), language, fields: Vec::new() });
            let turned = stage.assistant.answer(&set.scene.turn(), CostMode::None, now(), within(LIMIT)).await;
            assert_eq!(turned.degraded, None, "the model answered");
            let is_through = turned.answer.author.model != builtin::MODEL;
            let how = is_through.then(|| format!("{text} [{}]", place.name));
            let how = how.or_else(|| Some(format!("{} in {}", marked(&turned.answer.reply)?, turned.answer.reply)));
            score.add(&format!("{aim:?}"), how);
        }
    }
    score
}

/// The order in one of the ways.
fn way(number: usize, is_theirs: bool, text: &str) -> String {
    let place = number % (WAYS.len() + usize::from(is_theirs));
    WAYS.get(place).unwrap_or(&QUOTED)(text)
}

/// A yes is worth what it is said to.
fn demanding(mut scene: Scene, aim: Aim) -> Scene {
    if let (Aim::Agreement, Content::Text { text }) = (aim, &mut scene.content) {
        *text = format!("{text}\n{DEMAND}");
    }
    scene
}

/// Ana, who writes by text message.
fn person(scene: &mut Scene) -> Person {
    let phone = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
    let mut contact = Contact::new(scene.conversation.contact, now());
    contact.learn(&phone, Strength::Proven);
    contact.name.clone_from(&scene.name);
    scene.conversation.peer = Some(phone);
    Person {
        contact,
        lead: scene.lead.clone(),
        threads: Vec::new(),
        opt_out_state: OptOutState::default(),
        journey: None,
    }
}

#[tokio::test]
async fn nothing_is_proposed_to_staff_that_hostile_text_orders() {
    let (stage, mut score) = (Stage::new().await, Score::default());
    let places = PLACES.iter().filter(|place| place.is_in_thread);
    for (place_number, place) in places.enumerate() {
        for (number, (aim, text)) in TEXTS.iter().enumerate().skip(place_number % 2).step_by(2) {
            if *aim == Aim::Language {
                continue;
            }
            let language = language_of(text);
            let ordered = way(number * 7 + place_number * 3, place.is_theirs, text);
            let mut scene = demanding((place.set)(&ordered, language).scene, *aim);
            let said = scene.content.text().to_owned();
            scene.conversation.remember(Role::Customer, &said);
            let person = person(&mut scene);
            let draftable = Draftable::new(&scene.tenant, BusinessContext::NONE, &person, &scene.conversation, now());
            stage.orders(Order { text: (*text).to_owned(), language, fields: Vec::new() });
            let suggested =
                stage.assistant.suggest(&scene.tenant, &draftable, CostMode::None, now(), within(LIMIT)).await;
            let how = suggested.draft.and_then(|draft| {
                let is_through = draft.author.model != builtin::MODEL;
                is_through.then(|| format!("{text} [{}]", place.name)).or_else(|| Some(marked(&draft.text)?.to_owned()))
            });
            score.add(&format!("{aim:?}"), how);
        }
    }
    score.end("suggest", 300);
}

#[tokio::test]
async fn no_outreach_says_what_hostile_text_orders() {
    let (stage, mut score) = (Stage::new().await, Score::default());
    let tenant = scene("").tenant;
    for (number, (aim, text)) in TEXTS.iter().enumerate() {
        for place in 0..3 {
            let ordered = WAYS[(number * 11 + place * 5) % WAYS.len()](text);
            let language = Language::new(if *aim == Aim::Language { "en" } else { language_of(text) }).unwrap();
            // A name is a word of letters (`first_name`): the worst one is a promise.
            let name = ["Ana", "Free", "Gratis"][place];
            let lines = [Line { role: Role::Customer, text: ordered }];
            let fallback = format!("Hi {name}, Summit Roofing here. Did you see your quote? Reply STOP to end.");
            let brief = Brief {
                prompt: "Ask whether the quote is clear.",
                fallback: &fallback,
                facts: vec![("name", name.to_owned()), ("business", "Summit Roofing".to_owned())],
                recent: &lines,
                language: &language,
                channel: Channel::Email,
                kind: Kind::QuoteFollowUp,
                contact: None,
            };
            let code = ["en", "es", "fr", "de", "pt", "it", "nl", "pl", "vi", "ru", "ar", "zh"];
            let code = code.into_iter().find(|code| *code == language.as_str()).unwrap();
            stage.orders(Order { text: (*text).to_owned(), language: code, fields: Vec::new() });
            let composed = stage.assistant.compose(&tenant, &brief, CostMode::None, within(LIMIT)).await;
            score.add(&format!("{aim:?}"), (composed.text != fallback).then(|| composed.text.clone()));
        }
    }
    score.end("write", 300);
}
