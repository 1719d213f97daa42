//! Fixed texts with places in them.

/// `text` with a value in each of its places (`{day}`). What stands in a value is not read again, and a place without a value stays.
pub(crate) fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 40);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after.split_once('}').and_then(|(place, behind)| {
            let (_, value) = values.iter().find(|(name, _)| *name == place)?;
            Some((value, behind))
        });
        rest = match known {
            Some((value, behind)) => {
                filled.push_str(value);
                behind
            }
            None => {
                filled.push('{');
                after
            }
        };
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_put_in_once_and_what_is_unknown_stays() {
        let values = [("name", "{day}"), ("day", "Monday")];
        for (text, filled) in [
            ("{name}, on {day}.", "{day}, on Monday."),
            ("{nobody} and {day", "{nobody} and {day"),
            ("{{day}}", "{Monday}"),
            ("plain", "plain"),
        ] {
            assert_eq!(fill(text, &values), filled, "{text}");
        }
    }
}
