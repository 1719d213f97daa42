//! Tenants' files: the templates and demos are right, and what is wrong is named with its line and field.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use cli::onboard::{Industry, MAX_FILE_BYTES, Mistakes, SAMPLE_DIALOGUE, Source, TenantFile, Wrong};
use domain::tenancy::Language;
use std::fmt::Write as _;
use std::path::Path;

const LEAST: &str = r#"industry_template = "roofing"

[tenant]
id = "peak-roofing"
name = "Peak Roofing"
currency = "USD"
zone = "America/Denver"
region = "US"
language = "en"
notify = ["office@example.com"]

[tenant.business]
phone = "+13035550170"
"#;

fn read(text: &str) -> TenantFile {
    Source::new("tenant.toml", text).file().unwrap()
}

fn all_wrong(text: &str) -> Vec<Wrong> {
    match Source::new("tenant.toml", text).file() {
        Ok(_) => panic!("taken:\n{text}"),
        Err(error) => error.downcast::<Mistakes>().unwrap().0,
    }
}

fn wrong(text: &str) -> Wrong {
    all_wrong(text).swap_remove(0)
}

/// All that is said of `LEAST` and `more`, as people read it.
fn said(more: &str) -> Vec<String> {
    all_wrong(&format!("{LEAST}{more}")).iter().map(ToString::to_string).collect()
}

/// What is said of `LEAST` and `more`, as `line: field`.
fn place(more: &str) -> String {
    let wrong = wrong(&format!("{LEAST}{more}"));
    format!("{}: {}", wrong.line.unwrap(), wrong.field)
}

#[test]
fn every_template_makes_a_tenant_that_is_in_order() {
    let spanish = Language::new("es").unwrap();
    for industry in Industry::ALL {
        let name = industry.as_str();
        let file = read(&LEAST.replace("\"roofing\"", &format!("\"{name}\"")));
        let tenant = &file.tenant;
        assert!(tenant.services.len() >= 5, "{name}");
        assert!((8..=12).contains(&tenant.faqs.len()), "{name}");
        assert!(tenant.intake.len() >= 4, "{name}");
        assert!(tenant.intake.iter().any(|question| question.when.is_some()), "{name} has no condition");
        for question in &tenant.intake {
            assert!(question.translations.contains_key(&spanish), "{name}: {} has no Spanish", question.id);
        }
        assert!(!tenant.hours.holidays.is_empty() && !tenant.hours.monday.is_empty(), "{name}");
        assert!(!tenant.tone.is_empty() && !tenant.instructions.is_empty() && tenant.personality.is_some(), "{name}");
        for words in [&tenant.escalation_words, &tenant.hot_words] {
            assert!(words.len() >= 5 && words.iter().all(|word| *word == word.to_lowercase()), "{name}");
        }
        let keywords = tenant.services.iter().map(|service| &service.keywords);
        let keywords = keywords.chain(tenant.faqs.iter().map(|faq| &faq.keywords));
        for words in keywords {
            assert!(words.len() >= 2 && words.iter().all(|word| *word == word.to_lowercase()), "{name}: {words:?}");
        }
        assert!(industry.template().contains(&format!("[[{SAMPLE_DIALOGUE}]]")), "{name} shows no dialogue");
    }
}

#[test]
fn the_demo_tenants_are_in_order() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo");
    for name in ["summit-roofing", "alamo-dental"] {
        let file = cli::onboard::read(&folder.join(format!("{name}.toml"))).unwrap();
        assert_eq!(file.tenant.id.as_str(), name);
        assert_eq!(file.locations.len(), 2);
        assert!(!file.staff.is_empty() && file.owner().is_some() && !file.tenant.intake.is_empty());
    }
}

#[test]
fn what_the_file_says_beats_the_template() {
    let own = "[[tenant.services]]\nid = \"roof-repair\"\nname = \"Repairs\"\n";
    let file = read(&format!("{LEAST}{own}"));
    assert_eq!(file.tenant.services.len(), 1);
    assert!(file.tenant.faqs.len() >= 8, "the rest is the template's");
    // Questions about services that this roofer does not have are not asked.
    let ids: Vec<&str> = file.tenant.intake.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["water-inside", "material", "roof-age", "claim", "adjuster-date", "photo"]);
    let other = read(&format!("{LEAST}{}", own.replace("roof-repair", "chimneys")));
    let ids: Vec<&str> = other.tenant.intake.iter().map(|question| question.id.as_str()).collect();
    assert_eq!(ids, ["material", "roof-age", "photo"]);
}

#[test]
fn without_a_template_the_file_says_it_all() {
    let wrong = wrong(&LEAST.replace("industry_template = \"roofing\"\n", ""));
    assert_eq!(wrong.field, "tenant");
    assert!(wrong.message.contains("missing field"), "{wrong}");
}

#[test]
fn malformed_toml_is_named_by_its_line() {
    let wrong = wrong("[tenant]\nid = \"a\nname = 1\n");
    assert_eq!(wrong.line, Some(2));
    assert!(wrong.to_string().starts_with("tenant.toml:2: "), "{wrong}");
}

#[test]
fn an_unknown_template_is_refused_with_those_there_are() {
    let wrong = wrong(&LEAST.replace("\"roofing\"", "\"circus\""));
    assert_eq!((wrong.line, wrong.field.as_str()), (Some(1), "industry_template"));
    assert!(wrong.message.contains("dental, roofing, hvac"), "{wrong}");
}

#[test]
fn an_unknown_field_is_named_where_it_stands() {
    let wrong = wrong(&format!("{LEAST}fax = \"+13035550171\"\n"));
    assert_eq!((wrong.line, wrong.field.as_str()), (Some(14), "tenant.business.fax"));
    assert!(wrong.message.contains("unknown field `fax`"), "{wrong}");
}

#[test]
fn a_wrong_type_is_named_where_it_stands() {
    let service = "\n[[tenant.services]]\nid = \"a\"\nname = \"A\"\nduration_minutes = \"long\"\n";
    assert_eq!(place(service), "18: tenant.services[0].duration_minutes");
    assert_eq!(place("\n[[tenant.services]]\nid = \"Not A Slug\"\nname = \"A\"\n"), "16: tenant.services[0].id");
}

#[test]
fn ids_are_given_once() {
    let service = "[[tenant.services]]\nid = \"a\"\nname = \"A\"\n";
    assert_eq!(place(&service.repeat(2)), "18: tenant.services[1].id");
    assert_eq!(place(&format!("{}{}", location("a", ""), location("a", ""))), "21: locations[1].id");
    let staff = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\n";
    assert_eq!(place(&staff.repeat(2)), "18: staff[1].id");
}

fn location(id: &str, more: &str) -> String {
    let address = r#"{ street = "1 Example Street", city = "Denver", country = "US" }"#;
    format!("[[locations]]\n\nid = \"{id}\"\nname = \"Shop\"\naddress = {address}\n{more}")
}

#[test]
fn a_number_rings_at_one_place() {
    let phone = "phone = \"+13035550172\"\n";
    assert_eq!(place(&format!("{}{}", location("a", phone), location("b", phone))), "25: locations[1].phone");
    let staff = |id: &str| format!("[[staff]]\nid = \"{id}\"\nname = \"Ana\"\n{phone}");
    assert_eq!(place(&format!("{}{}", staff("a"), staff("b"))), "21: staff[1].phone");
}

#[test]
fn zones_and_hours_are_real() {
    let elsewhere = wrong(&LEAST.replace("America/Denver", "Mars/Olympus"));
    assert_eq!((elsewhere.line, elsewhere.field.as_str()), (Some(7), "tenant.zone"));
    let slip = "[tenant.hours]\nmonday = [\n  { open = \"08:00\", close = \"12:00\" },\n  { open = \"17:00\", close = \"13:00\" },\n]\n";
    assert_eq!(place(slip), "17: tenant.hours.monday[1]");
    let price = "[[tenant.services]]\nid = \"a\"\nname = \"A\"\n\nprice = { from_cents = 2, to_cents = 1 }\n";
    assert_eq!(place(price), "18: tenant.services[0].price");
}

#[test]
fn a_business_may_have_201_locations_and_not_1001() {
    let many = |count: usize| {
        (0..count).fold(LEAST.to_owned(), |mut text, number| {
            write!(text, "{}", location(&format!("shop-{number}"), "")).unwrap();
            text
        })
    };
    assert_eq!(read(&many(201)).locations.len(), 201);
    assert_eq!(read(&many(1_000)).locations.len(), 1_000);
    let wrong = wrong(&many(1_001));
    assert_eq!((wrong.line, wrong.field.as_str()), (Some(14), "locations"));
}

#[test]
fn a_file_over_one_megabyte_is_refused_before_it_is_read_through() {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("huge.toml");
    std::fs::write(&path, "#".repeat(usize::try_from(MAX_FILE_BYTES).unwrap() + 1)).unwrap();
    assert!(Source::read(&path).unwrap_err().to_string().contains("larger than 1 MB"));
    std::fs::write(&path, [0x69, 0xff, 0x0a]).unwrap();
    assert!(Source::read(&path).unwrap_err().to_string().contains("not UTF-8"));
}

#[test]
fn people_and_keys_are_checked() {
    let person =
        |email: &str, role: &str| format!("[[people]]\nname = \"Ana\"\nemail = \"{email}\"\nrole = \"{role}\"\n");
    assert_eq!(place(&person("ana@example.com", "agent")), "14: people");
    assert_eq!(place(&person("ana@example.com", "super_admin")), "17: people[0].role");
    assert_eq!(place(&person("ana@example.com", "admin").repeat(2)), "20: people[1].email");
    assert_eq!(place(&person("ana", "admin")), "16: people[0].email");
    let strange = format!("{}locations = [\"nowhere\"]\n", person("ana@example.com", "admin"));
    assert_eq!(place(&strange), "18: people[0].locations[0]");
    let key = |name: &str, scopes: &str| format!("[[api_keys]]\nname = \"{name}\"\nscopes = [{scopes}]\n");
    assert_eq!(place(&key("a", "\"keys:write\"")), "16: api_keys[0].scopes");
    assert_eq!(place(&key("a", "")), "16: api_keys[0].scopes");
    assert_eq!(place(&key("a", "\"leads:read\"").repeat(2)), "18: api_keys[1].name");
    let three = ["a", "b", "c"].map(|name| key(name, "\"leads:read\"")).concat();
    assert_eq!(place(&three), "14: api_keys");
    assert_eq!(place("[site_keys]\norigins = [\"example.com\"]\n"), "15: site_keys.origins[0]");
    assert_eq!(wrong(&LEAST.replace("notify", "text_back = \"email\"\nnotify")).field, "tenant.text_back");
}

#[test]
fn a_time_or_price_as_people_write_it_is_told_as_it_must_be_written() {
    let hours = "[tenant.hours]\nmonday = [{ open = \"7:30am\", close = \"5 PM\" }]\n";
    assert_eq!(
        said(hours),
        [
            "tenant.toml:15: tenant.hours.monday[0].close: found \"5 PM\": write close = \"17:00\"",
            "tenant.toml:15: tenant.hours.monday[0].open: found \"7:30am\": write open = \"07:30\"",
        ]
    );
    let service = |price: &str| format!("[[tenant.services]]\nid = \"a\"\nname = \"A\"\n{price}\n");
    for (written, right) in [
        ("price = 45", "found 45: write price = { from_cents = 4500 }"),
        ("price = { from_cents = 45.5 }", "found 45.5: write from_cents = 4550"),
        ("price = 99.50", "found 99.50: write price = { from_cents = 9950 }"),
        ("price = \"$350 - 1,800\"", "found \"$350 - 1,800\": write price = { from_cents = 35000, to_cents = 180000 }"),
        ("deposit = \"20%\"", "found \"20%\": write deposit = { percent = 20 }"),
        ("deposit = 50", "found 50: write deposit = { cents = 5000 }"),
    ] {
        let said = said(&service(written));
        assert!(said.len() == 1 && said[0].ends_with(right), "{said:?}");
    }
}

#[test]
fn what_was_found_is_told_where_nothing_else_says_it() {
    let hours = "[tenant.hours]\nmonday = [{ open = \"25:00\", close = \"17:00\" }]\n";
    let time = "tenant.toml:15: tenant.hours.monday[0].open: found \"25:00\": write a time, such as open = \"08:00\"";
    assert_eq!(said(hours), [time]);
    for (right, found) in [("America/Denver", "Denver"), ("office@example.com", "office")] {
        let wrong = wrong(&LEAST.replace(right, found)).to_string();
        assert!(wrong.ends_with(&format!("; found {found:?}")), "{wrong}");
    }
}

#[test]
fn everything_that_is_wrong_is_told_at_once() {
    let text = LEAST.replace("America/Denver", "Mars/Olympus").replace("region = \"US\"\n", "").replace("+1303", "x")
        + "fax = 1\n[[tenant.services]]\nid = \"a\"\nname = \"A\"\nprice = 45\n\n\
           [[staff]]\nid = \"Not A Slug\"\nname = \"Ana\"\n\n[[staff]]\nid = \"bea\"\nname = \"Bea\"\nphone = \"12\"\n\n\
           [[people]]\nname = \"Cy\"\nemail = \"cy\"\nrole = \"admin\"\n";
    let fields: Vec<String> = all_wrong(&text).into_iter().map(|wrong| wrong.field).collect();
    let expected = [
        "tenant",
        "tenant.zone",
        "tenant.business.phone",
        "tenant.business.fax",
        "tenant.services[0].price",
        "staff[0].id",
        "staff[1].phone",
        "people[0].email",
    ];
    assert_eq!(fields, expected);
}

#[test]
fn what_is_only_wrong_because_of_another_mistake_is_not_told() {
    // Ana works at a place whose own mistake is the only one.
    let ana = "[[staff]]\nid = \"ana\"\nname = \"Ana\"\nlocations = [\"a\"]\n";
    assert_eq!(said(&format!("{}{ana}", location("a", "zone = 7\n"))).len(), 1);
    assert_eq!(said(&format!("{}{ana}", location("a", "").replace("\"1 Example Street\"", "1"))).len(), 1);
}

#[test]
fn a_number_may_be_written_as_in_the_tenants_country() {
    let file = read(&format!(
        "{}{}[[staff]]\nid = \"ana\"\nname = \"Ana\"\nphone = \"303.555.0173\"\n",
        LEAST.replace("+13035550170", "(720) 555-0110"),
        location("a", "phone = \"303-555-0172\"\n")
    ));
    assert_eq!(file.tenant.business.phone.unwrap().as_str(), "+17205550110");
    assert_eq!(file.locations[0].phone.as_ref().unwrap().as_str(), "+13035550172");
    assert_eq!(file.staff[0].phone.as_ref().unwrap().as_str(), "+13035550173");
}

#[test]
fn a_number_from_abroad_keeps_its_digits_and_one_that_there_cannot_be_is_told() {
    let of = |number: &str| LEAST.replace("+13035550170", number);
    for (written, number) in [
        ("+49 151 23456720", "+4915123456720"),
        ("+33 1 42 68 53 00", "+33142685300"),
        ("+86 138 0013 8000", "+8613800138000"),
        ("0044 7911 123456", "+447911123456"),
        ("+44 (0)7911 123456", "+447911123456"),
        ("303-555-0133 (office)", "+13035550133"),
    ] {
        assert_eq!(read(&of(written)).tenant.business.phone.unwrap().as_str(), number, "{written}");
    }
    for written in ["555-0125", "5550125", "447700900124", "0044 7700 900125", "+44 (0)7700 900137"] {
        assert_eq!(wrong(&of(written)).field, "tenant.business.phone", "{written}");
    }
}
