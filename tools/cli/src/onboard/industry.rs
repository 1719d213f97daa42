//! What businesses of one trade have in common, as data: services with usual prices, hours, questions, answers, words.
//!
//! A template fills what a tenant's file does not say, field by field; what the file says stands as it is.

use anyhow::Result;
use serde::Deserialize;
use toml::de::DeTable;

macro_rules! industries {
    ($($(#[$doc:meta])* $name:ident = $slug:literal),+ $(,)?) => {
        /// A trade that there is a template for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
        pub enum Industry {
            $($(#[$doc])* #[serde(rename = $slug)] $name),+
        }

        impl Industry {
            /// All there are.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its name in files.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $slug),+ }
            }

            /// The template, as TOML: some fields of a tenant's `[tenant]`.
            #[must_use]
            pub const fn template(self) -> &'static str {
                match self {
                    $(Self::$name => include_str!(concat!("../../../../tenants/industries/", $slug, ".toml"))),+
                }
            }
        }
    };
}

industries! {
    /// Dentists.
    Dental = "dental",
    /// Roofers.
    Roofing = "roofing",
    /// Heating, ventilation and air conditioning.
    Hvac = "hvac",
    /// Plumbers.
    Plumbing = "plumbing",
    /// Window tint, paint protection and detailing of cars.
    AutoTint = "auto-tint",
    /// Small hotels.
    BoutiqueHotel = "boutique-hotel",
    /// Real estate agents.
    RealEstate = "real-estate",
    /// Law firms.
    Legal = "legal",
}

/// The part of a template that shows how the assistant may sound, for people who read it.
pub const SAMPLE_DIALOGUE: &str = "sample_dialogue";

impl Industry {
    /// The one of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|industry| industry.as_str() == name)
    }

    /// Adds to `tenant` what it does not say and the template does.
    ///
    /// # Errors
    /// When the template is not TOML, which a test rules out.
    pub(super) fn fill(self, tenant: &mut DeTable<'_>) -> Result<()> {
        for (name, value) in DeTable::parse(self.template())?.into_inner() {
            let is_for_people = name.get_ref() == SAMPLE_DIALOGUE;
            if !is_for_people && !tenant.contains_key(name.get_ref().as_ref()) {
                tenant.insert(name, value);
            }
        }
        Ok(())
    }
}
