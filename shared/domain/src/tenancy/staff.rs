//! The people who do the work: each a document of its own. Whether they may sign in is another matter (identity).

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Location;
use super::check::{ensure, text, unique, words};
use crate::Failure;
use crate::ids::{LocationId, StaffId};
use crate::messaging::{Email, Phone};

/// The most staff a tenant may have.
pub const MAX_STAFF: usize = 2_000;

/// One person who works for the business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffMember {
    /// Their slug.
    pub id: StaffId,
    /// Their name.
    #[schema(min_length = 1, max_length = 80, example = "Ana Flores")]
    pub name: String,
    /// What they are: `Lead roofer`.
    #[serde(default)]
    #[schema(max_length = 80, example = "Lead roofer")]
    pub title: String,
    /// Their address.
    #[serde(default)]
    pub email: Option<Email>,
    /// Their number.
    #[serde(default)]
    pub phone: Option<Phone>,
    /// Where they work; empty: everywhere.
    #[serde(default)]
    pub locations: Vec<LocationId>,
    /// What they can do; a service asks for such skills.
    #[serde(default)]
    pub skills: Vec<String>,
    /// Whether they work there now.
    #[serde(default = "yes")]
    pub active: bool,
}

fn yes() -> bool {
    true
}

impl StaffMember {
    /// Whether they work at `location`.
    #[must_use]
    pub fn works_at(&self, location: &LocationId) -> bool {
        self.active && (self.locations.is_empty() || self.locations.contains(location))
    }

    /// Checks what the types do not: a name, known locations.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field within the person, such as `locations[1]`.
    pub fn validate(&self, locations: &[Location]) -> Result<(), Failure> {
        text("name", &self.name, 1..=80)?;
        text("title", &self.title, 0..=80)?;
        words("skills", &self.skills)?;
        for (index, id) in self.locations.iter().enumerate() {
            let known = locations.iter().any(|location| location.id == *id);
            ensure(known, format!("locations[{index}]"), format!("{id} is no location of this business"))?;
        }
        unique(self.locations.iter().enumerate().map(|(index, id)| (format!("locations[{index}]"), id)))
    }

    /// Checks all staff of a tenant: each by themselves, their number, and that none has another's id, address or number.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `staff[3].email`.
    pub fn validate_all(staff: &[Self], locations: &[Location]) -> Result<(), Failure> {
        ensure(staff.len() <= MAX_STAFF, "staff", format!("a business may have at most {MAX_STAFF} staff"))?;
        for (index, person) in staff.iter().enumerate() {
            person.validate(locations).map_err(|failure| failure.within(&format!("staff[{index}]")))?;
        }
        let people = || staff.iter().enumerate();
        unique(people().map(|(index, person)| (format!("staff[{index}].id"), &person.id)))?;
        unique(people().filter_map(|(index, person)| Some((format!("staff[{index}].email"), person.email.as_ref()?))))?;
        unique(people().filter_map(|(index, person)| Some((format!("staff[{index}].phone"), person.phone.as_ref()?))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn person(id: &str) -> StaffMember {
        from_value(json!({ "id": id, "name": "Ana Flores" })).unwrap()
    }

    fn lakewood() -> Vec<Location> {
        let address = json!({ "street": "1 Example Street", "city": "Lakewood", "country": "US" });
        vec![from_value(json!({ "id": "lakewood", "name": "Lakewood", "address": address })).unwrap()]
    }

    fn refused(staff: &[StaffMember]) -> String {
        match StaffMember::validate_all(staff, &lakewood()) {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_person_without_locations_works_everywhere_while_active() {
        let (here, there) = (LocationId::new("lakewood").unwrap(), LocationId::new("aurora").unwrap());
        assert!(person("ana").works_at(&here));
        assert!(!StaffMember { active: false, ..person("ana") }.works_at(&here));
        let local = StaffMember { locations: vec![here.clone()], ..person("ana") };
        assert!(local.works_at(&here) && !local.works_at(&there));
        assert_eq!(StaffMember::validate_all(&[local], &lakewood()), Ok(()));
    }

    #[test]
    fn a_refusal_names_the_person_and_the_field() {
        let elsewhere = StaffMember { locations: vec![LocationId::new("aurora").unwrap()], ..person("ana") };
        assert_eq!(refused(&[person("ben"), elsewhere]), "staff[1].locations[0]");
        assert_eq!(refused(&[person("ana"), person("ana")]), "staff[1].id");
        assert_eq!(refused(&[StaffMember { name: " ".to_owned(), ..person("ana") }]), "staff[0].name");
        let phone = Some(Phone::e164("+13035550101", "phone").unwrap());
        let email = Some(Email::new("ana@example.com", "email").unwrap());
        let reachable = |id| StaffMember { phone: phone.clone(), ..person(id) };
        assert_eq!(refused(&[reachable("ana"), person("cem"), reachable("ben")]), "staff[2].phone");
        let written = |id| StaffMember { email: email.clone(), ..person(id) };
        assert_eq!(refused(&[written("ana"), written("ben")]), "staff[1].email");
    }
}
