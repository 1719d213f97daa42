//! Where the customers of visits are is looked up once they are booked.

use aws_sdk_sqs::Client as Sqs;
use domain::events::{Event, EventKind};
use domain::identity::KeyMode;
use domain::scheduling::{Booking, Place};
use domain::tenancy::Tenant;
use domain::{ContactId, EventId, Failure};
use runtime::queue::{Queue, Work};
use worker_weather::WeatherChecks;

use super::checks;
use super::provider::Provider;
use crate::appointments::{hour, is_taken};
use crate::queues::queue;
use crate::stage::{Stage, noon};
use crate::travel::{going_out, make};

const NEAR: &str = "12 Alder Street, Town aa, CO";
/// 94 minutes from there.
const FAR: &str = "1 Pearl Street, Town ea, CO";

struct Road {
    stage: Stage,
    tenant: Tenant,
    contact: ContactId,
    provider: Provider,
    checks: WeatherChecks,
}

impl Road {
    async fn new() -> Self {
        let ((stage, tenant, contact), provider) = (going_out().await, Provider::start().await);
        let sqs = Sqs::new(&stage.aws);
        let url = queue(&sqs, false).await;
        let checks = checks(stage.store.clone(), Queue::new(sqs, url), &provider);
        Self { stage, tenant, contact, provider, checks }
    }

    async fn book(&self, name: &str, hours: i64, address: &str) -> Result<Booking, Failure> {
        let made = make(&self.stage.store, (&self.tenant, self.contact), (name, hour(hours), address)).await?;
        Ok(made.value)
    }

    /// The worker hears that it was booked; the booking as it is then.
    async fn hears(&self, booking: &Booking, correlation_id: &str) -> Result<Booking, Failure> {
        let (id, tenant) = (EventId::derive(&self.tenant.id, &[correlation_id]), self.tenant.id.clone());
        let kind = EventKind::of_booking(None, booking).unwrap();
        let event = Event { id, tenant, at: noon(0), correlation_id: correlation_id.to_owned(), kind };
        self.checks.work(&Work::Event(Box::new(event)), noon(30)).await?;
        Ok(self.stage.store.appointments().get(&self.tenant.id, booking.id).await?.value)
    }

    async fn searches(&self) -> usize {
        self.provider.counts().await.get("search").copied().unwrap_or_default()
    }
}

#[tokio::test]
async fn the_address_of_a_visit_is_looked_up_once_it_is_booked_and_the_way_counts_from_then_on() {
    let road = Road::new().await;
    let near = road.book("near", 26, NEAR).await.unwrap();
    let beside = road.book("beside", 27, FAR).await.unwrap();
    assert_eq!((near.place, road.searches().await), (None, 0), "no one is asked while a customer waits");
    for _ in 0..2 {
        let known = road.hears(&near, "c").await.unwrap();
        assert_eq!((known.place, known.sought), (Place::new(39.0, -105.5), None));
    }
    assert_eq!(road.searches().await, 1, "twice is once");
    // The way to it is too long by now: it was agreed on, and stays where it is.
    let known = road.hears(&beside, "c").await.unwrap();
    assert_eq!((known.starts_at, known.place, known.sought), (hour(27), None, None));
    // The next ones are known at once, and the day knows of the first.
    let next = road.book("next", 30, NEAR).await.unwrap();
    assert_eq!((next.place, &next.sought), (Place::new(39.0, -105.5), &None));
    assert!(is_taken(&road.book("too near", 31, FAR).await.unwrap_err()));
    assert!(is_taken(&road.book("before", 25, FAR).await.unwrap_err()), "the visit that was looked up keeps its way");
    road.hears(&next, "c").await.unwrap();
    assert_eq!(road.searches().await, 2);
}

#[tokio::test]
async fn what_is_not_found_is_let_be_and_what_cannot_be_asked_comes_again() {
    let road = Road::new().await;
    let nowhere = road.book("nowhere", 26, "1 Main Street, Nowhere, CO").await.unwrap();
    let known = road.hears(&nowhere, "c").await.unwrap();
    assert_eq!((known.place, known.sought), (None, None));
    let garbled = road.book("garbled", 28, "1 Main Street, Garbled, CO").await.unwrap();
    assert!(matches!(road.hears(&garbled, "c").await, Err(Failure::Retryable(_))));
    let waits = road.stage.store.appointments().get(&road.tenant.id, garbled.id).await.unwrap().value;
    assert_eq!(waits.sought, garbled.sought, "it is looked up when the record comes again");
    let tried = road.book("test", 30, NEAR).await.unwrap();
    let same = road.hears(&tried, &KeyMode::Test.mark("c".to_owned())).await.unwrap();
    assert_eq!((same.sought, road.searches().await), (tried.sought, 2), "what a test key causes goes nowhere");
}
