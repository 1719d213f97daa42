//! No crate but the gate's can say that a message is cleared, and nothing that is not can be handed to a sender.
//!
//! Every file in `forgery/` is a program that tries. Its first line names the error that the compiler must give, and no
//! other. They are compiled against the very libraries that this test is linked with, so that it needs no network and
//! no second build; `honest.rs` must compile in the same way, or the others would prove nothing.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at the first surprise")]

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

/// What the programs may name, and where it is.
type Libraries = Vec<(&'static str, PathBuf)>;

/// The errors that the compiler gives for `program`: codes, or the words of one that has no code.
fn errors(program: &Path, libraries: &Libraries) -> BTreeSet<String> {
    let mut compiler = Command::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()));
    compiler.args(["--edition=2024", "--crate-type=lib", "--emit=metadata", "--error-format=json"]);
    compiler.arg(format!("--crate-name={}", program.file_stem().unwrap().to_str().unwrap()));
    compiler.arg("--out-dir").arg(env!("CARGO_TARGET_TMPDIR")).arg("-L").arg(dependencies());
    for (name, path) in libraries {
        compiler.arg("--extern").arg(format!("{name}={}", path.display()));
    }
    let output = compiler.arg(program).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    let told = told.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let failed = told.filter(|message| message.get("level").is_some_and(|level| level == "error"));
    let named = failed.filter_map(|message| {
        let code = message.pointer("/code/code").or(message.get("message"))?.as_str()?.to_owned();
        (!code.starts_with("aborting due to")).then_some(code)
    });
    let named: BTreeSet<String> = named.collect();
    assert_eq!(output.status.success(), named.is_empty(), "{}: {named:?}", program.display());
    named
}

/// Where cargo put this test, and the libraries that it is linked with.
fn dependencies() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// What cargo made of `name`, the newest first: one for each set of features that was ever asked for.
fn built(name: &str) -> Vec<PathBuf> {
    let is_it = |path: &PathBuf| {
        let file = path.file_name().and_then(|file| file.to_str()).unwrap_or_default();
        file.strip_prefix("lib").and_then(|file| file.strip_prefix(name)).is_some_and(|rest| rest.starts_with('-'))
            && path.extension().is_some_and(|extension| extension == "rlib")
    };
    let changed =
        |path: &PathBuf| fs::metadata(path).and_then(|file| file.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let files = fs::read_dir(dependencies()).unwrap().map(|entry| entry.unwrap().path());
    let mut found: Vec<PathBuf> = files.filter(is_it).collect();
    found.sort_by_key(|path| std::cmp::Reverse(changed(path)));
    found
}

/// The newest of `connectors`, which is what the code at hand was made into, and those of the others that it was built
/// with: the honest program compiles with them alone.
fn libraries() -> Libraries {
    let honest = cases().join("honest.rs");
    let newest = built("connectors").into_iter().next().unwrap();
    for domain in built("domain") {
        for serde in built("serde") {
            let choice = vec![("connectors", newest.clone()), ("domain", domain.clone()), ("serde", serde)];
            if errors(&honest, &choice).is_empty() {
                return choice;
            }
        }
    }
    panic!("the honest program does not compile: see what rustc says of it");
}

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/forgery")
}

#[test]
fn nobody_but_the_gate_can_clear_a_message() {
    let libraries = libraries();
    let mut tried = 0;
    for entry in fs::read_dir(cases()).unwrap() {
        let program = entry.unwrap().path();
        let text = fs::read_to_string(&program).unwrap();
        let Some(code) = text.lines().next().and_then(|line| line.strip_prefix("//! Fails: ")) else { continue };
        assert_eq!(errors(&program, &libraries), BTreeSet::from([code.to_owned()]), "{}", program.display());
        tried += 1;
    }
    assert_eq!(tried, 8);
}
