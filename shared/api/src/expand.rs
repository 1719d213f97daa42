//! `?expand=contact,lead`: what an answer names by an id, beside it, so that whoever lists things need not ask for each.
//!
//! A name that cannot be expanded there is a 400 that says which can be, and one that the caller may not read is a 403, as reading it by
//! itself would be. What is gone is null. Each name is read for a whole page at once.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use domain::conversations::{Conversation, Task};
use domain::identity::Permission;
use domain::leads::Lead;
use domain::scheduling::Booking;
use domain::{ContactId, ConversationId, Failure, LeadId, TenantId};
use serde::Serialize;
use std::collections::BTreeMap;
use std::marker::PhantomData;
use store::{NamedContact, Page, Replay, Store};
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn, ParameterStyle};
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, Schema, Type};
use utoipa::{IntoParams, ToSchema};

use crate::ApiError;
use crate::credential::Admitted;

/// The name of what can stand beside its id, and what reading it by itself takes.
type Joined = (&'static str, Permission);

const CONTACT: Joined = ("contact", Permission::ReadLeads);
const LEAD: Joined = ("lead", Permission::ReadLeads);
const CONVERSATION: Joined = ("conversation", Permission::ReadConversations);

/// Something that names others by their ids.
pub trait Names {
    /// Those that can be expanded.
    const JOINED: &'static [Joined];

    /// Its contact, lead and conversation.
    fn ids(&self) -> (ContactId, Option<LeadId>, Option<ConversationId>);
}

macro_rules! names {
    ($($of:ty: [$($joined:ident),+] $its:ident => ($contact:expr, $lead:expr, $conversation:expr);)+) => {
        $(impl Names for $of {
            const JOINED: &'static [Joined] = &[$($joined),+];

            fn ids(&self) -> (ContactId, Option<LeadId>, Option<ConversationId>) {
                let $its = self;
                ($contact, $lead, $conversation)
            }
        })+
    };
}

names! {
    Booking: [CONTACT] its => (its.contact, None, None);
    Conversation: [CONTACT, LEAD] its => (its.contact, Some(its.lead), None);
    Lead: [CONTACT] its => (its.contact, None, None);
    Replay: [CONTACT, LEAD] its => (its.conversation.contact, Some(its.conversation.lead), None);
    Task: [CONTACT, CONVERSATION] its => (its.contact, None, its.conversation);
}

/// What was asked for with `expand`, each under its name; null where it is gone.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Expanded {
    /// The contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<NamedContact>)]
    contact: Option<Option<NamedContact>>,
    /// The lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Lead>)]
    lead: Option<Option<Lead>>,
    /// The conversation, without its messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Conversation>)]
    conversation: Option<Option<Conversation>>,
}

/// A thing, and what was expanded of it.
#[derive(Debug, Serialize, ToSchema)]
pub struct Expandable<T> {
    /// The thing.
    #[serde(flatten)]
    pub value: T,
    /// What was asked for with `expand`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expanded: Option<Expanded>,
}

/// Which names of a `T` are to be expanded: the parameter `expand`.
#[derive(Debug)]
pub struct Expand<T> {
    wanted: Vec<&'static str>,
    of: PhantomData<fn() -> T>,
}

impl<T: Names> IntoParams for Expand<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let name =
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some(T::JOINED.iter().map(|known| known.0)));
        let parameter = ParameterBuilder::new()
            .name("expand")
            .parameter_in(ParameterIn::Query)
            .description(Some("What is wanted in `expanded`, beside its id; several with commas between."))
            .style(Some(ParameterStyle::Form))
            .explode(Some(false))
            .schema(Some(Schema::from(ArrayBuilder::new().items(name))));
        vec![parameter.build()]
    }
}

impl<S: Send + Sync, T: Names> FromRequestParts<S> for Expand<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ApiError> {
        let admitted = parts.extensions.get::<Admitted>().ok_or_else(Failure::unauthorized)?;
        let wanted = wanted(parts.uri.query().unwrap_or_default(), T::JOINED)?;
        wanted.iter().try_for_each(|(_, permission)| admitted.principal.demand(*permission))?;
        Ok(Self { wanted: wanted.into_iter().map(|(name, _)| name).collect(), of: PhantomData })
    }
}

/// The names in a query: with commas between, or each in a parameter of its own, as some clients write lists.
fn wanted(query: &str, known: &[Joined]) -> Result<Vec<Joined>, Failure> {
    let names: Vec<_> = known.iter().map(|known| known.0).collect();
    let message = || format!("expand takes here, with commas between: {}", names.join(", "));
    let read = |name: &str| {
        let found = known.iter().find(|known| known.0 == name.trim()).copied();
        found.ok_or_else(|| Failure::invalid("expand", message()))
    };
    let given = form_urlencoded::parse(query.as_bytes()).filter(|(name, _)| name == "expand");
    given.flat_map(|(_, names)| names.split(',').map(read).collect::<Vec<_>>()).collect()
}

impl<T: Names> Expand<T> {
    /// What was asked for of each of these things, at most 100, in their order.
    ///
    /// # Errors
    /// [`Failure::Retryable`] when the table does not answer.
    pub async fn of(&self, store: &Store, tenant: &TenantId, things: &[T]) -> Result<Vec<Option<Expanded>>, Failure> {
        let asks = |(name, _): Joined| self.wanted.contains(&name);
        let ids: Vec<_> = things.iter().map(T::ids).collect();
        let (mut contacts, mut leads, mut conversations) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        if asks(CONTACT) {
            contacts = store.contacts().by_ids(tenant, ids.iter().map(|ids| ids.0)).await?;
        }
        if asks(LEAD) {
            leads = store.leads().by_ids(tenant, ids.iter().filter_map(|ids| Some((ids.1?, ids.0)))).await?;
        }
        if asks(CONVERSATION) {
            conversations = store.conversations().by_ids(tenant, ids.iter().filter_map(|ids| ids.2)).await?;
        }
        let expanded = |(contact, lead, conversation): (_, Option<_>, Option<_>)| Expanded {
            contact: asks(CONTACT).then(|| contacts.get(&contact).cloned()),
            lead: asks(LEAD).then(|| leads.get(&lead?).cloned()),
            conversation: asks(CONVERSATION).then(|| conversations.get(&conversation?).cloned()),
        };
        Ok(ids.into_iter().map(|ids| (!self.wanted.is_empty()).then(|| expanded(ids))).collect())
    }

    /// A page with what was asked for.
    ///
    /// # Errors
    /// As [`Expand::of`].
    pub async fn page(&self, store: &Store, tenant: &TenantId, page: Page<T>) -> Result<Page<Expandable<T>>, Failure> {
        let expanded = self.of(store, tenant, &page.items).await?.into_iter();
        let items = page.items.into_iter().zip(expanded).map(|(value, expanded)| Expandable { value, expanded });
        Ok(Page { items: items.collect(), cursor: page.cursor })
    }

    /// One thing with what was asked for.
    ///
    /// # Errors
    /// As [`Expand::of`].
    pub async fn one(&self, store: &Store, tenant: &TenantId, value: T) -> Result<Expandable<T>, Failure> {
        let expanded = self.of(store, tenant, std::slice::from_ref(&value)).await?.pop().flatten();
        Ok(Expandable { value, expanded })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_with_commas_or_one_by_one() {
        for query in ["expand=lead,contact", "limit=2&expand=lead&expand=contact", "expand=lead%2C%20contact"] {
            assert_eq!(wanted(query, Conversation::JOINED), Ok(vec![LEAD, CONTACT]), "{query}");
        }
        assert_eq!(wanted("limit=2", Conversation::JOINED), Ok(Vec::new()));
    }

    #[test]
    fn a_name_that_cannot_be_expanded_here_is_answered_with_those_that_can() {
        for query in ["expand=lead", "expand=contact,lead", "expand=", "expand=contact,", "expand=Contact"] {
            let refused = Failure::invalid("expand", "expand takes here, with commas between: contact, conversation");
            assert_eq!(wanted(query, Task::JOINED), Err(refused), "{query}");
        }
    }
}
