//! What people configure: documents with a version, written together with a line of the audit record.
//!
//! A change names the version it was made from, so that no one overwrites what they have not seen. The same change sent
//! twice is one change: its second run finds the first one's work and answers the same.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::failure::Rejection;
use domain::identity::{Actor, AuditAction, AuditEntry, what_changed};
use domain::ids::AuditId;
use domain::tenancy::{Location, StaffMember};
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::Documents;
use crate::table::item::{Item, from_item_of, text, to_item};
use crate::table::keys::{self, TableKey, TenantSpace};
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};

/// A value and how often it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Versioned<T> {
    /// The value.
    #[serde(flatten)]
    pub value: T,
    /// 1 when it was made, one more with every change.
    #[serde(skip)]
    pub version: u64,
}

/// Who changes something, when and from where: what the audit record wants to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Who did it.
    pub actor: Actor,
    /// When it happened (UTC).
    pub at: Timestamp,
    /// The network address, where it came over one.
    pub address: Option<String>,
    /// By which its log lines are found.
    pub correlation_id: String,
}

/// Something that people configure, many to a tenant.
pub trait Document: Serialize + DeserializeOwned + PartialEq + Clone {
    /// Its kind, as in the audit record and in the keys.
    const NAME: &'static str;
    /// Which one.
    fn id(&self) -> String;
}

impl Document for Location {
    const NAME: &'static str = "location";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Document for StaffMember {
    const NAME: &'static str = "staff";
    fn id(&self) -> String {
        self.id.to_string()
    }
}

impl Documents<'_> {
    /// One document.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get<T: Document>(self, tenant: &TenantId, id: &str) -> Result<Versioned<T>, Failure> {
        let item = self.store.item(T::NAME, &keys::of(tenant).document(T::NAME, id)).await?;
        read(T::NAME, item.ok_or_else(|| Failure::not_found(T::NAME))?)
    }

    /// A tenant's documents of a kind, by id.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list<T: Document>(
        self,
        tenant: &TenantId,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Versioned<T>>, Failure> {
        let partition = keys::of(tenant).document(T::NAME, "").pk;
        let (items, cursor) = self.store.page_of(&partition, "", true, limit, cursor).await?;
        Ok(Page { items: readable_documents(items), cursor })
    }

    /// All of a tenant's documents of a kind, by id: for rules about all of them together.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn all<T: Document>(self, tenant: &TenantId) -> Result<Vec<T>, Failure> {
        let items = self.items::<T>(tenant).await?;
        Ok(readable_documents(items).into_iter().map(|document| document.value).collect())
    }

    /// As [`crate::Documents::all`], as they are stored.
    pub(crate) async fn items<T: Document>(self, tenant: &TenantId) -> Result<Vec<Item>, Failure> {
        let query = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::of(tenant).document(T::NAME, "").pk));
        self.store.all("list", query).await
    }

    /// Makes a document.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (conflict) when there is another one with its id.
    pub async fn create<T: Document>(
        self,
        tenant: &TenantId,
        value: &T,
        trace: &Trace,
    ) -> Result<Versioned<T>, Failure> {
        let subject = format!("{}/{}", T::NAME, value.id());
        let audit = entry(tenant, AuditAction::Created, &subject, 1, None, Some(json(value)?), trace);
        let key = keys::of(tenant).document(T::NAME, &value.id());
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(T::NAME, &key, value)?, 0)?;
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: value.clone(), version: 1 }),
            Ran::Raced => Err(busy(T::NAME)),
            Ran::Refused(_) => {
                let there = self.get::<T>(tenant, &value.id()).await?;
                if there.value == *value {
                    return Ok(there);
                }
                let taken = format!("there is another {} with the id {}", T::NAME, value.id());
                Err(Failure::rejected(Rejection::Conflict, taken))
            }
        }
    }

    /// Puts a document in the place of `version` of it.
    ///
    /// # Errors
    /// [`Failure::Rejected`]: not found, or precondition failed when it is not at `version` any more.
    pub async fn replace<T: Document>(
        self,
        tenant: &TenantId,
        value: &T,
        version: u64,
        trace: &Trace,
    ) -> Result<Versioned<T>, Failure> {
        let before = self.get::<T>(tenant, &value.id()).await?;
        if before.version != version {
            return already(before, value, version);
        }
        let subject = format!("{}/{}", T::NAME, value.id());
        let (was, is) = (json(&before.value)?, json(value)?);
        let audit = entry(tenant, AuditAction::Updated, &subject, version + 1, Some(was), Some(is), trace);
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(to_item(T::NAME, &keys::of(tenant).document(T::NAME, &value.id()), value)?, version)?;
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: value.clone(), version: version + 1 }),
            Ran::Raced => Err(busy(T::NAME)),
            Ran::Refused(_) => already(self.get::<T>(tenant, &value.id()).await?, value, version),
        }
    }

    /// Removes `version` of a document.
    ///
    /// # Errors
    /// As [`crate::Documents::replace`].
    pub async fn remove<T: Document>(
        self,
        tenant: &TenantId,
        id: &str,
        version: u64,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let before = self.get::<T>(tenant, id).await?;
        if before.version != version {
            return Err(changed(version));
        }
        let subject = format!("{}/{id}", T::NAME);
        let was = json(&before.value)?;
        let audit = entry(tenant, AuditAction::Removed, &subject, version + 1, Some(was), None, trace);
        let mut writes = Writes::new(&self.store.table);
        writes.delete_version(&keys::of(tenant).document(T::NAME, id), version)?;
        writes.audit(&audit)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(()),
            Ran::Raced => Err(busy(T::NAME)),
            Ran::Refused(_) => Err(changed(version)),
        }
    }
}

/// Reads a document and its version. Its attributes of the table are taken off first: they are no fields of it.
pub(crate) fn read<T: DeserializeOwned>(entity: &str, mut item: Item) -> Result<Versioned<T>, Failure> {
    let version = item.remove("version");
    let version = version.as_ref().and_then(|version| version.as_n().ok()).and_then(|version| version.parse().ok());
    let key = TableKey::of(&item);
    // An `expires_at` that is no number is not the table's, but the document's own.
    item.retain(|name, value| match name.as_str() {
        "pk" | "sk" | "entity" | "tat" => false,
        "expires_at" => value.is_s(),
        _ => true,
    });
    // Documents older than versions count as the first.
    Ok(Versioned { value: from_item_of(entity, &key, &item)?, version: version.unwrap_or(1) })
}

/// Those that this version can read: one that it cannot stops none of the others.
pub(crate) fn readable_documents<T: Document>(items: Vec<Item>) -> Vec<Versioned<T>> {
    let read = |item| {
        let read = read(T::NAME, item);
        read.inspect_err(|failure: &Failure| tracing::error!(reason = %failure, "it is left out")).ok()
    };
    items.into_iter().filter_map(read).collect()
}

/// The change was made from another version than the stored one: unless it is stored already, it is refused.
fn already<T: PartialEq>(there: Versioned<T>, wanted: &T, version: u64) -> Result<Versioned<T>, Failure> {
    if there.version == version + 1 && there.value == *wanted { Ok(there) } else { Err(changed(version)) }
}

pub(crate) fn changed(version: u64) -> Failure {
    let message = format!("it has changed since version {version}: read it again, and change what is there now");
    Failure::rejected(Rejection::PreconditionFailed, message)
}

pub(crate) fn busy(what: &str) -> Failure {
    Failure::Retryable(format!("{what}: another write is in progress"))
}

pub(crate) fn json(value: &impl Serialize) -> Result<Value, Failure> {
    serde_json::to_value(value).map_err(|error| Failure::Permanent(error.to_string()))
}

/// A line of the record: of a change, what differs between `before` and `after`. Its id is the change's own, so that a
/// change that runs twice leaves one line.
pub(crate) fn entry(
    tenant: &TenantId,
    action: AuditAction,
    subject: &str,
    version: u64,
    before: Option<Value>,
    after: Option<Value>,
    trace: &Trace,
) -> AuditEntry {
    let (before, after) = what_changed(before, after);
    AuditEntry {
        id: AuditId::derive(tenant, &[subject, &version.to_string(), &trace.at.as_millisecond().to_string()]),
        tenant: tenant.clone(),
        at: trace.at,
        actor: trace.actor.clone(),
        action,
        subject: subject.to_owned(),
        address: trace.address.clone(),
        before,
        after,
        correlation_id: trace.correlation_id.clone(),
    }
}

/// A number of an item.
pub(crate) fn get_number(item: &Item, name: &str) -> Option<i64> {
    item.get(name).and_then(|value: &AttributeValue| value.as_n().ok()).and_then(|number| number.parse().ok())
}

impl TenantSpace<'_> {
    /// Something that people configure: one of a kind, such as a location.
    #[must_use]
    pub fn document(self, kind: &str, id: &str) -> TableKey {
        self.key(kind.to_ascii_uppercase(), id)
    }
}
