//! The client against a server of ours, and every recorded answer.

use super::*;
use domain::webhooks::Reach;
use jiff::civil::date;
use serde_json::{Value, json};
use weather::{AlertStatus, MessageType};
use wiremock::matchers::{header_regex, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

fn denver() -> TimeZone {
    TimeZone::get("America/Denver").unwrap()
}

fn nws(server: &MockServer) -> Nws {
    Nws::new(Server::new(&server.uri(), "ops@porchlight.example", Reach::Local).unwrap().quickly())
}

fn point() -> Point {
    Point::new(39.7392, -104.9903).unwrap()
}

fn layers() -> Value {
    json!({"properties": {
        "maxTemperature": {"uom": "wmoUnit:degC", "values": [
            {"validTime": "2026-07-10T13:00:00+00:00/PT12H", "value": 35.6},
            {"validTime": "2026-07-11T13:00:00+00:00/PT12H", "value": null},
            {"validTime": "2026-07-12T13:00:00+00:00/PT12H", "value": "38"}]},
        "minTemperature": {"uom": "unit:degF", "values": [
            {"validTime": "2026-07-11T01:00:00+00:00/PT13H", "value": 50}]},
        "quantitativePrecipitation": {"uom": "wmoUnit:mm", "values": [
            {"validTime": "2026-07-11T03:00:00+00:00/PT6H", "value": 12}]},
        "windGust": {"uom": "wmoUnit:km_h-1", "values": [
            {"validTime": "2026-07-11T03:00:00+00:00/PT6H", "value": 97.5},
            {"validTime": "sometime", "value": 200}]},
        "weather": {"values": [
            {"validTime": "2026-07-11T03:00:00+00:00/PT2H", "value": [{"coverage": "chance", "weather": "thunderstorms"}]},
            {"validTime": "2026-07-12T13:00:00+00:00/PT2H", "value": [{"coverage": null, "weather": null}]}]},
        "snowfallAmount": {"uom": "wmoUnit:furlong", "values": [
            {"validTime": "2026-07-11T03:00:00+00:00/PT6H", "value": 12}]}
    }})
}

fn periods() -> Value {
    json!({"properties": {"periods": [
        {"startTime": "2026-07-10T06:00:00-06:00", "endTime": "2026-07-10T18:00:00-06:00", "isDaytime": true,
         "temperature": 96, "temperatureUnit": "F", "windSpeed": "10 to 15 mph", "icon": "/icons/land/day/few"},
        {"startTime": "2026-07-10T18:00:00-06:00", "endTime": "2026-07-11T06:00:00-06:00", "isDaytime": false,
         "temperature": {"unitCode": "wmoUnit:degC", "value": 11.5}, "windSpeed": {"unitCode": "wmoUnit:km_h-1", "value": 20},
         "windGust": {"unitCode": "wmoUnit:km_h-1", "minValue": 30, "maxValue": 55}},
        {"startTime": "2026-07-11T06:00:00-06:00", "endTime": "2026-07-11T18:00:00-06:00", "isDaytime": true,
         "temperature": "93", "temperatureUnit": "F", "windSpeed": null}
    ]}})
}

#[test]
fn layers_are_laid_over_the_days_of_the_place() {
    let read = read_layers(layers().to_string().as_bytes(), &denver()).unwrap();
    let [friday, saturday, sunday] = read.days.as_slice() else { panic!("{read:?}") };
    assert_eq!((friday.date, friday.high_tenths_c, friday.low_tenths_c), (date(2026, 7, 10), Some(356), None));
    assert_eq!((saturday.high_tenths_c, saturday.low_tenths_c), (None, Some(100)), "a null is no value");
    assert_eq!((sunday.date, sunday.high_tenths_c), (date(2026, 7, 12), Some(380)));
    assert_eq!((friday.rain_tenths_mm, saturday.rain_tenths_mm), (Some(60), Some(60)), "midnight is in the middle");
    assert_eq!((friday.gust_tenths_kmh, saturday.gust_tenths_kmh), (Some(975), Some(975)));
    assert_eq!((friday.thunder, saturday.thunder, sunday.thunder), (Some(true), None, Some(false)));
    assert_eq!(read.left_out, 2, "a moment and a unit that are none");
}

#[test]
fn rain_over_the_change_of_the_clock_is_shared_out_by_time() {
    let rain = json!({"properties": {"quantitativePrecipitation": {"uom": "wmoUnit:mm", "values": [
        {"validTime": "2026-11-01T06:00:00+00:00/P2D", "value": 49}]}}});
    let days = read_layers(rain.to_string().as_bytes(), &denver()).unwrap().days;
    let rain: Vec<_> = days.iter().map(|day| day.rain_tenths_mm.unwrap()).collect();
    assert_eq!(rain, [255, 234], "the first of November has 25 hours");
}

#[test]
fn periods_say_less_and_are_read_in_all_their_forms() {
    let days = read_periods(periods().to_string().as_bytes()).unwrap();
    let [friday, saturday] = days.as_slice() else { panic!("{days:?}") };
    assert_eq!((friday.high_tenths_c, friday.low_tenths_c, friday.gust_tenths_kmh), (Some(356), None, Some(241)));
    assert_eq!(
        (saturday.high_tenths_c, saturday.low_tenths_c, saturday.gust_tenths_kmh),
        (Some(339), Some(115), Some(550))
    );
    let empty = json!({"properties": {"periods": []}}).to_string();
    assert_eq!(read_periods(empty.as_bytes()).unwrap(), []);
}

#[test]
fn a_point_is_read_as_geojson_and_flat() {
    let fields = json!({"gridId": "BOU", "gridX": 62, "gridY": "60", "timeZone": "America/Denver"});
    let feature = json!({"properties": fields});
    for body in [feature.to_string(), fields.to_string()] {
        let place = read_point(body.as_bytes()).unwrap();
        assert_eq!((place.cell.to_string().as_str(), place.zone.as_str()), ("nws/BOU/62,60", "America/Denver"));
    }
    for (bad, why) in [
        (json!({"properties": {"gridX": 1, "gridY": 2, "timeZone": "UTC"}}), "cell"),
        (json!({"properties": {"gridId": "BOU", "gridX": -1, "gridY": 2, "timeZone": "UTC"}}), "cell"),
        (json!({"properties": {"gridId": "../x", "gridX": 1, "gridY": 2, "timeZone": "UTC"}}), "name"),
        (json!({"properties": {"gridId": "BOU", "gridX": 1, "gridY": 2, "timeZone": "Mars/Base"}}), "zone"),
        (json!([]), "JSON"),
    ] {
        assert!(read_point(bad.to_string().as_bytes()).unwrap_err().contains(why), "{bad}");
    }
}

fn alert(changes: &Value) -> Value {
    let mut properties = json!({
        "id": "urn:oid:2", "event": "Severe Thunderstorm Warning", "status": "Actual", "messageType": "Update",
        "sent": "2026-07-10T20:10:00-06:00", "onset": null, "effective": "2026-07-10T20:10:00-06:00",
        "expires": "2026-07-10T20:45:00-06:00", "ends": "2026-07-10T21:00:00-06:00",
        "references": [{"identifier": "urn:oid:1b", "sent": "2026-07-10T20:05:00-06:00"},
                       {"identifier": "urn:oid:1a", "sent": "2026-07-10T20:00:00-06:00"}],
        "parameters": {"VTEC": ["/O.CON.KBOU.SV.W.0012.000000T0000Z-260711T0300Z/"], "maxHailSize": ["1.25"],
                       "maxWindGust": ["60 MPH"]}});
    properties.as_object_mut().unwrap().extend(changes.as_object().unwrap().clone());
    json!({"properties": properties})
}

fn read_one(changes: &Value) -> Alert {
    let body = json!({"features": [alert(changes)]}).to_string();
    read_alerts(body.as_bytes()).unwrap().alerts.remove(0)
}

#[test]
fn an_alert_is_read_with_its_hail_and_wind() {
    let alert = read_one(&json!({}));
    assert_eq!((alert.hail_tenths_mm, alert.gust_tenths_kmh), (Some(318), Some(966)));
    assert_eq!((alert.status, alert.message), (AlertStatus::Actual, MessageType::Update));
    assert_eq!(
        (alert.onset.to_string(), alert.ends.to_string()),
        ("2026-07-11T02:10:00Z".into(), "2026-07-11T03:00:00Z".into())
    );
    assert_eq!(
        (alert.first_message.as_deref(), alert.event_id()),
        (Some("urn:oid:1a"), "KBOU.SV.W.0012.2026".to_owned())
    );
}

#[test]
fn what_is_missing_of_an_alert_is_made_up_for_or_left_out() {
    let bare = read_one(&json!({"ends": null, "parameters": {}, "references": []}));
    assert_eq!(bare.ends.to_string(), "2026-07-11T02:45:00Z", "the message's end");
    assert_eq!((bare.vtec, bare.hail_tenths_mm, bare.first_message), (None, None, None));
    for changes in [json!({"status": "Exercise"}), json!({"status": "Test"}), json!({"messageType": "Ack"})] {
        assert_eq!(read_one(&changes).status, AlertStatus::Unreal, "{changes}");
    }
    let said = read_one(&json!({"parameters": {"hailSize": "Up to 1.00", "windGust": ["52 kt", "none"]}}));
    assert_eq!((said.hail_tenths_mm, said.gust_tenths_kmh), (Some(254), Some(963)));
    let body = json!({"features": [alert(&json!({"sent": "yesterday"})), {}, alert(&json!({}))]}).to_string();
    let alerts = read_alerts(body.as_bytes()).unwrap();
    assert_eq!((alerts.alerts.len(), alerts.unreadable), (1, 2));
}

#[tokio::test]
async fn a_point_is_asked_for_with_a_contact_and_followed_where_it_is_sent_on() {
    let server = MockServer::start().await;
    let to = ResponseTemplate::new(301).insert_header("location", "/points/39.739,-104.99");
    Mock::given(path("/points/39.7392,-104.9903")).respond_with(to).mount(&server).await;
    let fields = json!({"properties": {"gridId": "BOU", "gridX": 62, "gridY": 60, "timeZone": "America/Denver"}});
    Mock::given(method("GET"))
        .and(path("/points/39.739,-104.99"))
        .and(header_regex("user-agent", r"^Porchlight/.+ \(ops@porchlight\.example\)$"))
        .respond_with(ResponseTemplate::new(200).set_body_json(&fields))
        .mount(&server)
        .await;
    assert_eq!(nws(&server).place(point()).await.unwrap().cell.to_string(), "nws/BOU/62,60");
}

#[tokio::test]
async fn no_answer_sends_us_to_another_server() {
    let server = MockServer::start().await;
    let away = ResponseTemplate::new(301).insert_header("location", "https://elsewhere.example/points/1,2");
    Mock::given(path("/points/39.7392,-104.9903")).respond_with(away).mount(&server).await;
    assert!(matches!(nws(&server).place(point()).await, Err(Trouble::Refused(_))));
}

#[tokio::test]
async fn an_outage_is_tried_three_times_and_a_moved_cell_once() {
    for (status, expected, asked) in [
        (500, Trouble::Busy("500".to_owned(), None), 3),
        (429, Trouble::Busy("429".to_owned(), None), 3),
        (404, Trouble::NotFound, 1),
        (403, Trouble::Refused("403".to_owned()), 1),
    ] {
        let server = MockServer::start().await;
        Mock::given(path("/points/39.7392,-104.9903")).respond_with(ResponseTemplate::new(status)).mount(&server).await;
        assert_eq!(nws(&server).place(point()).await, Err(expected), "{status}");
        assert_eq!(server.received_requests().await.unwrap().len(), asked, "{status}");
    }
}

#[tokio::test]
async fn what_is_asked_to_wait_long_is_left_to_the_next_try() {
    let server = MockServer::start().await;
    let busy = ResponseTemplate::new(503).insert_header("retry-after", "600");
    Mock::given(path("/points/39.7392,-104.9903")).respond_with(busy).mount(&server).await;
    assert_eq!(nws(&server).place(point()).await, Err(Trouble::Busy("503".to_owned(), Some(600))));
    assert_eq!(server.received_requests().await.unwrap().len(), 1);
}

async fn days(layers: ResponseTemplate, periods: ResponseTemplate) -> Result<Vec<Day>, Trouble> {
    let server = MockServer::start().await;
    Mock::given(path("/gridpoints/BOU/62,60")).respond_with(layers).mount(&server).await;
    Mock::given(path("/gridpoints/BOU/62,60/forecast")).respond_with(periods).mount(&server).await;
    nws(&server).days(("BOU", 62, 60), &denver()).await
}

#[tokio::test]
async fn where_the_layers_cannot_be_had_the_periods_stand_in() {
    let good = |body: &Value| ResponseTemplate::new(200).set_body_json(body);
    let empty = json!({"properties": {}});
    assert_eq!(days(good(&layers()), ResponseTemplate::new(500)).await.unwrap().len(), 3);
    for layers in [ResponseTemplate::new(500), good(&empty), good(&json!("none")), good(&json!({"properties": []}))] {
        assert_eq!(days(layers, good(&periods())).await.unwrap().len(), 2);
    }
    assert_eq!(days(ResponseTemplate::new(404), good(&periods())).await, Err(Trouble::NotFound), "it has moved");
    let none = json!({"properties": {"periods": []}});
    assert_eq!(days(ResponseTemplate::new(500), good(&none)).await, Err(Trouble::Busy("500".to_owned(), None)));
    assert!(matches!(days(ResponseTemplate::new(500), ResponseTemplate::new(502)).await, Err(Trouble::Busy(..))));
}

#[tokio::test]
async fn alerts_of_the_last_days_are_asked_for_by_point() {
    let server = MockServer::start().await;
    let body = json!({"features": [alert(&json!({}))]});
    Mock::given(path("/alerts"))
        .and(query_param("point", "39.7392,-104.9903"))
        .and(query_param("start", "2026-07-08T12:00:00Z"))
        .respond_with(ResponseTemplate::new(200).set_body_json(&body))
        .mount(&server)
        .await;
    let now: Timestamp = "2026-07-11T12:00:00Z".parse().unwrap();
    assert_eq!(nws(&server).alerts(point(), now).await.unwrap().len(), 1);
}

#[tokio::test]
async fn what_is_larger_than_any_answer_is_not_read() {
    let large = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 4 * 1024 * 1024 + 1]);
    let answer = days(large.clone(), large).await;
    assert_eq!(answer, Err(Trouble::Refused("an answer over 4 MB".to_owned())));
}

#[test]
fn only_a_server_over_tls_is_asked() {
    for bad in ["http://api.weather.gov/", "ftp://api.weather.gov/", "api.weather.gov", "mailto:a@b.example"] {
        assert!(Server::new(bad, "ops@porchlight.example", Reach::Public).is_err(), "{bad}");
    }
    assert!(Server::new(BASE, "ops@porchlight.example", Reach::Public).is_ok());
    assert!(Server::new(BASE, "a\nb", Reach::Public).is_err());
}

/// Each recorded answer is read by the parser of its kind, and by every other without a panic.
#[test]
#[ignore = "needs recorded answers: PORCHLIGHT_FIXTURES=<folder> make fixtures"]
fn every_recorded_answer_is_read_or_refused_in_words() {
    let folder = std::path::PathBuf::from(std::env::var_os("PORCHLIGHT_FIXTURES").unwrap()).join("weather/nws");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if !name.ends_with(".json") {
            continue;
        }
        let body = std::fs::read(&path).unwrap();
        let zone = TimeZone::get("America/New_York").unwrap();
        let answers = [
            read_point(&body).map(|place| format!("{} {}", place.cell, place.zone)),
            read_layers(&body, &zone).map(|layers| format!("{} days, {} left out", layers.days.len(), layers.left_out)),
            read_periods(&body).map(|days| format!("{} days", days.len())),
            read_alerts(&body)
                .map(|alerts| format!("{} alerts, {} unreadable", alerts.alerts.len(), alerts.unreadable)),
        ];
        assert!(answers.iter().flatten().all(|text| !text.is_empty()));
        assert!(answers.iter().all(|answer| answer.as_ref().err().is_none_or(|why| !why.is_empty())), "{name}");
        let is_right = match name.as_str() {
            "points.json" => answers[0].as_deref() == Ok("nws/TAE/58,65 America/New_York"),
            "detailed_forecast.json" => answers[1].as_deref().is_ok_and(|text| text.ends_with(" 0 left out")),
            name if name.contains("forecast") && name.contains("empty") => answers[2].as_deref() == Ok("0 days"),
            name if name.contains("forecast") => answers[2].as_deref().is_ok_and(|text| text != "0 days"),
            name if name.starts_with("alerts") => {
                answers[3].as_deref().is_ok_and(|text| text.ends_with(" 0 unreadable"))
            }
            // Stations and observations are not asked for.
            _ => answers[..3].iter().all(Result::is_err),
        };
        assert!(is_right, "{name}: {answers:?}");
        println!("{name}: {answers:?}");
        read += 1;
    }
    assert!(read >= 26, "{read}");
}
