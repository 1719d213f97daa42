//! What is declared of weather.

use crate::table::entity::{Entity, Retention, of_platform, of_tenant};
use crate::table::tolerant::{Instead, Tolerance};
use crate::weather::{fetched, past, places};

pub(crate) const ENTITIES: &[Entity] = &[
    Entity {
        // A kind of weather that a newer version knows.
        tolerance: Tolerance::rewritten(&[("events.*", Instead::LeftOut)]),
        ..of_tenant("weather_events", "events")
    },
    Entity { retention: Retention::For(fetched::KEPT_FOR), ..of_platform("weather_forecast") },
    Entity {
        retention: Retention::For(fetched::KEPT_FOR),
        tolerance: Tolerance::of(&[("fetched.alerts.*", Instead::LeftOut)]),
        ..of_platform("weather_alerts")
    },
    Entity { retention: Retention::For(past::DAYS_FOR), ..of_platform("weather_day") },
    Entity { retention: Retention::For(places::CELL_FOR), ..of_platform("weather_place") },
    Entity { retention: Retention::ToItsEnd, ..of_platform("weather_address") },
];
