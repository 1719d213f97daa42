//! The routes of `template.yaml`: which function the gateway hands a request to.

use std::fs;
use std::sync::OnceLock;

use crate::stage::root;

/// One route.
pub struct Route {
    /// `GET`, or `ANY`.
    pub method: String,
    /// Its path, which may end in `{proxy+}`.
    pub path: String,
    /// The function behind it, such as `api-leads`.
    pub function: String,
}

/// All of them.
pub fn routes() -> &'static [Route] {
    static ROUTES: OnceLock<Vec<Route>> = OnceLock::new();
    ROUTES.get_or_init(|| {
        let template = fs::read_to_string(root().join("template.yaml")).unwrap();
        let (_, paths) = template.split_once("\n        paths:\n").unwrap();
        let mut path = "";
        let mut routes = Vec::new();
        let within = paths.lines().map_while(|line| line.strip_prefix("          "));
        for line in within.filter(|line| !line.starts_with('#')) {
            let operations = match line.strip_prefix("  ") {
                Some(operation) => operation,
                None => {
                    let (key, operations) = line.split_once(':').unwrap();
                    path = key;
                    operations.trim().trim_start_matches('{')
                }
            };
            routes.extend(operations.split(", ").filter_map(|operation| route_of(path, operation)));
        }
        routes
    })
}

/// An operation is `get: &api-docs`, `get: *api-docs` or `get: {<<: [*api-docs, ...]}`: the anchor is named after the function.
fn route_of(path: &str, operation: &str) -> Option<Route> {
    let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
    let (method, anchor) = operation.split_once(": ").filter(|(method, _)| method.chars().all(is_name))?;
    let function = anchor.split_once(['&', '*'])?.1.split(|c| !is_name(c)).next()?.to_owned();
    let method = if method == "x-amazon-apigateway-any-method" { "ANY".to_owned() } else { method.to_uppercase() };
    Some(Route { method, path: path.to_owned(), function })
}

/// Where a request goes: a route that names the path, else the longest of those that take all below theirs.
pub fn route(method: &str, path: &str) -> Option<&'static Route> {
    let path = path.split('?').next().unwrap_or_default();
    let taking = routes().iter().filter(|route| route.method == "ANY" || route.method == method);
    taking.filter(|route| takes(&route.path, path)).max_by_key(|route| (route.path == path, route.path.len()))
}

fn takes(route: &str, path: &str) -> bool {
    match route.split_once("{proxy+}") {
        Some((before, _)) => path.starts_with(before) && path.len() > before.len(),
        None => {
            let (named, given) = (route.split('/'), path.split('/'));
            let fits = |(named, given): (&str, &str)| named == given || (named.starts_with('{') && !given.is_empty());
            named.clone().count() == given.clone().count() && named.zip(given).all(fits)
        }
    }
}
