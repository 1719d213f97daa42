//! What an audit line keeps of a document: of a change, the parts that differ.
//!
//! A document that is changed in one place must not be kept twice in whole, or the record outgrows the table long before
//! the document does.

use serde_json::{Map, Value, json};

/// What names a document, kept though it does not change: by it an erasure finds the lines that are about someone.
const NAMES: [&str; 2] = ["id", "contact"];
/// The most of one side that a line keeps, in bytes of JSON.
const MAX_SIDE_BYTES: usize = 64 * 1024;
/// The longest member that a side over the limit keeps, in bytes of JSON.
const MAX_MEMBER_BYTES: usize = 2 * 1024;

/// The two sides of an audit line.
///
/// Of a change, members of objects that differ are kept, at whatever depth, and `id` and `contact`. Of a list, its elements
/// that differ are, as an object by their places in it; what stands before and after the changed stretch is left out. Of
/// what is made or removed, the whole is kept. A member that would make a side too large is replaced by how large it is.
#[must_use]
pub fn what_changed(before: Option<Value>, after: Option<Value>) -> (Option<Value>, Option<Value>) {
    match (before, after) {
        (Some(before), Some(after)) => {
            let (mut was, mut is) = difference(&before, &after).unwrap_or_else(|| (json!({}), json!({})));
            for (side, whole) in [(&mut was, &before), (&mut is, &after)] {
                let names = NAMES.iter().filter_map(|name| Some(((*name).to_owned(), whole.get(*name)?.clone())));
                if let Value::Object(side) = side {
                    side.extend(names.collect::<Vec<_>>());
                }
            }
            (Some(bounded(was)), Some(bounded(is)))
        }
        (before, after) => (before.map(bounded), after.map(bounded)),
    }
}

/// What differs, side by side; `None` where nothing does.
fn difference(before: &Value, after: &Value) -> Option<(Value, Value)> {
    match (before, after) {
        (before, after) if before == after => None,
        (Value::Object(before), Value::Object(after)) => {
            let (mut was, mut is) = (Map::new(), Map::new());
            for (name, value) in before {
                match after.get(name) {
                    None => _ = was.insert(name.clone(), value.clone()),
                    Some(other) => keep(&mut was, &mut is, name, difference(value, other)),
                }
            }
            let new = after.iter().filter(|(name, _)| !before.contains_key(*name));
            is.extend(new.map(|(name, value)| (name.clone(), value.clone())));
            Some((Value::Object(was), Value::Object(is)))
        }
        (Value::Array(before), Value::Array(after)) => Some(in_list(before, after)),
        (before, after) => Some((before.clone(), after.clone())),
    }
}

fn keep(was: &mut Map<String, Value>, is: &mut Map<String, Value>, name: &str, differ: Option<(Value, Value)>) {
    if let Some((before, after)) = differ {
        was.insert(name.to_owned(), before);
        is.insert(name.to_owned(), after);
    }
}

/// The stretch of two lists between what they have in common at both ends. Of equally long stretches, place by place.
fn in_list(before: &[Value], after: &[Value]) -> (Value, Value) {
    let start = before.iter().zip(after).take_while(|(a, b)| a == b).count();
    let shorter = before.len().min(after.len()) - start;
    let end = before.iter().rev().zip(after.iter().rev()).take(shorter).take_while(|(a, b)| a == b).count();
    let stretch = |list: &[Value]| -> Vec<Value> { list.iter().take(list.len() - end).skip(start).cloned().collect() };
    let (old, new) = (stretch(before), stretch(after));
    let (mut was, mut is) = (Map::new(), Map::new());
    if old.len() == new.len() {
        for (index, (old, new)) in old.iter().zip(&new).enumerate() {
            keep(&mut was, &mut is, &(start + index).to_string(), difference(old, new));
        }
    } else {
        let placed =
            |list: Vec<Value>| list.into_iter().enumerate().map(|(index, value)| ((start + index).to_string(), value));
        was.extend(placed(old));
        is.extend(placed(new));
    }
    (Value::Object(was), Value::Object(is))
}

/// A side without the members that make it too large.
fn bounded(side: Value) -> Value {
    if size(&side) <= MAX_SIDE_BYTES {
        return side;
    }
    let Value::Object(members) = side else { return json!({ "omitted_bytes": size(&side) }) };
    let mut kept = Map::new();
    let mut room = MAX_SIDE_BYTES;
    for (name, value) in members {
        let bytes = size(&value) + name.len();
        let fits = bytes <= MAX_MEMBER_BYTES && bytes <= room;
        room = room.saturating_sub(if fits { bytes } else { 0 });
        kept.insert(name, if fits { value } else { json!({ "omitted_bytes": bytes }) });
    }
    Value::Object(kept)
}

fn size(value: &Value) -> usize {
    serde_json::to_string(value).map_or(usize::MAX, |text| text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn changed(before: Value, after: Value) -> (Value, Value) {
        let (was, is) = what_changed(Some(before), Some(after));
        (was.unwrap(), is.unwrap())
    }

    #[test]
    fn a_line_holds_what_differs_and_the_name_of_what_it_is_about() {
        let before =
            json!({"id": "x", "contact": "c", "name": "Old", "hours": {"monday": [1], "tuesday": [2]}, "zone": "A"});
        let after =
            json!({"id": "x", "contact": "c", "name": "New", "hours": {"monday": [1], "tuesday": [3]}, "zone": "A"});
        let (was, is) = changed(before, after);
        assert_eq!(was, json!({"id": "x", "contact": "c", "name": "Old", "hours": {"tuesday": {"0": 2}}}));
        assert_eq!(is, json!({"id": "x", "contact": "c", "name": "New", "hours": {"tuesday": {"0": 3}}}));
        assert_eq!(changed(json!({"a": 1}), json!({"b": 1})), (json!({"a": 1}), json!({"b": 1})));
        assert_eq!(changed(json!({"id": 1, "a": 1}), json!({"id": 1, "a": 1})), (json!({"id": 1}), json!({"id": 1})));
        assert_eq!(changed(json!({"a": 1}), json!({"a": null})), (json!({"a": 1}), json!({"a": null})));
    }

    #[test]
    fn of_a_list_the_changed_stretch_is_kept_by_place() {
        let list = |values: &[i32]| json!({ "faqs": values });
        for (before, after, was, is) in [
            (vec![1, 2, 3], vec![1, 9, 3], json!({"1": 2}), json!({"1": 9})),
            (vec![1, 2, 3], vec![1, 2, 9, 3], json!({}), json!({"2": 9})),
            (vec![1, 2, 3], vec![1, 3], json!({"1": 2}), json!({})),
            (vec![1, 1], vec![1, 1, 1], json!({}), json!({"2": 1})),
            (
                vec![1, 2, 3, 4],
                vec![4, 3, 2, 1, 0],
                json!({"0": 1, "1": 2, "2": 3, "3": 4}),
                json!({"0": 4, "1": 3, "2": 2, "3": 1, "4": 0}),
            ),
        ] {
            assert_eq!(changed(list(&before), list(&after)), (json!({ "faqs": was }), json!({ "faqs": is })));
        }
        let faq = |answer: &str| json!({"faqs": [{"question": "Open?", "answer": answer}]});
        let (was, is) = changed(faq("No"), faq("Yes"));
        assert_eq!((was, is), (json!({"faqs": {"0": {"answer": "No"}}}), json!({"faqs": {"0": {"answer": "Yes"}}})));
    }

    #[test]
    fn a_side_has_an_end_whatever_is_changed() {
        let whole = |letter: &str| json!({"id": "x", "name": letter, "faqs": vec![letter.repeat(1_000); 200]});
        let (was, is) = changed(whole("a"), whole("b"));
        for side in [&was, &is] {
            assert!(size(side) <= MAX_SIDE_BYTES, "{}", size(side));
            assert_eq!(side["id"], "x");
        }
        assert_eq!((&was["name"], &is["name"]), (&json!("a"), &json!("b")));
        assert!(was["faqs"]["omitted_bytes"].as_u64().unwrap() > 200_000);
        let (made, nothing) = what_changed(None, Some(whole("a")));
        assert!(made.is_none() && size(&nothing.unwrap()) <= MAX_SIDE_BYTES);
    }

    #[test]
    fn one_answer_of_a_large_document_is_a_small_line() {
        let whole = |answer: &str| {
            let mut faqs = vec![json!({"question": "q".repeat(300), "answer": "a".repeat(1_000)}); 180];
            faqs[90]["answer"] = json!(answer);
            json!({"id": "acme", "faqs": faqs})
        };
        let (was, is) = changed(whole("No"), whole("Yes"));
        assert!(size(&was) < 100 && size(&is) < 100, "{was} {is}");
    }
}
