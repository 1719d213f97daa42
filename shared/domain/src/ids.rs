//! Identifiers. All but the tenant's are derived from what caused the thing they name.
//!
//! A handler that runs twice for the same cause derives the same identifiers, so its second run finds the first
//! one's work instead of adding to it. That is what makes at-least-once delivery harmless.

use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

use crate::Failure;

/// Namespace of every derived identifier (a random constant, fixed for ever).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f2b_1d0e_8c6a_4f57_9a51_3c5e_70b4_d2a9);

/// A tenant's slug: 2 to 40 of `a-z`, `0-9` and `-`, beginning and ending with a letter or digit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TenantId(String);

impl TenantId {
    /// Checks the slug's form.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming the field `tenant` when the form is wrong.
    pub fn new(slug: impl Into<String>) -> Result<Self, Failure> {
        let slug = slug.into();
        let chars_ok = slug.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let edges_ok = !slug.starts_with('-') && !slug.ends_with('-');
        if (2..=40).contains(&slug.len()) && chars_ok && edges_ok {
            Ok(Self(slug))
        } else {
            Err(Failure::invalid("tenant", "a tenant's slug is 2 to 40 of a-z, 0-9 and '-', with no '-' at either end"))
        }
    }

    /// The slug.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for TenantId {
    type Error = Failure;
    fn try_from(slug: String) -> Result<Self, Failure> {
        Self::new(slug)
    }
}

impl From<TenantId> for String {
    fn from(id: TenantId) -> Self {
        id.0
    }
}

impl fmt::Display for TenantId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn derive(tenant: &TenantId, kind: &str, parts: &[&str]) -> Uuid {
    // Lengths are part of the name, so that ("ab","c") and ("a","bc") differ.
    let mut name = format!("{kind}|{}", tenant.as_str());
    for part in parts {
        name.push_str(&format!("|{}:{part}", part.len()));
    }
    Uuid::new_v5(&NAMESPACE, name.as_bytes())
}

macro_rules! derived_id {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// The identifier that `parts` give within `tenant`: the same arguments, the same identifier.
            #[must_use]
            pub fn derive(tenant: &TenantId, parts: &[&str]) -> Self {
                Self(derive(tenant, $kind, parts))
            }

            /// Reads the text form.
            ///
            /// # Errors
            /// [`Failure::Rejected`] (not found) when it is no identifier: to a caller a malformed id and a foreign one look alike.
            pub fn parse(text: &str) -> Result<Self, Failure> {
                Uuid::try_parse(text).map(Self).map_err(|_| Failure::not_found($kind))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

derived_id!(
    /// A person (or business) who writes in, known by one or more addresses.
    ContactId,
    "contact"
);
derived_id!(
    /// One sales opportunity of a contact.
    LeadId,
    "lead"
);
derived_id!(
    /// One thread with a lead on one channel.
    ConversationId,
    "conversation"
);
derived_id!(
    /// One message, in or out.
    MessageId,
    "message"
);
derived_id!(
    /// One request for a person's attention.
    EscalationId,
    "escalation"
);
derived_id!(
    /// One domain event; consumers use it to recognise a repeat.
    EventId,
    "event"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_cause_gives_the_same_id_and_another_tenant_another() {
        let a = TenantId::new("acme").unwrap();
        let b = TenantId::new("bolt").unwrap();
        assert_eq!(MessageId::derive(&a, &["x", "y"]), MessageId::derive(&a, &["x", "y"]));
        assert_ne!(MessageId::derive(&a, &["x", "y"]), MessageId::derive(&b, &["x", "y"]));
        assert_ne!(MessageId::derive(&a, &["xy"]), MessageId::derive(&a, &["x", "y"]));
        assert_ne!(ContactId::derive(&a, &["x"]).to_string(), LeadId::derive(&a, &["x"]).to_string());
    }

    #[test]
    fn slugs_of_a_wrong_form_are_refused() {
        for bad in ["", "a", "-ab", "ab-", "Acme", "a b", "a#b", &"a".repeat(41)] {
            assert!(TenantId::new(bad).is_err(), "{bad:?}");
        }
    }
}
