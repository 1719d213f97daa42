//! A query parameter that an address does not take is refused: a filter that is misspelt would otherwise give the whole list.
//!
//! What an address takes is what its handler declares in `#[utoipa::path(…)]`.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::Failure;
use domain::failure::Rejection;
use utoipa::openapi::path::{Operation, ParameterIn, PathItem};
use utoipa::openapi::{OpenApi, RefOr};

use crate::ApiError;

/// The names of the query parameters, by method and path.
#[derive(Debug, Clone, Default)]
pub(crate) struct Declared(Arc<BTreeMap<(&'static str, String), Vec<String>>>);

impl Declared {
    /// What the handlers of `routes` declare.
    pub(crate) fn of(routes: OpenApi) -> Self {
        let all = routes.paths.paths.into_iter().flat_map(|(path, item)| {
            operations(item).map(move |(method, operation)| ((method, path.clone()), names(operation)))
        });
        Self(Arc::new(all.collect()))
    }
}

fn operations(item: PathItem) -> impl Iterator<Item = (&'static str, Operation)> {
    let all =
        [("GET", item.get), ("POST", item.post), ("PUT", item.put), ("PATCH", item.patch), ("DELETE", item.delete)];
    all.into_iter().filter_map(|(method, operation)| Some((method, operation?)))
}

fn names(operation: Operation) -> Vec<String> {
    let all = operation.parameters.into_iter().flatten();
    let written_out = all.filter_map(|parameter| match parameter {
        RefOr::T(parameter) => Some(parameter),
        RefOr::Ref(_) => None,
    });
    written_out
        .filter(|parameter| parameter.parameter_in == ParameterIn::Query)
        .map(|parameter| parameter.name)
        .collect()
}

/// Refuses a request with a query parameter that its route does not declare.
pub(crate) async fn refuse_unknown(State(declared): State<Declared>, request: Request, next: Next) -> Response {
    match check(&declared, &request) {
        Ok(()) => next.run(request).await,
        Err(failure) => ApiError(failure).into_response(),
    }
}

fn check(declared: &Declared, request: &Request) -> Result<(), Failure> {
    let Some(query) = request.uri().query() else { return Ok(()) };
    let method = if *request.method() == Method::HEAD { "GET" } else { request.method().as_str() };
    let path = request.extensions().get::<MatchedPath>().map_or("", MatchedPath::as_str);
    let route = declared.0.iter().find(|((of, at), _)| *of == method && at == path);
    let taken = route.map_or(&[][..], |(_, names)| names);
    let given = form_urlencoded::parse(query.as_bytes()).map(|(name, _)| name);
    let Some(unknown) = given.into_iter().find(|name| !taken.iter().any(|taken| taken == name)) else { return Ok(()) };
    let takes = match taken {
        [] => "this path takes no query parameters".to_owned(),
        taken => format!("this path takes the query parameters {}", taken.join(", ")),
    };
    // What does not look like a name may be a person's address or a key in the wrong place, and is not repeated.
    let is_name = unknown.len() <= 40 && unknown.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let (field, message) = match is_name {
        true => (unknown.to_string(), format!("there is no query parameter {unknown}: {takes}")),
        false => ("query".to_owned(), format!("there is a query parameter that is not known: {takes}")),
    };
    Err(Failure::Rejected { kind: Rejection::UnknownParameter, field: Some(field), message })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::Router;
    use axum::body::Body;
    use axum::middleware::from_fn_with_state;
    use axum::routing::get;
    use serde_json::{Value, json};
    use utoipa::openapi::path::{OperationBuilder, ParameterBuilder};
    use utoipa::openapi::{HttpMethod, OpenApiBuilder, PathsBuilder};

    fn router() -> Router {
        let parameter = |name: &str, place| ParameterBuilder::new().name(name).parameter_in(place);
        let operation = OperationBuilder::new()
            .parameter(parameter("id", ParameterIn::Path))
            .parameter(parameter("limit", ParameterIn::Query))
            .parameter(parameter("cursor", ParameterIn::Query));
        let paths = PathsBuilder::new().path("/v1/leads/{id}", PathItem::new(HttpMethod::Get, operation));
        let declared = Declared::of(OpenApiBuilder::new().paths(paths).build());
        Router::new()
            .route("/v1/leads/{id}", get(|| async { "read" }).post(|| async { "written" }))
            .route_layer(from_fn_with_state(declared, refuse_unknown))
    }

    async fn answer(method: &str, uri: &str) -> (u16, Value) {
        let request = Request::builder().method(method).uri(uri).body(Body::empty()).unwrap();
        let mut router = router();
        let response = lambda_http::tower::Service::call(&mut router, request).await.unwrap();
        let status = response.status().as_u16();
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.unwrap();
        (status, serde_json::from_slice(&body).unwrap_or(Value::Null))
    }

    #[tokio::test]
    async fn what_is_declared_is_taken() {
        for uri in ["/v1/leads/7", "/v1/leads/7?", "/v1/leads/7?limit=2&cursor=x", "/v1/leads/7?%6Cimit=2"] {
            assert_eq!(answer("GET", uri).await.0, 200, "{uri}");
        }
        assert_eq!(answer("HEAD", "/v1/leads/7?limit=2").await.0, 200, "HEAD takes what GET does");
    }

    #[tokio::test]
    async fn what_is_not_declared_is_a_400_that_names_it_and_what_there_is() {
        let (status, problem) = answer("GET", "/v1/leads/7?limit=2&statu=new").await;
        assert_eq!((status, &problem["code"], &problem["field"]), (400, &json!("unknown_parameter"), &json!("statu")));
        assert!(problem["detail"].as_str().unwrap().ends_with("takes the query parameters limit, cursor"), "{problem}");
        assert_eq!(answer("GET", "/v1/leads/7?id=8").await.0, 400, "what stands in the path is no query parameter");
        let (status, problem) = answer("POST", "/v1/leads/7?limit=2").await;
        assert_eq!(status, 400);
        assert!(problem["detail"].as_str().unwrap().ends_with("takes no query parameters"), "{problem}");
    }

    #[tokio::test]
    async fn what_is_no_name_is_not_repeated() {
        let (_, problem) = answer("GET", "/v1/leads/7?ana@example.com").await;
        assert!(problem["field"] == "query" && !problem.to_string().contains("ana"), "{problem}");
    }
}
