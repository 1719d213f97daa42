//! KMS without secrets: a ciphertext is its plaintext, and every data key is the same 32 bytes.

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::text;

/// 32 bytes of zero, in base64.
const DATA_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const KEY_ARN: &str = "arn:aws:kms:us-east-1:000000000000:key/bench";

/// Answers one call.
pub(super) fn call(operation: &str, request: &Value) -> Result<Value> {
    match operation {
        "GenerateDataKey" => Ok(json!({"KeyId": KEY_ARN, "Plaintext": DATA_KEY, "CiphertextBlob": DATA_KEY})),
        "Encrypt" => Ok(json!({"KeyId": KEY_ARN, "CiphertextBlob": text(request, "Plaintext")?})),
        "Decrypt" => Ok(json!({"KeyId": KEY_ARN, "Plaintext": text(request, "CiphertextBlob")?})),
        _ => bail!("unknown operation"),
    }
}
