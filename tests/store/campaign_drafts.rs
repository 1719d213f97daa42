//! What a campaign says against the table: drafted once, told once, changed over its version, and approved as it was shown.

use ai::Assistant;
use ai_draft_campaign::Drafter;
use aws_sdk_sqs::Client as Sqs;
use connectors::send::email::Sender;
use domain::approvals::{ApprovalId, ApprovalKind};
use domain::campaigns::{
    Campaign, CampaignChange, CampaignState, CampaignText, Capacity, DayCapacity, Moved, Proposal, Proposed, TakeRate,
    WeatherRule,
};
use domain::events::{Event, EventKind};
use domain::failure::Rejection;
use domain::identity::AccountMail;
use domain::ids::CampaignId;
use domain::messaging::Email;
use domain::tenancy::{Language, Tenant};
use domain::{EventId, Failure};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use runtime::queue::Queue;
use serde_json::{Value, from_value, json};
use store::{Trace, Versioned};
use worker_account_mail::AccountMailer;

use crate::appointments::shop;
use crate::inventory::functions::{mails_to, own_address};
use crate::queues::{drain, queue};
use crate::stage::{Stage, trace};

fn monday() -> Timestamp {
    "2026-11-30T17:00:00Z".parse().unwrap()
}

fn today() -> Date {
    date(2026, 11, 30)
}

/// A shop with a campaign that has just begun.
struct Begun {
    stage: Stage,
    tenant: Tenant,
    id: CampaignId,
    drafter: Drafter,
    sqs: Sqs,
    mails: String,
}

impl Begun {
    async fn new() -> Self {
        let (stage, mut tenant) = (Stage::new().await, shop());
        tenant.notify = from_value(json!(["owner@shop.example.com", "desk@shop.example.com"])).unwrap();
        stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
        let rule: WeatherRule = from_value(json!({
            "id": "first-freeze", "name": "First freeze", "condition": "first_freeze", "thresholds": {"low_below_tenths_c": 0},
            "lead_days": 5, "services": [tenant.services[0].id],
        }))
        .unwrap();
        let proposal = Proposal {
            condition: rule.condition,
            rule,
            event: "first-freeze@39.7,-105:2026-27".to_owned(),
            first_day: date(2026, 12, 4),
            last_day: date(2026, 12, 5),
            peak: Some(-30),
            hail_tenths_mm: None,
            location: None,
            place: None,
        };
        let Proposed::New(id) = stage.store.campaigns().propose(&tenant, &proposal, monday()).await.unwrap() else {
            panic!("nothing begins")
        };
        let sqs = Sqs::new(&stage.aws);
        let mails = queue(&sqs, false).await;
        let drafter = Drafter {
            store: stage.cold(),
            assistant: Assistant::builtin(),
            mails: Queue::new(sqs.clone(), mails.clone()),
        };
        Self { stage, tenant, id, drafter, sqs, mails }
    }

    async fn hears(&self, kind: EventKind) {
        let id = EventId::derive(&self.tenant.id, &[kind.name()]);
        let event = Event { id, tenant: self.tenant.id.clone(), at: monday(), correlation_id: "c".to_owned(), kind };
        self.drafter.handle(&event, monday()).await.unwrap();
    }

    async fn read(&self) -> Versioned<Campaign> {
        self.stage.store.campaigns().get(&self.tenant.id, self.id).await.unwrap()
    }

    /// One customer fits, and there is room for them.
    async fn gathered(&self) {
        let campaigns = self.stage.store.campaigns();
        let page = |campaign: &Campaign| {
            let counted = campaign.with_page(0, 1, &[], monday());
            Ok(counted.map(|campaign| Moved { campaign, tells: Vec::new(), later: Vec::new() }))
        };
        campaigns.step(&self.tenant.id, self.id, None, monday(), page).await.unwrap();
        let days = vec![DayCapacity { date: date(2026, 12, 3), free: 4 }];
        let capacity = Capacity { days, keep_free_percent: 20, rate: TakeRate::of_permille(200) };
        let all = |campaign: &Campaign| Ok(campaign.gathered(&capacity, today(), monday()));
        campaigns.step(&self.tenant.id, self.id, None, monday(), all).await.unwrap();
    }

    /// What waits for a yes to this campaign.
    async fn waiting(&self) -> Option<ApprovalId> {
        let approvals = self.stage.store.approvals();
        let page = approvals.list(&self.tenant.id, |_| true, today(), 25, None).await.unwrap();
        let of_campaign = page.items.into_iter().find(|approval| approval.kind == ApprovalKind::SendCampaign);
        of_campaign.map(|approval| approval.id)
    }

    fn by(&self) -> Trace {
        Trace { at: monday(), ..trace() }
    }
}

fn says(body: &str) -> CampaignChange {
    let text = CampaignText { subject: None, body: body.to_owned() };
    CampaignChange { texts: Some([(Language::english(), text)].into()), most_a_day: None }
}

#[tokio::test]
async fn it_is_drafted_once_and_its_people_are_told_once_it_waits() {
    let begun = Begun::new().await;
    let proposed = EventKind::CampaignProposed { campaign: begun.id };
    begun.hears(proposed.clone()).await;
    let drafted = begun.read().await;
    let text = &drafted.value.texts[&begun.tenant.language];
    assert!(text.body.contains("{business}") && text.body.contains("degrees"), "{}", text.body);
    begun.hears(proposed).await;
    assert_eq!(begun.read().await, drafted, "a repeat changes nothing");
    let waits = EventKind::CampaignDrafted { campaign: begun.id, automatic: false };
    begun.hears(waits.clone()).await;
    assert!(drain(&begun.sqs, &begun.mails).await.is_empty(), "it does not wait yet");

    begun.gathered().await;
    assert_eq!(begun.read().await.value.state, CampaignState::Waiting);
    begun.hears(waits).await;
    let mails = drain(&begun.sqs, &begun.mails).await;
    let mut told: Vec<String> = mails
        .iter()
        .map(|mail| {
            let mail: Value = serde_json::from_str(mail.body.as_deref().unwrap()).unwrap();
            assert_eq!(
                (mail["kind"].as_str(), mail["campaign"].as_str()),
                (Some("campaign_waiting"), Some(&*begun.id.to_string()))
            );
            mail["email"].as_str().unwrap().to_owned()
        })
        .collect();
    told.sort_unstable();
    assert_eq!(told, ["desk@shop.example.com", "owner@shop.example.com"]);
    let automatic = EventKind::CampaignDrafted { campaign: begun.id, automatic: true };
    begun.hears(automatic).await;
    assert!(drain(&begun.sqs, &begun.mails).await.is_empty(), "what begins by itself waits for no one");
}

#[tokio::test]
async fn each_of_its_people_gets_one_mail_while_it_waits_however_often_it_is_to_be_sent() {
    let begun = Begun::new().await;
    let (tenant, campaign) = (&begun.tenant.id, begun.id);
    let mailer = AccountMailer {
        store: begun.stage.cold(),
        sender: Sender::new(aws_sdk_sesv2::Client::new(&begun.stage.aws)),
        from: Email::new("house@porchlight.example.com", "from").unwrap(),
        app_url: "https://app.example.com".parse().unwrap(),
    };
    let to = [own_address(), own_address(), own_address()];
    let tell = async |to: &[Email]| {
        for email in to.iter().chain(to) {
            let mail = AccountMail::CampaignWaiting { tenant: tenant.clone(), campaign, email: email.clone() };
            mailer.send(&mail, "c").await.unwrap();
        }
    };
    let mails = || to.each_ref().map(|to| mails_to(&begun.stage, to).len());
    begun.hears(EventKind::CampaignProposed { campaign }).await;
    tell(&to).await;
    assert_eq!(mails(), [0, 0, 0], "it does not wait yet");
    begun.gathered().await;
    tell(&to[..2]).await;
    tell(&to[..2]).await;
    assert_eq!(mails(), [1, 1, 0]);
    let link = format!("https://app.example.com/app/campaigns/{campaign}");
    assert!(mails_to(&begun.stage, &to[0])[0].lines().any(|line| line == link));
    begun.stage.store.campaigns().decline(tenant, campaign, &begun.by()).await.unwrap();
    tell(&to).await;
    assert_eq!(mails(), [1, 1, 0], "it is decided");
}

#[tokio::test]
async fn a_yes_is_to_what_was_shown_and_to_nothing_else() {
    let begun = Begun::new().await;
    begun.hears(EventKind::CampaignProposed { campaign: begun.id }).await;
    begun.gathered().await;
    let (store, tenant, by) = (&begun.stage.store, &begun.tenant, begun.by());
    let Some(ApprovalId::SendCampaign(id, shown)) = begun.waiting().await else { panic!("nothing waits") };
    assert_eq!(id, begun.id);

    let before = begun.read().await;
    let campaigns = store.campaigns();
    let change = says("Hi {name}, {business} here. It freezes on {first_day}.");
    let changed = campaigns.change(tenant, id, change.clone(), before.version, &by).await.unwrap();
    let again = campaigns.change(tenant, id, change, before.version, &by).await.unwrap();
    assert_eq!(again, changed, "the same change sent twice is one change");
    let other = campaigns.change(tenant, id, says("{business}: another one."), before.version, &by).await;
    assert!(matches!(other, Err(Failure::Rejected { kind: Rejection::PreconditionFailed, .. })), "{other:?}");

    let stale = store.approvals().answer_campaign(tenant, (id, shown), true, &by).await;
    let Err(Failure::Rejected { kind: Rejection::Conflict, message, .. }) = stale else { panic!("{stale:?}") };
    assert!(message.contains("changed since you looked"), "{message}");
    assert_eq!(begun.read().await.value.state, CampaignState::Waiting);

    let Some(ApprovalId::SendCampaign(_, now_shown)) = begun.waiting().await else { panic!("nothing waits") };
    assert_ne!(now_shown, shown);
    let approved = store.approvals().answer_campaign(tenant, (id, now_shown), true, &by).await.unwrap();
    assert_eq!((approved.state, approved.decided_by.as_ref()), (CampaignState::Approved, Some(&by.actor)));
    let version = begun.read().await.version;
    store.approvals().answer_campaign(tenant, (id, now_shown), true, &by).await.unwrap();
    assert_eq!((begun.read().await.version, begun.waiting().await), (version, None), "a repeat changes nothing");
    let no = store.approvals().answer_campaign(tenant, (id, now_shown), false, &by).await;
    assert!(matches!(no, Err(Failure::Rejected { kind: Rejection::Conflict, .. })), "{no:?}");
}

#[tokio::test]
async fn a_text_that_the_catalogue_no_longer_bears_is_not_approved() {
    let begun = Begun::new().await;
    begun.hears(EventKind::CampaignProposed { campaign: begun.id }).await;
    begun.gathered().await;
    let (store, by) = (&begun.stage.store, begun.by());
    let version = begun.read().await.version;
    let change = says("{business}: a visit is $350 before it freezes.");
    store.campaigns().change(&begun.tenant, begun.id, change, version, &by).await.unwrap();
    let Some(ApprovalId::SendCampaign(id, shown)) = begun.waiting().await else { panic!("nothing waits") };
    let refused = store.approvals().answer_campaign(&begun.tenant, (id, shown), true, &by).await;
    let mut dearer = begun.tenant.clone();
    dearer.services[0].price = from_value(json!({"from_cents": 35_000})).unwrap();
    assert!(matches!(refused, Err(Failure::Rejected { kind: Rejection::Conflict, .. })), "{refused:?}");
    let approved = store.approvals().answer_campaign(&dearer, (id, shown), true, &by).await.unwrap();
    assert_eq!(approved.state, CampaignState::Approved);
}
