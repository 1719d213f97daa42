//! How a language and a country write days, times and sums.

use jiff::civil::{Date, Time};

use crate::money::{grouped, symbol};
use crate::tenancy::{Language, Tenant};

/// Countries that read the clock by twelve hours (Unicode CLDR, `timeData`, preferred `h`).
const TWELVE_HOURS: [&str; 9] = ["US", "CA", "AU", "NZ", "IN", "PH", "PR", "MX", "CO"];
/// Countries where English writes the month before the day (CLDR, `en-US` and what inherits from it).
const MONTH_FIRST: [&str; 4] = ["US", "CA", "PH", "PR"];
/// Countries where Spanish writes sums as English does: `$1,250.50` (CLDR, `es-US`, `es-PR`, `es-MX`).
const SPANISH_WITH_POINT: [&str; 3] = ["US", "PR", "MX"];
/// Cents in a unit of every currency that a sum may have.
const CENTS: u64 = 100;

/// One language in one country.
#[derive(Debug)]
pub struct Local {
    names: &'static Names,
    region: String,
}

/// The names of a language.
#[derive(Debug)]
struct Names {
    code: &'static str,
    /// From Monday on.
    days: [&'static str; 7],
    months: [&'static str; 12],
}

impl Local {
    /// `language` in the tenant's country; English where the names of a language are not known here.
    #[must_use]
    pub fn of(language: &Language, tenant: &Tenant) -> Self {
        let [english, ..] = &NAMES;
        let names = NAMES.iter().find(|names| names.code == language.as_str()).unwrap_or(english);
        Self { names, region: tenant.region.clone() }
    }

    fn is_in(&self, countries: &[&str]) -> bool {
        countries.contains(&self.region.as_str())
    }

    /// `Tuesday, December 1`.
    #[must_use]
    pub fn day(&self, date: Date) -> String {
        let weekday = nth(&self.names.days, date.weekday().to_monday_zero_offset());
        let month = nth(&self.names.months, date.month() - 1);
        let day = date.day();
        match self.names.code {
            "es" | "pt" => format!("{weekday}, {day} de {month}"),
            "fr" if day == 1 => format!("{weekday} 1er {month}"),
            "fr" => format!("{weekday} {day} {month}"),
            "de" => format!("{weekday}, {day}. {month}"),
            _ if self.is_in(&MONTH_FIRST) => format!("{weekday}, {month} {day}"),
            _ => format!("{weekday} {day} {month}"),
        }
    }

    /// `September 2025`.
    #[must_use]
    pub fn month(&self, date: Date) -> String {
        let month = nth(&self.names.months, date.month() - 1);
        let year = date.year();
        match self.names.code {
            "es" | "pt" => format!("{month} de {year}"),
            _ => format!("{month} {year}"),
        }
    }

    /// `10 AM`, `10:30`.
    #[must_use]
    pub fn clock(&self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        let twelve = if hour % 12 == 0 { 12 } else { hour % 12 };
        match (self.names.code, self.is_in(&TWELVE_HOURS)) {
            ("en", true) if minute == 0 => format!("{twelve} {}", if hour < 12 { "AM" } else { "PM" }),
            ("en", true) => format!("{twelve}:{minute:02} {}", if hour < 12 { "AM" } else { "PM" }),
            ("es", true) => format!("{twelve}:{minute:02} {}", if hour < 12 { "a. m." } else { "p. m." }),
            ("fr", _) if minute == 0 => format!("{hour} h"),
            ("fr", _) => format!("{hour} h {minute:02}"),
            ("de", _) if minute == 0 => format!("{hour} Uhr"),
            ("de", _) => format!("{hour}:{minute:02} Uhr"),
            ("pt", _) if minute == 0 => format!("{hour}h"),
            ("pt", _) => format!("{hour}h{minute:02}"),
            _ => format!("{hour}:{minute:02}"),
        }
    }

    /// A sum in its currency; cents only where there are some.
    #[must_use]
    pub fn money(&self, cents: i64, currency: &str) -> String {
        let point = self.names.code == "en" || (self.names.code == "es" && self.is_in(&SPANISH_WITH_POINT));
        let (group, decimal) = match self.names.code {
            _ if point => (',', '.'),
            "fr" => ('\u{a0}', ','),
            _ => ('.', ','),
        };
        let minus = if cents < 0 { "-" } else { "" };
        let cents = cents.unsigned_abs();
        let mut sum = grouped(cents / CENTS, group);
        if !cents.is_multiple_of(CENTS) {
            sum.push_str(&format!("{decimal}{:02}", cents % CENTS));
        }
        match (symbol(currency), self.names.code) {
            (Some(symbol), _) if point => format!("{minus}{symbol}{sum}"),
            (symbol, "pt") => format!("{} {minus}{sum}", symbol.unwrap_or(currency)),
            (symbol, _) => format!("{minus}{sum} {}", symbol.unwrap_or(currency)),
        }
    }
}

fn nth(names: &'static [&'static str], index: i8) -> &'static str {
    usize::try_from(index).ok().and_then(|index| names.get(index)).copied().unwrap_or_default()
}

static NAMES: [Names; 5] = [
    Names {
        code: "en",
        days: ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
    },
    Names {
        code: "es",
        days: ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
        months: [
            "enero",
            "febrero",
            "marzo",
            "abril",
            "mayo",
            "junio",
            "julio",
            "agosto",
            "septiembre",
            "octubre",
            "noviembre",
            "diciembre",
        ],
    },
    Names {
        code: "fr",
        days: ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
    },
    Names {
        code: "de",
        days: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        months: [
            "Januar",
            "Februar",
            "März",
            "April",
            "Mai",
            "Juni",
            "Juli",
            "August",
            "September",
            "Oktober",
            "November",
            "Dezember",
        ],
    },
    Names {
        code: "pt",
        days: ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
        months: [
            "janeiro",
            "fevereiro",
            "março",
            "abril",
            "maio",
            "junho",
            "julho",
            "agosto",
            "setembro",
            "outubro",
            "novembro",
            "dezembro",
        ],
    },
];
