//! The tenants' API: who may see what, pages, filters, status changes.

use std::collections::BTreeSet;

use domain::LeadId;
use domain::conversations::Conversation;
use domain::leads::Lead;
use serde_json::json;

use crate::stage::{Page, Said, Tenant, address, number, problem};

/// A tenant of the test's own with this many answered forms, oldest first.
fn roofer_with_leads(count: usize) -> (Tenant, Vec<Said>) {
    let roofer = Tenant::opened(|_| {});
    let said: Vec<Said> = (0..count).map(|_| roofer.form(json!({"email": address(), "message": "Hello"}))).collect();
    for said in &said {
        roofer.sent_reply(said);
    }
    (roofer, said)
}

#[test]
fn pages_follow_each_other_without_gaps_or_repeats() {
    let (roofer, said) = roofer_with_leads(7);
    for (path, expected) in [
        ("/v1/leads?limit=3", said.iter().map(|said| said.lead().to_string()).collect::<BTreeSet<_>>()),
        ("/v1/conversations?limit=3", said.iter().map(|said| said.conversation().to_string()).collect()),
    ] {
        let (mut seen, mut sizes, mut cursor) = (Vec::new(), Vec::new(), None::<String>);
        loop {
            let from = cursor.map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
            let page: Page<serde_json::Value> = roofer.read(&format!("{path}{from}"));
            sizes.push(page.items.len());
            seen.extend(page.items.iter().map(|item| item["id"].as_str().unwrap().to_owned()));
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(sizes, [3, 3, 1], "{path}");
        assert_eq!(seen.iter().cloned().collect::<BTreeSet<_>>(), expected);
    }
    let leads: Vec<Lead> = roofer.list("/v1/leads");
    assert!(leads.is_sorted_by(|newer, older| newer.updated_at >= older.updated_at));
}

#[test]
fn lists_are_filtered_and_unknown_filters_are_refused() {
    let (roofer, said) = roofer_with_leads(3);
    assert_eq!(roofer.set_status(said[1].lead(), "nurturing").status, 200);
    let hot = roofer.sms(&number(), "We are ready to start");
    roofer.sent_reply(&hot);

    let leads = |filter: &str| {
        roofer.list::<Lead>(&format!("/v1/leads?{filter}")).iter().map(|lead| lead.id).collect::<Vec<_>>()
    };
    assert_eq!(leads("status=nurturing"), [said[1].lead()]);
    assert_eq!(leads("score=hot"), [hot.lead()]);
    assert_eq!(leads("status=nurturing&score=hot"), []);
    assert_eq!(leads("limit=1").len(), 4);
    let threads = |filter: &str| roofer.list::<Conversation>(&format!("/v1/conversations?{filter}"));
    assert_eq!(threads("channel=sms").iter().map(|thread| thread.id).collect::<Vec<_>>(), [hot.conversation()]);
    assert_eq!(threads("channel=email&status=active").len(), 3);
    assert!(threads("channel=email&status=ended").is_empty());

    for (path, field) in [
        ("/v1/leads?status=lost", "status"),
        ("/v1/leads?score=lukewarm", "score"),
        ("/v1/conversations?channel=fax", "channel"),
        ("/v1/conversations?status=new", "status"),
        ("/v1/escalations?status=active", "status"),
    ] {
        assert_eq!(problem(&roofer.get(path)), (400, Some(field.to_owned())), "{path}");
    }
}

#[test]
fn a_limit_that_is_no_number_is_400_and_named() {
    for path in ["/v1/leads", "/v1/conversations", "/v1/escalations"] {
        let answer = Tenant::roofer().get(&format!("{path}?limit=many"));
        assert_eq!(problem(&answer), (400, Some("limit".to_owned())), "{path}");
    }
}

#[test]
fn a_cursor_is_good_in_its_own_list_of_its_own_tenant_alone() {
    let (roofer, _) = roofer_with_leads(2);
    let page: Page<Lead> = roofer.read("/v1/leads?limit=1");
    let cursor = page.cursor.unwrap();
    let refused = (400, Some("cursor".to_owned()));
    for path in
        [format!("/v1/conversations?cursor={cursor}"), "/v1/leads?cursor=made-up".into(), "/v1/leads?cursor=%25".into()]
    {
        assert_eq!(problem(&roofer.get(&path)), refused, "{path}");
    }
    assert_eq!(problem(&Tenant::dentist().get(&format!("/v1/leads?cursor={cursor}"))), refused);
    assert_eq!(problem(&roofer.get(&format!("/v1/leads?status=new&cursor={cursor}"))), refused, "other filters");
    assert_eq!(roofer.get(&format!("/v1/leads?cursor={cursor}")).status, 200);
}

#[test]
fn staff_move_a_lead_along_its_way_and_no_further() {
    let (roofer, said) = roofer_with_leads(1);
    let lead = said[0].lead();
    let moved = roofer.set_status(lead, "appointment_booked");
    assert_eq!(moved.status, 200, "{}", moved.body);
    assert_eq!(serde_json::from_str::<Lead>(&moved.body).unwrap(), roofer.lead(lead));
    assert_eq!(problem(&roofer.set_status(lead, "new")), (409, None));
    assert_eq!(problem(&roofer.set_status(lead, "sold")), (400, Some("status".to_owned())));
    assert_eq!(problem(&roofer.set_status(LeadId::derive(&roofer.id(), &["x"]), "nurturing")), (404, None));

    assert_eq!(roofer.set_status(lead, "closed_won").status, 200);
    assert_eq!(problem(&roofer.set_status(lead, "nurturing")), (409, None));
    assert_eq!(roofer.set_status(lead, "closed_won").status, 200, "staying is no change");
    assert_eq!(roofer.lead(lead).status.as_str(), "closed_won");

    let path = format!("/v1/leads/{lead}");
    let version = ("if-match".to_owned(), roofer.get(&path).header("etag").unwrap().to_owned());
    let headers = [roofer.bearer(), version];
    for body in ["", "status=sold", r#"{"status":7}"#, "{}"] {
        let answer = Tenant::call("PATCH", &path, &headers, body);
        assert_eq!(problem(&answer), (400, Some("body".to_owned())), "{body}");
    }
    let large = format!("{{\"status\":\"{}\"}}", "x".repeat(256 * 1024));
    assert_eq!(problem(&Tenant::call("PATCH", &path, &headers, &large)), (413, None));
}

#[test]
fn a_change_names_the_version_it_was_made_from() {
    let (roofer, said) = roofer_with_leads(1);
    let path = format!("/v1/leads/{}", said[0].lead());
    let read = roofer.get(&path).header("etag").unwrap().to_owned();
    let change = |tag: Option<&str>, status: &str| {
        let version = tag.map(|tag| ("if-match".to_owned(), tag.to_owned()));
        let headers: Vec<_> = std::iter::once(roofer.bearer()).chain(version).collect();
        Tenant::call("PATCH", &path, &headers, &json!({"status": status}).to_string())
    };
    assert_eq!(problem(&change(None, "nurturing")), (428, None));
    assert_eq!(problem(&change(Some("*"), "nurturing")), (400, Some("If-Match".to_owned())));
    let changed = change(Some(&read), "nurturing");
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), Some(read.as_str()));
    assert_eq!(problem(&change(Some(&read), "closed_won")), (412, None));
}
