//! What follows from each thing that happens to a document.

use jiff::Timestamp;

use super::{
    DocumentFailure, DocumentFormat, DocumentStatus, FailureCode, Faq, KnowledgeDocument, MAX_DOCUMENT_BYTES,
    MAX_DOCUMENTS, UnreadPage,
};
use crate::Failure;
use crate::failure::Rejection;
use crate::ids::{DocumentId, LocationId};
use crate::tenancy::text;

/// The longest name, in characters.
pub const MAX_NAME: usize = 200;
/// The longest category, in characters.
pub const MAX_CATEGORY: usize = 60;
/// So often the reading of a file is begun: one that stops the function before it comes to an end is given up then.
const MAX_ATTEMPTS: u32 = 3;

/// What people say of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What it is called.
    pub name: String,
    /// The location that it is about; `None`: all of them.
    pub location: Option<LocationId>,
    /// The category that it is in.
    pub category: Option<String>,
}

/// What a document was found to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// How many pages it has, in a format that has pages.
    pub pages: Option<u32>,
    /// In how many pieces it is.
    pub chunks: u32,
    /// Pages of which nothing could be read.
    pub unread_pages: Vec<UnreadPage>,
    /// Its languages, the most frequent first.
    pub languages: Vec<String>,
}

/// What is to be done with a document whose content was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    /// Nothing: its record stands for this content already.
    Done,
    /// It is to be read; first this is stored.
    Reading(Box<KnowledgeDocument>),
    /// It was begun too often; this is stored, and what the index has of it goes.
    GivenUp(Box<KnowledgeDocument>),
}

impl Description {
    /// Checks it, and takes blanks off its ends.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn checked(self) -> Result<Self, Failure> {
        text("name", &self.name, 1..=MAX_NAME)?;
        if let Some(category) = &self.category {
            text("category", category, 1..=MAX_CATEGORY)?;
        }
        let trimmed = |text: &str| text.trim().to_owned();
        let (name, category) = (trimmed(&self.name), self.category.as_deref().map(trimmed));
        Ok(Self { name, category, ..self })
    }
}

fn check_bytes(bytes: u64) -> Result<(), Failure> {
    let wrong = match bytes {
        0 => "the file is empty".to_owned(),
        1..=MAX_DOCUMENT_BYTES => return Ok(()),
        _ => format!("a file has at most {MAX_DOCUMENT_BYTES} bytes: send it in parts"),
    };
    Err(Failure::invalid("bytes", wrong))
}

impl KnowledgeDocument {
    /// A document whose file of `bytes` is on its way.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn of_file(id: DocumentId, description: Description, bytes: u64, now: Timestamp) -> Result<Self, Failure> {
        check_bytes(bytes)?;
        Self::new(id, description, bytes, now)
    }

    /// A document of questions with their answers, which are stored with it.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn of_faq(faq: &Faq, description: Description, now: Timestamp) -> Result<Self, Failure> {
        let new = Self::new(faq.id, description, as_u64(faq.bytes()), now)?;
        Ok(Self { format: Some(DocumentFormat::Faq), status: DocumentStatus::Queued, ..new })
    }

    fn new(id: DocumentId, description: Description, bytes: u64, now: Timestamp) -> Result<Self, Failure> {
        let Description { name, location, category } = description.checked()?;
        Ok(Self {
            id,
            name,
            format: None,
            location,
            category,
            status: DocumentStatus::WaitingForFile,
            failure: None,
            bytes,
            pages: None,
            chunks: None,
            unread_pages: Vec::new(),
            languages: Vec::new(),
            uploaded_at: now,
            ready_at: None,
            hash: None,
            attempts: 0,
        })
    }

    /// Checks that a new one has room beside so many others.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (a conflict).
    pub fn check_room(others: usize) -> Result<(), Failure> {
        if others < MAX_DOCUMENTS {
            return Ok(());
        }
        let what = format!("a business may keep at most {MAX_DOCUMENTS} documents: delete one, or put two together");
        Err(Failure::rejected(Rejection::Conflict, what))
    }

    /// Whether its content is questions with their answers, and no file.
    #[must_use]
    pub fn is_faq(&self) -> bool {
        self.format == Some(DocumentFormat::Faq)
    }

    /// What people say of it.
    #[must_use]
    pub fn description(&self) -> Description {
        Description { name: self.name.clone(), location: self.location.clone(), category: self.category.clone() }
    }

    /// The document, for which a new version of its file of `bytes` was announced. Until that is there, the one of before is what answers
    /// are given from. After a failure the same file may come again: it is given another chance.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `bytes`, or a conflict where it has no file.
    pub fn announced(self, bytes: u64, now: Timestamp) -> Result<Self, Failure> {
        if self.is_faq() {
            let what = "this document has no file: replace its questions and answers";
            return Err(Failure::rejected(Rejection::Conflict, what));
        }
        check_bytes(bytes)?;
        let hash = self.hash.filter(|_| self.status != DocumentStatus::Failed);
        Ok(Self { uploaded_at: now, hash, ..self })
    }

    /// The document under another description. What the index has of it says the old one: it is read again.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field.
    pub fn described(self, description: Description) -> Result<Self, Failure> {
        let description = description.checked()?;
        if description == self.description() {
            return Ok(self);
        }
        let Description { name, location, category } = description;
        Ok(Self { name, location, category, ..self }.queued())
    }

    /// The document with other questions and answers.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (not found) where it has none but a file.
    pub fn answered(self, faq: &Faq, now: Timestamp) -> Result<Self, Failure> {
        if !self.is_faq() {
            return Err(Failure::not_found("faq"));
        }
        Ok(Self { bytes: as_u64(faq.bytes()), uploaded_at: now, ..self }.queued())
    }

    /// The document, to be read again whatever its content.
    #[must_use]
    pub fn queued(self) -> Self {
        let status = match self.status {
            DocumentStatus::WaitingForFile => DocumentStatus::WaitingForFile,
            _ => DocumentStatus::Queued,
        };
        Self { status, hash: None, attempts: 0, ..self }
    }

    /// Whether it is being read, with the content and under the description that `other` has.
    #[must_use]
    pub fn is_read_as(&self, other: &Self) -> bool {
        let described = |one: &Self| (one.name.clone(), one.location.clone(), one.category.clone());
        self.status == DocumentStatus::Reading && self.hash == other.hash && described(self) == described(other)
    }

    /// What is to be done, where the content that is there now has this hash and so many bytes.
    #[must_use]
    pub fn begun(&self, hash: &str, bytes: u64) -> Begun {
        let is_known = self.hash.as_deref() == Some(hash);
        if is_known && matches!(self.status, DocumentStatus::Ready | DocumentStatus::Failed) {
            return Begun::Done;
        }
        let attempts = if is_known { self.attempts + 1 } else { 1 };
        let (status, hash) = (DocumentStatus::Reading, Some(hash.to_owned()));
        let next = Self { status, hash, attempts, bytes, ..self.clone() };
        if attempts > MAX_ATTEMPTS {
            let message = "The file could not be read in the time and memory that a file is given.".to_owned();
            return Begun::GivenUp(Box::new(
                next.failed(DocumentFailure { code: FailureCode::TookTooLong, message }, Vec::new()),
            ));
        }
        Begun::Reading(Box::new(next))
    }

    /// The document, read.
    #[must_use]
    pub fn read(self, format: DocumentFormat, reading: Reading, now: Timestamp) -> Self {
        let Reading { pages, chunks, unread_pages, languages } = reading;
        Self {
            format: Some(format),
            status: DocumentStatus::Ready,
            failure: None,
            pages,
            chunks: Some(chunks),
            unread_pages,
            languages,
            ready_at: Some(now),
            attempts: 0,
            ..self
        }
    }

    /// The document, which could not be read. What an earlier version of it said is gone too: a list of prices that was replaced is not
    /// quoted because the new one cannot be read.
    #[must_use]
    pub fn failed(self, failure: DocumentFailure, unread_pages: Vec<UnreadPage>) -> Self {
        Self {
            status: DocumentStatus::Failed,
            failure: Some(failure),
            pages: None,
            chunks: None,
            unread_pages,
            languages: Vec::new(),
            ready_at: None,
            attempts: 0,
            ..self
        }
    }
}

fn as_u64(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TenantId;
    use crate::knowledge::FaqPair;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    fn tenant() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn described(name: &str) -> Description {
        Description { name: name.to_owned(), location: None, category: None }
    }

    fn document() -> KnowledgeDocument {
        let id = DocumentId::derive(&tenant(), &["d"]);
        KnowledgeDocument::of_file(id, described("Prices.pdf"), 9, at(1)).unwrap()
    }

    fn reading() -> Reading {
        Reading { pages: Some(2), chunks: 7, unread_pages: Vec::new(), languages: vec!["en".to_owned()] }
    }

    fn begun(document: &KnowledgeDocument, hash: &str) -> KnowledgeDocument {
        match document.begun(hash, 9) {
            Begun::Reading(next) => *next,
            other => panic!("{other:?}"),
        }
    }

    fn ready() -> KnowledgeDocument {
        begun(&document(), "h1").read(DocumentFormat::Pdf, reading(), at(2))
    }

    fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> (Rejection, Option<String>) {
        match outcome {
            Err(Failure::Rejected { kind, field, .. }) => (kind, field),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_read_once_for_each_content() {
        let ready = ready();
        assert_eq!((ready.status, ready.chunks, ready.attempts), (DocumentStatus::Ready, Some(7), 0));
        assert_eq!(ready.begun("h1", 9), Begun::Done, "it was delivered twice");
        let again = begun(&ready, "h2");
        assert_eq!((again.status, again.chunks), (DocumentStatus::Reading, Some(7)), "the old one answers meanwhile");
        let broken = DocumentFailure { code: FailureCode::Damaged, message: "The file is damaged.".to_owned() };
        let failed = again.failed(broken.clone(), Vec::new());
        assert_eq!((failed.failure.as_ref(), failed.chunks, failed.ready_at), (Some(&broken), None, None));
        assert_eq!(failed.begun("h2", 9), Begun::Done, "what cannot be read is not read for ever");
        assert_eq!(begun(&failed.clone().announced(9, at(3)).unwrap(), "h2").attempts, 1, "unless it is sent again");
        let back = begun(&failed, "h1").read(DocumentFormat::Pdf, reading(), at(3));
        assert_eq!((back.failure, back.status), (None, DocumentStatus::Ready));
    }

    #[test]
    fn a_file_that_stops_the_function_is_given_up_and_another_one_has_its_own_attempts() {
        let mut document = document();
        for attempt in 1..=MAX_ATTEMPTS {
            document = begun(&document, "poison");
            assert_eq!(document.attempts, attempt);
        }
        assert_eq!(begun(&document, "another").attempts, 1);
        let Begun::GivenUp(given_up) = document.begun("poison", 9) else { panic!("it is begun for ever") };
        assert_eq!(given_up.status, DocumentStatus::Failed);
        assert_eq!(given_up.failure.as_ref().map(|failure| failure.code), Some(FailureCode::TookTooLong));
        assert_eq!(given_up.begun("poison", 9), Begun::Done);
    }

    #[test]
    fn another_description_has_it_read_again_and_the_same_one_does_not() {
        let ready = ready();
        assert_eq!(ready.clone().described(described(" Prices.pdf ")).unwrap(), ready);
        let renamed = ready.described(described("Prices 2027.pdf")).unwrap();
        assert_eq!((renamed.status, renamed.hash.as_deref()), (DocumentStatus::Queued, None));
        assert_eq!(begun(&renamed, "h1").name, "Prices 2027.pdf");
        let waiting = document().described(described("Other.pdf")).unwrap();
        assert_eq!(waiting.status, DocumentStatus::WaitingForFile, "there is nothing to read");
        assert_eq!(refused(document().described(described(" "))), (Rejection::Invalid, Some("name".to_owned())));
        let category = Description { category: Some("é".repeat(61)), ..described("a") };
        assert_eq!(refused(document().described(category)), (Rejection::Invalid, Some("category".to_owned())));
    }

    #[test]
    fn a_new_version_is_announced_and_the_earlier_one_stays_until_it_is_there() {
        let announced = ready().announced(12, at(5)).unwrap();
        assert_eq!((announced.status, announced.bytes, announced.uploaded_at), (DocumentStatus::Ready, 9, at(5)));
        for bytes in [0, MAX_DOCUMENT_BYTES + 1] {
            assert_eq!(refused(ready().announced(bytes, at(5))), (Rejection::Invalid, Some("bytes".to_owned())));
            let id = DocumentId::derive(&tenant(), &["d"]);
            let made = KnowledgeDocument::of_file(id, described("a"), bytes, at(1));
            assert_eq!(refused(made), (Rejection::Invalid, Some("bytes".to_owned())));
        }
        assert!(ready().announced(MAX_DOCUMENT_BYTES, at(5)).is_ok());
    }

    #[test]
    fn questions_are_no_file_and_a_file_has_no_questions() {
        let id = DocumentId::derive(&tenant(), &["questions"]);
        let pairs = vec![FaqPair { question: "Open?".to_owned(), answer: "Yes.".to_owned() }];
        let faq = Faq::new(id, pairs).unwrap();
        let document = KnowledgeDocument::of_faq(&faq, described("Questions"), at(1)).unwrap();
        assert_eq!((document.status, document.bytes), (DocumentStatus::Queued, 9));
        assert_eq!(refused(document.clone().announced(9, at(2))), (Rejection::Conflict, None));
        let answers = begun(&document, "h").read(DocumentFormat::Faq, reading(), at(2));
        assert_eq!(answers.answered(&faq, at(3)).unwrap().status, DocumentStatus::Queued);
        assert_eq!(refused(ready().answered(&faq, at(3))), (Rejection::NotFound, None));
    }

    #[test]
    fn there_is_an_end_to_how_many_there_are() {
        assert_eq!(KnowledgeDocument::check_room(MAX_DOCUMENTS - 1), Ok(()));
        assert_eq!(refused(KnowledgeDocument::check_room(MAX_DOCUMENTS)), (Rejection::Conflict, None));
    }
}
