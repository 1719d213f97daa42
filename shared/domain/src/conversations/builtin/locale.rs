//! One language in one tenant's country: how money, times and openings are written.

use jiff::civil::{Date, Time, Weekday};
use jiff::{Timestamp, Zoned};

use super::phrases::{self, Phrases};
use crate::money::{grouped, symbol};
use crate::tenancy::{Language, Span, Tenant};

/// A day as people call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Day {
    Today,
    Tomorrow,
    Weekday(Weekday),
}

/// Countries that read the clock by twelve hours (Unicode CLDR, `timeData`, preferred `h`).
const TWELVE_HOURS: [&str; 9] = ["US", "CA", "AU", "NZ", "IN", "PH", "PR", "MX", "CO"];
/// Countries where Spanish writes sums as English does: `$1,250.50` (CLDR, `es-US`, `es-PR`, `es-MX`).
const SPANISH_WITH_POINT: [&str; 3] = ["US", "PR", "MX"];
/// A day that is farther off has its year said.
const MAX_DAYS_WITHOUT_YEAR: i32 = 240;
/// Cents in a unit of every currency that a tenant's prices may have.
const CENTS: u64 = 100;

/// How one reply is written.
pub(super) struct Locale<'t> {
    /// Its language.
    pub(super) phrases: &'static Phrases,
    /// For whom.
    pub(super) tenant: &'t Tenant,
}

impl<'t> Locale<'t> {
    /// `wanted` if it has phrases, else the tenant's language, else English.
    pub(super) fn new(tenant: &'t Tenant, wanted: &Language) -> Self {
        let [english, ..] = phrases::ALL;
        let phrases = phrases::of(wanted).or_else(|| phrases::of(&tenant.language)).unwrap_or(english);
        Self { phrases, tenant }
    }

    /// The language of the reply.
    pub(super) fn language(&self) -> Language {
        Language::new(self.phrases.code).unwrap_or_else(|_| Language::english())
    }

    /// A sum in the tenant's currency; cents only where there are some.
    pub(super) fn money(&self, cents: u64) -> String {
        let region = self.tenant.region.as_str();
        let as_english = self.phrases.code == "es" && SPANISH_WITH_POINT.contains(&region);
        let [english, ..] = phrases::ALL;
        let style = if as_english { english.money } else { self.phrases.money };
        let mut sum = grouped(cents / CENTS, style.group);
        if !cents.is_multiple_of(CENTS) {
            sum.push_str(&format!("{}{:02}", style.decimal, cents % CENTS));
        }
        let currency = self.tenant.currency.as_str();
        match (symbol(currency), style.leading) {
            (Some(symbol), Some(gap)) => format!("{symbol}{gap}{sum}"),
            (Some(symbol), None) => format!("{sum} {symbol}"),
            (None, Some(_)) => format!("{currency} {sum}"),
            (None, None) => format!("{sum} {currency}"),
        }
    }

    /// A time of day.
    pub(super) fn clock(&self, time: Time) -> String {
        (self.phrases.clock)(time, TWELVE_HOURS.contains(&self.tenant.region.as_str()))
    }

    /// A moment within the coming week, seen from `now`: `tomorrow at 8 AM`.
    pub(super) fn moment(&self, at: Timestamp, now: &Zoned) -> String {
        let at = at.to_zoned(now.time_zone().clone());
        let (today, date) = (now.date(), at.date());
        let day = if date == today {
            Day::Today
        } else if today.tomorrow().is_ok_and(|tomorrow| tomorrow == date) {
            Day::Tomorrow
        } else {
            Day::Weekday(date.weekday())
        };
        (self.phrases.at)(self.day(day), at.time(), &self.clock(at.time()))
    }

    /// `today`, `on Monday`.
    pub(super) fn day(&self, day: Day) -> &'static str {
        match day {
            Day::Today => self.phrases.today,
            Day::Tomorrow => self.phrases.tomorrow,
            Day::Weekday(weekday) => nth(&self.phrases.on_days, weekday),
        }
    }

    /// A day as seen from `today`: `tomorrow`, `on Friday` within the coming week, `on Thursday, 11/26` later.
    pub(super) fn date(&self, date: Date, today: Date) -> String {
        let ahead = (date - today).get_days();
        let day = match ahead {
            0 => Day::Today,
            1 => Day::Tomorrow,
            _ => Day::Weekday(date.weekday()),
        };
        let day = self.day(day);
        if (0..7).contains(&ahead) {
            return day.to_owned();
        }
        if ahead > MAX_DAYS_WITHOUT_YEAR {
            return format!(
                "{}{}{}",
                self.dated(day, date),
                if self.phrases.code == "de" { "" } else { "/" },
                date.year()
            );
        }
        self.dated(day, date)
    }

    /// A day with its date, however near it is: `on Thursday, 11/26`.
    pub(super) fn full_date(&self, date: Date) -> String {
        self.dated(self.day(Day::Weekday(date.weekday())), date)
    }

    fn dated(&self, day: &str, date: Date) -> String {
        let (month, number) = (date.month(), date.day());
        match self.phrases.code {
            "de" => format!("{day}, {number}.{month}."),
            "en" if self.tenant.writes_month_first() => format!("{day}, {month}/{number}"),
            _ => format!("{day}, {number}/{month}"),
        }
    }

    /// The spans of a day: `8 AM to 12 PM, 1 PM to 5 PM`.
    pub(super) fn spans(&self, spans: &[Span]) -> String {
        let write = |span: &Span| {
            if span.open == span.close {
                self.phrases.all_day.to_owned()
            } else {
                (self.phrases.range)(&self.clock(span.open), &self.clock(span.close))
            }
        };
        spans.iter().map(write).collect::<Vec<_>>().join(", ")
    }

    /// The whole week in one line, days with the same spans taken together: `Mon-Fri 8 AM to 5 PM; Sat, Sun closed`.
    pub(super) fn week(&self) -> String {
        let mut groups: Vec<(Vec<Weekday>, &[Span])> = Vec::new();
        for day in Weekday::Monday.cycle_forward().take(7) {
            let spans = self.tenant.hours.spans(day);
            match groups.last_mut() {
                Some((days, same)) if *same == spans => days.push(day),
                _ => groups.push((vec![day], spans)),
            }
        }
        let write = |(days, spans): (Vec<Weekday>, &[Span])| {
            let short = |day: &Weekday| nth(&self.phrases.short_days, *day);
            let days = match days.as_slice() {
                [first, _, .., last] => format!("{}-{}", short(first), short(last)),
                few => few.iter().map(short).collect::<Vec<_>>().join(", "),
            };
            let spans = if spans.is_empty() { self.phrases.closed.to_owned() } else { self.spans(spans) };
            format!("{days} {spans}")
        };
        groups.into_iter().map(write).collect::<Vec<_>>().join("; ")
    }
}

/// When the span that is open at `now` ends, on the clock; `None` where it is closed, or open all day.
pub(super) fn closing_time(tenant: &Tenant, now: &Zoned) -> Option<Time> {
    let time = now.time();
    let spans_of = |date: Date| tenant.hours.spans_on(date).iter();
    let today = spans_of(now.date()).filter(|span| span.open <= time && (time < span.close || span.close < span.open));
    let yesterday = now.date().yesterday().ok().into_iter().flat_map(spans_of);
    let overnight = yesterday.filter(|span| span.close < span.open && time < span.close);
    let open = today.chain(overnight).next()?;
    Some(open.close)
}

fn nth(days: &[&'static str; 7], weekday: Weekday) -> &'static str {
    let [monday, tuesday, wednesday, thursday, friday, saturday, sunday] = days;
    match weekday {
        Weekday::Monday => monday,
        Weekday::Tuesday => tuesday,
        Weekday::Wednesday => wednesday,
        Weekday::Thursday => thursday,
        Weekday::Friday => friday,
        Weekday::Saturday => saturday,
        Weekday::Sunday => sunday,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn zoned(text: &str) -> Zoned {
        text.parse().unwrap()
    }

    #[test]
    fn the_week_takes_equal_days_together() {
        let tenant = samples::roofer();
        assert_eq!(
            Locale::new(&tenant, &Language::english()).week(),
            "Mon-Fri 8 AM to 5 PM; Sat 9 AM to 12:30 PM; Sun closed"
        );
        let clinic = samples::dentist();
        assert_eq!(
            Locale::new(&clinic, &Language::new("es").unwrap()).week(),
            "lun-jue 8:00 a. m. a 12:00 p. m., 1:00 p. m. a 5:00 p. m.; vie 8:00 a. m. a 2:00 p. m.; sáb, dom cerrado"
        );
    }

    #[test]
    fn moments_are_told_from_today() {
        let tenant = samples::roofer();
        let now = zoned("2026-11-20T18:00[America/Denver]");
        for (at, language, said) in [
            ("2026-11-21T09:00[America/Denver]", "en", "tomorrow at 9 AM"),
            ("2026-11-23T08:00[America/Denver]", "es", "el lunes a las 8:00 a. m."),
            ("2026-11-20T19:30[America/Denver]", "fr", "aujourd'hui à 19 h 30"),
            ("2026-11-23T08:00[America/Denver]", "de", "am Montag um 8 Uhr"),
            ("2026-11-23T01:00[America/Denver]", "pt", "na segunda-feira à 1h"),
        ] {
            let locale = Locale::new(&tenant, &Language::new(language).unwrap());
            assert_eq!(locale.moment(zoned(at).timestamp(), &now), said);
        }
    }

    #[test]
    fn closing_times_hold_across_midnight_and_not_all_day() {
        let mut tenant = samples::roofer();
        let now = zoned("2026-11-20T10:00[America/Denver]");
        assert_eq!(closing_time(&tenant, &now), Some(Time::constant(17, 0, 0, 0)));
        assert_eq!(closing_time(&tenant, &zoned("2026-11-20T17:00[America/Denver]")), None);
        let (late, night) = (Time::constant(20, 0, 0, 0), Time::constant(2, 0, 0, 0));
        tenant.hours.friday = vec![Span { open: late, close: night }];
        assert_eq!(closing_time(&tenant, &zoned("2026-11-21T01:30[America/Denver]")), Some(night));
        tenant.hours.friday = vec![Span { open: Time::midnight(), close: Time::midnight() }];
        assert_eq!(closing_time(&tenant, &now), None);
    }

    #[test]
    fn a_language_without_phrases_falls_back_to_the_tenants_and_then_to_english() {
        let clinic = Tenant { language: Language::new("es").unwrap(), ..samples::dentist() };
        let japanese = Language::new("ja").unwrap();
        assert_eq!(Locale::new(&clinic, &japanese).phrases.code, "es");
        let tenant = Tenant { language: japanese.clone(), ..clinic };
        assert_eq!(Locale::new(&tenant, &japanese).phrases.code, "en");
    }
}
