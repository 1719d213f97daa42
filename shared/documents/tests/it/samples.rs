//! Small files, made as the tests need them.
use documents::{Format, Limits, Unreadable, read};
use knowledge::{Block, Document};
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Reads a file as the product does, with all the time that it wants.
pub(crate) fn of(name: &str, bytes: &[u8]) -> Result<Document, Unreadable> {
    read(Format::of(name, bytes)?, bytes, &Limits::default(), &|| false)
}

/// The blocks of all pages.
pub(crate) fn blocks(name: &str, bytes: &[u8]) -> Vec<Block> {
    of(name, bytes).unwrap().pages.into_iter().flat_map(|page| page.blocks).collect()
}

pub(crate) fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, text: text.into() }
}

pub(crate) fn text(text: &str) -> Block {
    Block::Text(text.into())
}

pub(crate) fn faq(question: &str, answer: &str) -> Block {
    Block::Faq { question: question.into(), answer: answer.into() }
}

pub(crate) fn row<const H: usize, const C: usize>(header: [&str; H], cells: [&str; C]) -> Block {
    Block::Row { header: header.map(String::from).to_vec(), cells: cells.map(String::from).to_vec() }
}

/// A zip with these entries.
pub(crate) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file: the body, and other parts.
pub(crate) fn docx(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut relations = String::from("<Relationships>");
    for (name, _) in parts {
        let kind = name.trim_end_matches(".xml");
        write!(relations, "<Relationship Id=\"{kind}\" Type=\"http://x/{kind}\" Target=\"{name}\"/>").unwrap();
    }
    relations.push_str("</Relationships>");
    let named: Vec<(String, &str)> = parts.iter().map(|(name, text)| (format!("word/{name}"), *text)).collect();
    let mut entries: Vec<(&str, &[u8])> =
        vec![("word/document.xml", document.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes())];
    entries.extend(named.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    zipped(&entries)
}

/// A paragraph of Word.
pub(crate) fn p(style: &str, text: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
}

/// An Excel file with one sheet.
pub(crate) fn xlsx(rows: &str, styles: &str, strings: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let workbook =
        "<workbook xmlns:r=\"r\"><sheets><sheet name=\"Prices\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>";
    let relations = "<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                     <Relationship Id=\"b\" Type=\"x/styles\" Target=\"styles.xml\"/>\
                     <Relationship Id=\"c\" Type=\"x/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>";
    zipped(&[
        ("xl/workbook.xml", workbook.as_bytes()),
        ("xl/_rels/workbook.xml.rels", relations.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
    ])
}

/// A PDF with these objects, the first of which is the catalogue and the second the tree of pages, and a right table of where they are.
pub(crate) fn pdf_of(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for (at, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{} 0 obj\n", at + 1).bytes());
        file.extend(object);
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    file.extend(table.bytes());
    let size = objects.len() + 1;
    file.extend(format!("trailer\n<</Size {size}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n").bytes());
    file
}

/// An object with a stream.
pub(crate) fn stream(dict: &str, data: &[u8]) -> Vec<u8> {
    let mut object = format!("<<{dict}/Length {}>>\nstream\n", data.len()).into_bytes();
    object.extend(data);
    object.extend(b"\nendstream");
    object
}

/// A page: what is drawn on it, and other entries of it.
#[derive(Clone)]
pub(crate) struct Sheet {
    pub(crate) content: String,
    pub(crate) entries: &'static str,
}

/// Words at places, from the lower left corner of a page of 600 by 800 points, in Helvetica.
pub(crate) fn sheet(words: &[(f64, f64, f64, &str)]) -> Sheet {
    let mut content = String::new();
    for (x, y, size, words) in words {
        let font = if *words == words.to_uppercase() && words.contains(char::is_alphabetic) { "B" } else { "F" };
        writeln!(content, "BT /{font} {size} Tf {x} {y} Td ({words}) Tj ET").unwrap();
    }
    Sheet { content, entries: "" }
}

/// A PDF with these pages. The fonts are `F`, Helvetica, and `B`, its bold; an image is `I`.
pub(crate) fn pdf(sheets: &[Sheet]) -> Vec<u8> {
    let mut objects = vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), Vec::new()];
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_vec());
    objects.push(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>".to_vec());
    objects.push(stream("/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray", b"x"));
    let mut kids = String::new();
    for Sheet { content, entries } in sheets {
        write!(kids, "{} 0 R ", objects.len() + 1).unwrap();
        let resources = "<</Font<</F 3 0 R/B 4 0 R>>/XObject<</I 5 0 R>>>>";
        let page = format!(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources{resources}/Contents {} 0 R{entries}>>",
            objects.len() + 2
        );
        objects.push(page.into_bytes());
        objects.push(stream("", content.as_bytes()));
    }
    objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", sheets.len()).into_bytes();
    pdf_of(&objects)
}
