//! What waits for a yes: listed from the items themselves, answered once, taken back.

use domain::approvals::{ApprovalId, ApprovalKind};
use domain::conversations::{Action, Answer};
use domain::failure::Rejection;
use domain::ids::ImportId;
use domain::leads::import::{Import, ImportState, Mapping};
use domain::leads::{Lead, LeadStatus};
use domain::messaging::{Inbound, Source};
use domain::{ContactId, Failure, TenantId};
use jiff::civil::Date;

use crate::counting::counted;
use crate::stage::{Stage, message, noon, phone, plain, text_of, trace};

const TODAY: Date = Date::constant(2026, 11, 20);

/// What is listed, page by page of two.
async fn waiting(stage: &Stage, tenant: &TenantId) -> Vec<ApprovalId> {
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let page = stage.store.approvals().list(tenant, |_| true, TODAY, 2, cursor.as_deref()).await.unwrap();
        ids.extend(page.items.iter().map(|approval| approval.id));
        cursor = page.cursor;
        if cursor.is_none() {
            return ids;
        }
    }
}

/// Two contacts who came with one number.
async fn pair(stage: &Stage) -> (ContactId, ContactId) {
    let one = stage.say(&message("m1", &phone(1), 0), plain()).await.lead.contact;
    let other = stage.say(&message("m2", &phone(2), 60), plain()).await.lead.contact;
    let form = Inbound { source: Source::WebForm, also: vec![phone(2)], ..message("f1", &phone(1), 120) };
    stage.say(&form, plain()).await;
    (one, other)
}

/// Someone who asks for a time that no calendar books.
async fn asking(stage: &Stage, time: &str, seconds: i64) -> Lead {
    let booking = Answer { action: Action::RequestBooking, requested_time: Some(time.to_owned()), ..plain() };
    stage.say(&message(&format!("b{seconds}"), &phone(7), seconds), booking).await.lead
}

async fn tried(stage: &Stage) -> ImportId {
    let (tenant, id) = (&stage.tenant.id, ImportId::derive(&stage.tenant.id, &["i"]));
    let import = Import::new(id, (Mapping::default(), false), 9, domain::identity::Actor::Operator, noon(0)).unwrap();
    let begun = stage.store.imports().begin(tenant, &import, &trace()).await.unwrap();
    let tried = Import { state: ImportState::Tried, dry_run: true, finished_at: Some(noon(600)), ..import };
    stage.store.imports().save(tenant, &tried, begun.version).await.unwrap().unwrap();
    id
}

/// The question whether the time that `lead` asks for is agreed.
fn asked(lead: &Lead) -> ApprovalId {
    ApprovalId::AgreeVisit(lead.id, lead.asked_time())
}

fn is_refused<T: std::fmt::Debug>(result: Result<T, Failure>, wanted: Rejection) -> bool {
    matches!(&result, Err(Failure::Rejected { kind, .. }) if *kind == wanted)
}

#[tokio::test]
async fn things_of_every_kind_are_in_one_list_newest_first_and_in_no_one_elses() {
    let stage = Stage::new().await;
    let (one, other) = pair(&stage).await;
    let lead = asking(&stage, "Thursday afternoon", 300).await;
    let import = tried(&stage).await;
    let expected = [ApprovalId::ImportContacts(import), asked(&lead), ApprovalId::MergeContacts(one, other)];
    assert_eq!(waiting(&stage, &stage.tenant.id).await, expected);
    let bolt = TenantId::new("bolt").unwrap();
    assert_eq!(waiting(&stage, &bolt).await, []);
    let approvals = stage.store.approvals();
    let foreign = approvals.answer_visit(&bolt, (lead.id, lead.asked_time()), Some(true), &trace()).await;
    assert!(is_refused(foreign, Rejection::NotFound));
    assert!(is_refused(approvals.answer_pair(&bolt, (one, other), true, &trace()).await, Rejection::NotFound));
    // Whoever may see none of it sees none of it, and a cursor of another tenant's is none.
    let unseen = approvals.list(&stage.tenant.id, |_| false, TODAY, 10, None).await.unwrap();
    assert_eq!(unseen.items, []);
    let cursor = approvals.list(&stage.tenant.id, |_| true, TODAY, 1, None).await.unwrap().cursor.unwrap();
    assert!(is_refused(approvals.list(&bolt, |_| true, TODAY, 1, Some(&cursor)).await, Rejection::Invalid));
}

#[tokio::test]
async fn a_pair_is_merged_or_kept_apart_once_and_asked_again_when_that_is_taken_back() {
    let stage = Stage::new().await;
    let (tenant, approvals) = (&stage.tenant.id, stage.store.approvals());
    let (one, other) = pair(&stage).await;
    let id = ApprovalId::MergeContacts(one, other);
    for same in [true, false] {
        assert_eq!(waiting(&stage, tenant).await, [id]);
        for _ in 0..2 {
            approvals.answer_pair(tenant, (one, other), same, &trace()).await.unwrap();
        }
        assert_eq!(waiting(&stage, tenant).await, []);
        let merged = stage.store.contacts().get(tenant, other).await.unwrap().value.entry.id == one;
        assert_eq!(merged, same);
        let turned = approvals.answer_pair(tenant, (one, other), !same, &trace()).await;
        assert!(is_refused(turned, Rejection::Conflict));
        for _ in 0..2 {
            approvals.ask_pair_again(tenant, (one, other), &trace()).await.unwrap();
        }
    }
    let stranger = asking(&stage, "Monday", 900).await.contact;
    let unasked = approvals.answer_pair(tenant, (one, stranger), true, &trace()).await;
    assert!(is_refused(unasked, Rejection::NotFound), "nobody asked whether these two are one");
}

#[tokio::test]
async fn who_went_into_a_third_contact_was_not_merged_with_the_one_that_was_asked_about() {
    let stage = Stage::new().await;
    let (tenant, approvals) = (&stage.tenant.id, stage.store.approvals());
    // Who wrote first goes on.
    let third = asking(&stage, "Monday", 30).await.contact;
    let (one, other) = pair(&stage).await;
    stage.store.people().merge(tenant, third, other, &trace()).await.unwrap();
    for said in [true, false] {
        assert!(is_refused(approvals.answer_pair(tenant, (one, other), said, &trace()).await, Rejection::Conflict));
    }
    assert!(is_refused(approvals.ask_pair_again(tenant, (one, other), &trace()).await, Rejection::Conflict));
    stage.store.people().merge(tenant, one, third, &trace()).await.unwrap();
    approvals.answer_pair(tenant, (one, other), true, &trace()).await.unwrap();
}

#[tokio::test]
async fn an_answer_that_was_taken_back_half_way_is_taken_back_wholly_when_asked_again() {
    let stage = Stage::new().await;
    let (tenant, approvals) = (&stage.tenant.id, stage.store.approvals());
    let (one, other) = pair(&stage).await;
    approvals.answer_pair(tenant, (one, other), true, &trace()).await.unwrap();
    // The call dies once the two are apart, before it is asked again.
    stage.store.people().take_apart(tenant, other, &trace()).await.unwrap();
    assert_eq!(waiting(&stage, tenant).await, []);
    for _ in 0..2 {
        approvals.ask_pair_again(tenant, (one, other), &trace()).await.unwrap();
        assert_eq!(waiting(&stage, tenant).await, [ApprovalId::MergeContacts(one, other)]);
    }
    assert!(stage.store.people().not_duplicates(tenant, one, other, &trace()).await.unwrap());
    assert!(!stage.store.people().not_duplicates(tenant, one, other, &trace()).await.unwrap(), "it is off the list");
}

#[tokio::test]
async fn a_time_is_agreed_once_with_what_follows_and_waits_again_when_another_is_asked_for() {
    let stage = Stage::new().await;
    let (tenant, approvals) = (&stage.tenant.id, stage.store.approvals());
    let lead = asking(&stage, "Thursday afternoon", 300).await;
    let before = stage.entities("outbox").await.len();
    for _ in 0..2 {
        let agreed = approvals.answer_visit(tenant, (lead.id, lead.asked_time()), Some(true), &trace()).await.unwrap();
        assert_eq!(agreed.status, LeadStatus::AppointmentBooked);
    }
    let rows = stage.entities("outbox").await;
    assert_eq!(rows.len(), before + 1, "the journey hears of it once");
    assert!(rows.iter().any(|row| text_of(row, "events").contains("lead.status_changed")));
    assert_eq!(waiting(&stage, tenant).await, []);
    assert!(is_refused(
        approvals.answer_visit(tenant, (lead.id, lead.asked_time()), Some(false), &trace()).await,
        Rejection::Conflict
    ));
    let back = approvals.answer_visit(tenant, (lead.id, lead.asked_time()), None, &trace()).await.unwrap();
    assert_eq!((back.status, back.visit_answer), (lead.status, None));
    assert_eq!(waiting(&stage, tenant).await, [asked(&lead)]);
    approvals.answer_visit(tenant, (lead.id, lead.asked_time()), Some(false), &trace()).await.unwrap();
    assert_eq!(waiting(&stage, tenant).await, []);
    let stale = asking(&stage, "Friday morning", 600).await;
    assert_eq!(waiting(&stage, tenant).await, [asked(&stale)], "another time is another question");
    for shown in [lead.asked_time(), None] {
        for said in [Some(true), Some(false), None] {
            let answer = approvals.answer_visit(tenant, (lead.id, shown), said, &trace()).await;
            assert!(is_refused(answer, Rejection::Conflict), "{said:?} was said to another time");
        }
    }
    let lines = stage.store.audit().list(tenant, 100, None).await.unwrap().items;
    let changes = lines.iter().filter(|line| line.subject == format!("lead/{}", lead.id)).count();
    assert_eq!(changes, 3, "a yes, its undoing, a no");
}

#[tokio::test]
async fn what_waits_says_what_it_is_about() {
    let stage = Stage::new().await;
    pair(&stage).await;
    asking(&stage, "Thursday afternoon", 300).await;
    tried(&stage).await;
    let page = stage.store.approvals().list(&stage.tenant.id, |_| true, TODAY, 10, None).await.unwrap();
    let kinds: Vec<(ApprovalKind, bool)> = page.items.iter().map(|item| (item.kind, item.can_undo)).collect();
    let expected =
        [(ApprovalKind::ImportContacts, false), (ApprovalKind::AgreeVisit, true), (ApprovalKind::MergeContacts, true)];
    assert_eq!(kinds, expected);
    let shown = serde_json::to_value(&page.items).unwrap();
    assert_eq!(shown[0]["subject"]["import"]["state"], "tried");
    assert_eq!(shown[1]["subject"]["lead"]["requested_time"], "Thursday afternoon");
    assert_ne!(shown[2]["subject"]["pair"]["first"]["id"], shown[2]["subject"]["pair"]["second"]["id"]);
}

#[tokio::test]
async fn the_list_takes_two_calls_however_many_leads_wait_for_nothing() {
    let stage = Stage::new().await;
    pair(&stage).await;
    for number in 10..40 {
        stage.say(&message(&format!("n{number}"), &phone(number), number.into()), plain()).await;
    }
    let lead = asking(&stage, "Thursday afternoon", 300).await;
    let (store, calls) = counted(&stage);
    calls.take();
    let page = store.approvals().list(&stage.tenant.id, |_| true, TODAY, 25, None).await.unwrap();
    assert_eq!(page.items.len(), 2);
    assert_eq!((page.items[0].id, page.cursor), (asked(&lead), None));
    assert_eq!(calls.take(), ["Query", "BatchGetItem"]);
}
