//! The review of prompts: failures counted once on their day, one proposal for a night, which has no traffic, and versions that go live once
//! they are proven.

use ai::Assistant;
use ai::prompt::Script;
use ai_analyze_prompt_failures::Analyst;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sqs::Client as Sqs;
use cron_prompt_review::PromptReviews;
use domain::conversations::Author;
use domain::conversations::suggestion::{Basis, Suggestion, TASK};
use domain::identity::{AccountMail, Actor, AuditEntry, Role};
use domain::ids::SuggestionId;
use domain::prompts::{
    Challenger, DueReview, PromptContent, PromptCounts, PromptReview, PromptState, PromptTask, PromptTraffic,
    PromptUse, PromptVersion, ReviewFigures, ReviewState, TrafficChange, reviewed_days,
};
use domain::tenancy::CostMode;
use domain::turns::replying::Words;
use domain::{ConversationId, Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use runtime::queue::Queue;
use serde_json::json;
use std::time::Duration;
use store::{StaffReply, Trace, Versioned, keys};

use crate::model::Model;
use crate::queues::{drain, queue};
use crate::stage::{Stage, chat, message, noon, plain};

const DAY: i64 = 86_400;
const SUGGEST: PromptTask = PromptTask::Suggest;

fn by(actor: Actor, seconds: i64) -> Trace {
    Trace { actor, at: noon(seconds), address: None, correlation_id: "staff".to_owned() }
}

/// When the night's work begins.
fn two(night: Date) -> Timestamp {
    night.at(2, 0, 0, 0).in_tz("UTC").unwrap().timestamp()
}

fn built_in() -> PromptContent {
    Script::built_in(SUGGEST).content().clone()
}

fn version(text: &str) -> PromptVersion {
    PromptVersion::parse(text).unwrap()
}

/// A platform with one super admin whose prompt is seeded, and a business in whose conversation replies are proposed.
struct Platform {
    stage: Stage,
    thread: ConversationId,
    sqs: Sqs,
    reviews: String,
    mails: String,
}

impl Platform {
    async fn new() -> Self {
        let stage = Stage::new().await;
        stage.joined("ana", TenantId::platform().as_str(), Role::SuperAdmin).await;
        stage.store.prompts().seed(built_in(), &by(Actor::Operator, 0)).await.unwrap();
        let thread = stage.say(&message("m1", &chat("s-1"), 0), plain()).await.thread.id;
        let sqs = Sqs::new(&stage.aws);
        let (reviews, mails) = (queue(&sqs, false).await, queue(&sqs, false).await);
        Self { stage, thread, sqs, reviews, mails }
    }

    /// A reply that a model proposed with the live version, `seconds` after noon.
    async fn suggested(&self, cause: &str, seconds: i64) -> Suggestion {
        let tenant = &self.stage.tenant.id;
        let suggestion = Suggestion {
            id: SuggestionId::derive(tenant, &[cause]),
            conversation: self.thread,
            text: Some("An inspection is 149.00 USD.".to_owned()),
            language: None,
            author: Some(Author { model: "claude-sonnet-5-5".to_owned(), ..Author::default() }),
            without_model: None,
            cost_mode: CostMode::None,
            basis: Basis {
                task: TASK.to_owned(),
                prompt: built_in().version,
                test: Some(1),
                messages: 2,
                last_message_at: noon(seconds),
            },
            asked_by: Actor::Operator,
            at: noon(seconds),
            day: noon(seconds).to_zoned(jiff::tz::TimeZone::UTC).date(),
            settled: None,
        };
        self.stage.store.conversations().keep_suggestion(tenant, &suggestion, (&[], None), None).await.unwrap()
    }

    async fn dismiss(&self, made: &Suggestion, seconds: i64) {
        let (tenant, by) = (&self.stage.tenant.id, by(Actor::Operator, seconds));
        self.stage.store.conversations().dismiss_suggestion(tenant, self.thread, made.id, &by).await.unwrap();
    }

    /// Twelve replies are turned down, `seconds` after noon.
    async fn fails(&self, seconds: i64) {
        for number in 0..12 {
            let made = self.suggested(&format!("{seconds}-{number}"), seconds).await;
            self.dismiss(&made, seconds + 30).await;
        }
    }

    async fn figures(&self, night: Date) -> ReviewFigures {
        let counted = self.stage.cold().prompts().feedback(SUGGEST, &built_in().version, reviewed_days(night)).await;
        ReviewFigures::of(&counted.unwrap())
    }

    /// Runs a night's work; gives how many reviews it asked for.
    async fn night(&self, night: Date) -> usize {
        let queue = Queue::new(self.sqs.clone(), self.reviews.clone());
        PromptReviews { store: self.stage.cold(), queue }.run(two(night)).await.unwrap()
    }

    /// Looks into what was asked for, each record twice.
    async fn analyze(&self, assistant: Assistant, night: Date) {
        let mails = Queue::new(self.sqs.clone(), self.mails.clone());
        let analyst = Analyst { store: self.stage.cold(), assistant, mails };
        for record in drain(&self.sqs, &self.reviews).await {
            let due: DueReview = serde_json::from_str(record.body.as_deref().unwrap()).unwrap();
            for _ in 0..2 {
                analyst.handle(&due, two(night)).await.unwrap();
            }
        }
    }

    async fn mails(&self) -> Vec<AccountMail> {
        let records = drain(&self.sqs, &self.mails).await;
        records.iter().map(|record| serde_json::from_str(record.body.as_deref().unwrap()).unwrap()).collect()
    }

    async fn reviews(&self) -> Vec<PromptReview> {
        self.stage.cold().prompts().reviews(SUGGEST).await.unwrap()
    }

    async fn traffic(&self) -> Versioned<PromptTraffic> {
        self.stage.store.prompts().traffic_of(SUGGEST).await.unwrap()
    }

    /// Each version with its state and its share of the conversations.
    async fn versions(&self) -> Vec<(String, PromptState, u8)> {
        let listed = self.stage.store.prompts().list(&self.traffic().await.value).await.unwrap();
        listed.into_iter().map(|one| (one.version.to_string(), one.state, one.percent)).collect()
    }
}

/// A model that adds a line after the first rule that may be changed.
async fn model() -> Model {
    let is_rule = |line: &str| line.starts_with("- ") && !line.contains(['<', '{', '`']);
    let rule = built_in().system.lines().position(is_rule).unwrap() + 1;
    let input = json!({
        "reasons": ["12 of 12 texts were turned down."], "changelog": "Two sentences at most.",
        "edits": [{"line": rule, "action": "add", "text": "- Write two sentences at most."}],
    });
    Model::calling("analyze", &input, Duration::ZERO).await
}

#[tokio::test]
async fn a_failure_is_counted_once_for_seven_days_however_often_it_is_handled() {
    let platform = Platform::new().await;
    let (dismissed, edited) = (platform.suggested("one", 0).await, platform.suggested("two", 0).await);
    let reply = StaffReply { suggestion: Some(edited.id), ..Words::Own("Hello, it takes an hour.").into() };
    let trace = by(Actor::Operator, 40);
    for _ in 0..2 {
        platform.dismiss(&dismissed, 30).await;
        let (tenant, conversations) = (&platform.stage.tenant, platform.stage.store.conversations());
        while let Err(failure) = conversations.reply(tenant, platform.thread, reply, "send", &trace).await {
            assert!(matches!(failure, Failure::Retryable(_)), "{failure}");
        }
    }
    // They failed on the 20th: seven nights look at it, from the one after it.
    for (day, rejected, edited) in [(20, 0, 0), (21, 1, 1), (27, 1, 1), (28, 0, 0)] {
        let figures = platform.figures(date(2026, 11, day)).await;
        assert_eq!(
            (figures.rejected, figures.edited, figures.settled()),
            (rejected, edited, rejected + edited),
            "{day}"
        );
    }
    for item in platform.stage.entities("prompt_feedback").await {
        let is_number = |(name, value): (&String, &AttributeValue)| {
            value.as_n().is_ok() || ["pk", "sk", "entity"].contains(&name.as_str())
        };
        assert!(item.iter().all(is_number), "no text leaves the business: {item:?}");
    }
}

#[tokio::test]
async fn a_night_that_runs_twice_proposes_once_and_no_conversation_gets_it() {
    let (platform, model, night) = (Platform::new().await, model().await, date(2026, 11, 21));
    assert_eq!(platform.night(night).await, 0, "nothing failed yet");
    platform.fails(0).await;
    let before = platform.traffic().await;
    assert_eq!(platform.night(night).await, 1);
    assert_eq!(platform.night(night).await, 1, "it is asked for until it is done");
    platform.analyze(model.assistant(), night).await;
    assert_eq!((model.asked().await, platform.night(night).await), (1, 0));

    let live = built_in().version.to_string();
    let proposed = built_in().version.next_of_review(night);
    let expected = [(proposed.to_string(), PromptState::Draft, 0), (live, PromptState::Live, 100)];
    assert_eq!(platform.versions().await, expected);
    assert_eq!(platform.traffic().await, before, "no one touched the traffic");
    let stored = platform.stage.store.prompts().version(SUGGEST, &proposed).await.unwrap();
    assert_eq!((stored.author, stored.reasons.len()), (Actor::System, 1));
    assert!(stored.content.system.contains("- Write two sentences at most.\n"));
    let [review] = &platform.reviews().await[..] else { panic!("one review") };
    assert_eq!((review.state, &review.proposed), (ReviewState::Proposed, &Some(proposed)));
    let [AccountMail::PromptReview { task: SUGGEST, email, .. }] = &platform.mails().await[..] else {
        panic!("the super admin is told once")
    };
    assert_eq!(email.as_str(), "ana@example.com");
}

#[tokio::test]
async fn a_model_is_asked_once_though_two_have_the_record_and_again_where_the_first_died() {
    let (platform, model, night) = (Platform::new().await, model().await, date(2026, 11, 21));
    platform.fails(0).await;
    platform.night(night).await;
    let analyst = || Analyst {
        store: platform.stage.cold(),
        assistant: model.assistant(),
        mails: Queue::new(platform.sqs.clone(), platform.mails.clone()),
    };
    let due = DueReview { task: SUGGEST, night };
    let (one, other) = (analyst(), analyst());
    // Whoever had it died: no model is asked before their lease is over.
    let prompts = platform.stage.store.prompts();
    let lease = jiff::SignedDuration::from_secs(90);
    assert!(prompts.lease_review(&due, two(night), two(night) + lease).await.unwrap());
    assert!(matches!(one.handle(&due, two(night)).await, Err(Failure::Retryable(_))));
    assert_eq!(model.asked().await, 0);
    let later = two(night) + lease;
    let (first, second) = tokio::join!(one.handle(&due, later), other.handle(&due, later));
    let waits = |done: &Result<(), Failure>| matches!(done, Err(Failure::Retryable(_)));
    assert!([&first, &second].into_iter().filter(|done| waits(done)).count() <= 1, "{first:?} {second:?}");
    assert!(first.is_ok() || second.is_ok());
    one.handle(&due, later).await.unwrap();
    assert_eq!((model.asked().await, platform.reviews().await[0].state), (1, ReviewState::Proposed));
    assert!(!platform.mails().await.is_empty());
}

#[tokio::test]
async fn a_task_with_an_open_draft_is_not_proposed_again() {
    let (platform, model) = (Platform::new().await, model().await);
    platform.fails(0).await;
    platform.night(date(2026, 11, 21)).await;
    platform.analyze(model.assistant(), date(2026, 11, 21)).await;
    // It goes on failing.
    platform.fails(5 * DAY).await;
    let later = date(2026, 11, 29);
    assert!(platform.figures(later).await.is_too_much());
    assert_eq!(platform.night(later).await, 0, "the draft waits");

    let prompts = platform.stage.store.prompts();
    let draft = built_in().version.next_of_review(date(2026, 11, 21));
    let read = platform.traffic().await.version;
    let tried = TrafficChange { challenger: Some(Challenger { version: draft, percent: 10 }), automatic: false };
    let trying = prompts.change_traffic(SUGGEST, &tried, read, &by(Actor::Operator, 60)).await.unwrap();
    assert_eq!(platform.night(later).await, 0, "it is tried");
    let ended = TrafficChange { challenger: None, automatic: false };
    prompts.change_traffic(SUGGEST, &ended, trying.version, &by(Actor::Operator, 70)).await.unwrap();
    assert_eq!(platform.night(later).await, 1, "it was tried, and is no more");
    platform.analyze(model.assistant(), later).await;
    assert_eq!((model.asked().await, platform.reviews().await.len()), (2, 2));
}

#[tokio::test]
async fn without_a_model_the_figures_are_told_and_no_draft_is_made() {
    let (platform, night) = (Platform::new().await, date(2026, 11, 21));
    platform.fails(0).await;
    platform.night(night).await;
    platform.analyze(Assistant::builtin(), night).await;
    assert_eq!((platform.versions().await.len(), platform.mails().await.len()), (1, 1));
    assert_eq!(platform.reviews().await[0].state, ReviewState::NoModel);
}

impl Platform {
    /// A version that is tried, is to go live by itself, and is proven.
    async fn proven() -> Self {
        let platform = Self::new().await;
        let (stage, tried) = (&platform.stage, version("9.0.0"));
        let prompts = stage.store.prompts();
        let content = PromptContent { version: tried.clone(), ..built_in() };
        prompts.create(content, &by(Actor::Operator, 1)).await.unwrap();
        let wanted =
            TrafficChange { challenger: Some(Challenger { version: tried.clone(), percent: 50 }), automatic: true };
        let read = platform.traffic().await.version;
        let test = prompts.change_traffic(SUGGEST, &wanted, read, &by(Actor::Operator, 2)).await.unwrap().value.test;
        for (version, accepted) in [(built_in().version, 400), (tried, 700)] {
            let counts = PromptCounts {
                calls: 1_000,
                suggested: 1_000,
                accepted,
                cost_microdollars: 1_000_000,
                cost_squares: 1_000_000_000,
                ..PromptCounts::default()
            };
            let key = keys::platform().prompt_count(SUGGEST, &PromptUse { version, test }, &stage.tenant.id, 0);
            let mut put = stage.dynamo.put_item().table_name(&stage.table);
            let texts = [("pk", key.pk.to_string()), ("sk", key.sk), ("entity", "prompt_count".to_owned())];
            for (name, value) in texts {
                put = put.item(name, AttributeValue::S(value));
            }
            for (name, count) in counts.named() {
                put = put.item(name, AttributeValue::N(count.to_string()));
            }
            put.send().await.unwrap();
        }
        platform
    }

    /// What the platform's record says of the traffic, the latest first.
    async fn recorded_traffic(&self) -> Vec<AuditEntry> {
        let record = self.stage.store.audit().list(&TenantId::platform(), 100, None).await.unwrap().items;
        record.into_iter().filter(|line| line.subject == "prompt_traffic/suggest").collect()
    }
}

#[tokio::test]
async fn a_proven_version_goes_live_by_night_as_by_command_with_a_line_in_the_record() {
    let (nightly, by_command) = (Platform::proven().await, Platform::proven().await);
    let night = date(2026, 11, 21);
    let before = nightly.recorded_traffic().await.len();
    for _ in 0..2 {
        nightly.night(night).await;
        let command = cli::prompts::Prompts::PromoteProven;
        cli::prompts::run(&by_command.stage.store, command, two(night)).await.unwrap();
    }
    let (one, other) = (nightly.recorded_traffic().await, by_command.recorded_traffic().await);
    assert_eq!((one.len(), other.len()), (before + 1, before + 1), "a line, and no other for the second run");
    assert_eq!((&one[0].actor, &other[0].actor), (&Actor::System, &Actor::Operator));
    let said = |line: &AuditEntry| (line.at, line.action, line.before.clone(), line.after.clone());
    assert_eq!(said(&one[0]), said(&other[0]));
    let traffic = nightly.traffic().await;
    assert_eq!((&traffic, &traffic.value.live), (&by_command.traffic().await, &version("9.0.0")));
}
