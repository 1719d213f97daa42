//! Files of Office since 2007: parts in XML, packed in a zip.

mod docx;
mod numbers;
mod parts;
mod xlsx;
mod xml;

pub(crate) use docx::read as docx;
pub(crate) use parts::Package;
pub(crate) use xlsx::read as xlsx;
