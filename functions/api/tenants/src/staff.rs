//! The people who do the work.

use domain::ids::StaffId;
use domain::tenancy::{Location, MAX_STAFF, StaffMember};
use domain::{Failure, TenantId};
use store::Store;

use crate::rules::taken;

/// The kind of document.
struct Staff;

api::resource! {
    (Staff: StaffMember by StaffId, "/v1/staff", "/v1/staff/{id}", "settings",
        ReadSettings "settings:read", WriteSettings "settings:write")
    /// List staff
    list "listStaff" = "A page of staff, by id";
    /// Get a member of staff
    show "getStaffMember" = "The person";
    /// Add a member of staff
    ///
    /// Whether they may sign in is another matter: invite them for that. A tenant has at most 2,000.
    create "createStaffMember";
    /// Replace a member of staff
    replace "replaceStaffMember";
    /// Remove a member of staff
    remove "removeStaffMember";
}

impl api::Resource for Staff {
    type Document = StaffMember;

    fn id(text: &str) -> Result<String, Failure> {
        StaffId::new(text).map(String::from).map_err(|_| Failure::not_found("staff member"))
    }
}

impl api::Editable for Staff {
    async fn check(store: &Store, tenant: &TenantId, wanted: &StaffMember) -> Result<(), Failure> {
        wanted.validate(&store.documents().all::<Location>(tenant).await?)?;
        fits(wanted, store.documents().all::<StaffMember>(tenant).await?)
    }
}

fn fits(wanted: &StaffMember, mut others: Vec<StaffMember>) -> Result<(), Failure> {
    others.retain(|other| other.id != wanted.id);
    if others.len() >= MAX_STAFF {
        return Err(taken("id", format!("a business may have at most {MAX_STAFF} staff")));
    }
    for other in others {
        if other.email.is_some() && other.email == wanted.email {
            return Err(taken("email", format!("this address is the one of {}", other.id)));
        }
        if other.phone.is_some() && other.phone == wanted.phone {
            return Err(taken("phone", format!("this number is the one of {}", other.id)));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    fn person(id: &str, email: Option<&str>, phone: Option<&str>) -> StaffMember {
        from_value(json!({"id": id, "name": "Ana Flores", "email": email, "phone": phone})).unwrap()
    }

    #[test]
    fn an_address_or_number_is_one_persons() {
        let others = vec![person("ana", Some("ana@example.com"), Some("+13035550101")), person("ben", None, None)];
        let refused = |wanted: StaffMember| match fits(&wanted, others.clone()) {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused(person("cem", Some("ana@example.com"), None)), "email");
        assert_eq!(refused(person("cem", None, Some("+13035550101"))), "phone");
        assert_eq!(fits(&person("cem", None, None), others.clone()), Ok(()));
        assert_eq!(fits(&person("ana", Some("ana@example.com"), None), others), Ok(()));
    }

    #[test]
    fn there_is_an_end_to_how_many() {
        let others: Vec<StaffMember> = (0..MAX_STAFF).map(|n| person(&format!("s-{n}"), None, None)).collect();
        assert!(fits(&person("new", None, None), others.clone()).is_err());
        assert_eq!(fits(&person("s-0", None, None), others), Ok(()));
    }
}
