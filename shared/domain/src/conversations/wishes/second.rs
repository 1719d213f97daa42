//! A second thing that they want, at a time of its own: a massage beside a dinner, a dinner during a stay.

use std::collections::BTreeSet;

use dates::Wish;
use jiff::Timestamp;

use super::{Conversation, local, said, stay};
use crate::conversations::{Role, builtin};
use crate::tenancy::{Language, Tenant};

/// When `text` would like the one thing that it asks for, read by itself.
pub(super) fn of(tenant: &Tenant, text: &str, spoken: &Language, now: Timestamp) -> Option<Wish> {
    let wish = said(tenant, text, spoken, None, now)?;
    let services = builtin::services_meant(tenant, text);
    Some(stay::at_dinner(tenant, wish, services.iter().map(|service| service.name.as_str())))
}

/// Where `later` changes a second thing that was noted on `thread`, by its name, "make the massage at 12": that one as it is then.
pub(super) fn changed(
    tenant: &Tenant,
    text: &str,
    spoken: &Language,
    thread: Option<&Conversation>,
    later: Option<&Wish>,
    now: Timestamp,
) -> Option<Wish> {
    let (later, thread) = later.filter(|later| later.day.is_some() || later.time.is_some()).zip(thread)?;
    let first = thread.wish.as_ref()?;
    let named = |text: &str| {
        builtin::services_meant(tenant, text).into_iter().map(|one| one.name.as_str()).collect::<BTreeSet<_>>()
    };
    let ids = named(text);
    let noted = thread.recent.windows(2).filter_map(|lines| match lines {
        [theirs, ours] if theirs.role == Role::Customer && builtin::is_noted_besides(&ours.text) => {
            Some(theirs.text.as_str())
        }
        _ => None,
    });
    let of_it = |text| {
        let part = stay::parted(tenant, text).1.unwrap_or(text);
        (!ids.is_empty() && named(part) == ids).then(|| of(tenant, part, spoken, now)).flatten()
    };
    let before = noted.filter_map(of_it).reduce(|before, later| before.completed_by(&later, local(tenant, now)))?;
    let is_second = before.date().is_some_and(|date| first.nights.is_some() || first.date() != Some(date));
    is_second.then(|| before.completed_by(later, local(tenant, now)))
}
