//! What is declared of counts and their marks. A day says how many, never who: it stays when a contact is erased, and is kept as long
//! as its tenant.

use crate::insights::benchmarks::{FIGURES_KEPT_FOR, NIGHT_KEPT_FOR};
use crate::insights::days::COUNTED_FOR;
use crate::table::entity::{Entity, Retention, of_platform, of_tenant};
use crate::table::tolerant::{Instead, Tolerance};

pub(crate) const ENTITIES: &[Entity] = &[
    of_tenant("insight day", "day location n_*"),
    of_tenant("extra_month", "month extra suggested taken declined booked revenue_cents"),
    Entity { retention: Retention::For(COUNTED_FOR), ..of_platform("counted") },
    Entity {
        tolerance: Tolerance::of(&[("left_out", Instead::As("not_served")), ("figures.*", Instead::LeftOut)]),
        ..of_tenant("benchmark_own", "day cohort last_cohort moved_on left_out figures")
    },
    Entity { retention: Retention::For(NIGHT_KEPT_FOR), ..of_platform("benchmark_contribution") },
    Entity { retention: Retention::For(NIGHT_KEPT_FOR), ..of_platform("benchmark_cohort") },
    Entity { retention: Retention::For(NIGHT_KEPT_FOR), ..of_platform("benchmark_night") },
    of_platform("benchmark_ledger"),
    Entity { retention: Retention::For(FIGURES_KEPT_FOR), ..of_platform("benchmark_figures") },
];
