//! Values as the service writes them: a number, a number in a string, or an object with a unit; units under two prefixes.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff::{Span, Zoned};
use serde_json::Value;
use weather::units;

/// A layer's interval is at most this long; nothing is forecast for longer.
const LONGEST_DAYS: i64 = 31;

/// What a value measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    /// In tenths of a degree Celsius.
    Temperature,
    /// In tenths of a millimetre.
    Depth,
    /// In tenths of a kilometre an hour.
    Speed,
}

/// The number in `41`, `"41"`, `{"value": 41}` or `{"maxValue": 41}`; `None`: null, or none.
pub(super) fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        Value::Object(object) => ["value", "maxValue"].iter().find_map(|name| number(object.get(*name)?)),
        _ => None,
    }
    .filter(|number: &f64| number.is_finite())
}

/// The unit of `wmoUnit:degC`, `unit:degC` or `F`, without its prefix.
pub(super) fn unit(text: &str) -> &str {
    text.rsplit_once([':', '/']).map_or(text, |(_, unit)| unit)
}

/// A number in our tenths; `None`: a unit that is not known.
pub(super) fn measured(number: f64, unit: &str, measure: Measure) -> Option<i32> {
    let value = match (measure, unit) {
        (Measure::Temperature, "degC" | "C") | (Measure::Depth, "mm") | (Measure::Speed, "km_h-1" | "km/h") => number,
        (Measure::Temperature, "degF" | "F") => units::celsius(number),
        (Measure::Temperature, "K") => number - 273.15,
        (Measure::Depth, "cm") => number * 10.0,
        (Measure::Depth, "m") => number * 1_000.0,
        (Measure::Depth, "in" | "[in_i]") => units::mm_of_inches(number),
        (Measure::Speed, "m_s-1") => number * 3.6,
        (Measure::Speed, "mph" | "mi_h-1") => units::kmh_of_mph(number),
        (Measure::Speed, "kt" | "KT" | "knots") => units::kmh_of_knots(number),
        _ => return None,
    };
    units::tenths(value)
}

/// The last number of a text such as `10 to 15 mph`, with the unit after it.
pub(super) fn last_number(text: &str) -> Option<(f64, &str)> {
    let text = text.trim();
    let end = text.rfind(|c: char| c.is_ascii_digit())? + 1;
    let (numbers, unit) = text.split_at_checked(end)?;
    let begin = numbers.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
    // What comes before is one character, which may be longer than a byte.
    let number = numbers.char_indices().find(|(at, _)| *at >= begin).map_or(numbers, |(at, _)| numbers.split_at(at).1);
    Some((number.parse().ok()?, unit.trim()))
}

/// Begin and end of `2019-10-13T14:00:00+00:00/PT3H`.
pub(super) fn interval(text: &str) -> Option<(Timestamp, Timestamp)> {
    let (begin, length) = text.split_once('/')?;
    let begin: Timestamp = begin.parse().ok()?;
    let end = if length.starts_with('P') {
        let length: Span = length.parse().ok()?;
        begin.to_zoned(TimeZone::UTC).checked_add(length).ok()?.timestamp()
    } else {
        length.parse().ok()?
    };
    let is_some_days = end > begin && end.duration_since(begin).as_hours() <= LONGEST_DAYS * 24;
    is_some_days.then_some((begin, end))
}

/// A moment with its own offset: `2019-10-13T14:00:00-04:00`.
pub(super) fn local(value: &Value) -> Option<Zoned> {
    let text = value.as_str()?;
    let moment: Timestamp = text.parse().ok()?;
    let parsed = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text).ok()?;
    Some(moment.to_zoned(parsed.to_numeric_offset().map_or(TimeZone::UTC, TimeZone::fixed)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    #[test]
    fn a_number_is_read_in_all_its_forms() {
        for value in
            [json!(41), json!("41"), json!({"unitCode": "wmoUnit:degC", "value": 41}), json!({"maxValue": 41.0})]
        {
            assert_eq!(number(&value), Some(41.0), "{value}");
        }
        for value in [json!(null), json!({"value": null}), json!("warm"), json!([41]), json!("NaN"), json!({})] {
            assert_eq!(number(&value), None, "{value}");
        }
    }

    #[test]
    fn units_are_read_under_both_prefixes() {
        for (text, number, measure, tenths) in [
            ("wmoUnit:degC", 35.0, Measure::Temperature, Some(350)),
            ("unit:degF", 95.0, Measure::Temperature, Some(350)),
            ("http://codes.wmo.int/common/unit/degC", 35.0, Measure::Temperature, Some(350)),
            ("wmoUnit:km_h-1", 29.632, Measure::Speed, Some(296)),
            ("unit:m_s-1", 10.0, Measure::Speed, Some(360)),
            ("wmoUnit:mm", 12.7, Measure::Depth, Some(127)),
            ("wmoUnit:m", 0.1, Measure::Depth, Some(1_000)),
            ("wmoUnit:percent", 50.0, Measure::Temperature, None),
            ("wmoUnit:degC", 50.0, Measure::Depth, None),
        ] {
            assert_eq!(measured(number, unit(text), measure), tenths, "{text}");
        }
    }

    #[test]
    fn an_interval_is_read_in_hours_days_and_both() {
        let read = |text| interval(text).map(|(begin, end)| (begin.to_string(), end.duration_since(begin).as_hours()));
        assert_eq!(read("2019-10-13T14:00:00+00:00/PT3H"), Some(("2019-10-13T14:00:00Z".to_owned(), 3)));
        assert_eq!(read("2022-02-03T21:00:00+00:00/P1DT6H").unwrap().1, 30);
        assert_eq!(read("2022-02-03T21:00:00-05:00/2022-02-04T03:00:00+00:00").unwrap().1, 1);
        for bad in ["", "/", "2022-02-03/PT1H", "2022-02-03T21:00:00Z/P9Y", "2022-02-03T21:00:00Z/-PT1H", "x/PT1H"] {
            assert_eq!(interval(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_larger_end_of_a_wind_counts() {
        assert_eq!(last_number("10 to 15 mph"), Some((15.0, "mph")));
        assert_eq!(last_number("60 MPH"), Some((60.0, "MPH")));
        assert_eq!(last_number("Up to 1.25"), Some((1.25, "")));
        assert_eq!(last_number("calm"), None);
    }

    proptest! {
        #[test]
        fn no_text_makes_reading_it_panic(text in ".{0,40}") {
            let _ = (last_number(&text), interval(&text), unit(&text), local(&json!(text)));
        }
    }
}
