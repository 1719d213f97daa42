//! The triggers an industry begins with. Data: every tenant may change its own.

use crate::{Condition, FREEZE_TENTHS_C, Thresholds, Trigger};

/// 95 F.
const HOT: i32 = 350;
/// 20 F: what pipes in a wall freeze at (Building Research Council, University of Illinois, 1996).
const PIPES_FREEZE: i32 = -67;
/// 60 miles an hour.
const DAMAGING_GUST: i32 = 966;
/// One inch: what the weather service calls severe.
const SEVERE_HAIL: i32 = 254;
/// Two inches within the days of a rain week.
const MUCH_RAIN: i32 = 508;

/// The triggers of an industry, named in one or two words as tenants do; none where the weather decides nothing.
///
/// Heat wave and first freeze are those of the product's plan: above 95 F for 3 days, 3 days ahead; below 32 F, 5 days ahead, once a season.
#[must_use]
pub fn industry_defaults(industry: &str) -> Vec<Trigger> {
    let industry = industry.to_lowercase();
    let is = |names: &[&str]| {
        let mut words = industry.split(|c: char| !c.is_alphanumeric());
        words.any(|word| names.iter().any(|name| word == *name || name.len() > 4 && word.starts_with(name)))
    };
    if is(&["hvac", "heating", "cooling", "conditioning"]) {
        vec![
            heat_wave(&["tune-up", "ac-repair"]),
            cold_snap(&["heating-repair", "tune-up"]),
            first_freeze(&["tune-up", "heating-repair"]),
        ]
    } else if is(&["plumb"]) {
        vec![
            cold_snap(&["leak-repair", "emergency"]),
            first_freeze(&["leak-repair", "water-heater"]),
            rain_week(&["drain-cleaning"]),
        ]
    } else if is(&["roof", "roofing", "roofer", "gutter", "siding"]) {
        vec![storm(&["roof-inspection", "roof-repair"]), rain_week(&["roof-inspection", "roof-repair"])]
    } else if is(&["auto", "automotive", "tint", "tinting", "detailing"]) {
        vec![heat_wave(&["window-tint", "windshield-tint"]), storm(&["ppf"])]
    } else if is(&["landscap", "lawn", "garden", "irrigation"]) {
        vec![storm(&["storm-cleanup"]), first_freeze(&["winterization"]), rain_week(&["drainage"])]
    } else if is(&["pool", "pools"]) {
        vec![heat_wave(&["pool-service"]), first_freeze(&["winterization"]), storm(&["pool-service"])]
    } else {
        // Hotels, dentists, lawyers: their customers do not need them because of the weather.
        Vec::new()
    }
}

fn trigger(id: &str, condition: Condition, (days, lead_days): (u8, u8), services: &[&str]) -> Trigger {
    Trigger {
        id: id.to_owned(),
        condition,
        thresholds: Thresholds::default(),
        days,
        lead_days,
        services: services.iter().map(|&service| service.to_owned()).collect(),
        months: Vec::new(),
    }
}

fn heat_wave(services: &[&str]) -> Trigger {
    let thresholds = Thresholds { high_above_tenths_c: Some(HOT), ..Thresholds::default() };
    Trigger { thresholds, ..trigger("heat-wave", Condition::HeatWave, (3, 3), services) }
}

fn cold_snap(services: &[&str]) -> Trigger {
    let thresholds = Thresholds { low_below_tenths_c: Some(PIPES_FREEZE), ..Thresholds::default() };
    Trigger { thresholds, ..trigger("cold-snap", Condition::ColdSnap, (2, 3), services) }
}

fn first_freeze(services: &[&str]) -> Trigger {
    let thresholds = Thresholds { low_below_tenths_c: Some(FREEZE_TENTHS_C), ..Thresholds::default() };
    Trigger { thresholds, ..trigger("first-freeze", Condition::FirstFreeze, (1, 5), services) }
}

fn storm(services: &[&str]) -> Trigger {
    let thresholds = Thresholds {
        gust_above_tenths_kmh: Some(DAMAGING_GUST),
        hail_from_tenths_mm: Some(SEVERE_HAIL),
        ..Thresholds::default()
    };
    Trigger { thresholds, ..trigger("storm", Condition::Storm, (1, 2), services) }
}

fn rain_week(services: &[&str]) -> Trigger {
    let thresholds = Thresholds { rain_above_tenths_mm: Some(MUCH_RAIN), ..Thresholds::default() };
    Trigger { thresholds, ..trigger("rain-week", Condition::RainWeek, (7, 3), services) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_can_be_waited_for_and_has_its_own_name() {
        for industry in ["HVAC", "plumbing", "Roofing", "auto tint", "landscaping", "pool service", "air conditioning"]
        {
            let triggers = industry_defaults(industry);
            assert!(!triggers.is_empty(), "{industry}");
            for trigger in &triggers {
                trigger.check().unwrap();
                assert_eq!(triggers.iter().filter(|other| other.id == trigger.id).count(), 1, "{industry}");
            }
        }
        for industry in ["boutique hotel", "dental", "legal", "real estate", "airport hotel", "automation", ""] {
            assert_eq!(industry_defaults(industry), Vec::new(), "{industry}");
        }
    }

    #[test]
    fn the_defaults_are_those_of_the_plan() {
        let hvac = industry_defaults("hvac");
        let of = |condition| hvac.iter().find(|trigger| trigger.condition == condition).unwrap();
        let heat = of(Condition::HeatWave);
        assert_eq!((heat.thresholds.high_above_tenths_c, heat.days, heat.lead_days), (Some(350), 3, 3));
        let freeze = of(Condition::FirstFreeze);
        assert_eq!((freeze.thresholds.low_below_tenths_c, freeze.lead_days), (Some(0), 5));
    }

    #[test]
    fn a_trigger_that_could_never_be_fulfilled_is_refused() {
        let heat = || heat_wave(&[]);
        let without = Trigger { thresholds: Thresholds::default(), ..heat() };
        let far =
            Trigger { thresholds: Thresholds { high_above_tenths_c: Some(950), ..Thresholds::default() }, ..heat() };
        for (bad, field) in [
            (without, "thresholds.high_above_tenths_c"),
            (far, "thresholds.high_above_tenths_c"),
            (Trigger { days: 11, ..heat() }, "days"),
            (Trigger { days: 0, ..heat() }, "days"),
            (Trigger { lead_days: 11, ..heat() }, "lead_days"),
            (Trigger { months: vec![13], ..heat() }, "months"),
        ] {
            assert_eq!(bad.check().unwrap_err().field, field);
        }
    }

    #[test]
    fn a_trigger_is_read_as_it_is_written() {
        for trigger in industry_defaults("hvac") {
            let text = serde_json::to_string(&trigger).unwrap();
            assert_eq!(serde_json::from_str::<Trigger>(&text).unwrap(), trigger);
        }
        assert!(serde_json::from_str::<Thresholds>(r#"{"high_above_f":95}"#).is_err());
    }
}
