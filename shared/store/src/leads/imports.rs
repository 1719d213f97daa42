//! Imports of contacts: how far each is, and what happened to the lines that made no contact. Both go after 30 days.

use domain::identity::AuditAction;
use domain::ids::ImportId;
use domain::leads::import::{Import, ImportState, ToldLine};
use domain::{Failure, TenantId};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::Imports;
use crate::table::documents::{Trace, Versioned, entry, read};
use crate::table::item::{Item, number, readable, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};

/// How long an import is known.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);
/// So many lines are kept in one transaction.
const AT_ONCE: usize = 100;

const IMPORT: &str = "import";
const LINE: &str = "import_line";

fn item(tenant: &TenantId, import: &Import) -> Result<Item, Failure> {
    let mut item = to_item(IMPORT, &keys::of(tenant).import(import.id), import)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).import_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(import.created_at, &import.id.to_string())));
    item.insert("expires_at".into(), number(kept_until(import.created_at)));
    if import.state == ImportState::Tried {
        let since = import.finished_at.unwrap_or(import.created_at);
        item.extend(crate::approvals::listed(tenant, since, &import.id.to_string()));
    }
    Ok(item)
}

fn kept_until(from: Timestamp) -> i64 {
    from.saturating_add(KEPT_FOR).unwrap_or(from).as_second()
}

impl Imports<'_> {
    /// Keeps an import that someone asks for, with a line of the audit record. The same again finds it as it is now.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn begin(self, tenant: &TenantId, import: &Import, trace: &Trace) -> Result<Versioned<Import>, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item(tenant, import)?, 0)?;
        let (subject, after) = (format!("import/{}", import.id), json!({ "bytes": import.bytes }));
        writes.audit(&entry(tenant, AuditAction::Created, &subject, 1, None, Some(after), trace))?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: import.clone(), version: 1 }),
            Ran::Raced | Ran::Refused(_) => self.get(tenant, import.id).await,
        }
    }

    /// An import, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: ImportId) -> Result<Versioned<Import>, Failure> {
        let item = self.store.item(IMPORT, &keys::of(tenant).import(id)).await?;
        read(IMPORT, item.ok_or_else(|| Failure::not_found("import"))?)
    }

    /// A tenant's imports, newest first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(self, tenant: &TenantId, limit: usize, cursor: Option<&str>) -> Result<Page<Import>, Failure> {
        const NONE: &[(&str, Option<&str>); 0] = &[];
        self.store.list(IMPORT, tenant, &keys::of(tenant).import_list(), NONE, limit, cursor).await
    }

    /// Keeps what happened to some lines; a repeat changes nothing.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn tell(self, tenant: &TenantId, import: &Import, lines: &[ToldLine]) -> Result<(), Failure> {
        for some in lines.chunks(AT_ONCE) {
            let mut writes = Writes::new(&self.store.table);
            for line in some {
                let mut item =
                    to_item(LINE, &keys::of(tenant).import_line(import.id, import.dry_run, line.line), line)?;
                item.insert("expires_at".into(), number(kept_until(import.created_at)));
                writes.put(item)?;
            }
            if self.store.run(writes).await? != Ran::Done {
                return Err(Failure::Retryable("the lines of an import: another write is in progress".into()));
            }
        }
        Ok(())
    }

    /// Keeps how far an import has come, if it still is at the version that was read. `None`: someone else moved it, or stopped it.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn save(
        self,
        tenant: &TenantId,
        import: &Import,
        read: u64,
    ) -> Result<Option<Versioned<Import>>, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item(tenant, import)?, read)?;
        let saved = self.store.run(writes).await? == Ran::Done;
        Ok(saved.then(|| Versioned { value: import.clone(), version: read + 1 }))
    }

    /// The lines that made no contact, in their order: those of the trial where it is only tried.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn lines(
        self,
        tenant: &TenantId,
        import: &Import,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<ToldLine>, Failure> {
        let first = keys::of(tenant).import_line(import.id, import.dry_run, 0);
        let prefix = first.sk.split('#').next().unwrap_or_default();
        let (items, cursor) = self.store.page_of(&first.pk, &format!("{prefix}#"), true, limit, cursor).await?;
        Ok(Page { items: readable(LINE, &items), cursor })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::identity::Actor;
    use domain::leads::import::Mapping;

    #[test]
    fn an_import_survives_the_table_and_goes_after_30_days() {
        let tenant = TenantId::new("acme").unwrap();
        let id = ImportId::derive(&tenant, &["i"]);
        let at = Timestamp::from_second(1_795_176_000).unwrap();
        let import = Import::new(id, (Mapping::default(), true), 9, Actor::Operator, at).unwrap();
        let stored = item(&tenant, &import).unwrap();
        assert_eq!(stored["expires_at"], number(1_795_176_000 + 30 * 86_400));
        assert_eq!(read::<Import>(IMPORT, stored).unwrap().value, import);
    }

    #[test]
    fn what_a_trial_told_is_not_told_of_what_was_done() {
        let tenant = TenantId::new("acme").unwrap();
        let id = ImportId::derive(&tenant, &["i"]);
        let (tried, done) = (keys::of(&tenant).import_line(id, true, 7), keys::of(&tenant).import_line(id, false, 7));
        assert!(tried.pk == done.pk && tried.sk != done.sk);
        assert!(keys::of(&tenant).import_line(id, false, 9).sk < keys::of(&tenant).import_line(id, false, 10).sk);
    }
}
