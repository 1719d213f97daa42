//! The booking page and the links to appointments: booked once, whoever presses twice; taken is said; a link acts on its own
//! appointment alone, and opening it changes nothing.

use domain::scheduling::AppointmentState;
use form_urlencoded::Serializer;
use serde_json::{Value, json};
use xtask::http::Answer;

use crate::booking::{free, is, office, service};
use crate::journeys::Office;
use crate::stage::{Tenant, address, eventually};

fn get(path: &str) -> Answer {
    Tenant::call("GET", path, &[], "")
}

fn post(path: &str, fields: &[(&str, &str)]) -> Answer {
    let kind = ("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned());
    Tenant::call("POST", path, &[kind], &Serializer::new(String::new()).extend_pairs(fields).finish())
}

/// The page of a business's service, as it is once functions know the service.
fn page(office: &Office) -> String {
    let path = format!("/book/{}", office.tenant.id());
    eventually("the booking page", || Some(get(&path)).filter(|answer| answer.body.contains("id=\"hours\"")));
    path
}

/// The random number in the form for a time.
fn nonce(path: &str, at: &str) -> String {
    let at: String = Serializer::new(String::new()).append_pair("at", at).finish();
    let form = get(&format!("{path}?{at}"));
    nonce_of(&form)
}

fn nonce_of(form: &Answer) -> String {
    assert_eq!(form.status, 200, "{}", form.body);
    let found = form.body.split("name=\"nonce\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    found.unwrap_or_else(|| panic!("no form: {}", form.body)).to_owned()
}

fn typed<'a>(nonce: &'a str, at: &'a str, email: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("nonce", nonce),
        ("at", at),
        ("name", "Dana Whitfield"),
        ("email", email),
        ("address", "12 Alder Street, Denver"),
        ("note", "Gate code 4711"),
    ]
}

/// Where a booking led: the answer's header, or the page behind it where the client went there.
fn visit(answer: &Answer) -> String {
    assert!(matches!(answer.status, 200 | 303), "{} {}", answer.status, answer.body);
    let led = answer.header("location").or_else(|| {
        let page = answer.body.split("href=\"").find(|rest| rest.starts_with("/visit/"))?;
        page.split("/calendar.ics").next()
    });
    let led = led.unwrap_or_else(|| panic!("no link: {}", answer.body));
    led.split('?').next().unwrap().to_owned()
}

/// All that are listed within the month, once there are so many.
fn listed(office: &Office, count: usize) -> Vec<Value> {
    let to = runtime::clock::now() + jiff::SignedDuration::from_hours(60 * 24);
    let path = format!("/v1/appointments?limit=100&to={to}");
    eventually("the appointments", || {
        let page: Value = office.read(&path);
        page["items"].as_array().filter(|items| items.len() == count).cloned()
    })
}

#[test]
fn a_form_that_is_sent_twice_is_one_appointment_and_its_time_is_taken_for_others() {
    let office = office();
    let (path, service) = (page(&office), service(&office));
    let at = free(&office, &service)[8].clone();
    let (first, second, email) = (nonce(&path, &at), nonce(&path, &at), address());

    let link = visit(&post(&path, &typed(&first, &at, &email)));
    assert_eq!(visit(&post(&path, &typed(&first, &at, &email))), link);
    let shown = get(&link);
    assert_eq!(shown.status, 200);
    assert!(shown.body.contains("Booked") && !shown.body.contains("Dana") && !shown.body.contains("4711"));
    for (header, value) in
        [("referrer-policy", "no-referrer"), ("x-robots-tag", "noindex"), ("cache-control", "no-store")]
    {
        assert_eq!(shown.header(header), Some(value));
    }
    let made = listed(&office, 1);
    assert_eq!((&made[0]["starts_at"], &made[0]["state"]), (&json!(at), &json!("booked")));
    let note = made[0]["note"].as_str().unwrap();
    assert!(note.starts_with("Gate code 4711\n12 Alder Street, Denver\nDana Whitfield, "), "{note}");

    let taken = post(&path, &typed(&second, &at, &address()));
    assert_eq!(taken.status, 422);
    assert!(taken.body.contains("no longer free") && taken.body.contains("Gate code 4711"), "{}", taken.body);
    assert!(taken.body.contains("type=\"radio\""), "other times are offered");

    let robot = [typed(&second, &at, &email), vec![("website_url", "https://spam.example.com")]].concat();
    assert_eq!(post(&path, &robot).status, 200);
    let wrong = post(&path, &[("nonce", &second), ("at", &at), ("name", "Dana")]);
    assert_eq!(wrong.status, 422, "a form that names nobody to reach");
    assert_eq!(listed(&office, 1).len(), 1);
    assert_eq!(get("/book/no-such-business").status, 404);
}

#[test]
fn an_address_finds_its_contact_shows_nothing_of_them_and_has_three_appointments_ahead() {
    let office = office();
    let (ana, path, service) = (office.customer(), page(&office), service(&office));
    let times = free(&office, &service);
    for (turn, at) in times.iter().skip(2).step_by(3).take(4).enumerate() {
        let nonce = nonce(&path, at);
        let mut fields = typed(&nonce, at, "");
        fields.push(("phone", &ana.number));
        let answer = post(&path, &fields);
        if turn < 3 {
            visit(&answer);
        } else {
            assert_eq!(answer.status, 422, "{}", answer.body);
            assert!(answer.body.contains("cannot be booked online"), "{}", answer.body);
        }
    }
    let made = listed(&office, 3);
    assert!(made.iter().all(|one| one["contact"] == json!(ana.contact)), "{made:?}");
}

#[test]
fn a_link_confirms_moves_and_cancels_its_appointment_and_no_other_link_is_taken() {
    let office = office();
    let (ana, path, service) = (office.customer(), page(&office), service(&office));
    let times = free(&office, &service);
    let (at, later) = (times[8].clone(), times[20].clone());
    let nonce = nonce(&path, &at);
    let mut fields = typed(&nonce, &at, "");
    fields.push(("phone", &ana.number));
    let link = visit(&post(&path, &fields));
    let id = listed(&office, 1)[0]["id"].as_str().unwrap().to_owned();

    // Who opens it, such as a mail scanner, changes nothing.
    for below in ["", "/move", "/calendar.ics"] {
        assert_eq!(get(&format!("{link}{below}")).status, 200, "{below}");
    }
    for below in ["/confirm", "/cancel"] {
        assert_eq!(get(&format!("{link}{below}")).status, 405, "{below}");
    }
    is(&ana, &id, AppointmentState::Booked, &at);
    visit(&post(&format!("{link}/confirm"), &[]));
    is(&ana, &id, AppointmentState::Confirmed, &at);
    visit(&post(&format!("{link}/move"), &[("at", &later)]));
    is(&ana, &id, AppointmentState::Booked, &later);
    assert!(free(&office, &service).contains(&at));

    // Changed by one character, or another business's.
    let mut changed = link.clone();
    let last = changed.pop();
    changed.push(if last == Some('A') { 'B' } else { 'A' });
    let (_, rest) = link.split_once('.').unwrap();
    let other = crate::booking::office();
    let foreign = format!("/visit/{}.{rest}", other.tenant.id());
    for link in [&changed, &foreign, &"/visit/x".to_owned()] {
        assert_eq!(get(link).status, 404, "{link}");
        assert_eq!(post(&format!("{link}/cancel"), &[]).status, 404, "{link}");
    }
    is(&ana, &id, AppointmentState::Booked, &later);

    for _ in 0..2 {
        post(&format!("{link}/cancel"), &[("why", "Is out of town")]);
    }
    is(&ana, &id, AppointmentState::Cancelled, &later);
    let over = get(&link);
    assert!(over.body.contains("Cancelled") && !over.body.contains("<form"), "{}", over.body);
    post(&format!("{link}/move"), &[("at", &at)]);
    post(&format!("{link}/confirm"), &[]);
    is(&ana, &id, AppointmentState::Cancelled, &later);
    assert!(free(&office, &service).contains(&later));
    let cancelled = &listed(&office, 1)[0]["cancelled"];
    assert_eq!(cancelled, &json!({"by": "customer", "why": "Is out of town"}));
}

#[test]
fn who_finds_no_time_that_suits_joins_the_waiting_list_by_the_form_once() {
    let office = office();
    let (ana, path) = (office.customer(), page(&office));
    assert!(get(&path).body.contains("wait=1"), "the page of free times leads there");
    let nonce = nonce_of(&get(&format!("{path}?wait=1")));
    let mut fields = vec![("nonce", &*nonce), ("wait", "1"), ("name", "Ana")];
    let wrong = post(&path, &fields);
    assert!(wrong.status == 422 && wrong.body.contains("id=\"phone-problem\""), "{}", wrong.body);
    fields.push(("phone", &ana.number));
    for _ in 0..2 {
        let answer = post(&path, &fields);
        assert!(answer.status == 200 && answer.body.contains("You are on the waiting list"), "{}", answer.body);
    }
    let waiting: Value = office.read("/v1/waitlist");
    let items = waiting["items"].as_array().unwrap();
    assert_eq!((items.len(), &items[0]["contact"]), (1, &json!(ana.contact)), "{items:?}");
}
