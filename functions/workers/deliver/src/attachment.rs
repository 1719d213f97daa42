//! The file that staff sent along with a reply: fetched by the vendor over a link, or part of the mail.

use calendar::Attachment;
use connectors::send::Media;
use domain::conversations::{Message, ReceivedFile};
use domain::{ContactId, Failure, TenantId};
use files::{Files, Prefix};
use std::time::Duration;

/// How long a vendor may take to fetch it.
const LINK_FOR: Duration = Duration::from_secs(60 * 60);
/// The largest file that goes with a mail, in bytes: what the reply was checked for.
const MAX_MAILED_BYTES: usize = 7 * 1024 * 1024;
/// Why a message with a file that is not there any more is not sent.
const GONE: &str = "Its file is not there any more";

/// A message's file and where it is kept.
pub(crate) struct Kept<'a> {
    file: &'a ReceivedFile,
    key: String,
}

impl<'a> Kept<'a> {
    /// The file of an outgoing message, where it has one.
    pub(crate) fn of(tenant: &TenantId, message: &'a Message) -> Option<Self> {
        let files = message.files.as_ref()?;
        let file = files.files.first()?;
        Some(Self { file, key: Self::key(tenant, files.contact, message) })
    }

    fn key(tenant: &TenantId, contact: ContactId, message: &Message) -> String {
        Prefix::received(tenant, contact, message.reference.message).key("0")
    }

    /// A link by which a vendor fetches it; `Err` says why there is none.
    pub(crate) async fn media(&self, files: &Files) -> Result<Result<Media, String>, Failure> {
        if files.size(&self.key).await?.is_none() {
            return Ok(Err(GONE.to_owned()));
        }
        let link = files.link_for(&self.key, LINK_FOR).await?;
        Ok(Ok(Media { link, content_type: self.file.content_type.clone(), name: self.name() }))
    }

    /// The file itself; `Err` says why it is not there.
    pub(crate) async fn attachment(&self, files: &Files) -> Result<Result<Attachment, String>, Failure> {
        let Some(bytes) = files.read_piece(&self.key, 0, MAX_MAILED_BYTES).await? else {
            return Ok(Err(GONE.to_owned()));
        };
        let content_type = self.file.content_type.clone();
        Ok(Ok(Attachment { name: self.name(), content_type, bytes: bytes.to_vec() }))
    }

    fn name(&self) -> String {
        self.file.name.clone().unwrap_or_else(|| "file".to_owned())
    }
}
