//! What we read of other programs' calendars, beside python's icalendar with recurring-ical-events; and what we write, as python and ical.js
//! read it. `make oracle` runs it. It fails if a file's times differ that `differences.txt` does not name with a reason, if one that it names
//! does not differ any more, and if a visit is read otherwise than it was meant.

#![expect(clippy::print_stdout, reason = "printing is its job")]

use calendar::{CalendarEvent, Method, Party, Status, busy};
use jiff::civil::{DateTime, datetime};
use jiff::tz::{self, TimeZone};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The years of the times.
const YEARS: std::ops::Range<i16> = 1990..2030;
/// The calendars' own zone, of whole days and of times that name none.
const ZONE: &str = "America/Denver";
/// When visits begin in each zone: in winter and in summer, and about when Europe and America change their clocks. The hour that comes twice
/// is left out: RFC 5545 means the first, as python reads it, and ical.js takes the second.
const VISITS: [DateTime; 4] = [
    datetime(2026, 1, 20, 9, 0, 0, 0),
    datetime(2026, 3, 29, 3, 30, 0, 0),
    datetime(2026, 7, 4, 15, 0, 0, 0),
    datetime(2026, 11, 1, 3, 30, 0, 0),
];

/// The times that files say are taken, in seconds, or why a file is not read.
type Times = BTreeMap<String, Result<BTreeSet<(i64, i64)>, String>>;

fn year(year: i16) -> Result<Timestamp, jiff::Error> {
    Ok(datetime(year, 1, 1, 0, 0, 0, 0).to_zoned(TimeZone::UTC)?.timestamp())
}

/// What we read. Year by year: of what comes daily forty years are more than we read at once.
fn ours(folder: &Path) -> Result<Times, Box<dyn Error>> {
    let mut all = Times::new();
    for file in std::fs::read_dir(folder)? {
        let file = file?.path();
        if file.extension().is_none_or(|extension| extension != "ics") {
            continue;
        }
        // What is marked as free is compared like all else.
        let bytes = String::from_utf8_lossy(&std::fs::read(&file)?).replace("TRANSP:TRANSPARENT", "TRANSP:OPAQUE");
        let mut times = Ok(BTreeSet::new());
        for first in YEARS {
            let found = busy(bytes.as_bytes(), &(year(first)?..year(first + 1)?), &TimeZone::get(ZONE)?);
            times = times.and_then(|mut times: BTreeSet<_>| {
                let taken = found.map_err(|why| why.to_string())?.busy.into_iter();
                times.extend(taken.map(|busy| (busy.start.as_second(), busy.end.as_second())));
                Ok(times)
            });
        }
        all.insert(file.file_name().unwrap_or_default().to_string_lossy().into_owned(), times);
    }
    Ok(all)
}

fn pythons(peers: &Path, folder: &Path) -> Result<Times, Box<dyn Error>> {
    let [from, to] = [year(YEARS.start)?, year(YEARS.end)?].map(|at| at.as_second().to_string());
    let mut asked = python(peers);
    asked.arg("times").arg(folder).args([&from, &to, ZONE]);
    let answer = answer(&mut asked, &Value::Null)?;
    let files = answer.as_object().ok_or("python names no files")?;
    let times = |said: &Value| match said["times"].as_array() {
        Some(times) => Ok(times.iter().filter_map(|pair| Some((pair[0].as_i64()?, pair[1].as_i64()?))).collect()),
        None => Err(said["refused"].as_str().unwrap_or_default().to_owned()),
    };
    Ok(files.iter().map(|(file, said)| (file.clone(), times(said))).collect())
}

fn python(peers: &Path) -> Command {
    let mut python = Command::new(peers.join(".venv/bin/python"));
    python.args(["-W", "ignore"]).arg(peers.join("read.py"));
    python
}

/// What a peer says to `input`.
fn answer(peer: &mut Command, input: &Value) -> Result<Value, Box<dyn Error>> {
    let mut child = peer.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    child.stdin.take().ok_or("no stdin")?.write_all(input.to_string().as_bytes())?;
    let done = child.wait_with_output()?;
    if !done.status.success() {
        return Err(format!("{peer:?} failed: {}", done.status).into());
    }
    Ok(serde_json::from_slice(&done.stdout)?)
}

/// Visits in every zone, each with its file and what it says.
fn visits() -> Result<Vec<Value>, Box<dyn Error>> {
    let mut visits = Vec::new();
    for name in tz::db().available() {
        let zone = TimeZone::get(name.as_str())?;
        for at in VISITS {
            let start = at.to_zoned(zone.clone())?;
            let end = start.timestamp() + SignedDuration::from_mins(90);
            let uid = format!("{}@porchlight", visits.len());
            let (summary, location) = ("Überprüfung; Kessel, jährlich \\ \"klein\"", "12 Elm St, Springfield");
            let description =
                "Bring:\n- the key, please; and a long line that has to be folded because it is so very long, 長い";
            let party = Party { name: "Acme", address: "office@acme.example" };
            let visit = CalendarEvent {
                uid: &uid,
                sequence: 3,
                stamp: Timestamp::UNIX_EPOCH,
                start: &start,
                end,
                summary,
                location: Some(location),
                description: Some(description),
                organizer: party,
                attendee: party,
                status: Status::Confirmed,
                alarm: Some(SignedDuration::from_hours(2)),
            };
            visits.push(json!({
                "file": visit.file(Method::Request),
                "meant": {"uid": uid, "sequence": 3, "summary": summary, "location": location, "description": description,
                    "start": start.timestamp().as_second(), "end": end.as_second()},
            }));
        }
    }
    Ok(visits)
}

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name the folder of the calendars")?);
    let peers = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/bench/peers/ical");
    let (ours, theirs) = (ours(&folder)?, pythons(&peers, &folder)?);
    let known = std::fs::read_to_string(peers.join("differences.txt"))?;
    let known: BTreeMap<&str, &str> = known.lines().filter_map(|line| line.split_once(": ")).collect();
    let is_other = |(file, times): &(&String, &Result<_, _>)| times.is_err() || theirs.get(*file) != Some(*times);
    let other: BTreeSet<&str> = ours.iter().filter(is_other).map(|(file, _)| file.as_str()).collect();
    let mut is_good = !ours.is_empty();
    for (file, times) in &ours {
        if other.contains(file.as_str()) != known.contains_key(file.as_str()) {
            is_good = false;
            println!("{file}\n  ours: {times:?}\n  python: {:?}", theirs.get(file));
        }
    }
    let times: usize = ours.values().flatten().map(BTreeSet::len).sum();
    println!("{} of {} files: python's times, of {times} in all", ours.len() - other.len(), ours.len());
    for (file, why) in &known {
        println!("  {file}: {why}");
    }

    let visits = visits()?;
    let mut node = Command::new("node");
    node.arg(peers.join("read.mjs"));
    for (name, peer) in [("python", python(&peers).arg("visits")), ("ical.js", &mut node)] {
        let otherwise = answer(peer, &json!(visits))?;
        let otherwise = otherwise.as_array().ok_or("the peer lists nothing")?;
        println!("{} visits, {} read otherwise by {name}", visits.len(), otherwise.len());
        is_good &= otherwise.is_empty();
        otherwise.iter().take(3).for_each(|visit| println!("  {visit}"));
    }
    if is_good { Ok(()) } else { Err("see above".into()) }
}
