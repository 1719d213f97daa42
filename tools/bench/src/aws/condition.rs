//! DynamoDB's conditions and filters, in the forms that `shared/store` uses: comparisons, `BETWEEN`, `IN`, `attribute_exists`,
//! `attribute_not_exists`, `attribute_type`, `begins_with` and `contains`, joined by `AND`, `OR`, `NOT` and parentheses.

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value};
use std::cmp::Ordering;

/// Whether `expression` of `request` holds of `item`; `None`: there is none.
///
/// # Errors
/// When it has a form that is not known, or a name or value that the request does not give.
pub(super) fn holds(expression: &str, item: Option<&Map<String, Value>>, request: &Value) -> Result<bool> {
    let mut reader = Reader { left: tokens(expression), item, request };
    let is_met = reader.any().with_context(|| format!("a condition of an unknown form: {expression}"))?;
    if let Some(rest) = reader.left.last() {
        bail!("a condition of an unknown form at {rest}: {expression}");
    }
    Ok(is_met)
}

/// The words and signs of an expression, the last one first.
fn tokens(expression: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = expression.trim_start();
    while !rest.is_empty() {
        let is_word = |sign: char| sign.is_ascii_alphanumeric() || "_#:.".contains(sign);
        let is_comparison = |sign: char| "<>=".contains(sign);
        let whole = |is_part: &dyn Fn(char) -> bool| rest.find(|sign| !is_part(sign)).unwrap_or(rest.len());
        let end = match rest.chars().next() {
            Some(sign) if is_word(sign) => whole(&is_word),
            Some(sign) if is_comparison(sign) => whole(&is_comparison),
            Some(sign) => sign.len_utf8(),
            None => break,
        };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens.reverse();
    tokens
}

struct Reader<'a> {
    left: Vec<&'a str>,
    item: Option<&'a Map<String, Value>>,
    request: &'a Value,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Result<&'a str> {
        self.left.pop().context("it ends too early")
    }

    /// Takes the next token where it is `wanted`.
    fn takes(&mut self, wanted: &str) -> bool {
        let is_next = self.left.last().is_some_and(|token| *token == wanted);
        if is_next {
            self.left.pop();
        }
        is_next
    }

    fn expect(&mut self, wanted: &str) -> Result<()> {
        if !self.takes(wanted) {
            bail!("{wanted} is missing");
        }
        Ok(())
    }

    fn any(&mut self) -> Result<bool> {
        let mut is_met = self.all()?;
        while self.takes("OR") {
            is_met |= self.all()?;
        }
        Ok(is_met)
    }

    fn all(&mut self) -> Result<bool> {
        let mut is_met = self.one()?;
        while self.takes("AND") {
            is_met &= self.one()?;
        }
        Ok(is_met)
    }

    fn one(&mut self) -> Result<bool> {
        if self.takes("NOT") {
            return Ok(!self.one()?);
        }
        if self.takes("(") {
            let is_met = self.any()?;
            self.expect(")")?;
            return Ok(is_met);
        }
        let word = self.next()?;
        if self.takes("(") {
            let is_met = self.function(word)?;
            self.expect(")")?;
            return Ok(is_met);
        }
        let left = self.value(word)?;
        let is = |order: Option<Ordering>, wanted: &[Ordering]| order.is_some_and(|order| wanted.contains(&order));
        Ok(match self.next()? {
            "=" => self.operand()?.is_some_and(|right| left == Some(right)),
            "<>" => self.operand()? != left,
            "<" => is(compared(left, self.operand()?), &[Ordering::Less]),
            "<=" => is(compared(left, self.operand()?), &[Ordering::Less, Ordering::Equal]),
            ">" => is(compared(left, self.operand()?), &[Ordering::Greater]),
            ">=" => is(compared(left, self.operand()?), &[Ordering::Greater, Ordering::Equal]),
            "BETWEEN" => {
                let first = self.operand()?;
                self.expect("AND")?;
                let last = self.operand()?;
                is(compared(left, first), &[Ordering::Greater, Ordering::Equal])
                    && is(compared(left, last), &[Ordering::Less, Ordering::Equal])
            }
            "IN" => {
                self.expect("(")?;
                let mut is_one = false;
                loop {
                    is_one |= self.operand()?.is_some_and(|right| left == Some(right));
                    if !self.takes(",") {
                        break;
                    }
                }
                self.expect(")")?;
                is_one
            }
            other => bail!("{other} is not known"),
        })
    }

    fn function(&mut self, name: &str) -> Result<bool> {
        let path = self.next()?;
        let value = self.value(path)?;
        if name == "attribute_exists" || name == "attribute_not_exists" {
            return Ok(value.is_some() == (name == "attribute_exists"));
        }
        self.expect(",")?;
        let other = self.operand()?;
        let (text, part) = (value.and_then(text), other.and_then(text));
        let pair = text.zip(part);
        match name {
            "attribute_type" => {
                let kind = value.and_then(Value::as_object).and_then(|value| value.keys().next());
                Ok(kind.is_some_and(|kind| Some(kind.as_str()) == part))
            }
            "begins_with" => Ok(pair.is_some_and(|(text, part)| text.starts_with(part))),
            "contains" => {
                let is_member = value.and_then(|value| value.get("SS")?.as_array()).is_some_and(|set| {
                    set.iter().any(|member| member.as_str().is_some_and(|member| Some(member) == part))
                });
                Ok(is_member || pair.is_some_and(|(text, part)| text.contains(part)))
            }
            _ => bail!("{name} is not known"),
        }
    }

    fn operand(&mut self) -> Result<Option<&'a Value>> {
        let word = self.next()?;
        self.value(word)
    }

    /// What a word stands for: a value of the request, or an attribute of the item.
    fn value(&self, word: &str) -> Result<Option<&'a Value>> {
        if word.starts_with(':') {
            let value = self.request.get("ExpressionAttributeValues").and_then(|values| values.get(word));
            return Ok(Some(value.with_context(|| format!("no value {word}"))?));
        }
        let mut value: Option<&Value> = None;
        for (depth, part) in word.split('.').enumerate() {
            let name = match part.starts_with('#') {
                true => self.request.pointer(&format!("/ExpressionAttributeNames/{part}")).and_then(Value::as_str),
                false => Some(part),
            };
            let name = name.with_context(|| format!("no name {part}"))?;
            value = match depth {
                0 => self.item.and_then(|item| item.get(name)),
                _ => value.and_then(|value| value.get("M")?.get(name)),
            };
        }
        Ok(value)
    }
}

fn text(value: &Value) -> Option<&str> {
    value.get("S").and_then(Value::as_str)
}

/// The order of two texts or two numbers; `None`: they have none.
fn compared(one: Option<&Value>, other: Option<&Value>) -> Option<Ordering> {
    let (one, other) = (one?, other?);
    if let (Some(one), Some(other)) = (text(one), text(other)) {
        return Some(one.cmp(other));
    }
    let number = |value: &Value| value.get("N").and_then(Value::as_str)?.parse::<f64>().ok();
    number(one)?.partial_cmp(&number(other)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn is_met(expression: &str) -> Result<bool> {
        let item = json!({"pk": {"S": "a"}, "state": {"S": "draft"}, "n": {"N": "7"}, "d": {"M": {"of": {"S": "x"}}}});
        let request = json!({
            "ExpressionAttributeNames": {"#state": "state"},
            "ExpressionAttributeValues":
                {":draft": {"S": "draft"}, ":sent": {"S": "sent"}, ":five": {"N": "5"}, ":ten": {"N": "10"}, ":x": {"S": "x"},
                 ":number": {"S": "N"}},
        });
        holds(expression, item.as_object(), &request)
    }

    #[test]
    fn conditions_are_met_or_not() {
        for (expression, wanted) in [
            ("attribute_exists(pk)", true),
            ("attribute_not_exists(pk) OR #state = :draft", true),
            ("attribute_not_exists(pk) OR #state = :sent", false),
            ("#state IN (:sent, :draft)", true),
            ("#state IN (:sent)", false),
            ("n BETWEEN :five AND :ten AND #state <> :sent", true),
            ("(attribute_not_exists(until) OR until <= :five) AND (attribute_not_exists(n) OR n < :five)", false),
            ("n < :ten", true),
            ("until < :ten", false),
            ("d.of = :x", true),
            ("begins_with(#state, :draft)", true),
            ("attribute_type(n, :number) AND NOT attribute_type(until, :number)", true),
            ("NOT contains(#state, :sent)", true),
        ] {
            assert_eq!(is_met(expression).unwrap(), wanted, "{expression}");
        }
        assert!(!holds("attribute_exists(pk)", None, &json!({})).unwrap());
    }

    #[test]
    fn what_is_not_known_is_refused() {
        for unknown in ["size(n) > :five", "n + :five", "n = :none", "#none = :five", "n = :five AND", "n = :five pk"] {
            assert!(is_met(unknown).is_err(), "{unknown}");
        }
    }
}
