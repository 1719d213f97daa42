//! What the typesetter sees: our templates, three fonts and one document's data. No file of the machine, no network, no clock.

use crate::logo::Logo;
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

/// Noto Sans for everything, DejaVu Sans for what it has not: Hebrew, Arabic, arrows, symbols.
const FONT_FILES: [&[u8]; 3] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/DejaVuSans.ttf"),
];

const TEMPLATES: [(&str, &str); 2] =
    [("/base.typ", include_str!("../templates/base.typ")), ("/trade.typ", include_str!("../templates/trade.typ"))];

/// The data of the document, as JSON.
const DATA: &str = "/data.json";

/// What is the same for every document.
struct Shared {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    templates: BTreeMap<&'static str, Source>,
}

static SHARED: LazyLock<Shared> = LazyLock::new(|| {
    let fonts: Vec<Font> = FONT_FILES.into_iter().flat_map(|file| Font::iter(Bytes::new(file))).collect();
    let templates =
        TEMPLATES.into_iter().filter_map(|(path, text)| Some((path, Source::new(id(path)?, text.to_owned()))));
    Shared {
        library: LazyHash::new(Library::default()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        templates: templates.collect(),
        fonts,
    }
});

fn id(path: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).ok()?)))
}

/// Whether one of the fonts has the character.
pub(crate) fn is_covered(c: char) -> bool {
    let book = &SHARED.book;
    (0..SHARED.fonts.len()).filter_map(|index| book.info(index)).any(|font| font.coverage.contains(u32::from(c)))
}

/// One document.
pub(crate) struct Desk {
    main: FileId,
    files: BTreeMap<&'static str, Bytes>,
}

impl Desk {
    /// With the template `main`, the data as JSON, and the logo where there is one; `None`: there is no such template.
    pub(crate) fn new(main: &'static str, data: Vec<u8>, logo: Option<Logo>) -> Option<Self> {
        let main = SHARED.templates.get(main)?.id();
        let mut files = BTreeMap::from([(DATA, Bytes::new(data))]);
        files.extend(logo.map(|logo| (logo.file, Bytes::new(logo.bytes))));
        Some(Self { main, files })
    }
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &SHARED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &SHARED.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.get().vpath().get_with_slash();
        SHARED.templates.get(path).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.get().vpath().get_with_slash();
        self.files.get(path).cloned().ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        SHARED.fonts.get(index).cloned()
    }

    /// There is no today: a document says its own date.
    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
