//! Schemathesis calls every route as the document describes it, and worse: a bounded number of made-up requests each.
//! Every answer must have a status, a content type and a shape that the document names, and none may be a server's error.

use std::fs;
use std::process::Command;

use xtask::venv;

use super::operations::document;
use crate::stage::{Tenant, root, stage};

/// Requests a route: the local stack takes a tenth of a second for each.
const EXAMPLES: &str = "8";

#[test]
fn every_route_answers_as_the_document_says() {
    let tenant = Tenant::opened(|_| {});
    let owner = tenant.person("admin");
    let folder = std::env::temp_dir().join(format!("porchlight-{}", tenant.id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("openapi.json");
    fs::write(&file, document().to_string()).unwrap();
    let stack = &stage().stack;
    let run = Command::new(venv::program(root(), "schemathesis"))
        .current_dir(&folder)
        .arg("run")
        .arg(&file)
        .args(["--url", &format!("http://127.0.0.1:{}", stack.port)])
        .args(["--header", &format!("Host: {}", stack.host)])
        .args(["--header", &format!("Authorization: Bearer {}", owner.access_token)])
        .args(["--max-examples", EXAMPLES, "--phases", "examples,coverage,fuzzing", "--seed", "1", "--workers", "2"])
        // What would end the very session that calls, or take what the other calls need.
        .args(["--exclude-path-regex", "^/v1/(auth|account|erasures|tenant$|tenants)"])
        .args([
            "--checks",
            "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance",
        ])
        .args(["--request-timeout", "30", "--no-color"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}\n{}", String::from_utf8_lossy(&run.stderr));
}
