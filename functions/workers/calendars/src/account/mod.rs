//! A calendar of an account, at Google or at a scheduler that is read by a key. Its busy times are written into the days like those of
//! every calendar, and our visits are brought in line with it.
//!
//! Readings run one after another. A token tells whether anything changed there, a digest whether anything changed here. If neither did,
//! nothing is read. A passing failure is tried again within minutes, and until then what was known stays. An account that denies us access
//! is reported once.

mod channels;
mod closing;
mod settling;
mod whole;

use connectors::calendars::{Changes, Session, Trouble};
use domain::identity::AccountMail;
use domain::ids::OutsideCalendarId;
use domain::scheduling::{
    CalendarAccount, CalendarHealth, CalendarKind, CalendarSync, OutsideCalendar, Resource, retry_after,
};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeSet;
use std::time::Duration;
use store::TakenCalendar;

use crate::Calendars;
use whole::{Whole, whole};

/// How long the vendor and the table may take for one reading.
const IN_ALL: Duration = Duration::from_secs(45);
/// When the rest is done of what is too much for one reading.
const SOON: SignedDuration = SignedDuration::from_secs(5);

/// Why a reading came to nothing.
enum Missed {
    /// The table.
    Failed(Failure),
    /// The vendor.
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

/// What is left to do after a reading.
enum Next {
    /// Nothing.
    Done,
    /// More, which can be done at once.
    Soon,
    /// Writing, which the vendor does not take at the moment.
    Later(Trouble),
}

impl Calendars {
    /// Reads a calendar of an account, and settles our visits with it.
    pub(crate) async fn sync_account(
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
            Ok(Next::Later(trouble)) => {
                self.again((&tenant.id, id), &mut sync, &trouble, now).await?;
                so_far.health
            }
            Ok(next) => {
                sync.failures = 0;
                if matches!(next, Next::Soon) {
                    calendars.hasten(&tenant.id, id, now + SOON).await?;
                }
                so_far.health
            }
            // What was known stays until all was looked through.
            Err(Missed::Trouble(Trouble::Unfinished)) => {
                calendars.hasten(&tenant.id, id, now + SOON).await?;
                CalendarHealth { next_at: OutsideCalendar::next_after(now), ..so_far.health }
            }
            Err(Missed::Waits(why, reconnect)) => {
                let health = self.not_read(tenant, &so_far, why, now).await?;
                CalendarHealth { reconnect, ..health }
            }
            Err(Missed::Trouble(trouble)) => {
                // What was compared is not known for sure any more.
                sync.visits = None;
                let health = self.not_read(tenant, &so_far, trouble.to_string(), now).await?;
                self.again((&tenant.id, id), &mut sync, &trouble, now).await?;
                sync.locked_out = Some(taken.version).filter(|_| trouble == Trouble::LockedOut);
                CalendarHealth { reconnect: trouble == Trouble::LockedOut, ..health }
            }
        };
        if health.reconnect && !sync.told && calendar.health.read_at.is_some() {
            // The mail sends people to the settings: what they then see there is stored first.
            calendars.note(&tenant.id, id, &health).await?;
            self.tell(tenant, calendar).await?;
        }
        sync.told = health.reconnect;
        calendars.remember(&tenant.id, id, &sync).await?;
        Ok(health)
    }

    /// Has it read again after what passes, not before the vendor wishes.
    async fn again(
        &self,
        (tenant, id): (&TenantId, OutsideCalendarId),
        sync: &mut CalendarSync,
        trouble: &Trouble,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let Trouble::Busy(_, wish) = trouble else { return Ok(()) };
        let at = retry_after(sync.failures, part(trouble, now), now);
        let wished = wish.and_then(|seconds| i64::try_from(seconds).ok()).map(SignedDuration::from_secs);
        let at = wished.and_then(|wish| now.checked_add(wish).ok()).map_or(at, |wish| wish.max(at));
        sync.failures = sync.failures.saturating_add(1);
        self.store.outside_calendars().hasten(tenant, id, at).await.map(drop)
    }

    /// The tenant's other calendars: what they wrote into the same account is theirs.
    async fn others(
        &self,
        tenant: &TenantId,
        calendar: &OutsideCalendar,
    ) -> Result<BTreeSet<OutsideCalendarId>, Failure> {
        if !calendar.kind.is_scheduler() {
            return Ok(BTreeSet::new());
        }
        let all: Vec<OutsideCalendar> = self.store.documents().all(tenant).await?;
        Ok(all.into_iter().map(|other| other.id).filter(|id| *id != calendar.id).collect())
    }

    /// The whole of it; what is left to do. `health` is true at each moment, wherever this breaks off.
    async fn run(
        &self,
        tenant: &Tenant,
        taken: &TakenCalendar,
        (sync, health): (&mut CalendarSync, &mut CalendarHealth),
        resources: &[Resource],
        now: Timestamp,
    ) -> Result<Next, Missed> {
        let calendar = &taken.calendar;
        let (account, mut session) = self.enter(tenant, taken).await?;
        let Some(chosen) = account.calendar.clone() else {
            return Err(Missed::Waits("choose which of the account's calendars it is".to_owned(), false));
        };
        let calendar = &OutsideCalendar { account: Some(account), ..calendar.clone() };
        let is_compared = calendar.shows_visits() || calendar.kind.is_scheduler();
        let visits = if is_compared { self.visits(&tenant.id, calendar, now).await? } else { Vec::new() };
        let digest = settling::digest(calendar, &visits);
        let has_changed = has_changed(&mut session, &chosen, sync, now).await?;
        if !has_changed && sync.visits.as_ref() == Some(&digest) && calendar.health.laid.is_some() {
            let (read_at, next_at) = (Some(now), OutsideCalendar::next_after(now));
            *health = CalendarHealth { read_at, error: None, reconnect: false, next_at, ..calendar.health.clone() };
            self.watch((tenant, calendar, &chosen), &mut session, sync, now).await?;
            return Ok(Next::Done);
        }
        let zone = self.own_zone(tenant, calendar, resources).await?;
        let of = (&tenant.id, calendar, chosen.as_str());
        let others = self.others(&tenant.id, calendar).await?;
        let mut seen = whole(&mut session, of, (&mut *sync, &visits, &others), &zone, now).await?;
        if calendar.kind.is_scheduler() && seen.misses(&visits, sync, now) {
            seen = whole(&mut session, of, (&mut *sync, &visits, &others), &zone, now).await?;
        }
        let Whole { reading, shown } = seen;
        // Days that are half written hold neither reading.
        health.laid = None;
        *health = self.taken_in(tenant, calendar, (resources, &reading), now).await?;
        sync.visits = None;
        let mut next = Next::Done;
        if calendar.shows_visits() {
            let place = settling::Place { tenant, calendar, chosen: &chosen, link: &self.public_url, now };
            let settled = self.settle(&place, &mut session, sync, (visits, shown)).await?;
            health.error = settled.refused();
            next = match settled.busy {
                Some(busy) => Next::Later(busy),
                None if settled.is_more => Next::Soon,
                None => Next::Done,
            };
            // What was taken over from a booking that was moved there.
            sync.learn(session.known(&tenant.id));
        }
        // What was refused or is left is compared again at the next reading.
        sync.visits = Some(digest).filter(|_| matches!(next, Next::Done) && health.error.is_none());
        self.watch((tenant, calendar, &chosen), &mut session, sync, now).await?;
        Ok(next)
    }

    /// A session of the account, by what it gave: just now, where somebody brought a code back. That is sealed before anything
    /// else is asked, because a code is good once.
    async fn enter(&self, tenant: &Tenant, taken: &TakenCalendar) -> Result<(CalendarAccount, Session<'_>), Missed> {
        let (calendars, id) = (self.store.outside_calendars(), taken.calendar.id);
        let before = taken.calendar.account.clone().unwrap_or_default();
        if taken.calendar.kind.is_scheduler() {
            if taken.calendar.kind == CalendarKind::WhenIWork && taken.sync.locked_out == Some(taken.version) {
                // A password that is tried again and again locks people out.
                return Err(Missed::Waits(Trouble::LockedOut.to_string(), true));
            }
            let Some(session) = self.at_scheduler(&tenant.id, &taken.calendar).await? else {
                return Err(Missed::Waits("its key is gone: give it another one".to_owned(), true));
            };
            return self.known(tenant, (id, taken.version), before, session).await;
        }
        let Some(google) = &self.google else {
            return Err(Missed::Waits("Porchlight has no client at Google: ask its operator".to_owned(), false));
        };
        if let (Some(asked), Some(back)) = (&taken.asked, calendars.brought_back(&tenant.id, id).await?) {
            let why = match google.exchange(&back.code, &back.verifier, &asked.redirect).await {
                Ok(grant) => {
                    calendars.granted(&self.kms_key_id, &tenant.id, id, Some(&grant.refresh)).await?;
                    let session = Session::Google(google.begin(&grant));
                    return self.account(tenant, (id, taken.version + 1), &before, session).await;
                }
                Err(busy @ Trouble::Busy(..)) => return Err(busy.into()),
                Err(Trouble::LockedOut) => "the way back from Google took too long: connect it again".to_owned(),
                Err(trouble) => trouble.to_string(),
            };
            calendars.granted(&self.kms_key_id, &tenant.id, id, None).await?;
            return Err(Missed::Waits(why, true));
        }
        let Some(refresh) = calendars.address(&tenant.id, id).await? else {
            return Err(Missed::Waits("let Porchlight in at Google first".to_owned(), true));
        };
        let session = Session::Google(google.session(refresh).await?);
        self.known(tenant, (id, taken.version), before, session).await
    }

    /// As it was known before; whose account it is, is asked once.
    async fn known<'a>(
        &self,
        tenant: &Tenant,
        (id, version): (OutsideCalendarId, u64),
        before: CalendarAccount,
        session: Session<'a>,
    ) -> Result<(CalendarAccount, Session<'a>), Missed> {
        if before.name.is_none() {
            return self.account(tenant, (id, version), &before, session).await;
        }
        Ok((before, session))
    }

    /// A session of a scheduler by its key; `None`: the key is gone.
    async fn at_scheduler(&self, tenant: &TenantId, calendar: &OutsideCalendar) -> Result<Option<Session<'_>>, Missed> {
        let Some(sealed) = self.store.outside_calendars().address(tenant, calendar.id).await? else { return Ok(None) };
        Ok(Some(Session::Scheduler(self.schedulers.session(calendar.kind, &sealed)?)))
    }

    /// Whose account let us in, and which calendars it has.
    async fn account<'a>(
        &self,
        tenant: &Tenant,
        (id, version): (OutsideCalendarId, u64),
        before: &CalendarAccount,
        mut session: Session<'a>,
    ) -> Result<(CalendarAccount, Session<'a>), Missed> {
        let (account, choices) = session.calendars().await?;
        let account = before.granted(account, choices).map_err(|why| Missed::Waits(why, true))?;
        self.store.outside_calendars().keep_account(&tenant.id, id, (&account, version)).await?;
        Ok((account, session))
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
    async fn last_session(&self, tenant: &TenantId, calendar: &OutsideCalendar) -> Result<Option<Session<'_>>, Missed> {
        if calendar.kind.is_scheduler() {
            return self.at_scheduler(tenant, calendar).await;
        }
        let Some(google) = &self.google else { return Ok(None) };
        let Some(refresh) = self.store.outside_calendars().address(tenant, calendar.id).await? else { return Ok(None) };
        match google.session(refresh).await {
            Ok(session) => Ok(Some(Session::Google(session))),
            Err(busy @ Trouble::Busy(..)) => Err(busy.into()),
            Err(_) => Ok(None),
        }
    }
}

/// Whether something changed there since the last whole reading, or that is too long ago.
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

/// How much of a pause is left out: a number that differs from calendar to calendar, and from time to time.
fn part(trouble: &Trouble, now: Timestamp) -> u8 {
    let nanos = now.subsec_nanosecond().unsigned_abs();
    let [low, high, ..] = nanos.to_le_bytes();
    low ^ high ^ u8::try_from(trouble.to_string().len() % 256).unwrap_or(0)
}
