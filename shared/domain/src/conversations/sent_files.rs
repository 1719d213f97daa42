//! Files that staff send along with a reply: which there may be, by what they are and by the channel that they leave on.
//!
//! What a file is says its first bytes, whatever its name or its sender claims. The limits are the vendors' own, or below them: WhatsApp
//! (developers.facebook.com/docs/whatsapp/cloud-api/reference/media), Twilio (twilio.com/docs/messaging/guides/accepted-mime-types),
//! SES (docs.aws.amazon.com/ses/latest/dg/quotas.html).

use super::{FilePlace, ReceivedFile};
use crate::Failure;
use crate::messaging::Channel;

/// The largest file that staff send, in bytes.
pub const MAX_SENT_BYTES: u64 = 16 * 1024 * 1024;
/// So many bytes tell what a file is.
pub const SIGNATURE_BYTES: usize = 16;
/// The longest name of a file, in characters.
const MAX_NAME: usize = 120;
/// The longest text beside a file on WhatsApp, in characters.
const MAX_CAPTION: usize = 1_024;
const MEGABYTE: u64 = 1024 * 1024;

/// The longest first box of a film, in bytes: it lists a few brands.
const MAX_FIRST_BOX: u32 = 1_024;

/// What every channel takes, with how such a file's name ends and how it begins.
const KINDS: [(&str, &str, usize, &[u8]); 4] = [
    ("image/jpeg", ".jpg", 0, &[0xff, 0xd8, 0xff]),
    ("image/png", ".png", 0, b"\x89PNG\r\n\x1a\n"),
    ("application/pdf", ".pdf", 0, b"%PDF-"),
    (FILM, ".mp4", 4, b"ftyp"),
];
const FILM: &str = "video/mp4";

/// What a file is, by how it begins.
///
/// # Errors
/// [`Failure::Rejected`] naming `file` where it is nothing that can be sent.
pub fn kind_of(begin: &[u8]) -> Result<&'static str, Failure> {
    let found = KINDS.iter().find(|(_, _, at, sign)| begin.get(*at..).is_some_and(|rest| rest.starts_with(sign)));
    let found = found.map(|(kind, ..)| *kind).filter(|kind| *kind != FILM || has_first_box(begin));
    found.ok_or_else(|| Failure::invalid("file", "file must be a JPEG or PNG picture, a PDF or an MP4 film"))
}

/// Whether a file begins with the length of a box that holds brands alone, not with text that a browser could take for a page.
fn has_first_box(begin: &[u8]) -> bool {
    let length = begin.first_chunk().map(|bytes| u32::from_be_bytes(*bytes));
    length.is_some_and(|length| (16..=MAX_FIRST_BOX).contains(&length) && length % 4 == 0)
}

/// Whether a file of so many bytes may be uploaded at all.
///
/// # Errors
/// [`Failure::Rejected`] naming `bytes`.
pub fn check_size(bytes: u64) -> Result<(), Failure> {
    let wrong = || Failure::invalid("bytes", format!("bytes must be 1 to {MAX_SENT_BYTES}"));
    (1..=MAX_SENT_BYTES).contains(&bytes).then_some(()).ok_or_else(wrong)
}

/// A file's name as it is shown: one line, without what could lead elsewhere, ending as files of its kind do.
///
/// # Errors
/// [`Failure::Rejected`] naming `file.name`, where nothing is left of it or it is too long.
pub fn named(name: &str, kind: &str) -> Result<String, Failure> {
    let plain: String =
        name.chars().map(|c| if c.is_control() || NOT_IN_NAMES.contains(c) { ' ' } else { c }).collect();
    let name = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_start_matches(['.', ' ']).to_owned();
    let wrong = || Failure::invalid("file.name", format!("file.name must have 1 to {MAX_NAME} characters"));
    let own = KINDS.iter().find(|(known, ..)| *known == kind).map_or("", |(_, ending, ..)| *ending);
    if !(1..=MAX_NAME).contains(&name.chars().count()) {
        return Err(wrong());
    }
    Ok(format!("{}{own}", without_ending(&name)))
}

/// What no name has: parts of paths, and marks that turn the direction of writing, so that an ending looks like another one.
const NOT_IN_NAMES: &str =
    "/\\\"<>:|?*\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

/// A name without what looks like the ending of a kind of file.
fn without_ending(name: &str) -> &str {
    let name = name.trim_end_matches('.');
    let is_ending = |end: &str| (1..=5).contains(&end.len()) && end.chars().all(|c| c.is_ascii_alphanumeric());
    match name.rsplit_once('.') {
        Some((stem, end)) if !stem.is_empty() && is_ending(end) => stem.trim_end_matches(['.', ' ']),
        _ => name,
    }
}

/// Whether `channel` takes a file of this kind and size, with this text beside it.
///
/// # Errors
/// [`Failure::Rejected`] naming `file` or `text`, with what would fit.
pub fn check_channel(channel: Channel, kind: &str, bytes: u64, text: &str) -> Result<(), Failure> {
    let is_picture = kind.starts_with("image/");
    let (most, what) = match channel {
        Channel::Whatsapp | Channel::Sms if is_picture => (5 * MEGABYTE, "a picture"),
        Channel::Sms => (500 * 1024, "a film or PDF"),
        Channel::Email => (7 * MEGABYTE, "a file"),
        Channel::Whatsapp | Channel::Chat => (MAX_SENT_BYTES, "a file"),
    };
    if bytes > most {
        let message = format!("by {channel}, {what} may have at most {} KB", most / 1024);
        return Err(Failure::invalid("file", message));
    }
    if channel == Channel::Whatsapp && text.chars().count() > MAX_CAPTION {
        let message = format!("beside a file, WhatsApp takes at most {MAX_CAPTION} characters of text");
        return Err(Failure::invalid("text", message));
    }
    Ok(())
}

impl ReceivedFile {
    /// One that staff send.
    #[must_use]
    pub fn sent(place: &FilePlace, name: String, content_type: &str, bytes: u64) -> Self {
        Self { name: Some(name), ..Self::kept(place, content_type, bytes) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field<T: std::fmt::Debug>(result: Result<T, Failure>) -> String {
        match result {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_what_it_begins_like_and_what_could_run_is_nothing() {
        for (begin, kind) in [
            (&b"\xff\xd8\xff\xe0\x00\x10JFIF"[..], "image/jpeg"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "image/png"),
            (b"%PDF-1.7\n", "application/pdf"),
            (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        ] {
            assert_eq!(kind_of(begin), Ok(kind));
        }
        for wrong in [
            &b""[..],
            b"\xff\xd8",
            b"<html>",
            b"MZ\x90\x00",
            b"PK\x03\x04",
            b"<svg xmlns=",
            b" %PDF-1.7",
            b"<!--ftyp--><script>",
            b"\x00\x00\x00\x00ftypisom",
            b"\x01\x00\x00\x20ftypisom",
        ] {
            assert_eq!(field(kind_of(wrong)), "file", "{wrong:?}");
        }
    }

    #[test]
    fn a_name_is_one_line_that_leads_nowhere() {
        let pdf = |name: &str| named(name, "application/pdf").unwrap();
        assert_eq!(pdf(" roof\r\n plan.pdf "), "roof plan.pdf");
        assert_eq!(pdf("../../etc/passwd"), "etc passwd.pdf");
        assert_eq!(pdf("año «2026».pdf"), "año «2026».pdf");
        for wrong in ["", " \n", "...", &"x".repeat(121)] {
            assert_eq!(field(named(wrong, "image/png")), "file.name", "{wrong:?}");
        }
    }

    #[test]
    fn a_name_ends_as_files_of_its_kind_do() {
        for (name, kind, shown) in [
            ("invoice.exe", "application/pdf", "invoice.pdf"),
            ("photo.JPEG", "image/jpeg", "photo.jpg"),
            ("photo", "image/png", "photo.png"),
            ("plan v1.2 of the roof", "application/pdf", "plan v1.2 of the roof.pdf"),
            ("page.html.", "video/mp4", "page.mp4"),
            ("photo\u{202e}gpj.exe", "image/jpeg", "photo gpj.jpg"),
        ] {
            assert_eq!(named(name, kind).unwrap(), shown);
        }
    }

    #[test]
    fn every_channel_has_its_own_limits() {
        for (channel, kind, most) in [
            (Channel::Whatsapp, "image/png", 5 * MEGABYTE),
            (Channel::Whatsapp, "video/mp4", MAX_SENT_BYTES),
            (Channel::Sms, "image/jpeg", 5 * MEGABYTE),
            (Channel::Sms, "application/pdf", 500 * 1024),
            (Channel::Email, "application/pdf", 7 * MEGABYTE),
            (Channel::Chat, "image/png", MAX_SENT_BYTES),
        ] {
            assert_eq!(check_channel(channel, kind, most, ""), Ok(()), "{channel} {kind}");
            assert_eq!(field(check_channel(channel, kind, most + 1, "")), "file", "{channel} {kind}");
        }
        let long = "x".repeat(MAX_CAPTION + 1);
        assert_eq!(field(check_channel(Channel::Whatsapp, "image/png", 1, &long)), "text");
        assert_eq!(check_channel(Channel::Email, "image/png", 1, &long), Ok(()));
        assert!(check_size(0).is_err() && check_size(1).is_ok() && check_size(MAX_SENT_BYTES + 1).is_err());
    }
}
