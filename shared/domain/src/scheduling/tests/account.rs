use super::*;
use crate::TenantId;
use crate::ids::{AccountId, SessionId};
use crate::scheduling::tests::at;

fn choice(id: &str, access: CalendarAccess) -> CalendarChoice {
    CalendarChoice { id: id.to_owned(), name: id.to_owned(), access, lasts_minutes: None, not_written: None }
}

fn granted() -> CalendarAccount {
    let choices = vec![choice("work", CalendarAccess::Write), choice("team", CalendarAccess::FreeBusy)];
    CalendarAccount::default().granted(Some("ana@example.com".to_owned()), choices).unwrap()
}

fn refused<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn one_of_the_accounts_calendars_is_chosen_once_and_written_where_the_account_may() {
    let google = granted();
    assert!(refused(google.choose("other", false)).contains("account.choices"));
    assert!(refused(google.choose("team", true)).contains("may not write"));
    let work = google.choose("work", true).unwrap();
    assert_eq!((work.access(), work.writes), (Some(CalendarAccess::Write), true));
    assert!(!work.choose("work", false).unwrap().writes, "it can be changed whether it is written");
    assert!(refused(work.choose("team", false)).contains("of its own"));
}

#[test]
fn who_lets_us_in_again_keeps_what_was_chosen_where_the_account_has_it() {
    let work = granted().choose("work", true).unwrap();
    let again = work.granted(Some("ana@example.com".to_owned()), work.choices.clone()).unwrap();
    assert_eq!(again, work);
    let reads = work.granted(None, vec![choice("work", CalendarAccess::Read)]).unwrap();
    assert!(!reads.writes, "it may be read alone by now");
    assert!(work.granted(Some("lee@example.com".to_owned()), Vec::new()).unwrap_err().contains("lee@example.com"));
}

#[test]
fn only_who_was_sent_to_google_comes_back_and_within_a_quarter_of_an_hour() {
    let tenant = TenantId::new("acme").unwrap();
    let person = |session: &str| Actor::Person {
        account: AccountId::derive(&tenant, &["ana"]),
        session: Some(SessionId::derive(&tenant, &[session])),
    };
    let asked = Asked {
        state_hash: "5f".to_owned(),
        by: person("s"),
        redirect: "https://example.com/app/google".to_owned(),
        at: at("2026-12-01T08:00:00Z"),
    };
    assert!(asked.stands(&person("s"), at("2026-12-01T08:15:00Z")));
    assert!(!asked.stands(&person("s"), at("2026-12-01T08:15:01Z")));
    assert!(!asked.stands(&person("another"), at("2026-12-01T08:01:00Z")));
}

#[test]
fn of_bookings_no_more_is_remembered_than_an_item_holds_and_ours_come_first() {
    let mut sync = CalendarSync::default();
    let word = |n: usize| if n.is_multiple_of(2) { String::new() } else { "w".repeat(150) };
    let many = |count: usize| (0..count).map(|n| (format!("{n:036}"), word(n))).collect::<BTreeMap<_, _>>();
    assert!(sync.learn(many(1_000)) && sync.known == many(1_000), "there is room");
    assert!(!sync.learn(many(4_000)));
    let ours = sync.known.values().filter(|word| !word.is_empty()).count();
    assert!(ours == sync.known.len() && ours > 1_000, "{ours} of {}", sync.known.len());
    assert!(serde_json::to_vec(&sync.known).unwrap().len() < 210 * 1024);
    // Again as little as there is: what did not fit is no loss for good.
    assert!(sync.learn(many(10)) && sync.known.len() == 10);
}

#[test]
fn a_channel_is_replaced_a_day_before_its_end_and_counts_once_google_knows_it() {
    let now = at("2026-12-01T08:00:00Z");
    let channel = |hours, resource: Option<&str>| Channel {
        id: "c".to_owned(),
        token_hash: "5f".to_owned(),
        resource: resource.map(ToOwned::to_owned),
        expires_at: now + SignedDuration::from_hours(hours),
    };
    let with = |channels| CalendarSync { channels, ..CalendarSync::default() };
    assert!(with(vec![]).needs_channel(now));
    assert!(with(vec![channel(100, None)]).needs_channel(now), "Google never answered");
    assert!(with(vec![channel(24, Some("r"))]).needs_channel(now));
    assert!(!with(vec![channel(25, Some("r"))]).needs_channel(now));
    let mut both = with(vec![channel(0, Some("r")), channel(1, Some("r"))]);
    both.drop_dead(now);
    assert_eq!(both.channels.len(), 1);
}

#[test]
fn pauses_grow_to_a_quarter_of_an_hour_and_jitter_leaves_out_half_at_most() {
    let now = at("2026-12-01T08:00:00Z");
    let pause = |failures, part| retry_after(failures, part, now).duration_since(now).as_secs();
    assert_eq!([0, 1, 2, 3, 4, 90].map(|failures| pause(failures, 0)), [60, 120, 240, 480, 900, 900]);
    assert_eq!(pause(0, 255), 31);
}

#[test]
fn what_was_chosen_is_found_however_many_calendars_stand_before_it() {
    let choices = || (0..150).map(|n| choice(&n.to_string(), CalendarAccess::Write)).collect::<Vec<_>>();
    let before = CalendarAccount { calendar: Some("140".to_owned()), writes: true, ..CalendarAccount::default() };
    let after = before.granted(Some("ana".to_owned()), choices()).unwrap();
    assert_eq!((after.choices.len(), after.access(), after.writes), (100, Some(CalendarAccess::Write), true));
    assert!(before.granted(None, choices()[..100].to_vec()).is_err());
}

#[test]
fn what_cannot_be_written_is_refused_with_why() {
    let mut group = choice("group", CalendarAccess::Read);
    group.not_written = Some("its bookings have to be confirmed".to_owned());
    let account = CalendarAccount { choices: vec![group], ..CalendarAccount::default() };
    assert!(account.choose("group", true).unwrap_err().to_string().contains("have to be confirmed: set writes"));
    assert!(account.choose("group", false).is_ok());
}

#[test]
fn a_visit_that_was_refused_waits_for_hours_unless_it_has_another_time() {
    let now: Timestamp = "2026-12-01T08:00:00Z".parse().unwrap();
    let hours = |hours| now + SignedDuration::from_hours(hours);
    let refused = RefusedVisit::new(hours(48), "403".to_owned(), now);
    assert!(refused.holds(hours(48), hours(5)) && !refused.holds(hours(48), hours(6)));
    assert!(!refused.holds(hours(49), now));
}
