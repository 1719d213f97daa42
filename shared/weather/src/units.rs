//! Units of providers, turned into ours.

/// The whole tenths that a number is nearest to; `None`: no number.
#[must_use]
pub fn tenths(value: f64) -> Option<i32> {
    let tenths = (value * 10.0).round();
    // No temperature, rain or wind on earth is near this; a cast beyond it would be cut off.
    (tenths.abs() < 1e9).then_some(tenths as i32)
}

/// Degrees Celsius of degrees Fahrenheit.
#[must_use]
pub fn celsius(fahrenheit: f64) -> f64 {
    (fahrenheit - 32.0) / 1.8
}

/// Kilometres an hour of miles an hour.
#[must_use]
pub fn kmh_of_mph(mph: f64) -> f64 {
    mph * 1.609_344
}

/// Kilometres an hour of knots.
#[must_use]
pub fn kmh_of_knots(knots: f64) -> f64 {
    knots * 1.852
}

/// Millimetres of inches.
#[must_use]
pub fn mm_of_inches(inches: f64) -> f64 {
    inches * 25.4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thresholds_of_the_trade_are_whole_tenths() {
        assert_eq!(tenths(celsius(95.0)), Some(350));
        assert_eq!(tenths(celsius(32.0)), Some(0));
        assert_eq!(tenths(celsius(20.0)), Some(-67));
        assert_eq!(tenths(kmh_of_mph(60.0)), Some(966));
        assert_eq!(tenths(kmh_of_knots(52.0)), Some(963), "59.8 miles an hour");
        assert_eq!(tenths(mm_of_inches(1.0)), Some(254));
    }

    #[test]
    fn what_is_no_number_is_no_value() {
        for nonsense in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e300] {
            assert_eq!(tenths(nonsense), None);
        }
    }
}
