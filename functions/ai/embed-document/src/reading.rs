//! From the content of a document to what the index has of it.

use documents::{Format, Limits, Unreadable};
use domain::knowledge::{
    DocumentFailure, DocumentFormat, FailureCode, Faq, KnowledgeDocument, MAX_DOCUMENT_BYTES, Reading, UnreadPage,
    UnreadReason,
};
use knowledge::{Block, Document, Page, Segment, Source, Unread};
use std::collections::BTreeMap;

use crate::content::Content;

/// What reading came to.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was read.
    Read {
        /// What it is.
        format: DocumentFormat,
        /// What the index has of it.
        segment: Box<Segment>,
        /// What its record says of it.
        reading: Reading,
    },
    /// It could not be, and these are the pages that were to blame.
    Failed(DocumentFailure, Vec<UnreadPage>),
}

impl Outcome {
    /// That it failed as a whole.
    pub(crate) fn failed(code: FailureCode, message: &str) -> Self {
        Self::Failed(DocumentFailure { code, message: message.to_owned() }, Vec::new())
    }
}

/// Reads a content. `is_over` says when its time has run out.
pub(crate) fn read(
    record: &KnowledgeDocument,
    content: &Content,
    earlier: Option<&Segment>,
    is_over: &dyn Fn() -> bool,
) -> Outcome {
    let (format, document) = match content {
        Content::Faq(faq) => (DocumentFormat::Faq, questions(faq)),
        Content::File(bytes) => match file(&record.name, bytes, is_over) {
            Ok(read) => read,
            Err(failure) => return Outcome::Failed(failure, Vec::new()),
        },
    };
    let unread_pages: Vec<UnreadPage> = document.unread.iter().map(|page| unread(page.number, page.reason)).collect();
    let segment = Segment::new(source(record), &document, earlier);
    if segment.chunks().is_empty() {
        let (code, message) = if unread_pages.iter().any(|page| page.reason == UnreadReason::Image) {
            (FailureCode::OnlyImages, "The pages are pictures of text: send the file that they were printed from.")
        } else {
            (FailureCode::Empty, "There is no text in this document.")
        };
        return Outcome::Failed(DocumentFailure { code, message: message.to_owned() }, unread_pages);
    }
    let numbers = document.pages.iter().filter_map(|page| page.number);
    let reading = Reading {
        pages: numbers.chain(unread_pages.iter().map(|page| page.page)).max(),
        chunks: u32::try_from(segment.chunks().len()).unwrap_or(u32::MAX),
        languages: languages(&segment),
        unread_pages,
    };
    Outcome::Read { format, segment: Box::new(segment), reading }
}

fn source(record: &KnowledgeDocument) -> Source {
    Source {
        id: record.id.to_string(),
        name: record.name.clone(),
        location: record.location.as_ref().map(ToString::to_string),
        category: record.category.clone(),
    }
}

fn file(name: &str, bytes: &[u8], is_over: &dyn Fn() -> bool) -> Result<(DocumentFormat, Document), DocumentFailure> {
    let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let failure = |code, message: String| DocumentFailure { code, message };
    if size > MAX_DOCUMENT_BYTES {
        let message = format!("The file has more than {MAX_DOCUMENT_BYTES} bytes: send it in parts.");
        return Err(failure(FailureCode::TooLarge, message));
    }
    if bytes.is_empty() {
        return Err(failure(FailureCode::Empty, "The file is empty.".to_owned()));
    }
    let unreadable = |why: Unreadable| failure(code_of(why), why.to_string());
    let format = Format::of(name, bytes).map_err(unreadable)?;
    let document = documents::read(format, bytes, &Limits::default(), is_over).map_err(unreadable)?;
    Ok((format_of(format), document))
}

fn format_of(format: Format) -> DocumentFormat {
    match format {
        Format::Pdf => DocumentFormat::Pdf,
        Format::Docx => DocumentFormat::Docx,
        Format::Xlsx => DocumentFormat::Xlsx,
        Format::Csv => DocumentFormat::Csv,
        Format::Html => DocumentFormat::Html,
        Format::Markdown => DocumentFormat::Markdown,
        Format::Text => DocumentFormat::Text,
    }
}

fn code_of(why: Unreadable) -> FailureCode {
    match why {
        Unreadable::UnknownFormat | Unreadable::OldWord | Unreadable::OldExcel => FailureCode::UnknownFormat,
        Unreadable::Password | Unreadable::Encrypted => FailureCode::Protected,
        Unreadable::Damaged => FailureCode::Damaged,
        Unreadable::TooLarge { .. }
        | Unreadable::TooManyPages { .. }
        | Unreadable::TooDeep
        | Unreadable::UnpacksToTooMuch => FailureCode::TooLarge,
        Unreadable::TooSlow => FailureCode::TookTooLong,
        Unreadable::Empty => FailureCode::Empty,
    }
}

/// Pairs as a document without pages.
fn questions(faq: &Faq) -> Document {
    let pairs = faq.pairs.iter();
    let blocks = pairs.map(|pair| Block::Faq { question: pair.question.clone(), answer: pair.answer.clone() });
    Document { title: None, pages: vec![Page { number: None, blocks: blocks.collect() }], unread: Vec::new() }
}

fn unread(page: u32, reason: Unread) -> UnreadPage {
    let reason = match reason {
        Unread::Image => UnreadReason::Image,
        Unread::Broken => UnreadReason::Broken,
    };
    UnreadPage { page, reason }
}

/// The languages of a document's chunks, the most frequent first.
fn languages(segment: &Segment) -> Vec<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for chunk in segment.chunks().iter().filter(|chunk| !chunk.language.is_empty()) {
        *counts.entry(&chunk.language).or_default() += 1;
    }
    let mut languages: Vec<(&str, usize)> = counts.into_iter().collect();
    languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    languages.into_iter().map(|(language, _)| language.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::TenantId;
    use domain::ids::DocumentId;
    use domain::knowledge::{Description, FaqPair};
    use jiff::Timestamp;

    fn record(name: &str) -> KnowledgeDocument {
        let id = DocumentId::derive(&TenantId::new("acme").unwrap(), &["d"]);
        let description = Description { name: name.to_owned(), location: None, category: Some("prices".to_owned()) };
        KnowledgeDocument::of_file(id, description, 9, Timestamp::UNIX_EPOCH).unwrap()
    }

    fn failure(bytes: Vec<u8>) -> FailureCode {
        match read(&record("a.txt"), &Content::File(bytes), None, &|| false) {
            Outcome::Failed(failure, _) => failure.code,
            read @ Outcome::Read { .. } => panic!("{read:?}"),
        }
    }

    #[test]
    fn a_file_becomes_what_the_index_has_of_it() {
        let text = b"Roof repair costs 450 dollars.\n\nWe are closed on Sundays.".to_vec();
        let Outcome::Read { format, segment, reading } = read(&record("a.txt"), &Content::File(text), None, &|| false)
        else {
            panic!("it can be read")
        };
        assert_eq!((format, reading.pages), (DocumentFormat::Text, None));
        assert_eq!(usize::try_from(reading.chunks).unwrap(), segment.chunks().len());
        assert_eq!((segment.source().name.as_str(), segment.source().category.as_deref()), ("a.txt", Some("prices")));
        let all: Vec<&str> = segment.chunks().iter().map(|chunk| chunk.text.as_str()).collect();
        assert!(all.join("\n").contains("450 dollars"), "{all:?}");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(failure(Vec::new()), FailureCode::Empty);
        assert_eq!(failure(b" \n\n ".to_vec()), FailureCode::Empty);
        let most = usize::try_from(MAX_DOCUMENT_BYTES).unwrap();
        assert_eq!(failure(vec![b'a'; most + 1]), FailureCode::TooLarge);
        assert_eq!(failure(vec![0x00, 0x01, 0x80, 0x81, 0x00]), FailureCode::UnknownFormat);
        assert_eq!(failure(b"%PDF-1.7 and nothing of one".to_vec()), FailureCode::Damaged);
        let late = read(&record("a.txt"), &Content::File(b"Roofs.".to_vec()), None, &|| true);
        assert!(matches!(late, Outcome::Failed(failure, _) if failure.code == FailureCode::TookTooLong));
    }

    /// A PDF of one page with this drawn on it, where `I` is a picture.
    fn pdf(content: &str) -> Vec<u8> {
        let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</I 4 0 R>>>>/Contents 5 0 R>>";
        let picture =
            "<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Length 1>>";
        let drawn = format!("<</Length {}>>\nstream\n{content}\nendstream", content.len());
        let objects = [
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            page.to_owned(),
            format!("{picture}\nstream\nx\nendstream"),
            drawn,
        ];
        let objects = objects.iter().zip(1..).map(|(object, number)| format!("{number} 0 obj\n{object}\nendobj\n"));
        format!("%PDF-1.7\n{}trailer\n<</Size 6/Root 1 0 R>>\n%%EOF\n", objects.collect::<String>()).into_bytes()
    }

    #[test]
    fn a_document_of_pictures_is_told_apart_from_an_empty_one() {
        let pictures = pdf("500 0 0 700 50 50 cm /I Do");
        let Outcome::Failed(failed, pages) = read(&record("scan.pdf"), &Content::File(pictures), None, &|| false)
        else {
            panic!("there is nothing to read")
        };
        assert_eq!(failed.code, FailureCode::OnlyImages);
        assert_eq!(pages, [UnreadPage { page: 1, reason: UnreadReason::Image }]);
        assert_eq!(failure(pdf("")), FailureCode::Empty);
    }

    #[test]
    fn pairs_are_chunks_of_their_own() {
        let pair = |n: u8| FaqPair { question: format!("Do you repair roof {n}?"), answer: format!("Yes, roof {n}.") };
        let faq = Faq::new(record("a").id, vec![pair(1), pair(2)]).unwrap();
        let Outcome::Read { format, reading, segment } = read(&record("a"), &Content::Faq(faq), None, &|| false) else {
            panic!("they can be read")
        };
        assert_eq!((format, reading.chunks), (DocumentFormat::Faq, 2));
        assert!(segment.chunks().iter().all(|chunk| chunk.kind == knowledge::ChunkKind::Faq));
    }
}
