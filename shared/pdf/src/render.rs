//! From a sheet to the bytes of its PDF.

use crate::Error;
use crate::logo::Logo;
use crate::sheet::Sheet;
use crate::world::Desk;
use std::panic::{AssertUnwindSafe, catch_unwind};
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// What made the file, in its metadata. Without a version: the same document has the same bytes after an update that changes nothing.
const CREATOR: &str = "Porchlight";

/// Typesets a sheet with its template. The library keeps what it computed for a next time that is much the same; ours is another
/// document, so it is let go: memory stays that of one document.
pub(crate) fn render(sheet: &Sheet, logo: Option<Logo>) -> Result<Vec<u8>, Error> {
    let has_logo = logo.is_some();
    let failed = |reason: &str| Error::Typeset(reason.to_owned());
    let data = sheet.to_json(logo.as_ref()).map_err(|error| Error::Typeset(error.to_string()))?;
    let desk = Desk::new(sheet.template(), data, logo).ok_or_else(|| failed("no such template"))?;
    // The library is given bytes of a picture that anyone made.
    let made = catch_unwind(AssertUnwindSafe(|| typeset(&desk, sheet)));
    comemo::evict(0);
    match made.unwrap_or_else(|_| Err(failed("the library broke off"))) {
        Err(Error::Typeset(reason)) if has_logo && reason.contains("image") => Err(Error::Logo("it is damaged")),
        made => made,
    }
}

fn typeset(desk: &Desk, sheet: &Sheet) -> Result<Vec<u8>, Error> {
    let document = typst::compile::<PagedDocument>(desk).output.map_err(|errors| refused(&errors))?;
    let options = PdfOptions {
        ident: Smart::Custom(sheet.identity()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        standards: PdfStandards::new(&[PdfStandard::Ua_1])
            .map_err(|error| Error::Typeset(error.message().to_string()))?,
        ..PdfOptions::default()
    };
    typst_pdf::pdf(&document, &options).map_err(|errors| refused(&errors))
}

fn refused(errors: &[SourceDiagnostic]) -> Error {
    let reasons: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    Error::Typeset(reasons.join("; "))
}
