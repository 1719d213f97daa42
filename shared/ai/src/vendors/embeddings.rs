//! OpenAI's `POST /v1/embeddings` (developers.openai.com/api/reference/resources/embeddings).
//!
//! A request takes at most 2,048 texts, 8,192 tokens of each and 300,000 together; no text may be empty. Vectors are asked for as base64
//! (32-bit floats, little-endian), a third of what they are as decimal numbers; those are read too, as some gateways send them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::Failure;
use reqwest::Url;
use reqwest::header::{HeaderName, HeaderValue};
use secrecy::SecretString;
use semantics::{Embedding, Space};
use serde::{Deserialize, Serialize};

use super::{BYTES_A_TOKEN, Setback, bearer, below};
use crate::Degraded;

/// Another one whenever a text is put to the model otherwise.
const VERSION: u16 = 1;

/// A vendor's model that makes points of texts. Its debug print does not show the key.
#[derive(Debug)]
pub struct EmbeddingModel {
    pub(crate) url: Url,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) space: Space,
}

impl EmbeddingModel {
    /// OpenAI's at `base`, `https://api.openai.com` in production; `named` is the model and its dimensions, as in
    /// `text-embedding-3-small,512`.
    ///
    /// # Errors
    /// [`Failure::Permanent`] when `named` is not that, and as [`Vendor::openai`](crate::Vendor::openai).
    pub fn openai(key: &SecretString, base: &Url, named: &str) -> Result<Self, Failure> {
        let parts = named.split_once(',').map(|(model, dimensions)| (model.trim(), dimensions.trim().parse()));
        let (model, dimensions) = match parts {
            Some((model, Ok(dimensions))) if !model.is_empty() && dimensions > 0 => (model.to_owned(), dimensions),
            _ => {
                let what = "embeddings are the name of a model and its dimensions: text-embedding-3-small,512";
                return Err(Failure::Permanent(what.to_owned()));
            }
        };
        let space = Space { model, version: VERSION, dimensions };
        Ok(Self { url: below(base, "embeddings")?, headers: bearer(key)?, space })
    }

    /// The body of a request.
    pub(crate) fn body(&self, texts: &[&str]) -> Result<Vec<u8>, Degraded> {
        let (model, dimensions) = (self.space.model.as_str(), self.space.dimensions);
        let request = Request { model, input: texts, dimensions, encoding_format: "base64" };
        serde_json::to_vec(&request).map_err(|_| Degraded::Invalid("the request could not be written"))
    }

    /// Reads a response of status 200: the points of `texts`, in their order. What it took is added to `tokens`, whatever comes of it.
    pub(crate) fn read(&self, body: &[u8], texts: &[&str], tokens: &mut u64) -> Result<Vec<Embedding>, Setback> {
        let wrong = |what| Setback::from(Degraded::Invalid(what));
        let response: Response = serde_json::from_slice(body).map_err(|_| wrong("it is no list of vectors"))?;
        let bytes: usize = texts.iter().map(|text| text.len()).sum();
        let estimated = || u64::try_from(bytes / BYTES_A_TOKEN).unwrap_or(u64::MAX);
        *tokens += response.usage.map_or_else(estimated, |usage| usage.prompt_tokens);
        // The full name of a version begins with the name that was asked for.
        if !response.model.is_empty() && !response.model.starts_with(&self.space.model) {
            return Err(wrong("another model made the vectors"));
        }
        let mut points: Vec<Option<Embedding>> = vec![None; texts.len()];
        for Item { index, embedding } in response.data {
            let place = points.get_mut(index).filter(|place| place.is_none());
            let point = Embedding::new(self.space.clone(), embedding.values());
            *place.ok_or_else(|| wrong("a vector is of no text"))? = point;
        }
        let all: Option<Vec<Embedding>> = points.into_iter().collect();
        all.ok_or_else(|| wrong("a text has no vector of the right dimensions"))
    }
}

#[derive(Serialize)]
struct Request<'a> {
    model: &'a str,
    input: &'a [&'a str],
    dimensions: u16,
    encoding_format: &'static str,
}

/// The body of a response. Unknown fields pass.
#[derive(Deserialize)]
struct Response {
    #[serde(default)]
    model: String,
    data: Vec<Item>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Item {
    /// Which of the texts it is of.
    index: usize,
    embedding: Vector,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Vector {
    Base64(String),
    Numbers(Vec<f32>),
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: u64,
}

impl Vector {
    /// Its numbers; none where they cannot be read.
    fn values(self) -> Vec<f32> {
        match self {
            Self::Numbers(values) => values,
            Self::Base64(text) => {
                let bytes = STANDARD.decode(text).unwrap_or_default();
                bytes.chunks_exact(4).filter_map(|four| four.try_into().ok().map(f32::from_le_bytes)).collect()
            }
        }
    }
}
