//! `porchlight onboard` as operators and scripts meet it, where no installation is needed.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;

fn demo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/demo/summit-roofing.toml")
}

fn onboard(file: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.arg("onboard").arg("--file").arg(file).args(arguments);
    for name in ["TABLE_NAME", "CREDENTIALS_KEY_ID", "API_URL"] {
        command.env_remove(name);
    }
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_check_needs_no_installation() {
    let (code, said, _) = onboard(&demo(), &["--check"]);
    assert_eq!(code, Some(0));
    assert!(said.contains("summit-roofing is in order: 4 services, 2 locations, 2 staff"), "{said}");
}

#[test]
fn a_wrong_file_is_named_with_line_and_field() {
    let text = std::fs::read_to_string(demo()).unwrap().replace("America/Denver", "America/Dever");
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("dever.toml");
    std::fs::write(&file, text).unwrap();
    let (code, said, complaint) = onboard(&file, &["--check"]);
    assert_eq!((code, said.as_str()), (Some(2), ""));
    assert!(complaint.contains("dever.toml:8: tenant.zone: "), "{complaint}");
    assert!(complaint.contains("found \"America/Dever\""), "{complaint}");
}

#[test]
fn what_is_missing_is_said_before_anything_is_written() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let secrets = folder.join("command.secrets.toml");
    let secrets = secrets.to_str().unwrap();
    for (arguments, missing) in [(vec![], "CREDENTIALS_KEY_ID"), (vec!["--self-test"], "API_URL")] {
        let (code, _, complaint) = onboard(&demo(), &[&["--secrets", secrets], arguments.as_slice()].concat());
        assert_eq!(code, Some(2));
        assert!(complaint.contains(missing), "{complaint}");
        assert!(!Path::new(secrets).exists());
    }
}

#[test]
fn a_check_says_hours_and_prices_as_people_read_them() {
    let (_, said, _) = onboard(&demo(), &["--check"]);
    for line in ["Hours (America/Denver)", "monday to friday", "8:00 am to ", "closed", "Prices", " USD", "from "] {
        assert!(said.contains(line), "{line} is not in\n{said}");
    }
}

#[test]
fn who_stops_reading_hears_no_complaint() {
    let file = demo();
    let mut command = Command::new(env!("CARGO_BIN_EXE_porchlight"));
    command.arg("onboard").arg("--file").arg(file).arg("--check").stderr(std::process::Stdio::piped());
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = command.stdout(writer).output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(141), ""));
}
