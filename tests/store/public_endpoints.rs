//! Limits of the doors that are open to everybody: exact, however many come at once.

use domain::Failure;
use domain::failure::Rejection;
use domain::messaging::{Address, Channel, Inbound, Source, Withheld};
use domain::tenancy::Tenant;
use futures::future::join_all;
use jiff::SignedDuration;
use store::{BY_ONE_KEY, FROM_ONE_ADDRESS, Key, Registration, TO_ONE_RECIPIENT, WITH_ONE_KEY};

use crate::stage::{Stage, email, message, phone, trace};

const FORM: Key<'_> = Key::Form("form");
/// So many at once.
const CALLERS: u32 = 64;

fn registration(stage: &Stage) -> Registration {
    Registration {
        tenant: stage.tenant.id.clone(),
        region: "US".to_owned(),
        origins: Vec::new(),
        consent_wording: None,
    }
}

fn form(id: &str, from: &Address, seconds: i64) -> Inbound {
    Inbound { source: Source::WebForm, channel: Channel::Sms, ..message(id, from, seconds) }
}

fn call(id: &str, from: &Address, seconds: i64) -> Inbound {
    Inbound { source: Source::MissedCall, ..form(id, from, seconds) }
}

/// What becomes of these, each asked by a function that has just started, all at once.
async fn at_once(stage: &Stage, key: Key<'_>, messages: &[Inbound]) -> Vec<Option<Withheld>> {
    let registration = registration(stage);
    join_all(messages.iter().map(|message| {
        let (store, registration) = (stage.cold(), &registration);
        async move {
            loop {
                match store.limits().withheld(key, registration, message).await {
                    Ok(withheld) => return withheld,
                    Err(Failure::Retryable(_)) => {}
                    Err(failure) => panic!("{failure}"),
                }
            }
        }
    }))
    .await
}

fn answered(told: &[Option<Withheld>]) -> usize {
    told.iter().filter(|withheld| withheld.is_none()).count()
}

#[tokio::test]
async fn sixty_four_forms_with_one_number_at_once_cause_three_answers() {
    let stage = Stage::new().await;
    for (name, to) in [("number", phone(1)), ("mailbox", email("ana"))] {
        let forms: Vec<Inbound> = (0..CALLERS).map(|index| form(&format!("{name}-{index}"), &to, 0)).collect();
        let told = at_once(&stage, FORM, &forms).await;
        assert_eq!(answered(&told), TO_ONE_RECIPIENT.at_once as usize, "{name}");
        assert!(told.iter().flatten().all(|withheld| *withheld == Withheld::Recipient));
        // Another key does not help, and the same forms again change nothing: their requests may have died.
        let others: Vec<Inbound> = (0..CALLERS).map(|index| form(&format!("{name}-other-{index}"), &to, 1)).collect();
        assert_eq!(answered(&at_once(&stage, Key::Form("other"), &others).await), 0);
        assert_eq!(at_once(&stage, FORM, &forms).await, told);
    }
    // One more after eight hours.
    let later_s = TO_ONE_RECIPIENT.every.as_secs();
    let later: Vec<Inbound> = (0..8).map(|index| form(&format!("later-{index}"), &phone(1), later_s)).collect();
    assert_eq!(answered(&at_once(&stage, FORM, &later).await), 1);
}

#[tokio::test]
async fn a_keys_answers_are_counted_exactly() {
    let stage = Stage::new().await;
    let held = BY_ONE_KEY.at_once;
    for round in 0..held.div_ceil(CALLERS) {
        let numbers = round * CALLERS..(round + 1) * CALLERS;
        let forms: Vec<Inbound> =
            numbers.clone().map(|number| form(&format!("k{number}"), &phone(number), 0)).collect();
        let told = at_once(&stage, FORM, &forms).await;
        assert_eq!(answered(&told), numbers.filter(|number| *number < held).count(), "round {round}");
        assert!(told.iter().flatten().all(|withheld| *withheld == Withheld::Key));
    }
}

#[tokio::test]
async fn three_missed_calls_in_five_minutes_get_one_text() {
    let stage = Stage::new().await;
    let calls = [call("c1", &phone(1), 0), call("c2", &phone(1), 120), call("c3", &phone(1), 300)];
    let told = at_once(&stage, Key::Call("calls"), &calls).await;
    assert_eq!(answered(&told), 1);
    assert!(told.iter().flatten().all(|withheld| *withheld == Withheld::CalledAgain));
    let (next, other) = (call("c4", &phone(1), 960), call("c5", &phone(2), 300));
    assert_eq!(at_once(&stage, Key::Call("calls"), &[next, other]).await, [None, None]);
}

#[tokio::test]
async fn a_number_abroad_is_texted_where_the_tenant_says_so() {
    let stage = Stage::new().await;
    let german = Address::Phone(domain::messaging::Phone::e164("+4915123456720", "phone").unwrap());
    let withheld = at_once(&stage, FORM, &[form("a1", &german, 0)]).await;
    assert_eq!(withheld, [Some(Withheld::Country)]);
    let stored = stage.store.tenants().document(&stage.tenant.id).await.unwrap();
    let tenant = Tenant { text_countries: vec!["DE".to_owned()], ..stored.value };
    stage.store.tenants().save(&tenant, Some(stored.version), &trace()).await.unwrap();
    assert_eq!(at_once(&stage, FORM, &[form("a2", &german, 0)]).await, [None]);
}

#[tokio::test]
async fn who_knocks_too_often_is_turned_away_exactly_at_the_limit() {
    let stage = Stage::new().await;
    let now = runtime::clock::now();
    let knock = async |from: Option<String>, key: &'static str| {
        let store = stage.cold();
        loop {
            match store.limits().let_in(Key::Widget(key), from.as_deref(), now).await {
                Ok(()) => return true,
                Err(Failure::Rejected { kind, .. }) => {
                    assert_eq!(kind, Rejection::TooManyRequests);
                    return false;
                }
                Err(Failure::Retryable(_)) => {}
                Err(failure) => panic!("{failure}"),
            }
        }
    };
    let from_one = join_all((0..CALLERS + 16).map(|_| knock(Some("203.0.113.7".to_owned()), "one"))).await;
    assert_eq!(from_one.iter().filter(|passed| **passed).count(), FROM_ONE_ADDRESS.burst as usize);
    assert!(knock(Some("203.0.113.8".to_owned()), "one").await, "others are not turned away for it");
    let mut inside = 0;
    for _ in 0..10 {
        inside += join_all((0..CALLERS).map(|_| knock(None, "all"))).await.into_iter().filter(|passed| *passed).count();
    }
    assert_eq!(inside, WITH_ONE_KEY.burst as usize);
    let full = SignedDuration::from_secs(60);
    assert!(stage.cold().limits().let_in(Key::Widget("all"), None, now + full).await.is_ok());
}

fn is_let(answer: Result<(), Failure>) -> bool {
    match answer {
        Ok(()) => true,
        Err(Failure::Rejected { kind: Rejection::TooManyRequests, .. }) => false,
        Err(failure) => panic!("{failure}"),
    }
}

#[tokio::test]
async fn a_network_address_puts_three_on_the_waiting_list_and_one_more_a_day() {
    let stage = Stage::new().await;
    let (tenant, now) = (stage.tenant.id.clone(), runtime::clock::now());
    let waits = async |from: &str, id: &str, days: i64| {
        let (store, at) = (stage.cold(), now + SignedDuration::from_hours(24 * days));
        is_let(store.limits().let_join(Key::Booking(&tenant), Some(from), id, at).await)
    };
    for id in ["a", "b", "c", "c"] {
        assert!(waits("203.0.113.7", id, 0).await, "{id}");
    }
    assert!(!waits("203.0.113.7", "d", 0).await);
    assert!(waits("203.0.113.8", "e", 0).await, "others are not turned away for it");
    assert!(waits("203.0.113.7", "d", 1).await && !waits("203.0.113.7", "f", 1).await, "the next day, one");
}

#[tokio::test]
async fn a_network_address_makes_ten_appointments_and_a_repeat_costs_nothing() {
    let stage = Stage::new().await;
    let (tenant, now) = (stage.tenant.id.clone(), runtime::clock::now());
    let booked = async |from: &str, id: &str| {
        let store = stage.cold();
        is_let(store.limits().let_book(Key::Booking(&tenant), Some(from), id, now).await)
    };
    for turn in 0..10 {
        assert!(booked("203.0.113.7", &format!("visit-{turn}")).await, "{turn}");
    }
    assert!(booked("203.0.113.7", "visit-9").await, "a repeat takes nothing");
    assert!(!booked("203.0.113.7", "visit-10").await);
    assert!(booked("203.0.113.8", "visit-11").await, "others are not turned away for it");
}

#[tokio::test]
async fn a_session_sends_twelve_files_and_then_one_every_ten_minutes() {
    let stage = Stage::new().await;
    let now = runtime::clock::now();
    let sent = async |session: &str, minutes: i64| {
        let at = now + SignedDuration::from_mins(minutes);
        stage.cold().limits().let_file(Key::Widget("w"), session, None, at).await.is_ok()
    };
    for file in 0..12 {
        assert!(sent("s-1", 0).await, "{file}");
    }
    assert!(!sent("s-1", 0).await && !sent("s-1", 9).await);
    assert!(sent("s-2", 0).await, "others are not turned away for it");
    assert!(sent("s-1", 10).await);
}

#[tokio::test]
async fn no_more_requests_wait_than_there_is_room_for_and_no_site_takes_all_of_it() {
    let stage = Stage::new().await;
    let now = runtime::clock::now();
    let waits = async |key: &'static str, session: &str, most: u32| {
        stage.cold().limits().let_hold(Key::Widget(key), session, most, now).await.unwrap()
    };
    assert!(!waits("none", "s-0", 0).await, "where none may, none does");
    let mut of_one_session = 0;
    for _ in 0..8 {
        of_one_session += usize::from(waits("first", "s-1", 40).await);
    }
    assert_eq!(of_one_session, 4, "the tab that waits, and what it left behind");
    let mut of_one_site = of_one_session;
    for session in 0..40 {
        of_one_site += usize::from(waits("first", &format!("a-{session}"), 40).await);
    }
    assert_eq!(of_one_site, 10);
    let mut of_all = of_one_site;
    for site in ["second", "third", "fourth"] {
        for session in 0..20 {
            of_all += usize::from(waits(site, &format!("{site}-{session}"), 40).await);
        }
    }
    assert_eq!(of_all, 20, "a burst; as many flow in while they are held");
}
