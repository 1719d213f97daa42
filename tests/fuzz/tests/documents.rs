//! Files that businesses send: whatever their bytes are, reading them ends in time, and what is read says something.
#![expect(clippy::unwrap_used, reason = "a fuzz target fails by panicking")]

use documents::{Format, Limits, read};
use std::io::{Cursor, Write};
use std::time::{Duration, Instant};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Runs a target for a moment; `BOLERO_RANDOM_TEST_TIME_MS` says for how long instead.
macro_rules! target {
    ($name:ident, $check:expr) => {
        #[test]
        fn $name() {
            let samples = fuzz::samples(stringify!($name)).unwrap();
            let check = $check;
            // What the samples say is read; with changes anything may come of it.
            assert!(!samples.is_empty() && samples.iter().all(|sample| check(sample)));
            bolero::check!(name = stringify!($name)).with_test_time(Duration::from_millis(300)).for_each(
                |input: &[u8]| {
                    check(input);
                    check(&fuzz::changed(&samples, input));
                },
            );
        }
    };
}

/// How long reading may go on.
const TIME: Duration = Duration::from_secs(2);

/// Reads a file, and says whether there was something to read.
fn reads(format: Format, bytes: &[u8]) -> bool {
    let began = Instant::now();
    let document = read(format, bytes, &Limits::default(), &|| began.elapsed() > TIME);
    // Twice the time, for a machine that does much at once: what is asserted is that it ends.
    assert!(began.elapsed() < 2 * TIME, "{:?}", began.elapsed());
    let Ok(document) = document else { return false };
    assert!(!document.pages.is_empty() || !document.unread.is_empty());
    assert!(document.pages.iter().all(|page| page.number.is_some() == (format == Format::Pdf)));
    true
}

/// A file of Office with this part, and what it needs beside it.
fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

target!(documents_pdf, |input: &[u8]| reads(Format::Pdf, input));

target!(documents_word, |input: &[u8]| reads(Format::Docx, &zipped(&[("word/document.xml", input)])));

target!(documents_excel, |input: &[u8]| {
    let relations =
        b"<Relationships><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"sheet.xml\"/></Relationships>";
    let workbook = b"<workbook><sheets><sheet name=\"Prices\" r:id=\"a\"/></sheets></workbook>";
    let parts: [(&str, &[u8]); 3] =
        [("xl/workbook.xml", workbook), ("xl/_rels/workbook.xml.rels", relations), ("xl/sheet.xml", input)];
    reads(Format::Xlsx, &zipped(&parts))
});

target!(documents_html, |input: &[u8]| reads(Format::Html, input));

target!(documents_markdown, |input: &[u8]| reads(Format::Markdown, input));

target!(documents_csv, |input: &[u8]| reads(Format::Csv, input));

target!(documents_text, |input: &[u8]| reads(Format::Text, input));

target!(documents_any, |input: &[u8]| Format::of("", input).is_ok_and(|format| reads(format, input)));
