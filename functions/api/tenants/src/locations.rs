//! The places of the business.

use domain::ids::LocationId;
use domain::tenancy::{Location, MAX_LOCATIONS};
use domain::{Failure, TenantId};
use store::Store;

use crate::rules::taken;

/// The kind of document.
struct Locations;

api::resource! {
    (Locations: Location by LocationId, "/v1/locations", "/v1/locations/{id}", "settings",
        ReadSettings "settings:read", WriteSettings "settings:write")
    /// List locations
    list "listLocations" = "A page of locations, by id";
    /// Get a location
    show "getLocation" = "The location";
    /// Add a location
    ///
    /// Its services are the tenant's; what it leaves out is as for the whole tenant. A tenant has at most 1,000.
    create "createLocation";
    /// Replace a location
    replace "replaceLocation";
    /// Remove a location
    remove "removeLocation";
}

impl api::Resource for Locations {
    type Document = Location;

    fn id(text: &str) -> Result<String, Failure> {
        LocationId::new(text).map(String::from).map_err(|_| Failure::not_found("location"))
    }
}

impl api::Editable for Locations {
    async fn check(store: &Store, tenant: &TenantId, wanted: &Location) -> Result<(), Failure> {
        wanted.validate(&store.tenants().document(tenant).await?.value)?;
        fits(wanted, store.documents().all::<Location>(tenant).await?)
    }
}

fn fits(wanted: &Location, mut others: Vec<Location>) -> Result<(), Failure> {
    others.retain(|other| other.id != wanted.id);
    if others.len() >= MAX_LOCATIONS {
        return Err(taken("id", format!("a business may have at most {MAX_LOCATIONS} locations")));
    }
    match others.iter().find(|other| other.phone.is_some() && other.phone == wanted.phone) {
        Some(other) => Err(taken("phone", format!("this number is the one of {}", other.id))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use api::Resource as _;
    use domain::failure::Rejection;
    use serde_json::{from_value, json};

    fn location(id: &str, phone: Option<&str>) -> Location {
        let address = json!({"street": "1 Example Street", "city": "Lakewood", "country": "US"});
        from_value(json!({"id": id, "name": "Lakewood", "address": address, "phone": phone})).unwrap()
    }

    fn refused(result: Result<(), Failure>) -> String {
        match result {
            Err(Failure::Rejected { kind: Rejection::Conflict, field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_last_location_fits_and_one_more_does_not() {
        let mut others: Vec<Location> = (1..MAX_LOCATIONS).map(|n| location(&format!("l-{n}"), None)).collect();
        assert_eq!(fits(&location("new", None), others.clone()), Ok(()));
        others.push(location("last", None));
        assert_eq!(refused(fits(&location("new", None), others.clone())), "id");
        // One that is there is not one more.
        assert_eq!(fits(&location("last", None), others), Ok(()));
    }

    #[test]
    fn a_number_rings_at_one_place() {
        let others = vec![location("aurora", Some("+13035550101")), location("golden", None)];
        assert_eq!(refused(fits(&location("lakewood", Some("+13035550101")), others.clone())), "phone");
        assert_eq!(fits(&location("aurora", Some("+13035550101")), others.clone()), Ok(()));
        assert_eq!(fits(&location("lakewood", None), others), Ok(()));
    }

    #[test]
    fn what_cannot_be_an_id_names_nothing() {
        assert_eq!(Locations::id("lakewood"), Ok("lakewood".to_owned()));
        for wrong in ["", "a b", "UPPER", &"a".repeat(2_000), "a#b"] {
            assert!(
                matches!(Locations::id(wrong), Err(Failure::Rejected { kind: Rejection::NotFound, .. })),
                "{wrong}"
            );
        }
    }
}
