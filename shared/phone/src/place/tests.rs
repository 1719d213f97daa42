//! Places: what the table must say whatever its sources say.

use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumberFormat};

use super::*;

fn of(code: &str) -> Vec<&'static str> {
    zones(&format!("+1{code}5550123")).iter().collect()
}

#[test]
fn known_areas_are_where_they_are() {
    for (code, of_state, expected) in [
        ("212", Some("NY"), &["America/New_York"][..]),
        ("303", Some("CO"), &["America/Denver"]),
        ("602", Some("AZ"), &["America/Phoenix"]),
        // Knoxville, which is not Chattanooga.
        ("865", Some("TN"), &["America/New_York"]),
        ("915", Some("TX"), &["America/Denver"]),
        ("689", Some("FL"), &["America/New_York"]),
        ("416", Some("ON"), &["America/Toronto"]),
        ("787", Some("PR"), &["America/Puerto_Rico"]),
        ("876", None, &["America/Jamaica"]),
    ] {
        assert_eq!((state(&format!("+1{code}5550123")), of(code)), (of_state, expected.to_vec()), "{code}");
    }
    for nowhere in ["+15555550123", "+18005550123", "+88112345678", "+80012345678", "+", "", "13035550123", "+GB"] {
        assert!(zones(nowhere).is_empty() && state(nowhere).is_none(), "{nowhere}");
    }
}

#[test]
fn every_state_and_every_province_has_an_area() {
    let states = "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM \
                  NY NC ND OH OK OR PA RI SC SD TN TX UT VT VA WA WV WI WY PR VI GU AS MP AB BC MB NB NL NS NT ON QC SK";
    let known: Vec<_> = (200..1000).filter_map(|code| state(&format!("+1{code}5550123"))).collect();
    for state in states.split_whitespace() {
        assert!(known.contains(&state), "{state}");
    }
}

#[test]
fn a_number_is_of_the_countries_that_its_digits_tell() {
    for (number, country) in [
        ("+13035550123", "US"),
        ("+14165550123", "CA"),
        ("+18765550123", "JM"),
        ("+17875550123", "PR"),
        ("+4915123456720", "DE"),
        ("+447700900123", "GB"),
        ("+5511987654399", "BR"),
        ("+77011234567", "KZ"),
        ("+61412345678", "AU"),
    ] {
        assert!(is_of(number, ["FR", country]), "{number}");
        for other in
            ["US", "CA", "DE", "GB", "BR", "FR", "JM", "CO", "KZ"].into_iter().filter(|other| *other != country)
        {
            assert_eq!(is_of(number, [other]), country == "PR" && other == "US", "{number} {other}");
        }
    }
    // California is not Canada.
    assert!(!is_of("+12135550123", ["CA"]));
    let no_place = "+15005550123";
    assert!(is_of(no_place, ["US"]) && is_of(no_place, ["CA"]) && !is_of(no_place, ["DE"]));
    assert!(!is_of("+88112345678", ["US"]) && !is_of("", ["US"]));
}

#[test]
fn every_country_with_numbers_is_known_by_them() {
    let mut seen = 0;
    for region in PHONE_NUMBER_UTIL.get_supported_regions() {
        let Ok(number) = PHONE_NUMBER_UTIL.get_example_number(region) else { continue };
        let number = PHONE_NUMBER_UTIL.format(&number, PhoneNumberFormat::E164).into_owned();
        // Parts of Saint Helena, and two islands whose numbers count as Australian.
        let name = region.to_string();
        let country = match name.as_str() {
            "AC" | "TA" => "SH",
            "CC" | "CX" => "AU",
            country => country,
        };
        assert!(is_of(&number, [country]), "{country}");
        let all: Vec<_> = zones(&number).iter().collect();
        assert!(!all.is_empty() && !country_zones(country).is_empty(), "{country}");
        // In North America a number tells its area, which has some of the country's zones.
        if !matches!(country, "US" | "CA") {
            assert!(country_zones(country).iter().all(|zone| all.contains(&zone)), "{country}: {all:?}");
        }
        seen += 1;
    }
    assert!(seen > 230, "{seen}");
}

#[test]
fn a_country_is_known_by_its_code_alone() {
    assert_eq!(country_zones("US").iter().next(), Some("America/New_York"));
    assert!(country_zones("US").iter().any(|zone| zone == "Pacific/Honolulu"));
    for none in ["ZZ", "", "us", "44", "1303", "#"] {
        assert!(country_zones(none).is_empty(), "{none}");
    }
}

/// Where the table differs from the hand-kept lists before it (452 areas, 244 countries), which merged zones whose clocks agreed:
/// it has every zone of theirs but one, those below in addition, and another home where theirs was not where most people live.
#[test]
fn what_differs_from_the_lists_before_has_a_reason() {
    for (codes, home, more, why) in [
        ("306 474 639", "America/Regina", "America/Winnipeg", "Creighton and Denare Beach keep Manitoba's time"),
        ("709 879", "America/St_Johns", "America/Puerto_Rico", "the map has it for unplaced numbers; not proven wrong"),
        ("867", "America/Edmonton", "America/Vancouver", "the map has it for numbers in Yukon; not proven wrong"),
        (
            "907",
            "America/Anchorage",
            "Pacific/Honolulu",
            "the map has it for numbers in the Aleutians; not proven wrong",
        ),
        ("219", "America/Chicago", "America/New_York", "Gary and Hammond are Central; New York was home before"),
        ("270 364", "America/Chicago", "America/New_York", "Bowling Green, Owensboro, Paducah; New York was home"),
        ("448 850", "America/Chicago", "America/New_York", "Pensacola, Panama City; New York was home"),
        ("458 541", "America/Los_Angeles", "America/Denver", "only Malheur County is Mountain; Denver was home"),
        (
            "775",
            "America/Los_Angeles",
            "America/Denver",
            "only West Wendover and Jackpot are Mountain; Denver was home",
        ),
        ("807", "America/Toronto", "America/Winnipeg", "Thunder Bay is Eastern; Winnipeg was home"),
    ] {
        for code in codes.split(' ') {
            let zones = of(code);
            assert_eq!(zones.first(), Some(&home), "{code}: {why}");
            assert!(zones.contains(&more), "{code}: {why}");
        }
    }
    let of_country = |country| country_zones(country).iter().collect::<Vec<_>>();
    // Simferopol was home, as the first in the tz database; most people live by Kyiv's clock.
    assert_eq!(of_country("UA"), ["Europe/Kyiv", "Europe/Simferopol"]);
    // Mayotte's clock was Reunion's too, for the sake of their common calling code, which now has both.
    assert_eq!(of_country("RE"), ["Asia/Dubai"]);
    assert_eq!(zones("+262692123456").iter().collect::<Vec<_>>(), ["Asia/Dubai", "Africa/Nairobi"]);
}

#[test]
fn an_area_has_the_zones_that_the_map_alone_would_miss() {
    for (codes, zones) in [
        ("236 250 257 672 778", "America/Vancouver America/Edmonton America/Dawson_Creek America/Fort_Nelson"),
        ("270 364 423 448 574 606 729 812 850 906 930", "America/New_York America/Chicago"),
        ("306 474 639", "America/Regina America/Edmonton"),
        ("367 418 581", "America/Toronto America/Halifax"),
        ("208 458 541 775 986", "America/Denver America/Los_Angeles"),
        ("867", "America/Edmonton America/Whitehorse America/Winnipeg America/Toronto"),
        ("709 879", "America/St_Johns America/Halifax"),
        ("907", "America/Anchorage America/Adak"),
    ] {
        for code in codes.split(' ') {
            assert!(zones.split(' ').all(|zone| of(code).contains(&zone)), "{code}: {zones}");
        }
    }
}

#[test]
fn a_number_at_home_is_without_its_countrys_code() {
    for (number, expected) in [
        ("+13035550101", Some("3035550101")),
        ("+493012345678", Some("3012345678")),
        ("+390612345678", Some("0612345678")),
        ("+85291234567", Some("91234567")),
        ("+999123", None),
        ("3035550101", None),
        ("+", None),
    ] {
        assert_eq!(national(number), expected, "{number}");
    }
}
