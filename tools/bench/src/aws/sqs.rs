//! Queues that keep what was sent to them until it is taken.

use anyhow::{Result, bail};
use serde_json::{Value, json};
use std::collections::BTreeMap;

use super::{array, text};

/// The queues, by name.
#[derive(Default)]
pub(super) struct Queues {
    bodies: BTreeMap<String, Vec<String>>,
}

impl Queues {
    /// Answers one call.
    pub(super) fn call(&mut self, operation: &str, request: &Value) -> Result<Value> {
        let url = text(request, "QueueUrl")?;
        let queue = url.rsplit('/').next().unwrap_or(url);
        match operation {
            "SendMessage" => self.sent(queue, request),
            "SendMessageBatch" => {
                let sent: Result<Vec<Value>> = array(request, "Entries")?
                    .iter()
                    .map(|entry| {
                        let mut answer = self.sent(queue, entry)?;
                        if let (Some(fields), Some(id)) = (answer.as_object_mut(), entry.get("Id")) {
                            fields.insert("Id".to_owned(), id.clone());
                        }
                        Ok(answer)
                    })
                    .collect();
                Ok(json!({"Successful": sent?, "Failed": []}))
            }
            _ => bail!("unknown operation"),
        }
    }

    /// Takes all that lies on a queue, in the order in which it was sent.
    pub(super) fn take(&mut self, queue: &str) -> Vec<String> {
        self.bodies.remove(queue).unwrap_or_default()
    }

    /// SDKs compare the MD5 sum with their own.
    fn sent(&mut self, queue: &str, message: &Value) -> Result<Value> {
        let body = text(message, "MessageBody")?;
        self.bodies.entry(queue.to_owned()).or_default().push(body.to_owned());
        Ok(json!({
            "MD5OfMessageBody": format!("{:x}", md5::compute(body)),
            "MessageId": "00000000-0000-4000-8000-000000000000",
            "SequenceNumber": "18849496460467696128",
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_taken_once_and_in_order() {
        let mut queues = Queues::default();
        let url = "http://127.0.0.1/000000000000/jobs";
        queues.call("SendMessage", &json!({"QueueUrl": url, "MessageBody": "1"})).unwrap();
        let entries = json!([{"Id": "0", "MessageBody": "2"}, {"Id": "1", "MessageBody": "3"}]);
        queues.call("SendMessageBatch", &json!({"QueueUrl": url, "Entries": entries})).unwrap();
        assert_eq!(queues.take("jobs"), ["1", "2", "3"]);
        assert!(queues.take("jobs").is_empty());
        assert!(queues.call("PurgeQueue", &json!({"QueueUrl": url})).is_err());
    }
}
