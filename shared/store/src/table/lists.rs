//! Lists for the API: newest activity first, by cursor, filtered.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{Failure, TenantId};
use jiff::Timestamp;
use serde::de::DeserializeOwned;

use crate::Store;
use crate::table::cursors::{Scope, read_failure, refused};
use crate::table::item::{Item, get_text, readable, text};
use crate::table::keys::{self, PartitionKey};

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

/// An index that lists are read from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Index {
    name: &'static str,
    partition: &'static str,
    order: &'static str,
}

/// Everything of a kind.
const LISTS: Index = Index { name: "gsi1", partition: "gsi1pk", order: "gsi1sk" };
/// Sparse: what waits for staff.
pub(crate) const QUEUES: Index = Index { name: "queues", partition: "queue_pk", order: "queue_sk" };

impl Index {
    /// The keys that put an item into it.
    pub(crate) fn keys(self, partition: &PartitionKey, order: String) -> [(String, AttributeValue); 2] {
        [(self.partition.to_owned(), text(partition)), (self.order.to_owned(), text(order))]
    }

    /// What a place in it is made of.
    fn place(self) -> [&'static str; 4] {
        ["pk", "sk", self.partition, self.order]
    }
}

/// Which entries of a list are wanted.
pub(crate) struct Filters {
    index: Index,
    /// Attributes and the values that they must have.
    equal: Vec<(&'static str, String)>,
    more: Option<Terms>,
    /// Nothing that was last active before this moment: by the index's own order, so that nothing older is read.
    since: Option<Timestamp>,
    /// And nothing from this moment on.
    until: Option<Timestamp>,
    /// Attributes, such as `name` or `fields.message`, and what one of them must contain, in lower case. The table compares bytes, so this is
    /// looked for in what was read.
    containing: Option<(&'static [&'static str], String)>,
}

/// What must hold besides: an expression in which `#name` stands for the attribute `name`.
#[derive(Clone)]
pub(crate) struct Terms {
    /// By which cursors under these terms are told from others.
    pub(crate) name: &'static str,
    pub(crate) expression: String,
    /// What its `:name`s stand for.
    pub(crate) values: Vec<(&'static str, String)>,
}

impl<T: AsRef<str>, const N: usize> From<&[(&'static str, Option<T>); N]> for Filters {
    fn from(filters: &[(&'static str, Option<T>); N]) -> Self {
        let given = filters.iter().filter_map(|(name, value)| Some((*name, value.as_ref()?.as_ref().to_owned())));
        Self { index: LISTS, equal: given.collect(), more: None, since: None, until: None, containing: None }
    }
}

impl Filters {
    /// These and `more`.
    pub(crate) fn and(self, more: Option<Terms>) -> Self {
        Self { more, ..self }
    }

    /// These, read from another index.
    pub(crate) fn in_index(self, index: Index) -> Self {
        Self { index, ..self }
    }

    /// These, of what was active at `since` or later.
    pub(crate) fn since(self, since: Option<Timestamp>) -> Self {
        Self { since, ..self }
    }

    /// These, of what the list's order puts between two moments, the second one not included.
    pub(crate) fn between(self, since: Timestamp, until: Timestamp) -> Self {
        Self { since: Some(since), until: Some(until), ..self }
    }

    /// These, where one of the attributes `names` contains `words`, whatever the case.
    pub(crate) fn containing(self, names: &'static [&'static str], words: Option<&str>) -> Self {
        Self { containing: words.map(|words| (names, words.to_lowercase())), ..self }
    }

    /// Where a page under these begins that goes on after `item`.
    pub(crate) fn cursor_at(&self, partition: &PartitionKey, item: &Item) -> String {
        cursor_of(&self.scope(partition), self.index, item)
    }

    fn scope(&self, partition: &PartitionKey) -> Scope {
        let since = self.since.map(|since| since.to_string());
        let until = self.until.map(|until| until.to_string());
        let equal = self.equal.iter().map(|(name, value)| (*name, value.as_str()));
        let more = self.more.as_ref().map(|terms| ("terms", terms.name));
        let since = since.as_deref().map(|since| ("since", since));
        let until = until.as_deref().map(|until| ("until", until));
        let containing = self.containing.as_ref().map(|(_, words)| ("containing", words.as_str()));
        let all = equal.chain(more).chain(since).chain(until).chain(containing);
        Scope::new(partition, &all.collect::<Vec<_>>())
    }

    /// Their place in the index.
    fn place(&self) -> String {
        let Index { partition, order, .. } = self.index;
        match (self.since, self.until) {
            // No place has a time and nothing else, so that what begins at `until` comes after it.
            (Some(_), Some(_)) => format!("{partition} = :partition AND {order} BETWEEN :since AND :until"),
            (Some(_), None) => format!("{partition} = :partition AND {order} >= :since"),
            _ => format!("{partition} = :partition"),
        }
    }

    /// Whether what was read is wanted.
    fn wants(&self, item: &Item) -> bool {
        let contains = |(names, words): &(&[&str], String)| {
            let text = |name: &&str| at(item, name).is_some_and(|value| says(value, words));
            names.iter().any(text)
        };
        self.containing.as_ref().is_none_or(contains)
    }

    /// The whole expression; `None`: everything is wanted.
    fn expression(&self) -> Option<String> {
        let equal = self.equal.iter().map(|(name, _)| format!("#{name} = :{name}"));
        let terms: Vec<String> = equal.chain(self.more.iter().map(|terms| format!("({})", terms.expression))).collect();
        (!terms.is_empty()).then(|| terms.join(" AND "))
    }

    fn values(&self) -> impl Iterator<Item = (String, AttributeValue)> {
        let equal = self.equal.iter().map(|(name, value)| (format!(":{name}"), text(value)));
        let more = self.more.iter().flat_map(|terms| &terms.values);
        equal.chain(more.map(|(name, value)| ((*name).to_owned(), text(value))))
    }
}

/// The attribute at a path such as `fields.message`.
fn at<'i>(item: &'i Item, path: &str) -> Option<&'i AttributeValue> {
    let mut names = path.split('.');
    let first = item.get(names.next()?)?;
    names.try_fold(first, |value, name| value.as_m().ok()?.get(name))
}

/// Whether a text, or one of a list of texts, contains `words`.
fn says(value: &AttributeValue, words: &str) -> bool {
    match value {
        AttributeValue::S(text) => text.to_lowercase().contains(words),
        AttributeValue::L(all) => all.iter().any(|one| says(one, words)),
        _ => false,
    }
}

/// The attributes that an expression names.
fn names(expression: &str) -> impl Iterator<Item = &str> {
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || sign == '_';
    expression.split('#').skip(1).filter_map(move |rest| rest.split(|sign| !is_name(sign)).next())
}

impl Store {
    /// A page of a list.
    pub(crate) async fn list<T: DeserializeOwned>(
        &self,
        entity: &str,
        tenant: &TenantId,
        partition: &PartitionKey,
        filters: impl Into<Filters>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<T>, Failure> {
        let page = self.list_items(tenant, partition, filters, limit, cursor).await?;
        Ok(Page { items: readable(entity, &page.items), cursor: page.cursor })
    }

    /// A page of a list, as it is stored.
    pub(crate) async fn list_items(
        &self,
        tenant: &TenantId,
        partition: &PartitionKey,
        filters: impl Into<Filters>,
        limit: usize,
        cursor: Option<&str>,
    ) -> Result<Page<Item>, Failure> {
        let limit = limit.clamp(1, MAX_PAGE);
        let filters = filters.into();
        let (scope, expression) = (filters.scope(partition), filters.expression());
        let mut start = cursor.map(|cursor| start(&scope, filters.index, cursor, tenant, partition)).transpose()?;
        let mut found: Vec<Item> = Vec::new();
        for read in 0..MAX_READS {
            let mut query = self
                .query()
                .index_name(filters.index.name)
                .scan_index_forward(false)
                .key_condition_expression(filters.place())
                .expression_attribute_values(":partition", text(partition))
                .limit(i32::try_from(MAX_PAGE).unwrap_or(i32::MAX))
                .set_exclusive_start_key(start.take());
            if let Some(since) = filters.since {
                query = query.expression_attribute_values(":since", text(keys::by_time(since, "")));
            }
            if let Some(until) = filters.until {
                query = query.expression_attribute_values(":until", text(keys::by_time(until, "")));
            }
            if let Some(expression) = &expression {
                query = query.filter_expression(expression);
                for name in names(expression) {
                    query = query.expression_attribute_names(format!("#{name}"), name);
                }
                for (name, value) in filters.values() {
                    query = query.expression_attribute_values(name, value);
                }
            }
            let from_cursor = cursor.is_some() && read == 0;
            let answer = query.send().await.map_err(|error| read_failure("list", &error, from_cursor))?;
            start = answer.last_evaluated_key;
            found.extend(answer.items.unwrap_or_default().into_iter().filter(|item| filters.wants(item)));
            if found.len() > limit || start.is_none() {
                break;
            }
        }
        let more = found.len() > limit;
        found.truncate(limit);
        let next = if more { found.last().cloned() } else { start };
        Ok(Page { items: found, cursor: next.map(|place| cursor_of(&scope, filters.index, &place)) })
    }
}

/// Where the next page begins.
fn cursor_of(scope: &Scope, index: Index, place: &Item) -> String {
    scope.cursor(&index.place().map(|name| get_text(place, name)))
}

/// The place that a caller's cursor names: one of this list, which is ordered by time.
fn start(
    scope: &Scope,
    index: Index,
    cursor: &str,
    tenant: &TenantId,
    partition: &PartitionKey,
) -> Result<Item, Failure> {
    let parts = scope.place::<4>(cursor)?;
    let [pk, _, list, order] = &parts;
    let by_time = order.split_once('#').is_some_and(|(at, _)| at.len() == 15 && at.bytes().all(|b| b.is_ascii_digit()));
    if !pk.starts_with(&keys::of(tenant).everything()) || *list != **partition || !by_time {
        return Err(refused());
    }
    Ok(index.place().iter().zip(&parts).map(|(name, part)| ((*name).to_owned(), text(part))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place_in(tenant: &str, list: &str, order: &str) -> Item {
        let values = [format!("T#{tenant}#PERSON#p"), "NOW#LEAD".to_owned(), list.to_owned(), order.to_owned()];
        LISTS.place().iter().zip(values).map(|(name, value)| ((*name).to_owned(), text(value))).collect()
    }

    #[test]
    fn a_cursor_leads_back_to_its_place() {
        let tenant = TenantId::new("acme").unwrap();
        let list = keys::of(&tenant).lead_list();
        let (scope, place) = (Scope::new(&list, &[]), place_in("acme", &list, "000000000000001#l"));
        assert_eq!(start(&scope, LISTS, &cursor_of(&scope, LISTS, &place), &tenant, &list).unwrap(), place);
    }

    #[test]
    fn an_expression_names_each_attribute_that_stands_in_it() {
        let terms = Terms { name: "t", expression: "(#b.#c_d > :now) OR #b = :x".to_owned(), values: Vec::new() };
        let filters = Filters::from(&[("a", Some("1")), ("left", None)]).and(Some(terms));
        let expression = filters.expression().unwrap();
        assert_eq!(expression, "#a = :a AND ((#b.#c_d > :now) OR #b = :x)");
        assert_eq!(names(&expression).collect::<Vec<_>>(), ["a", "b", "c_d", "b"]);
        let list = keys::of(&TenantId::new("acme").unwrap()).lead_list();
        assert_ne!(filters.scope(&list), Filters::from(&[("a", Some("1"))]).scope(&list));
        assert_eq!(Filters::from(&[("left", None::<&str>)]).expression(), None);
    }

    #[test]
    fn a_name_is_found_whatever_the_case_and_each_filter_has_cursors_of_its_own() {
        let named = |words: &'static str| {
            Filters::from(&[("a", None::<&str>)]).containing(&["name", "wants.others"], Some(words))
        };
        let others = AttributeValue::M(
            [("others".to_owned(), AttributeValue::L(vec![text("Gutter"), text("Roof repair")]))].into(),
        );
        let item = |name: &str| Item::from([("name".to_owned(), text(name)), ("wants".to_owned(), others.clone())]);
        assert!(named("nÚñ").wants(&item("Ana Núñez")) && !named("nunez").wants(&item("Ana Núñez")));
        assert!(named("roof").wants(&item("Ana")) && !named("others").wants(&item("Ana")));
        assert!(!named("a").wants(&Item::new()));
        let list = keys::of(&TenantId::new("acme").unwrap()).lead_list();
        let since = |at: &str| Filters::from(&[("a", None::<&str>)]).since(Some(at.parse().unwrap()));
        let scopes = [
            named("ana").scope(&list),
            named("bob").scope(&list),
            since("2026-11-20T12:00:00Z").scope(&list),
            since("2026-11-21T12:00:00Z").scope(&list),
            Filters::from(&[("a", None::<&str>)]).scope(&list),
        ];
        for (index, scope) in scopes.iter().enumerate() {
            assert!(scopes.iter().skip(index + 1).all(|other| other != scope), "{index}");
        }
        assert_eq!(named("ANA").scope(&list), named("ana").scope(&list));
    }

    #[test]
    fn a_forged_place_is_refused_though_it_is_bound_to_the_list() {
        let tenant = TenantId::new("acme").unwrap();
        let list = keys::of(&tenant).lead_list();
        let scope = Scope::new(&list, &[]);
        for foreign in [
            place_in("bolt", &list, "000000000000001#l"),
            place_in("acme", &keys::of(&tenant).thread_list(), "000000000000001#l"),
            place_in("acme", &list, "yesterday"),
        ] {
            let refused = start(&scope, LISTS, &cursor_of(&scope, LISTS, &foreign), &tenant, &list).unwrap_err();
            assert!(matches!(refused, Failure::Rejected { field: Some(field), .. } if field == "cursor"));
        }
    }
}
