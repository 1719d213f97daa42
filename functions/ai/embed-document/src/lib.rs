//! Puts documents into the index of their business.
//!
//! Reads the queue `Knowledge`, where the bucket tells of files that arrived, and the API of what it changed. Whatever a message says, what
//! there is now is looked at: the document's record, and its content. So a message that comes twice, late or in another order finds nothing
//! to do, or does what the missing one would have done. Of a document that was deleted the objects are taken away.
//!
//! Reading a file is the first half: its text, cut into chunks and made ready to be searched. What of it the index knows already is taken
//! from there. The second half swaps the index, in one transaction with the document's record: either both say so, or neither. A function
//! that is stopped anywhere leaves the record as one whose content is not in the index, and the next try begins from there. A file that
//! stops the function three times is given up, and its record says so.
//!
//! An index that another version of Porchlight made is begun again: all documents of the business are read again then.
//!
//! A document is in the index before its vectors are, where a vendor's model makes these ([`vectors`]): no outage of the vendor keeps it
//! from being found by its words.
//!
//! What a document says is not logged.

mod content;
mod reading;
mod vectors;

use ai::Assistant;
use domain::ids::DocumentId;
use domain::knowledge::{Begun, DocumentFailure, DocumentNotice, FailureCode, KnowledgeDocument, UnreadPage};
use domain::{Failure, TenantId};
use files::Prefix;
use jiff::Timestamp;
use knowledge::Segment;
use library::{Library, Settled};
use runtime::queue::Queue;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::Versioned;

use content::Content;
use reading::Outcome;

/// The most time one message takes; it takes seconds.
pub const TIME_PER_NOTICE: Duration = Duration::from_secs(170);
/// A file that takes longer to read is given up.
const TIME_TO_READ: Duration = Duration::from_secs(100);
/// As is one whose reader does not stop by itself then, or whose text takes that long to be made ready.
const TIME_IN_ALL: Duration = Duration::from_secs(130);
/// No vector is waited for longer, from the beginning on.
const TIME_TO_EMBED: Duration = Duration::from_secs(150);
/// So often a document is looked at again that changed while it was read.
const ATTEMPTS: usize = 4;

/// What the steps need.
#[derive(Debug, Clone)]
pub struct Embedder {
    /// The indexes, with table and bucket.
    pub library: Library,
    /// The queue `Knowledge`, where it is asked that documents are looked at again.
    pub queue: Queue<DocumentNotice>,
    /// The vendor's model that makes vectors, where one is configured.
    pub assistant: Arc<Assistant>,
}

/// Whether a document is as its record says, or changed meanwhile.
#[derive(Debug, PartialEq, Eq)]
enum Looked {
    Done,
    Moved,
}

impl Embedder {
    /// Looks at the documents that a message is about.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: look at them again.
    pub async fn handle(&self, notice: &DocumentNotice, now: Timestamp) -> Result<(), Failure> {
        let deadline = Instant::now() + TIME_TO_EMBED;
        for (tenant, document) in notice.documents() {
            self.look(&tenant, document, now).await?;
            if self.embed(&tenant, now, deadline).await?.is_some_and(vectors::may_pass) {
                let look = DocumentNotice::Look { tenant, document };
                self.queue.send_later(&look, vectors::AGAIN_AFTER, "").await?;
            }
        }
        Ok(())
    }

    /// Looks at a document, until its record, its content and the index say the same.
    async fn look(&self, tenant: &TenantId, id: DocumentId, now: Timestamp) -> Result<(), Failure> {
        if let Some(lost) = self.library.lost(tenant).await? {
            self.queue.send_all(&lost.notices).await?;
            self.library.start_over(tenant, &lost).await?;
        }
        for _ in 0..ATTEMPTS {
            if self.look_once(tenant, id, now).await? == Looked::Done {
                return Ok(());
            }
        }
        Err(Failure::Retryable("a document changes all the time".into()))
    }

    /// The record is read before the content: a content that came later has a message of its own.
    async fn look_once(&self, tenant: &TenantId, id: DocumentId, now: Timestamp) -> Result<Looked, Failure> {
        let (store, files) = (self.library.store(), self.library.files());
        let Some(document) = store.knowledge().find(tenant, id).await? else {
            tracing::info!(document = %id, "the document was deleted");
            while files.erase_some(&Prefix::document(tenant, id)).await? > 0 {}
            return Ok(Looked::Done);
        };
        let Some(content) = Content::of(&self.library, tenant, &document.value).await? else {
            tracing::info!(document = %id, "the document has no file yet");
            return Ok(Looked::Done);
        };
        let next = match document.value.begun(&content.hash(), content.bytes()) {
            Begun::Done => return Ok(Looked::Done),
            Begun::GivenUp(next) => return self.settle(tenant, &next, document.version, None).await,
            Begun::Reading(next) => *next,
        };
        let Some(document) = store.knowledge().note(tenant, &next, document.version).await? else {
            return Ok(Looked::Moved);
        };
        let read = self.read(tenant, &document.value, content).await?;
        self.put(tenant, document, read, now).await
    }

    /// Reads a content, apart from what else this process does. A reader that panics or takes too long has failed.
    async fn read(
        &self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        content: Content,
    ) -> Result<Outcome, Failure> {
        let index = self.library.index(tenant).await?;
        let id = document.id.to_string();
        let mut segments = index.iter().flat_map(|index| index.segments());
        let earlier: Option<Segment> = segments.find(|segment| segment.source().id == id).cloned();
        let read = document.clone();
        let begun = Instant::now();
        let is_over = move || begun.elapsed() > TIME_TO_READ;
        let reader = tokio::task::spawn_blocking(move || reading::read(&read, &content, earlier.as_ref(), &is_over));
        Ok(match tokio::time::timeout(TIME_IN_ALL, reader).await {
            Ok(Ok(outcome)) => outcome,
            Ok(Err(_)) => Outcome::failed(FailureCode::Damaged, "The file is damaged: reading it broke off."),
            Err(_) => Outcome::failed(FailureCode::TookTooLong, "The file takes longer to read than a file is given."),
        })
    }

    /// Stores what was read, and how far the document is.
    async fn put(
        &self,
        tenant: &TenantId,
        document: Versioned<KnowledgeDocument>,
        read: Outcome,
        now: Timestamp,
    ) -> Result<Looked, Failure> {
        let mut document = document;
        let (failure, unread_pages) = match read {
            Outcome::Read { format, segment, reading } => loop {
                let ready = document.value.clone().read(format, reading.clone(), now);
                match self.library.settle(tenant, &ready, document.version, Some(&segment)).await? {
                    Settled::Done => return Ok(Looked::Done),
                    Settled::Full => break (index_full(), reading.unread_pages),
                    // Who was overtaken by another look at the same content has what both wanted.
                    Settled::Moved => match self.same(tenant, &document.value).await? {
                        Some(same) => document = same,
                        None => return Ok(Looked::Moved),
                    },
                }
            },
            Outcome::Failed(failure, pages) => (failure, pages),
        };
        let Versioned { value: document, version } = document;
        tracing::info!(document = %document.id, code = ?failure.code, "a document could not be read");
        self.fail(tenant, document, version, failure, unread_pages).await
    }

    /// The record of `read`, where it is still being read, with the same content and description.
    async fn same(
        &self,
        tenant: &TenantId,
        read: &KnowledgeDocument,
    ) -> Result<Option<Versioned<KnowledgeDocument>>, Failure> {
        let there = self.library.store().knowledge().find(tenant, read.id).await?;
        Ok(there.filter(|there| there.value.is_read_as(read)))
    }

    async fn fail(
        &self,
        tenant: &TenantId,
        document: KnowledgeDocument,
        version: u64,
        failure: DocumentFailure,
        unread_pages: Vec<UnreadPage>,
    ) -> Result<Looked, Failure> {
        self.settle(tenant, &document.failed(failure, unread_pages), version, None).await
    }

    async fn settle(
        &self,
        tenant: &TenantId,
        document: &KnowledgeDocument,
        version: u64,
        segment: Option<&Segment>,
    ) -> Result<Looked, Failure> {
        let settled = self.library.settle(tenant, document, version, segment).await?;
        Ok(if settled == Settled::Done { Looked::Done } else { Looked::Moved })
    }
}

fn index_full() -> DocumentFailure {
    let message = "Together with the other documents this is more than can be kept: delete one, or send a shorter one.";
    DocumentFailure { code: FailureCode::IndexFull, message: message.to_owned() }
}
