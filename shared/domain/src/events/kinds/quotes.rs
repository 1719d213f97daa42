//! Events of quotes and prices.

macro_rules! quotes {
    ($next:ident $($after:ident)*; $($before:tt)*) => { $next! { $($after)*; $($before)*
    /// A quote went out.
    QuoteSent = "quote.sent", of contact, about Quote(quote), signals "a quote went out",
        shows [contact quote amount expires_at], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The quote.
        quote: QuoteId,
        /// What it is for.
        #[serde(default)]
        service: Option<String>,
        /// The whole of it.
        #[serde(default)]
        amount: Option<Money>,
        /// Where it can be read.
        #[serde(default)]
        link: Option<String>,
        /// Until when it holds (UTC).
        #[serde(default)]
        expires_at: Option<Timestamp>,
    }
    /// A customer opened a quote.
    QuoteOpened = "quote.opened", of contact, about Quote(quote), signals "they opened the quote",
        shows [contact quote], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The quote.
        quote: QuoteId,
    }
    /// A customer took a quote.
    QuoteAccepted = "quote.accepted", of contact, about Quote(quote), signals "they accepted the quote",
        shows [contact quote], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The quote.
        quote: QuoteId,
    }
    /// A customer refused a quote.
    QuoteDeclined = "quote.declined", of contact, about Quote(quote), signals "they declined the quote",
        shows [contact quote], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The quote.
        quote: QuoteId,
    }
    /// A quote holds no more.
    QuoteExpired = "quote.expired", of contact, about Quote(quote), signals "the quote expired",
        shows [contact quote], reported by callers {
        /// The contact.
        contact: ContactId,
        /// The quote.
        quote: QuoteId,
    }
    /// A customer looked at the prices.
    PricingVisited = "pricing.visited", of contact, signals "they looked at the prices again", shows [contact], reported by callers {
        /// The contact.
        contact: ContactId,
    }
    } };
}
