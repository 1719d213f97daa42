//! The way between two visits against the table's conditions, and where an address is.

use domain::Failure;
use domain::ids::AppointmentId;
use domain::scheduling::{Booking, Place, Terms, Whereabouts};
use domain::tenancy::{Tenant, WorksAt};
use futures::future::join_all;
use jiff::Timestamp;
use store::{Store, Trace, Versioned, WantedTime};
use weather::{Point, Sought};

use crate::appointments::{hour, is_taken, opened, repair};
use crate::counting::counted;
use crate::stage::{Stage, noon, trace};

const BOULDER: &str = "1 Pearl Street, Boulder, CO 80302";
/// 82 minutes from Boulder.
const DENVER: &str = "12 Alder Street, Denver, CO 80202";

/// A business of Ana's who goes to her customers.
pub async fn going_out() -> (Stage, Tenant, domain::ContactId) {
    let (stage, mut tenant, contact) = opened(&["ana"]).await;
    tenant.services[0].booking.as_mut().unwrap().works_at = Some(WorksAt::Customer);
    (stage, tenant, contact)
}

/// The same, where the geocoder was asked for both places.
async fn on_the_road() -> (Stage, Tenant, domain::ContactId) {
    let (stage, tenant, contact) = going_out().await;
    for (address, point) in [(BOULDER, Point::new(40.015, -105.2705)), (DENVER, Point::new(39.7392, -104.9903))] {
        let sought = Sought::of_line(address, &tenant.region).unwrap();
        stage.store.weather().keep_point(&sought, point, noon(0)).await.unwrap();
    }
    (stage, tenant, contact)
}

pub async fn make(
    store: &Store,
    (tenant, contact): (&Tenant, domain::ContactId),
    (name, starts_at, address): (&str, Timestamp, &str),
) -> Result<Versioned<Booking>, Failure> {
    let (store, by) = (store.appointments(), Trace { at: noon(0), ..trace() });
    let terms = store.visiting(tenant, Terms::of(tenant, None, &repair())?, Some(address), noon(0)).await?;
    let new = Booking::new(AppointmentId::derive(&tenant.id, &[name]), contact, &terms, noon(0));
    store.make(&tenant.id, &new, WantedTime { terms: &terms, starts_at, resources: &[] }, false, &by).await
}

#[tokio::test]
async fn a_visit_at_a_known_address_keeps_the_way_free_and_its_place_when_it_moves() {
    let (stage, tenant, contact) = on_the_road().await;
    let (store, who) = (stage.store.appointments(), (&tenant, contact));
    let made = make(&stage.store, who, ("x", hour(26), BOULDER)).await.unwrap().value;
    assert_eq!(made.place, Place::new(40.015, -105.2705));
    assert!(is_taken(&make(&stage.store, who, ("y", hour(28), DENVER)).await.unwrap_err()));
    let elsewhere = make(&stage.store, who, ("z", hour(27), "1 Main Street, Nowhere, CO 80000")).await.unwrap().value;
    assert_eq!(elsewhere.place, None, "it is not known, and no way counts");
    let typed = store.whereabouts(Whereabouts::of_address("-33.9, 151.2", "US"), noon(0)).await.unwrap();
    assert_eq!(typed.place, None, "whoever types degrees on a page keeps no one from booking");
    make(&stage.store, who, ("y", hour(29), DENVER)).await.unwrap();
    let by = Trace { at: noon(0), ..trace() };
    assert!(is_taken(&store.move_to(&tenant, made.id, hour(30), &[], &by).await.unwrap_err()));
    let moved = store.move_to(&tenant, made.id, hour(32), &[], &by).await.unwrap().value;
    assert_eq!((moved.place, moved.starts_at), (made.place, hour(32)));
}

#[tokio::test]
async fn an_address_costs_one_call_and_none_where_it_is_remembered() {
    let (stage, tenant, contact) = on_the_road().await;
    let (store, calls) = counted(&stage);
    let who = (&tenant, contact);
    make(&store, who, ("x", hour(26), BOULDER)).await.unwrap();
    assert_eq!(calls.take(), ["GetItem", "Query", "Query", "TransactWriteItems"]);
    let asked = async |address| {
        let (terms, free) = (Terms::of(&tenant, None, &repair()).unwrap(), store.appointments());
        let terms = free.visiting(&tenant, terms, Some(address), noon(0)).await.unwrap();
        free.calendar(&tenant.id, terms.dates(hour(24), hour(48))).await.unwrap();
    };
    asked(BOULDER).await;
    assert_eq!(calls.take(), ["Query", "Query"]);
    asked(DENVER).await;
    assert_eq!(calls.take(), ["GetItem", "Query", "Query"], "the first time");
    make(&store, who, ("y", hour(30), DENVER)).await.unwrap();
    assert_eq!(calls.take(), ["Query", "Query", "TransactWriteItems"]);
}

#[tokio::test]
async fn of_two_who_book_on_both_sides_of_midnight_and_far_from_each_other_one_has_it() {
    let (stage, tenant, contact) = on_the_road().await;
    // Midnight is twelve hours after noon: the visits lie in different days, and each stands in both.
    for day in 1..5 {
        let midnight = hour(24 * day + 12);
        let names = [format!("before {day}"), format!("after {day}")];
        let wanted = [(names[0].as_str(), hour(24 * day + 11), BOULDER), (names[1].as_str(), midnight, DENVER)];
        let asked = wanted.into_iter().map(|visit| make(&stage.store, (&tenant, contact), visit));
        let answers = join_all(asked).await;
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{answers:?}");
        assert!(answers.iter().filter_map(|answer| answer.as_ref().err()).all(is_taken), "{answers:?}");
    }
}
