//! Files that are too much: none is read past its limits, and whoever sent it learns why.

use crate::samples::{docx, of, p, pdf, pdf_of, sheet, stream, xlsx, zipped};
use documents::{Format, Limits, Unreadable, read};
use knowledge::Document;
use std::io::Write as _;
use std::time::{Duration, Instant};

/// Reads a file that may unpack to four megabytes: bombs are then small enough to be made.
fn limited(name: &str, bytes: &[u8]) -> Result<Document, Unreadable> {
    let limits = Limits { unpacked: 4_000_000, ..Limits::default() };
    read(Format::of(name, bytes)?, bytes, &limits, &|| false)
}

/// What deflates best: this many zeros.
fn deflated(bytes: usize) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    let piece = vec![0; 1 << 20];
    for _ in 0..bytes >> 20 {
        encoder.write_all(&piece).unwrap();
    }
    encoder.finish().unwrap()
}

#[test]
fn a_file_is_as_large_as_the_limit_or_refused_with_its_size() {
    let limits = Limits { text_bytes: 1_000_000, ..Limits::default() };
    let refused = read(Format::Text, &vec![b'a'; 1_500_000], &limits, &|| false).unwrap_err();
    assert_eq!(refused, Unreadable::TooLarge { megabytes: 2, limit: 1 });
    assert_eq!(
        refused.to_string(),
        "This file is too large: 2 MB, and at most 1 MB are read. Split it into smaller files."
    );
    assert!(read(Format::Text, &vec![b'a'; 1_000_000], &limits, &|| false).is_ok());
}

#[test]
fn a_pdf_of_2000_pages_is_refused_before_a_page_is_read() {
    let pages = vec![sheet(&[(50.0, 700.0, 11.0, "A page")]); 2_000];
    let file = pdf(&pages);
    let asked = std::cell::Cell::new(0);
    let is_over = || {
        asked.set(asked.get() + 1);
        false
    };
    assert_eq!(
        read(Format::Pdf, &file, &Limits::default(), &is_over),
        Err(Unreadable::TooManyPages { pages: 2_000, limit: 500 })
    );
    assert!(of("a.pdf", &pdf(&pages[..500])).is_ok_and(|document| document.pages.len() == 500));
}

#[test]
fn time_is_asked_for_while_each_format_is_read() {
    let many = "word ".repeat(20_000);
    let table = "<tr><td>1<td>2</tr>".repeat(20_000);
    let rows = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(20_000);
    let lines = vec![(50.0, 700.0, 11.0, "Words"); 3_000];
    let files = [
        (Format::Pdf, pdf(&[sheet(&lines)])),
        (Format::Docx, docx(&p("", "x").repeat(5_000), &[])),
        (Format::Xlsx, xlsx(&rows, "<x/>", "<x/>")),
        (Format::Csv, "a,b\n".repeat(20_000).into_bytes()),
        (Format::Html, format!("<table>{table}</table>").into_bytes()),
        (Format::Markdown, format!("# {many}\n\n{}", "- x\n".repeat(20_000)).into_bytes()),
        (Format::Text, "line\n\n".repeat(20_000).into_bytes()),
    ];
    for (format, file) in files {
        let asked = std::cell::Cell::new(0_u32);
        let counted = || {
            asked.set(asked.get() + 1);
            false
        };
        assert!(read(format, &file, &Limits::default(), &counted).is_ok(), "{format:?}");
        assert!(asked.get() > 20, "{format:?}: {}", asked.get());
        // It ends with the question after which there is no time left.
        let asked = std::cell::Cell::new(0_u32);
        let ends = || {
            asked.set(asked.get() + 1);
            asked.get() > 10
        };
        assert_eq!(read(format, &file, &Limits::default(), &ends), Err(Unreadable::TooSlow), "{format:?}");
        assert_eq!(asked.get(), 11, "{format:?}");
    }
}

#[test]
fn a_zip_that_unpacks_to_far_more_is_not_unpacked() {
    let bomb = vec![b' '; 6_000_000];
    let word = zipped(&[("word/document.xml", &bomb)]);
    assert!(word.len() < 20_000);
    assert_eq!(limited("a.docx", &word), Err(Unreadable::UnpacksToTooMuch));
    let excel = zipped(&[("xl/workbook.xml", b"<x/>"), ("xl/sharedStrings.xml", &bomb), ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"a\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>")]);
    assert_eq!(limited("a.xlsx", &excel), Err(Unreadable::UnpacksToTooMuch));
}

#[test]
fn cells_that_say_much_in_few_bytes_count_for_what_they_become() {
    // One long string, a hundred thousand times; and rows whose one cell is far to the right.
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(10_000));
    let rows = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    assert_eq!(limited("a.xlsx", &xlsx(&rows, "<x/>", &strings)), Err(Unreadable::UnpacksToTooMuch));
    let rows = "<row><c r=\"GR1\"><v>0</v></c></row>".repeat(1_000);
    assert_eq!(limited("a.xlsx", &xlsx(&rows, "<x/>", "<x/>")), Err(Unreadable::UnpacksToTooMuch));
    let cells = "<td colspan=100>".repeat(2_000);
    assert_eq!(limited("a.html", format!("<html><table><tr>{cells}").as_bytes()), Err(Unreadable::UnpacksToTooMuch));
    let head = format!("{}1\n", "long,".repeat(150));
    assert_eq!(
        limited("a.csv", format!("{}x\n{}", "head,".repeat(150), head.repeat(500)).as_bytes()),
        Err(Unreadable::UnpacksToTooMuch)
    );
}

#[test]
fn a_stream_of_a_pdf_that_unpacks_to_far_more_is_not_unpacked() {
    let bomb = deflated(6 << 20);
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>";
    let file = |content: Vec<u8>, font: &str| {
        pdf_of(&[
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            page.into(),
            content,
            font.into(),
            stream("/Filter/FlateDecode", &bomb),
        ])
    };
    // The contents of a page, the map of a font, and a stream with objects, which is unpacked when a file is opened.
    let words = stream("", b"BT /F 12 Tf 50 700 Td (Words) Tj ET");
    let bombs = [
        file(stream("/Filter/FlateDecode", &bomb), "<<>>"),
        file(stream("/Filter[/FlateDecode/FlateDecode]", &deflated(2 << 20)), "<<>>"),
        file(words.clone(), "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"),
        file(stream("/Type/ObjStm/N 1/First 5/Filter/FlateDecode/Subtype/Image", &bomb), "<<>>"),
    ];
    for (at, bomb) in bombs.iter().enumerate() {
        assert_eq!(limited("a.pdf", bomb), Err(Unreadable::UnpacksToTooMuch), "{at}");
    }
    // An image is never unpacked.
    let picture = file(words, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>");
    let mut picture = picture.clone();
    let at = picture.windows(13).position(|window| window == b"/FlateDecode/").unwrap();
    picture.splice(at..at + 13, b"/FlateDecode/Subtype/Image/".iter().copied());
    assert!(limited("a.pdf", &picture).is_ok());
}

/// A page with drawings of which each draws the next ten times.
fn drawings(count: usize) -> Vec<u8> {
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</XObject<</N 5 0 R>>>>/Contents 4 0 R>>";
    let draw = "/N Do ".repeat(10);
    let mut objects =
        vec![b"<</Type/Catalog/Pages 2 0 R>>".to_vec(), b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(), page.into()];
    objects.push(stream("", draw.as_bytes()));
    for next in 6..6 + count {
        let dict = format!("/Type/XObject/Subtype/Form/Resources<</XObject<</N {next} 0 R>>>>");
        objects.push(stream(&dict, draw.as_bytes()));
    }
    pdf_of(&objects)
}

#[test]
fn drawings_inside_of_drawings_end() {
    assert_eq!(of("a.pdf", &drawings(20)), Err(Unreadable::TooDeep));
    let asked = std::cell::Cell::new(0);
    let is_over = || {
        asked.set(asked.get() + 1);
        asked.get() > 100
    };
    let read = read(Format::Pdf, &drawings(12), &Limits::default(), &is_over);
    assert_eq!(read, Err(Unreadable::TooSlow));
}

/// On a thread with the stack of a test, which is smaller than that of a function.
#[test]
fn what_is_nested_deeply_is_refused_or_read_but_never_overflows() {
    let nested = |open: &str, close: &str, times: usize| format!("{}x{}", open.repeat(times), close.repeat(times));
    let box_in_box = nested("<w:p><w:txbxContent>", "</w:txbxContent></w:p>", 5_000);
    assert_eq!(of("a.docx", &docx(&box_in_box, &[])), Err(Unreadable::TooDeep));
    let tables = nested("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>", 5_000);
    assert_eq!(of("a.docx", &docx(&tables, &[])), Err(Unreadable::TooDeep));
    // Ends that belong to nothing do not make it look less deep.
    let crooked = "<w:tbl><w:x></w:y>".repeat(5_000);
    assert!(of("a.docx", &docx(&crooked, &[])).is_err());
    assert_eq!(of("a.html", nested("<html><table><tr><td>", "</table>", 5_000).as_bytes()), Err(Unreadable::TooDeep));
    assert!(of("a.html", nested("<html><div><ul><li><b>", "</div>", 20_000).as_bytes()).is_ok());
    for open in ["> ", "- ", "[", "![", "*a ", "<div>", "(", "`", "|"] {
        let began = Instant::now();
        let _ = of("a.md", open.repeat(20_000).as_bytes());
        assert!(began.elapsed() < Duration::from_secs(20), "{open}: {:?}", began.elapsed());
    }
    for open in ["[", "<</A", "<</A[", "("] {
        let mut page = sheet(&[(50.0, 700.0, 11.0, "Words")]);
        page.content += &open.repeat(10_000);
        assert!(of("a.pdf", &pdf(&[page])).is_ok(), "{open}");
        let catalog = format!("<</Type/Catalog/Pages 2 0 R/X {}>>", open.repeat(10_000)).into_bytes();
        let _ = of("a.pdf", &pdf_of(&[catalog, b"<</Type/Pages/Kids[]/Count 0>>".to_vec()]));
    }
}

#[test]
fn a_pdf_that_is_encrypted_is_refused_and_one_that_is_damaged_too() {
    let encrypted = |how: &str| {
        let mut file = pdf(&[sheet(&[(50.0, 700.0, 11.0, "Words")])]);
        let at = file.windows(7).position(|window| window == b"trailer").unwrap();
        let zeros = "0".repeat(64);
        let encrypt = format!("trailer\n<</Encrypt<<{how}/O<{zeros}>/U<{zeros}>/P -4>>/ID[<00><00>]");
        file.splice(at..at + 10, encrypt.bytes());
        of("a.pdf", &file)
    };
    assert_eq!(encrypted("/Filter/Standard/V 1/R 2"), Err(Unreadable::Password));
    // The safe of another vendor, and a method that no one has written down.
    for unknown in ["/Filter/Entrust.PPKEF/V 1/R 2", "/Filter/Standard/V 3/R 3"] {
        assert_eq!(encrypted(unknown), Err(Unreadable::Encrypted), "{unknown}");
    }
    assert_eq!(of("a.pdf", b"%PDF-1.7\nnothing else"), Err(Unreadable::Damaged));
    assert_eq!(of("a.docx", &docx("", &[])[..200]), Err(Unreadable::Damaged));
    assert_eq!(of("a.docx", &docx("<w:p/>", &[])), Err(Unreadable::Empty));
}

#[test]
fn what_would_keep_the_library_busy_without_end_is_refused_at_once() {
    // Objects that begin everywhere and end nowhere, in a file without a table of them.
    for piece in ["1 0 obj <<", "1 0 obj(", "1 0 obj[", "<</A ( ", "1 0 obj<</A<00 ", "<< "] {
        let file = format!("%PDF-1.7\n{}", piece.repeat(2_000_000 / piece.len()));
        let began = Instant::now();
        assert_eq!(of("a.pdf", file.as_bytes()), Err(Unreadable::Damaged), "{piece}");
        assert!(began.elapsed() < Duration::from_secs(10), "{piece}: {:?}", began.elapsed());
    }
    // A table of four thousand million objects, in entries of no bytes.
    let table = "1 0 obj<</Type/XRef/Size 4294967295/W[0 0 0]/Length 0/Root 2 0 R>>stream\n\nendstream endobj\nstartxref\n9\n%%EOF";
    assert_eq!(of("a.pdf", format!("%PDF-1.7\n{table}").as_bytes()), Err(Unreadable::Damaged));
    // Fonts with as many widths.
    let page = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>";
    let below = "<</Type/Font/Subtype/CIDFontType2/BaseFont/X/W[0 4294967295 500]>>";
    let fonts = [
        "<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 99999999999/LastChar 99999999999/Widths[1]>>".to_owned(),
        format!("<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[{below}]>>"),
    ];
    for font in fonts {
        let objects = [
            b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
            page.into(),
            stream("", b"BT /F 12 Tf 50 700 Td (Words) Tj ET"),
            font.into_bytes(),
        ];
        // What is ASCII is read nevertheless.
        assert_eq!(crate::samples::blocks("a.pdf", &pdf_of(&objects)), [crate::samples::text("Words")]);
    }
}
