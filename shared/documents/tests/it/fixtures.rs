//! Files that other programs made. They are not ours to keep.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::samples::of;
use documents::Unreadable;
use knowledge::Block;

/// The last page (0: the format has none) and some of what is on it; or why the file is not read.
type Wanted = Result<(u32, &'static str), Unreadable>;

const FILES: [(&str, Wanted); 12] = [
    ("docx/hdr-header-footer.docx", Ok((0, "section without header of its own."))),
    ("docx/num-having-numbering-part.docx", Ok((0, "Paragraph having List Number style."))),
    ("docx/par-known-paragraphs.docx", Ok((0, "Heading Paragraph\nNormal paragraph"))),
    // Tables whose cells are empty.
    ("docx/tbl-having-tables.docx", Err(Unreadable::Empty)),
    ("pdf/google-doc-document.pdf", Ok((1, "Population | 273.879.750¹ | 83,190,556²"))),
    ("pdf/libreoffice-writer-password.pdf", Err(Unreadable::Password)),
    ("pdf/lopdf_example.pdf", Ok((1, "Hello World!"))),
    ("pdf/lopdf_unicode.pdf", Ok((1, "🔨"))),
    ("pdf/minimal-document.pdf", Ok((1, "eirmod tempor invidunt ut labore"))),
    ("pdf/multicolumn.pdf", Ok((3, "Official Language / Belgium | 11.5 | 30,689 | Brussels | Dutch, French, German"))),
    ("pdf/pdflatex-4-pages.pdf", Ok((4, "“Huardest gefburn”? Kjift – not at all!"))),
    ("pdf/pdflatex-outline.pdf", Ok((4, "“Huardest gefburn”? Kjift – not at all!"))),
];

fn written(block: &Block) -> String {
    match block {
        Block::Heading { text, .. } | Block::Text(text) => text.clone(),
        Block::Faq { question, answer } => format!("{question}\n{answer}"),
        Block::Row { header, cells } => format!("{} / {}", header.join(" | "), cells.join(" | ")),
    }
}

#[test]
#[ignore = "needs documents: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn every_document_gives_its_text_or_says_why_not() {
    let folder = PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("documents");
    let mut wanted: BTreeMap<&str, _> = FILES.into_iter().collect();
    for kind in ["docx", "pdf"] {
        for file in std::fs::read_dir(folder.join(kind)).unwrap() {
            let name = format!("{kind}/{}", file.unwrap().file_name().display());
            let wanted = wanted.remove(name.as_str()).unwrap_or_else(|| panic!("{name} is not expected"));
            let read = of(&name, &std::fs::read(folder.join(&name)).unwrap());
            match (read, wanted) {
                (Ok(document), Ok((number, words))) => {
                    assert_eq!(document.unread, [], "{name}");
                    let last = document.pages.last().unwrap();
                    let text = last.blocks.iter().map(written).collect::<Vec<_>>().join("\n");
                    assert_eq!(
                        (last.number.unwrap_or_default(), text.contains(words)),
                        (number, true),
                        "{name}: {text}"
                    );
                }
                (read, wanted) => assert_eq!(read.err(), wanted.err(), "{name}"),
            }
        }
    }
    assert_eq!(wanted.into_keys().collect::<Vec<_>>(), Vec::<&str>::new(), "they are not there");
}
