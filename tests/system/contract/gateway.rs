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
        let functions = template.split("FunctionName: !Sub ${AWS::StackName}-").skip(1);
        functions.flat_map(|function| routes_of(function.lines().next().unwrap().trim(), function)).collect()
    })
}

/// The routes in what the template says of one function.
fn routes_of(function: &str, text: &str) -> Vec<Route> {
    let events = text.split("Type: HttpApi,").skip(1).chain(text.split("Type: HttpApi\n").skip(1));
    let route = |event: &str| {
        let (method, path) = (word(event, "Method")?, word(event, "Path")?);
        Some(Route { method, path, function: function.to_owned() })
    };
    events.filter_map(route).collect()
}

/// The value after `name: `.
fn word(text: &str, name: &str) -> Option<String> {
    let (_, after) = text.split_once(&format!("{name}: "))?;
    let end = after.find([',', '}', '\n']).filter(|end| !after[..*end].contains('{')).or_else(|| after.find('\n'));
    Some(after[..end?].trim_end_matches(['}', ' ']).trim_matches('\'').to_owned())
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
        None => route == path,
    }
}
