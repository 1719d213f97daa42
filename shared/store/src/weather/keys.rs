//! Where weather is kept.

use jiff::civil::Date;
use weather::{Cell, Point};

use crate::table::keys::{PlatformSpace, TableKey, TenantSpace};

impl TenantSpace<'_> {
    /// The weather that has begun campaigns of a tenant.
    #[must_use]
    pub fn weather_events(self) -> TableKey {
        self.key("WEATHER", "EVENTS")
    }
}

impl PlatformSpace {
    /// What was fetched of a cell: each kind has a name.
    #[must_use]
    pub fn weather_of(self, cell: &Cell, kind: &str) -> TableKey {
        self.key(format_args!("WEATHER#{cell}"), kind)
    }

    /// A day that was in a cell.
    #[must_use]
    pub fn weather_day(self, cell: &Cell, date: Date) -> TableKey {
        self.weather_of(cell, &format!("DAY#{date}"))
    }

    /// Which cell a point is in.
    #[must_use]
    pub fn weather_place(self, point: Point) -> TableKey {
        self.key(format_args!("WEATHER_PLACE#{point}"), "PLACE")
    }

    /// Where an address is, by the hash of what is sought of it.
    #[must_use]
    pub fn weather_address(self, hash: &str) -> TableKey {
        self.key(format_args!("WEATHER_ADDRESS#{hash}"), "ADDRESS")
    }
}
