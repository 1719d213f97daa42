//! Businesses that dialogues of others are held with: one for each kind of service, none of which is ever closed on a day that
//! someone may wish for.

use anyhow::{Context as _, Result};
use domain::tenancy::Tenant;

const COMMON: &str = "currency = \"USD\"\nzone = \"America/Denver\"\nregion = \"US\"\nlanguage = \"en\"\n\
    notify = [\"desk@shop.example.com\"]\nchannels = { chat = true }\n";
const DAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// A kind of business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shop {
    Hair,
    Health,
    Homes,
    Rooms,
}

impl Shop {
    /// The business, open every day from `open` to `close`.
    pub(super) fn tenant(self, open: &str, close: &str) -> Result<Tenant> {
        let own = match self {
            Self::Hair => include_str!("shops/hair.toml"),
            Self::Health => include_str!("shops/health.toml"),
            Self::Homes => include_str!("shops/homes.toml"),
            Self::Rooms => include_str!("shops/rooms.toml"),
        };
        let day = |day| format!("{day} = [{{ open = \"{open}\", close = \"{close}\" }}]\n");
        let hours: String = DAYS.into_iter().map(day).collect();
        toml::from_str(&format!("{own}{COMMON}[hours]\n{hours}")).context("a shop of the bench is not right")
    }

    /// What a visitor asks for where nothing says it, in their words and by the shop's name.
    pub(super) fn wish(self, turn: usize) -> (&'static str, &'static str) {
        let wishes: &[(&str, &str)] = match self {
            Self::Hair => &[
                ("men's haircut", "Men's haircut"),
                ("women's haircut", "Women's haircut"),
                ("blowout", "Blowout and styling"),
                ("balayage", "Balayage and highlights"),
            ],
            Self::Health => {
                &[("teeth cleaning", "Teeth cleaning"), ("dental checkup", "Dental checkup"), ("filling", "Filling")]
            }
            Self::Homes => &[("an apartment viewing", "Apartment viewing")],
            Self::Rooms => &[("a room for a party", "Party")],
        };
        wishes.get(turn % wishes.len()).copied().unwrap_or_default()
    }
}
