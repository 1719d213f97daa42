//! One archive of many parts: streamed through, with no more in memory than a part of an upload.

use domain::rights::{DataJob, DataWork};
use domain::{Failure, TenantId};
use files::{Object, Prefix, Upload};
use jiff::Timestamp;
use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, ZipWriter};

use crate::DataRights;
use crate::manifest::{ItemCounts, LeftOut, Manifest};

/// More parts, or objects, than this are not listed in one step.
const MAX_OBJECTS: usize = 200_000;
/// A larger object is named in the manifest, and left out.
const MAX_OBJECT_BYTES: u64 = 50 * 1024 * 1024;
/// All objects together.
const MAX_OBJECTS_BYTES: u64 = 1024 * 1024 * 1024;
/// From here on a file needs the fields of ZIP64: well below the 4 GB of the old ones, as it may grow in packing.
const LARGE: u64 = 3 * 1024 * 1024 * 1024;

/// What happened to an archive.
pub(crate) struct Packed {
    /// Entries of the table in it.
    pub(crate) entries: u64,
    /// Its size.
    pub(crate) bytes: u64,
}

impl DataRights {
    /// Makes the archive, from the beginning. What is there already is replaced.
    pub(crate) async fn pack(&self, job: &DataJob, now: Timestamp) -> Result<Packed, Failure> {
        let place = Prefix::export(&job.tenant, job.id);
        let mut archive = Archive::new(self.files.upload_passing(place.key("archive.zip")).await?);
        let mut manifest = Manifest::new(job, now);
        for (entity, parts) in by_entity(&place, self.files.list(&place, MAX_OBJECTS).await?) {
            let file = self.add(&mut archive, format!("{entity}.jsonl"), &parts).await?;
            manifest.files.push(file.finish(true));
        }
        self.add_objects(job, &mut archive, &mut manifest).await?;
        let entries = manifest.files.iter().filter_map(|file| file.entries).sum();
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| Failure::Permanent(error.to_string()))?;
        archive.begin("manifest.json", text.len() as u64)?;
        archive.write(&text).await?;
        Ok(Packed { entries, bytes: archive.finish().await? })
    }

    async fn add(&self, archive: &mut Archive<'_>, name: String, parts: &[Object]) -> Result<ItemCounts, Failure> {
        archive.begin(&name, parts.iter().map(|part| part.bytes).sum())?;
        let mut file = ItemCounts::new(name);
        for part in parts {
            let mut content = self.files.read(&part.key).await?;
            while let Some(piece) = content.next().await? {
                file.add(&piece);
                archive.write(&piece).await?;
            }
        }
        Ok(file)
    }

    /// The tenant's objects, or the contact's, without earlier exports and what is made from others.
    async fn add_objects(
        &self,
        job: &DataJob,
        archive: &mut Archive<'_>,
        manifest: &mut Manifest,
    ) -> Result<(), Failure> {
        let mut objects = Vec::new();
        for prefix in self.prefixes(job).await? {
            objects.extend(self.files.list(&prefix, MAX_OBJECTS).await?);
        }
        let mut total = 0;
        for object in objects {
            let Some(name) = name_in_archive(&job.tenant, &object.key) else { continue };
            if object.bytes > MAX_OBJECT_BYTES || total + object.bytes > MAX_OBJECTS_BYTES {
                manifest.left_out.push(LeftOut { name, bytes: object.bytes });
                continue;
            }
            total += object.bytes;
            let file = self.add(archive, name, std::slice::from_ref(&object)).await?;
            manifest.files.push(file.finish(false));
        }
        Ok(())
    }

    /// Where the objects are: a contact's are also those of whoever was merged into it, as for its erasure.
    async fn prefixes(&self, job: &DataJob) -> Result<Vec<Prefix>, Failure> {
        let DataWork::Export { contact: Some(contact) } = job.work else {
            return Ok(vec![Prefix::tenant(&job.tenant)]);
        };
        let plan = self.store.rights().contact_plan(&job.tenant, contact).await?.unwrap_or_default();
        Ok(plan.people.iter().map(|contact| Prefix::contact(&job.tenant, *contact)).collect())
    }
}

/// What an object is called in an archive: as in the bucket, so that no two have one name. `None`: an earlier export, or an index,
/// which is made from documents that are in the archive themselves.
fn name_in_archive(tenant: &TenantId, key: &str) -> Option<String> {
    let is_export = Prefix::exports(tenant).name_of(key).is_some();
    let is_index = Prefix::indexes(tenant).name_of(key).is_some();
    let name = Prefix::tenant(tenant).name_of(key).filter(|_| !is_export && !is_index)?;
    Some(format!("objects/{}", safe(name)))
}

/// The parts of each kind, in the order in which they were read.
fn by_entity(place: &Prefix, objects: Vec<Object>) -> Vec<(String, Vec<Object>)> {
    let mut files: Vec<(String, Vec<Object>)> = Vec::new();
    for object in objects {
        let part = place.name_of(&object.key).and_then(|name| name.strip_prefix("parts/"));
        let Some((entity, _)) = part.and_then(|name| name.split_once('/')) else { continue };
        match files.last_mut() {
            Some((last, parts)) if last == entity => parts.push(object),
            _ => files.push((entity.to_owned(), vec![object])),
        }
    }
    files
}

/// A name that leads nowhere but into the folder it is unpacked in.
fn safe(name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    parts.collect::<Vec<_>>().join("/")
}

/// A ZIP archive on its way into the bucket. The writer is not asynchronous: it fills a buffer, which is sent after each piece.
struct Archive<'a> {
    zip: ZipWriter<StreamWriter<Buffer>>,
    buffer: Buffer,
    upload: Upload<'a>,
}

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Buffer {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> Archive<'a> {
    fn new(upload: Upload<'a>) -> Self {
        let buffer = Buffer::default();
        Self { zip: ZipWriter::new_stream(buffer.clone()), buffer, upload }
    }

    fn begin(&mut self, name: &str, bytes: u64) -> Result<(), Failure> {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        self.zip.start_file(name, options.large_file(bytes > LARGE)).map_err(|error| broken(&error))
    }

    async fn write(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.zip.write_all(bytes).map_err(|error| broken(&error))?;
        self.upload.add(&self.buffer.take()).await
    }

    async fn finish(mut self) -> Result<u64, Failure> {
        self.zip.finish().map_err(|error| broken(&error))?;
        self.upload.add(&self.buffer.take()).await?;
        self.upload.finish().await
    }
}

fn broken(error: &dyn std::fmt::Display) -> Failure {
    Failure::Permanent(format!("archive: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ContactId;
    use domain::ids::JobId;

    #[test]
    fn parts_of_a_kind_become_one_file_and_nothing_else_does() {
        let tenant = TenantId::new("acme").unwrap();
        let place = Prefix::export(&tenant, JobId::derive(&tenant, &["j"]));
        let names = ["archive.zip", "parts/lead/1.jsonl", "parts/lead/2.jsonl", "parts/message/1.jsonl", "parts/odd"];
        let objects = names.map(|name| Object { key: place.key(name), bytes: 1 });
        let files = by_entity(&place, objects.into());
        let found: Vec<(&str, usize)> = files.iter().map(|(name, parts)| (name.as_str(), parts.len())).collect();
        assert_eq!(found, [("lead", 2), ("message", 1)]);
    }

    #[test]
    fn objects_of_merged_people_have_names_of_their_own_and_earlier_exports_none() {
        let tenant = TenantId::new("acme").unwrap();
        let [ana, merged] = ["ana", "merged"].map(|name| ContactId::derive(&tenant, &[name]));
        let name = |contact| name_in_archive(&tenant, &Prefix::contact(&tenant, contact).key("photo.jpg"));
        assert_eq!(name(ana), Some(format!("objects/contacts/{ana}/photo.jpg")));
        assert_ne!(name(ana), name(merged));
        assert_eq!(name_in_archive(&tenant, &Prefix::exports(&tenant).key("archive.zip")), None);
        assert_eq!(name_in_archive(&tenant, &Prefix::index(&tenant, "1").key("segments")), None);
        assert_eq!(name_in_archive(&tenant, "other/logo.png"), None);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        for (name, expected) in [("a/b.jpg", "a/b.jpg"), ("../../etc/passwd", "etc/passwd"), ("/a//./b", "a/b")] {
            assert_eq!(safe(name), expected);
        }
        assert_eq!(safe("..\\up"), "up");
    }

    #[test]
    fn a_streamed_archive_unpacks() {
        let buffer = Buffer::default();
        let mut zip = ZipWriter::new_stream(buffer.clone());
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        let (small, large) = (options, options.large_file(true));
        let mut bytes = Vec::new();
        for (name, options) in [("a.jsonl", small), ("b.jsonl", large)] {
            zip.start_file(name, options).unwrap();
            for _ in 0..1000 {
                zip.write_all(b"{\"name\":\"Ana Vale\"}\n").unwrap();
                bytes.extend(buffer.take());
            }
        }
        zip.finish().unwrap();
        bytes.extend(buffer.take());
        assert!(bytes.len() < 4000, "it is packed: {} bytes", bytes.len());
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
        for name in ["a.jsonl", "b.jsonl"] {
            let text = std::io::read_to_string(archive.by_name(name).unwrap()).unwrap();
            assert_eq!(text.lines().count(), 1000);
        }
    }
}
