//! Shopmonkey: appointments that keep their ids, and know nothing of a time that is taken.

use domain::scheduling::Span;
use jiff::Timestamp;
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use super::{Booked, OWNER, State, TYPE, status};

impl State {
    pub(super) fn shopmonkey(&mut self, method: &str, parts: &[&str], body: &Value) -> ResponseTemplate {
        let row = |uid: &str, time: Span, note: &Value, changes: usize| {
            json!({"id": uid, "updatedDate": format!("{changes:06}"), "startDate": time.from.to_string(),
                "endDate": time.to.to_string(), "note": note, "locationId": TYPE, "technicians": []})
        };
        let at = |text: &Value| text.as_str().unwrap().parse::<Timestamp>().unwrap();
        match (method, parts) {
            ("GET", ["location"]) => shown(&[json!({"id": TYPE, "name": OWNER, "timezone": "America/Denver"})]),
            ("GET", ["user"]) => shown(&[]),
            ("POST", ["appointment", way]) => {
                let within = match *way {
                    "search" => &body["where"]["startDate"],
                    _ => &json!({"gte": body["dateMin"], "lte": body["dateMax"]}),
                };
                let within = at(&within["gte"])..=at(&within["lte"]);
                let found = self.found();
                let all =
                    found.iter().map(|(uid, booked)| row(uid, booked.time, &booked.words["note"], booked.changes));
                let shut = self.shut.iter().enumerate().map(|(n, time)| row(&format!("S{n}"), *time, &json!(""), 0));
                shown(&all.chain(shut).filter(|row| within.contains(&at(&row["startDate"]))).collect::<Vec<_>>())
            }
            ("POST", ["appointment"]) => {
                let (time, email) = (Span { from: at(&body["startDate"]), to: at(&body["endDate"]) }, OWNER.to_owned());
                let words = json!({"note": body["note"]});
                let uid = self.book(Booked { time, stands: true, words, before: None, email, changes: 0 });
                self.made(Some(json!({"success": true, "data": {"id": uid}})))
            }
            (_, ["appointment", uid]) => match self.bookings.get_mut(*uid).filter(|booked| booked.stands) {
                Some(booked) => {
                    match method {
                        "PUT" => {
                            booked.time = Span { from: at(&body["startDate"]), to: at(&body["endDate"]) };
                            booked.words = json!({"note": body["note"]});
                            booked.changes += 1;
                        }
                        "DELETE" => booked.stands = false,
                        _ => {}
                    }
                    let data = row(uid, booked.time, &booked.words["note"], booked.changes);
                    ResponseTemplate::new(200).set_body_json(json!({"success": true, "data": data}))
                }
                None => status(404),
            },
            ("GET", ["webhook"]) => {
                let hooks = self.hooks.iter();
                shown(&hooks.map(|(id, (url, _))| json!({"id": id, "url": url})).collect::<Vec<_>>())
            }
            ("POST", ["webhook"]) => {
                let id = self.hook(&body["url"], &body["secret"]);
                ResponseTemplate::new(200).set_body_json(json!({"success": true, "data": {"id": id}}))
            }
            ("GET", ["webhook", id]) => match self.hooks.contains_key(*id) {
                true => ResponseTemplate::new(200).set_body_json(json!({"data": {"id": id, "enabled": true}})),
                false => status(404),
            },
            ("DELETE", ["webhook", id]) => self.unhooked(id),
            _ => status(404),
        }
    }
}

/// A list of Shopmonkey's.
fn shown(rows: &[Value]) -> ResponseTemplate {
    let meta = json!({"total": rows.len(), "hasMore": false});
    ResponseTemplate::new(200).set_body_json(json!({"success": true, "data": rows, "meta": meta}))
}
