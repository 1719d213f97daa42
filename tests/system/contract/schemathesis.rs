//! Schemathesis calls every route as the document describes it, and worse: a bounded number of made-up requests each.
//! Every answer must have a status, a content type and a shape that the document names, and none may be a server's error.

use std::fs;
use std::process::Command;

use domain::tenancy::Plan;
use xtask::venv;

use super::operations::document;
use crate::stage::{Tenant, root, stage};

/// Requests a route, where [`RATE`] allows nine a second of them all; `API_EXAMPLES` says another number, as `make soak` does.
const EXAMPLES: &str = "4";
/// Slower than the largest plan's limit, 600 requests a minute.
const RATE: &str = "9/s";
/// What ends the very session that calls, or takes what the other calls need, is called in a run of its own.
const OWN: &str = "^/v1/(auth|account|erasures|tenants|tenant$)";
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Calls every route whose path this option lets through; `API_PHASES` names more phases than the quick ones.
fn run(option: &str) {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    let owner = tenant.person("admin");
    let folder = std::env::temp_dir().join(format!("porchlight-{}", tenant.id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("openapi.json");
    fs::write(&file, document().to_string()).unwrap();
    let stack = &stage().stack;
    let examples = std::env::var("API_EXAMPLES").unwrap_or_else(|_| EXAMPLES.to_owned());
    let phases = std::env::var("API_PHASES").unwrap_or_else(|_| "examples,fuzzing".to_owned());
    let run = Command::new(venv::program(root(), "schemathesis"))
        .current_dir(&folder)
        .arg("run")
        .arg(&file)
        .args(["--url", &format!("http://127.0.0.1:{}", stack.port)])
        .args(["--header", &format!("Host: {}", stack.host)])
        .args(["--header", &format!("Authorization: Bearer {}", owner.access_token)])
        // Under the limit of a caller: an answer of 429 says nothing about a route.
        .args(["--rate-limit", RATE])
        .args(["--max-examples", &examples, "--phases", &phases, "--seed", "1", "--workers", "2"])
        .args([option, OWN, "--checks", CHECKS, "--request-timeout", "30", "--no-color"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
    fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn every_route_answers_as_the_document_says() {
    run("--exclude-path-regex");
}

#[test]
fn every_route_about_oneself_and_tenants_answers_as_the_document_says() {
    run("--include-path-regex");
}
