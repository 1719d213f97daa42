//! Keys, built only here. All but the registry's begin with the tenant, which every constructor demands.

use auth::secrets::sha256_hex;
use domain::ids::{AccountId, AuditId, JobId, NoteId, SequenceId, SessionId, StepId, TaskId, VariantId};
use domain::messaging::{Address, Channel, Email, MessageRef};
use domain::tenancy::usage::{Feature, Month};
use domain::{ContactId, ConversationId, EscalationId, EventId, LeadId, MessageId, TenantId};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::table::item::{Item, get_text};

/// A primary key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableKey {
    /// Partition key.
    pub pk: String,
    /// Sort key.
    pub sk: String,
}

impl TableKey {
    /// Where an item lies.
    pub(crate) fn of(item: &Item) -> Self {
        Self { pk: get_text(item, "pk").to_owned(), sk: get_text(item, "sk").to_owned() }
    }
}

fn key(tenant: &TenantId, partition: &str, sk: impl Into<String>) -> TableKey {
    TableKey { pk: format!("T#{tenant}#{partition}"), sk: sk.into() }
}

/// The tenant's configuration.
#[must_use]
pub fn tenant(tenant: &TenantId) -> TableKey {
    key(tenant, "TENANT", "TENANT")
}

/// One encrypted credential.
#[must_use]
pub fn credential(tenant: &TenantId, purpose: &str, name: &str) -> TableKey {
    key(tenant, &format!("CREDENTIAL#{purpose}"), name)
}

/// Who an address belongs to.
#[must_use]
pub fn identity(tenant: &TenantId, address: &Address) -> TableKey {
    key(tenant, &format!("IDENTITY#{}", address.key()), "IDENTITY")
}

/// Whether an address wants to hear from us.
#[must_use]
pub fn suppression(tenant: &TenantId, address: &Address) -> TableKey {
    key(tenant, &format!("SUPPRESSION#{}", address.key()), "SUPPRESSION")
}

/// What is left of a suppression when its contact was erased: tenant and address as a keyed hash.
#[must_use]
pub fn kept_suppression(tenant: &TenantId, hash: &str) -> TableKey {
    key(tenant, &format!("SUPPRESSION#hmac-sha256:{hash}"), "SUPPRESSION")
}

/// Whether a partition is one of [`kept_suppression`].
#[must_use]
pub(crate) fn is_kept_suppression(pk: &str) -> bool {
    pk.split('#').nth(2) == Some("SUPPRESSION")
        && pk.split('#').nth(3).is_some_and(|address| address.starts_with("hmac-sha256:"))
}

/// The mark that a message came in, for 30 days.
#[must_use]
pub fn seen(tenant: &TenantId, message: MessageId) -> TableKey {
    key(tenant, &format!("SEEN#{message}"), "SEEN")
}

/// When a consent word was first heard, for 30 days; beside the mark that its message came in.
#[must_use]
pub fn said(tenant: &TenantId, message: MessageId) -> TableKey {
    key(tenant, &format!("SEEN#{message}"), "SAID")
}

/// The partition of a person: contact, lead, threads.
#[must_use]
pub fn person(tenant: &TenantId, contact: ContactId) -> String {
    format!("T#{tenant}#PERSON#{contact}")
}

/// Sort key prefix of what a turn reads: the contact, the latest lead, the current thread of each channel.
pub const NOW: &str = "NOW#";
/// Sort key prefix of what is over.
pub const PAST: &str = "PAST#";
/// Sort key prefix of messages in a thread's partition.
pub const MESSAGE: &str = "M#";

/// A contact.
#[must_use]
pub fn contact(tenant: &TenantId, id: ContactId) -> TableKey {
    TableKey { pk: person(tenant, id), sk: format!("{NOW}CONTACT") }
}

/// How a contact stands to messages.
#[must_use]
pub fn standing(tenant: &TenantId, contact: ContactId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{NOW}STANDING") }
}

/// A contact's latest lead.
#[must_use]
pub fn lead(tenant: &TenantId, contact: ContactId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{NOW}LEAD") }
}

/// The lead of a contact that was merged, as it was: what it gets back when the two are taken apart.
#[must_use]
pub fn merged_lead(tenant: &TenantId, contact: ContactId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: "MERGED#LEAD".to_owned() }
}

/// Partition of a tenant's possible duplicates.
#[must_use]
pub fn duplicate_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#DUPLICATES")
}

/// That two contacts may be one person; the same whichever is named first.
#[must_use]
pub fn duplicate(tenant: &TenantId, a: ContactId, b: ContactId) -> TableKey {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    TableKey { pk: duplicate_list(tenant), sk: format!("{a}#{b}") }
}

/// An earlier lead.
#[must_use]
pub fn past_lead(tenant: &TenantId, contact: ContactId, lead: LeadId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{PAST}LEAD#{lead}") }
}

/// A contact's current thread on a channel.
#[must_use]
pub fn thread(tenant: &TenantId, contact: ContactId, channel: Channel) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{NOW}THREAD#{channel}") }
}

/// An earlier thread.
#[must_use]
pub fn past_thread(tenant: &TenantId, contact: ContactId, thread: ConversationId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{PAST}THREAD#{thread}") }
}

/// A contact's way with the business.
#[must_use]
pub fn journey(tenant: &TenantId, contact: ContactId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{NOW}JOURNEY") }
}

/// Sort key prefix of a contact's tasks, in time order.
pub const TASK: &str = "TASK#";

/// Where a task about a contact is found, in the contact's partition.
#[must_use]
pub fn task_pointer(tenant: &TenantId, contact: ContactId, at: Timestamp, id: TaskId) -> TableKey {
    TableKey { pk: person(tenant, contact), sk: format!("{TASK}{}", by_time(at, &id.to_string())) }
}

/// A task. The partition is also its list's in the index `gsi1`.
#[must_use]
pub fn task(tenant: &TenantId, id: TaskId) -> TableKey {
    key(tenant, "TASKS", id.to_string())
}

/// Partition of the index `gsi1` that lists a tenant's tasks, newest last.
#[must_use]
pub fn task_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#TASKS")
}

/// Partition of what was counted of a sequence's texts.
#[must_use]
pub fn tallies(tenant: &TenantId, sequence: &SequenceId) -> String {
    format!("T#{tenant}#TALLY#{sequence}")
}

/// What was counted of one text of a step.
#[must_use]
pub fn tally(tenant: &TenantId, sequence: &SequenceId, step: &StepId, variant: &VariantId) -> TableKey {
    TableKey { pk: tallies(tenant, sequence), sk: format!("{step}#{variant}") }
}

/// How many touch points went out in a month, one of [`USAGE_SHARDS`] counters.
#[must_use]
pub fn touches(tenant: &TenantId, month: &Month, shard: u8) -> TableKey {
    key(tenant, &format!("TOUCHES#{month}"), shard.to_string())
}

/// Where a lead is kept.
#[must_use]
pub fn lead_pointer(tenant: &TenantId, lead: LeadId) -> TableKey {
    key(tenant, &format!("LEAD#{lead}"), "POINTER")
}

/// Where a thread's head is kept; in the partition of its messages.
#[must_use]
pub fn thread_pointer(tenant: &TenantId, thread: ConversationId) -> TableKey {
    key(tenant, &format!("THREAD#{thread}"), "POINTER")
}

/// The thread of a chat session.
#[must_use]
pub fn chat_pointer(tenant: &TenantId, session: &str) -> TableKey {
    key(tenant, &format!("CHAT#{session}"), "POINTER")
}

/// A message, in time order within its thread.
#[must_use]
pub fn message(tenant: &TenantId, reference: &MessageRef) -> TableKey {
    let sk = format!("{MESSAGE}{:015}#{}", reference.at.as_millisecond(), reference.message);
    TableKey { sk, ..thread_pointer(tenant, reference.conversation) }
}

/// An escalation, in its thread's partition.
#[must_use]
pub fn escalation(tenant: &TenantId, thread: ConversationId, id: EscalationId) -> TableKey {
    TableKey { sk: format!("E#{id}"), ..thread_pointer(tenant, thread) }
}

/// Sort key prefix of the notes in a thread's partition.
pub const NOTE: &str = "N#";

/// A note of the staff, in its thread's partition.
#[must_use]
pub fn note(tenant: &TenantId, thread: ConversationId, id: NoteId) -> TableKey {
    TableKey { sk: format!("{NOTE}{id}"), ..thread_pointer(tenant, thread) }
}

/// An outbox row.
#[must_use]
pub fn outbox(tenant: &TenantId, id: EventId) -> TableKey {
    key(tenant, &format!("OUTBOX#{id}"), "OUTBOX")
}

/// What a model took for a feature on a day, one of [`USAGE_SHARDS`] counters. Sorts before [`USAGE_END`].
#[must_use]
pub fn usage(tenant: &TenantId, day: Date, feature: Feature, model: &str, shard: u8) -> TableKey {
    let sk = format!("{:02}#{}#{model}#{shard}", day.day(), feature.as_str());
    key(tenant, &format!("USAGE#{}", day.strftime("%Y-%m")), sk)
}

/// The sum of a month that is over.
#[must_use]
pub fn usage_total(tenant: &TenantId, month: &Month) -> TableKey {
    key(tenant, &format!("USAGE#{month}"), "TOTAL")
}

/// The mark that a threshold of a month was announced.
#[must_use]
pub fn usage_threshold(tenant: &TenantId, month: &Month, percent: u8) -> TableKey {
    key(tenant, &format!("USAGE#{month}"), format!("THRESHOLD#{percent}"))
}

/// The first messages of a day that did not leave on a channel for one reason.
#[must_use]
pub fn failed_sends(tenant: &TenantId, day: Date, channel: Channel, reason: &str) -> TableKey {
    key(tenant, &format!("FAILED_SENDS#{day}"), format!("{channel}#{reason}"))
}

/// Where the counters of a month's partition end: after the digits of the days.
pub const USAGE_END: &str = ":";

/// Counters that many turns touch at once are spread over this many items.
pub const USAGE_SHARDS: u8 = 4;

/// The registry entry of a credential's hash. The one key without a tenant: it is what leads to the tenant.
#[must_use]
pub fn registration(kind: &str, hash: &str) -> TableKey {
    TableKey { pk: format!("K#{kind}#{hash}"), sk: "KEY".to_owned() }
}

/// Something that people configure: one of a kind, such as a location.
#[must_use]
pub fn document(tenant: &TenantId, kind: &str, id: &str) -> TableKey {
    key(tenant, &kind.to_ascii_uppercase(), id)
}

/// A tenant in the list of all, under the agency that looks after it.
#[must_use]
pub fn tenant_entry(parent: &TenantId, tenant: &TenantId) -> TableKey {
    key(&TenantId::platform(), &format!("TENANTS#{parent}"), tenant.as_str())
}

/// Partition of a tenant's audit record.
#[must_use]
pub fn audit_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#AUDIT")
}

/// A line of a tenant's audit record.
#[must_use]
pub fn audit(tenant: &TenantId, at: Timestamp, id: AuditId) -> TableKey {
    TableKey { pk: audit_list(tenant), sk: by_time(at, &id.to_string()) }
}

/// The token bucket of somebody who has shown no credential.
#[must_use]
pub fn bucket(name: &str) -> TableKey {
    key(&TenantId::platform(), &format!("BUCKET#{name}"), "BUCKET")
}

/// What was answered to a request that may come again.
#[must_use]
pub fn idempotency(tenant: &TenantId, request: &str) -> TableKey {
    key(tenant, &format!("IDEMPOTENCY#{request}"), "REQUEST")
}

/// One of the places for active API keys. Their number is the limit.
#[must_use]
pub fn api_key(tenant: &TenantId, place: u8) -> TableKey {
    key(tenant, "API_KEY", place.to_string())
}

/// Partition of the index `gsi1` that lists a tenant's leads, newest activity last.
#[must_use]
pub fn lead_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#LEADS")
}

/// Partition of the index `gsi1` that lists a tenant's threads, newest activity last.
#[must_use]
pub fn thread_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#THREADS")
}

/// Partition of the index `gsi1` that lists a tenant's escalations, newest last.
#[must_use]
pub fn escalation_list(tenant: &TenantId) -> String {
    format!("T#{tenant}#ESCALATIONS")
}

/// Sort key of the lists: time, then id.
#[must_use]
pub fn by_time(at: Timestamp, id: &str) -> String {
    format!("{:015}#{id}", at.as_millisecond())
}

/// Partitions of the sparse index `pending` for each kind of what waits: outbox rows, and journeys whose next step is due.
pub const PENDING_SHARDS: u8 = 4;

/// Partition of the index `pending` for one outbox row.
#[must_use]
pub fn pending_shard(id: EventId) -> String {
    let shard = id.to_string().bytes().fold(0u8, u8::wrapping_add) % PENDING_SHARDS;
    format!("PENDING#{shard}")
}

/// Partition of the index `pending` for one contact's journey.
#[must_use]
pub fn touch_shard(contact: ContactId) -> String {
    let shard = contact.to_string().bytes().fold(0u8, u8::wrapping_add) % PENDING_SHARDS;
    format!("TOUCH#{shard}")
}

/// Partition of the index `pending` for one thread whose customer waits.
#[must_use]
pub fn sla_shard(thread: ConversationId) -> String {
    let shard = thread.to_string().bytes().fold(0u8, u8::wrapping_add) % PENDING_SHARDS;
    format!("SLA#{shard}")
}

/// A job over a tenant's data. The platform's: it outlives the tenant that it erases, and holds how far a reading of the
/// whole table has come.
#[must_use]
pub fn job(tenant: &TenantId, id: JobId) -> TableKey {
    key(&TenantId::platform(), &format!("JOB#{tenant}"), id.to_string())
}

/// The mark that moves with every job of a tenant that begins; in the partition of its jobs.
#[must_use]
pub fn jobs_mark(tenant: &TenantId) -> TableKey {
    key(&TenantId::platform(), &format!("JOB#{tenant}"), "MARK")
}

/// What every key of a tenant begins with.
#[must_use]
pub fn everything(tenant: &TenantId) -> String {
    format!("T#{tenant}#")
}

// Identity: people, whose accounts are the platform's.

/// An account; its partition holds its memberships and sessions too.
#[must_use]
pub fn account(id: AccountId) -> TableKey {
    key(&TenantId::platform(), &format!("ACCOUNT#{id}"), "ACCOUNT")
}

/// Sort key prefix of an account's copies of its memberships.
pub const MEMBERSHIP: &str = "MEMBER#";
/// Sort key prefix of an account's sessions.
pub const SESSION: &str = "SESSION#";

/// An account's copy of what it is in a tenant.
#[must_use]
pub fn membership(account_id: AccountId, tenant: &TenantId) -> TableKey {
    TableKey { sk: format!("{MEMBERSHIP}{tenant}"), ..account(account_id) }
}

/// A session of an account.
#[must_use]
pub fn session(account_id: AccountId, id: SessionId) -> TableKey {
    TableKey { sk: format!("{SESSION}{id}"), ..account(account_id) }
}

/// The mark that moves with the sessions of an account.
#[must_use]
pub fn sessions_mark(account_id: AccountId) -> TableKey {
    TableKey { sk: "SESSIONS".to_owned(), ..account(account_id) }
}

/// Which account signs in with an address.
#[must_use]
pub fn login(email: &Email) -> TableKey {
    key(&TenantId::platform(), &format!("LOGIN#{}", sha256_hex(email.as_str())), "LOGIN")
}

/// What went wrong lately in one place: at the hash of an address, or where `identity::Guess` says.
#[must_use]
pub fn failures(place: &str) -> TableKey {
    key(&TenantId::platform(), &format!("FAILURES#{place}"), "FAILURES")
}

/// A device that somebody signed in from, by the hash of its token.
#[must_use]
pub fn device(hash: &str) -> TableKey {
    key(&TenantId::platform(), &format!("DEVICE#{hash}"), "DEVICE")
}

/// A link, by the hash of its token.
#[must_use]
pub fn link(hash: &str) -> TableKey {
    key(&TenantId::platform(), &format!("LINK#{hash}"), "LINK")
}

/// How many admins a tenant has.
#[must_use]
pub fn admins(tenant: &TenantId) -> TableKey {
    key(tenant, "ADMINS", "ADMINS")
}

/// A key that signs access tokens, by its turn: 1 for the first. Text order is the order of the turns.
#[must_use]
pub fn signing_key(turn: u32) -> TableKey {
    key(&TenantId::platform(), "SIGNING_KEY", format!("{turn:010}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A constructor without a tenant would be a hole in the wall: those there are stand here with their reason.
    #[test]
    fn every_key_demands_a_tenant() {
        let source = include_str!("keys.rs");
        let constructors = source.split("\npub fn ").skip(1);
        let mut without: Vec<&str> = constructors
            .filter(|rest| !rest.split_once('(').unwrap().1.starts_with("tenant: &TenantId"))
            .map(|rest| rest.split('(').next().unwrap())
            .collect();
        without.sort_unstable();
        let platforms = [
            "account",
            "bucket",
            "device",
            "failures",
            "link",
            "login",
            "membership",
            "session",
            "sessions_mark",
            "signing_key",
            "tenant_entry",
        ];
        // What leads to a tenant, the order of lists, and the index of what waits, which holds no data of anybody's.
        let nobodys = ["by_time", "pending_shard", "registration", "sla_shard", "touch_shard"];
        for name in without {
            let known = platforms.contains(&name) || nobodys.contains(&name);
            assert!(known, "{name} builds a key without a tenant: take `tenant: &TenantId` first");
        }
    }

    #[test]
    fn text_order_is_time_order() {
        let times = [0, 9, 10, 999_999_999_999, 1_000_000_000_000, 1_795_176_000_000, 99_999_999_999_999];
        let keys = times.map(|ms| by_time(Timestamp::from_millisecond(ms).unwrap(), "id"));
        assert!(keys.is_sorted());
        let tenant = TenantId::new("acme").unwrap();
        let conversation = ConversationId::derive(&tenant, &["c"]);
        let id = MessageId::derive(&tenant, &["m"]);
        let keys = times.map(|ms| {
            let at = Timestamp::from_millisecond(ms).unwrap();
            message(&tenant, &MessageRef { conversation, at, message: id }).sk
        });
        assert!(keys.is_sorted());
        // A pointer and escalations share the partition and are no messages.
        assert!(keys.iter().all(|key| key.starts_with(MESSAGE) && !"POINTER".starts_with(MESSAGE)));
    }

    #[test]
    fn one_tenants_keys_never_begin_another_ones() {
        // A slug has no '#': the tenant's part of a key ends where it says.
        let (short, long) = (TenantId::new("acme").unwrap(), TenantId::new("acme-2").unwrap());
        let prefix = |id: &TenantId| tenant(id).pk.replace("TENANT", "");
        assert!(!tenant(&long).pk.starts_with(&prefix(&short)));
        assert!(TenantId::new("acme#2").is_err());
    }

    #[test]
    fn outbox_rows_spread_over_all_shards() {
        let tenant = TenantId::new("acme").unwrap();
        let shard = |index: u32| pending_shard(EventId::derive(&tenant, &[&index.to_string()]));
        let used: std::collections::BTreeSet<String> = (0..200).map(shard).collect();
        let all = (0..PENDING_SHARDS).map(|shard| format!("PENDING#{shard}")).collect();
        assert_eq!(used, all);
    }

    #[test]
    fn journeys_spread_over_all_shards_and_over_none_of_the_outboxs() {
        let tenant = TenantId::new("acme").unwrap();
        let shard = |index: u32| touch_shard(ContactId::derive(&tenant, &[&index.to_string()]));
        let used: std::collections::BTreeSet<String> = (0..200).map(shard).collect();
        let all = (0..PENDING_SHARDS).map(|shard| format!("TOUCH#{shard}")).collect();
        assert_eq!(used, all);
    }

    /// The texts of one step are read by the step's name: no other step's may begin with it.
    #[test]
    fn a_steps_texts_are_its_own() {
        let tenant = TenantId::new("acme").unwrap();
        let (sequence, variant) = (SequenceId::new("silent-lead").unwrap(), VariantId::new("b").unwrap());
        let sk = |step: &str| tally(&tenant, &sequence, &StepId::new(step).unwrap(), &variant).sk;
        assert!(sk("day-1").starts_with("day-1#") && !sk("day-10").starts_with("day-1#"));
    }
}
