//! Which vendors are asked, and in which order, as the environment says.

use domain::Failure;
use reqwest::Url;
use secrecy::SecretString;

use crate::vendors::{Models, Vendor};

/// A vendor that there is.
struct Known {
    /// Its name in `MODEL_PROVIDERS`.
    name: &'static str,
    /// The variables of its address and of its models.
    variables: [&'static str; 2],
    models: fn() -> Models,
    vendor: fn(&SecretString, &Url, Models) -> Result<Vendor, Failure>,
}

/// All there are, in the order in which they are asked unless another one is set.
static KNOWN: [Known; 2] = [
    Known {
        name: "anthropic",
        variables: ["ANTHROPIC_API_URL", "ANTHROPIC_MODELS"],
        models: Models::default,
        vendor: Vendor::anthropic,
    },
    Known {
        name: "openai",
        variables: ["OPENAI_API_URL", "OPENAI_MODELS"],
        models: Models::openai,
        vendor: Vendor::openai,
    },
];

/// The vendors that `MODEL_PROVIDERS` names and of which there is a key: Anthropic's and OpenAI's, in this order. `set` gives a variable.
///
/// # Errors
/// [`Failure::Permanent`] where a name is none or stands there twice, an address is missing or wrong, or models are not three; and as
/// [`Vendor::anthropic`].
pub(crate) fn vendors(
    keys: [Option<SecretString>; 2],
    set: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Vendor>, Failure> {
    let set = |name: &str| set(name).filter(|value| !value.is_empty());
    let mut left: Vec<(&Known, Option<SecretString>)> = KNOWN.iter().zip(keys).collect();
    let named = set("MODEL_PROVIDERS").unwrap_or_else(|| KNOWN.each_ref().map(|known| known.name).join(","));
    let mut vendors = Vec::new();
    for name in named.split(',').map(str::trim) {
        let Some(at) = left.iter().position(|(known, _)| known.name == name) else {
            let names = KNOWN.each_ref().map(|known| known.name).join(" and ");
            let message = format!("MODEL_PROVIDERS: {name:?} is no vendor, or named twice; there are {names}");
            return Err(Failure::Permanent(message));
        };
        let (known, Some(key)) = left.swap_remove(at) else { continue };
        let [url, models] = known.variables;
        let address = set(url).and_then(|url| url.parse::<Url>().ok());
        let address = address.ok_or_else(|| Failure::Permanent(format!("{url} is no URL: see template.yaml")))?;
        let models = set(models).map_or_else(|| Ok((known.models)()), |names| Models::parse(&names))?;
        vendors.push((known.vendor)(&key, &address, models)?);
    }
    if vendors.is_empty() {
        tracing::info!("no model key: nothing asks a model");
    }
    Ok(vendors)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(keys: [&str; 2], providers: Option<&str>) -> Result<Vec<&'static str>, Failure> {
        let keys = keys.map(|key| Some(SecretString::from(key)).filter(|_| !key.is_empty()));
        let set = |name: &str| match name {
            "MODEL_PROVIDERS" => providers.map(str::to_owned),
            "ANTHROPIC_MODELS" | "OPENAI_MODELS" => None,
            _ => Some("https://models.example.com".to_owned()),
        };
        Ok(vendors(keys, set)?.iter().map(Vendor::name).collect())
    }

    #[test]
    fn vendors_are_asked_in_the_order_that_is_set_where_there_is_a_key() {
        let both = ["a", "o"];
        for (keys, providers, expected) in [
            (both, None, "anthropic openai"),
            (both, Some(""), "anthropic openai"),
            (both, Some("openai, anthropic"), "openai anthropic"),
            (both, Some("openai"), "openai"),
            (["a", ""], Some("openai,anthropic"), "anthropic"),
            (["a", ""], Some("openai"), ""),
            (["", ""], None, ""),
        ] {
            assert_eq!(asked(keys, providers).unwrap().join(" "), expected, "{keys:?} {providers:?}");
        }
    }

    #[test]
    fn a_name_that_is_none_or_comes_twice_is_said_at_the_start_whatever_keys_there_are() {
        for (providers, named) in [("mistral", "\"mistral\""), ("openai,", "\"\""), ("openai,openai", "\"openai\"")] {
            for keys in [["a", "o"], ["", ""]] {
                let Err(Failure::Permanent(message)) = asked(keys, Some(providers)) else { panic!("{providers}") };
                assert!(message.contains(named) && message.contains("anthropic and openai"), "{message}");
            }
        }
    }
}
