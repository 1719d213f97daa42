//! What becomes of a call: DynamoDB's and KMS's go to the emulator, Meta's and Twilio's to the sink, and SQS,
//! EventBridge and SES are played here.

use serde_json::{Value, json};

use crate::cloud::Cloud;
use crate::services::Services;
use crate::wire::{AwsAnswer, AwsCall, VendorCall};

/// A call at which a function stopped.
pub(crate) enum Call {
    Aws(Box<AwsCall>),
    Vendor(VendorCall),
}

/// Its answer; a vendor's is a whole HTTP response.
pub(crate) enum Answer {
    Aws(AwsAnswer),
    Vendor(Vec<u8>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Meta,
    Twilio,
    Ses,
}

/// A message that a vendor took.
pub(crate) struct Sent {
    pub(crate) vendor: Vendor,
    pub(crate) reference: String,
    /// `+` and digits, or an e-mail address.
    pub(crate) to: String,
    /// The vendor's id.
    pub(crate) id: String,
}

impl Call {
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Aws(call) => call.target().rsplit('.').next().unwrap().to_owned(),
            Self::Vendor(call) => format!("{:?}", vendor_of(call)),
        }
    }
}

/// Gives a function the answer, or cuts its connection.
pub(crate) async fn answer(call: Call, answer: Option<Answer>) {
    match (call, answer) {
        (Call::Aws(call), Some(Answer::Aws(answer))) => call.answer(answer),
        (Call::Aws(call), _) => call.cut(),
        (Call::Vendor(call), Some(Answer::Vendor(answer))) => call.answer(&answer).await,
        (Call::Vendor(call), _) => drop(call),
    }
}

/// Performs a call to AWS. `missed`: should it insert outbox rows, the stream overlooks them.
pub(crate) async fn aws(call: &AwsCall, cloud: &Cloud, services: &mut Services, missed: bool) -> AwsAnswer {
    match call.target() {
        "AmazonSQS.SendMessage" => services.send(&call.body()),
        "AmazonSQS.SendMessageBatch" => services.send_batch(&call.body(), false),
        "AWSEvents.PutEvents" => services.put_events(&call.body(), false),
        target => {
            let answer = cloud.forward(call).await;
            match target {
                "DynamoDB_20120810.TransactWriteItems" if answer.status == 200 => {
                    services.committed(&call.body(), missed);
                }
                "DynamoDB_20120810.DeleteItem" if answer.status == 200 => services.deleted(&call.body()),
                _ => {}
            }
            answer
        }
    }
}

/// The refusal that passes: throttling, or, of a batch, a part that was not done.
pub(crate) fn refuse(call: &Call, services: &mut Services) -> Answer {
    match call {
        Call::Aws(call) => Answer::Aws(refuse_aws(call, services)),
        Call::Vendor(call) => {
            let body = match vendor_of(call) {
                Vendor::Ses => r#"{"__type":"TooManyRequestsException","message":"slow down"}"#,
                Vendor::Twilio => {
                    r#"{"code":20429,"message":"Too many requests","more_info":"https://www.twilio.com","status":429}"#
                }
                Vendor::Meta => r#"{"error":{"code":130429,"type":"OAuthException","message":"Rate limit hit"}}"#,
            };
            Answer::Vendor(response(429, body))
        }
    }
}

fn refuse_aws(call: &AwsCall, services: &mut Services) -> AwsAnswer {
    let refused = |kind: &str| AwsAnswer::json(400, &json!({ "__type": kind, "message": "slow down" }));
    match call.target() {
        "AmazonSQS.SendMessage" => refused("com.amazonaws.sqs#RequestThrottled"),
        "AmazonSQS.SendMessageBatch" => services.send_batch(&call.body(), true),
        "AWSEvents.PutEvents" => services.put_events(&call.body(), true),
        "DynamoDB_20120810.BatchGetItem" => {
            AwsAnswer::json(200, &json!({ "Responses": {}, "UnprocessedKeys": call.body()["RequestItems"] }))
        }
        "DynamoDB_20120810.TransactWriteItems" => {
            let mut reasons = vec![json!({ "Code": "None" }); call.body()["TransactItems"].as_array().unwrap().len()];
            *reasons.last_mut().unwrap() = json!({ "Code": "TransactionConflict", "Message": "in progress" });
            let kind = "com.amazonaws.dynamodb.v20120810#TransactionCanceledException";
            AwsAnswer::json(400, &json!({ "__type": kind, "Message": "canceled", "CancellationReasons": reasons }))
        }
        target if target.starts_with("TrentService") => refused("ThrottlingException"),
        _ => refused("com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException"),
    }
}

/// Performs a call to a vendor; the second value is the message, where the vendor took it.
pub(crate) async fn vendor(call: &VendorCall, cloud: &Cloud) -> (Vec<u8>, Option<Sent>) {
    let vendor = vendor_of(call);
    let answer = match vendor {
        Vendor::Ses => response(200, r#"{"MessageId":"ses"}"#),
        Vendor::Meta | Vendor::Twilio => cloud.send(call).await,
    };
    let sent = answer.starts_with(b"HTTP/1.1 2").then(|| sent(vendor, call, &answer));
    (answer, sent)
}

fn vendor_of(call: &VendorCall) -> Vendor {
    match call.path() {
        path if path.starts_with("/2010-04-01/") => Vendor::Twilio,
        path if path.starts_with("/v2/email/") => Vendor::Ses,
        _ => Vendor::Meta,
    }
}

fn sent(vendor: Vendor, call: &VendorCall, answer: &[u8]) -> Sent {
    let answer: Value = serde_json::from_slice(answer.rsplit(|byte| *byte == b'\n').next().unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let (reference, to, id) = match vendor {
        Vendor::Meta => {
            let body: Value = serde_json::from_slice(call.body()).unwrap();
            let to = format!("+{}", text(&body["to"]).trim_start_matches('+'));
            (text(&body["biz_opaque_callback_data"]), to, text(&answer["messages"][0]["id"]))
        }
        Vendor::Twilio => {
            let field = |wanted: &str| {
                let mut fields = form_urlencoded::parse(call.body());
                fields.find(|(name, _)| name == wanted).unwrap().1.into_owned()
            };
            let callback = field("StatusCallback");
            (callback.split(&['=', '#']).nth(1).unwrap().to_owned(), field("To"), text(&answer["sid"]))
        }
        Vendor::Ses => {
            let body: Value = serde_json::from_slice(call.body()).unwrap();
            let reference = tag(&body, "ref").replace('_', ".");
            (reference, text(&body["Destination"]["ToAddresses"][0]), text(&answer["MessageId"]))
        }
    };
    Sent { vendor, reference, to, id }
}

fn response(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}").into()
}

/// The tag of a mail by its name.
fn tag(mail: &Value, name: &str) -> String {
    let tags = mail["EmailTags"].as_array().into_iter().flatten();
    let tag = tags.filter(|tag| tag["Name"] == name).find_map(|tag| tag["Value"].as_str());
    tag.unwrap_or_default().to_owned()
}
