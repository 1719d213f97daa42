//! Calendly: bookings that are events with invitees, in pages.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use wiremock::ResponseTemplate;

use super::{Booked, OWNER, State, TYPE, status};

/// Events on a page.
const ON_A_PAGE: usize = 2;

impl State {
    pub(super) fn calendly(
        &mut self,
        method: &str,
        parts: &[&str],
        query: &BTreeMap<String, String>,
        body: &Value,
    ) -> ResponseTemplate {
        let uri = |kind: &str, id: &str| format!("https://api.calendly.com/{kind}/{id}");
        let is_active = |stands: bool| if stands { "active" } else { "canceled" };
        let shown = |uid: &str, booked: &Booked| {
            json!({"uri": uri("scheduled_events", uid), "status": is_active(booked.stands),
                "start_time": booked.time.from.to_string(), "end_time": booked.time.to.to_string(),
                "event_type": uri("event_types", TYPE)})
        };
        match (method, parts) {
            ("GET", ["users", "me"]) => one(json!({"uri": uri("users", "U"), "email": OWNER,
                "current_organization": uri("organizations", "O")})),
            ("GET", ["event_types"]) => {
                listed(&[json!({"uri": uri("event_types", TYPE), "name": "Visit", "duration": 60})], query)
            }
            ("GET", ["event_types", TYPE]) => {
                one(json!({"uri": uri("event_types", TYPE), "name": "Visit", "duration": 60}))
            }
            ("GET", ["scheduled_events"]) => {
                let of = query.get("invitee_email");
                let found = self.found();
                let found = found.iter().filter(|(_, booked)| of.is_none_or(|email| booked.email == *email));
                listed(&found.map(|(uid, booked)| shown(uid, booked)).collect::<Vec<_>>(), query)
            }
            ("GET", ["scheduled_events", uid]) => match self.bookings.get(*uid) {
                Some(booked) => one(shown(uid, booked)),
                None => status(404),
            },
            ("GET", ["scheduled_events", uid, "invitees", ..]) => {
                let booked = &self.bookings[*uid];
                let before =
                    booked.before.as_ref().map(|uid| uri("scheduled_events", &format!("{uid}/invitees/I{uid}")));
                let invitee = json!({"email": booked.email, "tracking": booked.words, "old_invitee": before});
                if parts.len() == 4 { one(invitee) } else { listed(&[invitee], query) }
            }
            ("GET", ["event_type_available_times"]) => {
                let at = |name: &str| query[name].parse::<Timestamp>().unwrap();
                assert!(at("end_time").duration_since(at("start_time")) <= SignedDuration::from_hours(31 * 24));
                let slots = self.slots(&query["start_time"], &query["end_time"]).into_iter();
                let times = slots.map(|slot| json!({"status": "available", "start_time": slot.from.to_string()}));
                // It has no pages.
                ResponseTemplate::new(200).set_body_json(json!({"collection": times.collect::<Vec<_>>()}))
            }
            ("POST", ["invitees"]) => {
                assert_eq!(body["event_type"].as_str().unwrap().rsplit('/').next(), Some(TYPE));
                let uid = self.take(&body["start_time"], body["tracking"].clone(), &body["invitee"]["email"]);
                self.made(uid.map(|uid| json!({"resource": uri("scheduled_events", &uid), "invitee": {}})))
            }
            ("POST", ["scheduled_events", uid, "cancellation"]) => self.cancelled(uid),
            ("GET", ["webhook_subscriptions"]) => {
                let hooks = self.hooks.iter();
                let hook = |(id, (url, _)): (&String, &(String, String))| json!({"uri": uri("webhook_subscriptions", id), "callback_url": url});
                listed(&hooks.map(hook).collect::<Vec<_>>(), query)
            }
            ("GET", ["webhook_subscriptions", id]) => match self.hooks.contains_key(*id) {
                true => one(json!({"uri": uri("webhook_subscriptions", id), "state": "active"})),
                false => status(404),
            },
            ("POST", ["webhook_subscriptions"]) => {
                let id = self.hook(&body["url"], &body["signing_key"]);
                one(json!({"uri": uri("webhook_subscriptions", &id), "state": "active"}))
            }
            ("DELETE", ["webhook_subscriptions", id]) => self.unhooked(id),
            _ => status(404),
        }
    }
}

fn one(resource: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({"resource": resource}))
}

/// A page of Calendly's.
fn listed(all: &[Value], query: &BTreeMap<String, String>) -> ResponseTemplate {
    let first: usize = query.get("page_token").map_or(0, |token| token.parse().unwrap());
    let next = first + ON_A_PAGE;
    let more = (next < all.len()).then(|| format!("https://api.calendly.com/x?page_token={next}"));
    let page = all.iter().skip(first).take(ON_A_PAGE).collect::<Vec<_>>();
    let pagination = json!({"count": page.len(), "next_page": more});
    ResponseTemplate::new(200).set_body_json(json!({"collection": page, "pagination": pagination}))
}
