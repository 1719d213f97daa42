//! What a file is.

use crate::Unreadable;
use crate::office::Package;

/// What a file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Word, since 2007.
    Docx,
    /// Excel, since 2007.
    Xlsx,
    /// Values separated by commas, semicolons or tabs.
    Csv,
    /// A page of the web.
    Html,
    /// Markdown.
    Markdown,
    /// Plain text.
    Text,
}

/// The first bytes of a file of Office before 2007, and of one of today's that is encrypted.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

impl Format {
    /// What a file is, by its first bytes and, where these do not tell, by its name.
    ///
    /// # Errors
    /// [`Unreadable::UnknownFormat`]; for a file of Office that is old or encrypted, what to do about it.
    pub fn of(name: &str, bytes: &[u8]) -> Result<Self, Unreadable> {
        // Some programs write a line or two before a PDF begins. Readers look for it in the first 1,024 bytes.
        let head = bytes.get(..bytes.len().min(1024)).unwrap_or_default();
        if bytes.starts_with(b"%PDF-") || (finds(head, b"%PDF-") && !bytes.starts_with(b"PK")) {
            return Ok(Self::Pdf);
        }
        if bytes.starts_with(b"PK\x03\x04") {
            return Package::format(bytes);
        }
        if bytes.starts_with(OLE) {
            return Err(Self::of_ole(bytes));
        }
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let is_text = !head.contains(&0) || bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF");
        match ending.as_str() {
            // Their first bytes are not theirs.
            "pdf" | "docx" | "xlsx" | "docm" | "xlsm" => Err(Unreadable::Damaged),
            _ if !is_text || bytes.starts_with(b"{\\rtf") => Err(Unreadable::UnknownFormat),
            "csv" | "tsv" => Ok(Self::Csv),
            "html" | "htm" | "xhtml" => Ok(Self::Html),
            "md" | "markdown" => Ok(Self::Markdown),
            "txt" | "text" | "" => Ok(if is_html(head) { Self::Html } else { Self::Text }),
            _ if is_html(head) => Ok(Self::Html),
            _ => Err(Unreadable::UnknownFormat),
        }
    }

    /// The names of its streams stand in a container in UTF-16.
    fn of_ole(bytes: &[u8]) -> Unreadable {
        let has = |name: &str| {
            let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            finds(bytes, &wide)
        };
        if has("EncryptedPackage") {
            Unreadable::Password
        } else if has("WordDocument") {
            Unreadable::OldWord
        } else if has("Workbook") || has("Book") {
            Unreadable::OldExcel
        } else {
            Unreadable::UnknownFormat
        }
    }
}

fn is_html(head: &[u8]) -> bool {
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html")
        || head.starts_with("<html")
        || head.contains("<html") && head.starts_with("<?xml")
}

pub(crate) fn finds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}
