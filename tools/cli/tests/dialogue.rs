//! `porchlight onboard` without a file, driven through a pipe.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use cli::onboard::{Source, read};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn answer(folder: &Path, answers: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.args(["onboard", "--check"]).current_dir(folder);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all((answers.join("\n") + "\n").as_bytes()).unwrap();
    child.wait_with_output().unwrap()
}

/// The same business, as a person writes it down.
const WRITTEN: &str = r#"
industry_template = "hvac"

[tenant]
id = "northside-air"
name = "Northside \"Air\" & Heat"
currency = "USD"
zone = "America/Chicago"
region = "US"
language = "es"
notify = ["lena@example.com"]
text_back = "sms"
origins = ["https://www.example.com"]

[tenant.business]
address = "12 Example Street, Austin, TX 78701"
phone = "+15125550123"
website = "https://www.example.com"

[tenant.channels]
whatsapp = { phone_number_id = "106540352242999" }
sms = { account_sid = "AC000000000000000000000000000000ab", from = "+15125550124" }
email = { from = "hola@example.com" }
chat = true

[[people]]
name = "Lena Ruiz"
email = "lena@example.com"
role = "admin"
"#;

#[test]
fn a_dialogue_gives_the_same_document_as_the_file() {
    let folder = folder("dialogue-same");
    let output = answer(
        &folder,
        &[
            "Northside \"Air\" & Heat",
            "Northside Air", // no slug
            "northside-air",
            "hvac",
            "Mars/Olympus", // no zone
            "America/Chicago",
            "es",
            "us",
            "",
            "12 Example Street, Austin, TX 78701",
            "555", // no number
            "(512) 555-0123",
            "www.example.com",
            "Lena Ruiz",
            "lena", // no address
            "Lena@Example.com",
            "yes",
            "yes",
            "106540352242999",
            "AC000000000000000000000000000000ab",
            "512-555-0124",
            "hola@example.com",
            "yes",
            "", // the default file
        ],
    );
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{said}");
    assert_eq!(said.matches("That will not do").count(), 4, "{said}");
    let made = read(&folder.join("northside-air.toml")).unwrap();
    assert_eq!(made, Source::new("written", WRITTEN).file().unwrap());
}

#[test]
fn hours_and_prices_can_be_typed() {
    let folder = folder("dialogue-edit");
    let hours = ["no", "8-12, 13-17", "17:00-8:00", "9:00-17:00", "", "", "", "closed", ""];
    let prices = ["no", "99", "200+", "-", "drop", "1,000 - 2,500.50", "drop"];
    let mut answers = vec!["Peak", "", "roofing", "America/Denver", "", "", "", "", "", "", "Ana", "ana@example.com"];
    answers.extend(hours);
    answers.extend(prices);
    answers.extend(["", "", "", "no", ""]);
    let output = answer(&folder, &answers);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tenant = read(&folder.join("peak.toml")).unwrap().tenant;
    assert_eq!(tenant.hours.monday.len(), 2);
    assert_eq!(tenant.hours.tuesday.len(), 1);
    assert!(tenant.hours.saturday.is_empty());
    assert_eq!(tenant.hours.holidays.len(), 6);
    let prices: Vec<_> =
        tenant.services.iter().map(|s| s.price.map(|price| (price.from_cents, price.to_cents))).collect();
    assert_eq!(prices, [Some((9_900, Some(9_900))), Some((20_000, None)), None, Some((100_000, Some(250_050)))]);
    assert!(tenant.business.phone.is_none() && !tenant.channels.chat && tenant.origins.is_empty());
}

#[test]
fn a_dialogue_that_ends_early_leaves_nothing() {
    let folder = folder("dialogue-short");
    let output = answer(&folder, &["Peak Roofing", "", "roofing"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the input ended"));
    assert_eq!(std::fs::read_dir(&folder).unwrap().count(), 0);
}

#[test]
fn a_file_that_is_there_is_not_written_over() {
    let folder = folder("dialogue-there");
    std::fs::write(folder.join("peak.toml"), "mine").unwrap();
    let mut answers = vec!["Peak", "", "roofing", "America/Denver", "", "", "", "", "", "", "Ana", "ana@example.com"];
    answers.extend(["", "", "", "", "", "", "", "other.toml"]);
    let output = answer(&folder, &answers);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_to_string(folder.join("peak.toml")).unwrap(), "mine");
    assert!(folder.join("other.toml").exists());
}

#[test]
fn a_trade_without_a_template_is_asked_for_what_it_sells() {
    let folder = folder("dialogue-other");
    let mut answers = vec!["Chimneys", "", "other", "chimney sweep", "America/Denver", "", "", "", "", "", ""];
    answers.extend([
        "Ana",
        "ana@example.com",
        "yes",
        "Sweeping",
        "120",
        "Inspection",
        "<",
        "<",
        "150",
        "",
        "",
        "",
        "",
        "no",
        "",
    ]);
    let output = answer(&folder, &answers);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tenant = read(&folder.join("chimneys.toml")).unwrap().tenant;
    assert_eq!(tenant.industry, "chimney sweep");
    let [sweeping] = tenant.services.as_slice() else { unreachable!("{:?}", tenant.services) };
    assert_eq!((sweeping.name.as_str(), sweeping.price.map(|price| price.from_cents)), ("Sweeping", Some(15_000)));
    assert!(!tenant.hours.friday.is_empty() && tenant.hours.saturday.is_empty());
}

#[test]
fn less_than_goes_back_one_question() {
    let folder = folder("dialogue-back");
    let mut answers =
        vec!["Peek", "<", "Peak", "", "roofing", "America/Denver", "", "", "", "", "", "", "Ann", "<", "Ana"];
    answers.extend(["ana@example.com", "", "", "", "", "", "", ""]);
    let output = answer(&folder, &answers);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = read(&folder.join("peak.toml")).unwrap();
    assert_eq!((file.tenant.name.as_str(), file.owner().unwrap().name.as_str()), ("Peak", "Ana"));
}
