//! The clock: what begins and ends which wait, and that each that lasts too long is announced once.

use proptest::prelude::*;

use super::*;
use crate::samples::roofer;
use crate::tenancy::Hours;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn second(count: i64) -> Timestamp {
    Timestamp::from_second(1_795_176_000 + count).unwrap()
}

fn rule(id: &str) -> RuleId {
    RuleId::new(id).unwrap()
}

fn by(id: &str) -> MessageId {
    MessageId::derive(&roofer().id, &[id])
}

/// When staff and resolution are due for an escalation at `raised`.
fn called(tenant: &Tenant, raised: &str) -> (Timestamp, Timestamp) {
    let mut clock = SlaClock::default();
    clock.on_escalation(tenant, at(raised));
    (clock.staff.unwrap().due, clock.resolution.unwrap().due)
}

#[test]
fn staff_have_opening_hours_and_a_resolution_has_all_hours_until_it_opens() {
    // Denver, UTC-7: weekdays 8 to 5, Saturday 9 to 12:30.
    for (raised, staff, resolution) in [
        // Thursday noon.
        ("2026-11-19T19:00:00Z", "2026-11-19T19:15:00Z", "2026-11-20T19:00:00Z"),
        // Thursday night: from Friday morning on; a day later is Friday night, and so Saturday morning.
        ("2026-11-20T05:00:00Z", "2026-11-20T15:15:00Z", "2026-11-21T16:00:00Z"),
        // Friday, ten minutes before closing; a day later it is closed until Monday.
        ("2026-11-20T23:50:00Z", "2026-11-21T16:05:00Z", "2026-11-23T15:00:00Z"),
    ] {
        assert_eq!(called(&roofer(), raised), (at(staff), at(resolution)), "{raised}");
    }
}

#[test]
fn clocks_that_change_do_not_move_a_wait() {
    // On 1 November 2026 Denver goes from UTC-6 to UTC-7, on 8 March back.
    let mut tenant = roofer();
    for (raised, staff, resolution) in [
        // Saturday 12:20, ten minutes before closing: five minutes are left for Monday, at the hour of winter.
        ("2026-10-31T18:20:00Z", "2026-11-02T15:05:00Z", "2026-11-02T15:00:00Z"),
        ("2026-03-07T19:20:00Z", "2026-03-09T14:05:00Z", "2026-03-09T14:00:00Z"),
    ] {
        assert_eq!(called(&tenant, raised), (at(staff), at(resolution)), "{raised}");
    }
    // First responses run around the clock: an hour is an hour.
    tenant.escalation.sla.first_response_seconds = 3_600;
    let mut clock = SlaClock::default();
    clock.on_customer_message(&tenant, at("2026-11-01T07:30:00Z"));
    assert_eq!(clock.next_due(), Some(at("2026-11-01T08:30:00Z")));
}

#[test]
fn a_business_that_never_opens_is_treated_as_always_open() {
    let tenant = Tenant { hours: Hours::default(), ..roofer() };
    let expected = (at("2026-11-21T19:15:00Z"), at("2026-11-22T19:00:00Z"));
    assert_eq!(called(&tenant, "2026-11-21T19:00:00Z"), expected);
}

#[test]
fn an_earlier_message_keeps_its_wait() {
    let mut clock = SlaClock::default();
    clock.on_customer_message(&roofer(), second(0));
    clock.on_customer_message(&roofer(), second(30));
    assert_eq!(clock.next_due(), Some(second(60)));
    assert_eq!((clock.on_sent(second(30), second(45)), clock.first_response_ms), (None, Some(45_000)));
    clock.on_customer_message(&roofer(), second(100));
    assert_eq!(clock.next_due(), Some(second(160)));
    assert_eq!(
        (clock.on_sent(second(100), second(170)), clock.first_response_ms),
        (Some((SlaTimer::FirstResponse, second(160))), Some(45_000))
    );
}

#[test]
fn a_later_message_waits_on_when_the_answer_to_an_earlier_one_was_sent() {
    let mut clock = SlaClock::default();
    for at in [0, 10, 20] {
        clock.on_customer_message(&roofer(), second(at));
    }
    assert_eq!(clock.on_sent(second(0), second(15)), None);
    assert_eq!((clock.first_response_ms, clock.next_due()), (Some(15_000), Some(second(70))));
    assert_eq!(clock.on_sent(second(0), second(15)), None, "twice is once");
    assert_eq!(clock.next_due(), Some(second(70)));
    // The answer to the last one leaves before that to the second.
    assert_eq!(clock.on_sent(second(20), second(90)), Some((SlaTimer::FirstResponse, second(70))));
    assert_eq!((clock.next_due(), clock.unanswered.as_slice()), (None, [].as_slice()));
    assert_eq!(clock.on_sent(second(10), second(95)), None);
    assert_eq!(clock.first_response_ms, Some(15_000));
}

#[test]
fn a_clock_that_an_earlier_version_started_is_stopped_too() {
    let stored = r#"{"first_response": {"since": "2026-11-20T12:00:00Z", "due": "2026-11-20T12:01:00Z"}}"#;
    let mut clock: SlaClock = serde_json::from_str(stored).unwrap();
    assert_eq!(clock.on_sent(second(0), second(30)), None);
    assert_eq!((clock.next_due(), clock.first_response_ms), (None, Some(30_000)));
}

#[test]
fn a_word_of_the_staff_leaves_the_resolution_and_the_resolution_leaves_nothing() {
    let tenant = Tenant { hours: Hours::default(), ..roofer() };
    let mut clock = SlaClock::default();
    clock.on_customer_message(&tenant, second(0));
    clock.on_escalation(&tenant, second(0));
    clock.watch(&tenant, &rule("r"), 5, During::Any, by("m1"), second(0));
    assert_eq!(clock.on_staff_reply(second(16 * 60)), Some((SlaTimer::StaffResponse, second(15 * 60))));
    assert_eq!((clock.watches.len(), clock.next_due()), (0, Some(second(60))), "their answer was not sent yet");
    assert_eq!(clock.on_resolve(second(24 * 3_600)), [(SlaTimer::FirstResponse, second(60))]);
    assert_eq!((clock.next_due(), clock.unanswered.as_slice()), (None, [].as_slice()));
}

#[test]
fn a_rule_waits_once_and_acts_once_until_the_resolution() {
    let mut clock = SlaClock::default();
    let start = |clock: &mut SlaClock, from| clock.watch(&roofer(), &rule("r"), 5, During::Any, by("m1"), second(from));
    start(&mut clock, 0);
    start(&mut clock, 100);
    assert_eq!((clock.watches.len(), clock.next_due()), (1, Some(second(300))));
    assert_eq!(clock.take_due(second(299)), []);
    assert_eq!(clock.take_due(second(300)).len(), 1);
    start(&mut clock, 400);
    assert_eq!((clock.next_due(), clock.fired.as_slice()), (None, [rule("r")].as_slice()));
    clock.on_resolve(second(500));
    start(&mut clock, 600);
    assert_eq!(clock.next_due(), Some(second(900)));
}

#[test]
fn a_rule_for_opening_hours_counts_open_minutes() {
    let tenant = roofer();
    let due = |during| {
        let mut clock = SlaClock::default();
        clock.watch(&tenant, &rule("r"), 15, during, by("m1"), at("2026-11-20T23:50:00Z"));
        clock.next_due().unwrap()
    };
    assert_eq!(due(During::Open), at("2026-11-21T16:05:00Z"));
    for during in [During::Any, During::Closed, During::Weekend] {
        assert_eq!(due(during), at("2026-11-21T00:05:00Z"));
    }
}

#[test]
fn where_the_assistant_answers_only_rules_whose_time_has_come_still_act() {
    let mut clock = SlaClock::default();
    clock.watch_until(&rule("now"), by("m1"), second(10));
    clock.watch_until(&rule("later"), by("m1"), second(11));
    clock.needs_nobody(second(10));
    assert_eq!(clock.watches.iter().map(|watch| watch.rule.as_str()).collect::<Vec<_>>(), ["now"]);
}

#[test]
fn a_clock_of_before_is_read_and_a_new_one_survives_the_table() {
    assert_eq!(serde_json::from_str::<SlaClock>("{}").unwrap(), SlaClock::default());
    assert_eq!(serde_json::to_string(&SlaClock::default()).unwrap(), "{}");
    let mut clock = SlaClock::default();
    clock.on_escalation(&roofer(), second(0));
    clock.watch_until(&rule("r"), by("m1"), second(10));
    clock.announced(&clock.breaches(second(1_000_000)));
    let text = serde_json::to_string(&clock).unwrap();
    assert_eq!(serde_json::from_str::<SlaClock>(&text).unwrap(), clock);
}

/// Something that happens to a thread, and somebody who looks.
#[derive(Debug, Clone, Copy)]
enum Happening {
    Message,
    Answer,
    Escalation,
    StaffReply,
    Resolve,
    Look,
}

fn history() -> impl Strategy<Value = Vec<(Happening, i64)>> {
    use Happening::{Answer, Escalation, Look, Message, Resolve, StaffReply};
    let what = prop::sample::select(vec![Message, Answer, Escalation, StaffReply, Resolve, Look, Look]);
    prop::collection::vec((what, 0_i64..20_000), 1..60)
}

proptest! {
    /// Whatever happens in whatever order: of each wait that lasted too long, and of no other, one breach is announced.
    #[test]
    fn each_breach_is_announced_once(history in history()) {
        let tenant = roofer();
        let mut clock = SlaClock::default();
        let (mut now, mut announced) = (0, Vec::new());
        // A wait by what it is and when it began, and whether it lasted too long.
        let mut waits: Vec<(SlaTimer, Wait)> = Vec::new();
        let mut ended: Vec<(SlaTimer, Wait, Timestamp)> = Vec::new();
        for (happening, pause) in history {
            now += pause;
            let at = second(now);
            let before = clock.clone();
            match happening {
                Happening::Message => clock.on_customer_message(&tenant, at),
                Happening::Escalation => clock.on_escalation(&tenant, at),
                Happening::Answer => announced.extend(clock.on_sent(at, at)),
                Happening::StaffReply => announced.extend(clock.on_staff_reply(at)),
                Happening::Resolve => announced.extend(clock.on_resolve(at)),
                Happening::Look => {
                    let breaches = clock.breaches(at);
                    clock.announced(&breaches);
                    announced.extend(&breaches);
                    prop_assert!(clock.breaches(at).is_empty());
                    prop_assert!(clock.next_due().is_none_or(|due| due > at));
                }
            }
            for (timer, was, is) in [
                (SlaTimer::FirstResponse, before.first_response, clock.first_response),
                (SlaTimer::StaffResponse, before.staff, clock.staff),
                (SlaTimer::Resolution, before.resolution, clock.resolution),
            ] {
                match (was, is) {
                    (None, Some(wait)) => waits.push((timer, wait)),
                    (Some(wait), None) => ended.push((timer, wait, at)),
                    (was, is) => prop_assert_eq!(was, is, "a wait that runs does not change"),
                }
            }
        }
        let end = second(now + 40 * 24 * 3_600);
        announced.extend(clock.breaches(end));
        let over = |timer: SlaTimer, wait: Wait| {
            let stopped = ended.iter().find(|(other, begun, _)| (*other, *begun) == (timer, wait));
            stopped.map_or(wait.due <= end, |(_, _, at)| wait.due < *at)
        };
        for (timer, wait) in &waits {
            let count = announced.iter().filter(|breach| **breach == (*timer, wait.due)).count();
            let same = waits.iter().filter(|other| (other.0, other.1.due) == (*timer, wait.due));
            let late = same.filter(|(timer, wait)| over(*timer, *wait)).count();
            // At the very moment it is due, somebody who looks is as right as somebody who answers.
            let at_once = ended.iter().any(|(other, begun, at)| (other, begun.due, *at) == (timer, wait.due, wait.due));
            prop_assert!(count == late || (at_once && count == late + 1), "{timer:?} {count} {late}");
        }
        prop_assert!(announced.iter().all(|(timer, due)| waits.iter().any(|(other, wait)| (other, &wait.due) == (timer, due))));
    }
}
