//! What is declared of resources, of their days, of bookings, and of outside calendars.

use jiff::SignedDuration;

use crate::table::entity::{Entity, Retention, of_contact, of_tenant};
use crate::table::tolerant::{Instead, Tolerance};

/// How long a day is kept when it is over, for whoever looks into what a booking was refused for.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(35 * 24);

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        // What it is decides how it is drawn, and whether it has skills.
        tolerance: Tolerance::rewritten(&[("kind", Instead::As("other"))]),
        ..of_tenant("resource", "id name kind skills locations services hours time_off active")
    },
    Entity {
        tolerance: Tolerance::rewritten(&[("cancelled", Instead::LeftOut)]),
        ..of_contact(
            "booking",
            "id contact lead service service_name location place sought resources state starts_at ends_at taken_from taken_to \
             counts_on agreed_at held_until from_waitlist note metadata eta track cancelled confirmed_at \
             asked_again_for created_at updated_at",
        )
    },
    // Weights and counts: nothing in it is about one contact.
    Entity {
        // A version that knows another column leaves its weight to the prior here.
        tolerance: Tolerance::of(&[("weights.*", Instead::LeftOut)]),
        ..of_tenant("no show model", "weights visits missed fitted_at")
    },
    Entity {
        retention: Retention::ToItsEnd,
        tolerance: Tolerance::rewritten(&[]),
        ..of_contact("waitlist_entry", "contact lead service location from until hours urgent since offered passed")
    },
    // It knows appointments by their ids alone.
    Entity {
        retention: Retention::ToItsEnd,
        tolerance: Tolerance::rewritten(&[]),
        ..of_tenant("calendar day", "day entries outside")
    },
    // A reading changes its health alone. The address is apart, sealed. What is between the account and us stays.
    Entity {
        stays: "asked sync busy_until",
        ..of_tenant("outside_calendar", "id name kind resource host health account closing created_at")
    },
];
