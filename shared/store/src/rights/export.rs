//! What goes into an archive: every entry as one line of JSON, without secrets.

use domain::{Failure, TenantId};
use serde_json::Value;

use super::plan::{ContactPlan, Place};
use crate::Store;
use crate::item::{Item, from_item, get_text, text};
use crate::keys::{self, TableKey};

/// Entries that are never exported: secrets, and copies of answers.
const WITHHELD: [&str; 2] = ["credential", "idempotency"];
/// Attributes that are never exported: hashes and seals of secrets, and what the table needs for itself.
const STRIPPED: [&str; 13] = [
    "hash",
    "registry",
    "password",
    "family_hash",
    "turn_hash",
    "data_key",
    "nonce",
    "ciphertext",
    "gsi1pk",
    "gsi1sk",
    "pending_pk",
    "pending_sk",
    "tat",
];

/// One entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The kind of the entry, as a file name: `message`.
    pub entity: String,
    /// The entry as JSON, with a line feed.
    pub json: String,
}

impl Store {
    /// A page of everything a tenant holds, and the last key that was read.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_page(
        &self,
        tenant: &TenantId,
        start: Option<&TableKey>,
    ) -> Result<(Vec<Line>, Option<TableKey>), Failure> {
        let own = [(":own", text(keys::everything(tenant)))];
        let (items, next) = self.scan("begins_with(pk, :own)", &own, start).await?;
        Ok((lines(items)?, next))
    }

    /// A page of what a contact's partitions hold, and where the next one begins.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_contact_page(
        &self,
        tenant: &TenantId,
        plan: &mut ContactPlan,
        place: &Place,
    ) -> Result<(Vec<Line>, Option<Place>), Failure> {
        let (items, next) = self.contact_page(tenant, plan, place).await?;
        plan.learn_late(&items);
        Ok((lines(items)?, next))
    }

    /// What leads to a contact, and what its addresses refused.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_contact_pointers(&self, tenant: &TenantId, plan: &ContactPlan) -> Result<Vec<Line>, Failure> {
        let mut items = Vec::new();
        let suppressions = plan.suppressions(tenant, self.suppression_key().await?.as_ref());
        for keys in plan.pointers(tenant).chunks(100).chain(suppressions.chunks(100)) {
            items.extend(self.batch_get(keys.to_vec()).await?);
        }
        // An address may be somebody else's by now; a suppression names nobody.
        let theirs =
            |item: &Item| get_text(item, "entity") == "suppression" || plan.judge(item) != super::plan::Found::Foreign;
        lines(items.into_iter().filter(theirs).collect())
    }
}

fn lines(items: Vec<Item>) -> Result<Vec<Line>, Failure> {
    items.into_iter().filter_map(|item| line(item).transpose()).collect()
}

fn line(mut item: Item) -> Result<Option<Line>, Failure> {
    let entity = get_text(&item, "entity").replace(' ', "_").to_lowercase();
    let is_name = !entity.is_empty() && entity.bytes().all(|byte| byte.is_ascii_lowercase() || b"_-".contains(&byte));
    if WITHHELD.contains(&entity.as_str()) {
        return Ok(None);
    }
    item.retain(|name, _| !STRIPPED.contains(&name.as_str()));
    let value: Value = from_item("entry", &item)?;
    let entity = if is_name { entity } else { "other".to_owned() };
    Ok(Some(Line { entity, json: format!("{value}\n") }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::to_item;
    use serde_json::json;

    fn exported(entity: &str, value: &Value) -> Option<Line> {
        line(to_item(entity, &TableKey { pk: "T#acme#X".into(), sk: "X".into() }, value).unwrap()).unwrap()
    }

    #[test]
    fn an_entry_is_one_line_under_its_kind() {
        let told =
            exported("message", &json!({"text": "two\nlines", "count": 2, "deep": {"list": [1, null]}})).unwrap();
        assert_eq!((told.entity.as_str(), told.json.matches('\n').count()), ("message", 1));
        let value: Value = serde_json::from_str(&told.json).unwrap();
        assert_eq!((&value["text"], &value["count"]), (&json!("two\nlines"), &json!(2)));
    }

    #[test]
    fn no_secret_and_no_hash_of_one_leaves() {
        assert_eq!(exported("credential", &json!({"ciphertext": "x"})), None);
        assert_eq!(exported("idempotency", &json!({"answer": "x"})), None);
        let key = exported("API key", &json!({"id": "k", "hash": "secret", "prefix": "pl_1", "tat": 5})).unwrap();
        assert_eq!(key.entity, "api_key");
        assert!(!key.json.contains("secret") && !key.json.contains("tat") && key.json.contains("pl_1"));
        let site = exported("site_key", &json!({"registry": "K#form#secret"})).unwrap();
        assert!(!site.json.contains("secret"));
    }

    #[test]
    fn a_kind_that_would_lead_elsewhere_makes_no_path() {
        for odd in ["", "../up", "a/b", "ä"] {
            assert_eq!(exported(odd, &json!({})).unwrap().entity, "other", "{odd}");
        }
    }
}
