//! Locations: what they take from the tenant, and what is refused.

use serde_json::{from_value, json};

use super::*;
use crate::samples::roofer;

fn location(id: &str) -> Location {
    let address = json!({
        "street": "1 Example Street", "city": "Lakewood", "postal_code": "80226", "state": "CO", "country": "US"
    });
    from_value(json!({ "id": id, "name": "Lakewood", "address": address })).unwrap()
}

fn refused(locations: &[Location]) -> String {
    match Location::validate_all(locations, &roofer()) {
        Err(Failure::Rejected { field: Some(field), .. }) => field,
        other => panic!("{other:?}"),
    }
}

fn changed(change: impl FnOnce(&mut Location)) -> Vec<Location> {
    let mut changed = location("lakewood");
    change(&mut changed);
    vec![location("aurora"), changed]
}

#[test]
fn what_a_location_leaves_out_is_as_for_the_tenant() {
    let tenant = roofer();
    let mut shop = location("lakewood");
    // A Monday: Denver is open from 8 to 5.
    let noon: Timestamp = "2026-11-23T12:00:00-07:00".parse().unwrap();
    assert!(shop.is_open_at(&tenant, noon));
    shop.hours = Some(from_value(json!({ "monday": [{ "open": "13:00", "close": "15:00" }] })).unwrap());
    assert!(!shop.is_open_at(&tenant, noon));
    assert_eq!(shop.next_opening(&tenant, noon), Some("2026-11-23T13:00:00-07:00".parse().unwrap()));
    shop.zone = Some("America/New_York".to_owned());
    assert!(shop.is_open_at(&tenant, noon), "14:00 there");
    shop.active = false;
    assert!(!shop.is_open_at(&tenant, noon) && shop.next_opening(&tenant, noon).is_none());
}

#[test]
fn an_address_is_one_line() {
    assert_eq!(location("lakewood").address.line(), "1 Example Street, Lakewood, CO 80226");
    let abroad = PostalAddress { state: String::new(), postal_code: String::new(), ..location("x").address };
    assert_eq!(abroad.line(), "1 Example Street, Lakewood");
}

#[test]
fn a_refusal_names_the_location_and_the_field() {
    let price = |service: &str| from_value::<LocationPrice>(json!({ "service": service })).unwrap();
    assert_eq!(Location::validate_all(&changed(|l| l.prices.push(price("roof-repair"))), &roofer()), Ok(()));
    assert_eq!(refused(&changed(|l| l.zone = Some("Mars/Olympus".to_owned()))), "locations[1].zone");
    assert_eq!(refused(&changed(|l| l.name.clear())), "locations[1].name");
    assert_eq!(refused(&changed(|l| l.address.city.clear())), "locations[1].address.city");
    assert_eq!(refused(&changed(|l| l.address.country = "usa".to_owned())), "locations[1].address.country");
    assert_eq!(refused(&changed(|l| l.prices.push(price("windows")))), "locations[1].prices[0].service");
    assert_eq!(
        refused(&changed(|l| l.prices = vec![price("roof-repair"), price("roof-repair")])),
        "locations[1].prices[1].service"
    );
    let slip = json!({ "monday": [{ "open": "17:00", "close": "08:00" }] });
    assert_eq!(refused(&changed(|l| l.hours = Some(from_value(slip).unwrap()))), "locations[1].hours.monday[0]");
    let upside_down = Some(Price { from_cents: 2, to_cents: Some(1) });
    assert_eq!(
        refused(&changed(|l| l.prices = vec![LocationPrice { price: upside_down, ..price("roof-repair") }])),
        "locations[1].prices[0].price"
    );
}

#[test]
fn ids_and_numbers_are_given_once() {
    assert_eq!(refused(&[location("lakewood"), location("aurora"), location("lakewood")]), "locations[2].id");
    let phone = Some(Phone::e164("+13035550101", "phone").unwrap());
    let reachable = |id| Location { phone: phone.clone(), ..location(id) };
    assert_eq!(refused(&[reachable("aurora"), reachable("lakewood")]), "locations[1].phone");
}

#[test]
fn there_may_be_a_thousand_and_not_one_more() {
    let mut many: Vec<Location> = (0..MAX_LOCATIONS).map(|number| location(&format!("shop-{number}"))).collect();
    assert_eq!(Location::validate_all(&many, &roofer()), Ok(()));
    many.push(location("one-more"));
    assert_eq!(refused(&many), "locations");
}
