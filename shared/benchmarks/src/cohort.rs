//! Whom a business is compared with: its industry in its region, else in its country, else anywhere.

use serde::{Deserialize, Serialize};

/// A cohort of the fixed grid, in writing `hvac/us/co`, `hvac/us` or `hvac`. There are no others, and so no two that differ by
/// someone's choosing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cohort {
    industry: String,
    country: Option<String>,
    region: Option<String>,
}

/// A part that is no slug: 1 to 40 of a-z, 0-9 and `-`.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("a part of a cohort is 1 to 40 of a-z, 0-9 and -")]
pub struct NotACohort;

impl Cohort {
    /// An industry in a region (state, province, or a group of such) of a country, all as slugs.
    ///
    /// # Errors
    /// [`NotACohort`] where a part is no slug.
    pub fn region(industry: &str, country: &str, region: &str) -> Result<Self, NotACohort> {
        Ok(Self { industry: slug(industry)?, country: Some(slug(country)?), region: Some(slug(region)?) })
    }

    /// An industry in a country.
    ///
    /// # Errors
    /// [`NotACohort`] where a part is no slug.
    pub fn country(industry: &str, country: &str) -> Result<Self, NotACohort> {
        Ok(Self { industry: slug(industry)?, country: Some(slug(country)?), region: None })
    }

    /// An industry everywhere.
    ///
    /// # Errors
    /// [`NotACohort`] where it is no slug.
    pub fn industry(industry: &str) -> Result<Self, NotACohort> {
        Ok(Self { industry: slug(industry)?, country: None, region: None })
    }

    /// The slug of its industry.
    #[must_use]
    pub fn trade(&self) -> &str {
        &self.industry
    }

    /// The slug of its country; none for an industry everywhere.
    #[must_use]
    pub fn nation(&self) -> Option<&str> {
        self.country.as_deref()
    }

    /// The next larger one, which has all its businesses and more; none for an industry.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (industry, country) = (self.industry.clone(), self.country.clone());
        match (&self.region, &self.country) {
            (Some(_), _) => Some(Self { industry, country, region: None }),
            (None, Some(_)) => Some(Self { industry, country: None, region: None }),
            (None, None) => None,
        }
    }

    /// Itself and the larger ones, nearest first: the order in which a business looks for its figures.
    pub fn fallbacks(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// How near it is: 0 an industry, 1 a country, 2 a region.
    pub(crate) const fn depth(&self) -> u8 {
        match (&self.country, &self.region) {
            (None, _) => 0,
            (Some(_), None) => 1,
            (Some(_), Some(_)) => 2,
        }
    }
}

fn slug(part: &str) -> Result<String, NotACohort> {
    let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if (1..=40).contains(&part.len()) && part.bytes().all(fits) { Ok(part.to_owned()) } else { Err(NotACohort) }
}

impl std::fmt::Display for Cohort {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.industry)?;
        for part in [&self.country, &self.region].into_iter().flatten() {
            write!(out, "/{part}")?;
        }
        Ok(())
    }
}

impl From<Cohort> for String {
    fn from(cohort: Cohort) -> Self {
        cohort.to_string()
    }
}

impl std::str::FromStr for Cohort {
    type Err = NotACohort;

    fn from_str(text: &str) -> Result<Self, NotACohort> {
        let mut parts = text.split('/');
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(industry), None, None, None) => Self::industry(industry),
            (Some(industry), Some(country), None, None) => Self::country(industry, country),
            (Some(industry), Some(country), Some(region), None) => Self::region(industry, country, region),
            _ => Err(NotACohort),
        }
    }
}

impl TryFrom<String> for Cohort {
    type Error = NotACohort;

    fn try_from(text: String) -> Result<Self, NotACohort> {
        text.parse()
    }
}
