//! The function's process: the real router on the real runtime, with the streams in memory and a model at the address that the test says.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use ai::{Assistant, Listener, Models, SUGGEST_BUDGET};
use ai_stream_reply::{Desk, Pace, router};
use domain::conversations::suggestion::stream::{HeardSoFar, Place, StreamState, SuggestionStream};
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::conversations::{Conversation, Role};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::journeys::Person;
use domain::leads::{Contact, Lead};
use domain::messaging::{Address, Channel, OptOutState, Phone, Source, Strength};
use domain::prompts::PromptVersion;
use domain::tenancy::usage::Spent;
use domain::tenancy::{BusinessContext, CostMode, Language, Tenant};
use domain::turns::suggesting::Draftable;
use domain::{ContactId, Failure, LeadId};
use secrecy::SecretString;
use serde_json::json;

use crate::{ORIGIN, SECRET, place};

#[derive(Clone)]
struct Memory {
    streams: Arc<Mutex<HashMap<String, SuggestionStream>>>,
    made: Arc<Mutex<HashMap<String, Suggestion>>>,
    assistant: Arc<Assistant>,
}

/// The tests start it as a process of its own; run by itself, it is no function and ends.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "it is the process that the other tests start"]
async fn function() {
    let Ok(url) = std::env::var("VENDOR") else { return };
    let key = SecretString::from("no-key".to_owned());
    let assistant = Assistant::anthropic(&key, &url.parse().unwrap(), Models::default()).unwrap();
    let desk = Memory { streams: Arc::default(), made: Arc::default(), assistant: assistant.into() };
    let pace = Pace {
        heartbeat: Duration::from_millis(200),
        stored_every: Duration::from_millis(50),
        followed_every: Duration::from_millis(20),
    };
    let serve = || tokio::spawn(runtime::stream(router(desk.clone(), pace)));
    let (first, second) = (serve(), serve());
    drop((first.await, second.await));
}

impl Memory {
    /// The stream of a place: one that was asked for just now, unless the test names it otherwise.
    fn stream(&self, place: &Place) -> (MutexGuard<'_, HashMap<String, SuggestionStream>>, String) {
        let (mut streams, key) = (self.streams.lock().unwrap(), place.id.to_string());
        let now = runtime::clock::now();
        let is_old = place.id == crate::place("too late").id;
        streams.entry(key.clone()).or_insert_with(|| SuggestionStream {
            id: place.id,
            conversation: place.conversation,
            asked_by: Actor::Operator,
            correlation_id: "c".to_owned(),
            instead_of: None,
            secret_hash: auth::secrets::sha256_hex(SECRET),
            origin: Some(ORIGIN.to_owned()),
            at: if is_old { now - jiff::SignedDuration::from_secs(61) } else { now },
            state: StreamState::Asked,
            lease_until: None,
            heard: HeardSoFar::default(),
            problem: None,
        });
        (streams, key)
    }

    /// Changes a stream that is in this state.
    fn change(&self, place: &Place, states: &[StreamState], change: impl FnOnce(&mut SuggestionStream)) -> bool {
        let (mut streams, key) = self.stream(place);
        let stream = streams.get_mut(&key).unwrap();
        let holds = states.contains(&stream.state);
        if holds {
            change(stream);
        }
        holds
    }
}

impl Desk for Memory {
    async fn find(&self, place: &Place) -> Result<Option<SuggestionStream>, Failure> {
        let (streams, key) = self.stream(place);
        Ok((place.tenant == crate::place("").tenant).then(|| streams[&key].clone()))
    }

    /// Where the test says so, as many as may follow do.
    async fn may_follow(&self, place: &Place) -> Result<bool, Failure> {
        Ok(place.id != crate::place("crowded").id)
    }

    async fn begin(&self, place: &Place) -> Result<bool, Failure> {
        Ok(self.change(place, &[StreamState::Asked], |stream| {
            stream.state = StreamState::Writing;
            stream.lease_until = Some(runtime::clock::now() + jiff::SignedDuration::from_secs(20));
        }))
    }

    /// Where the test says so, nothing is stored before the end.
    async fn note(&self, place: &Place, heard: &HeardSoFar) -> Result<bool, Failure> {
        let is_stored = place.id != crate::place("unnoted").id && place.id != crate::place("died").id;
        Ok(self.change(place, &[StreamState::Writing], |stream| {
            if is_stored {
                stream.heard = heard.clone();
            }
        }))
    }

    /// Where the test says so, the writer dies before it, and its lease is over.
    async fn end(&self, place: &Place, heard: &HeardSoFar, problem: Option<&str>) -> Result<bool, Failure> {
        let died = place.id == crate::place("died").id;
        let is_ended = self.change(place, &[StreamState::Writing], |stream| {
            if died {
                stream.lease_until = None;
                return;
            }
            stream.heard = heard.clone();
            stream.state = if problem.is_some() { StreamState::Failed } else { StreamState::Done };
            stream.problem = problem.map(ToOwned::to_owned);
        });
        if died { Err(Failure::Retryable("the table does not answer".to_owned())) } else { Ok(is_ended) }
    }

    async fn cancel(&self, place: &Place) -> Result<(), Failure> {
        self.change(place, &[StreamState::Asked, StreamState::Writing], |it| it.state = StreamState::Cancelled);
        Ok(())
    }

    async fn propose(
        &self,
        place: &Place,
        stream: &SuggestionStream,
        listener: &Listener,
    ) -> Result<(Suggestion, Vec<Spent>), Failure> {
        if place.id == crate::place("refused").id {
            return Err(Failure::rejected(Rejection::TooManyRequests, "too many suggestions"));
        }
        let (tenant, now) = (tenant(), runtime::clock::now());
        let (person, thread) = asked(&tenant);
        let draftable = Draftable::new(&tenant, BusinessContext::NONE, &person, &thread, now);
        let deadline = Instant::now() + SUGGEST_BUDGET;
        let suggested =
            self.assistant.suggest_aloud(&tenant, &draftable, CostMode::None, now, deadline, Some(listener)).await;
        let draft = suggested.draft;
        let suggestion = Suggestion {
            id: place.id,
            conversation: place.conversation,
            text: draft.as_ref().map(|draft| draft.text.clone()),
            language: draft.as_ref().map(|draft| draft.language.clone()),
            author: draft.map(|draft| draft.author),
            without_model: suggested.without_model,
            cost_mode: CostMode::None,
            basis: Basis {
                task: TASK.to_owned(),
                prompt: PromptVersion::new(1, 0, 0),
                test: None,
                messages: 1,
                last_message_at: now,
            },
            asked_by: stream.asked_by.clone(),
            at: now,
            day: now.to_zoned(tenant.time_zone()).date(),
            settled: None,
        };
        self.made.lock().unwrap().insert(place.id.to_string(), suggestion.clone());
        Ok((suggestion, suggested.spent))
    }

    async fn made(&self, place: &Place) -> Result<Option<Suggestion>, Failure> {
        Ok(self.made.lock().unwrap().get(&place.id.to_string()).cloned())
    }
}

fn tenant() -> Tenant {
    serde_json::from_value(json!({
        "id": place("").tenant, "name": "Summit Roofing", "industry": "roofing", "currency": "USD", "zone": "America/Denver",
        "region": "US", "language": "en", "business": {}, "hours": {}, "notify": [],
        "services": [{ "id": "leak-repair", "name": "Leak repair", "price": { "from_cents": 35_000 } }],
    }))
    .unwrap()
}

/// Ana asks by text message.
fn asked(tenant: &Tenant) -> (Person, Conversation) {
    let now = runtime::clock::now();
    let contact = ContactId::derive(&tenant.id, &["contact"]);
    let lead = Lead::new(LeadId::derive(&tenant.id, &["lead"]), contact, Source::Sms, now);
    let english = Language::english();
    let mut thread = Conversation::new(place("").conversation, contact, lead.id, Channel::Sms, english, now);
    let phone = Address::Phone(Phone::e164("+13035550101", "phone").unwrap());
    let mut contact = Contact::new(contact, now);
    contact.learn(&phone, Strength::Proven);
    thread.peer = Some(phone);
    thread.remember(Role::Customer, "How much is a leak repair?");
    (Person { contact, lead, threads: Vec::new(), opt_out_state: OptOutState::default(), journey: None }, thread)
}
