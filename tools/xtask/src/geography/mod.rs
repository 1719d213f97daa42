//! Writes `shared/phone/src/geography.txt`, by which numbers are in their zones and countries, from checkouts of
//! libphonenumber and of the tz database. The sources are not kept here; the file's head names them with their checksums.
//!
//! North America's area codes are the union of libphonenumber's map and of `own.rs`. Elsewhere the map is not used but for countries
//! that the tz database has not: it has others' zones whose clocks agreed years ago, such as Paris for Algeria.
//!
//! Zones whose clocks agree today are all listed: a government changes the clocks of one of them, and then a list of
//! representatives is wrong (British Columbia, Alberta and Manitoba in 2026).

mod own;
mod sources;
mod table;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result};

use crate::bootstraps::hex_sha256;
use crate::up::Place;
use sources::Sources;

const WRITTEN: &str = "shared/phone/src/geography.txt";
const MAP: &str = "resources/timezones/map_data.txt";
const METADATA: &str = "resources/PhoneNumberMetadata.xml";
const TZ: [&str; 3] = ["zone1970.tab", "iso3166.tab", "backward"];

/// Writes the file from a checkout of libphonenumber and one of the tz database.
///
/// # Errors
/// When a file is missing or says something that the rules do not know; nothing is written then.
pub fn geography(libphonenumber: &Path, tz: &Path) -> Result<ExitCode> {
    let read = |folder: &Path, file: &str| {
        let path = folder.join(file);
        fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    };
    let (map, metadata) = (read(libphonenumber, MAP)?, read(libphonenumber, METADATA)?);
    let [zones, countries, links] = [read(tz, TZ[0])?, read(tz, TZ[1])?, read(tz, TZ[2])?];
    let (notes, news) = (read(libphonenumber, "release_notes.txt")?, read(tz, "NEWS")?);
    let release = notes.lines().next().context("libphonenumber's release_notes.txt is empty")?;
    let version = sources::tz_release(&news)?;

    let rows = table::rows(&Sources::parse(&map, &metadata, &zones, &countries, &links)?)?;
    let checksum = |name: &str, text: &str| format!("#   {} {name}\n", hex_sha256(text.as_bytes()));
    let head = [
        "# Zones and countries of telephone numbers. Written by `cargo xtask geography`: change its rules, not this file.\n",
        &format!("# Derived from libphonenumber, {release} (The Libphonenumber Authors, Apache-2.0):\n"),
        &checksum(MAP, &map),
        &checksum(METADATA, &metadata),
        &format!("# and from the tz database, {version} (public domain):\n"),
        &checksum(TZ[0], &zones),
        &checksum(TZ[1], &countries),
        &checksum(TZ[2], &links),
        "# SHA-256 of all rows below:\n",
        &checksum("rows", &rows),
    ];
    let path = Place::new(".local", 0).root.join(WRITTEN);
    fs::write(&path, head.concat() + &rows).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{WRITTEN}: {} rows, {} bytes", rows.lines().count(), rows.len());
    Ok(ExitCode::SUCCESS)
}
