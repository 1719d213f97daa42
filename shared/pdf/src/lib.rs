//! Documents out as PDF: what a business sends that is more than a message.
//!
//! Pure: a document as plain data in, bytes out; the same data gives the same bytes, so that an object can be named by its content. What
//! is said reaches the templates (`templates/*.typ`) as data alone and is shown as text, whatever it looks like: no text of a customer
//! becomes markup. The result is PDF/UA-1: tagged, with its title and language, so that it can be heard and its text taken out again.
//!
//! [`purchase_order`] is the first document. Another one with lines and a total (a quote, an invoice) makes a `Sheet` as it does.

mod clean;
mod colour;
mod error;
mod locale;
mod logo;
mod order;
mod render;
mod sheet;
mod words;
mod world;

pub use error::Error;
pub use logo::{LOGO_BYTES, LOGO_PIXELS};
pub use order::limits;
pub use order::{Business, Language, OrderDocument, OrderLine, Party};

/// The purchase order as a PDF: some 20 ms of processor time a page (docs/decisions/038).
///
/// # Errors
/// [`Error::Invalid`] where the document is over a limit or its sums do not agree, [`Error::Logo`] where its logo cannot be shown,
/// [`Error::Typeset`] where the typesetter failed, which is a mistake here.
pub fn purchase_order(order: &OrderDocument) -> Result<Vec<u8>, Error> {
    order.validate()?;
    let logo = order.business.logo.as_deref().map(logo::Logo::read).transpose()?;
    render::render(&order.sheet(), logo)
}
