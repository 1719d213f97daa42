//! Weather as it matters to a service business: forecasts, the triggers that campaigns begin with, and storms that were.
//!
//! Pure: no I/O, no clock. [`detect`] says whether a forecast and the alerts fulfil a trigger, and keeps one event one event however
//! the forecast moves; [`spells`] says on which days of a row there is such weather; [`Sought`] says what of an address a geocoder is asked
//! for; [`storms`] and [`correlate`] say which storm may have caused a damage.
//!
//! Units are in the names of the fields, all metric and whole: tenths of a degree Celsius, tenths of a millimetre, tenths of a kilometre
//! an hour. A value that a provider did not give is `None`, and `None` never fulfils anything.

mod address;
mod alert;
mod correlate;
mod defaults;
mod detect;
mod event;
mod forecast;
mod place;
mod runs;
pub mod storms;
mod trigger;
pub mod units;

pub use address::{FoundPlace, Sought};
pub use alert::{Alert, AlertStatus, MessageType, Vtec};
pub use correlate::{Damage, Evidence, Finding, HAIL_WITHIN_DAYS, NEAR_KM, WIND_ABOVE_TENTHS_KMH, correlate};
pub use defaults::industry_defaults;
pub use detect::{SAME_PLACE_KM, STORM_OVER_FOR_DAYS, detect, spells};
pub use event::{KnownEvent, Source, WeatherEvent};
pub use forecast::{Day, Forecast};
pub use place::{ATTRIBUTION, ATTRIBUTION_LINK, Cell, Point};
pub use trigger::{Condition, FREEZE_TENTHS_C, Invalid, MAX_DAYS, MAX_SERVICES, Thresholds, Trigger};
