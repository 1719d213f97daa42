//! The command: what it prints, and how it ends.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, Stdio};

fn vendor_sink(port: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_vendor-sink"))
        .args(["--port", port])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

fn url_of(child: &mut Child) -> String {
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
    line.trim().to_owned()
}

#[test]
fn it_prints_its_url_and_ends_cleanly_on_sigterm_and_on_ctrl_c() {
    for signal in ["-TERM", "-INT"] {
        let mut child = vendor_sink("0");
        assert!(url_of(&mut child).starts_with("http://127.0.0.1:"));

        assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());

        assert!(child.wait().unwrap().success(), "{signal}");
    }
}

#[test]
fn a_port_that_is_taken_is_a_sentence_that_says_what_to_do() {
    let mut first = vendor_sink("0");
    let url = url_of(&mut first);
    let (_, port) = url.rsplit_once(':').unwrap();

    let mut second = vendor_sink(port);
    let mut said = String::new();
    second.stderr.take().unwrap().read_to_string(&mut said).unwrap();

    assert!(!second.wait().unwrap().success());
    assert!(said.contains("choose another with --port"), "{said}");
    first.kill().unwrap();
    first.wait().unwrap();
}
