//! Weather services: the National Weather Service for the United States, Open-Meteo for everywhere else and for finding addresses.
//!
//! Each call is bounded in time (10 s) and size (4 MB) and goes to the configured server alone, over TLS. What passes (429, 408, 5xx, no
//! answer) is tried twice more with jitter, unless the service asks for a longer wait. Every parser is a function of bytes: it returns what
//! can be read and says what cannot, and nothing makes it panic. No error names an address, a point or a key.

mod call;
pub mod nws;
pub mod open_meteo;

use std::fmt;

pub use call::Server;

/// Why a call came to nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It passes: a limit, an outage, a connection that broke. How long we are asked to wait, in seconds.
    Busy(String, Option<u64>),
    /// There is no such place: outside the service's area, or a cell that has moved (404).
    NotFound,
    /// The service does not answer that, and will not.
    Refused(String),
    /// It answered, and the answer cannot be read.
    Unreadable(String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Busy(why, _) => write!(f, "the weather service is not to be reached at the moment ({why})"),
            Self::NotFound => f.write_str("the weather service has no such place (404)"),
            Self::Refused(why) => write!(f, "the weather service refuses it ({why})"),
            Self::Unreadable(why) => write!(f, "the weather service's answer cannot be read ({why})"),
        }
    }
}
