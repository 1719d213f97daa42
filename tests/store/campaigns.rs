//! Campaigns against the table: begun once an event of the weather, for whom it fits, never more a day than the calendar takes, each
//! customer once wherever the worker dies, and what comes of it counted once.

mod season;

use domain::campaigns::{Approver, CampaignState, CampaignText, InviteeState, Proposal, Proposed, WeatherRule};
use domain::events::EventKind;
use domain::identity::Actor;
use domain::ids::AppointmentId;
use domain::messaging::{Channel, DeliveryState};
use domain::tenancy::{Language, TenantStatus};
use domain::{ContactId, Failure};
use jiff::Timestamp;
use jiff::civil::date;
use std::collections::{BTreeMap, BTreeSet};
use store::Trace;

use crate::appointments::{cancel, make};
use crate::mortal::{Death, Life};
use crate::stage::{message, phone, plain, text_of, trace};
use season::{Season, monday, proposal, texts, today};

#[tokio::test]
async fn the_same_weather_begins_one_campaign_whoever_proposes_it_at_the_same_time() {
    let season = Season::begun(1, 9).await;
    let (cold, warm) = (season.stage.cold(), season.store());
    let proposal = proposal("snap-1", date(2026, 12, 3));
    let (one, other) = tokio::join!(
        cold.campaigns().propose(&season.tenant, &proposal, monday()),
        warm.campaigns().propose(&season.tenant, &proposal, monday())
    );
    let (one, other) = (one.unwrap(), other.unwrap());
    let new = [&one, &other].into_iter().filter(|proposed| matches!(proposed, Proposed::New(_))).count();
    assert_eq!(new, 1, "{one:?} {other:?}");
    let id = proposal.campaign_id(&season.tenant);
    assert_eq!(warm.campaigns().propose(&season.tenant, &proposal, monday()).await.unwrap(), Proposed::Known(id));
    assert_eq!(season.told("campaign.proposed").await, 1);
    let listed = warm.campaigns().list(&season.tenant.id, Some(CampaignState::Drafting), 10, None).await.unwrap();
    assert_eq!(listed.items.iter().map(|campaign| campaign.id).collect::<Vec<_>>(), [id]);
    let late = Proposal { event: "snap-0".to_owned(), first_day: today(), ..proposal };
    assert_eq!(warm.campaigns().propose(&season.tenant, &late, monday()).await.unwrap(), Proposed::Nothing("too_late"));
}

#[tokio::test]
async fn whom_it_is_for_is_found_once_and_why_others_are_not() {
    let season = Season::begun(4, 9).await;
    season.change(season.contacts[1], |journey| journey.appointments.clear()).await;
    season.change(season.contacts[2], |journey| journey.consents.clear()).await;
    let id = season.ready("snap-1", date(2026, 12, 3)).await;
    let campaign = season.campaign(id).await;
    assert_eq!((campaign.state, campaign.reach.looked_at, campaign.reach.fits), (CampaignState::Waiting, 4, 2));
    assert_eq!(
        campaign.reach.left_out,
        BTreeMap::from([("never_served".to_owned(), 1), ("not_allowed".to_owned(), 1)])
    );
    let waiting: BTreeSet<ContactId> = season.who_is(id, InviteeState::Waiting).await.into_iter().collect();
    assert_eq!(waiting, BTreeSet::from([season.contacts[0], season.contacts[3]]));
    // Heard again, it is the same.
    let worker = season.worker();
    season.hears(&worker, EventKind::CampaignProposed { campaign: id }, monday()).await.unwrap();
    season.finish(&worker, monday()).await;
    assert_eq!(season.campaign(id).await, campaign);
    season.store().campaigns().set_draft(&season.tenant.id, id, texts(), monday()).await.unwrap();
    assert_eq!(season.told("campaign.drafted").await, 1);
    assert_eq!(campaign.planned(), 2);
}

#[tokio::test]
async fn a_page_is_looked_at_once_however_often_it_is_asked_for_and_whoever_comes_meanwhile() {
    let season = Season::begun(55, 9).await;
    let id = season.propose("snap-1", date(2026, 12, 3)).await;
    let campaigns = season.store().campaigns();
    assert!(campaigns.gather(&season.tenant, id, monday()).await.unwrap(), "there is a second page");
    // Someone comes who is listed before the others; then both records are delivered again.
    season.stage.say(&message("new", &phone(99), 864_000), plain()).await;
    let worker = season.worker();
    for _ in 0..2 {
        season.hears(&worker, EventKind::CampaignProposed { campaign: id }, monday()).await.unwrap();
        season.finish(&worker, monday()).await;
    }
    let reach = season.campaign(id).await.reach;
    assert_eq!((reach.looked_at, reach.fits, reach.pages, reach.complete), (55, 55, 2, true));
    assert_eq!(season.who_is(id, InviteeState::Waiting).await.len(), 55);
}

#[tokio::test]
async fn two_campaigns_at_once_fill_one_calendar() {
    // One visit is left before the weather, for which five are invited, by whichever.
    let season = Season::begun(7, 1).await;
    let id = season.approved("snap-1", date(2026, 12, 1)).await;
    season.day(id, monday()).await;
    assert_eq!(season.messages(id).await.len(), 5);
    let other = season.approved("snap-2", date(2026, 12, 1)).await;
    season.day(other, monday()).await;
    assert_eq!(season.messages(other).await.len(), 0, "the places are kept for the others' answers");
}

#[tokio::test]
async fn a_day_of_a_tenant_that_is_paused_is_made_up_for() {
    let season = Season::begun(1, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    let status = async |status| {
        let before = season.store().tenants().document(&season.tenant.id).await.unwrap();
        let tenant = domain::tenancy::Tenant { status, ..before.value };
        season.store().tenants().save(&tenant, Some(before.version), &trace()).await.unwrap();
    };
    status(TenantStatus::Paused).await;
    let told = season.told("campaign.day_due").await;
    let cold = worker_campaigns::Campaigns { store: season.stage.cold(), ..season.worker() };
    season.hears(&cold, EventKind::CampaignDayDue { campaign: id, day: today() }, monday()).await.unwrap();
    assert_eq!((season.messages(id).await.len(), season.told("campaign.day_due").await), (0, told + 1));
    status(TenantStatus::Active).await;
    season.day(id, monday() + jiff::SignedDuration::from_hours(24)).await;
    assert_eq!(season.messages(id).await.len(), 1);
}

#[tokio::test]
async fn a_day_invites_no_more_than_the_calendar_takes_then_and_the_rest_when_there_is_room() {
    // One visit is left before the weather, for which five are invited.
    let season = Season::begun(7, 1).await;
    let id = season.approved("snap-1", date(2026, 12, 1)).await;
    season.day(id, monday()).await;
    assert_eq!(season.who_is(id, InviteeState::Invited).await.len(), 5);
    assert_eq!(season.messages(id).await.len(), 5);
    // The day comes again, and again: their places are kept.
    season.day(id, monday()).await;
    season.day(id, monday()).await;
    assert_eq!((season.messages(id).await.len(), season.who_is(id, InviteeState::Waiting).await.len()), (5, 2));
    let figures = season.store().campaigns().figures(&season.tenant.id, id).await.unwrap();
    assert_eq!((figures.invited, season.campaign(id).await.state), (5, CampaignState::Sending));
    // Where the calendar is full meanwhile, no one is invited.
    let other = season.approved("snap-2", date(2026, 12, 1)).await;
    let taken =
        make(season.store(), &season.tenant, season.contacts[6], ("x", "2026-12-01T05:00:00Z".parse().unwrap(), false));
    taken.await.unwrap();
    season.day(other, monday()).await;
    assert_eq!(season.messages(other).await.len(), 0);
}

#[tokio::test]
async fn two_workers_at_once_invite_no_one_twice_and_no_more_than_the_day_takes() {
    let season = Season::begun(8, 1).await;
    let id = season.approved("snap-1", date(2026, 12, 1)).await;
    let (one, other) = (season.worker(), season.worker());
    let due = || EventKind::CampaignDayDue { campaign: id, day: today() };
    let both = tokio::join!(season.hears(&one, due(), monday()), season.hears(&other, due(), monday()));
    assert!([&both.0, &both.1].iter().all(|done| !matches!(done, Err(Failure::Permanent(_)))), "{both:?}");
    season.day(id, monday()).await;
    let messages = season.messages(id).await;
    assert_eq!((messages.len(), messages.iter().collect::<BTreeSet<_>>().len()), (5, 5));
}

#[tokio::test]
async fn who_stops_it_stops_the_next_invitation() {
    let season = Season::begun(3, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    let before = season.store().campaigns().get(&season.tenant.id, id).await.unwrap();
    let by = Trace { at: monday(), ..trace() };
    season.store().campaigns().decline(&season.tenant.id, id, &by).await.unwrap();
    // A worker that has read it before invites no one.
    let waiting =
        season.store().campaigns().invitees(&season.tenant.id, id, InviteeState::Waiting, 10, None).await.unwrap();
    let turn = season.store().campaigns().invite(&season.tenant, &before, &waiting.items[0], (today(), 9), monday());
    assert_eq!(turn.await.unwrap(), store::InvitationTurn::Changed);
    season.day(id, monday()).await;
    assert_eq!(season.messages(id).await.len(), 0);
    let refused = season.store().campaigns().approve(&season.tenant, id, &Approver::Rule, &by).await;
    assert!(matches!(refused, Err(Failure::Rejected { .. })), "{refused:?}");
}

#[tokio::test]
async fn who_has_booked_meanwhile_or_refuses_is_left_out_for_a_reason() {
    let season = Season::begun(3, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    season
        .change(season.contacts[0], |journey| {
            let mut next = journey.appointments[0].clone();
            next.id = AppointmentId::derive(&domain::TenantId::new("acme").unwrap(), &["next"]);
            next.state = domain::scheduling::AppointmentState::Booked;
            (next.starts_at, next.ends_at) =
                ("2026-12-02T17:00:00Z".parse().unwrap(), "2026-12-02T18:00:00Z".parse().unwrap());
            journey.appointments.push(next);
        })
        .await;
    season.change(season.contacts[1], |journey| journey.consents[0].granted = false).await;
    season.day(id, monday()).await;
    let figures = season.store().campaigns().figures(&season.tenant.id, id).await.unwrap();
    assert_eq!(figures.invited, 1);
    assert_eq!(figures.held_back, BTreeMap::from([("consent".to_owned(), 1), ("has_visit".to_owned(), 1)]));
    let campaign = season.campaign(id).await;
    assert_eq!((campaign.state, campaign.ended.unwrap().why.as_str()), (CampaignState::Done, "all_invited"));
}

#[tokio::test]
async fn wherever_the_worker_dies_each_is_invited_once() {
    for death in [Death::Before, Death::After] {
        for calls in 0.. {
            // Of its own: other campaigns' invitations keep places, and are read.
            let season = Season::begun(2, 9).await;
            let id = season.approved(&format!("snap-{death:?}-{calls}"), date(2026, 12, 3)).await;
            let life = Life::of(calls, death);
            let due = EventKind::CampaignDayDue { campaign: id, day: today() };
            // What it says is for the queue: whatever failed comes again.
            let _ = season.hears(&season.mortal(&life), due, monday()).await;
            let unharmed = !life.is_over();
            season.day(id, monday()).await;
            let messages = season.messages(id).await;
            let threads: BTreeSet<&String> = messages.iter().collect();
            assert_eq!((messages.len(), threads.len()), (2, 2), "{death:?} at call {calls}");
            let figures = season.store().campaigns().figures(&season.tenant.id, id).await.unwrap();
            assert_eq!(
                (figures.invited, season.campaign(id).await.state),
                (2, CampaignState::Done),
                "{death:?} {calls}"
            );
            if unharmed {
                assert!(calls > 10, "it has more calls than that");
                break;
            }
        }
    }
}

#[tokio::test]
async fn an_answer_and_a_visit_count_once_and_what_is_lost_is_taken_off() {
    let season = Season::begun(2, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    season.day(id, monday()).await;
    let (worker, contact) = (season.worker(), season.contacts[0]);
    let later = |minutes: i64| monday() + jiff::SignedDuration::from_mins(minutes);
    let said = season.stage.say(&message("yes", &phone(1), 864_000 + 18_600), plain()).await;
    let received = EventKind::MessageReceived {
        message: said.messages[0].reference,
        contact,
        channel: Channel::Sms,
        sentiment: None,
        text_consent: None,
    };
    for _ in 0..2 {
        season.hears(&worker, received.clone(), later(10)).await.unwrap();
    }
    let starts_at: Timestamp = "2026-12-02T17:00:00Z".parse().unwrap();
    let made = make(season.store(), &season.tenant, contact, ("visit", starts_at, false)).await.unwrap().value;
    let booked = EventKind::AppointmentBooked {
        contact,
        appointment: made.id,
        starts_at,
        ends_at: made.ends_at,
        service: Some("Roof repair".to_owned()),
        location: None,
    };
    for _ in 0..2 {
        season.hears(&worker, booked.clone(), later(20)).await.unwrap();
    }
    let campaigns = season.stage.cold();
    let figures = async || campaigns.campaigns().figures(&season.tenant.id, id).await.unwrap();
    let told = figures().await;
    assert_eq!((told.answered, told.booked, told.revenue_cents), (1, 1, 35_000));
    let totals = campaigns.campaigns().totals(&season.tenant.id).await.unwrap();
    assert_eq!((totals.invited, totals.booked), (2, 1));
    let by = Trace { at: later(30), ..trace() };
    season.store().appointments().step(&season.tenant.id, made.id, &cancel(), &by).await.unwrap();
    for _ in 0..2 {
        let cancelled = EventKind::AppointmentCancelled { contact, appointment: made.id };
        season.hears(&worker, cancelled, later(30)).await.unwrap();
    }
    let told = figures().await;
    assert_eq!((told.booked, told.lost, told.revenue_cents), (1, 1, 0));
}

#[tokio::test]
async fn an_invitation_that_did_not_leave_is_held_back_and_keeps_no_place() {
    let season = Season::begun(1, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    season.day(id, monday()).await;
    let invitee =
        season.store().campaigns().invitees(&season.tenant.id, id, InviteeState::Invited, 1, None).await.unwrap();
    let reference = invitee.items[0].message.unwrap();
    let mut sent = season.store().deliveries().outgoing(&season.tenant.id, &reference).await.unwrap().unwrap();
    let delivery = sent.delivery.as_mut().unwrap();
    (delivery.state, delivery.verdict) =
        (DeliveryState::Dropped, Some(domain::messaging::Verdict::dropped("They refused").by("suppression")));
    let item: crate::stage::Item = serde_dynamo::to_item(&sent).unwrap();
    let place = keys_of(&season.stage.entities("message").await, &reference.message.to_string());
    let item = item.into_iter().chain(place).collect();
    season.stage.dynamo.put_item().table_name(&season.stage.table).set_item(Some(item)).send().await.unwrap();
    let worker = season.worker();
    for _ in 0..2 {
        let not_sent = EventKind::MessageNotSent {
            message: reference,
            channel: Channel::Sms,
            state: DeliveryState::Dropped,
            reason: "They refused".to_owned(),
        };
        season.hears(&worker, not_sent, monday()).await.unwrap();
    }
    let figures = season.stage.cold().campaigns().figures(&season.tenant.id, id).await.unwrap();
    assert_eq!((figures.invited, figures.not_sent), (1, 1));
    assert_eq!(figures.held_back, BTreeMap::from([("suppression".to_owned(), 1)]));
    let open = season
        .store()
        .campaigns()
        .open(&season.tenant.id, &season.campaign(id).await, today(), monday())
        .await
        .unwrap();
    assert_eq!((open.left, open.unanswered), (0, 0));
}

/// The key and the kind of a message as it is stored.
fn keys_of(messages: &[crate::stage::Item], id: &str) -> Vec<(String, aws_sdk_dynamodb::types::AttributeValue)> {
    let item = messages.iter().find(|item| text_of(item, "sk").ends_with(id)).unwrap();
    ["pk", "sk", "entity"].map(|name| (name.to_owned(), item[name].clone())).to_vec()
}

#[tokio::test]
async fn what_no_one_said_yes_to_is_over_when_the_weather_comes() {
    let season = Season::begun(1, 9).await;
    let id = season.ready("snap-1", date(2026, 12, 3)).await;
    season.day(id, monday()).await;
    assert_eq!(season.campaign(id).await.state, CampaignState::Waiting);
    let late = season.campaign(id).await.useful_until;
    season.day(id, late).await;
    let campaign = season.campaign(id).await;
    assert_eq!((campaign.state, campaign.ended.unwrap().why.as_str()), (CampaignState::Expired, "too_late"));
    assert_eq!(season.told("campaign.finished").await, 1);
}

/// A text that names what a repair costs today.
fn with_price() -> BTreeMap<Language, CampaignText> {
    let body = "Hi {name}, {business} here: it gets cold from {first_day} on. A visit is $350. Reply YES.".to_owned();
    BTreeMap::from([(Language::english(), CampaignText { subject: None, body })])
}

#[tokio::test]
async fn an_automatic_rule_says_yes_by_itself_unless_a_price_in_the_text_is_of_yesterday() {
    let season = Season::begun(2, 9).await;
    let first_day = date(2026, 12, 3);
    let drafted = async |event: &str| {
        let rule = WeatherRule { automatic: true, ..season::rule() };
        let proposal = Proposal { rule, ..proposal(event, first_day) };
        let Proposed::New(id) = season.store().campaigns().propose(&season.tenant, &proposal, monday()).await.unwrap()
        else {
            panic!("nothing begins")
        };
        let worker = season.worker();
        season.hears(&worker, EventKind::CampaignProposed { campaign: id }, monday()).await.unwrap();
        season.finish(&worker, monday()).await;
        season.store().campaigns().set_draft(&season.tenant.id, id, with_price(), monday()).await.unwrap();
        assert_eq!(season.campaign(id).await.state, CampaignState::Waiting);
        id
    };
    let hears = async |id| {
        let told = EventKind::CampaignDrafted { campaign: id, automatic: true };
        for _ in 0..2 {
            season.hears(&season.worker(), told.clone(), monday()).await.unwrap();
        }
        season.campaign(id).await
    };
    let id = drafted("snap-1").await;
    let rows = season.stage.overdue_rows("2027-11-30T17:00:00Z".parse().unwrap(), 50).await;
    let told = rows.iter().flat_map(|row| &row.events).find(|event| event.name() == "campaign.drafted").unwrap();
    assert_eq!(told.json()["data"]["automatic"], true, "what the worker hears");
    let approved = hears(id).await;
    assert_eq!((approved.state, approved.decided_by), (CampaignState::Approved, Some(Actor::System)));
    season.day(id, monday()).await;
    assert_eq!(season.messages(id).await.len(), 2);

    let stale = drafted("snap-2").await;
    let before = season.store().tenants().document(&season.tenant.id).await.unwrap();
    let mut dearer = before.value;
    dearer.services[0].price = serde_json::from_value(serde_json::json!({"from_cents": 36_000})).unwrap();
    season.store().tenants().save(&dearer, Some(before.version), &trace()).await.unwrap();
    let waits = hears(stale).await;
    assert_eq!((waits.state, waits.decided_by), (CampaignState::Waiting, None), "a person reads it first");
    season.day(stale, monday()).await;
    assert_eq!(season.messages(stale).await.len(), 0);
}

#[tokio::test]
async fn who_is_erased_is_in_no_campaign_any_more() {
    let season = Season::begun(1, 9).await;
    let id = season.approved("snap-1", date(2026, 12, 3)).await;
    season.day(id, monday()).await;
    assert_eq!(season.stage.entities("campaign_invitee").await.len(), 1);
    let plan = season.store().rights().contact_plan(&season.tenant.id, season.contacts[0]).await.unwrap().unwrap();
    let mut plan = plan;
    let mut place = Some(store::Place::default());
    while let Some(here) = place {
        place = season.store().rights().erase_contact_page(&season.tenant.id, &mut plan, &here).await.unwrap().1;
    }
    assert_eq!(season.stage.entities("campaign_invitee").await.len(), 0);
    assert_eq!(season.campaign(id).await.reach.fits, 1, "the figures stay");
}
