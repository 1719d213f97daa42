//! Calendars of accounts: someone is sent to Google and comes back, what the account gave is sealed, one of its calendars is chosen, and
//! what must be known at the next reading is stored.
//!
//! It is stored in the calendar's own item, beside what people see of it. The verifier, the code and the refresh token are credentials of
//! the purpose `calendars`. The function that takes them can only seal them; only the one that reads calendars can open them.

use auth::secrets::same;
use aws_sdk_dynamodb::types::Update;
use domain::failure::Rejection;
use domain::identity::{Actor, AuditAction};
use domain::ids::{AppointmentId, OutsideCalendarId};
use domain::scheduling::{
    Asked, Booking, CalendarAccount, CalendarKind, CalendarSync, Channel, Closing, OutsideCalendar,
};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use secrecy::SecretString;
use serde::de::DeserializeOwned;

use super::keys::{address, code, code_name, document, subject, value, verifier, verifier_name, waits_until};
use crate::table::documents::{busy, entry, json, read};
use crate::table::item::{Item, key_item, number, text, to_item};
use crate::table::keys::TableKey;
use crate::table::writes::{Ran, Writes};
use crate::tenancy::credentials::Purpose;
use crate::{Document, OutsideCalendars, Trace, Versioned};

/// So often a choice is made anew that meets another change.
const ATTEMPTS: usize = 4;

/// A calendar that is read now, with what was remembered of it.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenCalendar {
    /// The calendar.
    pub calendar: OutsideCalendar,
    /// Its version.
    pub version: u64,
    /// What was remembered; nothing that can be read is a beginning.
    pub sync: CalendarSync,
    /// That somebody was sent to Google.
    pub asked: Option<Asked>,
}

/// What somebody brought back from Google.
#[derive(Debug)]
pub struct BroughtBack {
    /// The code.
    pub code: SecretString,
    /// What shows that the code is ours to exchange.
    pub verifier: SecretString,
}

impl TakenCalendar {
    pub(super) fn of(item: Item) -> Result<Self, Failure> {
        let (sync, asked) = (attribute(&item, "sync").unwrap_or_default(), attribute(&item, "asked"));
        let Versioned { value: calendar, version } = read(OutsideCalendar::NAME, item)?;
        Ok(Self { calendar, version, sync, asked })
    }
}

fn attribute<T: DeserializeOwned>(item: &Item, name: &str) -> Option<T> {
    serde_dynamo::from_attribute_value(item.get(name)?.clone()).ok()
}

impl OutsideCalendars<'_> {
    /// Keeps that somebody is sent to Google, and what the code that they bring is exchanged with.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn ask(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (asked, secret): (&Asked, &SecretString),
    ) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        self.put_secret(&mut writes, kms_key_id, tenant, (&verifier(tenant, id), secret)).await?;
        writes.delete(&code(tenant, id))?;
        let update = Update::builder().update_expression("SET asked = :asked").condition_expression("kind = :google");
        let update = update.expression_attribute_values(":asked", value(asked)?);
        self.push(&mut writes, tenant, id, update.expression_attribute_values(":google", text("google")))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy(OutsideCalendar::NAME)),
            Ran::Refused(_) => Err(Failure::not_found("calendar")),
        }
    }

    /// Keeps the code that somebody brought back, and has it exchanged at once. A repeat changes nothing.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `state`: nobody was sent with it, somebody else was, or too long ago.
    pub async fn answer(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (state_hash, by): (&str, &Actor),
        secret: &SecretString,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let item = self.store.item(OutsideCalendar::NAME, &document(tenant, id)).await?;
        let asked: Option<Asked> = item.and_then(|item| attribute(&item, "asked"));
        let is_its = |asked: &Asked| same(asked.state_hash.as_bytes(), state_hash.as_bytes()) && asked.stands(by, now);
        let Some(asked) = asked.filter(is_its) else {
            let message = "this does not go with a request of yours of the last 15 minutes: connect the calendar again";
            return Err(Failure::invalid("state", message));
        };
        let mut writes = Writes::new(&self.store.table);
        self.put_secret(&mut writes, kms_key_id, tenant, (&code(tenant, id), secret)).await?;
        let update = Update::builder()
            .update_expression("SET pending_sk = :now")
            .condition_expression("asked.state_hash = :hash");
        let update = update.expression_attribute_values(":now", text(waits_until(tenant, id, now)));
        self.push(&mut writes, tenant, id, update.expression_attribute_values(":hash", text(asked.state_hash)))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced | Ran::Refused(_) => Err(busy(OutsideCalendar::NAME)),
        }
    }

    /// What somebody brought back and was not exchanged yet.
    ///
    /// # Errors
    /// As the table and KMS answer.
    pub async fn brought_back(self, tenant: &TenantId, id: OutsideCalendarId) -> Result<Option<BroughtBack>, Failure> {
        let Some(code) = self.store.sealed(tenant, Purpose::Calendars, &code_name(id)).await? else { return Ok(None) };
        let verifier = self.store.sealed(tenant, Purpose::Calendars, &verifier_name(id)).await?;
        Ok(verifier.map(|verifier| BroughtBack { code, verifier }))
    }

    /// Keeps what an account gave, in the place of what it gave before; whose it is, is not known yet. A code that was exchanged
    /// is forgotten. `None`: it gave nothing.
    ///
    /// # Errors
    /// As the table and KMS answer.
    pub async fn granted(
        self,
        kms_key_id: &str,
        tenant: &TenantId,
        id: OutsideCalendarId,
        given: Option<&SecretString>,
    ) -> Result<(), Failure> {
        let mut writes = Writes::new(&self.store.table);
        for place in [verifier(tenant, id), code(tenant, id)] {
            writes.delete(&place)?;
        }
        let update = match given {
            Some(refresh) => {
                self.put_secret(&mut writes, kms_key_id, tenant, (&address(tenant, id), refresh)).await?;
                Update::builder()
                    .update_expression("REMOVE asked, account.#name ADD version :one")
                    .expression_attribute_names("#name", "name")
                    .expression_attribute_values(":one", number(1))
            }
            None => Update::builder().update_expression("REMOVE asked"),
        };
        self.push(&mut writes, tenant, id, update.condition_expression("attribute_exists(pk)"))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            // Removed meanwhile: nothing is kept.
            Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(busy(OutsideCalendar::NAME)),
        }
    }

    /// Keeps which account it is and which calendars it has, where nobody changed the calendar since it had this version; else the
    /// next reading does it.
    ///
    /// # Errors
    /// As the table and KMS answer.
    pub async fn keep_account(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (account, version): (&CalendarAccount, u64),
    ) -> Result<(), Failure> {
        let update = Update::builder()
            .update_expression("SET account = :account ADD version :one")
            .condition_expression("version = :read")
            .expression_attribute_values(":account", value(account)?)
            .expression_attribute_values(":read", number(version))
            .expression_attribute_values(":one", number(1));
        let mut writes = Writes::new(&self.store.table);
        self.push(&mut writes, tenant, id, update)?;
        match self.store.run(writes).await? {
            Ran::Done | Ran::Refused(_) => Ok(()),
            Ran::Raced => Err(busy(OutsideCalendar::NAME)),
        }
    }

    /// Chooses one of the account's calendars; it is due at once.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or as [`CalendarAccount::choose`] says.
    pub async fn choose(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        (calendar, writes_visits): (&str, bool),
        trace: &Trace,
    ) -> Result<Versioned<OutsideCalendar>, Failure> {
        let change = |before: &OutsideCalendar| {
            let account = before.account.as_ref().ok_or_else(|| {
                Failure::rejected(Rejection::Conflict, "this calendar has an address: there is nothing to choose")
            })?;
            Ok(OutsideCalendar { account: Some(account.choose(calendar, writes_visits)?), ..before.clone() })
        };
        self.change(tenant, id, change, trace).await
    }

    /// Has a calendar removed once what is between the vendor and us has ended; it takes no time from now on.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn close(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        closing: Closing,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let change = |before: &OutsideCalendar| {
            let closing = before.closing.or(Some(closing));
            Ok(OutsideCalendar { closing, ..before.clone() })
        };
        self.change(tenant, id, change, trace).await?;
        self.forget(tenant, id, trace.at).await
    }

    /// Changes what people see of it, and has it read at once.
    async fn change(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        change: impl Fn(&OutsideCalendar) -> Result<OutsideCalendar, Failure>,
        trace: &Trace,
    ) -> Result<Versioned<OutsideCalendar>, Failure> {
        for _ in 0..ATTEMPTS {
            let before: Versioned<OutsideCalendar> = self.store.documents().get(tenant, &id.to_string()).await?;
            let after = change(&before.value)?;
            if after == before.value {
                return Ok(before);
            }
            let version = before.version + 1;
            let update = Update::builder()
                .update_expression("SET account = :account, closing = :closing, version = :version, pending_sk = :now")
                .condition_expression("version = :read")
                .expression_attribute_values(":account", value(&after.account)?)
                .expression_attribute_values(":closing", value(&after.closing)?)
                .expression_attribute_values(":version", number(version))
                .expression_attribute_values(":read", number(before.version))
                .expression_attribute_values(":now", text(waits_until(tenant, id, trace.at)));
            let mut writes = Writes::new(&self.store.table);
            self.push(&mut writes, tenant, id, update)?;
            let (was, is) = (Some(json(&before.value)?), Some(json(&after)?));
            writes.audit(&entry(tenant, AuditAction::Updated, &subject(id), version, was, is, trace))?;
            match self.store.run(writes).await? {
                Ran::Done => return Ok(Versioned { value: after, version }),
                Ran::Raced | Ran::Refused(_) => {}
            }
        }
        Err(busy(OutsideCalendar::NAME))
    }

    /// Remembers what is to be known at the next reading. `false`: the calendar was removed meanwhile.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn remember(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        sync: &CalendarSync,
    ) -> Result<bool, Failure> {
        self.set(tenant, id, "SET sync = :value", value(sync)?).await
    }

    /// What is remembered of a calendar; nothing of one that is gone.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn remembered(self, tenant: &TenantId, id: OutsideCalendarId) -> Result<CalendarSync, Failure> {
        let item = self.store.item(OutsideCalendar::NAME, &document(tenant, id)).await?;
        Ok(item.and_then(|item| attribute(&item, "sync")).unwrap_or_default())
    }

    /// One channel of a calendar.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn channel(
        self,
        tenant: &TenantId,
        id: OutsideCalendarId,
        channel: &str,
    ) -> Result<Option<Channel>, Failure> {
        let sync = self.remembered(tenant, id).await?;
        Ok(sync.channels.into_iter().find(|known| known.id == channel))
    }

    /// The calendars that show a visit or are to show it; without the visit, those that are known to show it.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn that_show(
        self,
        tenant: &TenantId,
        appointment: AppointmentId,
        visit: Option<&Booking>,
    ) -> Result<Vec<(OutsideCalendarId, CalendarKind)>, Failure> {
        let items = self.store.documents().items::<OutsideCalendar>(tenant).await?;
        let all = items.into_iter().filter_map(|item| TakenCalendar::of(item).ok());
        let is_its = |TakenCalendar { calendar, sync, .. }: &TakenCalendar| {
            let takes = |visit: &Booking| calendar.resource.as_ref().is_none_or(|id| visit.resources.contains(id));
            calendar.shows_visits() && (sync.written.contains(&appointment) || visit.is_some_and(takes))
        };
        Ok(all.filter(is_its).map(|taken| (taken.calendar.id, taken.calendar.kind)).collect())
    }

    pub(super) async fn put_secret(
        self,
        writes: &mut Writes,
        kms_key_id: &str,
        tenant: &TenantId,
        (place, secret): (&TableKey, &SecretString),
    ) -> Result<(), Failure> {
        let sealed = self.store.seal(kms_key_id, tenant, Purpose::Calendars, place, secret).await?;
        writes.put(to_item("credential", place, &sealed)?)
    }

    pub(super) fn push(
        self,
        writes: &mut Writes,
        tenant: &TenantId,
        id: OutsideCalendarId,
        update: aws_sdk_dynamodb::types::builders::UpdateBuilder,
    ) -> Result<(), Failure> {
        let update = update.table_name(&self.store.table).set_key(Some(key_item(&document(tenant, id))));
        writes.update(update.build().map_err(|error| Failure::Permanent(error.to_string()))?);
        Ok(())
    }
}
