//! Which vendors are asked, and in which order, as the environment says.

use domain::Failure;
use reqwest::Url;
use secrecy::SecretString;

use crate::vendors::{EmbeddingModel, Models, Vendor};

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

/// The vendors that `MODEL_PROVIDERS` names and of which there is a key: Anthropic's and OpenAI's, in this order. `set` gives a variable that is not empty.
///
/// # Errors
/// [`Failure::Permanent`] where a name is none or stands there twice, an address is missing or wrong, or models are not three; and as
/// [`Vendor::anthropic`].
pub(crate) fn vendors(
    keys: [Option<SecretString>; 2],
    set: impl Fn(&str) -> Option<String>,
) -> Result<Vec<Vendor>, Failure> {
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
        let address = address(url, &set)?;
        let models = set(models).map_or_else(|| Ok((known.models)()), |names| Models::parse(&names))?;
        vendors.push((known.vendor)(&key, &address, models)?);
    }
    if vendors.is_empty() {
        tracing::info!("no model key: nothing asks a model");
    }
    Ok(vendors)
}

/// OpenAI's model that makes points of texts, where `OPENAI_EMBEDDINGS` names one and there is a key: of the two, OpenAI's is the second.
///
/// # Errors
/// As [`vendors`] and [`EmbeddingModel::openai`].
pub(crate) fn embeddings(
    [_, key]: &[Option<SecretString>; 2],
    set: impl Fn(&str) -> Option<String>,
) -> Result<Option<EmbeddingModel>, Failure> {
    let (Some(key), Some(model)) = (key, set("OPENAI_EMBEDDINGS")) else { return Ok(None) };
    Ok(Some(EmbeddingModel::openai(key, &address("OPENAI_API_URL", set)?, &model)?))
}

fn address(name: &str, set: impl Fn(&str) -> Option<String>) -> Result<Url, Failure> {
    let address = set(name).and_then(|url| url.parse::<Url>().ok());
    address.ok_or_else(|| Failure::Permanent(format!("{name} is no URL: see template.yaml")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(keys: [&str; 2], providers: Option<&str>) -> Result<Vec<&'static str>, Failure> {
        let keys = keys.map(|key| Some(SecretString::from(key)).filter(|_| !key.is_empty()));
        let set = |name: &str| match name {
            "MODEL_PROVIDERS" => providers.filter(|names| !names.is_empty()).map(str::to_owned),
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
