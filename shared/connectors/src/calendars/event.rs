//! An event: when it takes time, and whether it is a visit of ours. It is read as Google writes it; what schedulers tell is put in the same
//! words.

use domain::TenantId;
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{ShownVisit, Span, is_ours, of_event};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// In an event's private properties: whose it is, and when we wrote it to be.
const TENANT: &str = "porchlight";
const FROM: &str = "porchlightFrom";
const TO: &str = "porchlightTo";
/// In a booking at a scheduler, which has no id of ours: which visit it is.
const VISIT: &str = "porchlightVisit";
/// Events that say where somebody works, or whose birthday it is: they take no time.
const FREE_TYPES: [&str; 2] = ["workingLocation", "birthday"];

/// An event, as far as we ask for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its id in this calendar.
    pub id: String,
    /// Its version.
    #[serde(default)]
    pub etag: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    start: Option<Moment>,
    #[serde(default)]
    end: Option<Moment>,
    #[serde(default)]
    transparency: String,
    #[serde(default)]
    event_type: String,
    #[serde(default, rename = "iCalUID")]
    uid: String,
    #[serde(default)]
    attendees: Vec<Attendee>,
    #[serde(default)]
    extended_properties: Properties,
}

/// When: a moment, a moment as a zone's clocks show it, or a whole day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Moment {
    #[serde(default)]
    date_time: Option<String>,
    #[serde(default)]
    date: Option<Date>,
    #[serde(default)]
    time_zone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Attendee {
    #[serde(default, rename = "self")]
    is_self: bool,
    #[serde(default)]
    response_status: String,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
struct Properties {
    #[serde(default)]
    private: BTreeMap<String, String>,
}

/// Whose an event is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// A visit that this calendar shows.
    Visit(ShownVisit),
    /// A visit of the tenant's by another way: another connection to the same calendar, the file of an invitation, or a series
    /// that somebody made of a visit's event. It takes no time of its own.
    OtherVisit,
    /// Somebody else's: the time that it takes, where it takes any.
    Theirs(Option<Span>),
    /// It takes time that cannot be read.
    Unreadable,
}

impl Event {
    /// A booking at a scheduler, by its uid. Where its words say which visit of ours it is, it is that; it is then as long as we wrote
    /// it, because how long a scheduler's bookings are is its own.
    pub(super) fn told(uid: &str, time: Span, words: BTreeMap<String, String>) -> Self {
        let moment = |name| words.get(name)?.parse::<Timestamp>().ok();
        let lasts = moment(FROM).zip(moment(TO)).map(|(from, to)| to.duration_since(from));
        let visit = words.get(VISIT).zip(lasts);
        let to = visit.and_then(|(_, lasts)| time.from.checked_add(lasts).ok()).unwrap_or(time.to);
        let hour = |at: Timestamp| Some(Moment { date_time: Some(at.to_string()), date: None, time_zone: None });
        Self {
            id: visit.map_or(uid, |(id, _)| id.as_str()).to_owned(),
            etag: uid.to_owned(),
            start: hour(time.from),
            end: hour(to),
            extended_properties: Properties { private: words },
            ..Self::default()
        }
    }

    /// A booking that keeps its id when it gets another time: it is as long as it is there. `days`: from which day to before which, where
    /// it has no hours.
    pub(super) fn in_place(uid: &str, time: Span, days: Option<(Date, Date)>, words: BTreeMap<String, String>) -> Self {
        let day = |date: Date| Some(Moment { date_time: None, date: Some(date), time_zone: None });
        let hour = |at: Timestamp| Some(Moment { date_time: Some(at.to_string()), date: None, time_zone: None });
        let (start, end) = match days {
            Some((from, to)) => (day(from), day(to)),
            None => (hour(time.from), hour(time.to)),
        };
        Self { start, end, ..Self::told(uid, time, words) }
    }

    /// As one that takes no time, unless it is a visit of the tenant's.
    pub(super) fn free(self) -> Self {
        Self { transparency: "transparent".to_owned(), ..self }
    }

    /// A booking that says of itself that it is ours, as someone else's.
    pub(super) fn theirs(self) -> Self {
        Self { id: self.etag.clone(), extended_properties: Properties::default(), ..self }
    }

    /// Whether the words of a booking are of ours.
    pub(super) fn is_told(words: &BTreeMap<String, String>) -> bool {
        words.contains_key(VISIT)
    }

    /// Whether it was deleted or called off.
    #[must_use]
    pub fn is_cancelled(&self) -> bool {
        self.status == "cancelled"
    }

    /// Whose it is. Whole days, and times without a zone, are of `zone`.
    #[must_use]
    pub fn whose(&self, tenant: &TenantId, calendar: OutsideCalendarId, zone: &TimeZone) -> Whose {
        let private = &self.extended_properties.private;
        let is_tenants = private.get(TENANT).is_some_and(|id| *id == *tenant.as_str());
        // An event that was made a series is listed as its instances, whose ids are its own and a time.
        let (id, is_instance) = self.id.split_once('_').map_or((self.id.as_str(), false), |(id, _)| (id, true));
        match of_event(id) {
            Some((appointment, own)) if is_tenants && own == calendar && !is_instance => {
                Whose::Visit(self.shown(appointment))
            }
            Some(_) if is_tenants => Whose::OtherVisit,
            _ if is_ours(&self.uid) => Whose::OtherVisit,
            _ if !self.takes_time() => Whose::Theirs(None),
            _ => match self.span(zone) {
                Some(span) => Whose::Theirs(Some(span).filter(|span| span.from < span.to)),
                None => Whose::Unreadable,
            },
        }
    }

    /// As the visit that its id names, where it is the tenant's and another calendar wrote it that is not connected any more: `is_there`
    /// says which are. So what was left in an account is ours again once the account is connected again.
    #[must_use]
    pub fn orphan(&self, tenant: &TenantId, is_there: impl Fn(OutsideCalendarId) -> bool) -> Option<ShownVisit> {
        let is_tenants = self.extended_properties.private.get(TENANT).is_some_and(|id| *id == *tenant.as_str());
        let (appointment, own) = of_event(&self.id).filter(|_| is_tenants)?;
        (!is_there(own)).then(|| self.shown(appointment))
    }

    /// When a booking at a scheduler begins, and whether its words say so.
    pub(super) fn begins(&self) -> (Option<Timestamp>, bool) {
        let begins = self.start.as_ref().and_then(Moment::hour);
        let written = self.extended_properties.private.get(FROM).and_then(|text| text.parse::<Timestamp>().ok());
        (begins, begins.is_some() && begins == written)
    }

    /// As the visit that its id names.
    #[must_use]
    pub fn shown(&self, appointment: AppointmentId) -> ShownVisit {
        let private = &self.extended_properties.private;
        let moment = |name| private.get(name)?.parse::<Timestamp>().ok();
        let hour = |moment: &Option<Moment>| moment.as_ref()?.hour();
        ShownVisit {
            appointment,
            time: hour(&self.start).zip(hour(&self.end)).map(|(from, to)| Span { from, to }),
            written: moment(FROM).zip(moment(TO)).map(|(from, to)| Span { from, to }),
            etag: self.etag.clone(),
        }
    }

    fn takes_time(&self) -> bool {
        let is_declined =
            self.attendees.iter().any(|attendee| attendee.is_self && attendee.response_status == "declined");
        !self.is_cancelled()
            && self.transparency != "transparent"
            && !FREE_TYPES.contains(&self.event_type.as_str())
            && !is_declined
    }

    fn span(&self, zone: &TimeZone) -> Option<Span> {
        let from = self.start.as_ref()?.moment(zone)?;
        let to = self.end.as_ref().and_then(|end| end.moment(zone)).unwrap_or(from);
        Some(Span { from, to })
    }
}

impl Moment {
    fn moment(&self, zone: &TimeZone) -> Option<Timestamp> {
        match (&self.date_time, self.date) {
            (Some(_), _) => self.hour().or_else(|| self.on_the_clock(zone)),
            // The end of a whole day is the day after it, and not in it.
            (None, Some(date)) => date.to_zoned(zone.clone()).ok().map(|begins| begins.timestamp()),
            (None, None) => None,
        }
    }

    fn hour(&self) -> Option<Timestamp> {
        self.date_time.as_ref()?.parse().ok()
    }

    /// A time without an offset is of the zone that it names, else of the calendar's.
    fn on_the_clock(&self, zone: &TimeZone) -> Option<Timestamp> {
        let named = self.time_zone.as_ref().and_then(|name| TimeZone::get(name).ok());
        let time: DateTime = self.date_time.as_ref()?.parse().ok()?;
        time.to_zoned(named.unwrap_or_else(|| zone.clone())).ok().map(|time| time.timestamp())
    }
}

/// What an event says of a visit of ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenVisit {
    /// The event's id.
    pub id: String,
    /// Whose visit.
    pub tenant: TenantId,
    /// What it is called: the service, without a customer's name.
    pub summary: String,
    /// Where it is found in Porchlight.
    pub link: Option<String>,
    /// When it is.
    pub time: Span,
}

impl WrittenVisit {
    /// What a booking at a scheduler says of itself, by name.
    pub(super) fn names() -> [&'static str; 4] {
        [TENANT, VISIT, FROM, TO]
    }

    /// What a booking at a scheduler is to say of itself.
    pub(super) fn words(&self) -> BTreeMap<String, String> {
        let Span { from, to } = self.time;
        let words = [self.tenant.to_string(), self.id.clone(), from.to_string(), to.to_string()];
        Self::names().into_iter().map(ToOwned::to_owned).zip(words).collect()
    }

    /// What is remembered of a booking's words; nothing of one that is not ours.
    pub(super) fn in_one_word(words: &BTreeMap<String, String>) -> String {
        let all = Self::names().map(|name| words.get(name).map(String::as_str));
        all.into_iter().collect::<Option<Vec<_>>>().map(|all| all.join("|")).unwrap_or_default()
    }

    /// Whether `tenant` wrote it of which this is remembered.
    pub(super) fn is_by(tenant: &TenantId, word: &str) -> bool {
        word.split('|').next() == Some(tenant.as_str())
    }

    /// The words again.
    pub(super) fn of_one_word(word: &str) -> BTreeMap<String, String> {
        let names = Self::names().into_iter().map(ToOwned::to_owned);
        if word.is_empty() { BTreeMap::new() } else { names.zip(word.split('|').map(ToOwned::to_owned)).collect() }
    }

    /// The whole event.
    pub(crate) fn inserted(&self) -> Value {
        let mut event = self.patched();
        if let Some(fields) = event.as_object_mut() {
            fields.insert("id".to_owned(), json!(self.id));
            fields.insert("summary".to_owned(), json!(self.summary));
            fields.extend(self.link.iter().map(|link| ("description".to_owned(), json!(link))));
        }
        event
    }

    /// What is ours of an event that is there: that it takes place, and when. All else is whose who changed it there.
    pub(crate) fn patched(&self) -> Value {
        let Span { from, to } = self.time;
        json!({
            "status": "confirmed",
            "start": {"dateTime": from.to_string(), "timeZone": "UTC", "date": null},
            "end": {"dateTime": to.to_string(), "timeZone": "UTC", "date": null},
            "extendedProperties": {"private": {
                TENANT: self.tenant.as_str(), FROM: from.to_string(), TO: to.to_string(),
            }},
        })
    }
}

#[cfg(test)]
#[path = "tests/event.rs"]
mod tests;
