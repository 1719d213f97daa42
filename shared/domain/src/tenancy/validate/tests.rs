//! What is refused, and by which name.

use super::*;
use crate::TenantId;
use crate::messaging::Email;
use crate::samples::{dentist, roofer};
use crate::tenancy::{DatedPrice, Deposit, Plan, Price, TenantStatus};

fn refused(change: impl FnOnce(&mut Tenant)) -> String {
    let mut tenant = roofer();
    change(&mut tenant);
    match tenant.validate() {
        Err(Failure::Rejected { field: Some(field), .. }) => field,
        other => panic!("{other:?}"),
    }
}

#[test]
fn sound_tenants_pass() {
    assert_eq!((roofer().validate(), dentist().validate()), (Ok(()), Ok(())));
}

#[test]
fn a_refusal_names_its_field() {
    let staff = |count: usize| {
        (0..count).map(|index| Email::new(&format!("staff-{index}@example.com"), "notify").unwrap()).collect()
    };
    assert_eq!(refused(|tenant| tenant.zone = "Mars/Olympus".to_owned()), "zone");
    for currency in ["usd", "US", "DOLLAR", "€"] {
        assert_eq!(refused(|tenant| tenant.currency = currency.to_owned()), "currency", "{currency}");
    }
    for region in ["us", "USA", "U1", ""] {
        assert_eq!(refused(|tenant| tenant.region = region.to_owned()), "region", "{region}");
    }
    for name in [" ", &"n".repeat(81)] {
        assert_eq!(refused(|tenant| tenant.name = name.to_owned()), "name");
    }
    for (countries, field) in [(vec!["CA", "us"], "text_countries[1]"), (vec!["CA", "CA"], "text_countries[1]")] {
        let countries: Vec<String> = countries.into_iter().map(str::to_owned).collect();
        assert_eq!(refused(|tenant| tenant.text_countries = countries.clone()), field);
    }
    assert_eq!(refused(|tenant| tenant.text_countries = vec!["CA".to_owned(); 51]), "text_countries");
    assert_eq!(refused(|tenant| tenant.notify.clear()), "notify");
    assert_eq!(refused(|tenant| tenant.notify = staff(MAX_NOTIFY + 1)), "notify");
    assert_eq!(refused(|tenant| tenant.services[1].name = " ".to_owned()), "services[1].name");
    assert_eq!(refused(|tenant| tenant.services[1].id = tenant.services[0].id.clone()), "services[1].id");
    assert_eq!(refused(|tenant| tenant.services[1].deposit = Some(Deposit::Percent(0))), "services[1].deposit");
    assert_eq!(refused(|tenant| tenant.services[1].deposit = Some(Deposit::Percent(101))), "services[1].deposit");
    assert_eq!(refused(|tenant| tenant.services[1].deposit = Some(Deposit::Cents(0))), "services[1].deposit");
    assert_eq!(refused(|tenant| tenant.services[0].duration_minutes = Some(0)), "services[0].duration_minutes");
    assert_eq!(refused(|tenant| tenant.services[0].skills = vec![" ".to_owned()]), "services[0].skills[0]");
    let many = |tenant: &mut Tenant| tenant.services = tenant.services.iter().cloned().cycle().take(201).collect();
    assert_eq!(refused(many), "services");
    let upside_down = Some(Price { from_cents: 200, to_cents: Some(100) });
    assert_eq!(refused(|tenant| tenant.services[2].price = upside_down), "services[2].price");
    assert!(
        refused(|tenant| {
            let twice = tenant.hours.monday[0];
            tenant.hours.monday.push(twice);
        })
        .starts_with("hours")
    );
}

#[test]
fn what_lies_on_the_limit_passes() {
    let mut tenant = roofer();
    tenant.name = "n".repeat(80);
    tenant.notify =
        (0..MAX_NOTIFY).map(|index| Email::new(&format!("staff-{index}@example.com"), "notify").unwrap()).collect();
    tenant.services[0].price = Some(Price { from_cents: 100, to_cents: Some(100) });
    assert_eq!(tenant.validate(), Ok(()));
}

#[test]
fn dated_prices_are_in_order_and_begin_on_different_days() {
    let price = Price { from_cents: 100, to_cents: None };
    let dated = |from: &str, until: &str| DatedPrice {
        from: from.parse().unwrap(),
        until: Some(until.parse().unwrap()),
        price,
    };
    let with = |prices: Vec<DatedPrice>| refused(|tenant| tenant.services[0].dated_prices = prices);
    assert_eq!(with(vec![dated("2026-06-01", "2026-05-31")]), "services[0].dated_prices[0].until");
    let twice = vec![dated("2026-06-01", "2026-06-30"), dated("2026-06-01", "2026-07-31")];
    assert_eq!(with(twice), "services[0].dated_prices[1].from");
}

#[test]
fn an_agency_stands_above_and_no_one_above_themselves() {
    let id = |slug: &str| Some(TenantId::new(slug).unwrap());
    assert_eq!(refused(|tenant| tenant.parent = Some(tenant.id.clone())), "parent");
    let nested = |tenant: &mut Tenant| {
        tenant.kind = TenantKind::Agency;
        tenant.parent = id("big-agency");
    };
    assert_eq!(refused(nested), "parent");
    let mut client = roofer();
    client.parent = id("big-agency");
    assert_eq!(client.validate(), Ok(()));
}

#[test]
fn an_origin_has_no_path_and_is_given_once() {
    let with = |origins: &[&str]| {
        let origins: Vec<String> = origins.iter().map(|origin| (*origin).to_owned()).collect();
        Tenant { origins, ..roofer() }.validate()
    };
    assert_eq!(with(&["https://www.example.com", "http://localhost:3000", "https://example.com:8443"]), Ok(()));
    for bad in [
        "",
        "*",
        "www.example.com",
        "https://example.com/",
        "https://Example.com",
        "ftp://example.com",
        "https://example.com:0",
        "https://example.com:99999",
        "https://example.com:080",
        "https://user@example.com",
        "null",
    ] {
        let refused = with(&["https://a.example.com", bad]);
        assert!(
            matches!(refused, Err(Failure::Rejected { field: Some(ref field), .. }) if field == "origins[1]"),
            "{bad:?}"
        );
    }
    assert!(with(&["https://a.example.com", "https://a.example.com"]).is_err());
}

#[test]
fn settings_are_refused_by_their_path() {
    assert_eq!(refused(|tenant| tenant.cost_control.builtin_at = 50), "cost_control.builtin_at");
    assert_eq!(refused(|tenant| tenant.retention.leads_days = Some(29)), "retention.leads_days");
    assert_eq!(refused(|tenant| tenant.retention.messages_days = Some(0)), "retention.messages_days");
    assert_eq!(refused(|tenant| tenant.retention.audit_days = Some(1)), "retention.audit_days");
    assert_eq!(refused(|tenant| tenant.branding.accent_colour = Some("red".to_owned())), "branding.accent_colour");
    assert_eq!(refused(|tenant| tenant.instructions = "x".repeat(8_001)), "instructions");
    let faq = Faq { question: "Insured?".to_owned(), answer: String::new(), keywords: Vec::new() };
    assert_eq!(refused(|tenant| tenant.faqs = vec![faq]), "faqs[0].answer");
}

#[test]
fn a_document_from_before_the_newer_fields_still_reads() {
    let tenant = roofer();
    assert_eq!((tenant.plan, tenant.kind, tenant.status), (Plan::Starter, TenantKind::Business, TenantStatus::Active));
    assert!(tenant.benchmarks && !tenant.require_second_factor);
    assert_eq!(tenant.retention.audit_days, Some(400));
    let written = serde_json::to_value(&tenant).unwrap();
    assert_eq!(serde_json::from_value::<Tenant>(written).unwrap(), tenant);
}

#[test]
fn a_repeat_is_refused_by_the_place_of_the_first_and_never_by_its_value() {
    let fields = [("a", "+13035550100"), ("b", "+13035550101"), ("c", "+13035550100")];
    let Err(Failure::Rejected { field, message, .. }) =
        unique(fields.map(|(field, value)| (field.to_owned(), value)).into_iter())
    else {
        panic!()
    };
    assert_eq!(field.as_deref(), Some("c"));
    assert!(message.contains("the same as a") && !message.contains("555"));
}
