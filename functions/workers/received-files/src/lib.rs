//! Fetches the files that customers sent from the vendor that brought them, or from where the visitor of a chat sent them first, and keeps them with the contact, so that staff see them
//! and they go with the contact when they are erased.
//!
//! Reads `files.received` events from the queue `ReceivedFiles`. Run twice, it stores the same objects under the same keys. The message
//! says which of its files are here once all were tried; one that the vendor no longer has, or that is slow, does not keep the
//! others. What did not come yet is fetched by the next run, and nothing else.

use connectors::download::{Download, Downloads};
use connectors::send::twilio::TwilioKey;
use domain::conversations::received_files::MAX_FILE_BYTES;
use domain::conversations::sent_files::kind_of;
use domain::conversations::{FilePlace, Message, MissingFile, ReceivedFile, ReceivedFiles};
use domain::events::{Event, EventKind};
use domain::messaging::{Content, MessageRef, Source};
use domain::{ContactId, Failure, TenantId};
use files::{Files, Prefix};
use futures::{StreamExt as _, stream};
use runtime::env::required;
use secrecy::SecretString;
use std::time::Duration;
use store::{Credential, Store};
use tokio::time::timeout;
use url::Url;

/// The most time one record takes: ten files, [`AT_ONCE`] at a time, and a few calls of the table.
pub const TIME_PER_RECORD: Duration = Duration::from_secs(110);
/// The most time one file takes: two calls, most of which take a second.
const TIME_PER_FILE: Duration = Duration::from_secs(25);
/// So many files are fetched at a time: each is in memory until it is kept.
const AT_ONCE: usize = 3;

/// What fetching needs.
#[derive(Debug)]
pub struct ReceivedFilesWorker {
    /// The table.
    pub store: Store,
    /// The bucket.
    pub files: Files,
    /// The vendors.
    pub downloads: Downloads,
}

/// What opens the files of one message.
enum Access {
    /// They are in the bucket.
    Own,
    Meta(SecretString),
    Twilio(TwilioKey),
    None,
}

impl ReceivedFilesWorker {
    /// Fetches the files of one message.
    ///
    /// # Errors
    /// [`Failure::Retryable`]: deliver the record again; [`Failure::Permanent`]: it does not belong here.
    pub async fn handle(&self, event: &Event) -> Result<(), Failure> {
        let EventKind::FilesReceived { message, contact } = event.kind else {
            return Err(Failure::Permanent(format!("{} does not belong on this queue", event.kind.name())));
        };
        let Some(stored) = self.store.deliveries().outgoing(&event.tenant, &message).await? else {
            tracing::info!(tenant = %event.tenant, "the message was erased meanwhile");
            return self.erase(&event.tenant, contact, &message).await;
        };
        let Some(Content::Media { references, .. }) = stored.content.as_ref() else { return Ok(()) };
        let wanted = ReceivedFiles::to_fetch(stored.files.as_ref(), references.len());
        if wanted.is_empty() {
            return self.take_away(&event.tenant, stored.source, references).await;
        }
        let access = self.access(&event.tenant, &stored).await?;
        let wanted =
            wanted.into_iter().filter_map(|number| Some((FilePlace { message, number }, references.get(number)?)));
        let fetches =
            wanted.map(|(place, reference)| self.try_fetch(&event.tenant, contact, place, &access, reference));
        let fetched: Vec<_> = stream::iter(fetches).buffered(AT_ONCE).collect().await;
        let mut files = stored.files.map(|there| there.files).unwrap_or_default();
        let mut failures = Vec::new();
        for (number, file, failure) in fetched {
            match files.get_mut(number) {
                Some(there) => *there = file,
                None => files.push(file),
            }
            failures.extend(failure);
        }
        let kept = files.iter().filter(|file| file.missing.is_none()).count();
        tracing::info!(tenant = %event.tenant, files = files.len(), kept, "files of a message were fetched");
        self.store.conversations().keep_files(&event.tenant, &message, &ReceivedFiles { contact, files }).await?;
        if self.store.deliveries().outgoing(&event.tenant, &message).await?.is_none() {
            return self.erase(&event.tenant, contact, &message).await;
        }
        // What can still come decides: it is tried again.
        failures.sort_by_key(|failure| !matches!(failure, Failure::Retryable(_)));
        match failures.into_iter().next() {
            Some(failure) => Err(failure),
            None => self.take_away(&event.tenant, stored.source, references).await,
        }
    }

    /// Erases what a visitor of a chat sent, where it is kept with the contact: it goes with the contact alone.
    async fn take_away(&self, tenant: &TenantId, source: Option<Source>, references: &[String]) -> Result<(), Failure> {
        for place in references.iter().filter(|_| source == Some(Source::LiveChat)) {
            while self.files.erase_some(&Prefix::visitor(tenant, place)).await? > 0 {}
        }
        Ok(())
    }

    /// A file that a visitor of a chat sent, where it lies first, or with the contact where another run brought it there. What it is says
    /// its content, as when it was taken.
    async fn sent_first(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        place: &FilePlace,
        reference: &str,
    ) -> Result<Download, Failure> {
        let first = Prefix::visitor(tenant, reference).key("0");
        let kept = key(tenant, contact, &place.message, place.number);
        let mut content = self.files.read_piece(&first, 0, MAX_FILE_BYTES).await?;
        if content.is_none() {
            content = self.files.read_piece(&kept, 0, MAX_FILE_BYTES).await?;
        }
        let Some(content) = content else { return Ok(Download::Missing(MissingFile::Gone)) };
        Ok(match kind_of(&content) {
            Ok(kind) => Download::File { content_type: kind.to_owned(), content: content.to_vec() },
            Err(_) => Download::Missing(MissingFile::Refused),
        })
    }

    /// What became of one file, and what kept it from coming, where that is for the queue to hear. Its neighbours do not wait for it.
    async fn try_fetch(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        place: FilePlace,
        access: &Access,
        reference: &str,
    ) -> (usize, ReceivedFile, Option<Failure>) {
        let fetch = self.fetch(tenant, contact, &place, access, reference);
        let slow = |_| Err(Failure::Retryable("a file takes too long to come".into()));
        match timeout(TIME_PER_FILE, fetch).await.unwrap_or_else(slow) {
            Ok(file) => (place.number, file, None),
            Err(failure) => {
                let is_passing = matches!(failure, Failure::Retryable(_));
                let why = if is_passing { MissingFile::NotYet } else { MissingFile::Refused };
                (place.number, ReceivedFile::missing(&place, why), Some(failure))
            }
        }
    }

    /// Erases what was kept of a message whose contact was erased while its files were fetched.
    async fn erase(&self, tenant: &TenantId, contact: ContactId, message: &MessageRef) -> Result<(), Failure> {
        let kept = Prefix::received(tenant, contact, message.message);
        while self.files.erase_some(&kept).await? > 0 {}
        Ok(())
    }

    async fn access(&self, tenant: &TenantId, message: &Message) -> Result<Access, Failure> {
        if message.source == Some(Source::LiveChat) {
            return Ok(Access::Own);
        }
        let is_metas = message.source == Some(Source::Whatsapp);
        let credential = if is_metas { Credential::MetaAccessToken } else { Credential::TwilioApiKey };
        let credential = self.store.credentials().get(tenant, credential).await?;
        Ok(match credential {
            Some(token) if is_metas => Access::Meta(token),
            Some(key) => TwilioKey::of(&key).map_or(Access::None, Access::Twilio),
            None => Access::None,
        })
    }

    async fn fetch(
        &self,
        tenant: &TenantId,
        contact: ContactId,
        place: &FilePlace,
        access: &Access,
        reference: &str,
    ) -> Result<ReceivedFile, Failure> {
        let download = match access {
            Access::Meta(token) => self.downloads.meta(token, reference).await?,
            Access::Twilio(key) => self.downloads.twilio(key, reference).await?,
            Access::Own => self.sent_first(tenant, contact, place, reference).await?,
            Access::None => Download::Missing(MissingFile::NoAccess),
        };
        let (content_type, content) = match download {
            Download::File { content_type, content } => (content_type, content),
            Download::Missing(why) => return Ok(ReceivedFile::missing(place, why)),
        };
        let file = ReceivedFile::kept(place, &content_type, u64::try_from(content.len()).unwrap_or(u64::MAX));
        let key = key(tenant, contact, &place.message, place.number);
        self.files.keep(&key, &file.content_type, file.is_shown(), content).await?;
        Ok(file)
    }
}

/// Where a file is kept.
fn key(tenant: &TenantId, contact: ContactId, message: &MessageRef, number: usize) -> String {
    Prefix::received(tenant, contact, message.message).key(&number.to_string())
}

/// The URL in a variable of the environment.
///
/// # Errors
/// [`Failure::Permanent`] naming the variable.
pub fn url(variable: &str) -> Result<Url, Failure> {
    required(variable)?.parse().map_err(|_| Failure::Permanent(format!("{variable} is no URL")))
}
