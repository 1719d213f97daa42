//! Quiet hours in the recipient's own zone, and the hours that states set.

use jiff::civil::{Date, Time, time};
use jiff::tz::{AmbiguousOffset, TimeZone};
use jiff::{SignedDuration, Timestamp, ToSpan};

use super::whereabouts::Whereabouts;
use super::{SendContext, states};
use crate::messaging::{Channel, Purpose, Verdict};
use crate::tenancy::QuietHours;

/// How far ahead a moment is looked for at which nothing is quiet.
const HORIZON_DAYS: i32 = 14;

/// When nothing unasked goes out to anybody: before 8:00 and from 21:00 on (47 CFR 64.1200(c)(1)).
const EVERYBODYS: QuietHours = QuietHours { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) };

/// Fails closed: where nothing tells what time it is for the recipient, nothing unasked goes out (our rule; the hours
/// of 47 CFR 64.1200(c)(1) are "local time at the called party's location").
pub(super) fn unknown_hour(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    let unknown = !send_context.any_hour(now) && Whereabouts::is_unknown(send_context);
    unknown.then(|| Verdict::dropped("We do not know what time it is for them: set their zone"))
}

/// Nothing unasked reaches a customer in quiet hours: everybody's ([`EVERYBODYS`]), the tenant's and the person's own,
/// each read in the recipient's zone; where they may be in several, all must allow it. Advertising by SMS and WhatsApp
/// also keeps to the hours of their state ([`states`]). Hours whose ends are alike are no quiet hours at all.
///
/// An answer to a message just received is asked for, and staff notices are e-mails to the business's own people:
/// neither is held back.
pub(super) fn quiet_hours(send_context: &SendContext<'_>, now: Timestamp) -> Option<Verdict> {
    if send_context.any_hour(now) {
        return None;
    }
    let hours = Hours::of(send_context)?;
    if hours.allow(now) {
        return None;
    }
    send_context.later(now, Some(now), "Quiet hours where the recipient lives: it goes out when they end")
}

/// The earliest moment that is not before `after` and not quiet; `None` when there is none within two weeks.
pub(super) fn next_allowed(send_context: &SendContext<'_>, after: Timestamp) -> Option<Timestamp> {
    if send_context.any_hour(after) { Some(after) } else { Hours::of(send_context)?.next(after) }
}

/// All that must allow a message.
struct Hours<'a> {
    place: Whereabouts<'a>,
    tenants: QuietHours,
    own: Option<QuietHours>,
    /// Whether the states' hours hold.
    advertises: bool,
}

impl<'a> Hours<'a> {
    fn of(send_context: &SendContext<'a>) -> Option<Self> {
        let by_text = matches!(send_context.message.channel, Channel::Sms | Channel::Whatsapp);
        Some(Self {
            place: Whereabouts::of(send_context)?,
            tenants: send_context.tenant.quiet_hours,
            own: send_context.journey.and_then(|journey| journey.preferences.quiet_hours),
            advertises: by_text && send_context.message.kind().purpose() == Purpose::Marketing,
        })
    }

    /// Whether nothing is quiet at `at`, in no zone.
    fn allow(&self, at: Timestamp) -> bool {
        matches!(self.place.find(|zone| !self.allow_in(zone, at)), Ok(None))
    }

    /// The same for one zone. What counts is what its clocks show, also when they show it twice.
    fn allow_in(&self, zone: &TimeZone, at: Timestamp) -> bool {
        let (date, shown) = {
            let local = zone.to_datetime(at);
            (local.date(), local.time())
        };
        !is_quiet(EVERYBODYS, shown)
            && !is_quiet(self.tenants, shown)
            && !self.own.is_some_and(|own| is_quiet(own, shown))
            && (!self.advertises || self.place.states().all(|state| states::allows(state, date, shown)))
    }

    /// The earliest moment from `after` on at which nothing is quiet.
    fn next(&self, after: Timestamp) -> Option<Timestamp> {
        let horizon = after.checked_add(SignedDuration::from_hours(24 * i64::from(HORIZON_DAYS))).ok()?;
        let mut at = after;
        // Every round goes on to a later moment at which one more zone allows it.
        while at <= horizon {
            let Some(zone) = self.place.find(|zone| !self.allow_in(zone, at)).ok()? else { return Some(at) };
            at = self.opening(&zone, at)?;
        }
        None
    }

    /// The earliest moment after `after` at which quiet hours end in `zone`: one at which an hour begins that may be
    /// allowed, or at which its clocks change.
    fn opening(&self, zone: &TimeZone, after: Timestamp) -> Option<Timestamp> {
        let fits = |at: &Timestamp| *at > after && self.allow_in(zone, *at);
        let today = zone.to_datetime(after).date();
        let by_hour = (0..=HORIZON_DAYS).find_map(|day| {
            let date = today.checked_add(day.days()).ok()?;
            self.begins().flat_map(|begin| shown_at(date, begin, zone)).filter(fits).min()
        });
        let limit = by_hour.or_else(|| after.checked_add(SignedDuration::from_hours(24 * 15)).ok())?;
        let by_change = zone.following(after).map(|change| change.timestamp()).take_while(|at| *at < limit).find(fits);
        by_change.or(by_hour)
    }

    /// The times of day at which something may be allowed that was not before.
    fn begins(&self) -> impl Iterator<Item = Time> {
        let quiet = [Some(EVERYBODYS), Some(self.tenants), self.own].into_iter().flatten().map(|hours| hours.until);
        let states = self.place.states().filter(|_| self.advertises).flat_map(states::openings);
        quiet.chain(states)
    }
}

fn is_quiet(hours: QuietHours, shown: Time) -> bool {
    if hours.from <= hours.until {
        hours.from <= shown && shown < hours.until
    } else {
        hours.from <= shown || shown < hours.until
    }
}

/// The moments at which clocks in `zone` show `time` on `date`: two when they go back over it, none when they jump over
/// it.
fn shown_at(date: Date, time: Time, zone: &TimeZone) -> impl Iterator<Item = Timestamp> {
    let shown = date.to_datetime(time);
    let offsets = match zone.to_ambiguous_timestamp(shown).offset() {
        AmbiguousOffset::Unambiguous { offset } => [Some(offset), None],
        AmbiguousOffset::Fold { before, after } => [Some(before), Some(after)],
        AmbiguousOffset::Gap { .. } => [None, None],
    };
    offsets.into_iter().flatten().filter_map(move |offset| offset.to_timestamp(shown).ok())
}
