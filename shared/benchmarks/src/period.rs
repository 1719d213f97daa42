//! Half-years, in which an industry's figures are published once.

use serde::{Deserialize, Serialize};

/// A half-year, in writing `2026-H2`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Period {
    year: u16,
    second: bool,
}

/// A text that is no half-year.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a half-year such as 2026-H2")]
pub struct NotAPeriod;

impl Period {
    /// The half-year that a month of the calendar (1 to 12) is in.
    #[must_use]
    pub const fn of(year: u16, month: u8) -> Self {
        Self { year, second: month > 6 }
    }

    /// Its calendar year, which budgets go by.
    #[must_use]
    pub const fn year(self) -> u16 {
        self.year
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:04}-H{}", self.year, if self.second { 2 } else { 1 })
    }
}

impl From<Period> for String {
    fn from(period: Period) -> Self {
        period.to_string()
    }
}

impl std::str::FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, NotAPeriod> {
        let (year, half) = text.split_once("-H").ok_or(NotAPeriod)?;
        let digits = year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit());
        let year = year.parse().ok().filter(|_| digits).ok_or(NotAPeriod)?;
        match half {
            "1" => Ok(Self { year, second: false }),
            "2" => Ok(Self { year, second: true }),
            _ => Err(NotAPeriod),
        }
    }
}

impl TryFrom<String> for Period {
    type Error = NotAPeriod;

    fn try_from(text: String) -> Result<Self, NotAPeriod> {
        text.parse()
    }
}
