//! The routes of a kind of document: list, get, create, replace, remove.
//!
//! They are the same for every kind: pages of a list, the version as ETag and `If-Match`, the audit record, the permission, what
//! the OpenAPI document says. A kind says what is its own as a [`Resource`], and which of the routes it has with
//! [`resource!`](crate::resource!).

use domain::{Failure, TenantId};
use std::future::Future;
use store::{Document, Store, Trace, Versioned};

/// A kind of document.
pub trait Resource {
    /// What is stored, taken and shown.
    type Document: Document + Send + Sync;

    /// The id in an address, as it is stored.
    ///
    /// # Errors
    /// 404 for what cannot be one: it names nothing.
    fn id(text: &str) -> Result<String, Failure>;

    /// One document.
    ///
    /// # Errors
    /// 404 where there is none.
    fn find(
        store: &Store,
        tenant: &TenantId,
        id: &str,
    ) -> impl Future<Output = Result<Versioned<Self::Document>, Failure>> + Send {
        store.documents().get(tenant, id)
    }
}

/// A kind of document that callers make and replace as a whole.
pub trait Editable: Resource {
    /// Refuses a document that cannot work, or does not fit among the others. It guards against slips: two that come at the
    /// same moment do not see each other.
    ///
    /// # Errors
    /// 400 or 409 naming the field.
    fn check(
        store: &Store,
        tenant: &TenantId,
        wanted: &Self::Document,
    ) -> impl Future<Output = Result<(), Failure>> + Send;

    /// Puts a document in the place of `version` of it.
    ///
    /// # Errors
    /// As [`Editable::check`]; 404; 412 when it is not at `version` any more.
    fn replace(
        store: &Store,
        tenant: &TenantId,
        wanted: &Self::Document,
        version: u64,
        trace: &Trace,
    ) -> impl Future<Output = Result<Versioned<Self::Document>, Failure>> + Send {
        async move {
            Self::check(store, tenant, wanted).await?;
            store.documents().replace(tenant, wanted, version, trace).await
        }
    }
}

/// The handlers of a [`Resource`] with their OpenAPI descriptions, for `routes!`. First what all have in common: the kind, its
/// document and id, the address of all and of one, the tag, and the permission that reading and writing take. Then those that it
/// has, of `list`, `show`, `create`, `replace` and `remove`, each with its operation id; the first two also with what comes back.
#[macro_export]
macro_rules! resource {
    ($common:tt $($(#[$doc:meta])* $operation:ident $id:literal $(= $answer:literal)?;)+) => {
        $($crate::resource!(@$operation $common [$(#[$doc])*] $id $($answer)?);)+
    };
    (@list ($kind:ident: $document:ident by $key:ident, $all:literal, $one:literal, $tag:literal,
        $read:ident $reads:literal, $write:ident $writes:literal) [$(#[$doc:meta])*] $id:literal $answer:literal) => {
        $(#[$doc])*
        #[utoipa::path(
            get, path = $all, tag = $tag, operation_id = $id,
            params($crate::PageQuery),
            responses((status = 200, description = $answer, body = store::Page<$document>)),
            security(("bearer" = [$reads]))
        )]
        pub(crate) async fn list(
            caller: $crate::Caller<domain::identity::may::$read>,
            axum::extract::State(guard): axum::extract::State<$crate::Guard>,
            $crate::Parameters(query): $crate::Parameters<$crate::PageQuery>,
        ) -> Result<axum::Json<store::Page<store::Versioned<$document>>>, $crate::ApiError> {
            let (limit, cursor) = query.read()?;
            Ok(axum::Json(guard.store.documents().list(&caller.principal.tenant, limit, cursor).await?))
        }
    };
    (@show ($kind:ident: $document:ident by $key:ident, $all:literal, $one:literal, $tag:literal,
        $read:ident $reads:literal, $write:ident $writes:literal) [$(#[$doc:meta])*] $id:literal $answer:literal) => {
        $(#[$doc])*
        #[utoipa::path(
            get, path = $one, tag = $tag, operation_id = $id,
            params(("id" = $key, Path, description = "Its id")),
            responses((
                status = 200, description = $answer, body = $document,
                headers(("ETag" = String, description = "Its version"))
            )),
            security(("bearer" = [$reads]))
        )]
        pub(crate) async fn show(
            caller: $crate::Caller<domain::identity::may::$read>,
            axum::extract::State(guard): axum::extract::State<$crate::Guard>,
            axum::extract::Path(id): axum::extract::Path<String>,
        ) -> Result<$crate::Tagged<$document>, $crate::ApiError> {
            let id = <$kind as $crate::Resource>::id(&id)?;
            let found = <$kind as $crate::Resource>::find(&guard.store, &caller.principal.tenant, &id).await?;
            Ok($crate::Tagged(found))
        }
    };
    (@create ($kind:ident: $document:ident by $key:ident, $all:literal, $one:literal, $tag:literal,
        $read:ident $reads:literal, $write:ident $writes:literal) [$(#[$doc:meta])*] $id:literal) => {
        $(#[$doc])*
        #[utoipa::path(
            post, path = $all, tag = $tag, operation_id = $id,
            request_body = $document,
            responses((status = 201, description = "It was created", body = $document, headers(
                ("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version")
            ))),
            security(("bearer" = [$writes]))
        )]
        pub(crate) async fn create(
            caller: $crate::Caller<domain::identity::may::$write>,
            axum::extract::State(guard): axum::extract::State<$crate::Guard>,
            $crate::JsonBody(wanted): $crate::JsonBody<$document>,
        ) -> Result<$crate::Created<$document>, $crate::ApiError> {
            let tenant = &caller.principal.tenant;
            <$kind as $crate::Editable>::check(&guard.store, tenant, &wanted).await?;
            let value = guard.store.documents().create(tenant, &wanted, &caller.trace).await?;
            Ok($crate::Created { location: format!(concat!($all, "/{}"), wanted.id), value })
        }
    };
    (@replace ($kind:ident: $document:ident by $key:ident, $all:literal, $one:literal, $tag:literal,
        $read:ident $reads:literal, $write:ident $writes:literal) [$(#[$doc:meta])*] $id:literal) => {
        $(#[$doc])*
        #[utoipa::path(
            put, path = $one, tag = $tag, operation_id = $id,
            params(
                ("id" = $key, Path, description = "Its id"),
                ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
            ),
            request_body = $document,
            responses((
                status = 200, description = "As it is now", body = $document,
                headers(("ETag" = String, description = "Its version"))
            )),
            security(("bearer" = [$writes]))
        )]
        pub(crate) async fn replace(
            caller: $crate::Caller<domain::identity::may::$write>,
            axum::extract::State(guard): axum::extract::State<$crate::Guard>,
            axum::extract::Path(id): axum::extract::Path<String>,
            $crate::IfMatch(version): $crate::IfMatch,
            $crate::JsonBody(wanted): $crate::JsonBody<$document>,
        ) -> Result<$crate::Tagged<$document>, $crate::ApiError> {
            if <$kind as $crate::Resource>::id(&id)? != store::Document::id(&wanted) {
                return Err(domain::Failure::invalid("id", "id must be the one in the address").into());
            }
            let (store, tenant) = (&guard.store, &caller.principal.tenant);
            let replaced = <$kind as $crate::Editable>::replace(store, tenant, &wanted, version, &caller.trace).await?;
            Ok($crate::Tagged(replaced))
        }
    };
    (@remove ($kind:ident: $document:ident by $key:ident, $all:literal, $one:literal, $tag:literal,
        $read:ident $reads:literal, $write:ident $writes:literal) [$(#[$doc:meta])*] $id:literal) => {
        $(#[$doc])*
        #[utoipa::path(
            delete, path = $one, tag = $tag, operation_id = $id,
            params(
                ("id" = $key, Path, description = "Its id"),
                ("If-Match" = String, Header, description = "The ETag that was read", example = "\"3\""),
            ),
            responses((status = 204, description = "It was deleted")),
            security(("bearer" = [$writes]))
        )]
        pub(crate) async fn remove(
            caller: $crate::Caller<domain::identity::may::$write>,
            axum::extract::State(guard): axum::extract::State<$crate::Guard>,
            axum::extract::Path(id): axum::extract::Path<String>,
            $crate::IfMatch(version): $crate::IfMatch,
        ) -> Result<axum::http::StatusCode, $crate::ApiError> {
            let id = <$kind as $crate::Resource>::id(&id)?;
            let documents = guard.store.documents();
            documents.remove::<$document>(&caller.principal.tenant, &id, version, &caller.trace).await?;
            Ok(axum::http::StatusCode::NO_CONTENT)
        }
    };
}
