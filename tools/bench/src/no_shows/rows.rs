//! The file's rows, each with what was known before its day.

use anyhow::{Context, Result, ensure};
use domain::journeys::no_show::{Features, History};
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

/// One appointment.
pub(super) struct Row {
    /// On which day.
    pub(super) day: Date,
    /// What the product would know of it.
    pub(super) features: Features,
    /// What the file says besides, column by column.
    pub(super) own: Vec<f64>,
    /// Whether it was missed.
    pub(super) missed: bool,
    /// A number that has nothing to do with it.
    pub(super) draw: u64,
}

/// A line of the file.
struct Line<'a> {
    patient: &'a str,
    made: DateTime,
    day: Date,
    age: f64,
    /// Sex, welfare, illnesses.
    traits: [f64; 6],
    place: &'a str,
    reminded: bool,
    missed: bool,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Result<Self> {
        let fields: Vec<&str> = line.trim_end().split(',').collect();
        let [patient, _, sex, made, day, age, place, welfare, pressure, diabetes, alcohol, handicap, sms, missed] =
            <[&str; 14]>::try_from(fields).map_err(|fields| anyhow::anyhow!("{} fields", fields.len()))?;
        let moment =
            |text: &str| -> Result<DateTime> { Ok(text.parse::<Timestamp>()?.to_zoned(TimeZone::UTC).datetime()) };
        let flag = |text: &str| f64::from(u8::from(text != "0" && text != "M"));
        Ok(Self {
            patient,
            made: moment(made)?,
            day: moment(day)?.date(),
            age: age.parse::<f64>()?.clamp(0.0, 100.0),
            traits: [sex, welfare, pressure, diabetes, alcohol, handicap].map(flag),
            place,
            reminded: sms == "1",
            missed: missed == "Yes",
        })
    }

    fn features(&self, history: History) -> Features {
        let days = self.day.since(self.made.date()).map_or(0, |span| span.get_days());
        Features {
            days_ahead: u32::try_from(days).unwrap_or(0),
            // The file tells the day alone.
            hour: 12.0,
            weekday: self.day.weekday(),
            history,
            confirmed: false,
            reminders: u32::from(self.reminded),
            channel: None,
            deposit: None,
            rough_weather: false,
        }
    }

    /// What the product does not know. `same_day` are the patient's other appointments of the day.
    fn own(&self, features: &Features, same_day: u32, places: &BTreeMap<&str, usize>) -> Vec<f64> {
        let part = |at: f64, from: f64, to: f64| ((at - from) / (to - from)).clamp(0.0, 1.0);
        let (wait, today) = (f64::from(features.days_ahead).ln_1p(), f64::from(u8::from(features.days_ahead == 0)));
        let ages = [0.0, 5.0, 12.0, 18.0, 25.0, 35.0, 45.0, 55.0, 65.0, 75.0, 90.0];
        let hours = [7.0, 8.0, 10.0, 12.0, 14.0, 16.0, 18.0, 20.0];
        let steps = |at: f64, knots: &[f64]| -> Vec<f64> {
            knots.iter().zip(knots.iter().skip(1)).map(|(from, to)| part(at, *from, *to)).collect()
        };
        let others = f64::from(u8::from(same_day > 0));
        let missed = f64::from(features.history.missed).ln_1p();
        let mut own = steps(self.age, &ages);
        own.extend(steps(f64::from(self.made.hour()), &hours));
        own.extend(self.traits);
        own.extend([others, f64::from(same_day).ln_1p(), others * today, missed * wait, missed * today]);
        own.extend([f64::from(u8::from(self.reminded)) * wait, wait]);
        own.extend((0..places.len()).map(|place| f64::from(u8::from(places.get(self.place) == Some(&place)))));
        own
    }
}

/// All rows, in the order of time.
///
/// # Errors
/// Naming the line that cannot be read.
pub(super) fn read(text: &str) -> Result<Vec<Row>> {
    let parse = |(at, line)| Line::parse(line).with_context(|| format!("line {}", at + 1));
    let mut lines = text.lines().enumerate().skip(1).map(parse).collect::<Result<Vec<Line<'_>>>>()?;
    ensure!(!lines.is_empty(), "the file has no rows");
    lines.sort_by_key(|line| (line.day, line.made));
    let mut places: BTreeMap<&str, usize> = lines.iter().map(|line| (line.place, 0)).collect();
    places.values_mut().enumerate().for_each(|(at, place)| *place = at);
    let mut draws: u64 = 7;
    let mut histories: BTreeMap<&str, History> = BTreeMap::new();
    let mut rows = Vec::with_capacity(lines.len());
    for day in lines.chunk_by(|a, b| a.day == b.day) {
        let mut today: BTreeMap<&str, u32> = BTreeMap::new();
        for line in day {
            *today.entry(line.patient).or_default() += 1;
        }
        for line in day {
            draws = draws.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let features = line.features(histories.get(line.patient).copied().unwrap_or_default());
            let same_day = today.get(line.patient).map_or(0, |count| count - 1);
            let own = line.own(&features, same_day, &places);
            rows.push(Row { day: line.day, features, own, missed: line.missed, draw: draws >> 33 });
        }
        for line in day {
            let history = histories.entry(line.patient).or_default();
            *history = history.and(line.missed);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_knows_of_earlier_days_and_nothing_of_its_own() {
        let text = "header\n\
            7,3,F,2016-05-02T10:00:00Z,2016-05-04T00:00:00Z,30,CENTRO,0,0,0,0,0,1,No\n\
            7,1,F,2016-05-01T10:00:00Z,2016-05-02T00:00:00Z,30,CENTRO,0,0,0,0,0,0,Yes\n\
            7,2,F,2016-05-02T09:00:00Z,2016-05-02T00:00:00Z,30,CENTRO,0,0,0,0,0,0,No\n";
        let rows = read(text).unwrap();
        let known: Vec<_> =
            rows.iter().map(|row| (row.features.days_ahead, row.features.history, row.missed)).collect();
        let none = History::default();
        let after = History { kept: 1, missed: 1, missed_last: false };
        assert_eq!(known, [(1, none, true), (0, none, false), (2, after, false)]);
        assert!(read("header\n7,1,F\n").is_err());
    }
}
