//! Questions that the data does not answer: kept once with their turn, suggested once a week, decided once, and gone with who asked.

use cron_knowledge_gaps::KnowledgeGaps;
use domain::approvals::ApprovalId;
use domain::conversations::{Action, Answer};
use domain::failure::Rejection;
use domain::identity::Actor;
use domain::ids::{AccountId, GapId};
use domain::knowledge::gaps::{Gap, GapState};
use domain::messaging::{Amendment, Content, Inbound};
use domain::rights::{DataJobStatus, DataWork};
use domain::tenancy::Tenant;
use domain::tenancy::tenant_jobs::TenantJob;
use domain::turns::Outcome;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use jiff::civil::date;
use runtime::queue::Queue;
use store::{Commit, Trace, Worded};
use worker_tenant_jobs::TenantJobs;

use crate::queues::{drain, queue};
use crate::rights::scene::{Scene, contact_of, id};
use crate::stage::{Stage, chat, message, noon, phone, plain, text_of, trace};

const WEEK: &str = "2026-W48";

/// What is left to the team.
fn left() -> Answer {
    Answer { action: Action::AskTeam, ..plain() }
}

fn asks(number: u32, text: &str, seconds: i64) -> Inbound {
    let content = Content::Text { text: text.to_owned() };
    Inbound { content, ..message(&format!("{number}-{seconds}"), &phone(number), seconds) }
}

async fn ask(stage: &Stage, number: u32, text: &str, seconds: i64) -> Outcome {
    stage.say(&asks(number, text, seconds), left()).await
}

/// Three people, two of whom ask the same.
async fn asked(stage: &Stage) -> [Outcome; 3] {
    [
        ask(stage, 1, "Do you install solar panels on tiles?", 0).await,
        ask(stage, 2, "Can you install solar panels?", 60).await,
        ask(stage, 3, "Is the office haunted?", 120).await,
    ]
}

async fn tenant(stage: &Stage) -> Tenant {
    stage.store.tenants().document(&stage.tenant.id).await.unwrap().value
}

async fn suggest(stage: &Stage, week: &str, now: Timestamp) -> Option<usize> {
    stage.store.gaps().suggest(&tenant(stage).await, week, now).await.unwrap()
}

async fn waiting(stage: &Stage) -> Vec<Gap> {
    stage.store.gaps().waiting(&stage.tenant.id, noon(900)).await.unwrap()
}

async fn approvals(stage: &Stage) -> Vec<ApprovalId> {
    let today = date(2026, 11, 20);
    let page = stage.store.approvals().list(&stage.tenant.id, |_| true, today, 20, None).await.unwrap();
    page.items.iter().map(|approval| approval.id).collect()
}

fn is_refused<T: std::fmt::Debug>(result: Result<T, Failure>, wanted: Rejection) -> bool {
    matches!(&result, Err(Failure::Rejected { kind, .. }) if *kind == wanted)
}

#[tokio::test]
async fn a_question_is_kept_once_with_its_turn_and_goes_when_it_is_taken_back() {
    let stage = Stage::new().await;
    let inbound = asks(1, "Do you install solar panels?", 0);
    let outcome = stage.decide(&inbound, left()).await.unwrap();
    assert_eq!(stage.commit(&outcome).await, Commit::Stored);
    assert_eq!(stage.commit(&outcome).await, Commit::Duplicate);
    let kept = stage.entities("unanswered_question").await;
    assert_eq!(kept.len(), 1);
    assert_eq!(text_of(&kept[0], "text"), "Do you install solar panels?");
    assert_eq!(kept[0]["expires_at"].as_n().unwrap(), &noon(90 * 24 * 3600).as_second().to_string());
    // What was answered is not kept.
    stage.say(&asks(1, "Do you install windows?", 60), plain()).await;
    assert_eq!(stage.entities("unanswered_question").await.len(), 1);
    let amend = async |amendment| {
        stage.store.conversations().amend(&stage.tenant.id, outcome.inbound, &amendment, noon(90)).await.unwrap()
    };
    assert!(amend(Amendment::Deleted { at: noon(90) }).await);
    assert_eq!(stage.entities("unanswered_question").await.len(), 0);
    assert!(amend(Amendment::Deleted { at: noon(90) }).await, "again is the same");
}

#[tokio::test]
async fn a_week_is_suggested_once_and_the_next_one_renews_what_waits() {
    let stage = Stage::new().await;
    asked(&stage).await;
    assert_eq!(suggest(&stage, WEEK, noon(900)).await, Some(1));
    let first = waiting(&stage).await;
    assert_eq!((first[0].times, first[0].askers, first[0].draft.as_deref()), (2, 2, None));
    assert!(first[0].question.contains("solar panels"), "{}", first[0].question);
    assert_eq!(approvals(&stage).await, [ApprovalId::AddFaq(first[0].id)]);

    ask(&stage, 4, "could you install solar panels?", 1_000).await;
    assert_eq!(suggest(&stage, WEEK, noon(1_100)).await, None, "that week is done");
    assert_eq!(waiting(&stage).await, first);
    assert_eq!(suggest(&stage, "2026-W49", noon(1_200)).await, Some(1));
    let second = waiting(&stage).await;
    assert_eq!((second[0].id, second[0].times, second[0].since), (first[0].id, 3, first[0].since));
    assert_eq!(stage.entities("knowledge_gap").await.len(), 1);
    // Two runs at the same moment: one of them makes it.
    let (one, other) = (tenant(&stage).await, tenant(&stage).await);
    let (cold, warm) = (stage.cold(), &stage.store);
    let both = tokio::join!(
        cold.gaps().suggest(&one, "2026-W50", noon(1_300)),
        warm.gaps().suggest(&other, "2026-W50", noon(1_300))
    );
    let made = [both.0, both.1].into_iter().filter(|made| matches!(made, Ok(Some(_)))).count();
    assert_eq!(made, 1);
}

#[tokio::test]
async fn one_person_who_was_two_contacts_is_one_asker() {
    let stage = Stage::new().await;
    let [one, other, _] = asked(&stage).await;
    let (one, other) = (one.lead.contact, other.lead.contact);
    stage.store.people().merge(&stage.tenant.id, one, other, &trace()).await.unwrap();
    assert_eq!(suggest(&stage, WEEK, noon(900)).await, Some(0));
}

#[tokio::test]
async fn what_staff_answered_is_the_draft() {
    let stage = Stage::new().await;
    ask(&stage, 1, "Do you install solar panels on tiles?", 0).await;
    // Staff can answer in the chat of a business that has no account for SMS.
    let content = Content::Text { text: "Can you install solar panels?".to_owned() };
    let second = stage.say(&Inbound { content, ..message("c1", &chat("s-1"), 60) }, left()).await;
    let ana = Actor::Person { account: AccountId::derive(&TenantId::platform(), &["ana"]), session: None };
    let by = Trace { actor: ana, at: noon(300), ..trace() };
    let said = "Yes, we install solar panels with a partner. For you that would be $12,400.";
    stage.store.conversations().reply(&stage.tenant, second.thread.id, said, "one", &by).await.unwrap();
    assert_eq!(suggest(&stage, WEEK, noon(900)).await, Some(1));
    let draft = waiting(&stage).await.remove(0).draft;
    assert_eq!(draft.as_deref(), Some("Yes, we install solar panels with a partner."));
}

#[tokio::test]
async fn a_suggestion_is_added_once_with_the_words_of_those_who_asked() {
    let stage = Stage::new().await;
    let (own, gaps) = (&stage.tenant.id, stage.store.gaps());
    asked(&stage).await;
    suggest(&stage, WEEK, noon(900)).await;
    let id = waiting(&stage).await[0].id;
    assert!(is_refused(gaps.add(own, id, Worded::AsSuggested, &trace()).await, Rejection::Conflict), "it has no draft");
    let empty = Worded::As { question: "Solar?", answer: " " };
    assert!(is_refused(gaps.add(own, id, empty, &trace()).await, Rejection::Invalid));
    let bolt = TenantId::new("bolt").unwrap();
    let worded = Worded::As { question: "Do you do solar?", answer: "Yes, with a partner." };
    assert!(is_refused(gaps.add(&bolt, id, worded, &trace()).await, Rejection::NotFound));

    let audited = stage.entities("audit").await.len();
    for _ in 0..2 {
        assert_eq!(gaps.add(own, id, worded, &trace()).await.unwrap().state, GapState::Added);
    }
    let faqs = tenant(&stage).await.faqs;
    assert_eq!(faqs.len(), 1, "{faqs:?}");
    assert_eq!((faqs[0].question.as_str(), faqs[0].answer.as_str()), ("Do you do solar?", "Yes, with a partner."));
    assert!(!faqs[0].keywords.is_empty());
    assert_eq!(stage.entities("audit").await.len(), audited + 2, "the settings and the decision");
    assert_eq!((waiting(&stage).await, approvals(&stage).await), (vec![], vec![]));
    let kept = stage.entities("knowledge_gap").await.remove(0);
    assert_eq!(text_of(&kept, "question"), "", "what was decided quotes no one");
    assert!(!kept.contains_key("pending_pk") && !kept.contains_key("expires_at"));
    assert!(is_refused(gaps.dismiss(own, id, &trace()).await, Rejection::Conflict));
    // They are answered now: nothing is suggested again.
    ask(&stage, 5, "do you install solar panels", 2_000).await;
    assert_eq!(suggest(&stage, "2026-W49", noon(2_100)).await, Some(0));
}

#[tokio::test]
async fn what_was_dismissed_is_not_suggested_again() {
    let stage = Stage::new().await;
    let (own, gaps) = (&stage.tenant.id, stage.store.gaps());
    asked(&stage).await;
    suggest(&stage, WEEK, noon(900)).await;
    let id = waiting(&stage).await[0].id;
    for _ in 0..2 {
        assert_eq!(gaps.dismiss(own, id, &trace()).await.unwrap().state, GapState::Dismissed);
    }
    assert!(is_refused(gaps.add(own, id, Worded::AsSuggested, &trace()).await, Rejection::Conflict));
    assert!(is_refused(gaps.dismiss(own, GapId::derive(own, &["none"]), &trace()).await, Rejection::NotFound));
    assert_eq!(approvals(&stage).await, []);
    ask(&stage, 6, "Do you put solar panels on roofs?", 2_000).await;
    ask(&stage, 7, "do you do solar panels", 2_060).await;
    assert_eq!(suggest(&stage, "2026-W49", noon(2_100)).await, Some(0));
    assert_eq!(tenant(&stage).await.faqs, stage.tenant.faqs);
}

#[tokio::test]
async fn an_erasure_takes_the_questions_and_what_quotes_them() {
    let scene = Scene::new().await;
    scene.furnish("acme").await;
    let stage = &scene.stage;
    let [ana, bo, _] = asked(stage).await;
    ask(stage, 3, "Could you install solar panels on a barn?", 180).await;
    assert_eq!(suggest(stage, WEEK, noon(900)).await, Some(1));
    assert_eq!(waiting(stage).await[0].askers, 3);
    let (ana, own) = (contact_of(&ana), id("acme"));
    let (_, step) = scene.begin("acme", "erase", DataWork::EraseContact { contact: ana }).await;
    assert_eq!(scene.finish(step).await.status, DataJobStatus::Done);
    assert_eq!(stage.entities("knowledge_gap").await.len(), 0, "it quoted her");
    let left = stage.entities("unanswered_question").await;
    assert!(left.iter().all(|item| text_of(item, "contact") != ana.to_string()), "{left:?}");
    // The next week makes it of those who are left.
    let gaps = stage.store.gaps();
    assert_eq!(gaps.suggest(&tenant(stage).await, "2026-W49", noon(2_000)).await.unwrap(), Some(1));
    let again = gaps.waiting(&own, noon(2_000)).await.unwrap();
    assert!(again[0].contacts.contains(&contact_of(&bo)) && !again[0].contacts.contains(&ana));
}

#[tokio::test]
async fn every_business_is_asked_and_each_makes_its_week_on_its_own_monday() {
    let stage = Stage::new().await;
    asked(&stage).await;
    let sqs = aws_sdk_sqs::Client::new(&stage.aws);
    let url = queue(&sqs, false).await;
    let cron = KnowledgeGaps { store: stage.store.clone(), queue: Queue::new(sqs.clone(), url.clone()) };
    let at = |text: &str| text.parse::<Timestamp>().unwrap();
    assert_eq!(cron.ask(at("2026-11-22T06:10:00Z")).await.unwrap(), 0, "it is Monday nowhere");
    assert_eq!(cron.ask(at("2026-11-23T12:10:00Z")).await.unwrap(), 1);
    let jobs = drain(&sqs, &url).await;
    let job: TenantJob = serde_json::from_str(jobs[0].body.as_deref().unwrap()).unwrap();
    assert_eq!(job, TenantJob::KnowledgeGaps { tenant: stage.tenant.id.clone() });
    let worker = TenantJobs { store: stage.store.clone(), queue: Queue::new(sqs, url) };
    let monday = tenant(&stage).await.time_zone();
    // Three o'clock on Monday where the business is, then five o'clock twice.
    let local = |hour| date(2026, 11, 23).at(hour, 10, 0, 0).to_zoned(monday.clone()).unwrap().timestamp();
    worker.perform(&job, local(3)).await.unwrap();
    assert_eq!(stage.entities("knowledge_gap").await.len(), 0);
    for _ in 0..2 {
        worker.perform(&job, local(5)).await.unwrap();
    }
    assert_eq!(stage.entities("knowledge_gap").await.len(), 1);
    assert_eq!(stage.entities("knowledge_week").await.len(), 1);
    let gone = TenantJob::KnowledgeGaps { tenant: TenantId::new("nobody").unwrap() };
    worker.perform(&gone, local(5)).await.unwrap();
}
