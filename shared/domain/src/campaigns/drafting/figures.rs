//! The figures of the weather as a language and a country write them: whole numbers with their unit.
//!
//! No degree sign: it would make a text message of plain letters cost twice as much.

use crate::campaigns::{Campaign, Condition};
use crate::tenancy::{Language, Tenant};

/// Countries that measure heat in Fahrenheit and rain in inches (Unicode CLDR, `unitPreferenceData`, temperature `weather`, `rainfall`).
const FAHRENHEIT: [&str; 10] = ["US", "PR", "GU", "VI", "AS", "BS", "BZ", "KY", "PW", "LR"];
/// Countries that measure wind in miles an hour (the same, speed `wind`), besides.
const MILES: [&str; 1] = ["GB"];

/// The words of the units in a language.
struct Units {
    code: &'static str,
    degrees: &'static str,
    inch: &'static str,
    inches: &'static str,
    comma: bool,
}

const UNITS: [Units; 5] = [
    Units { code: "en", degrees: "degrees", inch: "inch", inches: "inches", comma: false },
    Units { code: "es", degrees: "grados", inch: "pulgada", inches: "pulgadas", comma: false },
    Units { code: "fr", degrees: "degrés", inch: "pouce", inches: "pouces", comma: true },
    Units { code: "de", degrees: "Grad", inch: "Zoll", inches: "Zoll", comma: true },
    Units { code: "pt", degrees: "graus", inch: "polegada", inches: "polegadas", comma: true },
];

/// The most extreme value foreseen: of a heat wave `99 degrees`, of a storm `60 mph`, of a week of rain `2.5 inches`.
pub(super) fn peak(campaign: &Campaign, tenant: &Tenant, language: &Language) -> Option<String> {
    let peak = campaign.peak?;
    match campaign.condition {
        Condition::HeatWave | Condition::ColdSnap | Condition::FirstFreeze => Some(temperature(peak, tenant, language)),
        Condition::RainWeek => length(peak, tenant, language),
        Condition::Storm => speed(peak, tenant),
    }
}

/// The largest hail foreseen.
pub(super) fn hail(campaign: &Campaign, tenant: &Tenant, language: &Language) -> Option<String> {
    campaign.hail_tenths_mm.and_then(|hail| length(hail, tenant, language))
}

/// Whether a tenant's country measures heat in Fahrenheit, rain in inches and wind in miles an hour.
#[must_use]
pub fn measures_in_fahrenheit(tenant: &Tenant) -> bool {
    is_in(tenant, &FAHRENHEIT)
}

fn units(language: &Language) -> &'static Units {
    let [english, ..] = &UNITS;
    UNITS.iter().find(|units| units.code == language.as_str()).unwrap_or(english)
}

fn is_in(tenant: &Tenant, countries: &[&str]) -> bool {
    countries.contains(&tenant.region.as_str())
}

fn temperature(tenths_c: i32, tenant: &Tenant, language: &Language) -> String {
    let tenths_c = i64::from(tenths_c);
    let degrees = match is_in(tenant, &FAHRENHEIT) {
        // (C * 9 / 5 + 32), in tenths, rounded to whole degrees.
        true => (tenths_c * 9 + 1_600 + 25).div_euclid(50),
        false => (tenths_c + 5).div_euclid(10),
    };
    format!("{degrees} {}", units(language).degrees)
}

/// Rain or hail; `None` where it would be 0.
fn length(tenths_mm: i32, tenant: &Tenant, language: &Language) -> Option<String> {
    let (tenths_mm, units) = (u32::try_from(tenths_mm).ok()?, units(language));
    if !is_in(tenant, &FAHRENHEIT) {
        let whole = tenths_mm.saturating_add(5) / 10;
        return (whole > 0).then(|| format!("{whole} mm"));
    }
    let tenths = (tenths_mm.saturating_mul(10).saturating_add(127)) / 254;
    let point = if units.comma { ',' } else { '.' };
    match (tenths / 10, tenths % 10) {
        (0, 0) => None,
        (1, 0) => Some(format!("1 {}", units.inch)),
        (whole, 0) => Some(format!("{whole} {}", units.inches)),
        (whole, part) => Some(format!("{whole}{point}{part} {}", units.inches)),
    }
}

fn speed(tenths_kmh: i32, tenant: &Tenant) -> Option<String> {
    let tenths_kmh = u64::try_from(tenths_kmh).ok().filter(|speed| *speed > 0)?;
    Some(match is_in(tenant, &FAHRENHEIT) || is_in(tenant, &MILES) {
        true => format!("{} mph", (tenths_kmh * 621_371 + 5_000_000) / 10_000_000),
        false => format!("{} km/h", (tenths_kmh + 5) / 10),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::roofer;

    #[test]
    fn figures_are_whole_and_in_the_units_of_the_country() {
        let (us, gb) = (roofer(), Tenant { region: "GB".into(), ..roofer() });
        let de = Tenant { region: "DE".into(), ..roofer() };
        let language = |code: &str| Language::new(code).unwrap();
        let (english, german) = (language("en"), language("de"));
        for (tenths, shown) in [(350, "95 degrees"), (0, "32 degrees"), (-67, "20 degrees"), (-400, "-40 degrees")] {
            assert_eq!(temperature(tenths, &us, &english), shown);
        }
        assert_eq!(temperature(-4, &de, &german), "0 Grad");
        assert_eq!(temperature(-6, &gb, &english), "-1 degrees");
        assert_eq!(speed(966, &us).as_deref(), Some("60 mph"));
        assert_eq!(speed(966, &gb).as_deref(), Some("60 mph"));
        assert_eq!(speed(966, &de).as_deref(), Some("97 km/h"));
        assert_eq!(speed(0, &de), None);
        assert_eq!(length(508, &us, &english).as_deref(), Some("2 inches"));
        assert_eq!(length(254, &us, &english).as_deref(), Some("1 inch"));
        assert_eq!(length(635, &us, &german).as_deref(), Some("2,5 Zoll"));
        assert_eq!(length(508, &de, &german).as_deref(), Some("51 mm"));
        assert_eq!(length(2, &us, &english), None);
    }
}
