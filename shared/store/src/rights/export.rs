//! What goes into an archive: every entry as one line of JSON, with what its kind lets out ([`crate::entities`]).

use domain::{Failure, TenantId};
use serde_json::Value;

use super::plan::{ContactPlan, Place};
use crate::Rights;
use crate::table::entities::Entity;
use crate::table::item::{Item, from_item, get_text, text};
use crate::table::keys::{self, TableKey};

/// One entry of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The kind of the entry, as a file name: `message`.
    pub entity: String,
    /// The entry as JSON, with a line feed.
    pub json: String,
}

impl Rights<'_> {
    /// A page of everything a tenant holds, and the last key that was read.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_page(
        self,
        tenant: &TenantId,
        start: Option<&TableKey>,
    ) -> Result<(Vec<Line>, Option<TableKey>), Failure> {
        let own = [(":own", text(keys::of(tenant).everything()))];
        let (items, next) = self.scan("begins_with(pk, :own)", &own, start).await?;
        Ok((lines(items, false)?, next))
    }

    /// A page of what a contact's partitions hold, and where the next one begins.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_contact_page(
        self,
        tenant: &TenantId,
        plan: &mut ContactPlan,
        place: &Place,
    ) -> Result<(Vec<Line>, Option<Place>), Failure> {
        let (items, next) = self.contact_page(tenant, plan, place).await?;
        plan.learn_late(&items);
        Ok((lines(items, true)?, next))
    }

    /// What leads to a contact, and what its addresses refused.
    ///
    /// # Errors
    /// As the table answers.
    pub async fn export_contact_pointers(self, tenant: &TenantId, plan: &ContactPlan) -> Result<Vec<Line>, Failure> {
        let suppressions = plan.suppressions(tenant, self.store.suppressions().key().await?.as_ref());
        let wanted = plan.pointers(tenant).into_iter().chain(suppressions).collect();
        let items = self.store.batch_get(wanted).await?;
        // An address may be someone else's by now; a suppression names no one.
        let theirs =
            |item: &Item| get_text(item, "entity") == "suppression" || plan.judge(item) != super::plan::Found::Foreign;
        lines(items.into_iter().filter(theirs).collect(), true)
    }
}

fn lines(items: Vec<Item>, about_contact: bool) -> Result<Vec<Line>, Failure> {
    items.into_iter().filter_map(|item| line(item, about_contact).transpose()).collect()
}

/// `None`: it is of a kind that is not in such an archive, or that no one declared, or nothing of it is.
fn line(mut item: Item, about_contact: bool) -> Result<Option<Line>, Failure> {
    let Some(entity) = Entity::of(&item).filter(|entity| entity.lets_out("entity", about_contact)) else {
        return Ok(None);
    };
    item.retain(|name, _| entity.lets_out(name, about_contact));
    if item.is_empty() {
        return Ok(None);
    }
    let value: Value = from_item("entry", &item)?;
    Ok(Some(Line { entity: entity.file_name(), json: format!("{value}\n") }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::item::to_item;
    use serde_json::json;

    fn acme() -> TenantId {
        TenantId::new("acme").unwrap()
    }

    fn exported(entity: &str, value: &Value) -> Option<Line> {
        let mut item = to_item("message", &keys::of(&acme()).key("X", "X"), value).unwrap();
        item.insert("entity".into(), text(entity));
        line(item, false).unwrap()
    }

    #[test]
    fn an_entry_is_one_line_under_its_kind() {
        let told = exported("message", &json!({"text": "two\nlines", "confidence": 2, "touch": {"list": [1, null]}}));
        let told = told.unwrap();
        assert_eq!((told.entity.as_str(), told.json.matches('\n').count()), ("message", 1));
        let value: Value = serde_json::from_str(&told.json).unwrap();
        assert_eq!((&value["text"], &value["confidence"]), (&json!("two\nlines"), &json!(2)));
    }

    #[test]
    fn no_secret_and_no_hash_of_one_leaves() {
        assert_eq!(exported("credential", &json!({"ciphertext": "x"})), None);
        assert_eq!(exported("idempotency", &json!({"answer": "x"})), None);
        let key = exported("API key", &json!({"id": "k", "hash": "secret", "prefix": "pl_1", "tat": 5})).unwrap();
        assert_eq!(key.entity, "api_key");
        assert!(!key.json.contains("secret") && !key.json.contains("tat") && key.json.contains("pl_1"));
        let site = exported("site_key", &json!({"registry": "K#form#secret", "key": "secret"})).unwrap();
        assert!(!site.json.contains("secret"));
    }

    #[test]
    fn a_callers_own_pairs_leave_with_what_they_are_of() {
        for entity in ["lead", "merged_lead", "booking"] {
            let key = keys::of(&acme()).key("X", "X");
            let item = to_item(entity, &key, &json!({"metadata": {"crm_id": "4711"}})).unwrap();
            assert!(line(item, true).unwrap().unwrap().json.contains("4711"), "{entity}");
        }
    }

    #[test]
    fn what_no_one_declared_stays() {
        for odd in ["", "payroll", "../up", "a/b", "Message"] {
            assert_eq!(exported(odd, &json!({"text": "x"})), None, "{odd}");
        }
        let told = exported("message", &json!({"text": "x", "added_later": "secret"})).unwrap();
        assert!(!told.json.contains("secret"), "{}", told.json);
    }

    #[test]
    fn what_is_about_staff_is_in_no_archive_of_a_contact() {
        let item = to_item("task", &keys::of(&acme()).key("TASKS", "X"), &json!({"title": "Call", "assignee": "Lee"}));
        let told = line(item.unwrap(), true).unwrap().unwrap();
        assert!(told.json.contains("Call") && !told.json.contains("Lee"), "{}", told.json);
        let own = to_item("staff", &keys::of(&acme()).document("staff", "X"), &json!({"name": "Lee"}));
        assert_eq!(line(own.unwrap(), true).unwrap(), None);
    }
}
