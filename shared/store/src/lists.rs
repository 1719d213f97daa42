//! Lists for the API: newest activity first, by cursor, filtered.

use aws_sdk_dynamodb::types::AttributeValue;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::conversations::{Conversation, Escalation};
use domain::leads::{Lead, LeadStatus, Score};
use domain::{Failure, TenantId};
use serde::de::DeserializeOwned;
use std::collections::HashMap;

use crate::Store;
use crate::error::failure;
use crate::item::{Item, get_text, readable, text};
use crate::keys;

/// The largest page.
pub(crate) const MAX_PAGE: usize = 100;
/// How many reads one page may cost; a filter that matches little gives short pages with a cursor.
const MAX_READS: usize = 5;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct Page<T> {
    /// The entries, newest activity first.
    pub items: Vec<T>,
    /// Where the next page begins; `None` at the end.
    pub cursor: Option<String>,
}

/// Which leads to list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LeadFilter {
    /// Only with this status.
    pub status: Option<LeadStatus>,
    /// Only with this score.
    pub score: Option<Score>,
}

impl Store {
    /// A tenant's leads.
    ///
    /// # Errors
    /// [`Failure::Rejected`] naming `cursor` when it is not one of ours.
    pub async fn leads(
        &self,
        tenant: &TenantId,
        filter: LeadFilter,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Lead>, Failure> {
        let filters = [("status", filter.status.map(LeadStatus::as_str)), ("score", filter.score.map(Score::as_str))];
        self.list("lead", tenant, &keys::lead_list(tenant), &filters, limit, cursor).await
    }

    /// A tenant's conversations; `status` and `channel` by name.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub async fn threads(
        &self,
        tenant: &TenantId,
        status: Option<&str>,
        channel: Option<&str>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Conversation>, Failure> {
        let filters = [("status", status), ("channel", channel)];
        self.list("thread", tenant, &keys::thread_list(tenant), &filters, limit, cursor).await
    }

    /// A tenant's escalations; `status` by name.
    ///
    /// # Errors
    /// As [`Store::leads`].
    pub async fn escalations(
        &self,
        tenant: &TenantId,
        status: Option<&str>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Escalation>, Failure> {
        self.list("escalation", tenant, &keys::escalation_list(tenant), &[("status", status)], limit, cursor).await
    }

    /// A page of a list in `gsi1`.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        entity: &str,
        tenant: &TenantId,
        partition: &str,
        filters: &[(&str, Option<&str>)],
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<T>, Failure> {
        let limit = limit.clamp(1, MAX_PAGE);
        let mut start = cursor.map(|cursor| decode(cursor, tenant, partition)).transpose()?;
        let mut found: Vec<Item> = Vec::new();
        for _ in 0..MAX_READS {
            let mut query = self
                .dynamo
                .query()
                .table_name(&self.table)
                .index_name("gsi1")
                .scan_index_forward(false)
                .key_condition_expression("gsi1pk = :partition")
                .expression_attribute_values(":partition", text(partition))
                .limit(i32::try_from(MAX_PAGE).unwrap_or(i32::MAX))
                .set_exclusive_start_key(start.take());
            let wanted: Vec<(&str, &str)> =
                filters.iter().filter_map(|(name, value)| value.map(|value| (*name, value))).collect();
            if !wanted.is_empty() {
                let terms: Vec<String> = wanted.iter().map(|(name, _)| format!("#{name} = :{name}")).collect();
                query = query.filter_expression(terms.join(" AND "));
                for (name, value) in &wanted {
                    query = query.expression_attribute_names(format!("#{name}"), *name);
                    query = query.expression_attribute_values(format!(":{name}"), text(*value));
                }
            }
            let answer = query.send().await.map_err(|error| failure("list", &error))?;
            start = answer.last_evaluated_key;
            found.extend(answer.items.unwrap_or_default());
            if found.len() > limit || start.is_none() {
                break;
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more { found.last().map(place) } else { start };
        Ok(Page { items: readable(entity, &found), cursor: next.map(|place| encode(&place)) })
    }
}

const PLACE: [&str; 4] = ["pk", "sk", "gsi1pk", "gsi1sk"];

fn place(item: &Item) -> Item {
    PLACE.iter().map(|name| ((*name).to_owned(), text(get_text(item, name)))).collect()
}

fn encode(place: &Item) -> String {
    let parts: Vec<&str> = PLACE.iter().map(|name| get_text(place, name)).collect();
    URL_SAFE_NO_PAD.encode(parts.join("\n"))
}

/// A cursor is only good within its own tenant and list.
fn decode(cursor: &str, tenant: &TenantId, partition: &str) -> Result<HashMap<String, AttributeValue>, Failure> {
    let refuse = || Failure::invalid("cursor", "cursor must be the one that the page before gave");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| refuse())?;
    let decoded = String::from_utf8(bytes).map_err(|_| refuse())?;
    let parts: Vec<&str> = decoded.split('\n').collect();
    let [pk, _, gsi1pk, _] = parts.as_slice() else { return Err(refuse()) };
    if !pk.starts_with(&format!("T#{tenant}#")) || *gsi1pk != partition {
        return Err(refuse());
    }
    Ok(PLACE.iter().zip(&parts).map(|(name, part)| ((*name).to_owned(), text(*part))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_in(tenant: &str, list: &str) -> Item {
        let values =
            [format!("T#{tenant}#PERSON#p"), "NOW#LEAD".to_owned(), list.to_owned(), "000000000000001#l".to_owned()];
        PLACE.iter().zip(values).map(|(name, value)| ((*name).to_owned(), text(value))).collect()
    }

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let tenant = TenantId::new("acme").unwrap();
        let place = place_in("acme", &keys::lead_list(&tenant));
        assert_eq!(decode(&encode(&place), &tenant, &keys::lead_list(&tenant)).unwrap(), place);
    }

    #[test]
    fn a_cursor_of_another_tenant_or_list_and_one_that_is_none_are_refused() {
        let tenant = TenantId::new("acme").unwrap();
        let list = keys::lead_list(&tenant);
        let bolt = TenantId::new("bolt").unwrap();
        for foreign in [
            encode(&place_in("bolt", &keys::lead_list(&bolt))),
            encode(&place_in("bolt", &list)),
            encode(&place_in("acme", &keys::thread_list(&tenant))),
            URL_SAFE_NO_PAD.encode("T#acme#PERSON#p"),
            URL_SAFE_NO_PAD.encode([0xff, 0xfe]),
            "not base64!".to_owned(),
            String::new(),
        ] {
            let refused = decode(&foreign, &tenant, &list).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "cursor"), "{foreign}");
        }
    }
}
