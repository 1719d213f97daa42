//! An object that is written while it is made: it appears whole or not at all.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use domain::Failure;

use crate::{Files, PASSING, failure};

/// A part, but for the last: S3 takes 5 MB and more, 10,000 of them.
pub(crate) const PART_BYTES: usize = 8 * 1024 * 1024;

/// An object under way. One that is dropped leaves parts behind, which the bucket's lifecycle takes away.
#[derive(Debug)]
pub struct Upload<'a> {
    files: &'a Files,
    key: String,
    id: String,
    parts: Vec<CompletedPart>,
    waiting: Vec<u8>,
    bytes: u64,
}

impl Files {
    /// Begins an object that is kept for a week.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer.
    pub async fn upload_passing(&self, key: String) -> Result<Upload<'_>, Failure> {
        let begun = self.s3.create_multipart_upload().bucket(&self.bucket).key(&key).tagging(PASSING);
        let begun = begun.content_type("application/zip").send().await.map_err(|e| failure("begin upload", &e))?;
        let id = begun.upload_id.ok_or_else(|| Failure::Retryable("begin upload: no id".into()))?;
        Ok(Upload { files: self, key, id, parts: Vec::new(), waiting: Vec::new(), bytes: 0 })
    }
}

impl Upload<'_> {
    /// Adds to the object.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer: start over.
    pub async fn add(&mut self, content: &[u8]) -> Result<(), Failure> {
        self.bytes += content.len() as u64;
        self.waiting.extend_from_slice(content);
        if self.waiting.len() >= PART_BYTES { self.send().await } else { Ok(()) }
    }

    async fn send(&mut self) -> Result<(), Failure> {
        let number = i32::try_from(self.parts.len() + 1).unwrap_or(i32::MAX);
        let Files { s3, bucket } = self.files;
        let part = s3.upload_part().bucket(bucket).key(&self.key).upload_id(&self.id).part_number(number);
        let sent = part.body(ByteStream::from(std::mem::take(&mut self.waiting))).send().await;
        let sent = sent.map_err(|error| failure("upload", &error))?;
        let part = CompletedPart::builder().part_number(number).set_e_tag(sent.e_tag);
        self.parts.push(part.set_checksum_crc32(sent.checksum_crc32).build());
        Ok(())
    }

    /// Makes the object appear. Says how many bytes it has.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the bucket does not answer: start over.
    pub async fn finish(mut self) -> Result<u64, Failure> {
        // An object has at least one part, and the last may be short.
        if !self.waiting.is_empty() || self.parts.is_empty() {
            self.send().await?;
        }
        let parts = CompletedMultipartUpload::builder().set_parts(Some(self.parts)).build();
        let Files { s3, bucket } = self.files;
        let done = s3.complete_multipart_upload().bucket(bucket).key(&self.key).upload_id(&self.id);
        done.multipart_upload(parts).send().await.map_err(|error| failure("finish upload", &error))?;
        Ok(self.bytes)
    }
}
