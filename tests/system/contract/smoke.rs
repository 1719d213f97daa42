//! Every function of the API answers over HTTPS as its router does in this process: what is asked of all routes there holds
//! for what is deployed.

use std::collections::BTreeSet;
use std::fs;

use domain::tenancy::Plan;
use serde_json::Value;
use xtask::http::{Answer, Header};

use super::operations::{anybodys, operations};
use super::{gateway, in_process};
use crate::stage::{Tenant, root};

/// A read of a function: one that takes no id, where there is one.
fn read(function: &str) -> String {
    let operations = operations();
    let reads = operations.iter().filter(|operation| operation.function == function && operation.method == "get");
    let described = reads.map(|read| read.path.clone()).min_by_key(|path| (path.contains('{'), path.len()));
    let wired = || gateway::routes().iter().find(|route| route.function == function).map(|route| route.path.clone());
    anybodys(&described.or_else(wired).unwrap_or_else(|| panic!("{function} has no route")))
}

/// What must be the same both ways; the fields of an object have no order, and every request has a name of its own.
fn told(answer: &Answer) -> (u16, Option<&str>, Option<&str>, Value) {
    let mut body = serde_json::from_str(&answer.body).unwrap_or_else(|_| answer.body.as_str().into());
    if let Value::Object(problem) = &mut body {
        problem.remove("request_id");
    }
    (answer.status, answer.header("content-type"), answer.header("content-security-policy"), body)
}

#[test]
fn every_function_answers_over_https_as_in_this_process() {
    let tenant = Tenant::opened(|file| file.tenant.plan = Plan::Scale);
    let owner = tenant.person("admin");
    let mut statuses = BTreeSet::new();
    for function in in_process::names() {
        let path = read(function);
        for headers in [vec![owner.bearer()], Vec::<Header>::new()] {
            let (deployed, here) =
                (Tenant::call("GET", &path, &headers, ""), in_process::call("GET", &path, &headers, ""));
            assert_eq!(told(&deployed), told(&here), "GET {path}");
            statuses.insert(deployed.status);
        }
    }
    assert_eq!(statuses, BTreeSet::from([200, 401, 404]));
}

#[test]
fn every_function_of_the_api_is_called_in_this_process() {
    let folders = fs::read_dir(root().join("functions/api")).unwrap();
    let there: BTreeSet<String> =
        folders.map(|folder| format!("api-{}", folder.unwrap().file_name().display())).collect();
    let called = in_process::names().filter(|name| name.starts_with("api-"));
    assert_eq!(called.map(ToOwned::to_owned).collect::<BTreeSet<_>>(), there);
}
