//! What is to be read of a document: its file, or the questions that are stored with it.

use auth::secrets::sha256_hex_of;
use domain::knowledge::{DOCUMENT_FILE, Faq, KnowledgeDocument, MAX_DOCUMENT_BYTES};
use domain::{Failure, TenantId};
use files::Prefix;
use library::Library;

/// The content of a document.
#[derive(Debug)]
pub(crate) enum Content {
    /// Its file. One that is too large is here up to a byte more than is allowed.
    File(Vec<u8>),
    /// Questions with their answers.
    Faq(Faq),
}

impl Content {
    /// What there is now; `None`: no file was sent yet.
    pub(crate) async fn of(
        library: &Library,
        tenant: &TenantId,
        document: &KnowledgeDocument,
    ) -> Result<Option<Self>, Failure> {
        if document.is_faq() {
            return match library.store().knowledge().faq(tenant, document.id).await {
                Ok(faq) => Ok(Some(Self::Faq(faq))),
                Err(Failure::Rejected { .. }) => Ok(None),
                Err(failure) => Err(failure),
            };
        }
        let key = Prefix::document(tenant, document.id).key(DOCUMENT_FILE);
        let most = usize::try_from(MAX_DOCUMENT_BYTES).unwrap_or(usize::MAX).saturating_add(1);
        if let Some(bytes) = library.files().read_piece(&key, 0, most).await? {
            return Ok(Some(Self::File(bytes.into())));
        }
        // Of an object without a byte there is no first piece either.
        Ok(library.files().size(&key).await?.map(|_| Self::File(Vec::new())))
    }

    /// By which it is told from others.
    pub(crate) fn hash(&self) -> String {
        match self {
            Self::File(bytes) => sha256_hex_of(bytes),
            Self::Faq(faq) => sha256_hex_of(faq.content().as_bytes()),
        }
    }

    /// How large it is.
    pub(crate) fn bytes(&self) -> u64 {
        let bytes = match self {
            Self::File(bytes) => bytes.len(),
            Self::Faq(faq) => faq.bytes(),
        };
        u64::try_from(bytes).unwrap_or(u64::MAX)
    }
}
