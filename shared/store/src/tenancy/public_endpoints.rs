//! Limits of the endpoints that are open to everybody: forms, the chat widget, missed calls.
//!
//! Two kinds. What comes in over [`crate::Limits::let_in`]'s limits is plain abuse: 429, and nothing of it is kept. What it may make
//! us send is bounded much tighter, by [`crate::Limits::withheld`]: whoever types a number into a form chooses who is written to,
//! and the business pays. A message over those is kept, and staff see it; only no answer goes out by itself. Each count is
//! one conditional update ([`Quota`]), so it is exact however many come at once.

use auth::secrets::sha256_hex;
use domain::failure::Rejection;
use domain::messaging::{Address, Inbound, Phone, Source, Withheld};
use domain::tenancy::Tenant;
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;
use std::time::Duration;

use crate::Limits;
use crate::tenancy::registry::{Key, Registration};
use crate::{Limit, Quota};

/// Requests of one network address with one key.
pub const FROM_ONE_ADDRESS: Limit = Limit { per_minute: 30, burst: 60 };
/// Requests with one key.
pub const WITH_ONE_KEY: Limit = Limit { per_minute: 300, burst: 600 };
/// The longest that a request of a chat's visitor is held.
pub const HELD_FOR: Duration = Duration::from_secs(20);
/// Polls of one network address with one key: a visitor with the chat open asks once a second.
const POLLS_FROM_ONE_ADDRESS: Limit = Limit { per_minute: 240, burst: 240 };
/// Requests of one chat session that are held at once: one tab waits, and what a page left behind that was loaded again.
const HELD_OF_ONE_SESSION: u32 = 8;
/// Files that one chat session sends.
const FILES_OF_ONE_SESSION: Quota = Quota { at_once: 12, every: SignedDuration::from_mins(10) };
/// Files that one network address sends with one key.
const FILES_FROM_ONE_ADDRESS: Quota = Quota { at_once: 30, every: SignedDuration::from_mins(10) };
/// Files that are sent with one key: at 4 MB each, 6.5 GB on the busiest day, of which what no message names is gone in a week.
const FILES_WITH_ONE_KEY: Quota = Quota { at_once: 200, every: SignedDuration::from_mins(1) };
/// Automatic answers to one address, because of forms and calls: nothing proves that it is the writer's.
pub const TO_ONE_RECIPIENT: Quota = Quota { at_once: 3, every: SignedDuration::from_hours(8) };
/// Automatic answers because of one key: some 440 on the first day, 240 on the next.
pub const BY_ONE_KEY: Quota = Quota { at_once: 200, every: SignedDuration::from_mins(6) };
/// Leads with numbers abroad of which staff are told; the others are in the list of leads.
pub const TOLD_OF_NUMBERS_ABROAD: Quota = Quota { at_once: 20, every: SignedDuration::from_hours(1) };
/// Texts to one caller because of calls that no one took: who tries three times in a row is texted once.
pub const TO_ONE_CALLER: Quota = Quota { at_once: 1, every: SignedDuration::from_mins(10) };
/// Appointments that one network address makes on a tenant's booking page: each keeps a time from someone else.
const BOOKED_FROM_ONE_ADDRESS: Quota = Quota { at_once: 10, every: SignedDuration::from_mins(20) };
/// Those whom one network address puts on a tenant's waiting list. Each waits for a year at most: never are they all of the
/// [`MAX_WAITING`](domain::scheduling::MAX_WAITING) whom it takes.
const WAITS_FROM_ONE_ADDRESS: Quota = Quota { at_once: 3, every: SignedDuration::from_hours(24) };

/// Codes that visitors of a tenant's chat are sent, to prove an address.
const CODES_OF_ONE_TENANT: Quota = Quota { at_once: 60, every: SignedDuration::from_mins(10) };

impl Limits<'_> {
    /// Whether a code may be sent to `to`, which a visitor of the chat typed in the message `by`: within the countries that the
    /// tenant texts, and the limits of one recipient and of the tenant. A message that comes again is counted once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn may_send_code(
        &self,
        tenant: &Tenant,
        to: &Address,
        by: &Inbound,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let countries = std::iter::once(&tenant.region).chain(&tenant.text_countries).map(String::as_str);
        if matches!(to, Address::Phone(phone) if !phone::is_of(phone.as_str(), countries)) {
            return Ok(false);
        }
        let (tenant, id) = (&tenant.id, by.message_id().to_string());
        Ok(self.take_quota(&recipient("answers", tenant, to), TO_ONE_RECIPIENT, Some(&id), now).await?
            && self.take_quota(&format!("codes|{tenant}"), CODES_OF_ONE_TENANT, None, now).await?)
    }

    /// Lets a request with a public key in, from a network address where it is known.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (too many requests) over a limit; [`Failure::Retryable`] when the table does not answer.
    pub async fn let_in(self, key: Key<'_>, from: Option<&str>, now: Timestamp) -> Result<(), Failure> {
        let place = format!("door|{}", hash_of(key));
        if let Some(from) = from {
            let name = format!("{place}|{}", sha256_hex(&network(from)));
            self.demand(&name, FROM_ONE_ADDRESS, now).await?;
        }
        self.demand(&place, WITH_ONE_KEY, now).await
    }

    /// Lets a poll with a public key in, from a network address where it is known: counted apart from what is sent, so that neither
    /// takes the other's share.
    ///
    /// # Errors
    /// As [`Limits::let_in`].
    pub async fn let_poll(self, key: Key<'_>, from: Option<&str>, now: Timestamp) -> Result<(), Failure> {
        let Some(from) = from else { return Ok(()) };
        let name = format!("poll|{}|{}", hash_of(key), sha256_hex(&network(from)));
        self.demand(&name, POLLS_FROM_ONE_ADDRESS, now).await
    }

    /// Whether a request of a chat's visitor may be held for up to [`HELD_FOR`]; where it may not, it is answered at once. `most` are held at
    /// the same time, of one key half of them.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn let_hold(self, key: Key<'_>, session: &str, most: u32, now: Timestamp) -> Result<bool, Failure> {
        let session = format!("held|{}|{}", hash_of(key), sha256_hex(session));
        let shares =
            [(session, HELD_OF_ONE_SESSION), (format!("held|{}", hash_of(key)), most / 2), ("held".to_owned(), most)];
        for (name, at_once) in shares {
            if at_once == 0 || !self.take_token(&name, held_at_once(at_once), now).await?.allowed {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Lets one more file of a chat session in, from a network address where it is known: sessions are made up freely.
    ///
    /// # Errors
    /// As [`Limits::let_in`].
    pub async fn let_file(
        self,
        key: Key<'_>,
        session: &str,
        from: Option<&str>,
        now: Timestamp,
    ) -> Result<(), Failure> {
        let place = format!("files|{}", hash_of(key));
        let of_session = format!("{place}|{}", sha256_hex(session));
        let of_address = from.map(|from| (format!("{place}|{}", sha256_hex(&network(from))), FILES_FROM_ONE_ADDRESS));
        let shares = [(of_session, FILES_OF_ONE_SESSION)].into_iter().chain(of_address);
        for (name, quota) in shares.chain([(place, FILES_WITH_ONE_KEY)]) {
            if !self.take_quota(&name, quota, None, now).await? {
                return Err(Failure::rejected(Rejection::TooManyRequests, "too many files: try again later"));
            }
        }
        Ok(())
    }

    /// Lets one more appointment be made on a booking page, from a network address where it is known. `by` is its id: a
    /// repeat takes nothing more.
    ///
    /// # Errors
    /// As [`Limits::let_in`].
    pub async fn let_book(self, key: Key<'_>, from: Option<&str>, by: &str, now: Timestamp) -> Result<(), Failure> {
        let place = format!("booked|{}", hash_of(key));
        let is_let = self.is_from_within(&place, BOOKED_FROM_ONE_ADDRESS, from, by, now).await?
            && self.take_quota(&place, BY_ONE_KEY, None, now).await?;
        is_let.then_some(()).ok_or_else(too_many)
    }

    /// Lets one more be put on the waiting list on a booking page: as an appointment is, and within the share of one network address.
    ///
    /// # Errors
    /// As [`Limits::let_in`].
    pub async fn let_join(self, key: Key<'_>, from: Option<&str>, by: &str, now: Timestamp) -> Result<(), Failure> {
        let place = format!("waits|{}", hash_of(key));
        match self.is_from_within(&place, WAITS_FROM_ONE_ADDRESS, from, by, now).await? {
            true => self.let_book(key, from, by, now).await,
            false => Err(too_many()),
        }
    }

    /// Whether one network address, where it is known, is within its share.
    async fn is_from_within(
        self,
        place: &str,
        share: Quota,
        from: Option<&str>,
        by: &str,
        now: Timestamp,
    ) -> Result<bool, Failure> {
        let Some(from) = from else { return Ok(true) };
        let name = format!("{place}|{}", sha256_hex(&network(from)));
        self.take_quota(&name, share, Some(by), now).await
    }

    async fn demand(self, name: &str, limit: Limit, now: Timestamp) -> Result<(), Failure> {
        let grant = self.take_token(name, limit, now).await?;
        if grant.allowed {
            return Ok(());
        }
        let message = format!("too many requests: try again in {} s", grant.reset_seconds.max(1));
        Err(Failure::rejected(Rejection::TooManyRequests, message))
    }

    /// Why a message that came with `key` gets no answer by itself; `None`: it gets one.
    ///
    /// An address is counted before the key, so that one address never uses up the share of all. A message that comes again,
    /// because its request died, is counted once.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn withheld(
        self,
        key: Key<'_>,
        registration: &Registration,
        message: &Inbound,
    ) -> Result<Option<Withheld>, Failure> {
        let (tenant, to, now) = (&message.tenant, &message.from, message.received_at);
        let (id, key) = (message.message_id().to_string(), hash_of(key));
        if message.source == Source::MissedCall
            && !self.take_quota(&recipient("calls", tenant, to), TO_ONE_CALLER, Some(&id), now).await?
        {
            return Ok(Some(Withheld::CalledAgain));
        }
        if let Address::Phone(phone) = to
            && !self.texts(registration, phone).await?
        {
            let told = self.take_quota(&format!("abroad|{key}"), TOLD_OF_NUMBERS_ABROAD, Some(&id), now).await?;
            return Ok(Some(if told { Withheld::Country } else { Withheld::Key }));
        }
        if !self.take_quota(&recipient("answers", tenant, to), TO_ONE_RECIPIENT, Some(&id), now).await? {
            return Ok(Some(Withheld::Recipient));
        }
        let by_key = self.take_quota(&format!("answers|{key}"), BY_ONE_KEY, None, now).await?;
        Ok((!by_key).then_some(Withheld::Key))
    }

    /// Whether the tenant texts numbers of this one's country: its own, and those that it names.
    async fn texts(self, registration: &Registration, phone: &Phone) -> Result<bool, Failure> {
        if phone::is_of(phone.as_str(), [registration.region.as_str()]) {
            return Ok(true);
        }
        let tenant = self.store.tenants().get(&registration.tenant).await?;
        Ok(phone::is_of(phone.as_str(), tenant.text_countries.iter().map(String::as_str)))
    }
}

fn too_many() -> Failure {
    Failure::rejected(Rejection::TooManyRequests, "too many appointments: try again later")
}

/// A limit under which no more than `most` requests are held at once: in the time that one is held at most, so many begin as a burst and
/// what flows in meanwhile, half of `most` each.
fn held_at_once(most: u32) -> Limit {
    let flows_in = u64::from(most.div_ceil(2)) * 60 / HELD_FOR.as_secs();
    Limit { per_minute: u32::try_from(flows_in).unwrap_or(u32::MAX), burst: (most / 2).max(1) }
}

/// The key, unreadable.
fn hash_of(key: Key<'_>) -> String {
    key.table_key().pk.into()
}

fn recipient(what: &str, tenant: &TenantId, to: &Address) -> String {
    format!("{what}|{}", sha256_hex(&format!("{tenant}|{}", to.key())))
}

/// What counts as one network address: of IPv6 the 64 bits that one customer of a provider has.
fn network(from: &str) -> String {
    match from.parse::<IpAddr>().map(|address| address.to_canonical()) {
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
        Ok(address) => address.to_string(),
        Err(_) => from.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_of_a_provider_is_one_address() {
        assert_eq!(network("203.0.113.7"), "203.0.113.7");
        assert_eq!(network("::ffff:203.0.113.7"), "203.0.113.7");
        assert_eq!(network("2001:db8:1:2:3:4:5:6"), network("2001:db8:1:2::1"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
    }

    #[test]
    fn no_more_are_held_at_once_than_there_is_room_for() {
        for most in [2, 4, 8, 40, 1_000] {
            let Limit { per_minute, burst } = held_at_once(most);
            let at_once = u64::from(burst) + u64::from(per_minute) * HELD_FOR.as_secs() / 60;
            assert!(at_once <= u64::from(most) && 2 * at_once >= u64::from(most), "{most}: {at_once}");
        }
    }

    #[test]
    fn the_name_of_a_count_holds_neither_key_nor_address() {
        let to = Address::Chat("someone".to_owned());
        assert!(!recipient("answers", &TenantId::new("acme").unwrap(), &to).contains("someone"));
        assert!(!hash_of(Key::Form("pl_form_1")).contains("pl_form_1"));
        assert_ne!(hash_of(Key::Form("k")), hash_of(Key::Widget("k")));
    }
}
