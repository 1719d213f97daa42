//! What was answered before is not asked again, and nothing is answered with what belongs to someone else.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ai::Turned;
use domain::answer_cache::{AnswerCache, AnswerPlace, Kept, ModelAnswer, Shelf, ShelfPlace, ToKeep};
use domain::circuits::Later;
use domain::conversations::{EscalationReason, Role, Route};
use domain::tenancy::usage::{Feature, Saved, Tokens};
use domain::tenancy::{CostMode, Language, StyleTopic};
use domain::{ContactId, Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use wiremock::MockServer;

use crate::outages;
use crate::registry::{Registry, kinder, live};
use crate::scene::{Scene, now, scene};
use crate::stub::{answering, assistant, bodies, call, input, message, ok, within};

mod prompts;

/// Answers in memory, and how often it was asked.
#[derive(Debug, Default)]
struct Shared {
    answers: Mutex<BTreeMap<String, ModelAnswer>>,
    shelves: Mutex<BTreeMap<String, Shelf>>,
    calls: AtomicUsize,
    is_down: AtomicBool,
}

impl Shared {
    fn count(&self) -> Result<(), Failure> {
        self.calls.fetch_add(1, Ordering::Relaxed);
        let is_down = self.is_down.load(Ordering::Relaxed);
        if is_down { Err(Failure::Retryable("the table is busy".into())) } else { Ok(()) }
    }

    fn entries(&self) -> usize {
        self.shelves.lock().unwrap().values().map(|shelf| shelf.entries.len()).sum()
    }

    /// How often it was asked since this was called before.
    fn calls(&self) -> usize {
        self.calls.swap(0, Ordering::Relaxed)
    }
}

impl AnswerCache for Shared {
    fn look<'a>(
        &'a self,
        exact: Option<&'a AnswerPlace>,
        shelf: Option<&'a ShelfPlace>,
    ) -> Later<'a, Result<Kept, Failure>> {
        Box::pin(async move {
            self.count()?;
            let exact = exact.and_then(|place| self.answers.lock().unwrap().get(&format!("{place:?}")).cloned());
            let shelf = shelf.and_then(|place| self.shelves.lock().unwrap().get(&format!("{place:?}")).cloned());
            Ok(Kept { exact, shelf: shelf.unwrap_or_default() })
        })
    }

    fn keep<'a>(&'a self, kept: ToKeep<'a>, _: Timestamp) -> Later<'a, Result<(), Failure>> {
        Box::pin(async move {
            self.count()?;
            if let Some((place, answer)) = kept.exact {
                self.answers.lock().unwrap().insert(format!("{place:?}"), answer.clone());
            }
            if let Some((place, shelf)) = kept.shelf {
                self.shelves.lock().unwrap().insert(format!("{place:?}"), shelf.clone());
            }
            Ok(())
        })
    }
}

/// A model that gives `input`, and what is kept of it.
struct Desk {
    server: MockServer,
    shared: Arc<Shared>,
}

impl Desk {
    async fn new(input: &Value) -> Self {
        Self { server: answering(vec![ok(&call("respond", input))]).await, shared: Arc::default() }
    }

    /// A function that was just started.
    async fn answer_at(&self, scene: &Scene, at: Timestamp) -> Turned {
        let assistant = assistant(&self.server.uri()).keeping(self.shared.clone());
        assistant.answer(&scene.turn(), CostMode::None, at, within(Duration::from_secs(10))).await
    }

    async fn answer(&self, scene: &Scene) -> Turned {
        self.answer_at(scene, now()).await
    }

    /// How often the model was asked.
    async fn asked(&self) -> usize {
        bodies(&self.server).await.len()
    }
}

/// An answer about the business alone.
fn informing() -> Value {
    let mut input = input();
    (input["qualification"], input["given"]) = (json!({ "service_interest": "leak repair" }), json!({}));
    input
}

fn of(contact: &str, words: &str) -> Scene {
    let mut scene = scene(words);
    scene.conversation.contact = ContactId::derive(&scene.tenant.id, &[contact]);
    scene
}

#[tokio::test]
async fn a_message_that_comes_again_is_not_paid_for_twice() {
    let desk = Desk::new(&input()).await;
    let scene = scene("Ana Ruiz here. How much is a leak repair?");
    let first = desk.answer(&scene).await;
    assert_eq!((desk.asked().await, desk.shared.calls()), (1, 2), "one look, one to keep it");

    let again = desk.answer(&scene).await;

    assert_eq!((desk.asked().await, desk.shared.calls()), (1, 1), "one look");
    assert_eq!((&again.answer.reply, &again.answer.given), (&first.answer.reply, &first.answer.given));
    assert_eq!((again.answer.author.model.as_str(), again.answer.author.input_tokens), ("claude-sonnet-5-5", 0));
    let tokens = Tokens { uncached: 210, cache_written: 1000, cache_read: 30, output: 120 };
    let [spent] = again.spent.as_slice() else { panic!("{:?}", again.spent) };
    assert_eq!(
        (spent.feature, spent.tokens, spent.saved),
        (Feature::Converse, Tokens::default(), Saved { calls: 1, tokens })
    );
    assert!(spent.saved_microdollars(now()) > 3_000, "as much as it cost before");
}

#[tokio::test]
async fn a_request_that_differs_in_anything_is_asked_again_and_so_is_anothers() {
    let desk = Desk::new(&input()).await;
    let words = "Ana Ruiz here. How much is a leak repair?";
    desk.answer(&scene(words)).await;
    let mut others = vec![of("another", words), scene("Ana Ruiz here. How much is a leak repair"), scene(words)];
    others.push(scene(words).after(&[(Role::Customer, "Hi"), (Role::Assistant, "Hello.")]));
    others[2].tenant.services[1].description = "Within three days.".to_owned();
    let mut tenant = scene(words);
    tenant.tenant.id = TenantId::new("valley-roofing").unwrap();
    others.push(tenant);
    for (number, other) in others.iter().enumerate() {
        let turned = desk.answer(other).await;
        assert_eq!((turned.degraded, desk.asked().await), (None, number + 2), "{number}");
    }
    desk.answer_at(&scene(words), now() + SignedDuration::from_hours(2)).await;
    assert_eq!(desk.asked().await, others.len() + 2, "it is told another time");
}

#[tokio::test]
async fn a_like_question_of_someone_else_is_answered_without_a_model() {
    let desk = Desk::new(&informing()).await;
    desk.answer(&of("one", "How much is a leak repair?")).await;
    assert_eq!((desk.asked().await, desk.shared.calls(), desk.shared.entries()), (1, 2, 1));

    let later = now() + SignedDuration::from_hours(3);
    for (contact, words) in
        [("two", "What's the price of a leak repair?"), ("three", "hi, leak repair, how much please")]
    {
        let turned = desk.answer_at(&of(contact, words), later).await;
        assert_eq!(turned.answer.reply, "A leak repair starts at 350.00 USD. Where is the house?", "{words}");
        assert_eq!(turned.answer.qualification.service_interest.as_deref(), Some("Leak repair"));
        assert_eq!((desk.asked().await, desk.shared.calls()), (1, 1), "{words}");
        assert_eq!(turned.spent.iter().map(|spent| spent.saved.calls).sum::<u64>(), 1);
    }
    for shelf in desk.shared.shelves.lock().unwrap().values_mut() {
        shelf.entries[0].used_at = Timestamp::now() - SignedDuration::from_hours(13);
    }
    desk.answer_at(&of("four", "How much is a leak repair?"), later).await;
    assert_eq!((desk.asked().await, desk.shared.calls()), (1, 2), "that it is used is noted once in twelve hours");
    desk.answer_at(&of("five", "How much is a leak repair?"), later).await;
    assert_eq!((desk.asked().await, desk.shared.calls()), (1, 1));
}

#[tokio::test]
async fn nothing_that_changed_and_no_one_elses_answer_is_given_to_a_like_question() {
    let desk = Desk::new(&informing()).await;
    desk.answer(&of("one", "How much is a leak repair?")).await;
    let like = || of("two", "What's the price of a leak repair?");
    let mut changed = Vec::new();
    for _ in 0..8 {
        changed.push(like());
    }
    changed[0].tenant.services[1].price.as_mut().unwrap().from_cents = 36_000;
    changed[1].tenant.instructions = "Be formal.".to_owned();
    changed[2].tenant.id = TenantId::new("valley-roofing").unwrap();
    changed[3].route.language = Language::new("de").unwrap();
    changed[4].conversation.channel = domain::messaging::Channel::Email;
    changed[5].tenant.business.phone = None;
    changed[6].content = crate::scene::text("What's the price of a roof inspection?");
    changed[7].findings.set_index("the documents since they changed");
    for (number, scene) in changed.iter().enumerate() {
        desk.answer(scene).await;
        assert_eq!(desk.asked().await, number + 2, "{number}");
    }
}

#[tokio::test]
async fn what_may_be_personal_is_never_kept_for_others() {
    let told = [
        "My husband Bob wants to know how much a leak repair is",
        "How much is a leak repair at 4711 Elm Street?",
        "How much is a leak repair? I am Ana Ruiz, ana@example.com",
        "How much is a leak repair today?",
    ];
    for words in told {
        let desk = Desk::new(&informing()).await;
        desk.answer(&scene(words)).await;
        assert_eq!((desk.asked().await, desk.shared.entries()), (1, 0), "{words}");
    }
    let asked = || scene("How much is a leak repair?");
    let mut known = [asked().after(&[(Role::Customer, "Hi"), (Role::Assistant, "Hello.")]), asked(), asked(), asked()];
    known[1].lead.qualification.budget = Some("500".to_owned());
    known[2].name = Some("Ana Leak".to_owned());
    known[3].route = Route { escalate: Some(EscalationReason::Complaint), ..asked().route };
    for (number, scene) in known.iter().enumerate() {
        let desk = Desk::new(&informing()).await;
        desk.answer(scene).await;
        assert_eq!(desk.shared.entries(), 0, "{number}");
    }
}

#[tokio::test]
async fn an_answer_that_does_more_than_inform_is_not_shared() {
    let changes: [(&str, Value); 7] = [
        ("action", json!("offer_booking")),
        ("confidence", json!(84)),
        ("sentiment", json!("negative")),
        ("given", json!({ "name": "Ana Ruiz" })),
        ("qualification", json!({ "budget": "500" })),
        ("reply", json!("A leak repair starts at 350.00 USD, and we are open now.")),
        ("reply", json!("Hello Ana, a leak repair starts at 350.00 USD.")),
    ];
    for (field, value) in changes {
        let mut input = informing();
        input[field] = value.clone();
        let desk = Desk::new(&input).await;
        let mut scene = scene("How much is a leak repair?");
        scene.name = Some("Ana Ruiz".to_owned());
        desk.answer(&scene).await;
        assert_eq!((desk.asked().await, desk.shared.entries()), (1, 0), "{field}: {value}");
    }
}

#[tokio::test]
async fn an_answer_about_a_day_is_for_that_day() {
    let mut input = informing();
    (input["reply"], input["asked"]) = (json!("Yes, we are open on Monday."), Value::Null);
    input["qualification"] = json!({});
    let desk = Desk::new(&input).await;
    desk.answer(&of("one", "Are you open on Monday?")).await;
    assert_eq!(desk.shared.entries(), 1);
    desk.answer(&of("two", "Do you work on Mondays?")).await;
    assert_eq!(desk.asked().await, 2, "one Monday is not every Monday");
    desk.answer_at(&of("three", "Are you open Monday?"), now() + SignedDuration::from_hours(1)).await;
    assert_eq!(desk.asked().await, 3, "on a day and a day are not the same to the letter");
    desk.answer_at(&of("four", "Do you open on Monday"), now() + SignedDuration::from_hours(1)).await;
    assert_eq!(desk.asked().await, 3);
    desk.answer_at(&of("five", "Do you open on Monday"), now() + SignedDuration::from_hours(48)).await;
    assert_eq!(desk.asked().await, 4, "another day");
}

#[tokio::test]
async fn a_table_that_does_not_answer_costs_a_call_and_no_answer() {
    let desk = Desk::new(&informing()).await;
    desk.shared.is_down.store(true, Ordering::Relaxed);
    for times in 1..=2 {
        let turned = desk.answer(&scene("How much is a leak repair?")).await;
        assert_eq!((turned.degraded, desk.asked().await), (None, times));
    }
    assert_eq!(desk.shared.calls(), 2, "where it could not be looked for, nothing is kept");
}

#[tokio::test]
async fn what_came_to_nothing_is_not_kept_and_an_unreadable_answer_is_none() {
    let desk = Desk { server: answering(vec![ok(&message(&json!([]), "refusal"))]).await, shared: Arc::default() };
    assert!(desk.answer(&scene("How much is a leak repair?")).await.degraded.is_some());
    assert!(desk.shared.answers.lock().unwrap().is_empty() && desk.shared.entries() == 0);

    let desk = Desk::new(&informing()).await;
    desk.answer(&scene("How much is a leak repair?")).await;
    for answer in desk.shared.answers.lock().unwrap().values_mut() {
        answer.input = json!({ "reply": 7 }).to_string();
    }
    for shelf in desk.shared.shelves.lock().unwrap().values_mut() {
        shelf.entries[0].answer.input = "{".to_owned();
    }
    assert_eq!(desk.answer(&scene("How much is a leak repair?")).await.degraded, None);
    assert_eq!(desk.asked().await, 2);
    for answer in desk.shared.answers.lock().unwrap().values_mut() {
        answer.until = Timestamp::now() - SignedDuration::from_secs(1);
    }
    desk.shared.shelves.lock().unwrap().clear();
    desk.answer(&scene("How much is a leak repair?")).await;
    assert_eq!(desk.asked().await, 3, "its time is over");
}

#[tokio::test]
async fn a_route_is_kept_for_everyone_of_the_business_and_holds_no_words() {
    let routed = json!({ "language": "it", "confidence": 95 });
    let server = answering(vec![ok(&call("route", &routed))]).await;
    let shared = Arc::new(Shared::default());
    let tenant = scene("").tenant;
    let unsure = || Route { language: Language::new("it").unwrap(), urgency: None, escalate: None, certain: false };
    for _ in 0..2 {
        let assistant = assistant(&server.uri()).keeping(shared.clone());
        let soon = within(Duration::from_secs(4));
        let found = assistant.route(&tenant, "Il tetto perde acqua?", unsure(), CostMode::None, soon).await;
        assert!(found.route.certain);
    }
    assert_eq!(bodies(&server).await.len(), 1);
    let answers = shared.answers.lock().unwrap();
    let [(place, answer)] = answers.iter().collect::<Vec<_>>()[..] else { panic!("{answers:?}") };
    assert!(place.contains("contact: None") && !format!("{place}{answer:?}").contains("tetto"));
}

#[tokio::test]
async fn a_style_that_is_confirmed_makes_every_shared_answer_invisible() {
    let desk = Desk::new(&informing()).await;
    let words = "How much is a leak repair?";
    desk.answer(&of("one", words)).await;
    let mut styled = of("two", words);
    styled.tenant.style.insert(StyleTopic::CommunicationStyle, crate::training::guide());
    desk.answer(&styled).await;
    assert_eq!((desk.asked().await, desk.shared.entries()), (2, 2), "on another shelf");
    desk.answer(&of("three", words)).await;
    assert_eq!(desk.asked().await, 2, "withdrawn, what was shared before is seen again");
}

/// What is asked of the table for one message, by the cache, the circuit breaker and the registry of prompts together.
#[tokio::test]
async fn all_calls_of_the_table_for_one_message_are_few() {
    let (cache, circuits) = (Arc::<Shared>::default(), Arc::<outages::Shared>::default());
    let registry =
        Arc::new(Registry { traffic: vec![live("1.1.0")], contents: vec![kinder("1.1.0")], ..Registry::default() });
    let server = answering(vec![ok(&call("respond", &informing()))]).await;
    let assistant = assistant(&server.uri());
    let assistant = assistant.keeping(cache.clone()).sharing(circuits.clone()).prompted_by(registry.clone());
    for (contact, most) in [("cold", 5), ("warm", 2)] {
        let scene = of(contact, &format!("How much is a leak repair, and are you {contact}?"));
        assistant.answer(&scene.turn(), CostMode::None, now(), within(Duration::from_secs(10))).await;
        let reads = usize::try_from(registry.reads.swap(0, Ordering::Relaxed)).unwrap();
        let of_circuits = circuits.calls.swap(0, Ordering::Relaxed);
        let of_cache = cache.calls();
        assert_eq!(of_cache + of_circuits + reads, most, "{contact}: {of_cache}, {of_circuits}, {reads}");
    }
    assert_eq!(bodies(&server).await.len(), 2);
}
