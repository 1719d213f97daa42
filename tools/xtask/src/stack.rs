//! `stack.json`: all that a script needs to talk to a running local stack.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::http::{Header, Http};

/// The coordinates of a running local stack. Everything secret in it is worth nothing outside this machine.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stack {
    /// The emulator: `http://127.0.0.1:PORT`, for `AWS_ENDPOINT_URL`.
    pub endpoint: String,
    /// The emulator's port.
    pub port: u16,
    /// The API for clients that look up names under `localhost`, as curl and browsers do.
    pub api_url: String,
    /// The `Host` header that leads to the API when a request goes to `endpoint`.
    pub host: String,
    /// What the functions take for their own address: vendors' URL signatures are made over it.
    pub public_url: String,
    /// The vendor sink; `GET /_sink/messages` lists what was sent to customers.
    pub sink_url: String,
    /// The outputs of `template.yaml`.
    pub outputs: BTreeMap<String, String>,
    /// The demo tenants with their keys and signing secrets, as `porchlight onboard --json` printed them.
    pub tenants: Vec<Value>,
}

impl Stack {
    /// Reads a `stack.json`.
    ///
    /// # Errors
    /// When there is none or it is of another form.
    pub fn read(path: &Path) -> Result<Self> {
        let text = fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
        serde_json::from_slice(&text).with_context(|| format!("{} is not a stack of ours", path.display()))
    }

    /// Writes it.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn write(&self, path: &Path) -> Result<()> {
        fs::write(path, serde_json::to_string_pretty(self)?).with_context(|| format!("cannot write {}", path.display()))
    }

    /// A client for the emulator, and so for the API with [`Stack::host_header`].
    #[must_use]
    pub fn http(&self) -> Http {
        Http::to_port(self.port)
    }

    /// The header that leads a request to the API.
    #[must_use]
    pub fn host_header(&self) -> Header {
        ("host".to_owned(), self.host.clone())
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// One as `make dev` describes it.
    pub(crate) fn stack() -> Stack {
        let outputs = [
            ("ApiId", "a1"),
            ("TableName", "the-table"),
            ("CredentialsKeyId", "the-key"),
            ("AccountMailQueueUrl", "http://127.0.0.1:4566/000000000000/mail"),
        ];
        Stack {
            endpoint: "http://127.0.0.1:4566".to_owned(),
            port: 4566,
            api_url: "http://a1.execute-api.localhost:4566".to_owned(),
            host: "a1.execute-api.localhost:4566".to_owned(),
            public_url: "https://a1.execute-api.localhost:4566".to_owned(),
            sink_url: "http://127.0.0.1:4570".to_owned(),
            outputs: outputs.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
            tenants: Vec::new(),
        }
    }
}
