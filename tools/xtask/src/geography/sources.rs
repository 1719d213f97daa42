//! What libphonenumber and the tz database say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context as _, Result, ensure};

/// The sources, read.
#[derive(Debug, Default)]
pub(super) struct Sources<'a> {
    /// Prefix of numbers (without `+`) and its zones, as libphonenumber knows them.
    pub(super) map: BTreeMap<&'a str, Vec<&'a str>>,
    /// Calling code and its countries, the main one first.
    pub(super) codes: BTreeMap<&'a str, Vec<&'a str>>,
    /// Country and its zones, in the tz database's order.
    pub(super) countries: BTreeMap<&'a str, Vec<&'a str>>,
    /// All countries of ISO 3166.
    pub(super) iso: BTreeSet<&'a str>,
    /// Former or local name of a zone and its name since 1970.
    links: BTreeMap<&'a str, &'a str>,
}

impl<'a> Sources<'a> {
    pub(super) fn parse(map: &'a str, metadata: &'a str, zones: &'a str, iso: &'a str, links: &'a str) -> Result<Self> {
        let sources = Self {
            map: rows(map).map(prefix).collect::<Result<_>>()?,
            codes: codes(metadata)?,
            countries: countries(zones)?,
            iso: rows(iso).filter_map(|line| line.split('\t').next()).collect(),
            links: links.lines().filter_map(link).collect(),
        };
        let counts = [sources.map.len(), sources.codes.len(), sources.countries.len(), sources.iso.len()];
        ensure!(counts.iter().all(|count| *count > 0), "a source is empty: {counts:?}");
        Ok(sources)
    }

    /// The zone that `name` is called since 1970: `Atlantic/Reykjavik` is `Africa/Abidjan`.
    pub(super) fn current(&self, name: &'a str) -> &'a str {
        let mut name = name;
        while let Some(target) = self.links.get(name) {
            name = target;
        }
        name
    }
}

/// The version and date of the newest release: `2026c - 2026-07-08 10:23:58 -0700`.
pub(super) fn tz_release(news: &str) -> Result<&str> {
    let first = news.lines().find(|line| line.starts_with("Release ") || line.starts_with("Unreleased"));
    first
        .and_then(|line| line.strip_prefix("Release "))
        .context("this is not a checkout of a release of the tz database")
}

/// The lines that are no comments.
fn rows(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// `1208|America/Boise&America/Los_Angeles`
fn prefix(line: &str) -> Result<(&str, Vec<&str>)> {
    let (prefix, zones) = line.split_once('|').with_context(|| format!("no prefix and zones: {line}"))?;
    Ok((prefix, zones.split('&').collect()))
}

/// Between tabs: `AE,OM`, coordinates, `Asia/Dubai`.
fn countries(text: &str) -> Result<BTreeMap<&str, Vec<&str>>> {
    let mut countries: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for line in rows(text) {
        let mut fields = line.split('\t');
        let (of, zone) = (fields.next(), fields.nth(1).with_context(|| format!("no zone: {line}"))?);
        of.unwrap_or_default().split(',').for_each(|country| countries.entry(country).or_default().push(zone));
    }
    Ok(countries)
}

/// `Link Africa/Abidjan Atlantic/Reykjavik`, with blanks or tabs between, and perhaps a comment.
fn link(line: &str) -> Option<(&str, &str)> {
    let mut fields = line.split_whitespace();
    (fields.next()? == "Link").then_some(())?;
    let target = fields.next()?;
    Some((fields.next()?, target))
}

/// `<territory id="RU" countryCode="7" mainCountryForCode="true" …>`; `001` is no country.
fn codes(text: &str) -> Result<BTreeMap<&str, Vec<&str>>> {
    let mut codes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for territory in text.split("<territory ").skip(1) {
        let opening = territory.split('>').next().unwrap_or_default();
        let attribute = |name: &str| opening.split_once(&format!("{name}=\""))?.1.split('"').next();
        let country = attribute("id").with_context(|| format!("a territory without id: {opening}"))?;
        let code = attribute("countryCode").with_context(|| format!("{country} has no countryCode"))?;
        if country != "001" {
            let of = codes.entry(code).or_default();
            let place = if attribute("mainCountryForCode").is_some() { 0 } else { of.len() };
            of.insert(place, country);
        }
    }
    Ok(codes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str =
        "# Internal statistics\n\n1|America/Adak\n1208|America/Boise&America/Los_Angeles\n7|Europe/Moscow\n";
    const METADATA: &str = r#"<!ATTLIST territory id CDATA><territories>
        <territory id="001" countryCode="800">
        <territory id="KZ" countryCode="7" leadingDigits="33622|7"
                   internationalPrefix="810">
        <territory id="RU" countryCode="7" mainCountryForCode="true">"#;
    const ZONES: &str = "#codes\nAE,OM\t+2518+05518\tAsia/Dubai\tCrozet\nAE\t+0+0\tAsia/Other\n";

    #[test]
    fn each_source_is_read_as_its_owners_write_it() {
        let links = "Link\tAfrica/Abidjan\tIceland\t#= Atlantic/Reykjavik\nLink Iceland Old\n# Link a b\n";
        let sources = Sources::parse(MAP, METADATA, ZONES, "#iso\nAE\tUnited Arab Emirates\n", links).unwrap();
        assert_eq!(sources.map["1208"], ["America/Boise", "America/Los_Angeles"]);
        assert_eq!(sources.codes, BTreeMap::from([("7", vec!["RU", "KZ"])]));
        assert_eq!(
            (&*sources.countries["AE"], &*sources.countries["OM"]),
            (&["Asia/Dubai", "Asia/Other"][..], &["Asia/Dubai"][..])
        );
        assert!(sources.iso.contains("AE"));
        assert_eq!((sources.current("Old"), sources.current("Asia/Dubai")), ("Africa/Abidjan", "Asia/Dubai"));
    }

    #[test]
    fn what_is_no_such_source_is_refused() {
        for (map, metadata, zones) in
            [("", METADATA, ZONES), ("1 2", METADATA, ZONES), (MAP, "", ZONES), (MAP, METADATA, "AE\t+0")]
        {
            assert!(Sources::parse(map, metadata, zones, "AE\t", "").is_err(), "{map} {metadata} {zones}");
        }
        assert_eq!(tz_release("News\n\nRelease 2026c - 2026-07-08\n").unwrap(), "2026c - 2026-07-08");
        assert!(tz_release("News\n\nUnreleased, experimental changes\nRelease 2026c - 2026-07-08\n").is_err());
    }
}
