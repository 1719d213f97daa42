//! Why a file is not read.

/// Why a file cannot be read, in a sentence for whoever sent it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// It is of no format that is read here.
    #[error(
        "This kind of file cannot be read. Send it as PDF, Word (.docx), Excel (.xlsx), CSV, HTML, Markdown or plain text."
    )]
    UnknownFormat,
    /// A file of Word before 2007.
    #[error("This is an old Word file (.doc). Open it in Word, save it as .docx, and send that.")]
    OldWord,
    /// A file of Excel before 2007.
    #[error("This is an old Excel file (.xls). Open it in Excel, save it as .xlsx, and send that.")]
    OldExcel,
    /// It opens with a password only.
    #[error("This file is protected with a password. Save a copy without the password, and send that.")]
    Password,
    /// It is encrypted by a method that is not known here.
    #[error("This file is encrypted in a way that cannot be read. Save a copy without protection, and send that.")]
    Encrypted,
    /// It is cut off, or its inside makes no sense.
    #[error("This file is damaged. Open it, save it again, and send the new copy.")]
    Damaged,
    /// More bytes than [`crate::Limits::bytes`].
    #[error("This file is too large: {megabytes} MB, and at most {limit} MB are read. Split it into smaller files.")]
    TooLarge {
        /// Its size, rounded up.
        megabytes: usize,
        /// The limit.
        limit: usize,
    },
    /// More pages than [`crate::Limits::pages`].
    #[error("This file has {pages} pages, and at most {limit} are read. Split it into smaller files.")]
    TooManyPages {
        /// How many it has.
        pages: usize,
        /// The limit.
        limit: usize,
    },
    /// Deeper than [`crate::Limits::depth`].
    #[error("The contents of this file are nested too deeply to be read.")]
    TooDeep,
    /// More than [`crate::Limits::unpacked`].
    #[error("This file unpacks to far more than its size. It is not read.")]
    UnpacksToTooMuch,
    /// The time for reading ended.
    #[error("Reading this file takes too long. Split it into smaller files, or save it in a simpler form.")]
    TooSlow,
    /// There is nothing in it.
    #[error("There is no text in this file.")]
    Empty,
}
