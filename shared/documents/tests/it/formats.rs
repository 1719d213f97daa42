//! Word, Excel, CSV, HTML, Markdown and plain text.

use crate::samples::{blocks, docx, faq, heading, of, p, row, text, xlsx, zipped};
use documents::{Format, Unreadable};

const STYLES: &str = "<w:styles xmlns:w=\"w\"><w:style w:styleId=\"Berschrift1\"><w:name w:val=\"heading 1\"/></w:style>\
    <w:style w:styleId=\"Own\"><w:name w:val=\"Own\"/><w:basedOn w:val=\"Berschrift1\"/></w:style></w:styles>";

#[test]
fn word_has_headings_by_style_lists_with_numbers_and_tables_with_heads() {
    let numbering = "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"7\"><w:lvl w:ilvl=\"0\"><w:numFmt w:val=\"decimal\"/></w:lvl>\
        </w:abstractNum><w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num></w:numbering>";
    let item = |text: &str| {
        let list = "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"3\"/></w:numPr></w:pPr>";
        format!("<w:p>{list}<w:r><w:t>{text}</w:t></w:r></w:p>")
    };
    let cell = |text: &str| format!("<w:tc>{}</w:tc>", p("", text));
    let table = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell("Service"),
        cell("Info"),
        cell("Cut"),
        cell("with wash &amp; care")
    );
    let body =
        [p("Berschrift1", "Prices"), item("Ring"), item("Wait"), table, p("Own", "Is there parking?"), p("", "Yes.")]
            .concat();
    let read = blocks("a.docx", &docx(&body, &[("styles.xml", STYLES), ("numbering.xml", numbering)]));
    let expected = [
        heading(1, "Prices"),
        text("1. Ring"),
        text("2. Wait"),
        row(["Service", "Info"], ["Cut", "with wash & care"]),
        faq("Is there parking?", "Yes."),
    ];
    assert_eq!(read, expected);
}

#[test]
fn word_says_nothing_of_what_was_deleted_or_hidden() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}<w:del>{}</w:del><w:ins>{}</w:ins>{}{}<w:r><w:instrText>PAGE</w:instrText></w:r></w:p>",
        run("", "A cut costs "),
        run("", "$20"),
        run("", "$25"),
        run("<w:vertAlign w:val=\"superscript\"/>", "1"),
        run("<w:vanish/>", " secret")
    );
    assert_eq!(blocks("a.docx", &docx(&body, &[])), [text("A cut costs $25¹")]);
}

#[test]
fn word_has_its_header_and_footer_once_and_its_text_boxes_and_notes() {
    let part = |text: &str| format!("<w:x xmlns:w=\"w\">{}</w:x>", p("", text));
    let notes = format!(
        "<w:x xmlns:w=\"w\"><w:footnote w:type=\"separator\">{}</w:footnote><w:footnote>{}</w:footnote></w:x>",
        p("", "--"),
        p("", "A note.")
    );
    let boxed = format!(
        "<w:p><w:r><w:t>Text.</w:t><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r></w:p>",
        p("", "In a box.")
    );
    let (header, footer) = (part("River Salon"), part("12 River Street"));
    let file = docx(&boxed, &[("header.xml", &header), ("footer.xml", &footer), ("footnotes.xml", &notes)]);
    let expected = ["River Salon", "Text.", "In a box.", "A note.", "12 River Street"].map(text);
    assert_eq!(blocks("a.docx", &file), expected);
}

#[test]
fn excel_shows_prices_with_their_currency_and_days_as_days() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"#,##0.00\\ [$€-407]\"/><numFmt numFmtId=\"165\" formatCode=\"&quot;$&quot;#,##0\"/></numFmts>\
        <cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"14\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>";
    let strings =
        "<sst><si><t>Service</t></si><si><t>Price</t></si><si><r><t>Full </t></r><r><t>colour</t></r></si></sst>";
    let rows = "<row><c r=\"B2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"s\"><v>1</v></c><c r=\"D2\" t=\"inlineStr\"><is><t>From</t></is></c></row>\
        <row><c r=\"B3\" t=\"s\"><v>2</v></c><c r=\"C3\" s=\"1\"><v>1085.5</v></c><c r=\"D3\" s=\"3\"><v>46023</v></c></row>\
        <row><c r=\"B4\" t=\"str\"><v>Beard</v></c><c r=\"C4\" s=\"2\"><v>10</v></c><c r=\"D4\" s=\"4\"><v>0.1</v></c></row>\
        <row hidden=\"1\"><c r=\"B5\"><v>99</v></c></row>\
        <row><c r=\"B6\"><v>3.3000000000000003</v></c><c r=\"C6\" t=\"b\"><v>1</v></c><c r=\"D6\" t=\"e\"><v>#REF!</v></c></row>";
    let head = ["Service", "Price", "From"];
    let expected = [
        row(head, ["Full colour", "1,085.50 €", "2026-01-01"]),
        row(head, ["Beard", "$10", "10%"]),
        row(head, ["3.3", "yes"]),
    ];
    assert_eq!(blocks("a.xlsx", &xlsx(rows, styles, strings)), expected);
}

#[test]
fn sheets_of_questions_are_pairs_in_five_languages() {
    let heads = ["Question,Answer", "pregunta;respuesta", "Question\tRéponse", "Frage;Antwort", "Pergunta,Resposta"];
    for head in heads {
        let separator = head.chars().find(|c| !c.is_alphabetic()).unwrap();
        let file = format!("{head}\n\"Do you, too?\"{separator}\"Yes,\nwe do\"\nB?{separator}No\n");
        assert_eq!(blocks("a.csv", file.as_bytes()), [faq("Do you, too?", "Yes,\nwe do"), faq("B?", "No")], "{head}");
    }
    let inline = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let rows = format!(
        "<row>{}{}</row><row>{}{}</row>",
        inline("Frage"),
        inline("Antwort"),
        inline("Kosten?"),
        inline("25 €")
    );
    assert_eq!(blocks("a.xlsx", &xlsx(&rows, "<x/>", "<x/>")), [faq("Kosten?", "25 €")]);
}

#[test]
fn csv_is_read_whatever_its_separator_and_encoding_and_one_open_quotation_mark_loses_nothing() {
    // "Größe;Preis" in Windows-1252.
    let file = b"Gr\xf6\xdfe;Preis\r\nklein;5,50 \x80\r\n";
    assert_eq!(blocks("a.csv", file), [row(["Größe", "Preis"], ["klein", "5,50 €"])]);
    let file = "Name,Price\n5\" pipe,$3\n\"4 pipe,$2\nBend,$1\n";
    let head = ["Name", "Price"];
    let expected = [row(head, ["5\" pipe", "$3"]), row(head, ["\"4 pipe", "$2"]), row(head, ["Bend", "$1"])];
    assert_eq!(blocks("a.csv", file.as_bytes()), expected);
    let wide: Vec<u8> = "\u{feff}a,1\nb,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(blocks("a.csv", &wide), [row([], ["a", "1"]), row([], ["b", "2"])]);
}

#[test]
fn html_is_what_a_reader_of_the_page_sees() {
    let page = "<!doctype html><title>Prices &amp; hours</title><style>p{}</style><nav><a>Home</a></nav>\
        <h1>Prices</h1><p>Valid   from\n<b>May</b>.<br>Cards too.<script>var x = '<p>no</p>'</script>\
        <div style='display: none'>hidden</div><ul><li>Coffee<li><p>Tea</ul><ol start=3><li>Ring</ol>\
        <table><tr><th>Service<th>Price<tr><td rowspan=2>Cut<td>$25<tr><td>$30 on Sundays</table>\
        <dl><dt>Monday<dd>closed</dl><p><strong>Is there parking?</strong> Yes.</p>";
    let document = of("page.html", page.as_bytes()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Prices & hours"));
    let head = ["Service", "Price"];
    let expected = [
        heading(1, "Prices"),
        text("Valid from May.\nCards too."),
        text("Coffee"),
        text("Tea"),
        text("3. Ring"),
        row(head, ["Cut", "$25"]),
        row(head, ["Cut", "$30 on Sundays"]),
        text("Monday: closed"),
        faq("Is there parking?", "Yes."),
    ];
    assert_eq!(document.pages[0].blocks, expected);
}

#[test]
fn a_table_that_arranges_a_page_is_not_one_of_values() {
    let page = "<html><table><tr><td>Left<td><h2>Prices</h2><table><tr><td>Cut<td>$25<tr><td>Shave<td>$15</table><tr><td>Foot</table>";
    let expected =
        [text("Left"), heading(2, "Prices"), row([], ["Cut", "$25"]), row([], ["Shave", "$15"]), text("Foot")];
    assert_eq!(blocks("a.html", page.as_bytes()), expected);
}

#[test]
fn markdown_has_its_fields_before_it_and_pairs_in_bold() {
    let page = "---\ntitle: \"Men's cuts\"\nprice: \"$25\"\nslug: men\n---\n## Questions\n\n**How long does it take?**\n30 minutes:\n- cut\n- wash\n\n\
        **Cash?**\nYes.\n\n| Service | Price |\n|---|---|\n| Cut | $25 |\n";
    let document = of("a.md", page.as_bytes()).unwrap();
    assert_eq!(document.title.as_deref(), Some("Men's cuts"));
    let expected = [
        text("price: $25"),
        heading(2, "Questions"),
        faq("How long does it take?", "30 minutes:\ncut\nwash"),
        faq("Cash?", "Yes."),
        row(["Service", "Price"], ["Cut", "$25"]),
    ];
    assert_eq!(document.pages[0].blocks, expected);
}

#[test]
fn plain_text_has_paragraphs_items_and_pairs() {
    let file = "River Salon\n12 River Street\n\nQ: Do you cut children's hair?\nA: Yes, from three years on.\n\nP: ¿Aceptan tarjetas?\nR: Sí.\n\n\
        Can I bring my dog?\nSmall ones.\n\n- Coffee\n- Tea\n";
    let expected = [
        text("River Salon\n12 River Street"),
        faq("Do you cut children's hair?", "Yes, from three years on."),
        faq("¿Aceptan tarjetas?", "Sí."),
        faq("Can I bring my dog?", "Small ones.\nCoffee\nTea"),
    ];
    assert_eq!(blocks("a.txt", file.as_bytes()), expected);
}

#[test]
fn what_a_file_is_stands_in_its_bytes_before_its_name() {
    let word = docx(&p("", "x"), &[]);
    assert_eq!(Format::of("price.pdf", &word), Ok(Format::Docx));
    assert_eq!(Format::of("a.txt", b"\n%PDF-1.4"), Ok(Format::Pdf));
    assert_eq!(Format::of("a.pdf", b"hello"), Err(Unreadable::Damaged));
    assert_eq!(Format::of("a.txt", b"<!DOCTYPE html><p>"), Ok(Format::Html));
    assert_eq!(Format::of("README", b"hello"), Ok(Format::Text));
    assert_eq!(Format::of("a.md", b"# Hello"), Ok(Format::Markdown));
    assert_eq!(Format::of("a.png", b"\x89PNG\r\n\x1a\n\0\0"), Err(Unreadable::UnknownFormat));
    assert_eq!(Format::of("a.rtf", b"{\\rtf1 x}"), Err(Unreadable::UnknownFormat));
    assert_eq!(Format::of("a.zip", &zipped(&[("x.txt", b"x")])), Err(Unreadable::UnknownFormat));
}

#[test]
fn files_of_the_old_office_and_encrypted_ones_are_told_apart() {
    let ole = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 504], &name].concat()
    };
    assert_eq!(Format::of("a.doc", &ole("WordDocument")), Err(Unreadable::OldWord));
    assert_eq!(Format::of("a.xls", &ole("Workbook")), Err(Unreadable::OldExcel));
    assert_eq!(Format::of("a.docx", &ole("EncryptedPackage")), Err(Unreadable::Password));
}
