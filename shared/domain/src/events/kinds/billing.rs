//! Events of invoices.

macro_rules! billing {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// There is an invoice.
    InvoiceIssued = "invoice.issued", of contact, about Invoice(invoice), signals "they got an invoice",
        shows [contact invoice amount due_at], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The invoice.
        invoice: InvoiceId,
        /// The amount.
        #[serde(default)]
        amount: Option<Money>,
        /// By when it is to be paid (UTC).
        #[serde(default)]
        due_at: Option<Timestamp>,
        /// Where it can be paid.
        #[serde(default)]
        link: Option<String>,
    }
    /// An invoice is to be paid for too long.
    InvoiceOverdue = "invoice.overdue", of contact, about Invoice(invoice), signals "the invoice is overdue",
        shows [contact invoice], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The invoice.
        invoice: InvoiceId,
    }
    /// An invoice was taken back.
    InvoiceVoided = "invoice.voided", of contact, about Invoice(invoice), signals "the invoice was taken back",
        shows [contact invoice], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The invoice.
        invoice: InvoiceId,
    }
    /// An invoice is paid.
    PaymentReceived = "payment.received", of contact, about Invoice(invoice), signals "they paid",
        shows [contact invoice], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The invoice.
        invoice: InvoiceId,
    }
    } };
}
