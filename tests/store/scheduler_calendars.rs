//! Calendars at Cal.com, Calendly and Shopmonkey over the table: what is not free there is not booked, our visits are booked there and can
//! be moved there, and whatever comes twice, late or in between, both sides are equal in the end.

mod connected;

use aws_sdk_sqs::Client as Sqs;
use connectors::calendars::Schedulers;
use domain::conversations::TaskKind;
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{CalendarKind, Closing, DueCalendar, Span, event_id};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use store::Trace;
use url::Url;
use xtask::chance::Chance;

use crate::appointments::{cancel, hour, make};
use crate::google_calendars::seeds;
use crate::queues::drain;
use crate::schedulers::{TYPE, key};
use crate::stage::{noon, trace};

pub use connected::Connected;
use connected::{message, signed};

const KINDS: [CalendarKind; 3] = [CalendarKind::CalCom, CalendarKind::Calendly, CalendarKind::Shopmonkey];
/// With the one that takes no bookings and sends no messages.
const READ: [CalendarKind; 4] =
    [CalendarKind::CalCom, CalendarKind::Calendly, CalendarKind::Shopmonkey, CalendarKind::WhenIWork];

#[tokio::test]
async fn what_is_not_free_there_is_not_booked_and_comes_free_with_it() {
    for kind in READ {
        let it = Connected::new(kind).await;
        let account = it.calendar().await.account.unwrap();
        assert_eq!((account.name.as_deref(), account.choices.len()), (Some("ana@example.com"), 1));
        let span = |from, to| Span { from: hour(from), to: hour(to) };
        let theirs = it.scheduler.state().put(hour(30));
        it.scheduler.state().shut.push(span(40, 44));
        for n in 0..5 {
            it.scheduler.state().put(hour(60 + 2 * n));
        }
        let at = Trace { at: noon(3), ..trace() };
        it.stage.store.outside_calendars().choose(&it.tenant.id, it.id, (TYPE, false), &at).await.unwrap();
        let health = it.read(noon(3)).await;
        assert_eq!((health.read_at, health.error, health.unreadable), (Some(noon(3)), None, 0), "{kind:?}");
        for (taken, name) in [(30, "a"), (42, "b"), (60, "c"), (68, "d")] {
            assert!(!it.is_free(name, hour(taken)).await, "{kind:?} {taken}");
        }
        assert!(it.is_free("e", hour(31)).await && it.is_free("f", hour(61)).await, "{kind:?}");
        it.scheduler.state().cancel(&theirs);
        it.read(noon(1_000)).await;
        assert!(it.is_free("g", hour(30)).await, "{kind:?}");
        let state = it.scheduler.state();
        assert_eq!(state.hooks.len(), usize::from(kind != CalendarKind::WhenIWork), "{kind:?}: one webhook");
    }
}

#[tokio::test]
async fn our_visits_are_booked_there_once_and_go_with_their_cancellation() {
    for kind in KINDS {
        let it = Connected::ready(kind, true).await;
        let id = it.book("x", hour(30)).await;
        it.book("y", hour(50)).await;
        it.read(noon(60)).await;
        assert_eq!((it.theirs(), it.theirs().len()), (it.ours().await, 2), "{kind:?}");
        it.scheduler.state().writes();
        for later in [noon(120), noon(1_100), noon(90_000)] {
            assert_eq!(it.read(later).await.error, None);
            assert_eq!(it.scheduler.state().writes().0, 0, "{kind:?} {later}: what we booked is no change");
        }
        assert_eq!(it.tasks().await, [], "no visit of ours clashes with itself");

        let at = Trace { at: noon(90_010), ..trace() };
        it.stage.store.appointments().step(&it.tenant.id, id, &cancel(), &at).await.unwrap();
        it.read(noon(90_020)).await;
        assert_eq!((it.theirs(), it.theirs().len()), (it.ours().await, 1), "{kind:?}");
        // What Shopmonkey lists is known to be ours.
        let is_told_closed = kind != CalendarKind::Shopmonkey;
        assert_eq!(
            it.due(noon(90_026)).await.is_some(),
            is_told_closed,
            "{kind:?}: what is open there is asked once more"
        );
        assert_eq!(it.is_free("z", hour(30)).await, !is_told_closed, "{kind:?}: it was closed there until then");
        it.sync(noon(90_026)).await;
        assert!(it.is_free("z", hour(30)).await, "{kind:?}: it is read again seconds later, and is free");
        let away = Trace { at: noon(90_100), ..trace() };
        let y = AppointmentId::derive(&it.tenant.id, &["y"]);
        it.stage.store.appointments().move_to(&it.tenant, y, hour(51), &[], &away).await.unwrap();
        it.read(noon(90_110)).await;
        assert_eq!((it.theirs(), it.tasks().await), (it.ours().await, vec![]), "{kind:?}: moved into the next hour");
    }
}

#[tokio::test]
async fn moved_there_a_visit_moves_and_where_it_cannot_it_is_put_back_and_told() {
    for kind in KINDS {
        let it = Connected::ready(kind, true).await;
        let (x, _) = (it.book("x", hour(30)).await, it.book("y", hour(50)).await);
        it.read(noon(60)).await;
        it.drag(x, hour(33));
        it.drag(x, hour(34));
        it.read(noon(120)).await;
        assert_eq!(it.tasks().await, [], "{kind:?}: it could be moved");
        assert_eq!(it.ours().await[&it.event(x)].from, hour(34), "{kind:?}");
        it.read(noon(180)).await;
        it.scheduler.state().writes();
        it.read(noon(240)).await;
        assert_eq!(it.scheduler.state().writes().0, 0, "{kind:?}");
        assert_eq!(it.theirs(), it.ours().await, "{kind:?}");

        // Where the other one is.
        it.drag(x, hour(50));
        it.read(noon(300)).await;
        assert_eq!(it.ours().await[&it.event(x)].from, hour(34));
        assert_eq!(it.theirs(), it.ours().await, "{kind:?}");
        let tasks = it.tasks().await;
        assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Reschedule]);

        let uid = it.uid(x);
        it.scheduler.state().cancel(&uid);
        it.read(noon(360)).await;
        assert_eq!(it.theirs(), it.ours().await, "{kind:?}: it is put back");
        assert_eq!(it.tasks().await.len(), 2);
    }
}

#[tokio::test]
async fn what_moves_while_it_is_read_or_is_booked_unheard_stands_there_once() {
    for kind in KINDS {
        let it = Connected::ready(kind, true).await;
        let x = it.book("x", hour(30)).await;
        it.scheduler.state().unheard = true;
        it.read(noon(60)).await;
        assert_eq!(it.scheduler.state().standing(), 1, "{kind:?}: it was booked, and the answer was lost");
        for later in [200, 300] {
            it.read(noon(later)).await;
            assert_eq!((it.theirs(), it.theirs().len()), (it.ours().await, 1), "{kind:?}");
        }
        let uid = it.uid(x);
        it.scheduler.state().meanwhile = Some((uid, hour(40)));
        for later in [400, 500, 600] {
            it.read(noon(later)).await;
        }
        assert_eq!((it.theirs(), it.ours().await[&it.event(x)].from), (it.ours().await, hour(40)), "{kind:?}");
        assert_eq!(it.tasks().await, [], "{kind:?}: nobody deleted anything");
    }
}

#[tokio::test]
async fn while_it_is_down_or_locked_what_was_known_stands_and_a_new_key_opens_it_again() {
    for kind in READ {
        let writes = kind != CalendarKind::WhenIWork;
        let it = Connected::ready(kind, writes).await;
        it.scheduler.state().put(hour(30));
        it.read(noon(60)).await;
        it.book("x", hour(50)).await;
        for (fault, says) in [(429, "429"), (500, "500"), (503, "503")] {
            it.scheduler.state().faults = std::iter::repeat_n(Some(fault), 3).collect();
            let health = it.read(noon(120 + i64::from(fault))).await;
            assert!(health.error.is_some_and(|why| why.contains(says) && !why.contains('@')), "{kind:?}");
            assert!(!it.is_free(&fault.to_string(), hour(30)).await, "what was known stands");
        }
        it.scheduler.state().locked_out = true;
        assert!(it.read(noon(3_000)).await.reconnect, "{kind:?}");
        it.scheduler.state().locked_out = false;
        let sealed = Schedulers::sealed(&it.scheduler.server.uri(), &key(kind));
        let key = &it.stage.stack.outputs["CredentialsKeyId"];
        let calendars = it.stage.store.outside_calendars();
        let base = it.scheduler.server.uri();
        let at = Trace { at: noon(3_010), ..trace() };
        calendars.rekey(key, &it.tenant.id, it.id, (&sealed, &base, "127.0.0.1"), &at).await.unwrap();
        let health = it.read(noon(3_010)).await;
        let ours = if writes { it.ours().await } else { BTreeMap::new() };
        assert_eq!((health.error, health.reconnect, it.theirs()), (None, false, ours), "{kind:?}");
    }
}

#[tokio::test]
async fn a_signed_message_has_the_calendar_read_once_however_often_and_late_it_comes() {
    for kind in KINDS {
        let it = Connected::ready(kind, false).await;
        let (hook, (address, secret)) =
            it.scheduler.state().hooks.first_key_value().map(|(id, of)| (id.clone(), of.clone())).unwrap();
        let path = Url::parse(&address).unwrap().path().to_owned();
        let body =
            r#"{"triggerEvent":"BOOKING_RESCHEDULED","event":"invitee.canceled","payload":{"rescheduled":true}}"#;
        let signed = |secret: &str, body: &str, at: Timestamp| signed(kind, secret, body, at);
        let answer = async |path: &str, headers: Vec<(&'static str, String)>, at| {
            it.webhook.handle(&message(path, &headers, body), at).await.status().as_u16()
        };
        assert_eq!(answer(&path, signed("whsec_b3RoZXI=", body, noon(20)), noon(20)).await, 401, "{kind:?}");
        assert_eq!(answer(&path, signed(&secret, "{}", noon(20)), noon(20)).await, 401, "{kind:?}");
        assert_eq!(answer(&path, vec![("x-cal-signature-256", "no-secret-provided".to_owned())], noon(20)).await, 401);
        let others = path.replace("/acme/", "/bolt/");
        assert_eq!(answer(&others, signed(&secret, body, noon(20)), noon(20)).await, 401, "{kind:?}");
        if kind != CalendarKind::CalCom {
            assert_eq!(answer(&path, signed(&secret, body, noon(20)), noon(321)).await, 401, "it is a replay");
        }
        let sqs = Sqs::new(&it.stage.aws);
        assert_eq!(drain(&sqs, &it.due).await.len(), 0);
        for late in [30, 31, 29] {
            assert_eq!(answer(&path, signed(&secret, body, noon(late)), noon(late)).await, 200, "{kind:?}");
        }
        let records = drain(&sqs, &it.due).await;
        assert!((1..=2).contains(&records.len()), "{}", records.len());
        it.scheduler.state().writes();
        for record in &records {
            let due: DueCalendar = serde_json::from_str(record.body.as_deref().unwrap()).unwrap();
            it.worker.sync(&due, noon(32)).await.unwrap();
        }
        let once = it.scheduler.state().writes().1;
        it.read(noon(40)).await;
        assert_eq!(it.scheduler.state().writes().1, once, "{kind:?}: one reading");

        // One that its vendor gave up is made again, with another secret.
        it.scheduler.state().hooks.remove(&hook);
        it.read(noon(100)).await;
        let again = it.scheduler.state().hooks.first_key_value().map(|(id, of)| (id.clone(), of.clone())).unwrap();
        assert!(again.0 != hook && again.1.0 == address && again.1.1 != secret, "{kind:?}");
        let new = signed(&again.1.1, body, noon(120));
        assert_eq!(answer(&path, new, noon(120)).await, 200, "{kind:?}");
    }
}

#[tokio::test]
async fn disconnected_it_takes_no_time_and_leaves_nothing_behind_where_that_is_wanted() {
    for kind in KINDS {
        let it = Connected::ready(kind, true).await;
        it.scheduler.state().put(hour(30));
        it.book("x", hour(50)).await;
        it.read(noon(60)).await;
        let closing = Closing { remove_events: true, since: noon(70) };
        let at = Trace { at: noon(70), ..trace() };
        it.stage.store.outside_calendars().close(&it.tenant.id, it.id, closing, &at).await.unwrap();
        assert!(it.is_free("a", hour(30)).await, "{kind:?}");
        it.sync(noon(71)).await;
        assert_eq!(it.scheduler.state().standing(), 0, "{kind:?}");
        assert_eq!(it.scheduler.state().hooks.len(), 0, "{kind:?}");
        let left = it.stage.entities("credential").await;
        assert_eq!(left.len(), 0, "{kind:?}: {left:?}");
        assert_eq!(it.stage.entities("outside_calendar").await.len(), 0);
    }
}

#[tokio::test]
async fn what_another_technicians_calendar_left_there_stays_and_what_is_anas_is_taken_over() {
    let it = Connected::ready(CalendarKind::Shopmonkey, true).await;
    let gone = OutsideCalendarId::derive(&it.tenant.id, &["gone"]);
    let anas = it.book("x", hour(50)).await;
    let bens = AppointmentId::derive(&it.tenant.id, &["bens"]);
    for (visit, at) in [(anas, hour(50)), (bens, hour(30))] {
        let mut state = it.scheduler.state();
        let (uid, event) = (state.put(at), event_id(gone, visit));
        let note = format!("porchlight:{}|{event}|{at}|{}", it.tenant.id, at + SignedDuration::from_hours(1));
        state.bookings.get_mut(&uid).unwrap().words = serde_json::json!({"note": note});
    }
    for later in [60, 1_000] {
        assert_eq!(it.read(noon(later)).await.error, None);
        assert_eq!(it.scheduler.state().standing(), 2, "one of each, as it was");
    }
    assert_eq!(it.tasks().await, []);
    assert!(it.is_free("y", hour(30)).await, "Ben's takes no time of Ana's");
}

#[tokio::test]
async fn whatever_both_sides_do_in_whatever_order_they_are_equal_in_the_end() {
    for (seed, kind) in seeds().flat_map(|seed| KINDS.map(|kind| (seed, kind))) {
        let (it, mut chance) = (Connected::ready(kind, true).await, Chance::new(seed));
        let appointments = it.stage.store.appointments();
        let mut now = 100;
        for _ in 0..60 {
            now += 70;
            let at = Trace { at: noon(now), ..trace() };
            let name = format!("visit-{}", chance.below(5));
            let id = AppointmentId::derive(&it.tenant.id, &[&name]);
            let (to, uid) = (hour(chance.between(30, 70)), it.scheduler.state().uid(&it.event(id)));
            let uid = uid.unwrap_or_default();
            // What is refused because the time is taken is no concern here.
            match chance.below(12) {
                0 | 1 => drop(make(&it.stage.store, &it.tenant, it.contact, (&name, to, false)).await),
                2 => drop(appointments.move_to(&it.tenant, id, to, &[], &at).await),
                3 => drop(appointments.step(&it.tenant.id, id, &cancel(), &at).await),
                4 => it.scheduler.state().drag(&uid, to),
                5 => it.scheduler.state().cancel(&uid),
                6 => {
                    // A scheduler books nothing over what it has.
                    let free =
                        it.scheduler.state().bookings.values().all(|there| !there.stands || there.time.from != to);
                    free.then(|| it.scheduler.state().put(to));
                }
                7 => it.scheduler.state().meanwhile = Some((uid, to)),
                8 => {
                    let many = chance.below(5);
                    it.scheduler.state().faults = std::iter::repeat_n(Some(503), many).collect();
                }
                9 => it.scheduler.state().unheard = true,
                10 => it.told(noon(now)).await,
                _ => drop(it.read(noon(now)).await),
            }
        }
        it.scheduler.state().calm();
        for _ in 0..5 {
            now += 1_000;
            it.read(noon(now)).await;
        }
        assert_eq!(it.theirs(), it.ours().await, "{kind:?} PORCHLIGHT_SEED={seed}");
        it.scheduler.state().writes();
        it.read(noon(now + 1_000)).await;
        assert_eq!(it.scheduler.state().writes().0, 0, "{kind:?} PORCHLIGHT_SEED={seed}: it is quiet");
    }
}
