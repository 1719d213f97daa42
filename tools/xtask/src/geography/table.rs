//! The rows of the file, from the sources and our own list.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, ensure};

use super::own::{ADDITIONS, HOMES, OMITTED, OVERLAYS, PARTS, PLACES, UNINHABITED, WRONG};
use super::sources::Sources;

/// The zones of a number or a country, the one that most people live in first.
type Zones<'a> = Vec<&'a str>;

/// All rows, sorted by their first word: North America's area codes (`1303 US-CO America/Denver`), the other calling codes
/// (`44 GB,GG,IM,JE Europe/London`) and the countries (`GB Europe/London`).
///
/// # Errors
/// Where a source or our own list is incomplete or contradicts itself; the message names the row.
pub(super) fn rows(sources: &Sources<'_>) -> Result<String> {
    let countries = countries(sources)?;
    let mut rows = BTreeMap::new();
    for (country, zones) in &countries {
        rows.insert((*country).to_owned(), zones.join(" "));
    }
    for (code, of) in calling_codes(sources) {
        let mut zones = Zones::new();
        for country in &of {
            let of_country =
                countries.get(country).with_context(|| format!("+{code} is {country}'s, which has no zones"))?;
            add(&mut zones, of_country.iter().copied());
        }
        rows.insert(code.to_owned(), format!("{} {}", of.join(","), zones.join(" ")));
    }
    let areas = areas(sources)?;
    for (place, codes) in PLACES {
        for code in codes.split_whitespace() {
            let zones = areas.get(code).with_context(|| format!("{place}'s area {code} has no zones"))?;
            let twice = rows.insert(format!("1{code}"), format!("{place} {}", zones.join(" ")));
            ensure!(twice.is_none(), "area {code} is in two places");
        }
    }
    Ok(rows.iter().map(|(key, row)| format!("{key} {row}\n")).collect())
}

/// Appends the zones that are not there yet.
fn add<'a>(zones: &mut Zones<'a>, more: impl IntoIterator<Item = &'a str>) {
    for zone in more {
        if !zones.contains(&zone) {
            zones.push(zone);
        }
    }
}

/// Each calling code with its countries, without North America's.
fn calling_codes<'a>(sources: &Sources<'a>) -> BTreeMap<&'a str, Vec<&'a str>> {
    let mut codes = BTreeMap::new();
    for (code, countries) in sources.codes.iter().filter(|(code, _)| **code != "1") {
        let mut of = Vec::new();
        for country in countries {
            let country = PARTS.iter().find(|(part, _)| part == country).map_or(*country, |(_, whole)| *whole);
            if !of.contains(&country) && !OMITTED.iter().any(|(omitted, from, _)| (*omitted, *from) == (country, *code))
            {
                of.push(country);
            }
        }
        codes.insert(*code, of);
    }
    codes
}

/// The zones of each country: the tz database's, and libphonenumber's for those that are not in ISO 3166.
fn countries<'a>(sources: &Sources<'a>) -> Result<BTreeMap<&'a str, Zones<'a>>> {
    let mut countries = sources.countries.clone();
    for (code, of) in calling_codes(sources) {
        for country in of.into_iter().filter(|country| !sources.iso.contains(country)) {
            let zones = sources.map.get(code).with_context(|| format!("nothing tells the zones of {country}"))?;
            countries.insert(country, zones.iter().map(|zone| sources.current(zone)).collect());
        }
    }
    for country in &sources.iso {
        let known = countries.contains_key(country);
        ensure!(known != UNINHABITED.contains(country), "{country}: either it has zones or it is uninhabited");
    }
    for (country, zones) in &mut countries {
        home_first(country, zones)?;
    }
    Ok(countries)
}

/// The zones of each area code: all that libphonenumber has under it, and ours.
fn areas<'a>(sources: &Sources<'a>) -> Result<BTreeMap<&'a str, Zones<'a>>> {
    let mut areas: BTreeMap<&str, Zones<'_>> = BTreeMap::new();
    for (prefix, zones) in &sources.map {
        let Some(code) = prefix.strip_prefix('1').and_then(|rest| rest.get(..3)) else { continue };
        add(areas.entry(code).or_default(), zones.iter().map(|zone| sources.current(zone)));
    }
    for (code, zone, _) in WRONG {
        let zones = areas.get_mut(code).with_context(|| format!("{code} is not in the map"))?;
        let before = zones.len();
        zones.retain(|known| *known != zone);
        ensure!(zones.len() < before, "{code} no longer has {zone}: take it off the list of what is wrong");
    }
    for (code, more, _) in ADDITIONS {
        add(areas.entry(code).or_default(), more.split_whitespace());
    }
    for (code, over) in OVERLAYS {
        let below = areas.get(over).with_context(|| format!("{code} lies over {over}, which has no zones"))?.clone();
        add(areas.entry(code).or_default(), below);
    }
    for (code, zones) in &mut areas {
        zones.sort_unstable();
        let home = home(code);
        ensure!(zones.len() == 1 || home.is_some(), "{code} has {zones:?}: in which of them do most people live?");
        home_first(code, zones)?;
        ensure!(PLACES.iter().any(|(_, codes)| codes.contains(code)), "area {code} is in no place");
    }
    Ok(areas)
}

fn home(key: &str) -> Option<&'static str> {
    HOMES.iter().find(|(_, keys)| keys.split_whitespace().any(|of| of == key)).map(|(zone, _)| *zone)
}

/// Puts the zone of most people first, where we say which it is.
fn home_first<'a>(key: &str, zones: &mut Zones<'a>) -> Result<()> {
    if let Some(home) = home(key) {
        let index =
            zones.iter().position(|zone| *zone == home).with_context(|| format!("{key} does not have {home}"))?;
        zones.get_mut(..=index).unwrap_or_default().rotate_right(1);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::WRITTEN;
    use super::*;
    use crate::up::Place;

    /// The zones of a row of the committed file.
    fn written() -> BTreeMap<String, Vec<String>> {
        let text = std::fs::read_to_string(Place::new(".local", 0).root.join(WRITTEN)).unwrap();
        let row = |line: &str| {
            let mut words = line.split(' ').map(str::to_owned);
            (words.next().unwrap(), words.collect())
        };
        text.lines().filter(|line| !line.starts_with('#')).map(row).collect()
    }

    #[test]
    fn the_committed_file_is_of_our_list_as_it_is() {
        let rows = written();
        for (code, zones, _) in ADDITIONS {
            assert!(
                zones.split_whitespace().all(|zone| rows[&format!("1{code}")].contains(&zone.to_owned())),
                "{code}"
            );
        }
        for (code, over) in OVERLAYS {
            let has: BTreeSet<_> = rows[&format!("1{code}")].iter().skip(1).collect();
            assert!(rows[&format!("1{over}")].iter().skip(1).all(|zone| has.contains(zone)), "{code} over {over}");
        }
        for (code, zone, _) in WRONG {
            assert!(!rows[&format!("1{code}")].contains(&zone.to_owned()), "{code}");
        }
        for (zone, keys) in HOMES {
            for key in keys.split_whitespace() {
                let area = key.starts_with(|c: char| c.is_ascii_digit());
                let first = if area { rows[&format!("1{key}")].get(1) } else { rows[key].first() };
                assert_eq!(first.map(String::as_str), Some(zone), "{key}");
            }
        }
        for (place, codes) in PLACES {
            assert!(codes.split_whitespace().all(|code| rows[&format!("1{code}")][0] == place), "{place}");
        }
        let areas = PLACES.iter().flat_map(|(_, codes)| codes.split_whitespace()).count();
        assert_eq!(rows.keys().filter(|key| key.starts_with('1')).count(), areas);
    }

    const METADATA: &str = r#"<territory id="FR" countryCode="33"><territory id="AC" countryCode="247">"#;
    const ZONES: &str = "FR\t+0\tEurope/Paris\nSH\t+0\tAfrica/Abidjan\n";

    /// The rows where the map has each area in one zone, with `more` lines.
    fn rows_with(more: &str, iso: &str) -> Result<String> {
        let codes = PLACES.iter().flat_map(|(_, codes)| codes.split_whitespace());
        let line = |code| format!("1{code}|{}\n", home(code).unwrap_or("US/Eastern"));
        let map = codes.map(line).collect::<String>() + more;
        rows(&Sources::parse(&map, METADATA, ZONES, iso, "Link America/New_York US/Eastern")?)
    }

    #[test]
    fn rows_are_the_union_of_the_sources_and_our_list() {
        let rows =
            rows_with("1689001|America/Chicago&America/New_York\n", "FR\tFrance\nSH\tSaint Helena\nBV\t").unwrap();
        assert!(rows.lines().is_sorted_by_key(|line| line.split(' ').next()));
        for row in [
            "1689 US-FL America/New_York",
            "1787 US-PR,PR America/New_York",
            "1236 CA-BC America/Vancouver America/Dawson_Creek America/Fort_Nelson",
            "247 SH Africa/Abidjan",
            "33 FR Europe/Paris",
            "FR Europe/Paris",
        ] {
            assert!(rows.lines().any(|line| line == row), "{row}: {rows}");
        }
    }

    #[test]
    fn what_neither_the_sources_nor_our_list_tell_stops_the_writing() {
        let wrong = "1689001|America/Chicago\n";
        for (more, iso, complaint) in [
            (String::new(), "FR\t\nSH\t", "689 no longer has America/Chicago"),
            (format!("{wrong}1999|America/Denver\n"), "FR\t\nSH\t", "area 999 is in no place"),
            (format!("{wrong}1303001|America/Denver\n"), "FR\t\nSH\t", "in which of them do most people live?"),
            (wrong.to_owned(), "FR\t\nSH\t\nDE\tGermany", "DE: either it has zones or it is uninhabited"),
        ] {
            let error = rows_with(&more, iso).unwrap_err().to_string();
            assert!(error.contains(complaint), "{complaint}: {error}");
        }
    }
}
