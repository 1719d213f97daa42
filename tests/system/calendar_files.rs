//! The calendar file that goes with the mails about a visit, as it leaves.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use runtime::clock::now;
use serde_json::json;

use crate::booking::{free, office, posted, service};
use crate::stage::{address, eventually, mails_to, number};

/// The file of a mail.
struct Invitation {
    content_type: String,
    text: String,
}

impl Invitation {
    /// The value of the first line of this name.
    fn line(&self, name: &str) -> &str {
        let found = self.text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        found.unwrap_or_else(|| panic!("no {name} in {}", self.text))
    }

    /// When the customer's calendar shows the visit.
    fn shown(&self) -> Vec<Timestamp> {
        let range = now()..now() + SignedDuration::from_hours(24 * 30);
        let feed = calendar::busy(self.text.as_bytes(), &range, &TimeZone::UTC).unwrap();
        feed.busy.iter().map(|busy| busy.start).collect()
    }
}

/// The files that were sent to an address so far, oldest first.
fn invitations(to: &str) -> Vec<Invitation> {
    let files = mails_to(to).into_iter().flat_map(|mail| mail.attachments);
    let invitation = |file: serde_json::Value| {
        assert_eq!(file["FileName"], "invite.ics");
        let bytes = BASE64_STANDARD.decode(file["RawContent"].as_str().unwrap()).unwrap();
        let text = String::from_utf8(bytes).unwrap().replace("\r\n ", "");
        Invitation { content_type: file["ContentType"].as_str().unwrap().to_owned(), text }
    };
    files.map(invitation).collect()
}

#[test]
fn the_mails_about_a_visit_bring_one_event_that_is_made_moved_and_called_off() {
    let office = office();
    let (mailbox, service) = (address(), service(&office));
    let said = office
        .tenant
        .form(json!({"name": "Ana Reed", "email": mailbox, "consent": true, "message": "Do you repair roofs?"}));
    let ana = office.known(number(), &said);
    ana.lives_where_it_is(12);
    // So far ahead that no reminder is due.
    let from = now() + SignedDuration::from_hours(5 * 24);
    let times = eventually("free times", || {
        Some(free(&office, &format!("{service}&from={from}"))).filter(|times| times.len() > 20)
    });
    let wanted = json!({"contact": ana.contact, "service": service, "starts_at": times[4]});
    let made = posted(&office, "/v1/appointments", &wanted, 201);
    let path = format!("/v1/appointments/{}", made["id"].as_str().unwrap());
    let file = |count: usize| eventually("the next file", || (invitations(&mailbox).len() >= count).then_some(()));
    file(1);
    posted(&office, &format!("{path}/move"), &json!({"starts_at": times[20]}), 200);
    file(2);
    posted(&office, &format!("{path}/steps"), &json!({"step": "cancel", "by": "customer", "why": "Is away"}), 200);
    file(3);

    let files = invitations(&mailbox);
    let methods: Vec<&str> = files.iter().map(|file| file.line("METHOD")).collect();
    assert_eq!(methods, ["REQUEST", "REQUEST", "CANCEL"]);
    for file in &files {
        let expected = format!("text/calendar; method={}; charset=utf-8", file.line("METHOD"));
        assert_eq!((&file.content_type, file.line("UID")), (&expected, files[0].line("UID")));
        assert_eq!(file.line("UID"), format!("{}@porchlight", made["id"].as_str().unwrap()));
    }
    let versions: Vec<u32> = files.iter().map(|file| file.line("SEQUENCE").parse().unwrap()).collect();
    assert!(versions.is_sorted_by(|one, next| one < next), "{versions:?}");
    let at = |time: &String| vec![time.parse::<Timestamp>().unwrap()];
    let shown: Vec<_> = files.iter().map(Invitation::shown).collect();
    assert_eq!(shown, [at(&times[4]), at(&times[20]), vec![]]);
}
