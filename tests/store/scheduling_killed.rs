//! What is done to a calendar, killed at each of its calls, before it left and after it was carried out: a second try leaves what an
//! unharmed first one does, and no one is booked twice.

use aws_config::SdkConfig;
use aws_sdk_sqs::Client as Sqs;
use domain::ids::AppointmentId;
use domain::scheduling::{
    Booking, BookingState, CLAIM, CalendarDay, CalendarKind, DayOwner, FreedTime, Place, Span, Step,
};
use domain::tenancy::Tenant;
use domain::{ContactId, Failure};
use jiff::Timestamp;
use runtime::queue::{Queue, Work};
use std::collections::BTreeMap;
use store::{Store, Trace};
use weather::Point;
use worker_waitlist::Waitlist;

use crate::appointments::{cancel, hour, make, opened};
use crate::mortal::{Death, Life, survives};
use crate::queues::queue;
use crate::scheduler_calendars::Connected;
use crate::stage::{Stage, noon, trace};
use crate::travel::{self, going_out};
use crate::waitlist::{MORNING, Waiting};

type Shop = (Tenant, ContactId);

/// A shop with two people, of whom one has a visit at 30, held or booked.
async fn visited(held: bool) -> (Stage, Shop) {
    let (stage, tenant, contact) = opened(&["ana", "ben"]).await;
    make(&stage.store, &tenant, contact, ("x", hour(30), held)).await.unwrap();
    (stage, (tenant, contact))
}

fn store(stage: &Stage, aws: &SdkConfig) -> Store {
    Store::new(aws, stage.table.clone())
}

/// The days of the people, of which none is booked twice.
async fn days(stage: &Stage) -> Vec<CalendarDay> {
    let days = stage.entities("calendar day").await;
    let mut days: Vec<CalendarDay> = days.into_iter().map(|day| serde_dynamo::from_item(day).unwrap()).collect();
    days.retain(|day| matches!(day.key.owner, DayOwner::Resource(_)));
    days.sort_by(|one, other| one.key.cmp(&other.key));
    for day in &days {
        let mut taken: Vec<_> = day.entries.values().map(|entry| (entry.from, entry.to)).collect();
        taken.sort();
        assert!(taken.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{day:?}");
    }
    assert!(!days.is_empty());
    days
}

/// How often others are told of something.
async fn told(stage: &Stage, name: &str) -> usize {
    let rows = stage.overdue_rows(hour(1_000), 50).await;
    rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == name).count()
}

async fn step(stage: &Stage, (tenant, _): &Shop, aws: &SdkConfig, step: &Step) -> Result<(), Failure> {
    let id = AppointmentId::derive(&tenant.id, &["x"]);
    let by = Trace { at: noon(60), ..trace() };
    store(stage, aws).appointments().step(&tenant.id, id, step, &by).await.map(drop)
}

async fn only_booking(stage: &Stage) -> Booking {
    let mut bookings = stage.entities("booking").await;
    assert_eq!(bookings.len(), 1);
    serde_dynamo::from_item(bookings.remove(0)).unwrap()
}

#[tokio::test]
async fn a_booking_beside_another() {
    let stage = survives(
        3,
        async || visited(false).await,
        async |stage, (tenant, contact), aws| {
            make(&store(stage, aws), tenant, *contact, ("y", hour(30), false)).await.map(drop)
        },
    );
    let stage = stage.await;
    assert_eq!((days(&stage).await.len(), told(&stage, "appointment.booked").await), (2, 2));
}

#[tokio::test]
async fn another_time() {
    let stage = survives(
        4,
        async || visited(false).await,
        async |stage, (tenant, _), aws| {
            let (id, by) = (AppointmentId::derive(&tenant.id, &["x"]), Trace { at: noon(60), ..trace() });
            store(stage, aws).appointments().move_to(tenant, id, hour(54), &[], &by).await.map(drop)
        },
    );
    let stage = stage.await;
    assert_eq!(only_booking(&stage).await.starts_at, hour(54));
    let taken = days(&stage).await.iter().map(|day| day.entries.len()).sum::<usize>();
    assert_eq!((taken, told(&stage, "appointment.rescheduled").await), (1, 1));
}

#[tokio::test]
async fn a_hold_that_is_booked() {
    let stage =
        survives(3, async || visited(true).await, async |stage, shop, aws| step(stage, shop, aws, &Step::Book).await);
    let stage = stage.await;
    assert_eq!(only_booking(&stage).await.state, BookingState::Booked);
    assert_eq!((days(&stage).await.len(), told(&stage, "appointment.booked").await), (1, 1));
}

#[tokio::test]
async fn a_cancellation() {
    let stage =
        survives(2, async || visited(false).await, async |stage, shop, aws| step(stage, shop, aws, &cancel()).await);
    let stage = stage.await;
    let taken = days(&stage).await.iter().map(|day| day.entries.len()).sum::<usize>();
    assert_eq!((taken, told(&stage, "appointment.cancelled").await), (0, 1));
}

#[tokio::test]
async fn a_place_that_was_looked_up() {
    let booked = async || {
        let (stage, tenant, contact) = going_out().await;
        let wanted = ("x", hour(35), "12 Alder Street, Lakewood, CO");
        let booked = travel::make(&stage.store, (&tenant, contact), wanted).await.unwrap().value;
        (stage, (tenant, booked))
    };
    let stage = survives(3, booked, async |stage, (tenant, booked), aws| {
        let found = (booked.sought.as_ref().unwrap(), Point::new(39.7, -105.08));
        let by = Trace { at: noon(60), ..trace() };
        store(stage, aws).appointments().looked_up(&tenant.id, booked.id, found, &by).await
    });
    let stage = stage.await;
    let known = only_booking(&stage).await;
    assert_eq!((known.place, known.sought), (Place::new(39.7, -105.08), None));
    assert_eq!(days(&stage).await.len(), 2, "it ends at midnight, and its way may reach into the next day");
}

/// Who waits is asked in a process with such an AWS.
async fn asked(
    stage: &Stage,
    (url, freed, now): &(String, FreedTime, Timestamp),
    aws: &SdkConfig,
) -> Result<(), Failure> {
    let queue = Queue::new(Sqs::new(aws), url.clone());
    Waitlist { store: store(stage, aws), queue }.work(&Work::Due(freed.clone()), *now).await
}

#[tokio::test]
async fn a_freed_time_that_is_held_for_who_waits_longest_and_then_for_the_next() {
    let now = hour(MORNING);
    let freed = async |asked_before: bool| {
        let waiting = Waiting::begun().await;
        waiting.step(waiting.booked, &cancel(), now).await;
        let freed = waiting.freed(now).await;
        let url = queue(&Sqs::new(&waiting.stage.aws), false).await;
        if asked_before {
            asked(&waiting.stage, &(url.clone(), freed.clone(), now), &waiting.stage.aws).await.unwrap();
            (waiting.stage, (url, freed.later(now + CLAIM), now + CLAIM))
        } else {
            (waiting.stage, (url, freed, now))
        }
    };
    for (asked_before, offers) in [(false, 1), (true, 2)] {
        let stage = survives(8, async || freed(asked_before).await, asked).await;
        assert_eq!(told(&stage, "waitlist.offered").await, offers);
        // What was held for the first is over by then: it stands in the day until the next change.
        assert_eq!(stage.entities("booking").await.len(), 1 + offers);
    }
}

/// What a reading of an outside calendar leaves for good.
#[derive(Debug, PartialEq)]
struct Left {
    ours: BTreeMap<String, Span>,
    theirs: BTreeMap<String, Span>,
    days: Vec<CalendarDay>,
    tasks: Vec<String>,
}

impl Left {
    async fn of(it: &Connected) -> Self {
        let mut tasks: Vec<String> = it.tasks().await.iter().map(|task| task.id.to_string()).collect();
        tasks.sort();
        Self { ours: it.ours().await, theirs: it.theirs(), days: days(&it.stage).await, tasks }
    }
}

/// A scheduler where one visit was moved, another is to be written, and something was booked that no one here knows of.
async fn changed_on_both_sides() -> Connected {
    let it = Connected::ready(CalendarKind::CalCom, true).await;
    let moved = it.book("moved", hour(30)).await;
    it.read(noon(60)).await;
    it.drag(moved, hour(33));
    it.scheduler.state().put(hour(60));
    it.book("new", hour(50)).await;
    it.book("over", hour(60)).await;
    it
}

#[tokio::test]
async fn wherever_the_reading_of_a_scheduler_dies_the_next_one_leaves_what_an_unharmed_one_does() {
    let later = async |it: &Connected| {
        for seconds in [1_000, 2_000, 3_000] {
            it.read(noon(seconds)).await;
        }
        Left::of(it).await
    };
    let unharmed = changed_on_both_sides().await;
    unharmed.read(noon(120)).await;
    let expected = later(&unharmed).await;
    assert_eq!((expected.ours.len(), expected.theirs.len()), (3, 2), "{expected:?}");
    assert!(!expected.tasks.is_empty(), "the one that is over something booked there is told");
    for death in [Death::Before, Death::After] {
        for calls in 0.. {
            let it = changed_on_both_sides().await;
            let calendars = it.stage.store.outside_calendars();
            let due = calendars.hasten(&it.tenant.id, it.id, noon(120)).await.unwrap().unwrap();
            let life = Life::of(calls, death);
            let died = it.worker_on(&life.aws(&it.stage)).sync(&due, noon(120)).await;
            if !life.is_over() {
                died.unwrap();
                assert!(calls > 12, "only {calls} calls were tried");
                break;
            }
            assert!(matches!(died, Err(Failure::Retryable(_))), "{death:?} call {calls}: {died:?}");
            assert_eq!(later(&it).await, expected, "killed at call {calls}, {death:?}");
        }
    }
}
