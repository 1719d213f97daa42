//! Objects: one bucket, one prefix a tenant.
//!
//! Every key begins with its tenant, as the table's keys do, and is built here alone. A crate of its own, so that a function
//! that touches no object does not carry the client.

mod upload;

use aws_config::SdkConfig;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::head_object::HeadObjectError;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{Delete, MetadataDirective, ObjectIdentifier, TaggingDirective};
use bytes::Bytes;
use domain::failure::Rejection;
use domain::ids::{DocumentId, ImportId, JobId, PurchaseOrderId};
use domain::{ContactId, Failure, MessageId, TenantId};
use std::collections::BTreeMap;
use std::time::Duration;

pub use upload::Upload;

/// The tag by which the bucket's lifecycle knows what is gone in a week.
pub(crate) const PASSING: &str = "keep=week";
/// What a file of contacts is called under its import's prefix.
pub const IMPORT_FILE: &str = "contacts.csv";
/// What an index is called under its prefix.
pub const INDEX_FILE: &str = "segments";
/// How long a link to an object is good.
pub const LINK_FOR: Duration = Duration::from_secs(15 * 60);

/// What the keys of a set of objects begin with; it ends with a slash, so that no other set's keys begin with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prefix(String);

impl Prefix {
    /// Everything of a tenant.
    #[must_use]
    pub fn tenant(tenant: &TenantId) -> Self {
        Self(format!("{tenant}/"))
    }

    /// All exports of a tenant.
    #[must_use]
    pub fn exports(tenant: &TenantId) -> Self {
        Self(format!("{tenant}/exports/"))
    }

    /// One export: its archive and the parts that it is made of.
    #[must_use]
    pub fn export(tenant: &TenantId, job: JobId) -> Self {
        Self(format!("{tenant}/exports/{job}/"))
    }

    /// The parts of one export.
    #[must_use]
    pub fn parts(tenant: &TenantId, job: JobId) -> Self {
        Self(format!("{tenant}/exports/{job}/parts/"))
    }

    /// All files of contacts that are imported.
    #[must_use]
    pub fn imports(tenant: &TenantId) -> Self {
        Self(format!("{tenant}/imports/"))
    }

    /// One of them: `key(IMPORT_FILE)` is the file.
    #[must_use]
    pub fn import(tenant: &TenantId, import: ImportId) -> Self {
        Self(format!("{tenant}/imports/{import}/"))
    }

    /// A document that answers are given from: `key(DOCUMENT_FILE)` is its file.
    #[must_use]
    pub fn document(tenant: &TenantId, document: DocumentId) -> Self {
        Self(format!("{tenant}/knowledge/documents/{document}/"))
    }

    /// All indexes made from a tenant's documents: the current one, and those that it took the place of.
    #[must_use]
    pub fn indexes(tenant: &TenantId) -> Self {
        Self(format!("{tenant}/knowledge/index/"))
    }

    /// One of them: `key(INDEX_FILE)` is the index.
    #[must_use]
    pub fn index(tenant: &TenantId, name: &str) -> Self {
        Self(format!("{tenant}/knowledge/index/{name}/"))
    }

    /// The documents of a purchase order.
    #[must_use]
    pub fn order(tenant: &TenantId, order: PurchaseOrderId) -> Self {
        Self(format!("{tenant}/orders/{order}/"))
    }

    /// What belongs to one contact.
    #[must_use]
    pub fn contact(tenant: &TenantId, contact: ContactId) -> Self {
        Self(format!("{tenant}/contacts/{contact}/"))
    }

    /// What came with one message of a contact.
    #[must_use]
    pub fn received(tenant: &TenantId, contact: ContactId, message: MessageId) -> Self {
        Self(format!("{tenant}/contacts/{contact}/received/{message}/"))
    }

    /// Files that staff are about to send to a contact: gone in a week where no reply names them.
    #[must_use]
    pub fn uploads(tenant: &TenantId, contact: ContactId) -> Self {
        Self(format!("{tenant}/contacts/{contact}/uploads/"))
    }

    /// A file that a visitor of a chat sent, at the place that their session has for it: gone in a week where no message names it.
    #[must_use]
    pub fn visitor(tenant: &TenantId, place: &str) -> Self {
        Self(format!("{tenant}/visitors/{place}/"))
    }

    /// The key of an object under it.
    #[must_use]
    pub fn key(&self, name: &str) -> String {
        format!("{}{name}", self.0)
    }

    /// What a key says after the prefix; `None` where it is not under it.
    #[must_use]
    pub fn name_of<'a>(&self, key: &'a str) -> Option<&'a str> {
        key.strip_prefix(&self.0)
    }
}

/// An object in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its key.
    pub key: String,
    /// Its size.
    pub bytes: u64,
}

/// The bucket.
#[derive(Debug, Clone)]
pub struct Files {
    s3: Client,
    bucket: String,
}

impl Files {
    /// Over the bucket named by `bucket`. An endpoint of its own, such as an emulator's, has no host name for each bucket.
    #[must_use]
    pub fn new(config: &SdkConfig, bucket: String) -> Self {
        let by_path = config.endpoint_url().is_some();
        let config = aws_sdk_s3::config::Builder::from(config).force_path_style(by_path).build();
        Self { s3: Client::from_conf(config), bucket }
    }

    /// Stores an object for a week, in the place of an earlier one.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn put_passing(&self, key: &str, content: Vec<u8>) -> Result<(), Failure> {
        let put = self.s3.put_object().bucket(&self.bucket).key(key).tagging(PASSING).body(ByteStream::from(content));
        put.send().await.map_err(|error| failure("put object", &error))?;
        Ok(())
    }

    /// Stores an object that is kept until it is erased, in the place of an earlier one.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn put_kept(&self, key: &str, content: Vec<u8>) -> Result<(), Failure> {
        let put = self.s3.put_object().bucket(&self.bucket).key(key).body(ByteStream::from(content));
        put.send().await.map_err(|error| failure("put object", &error))?;
        Ok(())
    }

    /// Stores a file that a customer sent, in the place of an earlier one. One that is not `shown` is saved by whoever opens it.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn keep(&self, key: &str, content_type: &str, shown: bool, content: Vec<u8>) -> Result<(), Failure> {
        let put = self.s3.put_object().bucket(&self.bucket).key(key).content_type(content_type);
        let put = put.content_disposition(if shown { "inline" } else { "attachment" });
        put.body(ByteStream::from(content)).send().await.map_err(|error| failure("keep file", &error))?;
        Ok(())
    }

    /// Keeps a passing object under another key, as what it was found to be: what is sent to `from` later is not in it. Again, it is the same.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn copy_kept(&self, from: &str, to: &str, content_type: &str) -> Result<(), Failure> {
        let copy = self.s3.copy_object().copy_source(format!("{}/{from}", self.bucket)).bucket(&self.bucket).key(to);
        let copy = copy.metadata_directive(MetadataDirective::Replace).content_type(content_type);
        let copy = copy.content_disposition("inline").tagging_directive(TaggingDirective::Replace);
        copy.send().await.map_err(|error| failure("copy object", &error))?;
        Ok(())
    }

    /// All objects under a prefix, by key, at most `limit`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when there are more; else as the bucket answers.
    pub async fn list(&self, prefix: &Prefix, limit: usize) -> Result<Vec<Object>, Failure> {
        let mut objects = Vec::new();
        let mut more = None;
        loop {
            let list = self.s3.list_objects_v2().bucket(&self.bucket).prefix(&prefix.0);
            let answer = list.set_continuation_token(more).send().await.map_err(|e| failure("list objects", &e))?;
            for object in answer.contents() {
                let bytes = object.size().and_then(|size| u64::try_from(size).ok()).unwrap_or_default();
                objects.push(Object { key: object.key().unwrap_or_default().to_owned(), bytes });
            }
            if objects.len() > limit {
                return Err(Failure::Permanent(format!("there are more than {limit} objects under one prefix")));
            }
            more = answer.next_continuation_token;
            if more.is_none() {
                return Ok(objects);
            }
        }
    }

    /// An object's content, piece by piece.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn read(&self, key: &str) -> Result<Content, Failure> {
        let got = self.s3.get_object().bucket(&self.bucket).key(key).send().await;
        Ok(Content(got.map_err(|error| failure("read object", &error))?.body))
    }

    /// At most `most` bytes of an object from `start` on; `None`: there is no such object, or it ends before.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn read_piece(&self, key: &str, start: u64, most: usize) -> Result<Option<Bytes>, Failure> {
        Ok(self.read_version(key, None, start, most).await?.map(|(bytes, _)| bytes))
    }

    /// As [`Files::read_piece`], with which version of the object it is of (its `ETag`); of no other one than `version`, where one is named.
    ///
    /// # Errors
    /// [`Failure::Rejected`] (precondition failed) when the object is another one by now; as [`Files::read_piece`].
    pub async fn read_version(
        &self,
        key: &str,
        version: Option<&str>,
        start: u64,
        most: usize,
    ) -> Result<Option<(Bytes, Option<String>)>, Failure> {
        let last = start.saturating_add(u64::try_from(most).unwrap_or(u64::MAX)).saturating_sub(1);
        let get = self.s3.get_object().bucket(&self.bucket).key(key).range(format!("bytes={start}-{last}"));
        let got = match get.set_if_match(version.map(str::to_owned)).send().await {
            Ok(got) => got,
            Err(error) if error.code().is_some_and(|code| NOTHING_THERE.contains(&code)) => return Ok(None),
            Err(error) if error.code() == Some("PreconditionFailed") => {
                let what = "this file is not the one that was read before";
                return Err(Failure::rejected(Rejection::PreconditionFailed, what));
            }
            Err(error) => return Err(failure("read piece", &error)),
        };
        let broke = |_| Failure::Retryable("read piece: the connection broke".into());
        Ok(Some((got.body.collect().await.map_err(broke)?.into_bytes(), got.e_tag)))
    }

    /// The size of an object; `None`: there is none.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn size(&self, key: &str) -> Result<Option<u64>, Failure> {
        match self.s3.head_object().bucket(&self.bucket).key(key).send().await {
            Ok(head) => Ok(head.content_length().and_then(|bytes| u64::try_from(bytes).ok())),
            Err(error) if error.as_service_error().is_some_and(HeadObjectError::is_not_found) => Ok(None),
            Err(error) => Err(failure("head object", &error)),
        }
    }

    /// A link that stores an object of exactly `bytes` for a week, good for 15 minutes, and the headers that go with it.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when it cannot be signed.
    pub async fn upload_link(&self, key: &str, bytes: u64) -> Result<UploadLink, Failure> {
        self.signed_upload(key, bytes, Some(PASSING)).await
    }

    /// As [`Files::upload_link`], for an object that is kept until it is erased.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when it cannot be signed.
    pub async fn kept_upload_link(&self, key: &str, bytes: u64) -> Result<UploadLink, Failure> {
        self.signed_upload(key, bytes, None).await
    }

    async fn signed_upload(&self, key: &str, bytes: u64, tag: Option<&str>) -> Result<UploadLink, Failure> {
        let wrong = |error: &dyn std::fmt::Display| Failure::Permanent(format!("sign link: {error}"));
        let config = PresigningConfig::expires_in(LINK_FOR).map_err(|error| wrong(&error))?;
        let length = i64::try_from(bytes).map_err(|error| wrong(&error))?;
        let put = self.s3.put_object().bucket(&self.bucket).key(key).content_length(length);
        let put = put.set_tagging(tag.map(str::to_owned));
        let signed = put.presigned(config).await.map_err(|error| failure("sign link", &error))?;
        // What a browser says itself it lets no script say.
        let said = |name: &str| !matches!(name, "host" | "content-length");
        let headers = signed.headers().filter(|(name, _)| said(name));
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Ok(UploadLink { url: signed.uri().to_owned(), headers })
    }

    /// Erases up to 1,000 versions of what is under a prefix, the marks of deleted ones among them. Says how many those
    /// were: 0 when nothing is left.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer, or kept one.
    pub async fn erase_some(&self, prefix: &Prefix) -> Result<u64, Failure> {
        let list = self.s3.list_object_versions().bucket(&self.bucket).prefix(&prefix.0);
        let answer = list.send().await.map_err(|error| failure("list versions", &error))?;
        let versions = answer.versions().iter().map(|version| (version.key(), version.version_id()));
        let marks = answer.delete_markers().iter().map(|mark| (mark.key(), mark.version_id()));
        let mut going = Vec::new();
        for (key, version) in versions.chain(marks) {
            let object = ObjectIdentifier::builder().key(key.unwrap_or_default());
            let object = object.set_version_id(version.map(str::to_owned)).build();
            going.push(object.map_err(|error| Failure::Permanent(error.to_string()))?);
        }
        if going.is_empty() {
            return Ok(0);
        }
        let count = going.len() as u64;
        let delete = Delete::builder().set_objects(Some(going)).quiet(true).build();
        let delete = delete.map_err(|error| Failure::Permanent(error.to_string()))?;
        let answer = self.s3.delete_objects().bucket(&self.bucket).delete(delete).send().await;
        let kept = answer.map_err(|error| failure("delete objects", &error))?.errors().len();
        if kept > 0 { Err(Failure::Retryable(format!("{kept} objects were not deleted"))) } else { Ok(count) }
    }

    /// A link that fetches an object, good for 15 minutes. It is made here, without a call: whether the object is there
    /// shows when it is followed.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when it cannot be signed.
    pub async fn link(&self, key: &str) -> Result<String, Failure> {
        self.link_for(key, LINK_FOR).await
    }

    /// As [`Files::link`], good for so long; no longer than the credentials that sign it.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when it cannot be signed.
    pub async fn link_for(&self, key: &str, time: Duration) -> Result<String, Failure> {
        let wrong = |error: &dyn std::fmt::Display| Failure::Permanent(format!("sign link: {error}"));
        let config = PresigningConfig::expires_in(time).map_err(|error| wrong(&error))?;
        let get = self.s3.get_object().bucket(&self.bucket).key(key);
        let signed = get.presigned(config).await.map_err(|error| failure("sign link", &error))?;
        Ok(signed.uri().to_owned())
    }
}

/// Where an object is sent with `PUT`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadLink {
    /// The signed address.
    pub url: String,
    /// Headers that the signature covers.
    pub headers: BTreeMap<String, String>,
}

/// What an object holds.
#[derive(Debug)]
pub struct Content(ByteStream);

impl Content {
    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the connection breaks.
    pub async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        self.0.try_next().await.map_err(|_| Failure::Retryable("read object: the connection broke".into()))
    }
}

/// Codes of an object that is not there, or ends before what was asked for.
const NOTHING_THERE: [&str; 2] = ["NoSuchKey", "InvalidRange"];
/// Codes that no retry can help.
const PERMANENT: [&str; 4] = ["AccessDenied", "NoSuchBucket", "NoSuchKey", "InvalidRequest"];

/// Sorts an SDK error; the text holds codes, never keys.
pub(crate) fn failure<E: ProvideErrorMetadata, R>(what: &str, error: &SdkError<E, R>) -> Failure {
    match error {
        SdkError::ServiceError(service) => {
            let code = service.err().code().unwrap_or("service error");
            let reason = format!("{what}: {code}");
            if PERMANENT.contains(&code) { Failure::Permanent(reason) } else { Failure::Retryable(reason) }
        }
        SdkError::TimeoutError(_) => Failure::Retryable(format!("{what}: timed out")),
        SdkError::DispatchFailure(_) => Failure::Retryable(format!("{what}: no connection")),
        SdkError::ResponseError(_) => Failure::Retryable(format!("{what}: unreadable answer")),
        _ => Failure::Permanent(format!("{what}: request could not be made")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tenants_objects_are_never_under_another_ones_prefix() {
        let (acme, longer) = (TenantId::new("acme").unwrap(), TenantId::new("acme-2").unwrap());
        let job = JobId::derive(&longer, &["j"]);
        for key in [Prefix::export(&longer, job).key("archive.zip"), Prefix::exports(&longer).key("x")] {
            assert_eq!(Prefix::tenant(&acme).name_of(&key), None);
            assert!(Prefix::tenant(&longer).name_of(&key).is_some());
        }
    }

    #[test]
    fn the_parts_of_an_export_are_of_it() {
        let acme = TenantId::new("acme").unwrap();
        let job = JobId::derive(&acme, &["j"]);
        let part = Prefix::parts(&acme, job).key("message/1.jsonl");
        assert_eq!(Prefix::export(&acme, job).name_of(&part), Some("parts/message/1.jsonl"));
        assert_eq!(Prefix::parts(&acme, job).name_of(&part), Some("message/1.jsonl"));
        assert!(Prefix::exports(&acme).name_of(&part).is_some());
    }

    #[tokio::test]
    async fn a_link_takes_an_object_of_one_size_that_goes_in_a_week() {
        let keys = aws_sdk_s3::config::Credentials::new("key", "secret", None, None, "test");
        let config = SdkConfig::builder()
            .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
            .region(aws_sdk_s3::config::Region::new("us-east-1"))
            .credentials_provider(aws_sdk_s3::config::SharedCredentialsProvider::new(keys))
            .build();
        let link = Files::new(&config, "files".to_owned()).upload_link("acme/imports/i/contacts.csv", 7).await.unwrap();
        assert!(
            link.url.starts_with("https://files.s3.us-east-1.amazonaws.com/acme/imports/i/contacts.csv?"),
            "{}",
            link.url
        );
        assert!(link.url.contains("X-Amz-SignedHeaders=content-length%3Bhost%3Bx-amz-tagging"), "{}", link.url);
        assert!(!link.url.to_lowercase().contains("checksum"), "the sender knows none: {}", link.url);
        assert_eq!(link.headers, BTreeMap::from([("x-amz-tagging".to_owned(), PASSING.to_owned())]));
    }
}
