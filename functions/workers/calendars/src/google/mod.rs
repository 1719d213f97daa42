//! A calendar at Google: what it says is taken is laid over the days as every calendar's, and our visits are settled with it.
//!
//! One reading after the other: a token tells whether anything changed there, a digest whether anything did here; where neither
//! did, nothing is read. What passes is tried again within minutes, and until then what was known stands. An account that lets us
//! in no more is told of once.

mod channels;
mod closing;
mod settling;

use connectors::google::{Changes, Google, Session, Trouble, Whose};
use domain::identity::AccountMail;
use domain::ids::OutsideCalendarId;
use domain::scheduling::{
    CalendarAccess, CalendarHealth, CalendarReading, CalendarSync, GoogleCalendar, OutsideCalendar, Resource,
    ShownVisit, Span, retry_after,
};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;
use store::TakenCalendar;

use crate::{Calendars, Reading};

/// How long Google and the table may take for one reading.
const IN_ALL: Duration = Duration::from_secs(45);
/// When the rest is done of what is too much for one reading.
const SOON: SignedDuration = SignedDuration::from_secs(5);
/// Days that are read beyond those that are laid: everything is read once a day.
const BEYOND: SignedDuration = SignedDuration::from_hours(48);

/// Google, and where we are found from there.
#[derive(Debug)]
pub struct AtGoogle {
    /// Google.
    pub google: Google,
    /// The key that what accounts give is sealed with.
    pub kms_key_id: String,
    /// Where Google posts that something changed, and where a visit is found; without a path.
    pub public_url: String,
}

/// Why a reading came to nothing.
enum Missed {
    /// The table.
    Failed(Failure),
    /// Google.
    Trouble(Trouble),
    /// Somebody has to do something; whether that is to connect it again.
    Waits(String, bool),
}

impl From<Failure> for Missed {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

impl From<Trouble> for Missed {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// What a whole reading saw.
struct Whole {
    reading: Reading,
    shown: Vec<ShownVisit>,
}

impl Calendars {
    /// Reads a calendar at Google, and settles our visits with it.
    pub(crate) async fn sync_google(
        &self,
        tenant: &Tenant,
        taken: TakenCalendar,
        resources: &[Resource],
        now: Timestamp,
    ) -> Result<CalendarHealth, Failure> {
        let (calendar, mut sync) = (&taken.calendar, taken.sync.clone());
        let (id, calendars) = (calendar.id, self.store.outside_calendars());
        let mut health = calendar.health.clone();
        let run = self.run(tenant, &taken, (&mut sync, &mut health), resources, now);
        let run = tokio::time::timeout(IN_ALL, run).await;
        let slow = || Err(Missed::Trouble(Trouble::Busy("it took too long".to_owned(), None)));
        let run = run.unwrap_or_else(|_| slow());
        // As far as it came: what the days hold by now counts, and not what they held before.
        let so_far = OutsideCalendar { health, ..calendar.clone() };
        let health = match run {
            Err(Missed::Failed(failure)) => return Err(failure),
            Ok(is_done) => {
                sync.failures = 0;
                if !is_done {
                    calendars.hasten(&tenant.id, id, now + SOON).await?;
                }
                so_far.health
            }
            Err(Missed::Waits(why, reconnect)) => {
                let health = self.not_read(tenant, &so_far, why, now).await?;
                CalendarHealth { reconnect, ..health }
            }
            Err(Missed::Trouble(trouble)) => {
                // What was compared is not known for sure any more.
                sync.visits = None;
                let health = self.not_read(tenant, &so_far, trouble.to_string(), now).await?;
                if let Trouble::Busy(_, wish) = &trouble {
                    let at = retry_after(sync.failures, part(&trouble, now), now);
                    let wished = wish.and_then(|seconds| i64::try_from(seconds).ok()).map(SignedDuration::from_secs);
                    let at = wished.and_then(|wish| now.checked_add(wish).ok()).map_or(at, |wish| wish.max(at));
                    sync.failures = sync.failures.saturating_add(1);
                    calendars.hasten(&tenant.id, id, at).await?;
                }
                CalendarHealth { reconnect: trouble == Trouble::LockedOut, ..health }
            }
        };
        if health.reconnect && !sync.told && calendar.health.read_at.is_some() {
            // The mails are not written where it is connected: what is so stands there first.
            calendars.note(&tenant.id, id, &health).await?;
            self.tell(tenant, calendar).await?;
        }
        sync.told = health.reconnect;
        calendars.remember(&tenant.id, id, &sync).await?;
        Ok(health)
    }

    /// The whole of it; whether nothing is left to do. `health` is true at each moment, wherever this breaks off.
    async fn run(
        &self,
        tenant: &Tenant,
        taken: &TakenCalendar,
        (sync, health): (&mut CalendarSync, &mut CalendarHealth),
        resources: &[Resource],
        now: Timestamp,
    ) -> Result<bool, Missed> {
        let Some(at) = &self.google else {
            return Err(Missed::Waits("Porchlight has no client at Google: ask its operator".to_owned(), false));
        };
        let calendar = &taken.calendar;
        let (google, mut session) = self.enter(at, tenant, taken).await?;
        let Some(chosen) = google.calendar.clone() else {
            return Err(Missed::Waits("choose which of the account's calendars it is".to_owned(), false));
        };
        let calendar = &OutsideCalendar { google: Some(google), ..calendar.clone() };
        let visits = if calendar.shows_visits() { self.visits(&tenant.id, calendar, now).await? } else { Vec::new() };
        let digest = settling::digest(calendar, &visits);
        let has_changed = has_changed(&mut session, &chosen, sync, now).await?;
        if !has_changed && sync.visits.as_ref() == Some(&digest) && calendar.health.laid.is_some() {
            let (read_at, next_at) = (Some(now), OutsideCalendar::next_after(now));
            *health = CalendarHealth { read_at, error: None, reconnect: false, next_at, ..calendar.health.clone() };
            self.watch(at, (tenant, calendar, &chosen), &mut session, sync, now).await?;
            return Ok(true);
        }
        let zone = self.own_zone(tenant, calendar, resources).await?;
        let Whole { reading, shown } = whole(&mut session, (&tenant.id, calendar, &chosen), sync, &zone, now).await?;
        // Days that are half written hold neither reading.
        health.laid = None;
        *health = self.taken_in(tenant, calendar, (resources, &reading), now).await?;
        sync.visits = None;
        let mut is_more = false;
        if calendar.shows_visits() {
            let place = settling::Place { tenant, calendar, chosen: &chosen, link: &at.public_url, now };
            let settled = self.settle(&place, &mut session, sync, (visits, shown)).await?;
            health.error = settled.refused();
            is_more = settled.is_more;
        }
        // What was refused or is left is compared again at the next reading.
        sync.visits = Some(digest).filter(|_| !is_more && health.error.is_none());
        self.watch(at, (tenant, calendar, &chosen), &mut session, sync, now).await?;
        Ok(!is_more)
    }

    /// A session of the account, by what it gave: just now, where somebody brought a code back. That is sealed before anything
    /// else is asked, because a code is good once.
    async fn enter<'a>(
        &self,
        at: &'a AtGoogle,
        tenant: &Tenant,
        taken: &TakenCalendar,
    ) -> Result<(GoogleCalendar, Session<'a>), Missed> {
        let (calendars, id) = (self.store.outside_calendars(), taken.calendar.id);
        let before = taken.calendar.google.clone().unwrap_or_default();
        if let (Some(asked), Some(back)) = (&taken.asked, calendars.brought_back(&tenant.id, id).await?) {
            let why = match at.google.exchange(&back.code, &back.verifier, &asked.redirect).await {
                Ok(grant) => {
                    calendars.granted(&at.kms_key_id, &tenant.id, id, Some(&grant.refresh)).await?;
                    return self.account(tenant, (id, taken.version + 1), &before, at.google.begin(&grant)).await;
                }
                Err(busy @ Trouble::Busy(..)) => return Err(busy.into()),
                Err(Trouble::LockedOut) => "the way back from Google took too long: connect it again".to_owned(),
                Err(trouble) => trouble.to_string(),
            };
            calendars.granted(&at.kms_key_id, &tenant.id, id, None).await?;
            return Err(Missed::Waits(why, true));
        }
        let Some(refresh) = calendars.address(&tenant.id, id).await? else {
            return Err(Missed::Waits("let Porchlight in at Google first".to_owned(), true));
        };
        let session = at.google.session(refresh).await?;
        if before.account.is_none() {
            return self.account(tenant, (id, taken.version), &before, session).await;
        }
        Ok((before, session))
    }

    /// Whose account let us in, and which calendars it has.
    async fn account<'a>(
        &self,
        tenant: &Tenant,
        (id, version): (OutsideCalendarId, u64),
        before: &GoogleCalendar,
        mut session: Session<'a>,
    ) -> Result<(GoogleCalendar, Session<'a>), Missed> {
        let (account, choices) = session.calendars().await?;
        let google = before.granted(account, choices).map_err(|why| Missed::Waits(why, true))?;
        self.store.outside_calendars().keep_account(&tenant.id, id, (&google, version)).await?;
        Ok((google, session))
    }

    /// Mails the business's own people that a calendar has to be connected again.
    async fn tell(&self, tenant: &Tenant, calendar: &OutsideCalendar) -> Result<(), Failure> {
        for email in &tenant.notify {
            let mail =
                AccountMail::CalendarLost { tenant: tenant.id.clone(), calendar: calendar.id, email: email.clone() };
            self.mails.send(&mail).await?;
        }
        Ok(())
    }

    /// A session by which things are ended; `None`: there is nobody to end them with.
    async fn last_session<'a>(
        &self,
        at: &'a AtGoogle,
        tenant: &TenantId,
        calendar: &OutsideCalendar,
    ) -> Result<Option<Session<'a>>, Missed> {
        let Some(refresh) = self.store.outside_calendars().address(tenant, calendar.id).await? else { return Ok(None) };
        match at.google.session(refresh).await {
            Ok(session) => Ok(Some(session)),
            Err(busy @ Trouble::Busy(..)) => Err(busy.into()),
            Err(_) => Ok(None),
        }
    }
}

/// Whether something changed at Google since the last whole reading, or that is too long ago.
async fn has_changed(
    session: &mut Session<'_>,
    chosen: &str,
    sync: &mut CalendarSync,
    now: Timestamp,
) -> Result<bool, Trouble> {
    let Some(token) = sync.token.clone().filter(|_| !sync.is_whole_due(now)) else { return Ok(true) };
    match session.changes(chosen, &token).await {
        Ok(Changes::None(token)) => {
            sync.token = Some(token);
            Ok(false)
        }
        Ok(Changes::Some) => Ok(true),
        Err(Trouble::Gone) => {
            sync.token = None;
            Ok(true)
        }
        Err(trouble) => Err(trouble),
    }
}

/// Everything that the calendar says of the days ahead.
async fn whole(
    session: &mut Session<'_>,
    (tenant, calendar, chosen): (&TenantId, &OutsideCalendar, &str),
    sync: &mut CalendarSync,
    zone: &TimeZone,
    now: Timestamp,
) -> Result<Whole, Trouble> {
    let range = CalendarReading::range(now);
    let within = Span { to: range.to.checked_add(BEYOND).unwrap_or(range.to), ..range };
    // A token of before this reading never says more than this reading saw.
    sync.token = None;
    let mut whole = Whole { reading: Reading::default(), shown: Vec::new() };
    if calendar.google.as_ref().and_then(GoogleCalendar::access) == Some(CalendarAccess::FreeBusy) {
        whole.reading.busy = session.busy(chosen, within).await?;
        return Ok(whole);
    }
    let events = session.events(chosen, within).await?;
    let own = events.time_zone.and_then(|name| TimeZone::get(&name).ok());
    let zone = own.as_ref().unwrap_or(zone);
    whole.reading.unreadable = events.unreadable;
    for event in events.events {
        match event.whose(tenant, calendar.id, zone) {
            Whose::Visit(shown) if !event.is_cancelled() => whole.shown.push(shown),
            Whose::Visit(_) | Whose::OtherVisit | Whose::Theirs(None) => {}
            Whose::Theirs(Some(span)) => whole.reading.busy.push(span),
            Whose::Unreadable => whole.reading.unreadable += 1,
        }
    }
    (sync.token, sync.whole_at) = (events.token, Some(now));
    Ok(whole)
}

/// How much of a pause is left out: a number that differs from calendar to calendar, and from time to time.
fn part(trouble: &Trouble, now: Timestamp) -> u8 {
    let nanos = now.subsec_nanosecond().unsigned_abs();
    let [low, high, ..] = nanos.to_le_bytes();
    low ^ high ^ u8::try_from(trouble.to_string().len() % 256).unwrap_or(0)
}
