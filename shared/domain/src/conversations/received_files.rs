//! Files of a message: a photo of the roof, a voice message. What a customer sent the vendor keeps for a while; it is fetched from there and
//! kept with the contact. What staff send is kept in the same place.

use serde::{Deserialize, Serialize};
use std::fmt;
use utoipa::ToSchema;

use crate::messaging::MessageRef;
use crate::{ContactId, Failure};

/// The most files of one message that are kept. Twilio sends at most ten.
pub const MAX_FILES: usize = 10;
/// The largest file that is kept, in bytes. WhatsApp lets pictures have 5 MB, sounds and films 16 MB.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;

/// Types that a browser shows or plays without running anything. All others are only saved.
const SHOWN: [&str; 13] = [
    "image/jpeg",
    "image/png",
    "image/gif",
    "image/webp",
    "application/pdf",
    "audio/mpeg",
    "audio/mp4",
    "audio/aac",
    "audio/amr",
    "audio/ogg",
    "video/mp4",
    "video/3gpp",
    "video/webm",
];

/// The files of one message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceivedFiles {
    /// The contact that they are kept with, and erased with.
    pub contact: ContactId,
    /// In the order in which they came.
    pub files: Vec<ReceivedFile>,
}

impl ReceivedFiles {
    /// Which of the `count` files that a message brought are to be fetched: those that were not tried, or not in vain for good.
    #[must_use]
    pub fn to_fetch(there: Option<&Self>, count: usize) -> Vec<usize> {
        let known = there.map(|there| there.files.as_slice()).unwrap_or_default();
        let is_open = |file: &ReceivedFile| file.missing == Some(MissingFile::NotYet);
        (0..count.min(MAX_FILES)).filter(|number| known.get(*number).is_none_or(is_open)).collect()
    }
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ReceivedFile {
    /// By which `GET /v1/received-files/{id}` fetches it.
    #[schema(example = "dd92f7bb-75bb-5839-a5db-addaa2137c3d.1763619200655.878d8318-5e52-5ce1-b62e-bea1d9f72905.0")]
    pub id: String,
    /// What it is; `application/octet-stream` where a browser should not open it.
    #[schema(example = "image/jpeg")]
    pub content_type: String,
    /// What it is called, where staff sent it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "roof plan.pdf")]
    pub name: Option<String>,
    /// Its size; 0 where it is not here.
    pub bytes: u64,
    /// Why it is not here.
    #[serde(default)]
    pub missing: Option<MissingFile>,
}

/// Why a file is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum MissingFile {
    /// The service that brought the message no longer has it.
    Gone,
    /// It is larger than 16 MB.
    TooLarge,
    /// The tenant's access to that service is not set up.
    NoAccess,
    /// It could not be fetched yet; it is tried again.
    NotYet,
    /// That service does not hand it out.
    #[serde(other)]
    Refused,
}

/// Which file of which message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FilePlace {
    /// The message.
    pub message: MessageRef,
    /// Counted from 0.
    pub number: usize,
}

impl fmt::Display for FilePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.message, self.number)
    }
}

impl FilePlace {
    /// Reads a file's id.
    ///
    /// # Errors
    /// 404: what is no such id names nothing.
    pub fn parse(id: &str) -> Result<Self, Failure> {
        let read = || {
            let (message, number) = id.rsplit_once('.')?;
            Some(Self { message: MessageRef::parse(message).ok()?, number: number.parse().ok()? })
        };
        read().ok_or_else(|| Failure::not_found("file"))
    }
}

impl ReceivedFile {
    /// One that is here, of the type that the vendor said.
    #[must_use]
    pub fn kept(place: &FilePlace, content_type: &str, bytes: u64) -> Self {
        let said = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let known = SHOWN.into_iter().find(|shown| *shown == said);
        let content_type = known.unwrap_or("application/octet-stream").to_owned();
        Self { id: place.to_string(), content_type, name: None, bytes, missing: None }
    }

    /// One that is not.
    #[must_use]
    pub fn missing(place: &FilePlace, why: MissingFile) -> Self {
        Self { missing: Some(why), ..Self::kept(place, "", 0) }
    }

    /// Whether a browser may show it in its place.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        self.missing.is_none() && SHOWN.contains(&self.content_type.as_str())
    }

    /// Whether it is a picture.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        self.missing.is_none() && self.content_type.starts_with("image/")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "6f2b1d0e-8c6a-5f57-9a51-3c5e70b4d2a9.1763619200655.878d8318-5e52-5ce1-b62e-bea1d9f72905.2";

    #[test]
    fn what_could_run_in_a_browser_is_only_saved() {
        let place = FilePlace::parse(ID).unwrap();
        for (said, kept, shown) in [
            ("image/jpeg", "image/jpeg", true),
            ("Audio/OGG; codecs=opus", "audio/ogg", true),
            ("image/svg+xml", "application/octet-stream", false),
            ("text/html", "application/octet-stream", false),
            ("", "application/octet-stream", false),
        ] {
            let file = ReceivedFile::kept(&place, said, 7);
            assert_eq!((file.content_type.as_str(), file.is_shown()), (kept, shown), "{said}");
        }
        assert!(!ReceivedFile::missing(&place, MissingFile::TooLarge).is_shown());
    }

    #[test]
    fn what_was_not_tried_or_could_not_be_fetched_yet_is_fetched() {
        let place = FilePlace::parse(ID).unwrap();
        let contact = ContactId::derive(&crate::TenantId::new("acme").unwrap(), &["ana"]);
        let files = vec![
            ReceivedFile::kept(&place, "image/jpeg", 7),
            ReceivedFile::missing(&place, MissingFile::NotYet),
            ReceivedFile::missing(&place, MissingFile::Gone),
        ];
        let there = ReceivedFiles { contact, files };
        assert_eq!(ReceivedFiles::to_fetch(None, 3), [0, 1, 2]);
        assert_eq!(ReceivedFiles::to_fetch(Some(&there), 3), [1]);
        assert_eq!(ReceivedFiles::to_fetch(Some(&there), 4), [1, 3]);
        assert_eq!(ReceivedFiles::to_fetch(None, 40).len(), MAX_FILES);
    }

    #[test]
    fn an_id_is_read_as_it_was_written_and_another_names_nothing() {
        assert_eq!(FilePlace::parse(ID).unwrap().to_string(), ID);
        for wrong in ["", "0", &ID.replace(".2", ".x"), &ID.replace(".2", ""), &ID.replace(".2", ".-1")] {
            assert_eq!(FilePlace::parse(wrong), Err(Failure::not_found("file")), "{wrong}");
        }
    }
}
