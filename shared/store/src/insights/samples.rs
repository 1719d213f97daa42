//! A sample of every kind of item of this context: insights.

use domain::EventId;
use domain::ids::LocationId;
use jiff::civil::date;

use crate::table::keys;
use crate::table::samples::{ID, Place, acme};

pub(crate) fn places() -> Vec<Place> {
    let (acme, day, lakewood) = (acme(), date(2026, 11, 20), LocationId::new("lakewood").unwrap());
    let own = keys::of(&acme);
    vec![
        ("insight day", own.insight_day(None, day), "T#acme#INSIGHTS|2026-11-20"),
        ("insight day", own.insight_day(Some(&lakewood), day), "T#acme#INSIGHTS#lakewood|2026-11-20"),
        ("counted", own.counted(EventId::parse(ID).unwrap()), "T#acme#COUNTED#{id}|COUNTED"),
    ]
}
