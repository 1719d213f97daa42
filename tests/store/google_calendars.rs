//! Calendars at Google over the table: an account lets us in, what it says is not booked over, our visits stand there and can be
//! moved there, and whatever comes twice, late or in between, both sides are equal in the end.

use aws_sdk_sqs::Client as Sqs;
use connectors::calendars::Schedulers;
use connectors::feed::FeedReader;
use connectors::google::{Endpoints, Google as AtTheirs, OAuthClient};
use domain::ContactId;
use domain::conversations::{Task, TaskKind};
use domain::identity::Actor;
use domain::ids::{AccountId, AppointmentId, OutsideCalendarId, ResourceId, SessionId};
use domain::scheduling::{
    Asked, CalendarAccount, CalendarHealth, CalendarKind, CalendarReading, Closing, DueCalendar, OutsideCalendar, Span,
    event_id,
};
use domain::tenancy::Tenant;
use domain::webhooks::Reach;
use jiff::{SignedDuration, Timestamp};
use lambda_http::{Body, Request};
use runtime::queue::Queue;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use store::{AppointmentFilter, Trace};
use url::Url;
use webhook_calendars::CalendarWebhook;
use worker_calendars::Calendars;
use xtask::chance::Chance;

use crate::appointments::{cancel, hour, is_taken, make, opened};
use crate::google::{ANA, Google};
use crate::queues::{drain, queue};
use crate::stage::{Stage, noon, trace};

/// Ana's calendar at Google, and who reads it.
struct Connected {
    stage: Stage,
    tenant: Tenant,
    contact: ContactId,
    google: Google,
    worker: Calendars,
    webhook: CalendarWebhook,
    id: OutsideCalendarId,
    /// The queues of mails and of calendars.
    mails: String,
    due: String,
}

fn person() -> Actor {
    let tenant = domain::TenantId::new("acme").unwrap();
    let (account, session) = (AccountId::derive(&tenant, &["ana"]), SessionId::derive(&tenant, &["s"]));
    Actor::Person { account, session: Some(session) }
}

/// All tries of one call fail.
fn unreachable() -> impl Iterator<Item = Option<(u16, &'static str)>> {
    std::iter::repeat_n(Some((503, "backendError")), 3)
}

fn span(from: Timestamp) -> Value {
    json!({"start": {"dateTime": from.to_string()}, "end": {"dateTime": (from + SignedDuration::from_hours(1)).to_string()}})
}

impl Connected {
    /// Connected and not let in yet.
    async fn new() -> Self {
        let (stage, tenant, contact) = opened(&["ana"]).await;
        // The worker asks by the business as it is stored whether a visit can be moved.
        stage.store.tenants().save(&tenant, Some(1), &trace()).await.unwrap();
        let (google, sqs) = (Google::new().await, Sqs::new(&stage.aws));
        let id = OutsideCalendarId::derive(&tenant.id, &["google"]);
        let calendar = OutsideCalendar {
            id,
            name: "Ana at Google".to_owned(),
            kind: CalendarKind::Google,
            resource: Some(ResourceId::new("ana").unwrap()),
            host: "www.googleapis.com".to_owned(),
            health: CalendarHealth { next_at: noon(0), ..CalendarHealth::default() },
            account: Some(CalendarAccount::default()),
            closing: None,
            created_at: noon(0),
        };
        let kms_key_id = stage.stack.outputs["CredentialsKeyId"].clone();
        stage.store.outside_calendars().connect(&kms_key_id, &tenant.id, &calendar, None, &trace()).await.unwrap();
        let base = Url::parse(&google.server.uri()).unwrap();
        let endpoints = Endpoints { oauth: base.clone(), api: base.join("calendar/v3/").unwrap() };
        let client = OAuthClient { id: "client-7".to_owned(), secret: "s3cret".into() };
        let at = AtTheirs::new(endpoints, client).unwrap();
        let (mails, due) = (queue(&sqs, false).await, queue(&sqs, false).await);
        let worker = Calendars {
            store: stage.cold(),
            reader: FeedReader::new(Reach::Local).unwrap(),
            google: Some(at),
            schedulers: Schedulers::new(Reach::Local).unwrap(),
            kms_key_id,
            public_url: "https://porchlight.example.com".to_owned(),
            mails: Queue::new(sqs.clone(), mails.clone()),
        };
        let webhook = CalendarWebhook { store: stage.cold(), queue: Queue::new(sqs, due.clone()) };
        Self { stage, tenant, contact, google, worker, webhook, id, mails, due }
    }

    /// Let in by Ana at noon, her calendar chosen and read a minute later.
    async fn ready(writes: bool) -> Self {
        let it = Self::new().await;
        it.let_in("c0de", noon(0)).await;
        it.read(noon(0)).await;
        let calendars = it.stage.store.outside_calendars();
        let at = Trace { at: noon(10), ..trace() };
        calendars.choose(&it.tenant.id, it.id, (ANA, writes), &at).await.unwrap();
        it.read(noon(10)).await;
        it
    }

    /// Ana comes back from Google.
    async fn let_in(&self, code: &str, now: Timestamp) {
        let (tenant, calendars) = (&self.tenant.id, self.stage.store.outside_calendars());
        let key = &self.stage.stack.outputs["CredentialsKeyId"];
        let redirect = "https://porchlight.example.com/app/google".to_owned();
        let asked = Asked { state_hash: "5f".to_owned(), by: person(), redirect, at: now };
        calendars.ask(key, tenant, self.id, (&asked, &"v3rifier".into())).await.unwrap();
        let stranger = Actor::Operator;
        for (state, by) in [("6f", &person()), ("5f", &stranger)] {
            let refused = calendars.answer(key, tenant, self.id, (state, by), &code.into(), now).await.unwrap_err();
            assert!(refused.to_string().contains("request of yours"), "{refused}");
        }
        calendars.answer(key, tenant, self.id, ("5f", &person()), &code.into(), now).await.unwrap();
    }

    /// Google says that something changed, where it has a channel, and what that makes due is read.
    async fn told(&self, now: Timestamp) {
        let channel = self.google.state().channels.first_key_value().map(|(id, of)| (id.clone(), of.clone()));
        let Some((channel, (token, address))) = channel else { return };
        let path = Url::parse(&address).unwrap().path().to_owned();
        assert_eq!(self.webhook.handle(&notice(&path, &channel, &token, "exists"), now).await.status(), 200);
        for record in drain(&Sqs::new(&self.stage.aws), &self.due).await {
            let due: DueCalendar = serde_json::from_str(record.body.as_deref().unwrap()).unwrap();
            self.worker.sync(&due, now).await.unwrap();
        }
    }

    async fn calendar(&self) -> OutsideCalendar {
        self.stage.store.documents().get(&self.tenant.id, &self.id.to_string()).await.unwrap().value
    }

    /// Reads the calendar at `now`, whether it is due or not.
    async fn read(&self, now: Timestamp) -> CalendarHealth {
        let calendars = self.worker.store.outside_calendars();
        let hastened = calendars.hasten(&self.tenant.id, self.id, now).await.unwrap();
        let due = match hastened {
            Some(due) => due,
            None => self.found(now).await.expect("it is due"),
        };
        self.worker.sync(&due, now).await.unwrap();
        self.calendar().await.health
    }

    /// As `cron-calendars` finds it.
    async fn found(&self, now: Timestamp) -> Option<DueCalendar> {
        for shard in 0..store::Backlog::SHARDS {
            let (due, _) = self.worker.store.outside_calendars().due(shard, now, None, 10).await.unwrap();
            if let Some(due) = due.into_iter().next() {
                return Some(due.what.unwrap());
            }
        }
        None
    }

    async fn book(&self, name: &str, at: Timestamp) -> AppointmentId {
        make(&self.stage.store, &self.tenant, self.contact, (name, at, false)).await.unwrap().value.id
    }

    fn event(&self, appointment: AppointmentId) -> String {
        event_id(self.id, appointment)
    }

    async fn tasks(&self) -> Vec<Task> {
        self.stage.store.tasks().list(&self.tenant.id, true, 100, None).await.unwrap().items
    }

    /// The visits that take place, by their event's id.
    async fn ours(&self) -> BTreeMap<String, Span> {
        let filter = AppointmentFilter { from: noon(0), to: hour(24 * 90), resource: None, state: None };
        let page = self.stage.store.appointments().list(&self.tenant.id, &filter, 100, None).await.unwrap();
        let standing = page.items.into_iter().filter(domain::scheduling::Booking::takes_time);
        standing.map(|visit| (self.event(visit.id), Span { from: visit.starts_at, to: visit.ends_at })).collect()
    }

    /// The events at Google that are visits.
    fn theirs(&self) -> BTreeMap<String, Span> {
        let state = self.google.state();
        let at = |event: &Value, end: &str| event[end]["dateTime"].as_str().unwrap().parse().unwrap();
        let visits = state.seen().into_iter().filter(|(id, _)| id.starts_with("porchlight"));
        visits.map(|(id, event)| (id.to_owned(), Span { from: at(event, "start"), to: at(event, "end") })).collect()
    }
}

#[tokio::test]
async fn an_account_lets_us_in_a_calendar_is_chosen_and_what_it_says_is_not_booked() {
    let it = Connected::new().await;
    let health = it.read(noon(0)).await;
    assert!(health.reconnect && health.error.unwrap().contains("let Porchlight in"));
    it.let_in("used", noon(1)).await;
    assert!(it.read(noon(1)).await.error.unwrap().contains("too long"));
    it.let_in("c0de", noon(2)).await;
    assert!(it.read(noon(2)).await.error.unwrap().contains("choose"));
    let google = it.calendar().await.account.unwrap();
    assert_eq!((google.name.as_deref(), google.choices.len()), (Some(ANA), 2));
    it.google.state().put("dentist", span(hour(30)));
    it.google.state().put(
        "lunch",
        json!({"start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}, "transparency": "transparent"}),
    );
    let at = Trace { at: noon(3), ..trace() };
    it.stage.store.outside_calendars().choose(&it.tenant.id, it.id, (ANA, false), &at).await.unwrap();
    let health = it.read(noon(3)).await;
    assert_eq!((health.read_at, health.error, health.reconnect), (Some(noon(3)), None, false));
    let refused = make(&it.stage.store, &it.tenant, it.contact, ("x", hour(30), false)).await.unwrap_err();
    assert!(is_taken(&refused), "{refused}");
    it.google.state().writes();

    // Nothing changed: the token is renewed and one question asked.
    it.read(noon(1_000)).await;
    assert_eq!(it.google.state().writes(), (0, 2));
    it.google.state().delete("dentist");
    it.read(noon(2_000)).await;
    it.book("x", hour(30)).await;
    // What Google remembers is over: everything is read.
    let change = it.google.state().events["dentist"].1;
    it.google.state().put("again", span(hour(40)));
    it.google.state().forgotten = change + 2;
    it.read(noon(3_000)).await;
    assert!(make(&it.stage.store, &it.tenant, it.contact, ("y", hour(40), false)).await.is_err());
}

#[tokio::test]
async fn what_an_account_gave_for_its_code_is_kept_whatever_fails_after_that() {
    let it = Connected::new().await;
    it.let_in("c0de", noon(0)).await;
    it.google.state().faults = unreachable().collect();
    assert!(it.read(noon(0)).await.error.unwrap().contains("503"));
    assert_eq!(it.calendar().await.account.unwrap().name, None);
    // Google takes no code a second time: what it gave is there.
    assert!(it.read(noon(100)).await.error.unwrap().contains("choose"));
    let google = it.calendar().await.account.unwrap();
    assert_eq!((google.name.as_deref(), google.choices.len()), (Some(ANA), 2));
    let calls = std::mem::take(&mut it.google.state().calls);
    assert_eq!(calls.iter().filter(|call| call.ends_with("/calendarList")).count(), 4, "{calls:?}");
    let left = it.stage.entities("credential").await;
    assert_eq!(left.len(), 1, "the refresh token alone: {left:?}");
}

#[tokio::test]
async fn our_visits_stand_there_once_and_go_with_their_cancellation() {
    let it = Connected::ready(true).await;
    let id = it.book("x", hour(30)).await;
    it.book("y", hour(50)).await;
    it.read(noon(60)).await;
    assert_eq!((it.theirs(), it.theirs().len()), (it.ours().await, 2));
    assert_eq!(it.google.state().seen()[it.event(id).as_str()]["summary"], "Roof repair");
    it.google.state().writes();
    for later in [noon(120), noon(1_100), noon(90_000)] {
        it.read(later).await;
        assert_eq!(it.google.state().writes().0, 0, "{later}: what we wrote is no change");
    }
    make(&it.stage.store, &it.tenant, it.contact, ("y2", hour(50), false)).await.unwrap_err();

    let appointments = it.stage.store.appointments();
    appointments.step(&it.tenant.id, id, &cancel(), &Trace { at: noon(90_010), ..trace() }).await.unwrap();
    it.read(noon(90_020)).await;
    assert_eq!((it.theirs(), it.theirs().len()), (it.ours().await, 1));
    assert_eq!(it.tasks().await, [], "nobody has to do anything");
}

#[tokio::test]
async fn moved_there_a_visit_moves_and_where_it_cannot_it_is_put_back_and_told() {
    let it = Connected::ready(true).await;
    let (x, _) = (it.book("x", hour(30)).await, it.book("y", hour(50)).await);
    it.read(noon(60)).await;
    it.google.state().drag(&it.event(x), hour(34));
    it.read(noon(120)).await;
    assert_eq!(it.tasks().await, [], "it could be moved");
    assert_eq!(it.ours().await[&it.event(x)].from, hour(34));
    let rows = it.stage.overdue_rows(noon(1_000), 50).await;
    let told = rows.iter().flat_map(|row| &row.events).filter(|event| event.name() == "appointment.rescheduled");
    assert_eq!(told.count(), 1, "the customer hears of it");
    it.read(noon(180)).await;
    assert_eq!((it.theirs(), it.tasks().await), (it.ours().await, vec![]));

    // Where the other one is.
    it.google.state().drag(&it.event(x), hour(50));
    it.read(noon(240)).await;
    assert_eq!(it.ours().await[&it.event(x)].from, hour(34));
    assert_eq!(it.theirs(), it.ours().await);
    let tasks = it.tasks().await;
    assert_eq!(tasks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Reschedule]);

    it.google.state().delete(&it.event(x));
    it.read(noon(300)).await;
    assert_eq!(it.theirs(), it.ours().await, "it is put back");
    assert_eq!(it.tasks().await.len(), 2);
}

#[tokio::test]
async fn an_event_that_moves_while_it_is_written_is_left_to_the_next_reading() {
    let it = Connected::ready(true).await;
    let id = it.book("x", hour(30)).await;
    it.read(noon(60)).await;
    let at = Trace { at: noon(70), ..trace() };
    it.stage.store.appointments().move_to(&it.tenant, id, hour(32), &[], &at).await.unwrap();
    it.google.state().meanwhile = Some((it.event(id), hour(40)));
    it.read(noon(120)).await;
    it.read(noon(180)).await;
    it.read(noon(240)).await;
    assert_eq!(it.ours().await[&it.event(id)].from, hour(32), "both moved it: ours stands");
    assert_eq!(it.theirs(), it.ours().await);
    assert_eq!(it.tasks().await.len(), 1);
}

#[tokio::test]
async fn while_google_is_down_what_was_known_stands_and_visits_are_written_once_it_is_there_again() {
    let it = Connected::ready(true).await;
    it.google.state().put("dentist", span(hour(30)));
    it.read(noon(60)).await;
    it.google.state().faults = unreachable().collect();
    let health = it.read(noon(120)).await;
    assert!(health.error.unwrap().contains("503"), "it says why");
    assert!(make(&it.stage.store, &it.tenant, it.contact, ("x", hour(30), false)).await.is_err());
    it.book("y", hour(40)).await;
    // It is due again within two minutes, and not after a quarter of an hour.
    let due = it.found(noon(120 + 121)).await.expect("it is tried again soon");
    it.worker.sync(&due, noon(241)).await.unwrap();
    assert_eq!((it.calendar().await.health.error, it.theirs()), (None, it.ours().await));

    // In the middle of the writing: what was written is not written twice.
    it.book("z", hour(60)).await;
    it.book("w", hour(70)).await;
    let busy = std::iter::repeat_n(Some((403, "rateLimitExceeded")), 3);
    it.google.state().faults = std::iter::repeat_n(None, 4).chain(busy).collect();
    it.read(noon(400)).await;
    it.read(noon(500)).await;
    assert_eq!(it.theirs(), it.ours().await);
}

#[tokio::test]
async fn a_reading_that_fails_after_it_wrote_the_days_does_not_say_that_they_hold_what_they_held_before() {
    let it = Connected::ready(true).await;
    it.google.state().put("dentist", span(hour(30)));
    it.read(noon(60)).await;
    let before = it.calendar().await.health;

    // The event is moved away; the days are written; then a visit cannot be.
    it.google.state().drag("dentist", hour(80));
    it.book("y", hour(40)).await;
    it.google.state().faults = std::iter::repeat_n(None, 2).chain(unreachable()).collect();
    let health = it.read(noon(120)).await;
    assert!(health.error.as_ref().unwrap().contains("503"), "{health:?}");
    assert_eq!(health.read_at, Some(noon(120)), "it was read");
    assert!(health.laid.is_some() && health.laid != before.laid, "{health:?}");
    let cancelled = it.book("z", hour(30)).await;
    let at = Trace { at: noon(130), ..trace() };
    it.stage.store.appointments().step(&it.tenant.id, cancelled, &cancel(), &at).await.unwrap();

    // It comes back to where it was: its time is taken again.
    it.google.state().faults.clear();
    it.google.state().drag("dentist", hour(30));
    it.read(noon(400)).await;
    let refused = make(&it.stage.store, &it.tenant, it.contact, ("w", hour(30), false)).await.unwrap_err();
    assert!(is_taken(&refused), "{refused}");
}

#[tokio::test]
async fn a_visit_that_google_refuses_keeps_neither_the_others_back_nor_what_is_read() {
    let it = Connected::ready(true).await;
    let (x, y, z) = (it.book("x", hour(174)).await, it.book("y", hour(180)).await, it.book("z", hour(186)).await);
    it.google.state().untouchable.insert(it.event(x));
    for later in [noon(60), noon(8_000)] {
        let health = it.read(later).await;
        assert_eq!(health.read_at, Some(later), "it was read");
        assert!(health.error.as_ref().unwrap().contains("1 of our visits"), "{health:?}");
        assert_eq!(it.theirs().into_keys().collect::<BTreeSet<_>>(), BTreeSet::from([it.event(y), it.event(z)]));
    }
    assert_eq!(it.found(noon(8_000 + 600)).await, None, "it is not asked again at once");
    assert_eq!(it.tasks().await, [], "what is taken is known: nobody has to look");
    // The channel is renewed all the same.
    it.read(noon(6 * 86_400 + 100)).await;
    assert!(it.google.state().calls.iter().filter(|call| call.ends_with("/watch")).count() > 1);
    it.google.state().untouchable.clear();
    let health = it.read(noon(6 * 86_400 + 1_100)).await;
    assert_eq!((health.error, it.theirs()), (None, it.ours().await));
}

#[tokio::test]
async fn a_visit_that_was_made_a_series_there_is_not_put_back_and_goes_with_its_cancellation() {
    let it = Connected::ready(true).await;
    let x = it.book("x", hour(40)).await;
    it.read(noon(60)).await;
    it.google.state().repeat(&it.event(x));
    it.google.state().writes();
    for later in [noon(120), noon(1_100), noon(90_000)] {
        assert_eq!(it.read(later).await.error, None);
        let writes = it.google.state().writes().0;
        assert_eq!((writes, it.tasks().await), (0, vec![]), "{later}: it is there");
    }
    let at = Trace { at: noon(90_010), ..trace() };
    it.stage.store.appointments().step(&it.tenant.id, x, &cancel(), &at).await.unwrap();
    it.read(noon(90_020)).await;
    assert_eq!(it.theirs(), BTreeMap::new());
}

#[tokio::test]
async fn an_account_that_takes_its_consent_back_is_told_of_once_and_comes_back_to_what_was() {
    let it = Connected::ready(true).await;
    it.book("x", hour(30)).await;
    it.read(noon(60)).await;
    it.google.state().locked_out = true;
    for later in [noon(120), noon(1_200)] {
        let health = it.read(later).await;
        assert!(health.reconnect && health.error.unwrap().contains("connect it again"));
    }
    let sqs = Sqs::new(&it.stage.aws);
    let mails = drain(&sqs, &it.mails).await;
    assert_eq!(mails.len(), it.tenant.notify.len(), "each of them once");
    assert!(mails.iter().all(|mail| mail.body.as_deref().unwrap().contains("calendar_lost")));
    it.google.state().locked_out = false;
    it.let_in("another", noon(1_300)).await;
    let health = it.read(noon(1_300)).await;
    assert_eq!((health.error, health.reconnect, it.theirs()), (None, false, it.ours().await));
}

fn notice(path: &str, channel: &str, token: &str, state: &str) -> Request {
    let mut request = Request::new(Body::Empty);
    *request.method_mut() = "POST".parse().unwrap();
    *request.uri_mut() = format!("https://porchlight.example.com{path}").parse().unwrap();
    for (name, value) in
        [("x-goog-channel-id", channel), ("x-goog-channel-token", token), ("x-goog-resource-state", state)]
    {
        request.headers_mut().insert(name, value.parse().unwrap());
    }
    lambda_http::RequestExt::with_raw_http_path(request, path)
}

#[tokio::test]
async fn a_message_of_google_makes_the_calendar_due_once_and_no_one_elses_does() {
    let it = Connected::ready(false).await;
    let (channel, (token, address)) =
        it.google.state().channels.first_key_value().map(|(id, of)| (id.clone(), of.clone())).unwrap();
    let path = Url::parse(&address).unwrap().path().to_owned();
    let answer = async |request: Request, at| it.webhook.handle(&request, at).await.status().as_u16();
    assert_eq!(answer(notice(&path, &channel, "stranger", "exists"), noon(20)).await, 401);
    assert_eq!(answer(notice(&path, "stranger", &token, "exists"), noon(20)).await, 401);
    let others = path.replace("/acme/", "/bolt/");
    assert_eq!(answer(notice(&others, &channel, &token, "exists"), noon(20)).await, 401);
    assert_eq!(answer(notice(&path, &channel, &token, "sync"), noon(20)).await, 200);
    let sqs = Sqs::new(&it.stage.aws);
    assert_eq!(drain(&sqs, &it.due).await.len(), 0);
    for late in [30, 31, 29] {
        assert_eq!(answer(notice(&path, &channel, &token, "exists"), noon(late)).await, 200);
    }
    let records = drain(&sqs, &it.due).await;
    assert!((1..=2).contains(&records.len()), "{}", records.len());
    let before = it.google.state().writes().1;
    for record in &records {
        let due: DueCalendar = serde_json::from_str(record.body.as_deref().unwrap()).unwrap();
        it.worker.sync(&due, noon(32)).await.unwrap();
    }
    assert!(before > 0 && it.google.state().writes().1 <= 3, "one reading");

    // A day before its end another channel takes its place, and Google is told to stop the old one.
    it.read(noon(6 * 86_400 + 100)).await;
    let state = it.google.state();
    assert!(state.channels.len() == 1 && !state.channels.contains_key(&channel));
}

#[tokio::test]
async fn what_a_reading_laid_while_it_was_disconnected_takes_no_time_while_google_is_down() {
    let it = Connected::ready(true).await;
    it.read(noon(60)).await;
    let closing = Closing { remove_events: true, since: noon(70) };
    let at = Trace { at: noon(70), ..trace() };
    it.book("x", hour(40)).await;
    it.read(noon(65)).await;
    it.stage.store.outside_calendars().close(&it.tenant.id, it.id, closing, &at).await.unwrap();
    let (ana, busy) = ([ResourceId::new("ana").unwrap()], [Span { from: hour(30), to: hour(31) }]);
    let late = CalendarReading { calendar: it.id, resources: &ana, busy: &busy, now: noon(70) };
    it.stage.store.outside_calendars().apply(&it.tenant.id, &late, async |_| Ok(())).await.unwrap();
    assert!(make(&it.stage.store, &it.tenant, it.contact, ("y", hour(30), false)).await.is_err());
    it.google.state().faults = unreachable().collect();
    let due = it.found(noon(71)).await.unwrap();
    it.worker.sync(&due, noon(71)).await.unwrap();
    assert!(it.calendar().await.closing.is_some(), "it is not ended yet");
    it.book("y", hour(30)).await;
}

#[tokio::test]
async fn disconnected_it_takes_no_time_leaves_nothing_behind_and_takes_nothing_from_others() {
    let it = Connected::ready(true).await;
    it.google.state().put("dentist", span(hour(30)));
    it.book("x", hour(40)).await;
    it.read(noon(60)).await;
    let at = Trace { at: noon(70), ..trace() };
    let closing = Closing { remove_events: true, since: noon(70) };
    it.stage.store.outside_calendars().close(&it.tenant.id, it.id, closing, &at).await.unwrap();
    it.book("y", hour(30)).await;
    it.google.state().faults = std::iter::repeat_n(Some((500, "backendError")), 3).collect();
    let due = it.found(noon(71)).await.unwrap();
    it.worker.sync(&due, noon(71)).await.unwrap();
    assert!(it.stage.store.documents().get::<OutsideCalendar>(&it.tenant.id, &it.id.to_string()).await.is_ok());
    let due = it.found(noon(200)).await.expect("it is tried again");
    it.worker.sync(&due, noon(200)).await.unwrap();
    let gone = it.stage.store.documents().get::<OutsideCalendar>(&it.tenant.id, &it.id.to_string()).await;
    assert!(gone.is_err(), "{gone:?}");
    let left = it.stage.entities("credential").await;
    assert_eq!(left.len(), 0, "{left:?}");
    let state = it.google.state();
    assert_eq!(state.channels.len(), 0);
    let is_revoked = state.calls.iter().any(|call| call.ends_with("/revoke"));
    assert!(!is_revoked, "another tenant may use a calendar of the same account");
    assert_eq!(state.seen().into_keys().collect::<Vec<_>>(), ["dentist"]);
}

/// The seeds of what happens in a test: 7, or `PORCHLIGHT_INTERLEAVINGS` of them from `PORCHLIGHT_SEED` on.
pub fn seeds() -> Range<u64> {
    let setting = |name: &str, usually: u64| {
        std::env::var(name).map_or(usually, |text| text.parse().unwrap_or_else(|_| panic!("{name} is a number")))
    };
    let first = setting("PORCHLIGHT_SEED", 7);
    first..first + setting("PORCHLIGHT_INTERLEAVINGS", 1)
}

#[tokio::test]
async fn whatever_both_sides_do_in_whatever_order_they_are_equal_in_the_end() {
    for seed in seeds() {
        both_sides_are_equal_after(seed).await;
    }
}

async fn both_sides_are_equal_after(seed: u64) {
    let (it, mut chance) = (Connected::ready(true).await, Chance::new(seed));
    let appointments = it.stage.store.appointments();
    let mut now = 100;
    for _ in 0..60 {
        now += 70;
        let at = Trace { at: noon(now), ..trace() };
        let name = format!("visit-{}", chance.below(5));
        let id = AppointmentId::derive(&it.tenant.id, &[&name]);
        let to = hour(chance.between(30, 70));
        // What is refused because the time is taken is no concern here.
        match chance.below(11) {
            0 | 1 => drop(make(&it.stage.store, &it.tenant, it.contact, (&name, to, false)).await),
            2 => drop(appointments.move_to(&it.tenant, id, to, &[], &at).await),
            3 => drop(appointments.step(&it.tenant.id, id, &cancel(), &at).await),
            4 => it.google.state().drag(&it.event(id), to),
            5 => it.google.state().delete(&it.event(id)),
            6 => it.google.state().put("theirs", span(to)),
            7 => it.google.state().meanwhile = Some((it.event(id), to)),
            8 => it.google.state().faults = std::iter::repeat_n(Some((503, "backendError")), chance.below(5)).collect(),
            9 => it.told(noon(now)).await,
            _ => {
                it.read(noon(now)).await;
            }
        }
    }
    it.google.state().faults.clear();
    it.google.state().meanwhile = None;
    for _ in 0..4 {
        now += 1_000;
        it.read(noon(now)).await;
    }
    assert_eq!(it.theirs(), it.ours().await, "PORCHLIGHT_SEED={seed}");
    it.google.state().writes();
    it.read(noon(now + 1_000)).await;
    assert_eq!(it.google.state().writes().0, 0, "PORCHLIGHT_SEED={seed}: it is quiet");
}
