//! The documents of a tenant, at most 200.

use domain::identity::AuditAction;
use domain::ids::{DocumentId, LocationId};
use domain::knowledge::KnowledgeDocument;
use domain::{Failure, TenantId};

use super::keys::DOCUMENT;
use crate::Knowledge;
use crate::table::documents::{Trace, Versioned, busy, changed, entry, json, read};
use crate::table::item::{Item, text, to_item};
use crate::table::keys;
use crate::table::lists::Page;
use crate::table::writes::{Ran, Writes};

pub(super) const KIND: &str = "knowledge_document";

/// Which documents are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentFilter {
    /// Those about this location alone.
    pub location: Option<LocationId>,
    /// Those in this category.
    pub category: Option<String>,
}

pub(super) fn item(tenant: &TenantId, document: &KnowledgeDocument) -> Result<Item, Failure> {
    let mut item = to_item(KIND, &keys::of(tenant).knowledge_document(document.id), document)?;
    item.insert("gsi1pk".into(), text(keys::of(tenant).knowledge_list()));
    item.insert("gsi1sk".into(), text(keys::by_time(document.uploaded_at, &document.id.to_string())));
    Ok(item)
}

pub(super) fn subject(id: DocumentId) -> String {
    format!("{KIND}/{id}")
}

impl Writes {
    /// A change that someone makes to a document, with its line of the audit record; `before` is none where it is new.
    pub(super) fn change_document(
        &mut self,
        tenant: &TenantId,
        before: Option<&Versioned<KnowledgeDocument>>,
        document: &KnowledgeDocument,
        trace: &Trace,
    ) -> Result<(), Failure> {
        let version = before.map_or(0, |before| before.version);
        let action = if before.is_some() { AuditAction::Updated } else { AuditAction::Created };
        let was = before.map(|before| json(&before.value)).transpose()?;
        self.put_version(item(tenant, document)?, version)?;
        let line = entry(tenant, action, &subject(document.id), version + 1, was, Some(json(document)?), trace);
        self.audit(&line)
    }
}

impl Knowledge<'_> {
    /// Keeps a document that someone adds. The same again finds it as it is now.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (a conflict) when the tenant has as many as it may.
    pub async fn add(
        self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        trace: &Trace,
    ) -> Result<Versioned<KnowledgeDocument>, Failure> {
        self.check_room(tenant, document.id).await?;
        let mut writes = Writes::new(&self.store.table);
        writes.change_document(tenant, None, document, trace)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: document.clone(), version: 1 }),
            Ran::Raced => Err(busy(KIND)),
            Ran::Refused(_) => self.get(tenant, document.id).await,
        }
    }

    /// Demands that the tenant has room for a document. Two that come at the same moment do not see each other.
    pub(super) async fn check_room(self, tenant: &TenantId, id: DocumentId) -> Result<(), Failure> {
        let others = self.all(tenant).await?;
        KnowledgeDocument::check_room(others.iter().filter(|other| other.value.id != id).count())
    }

    /// A document, strongly consistent.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found).
    pub async fn get(self, tenant: &TenantId, id: DocumentId) -> Result<Versioned<KnowledgeDocument>, Failure> {
        self.find(tenant, id).await?.ok_or_else(|| Failure::not_found("document"))
    }

    /// As [`Knowledge::get`]; `None`: there is none.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn find(
        self,
        tenant: &TenantId,
        id: DocumentId,
    ) -> Result<Option<Versioned<KnowledgeDocument>>, Failure> {
        let item = self.store.item(KIND, &keys::of(tenant).knowledge_document(id)).await?;
        item.map(|item| read(KIND, item)).transpose()
    }

    /// A tenant's documents, those that were sent last first.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn list(
        self,
        tenant: &TenantId,
        filter: &DocumentFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<KnowledgeDocument>, Failure> {
        let location = filter.location.as_ref().map(LocationId::as_str);
        let filters = &[("location", location), ("category", filter.category.as_deref())];
        self.store.list(KIND, tenant, &keys::of(tenant).knowledge_list(), filters, limit, cursor).await
    }

    /// All of a tenant's documents, strongly consistent.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn all(self, tenant: &TenantId) -> Result<Vec<Versioned<KnowledgeDocument>>, Failure> {
        let query = self
            .store
            .query()
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :prefix)")
            .expression_attribute_values(":pk", text(keys::of(tenant).knowledge()))
            .expression_attribute_values(":prefix", text(DOCUMENT));
        let items = self.store.all("list", query).await?;
        let read = |item| {
            let read = read(KIND, item);
            read.inspect_err(|failure: &Failure| tracing::error!(reason = %failure, "it is left out")).ok()
        };
        Ok(items.into_iter().filter_map(read).collect())
    }

    /// Keeps a change that someone makes to a document.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (precondition failed) when it is not as it was `before` any more.
    pub async fn change(
        self,
        tenant: &TenantId,
        before: &Versioned<KnowledgeDocument>,
        document: &KnowledgeDocument,
        trace: &Trace,
    ) -> Result<Versioned<KnowledgeDocument>, Failure> {
        if before.value == *document {
            return Ok(before.clone());
        }
        let mut writes = Writes::new(&self.store.table);
        writes.change_document(tenant, Some(before), document, trace)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Versioned { value: document.clone(), version: before.version + 1 }),
            Ran::Raced => Err(busy(KIND)),
            Ran::Refused(_) => Err(changed(before.version)),
        }
    }

    /// Keeps how far a document is, if it still is at the version that was read. `None`: it changed meanwhile, or was deleted.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn note(
        self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        read: u64,
    ) -> Result<Option<Versioned<KnowledgeDocument>>, Failure> {
        let mut writes = Writes::new(&self.store.table);
        writes.put_version(item(tenant, document)?, read)?;
        match self.store.run(writes).await? {
            Ran::Done => Ok(Some(Versioned { value: document.clone(), version: read + 1 })),
            Ran::Raced => Err(busy(KIND)),
            Ran::Refused(_) => Ok(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::knowledge::Description;
    use jiff::Timestamp;

    #[test]
    fn a_document_survives_the_table_and_is_listed_by_when_it_was_sent() {
        let tenant = TenantId::new("acme").unwrap();
        let id = DocumentId::derive(&tenant, &["d"]);
        let at = Timestamp::from_second(1_795_176_000).unwrap();
        let described = Description { name: "Prices.pdf".into(), location: None, category: Some("prices".into()) };
        let document = KnowledgeDocument::of_file(id, described, 9, at).unwrap();
        let stored = item(&tenant, &document).unwrap();
        assert_eq!(stored["gsi1sk"], text(format!("001795176000000#{id}")));
        assert_eq!(read::<KnowledgeDocument>(KIND, stored).unwrap().value, document);
    }
}
