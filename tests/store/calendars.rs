//! Outside calendars over the table, with a server that answers as calendars' servers do: what was known is not booked over,
//! what was booked before stays and is a task, and whoever comes twice or too late changes nothing.

use aws_sdk_sqs::Client as Sqs;
use connectors::calendars::Schedulers;
use connectors::feed::FeedReader;
use cron_calendars::DueCalendars;
use domain::Failure;
use domain::conversations::{Task, TaskKind};
use domain::failure::Rejection;
use domain::ids::{AppointmentId, OutsideCalendarId, ResourceId};
use domain::scheduling::{
    Booking, BookingState, CalendarHealth, CalendarKind, CalendarReading, DueCalendar, OutsideCalendar, Span, Terms,
};
use domain::webhooks::Reach;
use futures::future::join_all;
use jiff::Timestamp;
use runtime::queue::Queue;
use store::{Store, Trace, WantedTime};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};
use worker_calendars::Calendars;

use crate::appointments::{hour, is_taken, make, opened};
use crate::queues::{drain, queue};
use crate::stage::{Stage, noon, trace};
use crate::sweeping::soon;

/// Ana's calendar, and who reads it.
struct Connected {
    worker: Calendars,
    server: MockServer,
    sqs: Sqs,
    calendar: OutsideCalendar,
}

impl Connected {
    async fn new(stage: &Stage) -> Self {
        let (server, tenant) = (MockServer::start().await, &stage.tenant.id);
        let calendar = OutsideCalendar {
            id: OutsideCalendarId::derive(tenant, &["ana"]),
            name: "Ana, private".to_owned(),
            kind: CalendarKind::Feed,
            resource: Some(ResourceId::new("ana").unwrap()),
            host: "127.0.0.1".to_owned(),
            health: CalendarHealth { next_at: noon(0), ..CalendarHealth::default() },
            account: None,
            closing: None,
            created_at: noon(0),
        };
        let (key, url) = (&stage.stack.outputs["CredentialsKeyId"], format!("{}/secret-7f3a", server.uri()).into());
        let calendars = stage.store.outside_calendars();
        let made = calendars.connect(key, tenant, &calendar, Some(&url), &trace()).await.unwrap();
        assert_eq!(
            calendars.connect(key, tenant, &calendar, Some(&url), &trace()).await.unwrap(),
            made,
            "the same again"
        );
        let reader = FeedReader::new(Reach::Local).unwrap();
        let sqs = Sqs::new(&stage.aws);
        let mails = Queue::new(sqs.clone(), queue(&sqs, false).await);
        let schedulers = Schedulers::new(Reach::Local).unwrap();
        let (kms_key_id, public_url) = (key.clone(), "https://porchlight.example.com".to_owned());
        let worker = Calendars { store: stage.cold(), reader, google: None, schedulers, kms_key_id, public_url, mails };
        Self { worker, server, sqs, calendar }
    }

    /// From now on the server answers with these events.
    async fn says(&self, events: &[(Timestamp, Timestamp)]) {
        let stamp = |at: &Timestamp| at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let event = |(n, (from, to)): (usize, &(Timestamp, Timestamp))| {
            format!("BEGIN:VEVENT\nUID:{n}\nDTSTART:{}\nDTEND:{}\nEND:VEVENT\n", stamp(from), stamp(to))
        };
        let events: String = events.iter().enumerate().map(event).collect();
        self.answers(ResponseTemplate::new(200).set_body_string(format!("BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")))
            .await;
    }

    async fn answers(&self, answer: ResponseTemplate) {
        self.server.reset().await;
        Mock::given(method("GET")).respond_with(answer).mount(&self.server).await;
    }

    /// What `cron-calendars` puts on the queue at `now`.
    async fn due(&self, now: Timestamp) -> Vec<DueCalendar> {
        let url = queue(&self.sqs, false).await;
        let store = self.worker.store.clone();
        let cron = DueCalendars { store, queue: Queue::new(self.sqs.clone(), url.clone()) };
        let asked = cron.ask(now, soon()).await.unwrap();
        let messages = drain(&self.sqs, &url).await;
        assert_eq!(asked, messages.len());
        messages.iter().map(|message| serde_json::from_str(message.body.as_deref().unwrap()).unwrap()).collect()
    }

    /// Reads the calendar, which is due.
    async fn read(&self, stage: &Stage, now: Timestamp) -> CalendarHealth {
        let due = self.due(now).await;
        assert_eq!(due.len(), 1);
        self.worker.sync(&due[0], now).await.unwrap();
        let id = self.calendar.id.to_string();
        stage.store.documents().get::<OutsideCalendar>(&stage.tenant.id, &id).await.unwrap().value.health
    }
}

async fn tasks(store: &Store, stage: &Stage) -> Vec<Task> {
    store.tasks().list(&stage.tenant.id, true, 100, None).await.unwrap().items
}

#[tokio::test]
async fn what_was_booked_before_stays_and_is_one_task_and_what_was_known_is_not_booked() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap();
    let ana = Connected::new(&stage).await;
    let half = noon(30 * 3_600 + 1_800);
    ana.says(&[(half, hour(32))]).await;
    let health = ana.read(&stage, noon(60)).await;
    assert_eq!((health.read_at, health.error, health.unreadable), (Some(noon(60)), None, 0));
    let clash = tasks(&stage.store, &stage).await;
    assert_eq!(clash.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Reschedule]);
    assert!(clash[0].note.contains("Ana, private"), "{}", clash[0].note);
    let id = AppointmentId::derive(&tenant.id, &["x"]);
    assert_eq!(stage.store.appointments().get(&tenant.id, id).await.unwrap().value.state, BookingState::Booked);
    assert!(is_taken(&make(&stage.store, &tenant, contact, ("y", hour(31), false)).await.unwrap_err()));

    assert_eq!(ana.due(noon(60)).await, [], "it was read");
    ana.read(&stage, noon(960)).await;
    assert_eq!(tasks(&stage.store, &stage).await, clash, "the same again is nothing");

    ana.says(&[]).await;
    ana.read(&stage, noon(1_860)).await;
    make(&stage.store, &tenant, contact, ("y", hour(31), false)).await.unwrap();
}

#[tokio::test]
async fn while_it_cannot_be_read_its_times_stay_and_what_is_booked_is_to_be_checked_once() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let ana = Connected::new(&stage).await;
    ana.says(&[(hour(40), hour(41))]).await;
    ana.read(&stage, noon(0)).await;
    ana.answers(ResponseTemplate::new(404)).await;
    let health = ana.read(&stage, noon(901)).await;
    assert!(health.error.unwrap().contains("404"));
    assert_eq!((health.read_at, tasks(&stage.store, &stage).await.len()), (Some(noon(0)), 0));
    assert!(is_taken(&make(&stage.store, &tenant, contact, ("y", hour(40), false)).await.unwrap_err()));
    let later = Trace { at: noon(5_000), ..trace() };
    let terms = Terms::of(&tenant, None, &tenant.services[0].id).unwrap();
    let new = Booking::new(AppointmentId::derive(&tenant.id, &["z"]), contact, &terms, later.at);
    let wanted = WantedTime { terms: &terms, starts_at: hour(50), resources: &[] };
    stage.store.appointments().make(&tenant.id, &new, wanted, false, &later).await.unwrap();
    for now in [noon(7_300), noon(8_300)] {
        ana.read(&stage, now).await;
        let checks = tasks(&stage.store, &stage).await;
        assert_eq!(checks.iter().map(|task| task.kind).collect::<Vec<_>>(), [TaskKind::Other], "{now}");
    }
}

#[tokio::test]
async fn a_record_that_comes_again_or_late_reads_nothing_and_of_two_at_once_one_reads() {
    let (stage, _, _) = opened(&["ana"]).await;
    let ana = Connected::new(&stage).await;
    ana.says(&[]).await;
    let due = ana.due(noon(0)).await.remove(0);
    let twice = join_all([ana.worker.sync(&due, noon(1)), ana.worker.sync(&due, noon(1))]).await;
    assert!(twice.iter().all(Result::is_ok), "{twice:?}");
    ana.worker.sync(&due, noon(2_000)).await.unwrap();
    assert_eq!(ana.server.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_calendar_that_is_removed_takes_no_time_any_more_nor_does_a_record_that_comes_late() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let ana = Connected::new(&stage).await;
    ana.says(&[(hour(30), hour(31))]).await;
    let late = ana.due(noon(0)).await.remove(0);
    ana.read(&stage, noon(0)).await;
    let (calendars, id) = (stage.store.outside_calendars(), ana.calendar.id);
    calendars.remove(&tenant.id, id, &Trace { at: noon(10), ..trace() }).await.unwrap();
    assert!(calendars.address(&tenant.id, id).await.unwrap().is_none(), "its address is forgotten");
    ana.worker.sync(&late, noon(20)).await.unwrap();
    make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap();
    let gone = calendars.remove(&tenant.id, id, &trace()).await.unwrap_err();
    assert!(matches!(gone, Failure::Rejected { kind: Rejection::NotFound, .. }), "{gone:?}");
}

#[tokio::test]
async fn a_removal_that_broke_off_before_the_days_were_cleared_clears_them_when_it_comes_again() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let calendars = stage.store.outside_calendars();
    let (gone, ana) = (OutsideCalendarId::derive(&tenant.id, &["gone"]), [ResourceId::new("ana").unwrap()]);
    let busy = [Span { from: hour(30), to: hour(31) }];
    // The days as such a removal leaves them: the calendar is no more, what it said is.
    let left = CalendarReading { calendar: gone, resources: &ana, busy: &busy, now: noon(0) };
    calendars.apply(&tenant.id, &left, async |_| Ok(())).await.unwrap();
    assert!(is_taken(&make(&stage.store, &tenant, contact, ("x", hour(30), false)).await.unwrap_err()));
    let again = calendars.remove(&tenant.id, gone, &Trace { at: noon(10), ..trace() }).await.unwrap_err();
    assert!(matches!(again, Failure::Rejected { kind: Rejection::NotFound, .. }), "{again:?}");
    make(&stage.store, &tenant, contact, ("y", hour(30), false)).await.unwrap();
}

#[tokio::test]
async fn bookings_and_readings_at_the_same_moment_never_both_have_a_time() {
    let (stage, tenant, contact) = opened(&["ana"]).await;
    let ana = Connected::new(&stage).await;
    ana.says(&[(hour(30), hour(31)), (hour(33), hour(34))]).await;
    let due = ana.due(noon(0)).await.remove(0);
    let names = ["a", "b", "c", "d", "e"];
    let bookings = join_all(
        names.iter().zip(29..).map(|(name, at)| make(&stage.store, &tenant, contact, (*name, hour(at), false))),
    );
    let (read, booked) = tokio::join!(ana.worker.sync(&due, noon(0)), bookings);
    read.unwrap();
    let clashed: Vec<Task> = tasks(&stage.store, &stage).await;
    // Who has a time that the calendar has too came first, and is told of.
    let over = [&booked[1], &booked[4]].into_iter().filter(|made| made.is_ok()).count();
    assert_eq!(clashed.len(), over);
    assert!([&booked[0], &booked[2], &booked[3]].into_iter().all(Result::is_ok), "{booked:?}");
    // Whoever came first: no one has these hours any more.
    for (name, at) in [("f", 30), ("g", 33)] {
        let late = make(&stage.store, &tenant, contact, (name, hour(at), false)).await;
        assert!(late.as_ref().is_err_and(is_taken), "{late:?}");
    }
}
