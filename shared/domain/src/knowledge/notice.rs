//! That something happened to documents: the body of a message on the queue `Knowledge`.

use serde::{Deserialize, Serialize};

use super::DOCUMENT_FILE;
use crate::TenantId;
use crate::ids::DocumentId;

/// That something happened to documents. Whoever hears it looks at what there is now: what a message says is never stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DocumentNotice {
    /// A function asks that a document is looked at.
    Look {
        /// Whose.
        tenant: TenantId,
        /// Which.
        document: DocumentId,
    },
    /// The bucket tells of objects.
    Stored {
        /// One for each.
        #[serde(rename = "Records")]
        records: Vec<StoredObject>,
    },
    /// The bucket tries out whether it can tell of objects, when that is set up.
    Test {
        /// What it says then.
        #[serde(rename = "Event")]
        event: String,
    },
}

/// What the bucket tells of an object, as far as it is read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredObject {
    /// Where it is.
    pub s3: ObjectPlace,
}

/// Where an object is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectPlace {
    /// It.
    pub object: ObjectKey,
}

/// An object's key, percent-encoded; that of a document has nothing that is encoded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectKey {
    /// `<tenant>/knowledge/documents/<document>/file`.
    pub key: String,
}

impl DocumentNotice {
    /// The documents that it is about; objects that are no document's are passed over.
    #[must_use]
    pub fn documents(&self) -> Vec<(TenantId, DocumentId)> {
        match self {
            Self::Look { tenant, document } => vec![(tenant.clone(), *document)],
            Self::Stored { records } => {
                records.iter().filter_map(|record| document_of(&record.s3.object.key)).collect()
            }
            Self::Test { .. } => Vec::new(),
        }
    }
}

/// Which document the object with this key is the file of.
fn document_of(key: &str) -> Option<(TenantId, DocumentId)> {
    let mut parts = key.split('/');
    let tenant = TenantId::new(parts.next()?).ok()?;
    let (knowledge, documents, id, file) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_file = (knowledge, documents, file) == ("knowledge", "documents", DOCUMENT_FILE);
    (is_file && parts.next().is_none()).then_some((tenant, DocumentId::parse(id).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{from_value, json};

    const ID: &str = "39c84c7a-b15c-5c11-af78-5a5c4e2bdf2c";

    fn documents(body: serde_json::Value) -> Vec<String> {
        let notice: DocumentNotice = from_value(body).unwrap();
        notice.documents().iter().map(|(tenant, id)| format!("{tenant} {id}")).collect()
    }

    #[test]
    fn what_the_bucket_tells_leads_to_the_document() {
        let told = |key: &str| {
            documents(json!({"Records": [{"eventVersion": "2.1", "eventName": "ObjectCreated:Put", "s3": {
                "bucket": {"name": "files"}, "object": {"key": key, "size": 7, "eTag": "e", "versionId": "v"}}}]}))
        };
        assert_eq!(told(&format!("acme/knowledge/documents/{ID}/file")), [format!("acme {ID}")]);
        for other in [
            format!("acme/knowledge/documents/{ID}/other"),
            format!("acme/knowledge/documents/{ID}/file/file"),
            format!("acme/contacts/documents/{ID}/file"),
            "acme/knowledge/documents/x/file".to_owned(),
            format!("A/knowledge/documents/{ID}/file"),
            "file".to_owned(),
        ] {
            assert_eq!(told(&other), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn our_own_messages_survive_the_queue_and_the_buckets_trial_says_nothing() {
        let (tenant, document) = (TenantId::new("acme").unwrap(), DocumentId::parse(ID).unwrap());
        let look = DocumentNotice::Look { tenant, document };
        assert_eq!(from_value::<DocumentNotice>(json!(look)).unwrap(), look);
        assert_eq!(look.documents().len(), 1);
        assert!(documents(json!({"Service": "Amazon S3", "Event": "s3:TestEvent", "Bucket": "files"})).is_empty());
        assert!(from_value::<DocumentNotice>(json!({"tenant": "acme"})).is_err());
    }
}
