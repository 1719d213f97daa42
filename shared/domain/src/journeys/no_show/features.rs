//! What the chance of a visit is judged by.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use weather::Day;

use crate::ContactId;
use crate::events::Subject;
use crate::ids::{AppointmentId, LocationId, ServiceId};
use crate::journeys::Journey;
use crate::messaging::Source;
use crate::scheduling::{Appointment, AppointmentState, Booking, BookingState};
use crate::tenancy::Tenant;

/// A day is rough from these on: a gale, in tenths of a kilometre an hour; a day of rain, in tenths of a millimetre; snow that lies, in tenths
/// of a millimetre. Any hail is.
const ROUGH_GUST_TENTHS_KMH: i32 = 620;
const ROUGH_RAIN_TENTHS_MM: i32 = 150;
const ROUGH_SNOW_TENTHS_MM: i32 = 300;

/// What is known of a visit before it begins.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Features {
    /// How many days lie between the day on which it was booked and its own, as the business's clocks show them.
    pub days_ahead: u32,
    /// At which hour it begins, 0 to 24.
    pub hour: f64,
    /// On which day.
    pub weekday: Weekday,
    /// How its contact kept earlier visits.
    pub history: History,
    /// Whether they said that they will be there.
    pub confirmed: bool,
    /// How many reminders of it went out.
    pub reminders: u32,
    /// How its contact first came to the business; `None`: not known.
    pub channel: Option<Source>,
    /// Whether a deposit is asked for; `None`: the business asks for none at all.
    pub deposit: Option<bool>,
    /// Whether there is a gale, much rain, snow or hail on its day, as far as that is known.
    pub rough_weather: bool,
}

/// What a business knows around its visits.
#[derive(Debug, Clone, Default)]
pub struct Surroundings {
    /// How contacts first came.
    pub channels: BTreeMap<ContactId, Source>,
    /// Of which services a deposit is asked for, today; empty where it is of none.
    pub deposits: BTreeMap<ServiceId, bool>,
    /// Days by the place of visits, as forecasts told them.
    pub weather: BTreeMap<Option<LocationId>, Vec<Day>>,
}

impl Surroundings {
    /// What a business's own settings say.
    #[must_use]
    pub fn of(tenant: &Tenant) -> Self {
        let asks = tenant.services.iter().any(|service| service.deposit.is_some());
        let of_services = tenant.services.iter().map(|service| (service.id.clone(), service.deposit.is_some()));
        Self { deposits: of_services.filter(|_| asks).collect(), ..Self::default() }
    }

    fn is_rough(&self, booking: &Booking, zone: &TimeZone) -> bool {
        let date = booking.starts_at.to_zoned(zone.clone()).date();
        let mut days = self.weather.get(&booking.location).into_iter().flatten();
        days.find(|day| day.date == date).is_some_and(is_rough)
    }
}

fn is_rough(day: &Day) -> bool {
    let reaches = |value: Option<i32>, least: i32| value.is_some_and(|value| value >= least);
    reaches(day.gust_tenths_kmh, ROUGH_GUST_TENTHS_KMH)
        || reaches(day.rain_tenths_mm, ROUGH_RAIN_TENTHS_MM)
        || reaches(day.snow_tenths_mm, ROUGH_SNOW_TENTHS_MM)
        || reaches(day.hail_tenths_mm, 1)
}

/// How a contact kept earlier visits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct History {
    /// How often they were there.
    pub kept: u32,
    /// How often they were not.
    pub missed: u32,
    /// Whether they were not there the last time.
    pub missed_last: bool,
}

impl History {
    /// The same with one visit more.
    #[must_use]
    pub fn and(self, missed: bool) -> Self {
        Self {
            kept: self.kept.saturating_add(u32::from(!missed)),
            missed: self.missed.saturating_add(u32::from(missed)),
            missed_last: missed,
        }
    }
}

impl Features {
    /// Of a booking, as far as its contact's journey is known.
    #[must_use]
    pub fn of(booking: &Booking, journey: Option<&Journey>, around: &Surroundings, zone: &TimeZone) -> Self {
        let known = journey.and_then(|journey| journey.appointments.iter().find(|it| it.id == booking.id));
        // A confirmation reaches the journey first where the customer writes it.
        let said_so =
            known.is_some_and(|it| it.state == AppointmentState::Confirmed && it.starts_at == booking.starts_at);
        Self {
            history: journey.map(|journey| history(journey, booking)).unwrap_or_default(),
            reminders: journey.map_or(0, |journey| reminders(journey, booking.id)),
            confirmed: booking.confirmed_at.is_some() || said_so,
            ..Self::of_booking(booking, around, zone)
        }
    }

    /// Of a booking and what is around it, without its contact's journey.
    fn of_booking(booking: &Booking, around: &Surroundings, zone: &TimeZone) -> Self {
        let local = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
        let (made, begins) = (local(booking.created_at), local(booking.starts_at));
        let days = begins.date().since(made.date()).map_or(0, |span| span.get_days());
        Self {
            days_ahead: u32::try_from(days).unwrap_or(0),
            hour: f64::from(begins.hour()) + f64::from(begins.minute()) / 60.0,
            weekday: begins.weekday(),
            history: History::default(),
            confirmed: booking.confirmed_at.is_some(),
            reminders: 0,
            channel: around.channels.get(&booking.contact).copied(),
            deposit: around.deposits.get(&booking.service).copied(),
            rough_weather: around.is_rough(booking, zone),
        }
    }
}

/// How a contact kept the visits before `booking`.
fn history(journey: &Journey, booking: &Booking) -> History {
    use AppointmentState::{Completed, Missed, Started};
    let is_earlier = |it: &&Appointment| it.id != booking.id && it.starts_at < booking.starts_at;
    let mut earlier: Vec<_> = journey.appointments.iter().filter(is_earlier).collect();
    earlier.sort_by_key(|it| (it.starts_at, it.id));
    let ends = earlier.into_iter().filter(|it| matches!(it.state, Started | Completed | Missed));
    ends.fold(History::default(), |history, it| history.and(it.state == Missed))
}

/// How many messages its enrollments wrote about an appointment.
fn reminders(journey: &Journey, appointment: AppointmentId) -> u32 {
    let subject = Subject::Appointment(appointment);
    journey.runs.iter().filter(|run| run.subject == subject).map(|run| run.touches).sum()
}

/// A finished visit: what a model is fitted to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Finished {
    /// What was known of it before it began.
    pub features: Features,
    /// Whether it was missed.
    pub missed: bool,
    /// When it began.
    pub at: Timestamp,
}

/// The finished visits among `bookings`, the earliest first. Of their reminders nothing is known any more.
#[must_use]
pub fn finished(mut bookings: Vec<Booking>, around: &Surroundings, zone: &TimeZone) -> Vec<Finished> {
    bookings.sort_by_key(|booking| (booking.starts_at, booking.id));
    let mut histories: BTreeMap<ContactId, History> = BTreeMap::new();
    let mut rows = Vec::new();
    for booking in &bookings {
        let missed = booking.state == BookingState::Missed;
        if !missed && booking.state != BookingState::Completed {
            continue;
        }
        let history = histories.entry(booking.contact).or_default();
        let features = Features { history: *history, ..Features::of_booking(booking, around, zone) };
        rows.push(Finished { features, missed, at: booking.starts_at });
        *history = history.and(missed);
    }
    rows
}
