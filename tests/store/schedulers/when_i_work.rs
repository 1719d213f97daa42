//! When I Work: a person's shifts, and granted time off. What is booked at the others is time off here; outside of what is shut, they work.

use domain::scheduling::Span;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use wiremock::ResponseTemplate;

use super::{OWNER, State, TYPE, status};

const DAY_S: i64 = 24 * 3_600;

impl State {
    pub(super) fn when_i_work(
        &mut self,
        method: &str,
        parts: &[&str],
        query: &BTreeMap<String, String>,
        body: &Value,
    ) -> ResponseTemplate {
        let user: i64 = TYPE.parse().unwrap();
        let row = |id: usize, time: Span, more: (&str, Value)| {
            let mail = |at: Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string();
            json!({"id": id, "user_id": user, "start_time": mail(time.from), "end_time": mail(time.to), more.0: more.1})
        };
        let begins_within = |span: &Span| {
            let at = |name: &str| query[name].parse::<Timestamp>().unwrap();
            assert_eq!(query["user_id"], TYPE);
            (at("start")..=at("end")).contains(&span.from)
        };
        let answer = match (method, parts) {
            ("POST", ["login"]) => {
                assert_eq!((&body["email"], &body["password"]), (&json!(OWNER), &json!("s3cret")));
                json!({"token": "t0ken"})
            }
            ("GET", ["account"]) => json!({"account": {"company": OWNER}}),
            ("GET", ["users"]) => json!({"users": [{"id": user, "first_name": "Ana", "last_name": "Flores"}]}),
            ("GET", ["shifts"]) => {
                let shifts = self.shifts(query["start"].parse().unwrap(), query["end"].parse().unwrap());
                let shifts = shifts.into_iter().filter(begins_within).enumerate();
                let shifts = shifts.map(|(n, span)| row(n, span, ("published", json!(true)))).collect::<Vec<_>>();
                json!({"shifts": shifts, "more": false})
            }
            ("GET", ["requests"]) => {
                // One a page: they are read to the last.
                let page: usize = query["page"].parse().unwrap();
                let found: Vec<Span> = self.found().iter().map(|(_, off)| off.time).filter(begins_within).collect();
                let off = found.get(page).map(|span| row(page, *span, ("status", json!(2))));
                json!({"requests": off.into_iter().collect::<Vec<_>>(), "more": page + 1 < found.len(), "page": page})
            }
            _ => return status(404),
        };
        ResponseTemplate::new(200).set_body_json(answer)
    }

    /// Around the clock but for what is shut, each at most a day long.
    fn shifts(&self, from: Timestamp, to: Timestamp) -> Vec<Span> {
        let days = (from.as_second() / DAY_S..=to.as_second() / DAY_S + 1).map(|day| day * DAY_S);
        let mut edges: BTreeSet<Timestamp> = days.map(|day| Timestamp::from_second(day).unwrap()).collect();
        edges.extend(self.shut.iter().flat_map(|shut| [shut.from, shut.to]));
        let edges: Vec<Timestamp> = edges.into_iter().collect();
        let spans = edges.windows(2).map(|pair| Span { from: pair[0], to: pair[1] });
        spans.filter(|span| !self.shut.iter().any(|shut| shut.overlaps(*span))).collect()
    }
}
