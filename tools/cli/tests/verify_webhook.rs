//! The command as operators and scripts meet it: what it prints, and its exit code.
#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::path::{Path, PathBuf};
use std::process::Command;

/// Signed with Python's hmac.
const CAPTURE: &str = r#"{
    "vendor": "meta",
    "secret": "demo-app-secret",
    "headers": { "x-hub-signature-256": "sha256=d6003bedf605fdf46943662e7d2065e132f4b26764d6ec946ba3fae527acafc2" },
    "body": "{\"object\":\"whatsapp_business_account\",\"entry\":[]}"
}"#;

fn file(name: &str, text: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn verify(path: &Path) -> (Option<i32>, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_porchlight")).arg("verify-webhook").arg(path).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_right_signature_is_accepted() {
    assert_eq!(verify(&file("right.json", CAPTURE)), (Some(0), "accept\n".into(), String::new()));
}

#[test]
fn a_wrong_signature_is_rejected_with_the_reason() {
    let (code, said, _) = verify(&file("wrong.json", &CAPTURE.replace("demo-app", "another-app")));
    assert_eq!(code, Some(1));
    assert_eq!(said, "reject: the signature is not the one that this secret gives for the body\n");
}

#[test]
fn what_is_no_capture_is_no_verdict() {
    for path in [file("none.json", "{}"), file("text.json", "accept"), PathBuf::from("/nowhere/at/all.json")] {
        let (code, said, complaint) = verify(&path);
        assert_eq!((code, said.as_str()), (Some(2), ""));
        assert!(complaint.starts_with("porchlight: "), "{complaint}");
    }
}
