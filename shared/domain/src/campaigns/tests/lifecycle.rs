//! How a campaign goes on, and what it refuses.

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

use super::super::samples::{campaign, monday, proposal, shop, today};
use crate::Failure;
use crate::campaigns::{
    Approver, Campaign, CampaignState, CampaignText, Capacity, DayCapacity, LeftOut, Moved, Open, TakeRate,
};
use crate::failure::Rejection;
use crate::identity::Actor;
use crate::tenancy::Language;

fn texts(body: &str) -> BTreeMap<Language, CampaignText> {
    BTreeMap::from([(Language::english(), CampaignText { subject: None, body: body.to_owned() })])
}

fn room(free: u32) -> Capacity {
    let days = [13, 14, 15].map(|day| DayCapacity { date: date(2026, 7, day), free });
    Capacity { days: days.to_vec(), keep_free_percent: 20, rate: TakeRate::of_permille(200) }
}

/// One whom thirty customers fit.
fn counted() -> Campaign {
    campaign(&shop()).with_page(0, 30, &[LeftOut::ServedLately, LeftOut::Refused], monday()).unwrap()
}

fn waiting() -> Campaign {
    let gathered = counted().gathered(&room(2), today(), monday()).unwrap().campaign;
    gathered.drafted(texts("Hi {name}"), monday()).unwrap().unwrap().campaign
}

fn approved() -> Campaign {
    waiting().approved(&Approver::Rule, today(), monday()).unwrap().unwrap().campaign
}

fn names(moved: &Moved) -> Vec<&'static str> {
    moved.tells.iter().chain(moved.later.iter().map(|(_, kind)| kind)).map(crate::events::EventKind::name).collect()
}

fn begins(day: Date) -> Timestamp {
    shop().time_zone().to_timestamp(day.at(9, 0, 0, 0)).unwrap()
}

fn is_conflict<T: std::fmt::Debug>(result: &Result<T, Failure>) -> bool {
    matches!(result, Err(Failure::Rejected { kind: Rejection::Conflict, .. }))
}

#[test]
fn it_waits_for_a_yes_once_whom_it_is_for_and_what_it_says_are_there_in_whichever_order() {
    let (first, second) = (waiting(), {
        let drafted = counted().drafted(texts("Hi {name}"), monday()).unwrap().unwrap();
        assert!(drafted.tells.is_empty());
        drafted.campaign.gathered(&room(2), today(), monday()).unwrap()
    });
    assert_eq!((first.state, names(&second)), (CampaignState::Waiting, vec!["campaign.drafted"]));
    assert_eq!(first, second.campaign);
    assert_eq!((first.reach.fits, first.reach.looked_at, first.reach.left_out["refused"]), (30, 32, 1));
    // One visit of two is for who is invited (a fifth of two is kept, rounded), and five are invited for it: 15 on three days.
    assert_eq!((first.planned(), first.take_rate_permille), (15, 200));
    assert_eq!(first.suggestions.len(), 2);
}

#[test]
fn a_page_is_counted_once_and_nothing_after_the_last() {
    let campaign = counted();
    assert_eq!(campaign.with_page(0, 30, &[], monday()), None, "again");
    assert_eq!(campaign.with_page(2, 30, &[], monday()), None, "out of order");
    assert_eq!(campaign.with_page(1, 3, &[], monday()).unwrap().reach.fits, 33);
    assert_eq!(waiting().with_page(1, 3, &[], monday()), None);
}

#[test]
fn one_for_no_one_ends_and_a_repeat_of_any_step_gives_nothing() {
    let empty = campaign(&shop()).with_page(0, 0, &[LeftOut::Refused], monday()).unwrap();
    let moved = empty.gathered(&room(2), today(), monday()).unwrap();
    assert_eq!((moved.campaign.state, names(&moved)), (CampaignState::Failed, vec!["campaign.finished"]));
    assert_eq!(waiting().gathered(&room(2), today(), monday()), None);
    assert_eq!(waiting().drafted(texts("Other"), monday()), Ok(None), "a text that is there stays");
    assert_eq!(waiting().edited(texts("Hi {name}"), monday()), Ok(None));
    assert_eq!(approved().approved(&Approver::Rule, today(), monday()), Ok(None));
    let declined = waiting().declined(&Actor::Operator, monday()).unwrap().unwrap().campaign;
    assert_eq!(declined.declined(&Actor::Operator, monday()), Ok(None));
}

#[test]
fn a_yes_is_told_at_once_and_refused_where_it_cannot_be() {
    let moved = waiting().approved(&Approver::Actor(Actor::Operator), today(), monday()).unwrap().unwrap();
    assert_eq!(names(&moved), ["campaign.approved", "campaign.day_due"]);
    assert_eq!(moved.campaign.decided_by, Some(Actor::Operator));
    assert!(is_conflict(&counted().approved(&Approver::Rule, today(), monday())), "it is not ready");
    let declined = waiting().declined(&Actor::Operator, monday()).unwrap().unwrap().campaign;
    assert!(is_conflict(&declined.approved(&Approver::Rule, today(), monday())));
    let late = waiting().useful_until;
    assert!(is_conflict(&waiting().approved(&Approver::Rule, today(), late)));
    let text = approved().edited(texts("Other"), monday());
    assert!(is_conflict(&text), "what was said yes to stays: {text:?}");
    assert_eq!(waiting().edited(texts("Other"), monday()).unwrap().unwrap().campaign.texts, texts("Other"));
    assert!(waiting().edited(texts("Hi {amount}"), monday()).is_err());
}

#[test]
fn a_day_is_planned_by_what_there_is_room_for_then_and_the_next_one_comes_at_nine() {
    let open = Open { left: 30, invited_today: 0, unanswered: 0 };
    let moved = approved().day_begun(&open, &room(2), today(), begins, monday()).unwrap();
    assert_eq!((moved.campaign.state, moved.campaign.portion(today())), (CampaignState::Sending, 15));
    assert_eq!((names(&moved), moved.later[0].0), (vec!["campaign.day_due"], begins(date(2026, 7, 14))));
    // Heard again after some were invited: they keep their places, and the day's portion stays what it was.
    let again = Open { left: 20, invited_today: 10, unanswered: 10 };
    let again = moved.campaign.day_begun(&again, &room(2), today(), begins, monday()).unwrap();
    assert_eq!(again.campaign.portion(today()), 15);
    // Meanwhile others have booked all.
    let full = moved.campaign.day_begun(&open, &room(0), today(), begins, monday()).unwrap();
    assert_eq!((full.campaign.portion(today()), full.campaign.state), (0, CampaignState::Sending));
}

#[test]
fn it_is_over_when_all_had_their_turn_or_no_day_is_left_or_no_one_said_yes() {
    let open = Open { left: 30, invited_today: 0, unanswered: 0 };
    let end = |campaign: &Campaign, open: &Open, now| {
        let moved = campaign.day_begun(open, &room(2), today(), begins, now).unwrap();
        (moved.campaign.state, moved.campaign.ended.unwrap().why)
    };
    let none = Open { left: 0, ..open };
    assert_eq!(end(&approved(), &none, monday()), (CampaignState::Done, "all_invited".to_owned()));
    let late = waiting().useful_until + SignedDuration::from_secs(1);
    assert_eq!(end(&approved(), &open, late), (CampaignState::Done, "no_time_left".to_owned()));
    assert_eq!(end(&waiting(), &open, late), (CampaignState::Expired, "too_late".to_owned()));
    assert_eq!(waiting().day_begun(&open, &room(2), today(), begins, monday()), None, "it still waits");
    let stopped = approved().declined(&Actor::Operator, monday()).unwrap().unwrap().campaign;
    assert_eq!((stopped.state, stopped.ended.clone().unwrap().why.as_str()), (CampaignState::Declined, "stopped"));
    assert_eq!(stopped.day_begun(&open, &room(2), today(), begins, monday()), None);
    assert!(is_conflict(&end_of_done().declined(&Actor::Operator, monday())));
}

fn end_of_done() -> Campaign {
    approved().all_invited(monday()).unwrap().campaign
}

#[test]
fn the_same_weather_is_the_same_campaign() {
    let tenant = shop();
    let later = crate::campaigns::Proposal { first_day: date(2026, 7, 17), peak: Some(401), ..proposal() };
    assert_eq!(later.campaign_id(&tenant), campaign(&tenant).id);
    let other = crate::campaigns::Proposal { event: "heat-wave@39.7,-105:2026-08-02".to_owned(), ..proposal() };
    assert_ne!(other.campaign_id(&tenant), campaign(&tenant).id);
}

#[test]
fn an_invitation_of_a_campaign_that_was_stopped_does_not_leave() {
    let stopped = approved().declined(&Actor::Operator, monday()).unwrap().unwrap().campaign;
    let verdict = stopped.called_off().unwrap();
    assert_eq!((verdict.as_str(), verdict.rule()), ("dropped", Some("campaign_over")));
    let in_state = |state| Campaign { state, ..waiting() };
    assert!(in_state(CampaignState::Expired).called_off().is_some());
    for goes_on in [CampaignState::Approved, CampaignState::Sending, CampaignState::Done] {
        assert_eq!(in_state(goes_on).called_off(), None, "{goes_on:?}");
    }
}

#[test]
fn a_day_of_a_tenant_that_is_paused_is_passed_over_and_the_next_one_comes() {
    let moved = approved().day_passed_over(today(), begins, monday()).unwrap();
    assert_eq!((moved.campaign.state, names(&moved)), (CampaignState::Approved, vec!["campaign.day_due"]));
    assert_eq!((moved.later[0].0, moved.campaign.planned()), (begins(date(2026, 7, 14)), approved().planned()));
    let late = waiting().useful_until;
    let ended = |campaign: Campaign| {
        let moved = campaign.day_passed_over(today(), begins, late).unwrap();
        (moved.campaign.state, moved.campaign.ended.unwrap().why, moved.later.len())
    };
    assert_eq!(ended(waiting()), (CampaignState::Expired, "too_late".to_owned(), 0));
    assert_eq!(ended(approved()), (CampaignState::Done, "no_time_left".to_owned(), 0));
    assert_eq!(waiting().day_passed_over(today(), begins, monday()), None, "it waits for a yes");
    assert_eq!(end_of_done().day_passed_over(today(), begins, late), None);
}

#[test]
fn places_are_kept_for_who_may_still_answer_wherever_the_campaign_stands() {
    let hours = |hours| monday() + SignedDuration::from_hours(hours);
    assert!(approved().keeps_places(hours(500)) && !waiting().keeps_places(monday()));
    assert!(end_of_done().keeps_places(hours(47)) && !end_of_done().keeps_places(hours(48)));
    let at = |location: Option<&str>| Campaign {
        location: location.map(|id| crate::ids::LocationId::new(id).unwrap()),
        ..waiting()
    };
    assert!(at(Some("golden")).shares_places(&at(Some("golden"))) && at(None).shares_places(&at(Some("golden"))));
    assert!(!at(Some("golden")).shares_places(&at(Some("lakewood"))));
}

#[test]
fn while_it_goes_out_it_expects_no_fewer_bookings_than_it_was_planned_with() {
    let permille = |campaign: &Campaign, learned| campaign.rate(TakeRate::of_permille(learned)).permille();
    assert_eq!((permille(&approved(), 120), permille(&approved(), 350)), (200, 350));
    assert_eq!(permille(&waiting(), 120), 120, "what was not said yes to is planned by what is known now");
}
