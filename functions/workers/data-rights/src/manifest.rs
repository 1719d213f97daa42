//! What an archive says about itself.

use aws_lc_rs::digest::{Context, SHA256};
use domain::rights::{DataJob, DataWork};
use domain::{ContactId, TenantId};
use jiff::Timestamp;
use serde::Serialize;
use std::fmt::Write as _;

/// The file `manifest.json` of an archive.
#[derive(Debug, Serialize)]
pub(crate) struct Manifest {
    /// The tenant.
    tenant: TenantId,
    /// About whom; none: everything.
    contact: Option<ContactId>,
    /// When it was asked for (UTC).
    asked_at: Timestamp,
    /// When the archive was made (UTC): what changed between the two may be in it or not.
    made_at: Timestamp,
    /// What is in it.
    pub(crate) files: Vec<File>,
    /// Objects that are too large for it.
    pub(crate) left_out: Vec<LeftOut>,
}

/// One file of an archive.
#[derive(Debug, Serialize)]
pub(crate) struct File {
    /// Its name.
    name: String,
    /// Its lines, of entries of the table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) entries: Option<u64>,
    /// Its size, unpacked.
    bytes: u64,
    /// SHA-256, in hex.
    sha256: String,
}

/// An object that is not in an archive.
#[derive(Debug, Serialize)]
pub(crate) struct LeftOut {
    /// Its name.
    pub(crate) name: String,
    /// Its size.
    pub(crate) bytes: u64,
}

impl Manifest {
    pub(crate) fn new(job: &DataJob, made_at: Timestamp) -> Self {
        let contact = match job.work {
            DataWork::Export { contact } => contact,
            _ => None,
        };
        let (files, left_out) = (Vec::new(), Vec::new());
        Self { tenant: job.tenant.clone(), contact, asked_at: job.asked_at, made_at, files, left_out }
    }
}

/// What is counted of a file while it is written.
pub(crate) struct ItemCounts {
    name: String,
    digest: Context,
    bytes: u64,
    lines: u64,
}

impl ItemCounts {
    pub(crate) fn new(name: String) -> Self {
        Self { name, digest: Context::new(&SHA256), bytes: 0, lines: 0 }
    }

    pub(crate) fn add(&mut self, content: &[u8]) {
        self.digest.update(content);
        self.bytes += content.len() as u64;
        self.lines += content.iter().filter(|byte| **byte == b'\n').count() as u64;
    }

    /// `has_entries`: its lines are entries.
    pub(crate) fn finish(self, has_entries: bool) -> File {
        let sha256 = self.digest.finish().as_ref().iter().fold(String::new(), |mut hex, byte| {
            // Writing to a String cannot fail.
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        File { name: self.name, entries: has_entries.then_some(self.lines), bytes: self.bytes, sha256 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_counted_however_it_comes_in_pieces() {
        let mut whole = ItemCounts::new("a".into());
        whole.add(b"abc\nd\n");
        let mut pieces = ItemCounts::new("a".into());
        for piece in [&b"ab"[..], b"c\n", b"", b"d\n"] {
            pieces.add(piece);
        }
        let (whole, pieces) = (whole.finish(true), pieces.finish(true));
        assert_eq!((whole.entries, whole.bytes), (Some(2), 6));
        assert_eq!((&whole.sha256, pieces.entries), (&pieces.sha256, Some(2)));
    }

    #[test]
    fn its_digest_is_sha_256() {
        let mut file = ItemCounts::new("a".into());
        file.add(b"abc");
        // FIPS 180-2, appendix B.1.
        assert_eq!(file.finish(false).sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
