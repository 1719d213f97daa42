//! A sample of every kind of item of this context: insights.

use domain::EventId;
use domain::ids::{ExtraId, LocationId};
use domain::insights::ExtraMonth;
use jiff::civil::date;

use crate::table::keys;
use crate::table::samples::{ID, Place, acme};

pub(crate) fn places() -> Vec<Place> {
    let (acme, day, lakewood) = (acme(), date(2026, 11, 20), LocationId::new("lakewood").unwrap());
    let month = ExtraMonth { month: date(2026, 11, 1), extra: ExtraId::new("late-checkout").unwrap() };
    let own = keys::of(&acme);
    vec![
        ("insight day", own.insight_day(None, day), "T#acme#INSIGHTS|2026-11-20"),
        ("insight day", own.insight_day(Some(&lakewood), day), "T#acme#INSIGHTS#lakewood|2026-11-20"),
        ("extra_month", own.extra_month(&month), "T#acme#EXTRAS|2026-11#late-checkout"),
        ("counted", own.counted(EventId::parse(ID).unwrap()), "T#acme#COUNTED#{id}|COUNTED"),
    ]
}
