//! Clients that are generated from the OpenAPI document, each used once. Where a generator is not installed, its test says so:
//! `make tools` installs both, the second where there is node.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use xtask::venv;

use super::operations::document;
use crate::stage::{Tenant, root, stage};

/// A folder of its own with the document and what uses the client.
fn folder(client: &str, script: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("porchlight-client-{client}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("openapi.json"), document().to_string()).unwrap();
    fs::copy(root().join("tests/system/clients").join(script), folder.join(script)).unwrap();
    folder
}

fn run(folder: &Path, program: &Path, arguments: &[&str]) -> String {
    let run = Command::new(program).current_dir(folder).args(arguments).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{}: {said}{}", program.display(), String::from_utf8_lossy(&run.stderr));
    said
}

/// Runs what uses a client, as an admin of a tenant without leads.
fn used(folder: &Path, program: &Path, script: &[&str]) {
    let owner = Tenant::opened(|_| {}).person("admin");
    let stack = &stage().stack;
    let url = format!("http://127.0.0.1:{}", stack.port);
    let told = run(folder, program, &[script, &[&url, &stack.host, &owner.access_token]].concat());
    assert!(told.trim_end().ends_with("used"), "{told}");
    fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_python_client_is_generated_and_works() {
    let generator = venv::program(root(), "openapi-python-client");
    if !generator.exists() {
        eprintln!("Skipped: openapi-python-client is not installed; make tools installs it.");
        return;
    }
    let folder = folder("python", "leads.py");
    let arguments = ["generate", "--path", "openapi.json", "--output-path", "porchlight_client", "--meta", "none"];
    let said = run(&folder, &generator, &arguments);
    assert!(!said.contains("WARNING parsing"), "the generator left something out:\n{said}");
    used(&folder, &venv::program(root(), "python"), &["leads.py"]);
}

#[test]
fn a_typescript_client_is_generated_and_works() {
    let modules = root().join(".venv/node/node_modules");
    if !modules.join(".bin/openapi-typescript").exists() {
        eprintln!("Skipped: openapi-typescript is not installed; make tools installs it where there is node.");
        return;
    }
    let folder = folder("typescript", "leads.ts");
    std::os::unix::fs::symlink(&modules, folder.join("node_modules")).unwrap();
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#).unwrap();
    run(&folder, &modules.join(".bin/openapi-typescript"), &["openapi.json", "--output", "api.d.ts"]);
    let options = ["--module", "nodenext", "--target", "es2022", "--strict", "--skipLibCheck", "leads.ts"];
    let with_imports = [&["--allowImportingTsExtensions", "--rewriteRelativeImportExtensions"], &options[..]].concat();
    run(&folder, &modules.join(".bin/tsc"), &with_imports);
    fs::copy(root().join("tests/system/clients/host.mjs"), folder.join("host.mjs")).unwrap();
    used(&folder, Path::new("node"), &["--import", "./host.mjs", "leads.js"]);
}
