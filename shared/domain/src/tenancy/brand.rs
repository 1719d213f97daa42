//! White label: the name, looks and senders under which a tenant, or an agency's client, appears.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::check::{ensure, is_host, is_https, text};
use crate::Failure;

/// How the tenant appears. Whatever is absent is taken from its parent, where it has one, else from Porchlight.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Branding {
    /// The name shown, where it is not the tenant's.
    #[schema(max_length = 80, example = "Summit Roofing")]
    pub name: Option<String>,
    /// Its logo, an `https` URL.
    #[schema(format = "uri", example = "https://cdn.example.com/logo.svg")]
    pub logo_url: Option<String>,
    /// The main colour, `#RRGGBB`.
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$", example = "#1A4D8F")]
    pub primary_colour: Option<String>,
    /// The second colour, `#RRGGBB`.
    #[schema(pattern = "^#[0-9A-Fa-f]{6}$", example = "#F2A900")]
    pub accent_colour: Option<String>,
    /// The name in the "From" of e-mails.
    #[schema(max_length = 80, example = "Ana at Summit Roofing")]
    pub sender_name: Option<String>,
    /// The tenant's own domain for pages and links, such as `hello.example.com`.
    #[schema(max_length = 253, example = "hello.example.com")]
    pub domain: Option<String>,
}

impl Branding {
    /// This branding, completed by `parent`'s. The name and the domain are a tenant's own and never inherited.
    #[must_use]
    pub fn or(self, parent: &Self) -> Self {
        Self {
            logo_url: self.logo_url.or_else(|| parent.logo_url.clone()),
            primary_colour: self.primary_colour.or_else(|| parent.primary_colour.clone()),
            accent_colour: self.accent_colour.or_else(|| parent.accent_colour.clone()),
            sender_name: self.sender_name.or_else(|| parent.sender_name.clone()),
            ..self
        }
    }

    /// Checks the form of every part.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field, such as `branding.primary_colour`.
    pub(super) fn validate(&self) -> Result<(), Failure> {
        for (field, name) in [("branding.name", &self.name), ("branding.sender_name", &self.sender_name)] {
            name.iter().try_for_each(|name| text(field, name, 1..=80))?;
        }
        // A sender name stands in a header of an e-mail.
        let one_line = self.sender_name.iter().all(|name| !name.contains(char::is_control));
        ensure(one_line, "branding.sender_name", "a sender name is one line")?;
        let is_url = self.logo_url.iter().all(|url| is_https(url));
        ensure(is_url, "branding.logo_url", "a logo is an https URL, such as https://cdn.example.com/logo.svg")?;
        for (field, colour) in
            [("branding.primary_colour", &self.primary_colour), ("branding.accent_colour", &self.accent_colour)]
        {
            ensure(colour.iter().all(|colour| is_colour(colour)), field, "a colour is #RRGGBB, such as #1A4D8F")?;
        }
        let is_domain = self.domain.iter().all(|domain| is_host(domain) && domain.contains('.'));
        ensure(is_domain, "branding.domain", "a domain is a host name in lower case, such as hello.example.com")
    }
}

fn is_colour(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(branding: &Branding) -> String {
        match branding.validate() {
            Err(Failure::Rejected { field: Some(field), .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_part_is_checked() {
        let some = |text: &str| Some(text.to_owned());
        let none = Branding::default;
        for url in
            ["http://example.com/a.png", "https://", "https://a b.com/x", "javascript:alert(1)", "https://x.com/\n"]
        {
            assert_eq!(refused(&Branding { logo_url: some(url), ..none() }), "branding.logo_url", "{url:?}");
        }
        for colour in ["", "red", "#12345", "#12345G", "123456", "#1234567"] {
            assert_eq!(refused(&Branding { primary_colour: some(colour), ..none() }), "branding.primary_colour");
            assert_eq!(refused(&Branding { accent_colour: some(colour), ..none() }), "branding.accent_colour");
        }
        for domain in ["", "localhost", "Example.com", "-a.com", "a..com", "a.com/x", "a_b.com", &"a".repeat(254)] {
            assert_eq!(refused(&Branding { domain: some(domain), ..none() }), "branding.domain", "{domain:?}");
        }
        assert_eq!(refused(&Branding { sender_name: some("Ana\r\nBcc: x"), ..none() }), "branding.sender_name");
        assert_eq!(refused(&Branding { name: some(" "), ..none() }), "branding.name");
    }

    #[test]
    fn what_is_absent_comes_from_the_agency() {
        let agency = Branding {
            name: Some("Agency".to_owned()),
            primary_colour: Some("#1A4D8F".to_owned()),
            accent_colour: Some("#000000".to_owned()),
            ..Branding::default()
        };
        let own = Branding { accent_colour: Some("#F2A900".to_owned()), ..Branding::default() };
        assert_eq!(agency.validate(), Ok(()));
        let both = own.or(&agency);
        assert_eq!(both.primary_colour.as_deref(), Some("#1A4D8F"));
        assert_eq!(both.accent_colour.as_deref(), Some("#F2A900"));
        assert_eq!(both.name, None, "the client is not called like its agency");
    }
}
