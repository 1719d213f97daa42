use super::*;
use proptest::prelude::*;

const EXPORT: &str = "EVENT_ID,CZ_NAME_STR,BEGIN_DATE,BEGIN_TIME,EVENT_TYPE,MAGNITUDE,STATE_ABBR,CZ_TIMEZONE,MAGNITUDE_TYPE,BEGIN_LAT,BEGIN_LON,EVENT_NARRATIVE
1,ELM CO.,06/03/2024,1705,Hail,1.75,CO,MST-7, ,39.74,-104.99,\"Large hail,
on two lines\"
2,ELM (ZONE),4/2/2000,659,High Wind,54.00,CO,MST,MG, , ,
3,OAK CO.,06/03/2024,5,Thunderstorm Wind,60,CO,EST-5,EG,40.1,-105.1,
";

const YEARLY: &str = "BEGIN_YEARMONTH,BEGIN_DAY,BEGIN_TIME,EVENT_ID,STATE,EVENT_TYPE,CZ_NAME,CZ_TIMEZONE,DAMAGE_PROPERTY,MAGNITUDE,MAGNITUDE_TYPE,BEGIN_LAT,BEGIN_LON
202406,3,1705,77,COLORADO,Hail,ELM,MST-7,10.00K,1.75,,39.74,-104.99
";

fn events(table: &str) -> Vec<StormEvent> {
    let storms = read(table.as_bytes()).unwrap();
    assert_eq!(storms.errors, []);
    storms.events
}

#[test]
fn the_export_of_the_search_is_read() {
    let events = events(EXPORT);
    let [hail, wind, gust] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((hail.kind, hail.hail_tenths_mm, hail.gust_tenths_kmh), (StormKind::Hail, Some(444), None));
    assert_eq!(hail.at, Point::new(39.74, -104.99));
    assert_eq!(hail.begin.to_string(), "2024-06-04T00:05:00Z", "standard time, though it is June");
    assert_eq!(hail.date.to_string(), "2024-06-03");
    assert_eq!(
        (wind.kind, wind.gust_tenths_kmh, wind.at, wind.is_measured),
        (StormKind::Wind, Some(1_000), None, true)
    );
    assert_eq!(wind.begin.to_string(), "2000-04-02T13:59:00Z");
    assert_eq!((gust.begin.to_string().as_str(), gust.is_measured), ("2024-06-03T05:05:00Z", false));
}

#[test]
fn a_yearly_file_says_the_same_in_other_columns() {
    let yearly = events(YEARLY).remove(0);
    let exported = events(EXPORT).remove(0);
    let (id, county, state) = ("77".to_owned(), "ELM".to_owned(), "COLORADO".to_owned());
    assert_eq!(yearly, StormEvent { id, county, state, ..exported });
}

#[test]
fn a_line_that_cannot_be_read_is_told_and_the_rest_is_read() {
    let row = |id: &str, date: &str, time: &str, zone: &str, magnitude: &str, lat: &str| {
        format!("{id},ELM CO.,{date},{time},Hail,{magnitude},CO,{zone}, ,{lat},-104.99,\n")
    };
    let good = row("9", "06/03/2024", "1705", "MST-7", "1", "39.74");
    for (bad, why) in [
        ("9,ELM CO.\n".to_owned(), "fields"),
        (row("x y", "06/03/2024", "1705", "MST-7", "1", "39.74"), "EVENT_ID"),
        (row("9", "06/31/2024", "1705", "MST-7", "1", "39.74"), "date"),
        (row("9", "06/03/24/5", "1705", "MST-7", "1", "39.74"), "date"),
        (row("9", "06/03/2024", "2460", "MST-7", "1", "39.74"), "BEGIN_TIME"),
        (row("9", "06/03/2024", "-1", "MST-7", "1", "39.74"), "BEGIN_TIME"),
        (row("9", "06/03/2024", "1705", "LMT", "1", "39.74"), "CZ_TIMEZONE"),
        (row("9", "06/03/2024", "1705", "MST-99", "1", "39.74"), "CZ_TIMEZONE"),
        (row("9", "06/03/2024", "1705", "MST-7", "big", "39.74"), "MAGNITUDE"),
        (row("9", "06/03/2024", "1705", "MST-7", "1", "139.74"), "coordinates"),
    ] {
        let header = EXPORT.lines().next().unwrap();
        let storms = read(format!("{header}\n{good}{bad}{good}").as_bytes()).unwrap();
        assert_eq!(storms.events.len(), 2, "{bad}");
        let [error] = storms.errors.as_slice() else { panic!("{bad} {:?}", storms.errors) };
        assert!(error.line == 3 && error.why.contains(why), "{bad} {error:?}");
    }
}

#[test]
fn a_table_of_something_else_is_refused() {
    for table in ["", "a,b\n1,2\n", "storm_date,storm_time,magnitude\n6/7/2015,0:15:00,0\n"] {
        assert!(read(table.as_bytes()).unwrap_err().contains("no column"), "{table}");
    }
}

#[test]
fn old_and_new_names_of_a_type_are_one_kind() {
    for (name, kind) in [
        ("Hail", StormKind::Hail),
        ("Marine Hail", StormKind::Hail),
        ("TSTM WIND", StormKind::Wind),
        ("Thunderstorm Wind", StormKind::Wind),
        ("Extreme Cold/Wind Chill", StormKind::Other),
        ("Flash Flood", StormKind::Rain),
        ("Hurricane (Typhoon)", StormKind::Wind),
        ("Tornado", StormKind::Tornado),
        ("Drought", StormKind::Other),
    ] {
        assert_eq!(StormKind::named(name), kind, "{name}");
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let header = EXPORT.lines().next().unwrap();
        let table = [header.as_bytes(), b"\n", &bytes].concat();
        let storms = read(&table).unwrap();
        prop_assert!(storms.events.len() + storms.errors.len() <= bytes.len());
        let _ = read(&bytes);
    }
}

#[test]
#[ignore = "needs tables of NOAA: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn every_recorded_table_is_read_or_refused_in_words() {
    let folder =
        std::path::PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("weather/storm_events");
    for (file, least, most_errors) in
        [("ncei_AZ_2024.csv", 499, 0), ("ncei_IL_2000s.csv", 400, 5), ("ncei_allegheny_PA_2000.csv", 490, 16)]
    {
        let storms = read(&std::fs::read(folder.join(file)).unwrap()).unwrap();
        let kinds = [StormKind::Hail, StormKind::Wind, StormKind::Tornado, StormKind::Rain, StormKind::Other];
        let counts = kinds.map(|kind| storms.events.iter().filter(|event| event.kind == kind).count());
        println!(
            "{file}: {} events {counts:?}, {} errors: {:?}",
            storms.events.len(),
            storms.errors.len(),
            storms.errors.first()
        );
        assert!(storms.events.len() >= least && storms.errors.len() <= most_errors, "{file}");
    }
    let paths = std::fs::read(folder.join("tornado_path_2008_2020.csv")).unwrap();
    assert!(read(&paths).unwrap_err().contains("no column"));
}
